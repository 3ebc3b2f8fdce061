"""Tables of buildings, storeys and openings, or any footprints, as the values that core's risk takes, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsField, QgsFields

from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ...core.common.tables import Column
from ...core.risk.assess import Buildings, Storeys
from ...core.risk.below_first import BelowFirst
from ...core.risk.curves import Curves, make_curves
from ...core.risk.ingress import Openings
from ...core.risk.uses import Uses, UseWords, choose_uses
from ..kernel.columns import make_fields
from ..kernel.compat import TEXT
from ..kernel.flood_run import RUN_FIELD
from ..kernel.number_fields import NumberFields, column, find_field
from ..kernel.vectors import FeatureTable
from .building_rows import BuildingTable, OwnRows

RESULTS = (
    Column("depth_m", "real", "Maximum depth in the ring of cells around the footprint; 0 where dry"),
    Column("level_m", "real", "Maximum water level in the ring where it is wet"),
    Column("arrival_min", "real", "First arrival of water in the ring, minutes from the start; needs ARRIVAL"),
    Column("ingress_opening_id", "text", "Opening by which water comes in first"),
    Column(
        "ingress_time_min", "real", "When the water first stands above a sill, minutes from the start; needs RESULT"
    ),
    Column("parts_reached", "text", "Parts of the footprint that water enters, by number; empty where it has one part"),
    Column("openings_reached", "integer", "Openings above whose sill the water stands; empty when unknown"),
    Column("storeys_reached", "integer", "Storeys whose floor lies below the water inside, basements included"),
    Column("basement_reached", "boolean", "Whether the water inside reaches a storey below ground"),
    Column("assessed_use", "text", "Use by which curve and people were chosen; empty where unknown: as residential"),
    Column("damage", "real", "Share of the building's value lost, 0 to 1"),
    Column("people", "integer", "People in the building, given or estimated by use and floor area"),
    Column("risk_class", "integer", "0 no water, 1 water outside, 2, 3, 4 water inside; empty when unknown"),
    Column("reason", "text", "Why the building has its class"),
    Column("doubts", "text", "Fields of the building whose value is not used, and what was guessed in its place"),
    Column("water_rule", "text", "Rule by which depth, level and arrival were taken from the cells: RULE"),
    Column("wet_share", "real", "Share of the cells under the footprint that are wet, 0 to 1; empty by the rule ring"),
    Column(RUN_FIELD, "text", "Id of the flood run, as in SUMMARY; empty where the water does not say of which it is"),
)
CONTENT_RESULTS = (Column("content_damage", "real", "Share of the content's value lost, 0 to 1"),)
"""Written where curves of contents or money are asked for."""
MONEY_RESULTS = (
    Column("structure_value", "real", "Value of the building, in the currency of the row"),
    Column("content_value", "real", "Value of what stands in it"),
    Column("structure_loss", "real", "Loss of the building: its value times damage"),
    Column("content_loss", "real", "Loss of what stands in it: its value times content_damage"),
    Column("loss", "real", "Both losses; empty where that of the building is unknown"),
    Column("currency", "text", "Currency of values and losses"),
)
TIME_RESULTS = (
    Column("people_full", "integer", "People at full occupancy; people are those present at people_hour"),
    Column("people_hour", "real", "Hour of the day for which people are counted"),
)
"""Written where a time of day is chosen."""
ALL_RESULTS = (*RESULTS[:-1], *CONTENT_RESULTS, *MONEY_RESULTS, *TIME_RESULTS, RESULTS[-1])
"""Every column that an assessment may have, for styles."""
PEOPLE = ("people", "residents", "occupants", "population")
USES = (
    "use",
    "building_use",
    "usage",
    "type",
    "building_type",
    "function",
    "occupancy",
    "category",
    "amenity",
    "office",
    "leisure",
    "religion",
    "building",
    "fclass",
    "landuse",
    "用途",
    "建筑用途",
    "使用性质",
    "功能",
    "类型",
)
"""Fields that may name a use, in any case, in the order in which they count."""
LEFT_OUT = {"fid", "ogc_fid"}


NUMBERS = (
    "gross_floor_area_m2",
    "storeys_above",
    "footprint_area_m2",
    "ground_floor_elev_m",
    "storeys_below",
    "height_m",
)
"""Fields of buildings that are read as numbers."""


def ids_of(table: FeatureTable | BuildingTable) -> list[str]:
    """The id of each building: its field id as text, else the number of the feature."""
    values = column(table, "id")
    if set(map(type, values)) == {str}:
        return [value.strip() for value in values]
    return [_id_text(own if value is None else value) for value, own in zip(values, table.ids, strict=True)]


@dataclass(frozen=True)
class BuildingFields:
    """The fields that the user chose; "" leaves the choice to the names that are known."""

    use: str = ""
    people: str = ""
    ground_floor: str = ""
    value: str = ""
    content: str = ""


@dataclass(frozen=True)
class BuildingsRead:
    """Buildings as they were read, and what was not used of them."""

    buildings: Buildings
    uses: Uses
    numbers: NumberFields

    def refused(self, name: str) -> int:
        """How many values of a field were refused."""
        return int(np.sum(self.numbers.refused.get(name, 0)))

    def doubts(self, rows: slice) -> np.ndarray:
        """A text for each of some buildings with values that are not used or without a known use; None for others."""
        use = self.buildings.use[rows]
        refused = [(name, values[rows].tolist()) for name, values in self.numbers.refused.items()]
        result = np.full(len(use), None, object)
        same: dict[tuple[str, ...], str] = {}
        for row in np.flatnonzero(np.any([[value is None for value in use], *(values for _, values in refused)], 0)):
            names = tuple(name for name, values in refused if values[row])
            key = names if use[row] is not None else (*names, "")
            if key not in same:
                texts = [Message("{field}: not a possible value", field=name) for name in names]
                unknown = [Message("use unknown: as residential")] if use[row] is None else []
                same[key] = Message.joined([*texts, *unknown], "; ")
            result[row] = same[key]
        return result


def names_used(chosen: BuildingFields, names: Iterable[str]) -> list[str]:
    """Those of a layer's fields that an assessment reads."""
    wanted = {name.lower() for name in ("id", *NUMBERS, *PEOPLE, *USES, *vars(chosen).values())}
    return [name for name in names if name.lower() in wanted]


