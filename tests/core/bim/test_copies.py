"""Buildings that several models hold at the same place are reported; the same template at two places is not."""

from __future__ import annotations

import math

import pytest

from twin_plugin.core.bim.copies import NEAR_DEG, StandingBuilding, copies, copies_message

GUID = "2O2Fr$t4X7Zf8NOew3FLOH"


def building(model: str, x: float, y: float = 0.0, guid: str = GUID) -> StandingBuilding:
    return StandingBuilding(model, f"{model}/{guid}", "Tower", x, y)


def test_copies_name_each_other_and_are_counted_in_one_sentence():
    found = copies([building("b/house.ifc", 500.0), building("a/house.ifc", 500.2), building("c.ifc", 900.0)])
    assert {model: warning.values["other"] for model, warning in found.items()} == {
        "a/house.ifc": "b/house.ifc",
        "b/house.ifc": "a/house.ifc",
    }
    (message,) = copies_message(found)
    assert message.startswith("2 models hold buildings that another one holds too")


@pytest.mark.parametrize(
    "others",
    [
        [building("b.ifc", 502.0)],
        [building("b.ifc", 500.0, guid="another")],
        [building("a.ifc", 500.0, guid=f"{GUID}~2")],
        [building("b.ifc", math.nan, math.nan)],
        [],
    ],
    ids=["elsewhere", "another building", "one model", "without a place", "alone"],
)
def test_what_is_no_copy(others):
    found = copies([building("a.ifc", 500.0), *others])
    assert found == {}
    assert copies_message(found) == []


def test_in_degrees_the_same_place_is_a_metre_too():
    assert set(copies([building("a.ifc", 114.0), building("b.ifc", 114.000005)], NEAR_DEG)) == {"a.ifc", "b.ifc"}
    assert copies([building("a.ifc", 114.0), building("b.ifc", 114.01)], NEAR_DEG) == {}


def test_copies_without_a_place_are_copies():
    assert set(copies([building(model, math.nan, math.nan) for model in ("a.ifc", "b.ifc")])) == {"a.ifc", "b.ifc"}


def test_the_order_of_the_buildings_says_nothing():
    some = [building("a.ifc", 1.0), building("b.ifc", 1.0), building("c.ifc", 1.5), building("d.ifc", 50.0)]
    assert copies(some) == copies(some[::-1])
    assert set(copies(some)) == {"a.ifc", "b.ifc", "c.ifc"}
