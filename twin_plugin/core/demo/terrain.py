"""The synthetic terrain: a sea wall, a city that falls to the channel, low places, an underpass and a hill."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.grid import Grid
from ..common.progress import Progress, advance, silent
from .street_plan import CELL_M, CHANNEL_M, CRS, Floats, Street, StreetPlan, corners, random_stream

COAST_LEVEL_M = 2.5
SEA_WALL_M = 4.6
SEA_BED_M = -1.3
SEA_LEVEL_M = 0.0
"""Below it the ground before the wall is sea and has no data, as in a survey of land: no rain stands there."""
SHORE_M = 4.0
"""So far before the coast line the ground reaches the level of the sea."""
KERB_M = 0.15
UNDERPASS_DEPTH_M = 3.4
PAD_M = 3.0
PAD_BLEND_M = 3.0
_TILE = 256


@dataclass(frozen=True)
class Pad:
    """Ground levelled for a building: `polygon` in the district's frame, `level_m` the ground at its walls."""

    polygon: shapely.Polygon
    level_m: float


def smoothstep(x: Floats) -> Floats:
    """0 below 0, 1 above 1, smooth between."""
    t = np.clip(x, 0.0, 1.0)
    return t * t * (3 - 2 * t)


def ground(layout: StreetPlan, u: Floats, v: Floats) -> Floats:
    """Bare ground without the buildings' pads.

    Parameters
    ----------
    layout : Layout
        The plan.
    u, v : ndarray
        Places in the district's frame, metres, of one shape.

    Returns
    -------
    ndarray
        Elevation in metres; never NaN.
    """
    base = _base(layout, u, v)
    z = _streets_and_blocks(layout, u, v, base)
    z = _hill(layout, u, v, z)
    z = _rail_and_underpass(layout, u, v, z, base)
    z = _sea(layout, u, v, z)
    return _channel(layout, u, v, z, base)


def _base(layout: StreetPlan, u: Floats, v: Floats) -> Floats:
    """The general fall of the land: to the sea, and across to the channels; with the low places taken out."""
    inland = np.maximum(v - layout.coast_v, 0.0)
    z = COAST_LEVEL_M + 0.0042 * inland
    channels = np.array(layout.channels_u)
    nearest = channels[np.searchsorted((channels[1:] + channels[:-1]) / 2, u)]
    z = z + 0.0032 * np.minimum(np.abs(u - nearest), 320.0) + _noise(layout, u, v, 0.05, (110.0, 420.0), 4)
    if u.size == 0:
        return np.asarray(z)
    u0, u1, v0, v1 = u.min(), u.max(), v.min(), v.max()
    for bowl in layout.bowls:
        r = bowl.radius_m
        if bowl.u + r < u0 or bowl.u - r > u1 or bowl.v + r < v0 or bowl.v - r > v1:
            continue
        distance = np.hypot(u - bowl.u, v - bowl.v) / r
        z = z - bowl.depth_m * (1 - smoothstep((distance - 0.25) / 0.75))
    return np.asarray(z)


def _noise(
    layout: StreetPlan, u: Floats, v: Floats, height_m: float, lengths_m: tuple[float, float], stream: int
) -> Floats:
    rng = random_stream(layout.seed, 10, stream)
    z = np.zeros(np.shape(u))
    for _ in range(7):
        direction, phase = rng.uniform(0, 2 * math.pi, 2)
        k = 2 * math.pi / rng.uniform(*lengths_m)
        z += np.sin(k * (u * math.cos(direction) + v * math.sin(direction)) + phase)
    return z * (height_m / 2)


def nearest_street(streets: Sequence[Street], at: Floats) -> tuple[Floats, Floats]:
    """Distance to the centre line of the nearest street, and half of its width."""
    centres = np.array([s.at_m for s in streets])
    half = np.array([s.width_m / 2 for s in streets])
    k = np.clip(np.searchsorted((centres[1:] + centres[:-1]) / 2, at), 0, len(centres) - 1)
    return np.abs(at - centres[k]), half[k]


