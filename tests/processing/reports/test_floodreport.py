"""The flood report: a project that can be moved, a map and a page, from any subset of a run's results."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr, osr
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeatureRequest,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from twin_plugin.bridge.flood.files.ugrid_writer import FloodMesh
from twin_plugin.bridge.kernel.map_classes import WATER_BODY
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.bim.tables import BUILDING, OPENING
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.tables import Column

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0
RISKS = (4, 3, 3, 2, 1, 0, 0, None)
RISK_FIELDS = (
    Column("depth_m", "real", ""),
    Column("level_m", "real", ""),
    Column("ingress_time_min", "real", ""),
    Column("people", "real", ""),
    Column("risk_class", "integer", ""),
    Column("reason", "text", ""),
    Column("flood_run", "text", ""),
)


def vector(path: Path, geometry: int, columns, rows) -> Path:
    """A GeoPackage with one layer; rows are (WKT or None, values by name)."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = source.CreateLayer(path.stem, reference, geometry)
    kinds = {"text": ogr.OFTString, "real": ogr.OFTReal, "integer": ogr.OFTInteger, "boolean": ogr.OFTInteger}
    for column in columns:
        layer.CreateField(ogr.FieldDefn(column.name, kinds[column.kind]))
    for wkt, values in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        if wkt:
            feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        for name, value in values.items():
            if value is not None:
                feature.SetField(name, value)
        layer.CreateFeature(feature)
    del layer, source
    return path


def make_results(folder: Path, risks=RISKS, wet: bool = True, run: str | None = None) -> dict[str, str]:
    """A small run's results as files, by the names of the report's parameters."""
    folder.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:150, 0:150].astype(np.float32)
    ground = 3 + 0.02 * x + np.sin(x / 9) * np.cos(y / 13)
    depth = np.clip(3.2 + 0.01 * x - ground, 0, None) * 2 if wet else np.zeros_like(ground)
    speed = depth / 2
    values = {
        "DTM": ground,
        "DEPTH_MAX": depth,
        "VELOCITY_MAX": speed,
        "ARRIVAL": np.where(depth > 0.05, 4 + x / 25, np.nan),
        "HAZARD": np.digitize(depth, [0.01, 0.3, 0.5, 1.2, 2.0, 4.0]).astype(np.uint8),
    }
    files = {}
    for name, array in values.items():
        path = folder / f"{name.lower()}.tif"
        write_grid(
            Grid(array if array.dtype == np.uint8 else array.astype(np.float32), WEST, NORTH, CELL, "EPSG:4547"), path
        )
        files[name] = str(path)
    rows, doors = [], []
    for number, risk in enumerate(risks):
        left, top = WEST + 80 + 110 * (number % 4), NORTH - 140 - 160 * (number // 4)
        box = f"MULTIPOLYGON((({left} {top},{left + 50} {top},{left + 50} {top - 36},{left} {top - 36},{left} {top})))"
        inside = risk is not None and risk >= 2
        reason = (
            f"main door, sill 3.42 m, water {3.4 + 0.2 * (risk or 0):.2f} m at 01:35, {0.2 * (risk or 0):.2f} m above"
        )
        rows.append(
            (
                box,
                {
                    "id": f"m{number}/b",
                    "name": f"滨海大厦 {number + 1} Tower",
                    "use": "office",
                    "risk_class": risk,
                    "depth_m": None if risk is None else 0.2 * risk,
                    "level_m": 3.0,
                    "people": 40.0,
                    "ingress_time_min": 35.0 + number if inside else None,
                    "reason": reason,
                    "storeys_above": 5,
                    "ground_floor_elev_m": 3.4,
                    "flood_run": run,
                },
            )
        )
        doors.append((f"POINT Z({left + 25} {top} 3.42)", {"id": f"m{number}/d", "kind": "door", "sill_elev_m": 3.42}))
    files["BUILDING_RISK"] = str(
        vector(folder / "risk.gpkg", ogr.wkbMultiPolygon, BUILDING.columns + RISK_FIELDS, rows)
    )
    files["OPENINGS"] = str(vector(folder / "openings.gpkg", ogr.wkbPoint25D, OPENING.columns, doors))
    storm = (Column("time_min", "real", ""), Column("depth_mm", "real", ""), Column("return_period", "real", ""))
    rain = [6.0] * 8 + [12.0, 0.0] + [6.0] * 14
    steps = [(None, {"time_min": 5.0 * n, "depth_mm": mm, "return_period": 20.0}) for n, mm in enumerate(rain, 1)]
    files["STORM"] = str(vector(folder / "storm.gpkg", ogr.wkbNone, storm, steps))
    summary = folder / "summary.json"
    summary.write_text(json.dumps({"mass_error": 2.1e-8, "cell_m": 4.0, "duration_s": 10800.0}), "utf-8")
    return files | {"SUMMARY": str(summary)}


@pytest.fixture
def results(qgis_plugin, tmp_path):
    """A function that makes the results of a run in a folder with a space and Chinese in its name."""

    def make(**options):
        return make_results(tmp_path / "run 后海" / "results", **options)

    return make


def outputs(folder: Path) -> dict[str, str]:
    return {"PROJECT": str(folder / "p.qgz"), "MAP": str(folder / "map.png"), "REPORT": str(folder / "report.pdf")}


def text_of(pdf: str) -> str:
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True, text=True).stdout


