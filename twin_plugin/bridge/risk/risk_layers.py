"""Tables of buildings, storeys and openings, or any footprints, as the values that core's risk takes, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsField, QgsFields

from ...core.common.messages import Message
from ...core.common.tables import Column
from ...core.risk.assess import Assessment, Buildings, Storeys
from ...core.risk.ingress import Openings
from ...core.risk.tables import Curves, make_curves
from ..kernel.columns import make_fields
from ..kernel.compat import TEXT
from ..kernel.vectors import FeatureTable

RESULTS = (
    Column("depth_m", "real", "Maximum depth in the ring of cells around the footprint; 0 where dry"),
    Column("level_m", "real", "Maximum water level in the ring where it is wet"),
    Column("arrival_min", "real", "First arrival of water in the ring, minutes from the start; needs ARRIVAL"),
    Column("ingress_opening_id", "text", "Opening by which water comes in first"),
    Column(
        "ingress_time_min", "real", "When the water first stands above a sill, minutes from the start; needs RESULT"
    ),
    Column("storeys_reached", "integer", "Storeys whose floor lies below the water inside, basements included"),
    Column("basement_reached", "boolean", "Whether the water inside reaches a storey below ground"),
    Column("damage", "real", "Share of the building's value lost, 0 to 1"),
    Column("people", "integer", "People in the building, given or estimated by use and floor area"),
    Column("risk_class", "integer", "0 no water, 1 water outside, 2, 3, 4 water inside; empty when unknown"),
    Column("reason", "text", "Why the building has its class"),
)
PEOPLE = ("people", "residents", "occupants", "population")
LEFT_OUT = {"fid", "ogc_fid"}


def ids_of(table: FeatureTable) -> list[str]:
    """The id of each building: its field id as text, else the number of the feature."""
    values = _column(table, "id")
    return [str(own if value is None else value) for value, own in zip(values, table.ids, strict=True)]


def buildings_of(table: FeatureTable, openings: Openings | None, storeys: Storeys | None) -> Buildings:
    """Buildings with what their fields say."""
    floor_area = numbers(table, "gross_floor_area_m2")
    footprint = numbers(table, "footprint_area_m2") * np.fmax(numbers(table, "storeys_above"), 1.0)
    people = np.full(len(table), np.nan)
    for name in PEOPLE:
        people = np.where(np.isnan(people), numbers(table, name), people)
    return Buildings(
        np.asarray(table.geometries, object),
        np.array([None if value is None else str(value) for value in _column(table, "use")], object),
        numbers(table, "ground_floor_elev_m"),
        numbers(table, "storeys_above"),
        numbers(table, "storeys_below"),
        numbers(table, "height_m"),
        np.where(np.isnan(floor_area), footprint, floor_area),
        people,
        openings,
        storeys,
    )


def bounds_of(table: FeatureTable) -> tuple[float, float, float, float]:
    """West, south, east and north of all geometries; NaN where there are none."""
    return tuple(float(value) for value in shapely.total_bounds(table.geometries))


def curves_of(table: FeatureTable) -> Curves:
    """The user's own depth-damage curves."""
    return make_curves(table.rows(), "", Message("the table of CURVES"))


def storeys_of(table: FeatureTable, buildings: dict[str, int]) -> Storeys:
    """Storeys of known buildings that have a level."""
    building, elev_m = _owners(table, buildings), numbers(table, "elev_m")
    kept = (building >= 0) & np.isfinite(elev_m)
    return Storeys(building[kept], elev_m[kept], numbers(table, "number")[kept])


