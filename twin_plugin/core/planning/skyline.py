"""Skylines: the greatest elevation of walls and terrain at every azimuth around an eye, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from ..common.errors import InputError
from ..common.grid import Grid
from ..common.prisms import Bools, Edges, Floats, Ints, Prisms
from ..common.progress import Progress, advance, part
from . import envelope_kernels as kernels
from .observers import Observers
from .side_by_side import Task, side_by_side

AT_ONCE = 64
"""Observers whose skylines are in memory before they are handed on."""


@dataclass(frozen=True)
class SkylineSight:
    """How an eye sees.

    Attributes
    ----------
    lowering_per_m : float
        From `lowering` of curvature.py; 0 for a flat Earth.
    terrain_step_deg : float
        Step between the rays on which the terrain's horizon is found; between them it is a straight edge.
    """

    lowering_per_m: float = 0.0
    terrain_step_deg: float = 0.5

    @property
    def rays(self) -> int:
        return max(8, round(360.0 / self.terrain_step_deg))


@dataclass(frozen=True, eq=False)
class Skyline:
    """Pieces around the whole circle, from azimuth 0 on; each reaches to the next one.

    Attributes
    ----------
    azimuth : ndarray of float64, shape (n + 1,)
        Where pieces begin, in radians clockwise from north; the last is a full turn.
    a, b : ndarray of float64, shape (n,)
        tan(elevation) = a cos(azimuth) + b sin(azimuth).
    source : ndarray of int64, shape (n,)
        Number of the wall in the prisms' edges; -1 where nothing rises above the eye; -2 - k for ray k of the terrain.
    """

    azimuth: Floats
    a: Floats
    b: Floats
    source: Ints

    @classmethod
    def of_pieces(cls, pieces: Any) -> Skyline:
        """From what the kernels give."""
        azimuth, _, _, a, b, source = pieces
        return cls(np.append(azimuth, kernels.TURN), a, b, source)

    def piece_at(self, azimuth: Floats) -> Ints:
        """The piece of each azimuth, in radians from 0 to a full turn."""
        place = np.searchsorted(self.azimuth, azimuth, side="right") - 1
        return np.clip(place, 0, len(self.a) - 1)

    def tangent(self, azimuth: Floats, piece: Ints | None = None) -> Floats:
        """tan(elevation) at azimuths in radians, on their piece or on one that is given."""
        place = self.piece_at(azimuth) if piece is None else piece
        return np.asarray(self.a[place] * np.cos(azimuth) + self.b[place] * np.sin(azimuth))

    def elevation_deg(self, azimuth_deg: Floats) -> Floats:
        """Elevation at azimuths, both in degrees."""
        return np.degrees(np.arctan(self.tangent(np.radians(np.mod(azimuth_deg, 360.0)))))


@dataclass(frozen=True, eq=False)
class SkylineWalls:
    """The walls of prisms with their tops."""

    prisms: Prisms
    edges: Edges
    top_m: Floats

    @classmethod
    def of(cls, prisms: Prisms) -> SkylineWalls:
        edges = prisms.edges()
        return cls(prisms, edges, np.ascontiguousarray(prisms.top_m[edges.prism]))

    def object_of(self, source: Ints) -> Ints:
        """The object behind each source of a skyline; -1 for terrain and where nothing rises."""
        wall = source >= 0
        found = np.full(len(source), -1, np.int64)
        found[wall] = self.prisms.owner[self.edges.prism[source[wall]]]
        return found


@dataclass(frozen=True, eq=False)
class SeenSkyline:
    """What one observer sees.

    Attributes
    ----------
    number : int
        Of the observer.
    terrain : Skyline
        Of the terrain alone.
    present : Skyline
    future : Skyline or None
        With the scheme, where there is one.
    horizon_m : ndarray of float64, shape (rays,)
        How far the terrain's horizon is on each ray; 0 where none rises above the eye.
    """

    number: int
    terrain: Skyline
    present: Skyline
    future: Skyline | None
    horizon_m: Floats

    @property
    def shown(self) -> Skyline:
        """With the scheme where there is one, else today's."""
        return self.present if self.future is None else self.future


