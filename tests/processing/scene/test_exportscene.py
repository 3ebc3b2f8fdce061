"""twin:exportscene from layers to a page that is decoded again: what goes in, what is refused, cancel, a model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from osgeo import gdal
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProject,
)
from qgis.PyQt.QtCore import QDateTime

from tests.core.scene.page_decoder import Page
from tests.memory_layers import memory_layer, written_layer
from tests.run_log import Log
from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.bridge.scene import html_page
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.scene.page import Viewer

ID = "twin:exportscene"
X, Y = 492_700.0, 2_491_000.0
NAMES = {"m/1": "</script><script>alert(1)//", "m/2": "乙\u2028楼"}


def box(x, y, width=20.0, depth=15.0):
    return shapely.box(X + x, Y + y, X + x + width, Y + y + depth)


def wkt(*shapes):
    return shapely.multipolygons(list(shapes)).wkt


BUILDINGS = [
    (wkt(box(0, 0)), {"id": "m/1", "name": NAMES["m/1"], "use": "office", "base_elev_m": 4, "roof_elev_m": 22.5}),
    (
        wkt(box(40, 0), box(40, 30)),
        {"id": "m/2", "name": NAMES["m/2"], "use": "school", "base_elev_m": 3, "roof_elev_m": 9},
    ),
    (wkt(box(80, 0)), {"id": "other/3", "name": "", "use": "zyzzy", "base_elev_m": 3, "roof_elev_m": 12}),
    ("", {"id": "x", "name": "", "use": "", "base_elev_m": 3, "roof_elev_m": 12}),
]  # fmt: skip
STOREYS = [
    (wkt(box(0, 0)), {"building_id": "m/1", "number": number, "elev_m": 4 + 3 * number, "height_m": 3})
    for number in range(-1, 5)
] + [(wkt(box(200, 0)), {"building_id": "stranger", "number": 0, "elev_m": 4, "height_m": 3})]
ROOMS = [
    (wkt(box(-2, -2, 24, 20)), {"id": "r1", "building_id": "m/1", "top_elev_m": 4, "bottom_elev_m": -5.5}),
    (wkt(box(60, 40)), {"id": "r2", "building_id": "garage", "top_elev_m": 3, "bottom_elev_m": -3}),
]
STAGES = [
    ("", {"object_id": "m/1", "stage": "construction", "valid_from": "2025-03-01", "valid_to": "2026-09-15",
          "recorded_at": "2025-03-01", "superseded_at": "2026-10-01"}),
    ("", {"object_id": "m/1", "stage": "construction", "valid_from": "2025-04-01", "valid_to": "2026-09-15",
          "recorded_at": "2026-10-01", "superseded_at": ""}),
    ("", {"object_id": "other", "stage": "operation", "valid_from": "2026-01-01", "valid_to": "",
          "recorded_at": "2026-01-01", "superseded_at": ""}),
    ("", {"object_id": "nobody", "stage": "operation", "valid_from": "2026-01-01", "valid_to": "",
          "recorded_at": "2026-01-01", "superseded_at": ""}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


@pytest.fixture(autouse=True)
def small_viewer(monkeypatch):
    """A page without the program; tests/viewer tries the real one."""
    template = (
        "<title>{{title}}</title>" '<script type="application/json" id="scene">{{header}}</script>'
        '<script type="application/octet-stream;base64" id="data">{{data}}</script><script>{{program}}</script>'
    )  # fmt: skip
    monkeypatch.setattr(html_page, "viewer", lambda: Viewer(template, "run()"))


@pytest.fixture
def export(run_algorithm, tmp_path):
    """A function that writes a page of some layers; gives the decoded page, the results and the log."""

    def run(**more):
        log = more.pop("feedback", None) or Log()
        page = tmp_path / "场景 of the district.html"
        given = {"HTML": str(page), "LANGUAGE": "en", "VERTICAL_DATUM": "sea level"} | more
        if "BUILDINGS" not in given:
            given["BUILDINGS"] = city(tmp_path)
        results = run_algorithm(ID, given, log)
        return Page(page.read_bytes().decode("utf-8")), results, log

    return run


def city(folder, rows=BUILDINGS, epsg=4547):
    return written_layer(folder / "建筑 city.gpkg", "building", rows, epsg)


def terrain(folder, values=None, cell=2.0, crs="EPSG:4547", west=X - 50, north=Y + 150):
    path = folder / "地形 dtm.tif"
    heights = np.full((120, 120), 3.5, np.float32) if values is None else values
    write_grid(Grid(heights, west, north, cell, crs), str(path))
    return str(path)


def result(folder, steps=5, cells=60):
    bed = np.full((cells, cells), 3.0, np.float32)
    bed[:5] = np.nan
    path, still = folder / "result 洪水.nc", np.zeros_like(bed)
    with FloodMesh(path, Grid(bed, X - 30, Y + 90, 2.0, "EPSG:4547"), [60.0 * step for step in range(steps)]) as mesh:
        for step in range(steps):
            depth = np.zeros_like(bed)
            depth[20:40, 20:40] = 0.5 * step
            mesh.write(depth, None, still, still)
    return str(path)


def test_all_layers_of_a_twin_base(export, tmp_path):
    page, results, log = export(
        STOREYS=written_layer(tmp_path / "s.gpkg", "storey", STOREYS),
        UNDERGROUND=written_layer(tmp_path / "u.gpkg", "underground", ROOMS),
        STAGES=written_layer(tmp_path / "t.gpkg", "lifecycle_stage", STAGES),
        DTM=terrain(tmp_path), RESULT=result(tmp_path), TITLE="片区",
    )  # fmt: skip
    header = page.header
    assert header["ids"] == ["m/1", "m/2", "other/3", "garage"]
    assert header["names"][:2] == [NAMES["m/1"], NAMES["m/2"]]
    assert header["uses"] == ["office", "school", "", ""]
    assert (header["title"], header["vertical"], header["crs"]) == ("片区", "sea level", "EPSG:4547")
    bodies = page.bodies()
    assert [(owner, kind, number) for owner, kind, number, *_ in bodies] == [
        (0, 0, 0), *((0, 1, number) for number in range(5)), (0, 2, 0), (1, 0, 0), (1, 0, 0), (2, 0, 0), (3, 2, 0),
    ]  # fmt: skip
    assert [body[3:5] for body in bodies[:2]] == [(4.0, 22.5), (4.0, 7.0)]
    assert bodies[6][3:5] == (-5.5, 4.0)
    assert page.arrays["stage_owner"] == [0, 2]
    assert header["stages"]["dates"] == ["2025-04-01", "2026-01-01", "2026-09-15"]
    assert header["water"]["times_min"] == [0, 1, 2, 3, 4]
    wet = [sum(1 for value in step if value) for step in page.water()]
    assert wet == [0, 400, 400, 400, 400]
    assert max(value for value in page.water()[4] if value) == pytest.approx(2.0, abs=0.006)
    assert {value for row in page.terrain() for value in row} == {3.5}
    assert results["BUILDINGS_COUNT"] == 4
    assert (results["STOREYS_COUNT"], results["UNDERGROUND_COUNT"], results["WATER_STEPS"]) == (5, 2, 5)
    assert results["HTML_BYTES"] == Path(results["HTML"]).stat().st_size
    for line in (
        "BUILDINGS | 3 | 1 | 0 | no geometry or area: 1",
        "STOREYS | 5 | 2 | 0 | of no building: 1; a basement twice: 1",
        "UNDERGROUND | 2 | 0 | 0 | of no building: 1",
        "RESULT, times | 5 | 0 | 0 | cells of 2 m",
        "STAGES | 2 | 2 | 0 | superseded or recorded later: 1",
        "1 storeys below ground are left out: UNDERGROUND has the basements of their buildings.",
        "1 objects of 't' with records of stages are no buildings of the scene.",
    ):
        assert line in log.text
    assert "such as 'zyzzy'" in log.text


def test_storeys_below_ground_are_basements_where_there_are_no_others(export, tmp_path):
    page, *_ = export(STOREYS=written_layer(tmp_path / "s.gpkg", "storey", STOREYS))
    assert [(kind, number) for owner, kind, number, *_ in page.bodies() if owner == 0] == [
        (0, 0), *((1, number) for number in range(5)), (2, 0),
    ]  # fmt: skip


def test_two_schemes_replace_what_they_cover_and_what_their_site_holds(export, tmp_path):
    def plan(x):
        return [(wkt(box(x, 2, 15, 10)), {"id": f"P{x}", "use": "residential", "base_elev_m": 4, "height_m": 80})]

    page, _, log = export(
        SCHEME_A=written_layer(tmp_path / "a.gpkg", "a", plan(2)), NAME_A="Plan <A>",
        SCHEME_B=written_layer(tmp_path / "b.gpkg", "b", plan(42)),
        SITE=written_layer(tmp_path / "site.gpkg", "site", [(wkt(box(75, -5, 40, 30)), {"id": "S"})]),
    )  # fmt: skip
    assert [(row["name"], row["first"], row["count"]) for row in page.header["sets"]] == [
        ("today", 0, 3), ("Plan <A>", 3, 1), ("b", 4, 1),
    ]  # fmt: skip
    assert page.arrays["set_hides"] == [1, 0, 1, 2, 2, 1, 2, 2]
    assert page.header["uses"][3:] == ["residential"] * 2
    assert "Buildings that Plan <A> replaces | 2" in log.text


def test_schemes_in_one_file_have_the_names_of_their_tables(export, tmp_path):
    path = tmp_path / "方案 district.gpkg"
    for name, x in (("scheme_a", 2), ("scheme_b", 42)):
        rows = [(wkt(box(x, 2, 15, 10)), {"id": name, "base_elev_m": 4, "height_m": 80})]
        own = written_layer(tmp_path / f"{name}.gpkg", name, rows)
        gdal.VectorTranslate(str(path), str(own).partition("|")[0], accessMode="update" if path.exists() else None)
    page, _, log = export(SCHEME_A=f"{path}|layername=scheme_a", SCHEME_B=f"{path}|layername=scheme_b")
    assert [row["name"] for row in page.header["sets"]] == ["today", "scheme_a", "scheme_b"]
    assert "Buildings that scheme_a replaces" in log.text


def test_schemes_of_one_name_are_told_apart(export, tmp_path):
    plan = [(wkt(box(2, 2, 15, 10)), {"id": "P", "use": "residential", "base_elev_m": 4, "height_m": 80})]
    paths = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        paths.append(written_layer(tmp_path / folder / "plan <b>.gpkg", "plan <b>", plan))
    page, _, log = export(SCHEME_A=paths[0], SCHEME_B=paths[1])
    assert [row["name"] for row in page.header["sets"]] == ["today", "plan <b> (A)", "plan <b> (B)"]
    assert "Both schemes are called 'plan <b>'" in log.text


def test_pipes_and_tunnels(export, tmp_path):
    pipes = [
        (f"LINESTRING Z({X} {Y} 1, {X + 50} {Y} 0.5)", {"id": "p1", "kind": "storm", "diameter_mm": 800}),
        (f"LINESTRING Z({X} {Y} 1, {X} {Y} 1)", {"id": "p2", "kind": "storm", "diameter_mm": 800}),
    ]
    tunnel = [(f"LINESTRING Z({X} {Y - 9} -15, {X + 90} {Y - 9} -15)", {"id": "t", "width_m": 6, "height_m": 5})]
    page, results, log = export(
        PIPES=written_layer(tmp_path / "p.gpkg", "pipes", pipes),
        TUNNELS=written_layer(tmp_path / "q.gpkg", "tunnels", tunnel),
    )
    (first, second) = page.pipes()
    assert first == ("storm", 0.4, [(X, Y, 1.0), (X + 50, Y, 0.5)])
    assert second[1] == pytest.approx((30 / np.pi) ** 0.5, abs=0.001)
    assert page.header["pipes"]["colours"][0].startswith("#")
    assert results["PIPES_COUNT"] == 2
    assert "PIPES | 1 | 1" in log.text
    assert "rectangular section" in log.text


def test_water_of_one_time_stands_on_the_terrain(export, tmp_path):
    depth = np.full((60, 60), np.nan, np.float32)
    depth[10:20, 10:20] = 0.8
    path = tmp_path / "depth.tif"
    write_grid(Grid(depth, X - 30, Y + 90, 2.0, "EPSG:4547"), str(path))
    page, *_ = export(DEPTH=str(path), DTM=terrain(tmp_path))
    (step,) = page.water()
    assert sum(1 for value in step if value) == 100
    with pytest.raises(QgsProcessingException, match="DEPTH lies on the terrain: give it for DTM"):
        export(DEPTH=str(path))
    with pytest.raises(QgsProcessingException, match="RESULT and DEPTH are both water"):
        export(DEPTH=str(path), DTM=terrain(tmp_path), RESULT=result(tmp_path))


def test_a_result_in_another_crs_lies_in_its_place(export, tmp_path):
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY

    there = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4547"), QgsCoordinateReferenceSystem("EPSG:32650"), QgsProject.instance()
    ).transform(QgsPointXY(X + 20, Y + 10))
    bed = Grid(np.full((80, 80), 3.0, np.float32), there.x() - 80, there.y() + 80, 2.0, "EPSG:32650")
    path, still = tmp_path / "utm.nc", np.zeros((80, 80), np.float32)
    with FloodMesh(path, bed, [0.0]) as mesh:
        depth = still.copy()
        depth[40:45, 40:45] = 1.0  # 10 m east and south of the place
        mesh.write(depth, None, still, still)
    page, *_ = export(RESULT=str(path), DTM=terrain(tmp_path))
    place, (ox, oy, _) = page.header["water"], page.header["origin"]
    wet = np.array([value or 0 for value in page.water()[0]]).reshape(place["rows"], place["columns"]) > 0.5
    rows, columns = np.nonzero(wet)
    x = ox + place["west"] + (columns.mean() + 0.5) * place["cell"]
    y = oy + place["north"] - (rows.mean() + 0.5) * place["cell"]
    assert (x, y) == (pytest.approx(X + 25, abs=1.5), pytest.approx(Y + 5, abs=1.5))
    assert wet.sum() * place["cell"] ** 2 == pytest.approx(100, rel=0.15)


def test_the_bed_of_a_result_is_the_terrain_where_there_is_no_other(export, tmp_path):
    page, _, log = export(RESULT=result(tmp_path))
    assert {value for row in page.terrain() for value in row} == {3.0}
    assert "There is no DTM: the terrain is the bed of RESULT." in log.text


def test_more_times_than_a_scene_has_are_spread(export, tmp_path):
    page, results, log = export(RESULT=result(tmp_path, steps=90), DTM=terrain(tmp_path))
    times = page.header["water"]["times_min"]
    assert (len(times), times[0], times[-1]) == (48, 0, 89)
    assert results["WATER_STEPS"] == 48
    assert "The result has 90 times: 48 of them, evenly spread, are in the scene." in log.text


def test_degrees_become_metres_of_utm_and_it_is_said(export, tmp_path):
    shape = shapely.box(114.05, 22.55, 114.0502, 22.5501).wkt
    rows = [(shape, {"id": "a", "base_elev_m": 4, "roof_elev_m": 22})]
    page, _, log = export(BUILDINGS=written_layer(tmp_path / "d.gpkg", "degrees", rows, 4326))
    assert page.header["crs"] == "EPSG:32650"
    assert "the scene is in EPSG:32650" in log.text
    (body,) = page.bodies()
    corners = np.array(body[5][0])
    width, depth = np.ptp(corners, axis=0)
    assert (width, depth) == pytest.approx((20.6, 11.1), abs=0.5)
    assert (page.header["longitude"], page.header["latitude"]) == pytest.approx((114.0501, 22.55005), abs=0.001)
    convergence = np.degrees(np.arctan(np.tan(np.radians(114.0501 - 117)) * np.sin(np.radians(22.55))))
    assert page.header["north_deg"] == pytest.approx(
        -convergence, abs=0.02
    )  # west of the meridian true north lies right


def test_terrain_in_another_crs_is_brought_over(export, tmp_path):
    heights = np.full((200, 200), 7.0, np.float32)
    dtm = terrain(tmp_path, heights, 0.00002, "EPSG:4490", 113.927, 22.5165)
    page, _, log = export(DTM=dtm)
    assert page.header["crs"] == "EPSG:4547"
    assert 7.0 in {value for row in page.terrain() for value in row}
    assert "is in EPSG:4490 and is resampled to EPSG:4547" in log.text


def test_a_chosen_crs(export):
    page, *_ = export(CRS="EPSG:32649")
    assert page.header["crs"] == "EPSG:32649"
    with pytest.raises(QgsProcessingException, match=r"The CRS EPSG:3857 .* cannot carry a scene"):
        export(CRS="EPSG:3857")


def test_an_extent_takes_a_part(export, tmp_path):
    extent = f"{X - 5},{X + 25},{Y - 5},{Y + 25} [EPSG:4547]"
    page, _, log = export(
        EXTENT=extent, DTM=terrain(tmp_path), STOREYS=written_layer(tmp_path / "s.gpkg", "s", STOREYS)
    )
    assert page.header["ids"] == ["m/1"]
    assert page.header["terrain"]["columns"] == 16  # on the lines of the raster's own cells
    assert {owner for owner, *_ in page.bodies()} == {0}
    assert "Buildings within EXTENT | 1 | 2" in log.text
    with pytest.raises(QgsProcessingException, match="lies in EXTENT: choose another extent"):
        export(EXTENT=f"{X + 900},{X + 950},{Y - 5},{Y + 25} [EPSG:4547]")


def test_the_sun_goes_by_the_clock_of_the_place(export):
    page, *_ = export(START=QDateTime.fromString("2026-06-21T09:30:00", "yyyy-MM-ddTHH:mm:ss"))
    assert (page.header["time"], page.header["utc_offset_h"]) == ("2026-06-21T01:30:00Z", 8.0)
    page, *_ = export(START="2026-06-21T09:30:00Z")
    assert page.header["time"] == "2026-06-21T09:30:00Z"
    page, *_ = export()
    assert page.header["time"][4:] == "-01-20T02:00:00Z"


def test_the_datum_is_asked_for(export):
    _, _, log = export(VERTICAL_DATUM="")
    assert "The vertical datum of the elevations is not known" in log.text


def layer(rows, crs="EPSG:4547", fields=("id:string", "roof_elev_m:double"), name="made"):
    return memory_layer("Polygon", rows, fields, name, crs)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: layer([(box(0, 0).wkt, ("a", 9.0))], ""), "The layer 'made' has no CRS"),
        (lambda: layer([(box(0, 0).wkt, ("a", None))]), "No feature of the layer 'made' has a polygon and a height"),
        (lambda: layer([(box(0, 0).wkt, ("a", float("nan")))]), "No feature of the layer 'made' has a polygon and"),
        (lambda: layer([]), "The layer 'made' holds no building: choose another one for BUILDINGS."),
        (
            lambda: layer([(box(0, 0).wkt, ("a", 9.0)), (shapely.box(0, 0, 9, 9).wkt, ("b", 9.0))]),
            r"lie up to 2,4\d\d km apart: some have wrong coordinates, such as 0, 0",
        ),
        (lambda: layer([(shapely.box(200, 95, 201, 96).wkt, ("a", 9.0))], "EPSG:4326"), "lies nowhere|latitudes"),
    ],
)
def test_buildings_that_cannot_be_shown(export, tmp_path, make, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        export(BUILDINGS=make())
    assert not list(tmp_path.glob("*.html*"))


def test_layers_that_lie_apart(export, tmp_path):
    far = terrain(tmp_path, west=X + 50_000)
    with pytest.raises(QgsProcessingException, match=r"The layer '.*dtm.*' lies 49\.\d km from the buildings"):
        export(DTM=far)
    bed = Grid(np.zeros((10, 10), np.float32), X + 9000, Y, 2.0, "EPSG:4547")
    path = tmp_path / "far.nc"
    with FloodMesh(path, bed, [0.0]) as mesh:
        mesh.write(bed.values, None, bed.values, bed.values)
    with pytest.raises(QgsProcessingException, match="from the buildings: check the CRS of both"):
        export(RESULT=str(path))


def test_storeys_without_buildings_of_their_own(export, tmp_path):
    rows = [(wkt(box(0, 0)), {"name": "F1", "elev_m": 4, "height_m": 3})]
    with pytest.raises(QgsProcessingException, match=r"has no field .building_id."):
        export(STOREYS=written_layer(tmp_path / "s.gpkg", "storey", rows))


def test_a_layer_with_too_many_features_is_refused_before_it_is_read(export, monkeypatch):
    from twin_plugin.bridge.scene import building_layers

    monkeypatch.setattr(building_layers, "MOST_FEATURES", 2)
    with pytest.raises(QgsProcessingException, match="has 4 features, more than the 2 of a scene"):
        export()


class Cancelling(QgsProcessingFeedback):
    """Cancels when it was asked so many times."""

    def __init__(self, after):
        super().__init__(False)
        self.left = after

    def isCanceled(self):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("after", [0, 1, 2, 4, 7, 11, 16, 22, 30])
def test_a_cancel_leaves_what_was_there(run_algorithm, tmp_path, after):
    page = tmp_path / "a.html"
    page.write_text("the old one")
    given = {
        "BUILDINGS": city(tmp_path), "STOREYS": written_layer(tmp_path / "s.gpkg", "storey", STOREYS),
        "DTM": terrain(tmp_path), "RESULT": result(tmp_path), "HTML": str(page),
    }  # fmt: skip
    assert run_algorithm(ID, given, Cancelling(after)) == {}
    assert page.read_text() == "the old one"


def test_in_a_model_the_tall_ones_become_a_page(export, tmp_path):
    """Buildings above 10 m are picked, and their page is an output of the model."""
    path = city(tmp_path)
    model = QgsProcessingModelAlgorithm("tall", "tests", "tall")
    source = QgsProcessingModelChildParameterSource
    pick = QgsProcessingModelChildAlgorithm("native:extractbyexpression")
    pick.setChildId("pick")
    pick.addParameterSources("INPUT", [source.fromStaticValue(path)])
    pick.addParameterSources("EXPRESSION", [source.fromStaticValue('"roof_elev_m" > 10 and $area > 0')])
    show = QgsProcessingModelChildAlgorithm(ID)
    show.setChildId("show")
    show.addParameterSources("BUILDINGS", [source.fromChildOutput("pick", "OUTPUT")])
    show.addParameterSources("LANGUAGE", [source.fromStaticValue("zh")])
    output = QgsProcessingModelOutput("page", "page")
    output.setChildId("show")
    output.setChildOutputName("HTML")
    show.setModelOutputs({"page": output})
    for child in (pick, show):
        model.addChildAlgorithm(child)
    model.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    _, ok = model.run({"show:page": str(tmp_path / "页 page.html")}, context, QgsProcessingFeedback(False))
    assert ok
    page = Page((tmp_path / "页 page.html").read_bytes().decode("utf-8"))
    assert page.header["ids"] == ["m/1", "other/3"]
    assert page.header["language"] == "zh"


def test_without_a_page_the_layers_are_checked(run_algorithm, tmp_path):
    results = run_algorithm(ID, {"BUILDINGS": city(tmp_path)}, Log())
    assert "HTML" not in results
    assert (results["BUILDINGS_COUNT"], results["HTML_BYTES"]) == (3, 0)