def pdf_tools() -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed: the text of the page cannot be read")


def test_everything_is_written_and_the_numbers_are_those_of_the_results(run_algorithm, results, tmp_path):
    files, folder = results(), tmp_path / "run 后海"
    answer = run_algorithm("twin:floodreport", {**files, "TITLE": "后海 storm", "DISTRICT": "后海", **outputs(folder)})
    assert answer["BUILDINGS"] == 8
    assert answer["BUILDINGS_WET"] == 4
    depth = gdal.Open(files["DEPTH_MAX"]).ReadAsArray()
    assert answer["DEEPEST_M"] == pytest.approx(float(depth.max()))
    assert answer["WET_AREA_M2"] == pytest.approx((depth >= 0.05).sum() * CELL**2)
    for name in ("PROJECT", "MAP", "REPORT"):
        assert Path(answer[name]).stat().st_size > 5000
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_the_project_opens_from_a_moved_folder_styled_grouped_and_with_its_layouts(run_algorithm, results, tmp_path):
    files, folder = results(), tmp_path / "run 后海"
    with FloodMesh(
        folder / "results" / "result.nc",
        Grid(np.zeros((4, 4), np.float32), WEST, NORTH, 150.0, "EPSG:4547"),
        [0.0, 300.0, 600.0],
    ) as result:
        for depth_m in (0.1, 0.4, 0.2):
            result.write(*(np.full((4, 4), value, np.float32) for value in (depth_m, 0.0, 0.5, 0.5)))
    files["RESULT"] = str(folder / "results" / "result.nc")
    Path(files["SUMMARY"]).write_text('{"duration_s": 600.0}', "utf-8")
    run_algorithm("twin:floodreport", {**files, "TITLE": "T", "DISTRICT": "后海", **outputs(folder)})
    moved = tmp_path / "moved away"
    shutil.move(folder, moved)
    project = QgsProject()
    assert project.read(str(moved / "p.qgz"))
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert all(layer.isValid() for layer in layers.values()), [*layers]
    assert all(str(moved) in layer.source() for layer in layers.values())
    assert {"Maximum depth", "Building risk"} <= {*layers}, "the run stands in the group's name, once"
    groups = [group.name() for group in project.layerTreeRoot().findGroups()]
    assert groups == ["20-year storm, 144 mm in 2 h · 10 min simulated · 后海", "Base map"]
    assert layers["Building risk"].renderer().type() == "categorizedSymbol"
    assert {layout.name() for layout in project.layoutManager().printLayouts()} == {"Flood report", "Flood map"}
    times = project.timeSettings().temporalRange()
    assert times.begin().secsTo(times.end()) == 600
    assert project.timeSettings().timeStep() == 300
    assert "City Twin" in layers["Maximum depth"].metadata().history()[0]
    assert project.crs().authid() == "EPSG:4547"


