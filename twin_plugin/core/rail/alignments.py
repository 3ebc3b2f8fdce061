"""Pieces of an alignment as bodies: a strip in plan, and the height of the structure along it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from ..common.cells import FloatArray
from .kinds import Kind

SMALL_M2 = 1e-6
"""A smaller overlap is a touch."""


@dataclass(frozen=True)
class Piece:
    """A piece of a line of one kind.

    Attributes
    ----------
    id, line, option, state : str
        Options of one line exclude each other.
    kind : Kind
    shape : shapely LineString
    rail_m : float64 array, shape (vertices,)
        Level of the rail at each vertex, even between them; NaN where it is unknown.
    cost_mcny : float
        NaN where none is stated.
    """

    id: str
    line: str
    option: str
    state: str
    kind: Kind
    shape: shapely.LineString
    rail_m: FloatArray
    cost_mcny: float

    @cached_property
    def strip(self) -> shapely.Geometry:
        """The structure in plan: round at its corners, straight at its ends."""
        return shapely.buffer(self.shape, self.kind.width_m / 2, cap_style="flat", join_style="round")

    @cached_property
    def zone(self) -> shapely.Geometry:
        """The protection zone in plan, round at the ends."""
        return shapely.buffer(self.shape, self.kind.width_m / 2 + self.kind.protection_m)

    @property
    def length_m(self) -> float:
        return float(shapely.length(self.shape))

    @property
    def has_levels(self) -> bool:
        return bool(np.isfinite(self.rail_m).all())

    def rails_over(self, area: shapely.Geometry, half_m: float) -> list[tuple[float, float]]:
        """Least and greatest level of the rail of each part of the line beside which an area lies.

        Parameters
        ----------
        area : shapely geometry
        half_m : float
            So far to each side of the line the area counts.

        Returns
        -------
        list of (float, float)
            One for each connected part of what the area has in common with the strip of a segment, and with the disc
            about a corner.
        """
        xy = shapely.get_coordinates(self.shape)
        found = []
        for k in range(len(xy) - 1):
            segment = shapely.linestrings(xy[k : k + 2])
            length = float(shapely.length(segment))
            if length == 0.0:
                continue
            common = shapely.intersection(area, shapely.buffer(segment, half_m, cap_style="flat"))
            for part in shapely.get_parts(common):
                if shapely.area(part) <= SMALL_M2:
                    continue
                along = (shapely.get_coordinates(part) - xy[k]) @ (xy[k + 1] - xy[k]) / length**2
                share = np.clip([along.min(), along.max()], 0.0, 1.0)
                ends = self.rail_m[k] + share * (self.rail_m[k + 1] - self.rail_m[k])
                found.append((float(ends.min()), float(ends.max())))
        discs = shapely.buffer(shapely.points(xy[1:-1]), half_m)
        near = np.flatnonzero(shapely.area(shapely.intersection(area, discs)) > SMALL_M2)
        return [*found, *((float(z), float(z)) for z in self.rail_m[1 + near])]


def levels_along(shape: shapely.LineString, start_m: float, end_m: float) -> FloatArray:
    """The rail at each vertex of a line with one slope from its start to its end."""
    step = np.hypot(*np.diff(shapely.get_coordinates(shape), axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(step)])
    return np.asarray(start_m + (end_m - start_m) * along / max(along[-1], 1e-9), np.float64)
