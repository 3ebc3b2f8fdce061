"""twin:contingencyplan from layers to a plan, its layers and tables, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsProcessingException

from tests.processing.contingency.conftest import (
    RED,
    RISK_FIELDS,
    YELLOW,
    line,
    memory_layer,
    point,
    risk_layer,
    rows_of,
    square,
)


def test_who_is_hit_at_each_level(make, town):
    plan, found, log = make(town | {"DISTRICT": "Houhai", "AUTHOR": "A. Author"})
    assert [(part.level.id, part.run, len(part.buildings)) for part in plan.levels] == [
        ("yellow", "run-y", 2),
        ("red", "run-r", 4),
    ]
    red = plan.levels[1]
    assert [hit.id for hit in red.buildings] == ["h1", "h2", "metro", "school"]
    assert [hit.id for hit in red.buildings if hit.critical] == ["metro", "school"]
    assert red.districts[-1].people == 1170 == found["PEOPLE_HIT"]
    assert (found["BUILDINGS_HIT"], found["PEOPLE_PLACED"], found["PEOPLE_UNPLACED"]) == (4, 0, 70)
    assert plan.title == "Contingency plan Houhai"
    assert plan.crs == "EPSG:4547"
    assert {source.role: source.count for source in plan.sources} == {"BUILDING_RISK": 4, "RESULTS": -1}
    assert any("900 people in 1 buildings need no shelter by their use" in text for text in log.warnings)
    assert any("70 people have no place in a shelter" in text for text in log.warnings)
    assert "Buildings of 'risk red' | 4 | 0 | 0 | " in log.lines


def test_the_time_line_stands_in_order_and_has_entries_peak_and_end(make, town):
    plan, _, _ = make(town)
    events = plan.levels[1].events
    minutes = [event.minute for event in events]
    assert minutes == sorted(minutes)
    assert (events[0].kind, events[0].minute) == ("warning", -60.0)
    entries = [(event.object_id, event.minute) for event in events if event.kind == "entry"]
    assert entries == [("h1", 10.0), ("h2", 20.0), ("metro", 20.0), ("school", 30.0)]
    assert [event.minute for event in events if event.kind == "peak"] == [40.0]
    assert [event.minute for event in events if event.kind == "end"] == [40.0]


def test_results_in_another_order_are_matched_by_their_runs(make, town):
    straight, _, _ = make(town)
    turned, _, log = make(town | {"RESULTS": town["RESULTS"][::-1]}, "turned")
    assert [part.events for part in turned.levels] == [part.events for part in straight.levels]
    assert any("put into the order" in text for text in log.warnings)


def test_the_order_of_rows_changes_nothing(make, town):
    straight, _, _ = make(town)
    turned = [risk_layer("risk yellow", YELLOW, "run-y", -1), risk_layer("risk red", RED, "run-r", -1)]
    mixed, _, _ = make(town | {"BUILDING_RISK": turned}, "mixed")
    assert mixed.levels == straight.levels or str(mixed.levels) == str(straight.levels)
    assert mixed.id == straight.id


def test_tables_and_events_for_the_temporal_controller(make, town):
    plan, found, _ = make(town, ACTIONS="actions.csv", EVENTS="events.gpkg", BLOCKS="blocks.gpkg")
    actions = rows_of(found["ACTIONS"])
    assert {row["level"] for row in actions} == {"yellow", "red"}
    assert all(row["what_zh"] and row["who_zh"] for row in actions)
    events = rows_of(found["EVENTS"])
    assert len(events) == sum(len(part.events) for part in plan.levels)
    [entry] = [row for row in events if row["kind"] == "entry" and row["object_id"] == "metro"]
    begin = entry["begin"].toUTC()
    assert begin.toString("yyyy-MM-dd HH:mm:ss") == "2026-01-01 00:20:00"
    assert entry["end"].toUTC().toString("HH:mm") == "00:40"
    blocks = rows_of(found["BLOCKS"])
    assert {(row["level"], row["id"], row["people"], row["unplaced"]) for row in blocks} == {
        ("yellow", "h1", 40, 40),
        ("red", "h1", 40, 40),
        ("red", "h2", 30, 30),
    }
    assert all(row["plan_id"] == plan.id for row in blocks)


def test_versions_and_changes(make, town):
    first, found, _ = make(town)
    again, _, log = make(town | {"PREVIOUS": found["PLAN"]}, "again")
    assert (again.id, again.version) == (first.id, 1)
    assert any("says the same as PREVIOUS" in text for text in log.warnings)
    changed = risk_layer("risk red", RED | {"h2": (4, 0.9, 15.0, 31)}, "run-r")
    parameters = town | {"BUILDING_RISK": [town["BUILDING_RISK"][0], changed], "PREVIOUS": found["PLAN"]}
    second, found, _ = make(parameters, "second", CHANGES="changes.csv")
    assert (second.version, second.previous, found["VERSION"]) == (2, first.id, 2)
    rows = rows_of(found["CHANGES"])
    assert ("red", "building", "h2", "changed") in {(r["level"], r["kind"], r["object_id"], r["change"]) for r in rows}
    assert all(row["level"] == "red" for row in rows)


def test_districts_add_up(make, town):
    areas = memory_layer(
        "Polygon", [(square(0, 70, 55), ("West",)), (square(55, 70, 100), ("East",))], ("name:string",), "districts"
    )
    plan, _, _ = make(town | {"DISTRICTS": areas})
    rows = {row.name: row for row in plan.levels[1].districts}
    assert list(rows) == ["East", "West", ""]
    assert rows["West"].people == 40
    assert rows["East"].people + rows["West"].people == rows[""].people


def test_assets_fail_with_their_building_their_threshold_and_each_other(make, town):
    assets = memory_layer(
        "Point",
        [
            (point(124, 88), ("sub", None)),  # in the metro station, entered at 20 min
            (point(5, 150), ("deep", None)),  # in the open, 0.3 m at 10 min
            (point(5, 160), ("high", 0.85)),  # its threshold is reached at 30 min
            (point(5, 20), ("dry", None)),
            (point(5, 30), ("pump", None)),
        ],
        ("asset_id:string", "threshold_elev_m:double"),
        "assets",
    )
    needs = memory_layer(
        "None",
        [(None, ("pump", "sub", 0.25)), (None, ("sub", "pump", None))],
        ("asset:string", "needs:string", "backup_h:double"),
        "needs",
    )
    plan, _, log = make(town | {"ASSETS": assets, "DEPENDENCIES": needs})
    failures = {e.object_id: (e.minute, str(e.text)) for e in plan.levels[1].events if e.kind == "failure"}
    assert failures == {
        "deep": (10.0, "deep fails in water"),
        "sub": (20.0, "sub fails in water"),
        "high": (30.0, "high fails in water"),
        "pump": (35.0, "pump fails without sub"),
    }
    assert "Assets | 5 | 0 | 0 | " in log.lines


def test_measures_go_to_buildings(make, town):
    table = memory_layer(
        "None",
        [(None, ("挡水板", "B", 1, 0.6)), (None, ("sandbag", "S", 1, 1.0))],
        ("kind:string", "name:string", "count:integer", "height_m:double"),
        "measures",
    )
    _, found, log = make(town | {"MEASURES": table}, MEASURES_PLACED="placed.gpkg")
    rows = {row["level"]: row for row in rows_of(found["MEASURES_PLACED"])}
    assert rows["red"]["place"] == "楼 school"  # critical; the metro's 0.6 m need 0.65
    assert rows["red"]["by_min"] == 30.0
    assert any(text.startswith("Measures | 1 | 1 | 0 | neither pump nor barrier") for text in log.lines)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"LEVEL_NAMES": "red"}, "There are 2 layers in BUILDING_RISK and 1 warning levels"),
        ({"LEVEL_NAMES": "yellow; violet"}, "names 'violet'"),
        ({"DISTRICTS": memory_layer}, "of DISTRICTS needs polygons"),
        ({"ASSETS": memory_layer}, "has no field asset_id or id"),
        ({"MEASURES": memory_layer}, "has no field kind"),
        ({"DEPENDENCIES": memory_layer}, "has no field asset"),
        ({"LEVELS": memory_layer}, "has no rows or no column"),
        ({"PEOPLE_FIELD": "souls"}, "has no field 'souls'"),
    ],
)
def test_what_cannot_be_used_is_said(make, town, change, sentence):
    kinds = {"DISTRICTS": ("Polygon", square(0, 0)), "ASSETS": ("Point", point(5, 5))}
    made = {}
    for name, value in change.items():
        kind, shape = kinds.get(name, ("None", None))
        made[name] = memory_layer(kind, [(shape, ("x",))], ("strange:string",), "odd") if callable(value) else value
    with pytest.raises(QgsProcessingException, match=sentence):
        make(town | made)


def test_a_missing_run_and_one_of_another_place_are_refused(make, town, result_file):
    with pytest.raises(
        QgsProcessingException, match=r"No result in RESULTS is of the flood run of 'risk red' \(run-r\)"
    ):
        make(town | {"RESULTS": town["RESULTS"][:1]})
    with pytest.raises(QgsProcessingException, match=r"is of the flood run of 'risk red'"):
        make(town | {"RESULTS": [town["RESULTS"][0], result_file("other", "run-x", 0.9)]})
    far = result_file("far", "run-r", 0.9, shift=30_000.0)
    with pytest.raises(
        QgsProcessingException, match=r"'.*yellow.nc' and '.*far.nc' do not overlap: they lie 29.8 km apart"
    ):
        make(town | {"RESULTS": [town["RESULTS"][0], far]})


def test_layers_that_lie_elsewhere_are_named_with_the_distance(make, town, result_file):
    files = [result_file(f"far {run}", run, 0.5, shift=5_000.0) for run in ("run-y", "run-r")]
    sentence = (
        r"The layer 'risk yellow' \(EPSG:4547\) and the water '.*' \(EPSG:4547\) do not overlap: they lie 4\.9 km"
    )
    with pytest.raises(QgsProcessingException, match=sentence):
        make(town | {"RESULTS": files})


def test_other_times_and_falling_levels_are_warned_of(make, town, result_file):
    short = result_file("short", "run-r", 0.9, times=(0.0, 10.0))
    _, _, log = make(town | {"RESULTS": [town["RESULTS"][0], short]})
    assert any("ends at 40 min" in text and "at 10 min" in text for text in log.warnings)
    _, _, log = make(town | {"BUILDING_RISK": town["BUILDING_RISK"][::-1]}, "falling")
    assert any(
        "The level red has less water than yellow below it (2 buildings, not 4)" in text for text in log.warnings
    )


def test_the_rain_of_a_level_is_compared_or_said_to_be_unknown(make, town, result_file):
    """50 mm make a red level (100 mm in 3 h) too small; it is known by RESULT, else by a SUMMARY beside it."""
    red = Path(town["RESULTS"][1])
    red.with_suffix(".json").write_text(json.dumps({"run_id": "run-r", "rain_mm": 50.0}), "utf-8")
    plan, _, log = make(town)
    assert (plan.levels[0].storm, plan.levels[1].rain_mm) == ("", 50.0)
    assert [text for text in log.warnings if "the rain of its run is not known" in text and "Level yellow" in text]
    assert [text for text in log.warnings if "its run has 50 mm of rain in all" in text and "Level red" in text]
    assert not [text for text in log.warnings if "is not known" in text and "Level red" in text]
    assert [line for line in log.lines if line.startswith("Steps of RESULT, red")]
    known = result_file("known", "run-r", 0.9, rain="120.500")
    plan, _, log = make(town | {"RESULTS": [town["RESULTS"][0], known]}, "known")
    assert plan.levels[1].rain_mm == 120.5
    assert str(plan.levels[1].storm) == "120 mm of rain"
    assert not [text for text in log.warnings if "rain" in text and "Level red" in text]


def test_no_results_and_a_layer_without_crs(make, town):
    parameters = {name: value for name, value in town.items() if name != "RESULTS"}
    plan, _, log = make(parameters)
    assert plan.levels[1].closures == ()
    assert any("Without RESULTS" in text for text in log.warnings)
    nowhere = memory_layer("Polygon", [(square(0, 0), ("a",) + (None,) * 8)], RISK_FIELDS, "nowhere", "")
    with pytest.raises(QgsProcessingException, match="'nowhere' has no CRS"):
        make(town | {"BUILDING_RISK": [nowhere, town["BUILDING_RISK"][1]]})
    roads = memory_layer("LineString", [(line((0, 0), (9, 9)), ("r",))], ("id:string",), "roads")
    with pytest.raises(QgsProcessingException, match="ROADS need the water over time"):
        make(parameters | {"ROADS": roads})


def test_a_layer_of_another_algorithm_is_refused(make, town):
    layer = memory_layer("Polygon", [(square(0, 0), ("a",))], ("id:string",), "plain")
    with pytest.raises(QgsProcessingException, match="'plain' has no fields risk_class and depth_m"):
        make(town | {"BUILDING_RISK": [layer, town["BUILDING_RISK"][1]]})


def test_nothing_is_left_after_a_failure(make, town, tmp_path):
    with pytest.raises(QgsProcessingException):
        make(town | {"LEVEL_NAMES": "violet"}, "lost")
    assert not [path for path in Path(tmp_path).iterdir() if "lost" in path.name]


def test_pages_in_both_languages(make, town, tmp_path):
    _, found, _ = make(town | {"LANGUAGE": "both", "DISTRICT": "Houhai <b>"}, REPORT="plan.pdf", PAGE="plan.html")
    assert Path(found["REPORT"]).read_bytes()[:5] == b"%PDF-"
    page = Path(found["PAGE"]).read_text("utf-8")
    assert "Houhai &lt;b&gt;" in page
    assert "应急预案" in page


def test_damage_in_money_needs_a_currency(make, town):
    layers = []
    for layer in town["BUILDING_RISK"]:
        other = memory_layer("Polygon", [], (*RISK_FIELDS, "loss:double", "currency:string"), layer.name())
        for feature in layer.getFeatures():
            copy = QgsFeature(other.fields())
            copy.setGeometry(feature.geometry())
            copy.setAttributes([*feature.attributes(), 1000.5, "CNY" if "red" in layer.name() else None])
            other.dataProvider().addFeatures([copy])
        layers.append(other)
    plan, _, log = make(town | {"BUILDING_RISK": layers})
    yellow, red = (part.districts[-1] for part in plan.levels)
    assert (red.damage, red.currency) == (4002.0, "CNY")
    assert yellow.damage != yellow.damage
    assert any("'loss' of 'risk yellow' is left out" in text and "there is none" in text for text in log.warnings)
