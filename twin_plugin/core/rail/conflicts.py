"""What alignments meet below ground and above: gaps in plan and in height between their bodies and prisms."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..common.progress import Progress, advance, silent
from .alignments import SMALL_M2, Piece

CLASH, OVER, UNDER, BESIDE, UNKNOWN = "clash", "over", "under", "beside", "unknown"
TOUCH_M = 1e-6
"""Bodies that overlap by less in height touch."""


@dataclass(frozen=True)
class Body:
    """A prism that an alignment may meet: outline in plan, and its levels, NaN where they are unknown.

    Attributes
    ----------
    kind : str
        basement, works or line.
    """

    id: str
    name: str
    kind: str
    area: shapely.Geometry
    bottom_m: float
    top_m: float


@dataclass(frozen=True)
class Conflict:
    """A body in the protection zone of a piece.

    Attributes
    ----------
    relation : str
        clash: both overlap in plan and in height; over, under: the body lies over or under the structure; beside: in
        plan beside it; unknown: over or under it or through it, as levels are unknown.
    horizontal_m : float
        Gap in plan between body and structure, 0 where they overlap.
    vertical_m : float
        Gap in height, negative by how far they overlap in height; NaN where levels are unknown.
    overlap_m2 : float
        Of body and structure in plan.
    area : shapely geometry
        The part of the body in the protection zone.
    """

    piece: Piece
    body: Body
    relation: str
    horizontal_m: float
    vertical_m: float
    overlap_m2: float
    area: shapely.Geometry


def find_conflicts(pieces: Sequence[Piece], bodies: Sequence[Body], progress: Progress = silent) -> Iterator[Conflict]:
    """The bodies in the protection zone of each piece, and those pieces of other lines that meet its structure.

    Raises
    ------
    Cancelled
        When `progress` says so.
    """
    tree = shapely.STRtree([body.area for body in bodies])
    strips = shapely.STRtree([piece.strip for piece in pieces])
    for number, piece in enumerate(pieces):
        advance(progress, number / max(len(pieces), 1))
        for index in np.sort(tree.query(piece.zone, predicate="intersects")):
            advance(progress, number / max(len(pieces), 1))
            yield meet(piece, bodies[int(index)])
        near = np.sort(strips.query(piece.strip, predicate="intersects"))
        for body in _lines_that_cross(piece, [pieces[int(index)] for index in near]):
            yield meet(piece, body)


@np.errstate(invalid="ignore")  # which GEOS 3.11 raises where shapes do not meet
def meet(piece: Piece, body: Body) -> Conflict:
    """How a body lies to a piece. The gaps are exact: the structure's level follows the slope of the rail."""
    overlap_m2 = float(shapely.area(shapely.intersection(piece.strip, body.area)))
    horizontal_m = float(shapely.distance(piece.strip, body.area))
    within = overlap_m2 > SMALL_M2
    half_m = piece.kind.width_m / 2 + (0.0 if within else piece.kind.protection_m)
    gaps = [_gap(piece, body, *rails) for rails in piece.rails_over(body.area, half_m)]
    vertical_m, lies_over = min(gaps, key=lambda gap: gap[0], default=(math.nan, False))
    if not within:
        relation = BESIDE
    elif math.isnan(vertical_m):
        relation = UNKNOWN
    elif vertical_m < -TOUCH_M:
        relation = CLASH
    else:
        relation = OVER if lies_over else UNDER
    area = shapely.intersection(piece.zone, body.area)
    return Conflict(piece, body, relation, horizontal_m, vertical_m, overlap_m2, area)


def _gap(piece: Piece, body: Body, least_m: float, greatest_m: float) -> tuple[float, bool]:
    """The least gap in height while the rail passes from one level to another, and whether the body lies over it.

    At a rail level z the gap is the greater one of that to the body above, bottom - (z + above), and to the body below,
    (z - below) - top. The least lies where both are equal, or at the end next to it.
    """
    above_m, below_m = piece.kind.above_m, piece.kind.below_m
    equal_m = (body.bottom_m - above_m + body.top_m + below_m) / 2
    if not math.isfinite(equal_m + least_m + greatest_m):
        return math.nan, False
    rail_m = min(max(equal_m, least_m), greatest_m)
    to_above, to_below = body.bottom_m - rail_m - above_m, rail_m - below_m - body.top_m
    return max(to_above, to_below), to_above >= to_below


def _lines_that_cross(piece: Piece, near: Sequence[Piece]) -> Iterator[Body]:
    """Structures of other lines over, under or in that of a piece, with the levels that they have there."""
    for other in near:
        if other.line == piece.line:
            continue
        area = shapely.intersection(piece.strip, other.strip)
        rails = other.rails_over(area, other.kind.width_m / 2)
        if not rails:
            continue
        low, high = min(z for z, _ in rails), max(z for _, z in rails)
        name = f"{other.line} {other.option}" if other.line != other.option else other.line
        yield Body(other.id, name, "line", area, low - other.kind.below_m, high + other.kind.above_m)