def buildings_of(
    table: BuildingTable,
    chosen: BuildingFields,
    words: UseWords,
    openings: Openings | None,
    storeys: Storeys | None,
    progress: Progress = silent,
) -> BuildingsRead:
    """Buildings with what their fields say."""
    numbers = NumberFields(table, progress)
    floor_area = numbers("gross_floor_area_m2")
    storeys_above = numbers("storeys_above")
    footprint = numbers("footprint_area_m2") * np.fmax(storeys_above, 1.0)
    people = np.full(len(table), np.nan)
    for name in (chosen.people,) if chosen.people else PEOPLE:
        people = np.where(np.isnan(people), numbers("people", name), people)
    names = [find_field(table, name) for name in ((chosen.use,) if chosen.use else USES)]
    uses = choose_uses({name: table.columns[name] for name in names if name}, len(table), words, progress)
    buildings = Buildings(
        table.footprints,
        uses.use,
        numbers("ground_floor_elev_m", chosen.ground_floor),
        storeys_above,
        numbers("storeys_below"),
        numbers("height_m"),
        np.where(np.isnan(floor_area), footprint, floor_area),
        people,
        openings,
        storeys,
    )
    return BuildingsRead(buildings, uses, numbers)


def bounds_of(table: FeatureTable) -> tuple[float, float, float, float]:
    """West, south, east and north of all geometries; NaN where there are none."""
    return tuple(float(value) for value in shapely.total_bounds(table.geometries))


def curves_of(table: FeatureTable, unit: str = "", below: BelowFirst = BelowFirst.AUTO) -> Curves:
    """The user's own depth-damage curves."""
    return make_curves(table.rows(), "", Message("the table of CURVES"), unit, below)


def storeys_of(table: FeatureTable, buildings: dict[str, int]) -> tuple[Storeys, list[Message]]:
    """Storeys of known buildings that have a level, and what was left out."""
    numbers = NumberFields(table)
    building, elev_m = _owners(table, buildings), numbers("elev_m")
    kept = (building >= 0) & np.isfinite(elev_m)
    storeys = Storeys(building[kept], elev_m[kept], numbers("number")[kept])
    texts = list(numbers.warnings)
    if not kept.all():
        n = int((~kept).sum())
        texts.append(Message("{n} storeys have no level or belong to no building of the layer and are left out.", n=n))
    return storeys, texts


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
    numbers = NumberFields(table)
    x, y, sill_m = shapely.get_x(points), shapely.get_y(points), numbers("sill_elev_m")
    outside = np.array([value is not False and value != 0 for value in column(table, "is_external")], bool)
    texts = list(numbers.warnings)
    if (building < 0).any():
        n = int((building < 0).sum())
        texts.append(Message("{n} openings belong to no building of the layer and are left out.", n=n))
    lacking = (building >= 0) & outside & ~(np.isfinite(x) & np.isfinite(sill_m))
    if lacking.any():
        texts.append(Message("{n} openings have no place or no sill and are left out.", n=int(lacking.sum())))
    kept = np.flatnonzero((building >= 0) & outside & ~lacking)
    kind = np.array([str(value or "opening") for value in column(table, "kind")], object)
    label = _labels(table, storeys, building, kind, kept)
    ids = np.array([str(value) for value in ids_of(table)], object)
    return Openings(building[kept], x[kept], y[kept], sill_m[kept], ids[kept], label[kept], kind[kept]), texts


