"""The time line, sums by district, and who must leave."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.core.contingency.plans import closure, hit, level
from twin_plugin.core.contingency.evacuation import Route
from twin_plugin.core.contingency.hits import district_sums, to_move
from twin_plugin.core.contingency.levels import UseRules
from twin_plugin.core.contingency.timeline import AssetFailure, events_of, shown_from_to


def test_events_stand_in_the_order_of_time():
    part = level(closures=[closure("r2", 20.0, math.nan), closure("r1", 30.0, 90.0), closure("r3", math.nan, math.nan)])
    route = Route("7", "S1", (), (), 100.0, -60.0, -55.0, 18.0)
    part = replace(part, evacuation=replace(part.evacuation, routes=(route,)))
    failures = [AssetFailure("sub", "Substation", 25.0, 0, ()), AssetFailure("pump", "", 26.0, 1, ("sub",))]
    events = events_of(part, failures, 45.0, 180.0)
    assert [(event.minute, event.kind, event.object_id) for event in events] == [
        (-60.0, "warning", "red"),
        (-60.0, "action", ""),
        (18.0, "departure", "7"),
        (20.0, "closure", "r2"),
        (25.0, "failure", "sub"),
        (26.0, "failure", "pump"),
        (30.0, "measure", "Road r1"),
        (30.0, "closure", "r1"),
        (40.0, "entry", "b1"),
        (40.0, "entry", "b2"),
        (45.0, "peak", ""),
        (90.0, "opening", "r1"),
        (180.0, "end", ""),
    ]
    assert events[1].words.zh == "应急局：调集队伍"
    assert events[2].text == "Last safe departure of 30 people of House b1 to 学校 School"
    assert events[5].text == "pump fails without sub"


def test_who_never_must_hurry_leaves_when_told():
    part = level()
    route = Route("7", "S1", (), (), 100.0, -60.0, -55.0, math.inf)
    part = replace(part, evacuation=replace(part.evacuation, routes=(route,)))
    event = next(event for event in events_of(part) if event.kind == "departure")
    assert (event.minute, event.text) == (-60.0, "30 people of House b1 leave for 学校 School")


def test_how_long_an_event_is_shown():
    closes, leaves, enters = (
        next(event for event in events_of(replace(level(), evacuation=replace(level().evacuation, routes=(
            Route("7", "S1", (), (), 1.0, 0.0, 1.0, 18.0),)))) if event.kind == kind)
        for kind in ("closure", "departure", "entry")
    )  # fmt: skip
    assert shown_from_to(closes, 90.0, 180.0) == (30.0, 90.0)
    assert shown_from_to(closes, math.nan, 180.0) == (30.0, 180.0)
    assert shown_from_to(leaves, math.nan, 180.0) == (3.0, 18.0)
    assert shown_from_to(enters, math.nan, math.nan) == (40.0, 55.0)


HITS = (
    hit("a", 3, 10, district="North", use="residential", critical=False),
    hit("b", 1, 20, district="South"),
    hit("c", 4, 4286, district="South", use="metro station", critical=True),
    hit("d", 2, 7),
)


def test_sums_by_district_equal_the_sum_of_all():
    rows = {row.name: row for row in district_sums(HITS, (0.1, 0.2, 0.3, math.nan), "CNY")}
    assert list(rows) == ["North", "South", ""]
    assert (rows["South"].buildings, rows["South"].buildings_entered, rows["South"].critical) == (2, 1, 1)
    assert rows[""].people == sum(row.people for row in HITS)
    assert rows[""].damage == math.fsum([0.1, 0.2, 0.3])
    assert math.isnan(district_sums(HITS, [math.nan] * 4)[-1].damage)


@pytest.mark.parametrize(("least", "movers", "others"), [(3, ["a"], ["c"]), (1, ["a", "b", "d"], ["c"]), (5, [], [])])
def test_passengers_do_not_move_to_shelters(least, movers, others):
    found = to_move(HITS, least, UseRules(frozenset(), frozenset({"metro station"})))
    assert [[row.id for row in rows] for rows in found] == [movers, others]
