"""Features on their way from a service to who asked: what the service did not do is done here, and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely

from ..adapter import ROWS_LIMIT, Feature, Features, Field, Query
from ..filters.tree import Condition
from ..record import Box
from . import local
from .fields import Casts

DEGREES = "EPSG:4326"
BOX_SLACK_DEG = 1e-7
"""Servers round coordinates: about a centimetre."""


@dataclass
class Rest:
    """What is left to do here after the service did its part.

    Attributes
    ----------
    box : Box or None
        Features outside are left out; needs geometries in degrees.
    condition : Condition or None
    notes : list of str
    """

    box: Box | None = None
    condition: Condition | None = None
    notes: list[str] = field(default_factory=list)


def answer(
    pages: Iterator[list[Feature]],
    query: Query,
    rest: Rest,
    fields: tuple[Field, ...],
    casts: Casts,
    crs: str = DEGREES,
) -> Features:
    """The features of pages, filtered, limited, with the fields that were asked for."""
    wanted = chosen(fields, query)
    return Features(wanted, crs, _filtered(pages, query, rest, wanted, casts), rest.notes)


def chosen(fields: tuple[Field, ...], query: Query) -> tuple[Field, ...]:
    """The fields that a query asks for."""
    return tuple(field for field in fields if field.name in query.fields) if query.fields else fields


def row_limit(query: Query) -> int:
    """How many features a query gives at most."""
    return min(query.limit, ROWS_LIMIT) if query.limit > 0 else ROWS_LIMIT


def _filtered(
    pages: Iterator[list[Feature]], query: Query, rest: Rest, wanted: tuple[Field, ...], casts: Casts
) -> Iterator[list[Feature]]:
    left, outside = row_limit(query), 0
    names = [item.name for item in wanted]
    for page in pages:
        if rest.box is not None:
            inside = in_box(page, rest.box)
            outside += len(page) - len(inside)
            page = inside
        if rest.condition is not None:
            page = local.kept(rest.condition, page)
        if query.fields:
            page = [Feature(row.id, row.geometry, {name: row.values.get(name) for name in names}) for row in page]
        over = len(page) > left
        if page:
            yield page[:left]
        left -= min(len(page), left)
        if over or left == 0:
            if query.limit == 0 or query.limit > ROWS_LIMIT:
                rest.notes.append(f"Truncated: more than {ROWS_LIMIT:,} features. Ask for a smaller area or a filter.")
            break
    if outside:
        rest.notes.append(f"{outside:,} features that the service sent lie outside the box and were left out.")
    rest.notes.extend(casts.notes())


def in_box(page: list[Feature], box: Box) -> list[Feature]:
    """The features whose geometry touches a box in degrees; those without geometry do not."""
    shapes = shapely.from_wkb(np.array([row.geometry for row in page], object), on_invalid="ignore")
    hits = np.zeros(len(page), bool)
    for part in box_shapes(box):
        shapely.prepare(part)
        hits |= shapely.intersects(part, shapes)
    return [row for row, hit in zip(page, hits, strict=True) if hit]


def box_shapes(box: Box) -> list[shapely.Polygon]:
    """A box as one rectangle, or as two where it crosses the 180th meridian."""
    s = BOX_SLACK_DEG
    spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    return [shapely.box(west - s, box.south - s, east + s, box.north + s) for west, east in spans]


def box_text(box: Box) -> str:
    """A box as the parameter `bbox` of OGC APIs."""
    return ",".join(f"{value:.12g}" for value in (box.west, box.south, box.east, box.north))
