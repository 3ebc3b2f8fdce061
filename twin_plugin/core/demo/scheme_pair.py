"""Two schemes for one block of the synthetic district: A, two slabs on a podium, and B, terraces about a court.

A is meant to fail: it is high, takes the sun of the homes behind it, and its basement reaches below the street towards
the metro. B keeps below what stands there today and away from the metro. Both lie in the block's own frame: x along the
coast and y away from it, from the block's corner, in metres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from ..common.tables import columns
from .assets import box, level_m
from .district import District
from .layer import Layer, Row
from .rail import existing_line
from .street_plan import BLOCK_U_M, BLOCK_V_M, Block

KEEP = ("substation", "charging", "pumping")
"""Buildings of these uses stay: a block with one is no site."""
PLINTH_M = 0.3

Box = tuple[float, float, float, float]
"""West, south, east and north in the block's frame."""


@dataclass(frozen=True)
class SchemeSite:
    """The block that is planned anew.

    Attributes
    ----------
    number : int
        Of the block in the plan of the streets.
    rail_is_north : bool
        Whether the metro passes on the hill's side of it.
    floor_m : float
        Level of the ground floors of both schemes.
    """

    number: int
    block: Block
    rail_is_north: bool
    floor_m: float

    def area(self, district: District, part: Box) -> shapely.Polygon:
        """A rectangle of the block's frame, on the map."""
        west, south, east, north = part
        block = self.block
        return box(district.layout, block.u0 + west, block.v0 + south, block.u0 + east, block.v0 + north)


@dataclass(frozen=True)
class PlannedBody:
    """A building of a scheme, or a part of one that stands on another; `on` is the number of that one."""

    place: Box
    storeys: int
    storey_m: float
    use: str
    name_en: str
    name_zh: str
    on: int = -1


@dataclass(frozen=True)
class PlannedRoom:
    """A room below ground: its place where the metro passes on the sea's side, and on the hill's; depths in metres."""

    places: tuple[Box, Box]
    top_depth_m: float
    bottom_depth_m: float
    use: str
    name_en: str
    name_zh: str


@dataclass(frozen=True)
class PlannedScheme:
    """A scheme for the site."""

    letter: str
    bodies: tuple[PlannedBody, ...]
    rooms: tuple[PlannedRoom, ...]
    green: tuple[Box, ...]


SCHEMES = (
    PlannedScheme(
        "A",
        (
            PlannedBody((6, 22, 82, 60), 2, 5.0, "shop", "Podium", "裙楼"),
            PlannedBody((8, 42, 40, 58), 30, 3.1, "home", "West slab", "西板楼", on=0),
            PlannedBody((48, 42, 80, 58), 30, 3.1, "home", "East slab", "东板楼", on=0),
        ),
        (
            PlannedRoom(((6, 8, 82, 60), (6, 8, 82, 60)), 0.0, 13.0, "parking", "Garage, three levels", "三层地下车库"),
            PlannedRoom(
                ((34, -13, 54, 8), (34, 60, 54, 81)), 0.8, 7.0, "shop", "Arcade to the metro", "通往地铁的地下商业街"
            ),
        ),
        ((1, 1, 87, 20),),
    ),
    PlannedScheme(
        "B",
        (
            PlannedBody((6, 8, 82, 22), 8, 2.9, "home", "South house", "南楼"),
            PlannedBody((6, 48, 82, 60), 4, 2.9, "home", "North terrace", "北退台楼"),
            PlannedBody((6, 26, 18, 44), 5, 2.9, "home", "West house", "西楼"),
            PlannedBody((70, 26, 82, 44), 5, 2.9, "home", "East house", "东楼"),
        ),
        (PlannedRoom(((10, 16, 78, 56), (10, 12, 78, 52)), 0.0, 4.2, "parking", "Garage", "地下车库"),),
        ((22, 25, 66, 45), (1, 1, 87, 6), (1, 62, 87, 67), (1, 6, 5, 62), (83, 6, 87, 62)),
    ),
)
NAMES = {"A": ("Scheme A, twin slabs", "方案A双板楼"), "B": ("Scheme B, terraced court", "方案B退台院落")}


