"""twin:sunlight from layers to layers: the box before a window, a scheme, storeys of facades, what is refused."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest
from qgis.core import NULL, QgsProcessingException, QgsProject, QgsVectorLayer

from tests.core.planning.sunlight_cases import TABLE
from tests.memory_layers import memory_layer
from tests.run_log import Log
from twin_plugin.bridge.kernel.rasters import read_grid, write_grid
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.demo.layers import make_layers
from twin_plugin.core.planning.sun_rules import read_rules
from twin_plugin.processing.planning.sunlight import RULES

ID = "twin:sunlight"
X, Y = 506_161.0, 2_494_500.0
"""Shenzhen in EPSG:4547, whose central meridian is 114 degrees: the map's north is true within .03 degrees."""
FIELDS = ("id:string", "use:string", "base_elev_m:double", "height_m:double", "storeys_above:integer")
OPENINGS = ("id:string", "building_id:string", "kind:string", "sill_elev_m:double", "width_m:double",
            "is_external:boolean", "storey_id:string")  # fmt: skip
OUTPUTS = ("OUTPUT", "BUILDINGS_OUT", "BLOCKERS", "BY_TIME")


def box(x0, y0, x1, y1):
    corners = ", ".join(f"{X + x} {Y + y}" for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
    return f"POLYGON(({corners}))"


def point(x, y, z=None):
    return f"POINT({X + x} {Y + y})" if z is None else f"POINTZ({X + x} {Y + y} {z})"


HOME = (box(-10, 0, 10, 12), ("home", "住宅", 0.0, 9.0, 3))
SHOP = (box(-15, -30, 15, -20), ("shop", "retail", 0.0, 6.0, 2))
TOWER = (box(-15, -30, 15, -20), ("tower", "office", 0.0, 21.0, 7))
WINDOWS = (
    (point(0, 0.15, 0.9), ("w1", "home", "window", None, 1.8, True, "F1")),
    (point(0, 11.9), ("w2", "home", "window", 0.9, 1.8, True, "F1")),
    (point(9.9, 6), ("w3", "home", "窗 window", 3.9, 1.8, None, "F2")),
    (point(5, 0), ("door", "home", "door", 0.0, 1.0, True, "F1")),
    (point(0, 5), ("inner", "home", "window", 0.9, 1.0, False, "F1")),
    (point(0, 6), ("deep", "home", "window", 0.9, 1.0, None, "F1")),
    (None, ("nowhere", "home", "window", 0.9, 1.0, True, "F1")),
    (point(0, -20), ("s1", "shop", "window", 0.9, 1.0, True, "F1")),
)


def buildings(*rows, name="buildings", crs="EPSG:4547"):
    return memory_layer("Polygon", rows, FIELDS, name, crs)


def windows(*rows):
    return memory_layer("Point", rows or WINDOWS, OPENINGS, "窗户 openings")


def rows(place):
    layer = QgsVectorLayer(str(place))
    names = layer.fields().names()
    return [{n: None if f[n] == NULL else f[n] for n in names} for f in layer.getFeatures()]


@pytest.fixture(autouse=True)
def emptied_project(qgis_app):
    yield
    QgsProject.instance().clear()


@pytest.fixture
def review(run_algorithm, tmp_path):
    def run(feedback=None, **more):
        places = {name: str(tmp_path / f"结果 {name}.gpkg") for name in OUTPUTS}
        log = feedback or Log()
        given = {"BUILDINGS": buildings(HOME, SHOP), "RULE": "great_cold_3h"} | places | more
        results = run_algorithm(ID, given, log)
        return {row["id"]: row for row in rows(results["OUTPUT"])}, results, log

    return run


def test_rules_are_those_of_the_table():
    assert list(RULES) == list(read_rules(TABLE))


def test_windows_before_and_after_a_scheme(review):
    found, results, log = review(POINTS=windows(), SCHEME=buildings(TOWER, name="方案 scheme"))
    assert set(found) == {"w1", "w2", "w3"}
    south = found["w1"]
    # The worked example has 451.66 minutes; the day's own declination, which changes, makes it a little more.
    assert south["lit_min"] == pytest.approx(452.5, abs=1.5)
    assert south["counted_min"] == south["lit_min"]
    assert south["before_min"] == pytest.approx(480)
    assert south["lost_min"] == pytest.approx(480 - south["counted_min"])
    assert (south["verdict"], south["taken_by"], south["scheme_takes"]) == ("passes", "tower", "tower")
    assert south["scheme_min"] == pytest.approx(480 - south["lit_min"])
    assert south["facing_deg"] == pytest.approx(180)
    assert south["height_m"] == pytest.approx(0.9)
    assert len(south["spells"].split("; ")) == 3
    assert south["spells"].startswith("08:00:00-09:59:")
    assert (found["w2"]["verdict"], found["w2"]["possible_min"]) == ("faces away", 0)
    assert (found["w3"]["verdict"], found["w3"]["floor"]) == ("passes", "F2")
    assert found["w3"]["lit_min"] == pytest.approx(240, abs=1)
    assert results["POINTS_COUNT"] == 3
    assert results["FACING_AWAY"] == 1
    assert results["FAILING"] == results["NEWLY_FAILING"] == 0
    assert results["LOST_MAX_MIN"] == pytest.approx(south["lost_min"])
    for part in ("doors and other openings: 1", "no geometry: 1", "not in an outer wall: 1", "of replaced buildings: 1",
                 "within 1.5 m: 1", "1 of 3 points face away", "No point belongs to the scheme"):  # fmt: skip
        assert part in log.text
    home, tower = sorted(rows(results["BUILDINGS_OUT"]), key=lambda row: row["id"])
    assert (home["points"], home["facing_away"], home["worst_point"]) == (2, 1, "w3")
    assert home["lost_min"] == pytest.approx(south["lost_min"])
    assert (tower["points"], tower["planned"], tower["verdict"]) == (0, True, None)
    assert tower["takes_min"] == pytest.approx(south["taken_min"] + (found["w3"]["scheme_min"] or 0))
    (taken,) = [row for row in rows(results["BLOCKERS"]) if row["point_id"] == "w1"]
    assert (taken["state"], taken["blocker_id"], taken["planned"], taken["own"]) == ("scheme", "tower", True, False)
    assert taken["alone_min"] == pytest.approx(taken["taken_min"])
    times = {row["tst"]: row for row in rows(results["BY_TIME"])}
    assert len(times) == 33
    assert (times["12:15"]["lit"], times["12:15"]["lit_before"]) == (1, 1)
    assert (times["10:00"]["lit"], times["10:00"]["lit_before"]) == (1, 2)
    assert times["08:00"]["clock"].startswith("08:3")


def test_a_scheme_that_breaks_the_rule(review):
    high = (TOWER[0], ("tower", "office", 0.0, 60.0, 20))
    row = review(POINTS=windows(WINDOWS[0]), SCHEME=buildings(high), RULE="aged_home_2h")[0]["w1"]
    assert row["asked_min"] == 120
    assert row["verdict"] == ("newly fails" if row["counted_min"] < 120 else "passes")
    wide = (box(-200, -30, 200, -20), ("wall", "office", 0.0, 60.0, 20))
    found, results, _log = review(POINTS=windows(WINDOWS[0]), SCHEME=buildings(wide))
    assert (found["w1"]["verdict"], found["w1"]["counted_min"]) == ("newly fails", 0)
    assert (results["NEWLY_FAILING"], results["FAILING"], results["FAILING_BEFORE"]) == (1, 1, 0)
    # What stood in the shade before, and loses the rest.
    low = (box(-200, -30, 200, -20), ("low", "retail", 0.0, 22.6, 5))
    found, results, _log = review(
        POINTS=windows(WINDOWS[0]), BUILDINGS=buildings(HOME, low), SCHEME=buildings(wide), RULE="great_cold_3h"
    )
    assert found["w1"]["verdict"] in ("fails and loses", "fails")
    assert results["FAILING_BEFORE"] == results["FAILING"] == 1


def test_facades_storey_by_storey(review):
    found, results, log = review(SPACING=1.0, SCHEME=buildings(TOWER))
    assert len(found) == 3 * (20 + 20 + 12 + 12)
    assert {row["building_id"] for row in found.values()} == {"home"}
    assert {row["floor"] for row in found.values()} == {"0", "1", "2"}
    assert {round(row["height_m"], 2) for row in found.values()} == {0.9, 3.9, 6.9}
    assert results["FACING_AWAY"] == 3 * 20
    both, results, _log = review(SPACING=3.0, SCHEME=buildings(TOWER), USES="办公, residential")
    assert {row["building_id"] for row in both.values()} == {"home", "tower"}
    assert all(row["before_min"] is None for row in both.values() if row["planned"])
    assert results["PLANNED_FAILING"] == sum(
        row["planned"] and row["verdict"] in ("fails", "newly fails") for row in both.values()
    )
    everything = review(SPACING=5.0, USES="*")[0]
    assert {row["building_id"] for row in everything.values()} == {"home", "shop"}
    silent = memory_layer("Polygon", [(HOME[0], ("a", 9.0))], ("id:string", "height_m:double"), "silent")
    assert "No building says its use" in review(BUILDINGS=silent)[2].text
    assert "storeys of 3 m: 1" in log.text + review(BUILDINGS=silent)[2].text


def test_storeys_of_a_twin_base(review):
    """Bodies are storeys: points stand above each floor, and a window that reaches the floor is lifted."""
    fields = ("id:string", "building_id:string", "number:integer", "elev_m:double", "height_m:double", "use:string")
    storeys = [
        (HOME[0], ("b1", "home", -1, -4.0, 4.0, "residential")),
        (HOME[0], ("f0", "home", 0, 0.0, 4.0, "residential")),
        (HOME[0], ("f1", "home", 1, 4.0, 3.0, "residential")),
    ]
    layer = memory_layer("Polygon", storeys, fields, "storeys")
    found, _results, _log = review(BUILDINGS=layer, SPACING=4.0)
    assert {round(row["height_m"], 2) for row in found.values()} == {0.9, 4.9}
    french = (point(0, 0.1), ("french", "home", "window", 4.05, 1.8, True, "f1"))
    found, _results, log = review(BUILDINGS=layer, POINTS=windows(french, WINDOWS[0]))
    assert found["french"]["height_m"] == pytest.approx(4.9)
    assert found["w1"]["height_m"] == pytest.approx(0.9)
    assert "1 windows reach below 0.9 m" in log.text


def test_whole_windows_and_points_without_anything(review):
    bare = memory_layer("Point", [(point(0, 0.1), ())], ("note:string",), "bare")
    found, _results, log = review(POINTS=bare, RULE="full_window_great_cold")
    (row,) = found.values()
    assert (row["building_id"], row["height_m"]) == ("home", pytest.approx(0.9))
    assert "1 points have no width" in log.text
    assert "height of the ground floor and 0.9 m: 1" in log.text


def test_rules_of_ones_own(review, tmp_path):
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    own = list(csv.DictReader(lines))[:2]
    own[0] |= {"rule": "mine", "start_h": "11", "end_h": "13", "hours": "2"}
    own[1] |= {"rule": "empty", "start_h": "9", "end_h": "17", "time": "tst"}
    path = tmp_path / "规则 mine.csv"

    def write():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, own[0])
            writer.writeheader()
            writer.writerows(own)

    write()
    found, _results, log = review(POINTS=windows(), RULES=str(path))
    assert (found["w1"]["counted_min"], found["w1"]["verdict"]) == (pytest.approx(120), "passes")
    assert "as if it were in clock time" not in log.text
    assert "as if it were in clock time" in review(POINTS=windows(), RULES=str(path), OWN_RULE="empty")[2].text
    with pytest.raises(QgsProcessingException, match="no rule 'other': it has mine, empty"):
        review(POINTS=windows(), RULES=str(path), OWN_RULE="other")
    own[0]["end_h"] = "11"
    write()
    with pytest.raises(QgsProcessingException, match="its band is empty"):
        review(POINTS=windows(), RULES=str(path))
    own[0] |= {"end_h": "13", "time": "clock"}
    write()
    with pytest.raises(QgsProcessingException, match="reviewed in true solar time"):
        review(POINTS=windows(), RULES=str(path))


