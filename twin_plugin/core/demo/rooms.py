"""Rooms below ground of the synthetic district as layers: basements, and the metro's concourse over its platform."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import shapely

from .district import District
from .layer import Row
from .parts import BuildingPlan, Ring

STAIR_M = 6.0
"""Clear width of the stairs from a concourse down to its platform, all together."""
VALUE_PER_M2 = {"metro": 6000.0, "hospital": 9000.0, "shop": 5000.0, "office": 3500.0, "home": 3000.0}
"""What stands in a square metre below ground, CNY: an invented figure that lets barriers be ranked by money."""
CURRENCY = "CNY"
WIDE_DOOR = ("door", "metro entrance", "ramp", "vent")
"""Openings that lead down; windows lie above the ceiling of a basement."""


def room_rows(district: District) -> Iterator[Row]:
    """Outline and values of each room: one for each storey below ground of a station, one for each other basement."""
    for plan in district.plans:
        yield from rooms_of(plan)


def rooms_of(plan: BuildingPlan) -> Iterator[Row]:
    """Outline and values of the rooms of one building."""
    for name, ring, bottom_m, top_m in _rooms(plan):
        outline = shapely.Polygon(_on_map(plan, ring))
        values_m2 = VALUE_PER_M2.get(plan.use, 3000.0)
        levels_m = round(plan.ground_floor_m + bottom_m, 3), round(plan.ground_floor_m + top_m, 3)
        value = round(values_m2 * outline.area, -3)
        yield outline, (f"{plan.file_name}/{name}", plan.file_name, plan.use, *levels_m, value, CURRENCY)


def opening_rows(district: District) -> Iterator[Row]:
    """Place and values of each opening by which water comes to a room; that of a station leads to its concourse."""
    for plan in district.plans:
        rooms = _rooms(plan)
        if not rooms:
            continue
        for number, sill in enumerate(plan.sills, 1):
            if sill.kind in WIDE_DOOR:
                (point,) = _on_map(plan, ((sill.x, sill.y),))
                sill_m = round(plan.ground_floor_m + sill.z, 3)
                room = f"{plan.file_name}/{rooms[0][0]}"
                yield shapely.Point(point), (f"{plan.file_name}/{number}", room, sill.kind, sill_m, sill.width_m)


def link_rows(district: District) -> Iterator[Row]:
    """From, to, sill and width of each passage: the stairs from a concourse down to its platform."""
    for plan in district.plans:
        rooms = _rooms(plan)
        for (upper, _, bottom_m, _), (lower, *_) in pairwise(rooms):
            ends = f"{plan.file_name}/{upper}", f"{plan.file_name}/{lower}"
            yield None, (*ends, round(plan.ground_floor_m + bottom_m, 3), STAIR_M)


def _rooms(plan: BuildingPlan) -> list[tuple[str, Ring, float, float]]:
    """Name, outline, floor and ceiling above the ground floor of each room, the highest first."""
    below = sorted((level for level in plan.levels if level.number < 0), key=lambda level: -level.number)
    if not below:
        return []
    slabs = {element.storey: element.ring for element in plan.elements if element.ifc_class == "IfcSlab"}
    if plan.use == "metro":
        names = ("concourse", "platform")
        return [
            (name, slabs[level.number], level.elev_m, level.elev_m + level.height_m)
            for name, level in zip(names, below, strict=True)
        ]
    return [("basement", plan.footprint[0], below[-1].elev_m, 0.0)]


def _on_map(plan: BuildingPlan, ring: Ring) -> list[tuple[float, float]]:
    cos, sin = math.cos(plan.bearing_rad), math.sin(plan.bearing_rad)
    return [(round(plan.map_x + x * cos - y * sin, 3), round(plan.map_y + x * sin + y * cos, 3)) for x, y in ring]
