"""twin:simulateflood with STRUCTURES: from a layer to lines with flows, a table over time, and the summary."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import NULL, QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer

from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH = 493_000.0, 2_491_000.0
FIELDS = (
    "crest_m", "width_m", "diameter_m", "inlet_invert_m", "outlet_invert_m", "soffit_m", "deck_m", "capacity_m3s",
    "on_level_m", "off_level_m", "coefficient",
)  # fmt: skip


@pytest.fixture
def structures(tmp_path):
    """A function that writes (id, kind, points east and south of the corner, fields) as a layer in another CRS."""

    def make(rows, name="structures.gpkg", kind="kind"):
        own, target = osr.SpatialReference(), osr.SpatialReference()
        own.ImportFromEPSG(4547)
        target.ImportFromEPSG(4326)
        for reference in (own, target):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        change = osr.CoordinateTransformation(own, target)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / name))
        layer = source.CreateLayer("structures", target, ogr.wkbUnknown)
        for text in ("id", kind):
            layer.CreateField(ogr.FieldDefn(text, ogr.OFTString))
        for number in FIELDS:
            layer.CreateField(ogr.FieldDefn(number, ogr.OFTReal))
        for mark, word, points, fields in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            places = ",".join(f"{WEST + x} {NORTH - y}" for x, y in points)
            geometry = ogr.CreateGeometryFromWkt(f"LINESTRING({places})" if len(points) > 1 else f"POINT({places})")
            geometry.Transform(change)
            feature.SetGeometry(geometry)
            for field, value in ({"id": mark, kind: word} | fields).items():
                feature.SetField(field, value)
            layer.CreateFeature(feature)
        del layer, source
        return str(tmp_path / name)

    return make


@pytest.fixture
def simulate(run_algorithm, tmp_path):
    """A function that rains 100 mm on the higher western half of a valley that a wall divides."""
    heights = np.full((20, 40), 5.0, np.float32)
    heights[:, 20:] = 4.0
    dtm = tmp_path / "dtm.tif"
    write_grid(Grid(heights, WEST, NORTH, 2.0, "EPSG:4547"), dtm)

    def run(layer, feedback=None, **more):
        edges = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}
        given = {
            "DTM": str(dtm), "RAIN_MM": 100, "DURATION_MIN": 20, "OUTPUT_STEP_MIN": 5, "THREADS": 1,
            "DEPTH_MAX": str(tmp_path / "depth.tif"), "SUMMARY": str(tmp_path / "summary.json"),
        }  # fmt: skip
        if layer is not None:
            given["STRUCTURES"] = layer
        run_algorithm("twin:simulateflood", {**given, **edges, **more}, *([feedback] if feedback else []))
        depth = read_grid(QgsRasterLayer(str(tmp_path / "depth.tif"), "depth")).values
        return depth, json.loads((tmp_path / "summary.json").read_text("utf-8"))

    return run


WALL = ("防洪墙 1", "防洪墙", [(39, -1), (39, 41)], {"crest_m": 6})
CULVERT = ("c1", "culvert", [(36, 20), (44, 20)], {"diameter_m": 0.8, "inlet_invert_m": 5, "outlet_invert_m": 4})
PUMP = ("p1", "泵站", [(60, 20)], {"capacity_m3s": 0.05, "on_level_m": 4.1, "off_level_m": 4.05})


def test_a_wall_a_culvert_and_a_pump_from_layer_to_outputs(simulate, structures, tmp_path):
    flows, series = str(tmp_path / "flows.gpkg"), str(tmp_path / "series.csv")
    feedback = QgsProcessingFeedback()
    layer = structures([WALL, CULVERT, PUMP])
    _, summary = simulate(layer, feedback, STRUCTURE_FLOWS=flows, STRUCTURE_SERIES=series)
    assert summary["structures"] == {"wall": 1, "culvert": 1, "pump": 1}
    rows = {f["structure_id"]: f for f in QgsVectorLayer(flows, "flows").getFeatures()}
    assert set(rows) == {"c1", "p1", "防洪墙 1"}
    wall = rows["防洪墙 1"]
    assert (wall["kind"], wall["over_crest_m"], wall["over_crest_min"]) == ("wall", 0.0, NULL)
    assert rows["c1"]["over_crest_m"] == NULL
    assert {row["flood_run"] for row in rows.values()} == {summary["run_id"]}
    assert 5 < rows["c1"]["volume_m3"] < 152
    assert rows["c1"]["regime_at_max"] == "inlet control"
    assert rows["p1"]["volume_m3"] == pytest.approx(summary["pumped_out_m3"], rel=1e-9)
    assert rows["p1"]["flow_max_m3s"] == pytest.approx(0.05, rel=1e-6)
    assert rows["c1"].geometry().length() == pytest.approx(8.0, abs=0.01)
    assert (tmp_path / "flows.qml").exists()
    table = QgsVectorLayer(series, "series", "ogr")
    assert table.featureCount() == 2 * 5
    assert abs(summary["mass_error"]) < 1e-6
    log = feedback.textLog()
    assert "Structures | 3 | 0 | 2 |" in log
    assert "stand as rows of whole cells, 2 m wide" in log


def test_a_wall_that_water_overtops_says_when_and_how_deep(simulate, structures, tmp_path):
    """A kerb of 0.1 m before 250 mm of rain on the half above it: the depth is that of the map."""
    flows = str(tmp_path / "flows.gpkg")
    layer = structures([("k", "kerb", [(39, -1), (39, 41)], {"crest_m": 5.1})])
    depth, _ = simulate(layer, RAIN_MM=250, WET_DEPTH_M=0.005, STRUCTURE_FLOWS=flows)
    [row] = list(QgsVectorLayer(flows, "flows").getFeatures())
    top = depth[:, 19]
    assert row["over_crest_m"] == pytest.approx(float(top.max()), abs=1e-6)
    assert top.max() > 0.005
    assert 0 < row["over_crest_min"] < 20
    assert row.geometry().length() == pytest.approx(42.0, abs=0.01)


def test_no_layer_and_one_without_effect_give_the_same_depths(simulate, structures):
    without, _ = simulate(None)
    low = structures([("w", "wall", [(39, -1), (39, 41)], {"crest_m": 3})])
    depth, summary = simulate(low)
    np.testing.assert_array_equal(depth, without)
    assert summary["pumped_out_m3"] == 0.0


def test_mistakes_are_told_and_nothing_is_written(simulate, structures, tmp_path):
    with pytest.raises(QgsProcessingException, match="has no field kind"):
        simulate(structures([WALL], kind="type"))
    wrong = structures([("v", "weir", [(36, 20), (44, 20)], {"crest_m": 500, "width_m": 2})], "wrong.gpkg")
    with pytest.raises(QgsProcessingException, match=r"Structure v \(weir\): crest_m is 500 m"):
        simulate(wrong)
    far = structures([("v", "wall", [(900, 20), (944, 20)], {"crest_m": 6})], "far.gpkg")
    with pytest.raises(QgsProcessingException, match="No structure lies on the terrain"):
        simulate(far)
    assert not (tmp_path / "depth.tif").exists()


def test_the_first_look_knows_the_structures(simulate, structures):
    """auto with so many cells that the look has wider ones."""
    depth, summary = simulate(
        structures([WALL, CULVERT, PUMP]), CELL_SIZE=0.25, RAIN_MM=5, DURATION_MIN=1, OUTPUT_STEP_MIN=1
    )
    assert summary["look_cell_m"] == 0.5  # of 51,200 cells
    assert summary["scheme_asked"] == "auto"
    assert np.isfinite(depth).any()
