"""The buildings of a city in plan: how it is cut into tiles, and where on Earth these stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.errors import InputError
from .earth import LocalFrame, Undulation, to_degrees, undulation
from .meshes import Shades
from .scene import Buildings
from .tile_tree import Node, grow, merged

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_KM = 300.0
"""Buildings that lie farther apart are not of one city."""


@dataclass(frozen=True, eq=False)
class CityPlan:
    """The buildings of a city in plan, and what they need of a tree of tiles.

    Attributes
    ----------
    boxes : ndarray of float64, shape (n, 4)
        West, south, east and north of each building.
    areas, bottom, top : ndarray of float64, shape (n,)
        Of its bodies; where it has none, of its rooms below ground.
    shade : ndarray of int64, shape (n,)
    """

    boxes: Floats
    areas: Floats
    bottom: Floats
    top: Floats
    shade: Ints

    @classmethod
    def of(cls, buildings: Buildings, shades: Shades) -> CityPlan:
        """Of buildings that each have a body or a room."""
        count = len(buildings)
        boxes = np.tile([np.inf, np.inf, -np.inf, -np.inf], (count, 1))
        areas, bottom, top = np.zeros(count), np.full(count, np.inf), np.full(count, -np.inf)
        without = np.ones(count, bool)
        without[buildings.bodies.owner] = False
        for prisms, counted in (
            (buildings.bodies, np.ones(len(buildings.bodies), bool)),
            (buildings.underground, without[buildings.underground.owner]),
        ):
            owner, outlines = prisms.owner[counted], prisms.outlines[counted]
            bounds = shapely.bounds(outlines).reshape(-1, 4)
            np.minimum.at(boxes[:, 0], owner, bounds[:, 0])
            np.minimum.at(boxes[:, 1], owner, bounds[:, 1])
            np.maximum.at(boxes[:, 2], owner, bounds[:, 2])
            np.maximum.at(boxes[:, 3], owner, bounds[:, 3])
            np.add.at(areas, owner, shapely.area(outlines))
            np.minimum.at(bottom, owner, prisms.bottom_m[counted])
            np.maximum.at(top, owner, prisms.top_m[counted])
        return cls(boxes, areas, bottom, top, shades.of(buildings.uses))

    def tree(self) -> Node:
        """The tree of its tiles."""
        return grow((self.boxes[:, 0] + self.boxes[:, 2]) / 2, (self.boxes[:, 1] + self.boxes[:, 3]) / 2)

    def require_near(self, name: str) -> None:
        """Check that the buildings of a layer lie in one city; raises an InputError."""
        far = float(max(np.ptp(self.boxes[:, [0, 2]]), np.ptp(self.boxes[:, [1, 3]])))
        if far > MOST_KM * 1000:
            raise InputError(
                "The buildings of the layer '{name}' lie up to {far:,.0f} km apart: some have wrong coordinates, such "
                "as 0, 0. Mend these, or choose an extent.",
                name=name,
                far=far / 1000,
            )

    def blocks(self, node: Node) -> Floats:
        """What a tile shows of many buildings, see `tile_tree.merged`."""
        return merged(node, self.boxes, self.areas, self.bottom, self.top, self.shade)

    def on_earth(self, crs: str, offset_m: float | None) -> tuple[Undulation, LocalFrame]:
        """The zero of elevations above the ellipsoid, and a frame in the middle that small changes do not move.

        Parameters
        ----------
        crs : str
            Code or WKT of the plans' CRS.
        offset_m : float, optional
            None for a geoid that PROJ has.

        Raises
        ------
        InputError
            Where a place is not on Earth, or PROJ has no geoid.
        """
        west, south = self.boxes[:, :2].min(axis=0)
        east, north = self.boxes[:, 2:].max(axis=0)
        lon, lat = to_degrees(crs, np.array([west, east, west, east]), np.array([south, south, north, north]))
        if np.ptp(lon) > 180:  # the city lies on both sides of the meridian of 180 degrees
            lon = np.where(lon < 0, lon + 360, lon)
        bounds = float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())
        offset = undulation(bounds) if offset_m is None else Undulation.constant(offset_m)
        middle = (round((bounds[0] + bounds[2]) / 2, 2), round((bounds[1] + bounds[3]) / 2, 2))
        return offset, LocalFrame(*middle, 0.0)
