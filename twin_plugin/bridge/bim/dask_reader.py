"""Reads models on the workers of a dask.distributed scheduler: many machines, the same results."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...core.common.errors import ResourceError
from ...core.common.progress import Progress, advance

if TYPE_CHECKING:
    from ...core.bim.model import ModelReport
    from ...core.bim.read import ModelJob
    from ...core.bim.remote import Parcel
    from ...core.bim.update import Reader

CONNECT_S = 15.0
POLL_S = 0.1
MODELS_AT_ONCE = 60
"""Models in a task at most: enough for the start of its process, a second or two, not to count."""
TASKS_FOR_ALL = 4
"""Tasks that each thread of a worker gets at least, so that all end at about the same time."""
BYTES_AT_ONCE = 60_000_000
TASKS_PER_THREAD = 2
"""Tasks that wait at the scheduler for each thread of a worker; more would only hold memory."""


def reader(scheduler: str, time_out_s: float, workers: int) -> Reader:
    """What reads models: the workers of a scheduler where one is named, else so many processes of this machine."""
    from ...core.bim.pool import read_models

    if scheduler:
        return cluster_reader(scheduler, time_out_s)
    return lambda jobs, progress: read_models(jobs, workers, time_out_s, progress)


def cluster_reader(address: str, time_out_s: float = 0.0) -> Reader:
    """A reader for `core.bim.update` whose models are read by the workers of the scheduler at `address`.

    Raises, when it is used
    -----------------------
    ResourceError
        When the package is missing, the scheduler does not answer or has no worker, or its workers lack the plugin.
    """

    def read(jobs: Sequence[ModelJob], progress: Progress) -> Iterator[ModelReport]:
        try:
            from distributed import Client
        except ImportError as error:
            raise ResourceError(
                "SCHEDULER needs the Python package 'distributed': install it, or leave SCHEDULER empty to read "
                "on this machine."
            ) from error
        try:
            client = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ResourceError(
                "No dask scheduler answers at '{address}' ({error}). Start it, or leave SCHEDULER empty.",
                address=address,
                error=error,
            ) from error
        try:
            yield from _read(client, address, jobs, time_out_s, progress)
        finally:
            client.close(timeout=2.0)

    return read


def _read(
    client: Any, address: str, jobs: Sequence[ModelJob], time_out_s: float, progress: Progress
) -> Iterator[ModelReport]:
    from ...core.bim.remote import read_parcels

    threads = sum(client.nthreads().values())
    if not threads:
        raise ResourceError(
            "The dask scheduler at '{address}' has no worker. Start some and run it again.", address=address
        )
    by_id = {job.id: job for job in jobs}
    waiting: deque[tuple[list[str], bool]] = deque((ids, False) for ids in _tasks(jobs, threads))
    flight: dict[Any, tuple[list[str], bool]] = {}
    try:
        while waiting or flight:
            advance(progress, float("nan"))
            while waiting and len(flight) < TASKS_PER_THREAD * threads:
                ids, sent = waiting.popleft()
                parcels = [_parcel(by_id[key], sent) for key in ids]
                flight[client.submit(read_parcels, parcels, time_out_s, pure=False)] = (ids, sent)
            done = [future for future in flight if future.done()]
            for future in done:
                ids, sent = flight.pop(future)
                reports, again = _outcome(future, [by_id[key] for key in ids], sent, address)
                # What a worker cannot see is sent to it, first of all.
                waiting.extendleft(again)
                yield from reports
            if not done:
                time.sleep(POLL_S)
    finally:
        client.cancel(list(flight))


def _tasks(jobs: Sequence[ModelJob], threads: int) -> Iterator[list[str]]:
    """Groups of models, the biggest models first."""
    from ...core.bim.read import describe

    sizes = {job.id: describe(job).size for job in jobs}
    most = max(1, min(MODELS_AT_ONCE, len(jobs) // (TASKS_FOR_ALL * threads)))
    group: list[str] = []
    size = 0
    for job in sorted(jobs, key=lambda job: -sizes[job.id]):
        if group and (len(group) >= most or size + sizes[job.id] > BYTES_AT_ONCE):
            yield group
            group, size = [], 0
        group.append(job.id)
        size += sizes[job.id]
    if group:
        yield group


def _parcel(job: ModelJob, sent: bool) -> Parcel:
    from ...core.bim.read import describe
    from ...core.bim.remote import Parcel

    known = describe(job)
    content = None
    if sent:
        try:
            # A pipe called like a model would never end.
            content = Path(job.path).read_bytes() if Path(job.path).is_file() else b""
        except OSError:
            content = b""
    return Parcel(job, known.size, known.modified, content)


def _outcome(
    future: Any, jobs: Sequence[ModelJob], sent: bool, address: str
) -> tuple[list[ModelReport], list[tuple[list[str], bool]]]:
    """The reports of a finished task, and the tasks that follow from it."""
    from ...core.bim.model import ReadStatus
    from ...core.bim.read import describe
    from ...core.bim.warnings import coded

    error = future.exception()
    if error is None:
        reports, missing = future.result()
        return reports, [([key], True) for key in missing]
    if isinstance(error, ImportError):
        raise ResourceError(
            "The workers of '{address}' cannot read models ({error}): give them the plugin's folder on "
            "PYTHONPATH and the packages of its requirements.txt.",
            address=address,
            error=error,
        ) from error
    if len(jobs) > 1:
        return [], [([job.id], sent) for job in jobs]
    name = Path(jobs[0].path).name
    reason = coded("cluster_failed", name=name, error=f"{type(error).__name__}: {error}")
    return [replace(describe(jobs[0]), status=ReadStatus.FAILED, reasons=(reason,))], []
