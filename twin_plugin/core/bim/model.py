"""The values that reading a model gives: where it stands, its buildings and their parts, and how the reading went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from ..common.messages import Message
from ..common.solid import Solid
from ..common.warnings import CodedMessage
from .warnings import ModelNotes

Floats = NDArray[np.float64]

ROOM_APART, ROOM_APART_M2 = 0.02, 0.05
"""A stated area gets a warning where it differs from the measured one by more than this share and this much."""


class ReadStatus(str, Enum):
    """How the reading of a file ended."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class Confidence(str, Enum):
    """How far the place of a model can be trusted."""

    SURE = "sure"
    UNSURE = "unsure"
    NONE = "none"


@dataclass(frozen=True)
class LocalToMap:
    """The way from model coordinates in metres to a CRS.

    ``X = x + cos * scale_x * lx - sin * scale_y * ly``,
    ``Y = y + sin * scale_x * lx + cos * scale_y * ly``,
    ``Z = z + scale_z * lz`` with lx, ly, lz the coordinates of the model's placements in metres.

    Attributes
    ----------
    crs : str
        Authority code, WKT or PROJ string of X and Y; Z is always in metres.
    x, y : float
        X and Y of the model's zero point, in units of the CRS.
    z : float
        Elevation of the model's zero point, m.
    cos, sin : float
        Direction of the model's x axis in the CRS, of unit length.
    scale_x, scale_y : float
        Units of the CRS for one metre along the model's x and y axis.
    scale_z : float
        Metres of elevation for one metre along the model's z axis.
    """

    crs: str
    x: float
    y: float
    z: float
    cos: float = 1.0
    sin: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    scale_z: float = 1.0

    def apply(self, points: Floats) -> Floats:
        """Points of shape (n, 2) or (n, 3) in model metres, carried into the CRS; same shape."""
        lx, ly = points[:, 0] * self.scale_x, points[:, 1] * self.scale_y
        columns = [self.x + self.cos * lx - self.sin * ly, self.y + self.sin * lx + self.cos * ly]
        if points.shape[1] == 3:
            columns.append(self.z + self.scale_z * points[:, 2])
        return np.column_stack(columns)

    def elevation(self, z: float) -> float:
        """Elevation in metres of a height z in model metres."""
        return self.z + self.scale_z * z


@dataclass(frozen=True)
class Georeference:
    """What the resolver found out about the place of a model.

    Attributes
    ----------
    level : int
        0 none, 20 latitude and longitude, 30 absolute coordinates, 50 map conversion, 60 placed by hand.
    source : str
        Where the place was taken from, in a few words.
    confidence : Confidence
        Sure, unsure (placed, but check it) or none (not placed).
    to_map : LocalToMap or None
        None when the model has no place.
    scale_used : float or None
        Factor between model metres and map metres that was applied.
    warnings : tuple of CodedMessage
        What had to be guessed or repaired.
    vertical_datum : str
        What the elevations are measured from, where the model says so; they are never transformed.
    of_sites : mapping of str to LocalToMap
        By the GlobalId of a site, where several have places of their own.
    """

    level: int = 0
    source: str = "none"
    confidence: Confidence = Confidence.NONE
    to_map: LocalToMap | None = None
    scale_used: float | None = None
    warnings: tuple[CodedMessage, ...] = ()
    vertical_datum: str = ""
    of_sites: Mapping[str, LocalToMap] = field(default_factory=dict)

    def for_site(self, site_id: str) -> LocalToMap | None:
        """The transformation of what stands on a site: its own where it has one, else the model's."""
        return self.of_sites.get(site_id, self.to_map)


@dataclass(frozen=True)
class Storey:
    """A storey in model coordinates (m); `number` is 0 for the ground floor."""

    id: str
    name: str
    number: int
    elev_m: float
    height_m: float | None
    polygon: BaseGeometry | None
    area_m2: float
    is_floor: bool = True
    use: str = ""