def test_ground(review, tmp_path):
    """Hours of the ground by the same rule: nothing at the north wall, all in the open south."""
    path = tmp_path / "地形.tif"
    grid = Grid(np.zeros((120, 120), np.float32), X - 60, Y + 60, 1.0, "EPSG:4547")
    write_grid(grid, str(path))
    place = str(tmp_path / "日照.tif")
    _found, results, _log = review(POINTS=windows(), DTM=str(path), GROUND=place)
    from qgis.core import QgsRasterLayer

    hours = read_grid(QgsRasterLayer(results["GROUND"])).values
    assert hours[-5, 60] == pytest.approx(8, abs=0.01)
    assert hours[60 - 13, 60] < 2  # a metre behind the home
    with pytest.raises(QgsProcessingException, match="GROUND needs a terrain"):
        review(POINTS=windows(), GROUND=place)


def test_latitude(review, tmp_path):
    assert review(POINTS=windows())[0]["w1"]["spells"] == "08:00:00-16:00:00"
    found, _results, log = review(POINTS=windows(), LATITUDE=60)
    # Sunrise where cos H = -tan(60°) tan(-20.1°).
    day = math.degrees(math.acos(math.tan(math.radians(60)) * math.tan(math.radians(20.1)))) / 15 * 120
    assert found["w1"]["possible_min"] == pytest.approx(day, abs=2)
    assert "only from" in log.text
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    row = next(csv.DictReader(lines)) | {"month": "12", "day": "21", "altitude_deg": "5"}
    path = tmp_path / "polar.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(QgsProcessingException, match="the sun stays below 5°"):
        review(POINTS=windows(), LATITUDE=66, RULES=str(path))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (lambda: {"POINTS": windows(WINDOWS[3])}, "no window that can be reviewed .*doors and other openings: 1"),
        (lambda: {"POINTS": windows(WINDOWS[5])}, "no wall of their building within 1.5 m: 1"),
        (lambda: {"POINTS": memory_layer("Point", [], OPENINGS, "leer")}, "no window that can be reviewed"),
        (lambda: {"USES": "hospital"}, "No building has the use hospital: .*retail"),
        (lambda: {"BUILDINGS": buildings()}, "no building to review"),
        (lambda: {"BUILDINGS": buildings(HOME, crs="EPSG:4326")}, "EPSG:4326, whose unit is no metre"),
        (lambda: {"BUILDINGS": buildings(HOME, crs="EPSG:3857")}, "EPSG:3857, whose unit is no metre"),
        (lambda: {"BUILDINGS": buildings((HOME[0], ("a", "住宅", 0.0, None, None)))}, "a polygon and a height"),
        (lambda: {"SCHEME": buildings((box(9000, 9000, 9010, 9010), ("far", "", 0.0, 9.0, 3)))}, "overlaps nothing"),
        (lambda: {"SPACING": 0.1, "BUILDINGS": buildings((box(0, 0, 9000, 9000), ("a", "住宅", 0.0, 300.0, 99)))},
         "more than 3,000,000: choose a wider SPACING"),
    ],
)  # fmt: skip
def test_what_is_refused(review, given, sentence):
    with pytest.raises(QgsProcessingException, match=sentence):
        review(**given())


