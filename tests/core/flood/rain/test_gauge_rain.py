"""The rain of several gauges: areas, weights, gaps, and the account of water against independent sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.processes.spatial_rain import SpatialRain
from twin_plugin.core.flood.rain.gauge_rain import GaugeMethod, GaugeRain, nearest_gauges
from twin_plugin.core.flood.rain.rain_field import Ground
from twin_plugin.core.flood.schemes.array_layout import ArrayLayout
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import SCHEMES, simulate
from twin_plugin.core.flood.state import Start
from twin_plugin.core.flood.surface import Surface

ROWS, COLUMNS, CELL_M = 60, 80, 5.0
BED = Grid(np.zeros((ROWS, COLUMNS), np.float32), 1000.0, 5000.0, CELL_M)
X, Y = np.array([1030.0, 1290.0, 1180.0, 1500.0]), np.array([4950.0, 4900.0, 4730.0, 4650.0])
ENDS_S = 300.0 * np.arange(1, 5)
DEPTHS_MM = np.array([[1.0, 4.0, 0.0, 2.0], [3.1, 0.2, 7.7, 5.0], [2.0, 2.0, 2.0, 2.0], [0.1, 0.0, 0.3, 0.9]])
METHODS = list(GaugeMethod)


def gauges(method=GaugeMethod.THIESSEN, depths_mm=DEPTHS_MM, cells=BED.cells, x=X, y=Y, ends_s=ENDS_S) -> GaugeRain:
    return GaugeRain(cells, x, y, ends_s, np.asarray(depths_mm, float), method)


def run(process, duration_s=1200.0, bed=BED, buildings=None, buildings_as="raise", scheme="inertial", frames=None):
    surface = Surface(bed, 0.03, buildings, buildings_as)
    setup = FloodSetup(surface, RunOutput(duration_s, 300.0), (process,), numerics=Numerics(scheme))
    return simulate(setup, on_frame=frames)


def distances2(cells=BED.cells, x=X, y=Y) -> np.ndarray:
    columns, rows = cells.axes()
    return (columns[None, :, None] - x) ** 2 + (rows[:, None, None] - y) ** 2


def expected_mm(method: GaugeMethod, depths_mm=DEPTHS_MM) -> np.ndarray:
    """The storm's depth on each cell by the definitions of the methods, interval by interval."""
    total, away2 = np.zeros((ROWS, COLUMNS)), distances2()
    for depths in depths_mm:
        known = np.flatnonzero(~np.isnan(depths))
        if not known.size:
            continue
        near = away2[:, :, known]
        if method is GaugeMethod.THIESSEN:
            total += depths[known][near.argmin(2)]
        else:
            total += (depths[known] / near).sum(2) / (1.0 / near).sum(2)
    return total


def test_areas_of_gauges_are_those_of_voronoi():
    box = shapely.box(1000.0, 4700.0, 1400.0, 5000.0)
    parts = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(np.column_stack([X, Y])), extend_to=box.buffer(500))
    )
    units, gauge = nearest_gauges(gauges())
    share = np.bincount(gauge[0][units].ravel(), minlength=4) * CELL_M**2
    for number in range(4):
        part = next(part for part in parts if part.contains(shapely.Point(X[number], Y[number])))
        border_m = part.boundary.intersection(box).length
        assert share[number] == pytest.approx(part.intersection(box).area, abs=max(border_m, 1.0) * CELL_M)
    assert share.sum() == box.area


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_rain_of_gauges_is_its_integral(method, gaps, scheme):
    depths = DEPTHS_MM.copy()
    if gaps:
        depths[1, 2] = depths[1, 0] = depths[3, 1] = np.nan
        depths[2] = np.nan  # no gauge at all: dry
    wanted = expected_mm(method, depths)
    result = run(SpatialRain(gauges(method, depths)), scheme=scheme)
    summary = result.summary
    assert summary.rain_m3 == pytest.approx(wanted.sum() / 1000.0 * CELL_M**2, rel=1e-6)
    assert abs(summary.mass_error) < 1e-9
    figures = (summary.rain_mm, summary.rain_min_mm, summary.rain_max_mm)
    assert figures == pytest.approx((wanted.mean(), wanted.min(), wanted.max()), rel=1e-6)
    assert summary.rain_field == f"gauges_{method.value}"
    np.testing.assert_allclose(result.outcomes[SpatialRain], wanted, rtol=2e-6)


@pytest.mark.parametrize("method", METHODS)
def test_rain_lies_where_it_fell(method):
    """Walls around each cell: no water leaves it."""
    bed = np.full((ROWS, COLUMNS), np.nan, np.float32)
    bed[::2, ::2] = 0.0
    depths = DEPTHS_MM.copy()
    depths[1, 2] = np.nan
    result = run(SpatialRain(gauges(method, depths)), bed=BED.with_values(bed))
    wanted = expected_mm(method, depths)[::2, ::2] / 1000.0
    np.testing.assert_allclose(result.depth_m[::2, ::2], wanted, rtol=2e-6)