def result_fields(own: QgsFields, columns: tuple[Column, ...] = RESULTS) -> QgsFields:
    """The fields of a layer of buildings or assets, an id where it has none, and those of the results."""
    fields = QgsFields()
    results = make_fields(columns)
    if own.lookupField("id") < 0:
        fields.append(QgsField("id", TEXT))
    for field in own:
        if field.name().lower() not in LEFT_OUT and results.lookupField(field.name()) < 0:
            fields.append(QgsField(field))
    for field in results:
        fields.append(field)
    return fields


def result_rows(
    table: FeatureTable, fields: QgsFields, columns: Mapping[str, np.ndarray]
) -> Iterable[tuple[Any, dict[str, Any]]]:
    """A row for each building: its geometry, its own values and its results."""
    ids = ids_of(table)
    names = [name for name in fields.names() if name in table.columns and name not in columns]
    whole = {column.name for column in (*RESULTS, *TIME_RESULTS) if column.kind == "integer"}
    for row, geometry in enumerate(table.geometries):
        values = {name: table.columns[name][row] for name in names}
        values.setdefault("id", ids[row])
        for name, results in columns.items():
            value = results[row]
            values[name] = int(value) if name in whole and value == value else value
        yield geometry, values


def result_blocks(
    table: BuildingTable,
    own: OwnRows,
    own_fields: QgsFields,
    fields: QgsFields,
    results: Callable[[slice], Mapping[str, np.ndarray]],
) -> Iterator[tuple[np.ndarray, dict[str, Sequence[Any]]]]:
    """Blocks of a layer of results: the buildings' own values, an id where they have none, and their results.

    Parameters
    ----------
    table : BuildingTable
    own : OwnRows
    own_fields, fields : QgsFields
        Of the buildings' layer, and of the results.
    results : callable
        The results of some buildings by field.
    """
    written = results(slice(0, 0))
    names = [name for name in fields.names() if own_fields.indexOf(name) >= 0 and name not in written]
    whole = {column.name for column in ALL_RESULTS if column.kind == "integer"}
    for rows, geometries, values in own.blocks(names):
        if "id" not in values:
            values["id"] = [str(number) for number in table.ids[rows].tolist()]
        some = results(rows)
        yield geometries, values | {name: _whole(v) if name in whole else v for name, v in some.items()}


def _whole(values: np.ndarray) -> np.ndarray:
    """Whole numbers as Python's, None for NaN."""
    known = np.isfinite(values)
    result = np.full(len(values), None, object)
    result[known] = values[known].astype(np.int64).tolist()
    return result


def _id_text(value: Any) -> str:
    """An id as text, the same whether a table holds it as a whole number or as a real one."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if whole else value).strip()


def _owners(table: FeatureTable, buildings: dict[str, int]) -> np.ndarray:
    return np.array([buildings.get(_id_text(value), -1) for value in column(table, "building_id")], np.int64)


def _labels(
    table: FeatureTable, storeys: FeatureTable | None, building: np.ndarray, kind: np.ndarray, kept: np.ndarray
) -> np.ndarray:
    label = np.array([str(name or own) for name, own in zip(column(table, "name"), kind, strict=True)], object)
    number = {} if storeys is None else dict(zip(ids_of(storeys), NumberFields(storeys)("number"), strict=True))
    level = np.array([number.get(_id_text(value), 0.0) for value in column(table, "storey_id")], float)
    width = np.nan_to_num(NumberFields(table)("width_m"), nan=0.0)
    doors = kept[(kind[kept] == "door") & (np.nan_to_num(level[kept]) == 0) & (label[kept] == "door")]
    widest: dict[int, int] = {}
    for row in doors:
        best = widest.setdefault(int(building[row]), int(row))
        if width[row] > width[best]:
            widest[int(building[row])] = int(row)
    label[list(widest.values())] = "main door"
    return label
