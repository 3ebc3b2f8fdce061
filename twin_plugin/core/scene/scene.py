"""The value of a scene: what stands where in a district, below and above ground, and what changes with time.

Readers (bridge/scene) fill it; writers of formats take it. Coordinates are those of a projected CRS in metres,
elevations are metres above the vertical datum of the terrain. Buildings are columns: a city has 100,000 of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Prisms
from ..common.solid import Solid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Buildings:
    """The buildings of a scene and their attributes.

    Attributes
    ----------
    bodies : Prisms
        Each building from its base to its roof; `bodies.ids` and `bodies.names` are those of the buildings. A building
        has one body or several (parts of a multipolygon).
    uses : tuple of str, one for each building
        As the twin base has them, "" for unknown.
    storeys : Prisms
        The storeys; `storeys.owner` is the building's place, `storeys.ids` are the ids of the buildings. Empty where
        none are known.
    storey_numbers : ndarray of int64, shape (storeys,)
        0 is the ground floor.
    underground : Prisms
        Basements and other rooms below ground, owned alike.
    shells : mapping of int to Solid
        Closed shells of the buildings that have one, by place; in the CRS of the scene.
    attributes : mapping of str to sequence
        Further columns for the attributes of exports: a value or None for each building.
    rooms : Prisms
        Rooms, owned like storeys. Empty where none are known.
    room_attributes : mapping of str to sequence
        Columns of rooms: a value or None for each prism of `rooms`; `id` and `name` where they have them.
    shell_lods : mapping of int to str
        Levels of detail of shells that have another one than 2.2: 1.2 or 1.3.
    """

    bodies: Prisms
    uses: tuple[str, ...]
    storeys: Prisms
    storey_numbers: Ints
    underground: Prisms
    shells: Mapping[int, Solid] = field(default_factory=dict)
    attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    rooms: Prisms = field(default_factory=Prisms.none)
    room_attributes: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    shell_lods: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.bodies.objects

    @classmethod
    def of_bodies(cls, bodies: Prisms) -> Buildings:
        """Buildings of which nothing but the body is known."""
        return cls(bodies, ("",) * bodies.objects, Prisms.none(), np.zeros(0, np.int64), Prisms.none())


@dataclass(frozen=True, eq=False)
class Pipes:
    """Round bodies along lines: pipes, cables, tunnels.

    Attributes
    ----------
    ids : tuple of str
    paths : tuple of ndarray of float64, each of shape (n, 3), n >= 2
        The axis, x, y and elevation.
    radius_m : ndarray of float64, shape (pipes,)
    systems : tuple of str
        Such as storm, sewer, water, power, tunnel; "" for unknown.
    """

    ids: tuple[str, ...]
    paths: tuple[Floats, ...]
    radius_m: Floats
    systems: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Water:
    """The water of a flood run over time.

    Attributes
    ----------
    times_min : ndarray of float64, shape (steps,)
        Minutes since the run began, rising.
    depth_m : ndarray of float32, shape (steps, rows, columns)
        0 where dry, NaN where there is no data.
    ground : Grid
        The terrain of the same cells.
    """

    times_min: Floats
    depth_m: NDArray[np.float32]
    ground: Grid


@dataclass(frozen=True, eq=False)
class Stages:
    """Spans of stages: half open, seconds since 1970 (UTC); -inf and inf where a span has no start or end.

    Attributes
    ----------
    owner : ndarray of int64, shape (spans,)
        The building's place.
    stage : tuple of str, shape (spans,)
        planning, design, construction, operation or demolished.
    start_s, end_s : ndarray of float64, shape (spans,)
    """

    owner: Ints
    stage: tuple[str, ...]
    start_s: Floats
    end_s: Floats


@dataclass(frozen=True, eq=False)
class Scheme:
    """A planning scheme: buildings that replace or join those of today.

    Attributes
    ----------
    name : str
    buildings : Buildings
    replaces : shapely geometry, optional
        Today's buildings whose point on the surface lies in it are hidden while the scheme shows.
    """

    name: str
    buildings: Buildings
    replaces: shapely.Geometry | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """All that is shown or exported.

    Attributes
    ----------
    title : str
    crs : str
        Code or WKT of the horizontal CRS, projected and in metres.
    vertical : str
        What elevations are measured from, in words; "" for unknown.
    longitude, latitude : float
        WGS 84, degrees, of the middle: for the sun.
    north_deg : float
        Bearing of true north from the grid north there, clockwise.
    buildings : Buildings
    terrain : Grid, optional
    water : Water, optional
    pipes : Pipes, optional
    stages : Stages, optional
        Of `buildings`.
    schemes : tuple of Scheme
        At most two are compared.
    sources : tuple of str
        Names and ages of the data, shown to the reader.
    """

    title: str
    crs: str
    vertical: str
    longitude: float
    latitude: float
    north_deg: float
    buildings: Buildings
    terrain: Grid | None = None
    water: Water | None = None
    pipes: Pipes | None = None
    stages: Stages | None = None
    schemes: tuple[Scheme, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of buildings and terrain; NaN where there is neither."""
        boxes = [self.buildings.bodies.bounds, *(scheme.buildings.bodies.bounds for scheme in self.schemes)]
        if self.terrain is not None:
            grid = self.terrain
            boxes.append(
                (
                    grid.west,
                    grid.north - grid.rows * grid.cell_m,
                    grid.west + grid.columns * grid.cell_m,
                    grid.north,
                )
            )
        known = np.array([box for box in boxes if np.isfinite(box).all()])
        if not len(known):
            return (np.nan,) * 4
        west, south = (float(value) for value in known[:, :2].min(axis=0))
        east, north = (float(value) for value in known[:, 2:].max(axis=0))
        return west, south, east, north
