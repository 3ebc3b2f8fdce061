"""Water through and along lines: what must hold for any field, and fields whose discharge is known."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.flood.analysis.cross_section import CrossSection, volumes_m3
from twin_plugin.core.flood.analysis.line_cells import cut_at_cells

CELLS = Cells(0.0, 40.0, 2.0, 2.0, 20, 30)
ALL = np.arange(CELLS.size)


def section(vertices, cells=ALL):
    return CrossSection(cut_at_cells([np.asarray(vertices, float)], CELLS), cells)


def even(depth_m, east_ms, north_ms):
    return tuple(np.full(CELLS.size, value) for value in (depth_m, east_ms, north_ms))


@pytest.mark.parametrize("end", [(50.0, 30.0), (10.3, 39.0), (3.0, 7.7), (25.0, 10.0), (10.0, 25.0)])
def test_an_even_flow_is_depth_times_speed_times_the_width_across_it(end):
    start, depth, east, north = (10.0, 10.0), 0.4, 1.5, -0.5
    got = section([start, end]).through(*even(depth, east, north))
    dx, dy = end[0] - start[0], end[1] - start[1]
    assert got.discharge_m3s == pytest.approx(depth * (east * dy - north * dx))
    assert got.wet_width_m == pytest.approx(np.hypot(dx, dy))
    assert got.wet_area_m2 == pytest.approx(depth * np.hypot(dx, dy))
    assert got.velocity_ms == pytest.approx(got.discharge_m3s / got.wet_area_m2)


def test_through_a_closed_line_in_an_even_flow_nothing_remains():
    ring = shapely.get_coordinates(shapely.Point(30, 20).buffer(13.37).exterior)
    assert section(ring).through(*even(0.7, 2.0, 1.0)).discharge_m3s == pytest.approx(0.0, abs=1e-9)


def test_out_of_a_source_comes_the_same_through_any_line_around_it():
    """q = r / (2 pi |r|²) has the discharge 1 through each closed line around the source."""
    x, y = CELLS.centres(ALL)
    x, y = x - 30.3, y - 20.2
    distance2 = x**2 + y**2
    flow = (np.ones(CELLS.size), x / (2 * np.pi * distance2), y / (2 * np.pi * distance2))
    for ring in (shapely.box(15, 5, 45, 35), shapely.box(13, 9, 50, 37), shapely.Point(30, 20).buffer(15)):
        line = shapely.get_coordinates(shapely.geometry.polygon.orient(ring, 1.0).exterior)
        assert section(line).through(*flow).discharge_m3s == pytest.approx(1.0, rel=0.01)


def test_the_other_way_round_is_the_negative():
    dice = np.random.default_rng(3)
    flow = (dice.uniform(0, 1, CELLS.size), *dice.normal(size=(2, CELLS.size)))
    for vertices in (dice.uniform(2, 38, (6, 2)), [(4.0, 2.0), (4.0, 30.0)]):
        there, back = section(vertices).through(*flow), section(vertices[::-1]).through(*flow)
        assert there.discharge_m3s == pytest.approx(-back.discharge_m3s)
        assert there.wet_area_m2 == pytest.approx(back.wet_area_m2)


def test_on_an_edge_the_two_sides_count_half_and_a_wall_nothing():
    line = [(4.0, 10.0), (4.0, 12.0)]
    depth, east, north = even(1.0, 1.0, 0.0)
    depth[ALL % 30 == 2] = 3.0  # the column on the right of the line
    assert section(line).through(depth, east, north).discharge_m3s == pytest.approx(2.0 * (0.5 * 1.0 + 0.5 * 3.0))
    there = ALL[ALL % 30 != 2]
    walled = section(line, there)
    assert walled.through(depth[there], east[there], north[there]).discharge_m3s == pytest.approx(2.0 * 0.5)
    assert walled.along(depth[there]).tolist() == [1.0]


def test_the_length_along_a_border_is_known():
    whole = [(60.0, 0.0), (60.0, 40.0)]  # the eastern border
    assert section(whole).border_m == pytest.approx(40.0)
    assert section([(58.0, 0.0), (58.0, 40.0)]).border_m == 0.0
    assert section([(59.0, 0.0), (59.0, 40.0)]).border_m == 0.0
    assert section([(70.0, 0.0), (70.0, 40.0)]).border_m == 0.0


def test_gaps_have_no_water():
    there = ALL[(ALL % 30 < 4) | (ALL % 30 > 7)]
    crossed = section([(2.0, 9.0), (30.0, 9.0)], there)
    depth, east, north = (values[there] for values in even(0.5, 0.0, 1.0))
    assert crossed.gap_m == pytest.approx(8.0)
    assert crossed.through(depth, east, north).discharge_m3s == pytest.approx(-0.5 * 20.0)
    assert np.isnan(crossed.along(depth)).sum() == 4
    nothing = section([(2.0, 9.0), (30.0, 9.0)], ALL[:0])
    assert np.isnan(nothing.through(*(np.zeros(0),) * 3).velocity_ms)


def test_films_count_as_area_but_not_as_width():
    got = section([(2.0, 9.0), (12.0, 9.0)]).through(*even(0.004, 0.0, 0.0))
    assert (got.wet_width_m, got.wet_area_m2) == (0.0, pytest.approx(0.04))


def test_volumes():
    got = volumes_m3(np.array([0.0, 1.0, 3.0]), np.array([0.0, 2.0, 1.0]))
    assert got.tolist() == [0.0, 60.0, 60.0 + 180.0]
    assert volumes_m3(np.zeros(1), np.ones(1)).tolist() == [0.0]
    assert volumes_m3(np.zeros(0), np.zeros(0)).tolist() == []