def test_the_page_has_real_text_with_chinese_embedded(run_algorithm, results, tmp_path):
    pdf_tools()
    files, folder = results(), tmp_path
    run_algorithm("twin:floodreport", {**files, "TITLE": "后海暴雨内涝", "REPORT": str(folder / "r.pdf")})
    text = text_of(str(folder / "r.pdf"))
    for part in (
        "后海暴雨内涝",
        "144 mm in 2 h",
        "of 8 buildings",
        "00:35",
        "滨海大厦 1",
        "0.80 m above",
        "Page 1 of 3",
    ):
        assert part in text
    fonts = subprocess.run(["pdffonts", str(folder / "r.pdf")], capture_output=True, check=True, text=True).stdout
    assert len(fonts.splitlines()) > 2
    assert all(" yes " in line for line in fonts.splitlines()[2:]), "every font is embedded"


def page_of(pdf: str, number: int) -> str:
    command = ["pdftotext", "-layout", "-f", str(number), "-l", str(number), pdf, "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def test_the_first_page_is_for_people_and_the_annex_for_technicians(run_algorithm, results, tmp_path):
    pdf_tools()
    given = {**results(), "AUTHOR": "A. Li", "VERTICAL_DATUM": "1985 national height datum"}
    run_algorithm("twin:floodreport", {**given, "TITLE": "T", "REPORT": str(tmp_path / "r.pdf")})
    first, second, third = (page_of(str(tmp_path / "r.pdf"), number) for number in (1, 2, 3))
    for text in (
        "about 160",
        "in these buildings, estimated",
        "A. Li",
        "EPSG:4547",
        "20-year storm, 144 mm in 2 h",
    ):
        assert text in first
    for text in ("mass error", ".tif", ".gpkg", "maximum depth"):
        assert text not in first
    for text in ("1985 national height datum", "dtm.tif", "mass error 2.1e-08", "A. Li", "CGCS2000"):
        assert text in second
    assert "144 mm/h from 00:40 to 00:45" in second
    assert "all 5 buildings reached by water, 4 of them inside" in third
    assert [f"滨海大厦 {number} Tower" in third for number in range(1, 9)] == [True] * 5 + [False] * 3


@pytest.mark.parametrize(
    ("count", "title"), [(8, "All buildings with water inside: 8"), (9, "The 8 worst of 9 buildings")]
)
def test_every_building_with_water_inside_is_listed_or_counted(run_algorithm, results, tmp_path, count, title):
    pdf_tools()
    run_algorithm("twin:floodreport", {**results(risks=(3,) * count), "REPORT": str(tmp_path / "r.pdf")})
    first, third = page_of(str(tmp_path / "r.pdf"), 1), page_of(str(tmp_path / "r.pdf"), 3)
    assert title in first
    assert first.count("滨海大厦") == 8
    assert third.count("滨海大厦") == count


def test_a_long_annex_goes_on_over_pages_with_heads_and_numbers(run_algorithm, results, tmp_path):
    pdf_tools()
    run_algorithm("twin:floodreport", {**results(risks=(3,) * 70), "REPORT": str(tmp_path / "r.pdf")})
    text = text_of(str(tmp_path / "r.pdf"))
    pages = text.count("\f")
    assert pages > 3
    assert [f"Page {number} of {pages}" in text for number in range(1, pages + 1)] == [True] * pages
    for number in range(3, pages + 1):
        page = page_of(str(tmp_path / "r.pdf"), number)
        assert "all 70 buildings" in page
        assert "Depth" in page
    annex = "".join(page_of(str(tmp_path / "r.pdf"), number) for number in range(3, pages + 1))
    assert annex.count("滨海大厦") == 70


def test_the_deepest_water_of_the_page_is_at_a_building_and_not_in_a_channel(run_algorithm, results, tmp_path):
    pdf_tools()
    files = results(risks=(1, 2, 0))  # 0.4 m outside the second; DEPTH_MAX has several metres elsewhere
    source = ogr.Open(files["BUILDING_RISK"], 1)
    layer = source.GetLayer(0)
    for feature in layer:
        feature.SetFieldNull("people")
        feature.SetFieldNull("ingress_time_min")
        layer.SetFeature(feature)
    del feature, layer, source
    run_algorithm("twin:floodreport", {**files, "REPORT": str(tmp_path / "r.pdf")})
    first = page_of(str(tmp_path / "r.pdf"), 1)
    assert "0.40 m" in first
    assert "of water at the deepest" in first


def test_a_run_of_even_rain_names_it(run_algorithm, results, tmp_path):
    pdf_tools()
    files = results()
    del files["STORM"]
    Path(files["SUMMARY"]).write_text(json.dumps({"rain_mm": 100.0, "cell_m": 4.0, "duration_s": 3600.0}), "utf-8")
    run_algorithm("twin:floodreport", {**files, **outputs(tmp_path)})
    assert "100 mm of rain · simulated 1 h" in page_of(str(tmp_path / "report.pdf"), 1)
    project = QgsProject()
    assert project.read(str(tmp_path / "p.qgz"))
    groups = [group.name() for group in project.layerTreeRoot().findGroups()]
    assert groups[0] == "100 mm of rain · 1 h simulated · 4 m cells"


def test_a_building_of_several_parts_says_in_how_many_the_water_is(run_algorithm, results, tmp_path):
    pdf_tools()
    files = results(risks=(3, 1))
    source = ogr.Open(files["BUILDING_RISK"], 1)
    layer = source.GetLayer(0)
    layer.CreateField(ogr.FieldDefn("parts_reached", ogr.OFTString))
    feature = layer.GetNextFeature()
    left, right, bottom, top = feature.geometry().GetEnvelope()
    box = f"(({left} {bottom},{right} {bottom},{right} {top},{left} {bottom}))"
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"MULTIPOLYGON({box},{box.replace(str(right), str(right + 9))})"))
    feature["parts_reached"] = "2"
    layer.SetFeature(feature)
    del feature, layer, source
    run_algorithm("twin:floodreport", {**files, "REPORT": str(tmp_path / "r.pdf")})
    text = re.sub(r"\s+", " ", page_of(str(tmp_path / "r.pdf"), 1))
    assert "1 of 2 parts" in text


