"""Soil and land cover as layers of twin:simulateflood: what is read, guessed and refused, and what comes out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer

from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0


class Log(QgsProcessingFeedback):
    """Keeps what a run says."""

    def __init__(self):
        super().__init__(False)
        self.lines = []

    def pushInfo(self, info):
        self.lines.append(info)

    def pushWarning(self, warning):
        self.lines.append(warning)


@pytest.fixture
def simulate(run_algorithm, tmp_path):
    """A function that floods flat ground of 20 x 20 cells with 60 mm in 1 h; gives SUMMARY, INFILTRATED and the log."""
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.full((20, 20), 5, np.float32), WEST, NORTH, CELL, "EPSG:4547"), path)
    sides = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}

    def run(**parameters):
        log, files = Log(), {"SUMMARY": str(tmp_path / "s.json"), "INFILTRATED": str(tmp_path / "taken.tif")}
        given = {"DTM": str(path), "RAIN_MM": 60, "DURATION_MIN": 60, "SCHEME": "inertial", **sides, **files}
        run_algorithm("twin:simulateflood", given | parameters, log)
        taken = read_grid(QgsRasterLayer(files["INFILTRATED"], "r")).values
        return json.loads(Path(files["SUMMARY"]).read_text("utf-8")), taken, "\n".join(log.lines)

    return run


@pytest.fixture
def polygons(tmp_path):
    """A function that writes the west and the east half of the terrain, each with values, as polygons."""

    def make(name, fields, *values, epsg=4547):
        own, target = osr.SpatialReference(), osr.SpatialReference()
        own.ImportFromEPSG(4547)
        target.ImportFromEPSG(epsg)
        for reference in (own, target):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        change = osr.CoordinateTransformation(own, target)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / name))
        layer = source.CreateLayer("ground", target, ogr.wkbPolygon)
        for field in fields:
            text = any(isinstance(row[fields.index(field)], str) for row in values)
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTString if text else ogr.OFTReal))
        for place, row in enumerate(values):
            west, east = WEST + 40 * place, WEST + 40 * (place + 1)
            ring = f"{west} {NORTH - 80},{east} {NORTH - 80},{east} {NORTH},{west} {NORTH},{west} {NORTH - 80}"
            shape = ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))")
            shape.Transform(change)
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(shape)
            for number, value in enumerate(row):
                feature.SetField(number, value)
            layer.CreateFeature(feature)
        del layer, source
        return str(tmp_path / name)

    return make


def test_curve_numbers_follow_soil_and_land_cover(simulate, polygons):
    """Lawn on loam (group B, 61) and on clay (D, 80): S = 162.4 and 63.5 mm; 60 mm leave 4.01 and 20.25 mm."""
    soil = polygons("soil.gpkg", ("soil",), ("Loam",), ("粘土",), epsg=32650)
    cover = polygons("cover.gpkg", ("cover",), ("草坪",), ("lawn",))
    summary, taken, log = simulate(INFILTRATION_METHOD="scs", SOIL=soil, LAND_COVER=cover)
    worked = []
    for number in (61, 80):
        storage = 25400 / number - 254
        worked.append(60 - (60 - 0.2 * storage) ** 2 / (60 + 0.8 * storage))
    np.testing.assert_allclose(taken[:, :10], worked[0], atol=1e-3)
    np.testing.assert_allclose(taken[:, 10:], worked[1], atol=1e-3)
    assert summary["infiltration_method"] == "scs"
    assert summary["infiltration_m3"] == pytest.approx(np.sum(taken) * 16 / 1000, rel=1e-6)
    assert abs(summary["mass_error"]) < 1e-6
    assert "Soil of the cells | 400 | 0 | 0" in log


def test_rasters_of_classes_and_what_they_lack(simulate, tmp_path):
    """Code 7 is loam; 99 is none, and the last column lies outside: both count as SOIL_CLASS, and are said."""
    codes = np.full((20, 19), 7, np.float32)
    codes[:, :5] = 99
    write_grid(Grid(codes, WEST, NORTH, CELL, "EPSG:4547"), tmp_path / "codes.tif")
    built = np.full((20, 20), 50, np.float32)
    write_grid(Grid(built, WEST, NORTH, CELL, "EPSG:4547"), tmp_path / "cover.tif")
    _, taken, log = simulate(
        INFILTRATION_METHOD="greenampt", SOIL=str(tmp_path / "codes.tif"), LAND_COVER=str(tmp_path / "cover.tif"),
        SOIL_CLASS="clay",
    )  # fmt: skip
    assert "Soil of the cells | 280 | 0 | 120 | outside the layer: 20; unknown classes: 99; clay for them" in log
    assert np.ptp(taken[:, 5:19]) < 1e-3
    assert taken[0, 5] > 2 * taken[0, 0] > 0
    assert taken[0, 19] == pytest.approx(taken[0, 0], rel=1e-3)


@pytest.mark.parametrize(("field", "value"), [("k_mm_h", 10.0), ("k_cm_h", 1.0), ("k_m_day", 0.24)])
def test_a_conductivity_counts_in_the_unit_that_its_field_names(simulate, polygons, field, value):
    soil = polygons("soil.gpkg", (field, "psi_mm", "porosity"), (value, 0.0, 0.4), (value, 0.0, 0.4))
    _, taken, _ = simulate(INFILTRATION_METHOD="greenampt", SOIL=soil, MOISTURE_DEFICIT=0)
    np.testing.assert_allclose(taken, 10.0, rtol=1e-4)


@pytest.mark.parametrize(
    ("fields", "row", "word"),
    [
        (("ksat",), (3.0,), "no unit in its name"),
        (("colour",), ("red",), "none of the fields that it needs"),
        (("k_mm_h", "group"), (3.0, "E"), "no hydrologic soil group"),
        (("soil", "k_mm_h"), ("loam", -3.0), "above 0 mm/h"),
    ],
)
def test_a_layer_that_cannot_be_used_is_refused_in_one_sentence(simulate, polygons, fields, row, word):
    with pytest.raises(QgsProcessingException, match=word):
        simulate(INFILTRATION_METHOD="greenampt", SOIL=polygons("soil.gpkg", fields, row, row))


def test_a_raster_of_measurements_and_a_percentage_are_refused(simulate, polygons, tmp_path):
    values = np.full((20, 20), 0.34, np.float32)
    write_grid(Grid(values, WEST, NORTH, CELL, "EPSG:4547"), tmp_path / "k.tif")
    with pytest.raises(QgsProcessingException, match=r"no class numbers but values such as 0\.34"):
        simulate(INFILTRATION_METHOD="greenampt", SOIL=str(tmp_path / "k.tif"))
    cover = polygons("cover.gpkg", ("impervious",), (60.0,), (60.0,))
    with pytest.raises(QgsProcessingException, match="from 0 to 1, not a percentage"):
        simulate(INFILTRATION_METHOD="horton", LAND_COVER=cover)
    cover = polygons("runoff.gpkg", ("cn",), (0.8,), (0.8,))
    with pytest.raises(QgsProcessingException, match=r"is 0\.8: curve numbers go from about 30 to 100"):
        simulate(INFILTRATION_METHOD="scs", LAND_COVER=cover)
    far = polygons("far.gpkg", ("cover",), ("lawn",), epsg=4547)
    write_grid(Grid(values, WEST + 1e5, NORTH, CELL, "EPSG:4547"), tmp_path / "far.tif")
    assert far
    with pytest.raises(QgsProcessingException, match="does not overlap the terrain"):
        simulate(INFILTRATION_METHOD="horton", LAND_COVER=str(tmp_path / "far.tif"))


def test_what_has_no_effect_is_said(simulate, polygons):
    soil = polygons("soil.gpkg", ("soil",), ("loam",), ("clay",))
    _, taken, log = simulate(INFILTRATION_METHOD="horton", INFILTRATION_MM_H=5, IMPERVIOUS_PERCENT=50)
    assert "INFILTRATION_MM_H has no effect with horton" in log
    assert taken.max() < 30.01
    with pytest.raises(QgsProcessingException, match="INFILTRATED is written with"):
        simulate(SOIL=soil)


def test_the_written_raster_says_what_it_is(simulate, tmp_path):
    simulate(INFILTRATION_METHOD="horton")
    raster = gdal.Open(str(tmp_path / "taken.tif"))
    band = raster.GetRasterBand(1)
    assert band.GetUnitType() == "mm"
    assert band.GetDescription() == "Water that the ground took"
    assert (tmp_path / "taken.qml").exists()
