"""Compiles the kernels behind the desktop before the first run needs them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...bridge.kernel import dependencies, kernels
from ..common.background import Background, Ticket

DELAY_MS = 5_000
"""QGIS opens its project first."""


class WarmUp(QObject):
    """Compiles what is not compiled yet, once the packages are there; `changed` comes when it begins and ends."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self._background = Background("twin-warm-up", self)
        self._background.done.connect(self._ended)
        self._background.failed.connect(self._ended)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    def start_later(self) -> None:
        """Start a little later."""
        self._timer.start(DELAY_MS)

    def start(self) -> None:
        """Start where packages are there and kernels are not compiled; a second call does nothing."""
        if self.running or dependencies.missing() or all(map(kernels.compiled, kernels.DOMAINS)):
            return
        self.running = self._background.ask(_compile)
        self.changed.emit()

    def cancel(self) -> None:
        """End it, also before it begins; it can be started again."""
        self._timer.stop()
        self._background.cancel()
        self._ended()

    def stop(self) -> None:
        """End it, also before it begins: for unload."""
        self._timer.stop()
        self._background.stop()
        self.running = False

    def _ended(self, *_: object) -> None:
        self.running = False
        self.changed.emit()


def _compile(ticket: Ticket) -> None:
    for domain in kernels.DOMAINS:
        kernels.compile_apart(domain, ticket.progress)
