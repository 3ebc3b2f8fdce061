"""Runs a function on many jobs in processes of this machine: a hang or a crash costs one job, cancel stops at once."""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from . import memory_limits
from .errors import ResourceError
from .spawn import spawn_context

LOG = logging.getLogger(__name__)

POLL_S = 0.1
LEAST_MEMORY = 2_000_000_000
MOST_JOBS = 200
"""Jobs after which a worker is replaced, since geometry kernels leak a little memory."""
AHEAD = 2
"""Jobs that are handed over for each worker, so that none waits for this process."""

Job = TypeVar("Job")


@dataclass(frozen=True)
class FinishedJob(Generic[Job]):
    """A job that has ended: with the function's value, or with what it raised or what ended its worker."""

    job: Job
    value: Any = None
    error: Exception | None = None


def memory_share(workers: int) -> int:
    """Bytes for a worker: its share of 80 % of the memory here, at least 2 GB; 0 where that is unknown.

    A limit that this process is under already counts, be it of a container or of a shell.
    """
    total = memory_limits.total_bytes()
    return 0 if total is None else min(total, max(LEAST_MEMORY, int(0.8 * total / workers)))


def limit_memory(size: int) -> None:
    """Limit this process's memory, so that a job that eats it fails alone; does nothing where the system cannot."""
    if size <= 0 or sys.platform == "win32":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    except (ValueError, OSError) as error:
        LOG.info("No memory limit for workers: %s", error)


def out_of_processor_time(exit_code: int) -> bool:
    """Whether a worker was ended since its job had used up its processor time."""
    return exit_code == -getattr(signal, "SIGXCPU", 0) < 0


def _within_processor_time(seconds: float, function: Callable[..., Any], *arguments: Any) -> Any:
    """Run a function; the system ends this process where that takes more processor time, if the system can do so."""
    if sys.platform == "win32":
        return function(*arguments)
    import resource

    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    limit = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    resource.setrlimit(resource.RLIMIT_CPU, (limit if most < 0 else min(limit, most), most))
    try:
        return function(*arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def default_workers() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def run_jobs(
    function: Callable[..., Any],
    jobs: deque[Job],
    workers: int,
    arguments: Callable[[Job], tuple[Any, ...]],
    poll: Callable[[], None],
    time_out_s: Callable[[Job], float | None] = lambda job: None,
    memory: int = 0,
    processor_s: Callable[[Job], float] | None = None,
) -> Iterator[FinishedJob[Job]]:
    """Run a function on jobs; yields each job as it ends.

    Parameters
    ----------
    function : callable
        Of a module that a worker can import.
    jobs : deque
        Taken from the left; what is added while the results are read is run too.
    workers : int
        Processes, 1 or more.
    arguments : callable
        The function's arguments for a job, asked for when the job is handed over.
    poll : callable
        Called every tenth of a second; what it raises ends the run and its workers.
    time_out_s : callable
        Seconds that a job may take, None for any; it ends with a TimeoutError then.
    memory : int
        Bytes that a worker may use, 0 for any.
    processor_s : callable, optional
        Seconds of processor time that a job may take, rounded up; its worker ends then (see `out_of_processor_time`).
        Not on Windows, which has no such limit.

    Raises
    ------
    ResourceError
        When no interpreter for the workers is found, or they end as soon as they start.
    """
    from pebble import ProcessPool

    pool = ProcessPool(
        max_workers=workers,
        max_tasks=MOST_JOBS,
        initializer=limit_memory,
        initargs=(memory,),
        context=spawn_context(),
    )
    ended: SimpleQueue[tuple[Job, Any]] = SimpleQueue()
    running = 0
    try:
        while jobs or running:
            poll()
            while jobs and running < AHEAD * workers:
                job = jobs.popleft()
                call = (function, *arguments(job))
                if processor_s is not None:
                    call = (_within_processor_time, processor_s(job), *call)
                future = pool.schedule(call[0], args=call[1:], timeout=time_out_s(job))
                future.add_done_callback(lambda future, job=job: ended.put((job, future)))
                running += 1
            try:
                job, future = ended.get(timeout=POLL_S)
            except Empty:
                continue
            running -= 1
            yield _finished(job, future)
    finally:
        pool.stop()
        pool.join()


def _finished(job: Job, future: Any) -> FinishedJob[Job]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return FinishedJob(job, future.result())
    except BrokenProcessPool as error:
        raise ResourceError(
            "The worker processes end as soon as they start. Check QGIS's Python and its packages."
        ) from error
    except Exception as error:  # noqa: BLE001 - whatever a library raises in a worker must not end the run
        return FinishedJob(job, error=error)
