"""Records of services as features: the fields of a layer, and their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle

from ...core.common.bbox import BoundingBox
from ...core.common.tables import Column
from ...core.services.catalogue.sql import LISTS, NAMES, to_row
from ...core.services.record import ServiceRecord

if TYPE_CHECKING:
    import shapely

CRS = QgsCoordinateReferenceSystem("EPSG:4326")

COLUMNS = (
    Column("id", "text", "Id of the record in its catalogue"),
    Column("title", "text", "Name of the layer or collection"),
    Column("description", "text", "What it says of itself"),
    Column("keywords", "text", "Keywords, with semicolons between them"),
    Column("themes", "text", "Themes, with semicolons between them"),
    Column("subdivision", "text", "Code of the city's taxonomy"),
    Column("subdivision_sure", "real", "How sure that is, 0 to 1"),
    Column("protocol", "text", "How the service is spoken to"),
    Column("url", "text", "Address of the service"),
    Column("layer", "text", "Layer, collection or table in the service"),
    Column("crs", "text", "CRSs offered, with semicolons between them"),
    Column("coord_offset", "text", "Deliberate shift of the coordinates: none, gcj02 or bd09"),
    Column("time_start", "text", "First time, ISO 8601 UTC; empty for open or unknown"),
    Column("time_end", "text", "Last time, ISO 8601 UTC; empty for open or unknown"),
    Column("lifecycle_stage", "text", "planning, design, construction or operation"),
    Column("cadence", "text", "How often it is brought up to date"),
    Column("auth", "text", "Name of the authentication configuration"),
    Column("links", "text", "Further links, as JSON"),
    Column("source", "text", "Address that was harvested"),
    Column("harvested", "text", "When it was last seen there, ISO 8601 UTC"),
    Column("gone", "text", "Since when it is gone from there; empty while it is there"),
    Column("edited", "text", "What a person changed, with semicolons between them"),
    Column("health", "text", "What the last probe found: unknown, alive, slow, denied or dead"),
    Column("health_time", "text", "When that was, ISO 8601 UTC"),
    Column("health_reason", "text", "Why it is not alive"),
    Column("latency_ms", "real", "How long the answer took"),
    Column("made", "boolean", "Whether it is made for a demonstration, with no service behind it"),
)


def rows_of(records: Iterable[ServiceRecord]) -> Iterator[tuple[shapely.Geometry | None, dict[str, Any]]]:
    """Geometry and values of each record."""
    import shapely

    from ...core.common import bbox

    for record in records:
        values = dict(zip(NAMES, to_row(record), strict=True))
        values |= {name: "; ".join(getattr(record, name)) for name in LISTS}
        yield (None if record.box is None else shapely.from_wkb(bbox.to_wkb(record.box))), values


def box_of(rectangle: QgsRectangle) -> BoundingBox | None:
    """A rectangle in degrees as a box, cut at the poles and the 180th meridian; None for an empty one."""
    if rectangle.isNull() or not rectangle.isFinite():
        return None
    west, east = max(-180.0, rectangle.xMinimum()), min(180.0, rectangle.xMaximum())
    south, north = max(-90.0, rectangle.yMinimum()), min(90.0, rectangle.yMaximum())
    return BoundingBox(west, south, east, north) if west <= east and south <= north else None


def rectangle_of(box: BoundingBox) -> QgsRectangle:
    """A box as a rectangle in degrees; one across the 180th meridian ends beyond it."""
    return QgsRectangle(box.west, box.south, box.east + (360.0 if box.east < box.west else 0.0), box.north)
