"""What the docks find in a project that others made."""

from __future__ import annotations

import numpy as np
from qgis.core import QgsProject, QgsRasterLayer

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import project


def test_a_flood_that_a_batch_wrote_is_found_with_its_files(make_desktop, tmp_path):
    desktop = make_desktop()
    assert project.last_flood() == {}
    for name in ("depth_max.tif", "arrival.tif"):
        write_grid(Grid(np.ones((4, 4), np.float32), 0, 8, 2.0, "EPSG:4547"), tmp_path / name)
    (tmp_path / "summary.json").write_text('{"max_depth_m": 1.5}', encoding="utf-8")
    layer = QgsRasterLayer(str(tmp_path / "depth_max.tif"), "Maximum depth of the batch")
    QgsProject.instance().addMapLayer(layer)
    found = project.last_flood()
    assert sorted(found["results"]) == ["ARRIVAL", "DEPTH_MAX", "SUMMARY"]
    assert found["layers"] == {"DEPTH_MAX": layer.id()}
    desktop.refresh()
    assert desktop.docks["home"].rows["flood"].done
    desktop.docks["flood"].refresh()
