"""The solver against analytic solutions and published benchmarks; water is conserved in every one."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundary, BoundaryKind
from twin_plugin.core.flood.processes.inflows import Inflow
from twin_plugin.core.flood.setup import FloodSetup
from twin_plugin.core.flood.solver import simulate

OPEN = Boundary(BoundaryKind.OPEN)


def level(height_m: float) -> Boundary:
    return Boundary(BoundaryKind.LEVEL, height_m)


def channel(bed_m: np.ndarray, cell_m: float) -> Grid:
    """A channel three cells wide along x."""
    return Grid(np.tile(np.asarray(bed_m, float), (3, 1)), 0.0, 3 * cell_m, cell_m)


def upstream(grid: Grid, times_s, per_width_m2s) -> Inflow:
    cells = np.zeros(grid.values.shape, bool)
    cells[:, 0] = True
    return Inflow(cells, times_s, np.asarray(per_width_m2s) * grid.rows * grid.cell_m)


def run(setup: FloodSetup, on_frame=None):
    result = simulate(setup, on_frame=on_frame)
    assert abs(result.summary.mass_error) < 1e-6
    return result


@pytest.mark.parametrize("stage", [0.5, 0.1], ids=["immersed", "emerged"])
def test_lake_at_rest(stage):
    cell = 0.125
    x = (np.arange(200) + 0.5) * cell
    grid = channel(np.maximum(0, 0.2 - 0.05 * (x - 10) ** 2), cell)
    flow = []

    def frame(f):
        flow.append(float(np.abs(f.velocity_east_ms * f.depth_m).max()))

    result = run(flood_setup(grid, 20, output_step_s=5, initial_level_m=stage), frame)
    assert max(flow) < 1e-6
    wet = result.depth_m > 0
    np.testing.assert_allclose((grid.values + result.depth_m)[wet], stage, atol=1e-6)


def test_wave_on_a_plane():
    """Hunter et al. (2005), doi:10.1016/j.advwatres.2005.03.007: n 0.03, u 1 m/s, one hour."""
    n, u, end, cell = 0.03, 1.0, 3600.0, 25.0

    def depth(x, t):
        return (7 / 3 * n**2 * u**2 * np.maximum(u * t - x, 0)) ** (3 / 7)

    grid = channel(np.zeros(200), cell)
    times = np.linspace(0, end, 361)
    result = run(flood_setup(grid, end, end, n, inflows=[upstream(grid, times, depth(0, times) * u)]))
    x = (np.arange(200) + 0.5) * cell
    exact = depth(x, end)
    np.testing.assert_allclose(depth(np.array([0.0, 1800.0]), end), [2.3796, 1.7681], atol=1e-4)
    behind = x < 0.8 * u * end
    error = result.depth_m[1] / np.maximum(exact, 1e-9) - 1
    assert np.abs(error[behind]).max() < 0.02
    front = x[result.depth_m[1] > 0.01].max()
    assert abs(front - u * end) < 0.05 * u * end


@pytest.mark.parametrize(
    ("name", "discharge", "rain_m_s", "limit_m"),
    [("macdo_long_sub_manning", 2.0, 0.0, 0.03), ("macdo_rain_sub_manning", 1.0, 0.001, 0.035)],
)
def test_macdonald(shared_data, name, discharge, rain_m_s, limit_m):
    """SWASHES 1.05, long subcritical channels of 1000 m, n 0.033 (doi:10.1002/fld.3741)."""
    x, h, _, z = np.loadtxt(shared_data(f"swashes/{name}.txt"))[:, :4].T
    grid = channel(z, x[1] - x[0])
    inflows = [upstream(grid, (0,), (discharge,))]
    if rain_m_s:
        area = grid.values.size * grid.cell_m**2
        inflows.append(Inflow(np.ones(grid.values.shape, bool), (0,), (rain_m_s * area,)))
    stage = h[-1] + 2 * z[-1] - z[-2]
    result = run(flood_setup(grid, 4500, 4500, 0.033, inflows=inflows, boundaries={"east": level(stage)}))
    error = np.abs(result.depth_m[1] - h)
    assert error.mean() < limit_m


@pytest.mark.parametrize("cell", [1.0, 2.0])
def test_rain_on_a_plane(cell):
    """Kinematic wave: L 100 m, S 0.01, n 0.03, 50 mm/h: 675 s to equilibrium, 1.389e-3 m²/s and 9.37 mm at the foot."""
    rain, slope, n, length = 50 / 3.6e6, 0.01, 0.03, 100.0
    count = int(length / cell)
    grid = channel((count - np.arange(count)) * cell * slope, cell)
    stored = []
    setup = flood_setup(
        grid, 1200, 15, n, rain=[(20, 50 / 3)], boundaries={"east": OPEN}, initial_depth_m=np.zeros(grid.values.shape)
    )
    result = run(setup, lambda f: stored.append((f.time_s, f.depth_m.astype(float).sum() * cell**2)))
    foot = rain * length
    exact = (foot * n / slope**0.5) ** 0.6
    assert exact == pytest.approx(9.37e-3, abs=1e-5)
    assert result.depth_m[1, -1] == pytest.approx(exact, rel=0.01)
    times, volumes = np.array(stored).T
    width = 3 * cell
    out = rain * length * width - np.gradient(volumes, times)
    steady = times > 1000
    np.testing.assert_allclose(out[steady] / width, foot, rtol=0.01)
    # The discharge rises as (t / tc)^(5/3): the time of concentration seen from where it has reached a half and 0.8.
    rising = slice(1, int(times.searchsorted(700)))
    for share in (0.5, 0.8):
        reached = np.interp(share, out[rising] / width / foot, times[rising])
        assert reached / share**0.6 == pytest.approx(675, rel=0.01)


@pytest.mark.slow
def test_ea_test_4(ea_test_4):
    """UK Environment Agency SC120002 test 4, all of it."""
    ours, published = ea_test_4(18_000)
    np.testing.assert_allclose(ours, published, atol=0.005)
