"""Gaps between structures and prisms, against boxes computed by hand and solids cut into thin slices."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from twin_plugin.core.rail.alignments import Piece, levels_along
from twin_plugin.core.rail.conflicts import Body, find_conflicts, meet
from twin_plugin.core.rail.kinds import Kind

TUNNEL = Kind("underground", (), 50.0, 12.0, 1.0, 5.0, 900.0)
"""12 m wide, from 1 m below to 5 m above the rail."""


def piece(xy, start_m=-10.0, end_m=None, kind=TUNNEL, line="L", option="A"):
    shape = shapely.LineString(xy)
    levels = levels_along(shape, start_m, start_m if end_m is None else end_m)
    return Piece(f"{option}-1", line, option, "planned", kind, shape, levels, math.nan)


def box(x0, y0, x1, y1, bottom_m, top_m, name="b"):
    return Body(name, name, "basement", shapely.box(x0, y0, x1, y1), bottom_m, top_m)


LEVEL = piece([(0, 0), (200, 0)])
"""Its structure is the box x 0 to 200, y -6 to 6, z -11 to -5."""


@pytest.mark.parametrize(
    ("body", "relation", "horizontal_m", "vertical_m"),
    [
        (box(50, -20, 70, 20, -8, 3), "clash", 0, -3),  # bottom 3 m below the crown
        (box(50, -20, 70, 20, -5, 3), "over", 0, 0),  # touches the crown
        (box(50, -20, 70, 20, -4, 3), "over", 0, 1),
        (box(50, -20, 70, 20, -30, -14), "under", 0, 3),
        (box(50, -20, 70, 20, -30, -11), "under", 0, 0),  # touches the invert
        (box(50, -20, 70, 20, -30, -10), "clash", 0, -1),
        (box(50, -20, 70, 20, -9, -8), "clash", 0, -3),  # inside: 3 m to leave it upwards
        (box(50, 6, 70, 20, -8, 3), "beside", 0, -3),  # touches the wall
        (box(50, 16, 70, 20, -8, 3), "beside", 10, -3),
        (box(50, 16, 70, 20, 2, 3), "beside", 10, 7),
        (box(203, -2, 210, 2, -8, 3), "beside", 3, math.nan),  # beyond the end
        (box(50, -20, 70, 20, math.nan, 3), "unknown", 0, math.nan),
    ],
)
def test_level_boxes_by_hand(body, relation, horizontal_m, vertical_m):
    found = meet(LEVEL, body)
    assert found.relation == relation
    assert found.horizontal_m == pytest.approx(horizontal_m, abs=1e-9)
    assert found.vertical_m == pytest.approx(vertical_m, abs=1e-9, nan_ok=True)


def test_overlap_in_plan_is_exact():
    assert meet(LEVEL, box(50, -2, 70, 20, -8, 3)).overlap_m2 == pytest.approx(20 * 8)
    assert meet(LEVEL, box(50, -20, 70, 20, -8, 3)).overlap_m2 == pytest.approx(20 * 12)


def test_a_slope_clashes_only_where_it_is_high_enough():
    """The crown rises from -5 to +15 over 200 m: under a bottom of 0 m it passes until x = 50."""
    rising = piece([(0, 0), (200, 0)], -10.0, 10.0)
    assert meet(rising, box(0, -20, 49, 20, 0, 3)).vertical_m == pytest.approx(0.1)
    assert meet(rising, box(0, -20, 51, 20, 0, 3)).relation == "clash"
    # On the way it leaves the body upwards: the invert passes the top of 3 m at x = 140.
    assert meet(rising, box(141, -20, 150, 20, 0, 3)).relation == "under"
    assert meet(rising, box(139, -20, 150, 20, 0, 3)).vertical_m == pytest.approx(-0.1)


def test_what_lies_beyond_the_zone_is_left_out():
    bodies = [box(50, 57, 70, 60, -8, 3, "far"), box(50, 55, 70, 60, -8, 3, "near")]
    assert [found.body.id for found in find_conflicts([LEVEL], bodies)] == ["near"]


def test_lines_that_cross_meet_each_other_and_options_of_one_line_do_not():
    across = piece([(100, -100), (100, 100)], -17.0, line="M", option="M")  # crown -12: 1 m below
    other = piece([(100, -100), (100, 100)], -10.0, option="B")
    [one, two] = find_conflicts([LEVEL, across], [])
    assert (one.piece.option, one.body.kind, one.relation, one.vertical_m) == ("A", "line", "under", 1.0)
    assert (two.relation, two.vertical_m) == ("over", 1.0)
    assert list(find_conflicts([LEVEL, other], [])) == []


def test_a_corner_is_part_of_the_structure():
    bent = piece([(0, 0), (100, 0), (100, 100)])
    corner = box(103, -5, 105, -3, -8, 3)  # outside both segments' strips, inside the disc about the corner
    assert meet(bent, corner).relation == "clash"


def test_random_prisms_equal_solids_cut_into_slices():
    """The structure as 4,000 boxes across the line, each with its own level: the least gap is that of the prisms."""
    random = np.random.default_rng(5)
    states = set()
    for _ in range(60):
        start, end = random.uniform(-20, 0, 2)
        line = piece([(0, 0), (300, 0)], start, end)
        x, y = random.uniform(0, 250), random.uniform(-20, 5)
        shape = shapely.Polygon(np.column_stack((x + random.uniform(5, 45, 3), y + random.uniform(0, 20, 3))))
        bottom = random.uniform(-25, 0)
        body = Body("b", "b", "works", shape, bottom, bottom + random.uniform(1, 6))
        found = meet(line, body)
        states.add(found.relation)
        if found.relation == "beside":
            assert found.horizontal_m == pytest.approx(shapely.distance(shapely.box(0, -6, 300, 6), shape), abs=1e-9)
            continue
        edges = np.linspace(0, 300, 4001)
        slices = shapely.box(edges[:-1], -6, edges[1:], 6)
        meets = shapely.intersects(slices, shape)
        rail = start + (end - start) * (edges[:-1][meets] + 0.0375) / 300
        gaps = np.maximum(body.bottom_m - rail - 5.0, rail - 1.0 - body.top_m)
        assert found.vertical_m == pytest.approx(gaps.min(), abs=0.02)
    assert {"clash", "over", "under", "beside"} <= states
