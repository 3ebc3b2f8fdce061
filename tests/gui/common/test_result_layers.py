"""Outputs as layers of the project: their marks outlive the style that is laid over them."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingLayerPostProcessorInterface, QgsProject

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import result_layers
from twin_plugin.gui.common.run_request import RunRequest


class Wipes(QgsProcessingLayerPostProcessorInterface):
    """Does what a style with all its categories does: it replaces the layer's properties."""

    def postProcessLayer(self, layer, *_):
        for key in layer.customPropertyKeys():
            layer.removeCustomProperty(key)


def test_a_style_beside_a_raster_does_not_take_the_marks(qgis_new_project, tmp_path):
    path = str(tmp_path / "阴影.tif")
    write_grid(Grid(np.ones((3, 3), np.float32), 500_000.0, 2_490_000.0, 2.0, "EPSG:4547"), tmp_path / "阴影.tif")
    context, wipes = QgsProcessingContext(), Wipes()
    context.setProject(QgsProject.instance())
    details = QgsProcessingContext.LayerDetails("x", QgsProject.instance(), "SHADOWS")
    details.setPostProcessor(wipes)
    context.addLayerToLoadOnCompletion(path, details)
    request = RunRequest("twin:shadows", {}, "Shadows", "Shadows", {"SHADOWS": "Shadows"})
    loaded, failed = result_layers.load(request, {}, context, QgsProcessingFeedback(), {"SHADOWS": path})
    assert failed == []
    layer = QgsProject.instance().mapLayer(loaded["SHADOWS"])
    assert layer.customProperty(result_layers.OUTPUT) == "shadows/SHADOWS"
    assert layer.customProperty(result_layers.TITLE) == "Shadows"
    assert result_layers.newest("shadows/SHADOWS") is layer