@dataclass(frozen=True, eq=False)
class SkylineScene:
    """What observers look at.

    Attributes
    ----------
    present : SkylineWalls
    future : SkylineWalls or None
    heights : ndarray of float32 or None
        Of the terrain.
    place : Grid or None
        The terrain.
    """

    present: SkylineWalls
    future: SkylineWalls | None
    heights: np.ndarray[Any, np.dtype[np.float32]] | None
    place: Grid | None
    highest_m: float
    sight: SkylineSight

    @classmethod
    def of(cls, present: Prisms, future: Prisms | None, terrain: Grid | None, sight: SkylineSight) -> SkylineScene:
        heights = None if terrain is None else np.ascontiguousarray(terrain.values, np.float32)
        highest = -np.inf if heights is None or not np.isfinite(heights).any() else float(np.nanmax(heights))
        walls = None if future is None else SkylineWalls.of(future)
        return cls(SkylineWalls.of(present), walls, heights, terrain, highest, sight)

    @property
    def shown(self) -> SkylineWalls:
        """With the scheme where there is one, else today's."""
        return self.present if self.future is None else self.future

    def see(self, observers: Observers, number: int) -> SeenSkyline:
        """What one observer sees."""
        eye = float(observers.x[number]), float(observers.y[number]), float(observers.eye_m[number])
        terrain, horizon = self._terrain(*eye)
        present = self._walls(self.present, terrain, *eye)
        future = None if self.future is None else self._walls(self.future, terrain, *eye)
        return SeenSkyline(number, Skyline.of_pieces(terrain), present, future, horizon)

    def _terrain(self, x: float, y: float, eye_m: float) -> tuple[Any, Floats]:
        rays = self.sight.rays
        if self.heights is None or self.place is None:
            tangent, horizon = np.zeros(rays), np.zeros(rays)
        else:
            tangent, horizon = kernels.terrain_horizon(
                self.heights, self.highest_m, float(self.place.west), float(self.place.north),
                float(self.place.cell_m), x, y, eye_m, self.sight.lowering_per_m, rays,
            )  # fmt: skip
        return kernels.envelope_of_rays(tangent), horizon

    def _walls(self, walls: SkylineWalls, terrain: Any, x: float, y: float, eye_m: float) -> Skyline:
        edges = walls.edges
        arcs = kernels.seen_arcs(
            x, y, eye_m, edges.x0, edges.y0, edges.x1, edges.y1, walls.top_m, self.sight.lowering_per_m
        )
        return Skyline.of_pieces(kernels.upper_of(kernels.envelope_of_arcs(*arcs), terrain))


def covered(observers: Observers, prisms: Prisms) -> Bools:
    """Which observers stand within, at the wall of, or below a body that rises above their eye, and see no skyline."""
    found = np.zeros(len(observers), bool)
    if len(prisms):
        points = shapely.points(observers.x, observers.y)
        who, prism = shapely.STRtree(prisms.outlines).query(points, predicate="intersects")
        found[who[observers.eye_m[who] < prisms.top_m[prism]]] = True
    return found


def look(scene: SkylineScene, observers: Observers, progress: Progress, threads: int = 1) -> Iterator[SeenSkyline]:
    """What each observer sees, in their order; some at a time, `threads` of them side by side.

    Raises
    ------
    InputError
        When there is no observer.
    Cancelled
        Between two observers.
    """
    count = len(observers)
    if not count:
        raise InputError("There is no observer to look.")
    for first in range(0, count, AT_ONCE):
        last = min(first + AT_ONCE, count)
        found: dict[int, SeenSkyline] = {}

        def task(number: int, found: dict[int, SeenSkyline] = found) -> Task:
            return lambda stopped: found.update({number: scene.see(observers, number)})

        tasks = [task(number) for number in range(first, last)]
        side_by_side(tasks, threads, part(progress, first / count, last / count))
        for number in range(first, last):
            yield found[number]
            advance(progress, last / count)
