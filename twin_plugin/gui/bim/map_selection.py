"""Follows the selection on the map in the layers of buildings and of their risk."""

from __future__ import annotations

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from . import sources


class MapSelection(QObject):
    """`selected(model_id, building_id)` for the first selected building of a layer.

    `assessed(layer, feature)` comes instead for a result about footprints that no model is behind.
    """

    selected = pyqtSignal(str, str)
    assessed = pyqtSignal(object, object)

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
            if sources.is_of_models(layer):
                self.selected.emit(str(feature["model_id"]), str(feature["id"]))
            else:
                self.assessed.emit(layer, feature)
