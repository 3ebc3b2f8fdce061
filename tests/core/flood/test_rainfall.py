"""Design rainfall against the published depths, worked hyetographs, and properties of every pattern."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.rainfall import (
    Formula,
    Pattern,
    city_formula,
    design_storm,
    published_formula,
    read_formulas,
    unit_warning,
    validity_warning,
)
from twin_plugin.core.flood.rainfall_series import step_ends

TABLE = Path(__file__).parents[3] / "resources" / "tables" / "design_storms.csv"

OFFICIAL_DEPTHS = [
    ("west", 2, 5, 11.426),
    ("west", 5, 30, 55.182),
    ("west", 20, 60, 99.719),
    ("west", 100, 180, 220.739),
    ("central", 2, 5, 12.475),
    ("central", 10, 30, 58.706),
    ("central", 100, 60, 110.095),
    ("east", 5, 30, 50.807),
    ("east", 100, 120, 176.409),
    ("shenshan", 5, 30, 50.423),
    ("shenshan", 20, 120, 136.770),
]

WORKED_STEPS_MM = [
    2.955, 3.205, 3.513, 3.905, 4.422, 5.135, 6.188, 7.905, 11.200, 17.562, 14.106, 10.379,
    8.265, 6.909, 5.966, 5.273, 4.742, 4.321, 3.978, 3.695, 3.455, 3.250, 3.072, 2.917,
]  # fmt: skip


@pytest.fixture(scope="module")
def formulas():
    return read_formulas(TABLE)


@pytest.fixture
def central_50(formulas):
    return published_formula(formulas, "central", 50)


def test_table_has_four_zones_of_nine_periods(formulas):
    periods = {1, 2, 3, 5, 10, 20, 30, 50, 100}
    assert set(formulas) == {(zone, period) for zone in ("west", "central", "east", "shenshan") for period in periods}


def test_table_equals_the_published_one(formulas, shared_data):
    import csv

    with open(shared_data("rainfall/shenzhen_2024_single_period.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            formula = formulas[row["zone"], float(row["return_period_a"])]
            assert (formula.a, formula.b_min, formula.n) == (float(row["A"]), float(row["b"]), float(row["n"]))


@pytest.mark.parametrize(("zone", "period", "minutes", "depth_mm"), OFFICIAL_DEPTHS)
def test_official_depths(formulas, zone, period, minutes, depth_mm):
    assert float(published_formula(formulas, zone, period).depth_mm(minutes)) == pytest.approx(depth_mm, abs=0.001)


def test_depths_grow_with_duration_and_period(formulas):
    minutes = np.arange(0, 181, 1.0)
    for zone in ("west", "central", "east", "shenshan"):
        table = [formulas[zone, period].depth_mm(minutes) for period in (1, 2, 3, 5, 10, 20, 30, 50, 100)]
        assert (np.diff(table, axis=1) > 0).all()
        assert (np.diff([row[5:] for row in table], axis=0) > 0).all()


def test_chicago_equals_the_worked_example(central_50):
    storm = design_storm(central_50, 120, 5, Pattern.CHICAGO, 0.4)
    assert storm.total_mm == pytest.approx(146.027, abs=0.0005)
    np.testing.assert_allclose(storm.depth_mm, np.array(WORKED_STEPS_MM) * (1000 / 6) / 167, atol=0.001)
    assert int(np.argmax(storm.depth_mm)) == 9
    assert storm.end_min[9] == 50


@pytest.mark.parametrize("pattern", [Pattern.CHICAGO, Pattern.TRIANGULAR, Pattern.UNIFORM])
@pytest.mark.parametrize("ratio", [0.0, 0.25, 0.4, 1.0])
@pytest.mark.parametrize(("duration", "step"), [(120, 5), (120, 7), (180, 1), (5, 10), (60, 60), (100, 0.3)])
def test_every_pattern_keeps_the_total(central_50, pattern, ratio, duration, step):
    storm = design_storm(central_50, duration, step, pattern, ratio)
    assert storm.total_mm == pytest.approx(float(central_50.depth_mm(duration)), rel=1e-12)
    assert storm.duration_min == duration
    assert (storm.depth_mm >= 0).all()
    np.testing.assert_allclose(storm.step_min[:-1], step, rtol=1e-9)
    assert 0 < storm.step_min[-1] <= max(step, duration) + 1e-9


@pytest.mark.parametrize("pattern", [Pattern.CHICAGO, Pattern.TRIANGULAR])
@pytest.mark.parametrize("ratio", [0.0, 0.3, 0.4, 0.75, 1.0])
def test_peak_stands_at_the_ratio(central_50, pattern, ratio):
    storm = design_storm(central_50, 120, 1, pattern, ratio)
    peak = float(storm.end_min[np.argmax(storm.depth_mm)])
    assert peak - 1 <= ratio * 120 + 1e-9
    assert peak >= ratio * 120 - 1e-9


def test_chicago_holds_the_formula_depth_in_every_window_about_the_peak(central_50):
    # What the pattern is for: the heaviest window of any length has the depth of the formula.
    storm = design_storm(central_50, 120, 0.5, Pattern.CHICAGO, 0.4)
    for length in (10, 30, 60):
        window = storm.cumulative_mm(48 + 0.6 * length) - storm.cumulative_mm(48 - 0.4 * length)
        assert float(window) == pytest.approx(float(central_50.depth_mm(length)), abs=0.02)


def test_steps_do_not_change_the_storm(central_50):
    fine = design_storm(central_50, 120, 1).resampled(5)
    np.testing.assert_allclose(fine.depth_mm, design_storm(central_50, 120, 5).depth_mm, rtol=1e-9)


def test_mirrored_ratio_mirrors_the_storm(central_50):
    early, late = design_storm(central_50, 90, 5, peak_ratio=0.3), design_storm(central_50, 90, 5, peak_ratio=0.7)
    np.testing.assert_allclose(early.depth_mm, late.depth_mm[::-1], rtol=1e-9)


def test_last_step_may_be_shorter():
    np.testing.assert_allclose(step_ends(22, 5), [5, 10, 15, 20, 22])
    np.testing.assert_allclose(step_ends(0.3, 0.1), [0.1, 0.2, 0.3])


def test_city_formula_spellings_agree():
    plain = city_formula(8, 0.64, 10, a=1386 * 1.69)
    assert city_formula(8, 0.64, 10, a=1386, c=0.69).a == pytest.approx(plain.a)
    assert city_formula(8, 0.64, 10, a1=1386 / 167, c=0.69).a == pytest.approx(plain.a)
    assert city_formula(8, 0.64, 1, a=1386, c=0.69).a == pytest.approx(1386)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"b_min": 8, "n": 0.6, "return_period_a": 5}, "one of the two"),
        ({"b_min": 8, "n": 0.6, "return_period_a": 5, "a": 1.0, "a1": 1.0}, "one of the two"),
        ({"b_min": math.nan, "n": 0.6, "return_period_a": 5, "a": 1.0}, "needs B"),
        ({"b_min": 8, "n": 0.6, "return_period_a": 0, "a": 1.0, "c": 1}, "return period"),
        ({"b_min": 8, "n": 0.6, "return_period_a": 0.001, "a": 1.0, "c": 0.8}, "no rain"),
        ({"b_min": -1, "n": 0.6, "return_period_a": 5, "a": 1.0}, "B of"),
        ({"b_min": 8, "n": -0.6, "return_period_a": 5, "a": 1.0}, "N of"),
        ({"b_min": 0, "n": 1.1, "return_period_a": 5, "a": 1.0}, "N of"),
        ({"b_min": 8, "n": 0.6, "return_period_a": 5, "a": -3.0}, "A of"),
    ],
)
def test_city_formula_refuses(arguments, word):
    with pytest.raises(InputError, match=word):
        city_formula(**arguments)


def test_unpublished_period_names_those_there_are(formulas):
    with pytest.raises(InputError, match="1, 2, 3, 5, 10, 20, 30, 50, 100"):
        published_formula(formulas, "central", 25)
    with pytest.raises(InputError, match="north"):
        published_formula(formulas, "north", 5)


def test_shrinking_depth_is_refused(formulas):
    formula = published_formula(formulas, "west", 1)
    assert formula.longest_min == pytest.approx(33.494 / 0.016)
    with pytest.raises(InputError, match="2093 min"):
        design_storm(formula, 2200, 60)
    storm = design_storm(formula, 2000, 60)
    assert (storm.depth_mm >= 0).all()


@pytest.mark.parametrize(
    ("duration", "step", "ratio", "word"),
    [
        (0, 5, 0.4, "duration"),
        (-5, 5, 0.4, "duration"),
        (math.nan, 5, 0.4, "duration"),
        (60, 0, 0.4, "step"),
        (60, 5, 1.2, "peak ratio"),
        (60, 5, math.nan, "peak ratio"),
        (1e7, 1, 0.4, "longer step"),
    ],
)
def test_design_storm_refuses(central_50, duration, step, ratio, word):
    with pytest.raises(InputError, match=word):
        design_storm(central_50, duration, step, Pattern.CHICAGO, ratio)


def test_gauge_pattern_needs_a_gauge(central_50):
    with pytest.raises(InputError, match="gauge"):
        design_storm(central_50, 60, 5, Pattern.GAUGE)


def test_validity_range():
    assert validity_warning(5) == validity_warning(180) == ""
    assert "extrapolation" in validity_warning(240)
    assert "extrapolation" in validity_warning(4)


def test_missing_table_is_told(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        read_formulas(tmp_path / "none.csv")


def test_formula_without_b_starts_at_nothing():
    assert float(Formula(1000, 0, 0.5).depth_mm(0)) == 0
    assert design_storm(Formula(1000, 0, 0.5), 60, 5).total_mm == pytest.approx(1000 * 60**0.5 / 167)


@pytest.mark.parametrize(("period", "minutes"), [(1, 15), (1, 180), (100, 15), (100, 180)])
def test_an_a_in_mm_a_minute_is_found(period, minutes):
    """A1 = 8.3 mm/min and C = 0.69 are common; the units differ by 167."""
    a = 167 * 8.3 * (1 + 0.69 * math.log10(period))
    assert unit_warning(design_storm(Formula(a, 8, 0.65), minutes, 5)) == ""
    assert "A1" in unit_warning(design_storm(Formula(a / 167, 8, 0.65), minutes, 5))
    with pytest.raises(InputError, match="ever measured"):
        design_storm(Formula(a * 167, 8, 0.65), minutes, 5)


def test_every_published_storm_has_a_likely_amount():
    for formula in read_formulas(TABLE).values():
        for minutes in (15, 90):  # beyond b / (n - 1) minutes a formula with n above 1 is refused
            assert unit_warning(design_storm(formula, minutes, 5, Pattern.UNIFORM)) == ""
