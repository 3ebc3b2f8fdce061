"""Storeys: where they stand, which is the ground floor, which count, and what area each covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry.base import BaseGeometry

from .attributes import text_of
from .box_fallback import placement_of
from .class_tables import first_match, ifc_classes
from .entities import Entity, classes, value
from .footprint import FloorPlans, Silhouette, clean_polygon, join
from .model import Storey

BELOW_M = 0.3
ABOVE_M = 1.2
"""An element belongs to the section of a floor when its height range meets floor -0.3 ... +1.2 m."""

DATUM_M = 0.6
"""A ground floor may lie this far below the building's own zero."""

HEADROOM_M = 1.8

SAME_M = 0.3
"""Storeys nearer to each other than this lie side by side, or are one floor by two names."""

OVERLAP = 0.2
"""Storeys side by side share less than this of their area."""

PARTNER_M = 0.6
"""The level of a structure so near to another level is that one's, and no storey of its own."""

_NEGATIVE = re.compile(r"(?:^|[\s(])[-\u2212\u2013]\s?0?[1-9](?![\d.,])")
"""A storey called -1, as in "Level -1"; not a height such as -1.20."""


@dataclass
class StoreyLevel:
    """A storey as the model defines it; z in model metres, `steps` the STEP ids of what belongs to it.

    `kind` is what its name says by the table storey_words.csv: a roof, the ground floor, no storey at all …
    """

    entity: Entity
    z: float
    name: str
    kind: str = ""
    steps: list[int] = field(default_factory=list)
    holds_floor: bool = False
    holds_use: bool = False
    holds_wall: bool = False


@dataclass(frozen=True)
class Piece:
    """An element as polygons need it: silhouette, height range, and class (a way is a stair or ramp)."""

    step: int
    plan: Silhouette | None
    low: float
    high: float
    is_roof: bool = False
    is_door: bool = False
    is_way: bool = False
    is_floor: bool = False
    is_wall: bool = False
    encloses: bool = False


def elevation_of(entity: Entity, unit_m: float) -> float:
    """z of an entity's absolute placement in metres; 0 where it is missing or broken."""
    try:
        z = float(placement_of(value(entity, "ObjectPlacement"))[2, 3]) * unit_m
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return 0.0
    return z if np.isfinite(z) else 0.0


def reference_of(building: Entity | None, unit_m: float) -> float | None:
    """A building's height of reference in metres; None where it has none, or zero, which says nothing."""
    height = value(building, "ElevationOfRefHeight") if building is not None else None
    return float(height) * unit_m if height and np.isfinite(height) else None


def level_of(entity: Entity, unit_m: float) -> StoreyLevel:
    """A storey's absolute elevation comes from its placement; its Elevation attribute serves where that is missing."""
    if value(entity, "ObjectPlacement") is not None:
        z = elevation_of(entity, unit_m)
    else:
        z = float(value(entity, "Elevation") or 0.0) * unit_m
    names = [text_of(entity.Name), text_of(value(entity, "LongName"))]
    return StoreyLevel(
        entity, z, names[0] or names[1], next((kind for name in names if (kind := kind_of_name(name))), "")
    )


def use_elevations(levels: Sequence[StoreyLevel], building_z: float, unit_m: float) -> bool:
    """Take the attribute Elevation for the storeys of a building that all have one placement; whether that was so."""
    elevations = [value(level.entity, "Elevation") for level in levels]
    known = [float(elevation) * unit_m for elevation in elevations if elevation is not None]
    heights = [level.z for level in levels]
    if len(known) < max(2, len(levels)) or np.ptp(heights) > SAME_M or np.ptp(known) < HEADROOM_M:
        return False
    for level, elevation in zip(levels, known, strict=True):
        level.z = building_z + elevation
    return True


def kind_of_name(name: str) -> str:
    """What a storey's name says it is, by the table storey_words.csv: ground, below, roof, mark …; "" for nothing."""
    return "below" if _NEGATIVE.search(name) else first_match("storey_words", "kind", name)