def openings_of(
    table: FeatureTable, buildings: dict[str, int], storeys: FeatureTable | None
) -> tuple[Openings, list[Message]]:
    """External openings of known buildings with a sill and a place, and what was left out.

    The widest door of a building's ground floor is called its main door.
    """
    building = _owners(table, buildings)
    points = np.array(table.geometries, object)
    points[shapely.is_empty(points)] = None
    points = shapely.centroid(points)
    x, y, sill_m = shapely.get_x(points), shapely.get_y(points), numbers(table, "sill_elev_m")
    outside = np.array([value is not False and value != 0 for value in _column(table, "is_external")], bool)
    texts = []
    if (building < 0).any():
        n = int((building < 0).sum())
        texts.append(Message("{n} openings belong to no building of the layer and are left out.", n=n))
    lacking = (building >= 0) & outside & ~(np.isfinite(x) & np.isfinite(sill_m))
    if lacking.any():
        texts.append(Message("{n} openings have no place or no sill and are left out.", n=int(lacking.sum())))
    kept = np.flatnonzero((building >= 0) & outside & ~lacking)
    kind = np.array([str(value or "opening") for value in _column(table, "kind")], object)
    label = _labels(table, storeys, building, kind, kept)
    ids = np.array([str(value) for value in ids_of(table)], object)
    return Openings(building[kept], x[kept], y[kept], sill_m[kept], ids[kept], label[kept], kind[kept]), texts


def result_fields(own: QgsFields) -> QgsFields:
    """The fields of the buildings' layer, an id where it has none, and those of the results."""
    fields = QgsFields()
    results = make_fields(RESULTS)
    if own.lookupField("id") < 0:
        fields.append(QgsField("id", TEXT))
    for field in own:
        if field.name().lower() not in LEFT_OUT and results.lookupField(field.name()) < 0:
            fields.append(QgsField(field))
    for field in results:
        fields.append(field)
    return fields


def result_rows(table: FeatureTable, fields: QgsFields, assessment: Assessment) -> Iterable[tuple[Any, dict[str, Any]]]:
    """A row for each building: its geometry, its own values and its results."""
    ids = ids_of(table)
    names = [name for name in fields.names() if name in table.columns and name not in assessment.columns]
    whole = {column.name for column in RESULTS if column.kind == "integer"}
    for row, geometry in enumerate(table.geometries):
        values = {name: table.columns[name][row] for name in names}
        values.setdefault("id", ids[row])
        for name, column in assessment.columns.items():
            value = column[row]
            values[name] = int(value) if name in whole and value == value else value
        yield geometry, values


def numbers(table: FeatureTable, name: str) -> np.ndarray:
    """A column as float64; NaN where it is missing, empty or no number."""
    result = np.full(len(table), np.nan)
    for row, value in enumerate(_column(table, name)):
        try:
            result[row] = np.nan if value is None else float(value)
        except (TypeError, ValueError):
            continue
    return result


def _column(table: FeatureTable, name: str) -> list[Any]:
    """A column by its name, in any case."""
    own = name if name in table.columns else next((own for own in table.columns if own.lower() == name), name)
    return table.get(own)


def _owners(table: FeatureTable, buildings: dict[str, int]) -> np.ndarray:
    return np.array([buildings.get(str(value), -1) for value in _column(table, "building_id")], np.int64)


def _labels(
    table: FeatureTable, storeys: FeatureTable | None, building: np.ndarray, kind: np.ndarray, kept: np.ndarray
) -> np.ndarray:
    label = np.array([str(name or own) for name, own in zip(_column(table, "name"), kind, strict=True)], object)
    number = {} if storeys is None else dict(zip(ids_of(storeys), numbers(storeys, "number"), strict=True))
    level = np.array([number.get(str(value), 0.0) for value in _column(table, "storey_id")], float)
    width = np.nan_to_num(numbers(table, "width_m"), nan=0.0)
    doors = kept[(kind[kept] == "door") & (np.nan_to_num(level[kept]) == 0) & (label[kept] == "door")]
    widest: dict[int, int] = {}
    for row in doors:
        best = widest.setdefault(int(building[row]), int(row))
        if width[row] > width[best]:
            widest[int(building[row])] = int(row)
    label[list(widest.values())] = "main door"
    return label
