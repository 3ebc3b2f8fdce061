"""Sizes that no building has: what they say about a model's unit of length, its storeys and its areas."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from ..common.warnings import CodedMessage
from .model import Building, Georeference
from .warnings import coded

FACTORS = (1e-3, 1e3, 0.3048, 1 / 0.3048, 25.4, 1 / 25.4, 0.0254, 1 / 0.0254, 1e-2, 1e2, 1e-1, 1e1, 1e-6, 1e6)
"""Factors between units that are mistaken for each other, the commonest first."""

Range = tuple[float, float]

HEIGHT_M: Range = (1.0, 1000.0)
AREA_M2: Range = (1.0, 1e6)
"""No building is lower, higher, smaller or larger: the tallest has 828 m, the largest stands on 1 km2."""
DOOR_M: Range = (1.2, 6.0)
STOREY_M: Range = (1.5, 9.0)
USUAL_DOOR_M: Range = (1.8, 2.8)
USUAL_STOREY_M: Range = (2.3, 6.0)

LEAST_STOREY_M = 2.0
LEAST_SHARE = 0.8
"""Floors cover no less of a footprint than this."""
APART_M = 6.0

PLACE_CODES = {"unit_seems_wrong", "sizes_of_no_building", "height_twice"}
"""The warnings after which the place cannot be trusted either."""

HIGH_M = 10.0
TWICE_M = 2.0
"""A ground floor as high above the model's zero as that above the datum, give or take 2 m, counts the height twice."""


def height_twice(building: Building, georeference: Georeference) -> CodedMessage | None:
    """A warning where the model's own heights are those above the datum already, and its zero is placed there too."""
    to_map = georeference.for_site(building.site_id)
    if to_map is None or georeference.level not in (20, 50):
        return None
    zero_m, floor_m = to_map.elevation(0.0), building.ground_m
    if abs(zero_m) < HIGH_M or abs(floor_m - zero_m) > TWICE_M:
        return None
    return coded("height_twice", name=building.name, floor_m=floor_m, zero_m=zero_m)


def doubts(building: Building) -> Iterator[CodedMessage]:
    """What speaks against the sizes of a building; nothing for a bridge, a road or another facility."""
    if building.is_infrastructure:
        return
    apart = [max(building.base_m - storey.elev_m, storey.elev_m - building.roof_m) for storey in building.storeys]
    if apart and min(apart) > APART_M:
        yield coded("storeys_apart", name=building.name, distance_m=min(apart))
        return
    wrong = _unit(building)
    if wrong is not None:
        yield wrong
        return
    floors = len({storey.number for storey in building.storeys if storey.is_floor and storey.number >= 0})
    if floors > 1 and floors * LEAST_STOREY_M > building.height_m:
        yield coded("storeys_too_low", name=building.name, floors=floors, height_m=building.height_m)
    floor_m2, footprint_m2 = building.gross_floor_area_m2, building.footprint_area_m2
    if 0 < floor_m2 < LEAST_SHARE * footprint_m2:
        yield coded("floor_area_small", name=building.name, floor_m2=floor_m2, footprint_m2=footprint_m2)


def _unit(building: Building) -> CodedMessage | None:
    """A warning where sizes are those of a wrong unit: of the whole, or of both doors and storeys."""
    heights = [storey.height_m for storey in building.storeys if storey.height_m]
    several = len(heights) > 1
    storey = median(heights) if several else building.height_m
    door, height, area = building.door_height_m, building.height_m, building.outline_area_m2
    impossible = not _within(height, HEIGHT_M) or not _within(area, AREA_M2)
    unusual = not _within(storey, STOREY_M if several else USUAL_STOREY_M)
    if door is not None:
        unusual = unusual and not _within(door, DOOR_M)
    usual = [(door, USUAL_DOOR_M)] if door is not None else []
    factor = _factor([*usual, (storey, USUAL_STOREY_M)]) or (_factor(usual) if usual else None)
    values = {"name": building.name, "area_m2": area, "height_m": height}
    if impossible and door is not None and _within(door, DOOR_M):
        return coded("sizes_of_no_building", **values)
    if impossible:
        whole = factor or _factor([(height, (2.0, 300.0)), (area**0.5, (2.0, 500.0))])
        return coded("unit_seems_wrong", **values, factor=whole) if whole else coded("sizes_of_no_building", **values)
    if unusual and (several or door is not None) and factor:
        return coded("unit_seems_wrong", **values, factor=factor)
    return None


def _within(size: float, limits: Range) -> bool:
    return limits[0] <= size <= limits[1]


def _factor(sizes: list[tuple[float, Range]]) -> float | None:
    """The factor that makes all sizes usual."""
    return next((f for f in FACTORS if all(_within(size * f, limits) for size, limits in sizes)), None)
