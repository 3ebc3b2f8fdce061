"""The shock-capturing scheme against analytic solutions and published benchmarks; water is conserved in every one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

pytest.importorskip("numba")

from tests.core.flood.test_gates import OPEN, channel, level, upstream
from tests.flood_setups import flood_setup
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.result import FloodResult
from twin_plugin.core.flood.solver import simulate

G = 9.80665
SMOOTH = 0.001  # the least Manning's n that a run takes


def run(*arguments, on_frame=None, **options) -> FloodResult:
    result = simulate(flood_setup(*arguments, **{"scheme": "shockcapturing", **options}), on_frame=on_frame)
    assert abs(result.summary.mass_error) < 1e-12
    return result


def error(result: FloodResult, exact: np.ndarray) -> float:
    """Sum of the differences in depth along the channel's axis, as a share of the water."""
    return float(np.abs(result.depth_m[1] - exact).sum() / exact.sum())


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("edge", [None, level(0.5)], ids=["closed", "level"])
def test_a_lake_with_islands_stays_at_rest_over_any_bed(order, edge):
    bed = np.random.default_rng(3).uniform(-1, 1.2, (40, 50)).astype(np.float32)
    edges = {} if edge is None else dict.fromkeys(("north", "east", "south", "west"), edge)
    moving = []
    result = run(
        Grid(bed, 0.0, 0.0, 2.0), 1000, 100, initial_level_m=0.5, boundaries=edges, order=order, wet_depth_m=0.001,
        on_frame=lambda f: moving.append(float((np.hypot(f.velocity_east_ms, f.velocity_north_ms) * f.depth_m).max())),
    )  # fmt: skip
    wet = bed < 0.5
    assert 0.6 < wet.mean() < 0.8
    assert max(moving) < 5e-5  # m²/s, where a wave carries 6: what float32 does not hold of depths of 1.5 m
    np.testing.assert_allclose((bed + result.depth_m)[wet], 0.5, atol=1e-6)
    assert (result.depth_m[~wet] == 0).all()


@pytest.mark.parametrize("stage", [0.5, 0.1], ids=["immersed", "emerged"])
def test_a_lake_over_a_bump(stage):
    x = (np.arange(200) + 0.5) * 0.125
    grid = channel(np.maximum(0, 0.2 - 0.05 * (x - 10) ** 2), 0.125)
    moving = []
    result = run(
        grid,
        20,
        5,
        initial_level_m=stage,
        on_frame=lambda f: moving.append(np.abs(f.velocity_east_ms * f.depth_m).max()),
    )
    assert max(moving) < 1e-6
    wet = result.depth_m > 0
    np.testing.assert_allclose((grid.values + result.depth_m)[wet], stage, atol=1e-6)


@pytest.mark.parametrize("order", [1, 2])
def test_water_that_leaves_beside_cells_without_data_is_gone(order):
    """A terrain whose edge runs across the raster, as a district's does: what leaves it must not stand beyond."""
    row, column = np.mgrid[0:30, 0:40]
    bed = (0.02 * (row + column)).astype(np.float32)
    bed[np.abs(row - 15) + np.abs(column - 20) > 15] = np.nan
    sides = dict.fromkeys(("north", "east", "south", "west"), OPEN)
    result = run(Grid(bed, 0.0, 0.0, 2.0), 900, 900, rain=[(15, 40)], boundaries=sides, order=order)
    assert result.summary.boundary_out_m3 > 0.5 * result.summary.rain_m3


def ritter(x: np.ndarray, t: float, high: float) -> np.ndarray:
    """Depths of a dam at x = 0 that breaks over a dry bed."""
    c = (G * high) ** 0.5
    return np.where(x < -c * t, high, np.where(x > 2 * c * t, 0.0, (2 * c - x / t) ** 2 / (9 * G)))


def behind_a_jump(deeper: np.ndarray, depth: float) -> np.ndarray:
    """Change of the speed through a jump from a depth to deeper ones, from mass and momentum (Rankine, Hugoniot)."""
    return (deeper - depth) * np.sqrt(G * (deeper + depth) / (2 * deeper * depth))


def plateau_of(high: float, low: float) -> tuple[float, float]:
    """Depth and speed between the rarefaction and the jump of a dam that breaks over water of the depth `low`."""
    between = np.linspace(low, high, 200_001)[1:-1]
    speed = 2 * ((G * high) ** 0.5 - np.sqrt(G * between))
    place = np.abs(speed - behind_a_jump(between, low)).argmin()
    return float(between[place]), float(speed[place])


def stoker(x: np.ndarray, t: float, high: float, low: float) -> np.ndarray:
    """The same over water at rest, of the depth `low`: a rarefaction, a plateau and a jump."""
    c = (G * high) ** 0.5
    plateau, u = plateau_of(high, low)
    fan = (2 * c - x / t) ** 2 / (9 * G)
    jump = plateau * u / (plateau - low) * t
    return np.where(
        x < -c * t, high, np.where(x < (u - (G * plateau) ** 0.5) * t, fan, np.where(x < jump, plateau, low))
    )