@dataclass(frozen=True)
class Opening:
    """A way in for water: a door, a window, a ramp, a vent or a metro entrance, in model coordinates (m)."""

    id: str
    storey_id: str
    kind: str
    name: str
    x: float
    y: float
    sill_m: float
    width_m: float | None
    is_external: bool | None
    source: str


@dataclass(frozen=True)
class Underground:
    """What of a building lies below the ground, in model coordinates (m)."""

    id: str
    polygon: BaseGeometry
    top_m: float
    bottom_m: float
    use: str = ""


@dataclass(frozen=True)
class Room:
    """A space in model coordinates (m); what has no shape has no polygon, level, height and measured area."""

    id: str
    storey_id: str
    name: str
    long_name: str
    room_number: str
    use: str
    polygon: BaseGeometry | None
    elev_m: float | None
    height_m: float | None
    area_m2: float | None
    stated_area_m2: float | None
    is_outside: bool | None = None
    part_of: str = ""
    is_counted: bool = True

    @property
    def area_differs(self) -> bool | None:
        """Whether the measured area is not the stated one, by more than 2 %; None where one of both is unknown."""
        if self.area_m2 is None or self.stated_area_m2 is None:
            return None
        apart = abs(self.area_m2 - self.stated_area_m2)
        return apart > max(ROOM_APART * max(self.area_m2, self.stated_area_m2), ROOM_APART_M2)


@dataclass(frozen=True)
class RoofPart:
    """A part of a roof in plan: its shape, its plane ``z = a x + b y + c``, and its highest point (m)."""

    shape: BaseGeometry
    plane: tuple[float, float, float]
    top_m: float

    def moved(self, shift: Floats) -> RoofPart:
        """The same, `shift` (2,) further in plan."""
        a, b, c = self.plane
        shape = shapely.transform(self.shape, lambda points: points + shift)
        return RoofPart(shape, (a, b, c - a * float(shift[0]) - b * float(shift[1])), self.top_m)


@dataclass(frozen=True, eq=False)
class ClosedShell:
    """The closed shell of a building, in model coordinates (m).

    Attributes
    ----------
    solid : Solid, optional
        None where not even its outline could be drawn up.
    lod : str
        "1.2", "1.3" or "2.2": what it is, not what was asked for.
    reason : CodedMessage, optional
        Why it is less than what was asked for.
    volume_m3 : float
    check_m3 : float, optional
        The volume of the model's envelope by columns; None where the model is open.
    parts, planes : tuple of RoofPart
        The roof as flat parts (LoD 0.3 and 1.3) and by its planes (LoD 0.4 and 2.2).
    """

    solid: Solid | None
    lod: str
    reason: CodedMessage | None = None
    volume_m3: float = 0.0
    check_m3: float | None = None
    parts: tuple[RoofPart, ...] = ()
    planes: tuple[RoofPart, ...] = ()

    def moved(self, shift: Floats) -> ClosedShell:
        """The same, `shift` (2,) further in plan."""
        away = np.append(shift, 0.0)
        return replace(
            self,
            solid=self.solid.transformed(lambda points: points + away) if self.solid is not None else None,
            parts=tuple(part.moved(shift) for part in self.parts),
            planes=tuple(part.moved(shift) for part in self.planes),
        )


@dataclass(frozen=True)
class EnvelopeSide:
    """What of an envelope is of one kind: wall, roof, slab, ground, overhang, window or door; None is unknown."""

    kind: str
    elements: int | None
    gross_area_m2: float | None
    net_area_m2: float | None
    volume_m3: float | None
    lod: str = ""


