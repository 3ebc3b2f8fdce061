"""Closed roads, routes and shelters of twin:contingencyplan."""

from __future__ import annotations

import random

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.processing.contingency.conftest import RED as RED_CLASSES
from tests.processing.contingency.conftest import RISK_FIELDS, line, memory_layer, point, risk_layer, rows_of

ROADS = [
    (line((5, 100), (195, 100)), ("mid", "中路", "main")),
    (line((5, 45), (195, 45)), ("north", "北路", "main")),
    (line((5, 145), (195, 145)), ("south", "南路", "street")),
    (line((5, 45), (5, 100), (5, 145)), ("west", "西路", "street")),
    (line((195, 45), (195, 100), (195, 145)), ("east", "东路", "street")),
]
SHELTERS = [
    (point(100, 40), ("N", "北校 North", 20)),
    (point(195, 48), ("E", "East hall", 40)),
    (point(30, 150), ("W", "Wet hall", 500)),
]
ROAD_FIELDS, SHELTER_FIELDS = (
    ("road_id:string", "name:string", "road_class:string"),
    ("shelter_id:string", "name:string", "capacity:integer"),
)
LAYERS = {
    "CLOSURES": "closures.gpkg",
    "ROUTES": "routes.gpkg",
    "SHELTERS_USED": "shelters.gpkg",
    "BLOCKS": "blocks.gpkg",
}


def with_ways(town, shuffled=None):
    roads, shelters = list(ROADS), list(SHELTERS)
    if shuffled is not None:
        shuffled.shuffle(roads)
        shuffled.shuffle(shelters)
    return town | {
        "ROADS": memory_layer("LineString", roads, ROAD_FIELDS, "道路 roads"),
        "SHELTERS": memory_layer("Point", shelters, SHELTER_FIELDS, "shelters"),
    }


def test_roads_close_and_people_find_shelters(make, town):
    plan, found, log = make(with_ways(town), **LAYERS)
    yellow, red = plan.levels
    assert yellow.closures == ()
    assert [row.people for row in yellow.evacuation.placements] in ([40], [20, 20])
    assert {road.id: round(road.closes_min, 1) for road in red.closures} == {
        "south": 10.0,
        "west": 10.0,
        "east": 33.3,
    }
    assert (found["ROADS_CLOSED"], found["PEOPLE_PLACED"], found["PEOPLE_UNPLACED"]) == (3, 60, 10)
    closures = {row["id"]: row for row in rows_of(found["CLOSURES"])}
    assert closures["south"]["name"] == "南路"
    assert closures["south"]["depth_m"] == pytest.approx(0.9, abs=1e-3)
    assert closures["south"]["opens_min"] is None
    assert QgsVectorLayer(found["CLOSURES"], "", "ogr").featureCount() == 3
    used = {row["id"]: row for row in rows_of(found["SHELTERS_USED"]) if row["level"] == "red"}
    assert (used["N"]["people"], used["N"]["share_pct"], used["E"]["people"], used["W"]["people"]) == (20, 100, 40, 0)
    assert used["W"]["excluded"]
    assert used["N"]["excluded"] is None
    blocks = [row for row in rows_of(found["BLOCKS"]) if row["level"] == "red"]
    assert sum(row["people"] for row in blocks) == 70 == sum(row["placed"] + row["unplaced"] for row in blocks)
    assert all(row["reason"] for row in blocks if row["unplaced"])
    routes = rows_of(found["ROUTES"])
    assert sum(row["people"] for row in routes if row["level"] == "red") == 60
    assert any("10 people have no place in a shelter" in text for text in log.warnings)


def test_closures_and_departures_stand_in_the_time_line(make, town):
    plan, _, _ = make(with_ways(town))
    kinds = {(event.kind, event.object_id) for event in plan.levels[1].events}
    assert {("closure", "south"), ("closure", "west")} <= kinds
    assert any(kind == "departure" for kind, _ in kinds)
    places = {event.object_id: event.x for event in plan.levels[1].events if event.kind == "closure"}
    assert all(x == x for x in places.values())


def test_the_plan_is_the_same_whatever_the_order_of_rows(make, town):
    straight, _, _ = make(with_ways(town))
    for seed in range(3):
        mixed, _, _ = make(with_ways(town, random.Random(seed)), f"mixed{seed}")
        assert mixed.id == straight.id


def test_a_pump_goes_to_the_closed_road(make, town):
    pumps = memory_layer(
        "None",
        [(None, ("pump", "P", 4, 0.3))],
        ("kind:string", "name:string", "count:integer", "rate_m3s:double"),
        "pumps",
    )
    plan, _, log = make(with_ways(town) | {"MEASURES": pumps})
    assert sorted(item.place for item in plan.levels[1].measures) == ["东路", "南路", "西路"]
    assert any(text.endswith("1 pumps and barriers find no use.") for text in log.warnings)


def test_a_building_without_a_place_is_listed(make, town):
    layer = risk_layer("risk red", RED_CLASSES, "run-r")
    rows = memory_layer(
        "Polygon", [(None, ("lost", "Lost", "residential", 4, 1.0, 5.0, 7, "x", "run-r"))], RISK_FIELDS, "x"
    )
    layer.dataProvider().addFeatures(list(rows.getFeatures()))
    plan, found, _ = make(with_ways(town) | {"BUILDING_RISK": [town["BUILDING_RISK"][0], layer]})
    assert found["PEOPLE_UNPLACED"] == 17
    assert [(row.block, row.reason) for row in plan.levels[1].evacuation.unplaced][-1] == (
        "lost",
        "no place on the map",
    )


def test_without_shelters_everybody_is_listed(make, town):
    parameters = {name: value for name, value in with_ways(town).items() if name != "SHELTERS"}
    plan, found, log = make(parameters)
    assert (found["PEOPLE_UNPLACED"], found["ROADS_CLOSED"]) == (70, 3)
    assert plan.levels[1].evacuation.unplaced[0].reason == "not given: SHELTERS"
    assert any("Without SHELTERS nobody is led to a shelter" in text for text in log.warnings)


def test_faults_of_roads_and_shelters(make, town):
    nowhere = memory_layer("LineString", ROADS, ROAD_FIELDS, "nowhere", "")
    with pytest.raises(QgsProcessingException, match="'nowhere' has no CRS"):
        make(with_ways(town) | {"ROADS": nowhere})
    empty = memory_layer("Point", [], SHELTER_FIELDS, "empty")
    with pytest.raises(QgsProcessingException, match="'empty' has no features"):
        make(with_ways(town) | {"SHELTERS": empty})
    full = memory_layer("Point", [(point(100, 40), ("N", "N", 0))], SHELTER_FIELDS, "full")
    with pytest.raises(QgsProcessingException, match="No shelter of the layer 'full' has a capacity above 0"):
        make(with_ways(town) | {"SHELTERS": full})
