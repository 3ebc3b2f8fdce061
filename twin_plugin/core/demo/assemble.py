"""Turns outlines and storeys into walls, slabs, doors, windows, ramps and vents."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from .parts import Element, PlannedSill, PlannedStorey, Ring
from .shapes import along, edges, rectangle

WALL_M = 0.24
SLAB_M = 0.18
RAMP_SLOPE = 0.15
STEP_RISE_M, STEP_GOING_M = 0.15, 0.32
VENT_M = 1.2


@dataclass
class BuildingBody:
    """A building being assembled: elements, storeys and sills in the building's frame."""

    levels: list[PlannedStorey] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    sills: list[PlannedSill] = field(default_factory=list)

    def add(self, element: Element) -> int:
        self.elements.append(element)
        return len(self.elements) - 1

    def level(self, number: int) -> PlannedStorey:
        return next(level for level in self.levels if level.number == number)

    def floor(self, ring: Ring, number: int, base: bool) -> None:
        """The slab whose top is the storey's elevation."""
        kind = "BASESLAB" if base else "FLOOR"
        self.add(Element("IfcSlab", number, "Floor slab 楼板", ring, SLAB_M, -SLAB_M, predefined=kind))

    def walls(
        self, ring: Ring, number: int, group: str = "external wall", bottom_m: float = 0.0, top_m: float | None = None
    ) -> list[int]:
        """A wall along every side of an outline, inside of it; their indices in the order of the sides."""
        height = self.level(number).height_m - SLAB_M if top_m is None else top_m - bottom_m
        hosts = []
        for x, y, angle, length in edges(ring):
            shape = rectangle(0.0, 0.0, round(length, 4), WALL_M)
            wall = Element("IfcWall", number, "Wall 墙", shape, height, bottom_m, x, y, angle, "SOLIDWALL", group)
            hosts.append(self.add(wall))
        return hosts

    def roof(self, ring: Ring, number: int, overhang: Ring | None = None) -> None:
        """A flat roof on top of the storey."""
        top = self.level(number).height_m - SLAB_M
        self.add(Element("IfcRoof", number, "Roof 屋面", overhang or ring, SLAB_M, top, predefined="FLAT_ROOF"))

    def fill(
        self, kind: str, host: int, offset_m: float, sill_m: float, width_m: float, height_m: float, name: str
    ) -> None:
        """A door or window in a wall with its opening; `sill_m` above the storey."""
        wall, x, y, _ = self._along(host, offset_m)
        hole = rectangle(0.0, -0.05, width_m, WALL_M + 0.05)
        place: dict[str, Any] = {"z": sill_m, "x": x, "y": y, "angle_rad": wall.angle_rad}
        opening = self.add(
            Element("IfcOpeningElement", wall.storey, name, hole, height_m, predefined="OPENING", host=host, **place)
        )
        leaf = rectangle(0.0, 0.08, width_m, 0.14)
        predefined = "WINDOW" if kind == "IfcWindow" else "DOOR"
        group = "external window" if kind == "IfcWindow" else "external door"
        self.add(
            Element(kind, wall.storey, name, leaf, height_m, predefined=predefined, group=group, host=opening,
                    width_m=width_m, height_m=height_m, **place)
        )  # fmt: skip

    def door(self, host: int, offset_m: float, sill_m: float, width_m: float, name: str, kind: str = "door") -> None:
        """An external door; its sill is remembered."""
        self.fill("IfcDoor", host, offset_m, sill_m, width_m, 2.2, name)
        self._remember(kind, name, host, offset_m, width_m, sill_m)

    def window(self, host: int, offset_m: float, sill_m: float, width_m: float, height_m: float, name: str) -> None:
        """A window with a real opening; its sill is remembered."""
        self.fill("IfcWindow", host, offset_m, sill_m, width_m, height_m, name)
        self._remember("window", name, host, offset_m, width_m, sill_m)

    def ribbon(self, ring: Ring, number: int) -> None:
        """One band of glass along every long side of an upper storey, set into the wall without an opening."""
        for x, y, angle, length in edges(ring):
            if length < 7.0:
                continue
            shape = rectangle(1.5, -0.02, round(length - 1.5, 4), WALL_M + 0.02)
            what = ("IfcWindow", number, "Window band 窗带", shape, 1.5, 0.9, x, y, angle, "WINDOW", "external window")
            self.add(Element(*what, width_m=round(length - 3.0, 4), height_m=1.5))

    def steps(self, host: int, offset_m: float, width_m: float, rise_m: float, z: float = 0.0) -> None:
        """Outside steps from the pavement up to a door whose sill lies `rise_m` above it."""
        count = max(1, round(rise_m / STEP_RISE_M))
        rise = rise_m / count
        profile: list[tuple[float, float]] = [(0.0, -rise_m - 0.1)]
        for k in range(count):
            profile += [(going * STEP_GOING_M, -rise_m + (k + 1) * rise) for going in (k, k + 1)]
        profile += [(count * STEP_GOING_M, -rise_m - 0.1)]
        wall, x, y, angle = self._along(host, offset_m + width_m + 0.3, -count * STEP_GOING_M)
        ring, wide, inwards = tuple(profile[::-1]), width_m + 0.6, angle + math.pi / 2
        name, kind = "Entrance steps 入口台阶", "STRAIGHT_RUN_STAIR"
        self.add(Element("IfcStair", wall.storey, name, ring, wide, z, x, y, inwards, kind, sideways=True))

    def ramp(self, host: int, offset_m: float, width_m: float, crest_m: float, down_m: float, room_m: float) -> None:
        """A ramp to the basement: a gate in the wall, its crest at the wall, falling inwards by 15 %.

        Where there is not the room for that it is as long as `room_m`.
        """
        name = "Basement car ramp 地下车库坡道"
        wall, x, y, _ = self._along(host, offset_m)
        hole = rectangle(0.0, -0.05, width_m, WALL_M + 0.05)
        place = (crest_m, x, y, wall.angle_rad)
        self.add(Element("IfcOpeningElement", wall.storey, name, hole, 2.4, *place, "OPENING", host=host))
        run = min((down_m + crest_m) / RAMP_SLOPE, room_m)
        profile = ((0.0, crest_m - 0.25), (run, -down_m - 0.25), (run, -down_m), (0.0, crest_m))
        _, sx, sy, angle = self._along(host, offset_m + width_m)
        self.add(Element("IfcRamp", wall.storey, name, profile, width_m, 0.0, sx, sy, angle + math.pi / 2,
                         "STRAIGHT_RUN_RAMP", "ramp", sideways=True, width_m=width_m))  # fmt: skip
        self._remember("ramp", name, host, offset_m, width_m, crest_m)

    def vent(self, host: int, offset_m: float, sill_m: float) -> None:
        """A louvre through the wall that airs the basement; `sill_m` above the ground floor."""
        name = "Basement vent 地下室通风口"
        wall, x, y, _ = self._along(host, offset_m)
        box = rectangle(0.0, -0.03, VENT_M, WALL_M + 0.03)
        self.add(Element("IfcAirTerminal", wall.storey, name, box, 0.5, sill_m, x, y, wall.angle_rad, "LOUVRE", "vent"))
        self._remember("vent", name, host, offset_m, VENT_M, sill_m)

    def _remember(self, kind: str, name: str, host: int, offset_m: float, width_m: float, sill_m: float) -> None:
        wall, x, y, _ = self._along(host, offset_m + width_m / 2)
        self.sills.append(PlannedSill(kind, name, x, y, self.level(wall.storey).elev_m + sill_m, width_m))

    def _along(self, host: int, offset_m: float, inward_m: float = 0.0) -> tuple[Element, float, float, float]:
        """A wall with a point on its outer side, moved inwards, and the side's angle."""
        wall, length = self.elements[host], self.elements[host].ring[1][0]
        end = wall.x + length * math.cos(wall.angle_rad), wall.y + length * math.sin(wall.angle_rad)
        return wall, *along(((wall.x, wall.y), end), 0, offset_m, inward_m)