def dam_break(cells: int, low: float, order: int) -> float:
    """Error 11 s after a dam 50 m high has broken in the middle of 1000 m: so high that friction does not matter."""
    cell, high, t = 1000 / cells, 50.0, 11.0
    x = (np.arange(cells) + 0.5) * cell - 500
    start = np.tile(np.where(x < 0, high, low), (3, 1))
    result = run(channel(np.zeros(cells), cell), t, t, SMOOTH, initial_depth_m=start, order=order)
    return error(result, stoker(x, t, high, low) if low else ritter(x, t, high))


@pytest.mark.parametrize(("order", "low", "rate"), [(1, 0.0, 0.5), (1, 10.0, 0.7), (2, 0.0, 0.8), (2, 10.0, 0.8)])
def test_errors_shrink_with_the_cells_where_dams_break(order, low, rate):
    """Corners and jumps hold the order below 1."""
    errors = [dam_break(cells, low, order) for cells in (100, 200, 400)]
    assert np.log2(errors[0] / errors[2]) / 2 > rate


@pytest.mark.parametrize(
    ("order", "low", "most"), [(1, 0.0, 0.02), (1, 0.001, 0.013), (2, 0.0, 0.013), (2, 0.001, 0.006)]
)
def test_a_dam_breaks(order, low, most):
    """SWASHES 1.05: 0.005 m deep, in the middle of 10 m, 200 cells, after 6 s; the gate is an error of 3 %."""
    x = (np.arange(200) + 0.5) * 0.05 - 5
    start = np.tile(np.where(x < 0, 0.005, low), (3, 1))
    result = run(channel(np.zeros(200), 0.05), 6, 6, SMOOTH, initial_depth_m=start, wet_depth_m=0.001, order=order)
    assert error(result, stoker(x, 6, 0.005, low) if low else ritter(x, 6, 0.005)) < most
    if low:
        assert result.depth_m[1, 110] == pytest.approx(0.002539, rel=0.01)
    else:
        assert result.depth_m[1, 99:101].mean() == pytest.approx(4 / 9 * 0.005, rel=0.03 if order == 2 else 0.07)


@pytest.mark.parametrize("order", [1, 2])
def test_a_bore_is_thrown_back_by_a_wall(order):
    """Depth and front of the reflected bore by the jump's balance of mass and momentum: at rest behind it."""
    cells, cell, high, low, after = 400, 2.5, 50.0, 20.0, 8.0
    plateau, u = plateau_of(high, low)
    hit = 500 / (plateau * u / (plateau - low))  # when the first bore reaches the wall, 500 m from the dam
    deeper = np.linspace(plateau, 3 * plateau, 200_001)[1:]
    thrown = float(deeper[np.abs(behind_a_jump(deeper, plateau) - u).argmin()])
    front = plateau * u / (thrown - plateau) * after
    x = (np.arange(cells) + 0.5) * cell - 500
    start = np.tile(np.where(x < 0, high, low), (3, 1))
    end = hit + after
    result = run(channel(np.zeros(cells), cell), end, end, SMOOTH, initial_depth_m=start, order=order)
    near = x > 500 - 2 * front
    exact = np.where(x > 500 - front, thrown, plateau)
    assert thrown > 1.15 * plateau
    assert result.depth_m[1, -8:].mean() == pytest.approx(thrown, rel=0.005)
    assert np.abs(result.depth_m[1] - exact)[near].sum() / exact[near].sum() < (0.006 if order == 2 else 0.012)


def hump(cells: int, order: int) -> np.ndarray:
    """Depths of 100 m of water 15 s after a smooth hump of 10 m was let go, before its waves steepen."""
    cell = 1600 / cells
    edges = np.linspace(-800, 800, 16 * cells + 1)
    bell = np.exp(-(((edges[1:] + edges[:-1]) / 2 / 120) ** 2)).reshape(cells, 16).mean(1)
    start = np.tile(100 + 10 * bell, (3, 1))
    return run(channel(np.zeros(cells), cell), 15, 15, SMOOTH, initial_depth_m=start, order=order).depth_m[1]


def test_orders_of_convergence_where_water_is_smooth():
    """Against the second order on cells an eighth as wide: errors fall by 2 and by 4 where cells are halved."""
    finest = hump(1600, 2).astype(float)
    errors = {
        order: [np.abs(hump(cells, order) - finest.reshape(cells, -1).mean(1)).mean() for cells in (100, 200)]
        for order in (1, 2)
    }
    rates = {order: np.log2(coarse / fine) for order, (coarse, fine) in errors.items()}
    assert 0.75 < rates[1] < 1.2
    assert 1.6 < rates[2] < 2.4
    assert errors[2][1] < errors[1][1] / 5


