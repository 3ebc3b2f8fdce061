"""Damage curves of the user: metres and feet, what lies below the first point, structures and contents."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.below_first import BelowFirst
from twin_plugin.core.risk.curves import FOOT_M, make_curves

FEET = ((-4, 0.07), (-1, 0.11), (0, 0.17), (1, 0.21), (24, 0.8))
"""A house with a basement as in HAZUS: 7 % at -4 ft."""


def rows(points, column="depth_m", factor=1.0, **more):
    return [{"sector": "residential", column: d * factor, "damage_fraction": f, **more} for d, f in points]


def at(curves, *depths_m, content=False):
    return curves.fraction("residential", np.array(depths_m, float), content).tolist()


def test_feet_by_the_name_of_the_column_or_by_choice_equal_metres():
    metres = make_curves(rows(FEET, factor=FOOT_M))
    for feet in (make_curves(rows(FEET, "depth_ft")), make_curves(rows(FEET, "Depth"), unit="ft")):
        np.testing.assert_allclose(feet.curves["residential"], metres.curves["residential"])
        assert feet.column == "depth_ft"
    assert at(metres, -4 * FOOT_M, -2.5 * FOOT_M, 0.5 * FOOT_M) == pytest.approx([0.07, 0.09, 0.19])


def test_the_first_point_counts_to_the_rounding_of_rasters():
    curves = make_curves(rows(FEET, "depth_ft"))
    level_m, floor_m = np.float32(2.7808), 4.0
    assert at(curves, float(level_m) - floor_m) == pytest.approx([0.07])
    assert at(curves, -4 * FOOT_M - 1e-3) == [0.0]


@pytest.mark.parametrize(
    ("begins", "below", "expected"),
    [
        (-4, BelowFirst.AUTO, [0.0, 0.07, 0.17]),
        (-4, BelowFirst.ZERO, [0.0, 0.07, 0.17]),
        (-4, BelowFirst.HOLD, [0.07, 0.07, 0.17]),
        (0, BelowFirst.AUTO, [0.0, 0.0, 0.0]),
        (0, BelowFirst.ZERO, [0.0, 0.0, 0.17]),
        (0, BelowFirst.HOLD, [0.17, 0.17, 0.17]),
    ],
)
def test_what_water_costs_below_the_first_point(begins, below, expected):
    points = [point for point in FEET if point[0] >= begins]
    curves = make_curves(rows(points, "depth_ft"), below=below)
    assert at(curves, -5 * FOOT_M, -4 * FOOT_M, 0.0) == pytest.approx(expected)


def test_a_first_point_above_the_floor_is_held_down_to_it_unless_zero_is_chosen():
    points = ((0.5, 0.2), (1.0, 0.4))
    assert at(make_curves(rows(points)), 0.0, 0.3, 0.75) == pytest.approx([0.0, 0.2, 0.3])
    assert at(make_curves(rows(points), below=BelowFirst.ZERO), 0.3) == [0.0]


def test_contents_have_curves_of_their_own_else_that_of_the_structure():
    both = rows(((0, 0), (1, 0.4)), component="structure") + rows(((0, 0), (1, 0.8)), component="Contents")
    curves = make_curves(both)
    assert at(curves, 0.5) == pytest.approx([0.2])
    assert at(curves, 0.5, content=True) == pytest.approx([0.4])
    assert at(make_curves(rows(((0, 0), (1, 0.4)))), 0.5, content=True) == pytest.approx([0.2])


@pytest.mark.parametrize(
    ("table", "unit", "word"),
    [
        (rows(FEET, "depth"), "", "says no unit"),
        (rows(FEET), "ft", "contradicts"),
        (rows(FEET, "depth_ft", depth_m=1.0), "", "several columns"),
        (rows(FEET, component="roof"), "", "structure or content"),
        ([], "", "no rows"),
        ([{"sector": "residential", "damage_fraction": 0.1}], "", "depth_m"),
    ],
)
def test_tables_with_faults_are_refused(table, unit, word):
    with pytest.raises(InputError, match=word):
        make_curves(table, unit=unit)
