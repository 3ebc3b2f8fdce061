"""Computes runs in several child processes of this machine, or those of a group one after the other."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...common.errors import Cancelled, ResourceError, TwinError
from .run_process import Answer, LostProcessError, RunProcess

POLL_S = 0.1
TRIES = 2
"""A run whose process was lost is computed once more."""
MARKER_S = 0.5
SILENCE_S = 120.0
"""A marker that was not touched for so long is of a run of the ensemble that was killed."""

Job = Mapping[str, Any]


@dataclass(frozen=True)
class Finished:
    """A run that has ended: with the answer of its process, or with the error that ended it."""

    job: Job
    answer: Answer | None = None
    error: TwinError | None = None


@dataclass(frozen=True)
class Program:
    """What child processes run.

    Attributes
    ----------
    module : str
        See `RunProcess`.
    settings : mapping
    """

    module: str
    settings: Mapping[str, Any]

    def start(self) -> RunProcess:
        """A new child process."""
        return RunProcess(self.module, self.settings)


class _Slot:
    """A child process and the run that it computes; a new process is started for the run after a crash."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._process: RunProcess | None = None
        self._tries = 0
        self.job: Job | None = None

    @property
    def progress(self) -> float:
        return self._process.progress if self._process is not None and self.job is not None else 0.0

    def begin(self, job: Job) -> None:
        self.job, self._tries = job, 1
        self._send()

    def look(self) -> Finished | None:
        """The run that it computed; None while it computes or has nothing to compute."""
        if self.job is None or self._process is None:
            return None
        try:
            answer = self._process.look()
        except LostProcessError as error:
            self.close()
            if self._tries < TRIES:
                self._tries += 1
                self._send()
                return None
            return self._ended(Finished(self.job, error=error))
        return None if answer is None else self._ended(Finished(self.job, answer))

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _send(self) -> None:
        if self._process is None:
            self._process = self._program.start()
        if self.job is not None:
            self._process.send(self.job)

    def _ended(self, finished: Finished) -> Finished:
        self.job = None
        return finished


def run_here(jobs: Sequence[Job], workers: int, program: Program, poll: Callable[[float], None]) -> Iterator[Finished]:
    """Compute runs in child processes of this machine; yields each run as it ends.

    Parameters
    ----------
    jobs : sequence
        What the program takes, each a mapping that JSON can hold.
    workers : int
        Processes at the same time, 1 or more.
    program : Program
    poll : callable
        Called every tenth of a second with the share of the runs that is done; what it raises ends all processes.
    """
    waiting = deque(jobs)
    slots = [_Slot(program) for _ in range(max(1, min(workers, len(waiting))))]
    ended = 0
    try:
        while waiting or any(slot.job is not None for slot in slots):
            for slot in slots:
                if slot.job is None and waiting:
                    slot.begin(waiting.popleft())
            poll((ended + sum(slot.progress for slot in slots)) / max(1, len(jobs)))
            found = [finished for slot in slots if (finished := slot.look()) is not None]
            ended += len(found)
            yield from found
            if not found:
                time.sleep(POLL_S)
    finally:
        for slot in slots:
            slot.close()


def run_group(jobs: Sequence[Job], program: Program, marker: str) -> list[Finished]:
    """Compute runs one after the other on a machine that sees their folder, while a marker file there is touched.

    This is what a worker of dask does. The marker tells it that the ensemble still waits: a task that runs cannot be
    cancelled otherwise.

    Raises
    ------
    ResourceError
        When this machine does not see the marker.
    Cancelled
        When the marker has gone, or was not touched for `SILENCE_S`.
    """
    watch = _Marker(Path(marker))
    return list(run_here(jobs, 1, program, watch.check))


class _Marker:
    """A file that somebody else touches; its times are compared with each other only, as clocks differ."""

    def __init__(self, path: Path) -> None:
        self._path, self._seen, self._since, self._next = path, 0, time.monotonic(), 0.0
        if not path.is_file():
            raise ResourceError(
                "The worker does not see the folder '{folder}': choose a folder that all workers share, under the same "
                "path.",
                folder=path.parent,
            )

    def check(self, done: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + MARKER_S
        try:
            changed = self._path.stat().st_mtime_ns
        except OSError as error:
            raise Cancelled from error
        if changed != self._seen:
            self._seen, self._since = changed, now
        elif now - self._since > SILENCE_S:
            raise Cancelled