def _streets_and_blocks(layout: StreetPlan, u: Floats, v: Floats, base: Floats) -> Floats:
    """Carriageways at the base level, pavements a kerb higher, blocks rising gently to their middle."""
    first, last = layout.streets_u[0], layout.streets_u[-1]
    du, half_u = nearest_street(layout.streets_u, u)
    dv, half_v = nearest_street(layout.streets_v, v)
    # Streets end at the edges of the town; between it and the hill's foot only the avenues go on.
    top = np.where(half_u > 9.0, layout.streets_v[-1].at_m, layout.streets_v[-2].at_m)
    in_v = (v > layout.streets_v[0].at_m - 8) & (v < top + 8)
    du = np.where(in_v, du, 80.0)
    in_u = (u > first.at_m - 8) & (u < last.at_m + 8)
    dv = np.where(in_u, dv, 80.0)
    on_road = (du < half_u - 3.0) | (dv < half_v - 3.0)
    inside = np.minimum(np.maximum(du - half_u, 0.0), np.maximum(dv - half_v, 0.0))
    rise = KERB_M + 0.012 * np.minimum(inside, 28.0)
    return np.asarray(np.where(on_road, base, base + rise))


def _hill(layout: StreetPlan, u: Floats, v: Floats, z: Floats) -> Floats:
    """Spurs and gullies that rise all the way to the edge of the map, so that the hill holds no pools."""
    deep = layout.height_m - layout.hill_v
    up = np.clip((v - layout.hill_v) / deep, 0.0, 1.4)
    spurs = 0.72 + 0.28 * np.sin(2 * math.pi * (u + 25.0 * np.sin(v / 60.0)) / 310.0 + 0.8 + layout.seed)
    rough = _noise(layout, u, v, 1.1, (60.0, 210.0), 5) * np.minimum(up * 2, 1.0)
    return np.asarray(z + np.where(up > 0, 46.0 * spurs * up**1.35 + rough, 0.0))


def _rail_and_underpass(layout: StreetPlan, u: Floats, v: Floats, z: Floats, base: Floats) -> Floats:
    """The rail on its bank with a ditch on the hill's side; under it each avenue dips between upright walls.

    The bridge is not terrain. A hump before each ramp keeps the first water of the street out, and parapets that of
    the land beside it.
    """
    from_rail = np.abs(v - layout.rail_v)
    bank = base + np.clip(3.0 - (from_rail - 5.0) / 1.6, 0.0, 3.0)
    z = np.maximum(z, np.where(from_rail < 10.0, bank, -np.inf))
    z = np.where((v > layout.rail_v + 11.0) & (v < layout.rail_v + 17.0), base - 0.5, z)
    for avenue in layout.avenues_u:
        dip = UNDERPASS_DEPTH_M * np.clip(1 - (from_rail - 3.0) / 46.0, 0.0, 1.0)
        hump = 0.30 * np.clip(1 - np.abs(from_rail - 49.0) / 6.0, 0.0, 1.0)
        aside = np.abs(u - avenue)
        z = np.where((aside < 11.0) & (from_rail < 55.0), np.maximum(z, base + 0.7), z)
        z = np.where((aside < 8.0) & (from_rail < 55.0), base - dip + hump, z)
    return np.asarray(z)


def _sea(layout: StreetPlan, u: Floats, v: Floats, z: Floats) -> Floats:
    """The wall on the coast line, the rock slope before it and the sea bed."""
    out = layout.coast_v - v
    bed = np.maximum(1.0 - out / 4.0, SEA_BED_M - 0.003 * np.maximum(out, 0.0))
    bed = bed + _noise(layout, u, v, 0.06, (40, 120), 6)
    z = np.where(out > 3.0, np.minimum(bed, SEA_WALL_M), z)
    return np.asarray(np.where(np.abs(out) <= 3.0, SEA_WALL_M, z))


