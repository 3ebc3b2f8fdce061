"""The request for a run of an algorithm, and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RunRequest:
    """What to run, and what to do with the outputs.

    Attributes
    ----------
    algorithm_id : str
        Such as 'twin:simulateflood'.
    parameters : dict
        As Processing takes them; destinations as paths or TEMPORARY_OUTPUT.
    title : str
        Name of the run in messages, the task list and the metadata.
    group : str
        Group of the layer tree that receives the layers; '' for none.
    beside : str
        Id of a layer whose group receives them instead, where it stands in one.
    is_result : bool
        Whether they are results of a flood, which lie above all other groups.
    layers : dict of str to str
        Outputs to load, the topmost first, with the names of their layers; 'OUTPUT|table' is one table of a file.
    hidden : tuple of str
        Those of them that are loaded switched off.
    styles : dict of str to str
        Styles of outputs that the algorithm itself does not style.
    symbols : dict of str to dict
        Properties of one simple symbol for outputs that have no style.
    quiet : bool
        The message bar does not report success: for runs that only feed a dock.
    summary : callable, optional
        Turns the outputs into the sentence that reports success.
    """

    algorithm_id: str
    parameters: dict[str, Any]
    title: str
    group: str = ""
    layers: dict[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    styles: dict[str, str] = field(default_factory=dict)
    symbols: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: Callable[[dict[str, Any]], str] | None = None
    quiet: bool = False
    beside: str = ""
    is_result: bool = False


@dataclass(frozen=True)
class RunResult:
    """How a run ended: with outputs, cancelled, or with an error and its log; `lacking` where a package is missing."""

    ok: bool
    cancelled: bool = False
    outputs: dict[str, Any] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)  # output -> id of the layer in the project
    error: str = ""
    log: str = ""
    seconds: float = 0.0
    lacking: bool = False
