"""Runs a function on many jobs, on the workers of a dask.distributed scheduler or in processes of this machine."""

from __future__ import annotations

import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from ...core.common.errors import ResourceError
from ...core.common.messages import Message
from ...core.common.processes import FinishedJob, Job, default_workers, memory_share, run_jobs
from ...core.common.progress import Progress, advance, silent
from .schedulers import Scheduler

CONNECT_S = 15.0
ANSWER_S = 15.0
"""Seconds for what is asked of the scheduler once it is connected."""
CLOSE_S = 2.0
POLL_S = 0.1
JOBS_PER_THREAD = 2
"""Jobs that wait at the scheduler for each thread of a worker; more would only hold memory."""


def submit(
    function: Callable[[Job], Any],
    jobs: Iterable[Job],
    scheduler: Scheduler | None = None,
    workers: int = 0,
    progress: Progress = silent,
    arguments: Callable[[Job], tuple[Any, ...]] = lambda job: (job,),
) -> Iterator[FinishedJob[Job]]:
    """Run a function on every job; yields each job as it ends, those that fail with their error.

    A job whose worker was lost is run once more; a scheduler does so by itself.

    Parameters
    ----------
    function : callable
        Of a module that workers can import; takes a job and gives its value, both of which can be pickled.
    jobs : iterable
    scheduler : Scheduler, optional
        None, or one without an address, stands for processes of this machine.
    workers : int
        Processes on this machine; 0 stands for one for each core.
    progress : Progress
        Receives the share of the jobs that have ended; asked every tenth of a second whether to go on.
    arguments : callable
        What the function takes for a job, asked for when the job is handed over; by default the job itself.

    Raises
    ------
    Cancelled
        When `progress` answers False; the jobs are cancelled then.
    InputError
        When the scheduler is none that is connected to.
    ResourceError
        When there is no worker that can run them; the sentence says why.
    """
    waiting = deque(jobs)
    total, ended = len(waiting), 0

    def poll() -> None:
        advance(progress, ended / max(1, total))

    def run() -> Iterator[FinishedJob[Job]]:
        if scheduler is not None and scheduler.address:
            with connect(scheduler, poll) as cluster:
                yield from cluster.run(function, waiting, arguments, poll)
        else:
            count = max(1, min(workers or default_workers(), total))
            share = memory_share(count)
            yield from run_jobs(function, waiting, count, arguments, poll, memory=share)

    lost: set[int] = set()
    for finished in run():
        if _lost_worker(finished.error) and id(finished.job) not in lost:
            lost.add(id(finished.job))
            waiting.append(finished.job)
            continue
        ended += 1
        yield finished


def _lost_worker(error: Exception | None) -> bool:
    from pebble import ProcessExpired

    return isinstance(error, ProcessExpired)


class Cluster:
    """The workers of a scheduler, while this machine is connected to it.

    Attributes
    ----------
    threads : int
        Jobs that its workers can run at the same time, 1 or more.
    """

    def __init__(self, client: Any, address: str, threads: int) -> None:
        self._client, self._address, self.threads = client, address, threads

    def run(
        self,
        function: Callable[..., Any],
        jobs: deque[Job],
        arguments: Callable[[Job], tuple[Any, ...]],
        poll: Callable[[], None],
    ) -> Iterator[FinishedJob[Job]]:
        """Run a function on jobs as `core.common.processes.run_jobs` does; the scheduler retries jobs of lost workers.

        Raises
        ------
        ResourceError
            When the workers lack the function's module or one that it needs.
        """
        running: dict[Any, Job] = {}
        try:
            while jobs or running:
                poll()
                while jobs and len(running) < JOBS_PER_THREAD * self.threads:
                    job = jobs.popleft()
                    running[self._client.submit(function, *arguments(job), pure=False)] = job
                ended = [future for future in running if future.done()]
                for future in ended:
                    yield self._finished(running.pop(future), future)
                if not ended:
                    time.sleep(POLL_S)
        finally:
            self._client.cancel(list(running))

    def _finished(self, job: Job, future: Any) -> FinishedJob[Job]:
        error = future.exception()
        if isinstance(error, ImportError):
            raise ResourceError(
                "The workers of '{address}' lack the plugin or a package ({error}): give them the plugin's folder on "
                "PYTHONPATH and the packages of its requirements.txt.",
                address=self._address,
                error=error,
            ) from error
        return FinishedJob(job, error=error) if error is not None else FinishedJob(job, future.result())


