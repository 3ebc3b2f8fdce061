"""A layer of shelters: places with a capacity and perhaps the elevation of their floor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.field_values import read_numbers
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field, whole_ids, without_empty
from ..kernel.vectors import FeatureTable, read_table

CAPACITIES = (
    "capacity_persons",
    "capacity",
    "capacity_p",
    "persons",
    "places",
    "beds",
    "max_people",
    "容量",
    "容纳人数",
    "可容纳人数",
    "避难人数",
    "床位",
)
FLOORS = (
    "floor_elev_m",
    "ground_floor_elev_m",
    "floor_m",
    "ground_elev_m",
    "elev_m",
    "地面高程",
    "室内地坪高程",
    "高程",
)
IDS = ("shelter_id", "id", "asset_id", "osm_id", "编号")
NAMES = ("name", "shelter", "名称", "避难场所名称")


@dataclass(frozen=True)
class SheltersRead:
    """Shelters in the CRS of the water.

    Attributes
    ----------
    layer : str
    shapes : array of shapely geometries
        None where there is none.
    ids, names : lists of str
    capacity : int64 array
        0 where it is missing or impossible.
    floor_m : float64 array
        NaN where unknown.
    notes : list of Message
    entry : Entry
    """

    layer: str
    shapes: np.ndarray
    ids: list[str]
    names: list[str]
    capacity: np.ndarray
    floor_m: np.ndarray
    notes: list[Message]
    entry: Entry

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all shelters."""
        west, south, east, north = shapely.total_bounds(self.shapes)
        return float(west), float(south), float(east), float(north)


def read_shelters(
    source: QgsFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> SheltersRead:
    """A layer of shelters, points or footprints, in the CRS of the water.

    Raises
    ------
    InputError
        Where it has no places, no CRS, no field of capacities, or none above 0.
    """
    name = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.GeometryType.NullGeometry:
        raise InputError("The layer '{name}' has no geometry: choose a layer of shelters.", name=name)
    if not source.sourceCrs().isValid():
        raise InputError("The layer '{source}' has no CRS: set it in the layer's properties.", source=name)
    table = read_table(source, feedback, crs, transform_context=context.transformContext())
    if not len(table):
        raise InputError("The layer '{name}' has no features.", name=name)
    shapes = without_empty(table.geometries)
    capacity, poor = _capacities(table, name)
    floor = read_numbers(table.get(first_field(table, FLOORS)), "ground_floor_elev_m").values
    ids = whole_ids(table, IDS) or [str(value) for value in table.ids]
    texts = table.get(first_field(table, NAMES))
    names = [str(value) if value not in (None, "") else own for value, own in zip(texts, ids, strict=True)]
    without = int(shapely.is_missing(shapes).sum())
    notes = _notes(name, first_field(table, CAPACITIES), poor, len(ids) - len(set(ids)))
    why = reasons(
        [
            Message("no capacity: {n}", n=poor) if poor else None,
            Message("no geometry: {n}", n=without) if without else None,
            Message("places: {n:,}", n=int(capacity.sum())),
            Message("no elevation of the floor: {n}", n=int(np.isnan(floor).sum())),
        ]
    )
    left_out = int(((capacity <= 0) | shapely.is_missing(shapes)).sum())
    entry = Entry(Message("Shelters"), len(table) - left_out, left_out, 0, why)
    return SheltersRead(name, shapes, _unique(ids, shapes), names, capacity, floor, notes, entry)


def _notes(name: str, field: str, poor: int, equal: int) -> list[Message]:
    """What is doubtful: shelters without a capacity, and equal ids."""
    notes = []
    if poor:
        notes.append(
            Message(
                "{n} shelters of '{name}' have no capacity above 0 in the field '{field}': nobody is sent there.",
                n=poor,
                name=name,
                field=field,
            )
        )
    if equal:
        notes.append(
            Message(
                "{n} shelters of '{name}' share their id with another one: give each an id of its own.",
                n=equal,
                name=name,
            )
        )
    return notes


def _capacities(table: FeatureTable, name: str) -> tuple[np.ndarray, int]:
    """Whole capacities, and how many are missing, 0 or impossible."""
    field = first_field(table, CAPACITIES)
    if not field:
        raise InputError(
            "The layer '{name}' has no field of capacities: name it capacity, people for whom there is room.", name=name
        )
    numbers = read_numbers(table.columns[field], "people").values
    capacity = np.floor(np.nan_to_num(numbers, nan=0.0)).astype(np.int64)
    if not capacity.any():
        raise InputError(
            "No shelter of the layer '{name}' has a capacity above 0 in the field '{field}': fill it in, or choose "
            "another layer.",
            name=name,
            field=field,
        )
    return capacity, int((capacity <= 0).sum())


def _unique(ids: list[str], shapes: np.ndarray) -> list[str]:
    """Ids with a number where they occur again, whatever the order of the rows."""
    seen: Counter[str] = Counter()
    found, wkb = list(ids), shapely.to_wkb(shapes)
    for row in sorted(range(len(ids)), key=lambda row: (ids[row], wkb[row] or b"")):
        seen[ids[row]] += 1
        if seen[ids[row]] > 1:
            found[row] = f"{ids[row]} ({seen[ids[row]]})"
    return found
