"""Depressions: a cone and nested pits computed by hand, an independent priority-flood, water kept, mirrors, cancel."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.waterlogging.depressions import find_depressions


def found(values, cell_m=1.0):
    return find_depressions(Grid(np.asarray(values), 0.0, 0.0, cell_m))


def rough(seed, shape=(40, 50), step=0.0, kind=np.float32):
    values = np.random.default_rng(seed).random(shape)
    for _ in range(seed % 3):
        values = (values + np.roll(values, 1, 0) + np.roll(values, 1, 1)) / 3
    return (np.floor(values / step) * step if step else values).astype(kind)


def priority_flood(values):
    """The plain algorithm of Barnes, Lehman, Mulla (2014), written from its description."""
    result, done, queue = values.copy(), ~np.isfinite(values), []
    rows, columns = values.shape
    around = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if a or b]
    for r, c in np.argwhere(~done):
        beside = [(r + a, c + b) for a, b in around]
        if any(not (0 <= y < rows and 0 <= x < columns) or np.isnan(values[y, x]) for y, x in beside):
            heapq.heappush(queue, (values[r, c], r, c))
    for _, r, c in queue:
        done[r, c] = True
    while queue:
        level, r, c = heapq.heappop(queue)
        for y, x in ((r + a, c + b) for a, b in around):
            if 0 <= y < rows and 0 <= x < columns and not done[y, x]:
                done[y, x] = True
                result[y, x] = max(values[y, x], level)
                heapq.heappush(queue, (result[y, x], y, x))
    return result


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("step", [0.0, 0.1, 0.3])
def test_levels_equal_an_independent_priority_flood_bit_for_bit(seed, step):
    values = rough(seed, step=step, kind=np.float64 if seed % 2 else np.float32)
    if seed % 4 == 3:
        values[10:13, 20:22] = values[0, :4] = np.nan
    basins = found(values, 2.0)
    expected = priority_flood(values)
    filled = basins.filled(values)
    assert filled.dtype == values.dtype
    assert np.array_equal(filled, expected, equal_nan=True)
    outer = basins.order[basins.parent[basins.order] == 0]
    volume = 4.0 * float(np.nansum(expected.astype(float) - values))
    assert basins.volume_m3[outer].sum() == pytest.approx(volume, rel=1e-9)
    assert basins.count[outer].sum() == (expected > values).sum()
    everywhere = basins.catchment[outer].sum() + basins.catchment[0]
    assert everywhere == np.isfinite(values).sum()


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("step", [0.0, 0.1, 0.3])
def test_the_tree_of_basins_is_sound(seed, step):
    basins = found(rough(seed, step=step))
    for m in basins.order:
        p, inner = basins.parent[m], basins.outermost_of[m]
        assert basins.depth_m[m] > 0
        assert basins.volume_m3[m] > 0
        assert p == 0 or basins.level_m[p] > basins.level_m[m]
        assert basins.target[m] == 0 or basins.target[m] in basins.order
        seen = set()
        while inner and inner not in seen:  # the way downstream ends outside
            seen.add(inner)
            inner = basins.outermost_of[basins.target[inner]]
        assert inner == 0
        if p:
            beside = basins.target[m]
            while beside and basins.parent[beside] != p:
                beside = basins.parent[beside]
            assert beside not in (0, m)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("rain_mm", [1.0, 40.0, 1000.0])
def test_no_water_is_lost_and_no_basin_holds_more_than_its_volume(seed, rain_mm):
    values = rough(seed, step=0.1 * (seed % 2))
    basins = found(values, 3.0)
    held, gone = basins.held_m3(rain_mm)
    outer = basins.order[basins.parent[basins.order] == 0]
    assert held[outer].sum() + gone == pytest.approx(rain_mm / 1000 * values.size * 9.0, rel=1e-9)
    assert (held[basins.order] <= basins.volume_m3[basins.order] * (1 + 1e-9)).all()
    fullest = basins.held_m3(1e9)[0]
    assert fullest[basins.order] == pytest.approx(basins.volume_m3[basins.order])


def test_a_cone_has_the_volume_of_the_formula():
    y, x = np.mgrid[-60:61, -60:61]
    values = np.minimum(np.hypot(x, y) * 0.05, 2.0)
    basins = found(values, 0.5)
    (cone,) = basins.order
    assert (basins.level_m[cone], basins.lowest_m[cone], basins.depth_m[cone]) == (2.0, 0.0, 2.0)
    assert basins.volume_m3[cone] == pytest.approx(math.pi * 20**2 * 2 / 3, rel=1e-3)
    assert basins.area_m2[cone] == pytest.approx(math.pi * 20**2, rel=0.01)


PITS = [[9, 9, 9, 9, 9, 9, 9], [9, 1, 5, 2, 7, 3, 8], [9, 9, 9, 9, 9, 9, 9]]
"""Three pits in a row: 1 and 2 meet at 5, both and 3 at 7, and all leave over the edge at 8."""


def test_nested_pits_as_computed_by_hand():
    basins = found(np.array(PITS, float), 2.0)
    rows = {
        (basins.level_m[m], basins.lowest_m[m]): (basins.volume_m3[m], basins.area_m2[m], basins.pour[m])
        for m in basins.order
    }
    assert rows == {
        (5, 1): (16, 4, 9),
        (5, 2): (12, 4, 9),
        (7, 1): (4 * (6 + 2 + 5), 12, 11),
        (7, 3): (16, 4, 11),
        (8, 1): (4 * (7 + 3 + 6 + 1 + 5), 20, 13),
    }
    at = {(basins.level_m[m], basins.lowest_m[m]): m for m in basins.order}
    assert basins.parent[at[5, 1]] == basins.parent[at[5, 2]] == at[7, 1]
    assert basins.parent[at[7, 1]] == basins.parent[at[7, 3]] == at[8, 1]
    assert basins.target[at[5, 1]] == at[5, 2]
    assert basins.target[at[5, 2]] == at[5, 1]
    assert basins.target[at[7, 3]] == at[5, 2]
    assert basins.target[at[8, 1]] == 0


def test_full_basins_overflow_down_a_stair_in_order():
    """Rain on a slope with two hollows: the upper one overflows into the lower one, that one over the edge."""
    values = np.array([[99, 99, 99, 99, 99, 99], [99, 20, 18, 19, 5, 6], [99, 99, 99, 99, 99, 99]], float)
    basins = found(values)
    upper, lower = sorted(basins.order, key=lambda m: -basins.level_m[m])
    assert (basins.level_m[upper], basins.level_m[lower]) == (19, 6)
    assert basins.target[upper] == lower
    assert basins.target[lower] == 0
    rain = basins.rain_mm[upper]
    assert rain == pytest.approx(1000 * 1 / basins.catchment[upper])
    held, _ = basins.held_m3(rain * 1.01)
    own = rain * 1.01 / 1000 * basins.catchment[lower]
    over = 0.01 * basins.volume_m3[upper]
    assert held[upper] == pytest.approx(1.0)
    assert held[lower] == pytest.approx(min(1.0, own + over))


def test_mirrored_and_turned_terrains_have_the_same_basins():
    values = rough(4)
    facts = []
    for turned in (values, values[::-1], values[:, ::-1], values.T):
        basins = found(np.ascontiguousarray(turned))
        n = basins.order
        facts.append(
            sorted(zip(basins.level_m[n], basins.lowest_m[n], basins.count[n], basins.catchment[n], strict=True))
        )
    assert facts[1:] == facts[:1] * 3


@pytest.mark.parametrize("values", [np.zeros((5, 5)), np.full((4, 4), np.nan), np.arange(30.0).reshape(5, 6), [[1.0]]])
def test_flat_empty_and_tilted_terrains_have_no_depression(values):
    basins = found(values)
    assert basins.order.size == 0
    assert not basins.cells.any()


def test_a_hole_without_data_drains_what_lies_around():
    values = np.full((7, 7), 5.0)
    values[2:5, 2:5] = 1.0
    assert len(found(values).order) == 1
    values[3, 3] = np.nan
    assert len(found(values).order) == 0


def test_cancel_between_blocks():
    with pytest.raises(Cancelled):
        find_depressions(Grid(rough(1), 0.0, 0.0, 1.0), lambda fraction, text="": fraction < 0.5 and fraction != 0.2)
