"""What every record of ours has in common as a feature of OGC API Records (OGC 20-004r1, record core)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...common.bbox import BoundingBox, rectangles
from ..record import ServiceRecord

CORE_CLASS = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"


def feature(record: ServiceRecord, properties: Mapping[str, Any], links: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A record as a feature: id, extent, time, title, description and keywords, and what the caller adds."""
    common = {
        "type": "service",
        "title": record.title,
        "description": record.description,
        "keywords": list(record.keywords),
    }
    if record.harvested:
        common["updated"] = record.harvested
    interval = [record.time_start or "..", record.time_end or ".."]
    return {
        "type": "Feature",
        "id": record.id,
        "conformsTo": [CORE_CLASS],
        "geometry": None if record.box is None else _geometry(record.box),
        "time": None if interval == ["..", ".."] else {"interval": interval},
        "properties": {**common, **properties},
        "links": list(links),
    }


def _geometry(box: BoundingBox) -> dict[str, Any]:
    """A polygon, or two where the box crosses the 180th meridian."""
    rings = [[[w, s], [e, s], [e, n], [w, n], [w, s]] for w, s, e, n in rectangles(box)]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
