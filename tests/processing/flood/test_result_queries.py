"""twin:floodhydrographs and twin:floodprofiles on a channel, beside the result's own arrays and known flow."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    NULL,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsVectorLayer,
)

from tests.listener import Listener
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.hazard import classify

pytest.importorskip("numba")

POINTS, LINES, FLOOD = "twin:floodhydrographs", "twin:floodprofiles", "twin:simulateflood"
WEST, NORTH, CELL, ROWS, COLUMNS = 493_000.0, 2_491_000.0, 2.0, 12, 100
INFLOW = 3.0
"""m³/s"""


def simulate(parameters):
    algorithm, context = QgsApplication.processingRegistry().createAlgorithmById(FLOOD), QgsProcessingContext()
    context.setProject(QgsProject.instance())
    results, succeeded = algorithm.run(parameters, context, QgsProcessingFeedback(False), {}, False)
    assert succeeded
    return results


def layer_of(kind, shapes, crs="EPSG:4547"):
    layer = QgsVectorLayer(f"{kind}?crs={crs}&field=name:string(20)", "places 地点", "memory")
    features = []
    for name, wkt in shapes.items():
        feature = QgsFeature(layer.fields())
        feature.setAttribute("name", name)
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def wkt(kind, *places):
    """A geometry of places in metres east and north of the south-west corner of the channel."""
    south = NORTH - ROWS * CELL
    text = ", ".join(f"{WEST + x} {south + y}" for x, y in places)
    return f"{kind}{'((' if kind == 'Polygon' else '('}{text}{'))' if kind == 'Polygon' else ')'}"


@pytest.fixture(scope="module")
def channel(qgis_plugin, tmp_path_factory):
    """A channel 20 m wide and 200 m long between walls of no data, falling 2 m to the east, with an inflow in its west
    that is steady at the end; gives (path of RESULT, its arrays by name, rows and columns of the faces).
    """
    folder = tmp_path_factory.mktemp("河道 channel")
    bed = np.tile(20 - 0.02 * np.arange(COLUMNS, dtype=np.float32), (ROWS, 1))
    bed[[0, -1]] = np.nan
    write_grid(Grid(bed, WEST, NORTH, CELL, "EPSG:4547"), folder / "dtm.tif")
    inflow = QgsVectorLayer("Polygon?crs=EPSG:4547&field=flow_m3s:double", "inflow", "memory")
    feature = QgsFeature(inflow.fields())
    feature.setAttribute("flow_m3s", INFLOW)
    feature.setGeometry(QgsGeometry.fromWkt(wkt("Polygon", (4, 2), (8, 2), (8, 22), (4, 22), (4, 2))))
    inflow.dataProvider().addFeatures([feature])
    parameters = {"DTM": str(folder / "dtm.tif"), "INFLOWS": inflow, "DURATION_MIN": 10, "OUTPUT_STEP_MIN": 0.1}
    parameters |= {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "SOUTH", "WEST")}
    parameters |= {"BOUNDARY_EAST": "open", "ROUGHNESS": 0.03, "SCHEME": "inertial"}
    paths = {"RESULT": str(folder / "结果.nc"), "SUMMARY": str(folder / "summary.json")}
    simulate(parameters | paths)
    root = gdal.OpenEx(paths["RESULT"], gdal.OF_MULTIDIM_RASTER).GetRootGroup()
    arrays = {name: root.OpenMDArray(name).ReadAsArray().astype(float) for name in root.GetMDArrayNames()
              if name != "mesh2d" and not name.startswith("projected")}  # fmt: skip
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert abs(summary["mass_error"]) < 1e-6
    return paths["RESULT"], arrays


@pytest.fixture
def ask(run_algorithm, tmp_path):
    """A function from an algorithm and parameters to (rows by output, results, listener)."""

    def run(identifier, **parameters):
        names = ("OUTPUT",) if identifier == POINTS else ("OUTPUT_PROFILE", "OUTPUT_DISCHARGE")
        places = {name: str(tmp_path / f"{name} 表.gpkg") for name in names}
        listener = Listener()
        results = run_algorithm(identifier, places | parameters, listener)
        rows = {}
        for name in names:
            layer = QgsVectorLayer(results[name], name)
            assert layer.isValid()
            names_there = layer.fields().names()
            rows[name] = [dict(zip(names_there, feature.attributes(), strict=True)) for feature in layer.getFeatures()]
        return rows, results, listener

    return run


@pytest.fixture
def holed(tmp_path):
    """A dry RESULT of 4 x 4 cells with a hole in it."""
    bed = np.zeros((4, 4), np.float32)
    bed[1, 1] = np.nan
    dry = np.zeros((4, 4), np.float32)
    with FloodMesh(tmp_path / "洞 holed.nc", Grid(bed, WEST, NORTH, 2.0, "EPSG:4547"), [0.0, 60.0]) as mesh:
        for _ in range(2):
            mesh.write(dry, bed, dry, dry)
    return str(tmp_path / "洞 holed.nc")


def face_at(arrays, x, y):
    """The face whose centre lies nearest to a place in metres from the south-west corner."""
    south = NORTH - ROWS * CELL
    return int(np.argmin(np.hypot(arrays["mesh2d_face_x"] - WEST - x, arrays["mesh2d_face_y"] - south - y)))


def test_the_hydrograph_of_a_cell_is_that_of_the_result(ask, channel):
    path, arrays = channel
    places = {"upper 上": (51.3, 9.2), "lower": (151.0, 13.0)}
    layer = layer_of("Point", {name: wkt("Point", place) for name, place in places.items()})
    rows, results, listener = ask(POINTS, RESULT=path, POINTS=layer, ID_FIELD="name")
    assert results["COUNT"] == 2
    assert (results["DRY"], results["OUTSIDE"], results["WITHOUT_CELL"]) == (0, 0, 0)
    assert not listener.warnings
    for name, place in places.items():
        own, face = [row for row in rows["OUTPUT"] if row["point_id"] == name], face_at(arrays, *place)
        assert [row["time_min"] for row in own] == (arrays["time"] / 60).tolist()
        depth, level, u, v = (arrays[n][:, face] for n in ("depth", "water_level", "velocity_x", "velocity_y"))
        assert [row["depth_m"] for row in own] == depth.tolist()
        assert [row["level_m"] for row in own] == [NULL if value == -9999 else value for value in level]
        np.testing.assert_allclose([row["speed_ms"] for row in own], np.hypot(u, v))
        np.testing.assert_allclose([row["product_m2s"] for row in own], depth * np.hypot(u, v))
        classes = classify(depth, np.hypot(u, v), depth * np.hypot(u, v))
        assert [row["hazard_class"] for row in own] == np.where(depth >= 0.05, classes, 0).tolist()
        assert own[-1]["direction_deg"] == pytest.approx(90.0, abs=0.5)  # to the east
        assert own[0]["direction_deg"] == NULL


def test_coordinates_and_layers_of_another_crs_find_the_same_cell(ask, channel):
    path, _ = channel
    x, y = WEST + 51.3, NORTH - ROWS * CELL + 9.2
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4547"), degrees, QgsProject.instance())
    point = transform.transform(QgsPointXY(x, y))
    text = f"{point.x():.9f},{point.y():.9f}"
    layer = layer_of("Point", {"1": f"Point({text.replace(',', ' ')})"}, "EPSG:4326")
    found = [
        ask(POINTS, RESULT=path, **given)[0]["OUTPUT"]
        for given in (
            {"COORDINATES": f"{x},{y}"},
            {"COORDINATES": f"{text} [EPSG:4326]"},
            {"POINTS": layer, "ID_FIELD": "name"},
        )
    ]
    assert found[0] == found[1] == found[2]
    assert found[0][-1]["depth_m"] > 0.1


def test_points_without_water_are_counted_and_named(ask, holed):
    path = holed
    places = {"far": "Point(0 0)", "wall": wkt("Point", (3, 21)), "dry": wkt("Point", (1, 23)), "none": ""}
    rows, results, listener = ask(POINTS, RESULT=path, POINTS=layer_of("Point", places), ID_FIELD="name")
    assert [results[name] for name in ("COUNT", "DRY", "OUTSIDE", "WITHOUT_CELL")] == [1, 1, 1, 1]
    assert {row["point_id"] for row in rows["OUTPUT"]} == {"dry"}
    said = "\n".join(listener.warnings)
    assert "1 features of the layer 'places 地点' have no geometry" in said
    assert "1 points lie outside the result and have no rows: far." in said
    assert "without a cell of the result, and have no rows: wall." in said
    assert "1 points stay dry: dry." in said
    rows, results, listener = ask(POINTS, RESULT=path, POINTS=layer_of("Point", {}))
    assert (rows["OUTPUT"], results["COUNT"]) == ([], 0)
    assert "has no features with a geometry" in listener.warnings[0]
    twice = layer_of("MultiPoint", {"a": wkt("MultiPoint", (1, 23), (5, 23))})
    rows, _, _ = ask(POINTS, RESULT=path, POINTS=twice, ID_FIELD="name")
    assert {row["point_id"] for row in rows["OUTPUT"]} == {"a.1", "a.2"}


ACROSS = {
    "straight": ((100, 22), (100, 2)),
    "through centres": ((101, 22), (101, 2)),
    "oblique": ((90, 22), (131, 2)),
    "broken": ((80, 22), (95, 15), (92, 8), (110, 2)),
    "back": ((101, 2), (101, 22)),
}


def test_a_steady_discharge_is_the_inflow_through_any_line(ask, channel):
    path, _ = channel
    lines = layer_of("LineString", {name: wkt("LineString", *places) for name, places in ACROSS.items()})
    rows, results, listener = ask(LINES, RESULT=path, LINES=lines, ID_FIELD="name")
    assert results["COUNT"] == len(ACROSS)
    assert not listener.warnings
    last = {row["line_id"]: row for row in rows["OUTPUT_DISCHARGE"]}
    for name, row in last.items():
        # To the east is to the left of a line that runs south.
        expected = INFLOW if name == "back" else -INFLOW
        assert row["discharge_m3s"] == pytest.approx(expected, rel=0.01), name
        assert row["wet_width_m"] == pytest.approx(sum(np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in
                                                       zip(ACROSS[name], ACROSS[name][1:], strict=False)))  # fmt: skip
    assert last["back"]["discharge_m3s"] == pytest.approx(-last["through centres"]["discharge_m3s"])


def test_the_water_between_two_lines_grows_by_what_flows_in_less_what_flows_out(ask, channel):
    path, arrays = channel
    lines = layer_of(
        "LineString", {"in": wkt("LineString", (40, 2), (40, 22)), "out": wkt("LineString", (160, 2), (160, 22))}
    )
    rows, _, _ = ask(LINES, RESULT=path, LINES=lines, ID_FIELD="name")
    volume = {name: np.array([row["volume_m3"] for row in rows["OUTPUT_DISCHARGE"] if row["line_id"] == name])
              for name in ("in", "out")}  # fmt: skip
    x = arrays["mesh2d_face_x"] - WEST
    stored = arrays["depth"][:, (x > 40) & (x < 160)].sum(axis=1) * CELL**2
    np.testing.assert_allclose(volume["in"] - volume["out"], stored - stored[0], atol=0.02 * stored.max())
    assert stored.max() > 300


def test_out_of_a_polygon_comes_what_flows_into_the_channel(ask, channel):
    path, _ = channel
    shape = [(2, 1), (60, 1), (60, 23), (2, 23), (2, 1)]
    for places in (shape, shape[::-1]):
        area = layer_of("Polygon", {"source": wkt("Polygon", *places)})
        rows, results, listener = ask(LINES, RESULT=path, LINES=area, ID_FIELD="name")
        assert rows["OUTPUT_DISCHARGE"][-1]["discharge_m3s"] == pytest.approx(INFLOW, rel=0.01)
        assert any("no water passes there" in line for line in listener.warnings)
    assert results["VOLUME_M3"] == pytest.approx(rows["OUTPUT_DISCHARGE"][-1]["volume_m3"])


def test_a_profile_is_that_of_the_cells_along_the_line(ask, channel):
    path, arrays = channel
    south = NORTH - ROWS * CELL
    text = f"{WEST + 150},{south + 9}; {WEST + 170},{south + 9}"
    rows, _, listener = ask(LINES, RESULT=path, COORDINATES=text, TIMES="maximum; 4.23; 10")
    profile = rows["OUTPUT_PROFILE"]
    assert [round(row["distance_m"], 6) for row in profile[:10]] == [1 + 2 * i for i in range(10)]
    assert [row["time_min"] for row in profile[::10]] == [NULL, 4.2, 10]
    assert listener.warnings == ["The result has no step at 4.23 min: the nearest one, 4.2 min, was taken."]
    faces = [face_at(arrays, 151 + 2 * i, 9) for i in range(10)]
    levels = np.where(arrays["water_level"] == -9999, np.nan, arrays["water_level"])
    for start, steps in ((0, slice(None)), (10, slice(42, 43)), (20, slice(100, 101))):
        part = profile[start : start + 10]
        assert [row["terrain_m"] for row in part] == arrays["bed"][faces].tolist()
        assert [row["depth_m"] for row in part] == arrays["depth"][steps, faces].max(axis=0).tolist()
        assert [row["level_m"] for row in part] == np.nanmax(levels[steps, faces], axis=0).tolist()
    assert {row["through_m2s"] for row in profile[:10]} == {NULL}
    for minutes in (4.2, 10):
        sums = sum(row["through_m2s"] * row["length_m"] for row in profile if row["time_min"] == minutes)
        of_step = next(row for row in rows["OUTPUT_DISCHARGE"] if row["time_min"] == minutes)
        assert of_step["discharge_m3s"] == pytest.approx(sums)


def test_two_runs_of_the_same_input_are_the_same_to_the_last_bit(channel, tmp_path):
    folder = tmp_path
    bed = np.random.default_rng(4).uniform(0, 1, (60, 60)).astype(np.float32)
    write_grid(Grid(bed, WEST, NORTH, CELL, "EPSG:4547"), folder / "dtm.tif")
    found = []
    for number, threads in ((1, 1), (2, 2)):
        path = str(folder / f"{number}.nc")
        simulate(
            {"DTM": str(folder / "dtm.tif"), "RAIN_MM": 60, "DURATION_MIN": 20, "THREADS": threads, "RESULT": path}
        )
        root = gdal.OpenEx(path, gdal.OF_MULTIDIM_RASTER).GetRootGroup()
        found.append(
            [root.OpenMDArray(n).ReadAsArray() for n in ("depth", "water_level", "velocity_x", "velocity_y", "hazard")]
        )
    for one, other in zip(*found, strict=True):
        assert np.abs(one.astype(float) - other).max() == 0
    assert found[0][0].max() > 0.1


def test_the_hazard_over_time_is_never_above_that_of_the_run(tmp_path):
    bed = np.random.default_rng(4).uniform(0, 1, (40, 40)).astype(np.float32)
    write_grid(Grid(bed, WEST, NORTH, CELL, "EPSG:4547"), tmp_path / "dtm.tif")
    paths = {"RESULT": str(tmp_path / "r.nc"), "HAZARD": str(tmp_path / "hazard.tif")}
    simulate({"DTM": str(tmp_path / "dtm.tif"), "RAIN_MM": 90, "DURATION_MIN": 20, "OUTPUT_STEP_MIN": 1, **paths})
    root = gdal.OpenEx(paths["RESULT"], gdal.OF_MULTIDIM_RASTER).GetRootGroup()
    over_time, of_run = root.OpenMDArray("hazard").ReadAsArray(), gdal.Open(paths["HAZARD"]).ReadAsArray().ravel()
    assert (over_time.max(axis=0) <= of_run).all()
    assert (over_time.max(axis=0) == of_run).mean() > 0.95  # frames miss only moments between them
    assert of_run.max() >= 2


def test_an_older_result_without_hazard_gets_its_classes_from_depth_and_speed(ask, channel, tmp_path, monkeypatch):
    from twin_plugin.bridge.flood.files import mesh_file, ugrid_writer

    four = dict(list(mesh_file.VARIABLES.items())[:4])
    monkeypatch.setattr(ugrid_writer, "VARIABLES", four)
    write = mesh_file.MeshFile.write
    monkeypatch.setattr(mesh_file.MeshFile, "write", lambda self, frame: write(self, frame[:4]))
    bed = Grid(np.zeros((4, 4), np.float32), WEST, NORTH, 2.0, "EPSG:4547")
    with ugrid_writer.FloodMesh(tmp_path / "old.nc", bed, [0.0, 60.0]) as mesh:
        for depth in (0.04, 0.6):
            still = np.zeros((4, 4), np.float32)
            mesh.write(still + np.float32(depth), bed.values, still, still)
    rows, _, _ = ask(POINTS, RESULT=str(tmp_path / "old.nc"), COORDINATES=f"{WEST + 1},{NORTH - 1}")
    assert [row["hazard_class"] for row in rows["OUTPUT"]] == [0, 3]


def test_blocks_of_cells_are_said(ask, tmp_path):
    bed = Grid(np.zeros((6, 6), np.float32), WEST, NORTH, 2.0, "EPSG:4547")
    with FloodMesh(tmp_path / "blocks.nc", bed, [0.0], max_faces=9) as mesh:
        mesh.write(*([np.ones((6, 6), np.float32)] * 4))
    _, _, listener = ask(POINTS, RESULT=str(tmp_path / "blocks.nc"), COORDINATES=f"{WEST + 1},{NORTH - 1}")
    assert "blocks of 2 x 2 cells" in listener.warnings[-1]


REFUSED = [
    (POINTS, {}, "Choose either POINTS or COORDINATES"),
    (LINES, {}, "Choose either LINES or COORDINATES"),
    (POINTS, {"COORDINATES": "x"}, "is no pair of coordinates"),
    (POINTS, {"COORDINATES": "1,2 [EPSG:1]"}, "CRS 'EPSG:1' of the coordinates is unknown"),
    (POINTS, {"COORDINATES": ";"}, "COORDINATES has no pair"),
    (LINES, {"COORDINATES": "[EPSG:4547]"}, "COORDINATES has no pair"),
    (LINES, {"COORDINATES": "1,2"}, "needs two pairs"),
    (LINES, {"COORDINATES": "1,2;3,4", "TIMES": "noon"}, "'noon' is no time"),
    (LINES, {"COORDINATES": "1,2;3,4", "TIMES": "999"}, "has steps from 0 to 10 min"),
]


@pytest.mark.parametrize(("identifier", "parameters", "words"), REFUSED)
def test_refused(ask, channel, identifier, parameters, words):
    with pytest.raises(QgsProcessingException, match=words):
        ask(identifier, RESULT=channel[0], **parameters)


def test_another_file_is_no_result(ask, tmp_path):
    (tmp_path / "text.nc").write_text("no", "utf-8")
    for path in (tmp_path / "text.nc", tmp_path / "nowhere.nc"):
        with pytest.raises(QgsProcessingException, match=r"cannot be read \(it is no NetCDF file\)"):
            ask(POINTS, RESULT=str(path), COORDINATES="1,2")


def test_a_result_in_degrees_has_profiles_of_no_length_in_metres(ask, tmp_path):
    bed = Grid(np.zeros((3, 3), np.float32), 113.0, 22.0, 0.001, "EPSG:4326")
    with FloodMesh(tmp_path / "degrees.nc", bed, [0.0]) as mesh:
        mesh.write(*([np.zeros((3, 3), np.float32)] * 4))
    with pytest.raises(QgsProcessingException, match="is in EPSG:4326, which is not in metres"):
        ask(LINES, RESULT=str(tmp_path / "degrees.nc"), COORDINATES="113.001,21.999;113.002,21.998")


def test_a_line_along_the_border_is_said_to_count_half(ask, tmp_path):
    bed, still = Grid(np.zeros((4, 4), np.float32), WEST, NORTH, 2.0, "EPSG:4547"), np.zeros((4, 4), np.float32)
    with FloodMesh(tmp_path / "border.nc", bed, [0.0]) as mesh:
        mesh.write(still + 1, bed.values, still + 0.5, still)
    for east, discharge, said in ((8, 2.0, True), (7, 4.0, False), (6, 4.0, False)):
        line = f"{WEST + east},{NORTH - 8};{WEST + east},{NORTH}"
        rows, _, listener = ask(LINES, RESULT=str(tmp_path / "border.nc"), COORDINATES=line)
        assert rows["OUTPUT_DISCHARGE"][0]["discharge_m3s"] == pytest.approx(discharge)
        assert any("8.0 m of the 8.0 m of the line '1' run along the border" in t for t in listener.warnings) == said


def test_too_many_rows_are_refused(ask, channel, monkeypatch):
    from twin_plugin.bridge.flood.analysis import hydrographs, profiles

    monkeypatch.setattr(hydrographs, "MOST_ROWS", 20)
    monkeypatch.setattr(profiles, "MOST_ROWS", 5)
    south = NORTH - ROWS * CELL
    with pytest.raises(QgsProcessingException, match="would be 101 rows, more than 20: choose fewer points"):
        ask(POINTS, RESULT=channel[0], COORDINATES=f"{WEST + 50},{south + 9}")
    with pytest.raises(QgsProcessingException, match="would have 10 rows, more than 5"):
        ask(LINES, RESULT=channel[0], COORDINATES=f"{WEST + 50},{south + 9};{WEST + 70},{south + 9}")


def test_cancelled_at_once_nothing_is_written(run_algorithm, channel, tmp_path):
    listener = Listener()
    listener.cancel()
    place = tmp_path / "out.csv"
    place.write_text("mine", "utf-8")
    text = f"{WEST + 50},{NORTH - 11}; {WEST + 60},{NORTH - 11}"
    assert run_algorithm(POINTS, {"RESULT": channel[0], "COORDINATES": text, "OUTPUT": str(place)}, listener) == {}
    assert (
        run_algorithm(LINES, {"RESULT": channel[0], "COORDINATES": text, "OUTPUT_PROFILE": str(place)}, listener) == {}
    )
    assert place.read_text("utf-8") == "mine"


def test_a_csv_has_the_rows(run_algorithm, channel, tmp_path):
    place = tmp_path / "点 out.csv"
    text = f"{WEST + 50},{NORTH - 11}; {WEST + 60},{NORTH - 11}"
    run_algorithm(POINTS, {"RESULT": channel[0], "COORDINATES": text, "OUTPUT": str(place)})
    with place.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 202
    assert {row["point_id"] for row in rows} == {"1", "2"}