def test_the_name_of_the_account_is_not_the_author(run_algorithm, results, tmp_path):
    pdf_tools()
    run_algorithm("twin:floodreport", {**results(), "REPORT": str(tmp_path / "r.pdf")})
    assert re.search(r"Author\s+not stated", page_of(str(tmp_path / "r.pdf"), 2))


def test_water_bodies_lie_under_the_flood(run_algorithm, results, tmp_path):
    files = results()
    sea = f"MULTIPOLYGON((({WEST} {NORTH},{WEST + 90} {NORTH},{WEST + 90} {NORTH - 90},{WEST} {NORTH})))"
    files["WATER"] = str(vector(tmp_path / "sea.gpkg", ogr.wkbMultiPolygon, (Column("name", "text", ""),), [(sea, {})]))
    run_algorithm("twin:floodreport", {**files, **outputs(tmp_path)})
    project = QgsProject()
    assert project.read(str(tmp_path / "p.qgz"))
    order = [layer.name() for layer in project.layerTreeRoot().layerOrder()]
    assert order.index("Maximum depth") < order.index("Water bodies") < order.index("Terrain (m)")
    (water,) = (layer for layer in project.mapLayers().values() if layer.name() == "Water bodies")
    assert water.renderer().symbol().color().name() == WATER_BODY


def test_a_scenario_that_reaches_no_building_says_so(run_algorithm, results, tmp_path):
    pdf_tools()
    files = results(risks=(0, 0, 0), wet=False)
    answer = run_algorithm("twin:floodreport", {**files, "REPORT": str(tmp_path / "r.pdf")})
    assert answer["BUILDINGS_WET"] == 0
    assert answer["DEEPEST_M"] == 0
    assert "water reaches no building" in text_of(str(tmp_path / "r.pdf"))


@pytest.mark.parametrize(
    "given",
    [(), ("DEPTH_MAX",), ("BUILDING_RISK",), ("HAZARD", "DTM"), ("ARRIVAL",), ("VELOCITY_MAX", "STORM"), ("SUMMARY",)],
)
def test_any_subset_gives_all_three_files(run_algorithm, results, tmp_path, given):
    files = results()
    answer = run_algorithm("twin:floodreport", {**{name: files[name] for name in given}, **outputs(tmp_path)})
    assert all(Path(answer[name]).exists() for name in ("PROJECT", "MAP", "REPORT"))


