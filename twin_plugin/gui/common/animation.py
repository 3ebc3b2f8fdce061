"""The animation of a flood's mesh with QGIS's own temporal controller."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsInterval, QgsMeshLayer, QgsProject, QgsTemporalNavigationObject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QDockWidget

translate = QCoreApplication.translate

MOST_FRAMES = 400
FRAMES_PER_S = 4.0
"""Slow enough to follow the water, and QGIS can draw a mesh at that speed."""


def play(iface: Any, layer_id: str) -> str:
    """Show a mesh alone over the base layers and play it; the reason when it cannot be done, else ''."""
    layer = QgsProject.instance().mapLayer(layer_id)
    if not isinstance(layer, QgsMeshLayer) or not layer.isValid():
        return translate(
            "Animation", "The flood over time is not in the project: simulate with the output RESULT first."
        )
    root = QgsProject.instance().layerTreeRoot()
    node = root.findLayer(layer_id)
    if node is not None:
        for sibling in node.parent().children():
            sibling.setItemVisibilityChecked(sibling is node)
        node.setItemVisibilityCheckedParentRecursive(True)
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    reach = properties.timeExtent()
    navigation = iface.mapCanvas().temporalController()
    if not isinstance(navigation, QgsTemporalNavigationObject) or reach.isInfinite():
        return translate("Animation", "This result has no times: simulate again with an output step.")
    step_s = frame_seconds(layer, reach.begin().secsTo(reach.end()))
    navigation.setNavigationMode(Qgis.TemporalNavigationMode.Animated)
    navigation.setTemporalExtents(reach)
    navigation.setFrameDuration(QgsInterval(step_s / 60.0, Qgis.TemporalUnit.Minutes))
    navigation.setFramesPerSecond(FRAMES_PER_S)
    dock = iface.mainWindow().findChild(QDockWidget, "Temporal Controller")
    if dock is not None:
        dock.show()
    navigation.rewindToStart()
    navigation.playForward()
    return ""


def frame_seconds(layer: QgsMeshLayer, total_s: float) -> float:
    """Seconds between two frames: the step of the result, but no more than `MOST_FRAMES` frames."""
    group = layer.activeScalarDatasetAtTime(layer.temporalProperties().timeExtent()).group()
    count = layer.dataProvider().datasetCount(max(group, 0))
    frames = min(max(count - 1, 1), MOST_FRAMES)
    return max(total_s / frames, 1.0)