def choose_site(district: District) -> SchemeSite:
    """The block for the schemes: beside the metro's row on the hill's side, low today, with homes behind it."""
    layout = district.layout
    standing: dict[int, list[tuple[str, float]]] = {}
    for plan, lot in zip(district.plans, layout.lots, strict=True):
        standing.setdefault(lot.block, []).append((plan.use, plan.height_m))
    at = {(block.column, block.row): number for number, block in enumerate(layout.blocks)}
    metro_v = float(shapely.get_coordinates(existing_line(district).route)[0, 1])

    def unfit(number: int) -> tuple[bool, bool, bool, float, int]:
        block, here = layout.blocks[number], standing.get(number, [])
        behind = standing.get(at.get((block.column, block.row + 1), -1), [])
        beside = 0 < block.v0 - metro_v < BLOCK_V_M
        homes = any(use == "home" for use, _ in behind)
        high = sum(top for _, top in here) / len(here) if here else 0.0
        return (
            block.kind != "lots" or any(use in KEEP for use, _ in here),
            not (here and beside),
            not homes,
            high,
            number,
        )

    number = min(range(len(layout.blocks)), key=unfit)
    block = layout.blocks[number]
    middle = box(layout, block.u0, block.v0, block.u1, block.v1).centroid
    return SchemeSite(number, block, metro_v > block.v0, round(level_m(district, middle) + PLINTH_M, 3))


def scheme_layers(district: District, site: SchemeSite) -> tuple[Layer, ...]:
    """The site, and buildings and rooms below ground of each scheme."""
    whole = site.area(district, (0, 0, BLOCK_U_M, BLOCK_V_M))
    row = ("SITE", "Demo scheme site", "演示方案用地", round(whole.area, 1))
    found = [Layer("scheme_site", "Polygon", "Site of the schemes", _SITE, ((whole, row),))]
    for scheme in SCHEMES:
        small, (name_en, _) = scheme.letter.lower(), NAMES[scheme.letter]
        bodies = tuple(_body_rows(district, site, scheme))
        rooms = tuple(_room_rows(district, site, scheme))
        found += [
            Layer(f"scheme_{small}", "Polygon", f"{name_en}: buildings", _BODIES, bodies),
            Layer(f"scheme_{small}_underground", "Polygon", f"{name_en}: rooms below ground", _ROOMS, rooms),
        ]
    return tuple(found)


_SITE = columns("""
    id text Site
    name_en text English name
    name_zh text Chinese name
    area_m2 real Area
""")
_BODIES = columns("""
    id text Building, or part of one that stands on another
    scheme text Scheme, A or B
    name_en text English name
    name_zh text Chinese name
    use text home or shop
    storeys_above integer Storeys of this part
    base_elev_m real Level of the lowest floor of this part
    height_m real Height of this part
    roof_elev_m real Level of its roof
    gross_floor_area_m2 real Floor area of this part above ground
""")
_ROOMS = columns("""
    id text Room
    building_id text Its building
    name_en text English name
    name_zh text Chinese name
    use text parking or shop
    bottom_elev_m real Level of the floor
    top_elev_m real Level of the ceiling
""")


def _named(scheme: PlannedScheme, name_en: str, name_zh: str) -> tuple[str, str]:
    english, chinese = NAMES[scheme.letter]
    return f"{english}: {name_en}", f"{chinese}：{name_zh}"


def _body_rows(district: District, site: SchemeSite, scheme: PlannedScheme) -> Iterator[Row]:
    for number, body in enumerate(scheme.bodies, 1):
        area = site.area(district, body.place)
        under = scheme.bodies[body.on] if body.on >= 0 else None
        base = site.floor_m + (under.storeys * under.storey_m if under else 0.0)
        height = body.storeys * body.storey_m
        names = _named(scheme, body.name_en, body.name_zh)
        levels = round(base, 3), round(height, 3), round(base + height, 3)
        yield area, (f"{scheme.letter}{number}", scheme.letter, *names, body.use, body.storeys, *levels,
                     round(area.area * body.storeys, 1))  # fmt: skip


def _room_rows(district: District, site: SchemeSite, scheme: PlannedScheme) -> Iterator[Row]:
    for number, room in enumerate(scheme.rooms, 1):
        area = site.area(district, room.places[int(site.rail_is_north)])
        names = _named(scheme, room.name_en, room.name_zh)
        levels = round(site.floor_m - room.bottom_depth_m, 3), round(site.floor_m - room.top_depth_m, 3)
        yield area, (f"{scheme.letter}1/U{number}", f"{scheme.letter}1", *names, room.use, *levels)


def scheme_green(district: District, site: SchemeSite) -> Iterator[Row]:
    """What each scheme plants, for the layer of all green."""
    for scheme in SCHEMES:
        for number, place in enumerate(scheme.green, 1):
            names = _named(scheme, f"green {number}", f"绿地{number}")
            row = (f"{scheme.letter}G{number}", "planned", f"scheme_{scheme.letter.lower()}", *names)
            yield site.area(district, place), row