@pytest.mark.parametrize("method", METHODS)
def test_even_gauges_equal_the_table_of_rain_to_the_last_digits(method):
    depths = np.repeat([[1.0], [7.3], [0.0], [2.9]], 4, axis=1)
    depths[1, 1] = np.nan
    results = [run(SpatialRain(gauges(method, depths))), run(Rain([(5, 1.0), (10, 7.3), (15, 0.0), (20, 2.9)]))]
    assert results[0].summary.steps == results[1].summary.steps
    assert results[0].summary.rain_mm == pytest.approx(results[1].summary.rain_mm, rel=1e-9)
    if method is GaugeMethod.THIESSEN:
        assert results[0].summary.rain_m3 == results[1].summary.rain_m3
        np.testing.assert_array_equal(results[0].depth_m, results[1].depth_m)
    else:
        assert results[0].summary.rain_m3 == pytest.approx(results[1].summary.rain_m3, rel=1e-9)
        np.testing.assert_allclose(results[0].depth_m, results[1].depth_m, rtol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_rain_on_walls_reaches_the_ground_beside_them(method):
    buildings = np.zeros((ROWS, COLUMNS), np.int32)
    buildings[20:30, 30:40] = 1
    summary = run(SpatialRain(gauges(method)), buildings=buildings, buildings_as="wall").summary
    assert summary.rain_m3 == pytest.approx(expected_mm(method).sum() / 1000.0 * CELL_M**2, rel=1e-6)
    assert abs(summary.mass_error) < 1e-9


@pytest.mark.parametrize("method", METHODS)
def test_a_restored_rain_goes_on_to_the_last_bit(method):
    layout = ArrayLayout(ROWS, COLUMNS)
    ground = Ground(layout, layout.zeros(), *np.ones((2, ROWS, COLUMNS), bool))
    times = np.concatenate([[0.0], np.cumsum(np.random.default_rng(1).uniform(3.0, 11.0, 120))])

    def go_on(falling, first, last):
        cells, given = layout.zeros(), []
        for start_s, end_s in zip(times[first:last], times[first + 1 : last + 1], strict=True):
            even = falling.fall(start_s, end_s)
            if even is None:
                falling.spread(cells)
            else:
                falling.give_evenly()
                cells[:] = even
            given.append(cells.copy())
        return given

    whole = gauges(method).start(ground)
    wanted = go_on(whole, 0, 120)
    first = gauges(method).start(ground)
    second = gauges(method).start(replace(ground, start_s=float(times[47])))
    go_on(first, 0, 47)
    second.restore({name: values.copy() for name, values in first.state().items()})
    np.testing.assert_array_equal(go_on(second, 47, 120), wanted[47:])
    parts = first.totals().mean_mm + second.totals().mean_mm
    assert parts == pytest.approx(whole.totals().mean_mm, rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_run_that_was_stopped_equals_one_that_was_not(method):
    y, x = np.mgrid[:ROWS, :COLUMNS]
    bed = BED.with_values((np.sin(x / 7) + np.cos(y / 5)).astype(np.float32))
    depths = DEPTHS_MM.copy()
    depths[1, 2] = np.nan

    def setup(duration_s, start=None):
        output = RunOutput(duration_s, 300.0, keep_state=True)
        process = SpatialRain(gauges(method, depths))
        return FloodSetup(Surface(bed), output, (process,), numerics=Numerics(threads=1), start=start)

    whole, first = simulate(setup(1500.0)), simulate(setup(600.0))
    second = simulate(setup(900.0, Start(first.state, goes_on=True)))
    np.testing.assert_array_equal(second.depth_m, whole.depth_m)
    assert first.summary.rain_m3 + second.summary.rain_m3 == pytest.approx(whole.summary.rain_m3, rel=1e-12)
    assert first.summary.rain_mm + second.summary.rain_mm == pytest.approx(whole.summary.rain_mm, rel=1e-6)


def test_the_first_look_has_the_same_rain_on_wider_cells():
    bed = Grid(np.zeros((250, 250), np.float32), 1000.0, 5000.0, 2.0)
    result = run(SpatialRain(gauges(cells=bed.cells)), 300.0, bed, scheme="auto")
    assert result.summary.look_cell_m == 4.0
    assert abs(result.summary.mass_error) < 1e-9


def test_what_cannot_be_rain_is_refused():
    with pytest.raises(InputError, match="negative"):
        gauges(depths_mm=-DEPTHS_MM)
    with pytest.raises(InputError, match="rise"):
        gauges(ends_s=ENDS_S[::-1])
    with pytest.raises(InputError, match="place"):
        gauges(x=X[:2])
    with pytest.raises(InputError, match="those of the terrain"):
        run(SpatialRain(gauges(cells=Grid(np.zeros((3, 3)), 0, 0, 1).cells)))


def test_the_account_of_each_output_time_has_all_rain_until_then():
    accounts = []
    run(SpatialRain(gauges()), frames=lambda frame: accounts.append(frame.account_m3["rain_m3"]))
    fallen = np.concatenate([[0.0], np.cumsum([expected_mm(GaugeMethod.THIESSEN, [row]).sum() for row in DEPTHS_MM])])
    np.testing.assert_allclose(accounts, fallen / 1000.0 * CELL_M**2, rtol=1e-6)
