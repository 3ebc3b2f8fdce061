"""Pumps and barriers go where the stated rule says."""

from __future__ import annotations

import random

from tests.core.contingency.plans import closure, hit
from twin_plugin.core.contingency.measures import Measure, RankedOpening, kind_of, place_measures

ROADS = (closure("deep", depth=0.9, x=1000.0), closure("people", x=2000.0), closure("hospital", depth=0.31, x=3000.0))
HITS = (
    hit("h1", people=500, x=2050.0),
    hit("h2", people=5, critical=True, depth=0.2, x=3050.0),
    hit("h3", people=900, depth=1.4, x=9000.0),
    hit("h4", risk=1, people=5000, x=9000.0),
)


def test_pumps_go_to_critical_buildings_then_people_then_depth():
    placed, left = place_measures([Measure("pump", "P", 0.3, 2)], ROADS, HITS)
    assert [item.place for item in placed] == ["Road hospital", "Road people"]
    assert left == 0
    assert placed[1].reason == "0.45 m of water; 0 critical buildings and 500 people in water within 150 m"
    placed, left = place_measures([Measure("pump", "P", 0.3, 5)], ROADS, HITS)
    assert [item.place for item in placed][2] == "Road deep"
    assert left == 2


def test_the_strongest_pump_goes_to_the_first_road():
    placed, _ = place_measures([Measure("pump", "weak", 0.1, 1), Measure("pump", "strong", 0.5, 1)], ROADS, HITS)
    assert [item.name for item in placed] == ["strong", "weak"]


def test_barriers_that_are_too_low_are_kept_for_shallow_water():
    low, high = Measure("barrier", "low", 0.3, 1), Measure("barrier", "high", 1.5, 1)
    placed, left = place_measures([low, high], (), HITS)
    assert [(item.name, item.place) for item in placed] == [("low", "House h2"), ("high", "House h3")]
    assert left == 0
    placed, left = place_measures([low, low], (), HITS)
    assert ([item.place for item in placed], left) == (["House h2"], 1)


def test_barriers_follow_a_ranking_of_openings():
    openings = [RankedOpening("o2", "ramp", 2, 0.2, 20.0, 1.0, 1.0), RankedOpening("o1", "", 1, 0.2, 10.0, 2.0, 2.0)]
    placed, _ = place_measures([Measure("barrier", "B", 0.6, 2)], (), HITS, openings=openings)
    assert [item.place for item in placed] == ["o1", "ramp"]


def test_the_order_of_rows_does_not_matter():
    measures = [Measure("pump", "a", 0.1, 1), Measure("pump", "b", 0.1, 1), Measure("barrier", "c", 2.0, 1)]
    expected = place_measures(measures, ROADS, HITS)
    shuffled = random.Random(1)
    for _ in range(10):
        mixed = [shuffled.sample(list(rows), len(rows)) for rows in (measures, ROADS, HITS)]
        assert place_measures(*mixed) == expected


def test_kinds_in_chinese():
    assert [kind_of(word) for word in ("Pump", "移动泵", "挡水板", "sandbag")] == ["pump", "pump", "barrier", ""]
