"""Kernels side by side in threads: tasks that look in between whether they should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait

from ..common.progress import Progress, advance

POLL_S = 0.05

Task = Callable[[threading.Event], None]
"""Work that ends soon after the event is set: it calls kernels without the interpreter's lock, a block at a time."""


def side_by_side(tasks: Sequence[Task], threads: int, progress: Progress, text: str = "") -> None:
    """Do tasks, up to `threads` at a time.

    Raises
    ------
    Cancelled
        When `progress` answers False; all tasks have ended then.
    """
    stopped = threading.Event()

    def work(task: Task) -> None:
        if not stopped.is_set():
            task(stopped)

    with ThreadPoolExecutor(max(threads, 1), "twin-planning") as pool:
        waiting: set[Future[None]] = {pool.submit(work, task) for task in tasks}
        try:
            while waiting:
                done, waiting = wait(waiting, POLL_S, FIRST_EXCEPTION)
                for future in done:
                    future.result()
                advance(progress, 1.0 - len(waiting) / len(tasks), text)
        finally:
            stopped.set()
