"""Designs the building of every lot: outline, storeys, doors and sills, basement, name, people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from . import shapes
from .assemble import BuildingBody
from .metro import design_metro
from .parts import BuildingPlan, Element, PlannedStorey, Ring
from .site import Design, Site, make_plan
from .street_plan import Lot, StreetPlan, random_stream
from .terrain import Pad, ground

Rng = np.random.Generator

FLOOR_M = {"home": 2.9, "office": 3.9, "shop": 4.2, "school": 3.6, "hospital": 4.0}
STOREYS = {
    "home": (4, 20), "office": (5, 20), "shop": (2, 6), "school": (3, 6), "hospital": (7, 14),
    "substation": (2, 3), "charging": (2, 3), "pumping": (2, 3), "metro": (2, 2),
}  # fmt: skip
BASEMENT_SHARE = {"home": 0.4, "office": 0.75, "shop": 0.5, "hospital": 1.0, "school": 0.0}
PERSONS_M2 = {"home": 32.0, "office": 16.0, "shop": 45.0, "school": 14.0, "hospital": 28.0}
# How high the ground floor stands over the pavement, and how often.
PLINTHS_M = (0.03, 0.15, 0.30, 0.45, 0.60)
PLINTH_SHARES = (0.34, 0.28, 0.22, 0.11, 0.05)
RAMP_CRESTS_M = (0.02, 0.10, 0.20, 0.30)
SUNK_M = 0.35
"""The ground of a substation lies lower than that of its neighbours, which were raised since it was built."""
RAMP_AT_M = 0.8
BASEMENT_M = 3.6


@dataclass(frozen=True)
class Outline:
    """The outline at the ground, the upper one, and from which storey on it is the upper one (0: never)."""

    ground: Ring
    upper: Ring
    podium: int = 0

    def at(self, storey: int) -> Ring:
        """The outline of a storey, 0 for the ground floor."""
        return self.upper if self.podium and storey >= self.podium else self.ground


def design_building(layout: StreetPlan, number: int) -> Design:
    """Design the building of lot `number` (from 0); the same every time for the same layout."""
    lot = layout.lots[number]
    rng = random_stream(layout.seed, 20, number)
    if lot.use == "metro":
        return design_metro(layout, number, lot, rng)
    whole = lot.use in ("school", "hospital")
    lowest, highest = STOREYS[lot.use]
    storeys = _storeys(rng, lowest, highest)
    outline = _outline(rng, lot, storeys, whole)
    site = _site(rng, lot, outline.ground, whole)
    polygon = shapely.Polygon(site.place(outline.ground))
    level = pad_level(layout, polygon)
    if lot.use == "substation" and layout.has_low_substations:
        level = round(level - SUNK_M, 3)
    plinth = float(rng.choice(PLINTHS_M, p=PLINTH_SHARES))
    if lot.use in ("substation", "hospital"):
        plinth = max(plinth, 0.30)
    body = BuildingBody()
    _levels(body, lot.use, storeys, _basements(rng, lot.use, storeys), rng)
    _frame(body, outline, rng)
    _ground_floor(body, lot.use, outline.ground, plinth, rng)
    return Design(_plan(layout, number, rng, body, site, level + plinth, outline), (Pad(polygon, level),))


def pad_level(layout: StreetPlan, polygon: shapely.Polygon) -> float:
    """A little over the mean bare ground under the outline, so that rain runs off."""
    u, v = np.array(polygon.exterior.coords[:-1]).T
    c = polygon.centroid
    return float(np.round(np.mean(ground(layout, np.append(u, c.x), np.append(v, c.y))) + 0.12, 3))


def _storeys(rng: Rng, lowest: int, highest: int) -> int:
    """Low houses are more frequent than towers."""
    return round(lowest + (highest - lowest) * float(rng.beta(1.1, 1.9)))


def _outline(rng: Rng, lot: Lot, storeys: int, whole: bool) -> Outline:
    width, depth = lot.u1 - lot.u0, lot.v1 - lot.v0
    if whole:
        w, d = round(width - rng.uniform(6, 12), 1), round(depth - rng.uniform(6, 12), 1)
        if lot.use == "school":
            ring = shapes.courtyard(w, d, 11.0, 14.0)
            return Outline(ring, ring)
        tower = shapes.rectangle(8.0, 8.0, w - 8.0, round(d * 0.55, 1))
        return Outline(shapes.rectangle(0, 0, w, d), tower, 3)
    w, d = round(width * rng.uniform(0.62, 0.86), 1), round(depth * rng.uniform(0.62, 0.86), 1)
    if lot.use in ("substation", "charging", "pumping"):
        ring = shapes.rectangle(0, 0, round(w * 0.7, 1), round(d * 0.7, 1))
        return Outline(ring, ring)
    kind = str(rng.choice(["rectangle", "l", "courtyard", "podium"], p=[0.42, 0.24, 0.12, 0.22]))
    if kind == "l":
        ring = shapes.l_shape(w, d, round(min(w, d) * 0.46, 1))
    elif kind == "courtyard" and min(w, d) > 22:
        ring = shapes.courtyard(w, d, round(min(w, d) * 0.3, 1), 5.0)
    elif kind == "podium" and storeys >= 7:
        tower = shapes.rectangle(4.0, 3.0, round(w * 0.78, 1), round(d * 0.8, 1))
        return Outline(shapes.rectangle(0, 0, w, d), tower, int(rng.integers(2, 4)))
    else:
        ring = shapes.rectangle(0, 0, w, round(d * 0.8, 1))
    return Outline(ring, ring)


def _site(rng: Rng, lot: Lot, ring: Ring, whole: bool) -> Site:
    """Set the outline into its lot, turned so that another side faces the street, some a little askew."""
    half_turn = float(rng.choice([0.0, math.pi]))
    askew = 0.0 if whole else math.radians(float(rng.choice([0.0, 0.0, 0.0, 6.0, -6.0, 11.0, -11.0])))
    turned = Site(0.0, 0.0, half_turn + askew).place(ring)
    size = np.ptp(turned, axis=0)
    fits = size[0] <= lot.u1 - lot.u0 and size[1] <= lot.v1 - lot.v0
    angle = half_turn + (askew if fits else 0.0)
    turned = Site(0.0, 0.0, angle).place(ring)
    middle = (turned.min(axis=0) + turned.max(axis=0)) / 2
    return Site((lot.u0 + lot.u1) / 2 - middle[0], (lot.v0 + lot.v1) / 2 - middle[1], angle)


def _basements(rng: Rng, use: str, storeys: int) -> int:
    if rng.random() >= BASEMENT_SHARE.get(use, 0.0) or storeys < 4:
        return 0
    return 2 if storeys >= 14 and rng.random() < 0.5 else 1


def _levels(body: BuildingBody, use: str, storeys: int, basements: int, rng: Rng) -> None:
    height = FLOOR_M.get(use, 4.0)
    first = max(height, 3.6) if use != "home" else height
    for k in range(basements, 0, -1):
        body.levels.append(
            PlannedStorey(-k, -BASEMENT_M - 3.4 * (k - 1), BASEMENT_M if k == 1 else 3.4, f"B{k} 地下{k}层")
        )
    z = 0.0
    for k in range(storeys):
        h = first if k == 0 else height
        body.levels.append(PlannedStorey(k, round(z, 3), h, f"F{k + 1} {k + 1}层"))
        z += h


def _frame(body: BuildingBody, outline: Outline, rng: Rng) -> None:
    """Slabs and walls of every storey, glass of the upper ones, the roofs."""
    lowest = body.levels[0].number
    top = body.levels[-1].number
    for level in body.levels:
        here = outline.at(level.number)
        body.floor(here, level.number, level.number == lowest)
        if level.number == 0:
            continue
        body.walls(here, level.number, "external wall" if level.number > 0 else "basement wall")
        if level.number > 0:
            body.ribbon(here, level.number)
    if outline.podium:
        body.roof(outline.ground, outline.podium - 1)
    flat = outline.upper if outline.podium else outline.ground
    overhang = 0.4 if len(flat) == 4 and rng.random() < 0.3 else 0.0
    (x0, y0), (x1, y1) = flat[0], flat[2]
    wide = shapes.rectangle(x0 - overhang, y0 - overhang, x1 + overhang, y1 + overhang)
    body.roof(flat, top, wide if overhang else None)


def _ground_floor(body: BuildingBody, use: str, ring: Ring, plinth: float, rng: Rng) -> None:
    """Walls with the main door, side doors, windows, and where there is a basement its ramp and vents."""
    hosts = body.walls(ring, 0)
    lengths = [length for *_, length in shapes.edges(ring)]
    main = 0
    width = 1.8 if use in ("home", "substation", "pumping", "charging") else 3.0
    at = round(lengths[main] * float(rng.uniform(0.4, 0.55)), 2)
    body.door(hosts[main], at, 0.0, width, "Main entrance 主入口")
    if plinth >= 0.15:
        body.steps(hosts[main], at, width, plinth)
    ramp_edge = _ramp_and_vents(body, use, ring, hosts, plinth, rng) if body.levels[0].number < 0 else -1
    back = max((k for k in range(1, len(lengths)) if k != ramp_edge), key=lambda k: lengths[k])
    side_at = round(lengths[back] * 0.12 + 1.5, 2)
    # A service door often has a threshold of its own.
    body.door(hosts[back], side_at, float(rng.choice([0.0, 0.05, 0.10])), 1.2, "Service door 后勤门")
    # The stretch of each side that a door or the ramp takes.
    taken = {main: (at - 0.6, at + width + 0.6), back: (side_at - 0.6, side_at + 1.8)}
    taken[ramp_edge] = (-math.inf, RAMP_AT_M + 6.6)
    shop = use in ("shop", "office")
    for k, length in enumerate(lengths):
        sill = 0.3 if shop and k == main else 0.9
        _windows(body, hosts[k], length, sill, taken.get(k, (math.inf, -math.inf)))
    _partition(body, ring)


def _windows(body: BuildingBody, host: int, length: float, sill: float, taken: tuple[float, float]) -> None:
    count = min(5, int(length // 5.0))
    for i in range(count):
        middle = length * (i + 0.5) / count
        if middle - 1.2 >= taken[1] or middle + 1.2 <= taken[0]:
            body.window(host, round(middle - 0.9, 2), sill, 1.8, 1.5, "Window 窗")


def _ramp_and_vents(body: BuildingBody, use: str, ring: Ring, hosts: list[int], plinth: float, rng: Rng) -> int:
    """The ramp goes in by the side behind which there is most room to come down; the index of that side."""
    width = 5.0 if use == "home" else 6.0
    room = [shapes.room_behind(ring, k, RAMP_AT_M, width) for k in range(len(ring))]
    edge = max(range(1, len(ring)), key=lambda k: room[k])
    crest = round(float(rng.choice(RAMP_CRESTS_M)) - plinth, 3)
    body.ramp(hosts[edge], RAMP_AT_M, width, crest, BASEMENT_M, room[edge] - 1.0)
    for k in range(2):
        host = (edge + 1 + k) % len(hosts)
        body.vent(hosts[host], 0.4, round(float(rng.choice([0.1, 0.25, 0.5])) - plinth, 3))
    return edge


def _partition(body: BuildingBody, ring: Ring) -> None:
    """One inner wall with an inner door: a reader must not take it for an entrance."""
    x, depth = ring[0][0] + 3.0, min(6.0, ring[-1][1] - ring[0][1] - 1.0)
    shape = shapes.rectangle(0.0, 0.0, round(depth, 2), 0.12)
    wall: dict[str, Any] = {"predefined": "PARTITIONING", "group": "internal wall", "angle_rad": math.pi / 2}
    host = body.add(Element("IfcWall", 0, "Partition 隔墙", shape, 2.7, x=x, y=ring[0][1] + 0.5, **wall))
    leaf = shapes.rectangle(0.0, 0.02, 0.9, 0.07)
    place: dict[str, Any] = {"x": x, "y": ring[0][1] + 2.0, "angle_rad": math.pi / 2}
    hole = shapes.rectangle(0.0, -0.02, 0.9, 0.14)
    opening = body.add(
        Element("IfcOpeningElement", 0, "Inner door 内门", hole, 2.1, predefined="OPENING", host=host, **place)
    )
    body.add(Element("IfcDoor", 0, "Inner door 内门", leaf, 2.1, predefined="DOOR", group="internal door", host=opening,
                     width_m=0.9, height_m=2.1, **place))  # fmt: skip


def _plan(
    layout: StreetPlan, number: int, rng: Rng, body: BuildingBody, site: Site, ground_floor: float, outline: Outline
) -> BuildingPlan:
    use = layout.lots[number].use
    floor_area = round(sum(shapes.area(outline.at(level.number)) for level in body.levels if level.number >= 0), 1)
    count = int(floor_area / PERSONS_M2.get(use, 400.0))
    people = {"residents": count} if use == "home" else {"workers": max(count, 2)}
    return make_plan(
        layout,
        number,
        rng,
        body,
        site,
        1986,
        millimetre_share=0.3,
        ground_floor_m=round(ground_floor, 3),
        footprint=(outline.ground,),
        floor_area_m2=floor_area,
        **people,
    )