def assign(levels: dict[int, StoreyLevel], storey: Entity | None, element: Entity) -> None:
    """Note that an element belongs to a storey."""
    level = levels.get(storey.id()) if storey is not None else None
    if level is None:
        return
    level.steps.append(element.id())
    known, own = ifc_classes(), classes(element)
    is_wall = not own.isdisjoint(known.wall)
    # Footings and the walls on them are no cellar: of a level of foundations only a slab makes a floor.
    is_base = level.kind == "foundation" and (is_wall or "IfcFooting" in own)
    level.holds_floor = level.holds_floor or (not is_base and not own.isdisjoint(known.floor))
    level.holds_use = level.holds_use or not own.isdisjoint(known.used)
    level.holds_wall = level.holds_wall or is_wall


def only_storeys(levels: Sequence[StoreyLevel]) -> list[StoreyLevel]:
    """Those that are storeys by their names: not ceilings, parapets, footings, and a structure's beside their floor's.

    All of them where no name is left; what people use (it holds doors, say) is no mere mark, whatever it is called, and
    a foundation with a slab may be a basement.
    """
    named = [level for level in levels if _may_be_storey(level)]
    floors = [level.z for level in named if level.kind != "structure" and level.holds_floor]
    kept = [
        level for level in named if level.kind != "structure" or not any(abs(z - level.z) <= PARTNER_M for z in floors)
    ]
    return kept or list(levels)


def _may_be_storey(level: StoreyLevel) -> bool:
    if level.kind == "foundation":
        return level.holds_use or level.holds_floor
    return level.kind != "mark" or level.holds_use


def _above_basements(levels: Sequence[StoreyLevel]) -> list[StoreyLevel]:
    """The levels above all that are called basements; all where none would be left."""
    highest = max((level.z for level in levels if level.kind == "below"), default=-np.inf)
    return [level for level in levels if level.kind != "below" and level.z > highest] or list(levels)


def _called(levels: Iterable[StoreyLevel], kind: str) -> float | None:
    """The lowest level whose name says so."""
    return min((level.z for level in levels if level.kind == kind), default=None)


def _at(levels: Iterable[StoreyLevel], z: float | None) -> float | None:
    """The level at a height, give or take 0.6 m."""
    near = [level.z for level in levels if z is not None and abs(level.z - z) <= DATUM_M]
    return min(near, key=lambda each: abs(each - (z or 0.0)), default=None)


def first_guess(levels: Sequence[StoreyLevel], datum: float, reference: float | None = None) -> float | None:
    """The ground floor by what names and heights say, without doors; None without storeys.

    By the name; else by the heights: above what is called a basement, the lowest storey not more than 0.6 m below the
    building's zero. Where none lies near that zero, the heights are absolute: then the building's height of reference
    tells, or a name that is the ground floor's in some countries (1F, Level 1).
    """
    named = _called(levels, "ground")
    if named is not None or not levels:
        return named
    above = _above_basements(levels)
    if _at(levels, datum) is None:
        for z in (_at(above, reference), _called(above, "first")):
            if z is not None:
                return z
    heights = sorted(level.z for level in above)
    return next((z for z in heights if z >= datum - DATUM_M), heights[-1])


def is_told(levels: Sequence[StoreyLevel], datum: float, reference: float | None = None) -> bool:
    """Whether names, the building's zero or its height of reference tell which the ground floor is."""
    named = any(level.kind in ("ground", "below", "first") for level in levels)
    return named or len(levels) < 2 or any(_at(levels, z) is not None for z in (datum, reference))


def ground_floor(
    levels: Sequence[StoreyLevel],
    door_sills: Sequence[float],
    datum: float,
    lowest: float,
    reference: float | None = None,
) -> float:
    """Elevation of the ground floor in model metres.

    Parameters
    ----------
    levels : sequence of Level
        The storeys that count.
    door_sills : sequence of float
        Sills of the doors that lead outside.
    datum : float
        The building's own zero.
    lowest : float
        Lowest point of the shell, used where there are neither storeys nor doors.
    reference : float, optional
        The building's height of reference, which some write where they give storeys absolute heights.
    """
    guess = first_guess(levels, datum, reference)
    if guess is None:
        fitting = [z for z in door_sills if z >= datum - DATUM_M] or list(door_sills)
        return min(fitting) if fitting else datum if lowest <= datum else lowest
    if not door_sills or _called(levels, "ground") is not None:
        return guess
    if any(level.kind == "below" for level in levels):
        fitting = [z for z in door_sills if z >= guess - DATUM_M] or [guess]
    else:
        fitting = [z for z in door_sills if z >= datum - DATUM_M] or list(door_sills)
    sill = min(fitting)
    return min((level.z for level in _above_basements(levels)), key=lambda z: abs(z - sill))


