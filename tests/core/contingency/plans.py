"""Plans for tests, small enough to follow by hand."""

from __future__ import annotations

from twin_plugin.core.common.messages import Message
from twin_plugin.core.common.words import Words
from twin_plugin.core.contingency.evacuation import Block, Evacuation, Placement, Shelter, Unplaced
from twin_plugin.core.contingency.plan import (
    Action,
    BuildingHit,
    Closure,
    LevelPlan,
    MeasurePlaced,
    Plan,
    Source,
    WarningLevel,
)

NAN = float("nan")
YELLOW = WarningLevel("yellow", Words("Yellow", "黄色"), Words("IV", "四级"), "#f2c500", 50, 6, 120, "test")
RED = WarningLevel("red", Words("Red", "红色"), Words("I", "一级"), "#c51b1b", 100, 3, 60, "test")


def hit(name, risk=3, people=10, depth=0.5, entered=40.0, use="residential", critical=False, district="", x=0.0, y=0.0):
    return BuildingHit(name, f"House {name}", use, risk, depth, entered, people, critical, district, "in water", x, y)


def closure(name, closes=30.0, opens=90.0, depth=0.45, x=0.0, y=0.0):
    return Closure(name, f"Road {name}", "street", closes, opens, depth, 88.0, x, y)


def level(of=RED, hits=None, closures=None, people=40):
    """A level with two buildings, a road, a shelter with water and one that takes most of a block."""
    hits = (hit("b1"), hit("b2", 2, 5)) if hits is None else tuple(hits)
    closures = (closure("r1"),) if closures is None else tuple(closures)
    run = Evacuation(
        (Block("7", "House b1", 7, people, ("b1",), 1.0, 2.0),),
        (
            Shelter("S1", "学校 School", 3, 30, 5.0, 6.0),
            Shelter("S2", "Hall", 4, 50, 7.0, 8.0, Message("{depth:.2f} m of water", depth=0.4)),
        ),
        (Placement("7", "S1", 30),),
        (),
        (Unplaced("7", people - 30, Message("the shelters are full")),),
    )
    actions = (Action(Words("Call the teams", "调集队伍"), Words("Office", "应急局"), -60.0, of.id),)
    measures = (MeasurePlaced("pump", "P1", "Road r1", 30.0, Message("deepest"), 0.0, 0.0),)
    return LevelPlan(of, f"run-{of.id}", "", 146.0, (), hits, closures, run, measures, actions)


def plan(*levels, title="Plan 预案"):
    return Plan(
        id="",
        title=title,
        district="Houhai",
        author="me",
        crs="EPSG:4547",
        created="2026-01-02T00:00:00Z",
        previous="",
        levels=levels or (level(YELLOW), level()),
        sources=(Source("ROADS", "roads", "", "2026-01-01T00:00:00Z", "abc", 3),),
        settings={"EVACUATE_FROM": "3"},
        warnings=(Message("{n} buildings without people", n=3),),
    )
