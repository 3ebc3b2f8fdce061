"""Follows the selection on the map in the layers of buildings and of their risk."""

from __future__ import annotations

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from . import sources


class MapSelection(QObject):
    """`selected(model_id, building_id)` for the first selected building of a layer."""

    selected = pyqtSignal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followed: list[QgsVectorLayer] = []

    def follow(self) -> None:
        """Follow the layers that the project now holds."""
        layers = sources.selectable()
        for layer in layers:
            if layer not in self._followed:
                layer.selectionChanged.connect(self._changed)
        self._followed = layers

    def _changed(self, *_: object) -> None:
        layer = self.sender()
        if isinstance(layer, QgsVectorLayer) and layer.selectedFeatureCount():
            feature = next(layer.getSelectedFeatures())
            self.selected.emit(str(feature["model_id"]), str(feature["id"]))
