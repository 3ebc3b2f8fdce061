"""twin:section from layers to layers and drawings: measures by hand, a scheme beside today, what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree  # of what the test wrote

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsRasterLayer

from tests.memory_layers import memory_layer
from tests.planted import PLANTED
from tests.processing.planning.test_undergroundclearance import (
    BORE,
    ROOM,
    X,
    Y,
    basements,
    box,
    line,
    pipes,
    rows_of,
    tunnels,
)
from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

ID = "twin:section"
ACROSS = (line((30, -50), (30, 50)), ("S1", "剖面 1"))
SVG = "{http://www.w3.org/2000/svg}"


def lines(*rows):
    return memory_layer("LineString", rows, ("id:string", "name:string"), "剖面线 lines")


def houses(*rows, name="houses"):
    fields = ("id:string", "name:string", "base_elev_m:double", "height_m:double")
    return memory_layer("Polygon", rows, fields, name)


HOUSE = (box(10, 10, 50, 30), ("H1", "House 一号楼", 0.0, 24.0))


@pytest.fixture
def run(run_algorithm, tmp_path):
    def call(**parameters):
        files = {"SVG": str(tmp_path / "剖面 s.svg")}
        layers = {name: str(tmp_path / f"{name.lower()} 结果.gpkg") for name in ("SECTION", "SURFACES")}
        found = run_algorithm(ID, {"LINE": lines(ACROSS), **files, **layers, **parameters})
        return found, {name: rows_of(place) for name, place in layers.items()}

    return call


@pytest.fixture
def ground(tmp_path):
    rows, columns = np.mgrid[0:80, 0:80]
    path = tmp_path / "地面.tif"
    write_grid(Grid((1.0 + 0.0 * rows + 0.0 * columns).astype(np.float32), X - 40, Y + 80, 2.0, "EPSG:4547"), path)
    return str(path)


def test_what_a_section_cuts_is_where_it_is(run, ground):
    found, tables = run(BUILDINGS=houses(HOUSE), BASEMENTS=basements(ROOM), TUNNELS=tunnels(BORE), DTM=ground)
    by_id = {row["id"]: row for row in tables["SECTION"]}
    limits = {one: [round(row[k], 6) for k in ("from_m", "to_m", "bottom_m", "top_m")] for one, row in by_id.items()}
    assert limits["H1"] == [60, 80, 0, 24]
    assert limits["B1"] == [50, 90, -14, 0]
    assert limits["R1"] == pytest.approx([45 - 3.1, 45 + 3.1, -23.2, -17.0])
    assert by_id["H1"]["name"] == "House 一号楼"
    assert by_id["R1"]["kind"] == "rail_tunnel"
    (surface,) = tables["SURFACES"]
    assert (surface["kind"], surface["from_m"], surface["to_m"], surface["lowest_m"]) == ("ground", 0, 100, 1)
    assert (found["SECTIONS_COUNT"], found["OBJECTS_COUNT"], found["LENGTH_M"]) == (1, 3, 100)


def test_an_oblique_pipe_is_wider_by_the_angle(run):
    row = (line((0, -30, -3), (60, 30, -3)), ("W1", "water", 1000.0, "", ""))
    _, tables = run(PIPES=pipes(row))
    (part,) = tables["SECTION"]
    assert part["to_m"] - part["from_m"] == pytest.approx(np.sqrt(2), rel=1e-3)
    assert part["top_m"] - part["bottom_m"] == pytest.approx(1.0, rel=1e-3)


def svg_of(found):
    return ElementTree.fromstring(Path(found["SVG"]).read_bytes())  # noqa: S314


def spans(root, name):
    """Width and height in millimetres of the shape with a name."""
    for shape in root.iter(f"{SVG}polygon"):
        title = shape.find(f"{SVG}title")
        if title is not None and title.text.startswith(name):
            points = np.array([[float(v) for v in pair.split(",")] for pair in shape.get("points").split()])
            return np.ptp(points, axis=0)
    raise AssertionError(name)


@pytest.mark.parametrize(("scale", "times"), [(500, 1), (1000, 2), (0, 1)])
def test_the_drawing_is_to_scale(run, ground, scale, times):
    found, _ = run(BASEMENTS=basements(ROOM), DTM=ground, SCALE=scale, EXAGGERATION=times)
    root, used = svg_of(found), found["SCALE_OF_DRAWING"]
    assert used == scale or scale == 0
    assert spans(root, "B1") == pytest.approx([40_000 / used, 14_000 / used * times], abs=2e-3)
    width, view = root.get("width"), root.get("viewBox").split()
    assert width == f"{float(view[2]):.3f}mm"
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert any(f"1:{used:,.0f}" in text for text in texts)
    assert any("not exaggerated" in text for text in texts) == (times == 1)
    assert "B1" in texts


def test_the_page_has_the_size_of_the_drawing(run, ground, tmp_path):
    found, _ = run(
        BASEMENTS=basements(ROOM),
        DTM=ground,
        SCALE=400,
        LAYOUT=str(tmp_path / "剖面 s.pdf"),
        LINE=lines(ACROSS, (line((0, 5), (60, 5)), ("S2", "2"))),
    )
    content = Path(found["LAYOUT"]).read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", content)
    assert len(boxes) == 2
    assert float(boxes[0][0]) / 72 * 25.4 == pytest.approx(24 + 100_000 / 400 + 14, abs=0.5)
    root = svg_of(found)
    assert len(root.findall(f"{SVG}g")) == 2


def test_a_scheme_beside_what_it_replaces(run):
    tower = houses((box(15, 5, 45, 35), ("N1", "Tower", 0.0, 60.0)), name="scheme")
    garage = basements((box(10, 0, 50, 40), ("N1", -20.0, 0.0, "", "")), name="garage")
    found, tables = run(BUILDINGS=houses(HOUSE), SCHEME=tower, BASEMENTS=basements(ROOM), SCHEME_BASEMENTS=garage)
    states = sorted((row["kind"], row["id"], row["state"]) for row in tables["SECTION"])
    assert states == [
        ("basement", "B1", "removed"),
        ("basement", "N1", "planned"),
        ("building", "H1", "removed"),
        ("building", "N1", "planned"),
    ]
    texts = [text.text for text in svg_of(found).iter(f"{SVG}text")]
    assert {"Tower (planned)", "House 一号楼 (replaced)"} <= set(texts)


def test_storeys_are_drawn_with_the_name_of_their_building(run):
    fields = ("id:string", "building_id:string", "elev_m:double", "height_m:double")
    rows = [(box(10, 10, 50, 30), (f"H1/{k}", "H1", 3.0 * k, 3.0)) for k in range(4)]
    other = (box(20, 35, 40, 45), ("H2", "Kiosk", 0.0, 4.0))
    found, tables = run(BUILDINGS=houses(HOUSE, other), STOREYS=memory_layer("Polygon", rows, fields, "storeys"))
    assert sorted((row["id"], row["top_m"]) for row in tables["SECTION"]) == [
        ("H1", 3), ("H1", 6), ("H1", 9), ("H1", 12), ("H2", 4),
    ]  # fmt: skip
    texts = [text.text for text in svg_of(found).iter(f"{SVG}text")]
    assert texts.count("House 一号楼") == 1


def test_water_stands_where_it_has_a_level(run, ground, tmp_path):
    level = np.full((80, 80), np.nan, np.float32)
    level[:35] = 1.6
    write_grid(Grid(level, X - 40, Y + 80, 2.0, "EPSG:4547"), tmp_path / "level.tif")
    _, tables = run(DTM=ground, WATER=str(tmp_path / "level.tif"))
    water = [row for row in tables["SURFACES"] if row["kind"] == "water"]
    assert [(row["lowest_m"], row["to_m"]) for row in water] == [(pytest.approx(1.6), 100)]
    assert water[0]["from_m"] == pytest.approx(60, abs=1.1)


@pytest.mark.parametrize("name", PLANTED)
def test_names_from_outside_are_text(run, name):
    found, _ = run(BUILDINGS=houses((HOUSE[0], ("H1", name, 0.0, 24.0))), LINE=lines((ACROSS[0], ("S1", name))))
    allowed = {"svg", "title", "rect", "g", "polygon", "polyline", "text"}
    assert {element.tag.removeprefix(SVG) for element in svg_of(found).iter()} <= allowed


class Stopped(QgsProcessingFeedback):
    """Cancelled when cutting begins."""

    def setProgressText(self, text):
        if "cutting" in text:
            self.cancel()


def test_a_cancel_writes_nothing(run_algorithm, tmp_path):
    outputs = {"SECTION": str(tmp_path / "s.gpkg"), "SVG": str(tmp_path / "s.svg"), "LAYOUT": str(tmp_path / "s.pdf")}
    given = {"LINE": lines(ACROSS), "BASEMENTS": basements(ROOM), **outputs}
    assert run_algorithm(ID, given, feedback=Stopped(False)) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (dict, "there is nothing to cut"),
        (lambda: {"LINE": lines(), "BASEMENTS": basements(ROOM)}, "holds no line: draw one"),
        (
            lambda: {"LINE": lines((line((900, 0), (950, 0)), ("S", "S"))), "BASEMENTS": basements(ROOM)},
            "meets nothing",
        ),
        (lambda: {"BASEMENTS": basements(ROOM), "SCALE": 1}, "choose a smaller scale"),
        (lambda: {"BASEMENTS": basements(ROOM, crs="EPSG:3857")}, "no metre on the ground"),
        (lambda: {"LINE": lines(*[ACROSS] * 21), "BASEMENTS": basements(ROOM)}, "choose at most 20"),
    ],
)
def test_bad_input_is_one_sentence(run_algorithm, parameters, sentence):
    given = {"LINE": lines(ACROSS), **parameters(), "SECTION": "memory:", "SVG": "TEMPORARY_OUTPUT"}
    with pytest.raises(QgsProcessingException, match=sentence):
        run_algorithm(ID, given)


def test_water_in_another_crs_is_refused(run_algorithm, tmp_path):
    write_grid(Grid(np.ones((9, 9), np.float32), 700_000.0, 9_000_000.0, 2.0, "EPSG:32748"), tmp_path / "w.tif")
    water = QgsRasterLayer(str(tmp_path / "w.tif"), "水位 water")
    given = {"LINE": lines(ACROSS), "BASEMENTS": basements(ROOM), "WATER": water, "SECTION": "memory:"}
    with pytest.raises(QgsProcessingException, match="'水位 water' of WATER is in EPSG:32748"):
        run_algorithm(ID, given)
