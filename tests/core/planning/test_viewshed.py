"""What an eye sees on a raster: against exact lines, against Franklin's R3, and its properties."""

from __future__ import annotations

import numpy as np
import pytest

from tests.core.planning.viewing import eyes, hills, scene
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.planning.viewshed import Sight, views

FLAT_EARTH = Sight(refraction=1.0)
EXACT_LINES, GRASS = 1965, 2121
"""Hidden cells of the reference's case by exact lines, and by r.viewshed of GRASS 8.2."""


def bits_of(surface, place, sight=FLAT_EARTH):
    """What one eye sees, on the whole raster."""
    return next(views(surface, eyes(place), sight)).bits


def behind_box(size, west, east, south, north):
    """Which centres an upright box hides from the middle of a raster, by exact lines, and by how much (m) they miss its
    corners."""
    row, column = np.mgrid[0:size, 0:size]
    middle = size // 2
    dx, dy = (column - middle).ravel() + 0.0, (middle - row).ravel() + 0.0
    first, last = np.zeros(len(dx)), np.ones(len(dx))
    with np.errstate(divide="ignore", invalid="ignore"):
        for way, low, high in ((dx, west, east), (dy, south, north)):
            inside = (low < 0) & (high > 0)
            start = np.where(way != 0, np.minimum(low / way, high / way), -np.inf if inside else np.inf)
            end = np.where(way != 0, np.maximum(low / way, high / way), np.inf if inside else -np.inf)
            first, last = np.maximum(first, start), np.minimum(last, end)
        corners = [(x, y) for x in (west, east) for y in (south, north)]
        miss = np.min([abs(dx * y - dy * x) / np.hypot(dx, dy) for x, y in corners], axis=0)
    return (first < last).reshape(size, size), miss.reshape(size, size)


def test_a_box_hides_what_exact_lines_say():
    """The reference's case: 11 x 5 cells of 20 m before an eye at 1.6 m; GDAL says 2,662, r.viewshed 2,121."""
    roofs = np.full((101, 101), np.nan)
    roofs[40:45, 40:51] = 20.0
    hidden = bits_of(scene(np.zeros((101, 101)), roofs), (50.5, 50.5, 1.6)) == 0
    exact, miss = behind_box(101, -10.5, 0.5, 5.5, 10.5)
    assert exact.sum() == EXACT_LINES
    assert abs(int(hidden.sum()) - EXACT_LINES) <= 6 < GRASS - EXACT_LINES
    differ = hidden != exact
    assert miss[differ].max(initial=0.0) < 1e-9  # only where the line touches a corner of the box


def r3(z, row, column, eye, r, c, fall=0.0, target=0.0):
    """Whether a centre is seen: the line against bilinear heights at each line of centres (Franklin and Ray 1994)."""
    down, across = r - row, c - column
    shares = []
    for start, way in ((row, down), (column, across)):
        if way:
            low, high = sorted((start, start + way))
            shares.append((np.arange(np.floor(low) + 1, np.ceil(high)) - start) / way)
    t = np.unique(np.concatenate(shares)) if shares else np.zeros(0)
    t = t[(t > 1e-9) & (t < 1 - 1e-9)]
    y, x = row + t * down, column + t * across
    top, left = np.floor(y + 1e-9).astype(int), np.floor(x + 1e-9).astype(int)
    fy, fx = np.clip(y - top, 0, 1), np.clip(x - left, 0, 1)
    top, left = np.minimum(top, len(z) - 2), np.minimum(left, len(z) - 2)
    upper = z[top, left] * (1 - fx) + z[top, left + 1] * fx
    lower = z[top + 1, left] * (1 - fx) + z[top + 1, left + 1] * fx
    square = down * down + across * across
    rise = z[r, c] + target - eye - fall * square
    return not len(t) or rise >= ((upper * (1 - fy) + lower * fy - eye - fall * square * t * t) / t).max() - 1e-9


@pytest.mark.parametrize(("roughness", "amplitude"), [(2.2, 40.0), (1.2, 8.0)])
def test_hills_agree_with_r3(roughness, amplitude):
    """Nearly everywhere: only cells whose line just touches a ridge may differ, and not to one side."""
    differ = total = bias = 0
    for seed in range(4):
        z, random = hills(300, seed, roughness, amplitude), np.random.default_rng(seed)
        row, column = random.uniform(80, 220, 2)
        eye = z[round(row), round(column)] + 3.0
        sight = Sight(target_m=1.5)
        seen = bits_of(scene(z), (column + 0.5, 300 - row - 0.5, eye), sight) & 1
        cells = random.integers(1, 299, (500, 2))
        exact = np.array([r3(z, row, column, eye, r, c, sight.bend, 1.5) for r, c in cells])
        found = seen[cells[:, 0], cells[:, 1]].astype(bool)
        differ, total, bias = differ + (found != exact).sum(), total + len(cells), bias + found.sum() - exact.sum()
    assert differ / total < 0.005
    assert abs(bias) / total < 0.003


def test_a_plane_is_seen_up_to_the_horizon():
    """From 1.6 m: sqrt(2 R h / (1 - k)) = 4,841 m; on a flat earth, and on a slope, all of it."""
    flat = scene(np.zeros((30, 400)), cell_m=30.0)
    row = bits_of(flat, (15.0, 465.0, 1.6), Sight())[14]
    horizon = np.sqrt(2 * 6_371_000 * 1.6 / 0.87)
    assert (np.flatnonzero(row).max() + 1) * 30 == pytest.approx(horizon, abs=45)
    assert bits_of(flat, (15.0, 465.0, 1.6)).min() == 3
    down = scene(np.arange(200)[None, :] * np.full((50, 1), -0.1))
    assert bits_of(down, (0.5, 25.5, 1.6)).min() == 3


