"""The table of an ensemble: columns known and unknown, names, numbers, many rows."""

from __future__ import annotations

import math

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.ensemble.measure_table import run_row
from twin_plugin.core.flood.ensemble.run_table import MOST_RUNS, RunRow, read_runs

PARAMETERS = ("RAIN", "RAIN_MM", "LEVEL_SOUTH_M", "DURATION_MIN", "ROUGHNESS")


def read(names, *rows):
    return read_runs(names, rows, PARAMETERS)


def test_columns_in_any_case_and_empty_cells_keep_the_common_value():
    first, second = read(
        ["Name", "rain_mm", "LEVEL_SOUTH_M", "measure", "cost", "return_period_a"],
        ["nothing", 50.0, None, "", None, 50],
        [" tank 蓄水池 ", "30.5", 2.0, "tank", 1.5e6, 100.0],
    )
    assert first.values == {"RAIN_MM": "50"}
    assert (first.measure, math.isnan(first.cost), first.return_period_a) == ("", True, 50.0)
    assert second.name == "tank 蓄水池"
    assert second.values == {"RAIN_MM": "30.5", "LEVEL_SOUTH_M": "2"}
    assert second.cost == 1.5e6


def test_a_design_storm_is_made_where_its_zone_is_given():
    with_storm, without = read(
        ["name", "zone", "return_period_a", "storm_duration_min", "DURATION_MIN"],
        ["a", "central", 50, 120, 240],
        ["b", None, 20, None, None],
    )
    assert with_storm.storm == {"ZONE": "central", "RETURN_PERIOD": "50", "DURATION": "120"}
    assert with_storm.values == {"DURATION_MIN": "240"}
    assert without.storm == {}
    assert without.return_period_a == 20


@pytest.mark.parametrize(
    ("names", "rows", "words"),
    [
        (["name", "ROUGHNES"], [["a", 1]], "'ROUGHNES': do you mean 'ROUGHNESS'"),
        (["name", "qqqq"], [["a", 1]], "unknown column 'qqqq'. There are: name, measure"),
        (["RAIN_MM"], [[1]], "no column 'name'"),
        (["name", "rain_mm", "RAIN_MM"], [["a", 1, 2]], "'RAIN_MM' twice"),
        (["name"], [], "no rows"),
        (["name"], [["a"], [None]], "Row 2 of RUNS has no name"),
        (["name"], [["Run"], ["b"], ["run"]], "Rows 1 and 3 of RUNS have one name"),
        (["name"], [["a/b"]], "cannot be that of a folder"),
        (["name"], [[".."]], "cannot be that of a folder"),
        (["name"], [["CON"]], "cannot be that of a folder"),
        (["name"], [["inputs"]], "cannot be that of a folder"),
        (["name"], [["x" * 81]], "cannot be that of a folder"),
        (["name", "probability"], [["a", 1.2]], "from 0 to 1"),
        (["name", "probability"], [["a", "often"]], "'often' in the column probability"),
        (["name", "return_period_a"], [["a", 0]], "not above 0"),
        (["name", "baseline"], [["a", "b"]], "compared with 'b', which is no run"),
    ],
)
def test_what_is_wrong_is_one_sentence(names, rows, words):
    with pytest.raises(InputError) as caught:
        read(names, *rows)
    assert words in str(caught.value)


def test_many_rows_are_read_and_too_many_refused():
    assert len(read(["name"], *[[f"run {n}"] for n in range(500)])) == 500
    with pytest.raises(InputError, match="1,001 rows, more than 1,000"):
        read(["name"], *[[f"run {n}"] for n in range(MOST_RUNS + 1)])


def test_the_row_of_a_finished_run_keeps_its_return_period_and_figures():
    row = run_row(RunRow(1, "a", return_period_a=20.0), "ok", "", "f", {"wet_area_m2": 5.0, "doors": {"x": 2, "y": 1}})
    assert (row["return_period_a"], row["wet_area_m2"], row["doors_reached"], row["max_depth_m"]) == (
        20.0,
        5.0,
        3,
        None,
    )