def _channel(layout: StreetPlan, u: Floats, v: Floats, z: Floats, base: Floats) -> Floats:
    """A lined channel from the foot of the hill to the sea; it cuts the sea wall, the streets and the rail."""
    bed = -1.2 + 0.0032 * np.maximum(v - layout.coast_v, 0.0)
    for centre in layout.channels_u:
        across = np.abs(u - centre)
        side = bed + np.maximum(across - 5.0, 0.0) * 0.9
        reach = (across < CHANNEL_M / 2 - 2.0) & (v > layout.coast_v - 14.0) & (v < layout.hill_v + 20.0)
        z = np.where(reach, np.minimum(z, np.maximum(side, bed)), z)
    return np.asarray(z)


def terrain_frame(layout: StreetPlan) -> tuple[float, float, int, int]:
    """West, north, rows and columns of the terrain: the box around the turned district, on whole cells."""
    x0, y0, x1, y1 = corners(layout)
    west, north = math.floor(x0 / CELL_M) * CELL_M, math.ceil(y1 / CELL_M) * CELL_M
    return west, north, math.ceil((north - y0) / CELL_M), math.ceil((x1 - west) / CELL_M)


def make_terrain(layout: StreetPlan, pads: Sequence[Pad], progress: Progress = silent) -> Grid:
    """The terrain as a float32 grid of 2 m cells with the buildings' pads; the sea is NaN.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    west, north, rows, columns = terrain_frame(layout)
    grid = Grid(np.zeros((rows, columns), np.float32), west, north, CELL_M, CRS)
    x, y = grid.cells.axes()
    tiles = [(row, column) for row in range(0, rows, _TILE) for column in range(0, columns, _TILE)]
    for k, (row, column) in enumerate(tiles):
        advance(progress, 0.6 * k / len(tiles), "Terrain")
        xx, yy = np.meshgrid(x[column : column + _TILE], y[row : row + _TILE])
        u, v = layout.from_map(xx, yy)
        grid.values[row : row + _TILE, column : column + _TILE] = ground(layout, u, v)
    for k, pad in enumerate(pads):
        if k % 200 == 0:
            advance(progress, 0.6 + 0.4 * k / max(len(pads), 1), "Terrain")
        _press(grid, layout, pad)
    for row in range(0, rows, _TILE):
        xx, yy = np.meshgrid(x, y[row : row + _TILE])
        _, v = layout.from_map(xx, yy)
        band = grid.values[row : row + _TILE]
        band[(v < layout.coast_v - 3.0) & (band < SEA_LEVEL_M)] = np.nan
    return grid


def _press(grid: Grid, layout: StreetPlan, pad: Pad) -> None:
    """Level the ground under and around one building; it falls away from the walls by 1 %."""
    reach = PAD_M + PAD_BLEND_M + 1.0
    u0, v0, u1, v1 = pad.polygon.bounds
    (u0, v0), (u1, v1) = (u0 - reach, v0 - reach), (u1 + reach, v1 + reach)
    x, y = layout.to_map([u0, u1, u1, u0], [v0, v0, v1, v1])
    row0, row1 = _lines(grid.north - y.max(), grid.north - y.min(), grid.cell_m, grid.rows)
    col0, col1 = _lines(x.min() - grid.west, x.max() - grid.west, grid.cell_m, grid.columns)
    centres_x, centres_y = grid.cells.axes()
    xx, yy = np.meshgrid(centres_x[col0:col1], centres_y[row0:row1])
    u, v = layout.from_map(xx, yy)
    distance = shapely.distance(pad.polygon, shapely.points(u, v))
    share = 1 - smoothstep((distance - PAD_M) / PAD_BLEND_M)
    window = grid.values[row0:row1, col0:col1]
    window[:] = window * (1 - share) + (pad.level_m - 0.01 * distance) * share


def _lines(first_m: float, last_m: float, cell_m: float, count: int) -> tuple[int, int]:
    """The first and the past-the-end of `count` rows or columns that a stretch meets."""
    first, end = np.clip(np.floor([first_m / cell_m, last_m / cell_m + 1]), 0, count).astype(int)
    return int(first), int(end)
