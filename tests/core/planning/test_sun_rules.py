"""The table of rules of sunlight."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from tests.core.planning.sunlight_cases import RULES, TABLE
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.sun_position import SunDay
from twin_plugin.core.planning.sun_rules import read_rules


def changed(tmp_path, **values):
    """The table with its first row changed."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    rows[0] |= values
    path = tmp_path / "我的 规则.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_what_ships():
    cold, solstice = RULES["great_cold_3h"], RULES["solstice_1h"]
    assert (cold.month, cold.day, cold.start_h, cold.end_h, cold.hours) == (1, 20, 8, 16, 3)
    assert (solstice.month, solstice.day, solstice.start_h, solstice.end_h, solstice.hours) == (12, 21, 9, 15, 1)
    assert (RULES["beijing_great_cold"].least_min, RULES["beijing_solstice"].least_min) == (5, 30)
    assert RULES["beijing_solstice"].wall_angle_deg == 12
    assert RULES["hangzhou_dwellings"].spells == 2
    assert RULES["full_window_great_cold"].whole_window
    assert all(rule.source and rule.titles["zh"] != rule.titles["en"] for rule in RULES.values())
    assert all(rule.sill_m == 0.9 and 1 <= rule.step_min <= 5 for rule in RULES.values())
    assert cold.on(2001) == date(2001, 1, 20)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_h": "16", "end_h": "16"}, "its band is empty"),
        ({"start_h": "16", "end_h": "8"}, "its band is empty"),
        ({"time": "clock"}, "reviewed in true solar time"),
        ({"time": ""}, "reviewed in true solar time"),
        ({"hours": "9"}, "hours is '9': it must be a number from 0 to 8"),
        ({"hours": "nan"}, "hours is 'nan'"),
        ({"least_min": "five"}, "least_min is 'five'"),
        ({"spells": "0"}, "spells is '0'"),
        ({"spells": "longest"}, "the number of the longest ones"),
        ({"point": "door"}, "sill or window"),
        ({"month": "2", "day": "30"}, "no day 30 in month 2"),
        ({"month": "13"}, "month is '13'"),
        ({"rule": ""}, "no id"),
        ({"rule": "great_cold_3h"}, "there twice"),
        ({"wall_angle_deg": "90"}, "wall_angle_deg"),
    ],
)
def test_rules_that_cannot_be(tmp_path, values, sentence):
    with pytest.raises(InputError, match=sentence):
        read_rules(changed(tmp_path, **values))


def test_no_table(tmp_path):
    with pytest.raises(InputError, match="rules of sunlight"):
        read_rules(tmp_path / "absent.csv")
    empty = tmp_path / "empty.csv"
    empty.write_text("rule,hours\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no rows"):
        read_rules(empty)


def test_a_band_in_clock_time_is_noticed(tmp_path):
    sun = SunDay(date(2001, 1, 20), 22.55, 114.06)
    rules = read_rules(changed(tmp_path, start_h="8.578", end_h="16.578"))
    (note,) = rules["great_cold_2h"].notes(sun, 8.0)
    assert "as if it were in clock time" in note
    assert "09:09:2" in note
    assert not RULES["great_cold_2h"].notes(sun, 8.0)