@dataclass(frozen=True)
class Building:
    """A building or a piece of infrastructure in model coordinates (m); `solids` are one, or one of each IFC class."""

    id: str
    name: str
    use: str
    footprint: BaseGeometry | None
    outline: BaseGeometry | None
    ground_m: float
    base_m: float
    roof_m: float
    storeys: tuple[Storey, ...] = ()
    openings: tuple[Opening, ...] = ()
    underground: tuple[Underground, ...] = ()
    openings_known: bool = True
    lifecycle_stage: str = ""
    is_infrastructure: bool = False
    solids: tuple[Solid, ...] = ()
    address: str = ""
    stated_floor_area_m2: float | None = None
    site_id: str = ""
    doubts: tuple[CodedMessage, ...] = ()
    door_height_m: float | None = None
    rooms: tuple[Room, ...] = ()
    shell: ClosedShell | None = None
    envelope: tuple[EnvelopeSide, ...] = ()

    @property
    def footprint_area_m2(self) -> float:
        return float(self.footprint.area) if self.footprint is not None else 0.0

    @property
    def outline_area_m2(self) -> float:
        return float(self.outline.area) if self.outline is not None else 0.0

    @property
    def height_m(self) -> float:
        return self.roof_m - self.ground_m

    @property
    def storeys_above(self) -> int:
        return len({storey.number for storey in self.storeys if storey.number >= 0})

    @property
    def storeys_below(self) -> int:
        return len({storey.number for storey in self.storeys if storey.number < 0})

    @property
    def gross_floor_area_m2(self) -> float:
        return sum(storey.area_m2 for storey in self.storeys if storey.is_floor)

    @property
    def below_ground_area_m2(self) -> float:
        return sum(float(part.polygon.area) for part in self.underground)


@dataclass(frozen=True)
class TerrainSurface:
    """A surface of the ground in model coordinates (m): triangles that look up."""

    id: str
    name: str
    ifc_class: str
    solid: Solid
    triangles: int
    plan_area_m2: float
    low_m: float
    high_m: float


@dataclass(frozen=True)
class AlignmentSegment:
    """A part of the axis of a road or a railway as a line with z in model coordinates (m).

    Radii are positive where it turns left, and None where it is straight; gradients are rise over run, cant is the
    left rail less the right one, each None where the model has none.
    """

    id: str
    alignment_id: str
    name: str
    number: int
    kind: str
    line: LineString
    start_station_m: float
    end_station_m: float
    length_m: float
    start_radius_m: float | None = None
    end_radius_m: float | None = None
    start_gradient: float | None = None
    end_gradient: float | None = None
    start_cant_m: float | None = None
    end_cant_m: float | None = None
    has_profile: bool = False


@dataclass(frozen=True)
class StatedValue:
    """What a model states under one name: one value, or all that parts have; numbers in SI units, `unit` theirs."""

    values: tuple[float | int | bool | str, ...]
    unit: str = ""
    several: bool = False


@dataclass(frozen=True)
class ModelReport:
    """One file: how the reading went, where the model stands, and what it holds."""

    id: str
    path: str
    sha256: str = ""
    size: int = 0
    modified: str = ""
    schema: str = ""
    status: ReadStatus = ReadStatus.FAILED
    reasons: tuple[CodedMessage, ...] = ()
    seconds: float = 0.0
    engine: str = ""
    elements: int = 0
    meshed: int = 0
    georeference: Georeference = field(default_factory=Georeference)
    warnings: tuple[CodedMessage, ...] = ()
    buildings: tuple[Building, ...] = ()
    stated: Mapping[str, Mapping[str, StatedValue]] = field(default_factory=dict)
    """What was asked for of buildings, storeys, rooms and openings, by GlobalId and label."""
    terrains: tuple[TerrainSurface, ...] = ()
    alignments: tuple[AlignmentSegment, ...] = ()

    @property
    def reason(self) -> Message:
        """Why the status is not ok, or why nothing was found; empty where all is well."""
        return Message.joined(self.reasons)

    @property
    def notes(self) -> ModelNotes:
        """What is stored of the reading; the warnings of the georeference come first."""
        return ModelNotes(self.reasons, (*self.georeference.warnings, *self.warnings))
