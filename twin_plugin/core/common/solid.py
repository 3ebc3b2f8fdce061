"""The value of a body in 3D, shared by what reads, draws, shades and exports buildings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Solid:
    """The faces of a body: flat polygons whose corners run counter-clockwise seen from outside.

    Attributes
    ----------
    points : ndarray of float64, shape (n, 3)
        Corners of all rings, one after the other, without the closing ones; x and y in the units of their frame (metres
        of a model, or those of a CRS), z in metres.
    counts : ndarray of int64, shape (r,)
        The number of each ring's corners.
    faces : ndarray of int64, shape (r,)
        The face of each ring, rising from 0; the first ring of a face is its outline, those that follow are holes.
    kind : str
        The IFC class of the elements that it shows, "" for a whole building.
    owner : str
        The id of the building to which it belongs.
    elements : int
        How many elements it shows, 0 where they are not counted.
    """

    points: Floats
    counts: Ints
    faces: Ints
    kind: str = ""
    owner: str = ""
    elements: int = 0

    @classmethod
    def from_faces(cls, faces: Iterable[Sequence[Floats]]) -> Solid:
        """A solid of faces, each a sequence of rings of shape (corners, 3)."""
        every = [rings for rings in faces if rings]
        rings = [ring for face in every for ring in face]
        points = np.concatenate([np.zeros((0, 3)), *rings])
        counts = np.array([len(ring) for ring in rings], dtype=np.int64)
        return cls(points, counts, np.repeat(np.arange(len(every)), [len(face) for face in every]))

    @classmethod
    def from_corners(cls, corners: Floats) -> Solid:
        """A solid of faces without holes that have equally many corners: shape (faces, corners, 3)."""
        number, size = corners.shape[:2]
        return cls(corners.reshape(-1, 3), np.full(number, size, dtype=np.int64), np.arange(number, dtype=np.int64))

    @classmethod
    def join(cls, solids: Sequence[Solid]) -> Solid:
        """All faces of some solids in one, without kind and owner."""
        ends = np.cumsum([0, *(solid.faces_count for solid in solids)])
        faces = [solid.faces + first for solid, first in zip(solids, ends, strict=False)]
        return cls(
            np.concatenate([np.zeros((0, 3)), *(solid.points for solid in solids)]),
            np.concatenate([np.zeros(0, dtype=np.int64), *(solid.counts for solid in solids)]),
            np.concatenate([np.zeros(0, dtype=np.int64), *faces]),
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Solid):
            return NotImplemented
        same = (self.kind, self.owner, self.elements) == (other.kind, other.owner, other.elements)
        pairs = ((self.points, other.points), (self.counts, other.counts), (self.faces, other.faces))
        return same and all(np.array_equal(mine, theirs) for mine, theirs in pairs)

    @property
    def faces_count(self) -> int:
        """How many faces it has."""
        return int(self.faces[-1]) + 1 if len(self.faces) else 0

    @property
    def size(self) -> int:
        """Its coordinates as polygons, whose rings close with their first corner."""
        return len(self.points) + len(self.counts)

    @property
    def heights(self) -> tuple[float, float]:
        """z of its lowest and of its highest corner, m."""
        return float(self.points[:, 2].min()), float(self.points[:, 2].max())

    def transformed(self, transform: Callable[[Floats], Floats]) -> Solid:
        """The same solid in another frame; `transform` takes and gives points of shape (n, 3)."""
        return replace(self, points=transform(self.points))

    def polygons(self) -> MultiPolygon:
        """Its faces as polygons with z."""
        ends = np.cumsum(self.counts)
        closed = np.insert(self.points, ends, self.points[ends - self.counts], axis=0)
        rings = shapely.linearrings(closed, indices=np.repeat(np.arange(len(ends)), self.counts + 1))
        return shapely.multipolygons(shapely.polygons(rings, indices=self.faces))