def hidden_by_blocks(roofs, row, column, eye):
    """Which cells of a plane at 0 blocks hide, each cell with a roof being an upright box: every line, every box."""
    size = len(roofs)
    hidden = np.zeros((size, size), bool)
    boxes = np.argwhere(~np.isnan(roofs))
    tops = roofs[tuple(boxes.T)]
    for r in range(size):
        for c in range(size):
            first, last = np.zeros(len(boxes)), np.ones(len(boxes))
            for axis, (start, way) in enumerate(((row, r - row), (column, c - column))):
                edges = (boxes[:, axis, None] + [-0.5, 0.5] - start) / way if way else None
                if edges is None:
                    last[np.abs(boxes[:, axis] - start) >= 0.5] = -1.0
                else:
                    first, last = np.maximum(first, edges.min(axis=1)), np.minimum(last, edges.max(axis=1))
            rise = (0.0 if np.isnan(roofs[r, c]) else roofs[r, c]) - eye
            crossed = last - first > 1e-9
            hidden[r, c] = (eye + rise * np.where(rise < 0, last, first) < tops - 1e-9)[crossed].any()
    return hidden


@pytest.mark.parametrize("eye", [1.6, 12.0, 40.0])
def test_random_blocks_against_every_line_and_box(eye):
    differ = 0
    for seed in range(3):
        random = np.random.default_rng(seed)
        roofs = np.where(random.random((41, 41)) < 0.08, random.uniform(3, 30, (41, 41)), np.nan)
        row, column = random.uniform(10, 30, 2)
        roofs[round(row), round(column)] = np.nan
        seen = bits_of(scene(np.zeros((41, 41)), roofs), (column + 0.5, 41 - row - 0.5, eye))
        differ += ((seen == 0) != hidden_by_blocks(roofs, row, column, eye)).sum()
    assert differ / (3 * 41 * 41) < 0.004


def test_turning_the_scene_turns_the_view():
    z = hills(81, 5, 1.8, 10.0)
    roofs = np.where(np.random.default_rng(5).random((81, 81)) < 0.03, z + 12.0, np.nan)
    roofs[35:46, 35:46] = np.nan
    eye = z[40, 40] + 2.0
    straight = bits_of(scene(z, roofs), (40.5, 40.5, eye))
    turned = bits_of(scene(np.rot90(z).copy(), np.rot90(roofs).copy()), (40.5, 40.5, eye))
    assert (np.rot90(straight) != turned).mean() < 0.002  # cells on the diagonals belong to another quarter
    mirrored = bits_of(scene(z[:, ::-1].copy(), roofs[:, ::-1].copy()), (40.5, 40.5, eye))
    assert (straight[:, ::-1] != mirrored).mean() < 0.002


def test_cells_without_data_are_not_seen_and_hide_nothing():
    z = np.zeros((61, 61))
    z[10:20, :] = np.nan
    z[25:27, 32:60] = 30.0
    bits = bits_of(scene(z), (30.5, 30.5, 1.6))
    assert bits[10:20].max() == 0
    assert bits[:10, :30].min() == 3  # behind them
    assert bits[:10, 50:].max() == 0  # behind the wall


def test_an_eye_outside_sees_as_one_within_a_wider_raster():
    z = hills(120, 7, 1.8, 12.0)
    wide = np.full((200, 200), np.nan)
    wide[60:180, 70:190] = z
    for x, y in ((-40.0, -3.0), (150.3, 60.0), (60.2, 138.7), (-5.0, 60.5)):
        inner = bits_of(scene(z), (x, y, 60.0))
        outer = bits_of(scene(wide), (x + 70.0, y + 20.0, 60.0))
        assert (inner != outer[60:180, 70:190]).mean() < 0.004
        assert 0 < (inner > 0).mean() < 1


def test_roofs_are_seen_from_above_only():
    roofs = np.full((41, 41), np.nan)
    roofs[18:23, 25:31] = 10.0
    surface = scene(np.zeros((41, 41)), roofs)
    below, above = (bits_of(surface, (5.5, 20.5, eye)) for eye in (1.6, 60.0))
    assert below[18:23, 25:31].max() == 0
    assert above[18:23, 25:31].min() == 3
    assert below[20, 31:].max() == 0
    # From 60 m above 10 m, at 25 m: the shadow ends 31 * 10 / 50 = 5 m behind the far wall (25.5 m away).
    assert above[20].tolist() == [3] * 31 + [0] * 5 + [3] * 5
    target = bits_of(surface, (5.5, 20.5, 1.6), Sight(target_m=60.0, refraction=1.0))
    assert target[20, 31:].min() == 1  # a mast of 60 m behind it shows, its foot does not


def test_a_building_in_whose_cell_an_eye_stands_does_not_blind_it():
    roofs = np.full((21, 21), np.nan)
    roofs[10, 10:13] = 30.0
    bits = bits_of(scene(np.zeros((21, 21)), roofs), (10.05, 10.5, 1.6))
    assert bits[10, :10].min() == 3
    assert bits[10, 13:].max() == 0


def test_a_reach_ends_the_view():
    bits = bits_of(scene(np.zeros((101, 101))), (50.5, 50.5, 1.6), Sight(reach_m=20.0))
    row, column = np.mgrid[0:101, 0:101]
    assert np.array_equal(bits > 0, np.hypot(row - 50, column - 50) <= 20.0)


def test_empty_ground_and_a_cancel():
    nothing = scene(np.full((5, 5), np.nan))
    assert bits_of(nothing, (2.5, 2.5, 1.6)).max() == 0
    with pytest.raises(Cancelled):
        list(views(scene(np.zeros((9, 9))), eyes((4.5, 4.5, 2.0)), Sight(), lambda fraction, text="": False))
