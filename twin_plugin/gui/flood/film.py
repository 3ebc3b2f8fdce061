"""What the dialogs of the film and of the export start with: the flood of the dock over what the map shows."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMeshLayer, QgsProject
from qgis.gui import QgsMapCanvas

from ..common import floods
from ..common.floods import Flood


def film_parameters(flood: Flood, mesh: QgsMeshLayer, canvas: QgsMapCanvas) -> dict[str, Any]:
    """Parameters of twin:floodanimation: the visible layers over and under the flood, and the extent of the map.

    Other results of floods are left out: they would cover the water.
    """
    root = QgsProject.instance().layerTreeRoot()
    order = [layer.id() for layer in root.layerOrder()]
    shown = [node.layerId() for node in root.findLayers() if node.isVisible() and node.layer() is not None]
    around = [name for name in order if name in shown and not _covers(name)]
    place = order.index(mesh.id())
    extent, crs = canvas.extent(), canvas.mapSettings().destinationCrs()
    box = ",".join(f"{value:.3f}" for value in _sides(extent))
    return {
        "RESULT": mesh.id(),
        "OVER": [name for name in around if order.index(name) < place],
        "UNDER": [name for name in around if order.index(name) > place],
        "EXTENT": None if extent.isEmpty() or not crs.authid() else f"{box} [{crs.authid()}]",
        "TITLE": flood.title,
    }


def _sides(extent: Any) -> tuple[float, float, float, float]:
    return extent.xMinimum(), extent.xMaximum(), extent.yMinimum(), extent.yMaximum()


def _covers(layer_id: str) -> bool:
    """Whether a layer is a raster or a mesh of a flood."""
    layer = QgsProject.instance().mapLayer(layer_id)
    return floods.is_result(layer) and not any(layer_id == found.id() for found in floods.assessments())
