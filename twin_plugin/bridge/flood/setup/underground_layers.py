"""Layers of rooms below ground as tables of core: their fields, possible values, and what is refused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource, QgsWkbTypes

from ....core.common.csv_table import read_rows
from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.underground.ties import OpeningKind, OpeningTable, RoomTable
from ...kernel import resources
from ...kernel.vectors import FeatureTable
from .parameters import Parameters

ROOM_FIELDS = (
    "id", "building_id", "top_elev_m", "bottom_elev_m", "height_m", "area_m2", "volume_m3", "fill_share",
)  # fmt: skip
OPENING_FIELDS = ("id", "room_id", "building_id", "kind", "sill_elev_m", "width_m", "is_external")
LINK_FIELDS = ("from", "to", "sill_elev_m", "width_m")
BARRIER_FIELDS = (
    "opening_id", "kind", "height_m", "crest_elev_m", "closes_at_min", "closes_at_level_m", "fails_at_min",
)  # fmt: skip
LIMITS = {
    "top_elev_m": (-500.0, 9000.0),
    "bottom_elev_m": (-1000.0, 9000.0),
    "sill_elev_m": (-500.0, 9000.0),
    "ground_floor_elev_m": (-500.0, 9000.0),
    "crest_elev_m": (-500.0, 9000.0),
    "closes_at_level_m": (-500.0, 9000.0),
    "height_m": (0.0, 500.0),
    "area_m2": (0.01, 1e8),
    "volume_m3": (0.01, 1e9),
    "fill_share": (0.01, 1.0),
    "width_m": (0.0, 500.0),
    "closes_at_min": (0.0, 1e6),
    "fails_at_min": (0.0, 1e6),
}
"""Least and greatest possible value of a field."""


def read_layer(parameters: Parameters, source: QgsFeatureSource, grid: Grid, fields: Sequence[str]) -> FeatureTable:
    """The rows of a layer in the terrain's CRS, or of a table without places."""
    if source.wkbType() == QgsWkbTypes.Type.NoGeometry:
        return parameters.plain_features(source, *fields)
    return parameters.features(source, grid, *fields)


def opening_kinds() -> dict[str, OpeningKind]:
    """The kinds of openings by their name."""
    rows = read_rows(resources.table("underground_openings"), ("kind", "width_m", "leads_down"))
    return {row["kind"]: OpeningKind(float(row["width_m"]), row["leads_down"] == "yes") for row in rows}


def rooms_of(parameters: Parameters, table: FeatureTable, layer: str) -> RoomTable:
    """The rooms of a layer; those without an id have the number of their feature."""
    ids = texts_of(table, "id")
    ids = [text or str(own) for text, own in zip(ids, table.ids.tolist(), strict=True)]
    _same_ids(parameters, ids, layer)
    names = ("bottom_elev_m", "top_elev_m", "height_m", "area_m2", "volume_m3", "fill_share")
    values = (numbers_of(parameters, table, name, layer) for name in names)
    return RoomTable(ids, texts_of(table, "building_id"), list(table.geometries), *values)


def openings_of(parameters: Parameters, table: FeatureTable, layer: str, without_sills: bool = False) -> OpeningTable:
    """The openings of a layer, which needs the field of their sills unless these may be unknown."""
    import shapely

    if "sill_elev_m" not in table.columns and not without_sills:
        raise InputError(
            "The layer '{layer}' of OPENINGS_UNDERGROUND has no field sill_elev_m: the level at which water enters, "
            "in m above the terrain's datum.",
            layer=layer,
        )
    ids = [text or str(own) for text, own in zip(texts_of(table, "id"), table.ids.tolist(), strict=True)]
    _same_ids(parameters, ids, layer)
    points = shapely.centroid(np.asarray(table.geometries, object)) if len(table) else np.zeros(0, object)
    kinds = [text.lower() or "door" for text in texts_of(table, "kind")]
    inside = np.array([value in (0, False, "0", "false") for value in table.get("is_external")], bool)
    sill_m, width_m = (numbers_of(parameters, table, name, layer) for name in ("sill_elev_m", "width_m"))
    names = ids, texts_of(table, "room_id"), texts_of(table, "building_id"), kinds
    return OpeningTable(*names, shapely.get_x(points), shapely.get_y(points), sill_m, width_m, inside)


def _same_ids(parameters: Parameters, ids: Sequence[str], layer: str) -> None:
    more = len(ids) - len(set(ids))
    if more:
        text = "{n} rows of '{layer}' have the id of another row: where an id is named, the first row counts."
        parameters.warn([Message(text, n=more, layer=layer)])


def require_fields(table: FeatureTable, names: Sequence[str], layer: str, parameter: str) -> None:
    """Check that the table of a parameter has some fields."""
    if missing := [name for name in names if name not in table.columns]:
        raise InputError(
            "The table '{layer}' of {parameter} has no field {names}.",
            layer=layer,
            parameter=parameter,
            names=", ".join(missing),
        )


def texts_of(table: FeatureTable, name: str) -> list[str]:
    """A column as texts; "" where there is nothing."""
    return [_text(value) for value in table.get(name)]


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def numbers_of(parameters: Parameters, table: FeatureTable, name: str, layer: str) -> np.ndarray:
    """A column as numbers; NaN where there is none or no possible one, which is reported."""
    least, most = LIMITS[name]
    result, refused = np.full(len(table), math.nan), []
    for row, value in enumerate(table.get(name)):
        if value is None or not str(value).strip():
            continue
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if least <= number <= most:
            result[row] = number
        elif not (isinstance(value, float) and math.isnan(value)):
            refused.append(str(value)[:40])
    if refused:
        text = (
            "{n} values of the field '{field}' of '{layer}' are no numbers from {least:g} to {most:g}, such as "
            "'{value}': they count as unknown."
        )
        note = Message(text, n=len(refused), field=name, layer=layer, least=least, most=most, value=refused[0])
        parameters.warn([note])
    return result
