"""Scenarios that are repeated while QGIS is open."""

from __future__ import annotations

import time
from dataclasses import dataclass

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

LOOK_MS = 5_000


@dataclass
class Repeated:
    """A scenario that is due again at `next_s` of the monotonic clock."""

    scenario_id: str
    minutes: int
    settings: list[str]
    next_s: float


class Schedule(QObject):
    """Says with `due` which scenario is to be run now; the one who hears it may put it off by not running it."""

    due = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.repeated: dict[str, Repeated] = {}
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)

    def set(self, scenario_id: str, minutes: int, settings: list[str]) -> None:
        """Repeat a scenario every so many minutes from now on; 0 ends that."""
        if minutes <= 0:
            self.repeated.pop(scenario_id, None)
        else:
            self.repeated[scenario_id] = Repeated(scenario_id, minutes, settings, time.monotonic() + 60.0 * minutes)
        if self.repeated:
            self.timer.start()
        else:
            self.timer.stop()

    def minutes(self, scenario_id: str) -> int:
        """How often a scenario is repeated; 0 for never."""
        found = self.repeated.get(scenario_id)
        return found.minutes if found is not None else 0

    def left_s(self, scenario_id: str) -> float | None:
        """Seconds until a scenario is due; None where it is not repeated."""
        found = self.repeated.get(scenario_id)
        return max(0.0, found.next_s - time.monotonic()) if found is not None else None

    def done(self, scenario_id: str) -> None:
        """A scenario was started: its next turn is counted from now."""
        found = self.repeated.get(scenario_id)
        if found is not None:
            found.next_s = time.monotonic() + 60.0 * found.minutes

    def clear(self) -> None:
        """Repeat nothing more."""
        self.repeated.clear()
        self.timer.stop()

    def look(self) -> None:
        """Say which scenario is due, the one that waits longest first."""
        now = time.monotonic()
        waiting = sorted((one for one in self.repeated.values() if one.next_s <= now), key=lambda one: one.next_s)
        if waiting:
            self.due.emit(waiting[0])
