"""Steps of a worker that must run on the main thread, each between two turns of its event loop."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, pyqtSignal

from ...core.common.errors import Cancelled
from ...core.common.progress import Progress

Result = TypeVar("Result")
_CHECK_S = 0.05


def is_main() -> bool:
    """Whether this is the thread of the application, or there is none."""
    application = QCoreApplication.instance()
    return application is None or QThread.currentThread() == application.thread()


def on_main(step: Callable[[], Result], progress: Progress) -> Result:
    """Run a step on the main thread and wait for its result; from the main thread itself at once.

    The main thread must turn its event loop. A step that has begun is waited for, whatever `progress` answers.

    Raises
    ------
    Cancelled
        When `progress` stops before the step begins.
    """
    if is_main():
        return step()
    courier = _Courier(step)
    courier.asked.emit()
    while not courier.done.wait(_CHECK_S):
        if not progress(math.nan, "") and courier.withdraw():
            courier.deleteLater()
            raise Cancelled
    courier.deleteLater()
    if courier.error is not None:
        raise courier.error
    result: Result = courier.result
    return result


class _Courier(QObject):
    """Carries a step to the main thread and its outcome back; an exception never leaves its slot."""

    asked = pyqtSignal()

    def __init__(self, step: Callable[[], Any]) -> None:
        super().__init__()
        self.step: Callable[[], Any] | None = step
        self.result: Any = None
        self.error: BaseException | None = None
        self.done, self._lock = threading.Event(), threading.Lock()
        self.moveToThread(QCoreApplication.instance().thread())
        self.asked.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def withdraw(self) -> bool:
        """Take the step back; False when it has begun."""
        with self._lock:
            if self.step is None:
                return False
            self.step = None
            return True

    def _run(self) -> None:
        with self._lock:
            step, self.step = self.step, None
        if step is None:
            return
        try:
            self.result = step()
        except BaseException as error:  # noqa: BLE001 - the worker raises it
            self.error = error
        finally:
            self.done.set()
