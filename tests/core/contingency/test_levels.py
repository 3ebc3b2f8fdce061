"""The editable tables of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.contingency import levels

TABLES = Path(__file__).parents[3] / "resources" / "tables"


@pytest.fixture
def shipped():
    return levels.read_levels(TABLES / "warning_levels.csv")


def test_shipped_thresholds_are_those_of_the_national_signals(shipped):
    by_id = {level.id: level for level in shipped}
    assert {key: (by_id[key].rain_mm, by_id[key].within_h) for key in ("blue", "yellow", "orange", "red")} == {
        "blue": (50, 12), "yellow": (50, 6), "orange": (50, 3), "red": (100, 3),
    }  # fmt: skip
    assert (by_id["yellow-2h"].rain_mm, by_id["yellow-2h"].within_h) == (30, 2)
    assert all(level.source and level.name.zh and level.response.zh for level in shipped)


def test_every_level_has_a_check_list_by_time(shipped):
    table = levels.read_actions(TABLES / "plan_actions.csv")
    for level in shipped:
        actions = levels.actions_of(level, table)
        assert actions
        assert [action.at_min for action in actions] == sorted(action.at_min for action in actions)
        assert min(action.at_min for action in actions) == -level.lead_time_min
        assert all(action.level == level.id and action.what.zh and action.who.zh for action in actions)


def test_levels_are_chosen_by_id_or_name(shipped):
    def ids(text, count):
        return [level.id for level in levels.choose_levels(text, shipped, count, "table")]

    assert ids("yellow; ORANGE，red", 3) == ["yellow", "orange", "red"]
    assert ids("暴雨黄色预警；Red rainstorm warning", 2) == ["yellow", "red"]
    assert ids("", 3) == ["yellow", "orange", "red"]
    assert ids("", 1) == ["red"]
    with pytest.raises(InputError, match="names 'purple'"):
        ids("purple", 1)
    with pytest.raises(InputError, match="names a level twice"):
        ids("red; red", 2)
    with pytest.raises(InputError, match="2 layers in BUILDING_RISK and 3 warning levels"):
        ids("yellow; orange; red", 2)


ROW = {
    "id": "a", "name_en": "A", "name_zh": "", "response_en": "", "response_zh": "", "colour": "#FF0000",
    "rain_mm": "20", "within_h": "1", "lead_time_min": "30",
}  # fmt: skip


def test_a_table_of_the_user_is_checked():
    made = levels.make_levels([ROW], "mine")[0]
    assert (made.name.zh, made.colour, made.rain_mm) == ("A", "#ff0000", 20.0)
    for change, sentence in (
        ({"colour": "red"}, "Row 1 of the table 'mine' needs an id"),
        ({"rain_mm": "-3"}, "no possible value in rain_mm: '-3'"),
        ({"lead_time_min": None}, "no possible value in lead_time_min"),
    ):
        with pytest.raises(InputError, match=sentence):
            levels.make_levels([ROW | change], "mine")
    with pytest.raises(InputError, match="needs an id that no other row has"):
        levels.make_levels([ROW, ROW], "mine")
    with pytest.raises(InputError, match="has no rows or no column rain_mm"):
        levels.make_levels([{key: value for key, value in ROW.items() if key != "rain_mm"}], "mine")
    with pytest.raises(InputError, match="has no rows"):
        levels.make_levels([], "mine")


def test_passengers_need_no_shelter_and_hospitals_are_critical():
    uses = levels.read_uses(TABLES / "plan_uses.csv")
    assert "metro station" in uses.without_shelter
    assert {"hospital", "school", "substation"} <= uses.critical
    assert "residential" not in uses.critical | uses.without_shelter


def test_needs_grow_with_people_and_are_whole():
    needs = {need.item.en: need.amount for need in levels.read_needs(TABLES / "plan_needs.csv")(30)}
    assert (needs["Water"], needs["Toilets"], needs["Floor space"]) == (450, 2, 105)
