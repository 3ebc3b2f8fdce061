"""Layers of roads, rails and other lines: the fields that they usually have, and lines cut at cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem

from ...core.common.cells import Cells, metres_per_degree
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.segment_cells import count_pieces, cut_segments
from ...core.common.segment_lengths import segment_lengths
from ...core.risk.networks import Pieces
from .crs_scale import crs_unit_m
from .number_fields import NumberFields
from .vectors import FeatureTable, field_named

BRIDGES, TUNNELS = ("is_bridge", "bridge", "桥梁", "桥"), ("is_tunnel", "tunnel", "隧道")
"""Fields that say whether a line is a bridge or a tunnel, in any case."""
IDS = ("id", "asset_id", "road_id", "osm_id", "编号")
NAMES = ("name", "road_name", "street", "名称", "路名", "道路名称")
BOTH_NAMES = ("name_en", "name_zh")
CLASSES = ("road_class", "highway", "fclass", "class", "kind", "type", "类别", "类型", "道路等级")
SPEEDS = ("speed_km_h", "speed_kmh", "maxspeed", "限速")
MOST_PIECES = 50_000_000
_NO = {"", "0", "no", "n", "f", "false", "none", "null", "否", "无"}


def first_field(table: FeatureTable, names: Sequence[str]) -> str:
    """The first of some usual names that a table has a field of, in any case; "" where it has none."""
    return next((own for name in names if (own := field_named(table.columns, name))), "")


def whole_ids(table: FeatureTable, names: Sequence[str] = IDS) -> list[str] | None:
    """The ids by the first of some fields that has one in each row; None where there is no such field."""
    for name in names:
        field = field_named(table.columns, name)
        if field and all(value not in (None, "") for value in table.columns[field]):
            return [id_text(value) for value in table.columns[field]]
    return None


def id_text(value: Any) -> str:
    """An id as text: whole numbers without decimals, as tables hold them as either; "" where there is none."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def names_of(table: FeatureTable) -> list[str]:
    """The name of each line; of name_en and name_zh both, where there is no field for one name."""
    field = first_field(table, NAMES)
    fields = [field] if field else [own for name in BOTH_NAMES if (own := field_named(table.columns, name))]
    values = zip(*(table.get(own) for own in fields), strict=True) if fields else ((),) * len(table)
    return [" ".join(dict.fromkeys(str(text) for text in texts if text not in (None, ""))) for texts in values]


def flags(table: FeatureTable, names: Sequence[str]) -> list[bool]:
    """Whether the first field of some names that a table has says yes: any word but no, 0, F and the like."""
    values = table.get(first_field(table, names))
    return [str(value if value is not None else "").strip().lower() not in _NO for value in values]


def structures(table: FeatureTable) -> list[str]:
    """ "bridge", "tunnel" or "" of each line."""
    bridges, tunnels = (flags(table, names) for names in (BRIDGES, TUNNELS))
    return ["bridge" if b else "tunnel" if t else "" for b, t in zip(bridges, tunnels, strict=True)]


def speeds_kmh(table: FeatureTable, default_kmh: float) -> tuple[np.ndarray, int, list[Message]]:
    """The speed without water of each line, how many have none of their own, and notes."""
    free = np.full(len(table), default_kmh)
    field = first_field(table, SPEEDS)
    if not field:
        return free, len(table), []
    reader = NumberFields(table)
    own, notes = reader("speed_kmh", field), reader.warnings
    given = np.isfinite(own)
    free[given] = own[given]
    if not given.all():
        notes.append(
            Message(
                "{n} lines have no speed in '{field}': they count with {speed:g} km/h.",
                n=int((~given).sum()),
                field=field,
                speed=default_kmh,
            )
        )
    return free, int((~given).sum()), notes


def axis_metres(crs: QgsCoordinateReferenceSystem, middle_y: float) -> tuple[float, float]:
    """Metres in a unit of both axes of a CRS, in degrees at a latitude."""
    if crs.isGeographic():
        return metres_per_degree(max(-89.0, min(89.0, middle_y)))
    unit_m = crs_unit_m(crs)
    return (unit_m, unit_m) if unit_m > 0 else (1.0, 1.0)


def cut_lines(shapes: Sequence[shapely.Geometry | None] | np.ndarray, cells: Cells, geographic: bool) -> Pieces:
    """Lines in the CRS of some cells, cut at these cells.

    Raises
    ------
    InputError
        Where they cross too many cells.
    """
    parts, line = shapely.get_parts(without_empty(shapes), return_index=True)
    place, part = shapely.get_coordinates(parts, return_index=True)
    joined = part[1:] == part[:-1]
    first, last, owner = place[:-1][joined], place[1:][joined], line[part[1:][joined]]
    if count_pieces(first, last, cells) > MOST_PIECES:
        raise InputError(
            "The lines cross more than {most:,} cells of the depths: choose a part of them, or wider cells.",
            most=MOST_PIECES,
        )
    pieces = cut_segments(first, last, cells)
    middle = first[pieces.segment] + pieces.middle[:, None] * (last - first)[pieces.segment]
    length = segment_lengths(first, last, cells.metres_x, cells.metres_y, geographic)
    length_m = pieces.share * length[pieces.segment]
    number = cells.index(middle[:, 0], middle[:, 1])
    return Pieces(owner[pieces.segment].astype(np.int64), number, length_m, len(shapes))


def without_empty(shapes: Sequence[shapely.Geometry | None] | np.ndarray) -> np.ndarray:
    """Geometries with None in place of empty ones."""
    found = np.array(shapes, object)
    found[shapely.is_missing(found) | shapely.is_empty(found)] = None
    return found
