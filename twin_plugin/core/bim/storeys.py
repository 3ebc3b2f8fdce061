"""Storeys: where they stand, which is the ground floor, which count, and what area each covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from shapely.geometry.base import BaseGeometry

from .attributes import text_of
from .box_fallback import placement_of
from .class_tables import first_match, ifc_classes
from .entities import Entity, is_a, value
from .footprint import Silhouette, clean_polygon, cover, fill_missing_slab
from .model import Storey

BELOW_M = 0.3
ABOVE_M = 1.2
"""An element belongs to the section of a floor when its height range meets floor -0.3 ... +1.2 m."""

DATUM_M = 0.6
"""A ground floor may lie this far below the building's own zero."""

HEADROOM_M = 1.8


@dataclass
class StoreyLevel:
    """A storey as the model defines it; z in model metres, `steps` the STEP ids of what belongs to it."""

    entity: Entity
    z: float
    name: str
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


def elevation_of(entity: Entity, unit_m: float) -> float:
    """z of an entity's absolute placement in metres; 0 where it is missing or broken."""
    try:
        z = float(placement_of(value(entity, "ObjectPlacement"))[2, 3]) * unit_m
    except (AttributeError, RuntimeError, TypeError, ValueError):
        return 0.0
    return z if np.isfinite(z) else 0.0


def level_of(entity: Entity, unit_m: float) -> StoreyLevel:
    """A storey's absolute elevation comes from its placement; its Elevation attribute serves where that is missing."""
    if value(entity, "ObjectPlacement") is not None:
        z = elevation_of(entity, unit_m)
    else:
        z = float(value(entity, "Elevation") or 0.0) * unit_m
    return StoreyLevel(entity, z, text_of(entity.Name) or text_of(value(entity, "LongName")))


def assign(levels: dict[int, StoreyLevel], storey: Entity | None, element: Entity) -> None:
    """Note that an element belongs to a storey."""
    level = levels.get(storey.id()) if storey is not None else None
    if level is None:
        return
    level.steps.append(element.id())
    classes = ifc_classes()
    level.holds_floor = level.holds_floor or is_a(element, classes.floor)
    level.holds_use = level.holds_use or is_a(element, classes.used)
    level.holds_wall = level.holds_wall or is_a(element, classes.wall)


def first_guess(levels: Iterable[StoreyLevel], datum: float) -> float | None:
    """The lowest storey not more than 0.6 m below the building's zero, or the nearest to it; None without storeys."""
    heights = sorted(level.z for level in levels)
    if not heights:
        return None
    above = [z for z in heights if z >= datum - DATUM_M]
    return above[0] if above else heights[-1]


def ground_floor(levels: Sequence[StoreyLevel], door_sills: Sequence[float], datum: float, lowest: float) -> float:
    """Elevation of the ground floor in model metres.

    Parameters
    ----------
    levels : sequence of Level
        The storeys that count.
    door_sills : sequence of float
        Sills of the doors that the model states to be external.
    datum : float
        The building's own zero.
    lowest : float
        Lowest point of the shell, used where there are neither storeys nor doors.
    """
    guess = first_guess(levels, datum)
    if door_sills:
        fitting = [z for z in door_sills if z >= datum - DATUM_M] or list(door_sills)
        sill = min(fitting)
        if guess is None:
            return sill
        return min((level.z for level in levels), key=lambda z: abs(z - sill))
    if guess is not None:
        return guess
    return datum if lowest <= datum else lowest


def section(pieces: Iterable[Piece], z: float) -> list[Piece]:
    """The pieces whose height range meets the band of a floor at z, if possible without stairs, ramps and doors.

    A stair down to a concourse leaves the footprint; steps before a door and its open leaf are no part of it.
    """
    band = [p for p in pieces if p.high >= z - BELOW_M and p.low <= z + ABOVE_M]
    return [p for p in band if not p.is_way and not p.is_door] or band


def storey_polygon(pieces: Sequence[Piece], z: float, outline: BaseGeometry) -> BaseGeometry | None:
    """What a storey covers: its slabs and the walls that stand on it; whatever is there where it has neither."""
    band = section(pieces, z)
    walls = [p for p in band if p.is_floor or (p.is_wall and p.high > z + BELOW_M)]
    shape = cover(p.plan for p in (walls or band))
    if shape.is_empty:
        return None
    polygon = fill_missing_slab(clean_polygon(shape), outline)
    return polygon if not polygon.is_empty else None


def is_roof_level(level: StoreyLevel) -> bool:
    """Whether a storey is called a roof; a Dachgeschoss is an attic."""
    return first_match("storey_words", "kind", level.name) == "roof"


def has_headroom(level: StoreyLevel, above: Sequence[StoreyLevel], roof: float) -> bool:
    """Whether people can stand between a storey and the next one that is no roof; a roof itself is no floor."""
    top = next((other.z for other in above if not is_roof_level(other)), roof)
    return not is_roof_level(level) and top - level.z >= HEADROOM_M


def build_storeys(
    levels: Sequence[StoreyLevel], pieces: Sequence[Piece], ground: float, roof: float, outline: BaseGeometry
) -> list[Storey]:
    """The storeys of a building from the lowest to the highest; `levels` are those that count, in any order."""
    ordered = sorted(levels, key=lambda level: level.z)
    if not ordered:
        return []
    zero = min(range(len(ordered)), key=lambda i: abs(ordered[i].z - ground))
    any_used = any(level.holds_use or level.holds_wall for level in ordered)
    storeys: list[Storey] = []
    for index, level in enumerate(ordered):
        above = ordered[index + 1 :]
        top = above[0].z if above else roof
        polygon = storey_polygon(pieces, level.z, outline)
        is_built = level.holds_use or level.holds_wall or not any_used
        storeys.append(
            Storey(
                id=str(level.entity.GlobalId),
                name=level.name,
                number=index - zero,
                elev_m=level.z,
                height_m=top - level.z if top > level.z else None,
                polygon=polygon,
                area_m2=float(polygon.area) if polygon is not None else 0.0,
                is_floor=is_built and has_headroom(level, above, roof),
            )
        )
    return storeys
