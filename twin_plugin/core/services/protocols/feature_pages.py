"""Features on their way from a service to who asked: what the service did not do is done here, and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely

from ...common.bbox import BoundingBox
from ...common.messages import Message, note
from ...common.warnings import CodedMessage, Templates
from ...cql2.ast import Condition, SpatialRelation
from ...cql2.evaluate import FeatureRow, check_fields, predicate
from ...cql2.split import Split
from ...cql2.visit import nodes
from ..adapter import ROWS_LIMIT, Feature, Features, Field, Query
from .fields import Casts

DEGREES = "EPSG:4326"
BOX_SLACK_DEG = 1e-7
"""Servers round coordinates: about a centimetre."""

OUTSIDE_BOX = "outside_box"
CODED: Templates = {
    OUTSIDE_BOX: "{outside:,} features that the service sent lie outside the box and were left out.",
}
"""Notes that are asked for by their code."""


@dataclass
class ClientSideQuery:
    """The part of the query that the server cannot evaluate; it is applied here to the rows that it returns.

    Attributes
    ----------
    box : BoundingBox or None
        Features outside are left out; needs geometries in degrees.
    condition : Condition or None
    notes : list of str
    """

    box: BoundingBox | None = None
    condition: Condition | None = None
    notes: list[str] = field(default_factory=list)


def answer(
    pages: Iterator[list[Feature]],
    query: Query,
    client_side: ClientSideQuery,
    fields: tuple[Field, ...],
    casts: Casts,
    crs: str = DEGREES,
) -> Features:
    """The features of pages, filtered, limited, with the fields that were asked for.

    Raises
    ------
    InputError
        Where the condition that is left names a field that the service has not.
    """
    wanted = chosen(fields, query)
    if client_side.condition is not None and fields:
        check_fields(client_side.condition, [item.name for item in fields])
    return Features(wanted, crs, _filtered(pages, query, client_side, wanted, casts), client_side.notes)


def chosen(fields: tuple[Field, ...], query: Query) -> tuple[Field, ...]:
    """The fields that a query asks for."""
    return tuple(field for field in fields if field.name in query.fields) if query.fields else fields


def row_limit(query: Query) -> int:
    """How many features a query gives at most."""
    return min(query.limit, ROWS_LIMIT) if query.limit > 0 else ROWS_LIMIT


def _filtered(
    pages: Iterator[list[Feature]], query: Query, client_side: ClientSideQuery, wanted: tuple[Field, ...], casts: Casts
) -> Iterator[list[Feature]]:
    left, outside = row_limit(query), 0
    keeps = None if client_side.condition is None else keeper(client_side.condition)
    names = [item.name for item in wanted]
    for page in pages:
        if client_side.box is not None:
            inside = in_box(page, client_side.box)
            outside += len(page) - len(inside)
            page = inside
        if keeps is not None:
            page = keeps(page)
        if query.fields:
            page = [Feature(row.id, row.geometry, {name: row.values.get(name) for name in names}) for row in page]
        page = page[:left]
        left -= len(page)
        if page:
            yield page
        if left == 0:
            if not 0 < query.limit <= ROWS_LIMIT:
                note(
                    client_side.notes,
                    "Truncated at {limit:,} features: ask for a smaller area, or with a filter.",
                    limit=ROWS_LIMIT,
                )
            break
    if outside:
        client_side.notes.append(CodedMessage.of(CODED, OUTSIDE_BOX, outside=outside))
    client_side.notes.extend(casts.notes())


def keeper(condition: Condition) -> Callable[[list[Feature]], list[Feature]]:
    """A function from features to those for which a condition is true."""
    test = predicate(condition)
    spatial = any(isinstance(node, SpatialRelation) for node in nodes(condition))

    def keeps(page: list[Feature]) -> list[Feature]:
        if not spatial:
            return [row for row in page if test(FeatureRow(row.values))]
        shapes = shapely.from_wkb(np.array([row.geometry for row in page], object), on_invalid="ignore")
        return [row for row, shape in zip(page, shapes, strict=True) if test(FeatureRow(row.values, shape))]

    return keeps


def in_box(page: list[Feature], box: BoundingBox) -> list[Feature]:
    """The features whose geometry touches a box in degrees; those without geometry do not."""
    shapes = shapely.from_wkb(np.array([row.geometry for row in page], object), on_invalid="ignore")
    hits = np.zeros(len(page), bool)
    for part in box_shapes(box):
        shapely.prepare(part)
        hits |= shapely.intersects(part, shapes)
    return [row for row, hit in zip(page, hits, strict=True) if hit]


def box_shapes(box: BoundingBox) -> list[shapely.Polygon]:
    """A box as one rectangle, or as two where it crosses the 180th meridian."""
    s = BOX_SLACK_DEG
    spans = [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
    return [shapely.box(west - s, box.south - s, east + s, box.north + s) for west, east in spans]


def box_text(box: BoundingBox) -> str:
    """A box as the parameter `bbox` of OGC APIs."""
    return ",".join(f"{value:.12g}" for value in (box.west, box.south, box.east, box.north))


def split_notes(parts: Split) -> list[str]:
    """What to say of the parts of a filter that are evaluated here."""
    return [Message("A part of the filter was evaluated here. {reason}", reason=reason) for reason in parts.reasons]