def section(pieces: Iterable[Piece], z: float) -> list[Piece]:
    """The pieces whose height range meets the band of a floor at z, if possible without stairs, ramps and doors.

    A stair down to a concourse leaves the footprint; steps before a door and its open leaf are no part of it.
    """
    band = [p for p in pieces if p.high >= z - BELOW_M and p.low <= z + ABOVE_M]
    return [p for p in band if not p.is_way and not p.is_door] or band


def storey_polygon(pieces: Sequence[Piece], z: float, plans: FloorPlans) -> BaseGeometry | None:
    """What a storey covers: its slabs and the walls that stand on it; whatever is there where it has neither."""
    band = section(pieces, z)
    walls = [p for p in band if p.is_floor or (p.is_wall and p.high > z + BELOW_M)]
    polygon = plans.of(p.plan for p in (walls or band))
    return polygon if polygon is not None and not polygon.is_empty else None


def is_roof_level(level: StoreyLevel) -> bool:
    """Whether a storey is called a roof; a Dachgeschoss is an attic."""
    return level.kind == "roof"


def has_headroom(level: StoreyLevel, above: Sequence[StoreyLevel], roof: float) -> bool:
    """Whether people can stand between a storey and the next one that is no roof; a roof itself is no floor."""
    top = next((other.z for other in above if not is_roof_level(other)), roof)
    return not is_roof_level(level) and top - level.z >= HEADROOM_M


def build_storeys(
    levels: Sequence[StoreyLevel],
    pieces: Sequence[Piece],
    ground: float,
    roof: float,
    plans: FloorPlans,
    limit: BaseGeometry | None = None,
) -> list[Storey]:
    """The storeys of a building from the lowest to the highest; `levels` are those that count, in any order.

    The ground floor ends at the `limit`: slabs beyond are a terrace, or the roof of a garage.
    """
    ordered = sorted(levels, key=lambda level: level.z)
    if not ordered:
        return []
    zero = min(range(len(ordered)), key=lambda i: abs(ordered[i].z - ground))
    numbers, any_used = _numbers(ordered), any(level.holds_use or level.holds_wall for level in ordered)
    storeys: list[Storey] = []
    for index, level in enumerate(ordered):
        beside = [other for other, number in zip(ordered, numbers, strict=True) if number == numbers[index]]
        above = ordered[index + 1 :]
        apart = _side_by_side(beside, pieces, plans) if len(beside) > 1 else None
        if apart is not None:
            above = [other for other in above if other not in beside]
        polygon = apart[level.entity.id()] if apart is not None else storey_polygon(pieces, level.z, plans)
        if numbers[index] == numbers[zero] and limit is not None and polygon is not None:
            polygon = clean_polygon(polygon.intersection(limit))
        top = above[0].z if above else roof
        is_built = level.holds_use or level.holds_wall or not any_used
        storeys.append(
            Storey(
                id=str(level.entity.GlobalId),
                name=level.name,
                number=numbers[index] - numbers[zero],
                elev_m=level.z,
                height_m=top - level.z if top > level.z else None,
                polygon=polygon,
                area_m2=float(polygon.area) if polygon is not None else 0.0,
                is_floor=is_built and has_headroom(level, above, roof),
            )
        )
    return storeys


def _numbers(ordered: Sequence[StoreyLevel]) -> list[int]:
    """Numbers of storeys from the lowest up; those of one height have one number."""
    numbers, start = [0], ordered[0].z
    for level in ordered[1:]:
        same = level.z - start <= SAME_M
        numbers.append(numbers[-1] + (not same))
        start = start if same else level.z
    return numbers


def _side_by_side(
    levels: Sequence[StoreyLevel], pieces: Sequence[Piece], plans: FloorPlans
) -> dict[int, BaseGeometry] | None:
    """What each of several storeys of one height covers, by STEP ids; None where they are one floor by two names."""
    shapes: dict[int, BaseGeometry] = {}
    for level in levels:
        steps = set(level.steps)
        shape = storey_polygon([piece for piece in pieces if piece.step in steps], level.z, plans)
        if shape is None:
            return None
        shapes[level.entity.id()] = shape
    whole = join(list(shapes.values())).area
    return shapes if sum(shape.area for shape in shapes.values()) - whole < OVERLAP * whole else None
