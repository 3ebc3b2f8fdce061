"""What a synthetic building consists of, as plain values that the IFC writer and the tests read."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a building in the building's frame (metres, z = 0 is the finished ground floor).

    The ring lies in the element's own frame, which is set at (x, y) and turned by `angle_rad`; it is drawn upwards
    from `z` of the storey by `size_m`, or, with `sideways`, is a profile (along, up) drawn to the left by `size_m`.
    """

    ifc_class: str
    storey: int
    name: str
    ring: Ring
    size_m: float
    z: float = 0.0
    x: float = 0.0
    y: float = 0.0
    angle_rad: float = 0.0
    predefined: str = ""
    group: str = ""
    sideways: bool = False
    host: int = -1
    width_m: float = 0.0
    height_m: float = 0.0


@dataclass(frozen=True, slots=True)
class PlannedStorey:
    """A storey: number 0 is the ground floor, negative ones lie below ground; elevation above the ground floor."""

    number: int
    elev_m: float
    height_m: float
    name: str


@dataclass(frozen=True, slots=True)
class PlannedSill:
    """Where water can come in, as the plan knows it: what the readers of the IFC file should find again."""

    kind: str
    name: str
    x: float
    y: float
    z: float
    width_m: float


@dataclass(frozen=True)
class BuildingPlan:
    """A building with its place: (map_x, map_y) and `bearing_rad` put its frame on the map."""

    number: int
    use: str
    name_en: str
    name_zh: str
    address: str
    year: int
    map_x: float
    map_y: float
    bearing_rad: float
    ground_floor_m: float
    unit: str
    footprint: tuple[Ring, ...]
    levels: tuple[PlannedStorey, ...]
    elements: tuple[Element, ...]
    sills: tuple[PlannedSill, ...]
    residents: int = 0
    workers: int = 0
    floor_area_m2: float = field(default=0.0)

    @property
    def name(self) -> str:
        return f"{self.name_en} {self.name_zh}"

    def on_map(self, x: float, y: float) -> tuple[float, float]:
        """A place of the building's frame on the map, to the millimetre."""
        cos, sin = math.cos(self.bearing_rad), math.sin(self.bearing_rad)
        return round(self.map_x + x * cos - y * sin, 3), round(self.map_y + x * sin + y * cos, 3)

    @property
    def file_name(self) -> str:
        return f"demo_{self.number:05d}_{self.use}.ifc"

    @property
    def storeys_above(self) -> int:
        return sum(1 for level in self.levels if level.number >= 0)

    @property
    def storeys_below(self) -> int:
        return sum(1 for level in self.levels if level.number < 0)

    @property
    def height_m(self) -> float:
        """Of the roof above the ground floor."""
        return round(self.levels[-1].elev_m + self.levels[-1].height_m, 3)
