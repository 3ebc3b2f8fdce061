"""A drill: the temporal controller at the moments of a plan, over whatever of the project has times."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from qgis.core import Qgis, QgsDateTimeRange, QgsInterval, QgsTemporalNavigationObject
from qgis.PyQt.QtCore import QDateTime, QObject, QTimeZone, pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget

from ...bridge.flood.files.mesh_file import EPOCH
from ..common import temporal

STEP_MIN = 5.0
MOST_FRAMES = 400
FRAMES_PER_S = 4.0


class Drill(QObject):
    """Sets the time of the map; `moved` gives the minute of the plan that the map now shows, NaN for none."""

    moved = pyqtSignal(float)

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self._start = QDateTime.fromString(EPOCH, "yyyy-MM-dd HH:mm:ss")
        self._start.setTimeZone(QTimeZone.utc())
        self._following: QgsTemporalNavigationObject | None = None

    @property
    def running(self) -> bool:
        """Whether the map is at a moment of the plan."""
        return self._following is not None

    def show(self, minute: float, minutes: Sequence[float]) -> None:
        """Let the map show a minute of the plan, within all minutes of its time line."""
        navigation = self._begin(minutes)
        if navigation is not None:
            begin = navigation.temporalExtents().begin()
            ahead_s = begin.secsTo(self._start.addMSecs(round(60_000 * minute)))
            navigation.setCurrentFrameNumber(max(0, math.floor(ahead_s / navigation.frameDuration().seconds())))

    def play(self, minutes: Sequence[float]) -> bool:
        """Play the plan from its first minute; whether there is anything to play."""
        navigation = self._begin(minutes)
        if navigation is None:
            return False
        controller = self.iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
        if controller is not None:
            controller.show()
        navigation.rewindToStart()
        navigation.playForward()
        return True

    def stop(self) -> None:
        """Switch the temporal controller off, where the drill has switched it on."""
        navigation, self._following = self._following, None
        if navigation is not None:
            navigation.updateTemporalRange.disconnect(self._tell)
            navigation.pause()
            navigation.setNavigationMode(Qgis.TemporalNavigationMode.Disabled)
            self.moved.emit(math.nan)

    def _begin(self, minutes: Sequence[float]) -> QgsTemporalNavigationObject | None:
        known = [minute for minute in minutes if math.isfinite(minute)]
        navigation = temporal.navigation(self.iface)
        if not known or navigation is None:
            return None
        first, last = (
            STEP_MIN * way(value / STEP_MIN) for way, value in ((math.floor, min(known)), (math.ceil, max(known)))
        )
        step_min = max(STEP_MIN, STEP_MIN * math.ceil((last - first) / STEP_MIN / MOST_FRAMES))
        reach = QgsDateTimeRange(*(self._start.addMSecs(round(60_000 * value)) for value in (first, last + step_min)))
        if self._following is None:
            navigation.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
            navigation.updateTemporalRange.connect(self._tell)
            self._following = navigation
        if navigation.temporalExtents() != reach:
            navigation.setTemporalExtents(reach)
            navigation.setFrameDuration(QgsInterval(step_min, Qgis.TemporalUnit.Minutes))
            navigation.setFramesPerSecond(FRAMES_PER_S)
        return navigation

    def _tell(self, shown: QgsDateTimeRange) -> None:
        self.moved.emit(self._start.secsTo(shown.begin()) / 60.0)