def test_a_layer_in_memory_is_kept_beside_the_project(run_algorithm, results, tmp_path):
    file = results()["BUILDING_RISK"]
    source = QgsVectorLayer(file, "risk", "ogr")
    memory = source.materialize(QgsFeatureRequest())
    run_algorithm("twin:floodreport", {"BUILDING_RISK": memory, "PROJECT": str(tmp_path / "p.qgz")})
    assert (tmp_path / "p-layers.gpkg").exists()
    project = QgsProject()
    assert project.read(str(tmp_path / "p.qgz"))
    (layer,) = project.mapLayers().values()
    assert layer.featureCount() == 8


def test_the_users_layers_and_project_are_left_alone(run_algorithm, results, tmp_path):
    layer = QgsVectorLayer(results()["BUILDING_RISK"], "mine", "ogr")
    before = layer.renderer().type(), len(QgsProject.instance().mapLayers())
    run_algorithm("twin:floodreport", {"BUILDING_RISK": layer, **outputs(tmp_path)})
    assert (layer.renderer().type(), len(QgsProject.instance().mapLayers())) == before
    assert layer.name() == "mine"


@pytest.mark.parametrize(
    ("parameter", "value", "told"),
    [
        ("DEPTH_MAX", "nowhere.tif", "DEPTH_MAX"),
        ("SUMMARY", "broken.json", "summary"),
        ("BUILDING_RISK", "plain.gpkg", "risk_class"),
    ],
)
def test_what_cannot_be_used_is_named(run_algorithm, tmp_path, parameter, value, told):
    (tmp_path / "broken.json").write_text("{", "utf-8")
    vector(tmp_path / "plain.gpkg", ogr.wkbMultiPolygon, (Column("a", "text", ""),), [])
    given = str(tmp_path / value)
    with pytest.raises((QgsProcessingException, AssertionError), match=told):
        run_algorithm("twin:floodreport", {parameter: given, **outputs(tmp_path / "out")})
    assert not (tmp_path / "out" / "p.qgz").exists()


def test_an_existing_report_survives_a_failure(run_algorithm, tmp_path):
    kept = tmp_path / "report.pdf"
    kept.write_text("mine")
    (tmp_path / "broken.json").write_text("[]", "utf-8")
    with pytest.raises(QgsProcessingException):
        run_algorithm("twin:floodreport", {"SUMMARY": str(tmp_path / "broken.json"), "REPORT": str(kept)})
    assert kept.read_text() == "mine"


class Shouting(QTranslator):
    """Translates everything into capitals."""

    def translate(self, context, text, disambiguation=None, n=-1):
        shouted = "".join(part if part.startswith("{") else part.upper() for part in re.split(r"({\w+})", text))
        return shouted if context in ("MapClasses", "FloodPages", "FloodProject") else None

    def isEmpty(self):
        return False


def test_legend_layers_and_page_speak_the_users_language(run_algorithm, results, tmp_path):
    pdf_tools()
    translator = Shouting()
    QCoreApplication.installTranslator(translator)
    try:
        run_algorithm("twin:floodreport", {**results(), **outputs(tmp_path)})
    finally:
        QCoreApplication.removeTranslator(translator)
    assert "A ROAD IS CLOSED" in text_of(str(tmp_path / "report.pdf"))
    project = QgsProject()
    assert project.read(str(tmp_path / "p.qgz"))
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    labels = [label for label, _ in layers["MAXIMUM DEPTH"].renderer().legendSymbologyItems()]
    assert "0.30 – 0.50 M, A ROAD IS CLOSED" in labels
    labels = [item.label for item in layers["HAZARD"].renderer().classes()]
    assert labels[0] == "H1, SAFE FOR MOST"
    labels = [category.label() for category in layers["BUILDING RISK"].renderer().categories()]
    assert labels[-1] == "UNKNOWN, NO WATER LEVEL HERE"


def test_it_runs_on_the_main_thread(qgis_plugin):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:floodreport")
    assert algorithm.flags() & Qgis.ProcessingAlgorithmFlag.NoThreading
