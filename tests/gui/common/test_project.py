"""What the docks find in a project that others made."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsHillshadeRenderer, QgsProject, QgsRasterLayer

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.gui.common import floods, project, state


def test_a_flood_that_a_batch_wrote_is_found_with_its_files(make_desktop, tmp_path):
    desktop = make_desktop()
    assert floods.current() is None
    for name in ("depth_max.tif", "arrival.tif"):
        write_grid(Grid(np.ones((4, 4), np.float32), 0, 8, 2.0, "EPSG:4547"), tmp_path / name)
    (tmp_path / "summary.json").write_text('{"max_depth_m": 1.5}', encoding="utf-8")
    layer = QgsRasterLayer(str(tmp_path / "depth_max.tif"), "Maximum depth of the batch")
    QgsProject.instance().addMapLayer(layer)
    found = floods.current()
    assert sorted(found.results) == ["ARRIVAL", "DEPTH_MAX", "SUMMARY"]
    assert found.layers == {"DEPTH_MAX": layer.id()}
    assert found.title == "Maximum depth of the batch"
    desktop.refresh()
    assert desktop.docks["home"].rows["flood"].done
    desktop.docks["flood"].refresh()


@pytest.fixture
def raster(qgis_new_project, tmp_path):
    """A function that puts a raster with a name, and the output of the plugin that it is, into the project."""

    def add(name, output="", values=((3, 4), (5, 6)), kind=np.float32):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.tif"
        metadata = {"CITY_TWIN_OUTPUT": output} if output else None
        write_grid(Grid(np.array(values, kind), 0, 4, 2.0, "EPSG:4547"), path, metadata=metadata)
        layer = QgsRasterLayer(str(path), name)
        QgsProject.instance().addMapLayer(layer)
        return layer

    return add


@pytest.mark.parametrize("name", ["Valley heights 2020", "dtm_25", "DEM", "Shenzhen 地形", "Elevation (m)"])
def test_a_terrain_is_known_by_its_name_among_others(raster, name):
    raster("Annual mean")
    wanted = raster(name)
    raster("Academy hazard")
    assert project.terrain() == wanted


def test_the_only_raster_that_may_hold_heights_is_the_terrain(raster):
    raster("Arrival over the DTM", "ARRIVAL")
    raster("Terrain classes", kind=np.uint8)
    assert project.terrain() is None
    only = raster("zz 2020")
    assert project.terrain() == only
    raster("zz 2021")
    assert project.terrain() is None


def test_what_says_that_it_is_the_terrain_comes_before_names(raster):
    raster("DTM of elsewhere")
    wanted = raster("Demo", "DTM")
    assert project.terrain() == wanted


def test_the_relief_of_a_terrain_is_not_taken_in_its_place(raster):
    wanted = raster("Ground", "DTM")
    relief = wanted.clone()
    relief.setName("A relief")
    relief.setRenderer(QgsHillshadeRenderer(relief.dataProvider(), 1, 315.0, 45.0))
    QgsProject.instance().addMapLayer(relief)
    assert project.terrain() == wanted
    state.remember("flood/inputs", {"DTM": relief.source()})
    assert project.terrain() == wanted
