"""Designs a metro station: entrances on the block's corners, stairs, a concourse and a platform below ground."""

from __future__ import annotations

import math

import numpy as np
import shapely

from . import shapes
from .assemble import BuildingBody
from .parts import Element, PlannedStorey, Ring
from .site import Design, Site, make_plan
from .street_plan import Lot, StreetPlan
from .terrain import Pad, ground

CONCOURSE_M, PLATFORM_M = -6.5, -12.0
PAVILION_M = (9.0, 6.0)


def design_metro(layout: StreetPlan, number: int, lot: Lot, rng: np.random.Generator) -> Design:
    """The station of a whole block; every entrance stands on its own ground with its own sill."""
    site = Site(lot.u0, lot.v0, 0.0)
    width, depth = round(lot.u1 - lot.u0, 2), round(lot.v1 - lot.v0, 2)
    w, d = PAVILION_M
    corners = ((0.0, 0.0), (width - w, 0.0), (width - w, depth - d), (0.0, depth - d))
    rings = [shapes.rectangle(x, y, x + w, y + d) for x, y in corners]
    grounds = []
    for ring in rings:
        u, v = site.place(ring).T
        grounds.append(float(np.round(np.mean(ground(layout, u, v)), 3)))
    zero = round(max(grounds) + 0.15, 3)
    body = BuildingBody()
    body.levels = [
        PlannedStorey(-2, PLATFORM_M, 5.5, "B2 Platform 站台层"),
        PlannedStorey(-1, CONCOURSE_M, 5.5, "B1 Concourse 站厅层"),
        PlannedStorey(0, 0.0, 4.2, "F1 Entrances 出入口"),
        PlannedStorey(1, 4.2, 3.2, "F2 Ventilation room 风机房"),
    ]
    box = shapes.rectangle(2.0, 10.0, width - 2.0, depth - 10.0)
    for level in (-2, -1):
        body.floor(box, level, level == -2)
        body.walls(box, level, "basement wall")
    body.add(Element("IfcSlab", -1, "Concourse roof 站厅顶板", box, 0.6, 5.5 - 1.8, predefined="ROOF"))
    pads = []
    for k, (ring, level_m) in enumerate(zip(rings, grounds, strict=True)):
        pads.append(Pad(shapely.Polygon(site.place(ring)), level_m))
        steps = float((0.10, 0.15, 0.30, 0.45)[int(rng.integers(4))])
        _entrance(body, ring, "ABCD"[k], round(level_m + steps - zero, 3), steps, k >= 2)
    body.floor(rings[0], 1, False)
    body.walls(rings[0], 1)
    body.roof(rings[0], 1)
    plan = make_plan(
        layout,
        number,
        rng,
        body,
        site,
        2004,
        ground_floor_m=zero,
        footprint=tuple(rings),
        workers=25,
        floor_area_m2=round(4 * w * d + w * d, 1),
    )
    return Design(plan, tuple(pads))


def _entrance(body: BuildingBody, ring: Ring, letter: str, sill_m: float, steps_m: float, north: bool) -> None:
    """A pavilion whose floor lies at its sill, and the stair down to the concourse."""
    floor = Element(
        "IfcSlab", 0, f"Entrance {letter} floor {letter}口地面", ring, 0.2, sill_m - 0.2, predefined="FLOOR"
    )
    body.add(floor)
    host = body.walls(ring, 0, bottom_m=sill_m, top_m=3.8)[2 if north else 0]
    body.door(host, 2.5, sill_m, 4.0, f"Metro entrance {letter} 地铁{letter}出入口", "metro entrance")
    if steps_m >= 0.15:
        body.steps(host, 2.5, 4.0, steps_m, sill_m)
    body.add(Element("IfcRoof", 0, "Roof 屋面", ring, 0.2, 3.8, predefined="FLAT_ROOF"))
    run = (sill_m - CONCOURSE_M) / 0.6
    profile = ((0.0, sill_m - 0.3), (run, CONCOURSE_M - 0.3), (run, CONCOURSE_M), (0.0, sill_m))
    (x, y), angle, side = (ring[3], -math.pi / 2, 1.0) if north else (ring[1], math.pi / 2, -1.0)
    name, kind = f"Stair {letter} to concourse {letter}口楼梯", "STRAIGHT_RUN_STAIR"
    body.add(Element("IfcStair", 0, name, profile, 3.0, 0.0, x + side, y - side * 1.5, angle, kind, sideways=True))
