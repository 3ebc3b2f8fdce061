"""A run as the docks ask for it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RunRequest:
    """What is to be run and what becomes of it.

    Attributes
    ----------
    algorithm_id : str
        Such as 'twin:simulateflood'.
    parameters : dict
        As Processing takes them; destinations as paths or TEMPORARY_OUTPUT.
    title : str
        What the run is called for people: in messages, the task list and the metadata.
    group : str
        Group of the layer tree that receives the layers; '' for none.
    layers : dict of str to str
        Outputs to load, the topmost first, with the names of their layers; 'OUTPUT|table' is one table of a file.
    hidden : tuple of str
        Those of them that are loaded switched off.
    styles : dict of str to str
        Styles of outputs that the algorithm itself does not style.
    symbols : dict of str to dict
        Properties of one simple symbol for outputs that have no style.
    quiet : bool
        Success is not told in the message bar: for runs that only feed a dock.
    summary : callable, optional
        From the results to the sentence that reports success.
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


@dataclass(frozen=True)
class RunResult:
    """How a run ended: with results, cancelled, or with an error and its log."""

    ok: bool
    cancelled: bool = False
    results: dict[str, Any] = field(default_factory=dict)
    layers: dict[str, str] = field(default_factory=dict)  # output -> id of the layer in the project
    error: str = ""
    log: str = ""
    seconds: float = 0.0
