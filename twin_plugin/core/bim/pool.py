"""Reads many models in worker processes: a hang or a crash costs one file, and cancel stops at once."""

from __future__ import annotations

import logging
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, TimeoutError
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ..common.processes import FinishedJob, default_workers, memory_share, out_of_processor_time, run_jobs
from ..common.progress import Progress, advance, silent
from ..common.text import clip, plain
from .mesh import BOXES
from .model import ModelReport, ReadStatus
from .read import ModelJob, describe, read_model
from .warnings import coded

LOG = logging.getLogger(__name__)

BASE_S = 15.0
PER_MB_S = 5.0
WALL = 6.0
"""A file may take so many times its processor time: others compute too, and a disk may be slow."""
ZIP_GROWTH = 8.0
PARSED_GROWTH = 10.0
"""Memory of a parsed model, as a multiple of its text."""


@dataclass(frozen=True)
class _PoolRun:
    """A try to read a model within so many seconds of processor time; `waited` for the machine in the tries before."""

    job: ModelJob
    described: ModelReport
    seconds: float
    waited: bool = False

    @property
    def size(self) -> int:
        return self.described.size


def time_out_s(path: str, size: int, asked_s: float = 0.0) -> float:
    """Processor time a file may take, s: what was asked, or 15 s and 5 s for each MB (of a zip's content, about)."""
    if asked_s > 0:
        return asked_s
    return BASE_S + PER_MB_S * grown(path, size) / 1e6


def grown(path: str, size: int) -> float:
    """Bytes of a model once it is unzipped, about."""
    return size * (ZIP_GROWTH if path.lower().endswith(".ifczip") else 1.0)


def read_models(
    jobs: Sequence[ModelJob], workers: int = 0, time_out: float = 0.0, progress: Progress = silent
) -> Iterator[ModelReport]:
    """Read models, the biggest first; yields a report for every one, in the order in which they are done.

    A file that exceeds its processor time or kills its worker is read once more without the geometry kernels (boxes
    instead of shapes); where that fails too it is reported as failed. One that only waits, since the machine is busy,
    is read again at the end, alone.

    Parameters
    ----------
    jobs : sequence of ModelJob
    workers : int
        Worker processes; 0 is one per core. The algorithms pass a number of their own (`runtime.threads` in bridge).
    time_out : float
        Seconds of processor time for each file; 0 stands for 15 s and 5 s for each MB.
    progress : Progress
        Receives the share of the bytes that are done.

    Raises
    ------
    Cancelled
        When `progress` answers False; the workers are gone then.
    ResourceError
        When no interpreter for the workers is found.
    """
    if not jobs:
        return
    described = [(job, describe(job)) for job in jobs]
    every = [_PoolRun(job, known, time_out_s(job.path, known.size, time_out)) for job, known in described]
    runs = deque(sorted(every, key=lambda run: -grown(run.job.path, run.size)))
    total = sum(run.size + 1 for run in every)
    advance(progress, 0.0, "Starting workers")
    count = max(1, min(workers or default_workers(), len(runs)))
    share = memory_share(count)
    done = bytes_done = 0

    def poll() -> None:
        advance(progress, bytes_done / total)

    alone: deque[_PoolRun] = deque()
    for finished in chain(_run(runs, count, share, poll), _run(alone, 1, share, poll)):
        report, again = _outcome(finished, share)
        if again is not None:
            (alone if again.waited else runs).append(again)
        elif report is not None:
            done += 1
            bytes_done += finished.job.size + 1
            text = f"{done} of {len(every)}: {plain(Path(report.path).name)}"
            advance(progress, bytes_done / total, text)
            yield report


def _run(runs: deque[_PoolRun], workers: int, share: int, poll: Callable[[], None]) -> Iterator[FinishedJob[_PoolRun]]:
    """Read what is in `runs`, and what comes into it meanwhile."""
    if runs:
        yield from run_jobs(
            read_model,
            runs,
            workers,
            arguments=lambda run: (run.job,),
            poll=poll,
            time_out_s=lambda run: WALL * run.seconds,
            memory=share,
            processor_s=lambda run: run.seconds,
        )


def _starved(run: _PoolRun, exit_code: int, share: int) -> bool:
    """Whether a worker that ended itself or was killed had most likely run out of memory."""
    if exit_code not in (-signal.SIGABRT, -signal.SIGSEGV, -getattr(signal, "SIGKILL", 9)) or not share:
        return False
    import resource

    kilo = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * kilo
    # Tables that grow are copied: they fail when little more than a third of what may be used is in use.
    return most > share / 3 or grown(run.job.path, run.size) * PARSED_GROWTH > share


def _outcome(finished: FinishedJob[_PoolRun], share: int) -> tuple[ModelReport | None, _PoolRun | None]:
    """The report of a finished task, or the task to try next."""
    from pebble import ProcessExpired

    run, error = finished.job, finished.error
    if error is None:
        report: ModelReport = finished.value
        if run.job.kernel_fallback == BOXES and report.status is not ReadStatus.FAILED:
            reason = coded("kernels_waited" if run.waited else "kernels_failed")
            reasons, warnings = (reason, *report.reasons), (*report.warnings, reason)
            report = replace(report, status=ReadStatus.PARTIAL, reasons=reasons, warnings=warnings)
        return report, None
    seconds, name = run.seconds, Path(run.job.path).name
    if isinstance(error, TimeoutError):
        seconds = WALL * run.seconds
        reason = coded("worker_waited", name=name, seconds=seconds, processor_s=run.seconds)
        if not run.waited:
            return None, replace(run, waited=True)
    elif isinstance(error, ProcessExpired) and out_of_processor_time(int(error.exitcode or 0)):
        reason = coded("worker_timed_out", name=name, seconds=run.seconds)
    elif isinstance(error, ProcessExpired):
        reason = coded("worker_crashed", name=name, exit_code=error.exitcode)
        if _starved(run, int(error.exitcode or 0), share):
            reason = coded("worker_out_of_memory", name=name, memory_gb=share / 1e9)
        seconds = 0.0
    elif isinstance(error, CancelledError):
        reason = coded("worker_cancelled", name=name)
    else:
        LOG.warning("%s: %s", run.job.path, error, exc_info=error)
        reason = coded("worker_failed", name=name, error=f"{type(error).__name__}: {clip(str(error), 200)}")
        seconds = 0.0
    if run.job.kernel_fallback < BOXES:
        again = replace(run.job, kernel_fallback=BOXES)
        return None, _PoolRun(again, run.described, max(BASE_S, run.seconds / 2), run.waited)
    return replace(run.described, status=ReadStatus.FAILED, reasons=(reason,), seconds=seconds), None
