"""Critical assets of the synthetic district, and what feeds what: substations, pumps, charging, metro, underpasses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from .district import District
from .drains import pump_m3s
from .parts import BuildingPlan, PlannedSill
from .street_plan import StreetPlan

BEFORE_M = 3.0
"""An asset of a building lies so far before its door, where the water in the street is seen, and not its roof."""
SIZES = {"substation": (100.0, "MVA"), "charging": (24.0, "charging points"), "pumping": (6.0, "m3/s")}
METRO = (6000.0, "persons/h")
UNDERPASS = (1800.0, "vehicles/h")
CABINET_M = 14.0, 30.0
"""Where the cabinet of an underpass's pump stands: beside the avenue, and so far from the rail on the sea's side."""
BACKUP_H = {"pumping": 2.0, "metro_entrance": 1.0, "underpass": 0.05}
"""How long kinds go on without what they need, in hours: diesel, batteries, and the minutes in which the dip fills."""
POWER, DRAINAGE = "power", "drainage"

Row = tuple[shapely.Point, tuple[Any, ...]]
Need = tuple[None, tuple[Any, ...]]


def asset_rows(district: District) -> Iterator[Row]:
    """Place and values of each asset: those of buildings, then the pump and the dip of each underpass."""
    for number, (point, values) in enumerate((*_of_buildings(district), *_of_underpasses(district)), 1):
        yield point, (f"A{number:03d}", *values)


def need_rows(district: District) -> Iterator[Need]:
    """Asset, what it needs, the group of alternatives, and backup, of each dependency.

    Power comes from the nearest substation; metro entrances have a second one where there is one. An underpass needs
    the pump that keeps it dry.
    """
    rows = list(asset_rows(district))
    substations = [(values[0], point) for point, values in rows if values[1] == "substation"]
    pump = ""
    for point, (asset, kind, *_) in rows:
        if kind == "underpass_pump":
            pump = asset
        if kind == "underpass":
            yield None, (asset, pump, DRAINAGE, BACKUP_H[kind])
        elif kind != "substation":
            near = sorted(substations, key=lambda other: float(shapely.distance(point, other[1])))
            for other, _ in near[: 2 if kind == "metro_entrance" else 1]:
                yield None, (asset, other, POWER, BACKUP_H.get(kind, 0.0))


def _of_buildings(district: District) -> Iterator[Row]:
    for plan in district.plans:
        if plan.use in SIZES:
            values = (plan.use, plan.name, plan.file_name, plan.ground_floor_m, *SIZES[plan.use])
            yield before(plan, plan.sills[0]), values
        for sill in plan.sills if plan.use == "metro" else ():
            threshold_m = round(plan.ground_floor_m + sill.z, 3)
            yield (
                before(plan, sill),
                ("metro_entrance", f"{plan.name} {sill.name}", plan.file_name, threshold_m, *METRO),
            )


def _of_underpasses(district: District) -> Iterator[Row]:
    layout = district.layout
    aside_m, from_rail_m = CABINET_M
    for number, u in enumerate(layout.avenues_u, 1):
        cabinet = place(district, u + aside_m, layout.rail_v - from_rail_m)
        name = f"Demo underpass pump {number} 演示下穿通道排水泵{number}"
        yield cabinet, ("underpass_pump", name, "", level_m(district, cabinet), pump_m3s(layout), "m3/s")
        dip = place(district, u, layout.rail_v)
        name = f"Demo rail underpass {number} 演示铁路下穿通道{number}"
        yield dip, ("underpass", name, "", level_m(district, dip), *UNDERPASS)


def place(district: District, u: float, v: float) -> shapely.Point:
    """A place of the district's frame on the map."""
    x, y = district.layout.to_map(u, v)
    return shapely.Point(round(float(x), 3), round(float(y), 3))


def box(layout: StreetPlan, u0: float, v0: float, u1: float, v1: float) -> shapely.Polygon:
    """A rectangle of the district's frame, on the map."""
    x, y = layout.to_map([u0, u1, u1, u0], [v0, v0, v1, v1])
    return shapely.Polygon(np.round(np.column_stack((x, y)), 3))


def level_m(district: District, point: shapely.Point) -> float:
    """The terrain at a place of the map."""
    return round(float(district.terrain.sample(np.array([point.x]), np.array([point.y]))[0]), 3)


def before(plan: BuildingPlan, sill: PlannedSill) -> shapely.Point:
    """The place `BEFORE_M` before an opening of a building, away from its wall."""
    out_x, out_y = _outwards(plan, sill)
    x, y = sill.x + BEFORE_M * out_x, sill.y + BEFORE_M * out_y
    return shapely.Point(plan.on_map(x, y))


def _outwards(plan: BuildingPlan, sill: PlannedSill) -> tuple[float, float]:
    """The direction away from the side of the outline on which an opening lies, in the building's frame."""
    best, found = math.inf, (0.0, -1.0)
    point = shapely.Point(sill.x, sill.y)
    for ring in plan.footprint:
        area = shapely.Polygon(ring)
        for (x0, y0), (x1, y1) in zip(ring, (*ring[1:], ring[0]), strict=True):
            away_m = float(shapely.distance(shapely.LineString([(x0, y0), (x1, y1)]), point))
            length = math.hypot(x1 - x0, y1 - y0)
            if away_m >= best or length == 0:
                continue
            out = (y1 - y0) / length, -(x1 - x0) / length
            middle = (x0 + x1) / 2, (y0 + y1) / 2
            inside = area.covers(shapely.Point(middle[0] + 0.1 * out[0], middle[1] + 0.1 * out[1]))
            best, found = away_m, (-out[0], -out[1]) if inside else out
    return found
