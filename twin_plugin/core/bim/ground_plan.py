"""What of a building's elements stands on the ground, and what openings and rooms do to its plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from .footprint import SMALL_HOLE_M2, FloorPlans, Silhouette, clean_polygon, cover, fill_missing_slab, join, polygons
from .storeys import ABOVE_M, BELOW_M, Piece, section

STANDING_SHARE = 0.6
"""Walls that enclose less of their hull than this are no closed ring: all of their hull counts."""

BEYOND_SHARE, BEYOND_M2 = 0.5, 25.0
"""A slab that reaches so far beyond what stands on it, as a share of it and in m2, is a yard, or a garage's roof."""

CLEANED_SHARE = 0.95
"""Cleaning leaves at least this share of an area."""

THROUGH_M = 0.02


def footprint(pieces: Sequence[Piece], ground: float, plans: FloorPlans) -> tuple[MultiPolygon, float]:
    """What stands on the ground, the outline where nothing does (a bridge, a canopy), and the slabs left out (m2)."""
    band = section(pieces, ground)
    # Footings and the walls of a cellar end at the ground; the walls of the house stand on it.
    standing = [piece for piece in band if piece.is_floor or piece.high > ground + BELOW_M]
    if not any(piece.is_wall for piece in standing):
        standing = band
    whole = plans.of(piece.plan for piece in standing)
    if whole is None:
        return MultiPolygon(polygons(plans.outline)), 0.0
    kept = _built(pieces, standing, ground, plans.outline, whole.area)
    if kept is None or not _beyond(whole.area, kept.area):
        return whole, 0.0
    return kept, float(whole.area - kept.area)


def _beyond(whole_m2: float, kept_m2: float) -> bool:
    """Whether slabs reach far beyond what is kept of a footprint."""
    return whole_m2 - kept_m2 >= max(BEYOND_M2, BEYOND_SHARE * kept_m2)


def _built(
    pieces: Sequence[Piece], standing: Sequence[Piece], ground: float, outline: BaseGeometry, whole_m2: float
) -> MultiPolygon | None:
    """What stands on slabs at the ground, with what of them it encloses or covers.

    None where no wall stands there, and where that is about as much as the whole footprint.
    """
    if whole_m2 < BEYOND_M2:
        return None
    slabs: list[Piece] = []
    others: list[Piece] = []
    for piece in standing:
        (slabs if piece.is_floor and piece.high <= ground + BELOW_M else others).append(piece)
    if not slabs or not any(piece.is_wall and piece.high > ground + ABOVE_M for piece in others):
        return None
    walls, floors = cover(piece.plan for piece in others), cover(piece.plan for piece in slabs)
    least = shapely.intersection(floors, _inside(walls))
    if not _beyond(whole_m2, CLEANED_SHARE * least.area):
        return None  # gaps that close, and what stands above, can only add to it
    ring = clean_polygon(walls)
    enclosed = _inside(ring)
    hull = enclosed.convex_hull
    enclosed = enclosed if enclosed.area >= STANDING_SHARE * hull.area else hull
    least = join([ring, shapely.intersection(floors, enclosed)])
    if not _beyond(whole_m2, CLEANED_SHARE * least.area):
        return None
    above = cover(piece.plan for piece in pieces if piece.low > ground + ABOVE_M and not piece.is_door)
    # An open ground floor is as wide as what it carries; an overhang of the roof is not built on.
    built = enclosed if enclosed.area >= STANDING_SHARE * above.area else join([enclosed, above])
    return fill_missing_slab(clean_polygon(join([ring, shapely.intersection(floors, built)])), outline)


def _inside(ring: BaseGeometry) -> BaseGeometry:
    """What polygons cover, with their holes."""
    return join([Polygon(polygon.exterior) for polygon in polygons(ring)])


def without_voids(plan: Silhouette | None, voids: Iterable[Silhouette | None]) -> Silhouette | None:
    """A plan less those openings through it that are no mere gaps."""
    cuts = [void.shape for void in voids if void is not None and void.bound.area >= SMALL_HOLE_M2]
    if plan is None or not cuts:
        return plan
    left = shapely.difference(plan.shape, join(cuts))
    return Silhouette(left) if not left.is_empty else None


def goes_through(low: float, high: float, host_low: float, host_high: float) -> bool:
    """Whether an opening of these heights goes through an element of those."""
    return low <= host_low + THROUGH_M and high >= host_high - THROUGH_M


def has_rooms(outline: BaseGeometry) -> bool:
    """Whether an outline encloses more than gaps."""
    return any(Polygon(ring).area >= SMALL_HOLE_M2 for polygon in polygons(outline) for ring in polygon.interiors)


def filled(outline: BaseGeometry) -> MultiPolygon:
    """An outline without holes."""
    return MultiPolygon(polygons(join([Polygon(polygon.exterior) for polygon in polygons(outline)])))
