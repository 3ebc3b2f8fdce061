"""Patterns of a day, alternating blocks and areal factors against published numbers and hand computation."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.areal_reduction import ArealMethod, areal_factor, range_warning
from twin_plugin.core.flood.mass_curves import MassCurve, mass_curve, read_mass_curves
from twin_plugin.core.flood.rainfall import Formula, Pattern
from twin_plugin.core.flood.storm_design import StormWish, make_storm, needs_formula

FORMULA = Formula(4367.217, 19.736, 0.621, "zone central, 50 years")

# Chow, Maidment, Mays 1988, Applied Hydrology, table 14.4.3: hour, types I, IA, II, III. The tables of TR-20 differ
# from it by up to 0.006 in type I after the peak.
CHOW = [
    (2, 0.035, 0.050, 0.022, 0.020), (4, 0.076, 0.116, 0.048, 0.043), (6, 0.125, 0.206, 0.080, 0.072),
    (8, 0.194, 0.425, 0.120, 0.115), (9, 0.254, 0.520, 0.147, 0.148), (10, 0.515, 0.577, 0.181, 0.189),
    (11, 0.624, 0.624, 0.235, 0.250), (11.5, 0.654, 0.645, 0.283, 0.298), (12, 0.682, 0.664, 0.663, 0.500),
    (12.5, 0.706, 0.683, 0.735, 0.702), (13, 0.727, 0.701, 0.772, 0.751), (14, 0.767, 0.736, 0.820, 0.811),
    (16, 0.830, 0.800, 0.880, 0.886), (20, 0.926, 0.906, 0.952, 0.957),
]  # fmt: skip


@pytest.fixture(scope="module")
def curves():
    from pathlib import Path

    import twin_plugin

    return read_mass_curves(Path(twin_plugin.__file__).parent / "resources" / "tables" / "mass_curves.csv")


def wish(pattern, duration_min=1440.0, step_min=30.0, **changes):
    return StormWish(pattern, duration_min, step_min, **{"formula": FORMULA, "of_table": True, **changes})


def test_the_curves_of_the_nrcs_are_those_of_the_handbook(curves):
    for hour, *shares in CHOW:
        found = [float(np.interp(hour / 24, curve.times, curve.fallen)) for curve in curves.values()]
        assert found == pytest.approx(shares, abs=0.0065)
        assert found[2:] == pytest.approx(shares[2:], abs=0.0025)
    assert list(curves) == ["scs1", "scs1a", "scs2", "scs3"]


@pytest.mark.parametrize("pattern", [Pattern.SCS1, Pattern.SCS1A, Pattern.SCS2, Pattern.SCS3])
@pytest.mark.parametrize("step_min", [5.0, 7.0, 60.0])
def test_a_day_s_pattern_has_the_depth_of_the_user_in_any_step(curves, pattern, step_min):
    made = make_storm(wish(pattern, step_min=step_min, depth_mm=320.0, curve=curves[pattern.value]))
    assert made.storm.total_mm == pytest.approx(320.0, rel=1e-12)
    assert made.storm.duration_min == 1440.0
    assert "320 mm in 1440 min" in made.notes[0]
    assert not made.warnings


def test_type_ii_has_its_peak_in_the_half_hour_before_noon(curves):
    storm = make_storm(wish(Pattern.SCS2, depth_mm=100.0, curve=curves["scs2"])).storm
    assert int(np.argmax(storm.depth_mm)) == 23  # 11:30 to 12:00
    assert storm.depth_mm[23] == pytest.approx(38.0, abs=1e-9)  # 0.663 - 0.283


def test_a_pattern_of_24_hours_needs_24_hours_and_a_depth(curves):
    with pytest.raises(InputError, match="enter 1440 in DURATION instead of 120"):
        make_storm(wish(Pattern.SCS2, 120.0, curve=curves["scs2"]))
    with pytest.raises(InputError, match="holds up to 180 min and says nothing of 1440 min"):
        make_storm(wish(Pattern.SCS2, curve=curves["scs2"]))
    own = make_storm(wish(Pattern.SCS2, curve=curves["scs2"], of_table=False))
    assert own.storm.total_mm == pytest.approx(float(FORMULA.depth_mm(1440.0)))
    assert any("extrapolation" in text for text in own.warnings)


def test_alternating_blocks_are_those_of_a_hand_computation():
    """Six blocks of 10 min: depths of 10, 20 … 60 min by H = a t / (t + b)^n / 167; the peak is the third."""
    storm = make_storm(wish(Pattern.ALTERNATING, 60.0, 10.0, peak_ratio=0.4)).storm
    depth = [0.0] + [4367.217 * t / (t + 19.736) ** 0.621 / 167.0 for t in range(10, 70, 10)]
    block = np.diff(depth)
    np.testing.assert_allclose(storm.depth_mm, block[[4, 2, 0, 1, 3, 5]], rtol=1e-12)


@pytest.mark.parametrize(("ratio", "peak"), [(0.0, 0), (0.5, 6), (1.0, 11)])
def test_every_window_around_the_peak_has_the_depth_of_its_duration(ratio, peak):
    storm = make_storm(wish(Pattern.ALTERNATING, 120.0, 10.0, peak_ratio=ratio)).storm
    assert int(np.argmax(storm.depth_mm)) == peak
    assert storm.total_mm == pytest.approx(float(FORMULA.depth_mm(120.0)))
    for blocks in range(1, 13):
        most = max(storm.depth_mm[n : n + blocks].sum() for n in range(13 - blocks))
        assert most == pytest.approx(float(FORMULA.depth_mm(10.0 * blocks)), rel=1e-12)


def test_a_day_of_alternating_blocks_joins_the_formula_to_the_depth_of_24_hours():
    made = make_storm(wish(Pattern.ALTERNATING, 1440.0, 15.0, depth_mm=420.0, peak_ratio=0.5))
    storm = made.storm
    assert storm.total_mm == pytest.approx(420.0, rel=1e-12)
    for blocks in (1, 2, 4, 12):  # up to 180 min: the formula
        most = max(storm.depth_mm[n : n + blocks].sum() for n in range(97 - blocks))
        assert most == pytest.approx(float(FORMULA.depth_mm(15.0 * blocks)), rel=1e-9)
    known = float(FORMULA.depth_mm(180.0))
    twelve_h = max(storm.depth_mm[n : n + 48].sum() for n in range(49))
    assert twelve_h == pytest.approx(known * 4.0 ** (np.log(420.0 / known) / np.log(8.0)), rel=1e-9)
    assert "power law" in made.notes[0]
    assert not made.warnings
    with pytest.raises(InputError, match="is not more than the"):
        make_storm(wish(Pattern.ALTERNATING, 1440.0, 15.0, depth_mm=100.0))
    with pytest.raises(InputError, match="choose a STEP that divides"):
        make_storm(wish(Pattern.ALTERNATING, 100.0, 15.0))


@pytest.mark.parametrize("pattern", [Pattern.CHICAGO, Pattern.TRIANGULAR, Pattern.UNIFORM])
def test_a_depth_scales_the_older_patterns(pattern):
    formula = FORMULA if needs_formula(pattern, 90.0) else None
    made = make_storm(wish(pattern, 120.0, 5.0, depth_mm=90.0, formula=formula))
    assert made.storm.total_mm == pytest.approx(90.0, rel=1e-12)
    without = make_storm(wish(pattern, 120.0, 5.0)).storm
    np.testing.assert_allclose(made.storm.depth_mm / 90.0, without.depth_mm / without.total_mm, atol=1e-12)


def test_the_shape_of_a_long_chicago_storm_is_said_to_be_an_extrapolation():
    made = make_storm(wish(Pattern.CHICAGO, 1440.0, 5.0, depth_mm=400.0))
    assert "alternating" in made.warnings[0]


@pytest.mark.parametrize(
    ("times", "values", "total"),
    [
        ((60, 120, 240), (0.2, 0.5, 0.3), False),
        ((60, 120, 240), (20, 50, 30), False),
        ((240, 60, 120), (1.0, 0.2, 0.7), True),
        ((0, 0.25, 0.5, 1), (0, 20, 70, 100), True),
    ],
)
def test_a_user_s_pattern_by_steps_or_cumulative_in_shares_or_percent(times, values, total):
    curve = mass_curve(times, values, total, "'pattern'")
    storm = make_storm(wish(Pattern.TABLE, 480.0, 120.0, depth_mm=100.0, curve=curve)).storm
    np.testing.assert_allclose(storm.depth_mm, [20.0, 50.0, 15.0, 15.0])


@pytest.mark.parametrize(
    ("times", "values", "total", "word"),
    [
        ((60, 120), (0.5, 0.2), False, "add up to 0.7"),
        ((60, 120), (0.7, 0.5), True, "fall"),
        ((60, 60), (0.5, 0.5), False, "more than once"),
        ((60, 120), (-0.5, 1.5), False, "from 0 up"),
        ((60, None), (0.5, 0.5), False, "each with a time"),
        ((0, 60), (0.5, 0.5), False, "rain at time 0"),
        ((60,), (1.0,), False, "two rows"),
        ((60, "x"), (0.5, 0.5), False, "not a number"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(times, values, total, word):
    with pytest.raises(InputError, match=word):
        mass_curve(times, values, total, "'pattern'")


def test_a_curve_rises_from_0_to_1():
    with pytest.raises(InputError, match="from 0 to 1"):
        MassCurve(np.array([0.0, 1.0]), np.array([0.0, 0.9]))


@pytest.mark.parametrize(
    ("area_km2", "hours", "factor"),
    # Flood Studies Report (1975), volume 2: areas by durations.
    [(10, 1, 0.91), (100, 1, 0.79), (100, 24, 0.94), (1000, 24, 0.89), (30, 6, 0.93), (1, 1, 0.96)],
)
def test_factors_of_the_uk_are_those_of_its_table(area_km2, hours, factor):
    assert areal_factor(ArealMethod.FEH, area_km2, 60.0 * hours) == pytest.approx(factor, abs=0.012)


@pytest.mark.parametrize(
    ("area_km2", "hours", "factor"),
    # a = 0.4 - 0.0208 ln(4.6 - ln A), 0.4 - 0.00382 (4.6 - ln A)² from 20 and 0.4 - 0.0208 ln(ln A - 4.6) from 500 km²
    # on; b = 0.0394 A^0.354, 0.0627 A^0.254 from 100 and 0.1050 A^0.180 from 1000 km² on: the handbook's table as the
    # R package UKFE has it.
    [(20, 1, 0.88622), (500, 12, 0.88468), (700, 6, 0.83424), (999.99, 1, 0.63753), (1000, 1, 0.63593)],
)
def test_factors_of_the_uk_are_those_of_another_program(area_km2, hours, factor):
    assert areal_factor(ArealMethod.FEH, area_km2, 60.0 * hours) == pytest.approx(factor, abs=2e-5)


def test_factors_of_the_us_by_hand():
    """100 square miles, 24 h: 1 - e^-2.4347 + e^-3.4347."""
    factor = areal_factor(ArealMethod.TP40, 258.9988, 1440.0)
    assert factor == pytest.approx(1 - np.exp(-1.1 * 24**0.25) * (1 - np.exp(-1.0)), abs=1e-9)
    assert factor == pytest.approx(0.9446, abs=1e-4)


@pytest.mark.parametrize("method", [ArealMethod.TP40, ArealMethod.FEH])
def test_a_factor_falls_with_the_area_and_grows_with_the_duration(method):
    areas = [areal_factor(method, area, 60.0) for area in (0.01, 1.0, 19.9, 20.1, 99.0, 101.0, 499.0, 501.0, 900.0)]
    assert all(a > b for a, b in pairwise(areas))
    assert 0.99 < areas[0] <= 1.0
    times = [areal_factor(method, 50.0, minutes) for minutes in (30.0, 60.0, 360.0, 1440.0)]
    assert times == sorted(times)


def test_factors_outside_their_curves_are_said_and_impossible_ones_refused():
    assert range_warning(ArealMethod.TP40, 100.0, 120.0) is None
    assert "extrapolation" in range_warning(ArealMethod.TP40, 100.0, 15.0)
    assert "extrapolation" in range_warning(ArealMethod.FEH, 40_000.0, 120.0)
    with pytest.raises(InputError, match="above 0 km²"):
        areal_factor(ArealMethod.FEH, 0.0, 60.0)
