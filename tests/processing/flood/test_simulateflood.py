"""twin:simulateflood from layers to files: what comes out, what is refused, and that nothing half-done stays."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMeshDatasetIndex,
    QgsMeshLayer,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsVectorLayer,
)

from twin_plugin.bridge.kernel.flood_run import rain_of_file
from twin_plugin.bridge.kernel.rasterize import burn
from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.bridge.kernel.vectors import read_table
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import memory

pytest.importorskip("numba")

WEST, NORTH = 493_000.0, 2_491_000.0
RASTERS = (
    "DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX", "HAZARD", "ARRIVAL", "DURATION_WET", "FROUDE_MAX", "LIMITED", "GOVERNING",
)  # fmt: skip


@pytest.fixture
def terrain(tmp_path):
    """A function that writes a bowl as a terrain and returns its path."""

    def make(name: str = "地形 dtm.tif", crs: str = "EPSG:4547", cell: float = 4.0, change=None) -> str:
        y, x = np.mgrid[0:40, 0:50].astype(np.float32)
        values = 5 + 0.004 * ((x - 25) ** 2 + (y - 20) ** 2)
        values[:3, :3] = np.nan
        if change is not None:
            values = change(values)
        folder = tmp_path / "a folder 文件夹"
        folder.mkdir(exist_ok=True)
        path = folder / name
        write_grid(Grid(values, WEST, NORTH, cell, crs), path)
        return str(path)

    return make


@pytest.fixture
def polygons(tmp_path):
    """A function that writes boxes (west, south, east, north, in EPSG:4547) as a layer in any CRS."""

    def make(name: str, boxes, epsg: int = 4547, fields=()) -> str:
        path = tmp_path / name
        target, own = osr.SpatialReference(), osr.SpatialReference()
        target.ImportFromEPSG(epsg)
        own.ImportFromEPSG(4547)
        for reference in (target, own):
            reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        change = osr.CoordinateTransformation(own, target)
        source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        layer = source.CreateLayer(path.stem, target, ogr.wkbPolygon)
        for field in fields:
            layer.CreateField(ogr.FieldDefn(field, ogr.OFTReal))
        for west, south, east, north, *values in boxes:
            feature = ogr.Feature(layer.GetLayerDefn())
            ring = f"{west} {south},{east} {south},{east} {north},{west} {north},{west} {south}"
            geometry = ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))")
            geometry.Transform(change)
            feature.SetGeometry(geometry)
            for number, value in enumerate(values):
                feature.SetField(number, value)
            layer.CreateFeature(feature)
        del layer, source
        return str(path)

    return make


@pytest.fixture
def rain_table(tmp_path):
    """A function that writes rows of (time_min, depth_mm) as a table."""

    def make(rows, name: str = "rain.csv", columns=("time_min", "depth_mm")) -> str:
        path = tmp_path / name
        text = "\n".join([",".join(columns), *(",".join(str(v) for v in row) for row in rows)])
        path.write_text(text + "\n", "utf-8")
        path.with_suffix(".csvt").write_text(",".join(['"Real"'] * len(columns)), "utf-8")
        return str(path)

    return make


@pytest.fixture
def outputs(tmp_path):
    """Destinations of all outputs, in a folder whose name has spaces and Chinese characters."""
    folder = tmp_path / "out 结果"
    files = {name: str(folder / f"{name.lower()}.tif") for name in RASTERS}
    return {**files, "RESULT": str(folder / "result.nc"), "SUMMARY": str(folder / "summary.json")}


def read(path: str) -> np.ndarray:
    return read_grid(QgsRasterLayer(path, "r")).values


def test_storm_with_buildings(run_algorithm, terrain, polygons, rain_table, outputs):
    buildings = polygons("houses.gpkg", [(WEST + 60, NORTH - 100, WEST + 80, NORTH - 80)], epsg=4326)
    results = run_algorithm(
        "twin:simulateflood",
        {
            "DTM": terrain(),
            "BUILDINGS": buildings,
            "RAIN": rain_table([(5, 10), (10, 30), (15, 5)]),
            "DURATION_MIN": 30,
            "OUTPUT_STEP_MIN": 10,
            **outputs,
        },
    )
    depth, level = read(outputs["DEPTH_MAX"]), read(outputs["LEVEL_MAX"])
    ground = read(terrain())
    assert np.isnan(depth[0, 0])
    assert np.isnan(level[0, 0])
    assert (depth[np.isfinite(depth)] >= 0).all()
    wet = depth > 0
    assert wet.any()
    assert not wet.all()
    assert depth[wet].min() >= 0.0499
    np.testing.assert_array_equal(np.isfinite(level), wet)
    clear = wet.copy()
    clear[18:28, 12:24] = False
    np.testing.assert_allclose(level[clear] - ground[clear], depth[clear], atol=1e-4)
    arrival, stay, hazard = (read(outputs[name]) for name in ("ARRIVAL", "DURATION_WET", "HAZARD"))
    np.testing.assert_array_equal(np.isfinite(arrival), wet)
    assert (arrival[wet] <= 30).all()
    assert (stay[wet] > 0).all()
    assert (hazard[wet] >= 1).all()
    assert (hazard[np.isfinite(depth) & ~wet] == 0).all()
    # What is no number of Python's own is an empty text in qgis_process's answer.
    assert {type(results[name]) for name in ("MASS_ERROR", "WET_AREA_M2", "PEAK_VOLUME_M3")} <= {float, int}
    assert abs(results["MASS_ERROR"]) < 1e-6
    assert results["WET_AREA_M2"] == pytest.approx(wet.sum() * 16)
    summary = json.loads(Path(outputs["SUMMARY"]).read_text("utf-8"))
    assert summary["rain_m3"] == pytest.approx(0.045 * 16 * (2000 - 9))
    assert summary["building_cells"] == 25
    assert summary["no_data_cells"] == 9
    assert results["PEAK_VOLUME_M3"] == summary["peak_volume_m3"]
    for name in (*RASTERS, "RESULT"):
        assert Path(outputs[name]).with_suffix(".qml").exists(), name
    mesh = QgsMeshLayer(outputs["RESULT"], "result", "mdal")
    assert mesh.isValid()
    assert mesh.crs() == QgsCoordinateReferenceSystem("EPSG:4547")
    assert mesh.dataProvider().datasetCount(0) == 4
    peak = mesh.datasetGroupMetadata(QgsMeshDatasetIndex(0, 0)).maximum()
    assert 0.05 < peak <= np.nanmax(depth) + 1e-3
    assert not list(Path(outputs["SUMMARY"]).parent.glob(".twin-*"))


def test_walls_keep_all_rain(run_algorithm, terrain, polygons, outputs):
    results = run_algorithm(
        "twin:simulateflood",
        {
            "DTM": terrain(),
            "BUILDINGS": polygons("h.gpkg", [(WEST + 60, NORTH - 100, WEST + 80, NORTH - 80)]),
            "BUILDINGS_AS": "wall",
            "RAIN_MM": 40,
            "DURATION_MIN": 10,
            "SUMMARY": outputs["SUMMARY"],
            "DEPTH_MAX": outputs["DEPTH_MAX"],
        },
    )
    summary = json.loads(Path(outputs["SUMMARY"]).read_text("utf-8"))
    assert summary["rain_m3"] == pytest.approx(0.040 * 16 * (2000 - 9), rel=1e-6)
    assert abs(results["MASS_ERROR"]) < 1e-6
    assert np.isnan(read(outputs["DEPTH_MAX"])).sum() == 9 + 25


def test_inflow_and_level(run_algorithm, terrain, polygons, outputs):
    inflow = polygons("in.gpkg", [(WEST + 90, NORTH - 90, WEST + 110, NORTH - 70, 0.5)], 32650, ("flow_m3s",))
    results = run_algorithm(
        "twin:simulateflood",
        {
            "DTM": terrain(),
            "INFLOWS": inflow,
            "DURATION_MIN": 10,
            "BOUNDARY_EAST": "level",
            "LEVEL_EAST_M": 7.6,
            "SUMMARY": outputs["SUMMARY"],
        },
    )
    summary = json.loads(Path(outputs["SUMMARY"]).read_text("utf-8"))
    assert summary["inflow_m3"] == pytest.approx(300, rel=1e-6)
    assert summary["boundary_in_m3"] > 0
    assert summary["levels_m"] == {"east": 7.6}
    assert abs(results["MASS_ERROR"]) < 1e-6


def test_cell_size_and_extent(run_algorithm, terrain, outputs):
    run_algorithm(
        "twin:simulateflood",
        {
            "DTM": terrain(),
            "CELL_SIZE": 8,
            "EXTENT": f"{WEST + 40},{WEST + 120},{NORTH - 120},{NORTH - 40} [EPSG:4547]",
            "RAIN_MM": 20,
            "DURATION_MIN": 5,
            "DEPTH_MAX": outputs["DEPTH_MAX"],
        },
    )
    grid = read_grid(QgsRasterLayer(outputs["DEPTH_MAX"], "d"))
    assert grid.values.shape == (10, 10)
    assert (grid.west, grid.north, grid.cell_m) == (WEST + 40, NORTH - 40, 8)


OBSERVED = (  # x, y, level observed, m: ARR Project 15, final report, as in ANUGA's validation tests
    (382424.400, 6354478.333, 19.98),
    (382509.714, 6354548.221, 18.38),
    (382373.515, 6354387.837, 23.01),
)
"""Where water stands, of five points; the terrain has the others 0.22 m above and 0.06 m below the level."""


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "taken"), [("inertial", "inertial"), ("auto", "shockcapturing")])
def test_merewether(run_algorithm, shared_data, tmp_path, outputs, asked, taken):
    """A real street flood until it is steady: 57 houses, a smooth road, 19.7 m³/s, water leaving in the north and
    east; its levels beside those that were observed.
    """
    folder = shared_data("merewether")
    houses, road, inflow = (f"{folder / 'merewether.gpkg'}|layername={name}" for name in ("houses", "road", "inflow"))
    grid = read_grid(QgsRasterLayer(str(folder / "dtm.tif"), "dtm"))

    def labels(path: str) -> np.ndarray:
        layer = QgsVectorLayer(path, "polygons", "ogr")
        return burn(list(read_table(layer.dataProvider(), QgsProcessingFeedback(False)).geometries), grid)

    smooth = labels(road) > 0
    roughness = tmp_path / "roughness.tif"
    write_grid(grid.with_values(np.where(smooth, 0.02, 0.04).astype(np.float32)), roughness)
    parameters = {
        "DTM": str(folder / "dtm.tif"),
        "BUILDINGS": houses,
        "BUILDINGS_AS": "raise",
        "INFLOWS": inflow,
        "ROUGHNESS_RASTER": str(roughness),
        "DURATION_MIN": 1000 / 60,
        "BOUNDARY_SOUTH": "closed",
        "BOUNDARY_WEST": "closed",
        "OUTPUT_STEP_MIN": 5,
        "SCHEME": asked,
        **outputs,
    }
    results = run_algorithm("twin:simulateflood", parameters)
    assert abs(results["MASS_ERROR"]) < 1e-6
    summary = json.loads(Path(outputs["SUMMARY"]).read_text("utf-8"))
    assert (summary["scheme_asked"], summary["scheme"]) == (asked, taken)
    assert summary["inflow_m3"] == pytest.approx(19_700, rel=1e-6)
    assert summary["building_cells"] == pytest.approx(5996, abs=20)
    # Steady: what flows in leaves, so that the water on the terrain is at its peak.
    assert summary["stored_m3"] == pytest.approx(summary["peak_volume_m3"], rel=1e-2)
    depth, level, speed = (read(outputs[name]) for name in ("DEPTH_MAX", "LEVEL_MAX", "VELOCITY_MAX"))
    assert 0.9 < np.nanmax(depth) < 1.6
    assert 24.9 < np.nanmax(level) < 25.2
    assert 3.5 < np.nanmax(speed) < 9
    assert (depth[(labels(houses) > 0) & np.isfinite(depth)] == 0).all()
    assert 0.2 < summary["supercritical_share_peak"] < 0.6
    assert np.nanmax(read(outputs["FROUDE_MAX"])) > 1
    assert (read(outputs["GOVERNING"]) > 0).any()
    x, y, observed = np.array(OBSERVED).T
    place = ((grid.north - y) / grid.cell_m).astype(int), ((x - grid.west) / grid.cell_m).astype(int)
    off = level[place] - observed
    assert np.abs(off).mean() < 0.15, off  # TUFLOW: 0.12 and 0.24
    assert np.abs(off).max() < 0.25, off


BAD = {
    "no crs": ({"DTM": {"crs": ""}}, "no CRS"),
    "degrees": ({"DTM": {"crs": "EPSG:4326", "cell": 1e-4}}, "not in metres"),
    "all no data": ({"DTM": {"change": lambda v: np.full_like(v, np.nan)}}, "no data"),
    "extent elsewhere": ({"EXTENT": "0,100,0,100 [EPSG:4547]"}, "does not overlap"),
    "buildings elsewhere": ({"BUILDINGS": [(0, 0, 50, 50)]}, "No building"),
    "inflow elsewhere": ({"INFLOWS": [(0, 0, 50, 50, 1.0)]}, "outside the terrain"),
    "negative inflow": ({"INFLOWS": [(WEST + 80, NORTH - 90, WEST + 90, NORTH - 80, -1.0)]}, "negative"),
    "negative rain": ({"RAIN": [(5, 3), (10, -1)]}, "negative"),
    "intensities": ({"RAIN": [(5, 40), (10, 180), (15, 60)]}, "not an intensity"),
    "a time twice": ({"RAIN": [(5, 1), (5, 3)]}, "5 min more than once"),
    "negative even rain": ({"RAIN_MM": -5}, "negative"),
    "no duration": ({"DURATION_MIN": 0}, "above 0"),
    "level without height": ({"BOUNDARY_WEST": "level"}, "height"),
    "bad roughness": ({"ROUGHNESS": 30}, "Manning"),
    "memory": ({"CELL_SIZE": 0.01}, "take cells of"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(run_algorithm, terrain, polygons, rain_table, outputs, case):
    change, words = BAD[case]
    parameters = {"DTM": terrain(**change.get("DTM", {})), "DURATION_MIN": 5, **outputs}
    if "RAIN" not in change:
        parameters["RAIN_MM"] = 10
    for name, value in change.items():
        if name == "RAIN":
            parameters[name] = rain_table(value)
        elif name in ("BUILDINGS", "INFLOWS"):
            parameters[name] = polygons("p.gpkg", value, fields=("flow_m3s",) if name == "INFLOWS" else ())
        elif name != "DTM":
            parameters[name] = value
    if case == "memory":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(memory, "available_bytes", lambda: 2 * 2**30)
            with pytest.raises(QgsProcessingException, match=words) as caught:
                run_algorithm("twin:simulateflood", parameters)
        assert "GB of memory" in str(caught.value)
    else:
        with pytest.raises(QgsProcessingException, match=words):
            run_algorithm("twin:simulateflood", parameters)
    assert not list(Path(outputs["SUMMARY"]).parent.glob("*"))


def test_rain_without_fields(run_algorithm, terrain, rain_table, outputs):
    with pytest.raises(QgsProcessingException, match="depth_mm"):
        run_algorithm(
            "twin:simulateflood",
            {"DTM": terrain(), "RAIN": rain_table([(5, 3)], columns=("time_min", "mm")), **outputs},
        )


def test_unwritable_output(run_algorithm, terrain, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x", "utf-8")
    with pytest.raises(QgsProcessingException, match="cannot be written"):
        run_algorithm("twin:simulateflood", {"DTM": terrain(), "RAIN_MM": 5, "SUMMARY": str(blocked / "s.json")})


class CancelledSoon(QgsProcessingFeedback):
    """Cancels at the first progress that tells a simulated time."""

    def __init__(self) -> None:
        super().__init__(False)
        self.texts: list[str] = []

    def setProgressText(self, text: str) -> None:
        self.texts.append(text)
        if len(self.texts) > 1:
            self.cancel()


def test_cancel_leaves_nothing(run_algorithm, terrain, outputs):
    Path(outputs["SUMMARY"]).parent.mkdir()
    Path(outputs["SUMMARY"]).write_text("mine", "utf-8")
    feedback = CancelledSoon()
    parameters = {"DTM": terrain(), "RAIN_MM": 100, "CELL_SIZE": 0.5, "DURATION_MIN": 600, **outputs}
    run_algorithm("twin:simulateflood", parameters, feedback)
    assert feedback.isCanceled()
    assert "of 10 h 00 min" in feedback.texts[0]
    left = list(Path(outputs["SUMMARY"]).parent.iterdir())
    assert [path.name for path in left] == ["summary.json"]
    assert left[0].read_text("utf-8") == "mine"


def test_gdal_is_left_as_it_was(run_algorithm, terrain, outputs):
    before = gdal.GetUseExceptions()
    run_algorithm("twin:simulateflood", {"DTM": terrain(), "RAIN_MM": 5, "DURATION_MIN": 1, **outputs})
    assert gdal.GetUseExceptions() == before


def test_every_result_says_the_rain_of_its_run(run_algorithm, terrain, outputs):
    """A plan finds RESULT alone in a folder of a model, without SUMMARY."""
    files = {name: outputs[name] for name in ("SUMMARY", "RESULT", "DEPTH_MAX")}
    run_algorithm("twin:simulateflood", {"DTM": terrain(), "RAIN_MM": 12.5, "DURATION_MIN": 5, **files})
    summary = json.loads(Path(files["SUMMARY"]).read_text("utf-8"))
    assert summary["rain_mm"] == 12.5
    Path(files["SUMMARY"]).unlink()
    assert [rain_of_file(files[name], summary["run_id"]) for name in ("RESULT", "DEPTH_MAX")] == [12.5, 12.5]
    run_algorithm("twin:simulateflood", {"DTM": terrain(), "RAIN_MM": 0, "DURATION_MIN": 5, "RESULT": files["RESULT"]})
    assert rain_of_file(files["RESULT"], "") == 0.0
    assert math.isnan(rain_of_file(str(Path(files["RESULT"]).with_name("other.nc")), ""))


def test_the_balance_has_a_row_for_each_step_and_ends_as_the_summary(run_algorithm, terrain, polygons, outputs):
    """Volumes of a GeoPackage and a CSV, since both are offered."""
    inflows = polygons("inflows.gpkg", [(WEST + 90, NORTH - 100, WEST + 100, NORTH - 90, 0.5)], fields=["flow_m3s"])
    for suffix in ("csv", "gpkg"):
        path = outputs["SUMMARY"].replace("summary.json", f"水量 balance.{suffix}")
        wanted = {"SUMMARY": outputs["SUMMARY"], "BALANCE": path, "OUTPUT_STEP_MIN": 5, "DURATION_MIN": 12}
        results = run_algorithm(
            "twin:simulateflood",
            {"DTM": terrain(), "RAIN_MM": 40, "INFILTRATION_MM_H": 5, "INFLOWS": inflows, **wanted},
        )
        assert results["BALANCE"] == path
        summary = json.loads(Path(outputs["SUMMARY"]).read_text("utf-8"))
        layer = QgsVectorLayer(path, "balance", "ogr")
        rows = [feature.attributeMap() for feature in layer.getFeatures()]
        assert [float(row["time_min"]) for row in rows] == [0, 5, 10, 12]
        for name in ("initial_m3", "rain_m3", "inflow_m3", "infiltration_m3", "boundary_out_m3", "stored_m3"):
            assert float(rows[-1][name]) == pytest.approx(summary[name], rel=1e-9, abs=1e-9)
        for row in rows:
            given, left = (
                sum(float(row[name]) for name in names)
                for names in (
                    ("initial_m3", "rain_m3", "inflow_m3", "boundary_in_m3"),
                    ("infiltration_m3", "drained_m3", "boundary_out_m3", "stored_m3"),
                )
            )
            assert abs(given - left) <= 1e-6 * max(given, 1.0)
            assert row["flood_run"] == summary["run_id"]
        assert float(rows[-1]["inflow_1_m3"]) == pytest.approx(0.5 * 12 * 60, rel=1e-6)
