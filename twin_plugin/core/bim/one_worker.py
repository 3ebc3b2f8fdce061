"""Runs a function on models in worker processes, a process each: a bad model ends in a sentence."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ..common.errors import InputError, ResourceError, TwinError
from ..common.messages import Message
from ..common.processes import memory_share, run_jobs
from ..common.progress import Progress, advance
from .pool import time_out_s

WALL = 6.0
"""So much longer by the clock than in processor time may a busy machine take."""
Value = TypeVar("Value")


def in_workers(function: Callable[[str], Value], paths: Sequence[str], progress: Progress) -> list[Value]:
    """The values of a function for models, in their order.

    Parameters
    ----------
    function : callable
        Of a module that a worker can import; takes a path.

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
    paths = [str(Path(path).absolute()) for path in paths]  # workers run in a folder of their own
    seconds = {path: time_out_s(path, Path(path).stat().st_size) for path in paths}
    workers, found = len(seconds), dict[str, Value]()

    def poll() -> None:
        advance(progress, len(found) / (len(seconds) + 1), Message("Reading the elements of the models"))

    for finished in run_jobs(
        function,
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
    return [found[path] for path in paths]
