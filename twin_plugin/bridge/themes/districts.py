"""Own districts: the outline of a polygon, kept as a document in the user's folder."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureSource,
    QgsProcessingFeedback,
)

from ...core.common.errors import InputError
from ...core.common.new_file import create
from ...core.themes.district import District
from ...core.themes.district_documents import CORNER_LIMIT, district_text
from ..kernel.runtime import own_folder
from ..kernel.vectors import read_table
from .documents import read_district

if TYPE_CHECKING:
    import shapely

DEGREES = "EPSG:4326"
FILLED = {"en": "Holes of the polygon were filled.", "zh": "面中的孔洞已填充。"}


def district_from_layer(source: QgsFeatureSource, name: str, feedback: QgsProcessingFeedback | None = None) -> District:
    """The district that the polygons of a layer make up, in its CRS where that has a code of EPSG, else in degrees.

    Raises
    ------
    InputError
        Where the layer has no polygon or no CRS, or its polygons are apart: a district has one outline.
    """
    own = source.sourceCrs()
    if not own.isValid():
        raise InputError("The layer '{layer}' has no CRS: set it in the layer's properties.", layer=name)
    kept = own.authid() if re.fullmatch(r"EPSG:\d+", own.authid()) else DEGREES
    crs = QgsCoordinateReferenceSystem(kept)
    table = read_table(source, feedback or QgsProcessingFeedback(False), crs, (), QgsCoordinateTransformContext())
    polygon = _one_polygon(table.geometries, source.sourceName() or name)
    corners = tuple((float(x), float(y)) for x, y in polygon.exterior.coords)[:-1]
    if len(corners) > CORNER_LIMIT:
        raise InputError(
            "The outline in the layer '{layer}' has {n} corners and {limit} is the limit: simplify it.",
            layer=name,
            n=len(corners),
            limit=CORNER_LIMIT,
        )
    return District(
        district_id(name), {_language(name): name}, corners, kept, note=FILLED if len(polygon.interiors) else {}
    )


def save_district(district: District, folder: Path | None = None) -> Path:
    """Keep a district as a document, by default in the user's folder; a document that is there stays as it is.

    Raises
    ------
    InputError
        Where there is such a document already, or the district is not as documents must be.
    ResourceError
        Where it cannot be written.
    """
    path = (folder or own_folder("districts")) / f"{district.id}.json"
    text = district_text(district).encode()
    if not path.exists():
        create(path, text)
    if path.read_bytes() != text:
        raise InputError(
            "There is another document '{path}' already: give the district another name, or move that away.", path=path
        )
    read_district(path)
    return path


def district_id(name: str) -> str:
    """An id from a name; from one without Latin letters a short number that is always the same for it."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40]
    return plain if plain[:1].isalpha() else f"district_{zlib.crc32(name.encode()):08x}"


def _language(name: str) -> str:
    return "zh" if re.search(r"[\u4e00-\u9fff]", name) else "en"


def _one_polygon(geometries: np.ndarray, layer: str) -> shapely.Polygon:
    import shapely

    areas = [shape for shape in shapely.make_valid(geometries) if shape is not None and shapely.area(shape) > 0]
    if not areas:
        raise InputError("The layer '{layer}' has no polygon: draw the outline of the district.", layer=layer)
    parts = [part for part in shapely.get_parts(shapely.union_all(areas)) if shapely.area(part) > 0]
    if len(parts) > 1:
        raise InputError(
            "The polygons of the layer '{layer}' lie apart in {n} parts and a district has one outline: select those "
            "that belong together, or merge them.",
            layer=layer,
            n=len(parts),
        )
    return parts[0]
