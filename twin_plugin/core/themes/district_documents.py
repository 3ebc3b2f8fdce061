"""District documents: JSON within limits that is read into a district, and the text that keeps one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..common.json_documents import read_json
from ..common.json_schema import check
from ..common.messages import Message
from .district import District
from .documents import require
from .merging import Document
from .theme_checks import Fault, bookmark_faults, double_ids
from .theme_reading import bookmarks_of

CORNER_LIMIT = 20_000
"""Of an outline, as the schema says too."""


def read_district(path: str | Path, schemas: Path) -> District:
    """The district of a document; `schemas` is the folder of the schemas that ship.

    Raises
    ------
    InputError
        With the document, the place in it and the cure.
    ResourceError
        When it cannot be read.
    """
    path = Path(path)
    return checked_district(read_json(path).value, schemas, path.name)


def checked_district(document: Document, schemas: Path, name: str) -> District:
    """The district of a document that was read already; raises as `read_district`, whose `path` it names `name`."""
    check(document, schemas / "district.schema.json", name)
    found = [*double_ids(document), *bookmark_faults(document), *_outline_faults(document)]
    require(found, document, name)
    return District(
        document["id"],
        document["title"],
        tuple((float(x), float(y)) for x, y in document["outline"]),
        document.get("crs", District.crs),
        document.get("approximate", False),
        bookmarks_of(document),
        tuple(document.get("themes", [])),
        tuple(document.get("scenarios", [])),
        document.get("note", {}),
    )


def district_text(district: District) -> str:
    """The document of a district, which `read_district` reads into the same one."""
    document: dict[str, Any] = {
        "id": district.id,
        "title": district.title,
        "outline": [list(corner) for corner in district.outline],
        "crs": district.crs,
        "approximate": district.approximate,
        "bookmarks": [
            {"id": one.id, "title": one.title} | ({"extent": list(one.extent)} if one.extent else {})
            for one in district.bookmarks
        ],
        "themes": list(district.themes),
        "scenarios": list(district.scenarios),
    }
    if district.note:
        document["note"] = district.note
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _outline_faults(document: Document) -> Iterator[Fault]:
    """Outlines that enclose nothing, cross themselves, or lie outside the world."""
    import shapely

    corners = [(float(x), float(y)) for x, y in document["outline"]]
    if document.get("crs", District.crs) == "EPSG:4326":
        for number, (x, y) in enumerate(corners):
            if abs(x) > 180 or abs(y) > 90:
                yield (
                    ("outline", number),
                    Message("{x}, {y} is no longitude and latitude: correct the numbers or their order.", x=x, y=y),
                )
                return
    if len(set(corners)) < 3 or not all(math.isfinite(number) for corner in corners for number in corner):
        yield ("outline",), Message("the outline has fewer than three different corners: add some.")
        return
    outline = shapely.Polygon(corners)
    if not outline.is_valid or not outline.area:
        yield (
            ("outline",),
            Message(
                "the outline crosses itself or encloses nothing ({reason}): put the corners in order.",
                reason=shapely.is_valid_reason(outline),
            ),
        )
