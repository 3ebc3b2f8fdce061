"""twin:floodbalance from a RESULT and polygons to a table and a chart: against hand sums and the run's own account."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer
from qgis.PyQt.QtGui import QImage

from tests.foreign_results import stretch_to_east
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh, rounded_together
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

WEST, NORTH = 493_000.0, 2_491_000.0


class Log(QgsProcessingFeedback):
    """Keeps warnings and lines."""

    def __init__(self):
        super().__init__(False)
        self.warnings, self.lines = [], []

    def pushWarning(self, text):
        self.warnings.append(text)

    def pushInfo(self, text):
        self.lines.append(text)


@pytest.fixture
def zones(tmp_path):
    """A function that writes named boxes (west, south, east, north in EPSG:4547) as a layer in some CRS."""

    def make(boxes, epsg: int = 4547, name: str = "zones 区.gpkg") -> str:
        target, own = osr.SpatialReference(), osr.SpatialReference()
        target.ImportFromEPSG(epsg)
        own.ImportFromEPSG(4547)
        for reference in (target, own):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        change = osr.CoordinateTransformation(own, target)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / name))
        layer = source.CreateLayer("zones", target, ogr.wkbPolygon)
        layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
        for title, (west, south, east, north) in boxes:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetField(0, title)
            ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
            geometry = ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))")
            geometry.Transform(change)
            feature.SetGeometry(geometry)
            layer.CreateFeature(feature)
        del layer, source
        return str(tmp_path / name)

    return make


@pytest.fixture
def result(tmp_path):
    """A function that writes a RESULT of two times on 4 x 6 cells of 2 m: 0.1 m everywhere, then by columns."""

    def make(block_faces: int = 1_000_000, summary=None) -> str:
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        bed = Grid(np.full((4, 6), 5.0, np.float32), WEST, NORTH, 2.0, "EPSG:4547")
        later = np.tile(np.arange(6) * 0.2, (4, 1)).astype(np.float32)
        with FloodMesh(folder / "result.nc", bed, [0.0, 300.0], max_faces=block_faces, run="aaa") as mesh:
            for depth in (np.full((4, 6), 0.1, np.float32), later):
                mesh.write(depth, bed.values, 0 * depth, 0 * depth)
        figures = {"run_id": "aaa", "stored_m3": 48.0, "cell_m": 2.0, "domain_cells": 24, "buildings_as": "raise"}
        (folder / "summary.json").write_text(json.dumps(figures | (summary or {})), "utf-8")
        return str(folder / "result.nc")

    return make


def rows_of(path: str):
    layer = QgsVectorLayer(path, "t", "ogr")
    assert layer.isValid()
    rows = [feature.attributeMap() for feature in layer.getFeatures()]
    return {(row["zone"] or row["kind"], float(row["time_min"])): row for row in rows}


WESTERN = ("western", (WEST, NORTH - 8, WEST + 4, NORTH))
EASTERN = ("eastern 东", (WEST + 4, NORTH - 8, WEST + 8.9, NORTH))  # holds the centres of two columns
TINY = ("tiny", (WEST + 9.1, NORTH - 0.5, WEST + 9.4, NORTH - 0.1))


@pytest.mark.parametrize("epsg", [4547, 4326])
def test_volumes_are_those_of_a_hand_computation_in_any_crs_of_the_zones(run_algorithm, result, zones, tmp_path, epsg):
    log = Log()
    results = run_algorithm(
        "twin:floodbalance",
        {"RESULT": result(), "ZONES": zones([WESTERN, EASTERN, TINY], epsg), "ID_FIELD": "name",
         "OUTPUT": str(tmp_path / "水 out.csv"), "PICTURE": str(tmp_path / "chart.png")},
        log,
    )  # fmt: skip
    rows = rows_of(results["OUTPUT"])
    assert len(rows) == 8
    assert float(rows["western", 5.0]["volume_m3"]) == pytest.approx(4 * 4 * (0.0 + 0.2), abs=1e-3)
    assert float(rows["eastern 东", 5.0]["volume_m3"]) == pytest.approx(4 * 4 * (0.4 + 0.6), abs=1e-3)
    assert float(rows["outside", 5.0]["volume_m3"]) == pytest.approx(4 * 4 * (0.8 + 1.0), abs=1e-3)
    assert float(rows["western", 5.0]["change_m3"]) == pytest.approx(3.2 - 3.2, abs=1e-3)
    assert float(rows["western", 5.0]["wet_area_m2"]) == 16.0
    assert float(rows["all", 5.0]["max_depth_m"]) == pytest.approx(1.0)
    assert results["ZONES_COUNTED"] == 2
    assert results["END_VOLUME_M3"] == pytest.approx(48.0, abs=1e-3)
    assert any("1 zones hold no centre" in text for text in log.warnings)
    assert any("48.00 m³" in text for text in log.lines)
    assert not any("differs" in text for text in log.warnings)
    picture = QImage(results["PICTURE"])
    assert (picture.width(), picture.height()) == (1600, 900)
    assert len({picture.pixel(x, y) for x in range(0, 1600, 40) for y in range(0, 900, 30)}) > 4


def test_blocks_of_cells_give_the_same_volumes(run_algorithm, result, zones, tmp_path):
    """Faces of 2 x 2 cells with the largest depth of each: only their own water makes the sum right."""
    everything = zones([("all of it", (WEST, NORTH - 8, WEST + 12, NORTH))])
    results = run_algorithm(
        "twin:floodbalance", {"RESULT": result(6), "ZONES": everything, "OUTPUT": str(tmp_path / "o.csv")}
    )
    assert float(rows_of(results["OUTPUT"])["all", 5.0]["volume_m3"]) == pytest.approx(48.0, abs=1e-3)
    assert float(rows_of(results["OUTPUT"])["all", 0.0]["volume_m3"]) == pytest.approx(9.6, abs=1e-3)


def test_overlaps_and_a_run_whose_account_differs_are_reported(run_algorithm, result, zones, tmp_path):
    wide = ("wide", (WEST, NORTH - 8, WEST + 8, NORTH))
    log = Log()
    results = run_algorithm(
        "twin:floodbalance",
        {"RESULT": result(summary={"stored_m3": 47.0}), "ZONES": zones([wide, WESTERN]), "ID_FIELD": "name",
         "OUTPUT": str(tmp_path / "o.gpkg")},
        log,
    )  # fmt: skip
    rows = rows_of(results["OUTPUT"])
    assert float(rows["western", 5.0]["area_m2"]) == 32.0
    assert float(rows["wide", 5.0]["area_m2"]) == 32.0
    assert any("8 cells lie in several zones" in text for text in log.warnings)
    assert any("differs by 2.1e-02" in text for text in log.warnings)


def test_a_real_run_closes_at_every_time_and_without_losses_the_exchange_is_that_of_the_edges(
    run_algorithm, zones, tmp_path
):
    pytest.importorskip("numba")
    y, x = np.mgrid[0:30, 0:40].astype(np.float32)
    write_grid(Grid(8 - 0.05 * x + 0.3 * np.sin(y), WEST, NORTH, 2.0, "EPSG:4547"), tmp_path / "dtm.tif")
    run = {name: str(tmp_path / file) for name, file in
           (("RESULT", "r.nc"), ("SUMMARY", "s.json"), ("BALANCE", "b.csv"))}  # fmt: skip
    storm = {"DTM": str(tmp_path / "dtm.tif"), "RAIN_MM": 30, "DURATION_MIN": 30, "OUTPUT_STEP_MIN": 5}
    run_algorithm("twin:simulateflood", storm | run)
    log = Log()
    results = run_algorithm(
        "twin:floodbalance",
        {**run, "ZONES": zones([("left", (WEST, NORTH - 60, WEST + 40, NORTH))]), "ID_FIELD": "name",
         "OUTPUT": str(tmp_path / "o.csv"), "PICTURE": str(tmp_path / "c.svg"),
         "BALANCE_PICTURE": str(tmp_path / "whole.svg")},
        log,
    )  # fmt: skip
    assert not log.warnings
    account = {float(f["time_min"]): f for f in QgsVectorLayer(run["BALANCE"], "b", "ogr").getFeatures()}
    rows = rows_of(results["OUTPUT"])
    most = max(float(row["stored_m3"]) for row in account.values())
    for time, row in account.items():
        assert float(rows["all", time]["volume_m3"]) == pytest.approx(float(row["stored_m3"]), abs=1e-4 * most)
    out = float(account[30.0]["boundary_out_m3"])
    exchanged = sum(float(rows["all", time]["exchange_m3"]) for time in account)
    assert out > 1.0
    assert exchanged == pytest.approx(-out, rel=1e-3)
    assert "<svg" in (tmp_path / "c.svg").read_text("utf-8")
    whole = (tmp_path / "whole.svg").read_text("utf-8")
    assert "over the east edge" in whole
    assert "into the ground" not in whole
    assert f"{out:,.0f} m³" in whole or f"{float(account[30.0]['boundary_out_east_m3']):,.0f} m³" in whole


def test_what_cannot_be_used_is_refused(run_algorithm, result, zones, tmp_path):
    good, nc = zones([WESTERN]), result()
    (tmp_path / "b.csv").write_text("time_min,rain_m3,stored_m3,flood_run\n0,0,9.6,bbb\n5,1,48,bbb\n", "utf-8")
    (tmp_path / "late.csv").write_text("time_min,rain_m3,stored_m3\n0,0,9.6\n6,1,48\n", "utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    (tmp_path / "bad.nc").write_bytes(b"no NetCDF")
    far = zones([("far", (WEST + 900, NORTH, WEST + 950, NORTH + 50))], name="far.gpkg")
    for more, words in (
        ({"ZONES": far}, "No zone holds"),
        ({"ZONES": zones([], name="none.gpkg")}, "no features"),
        ({"BALANCE": str(tmp_path / "b.csv")}, "two flood runs"),
        ({"BALANCE": str(tmp_path / "late.csv")}, "other times than RESULT"),
        ({"BALANCE": str(tmp_path / "other.csv")}, "no field time_min"),
        ({"RESULT": str(tmp_path / "bad.nc")}, "cannot be read"),
        ({"BALANCE_PICTURE": str(tmp_path / "w.png")}, "choose it in BALANCE"),
    ):
        parameters = {"RESULT": nc, "ZONES": good, "OUTPUT": str(tmp_path / "o.csv"), **more}
        with pytest.raises(QgsProcessingException, match=words):
            run_algorithm("twin:floodbalance", parameters)
        assert not (tmp_path / "o.csv").exists()


def test_results_whose_areas_would_be_wrong_are_refused(run_algorithm, result, zones, tmp_path):
    """Cells that are not square, and cells in degrees."""
    nc, good = result(), zones([WESTERN])
    stretch_to_east(nc)
    bed = Grid(np.full((4, 6), 5.0, np.float32), 113.9, 22.5, 1e-5, "EPSG:4326")
    with FloodMesh(tmp_path / "degrees.nc", bed, [0.0]) as mesh:
        mesh.write(*[np.ones((4, 6), np.float32)] * 4)
    for path, words in ((nc, "4 x 2 and not square"), (str(tmp_path / "degrees.nc"), "not in metres")):
        with pytest.raises(QgsProcessingException, match=words):
            run_algorithm("twin:floodbalance", {"RESULT": path, "ZONES": good, "OUTPUT": str(tmp_path / "o.csv")})
        assert not (tmp_path / "o.csv").exists()


def test_a_field_that_the_zones_lack_is_refused(run_algorithm, result, zones, tmp_path):
    given = {"RESULT": result(), "ZONES": zones([WESTERN]), "ID_FIELD": "nom", "OUTPUT": str(tmp_path / "o.csv")}
    with pytest.raises(QgsProcessingException, match=r"of ZONES has no field 'nom' for ID_FIELD\. It has: .*name"):
        run_algorithm("twin:floodbalance", given)
    assert not (tmp_path / "o.csv").exists()
    run_algorithm("twin:floodbalance", given | {"ID_FIELD": "NAME"})
    assert "western" in (tmp_path / "o.csv").read_text("utf-8")


def test_a_cancel_writes_nothing(run_algorithm, result, zones, tmp_path):
    feedback = QgsProcessingFeedback(False)
    feedback.cancel()
    parameters = {"RESULT": result(), "ZONES": zones([WESTERN]), "OUTPUT": str(tmp_path / "o.csv")}
    assert run_algorithm("twin:floodbalance", parameters, feedback) == {}
    assert not (tmp_path / "o.csv").exists()


def test_films_keep_their_water_when_they_are_rounded():
    """Cells under 0.23 mm of rain: each is within a tenth of a millimetre, and their sum is that of the rain."""
    film = np.full(100_000, 0.00023, np.float32)
    film[::7] = 0.0
    found = rounded_together(film)
    assert np.abs(found - film).max() <= 1.01e-4
    assert found.sum(dtype=float) == pytest.approx(film.sum(dtype=float), abs=1e-4)
    assert (found[film == 0] == 0).all()
    np.testing.assert_array_equal(found, np.round(found, 4))