@contextmanager
def connect(scheduler: Scheduler, poll: Callable[[], None] = lambda: None) -> Iterator[Cluster]:
    """Connect to a dask scheduler.

    Parameters
    ----------
    scheduler : Scheduler
    poll : callable
        Called every tenth of a second meanwhile; what it raises ends the attempt.

    Raises
    ------
    InputError
        When it is none that is connected to, see `Scheduler.check`.
    ResourceError
        When the package is missing, the scheduler does not answer, is not the one that the certificates vouch for, or
        has no worker, or when a worker has other versions.
    """
    scheduler.check()
    if find_spec("distributed") is None:
        raise ResourceError(
            "SCHEDULER needs the Python package 'distributed': install it, or leave SCHEDULER empty to work on this "
            "machine."
        )
    address, security = scheduler.address, scheduler.security()
    client, threads, versions = _Attempt(address, security).result(poll)
    try:
        if not threads:
            raise ResourceError(
                "The dask scheduler at '{address}' has no worker. Start some and run it again.", address=address
            )
        check_versions(versions, address)
        yield Cluster(client, address, threads)
    finally:
        client.close(timeout=CLOSE_S)


class _Attempt:
    """Connects in a thread of its own: dask waits for the first answers of a scheduler without a limit."""

    def __init__(self, address: str, security: Any) -> None:
        self._address, self._security = address, security
        self._lock = threading.Lock()
        self._is_given_up = False
        self._found: Future[tuple[Any, int, dict[str, Any]]] = Future()
        threading.Thread(target=self._run, name="twin-dask", daemon=True).start()

    def result(self, poll: Callable[[], None]) -> tuple[Any, int, dict[str, Any]]:
        """The client, the threads of its workers and the versions on both sides; raises as `connect`."""
        until = time.monotonic() + CONNECT_S + ANSWER_S
        try:
            while not self._found.done() and time.monotonic() <= until:
                poll()
                wait([self._found], POLL_S)
        except BaseException:
            self._give_up()
            raise
        if not self._found.done():
            self._give_up()
            raise _unconnected(
                self._address, Message("nothing came within {seconds:.0f} s", seconds=CONNECT_S + ANSWER_S)
            )
        error = self._found.exception()
        if error is not None:  # whatever it is: dask trusts what a scheduler answers
            raise _unconnected(self._address, error) from error
        return self._found.result()

    def _give_up(self) -> None:
        """Close the client, now or when it is there."""
        with self._lock:
            self._is_given_up = True
        if self._found.done() and self._found.exception() is None:
            self._found.result()[0].close(timeout=CLOSE_S)

    def _run(self) -> None:
        made: list[Any] = []
        try:
            client = _client(self._address, self._security, made)
            found = client, sum(client.nthreads().values()), client.get_versions()
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            for failed in made:
                _discard(failed)
            self._found.set_exception(error)
            return
        with self._lock:
            if not self._is_given_up:
                self._found.set_result(found)
                return
        client.close(timeout=CLOSE_S)


def _client(address: str, security: Any, made: list[Any]) -> Any:
    """A client of dask, in `made` even where its constructor raises."""
    from distributed import Client

    class KeptClient(Client):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            made.append(self)
            super().__init__(*arguments, **options)

    return KeptClient(address, timeout=CONNECT_S, set_as_default=False, security=security)


def _discard(client: Any) -> None:
    """End a client that failed, with its thread.

    Left to the garbage collector it ends itself in whatever thread collects it, holding up each later client for ever
    where that thread is just starting.
    """
    with suppress(Exception):
        client.close(timeout=CLOSE_S)
    with suppress(Exception):
        client._loop_runner.stop(CLOSE_S)


def _unconnected(address: str, error: BaseException | str) -> ResourceError:
    """Why there is no connection: an error of TLS behind the others is the reason."""
    cause = error if isinstance(error, BaseException) else None
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if cause is not None:
        return ResourceError(
            "What answers at '{address}' is not the dask scheduler of your certificates ({error}): nothing was sent. "
            "Check the address and the certificates on both sides.",
            address=address,
            error=cause,
        )
    return ResourceError(
        "No dask scheduler answers at '{address}' ({error}). Start it, or leave SCHEDULER empty.",
        address=address,
        error=error if str(error) else type(error).__name__,
    )


def check_versions(versions: dict[str, Any], address: str) -> None:
    """Raise a ResourceError where a worker has another Python or dask than this machine: values would not arrive."""
    own = _versions(versions["client"])
    for worker, facts in versions["workers"].items():
        if _versions(facts) != own:
            raise ResourceError(
                "The worker {worker} of '{address}' has {theirs}, this machine has {own}: install the same versions.",
                worker=worker,
                address=address,
                theirs=_versions(facts),
                own=own,
            )


def _versions(facts: dict[str, Any]) -> str:
    python = ".".join(str(facts["host"]["python"]).split(".")[:2])
    return f"Python {python}, distributed {facts['packages']['distributed']}"
