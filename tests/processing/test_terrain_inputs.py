"""Every algorithm that takes a terrain or water refuses what a run wrote as something else, and what is no heights."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsFeature, QgsGeometry, QgsProcessingException, QgsRectangle, QgsVectorLayer

from tests.listener import Listener

pytest.importorskip("numba")

RASTERS = ("DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX", "HAZARD", "ARRIVAL", "DURATION_WET")
TERRAIN_TAKERS = ("simulateflood", "checkterrain", "findwaterlogging", "loadbim", "updatetwinbase", "floodreport")
WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0


def write_heights(path, values):
    """A raster as another program writes one."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[1], values.shape[0], 1, gdal.GDT_Float32)
    dataset.SetGeoTransform((WEST, CELL, 0, NORTH, 0, -CELL))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).WriteArray(values)
    del dataset
    return str(path)


@pytest.fixture(scope="module")
def flood(run_algorithm, tmp_path_factory):
    """The rasters of a run over a bowl, and its terrain as DTM."""
    folder = tmp_path_factory.mktemp("flood")
    y, x = np.mgrid[0:12, 0:12]
    terrain = write_heights(folder / "bowl.tif", (5 + 0.1 * ((x - 6) ** 2 + (y - 6) ** 2)).astype(np.float32))
    paths = {name: str(folder / f"{name.lower()}.tif") for name in RASTERS}
    run_algorithm("twin:simulateflood", {"DTM": terrain, "RAIN_MM": 100, "DURATION_MIN": 5, **paths})
    return {**paths, "DTM": terrain}


@pytest.fixture
def inputs(tmp_path):
    """A function from an algorithm to parameters that need nothing but its terrain."""
    (tmp_path / "models").mkdir()
    folder, base = str(tmp_path / "models"), str(tmp_path / "base.gpkg")
    sinks = {name: str(tmp_path / f"{name}.gpkg") for name in ("BUILDINGS", "STOREYS", "OPENINGS", "REPORT")}
    return {
        "simulateflood": {"RAIN_MM": 10, "DEPTH_MAX": str(tmp_path / "depth.tif")},
        "checkterrain": {"OUTPUT": str(tmp_path / "faults.gpkg")},
        "findwaterlogging": {"OUTPUT": str(tmp_path / "found.gpkg")},
        "loadbim": {"FOLDER": folder, **sinks},
        "updatetwinbase": {"FOLDER": folder, "TWIN_BASE": base},
        "floodreport": {"PROJECT": str(tmp_path / "report.qgz")},
    }.__getitem__


@pytest.mark.parametrize("algorithm", TERRAIN_TAKERS)
@pytest.mark.parametrize("raster", RASTERS)
def test_no_result_of_a_flood_is_taken_for_a_terrain(run_algorithm, flood, inputs, tmp_path, algorithm, raster):
    with pytest.raises(QgsProcessingException, match=f"{raster.lower()}' is no terrain: it is the output {raster} "):
        run_algorithm(f"twin:{algorithm}", {**inputs(algorithm), "DTM": flood[raster]})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["models"]


@pytest.mark.parametrize("algorithm", TERRAIN_TAKERS)
def test_bytes_and_holes_are_no_terrain(run_algorithm, inputs, tmp_path, algorithm):
    holes = write_heights(tmp_path / "holes.tif", np.array([[3, -9999], [4, 5]], np.float32))
    if algorithm != "checkterrain":  # which mends them
        with pytest.raises(QgsProcessingException, match=r"'holes' is no terrain in m.*no data value"):
            run_algorithm(f"twin:{algorithm}", {**inputs(algorithm), "DTM": holes})
    gdal.Translate(str(tmp_path / "cover.tif"), gdal.Open(holes), outputType=gdal.GDT_Byte)
    with pytest.raises(QgsProcessingException, match=r"'cover' is no terrain.*bytes"):
        run_algorithm(f"twin:{algorithm}", {**inputs(algorithm), "DTM": str(tmp_path / "cover.tif")})


@pytest.fixture
def house():
    """A layer of one footprint inside the bowl."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:4547&field=id:string", "house", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(WEST + 20, NORTH - 30, WEST + 30, NORTH - 20)))
    feature.setAttributes(["a"])
    layer.dataProvider().addFeature(feature)
    return layer


@pytest.mark.parametrize(
    ("parameter", "raster"),
    [("DEPTH", "ARRIVAL"), ("DEPTH", "LEVEL_MAX"), ("LEVEL", "DEPTH_MAX"), ("ARRIVAL", "HAZARD")],
)
def test_water_of_another_kind_is_refused(run_algorithm, flood, house, parameter, raster):
    given = {"DEPTH": flood["DEPTH_MAX"], parameter: flood[raster], "BUILDINGS": house, "OUTPUT": "memory:"}
    with pytest.raises(QgsProcessingException, match=f"cannot be used for {parameter}: it is the output {raster} "):
        run_algorithm("twin:buildingrisk", given)


@pytest.mark.parametrize(("parameter", "raster"), [("DEPTH_MAX", "ARRIVAL"), ("HAZARD", "DEPTH_MAX")])
def test_a_report_takes_no_result_for_another(run_algorithm, flood, inputs, parameter, raster):
    with pytest.raises(QgsProcessingException, match=f"cannot be used for {parameter}: it is the output {raster} "):
        run_algorithm("twin:floodreport", {**inputs("floodreport"), parameter: flood[raster]})


def test_roughness_is_no_depth(run_algorithm, flood):
    with pytest.raises(QgsProcessingException, match="cannot be used for ROUGHNESS_RASTER: it is the output DEPTH_MAX"):
        run_algorithm(
            "twin:simulateflood", {"DTM": flood["DTM"], "ROUGHNESS_RASTER": flood["DEPTH_MAX"], "RAIN_MM": 10}
        )


def test_a_terrain_given_as_depth_gets_a_warning(run_algorithm, flood, house):
    listener = Listener()
    run_algorithm("twin:buildingrisk", {"DEPTH": flood["DTM"], "BUILDINGS": house, "OUTPUT": "memory:"}, listener)
    assert any("neither a terrain nor a water level" in text for text in listener.warnings)
    listener = Listener()
    run_algorithm("twin:buildingrisk", {"DEPTH": flood["DEPTH_MAX"], "BUILDINGS": house, "OUTPUT": "memory:"}, listener)
    assert not any("neither a terrain" in text for text in listener.warnings)


def test_an_even_terrain_gets_a_warning(run_algorithm, tmp_path, inputs):
    listener = Listener()
    even = write_heights(tmp_path / "even.tif", np.full((4, 4), 3, np.float32))
    run_algorithm("twin:simulateflood", {**inputs("simulateflood"), "DTM": even, "DURATION_MIN": 1}, listener)
    assert "Every cell of the terrain 'even' has the height 3 m." in listener.warnings