def test_a_window_that_the_scheme_builds_over(review):
    against = (box(-15, -30, 15, 0), ("against", "office", 0.0, 21.0, 7))
    found, results, _log = review(POINTS=windows(WINDOWS[0], WINDOWS[2]), SCHEME=buildings(against))
    row = found["w1"]
    assert (row["verdict"], row["counted_min"], row["taken_by"]) == ("newly fails", 0, "against")
    assert row["scheme_min"] == pytest.approx(480)
    assert results["LOST_MAX_MIN"] == pytest.approx(480)


def test_elevations_above_another_level(review):
    """Buildings from 0 and windows at 50 m: all would be in the sun without a word."""
    high = (point(0, 0.15, 50.9), ("w", "home", "window", None, 1.8, True, "F1"))
    log = review(POINTS=windows(WINDOWS[0], high))[2]
    assert "1 of 2 windows of the layer '窗户 openings' lie above or below their building" in log.text
    assert "above or below" not in review(POINTS=windows())[2].text


@pytest.mark.parametrize(("scheme", "newly"), [("scheme_a", True), ("scheme_b", False)])
def test_schemes_of_the_demo_district(review, synthetic_district, scheme, newly):
    """Scheme A takes the sun of the homes behind the site, scheme B does not."""
    district = {layer.name: layer for layer in make_layers(synthetic_district(60, 1))}
    layers = {}
    for name in ("planned_buildings", scheme, "scheme_site"):
        table = district[name]
        fields = [f"{f.name}:{'string' if f.kind == 'text' else 'double'}" for f in table.fields]
        layers[name] = memory_layer(table.geometry, [(shape.wkt, row) for shape, row in table.rows], fields, name)
    found, results, _log = review(
        BUILDINGS=layers["planned_buildings"], SCHEME=layers[scheme], SITE=layers["scheme_site"], SPACING=15.0
    )
    assert (results["NEWLY_FAILING"] > 0) is newly
    worst = max(found.values(), key=lambda row: row["lost_min"] or 0)
    if newly:
        assert worst["scheme_takes"] in ("A2", "A3")
        assert worst["lost_min"] > 240


def test_cancel(review):
    class Cancelling(Log):
        def setProgressText(self, text):
            self.cancel()

    log = Cancelling()
    log.cancel()
    with pytest.raises((QgsProcessingException, KeyError)):
        review(log, POINTS=windows())


def test_numbers_agree_with_rows(review):
    found, results, _log = review(SPACING=2.0, USES="*", SCHEME=buildings(TOWER))
    away = [row for row in found.values() if row["verdict"] == "faces away"]
    fails = [row for row in found.values() if "fails" in row["verdict"]]
    assert (len(away), len(fails)) == (results["FACING_AWAY"], results["FAILING"])
    assert all(row["possible_min"] < 180 for row in away)
    assert all(row["counted_min"] < 180 <= row["possible_min"] for row in fails)
    lost = [row["lost_min"] for row in found.values() if row["lost_min"] is not None]
    assert results["LOST_MEAN_MIN"] == pytest.approx(math.fsum(lost) / len(lost))
    per = rows(results["BUILDINGS_OUT"])
    assert sum(row["failing"] or 0 for row in per) == len(fails)
    assert sum(row["points"] + row["facing_away"] for row in per) == len(found)
