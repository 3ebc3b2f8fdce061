"""The buildings of a scene as closed bodies with shared corners: what the writers of city models take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.prisms import Prisms
from ..common.progress import Progress, advance, part
from .scene import Buildings
from .shell_faces import Ring, ShellFaces, shell_faces
from .snapping import snap_outlines

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEP_M = 0.0001
"""Corners lie on a lattice of this spacing: bodies that touch share them, and faces stay flat to a millimetre."""
PACKED_BITS = 62
AT_ONCE = 4000
"""Buildings of which the corners are held in memory at once."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """Upright closed bodies by the places of their corners in `CityModel.corners`, sorted by owner.

    Attributes
    ----------
    prism : ndarray of int64, shape (blocks,)
        The prism of the scene that each is made from.
    first : ndarray of int64, shape (owners + 1,)
        Where the blocks of each building start.
    rings : ndarray of int64, shape (blocks + 1,)
        Where the rings of each block start, the outline first, counter-clockwise; holes clockwise.
    ends : ndarray of int64, shape (rings + 1,)
        Where the corners of each ring start.
    low, high : ndarray of int64, shape (corners,)
        The corners at the base and those above them at the top.
    left_out : int
        Prisms without a height or an area on the lattice.
    mended : int
        Outlines that touched themselves on the lattice and were mended.
    """

    prism: Ints
    first: Ints
    rings: Ints
    ends: Ints
    low: Ints
    high: Ints
    left_out: int = 0
    mended: int = 0

    def __len__(self) -> int:
        return len(self.prism)

    def of(self, owner: int) -> range:
        """The blocks of a building."""
        return range(int(self.first[owner]), int(self.first[owner + 1]))

    def ground(self, block: int) -> list[Ring]:
        """The base seen from above: its outline, then its holes."""
        return [self.low[start:end].tolist() for start, end in self._rings(block)]

    def faces(self, block: int) -> list[list[Ring]]:
        """All faces, seen from outside counter-clockwise: the ground, the roof, then the walls."""
        ground, roof, walls = [], [], []
        for start, end in self._rings(block):
            low, high = self.low[start:end].tolist(), self.high[start:end].tolist()
            ground.append(low[::-1])
            roof.append(high)
            corners = zip(low, low[1:] + low[:1], high[1:] + high[:1], high, strict=True)
            walls += [[list(wall)] for wall in corners]
        return [ground, roof, *walls]

    def _rings(self, block: int) -> Iterator[tuple[int, int]]:
        ends = self.ends[self.rings[block] : self.rings[block + 1] + 1].tolist()
        return pairwise(ends)


@dataclass(frozen=True, eq=False)
class CityModel:
    """The bodies of a city on a lattice.

    Attributes
    ----------
    buildings : Buildings
    origin : tuple of float
        x, y and elevation of the lattice's zero point.
    corners : ndarray of int64, shape (n, 3)
        Steps of `STEP_M` from the origin; no two are equal.
    bodies, storeys, underground, rooms : Blocks
    shells : mapping of int to ShellFaces
        By the place of the building.
    """

    buildings: Buildings
    origin: tuple[float, float, float]
    corners: Ints
    bodies: Blocks
    storeys: Blocks
    underground: Blocks
    rooms: Blocks
    shells: Mapping[int, ShellFaces]

    def has_body(self, place: int) -> bool:
        """Whether a building has anything that can be written."""
        return place in self.shells or len(self.bodies.of(place)) + len(self.underground.of(place)) > 0


@dataclass(frozen=True, eq=False)
class _Loose:
    """Blocks before their corners are shared."""

    xy: Ints
    low: Ints
    high: Ints
    ends: Ints
    rings: Ints
    prism: Ints
    first: Ints
    left_out: int
    mended: int

    @property
    def points(self) -> Ints:
        """Corners of the bases, then those of the tops, shape (2 corners, 3)."""
        return np.concatenate([np.c_[self.xy, self.low], np.c_[self.xy, self.high]])

    def joined(self, places: Ints) -> Blocks:
        """With the places of `points`."""
        half = len(self.xy)
        low, high = places[:half], places[half:]
        return Blocks(self.prism, self.first, self.rings, self.ends, low, high, self.left_out, self.mended)


def city_model(buildings: Buildings, progress: Progress, origin: tuple[float, float, float] | None = None) -> CityModel:
    """Put the bodies of buildings on a lattice of a tenth of a millimetre.

    Parameters
    ----------
    buildings : Buildings
    progress : Progress
    origin : tuple of float, optional
        The lattice's zero point; by default `city_origin`.

    Returns
    -------
    CityModel
        Bodies without height are left out and counted.

    Raises
    ------
    Cancelled
    """
    origin = city_origin(buildings) if origin is None else origin
    kinds = (buildings.bodies, buildings.storeys, buildings.underground, buildings.rooms)
    loose = []
    for number, prisms in enumerate(kinds):
        advance(progress, 0.2 * number, "Bodies")
        loose.append(_loose(prisms, origin, len(buildings)))
    advance(progress, 0.8, "Corners")
    zero = np.array(origin)
    lattice = {place: _steps(solid.points - zero) for place, solid in sorted(buildings.shells.items())}
    every = [each.points for each in loose] + list(lattice.values())
    corners, places = _shared(np.concatenate(every))
    parts = np.split(places, np.cumsum([len(points) for points in every])[:-1])
    bodies, storeys, underground, rooms = (each.joined(own) for each, own in zip(loose, parts, strict=False))
    shells = {}
    for place, own in zip(lattice, parts[len(loose) :], strict=True):
        found = shell_faces(buildings.shells[place], own, corners, STEP_M)
        if found is not None:
            shells[place] = found
    return CityModel(buildings, origin, corners, bodies, storeys, underground, rooms, shells)


def city_parts(buildings: Buildings, progress: Progress) -> Iterator[tuple[CityModel, Progress]]:
    """Some thousand buildings at a time, all on one lattice, with the progress of what is done with them.

    Raises
    ------
    Cancelled
    """
    origin, count = city_origin(buildings), len(buildings)
    kinds = (buildings.bodies, buildings.storeys, buildings.underground, buildings.rooms)
    orders = [np.argsort(prisms.owner, kind="stable") for prisms in kinds]
    for start in range(0, count, AT_ONCE):
        end = min(start + AT_ONCE, count)
        share = part(progress, start / count, end / count)
        rows = [
            order[slice(*np.searchsorted(prisms.owner[order], (start, end)).tolist())]
            for prisms, order in zip(kinds, orders, strict=True)
        ]
        yield city_model(_some(buildings, start, end, rows), part(share, 0.0, 0.3), origin), part(share, 0.3, 1.0)


def _some(buildings: Buildings, start: int, end: int, rows: list[Ints]) -> Buildings:
    """The buildings from one place to another; `rows` are those of their bodies, storeys, basements and rooms."""

    def chosen(prisms: Prisms, mine: Ints) -> Prisms:
        outlines, bottom, top = prisms.outlines[mine], prisms.bottom_m[mine], prisms.top_m[mine]
        return Prisms(outlines, bottom, top, prisms.owner[mine] - start, prisms.ids[start:end], prisms.names[start:end])

    bodies, storeys, underground, rooms = rows
    return Buildings(
        chosen(buildings.bodies, bodies),
        buildings.uses[start:end],
        chosen(buildings.storeys, storeys),
        buildings.storey_numbers[storeys],
        chosen(buildings.underground, underground),
        {place - start: shell for place, shell in buildings.shells.items() if start <= place < end},
        {name: values[start:end] for name, values in buildings.attributes.items()},
        chosen(buildings.rooms, rooms),
        {name: [values[row] for row in rooms.tolist()] for name, values in buildings.room_attributes.items()},
        {place - start: lod for place, lod in buildings.shell_lods.items() if start <= place < end},
    )


def city_origin(buildings: Buildings) -> tuple[float, float, float]:
    """Whole metres below all corners; zeros where there is nothing."""
    x, y, z = np.floor(city_extent(buildings)[:3]).tolist()
    return x, y, z


def city_extent(buildings: Buildings) -> tuple[float, ...]:
    """Lowest x, y and elevation, then the highest, to a step of the lattice; zeros where there is nothing.

    Bodies without height count too.
    """
    kinds = (buildings.bodies, buildings.storeys, buildings.underground, buildings.rooms)
    known = [prisms for prisms in kinds if len(prisms)]
    lowest = [(*prisms.bounds[:2], prisms.bottom_m.min()) for prisms in known]
    highest = [(*prisms.bounds[2:], prisms.top_m.max()) for prisms in known]
    shells = [solid.points for solid in buildings.shells.values() if len(solid.points)]
    lowest += [tuple(points.min(axis=0)) for points in shells]
    highest += [tuple(points.max(axis=0)) for points in shells]
    if not lowest:
        return (0.0,) * 6
    low, high = np.array(lowest, np.float64).min(axis=0), np.array(highest, np.float64).max(axis=0)
    return tuple(round(float(value), 4) + 0.0 for value in (*low, *high))


def _steps(metres: Floats) -> Ints:
    return np.rint(metres / STEP_M).astype(np.int64)


def _loose(prisms: Prisms, origin: tuple[float, float, float], owners: int) -> _Loose:
    order = np.argsort(prisms.owner, kind="stable")
    base, top = (_steps(z[order] - origin[2]) for z in (prisms.bottom_m, prisms.top_m))
    high = top > base
    shapes, row, mended = snap_outlines(prisms.outlines[order][high], origin[:2], STEP_M)
    row = np.flatnonzero(high)[row]
    rings, block = shapely.get_rings(shapes, return_index=True)
    outer = np.r_[True, block[1:] != block[:-1]] if len(block) else np.zeros(0, bool)
    rings = np.where(shapely.is_ccw(rings) == outer, rings, shapely.reverse(rings)) if len(rings) else rings
    points, ring = shapely.get_coordinates(rings, return_index=True)
    xy = points.astype(np.int64)
    follows = np.zeros(len(xy), bool)
    follows[1:] = (ring[1:] == ring[:-1]) & (xy[1:] != xy[:-1]).any(axis=1)  # neither the first of a ring nor a repeat
    xy, ring = xy[follows], ring[follows]  # rings close, so the first comes last as well
    ends = np.searchsorted(ring, np.arange(len(rings) + 1)).astype(np.int64)
    starts = np.searchsorted(block, np.arange(len(shapes) + 1)).astype(np.int64)
    prism = row[block[ring]] if len(ring) else np.zeros(0, np.int64)
    first = np.searchsorted(prisms.owner[order][row], np.arange(owners + 1)).astype(np.int64)
    left_out = len(prisms) - len(np.unique(row))
    return _Loose(xy, base[prism], top[prism], ends, starts, order[row], first, left_out, mended)


def _shared(points: Ints) -> tuple[Ints, Ints]:
    """Different points in the order in which they come, and the place of each point among them."""
    if not len(points):
        return points, np.zeros(0, np.int64)
    spread = np.ptp(points, axis=0)
    bits = [int(value).bit_length() for value in spread]
    moved = points - points.min(axis=0)
    key = (moved[:, 0] << (bits[1] + bits[2])) | (moved[:, 1] << bits[2]) | moved[:, 2]
    if sum(bits) > PACKED_BITS:
        key = _mixed(moved)
    _, index, inverse = np.unique(key, return_index=True, return_inverse=True)
    if sum(bits) > PACKED_BITS and (points[index][inverse] != points).any():
        _, index, inverse = np.unique(points, axis=0, return_index=True, return_inverse=True)
    rank = np.empty(len(index), np.int64)
    order = np.argsort(index)
    rank[order] = np.arange(len(index))
    return points[index[order]], rank[inverse]


def _mixed(points: Ints) -> Ints:
    """A number for each point that is hardly ever that of another."""
    factors = (-7046029254386353131, -4417276706812531889, -7723592293110705685)
    with np.errstate(over="ignore"):
        mixed = sum(points[:, axis] * np.int64(factor) for axis, factor in enumerate(factors))
        return mixed ^ (mixed >> 29)  # type: ignore[operator, return-value]
