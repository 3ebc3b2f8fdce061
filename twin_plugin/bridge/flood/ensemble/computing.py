"""Computes the jobs of an ensemble, in processes of this machine or on the workers of a dask scheduler."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ....core.common import leftovers
from ....core.common.errors import ResourceError, TwinError, unwritable
from ....core.common.folder_lock import locked
from ....core.common.messages import Message
from ....core.common.processes import FinishedJob, default_workers, memory_share
from ....core.common.progress import Progress, advance
from ....core.flood import memory
from ....core.flood.ensemble.run_pool import Finished, Job, Program, run_group, run_here
from ...kernel.cluster import connect
from ...kernel.schedulers import Scheduler

LOCK_S = 2.0
TOUCH_S = 10.0
GROUPS_PER_THREAD = 3
"""Groups of runs that each thread of a worker gets at least, so that all end at about the same time."""
MOST_IN_GROUP = 8


@dataclass(frozen=True)
class Workers:
    """How many runs are computed at the same time on this machine, with how many threads each, and why."""

    processes: int
    threads: int
    notes: tuple[Message, ...] = ()


def share_cores(runs: int, workers: int, threads: int, cells: int) -> Workers:
    """Divide the cores and the memory of this machine among runs.

    Parameters
    ----------
    runs : int
    workers, threads : int
        What the user wants; 0 leaves it to this function. Threads times workers are no more than the cores.
    cells : int
        Of a run.
    """
    cores, notes = default_workers(), []
    most = max(1, cores // threads) if threads > 0 else cores
    processes = max(1, min(workers or most, most, runs))
    if workers > processes and runs > processes:
        notes.append(
            Message(
                "{n} runs at a time instead of {wanted}: {cores} cores are shared by {threads} threads each.",
                n=processes,
                wanted=workers,
                cores=cores,
                threads=max(1, threads),
            )
        )
    there, need = memory.available_bytes(), memory.needed_bytes(cells)
    if there is not None and processes > 1 and processes * need > memory.SHARE * there:
        fitting = max(1, int(memory.SHARE * there / need))
        if fitting < processes:
            notes.append(Message("{n} runs at a time: more do not fit into the memory.", n=fitting))
            processes = fitting
    return Workers(processes, threads or max(1, cores // processes), tuple(notes))


@contextmanager
def only_user(folder: Path, progress: Progress) -> Iterator[None]:
    """Hold the folder of an ensemble against another run of it; at the end nothing unfinished is left there.

    Raises
    ------
    ResourceError
        When it cannot be written, or another run holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / leftovers.name()
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise unwritable(folder, error) from error
    with locked([folder], LOCK_S, lambda: progress(float("nan"), "")) as free:
        if not free:
            raise ResourceError(
                "Another run of the ensemble works in '{folder}': wait for its end, or choose another folder.",
                folder=folder,
            )
        leftovers.clean(folder)
        try:
            yield
        finally:
            leftovers.clean(folder)


def compute(
    jobs: Sequence[Job],
    folder: Path,
    program: Program,
    workers: int,
    scheduler: Scheduler,
    progress: Progress,
) -> Iterator[Finished]:
    """Compute jobs; yields each run as it ends.

    Raises
    ------
    Cancelled
        When `progress` answers False; all processes have ended then.
    InputError, ResourceError
        When there is no scheduler, or it cannot be used, or its workers do not see the folder.
    """
    if not jobs:
        return
    if scheduler.address:
        yield from _on_cluster(jobs, folder, program, scheduler, progress)
        return
    settings = {**program.settings, "memory": memory_share(workers)}
    yield from run_here(jobs, workers, replace(program, settings=settings), lambda done: advance(progress, done))


def _on_cluster(
    jobs: Sequence[Job], folder: Path, program: Program, scheduler: Scheduler, progress: Progress
) -> Iterator[Finished]:
    ended = 0
    with _marker(folder) as (marker, touch):

        def poll() -> None:
            touch()
            advance(progress, ended / len(jobs))

        with connect(scheduler, poll) as cluster:
            size = max(1, min(MOST_IN_GROUP, len(jobs) // (GROUPS_PER_THREAD * cluster.threads)))
            groups = deque(tuple(jobs[at : at + size]) for at in range(0, len(jobs), size))
            for finished in cluster.run(run_group, groups, lambda group: (group, program, str(marker)), poll):
                for run in _of_group(finished):
                    ended += 1
                    yield run


def _of_group(finished: FinishedJob[tuple[Job, ...]]) -> list[Finished]:
    if finished.error is None:
        return list(finished.value)
    if isinstance(finished.error, TwinError):
        raise finished.error
    error = ResourceError(
        "The worker that computed it failed ({reason}).",
        reason=f"{type(finished.error).__name__}: {finished.error}",
    )
    return [Finished(job, error=error) for job in finished.job]


@contextmanager
def _marker(folder: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A file that tells workers that they are still wanted, and what touches it now and then."""
    marker = folder / leftovers.name("wanted")
    touched = [time.monotonic()]

    def touch() -> None:
        if time.monotonic() - touched[0] > TOUCH_S:
            touched[0] = time.monotonic()
            with suppress(OSError):
                os.utime(marker)

    try:
        marker.touch()
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield marker, touch
    finally:
        marker.unlink(missing_ok=True)
