"""Queries of services whose coordinates are shifted (GCJ-02, BD-09): asked there in their own, answered in WGS 84."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from ..common.bbox import BoundingBox, rectangles
from ..common.crs_registry import CRS84, WGS84, CrsRegistry, canonical
from ..common.messages import note
from ..common.progress import Progress, silent
from ..cql2.ast import SpatialRelation
from ..cql2.visit import nodes, with_shapes
from ..web.fetch import Fetch
from .adapter import ROWS_LIMIT, Adapter, Feature, Features, Query
from .china_offset import Regions, corrected, from_wgs84
from .record import Offset, ServiceRecord

_MARGIN_DEG = 2e-4
_SIDE_POINTS = 33
_NAMES = {Offset.GCJ02: "GCJ-02", Offset.BD09: "BD-09"}


def count(adapter: Adapter, record: ServiceRecord, query: Query, fetch: Fetch, regions: Regions) -> int | None:
    """As `Adapter.count`; None where a shifted box or geometry is asked for, since that is only settled here."""
    spatial = query.filter is not None and any(isinstance(node, SpatialRelation) for node in nodes(query.filter))
    if record.coord_offset is not Offset.NONE and (query.box is not None or spatial):
        return None
    return adapter.count(record, query, fetch)


def query_in_wgs84(
    adapter: Adapter, record: ServiceRecord, query: Query, fetch: Fetch, regions: Regions, progress: Progress = silent
) -> Features:
    """The features asked for, in WGS 84 whatever shift the record says that the service has.

    The box and the geometries of the filter are brought into the service's coordinates; what comes is moved back, and
    what then lies outside of the box is left out. Without a shift this is `Adapter.query`.

    Parameters
    ----------
    adapter, record, query, fetch, progress
        As for `Adapter.query`.
    regions : Regions
        Where the shift applies.
    """
    if record.coord_offset is Offset.NONE:
        return adapter.query(record, query, fetch, progress)
    offset = record.coord_offset

    def there(shape: BaseGeometry) -> BaseGeometry:
        return _moved(shape, offset, regions)

    asked = replace(
        query,
        box=None if query.box is None else shifted_box(query.box, offset, regions),
        filter=None if query.filter is None else with_shapes(query.filter, there),
        limit=0 if query.box is not None else query.limit,
    )
    found = adapter.query(record, asked, fetch, progress)
    note(found.notes, "Positions were moved from {names} to WGS 84.", names=_NAMES[offset])
    return Features(found.fields, WGS84, _back(found, query, offset, regions), found.notes)


def shifted_box(box: BoundingBox, offset: Offset, regions: Regions) -> BoundingBox:
    """A box in shifted coordinates that holds all that lies in `box`, be it shifted or not."""
    if box.west > box.east:
        return box
    x, y = np.linspace(box.west, box.east, _SIDE_POINTS), np.linspace(box.south, box.north, _SIDE_POINTS)
    sides = [(x, np.full_like(x, value)) for value in (box.south, box.north)]
    sides += [(np.full_like(y, value), y) for value in (box.west, box.east)]
    edge = np.vstack([np.column_stack(side) for side in sides])
    both = np.vstack([edge, from_wgs84(edge, offset, regions)])
    west, south = both.min(axis=0) - _MARGIN_DEG
    east, north = both.max(axis=0) + _MARGIN_DEG
    return BoundingBox(max(-180.0, west), max(-90.0, south), min(180.0, east), min(90.0, north))


def _moved(shape: BaseGeometry, offset: Offset, regions: Regions) -> BaseGeometry:
    def moved(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([from_wgs84(coordinates[:, :2], offset, regions), *coordinates.T[2:]])

    return shapely.transform(shape, moved, include_z=bool(shape.has_z))


def _back(found: Features, query: Query, offset: Offset, regions: Regions) -> Iterator[list[Feature]]:
    degrees = canonical(found.crs) in (CRS84, WGS84)
    left = query.limit if 0 < query.limit < ROWS_LIMIT else ROWS_LIMIT
    parts = [] if query.box is None else [shapely.box(*part) for part in rectangles(query.box)]
    for page in found.pages:
        shapes = shapely.from_wkb(np.array([row.geometry for row in page], object), on_invalid="ignore")
        if not degrees:
            shapes = [None if shape is None else CrsRegistry().transformed(shape, found.crs, CRS84) for shape in shapes]
        true = corrected(shapes, offset, regions)
        blobs = shapely.to_wkb(true, flavor="iso")
        inside = np.ones(len(page), bool)
        if parts:
            inside = np.logical_or.reduce([shapely.intersects(part, true) for part in parts])
        rows = [replace(row, geometry=blob) for row, blob, keep in zip(page, blobs, inside, strict=True) if keep][:left]
        left -= len(rows)
        if rows:
            yield rows
        if left <= 0:
            break
