"""Reads many models in worker processes: a hang or a crash costs one file, and cancel stops at once."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, TimeoutError
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from ..common.errors import ResourceError
from ..common.progress import Progress, advance, silent
from ..common.text import clip, plain
from .mesh import BOXES
from .model import ModelReport, ReadStatus
from .read import ModelJob, describe, read_model
from .spawn import spawn_context
from .warnings import coded

LOG = logging.getLogger(__name__)

BASE_S = 15.0
PER_MB_S = 5.0
ZIP_GROWTH = 8.0
PARSED_GROWTH = 10.0
"""Memory of a parsed model, as a multiple of its text."""
POLL_S = 0.1
LEAST_MEMORY = 2_000_000_000
CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
MAX_TASKS = 200
"""Models after which a worker is replaced, since kernels leak a little memory."""


@dataclass
class _PoolRun:
    job: ModelJob
    size: int
    seconds: float


def memory_share(workers: int) -> int:
    """Bytes for a worker: its share of 80 % of the memory here, at least 2 GB; 0 where that is unknown.

    A limit that this process is under already counts, be it of a container or of a shell.
    """
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
    for name in CONTAINER_LIMITS:
        try:
            total = min(total, int(Path(name).read_text(encoding="ascii")))
        except (OSError, ValueError):  # not there, or "max"
            continue
    share = max(LEAST_MEMORY, int(0.8 * total / workers))
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        share = min(share, hard) if hard != resource.RLIM_INFINITY else share
    return share


def limit_memory(size: int) -> None:
    """Limit this process's memory, so that a model that eats it fails alone; does nothing where the system cannot."""
    if size <= 0 or sys.platform == "win32":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    except (ValueError, OSError) as error:
        LOG.info("No memory limit for workers: %s", error)


def time_out_s(path: str, size: int, asked_s: float = 0.0) -> float:
    """Seconds a file may take: what was asked, or 15 s and 5 s for each MB (of a zip's content, about)."""
    if asked_s > 0:
        return asked_s
    return BASE_S + PER_MB_S * grown(path, size) / 1e6


def grown(path: str, size: int) -> float:
    """Bytes of a model once it is unzipped, about."""
    return size * (ZIP_GROWTH if path.lower().endswith(".ifczip") else 1.0)


def default_workers() -> int:
    """One for each core this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


def read_models(
    jobs: Sequence[ModelJob],
    workers: int = 0,
    time_out: float = 0.0,
    progress: Progress = silent,
    executable: str | None = None,
) -> Iterator[ModelReport]:
    """Read models, the biggest first; yields a report for every one, in the order in which they are done.

    A file that exceeds its time or kills its worker is read once more without the geometry kernels (boxes instead of
    shapes); where that fails too it is reported as failed.

    Parameters
    ----------
    jobs : sequence of Job
    workers : int
        Worker processes; 0 stands for one for each core.
    time_out : float
        Seconds for each file; 0 stands for 15 s and 5 s for each MB.
    progress : Progress
        Told the share of the bytes that are done.
    executable : str, optional
        The interpreter of the workers; found from sys.prefix by default.

    Raises
    ------
    Cancelled
        When `progress` answers False; the workers are gone then.
    ResourceError
        When no interpreter for the workers is found.
    """
    from pebble import ProcessPool

    runs = [_PoolRun(job, describe(job).size, 0.0) for job in jobs]
    runs.sort(key=lambda run: -grown(run.job.path, run.size))
    total = sum(run.size + 1 for run in runs)
    if not runs:
        return
    advance(progress, 0.0, "Starting workers")
    count = max(1, min(workers or default_workers(), len(runs)))
    share = memory_share(count)
    pool = ProcessPool(
        max_workers=count,
        max_tasks=MAX_TASKS,
        initializer=limit_memory,
        initargs=(share,),
        context=spawn_context(executable),
    )
    done: SimpleQueue[tuple[_PoolRun, Any]] = SimpleQueue()

    def schedule(run: _PoolRun, seconds: float) -> None:
        run.seconds = seconds
        future = pool.schedule(read_model, args=(run.job,), timeout=seconds)
        future.add_done_callback(lambda finished, run=run: done.put((run, finished)))

    try:
        for run in runs:
            schedule(run, time_out_s(run.job.path, run.size, time_out))
        left, bytes_done = len(runs), 0
        while left:
            advance(progress, bytes_done / total)
            try:
                run, future = done.get(timeout=POLL_S)
            except Empty:
                continue
            report, again = _outcome(run, future, share)
            if again is not None:
                schedule(again, max(BASE_S, run.seconds / 2))
                continue
            if report is not None:
                left -= 1
                bytes_done += run.size + 1
                advance(
                    progress, bytes_done / total, f"{len(runs) - left} of {len(runs)}: {plain(Path(run.job.path).name)}"
                )
                yield report
    finally:
        pool.stop()
        pool.join()


def _starved(run: _PoolRun, exit_code: int, share: int) -> bool:
    """Whether a worker that ended itself or was killed had most likely run out of memory."""
    if exit_code not in (-signal.SIGABRT, -signal.SIGSEGV, -getattr(signal, "SIGKILL", 9)) or not share:
        return False
    import resource

    kilo = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * kilo
    # Tables that grow are copied: they fail when little more than a third of what may be used is in use.
    return most > share / 3 or grown(run.job.path, run.size) * PARSED_GROWTH > share


def _outcome(run: _PoolRun, future: Any, share: int) -> tuple[ModelReport | None, _PoolRun | None]:
    """The report of a finished task, or the task to try next."""
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    seconds = run.seconds
    name = Path(run.job.path).name
    try:
        report: ModelReport = future.result()
    except TimeoutError:
        reason = coded("worker_timed_out", name=name, seconds=run.seconds)
    except ProcessExpired as error:
        reason = coded("worker_crashed", name=name, exit_code=error.exitcode)
        if _starved(run, int(error.exitcode or 0), share):
            reason = coded("worker_out_of_memory", name=name, memory_gb=share / 1e9)
        seconds = 0.0
    except BrokenProcessPool as error:
        raise ResourceError(
            "The worker processes end as soon as they start. Check QGIS's Python and its packages."
        ) from error
    except CancelledError:
        reason = coded("worker_cancelled", name=name)
    except Exception as error:  # noqa: BLE001 - whatever a library raises in a worker must not end the run
        LOG.warning("%s: %s", run.job.path, error, exc_info=True)
        reason = coded("worker_failed", name=name, error=f"{type(error).__name__}: {clip(str(error), 200)}")
        seconds = 0.0
    else:
        if run.job.kernel_fallback == BOXES and report.status is not ReadStatus.FAILED:
            reason = coded("kernels_failed")
            reasons, warnings = (reason, *report.reasons), (*report.warnings, reason)
            report = replace(report, status=ReadStatus.PARTIAL, reasons=reasons, warnings=warnings)
        return report, None
    if run.job.kernel_fallback < BOXES:
        return None, replace_job(run, BOXES)
    return replace(describe(run.job), status=ReadStatus.FAILED, reasons=(reason,), seconds=seconds), None


def replace_job(run: _PoolRun, kernel_fallback: int) -> _PoolRun:
    """The same file from another level of the geometry kernels on."""
    return _PoolRun(replace(run.job, kernel_fallback=kernel_fallback), run.size, run.seconds)
