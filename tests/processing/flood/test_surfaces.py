"""Roofs and sponge surfaces from layers: what reaches the run, what is left out and said, and what comes out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer

from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 2.0


@pytest.fixture
def dtm(tmp_path):
    """A flat yard of 40 x 50 m."""
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.full((20, 25), 5.0, np.float32), WEST, NORTH, CELL, "EPSG:4547"), path)
    return str(path)


@pytest.fixture
def layer(tmp_path):
    """A function that writes features (WKT with offsets in metres from the north-west corner, values) as a layer."""

    def make(name: str, fields: dict[str, int], rows, kind=ogr.wkbPolygon) -> str:
        path = tmp_path / name
        reference = osr.SpatialReference()
        reference.ImportFromEPSG(4547)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        made = source.CreateLayer(path.stem, reference, kind)
        for field, type_ in fields.items():
            made.CreateField(ogr.FieldDefn(field, type_))
        for geometry, *values in rows:
            feature = ogr.Feature(made.GetLayerDefn())
            if geometry is not None:
                feature.SetGeometry(ogr.CreateGeometryFromWkt(geometry))
            for number, value in enumerate(values):
                if value is not None:
                    feature.SetField(number, value)
            made.CreateFeature(feature)
        del made, source
        return str(path)

    return make


def box(left: float, top: float, right: float, bottom: float) -> str:
    """A box by metres to the right of and below the corner of the terrain."""
    west, east, north, south = WEST + left, WEST + right, NORTH - top, NORTH - bottom
    return f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"


def point(right: float, down: float) -> str:
    return f"POINT({WEST + right} {NORTH - down})"


KIND = {"kind": ogr.OFTString}
EDGES = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}


@pytest.fixture
def run(run_algorithm, dtm, tmp_path):
    """A function that simulates a storm of 30 mm in half an hour: the results, SUMMARY and the log."""

    def simulate(**parameters):
        storm = {"DTM": dtm, "RAIN_MM": 30, "DURATION_MIN": 30, "SCHEME": "inertial", **EDGES}
        storm["SUMMARY"] = str(tmp_path / "summary.json")
        feedback = QgsProcessingFeedback(False)
        results = run_algorithm("twin:simulateflood", storm | parameters, feedback)
        with open(storm["SUMMARY"], encoding="utf-8") as file:
            return results, json.load(file), feedback.textLog()

    return simulate


def test_surfaces_of_a_layer_take_water_and_say_how_much(run, layer, tmp_path):
    fields = KIND | {"depth_mm": ogr.OFTReal, "void_share": ogr.OFTReal, "rate_mm_h": ogr.OFTReal}
    fields |= {"seepage_mm_h": ogr.OFTReal, "catchment_m2": ogr.OFTReal}
    rows = [
        (box(0, 0, 50, 20), "permeable paving", 100, 0.1, 1000, 0, None),
        (box(10, 24, 20, 34), "雨水花园", None, None, None, None, 100),
        (box(2000, 0, 2010, 10), "tank"),
        (box(30, 24, 34, 28), "lawn"),
        (None, "swale"),
    ]
    results, summary, log = run(
        SURFACES=layer("sponge.gpkg", fields, rows),
        SURFACES_FILLED=str(tmp_path / "filled.gpkg"),
    )  # fmt: skip
    filled = QgsVectorLayer(results["SURFACES_FILLED"], "filled", "ogr")
    found = {feature["surface"]: feature for feature in filled.getFeatures()}
    assert set(found) == {1, 2}
    assert found[1]["taken_m3"] == pytest.approx(0.010 * 1000, rel=1e-6)
    assert found[1]["rain_m3"] == pytest.approx(0.030 * 1000, rel=1e-6)
    assert found[1]["capture_pct"] == pytest.approx(100 / 3, rel=1e-5)
    assert found[1]["overflow_min"] == pytest.approx(10, abs=0.4)
    assert found[1].geometry().area() == pytest.approx(1000)
    assert found[2]["kind"] == "bioretention"
    assert found[2]["storage_m3"] == pytest.approx(0.7 * 0.3 * 100)
    assert summary["surfaces_stored_m3"] + summary["surfaces_to_ground_m3"] == pytest.approx(summary["surfaces_m3"])
    assert results["VOLUME_CAPTURE_PCT"] == pytest.approx(100 * summary["surfaces_m3"] / summary["rain_m3"])
    assert abs(summary["system_error"]) < 1e-6
    assert "Sponge surfaces | 2 | 3 | 2 | unknown kind: 1; outside: 1; without a polygon: 1" in log
    assert "kind that is not known (lawn)" in log


def test_without_rain_on_surfaces_nothing_is_asked(run, layer, tmp_path):
    results, summary, _ = run(INFILTRATION_MM_H=12)
    assert summary["surfaces_m3"] == 0.0
    assert results["VOLUME_CAPTURE_PCT"] == pytest.approx(100 * summary["infiltration_m3"] / summary["rain_m3"])


@pytest.mark.parametrize(
    ("fields", "row", "words"),
    [
        ({"name": ogr.OFTString}, (box(0, 0, 10, 10), "x"), "no field kind"),
        (KIND | {"void_share": ogr.OFTReal}, (box(0, 0, 10, 10), "tank", 30.0), "void_share = 30"),
        (KIND | {"rate_mm_h": ogr.OFTReal}, (box(0, 0, 10, 10), "tank", -1.0), "rate_mm_h = -1"),
        (KIND, (box(900, 0, 910, 10), "tank"), "lies on the terrain"),
    ],
)
def test_layers_that_cannot_be_used_are_refused(run, layer, tmp_path, fields, row, words):
    with pytest.raises(QgsProcessingException, match=words):
        run(SURFACES=layer("wrong.gpkg", fields, [row]))


def test_units_and_overlaps_are_doubted(run, layer, tmp_path):
    fields = KIND | {"depth_mm": ogr.OFTReal}
    rows = [(box(0, 0, 20, 20), "swale", 0.3), (box(10, 0, 30, 20), "green roof", 0.1)]
    _, summary, log = run(SURFACES=layer("small.gpkg", fields, rows))
    for words in ("overlap others", "make sure that it is in mm", "1 green roofs lie mostly beside"):
        assert words in log
    assert summary["surfaces_m3"] > 0


@pytest.mark.parametrize("how", ["raise", "wall"])
def test_roof_storage_and_downpipes(run, layer, tmp_path, how):
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(10, 10, 20, 20), "a"), (box(30, 10, 40, 20), "b")])
    pipes = layer(
        "pipes.gpkg", {"building_id": ogr.OFTString},
        [(point(45, 35), "b"), (point(9, 15), None), (point(2, 38), "zz"), (point(900, 0), "a")], ogr.wkbPoint,
    )  # fmt: skip
    _, summary, log = run(BUILDINGS=houses, BUILDINGS_AS=how, ROOF_STORAGE_MM=6, DOWNPIPES=pipes)
    assert summary["roofs_stored_m3"] == pytest.approx(0.006 * 200, rel=1e-6)
    assert summary["downpipes"] == 2
    assert "Downpipes | 2 | 2 | 0 | outside: 1; of no building: 1; 2 of 2 buildings" in log
    assert abs(summary["system_error"]) < 1e-6


def test_downpipes_without_buildings_are_refused(run, layer, tmp_path):
    pipes = layer("pipes.gpkg", {"n": ogr.OFTInteger}, [(point(5, 5), 1)], ogr.wkbPoint)
    with pytest.raises(QgsProcessingException, match="choose BUILDINGS"):
        run(DOWNPIPES=pipes)
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(30, 30, 40, 38), "a")])
    with pytest.raises(QgsProcessingException, match="belongs to a building"):
        run(DOWNPIPES=pipes, BUILDINGS=houses)


def test_doors_let_water_into_buildings(run, layer, tmp_path):
    fields = {"id": ogr.OFTString, "ground_floor_elev_m": ogr.OFTReal}
    houses = layer("houses.gpkg", fields, [(box(10, 10, 20, 20), "a", 5.0), (box(30, 10, 40, 20), "b", None)])
    doors = layer(
        "doors.gpkg",
        {"id": ogr.OFTString, "width_m": ogr.OFTReal, "sill_elev_m": ogr.OFTReal, "kind": ogr.OFTString},
        [
            (point(15, 20.2), "d1", 2.0, 5.0, "door"),
            (point(10, 15), "d2", None, 9.5, "window"),
            (point(20, 15), "d3", 3.0, 3.0, "ramp"),
            (point(3, 38), "d4", 1.0, 5.0, "door"),
        ],
        ogr.wkbPoint,
    )
    results, summary, log = run(
        BUILDINGS=houses, BUILDINGS_AS="gaps", DOORS=doors, DEPTH_MAX=str(tmp_path / "depth.tif"),
        LEVEL_MAX=str(tmp_path / "level.tif"), RAIN_MM=120, DURATION_MIN=60,
    )  # fmt: skip
    assert summary["interiors"] == summary["doors"] == 1
    assert summary["interiors_stored_m3"] == pytest.approx(summary["to_interiors_m3"] - summary["from_interiors_m3"])
    assert summary["interiors_stored_m3"] > 5
    assert "Doors | 1 | 3 | 0 | of no building: 1; below ground: 1; of upper storeys: 1; 1 of 2 buildings" in log
    depth, level = (read_grid(QgsRasterLayer(results[n], n)).values for n in ("DEPTH_MAX", "LEVEL_MAX"))
    inside_m = summary["interiors_stored_m3"] / (100 * 0.9)
    assert depth[7, 7] == pytest.approx(inside_m, rel=0.02)
    assert level[7, 7] == pytest.approx(5.0 + inside_m, abs=0.01)
    assert np.isnan(depth[7, 17])
    assert abs(summary["system_error"]) < 1e-6


def test_doors_whose_widths_are_no_metres_are_said(run, layer):
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(10, 10, 20, 20), "a")])
    fields = {"id": ogr.OFTString, "width_m": ogr.OFTReal, "sill_elev_m": ogr.OFTReal}
    doors = layer("doors.gpkg", fields, [(point(15, 20.2), "d1", 900.0, 5.0)], ogr.wkbPoint)
    _, _, log = run(BUILDINGS=houses, BUILDINGS_AS="gaps", DOORS=doors)
    assert "1 openings of DOORS are wider than 20 m, 'd1' 900 m: make sure that width_m is in metres" in log


def test_doors_without_gaps_are_said_to_have_no_effect(run, layer, tmp_path):
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(10, 10, 20, 20), "a")])
    doors = layer("doors.gpkg", {"id": ogr.OFTString}, [(point(15, 20.2), "d1")], ogr.wkbPoint)
    _, summary, log = run(BUILDINGS=houses, DOORS=doors)
    assert "DOORS have no effect" in log
    assert summary["to_interiors_m3"] == 0.0


def test_porous_buildings_take_the_local_inertial_scheme(run, layer, tmp_path):
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(10, 10, 20, 20), "a")])
    results, summary, log = run(
        BUILDINGS=houses, BUILDINGS_AS="porosity", BUILDING_POROSITY=0.4, SCHEME="auto",
        DEPTH_MAX=str(tmp_path / "depth.tif"),
    )  # fmt: skip
    assert summary["building_porosity"] == 0.4
    assert summary["scheme"] == "inertial"
    assert "without a first look" in log
    assert np.isfinite(read_grid(QgsRasterLayer(results["DEPTH_MAX"], "depth")).values).all()
    assert summary["stored_m3"] == pytest.approx(0.030 * 2000, rel=1e-6)
    with pytest.raises(QgsProcessingException, match="choose inertial"):
        run(BUILDINGS=houses, BUILDINGS_AS="porosity", SCHEME="shockcapturing")


def test_porosities_of_soil_and_of_buildings_are_two_parameters(run, layer):
    """One name for both would change the buildings where the soil is meant."""
    houses = layer("houses.gpkg", {"id": ogr.OFTString}, [(box(10, 10, 20, 20), "a")])
    ground = {"INFILTRATION_METHOD": "greenampt", "POROSITY": 0.45}
    _, summary, _ = run(BUILDINGS=houses, BUILDINGS_AS="porosity", BUILDING_POROSITY=0.95, **ground)
    assert summary["building_porosity"] == 0.95
    _, summary, _ = run(BUILDINGS=houses, BUILDINGS_AS="porosity", **ground)
    assert summary["building_porosity"] == 0.3
