"""Models read element by element in worker processes, so that a bad one ends in a sentence and not in QGIS's end."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from ...core.bim.element_states import ModelState, read_state
from ...core.bim.pool import time_out_s
from ...core.common.errors import InputError, ResourceError, TwinError
from ...core.common.messages import Message
from ...core.common.processes import memory_share, run_jobs
from ...core.common.progress import Progress, advance

WALL = 6.0
"""So much longer by the clock than in processor time may a busy machine take."""


def read_states(paths: Sequence[str], progress: Progress) -> list[ModelState]:
    """The states of models, in their order, each read by a process of its own.

    Raises
    ------
    InputError
        When a file is missing or no model.
    ResourceError
        When it takes too long, or its reading ends the process.
    Cancelled
    """
    for path in paths:
        if not Path(path).is_file():
            raise InputError("There is no model '{path}': choose an IFC file.", path=path)
    seconds = {path: time_out_s(path, Path(path).stat().st_size) for path in paths}
    workers, done = len(set(paths)), 0
    found: dict[str, ModelState] = {}

    def poll() -> None:
        advance(progress, done / (len(seconds) + 1), Message("Reading the elements of the models"))

    for finished in run_jobs(
        read_state,
        deque(seconds),
        workers,
        arguments=lambda path: (path,),
        poll=poll,
        time_out_s=lambda path: WALL * seconds[path],
        memory=memory_share(workers),
        processor_s=lambda path: seconds[path],
    ):
        if isinstance(finished.error, TwinError):
            raise finished.error
        if finished.error is not None:
            raise ResourceError(
                "The model '{path}' cannot be read element by element ({error}): check it with 'Load BIM models'.",
                path=finished.job,
                error=str(finished.error)[:200] or type(finished.error).__name__,
            )
        found[finished.job] = finished.value
        done += 1
    return [found[path] for path in paths]


def doubts(states: Sequence[tuple[str, ModelState]]) -> list[Message]:
    """What is missing of models."""
    notes = []
    for path, state in states:
        if state.shapeless:
            notes.append(
                Message(
                    "{n} of {all} elements of '{name}' have a shape that no kernel reads: they are compared by their "
                    "attributes.",
                    n=state.shapeless,
                    all=len(state.elements),
                    name=Path(path).name,
                )
            )
        if not state.complete:
            notes.append(Message("'{name}' was read in part: what is missing counts as deleted.", name=Path(path).name))
        if not state.elements:
            notes.append(Message("'{name}' holds no elements.", name=Path(path).name))
    return notes


def number(value: float | None) -> float | None:
    """A number for a table; None for NaN."""
    return None if value is None or math.isnan(value) else value
