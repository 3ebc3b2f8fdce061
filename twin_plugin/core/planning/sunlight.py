"""Sunlight at windows and facade points: when the sun reaches each, for how long, and which building takes how much."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.prisms import Bools, Floats, Ints, Prisms
from ..common.progress import Progress, silent
from ..common.sun_position import SunDay
from .prism_index import PrismIndex
from .side_by_side import side_by_side
from .sun_points import SunPoints, covered
from .sun_rules import SunRule
from .sunlight_kernels import BINS, BLOCK_CELLS, light_points

BLOCK = 100
"""Points between two looks at whether to stop."""
_H = 12.0 / np.pi
"""Hours of a radian of hour angle."""


@dataclass(frozen=True, eq=False)
class Sunlight:
    """The sun at n points.

    Attributes
    ----------
    point : ndarray of int64, shape (spells,)
    from_h, to_h : ndarray of float64, shape (spells,)
        Each spell of sun, in true solar time, ordered by point and time.
    possible_h : ndarray of float64, shape (n,)
        How long the sun stands before the wall within the band, whatever stands around.
    taken_point, taken_object : ndarray of int64, shape (m,)
        A point and an object that takes the sun from it.
    taken_h, alone_h : ndarray of float64, shape (m,)
        For how long the object stands before the sun, and for how long nothing else does: what the point would win.
    """

    point: Ints
    from_h: Floats
    to_h: Floats
    possible_h: Floats
    taken_point: Ints
    taken_object: Ints
    taken_h: Floats
    alone_h: Floats

    def lit_h(self) -> Floats:
        """All hours of sun at each point."""
        return np.bincount(self.point, self.to_h - self.from_h, len(self.possible_h)).astype(np.float64)

    def longest_h(self) -> Floats:
        """The longest spell at each point."""
        longest = np.zeros(len(self.possible_h))
        np.maximum.at(longest, self.point, self.to_h - self.from_h)
        return longest

    def counted_h(self, rule: SunRule) -> Floats:
        """The hours at each point that count by a rule: of spells long enough, all or the longest ones."""
        length = self.to_h - self.from_h
        order = np.lexsort((-length, self.point))
        point, length = self.point[order], length[order]
        rank = np.arange(len(point)) - np.searchsorted(point, point)
        counts = rule.long_enough(length) & ((rank < rule.spells) | (rule.spells == 0))
        return np.bincount(point[counts], length[counts], len(self.possible_h)).astype(np.float64)

    def lit_at(self, tst_h: float) -> Bools:
        """Which points have the sun at a time."""
        found = np.zeros(len(self.possible_h), bool)
        found[self.point[(self.from_h <= tst_h) & (tst_h < self.to_h)]] = True
        return found


def find_sunlight(
    points: SunPoints, prisms: Prisms, sun: SunDay, rule: SunRule, threads: int = 1, progress: Progress = silent
) -> Sunlight:
    """The sun at points within a rule's band, exact to the second.

    A window without a width, in a rule of whole windows, is its middle. A point within a body has no sun. The ground
    takes none.

    Raises
    ------
    InputError
        When the sun stays too low during the whole band.
    Cancelled
    """
    band = rule.band(sun)
    angles = tuple((hour - 12.0) / _H for hour in band)
    lean = np.sin(np.radians(rule.wall_angle_deg)), np.cos(np.radians(rule.wall_angle_deg))
    arguments = (_city_arrays(prisms), _lowest(sun, band), angles, lean, _sun_numbers(sun, band))
    places = _point_numbers(points, rule.whole_window)
    count = len(points)
    blocks = [(first, min(first + BLOCK, count)) for first in range(0, count, BLOCK)]
    found: list[tuple[Floats, Floats, Floats]] = [(np.zeros((3, 0)), np.zeros((4, 0)), np.zeros(0))] * len(blocks)

    def light(number: int, stopped: threading.Event) -> None:
        if not stopped.is_set():
            found[number] = light_points(places, *blocks[number], *arguments)

    tasks = [lambda stopped, number=number: light(number, stopped) for number in range(len(blocks))]
    side_by_side(tasks, threads, progress, "following the sun")
    found.append((np.zeros((3, 0)), np.zeros((4, 0)), np.zeros(0)))
    lit, takes, possible = (np.concatenate([part[i] for part in found], axis=-1) for i in range(3))
    inside = covered(points, prisms, progress)
    lit, takes = lit[:, inside[lit[0].astype(np.int64)] < 0], takes[:, inside[takes[0].astype(np.int64)] < 0]
    dark = np.flatnonzero((inside >= 0) & (possible > 0))
    takes = np.column_stack([takes, [dark, inside[dark], possible[dark], possible[dark]]])
    takes = takes[:, np.argsort(takes[0], kind="stable")]
    return Sunlight(
        lit[0].astype(np.int64), lit[1] * _H + 12.0, lit[2] * _H + 12.0, possible * _H, takes[0].astype(np.int64),
        takes[1].astype(np.int64), takes[2] * _H, takes[3] * _H,
    )  # fmt: skip


def _point_numbers(points: SunPoints, whole_window: bool) -> Floats:
    """What the kernel reads of points."""
    angle = np.radians(points.facing_deg)
    faces = np.isfinite(angle)
    half = np.where(faces, points.width_m / 2, 0.0) if whole_window else np.zeros(len(points))
    east, north = (np.where(faces, side, 0.0) for side in (np.sin(angle), np.cos(angle)))
    return np.stack([points.x, points.y, points.z, east, north, np.nan_to_num(half)])


def _sun_numbers(sun: SunDay, band: tuple[float, float]) -> Floats:
    """What the kernel reads of the sun; the tangent of the declination is linear between the ends of the band."""
    start, end = np.tan(np.radians(sun.declination(np.array(band))))
    first, last = ((hour - 12.0) / _H for hour in band)
    rate = (end - start) / (last - first)
    lat, turn = np.radians(sun.latitude_deg), np.radians(sun.map_north_deg)
    return np.array([np.sin(lat), np.cos(lat), np.sin(turn), np.cos(turn), start - rate * first, rate])


def _lowest(sun: SunDay, band: tuple[float, float]) -> Floats:
    """The lowest tangent of the sun's altitude in each direction; infinite where it never stands."""
    path = sun.at(np.linspace(*band, 2000))
    low = np.full(BINS, np.inf)
    tangent = np.maximum(np.tan(np.radians(np.minimum(path.altitude_deg, 89.9))), 1e-6)
    place = np.floor(path.azimuth_deg / 360.0 * BINS).astype(int) % BINS
    np.minimum.at(low, place, tangent)
    for before, after, height in zip(place[:-1], place[1:], np.minimum(tangent[:-1], tangent[1:]), strict=True):
        way = (after - before + BINS // 2) % BINS - BINS // 2  # near the zenith the bearing passes several at once
        between = (before + np.arange(1, abs(way)) * int(np.sign(way))) % BINS
        low[between] = np.minimum(low[between], height)
    return np.minimum(low, np.minimum(np.roll(low, 1), np.roll(low, -1)))


def _city_arrays(prisms: Prisms) -> tuple[Floats, Floats, Floats, Ints, Ints, Floats, Floats]:
    """What the kernel reads of bodies."""
    index = PrismIndex.of(prisms).arrays
    bounds = shapely.bounds(prisms.outlines).reshape(-1, 4)
    centre, radius = (bounds[:, :2] + bounds[:, 2:]) / 2, np.hypot(*(bounds[:, 2:] - bounds[:, :2]).T) / 2
    bodies = np.column_stack(
        [centre, prisms.bottom_m, prisms.top_m, radius, prisms.owner, index.edge_first[:-1], index.edge_first[1:]]
    ).astype(np.float64)
    rows, columns = (int(number) for number in index.shape)
    tops = np.full(rows * columns, -np.inf)
    cell = np.repeat(np.arange(rows * columns), np.diff(index.bin_first))
    np.maximum.at(tops, cell, prisms.top_m[index.members])
    high, wide = -(-rows // BLOCK_CELLS), -(-columns // BLOCK_CELLS)
    padded = np.full((high * BLOCK_CELLS, wide * BLOCK_CELLS), -np.inf)
    padded[:rows, :columns] = tops.reshape(rows, columns)
    blocks = padded.reshape(high, BLOCK_CELLS, wide, BLOCK_CELLS).max(axis=(1, 3))
    highest = prisms.top_m.max() if len(prisms) else -np.inf
    grid = np.array([*index.corner, columns, rows, highest], np.float64)
    return bodies, index.edges, grid, index.bin_first, index.members, tops, blocks
