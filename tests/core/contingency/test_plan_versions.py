"""Versions of a plan, and what two plans say differently."""

from __future__ import annotations

from dataclasses import replace

from tests.core.contingency.plans import RED, YELLOW, closure, hit, level, plan
from twin_plugin.core.contingency.plan_file import parse_plan, plan_text
from twin_plugin.core.contingency.plan_versions import compare_plans, versioned


def test_versions_count_up_and_the_same_plan_stays_its_version():
    first = versioned(plan(), None)
    assert (first.version, first.previous) == (1, "")
    second = versioned(plan(title="other"), first)
    assert (second.version, second.previous) == (2, first.id)
    again = versioned(replace(plan(title="other"), created="later"), second)
    assert (again.id, again.version, again.previous) == (second.id, 2, first.id)


def test_a_plan_does_not_differ_from_itself_read_again():
    made = plan()
    assert compare_plans(made, parse_plan(plan_text(made), "p")) == ()


def found(before, after):
    return {
        (c.level, c.kind, c.object_id, c.change): (str(c.before), str(c.after)) for c in compare_plans(before, after)
    }


def test_what_differs_is_named():
    before = plan(level(hits=[hit("b1"), hit("b2")], closures=[closure("r1"), closure("r2")]))
    after = plan(
        level(hits=[hit("b1", people=11), hit("b3")], closures=[closure("r1", 30.2), closure("r2", 25.0)], people=45)
    )
    told = found(before, after)
    assert ("red", "building", "b2", "removed") in told
    assert ("red", "building", "b3", "added") in told
    assert told["red", "building", "b1", "changed"][1].startswith("class 3, 11 people")
    assert ("red", "closure", "r1", "changed") not in told  # 12 seconds
    assert told["red", "closure", "r2", "changed"] == (
        "closed from 30 min to 90 min, 0.45 m deep",
        "closed from 25 min to 90 min, 0.45 m deep",
    )
    assert told["red", "unplaced", "7", "changed"][1] == "15 people without a place: the shelters are full"


def test_levels_that_come_and_go():
    told = found(plan(level(YELLOW)), plan(level(RED)))
    assert {(name, change) for name, kind, _, change in told if kind == "level"} == {
        ("yellow", "removed"),
        ("red", "added"),
    }
    assert len(told) == 2
