"""The animation of a flood's mesh with QGIS's own temporal controller; what it hid comes back when it ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsInterval,
    QgsLayerTreeLayer,
    QgsMeshLayer,
    QgsProject,
    QgsTemporalNavigationObject,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QDockWidget, QFrame, QLabel

from ...core.common.clock import clock
from ..common import temporal
from ..widgets.basics import plain_label

MOST_FRAMES = 400
FRAMES_PER_S = 4.0
"""Slow enough to follow the water, and QGIS can draw a mesh at that speed."""
MARGIN_LETTERS = 1


class Animation(QObject):
    """Plays one flood at a time; `changed` comes when it begins and when it ends.

    It ends by `stop`, when the user switches the temporal controller or the mesh off, and when the mesh is removed.
    """

    changed = pyqtSignal()

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        self.layer_id = ""
        self._hidden: list[str] = []
        self._was_shown = False
        self._begin = QDateTime()
        self._label: QLabel | None = None
        self._opened: QDockWidget | None = None

    @property
    def running(self) -> bool:
        """Whether a flood is shown over time, played or paused."""
        return bool(self.layer_id)

    def play(self, layer: QgsMeshLayer, covering: Iterable[str]) -> str:
        """Show a mesh without the layers that cover it and play it; the reason when it cannot be done, else ''."""
        self.stop()
        navigation, reach = temporal.navigation(self.iface), layer.temporalProperties().timeExtent()
        if navigation is None or reach.isInfinite():
            return self.tr("This result has no times: simulate again with an output step.")
        self.layer_id, self._begin = layer.id(), reach.begin()
        self._show_mesh(covering)
        layer.temporalProperties().setIsActive(True)
        navigation.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
        navigation.setTemporalExtents(reach)
        step_s = frame_seconds(layer, reach.begin().secsTo(reach.end()))
        navigation.setFrameDuration(QgsInterval(step_s / 60.0, Qgis.TemporalUnit.Minutes))
        navigation.setFramesPerSecond(FRAMES_PER_S)
        self._open_controller()
        self._connect(navigation)
        navigation.rewindToStart()
        navigation.playForward()
        self.changed.emit()
        return ""

    def stop(self) -> None:
        """End the animation and show again what it hid; nothing where none is running."""
        if not self.running:
            return
        self._let_go()
        root = QgsProject.instance().layerTreeRoot()
        mesh = root.findLayer(self.layer_id)
        if mesh is not None:
            mesh.setItemVisibilityChecked(self._was_shown)
        for node in filter(None, map(root.findLayer, self._hidden)):
            node.setItemVisibilityChecked(True)
        self._forget()

    def give_up(self) -> None:
        """End the animation of a project that is closed: there is nothing to show again."""
        if self.running:
            self._let_go()
            self._forget()

    def _show_mesh(self, covering: Iterable[str]) -> None:
        """Switch the mesh on, and off what is drawn over it."""
        root = QgsProject.instance().layerTreeRoot()
        others = [node for node in map(root.findLayer, covering) if node is not None and node.itemVisibilityChecked()]
        self._hidden = [node.layerId() for node in others if node.layerId() != self.layer_id]
        for node in others:
            node.setItemVisibilityChecked(False)
        mesh = root.findLayer(self.layer_id)
        if mesh is not None:
            self._was_shown = mesh.itemVisibilityChecked()
            mesh.setItemVisibilityCheckedParentRecursive(True)

    def _open_controller(self) -> None:
        """Show QGIS's controller, as low as it can be; one that was hidden before is hidden again at the end."""
        dock = self.iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
        if dock is not None and not dock.isVisible():
            self._opened = dock
            dock.show()
            self.iface.mainWindow().resizeDocks([dock], [dock.minimumSizeHint().height()], Qt.Orientation.Vertical)

    def _connect(self, navigation: QgsTemporalNavigationObject) -> None:
        navigation.updateTemporalRange.connect(self._tell_time)
        navigation.navigationModeChanged.connect(self._mode_changed)
        QgsProject.instance().layersWillBeRemoved.connect(self._removed)
        QgsProject.instance().layerTreeRoot().visibilityChanged.connect(self._visibility_changed)

    def _let_go(self) -> None:
        """Leave the controller, switched off."""
        navigation = temporal.navigation(self.iface)
        if navigation is not None:
            navigation.updateTemporalRange.disconnect(self._tell_time)
            navigation.navigationModeChanged.disconnect(self._mode_changed)
            navigation.pause()
            navigation.setNavigationMode(Qgis.TemporalNavigationMode.Disabled)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._removed)
        QgsProject.instance().layerTreeRoot().visibilityChanged.disconnect(self._visibility_changed)

    def _forget(self) -> None:
        self.layer_id, self._hidden = "", []
        if self._label is not None and not sip.isdeleted(self._label):
            self._label.hide()
            self._label.deleteLater()
        if self._opened is not None and not sip.isdeleted(self._opened):
            self._opened.hide()
        self._label = self._opened = None
        self.changed.emit()

    @pyqtSlot()  # the signal's own argument is an enum that PyQt cannot hand over
    def _mode_changed(self) -> None:
        if not temporal.is_animated(temporal.navigation(self.iface)):
            self.stop()

    def _removed(self, ids: list[str]) -> None:
        if self.layer_id in ids:
            self.stop()

    def _visibility_changed(self, node: Any) -> None:
        """The user switched the mesh off."""
        is_mesh = isinstance(node, QgsLayerTreeLayer) and node.layerId() == self.layer_id
        if is_mesh and not node.itemVisibilityChecked():
            self._was_shown = False
            self.stop()

    def _tell_time(self, shown: QgsDateTimeRange) -> None:
        """Write the time after the start over the map: a run has no date, and the controller shows an invented one."""
        canvas = self.iface.mapCanvas()
        if self._label is None or sip.isdeleted(self._label):
            self._label = plain_label()
            self._label.setParent(canvas)
            self._label.setAutoFillBackground(True)
            self._label.setFrameShape(QFrame.Shape.StyledPanel)
            space = MARGIN_LETTERS * self._label.fontMetrics().averageCharWidth()
            self._label.setMargin(space)
        minutes = self._begin.secsTo(shown.begin()) / 60.0
        self._label.setText(self.tr("{time} after the start (h:min)").format(time=clock(minutes)))
        self._label.adjustSize()
        # At the bottom: messages come at the top.
        self._label.move(self._label.margin(), canvas.height() - self._label.height() - self._label.margin())
        self._label.show()


def frame_seconds(layer: QgsMeshLayer, total_s: float) -> float:
    """Seconds between two frames: the step of the result, but no more than `MOST_FRAMES` frames."""
    group = layer.activeScalarDatasetAtTime(layer.temporalProperties().timeExtent()).group()
    count = layer.dataProvider().datasetCount(max(group, 0))
    frames = min(max(count - 1, 1), MOST_FRAMES)
    return max(total_s / frames, 1.0)
