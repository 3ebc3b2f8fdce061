"""The legend of a raster begins with our own line, in the user's language, and never with QGIS's name of the band."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsLayerTree, QgsLayerTreeModel, QgsRasterLayer
from qgis.PyQt.QtCore import Qt

from twin_plugin.bridge.kernel import styles
from twin_plugin.bridge.kernel.legend_title import title_legend
from twin_plugin.bridge.kernel.raster_kinds import TITLES
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid


def first_line(path, style, terrain=False):
    layer = QgsRasterLayer(str(path), "r")
    assert styles.apply(layer, style)
    root = QgsLayerTree()
    node = root.addLayer(layer)
    title_legend(node, terrain)
    model = QgsLayerTreeModel(root)
    return model.layerLegendNodes(node)[0].data(Qt.ItemDataRole.DisplayRole)


@pytest.mark.parametrize(
    ("output", "style", "line"),
    [
        ("DEPTH_MAX", "flood_depth", "Depth (m)"),
        ("LEVEL_MAX", "flood_level", "Water level (m)"),
        ("HAZARD", "flood_hazard", "Hazard class"),
        ("ARRIVAL", "flood_arrival", "After the start (h:min)"),
    ],
)
def test_a_raster_of_the_plugin_is_named_by_quantity_and_unit(qgis_app, tmp_path, output, style, line):
    values = np.ones((4, 4), np.uint8 if output == "HAZARD" else np.float32)
    grid = Grid(values, 0.0, 4.0, 1.0, "EPSG:4547")
    write_grid(grid, tmp_path / "r.tif", description=TITLES[output])
    assert first_line(tmp_path / "r.tif", style) == line


def test_a_terrain_is_named_and_the_raster_of_another_maker_is_left_alone(qgis_app, tmp_path):
    write_grid(Grid(np.ones((4, 4), np.float32), 0.0, 4.0, 1.0, "EPSG:4547"), tmp_path / "r.tif")
    assert first_line(tmp_path / "r.tif", "terrain", terrain=True) == "Ground height (m)"
    assert first_line(tmp_path / "r.tif", "terrain").startswith("Band 1")
