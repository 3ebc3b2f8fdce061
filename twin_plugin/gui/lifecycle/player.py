"""Plays the stages over time with QGIS's own temporal controller; what it switched comes back when it ends."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsInterval,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QDockWidget

from ..common import temporal

FRAMES = 120
FRAMES_PER_S = 5.0
DAY_S = 86_400


class Player(QObject):
    """`changed` when it begins and when it ends: by `stop`, in the controller, or when the layer is removed."""

    changed = pyqtSignal()

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.layer_id = ""
        self._hidden = ""
        self._opened: QDockWidget | None = None

    @property
    def running(self) -> bool:
        """Whether stages are shown over time, played or paused."""
        return bool(self.layer_id)

    def play(self, layer: QgsVectorLayer, still: str, first: QDateTime, last: QDateTime) -> str:
        """Play a layer between two dates, without the layer of one date; the reason when it cannot be done, else ''."""
        self.stop()
        navigation = temporal.navigation(self.iface)
        if navigation is None or not first.isValid() or first >= last:
            return self.tr("There is nothing to play: no stage changes on record.")
        self.layer_id = layer.id()
        root = QgsProject.instance().layerTreeRoot()
        node, other = root.findLayer(layer.id()), root.findLayer(still)
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)
        if other is not None and other.itemVisibilityChecked():
            other.setItemVisibilityChecked(False)
            self._hidden = still
        layer.temporalProperties().setIsActive(True)
        days = max(first.daysTo(last) // FRAMES, 1)
        navigation.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
        navigation.setTemporalExtents(QgsDateTimeRange(first, last.addDays(2 * days)))
        navigation.setFrameDuration(QgsInterval(float(days), Qgis.TemporalUnit.Days))
        navigation.setFramesPerSecond(FRAMES_PER_S)
        dock = self.iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
        if dock is not None and not dock.isVisible():
            self._opened = dock
            dock.show()
            self.iface.mainWindow().resizeDocks([dock], [dock.minimumSizeHint().height()], Qt.Orientation.Vertical)
        navigation.navigationModeChanged.connect(self._mode_changed)
        QgsProject.instance().layersWillBeRemoved.connect(self._removed)
        navigation.rewindToStart()
        navigation.playForward()
        self.changed.emit()
        return ""

    def stop(self) -> None:
        """End it, and show again what it hid; nothing where none is running."""
        if not self.running:
            return
        root = QgsProject.instance().layerTreeRoot()
        node, other = root.findLayer(self.layer_id), root.findLayer(self._hidden)
        self.give_up()
        if other is not None:
            other.setItemVisibilityChecked(True)
            if node is not None:
                node.setItemVisibilityChecked(False)

    def give_up(self) -> None:
        """End it where the project is closed: there is nothing to show again."""
        if not self.running:
            return
        navigation = temporal.navigation(self.iface)
        if navigation is not None:
            navigation.navigationModeChanged.disconnect(self._mode_changed)
            navigation.pause()
            navigation.setNavigationMode(Qgis.TemporalNavigationMode.Disabled)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._removed)
        self.layer_id = self._hidden = ""
        if self._opened is not None and not sip.isdeleted(self._opened):
            self._opened.hide()
        self._opened = None
        self.changed.emit()

    @pyqtSlot()  # the signal's own argument is an enum that PyQt cannot hand over
    def _mode_changed(self) -> None:
        if not temporal.is_animated(temporal.navigation(self.iface)):
            self.stop()

    def _removed(self, ids: list[str]) -> None:
        if self.layer_id in ids:
            self.give_up()
