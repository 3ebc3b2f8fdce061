"""Reads models on the workers of a dask.distributed scheduler: many machines, the same results."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.common.processes import FinishedJob
from ...core.common.progress import Progress, advance
from ..kernel.cluster import connect
from ..kernel.schedulers import Scheduler

if TYPE_CHECKING:
    from ...core.bim.model import ModelReport
    from ...core.bim.read import ModelJob
    from ...core.bim.remote import Parcel
    from ...core.bim.update import Reader

MODELS_AT_ONCE = 60
"""Models in a task at most: enough for the start of its process, a second or two, not to count."""
TASKS_FOR_ALL = 4
"""Tasks that each thread of a worker gets at least, so that all end at about the same time."""
BYTES_AT_ONCE = 60_000_000


@dataclass(frozen=True)
class _ReadTask:
    """Models that a worker reads one after the other; `with_content` where it cannot see their files."""

    jobs: tuple[ModelJob, ...]
    with_content: bool = False


def reader(scheduler: Scheduler, time_out_s: float, workers: int) -> Reader:
    """What reads models: the workers of a scheduler where one is named, else so many processes of this machine."""
    from ...core.bim.pool import read_models

    if scheduler.address:
        return cluster_reader(scheduler, time_out_s)
    return lambda jobs, progress: read_models(jobs, workers, time_out_s, progress)


def cluster_reader(scheduler: Scheduler, time_out_s: float = 0.0) -> Reader:
    """A reader for `core.bim.update` whose models are read by the workers of a scheduler.

    Raises, when it is used
    -----------------------
    InputError, ResourceError
        As `bridge.kernel.cluster.connect`, or when the workers lack the plugin.
    """

    def read(jobs: Sequence[ModelJob], progress: Progress) -> Iterator[ModelReport]:
        from ...core.bim.remote import read_parcels

        def arguments(task: _ReadTask) -> tuple[list[Parcel], float]:
            return [_parcel(job, task.with_content) for job in task.jobs], time_out_s

        def poll() -> None:
            advance(progress, float("nan"))

        with connect(scheduler, poll) as cluster:
            tasks = deque(_tasks(jobs, cluster.threads))
            for finished in cluster.run(read_parcels, tasks, arguments, poll):
                reports, again = _outcome(finished)
                # What a worker cannot see is sent to it, first of all.
                tasks.extendleft(again)
                yield from reports

    return read


def _tasks(jobs: Sequence[ModelJob], threads: int) -> Iterator[_ReadTask]:
    """Groups of models, the biggest models first."""
    from ...core.bim.read import describe

    sizes = {job.id: describe(job).size for job in jobs}
    most = max(1, min(MODELS_AT_ONCE, len(jobs) // (TASKS_FOR_ALL * threads)))
    group: list[ModelJob] = []
    size = 0
    for job in sorted(jobs, key=lambda job: -sizes[job.id]):
        if group and (len(group) >= most or size + sizes[job.id] > BYTES_AT_ONCE):
            yield _ReadTask(tuple(group))
            group, size = [], 0
        group.append(job)
        size += sizes[job.id]
    if group:
        yield _ReadTask(tuple(group))


def _parcel(job: ModelJob, with_content: bool) -> Parcel:
    from ...core.bim.read import describe
    from ...core.bim.remote import Parcel

    known = describe(job)
    content = None
    if with_content:
        try:
            # A pipe called like a model would never end.
            content = Path(job.path).read_bytes() if Path(job.path).is_file() and not job.leads_out() else b""
        except OSError:
            content = b""
    return Parcel(job, known.size, known.modified, content)


def _outcome(finished: FinishedJob[_ReadTask]) -> tuple[list[ModelReport], list[_ReadTask]]:
    """The reports of a finished task, and the tasks that follow from it."""
    from ...core.bim.model import ReadStatus
    from ...core.bim.read import describe
    from ...core.bim.warnings import coded

    task, error = finished.job, finished.error
    if error is None:
        reports, missing = finished.value
        return reports, [_ReadTask((job,), with_content=True) for job in task.jobs if job.id in missing]
    if len(task.jobs) > 1:
        return [], [replace(task, jobs=(job,)) for job in task.jobs]
    (job,) = task.jobs
    reason = coded("cluster_failed", name=Path(job.path).name, error=f"{type(error).__name__}: {error}")
    return [replace(describe(job), status=ReadStatus.FAILED, reasons=(reason,))], []
