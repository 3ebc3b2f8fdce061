"""Work of a dock off the main thread, of which only the newest counts: what it replaces is stopped."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from qgis.PyQt.QtCore import QCoreApplication, QObject, QThread, pyqtSignal

from ...bridge.kernel.translation import localized
from ...core.common.errors import Cancelled, TwinError

log = logging.getLogger(__name__)
RETRIES = 5
STOP_MS = 3_000
_late: list[QThread] = []


class Ticket:
    """One request. The work asks it now and then whether it was stopped, or sets `on_stop` to be called."""

    def __init__(self, work: Callable[[Ticket], Any], publish: Callable[[str, Any], None]) -> None:
        self.work, self.publish = work, publish
        self.on_stop: Callable[[], None] | None = None
        self._stopped = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether a newer request has come, or the end."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask the work to end; from any thread."""
        self._stopped.set()
        action = self.on_stop
        if action is not None:
            action()

    def send(self, part: Any) -> None:
        """Publish a part of the result while the work goes on."""
        self.publish("part", part)

    def progress(self, fraction: float, text: str = "") -> bool:
        """As core's progress: whether to go on."""
        return not self.stopped


class _WorkerThread(QThread):
    """A thread of Qt's, not of Python's: layers that are opened in it start timers, which need one."""

    def __init__(self, name: str, loop: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._loop = loop

    def run(self) -> None:
        self._loop()


def _lacking(error: ModuleNotFoundError) -> str:
    text = QCoreApplication.translate(
        "Background",
        "This needs the Python package {name}: install it with the button in City Twin's message, or in the Home dock.",
    )
    return text.format(name=(error.name or str(error)).split(".")[0])


class Background(QObject):
    """A thread that does one thing after the other, the newest request first and only.

    `part(value)` again and again, then `done(result)` or `failed(sentence)` arrive in this object's own thread; for a
    request that was replaced none comes.
    """

    part = pyqtSignal(object)
    done = pyqtSignal(object)
    failed = pyqtSignal(str)
    _arrived = pyqtSignal(int, str, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._turn = threading.Condition()
        self._waiting: Ticket | None = None
        self._running: Ticket | None = None
        self._count = 0
        self._ended = False
        self._thread: _WorkerThread | None = None
        self.at_end: Callable[[], None] | None = None
        self._arrived.connect(self._publish)

    def ask(self, work: Callable[[Ticket], Any]) -> bool:
        """Do this next, instead of what waits or runs; False after the end."""
        with self._turn:
            if self._ended:
                return False
            self._count += 1
            self._waiting = Ticket(work, partial(self._arrived.emit, self._count))
            running = self._running
            if self._thread is None:
                self._thread = _WorkerThread(self._name, self._loop)
                self._thread.start()
            self._turn.notify()
        if running is not None:
            running.stop()
        return True

    def cancel(self) -> None:
        """Stop what runs and forget what waits."""
        with self._turn:
            self._count += 1
            self._waiting, running = None, self._running
        if running is not None:
            running.stop()

    def stop(self) -> None:
        """End the thread, and wait shortly for it."""
        self.cancel()
        with self._turn:
            self._ended = True
            self._turn.notify()
        thread, self._thread = self._thread, None
        if thread is not None and not thread.wait(STOP_MS):
            # Deleting a thread that runs aborts QGIS: it is kept until its work ends.
            _late.append(thread)

    def _loop(self) -> None:
        try:
            while True:
                with self._turn:
                    while self._waiting is None and not self._ended:
                        self._turn.wait()
                    if self._ended:
                        return
                    ticket = self._running = self._waiting
                    self._waiting = None
                self._do(ticket)
                with self._turn:
                    self._running = None
        finally:
            if self.at_end is not None:
                self.at_end()

    @staticmethod
    def _result(ticket: Ticket) -> Any:
        """What the work gives. A stop that was meant for the request before may hit this one: then it begins again."""
        for _ in range(RETRIES):
            try:
                return ticket.work(ticket)
            except Cancelled:
                if ticket.stopped:
                    raise
        raise Cancelled

    def _do(self, ticket: Ticket) -> None:
        # The dock may be deleted when its last work ends.
        with suppress(RuntimeError):
            try:
                signal, value = "done", self._result(ticket)
            except Cancelled:
                return
            except TwinError as error:
                signal, value = "failed", localized(error)
            except ModuleNotFoundError as error:
                log.info("%s: %s", self._name, error)
                signal, value = "failed", _lacking(error)
            except Exception as error:
                log.exception("%s", self._name)
                signal, value = "failed", f"{type(error).__name__}: {error}"
            ticket.publish(signal, value)

    def _publish(self, number: int, signal: str, value: Any) -> None:
        """In this object's thread: emit what came of the newest request."""
        if number == self._count:
            getattr(self, signal).emit(value)