def thacker(cells: int, order: int) -> float:
    """Error after three swings of a plane surface in a parabola (Thacker 1981; L 4 m, h0 0.5 m, a 1 m)."""
    cell = 4 / cells
    x = (np.arange(cells) + 0.5) * cell - 2
    turn = (2 * G * 0.5) ** 0.5
    end = 6 * np.pi / turn

    def depth(t: float) -> np.ndarray:
        return np.maximum(0.0, -0.5 * ((x + 0.5 * np.cos(turn * t)) ** 2 - 1))

    start = np.tile(depth(0), (3, 1))
    grid = channel(0.5 * (x**2 - 1), cell)
    return error(run(grid, end, end, SMOOTH, initial_depth_m=start, order=order, wet_depth_m=0.001), depth(end))


def test_a_plane_surface_swings_in_a_bowl():
    assert thacker(200, 2) < 0.006
    assert thacker(50, 2) / thacker(200, 2) > 6  # between first (4) and second order (16): its shores are corners
    assert thacker(50, 2) < thacker(200, 1)


Stage = Callable[[np.ndarray, np.ndarray], dict]
STAGE: Stage = lambda h, z: {"east": level(h[-1] + 1.5 * z[-1] - 0.5 * z[-2])}  # noqa: E731
SWASHES = {
    # discharge, duration, n, edges, initial level, and the most error of orders 1 and 2
    "bump_sub": (4.42, 100, SMOOTH, lambda h, z: {"east": level(2.0)}, 2.0, (0.002, 0.001)),
    "bump_trans": (1.53, 100, SMOOTH, lambda h, z: {"east": level(0.0)}, 0.66, (0.006, 0.001)),
    "bump_trans_shock": (0.18, 150, SMOOTH, lambda h, z: {"east": level(0.33)}, 0.33, (0.008, 0.004)),
    "macdo_long_sub_manning": (2.0, 1500, 0.033, STAGE, None, (0.008, 0.004)),
    "macdo_long_sub2super_manning": (2.0, 1500, 0.0218, lambda h, z: {"east": OPEN}, None, (0.008, 0.004)),
    "macdo_long_super2sub_manning": (2.0, 1500, 0.0218, STAGE, None, (0.02, 0.01)),
    "macdo_short_shock_manning": (2.0, 400, 0.0328, lambda h, z: {"east": level(2.87871)}, 2.87871, (0.02, 0.01)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SWASHES)
def test_steady_flow(shared_data, name):
    """SWASHES 1.05 (doi:10.1002/fld.3741): over bumps and in MacDonald's channels, with and without jumps."""
    discharge, duration, n, edges, still, most = SWASHES[name]
    x, h, _, z = np.loadtxt(shared_data(f"swashes/{name}.txt"), usecols=(0, 1, 2, 3)).T
    grid = channel(z, x[1] - x[0])
    for order in (1, 2):
        result = run(
            grid, duration, duration, n, inflows=[upstream(grid, (0,), (discharge,))], boundaries=edges(h, z),
            initial_level_m=still, order=order, wet_depth_m=0.01,
        )  # fmt: skip
        # The first cells are where water enters at the rate given, with no speed of its own.
        assert np.abs(result.depth_m[1] - h)[10:].sum() / h[10:].sum() < most[order - 1]


@pytest.mark.parametrize("cell", [1.0, 2.0])
def test_rain_on_a_plane_keeps_its_depth(cell):
    """Kinematic wave at equilibrium, by discharge and by depth, all along the plane: L 100 m, S 0.01, n 0.03, 50 mm/h.

    The first order loses a quarter of the depth of films thinner than the fall from cell to cell.
    """
    rain, slope, n, count = 50 / 3.6e6, 0.01, 0.03, int(100 / cell)
    grid = channel((count - np.arange(count)) * cell * slope, cell)
    stored = []

    def frame(f):
        stored.append((f.time_s, f.depth_m.astype(float).sum() * cell**2))

    storm = {"rain": [(20, 50 / 3)], "boundaries": {"east": OPEN}}
    result = run(grid, 1200, 100, n, **storm, on_frame=frame)
    exact = (rain * (np.arange(count) + 0.5) * cell * n / slope**0.5) ** 0.6
    lower = slice(count // 5, None)
    np.testing.assert_allclose(result.depth_m[1, lower], exact[lower], rtol=0.01)
    (before, was), (after, remains) = stored[-2:]
    out = rain * 100 * 3 * cell - (remains - was) / (after - before)
    assert out / (3 * cell) == pytest.approx(1.389e-3, rel=0.01)
    first = run(grid, 1200, 1200, n, **storm, order=1)
    assert (first.depth_m[1, count // 5 : -3] / exact[count // 5 : -3]).mean() < 0.8


@pytest.mark.slow
def test_ea_test_4(ea_test_4):
    """UK Environment Agency SC120002 test 4, as for the local inertial scheme, up to the peaks."""
    ours, published = ea_test_4(15_000, scheme="shockcapturing")
    np.testing.assert_allclose(ours, published, atol=0.005)
