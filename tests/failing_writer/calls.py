"""Counting the calls that change files below a folder, and failing one of them."""

from __future__ import annotations

import errno
import select
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.failing_writer import seccomp
from tests.failing_writer.seccomp import KINDS


@dataclass(frozen=True)
class Call:
    """A call that is about to happen: its number (from 1, of all that change files below the folder), kind and file."""

    number: int
    kind: str
    path: str

    def __str__(self) -> str:
        return f"call {self.number}: {self.kind} {self.path.rsplit('/', 1)[-1]}"


@dataclass(frozen=True)
class Failure:
    """The n-th call of some kinds fails with an errno, once or with all that follow."""

    number: int
    code: int = errno.ENOSPC
    kinds: tuple[str, ...] = KINDS
    onwards: bool = False

    def __str__(self) -> str:
        return f"{errno.errorcode[self.code]} at {self.number}{' and after' if self.onwards else ''}"


class Watch:
    """Decides about the calls of a process in a thread of its own.

    Attributes
    ----------
    calls : list of Call
        Since `begin`, those below the folder.
    failed : list of Call
        Those of them that failed.
    """

    def __init__(self, listener: int) -> None:
        self._listener = listener
        self._folder = ""
        self._decide: Callable[[Call], int] = lambda call: 0
        self._counts: dict[str, int] = {}
        self.calls: list[Call] = []
        self.failed: list[Call] = []
        self.error: Exception | None = None
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, folder: Path, failure: Failure | Callable[[Call], int] | None = None) -> None:
        """Count anew the calls below a folder; fail one, or each for which a function returns an errno."""
        self.calls, self.failed = [], []
        seen = 0

        def one(call: Call) -> int:
            nonlocal seen
            if call.kind not in failure.kinds:
                return 0
            seen += 1
            return failure.code if seen == failure.number or (failure.onwards and seen > failure.number) else 0

        self._decide = one if isinstance(failure, Failure) else (failure or (lambda call: 0))
        self._folder = str(folder.resolve())

    def end(self) -> None:
        """Count no more."""
        self._folder = ""
        if self.error is not None:
            raise self.error

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._listener, select.POLLIN)
        while True:
            events = poll.poll()
            if not events[0][1] & select.POLLIN:
                return  # the last process under the filter has ended
            request = seccomp.receive(self._listener)
            if request is None:
                continue
            failure = 0
            try:
                failure = self._judge(request)
            except Exception as error:  # noqa: BLE001 - a call without a reply would hang the process for ever
                self.error = error
            seccomp.reply(self._listener, request, failure)

    def _judge(self, request: seccomp.Request) -> int:
        if not self._folder:
            return 0
        path = next((p for p in request.paths() if p == self._folder or p.startswith(f"{self._folder}/")), None)
        if path is None:
            return 0
        call = Call(len(self.calls) + 1, request.kind, path)
        self.calls.append(call)
        if failure := self._decide(call):
            self.failed.append(call)
        return failure


def every_failure(
    watch: Watch, code: int = errno.ENOSPC, kinds: tuple[str, ...] = KINDS, onwards: bool = False, step: int = 1
) -> Iterator[Failure]:
    """Failures at call 1, 1 + step, … until a run has fewer calls; the caller begins the watch with each and runs."""
    number = 1
    while True:
        yield Failure(number, code, kinds, onwards)
        if not watch.failed:
            return
        number += step
