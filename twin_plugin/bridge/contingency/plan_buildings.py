"""Buildings of a level as twin:buildingrisk wrote them, as hits of a plan, and the districts that they lie in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.contingency.levels import UseRules
from ...core.contingency.plan import BuildingHit
from ...core.risk.field_values import number_of, read_numbers
from ..kernel.flood_run import run_of
from ..kernel.input_table import Entry, reasons
from ..kernel.vectors import FeatureTable, field_named, read_table

NAMES = ("name", "名称", "name_zh", "name_en", "building_name")
DISTRICT_NAMES = ("name", "名称", "district", "name_zh", "name_en", "district_name", "block_id", "id")
USES = ("assessed_use", "use", "type")
MONEY = ("loss", "damage_value", "damage_cost", "damage_money")
"""Fields with damage in money; `damage` of buildingrisk is a share."""
GREATEST_CLASS = 4


@dataclass(frozen=True)
class LevelBuildings:
    """The buildings of a level.

    Attributes
    ----------
    layer, run : str
        Name of the layer, and id of the flood run; "" where unknown.
    hits : tuple of BuildingHit
        Those with water at them, by id.
    ids : list of str
    shapes : array of geometries or None, shape (buildings,)
        In the CRS of the plan.
    depth_m, risk_class : float64 arrays, shape (buildings,)
        NaN where unknown.
    damage : tuple of float
        Of the hits, in `currency`; NaN where unknown.
    entry : Entry
    notes : list of Message
    """

    layer: str
    run: str
    hits: tuple[BuildingHit, ...]
    ids: list[str]
    shapes: np.ndarray
    depth_m: np.ndarray
    risk_class: np.ndarray
    damage: tuple[float, ...]
    currency: str
    entry: Entry
    notes: list[Message]


class Districts:
    """Polygons with a name, in the CRS of a plan."""

    def __init__(self, shapes: Sequence[Any] = (), names: Sequence[str] = (), field: str = "") -> None:
        self.names, self.field = list(names), field
        self._tree = shapely.STRtree(list(shapes))

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all."""
        west, south, east, north = shapely.total_bounds(self._tree.geometries)
        return float(west), float(south), float(east), float(north)

    def of(self, points: np.ndarray) -> list[str]:
        """The name of the district that each point lies in, by name where there are several; "" where there is none."""
        found: list[str] = [""] * len(points)
        rows, numbers = self._tree.query(points, "intersects")
        for row, number in zip(rows, numbers, strict=True):
            name = self.names[number]
            found[row] = min(found[row], name) if found[row] else name
        return found


def read_districts(
    source: QgsFeatureSource | None,
    field: str,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[Districts, list[Entry]]:
    """The districts of a layer; none without one.

    Raises
    ------
    InputError
        When it has no polygons, or no name.
    """
    if source is None:
        return Districts(), []
    table = read_table(source, feedback, crs, transform_context=context.transformContext())
    own = field or next((name for name in DISTRICT_NAMES if field_named(table.columns, name)), "")
    own = field_named(table.columns, own)
    there = [row for row, shape in enumerate(table.geometries) if shape is not None and shapely.area(shape) > 0]
    if not own or not there:
        raise InputError(
            "The layer '{name}' of DISTRICTS needs polygons and a field with their name: choose it in DISTRICT_FIELD.",
            name=source.sourceName(),
        )
    names = [str(table.columns[own][row] or table.ids[row]) for row in there]
    return Districts([table.geometries[row] for row in there], names, own), [
        Entry(Message("Districts"), len(there), len(table) - len(there))
    ]


def read_buildings(
    layer: QgsVectorLayer,
    crs: QgsCoordinateReferenceSystem,
    uses: UseRules,
    people_field: str,
    districts: Districts,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> LevelBuildings:
    """The buildings of a layer of buildingrisk.

    Raises
    ------
    InputError
        When it is none, or has no features.
    """
    name = layer.name()
    table = read_table(layer, feedback, crs, transform_context=context.transformContext())
    if not field_named(table.columns, "risk_class") or not field_named(table.columns, "depth_m"):
        raise InputError(
            "The layer '{name}' has no fields risk_class and depth_m: choose an OUTPUT of 'Building risk'.", name=name
        )
    if people_field and not field_named(table.columns, people_field):
        sentence = "The layer '{layer}' has no field '{field}': choose another one."
        raise InputError(sentence, layer=name, field=people_field)
    if not len(table):
        raise InputError("The layer '{name}' has no features.", name=name)
    read = _Reading(table, people_field)
    places = _places(table.geometries)
    where = districts.of(places) if districts.names else read.texts(("district",))
    rows = [row for row in range(len(table)) if read.risk_class[row] >= 1]
    money, currency, notes = _money(table, name, rows)
    hits = [(read.hit(row, uses, where[row], places[row]), float(money[row])) for row in rows]
    hits.sort(key=lambda row: (row[0].id, row[0].x, row[0].y))
    return LevelBuildings(
        name,
        run_of(layer),
        tuple(hit for hit, _ in hits),
        read.ids,
        table.geometries,
        read.depth_m,
        read.risk_class,
        tuple(loss for _, loss in hits),
        currency,
        read.entry(name),
        [*read.notes(name, rows), *notes],
    )


class _Reading:
    """The columns of a table of buildings."""

    def __init__(self, table: FeatureTable, people_field: str) -> None:
        self._table = table
        self.risk_class = self._numbers(("risk_class",), 0, GREATEST_CLASS)
        self.depth_m = self._numbers(("depth_m",), 0, 1000)
        self._entered = self._numbers(("ingress_time_min",), 0, 1e7)
        self._people = read_numbers(self._raw((people_field or "people",)), "people").values
        given = zip(self._raw(("id",)), table.ids, strict=True)
        self.ids = [str(own) if value in (None, "") else _id(value) for value, own in given]
        self._names, self._uses = self.texts(NAMES), self.texts(USES)
        self._reasons = self.texts(("reason",))

    def hit(self, row: int, uses: UseRules, district: str, place: Any) -> BuildingHit:
        """A building with water at it."""
        people, use = self._people[row], self._uses[row].lower()
        return BuildingHit(
            self.ids[row],
            self._names[row],
            use,
            int(self.risk_class[row]),
            round(float(self.depth_m[row]), 4),
            float(self._entered[row]),
            0 if math.isnan(people) else round(float(people)),
            use in uses.critical,
            district,
            self._reasons[row],
            round(float(shapely.get_x(place)), 3),
            round(float(shapely.get_y(place)), 3),
        )

    def entry(self, name: str) -> Entry:
        """How many buildings were read, and of how many the class is unknown."""
        unknown = int(np.isnan(self.risk_class).sum())
        count = len(self.ids) - unknown
        why = Message("class unknown: {n}", n=unknown) if unknown else None
        return Entry(Message("Buildings of '{name}'", name=name), count, unknown, 0, reasons([why]))

    def notes(self, name: str, rows: Sequence[int]) -> list[Message]:
        """Warnings of what is doubtful about the buildings with water."""
        found = []
        people = self._people[rows][np.isfinite(self._people[rows])]
        if abs(people.sum() - np.rint(people).sum()) >= 1:
            found.append(
                Message(
                    "The people of the buildings of '{name}' in water are rounded to whole ones, {whole:,.0f} instead "
                    "of {given:,.1f} in all: give whole numbers.",
                    name=name,
                    whole=np.rint(people).sum(),
                    given=people.sum(),
                )
            )
        without = sum(math.isnan(self._people[row]) for row in rows)
        if without:
            found.append(
                Message(
                    "{n} buildings of '{name}' in water have no number of people: they count as empty.",
                    n=without,
                    name=name,
                )
            )
        untimed = sum(self.risk_class[row] >= 2 and math.isnan(self._entered[row]) for row in rows)
        if untimed:
            found.append(
                Message(
                    "{n} buildings of '{name}' that water enters have no time of it: choose RESULT in 'Building risk'. "
                    "They are in the lists, and not in the time line.",
                    n=untimed,
                    name=name,
                )
            )
        double = sum(count - 1 for count in Counter(self.ids).values())
        if double:
            found.append(
                Message(
                    "{n} buildings of '{name}' have the id of another one: comparisons of plans take them for one.",
                    n=double,
                    name=name,
                )
            )
        return found

    def texts(self, names: Sequence[str]) -> list[str]:
        """The first of some fields as texts; "" where there is none."""
        return ["" if value is None else str(value).strip() for value in self._raw(names)]

    def _raw(self, names: Sequence[str]) -> list[Any]:
        own = next((found for name in names if (found := field_named(self._table.columns, name))), "")
        return self._table.get(own)

    def _numbers(self, names: Sequence[str], least: float, most: float) -> np.ndarray:
        values = np.array([number_of(value, False) for value in self._raw(names)], np.float64)
        with np.errstate(invalid="ignore"):
            values[~((values >= least) & (values <= most))] = np.nan
        return values


def _places(shapes: np.ndarray) -> np.ndarray:
    """A point in each footprint; None where there is none."""
    there = np.array(shapes, object)
    there[shapely.is_empty(there)] = None
    return shapely.point_on_surface(there)


def _id(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _money(table: FeatureTable, layer: str, rows: Sequence[int]) -> tuple[np.ndarray, str, list[Message]]:
    """Damage in money and its currency; without one it is left out, with a warning, as is what is no amount."""
    own = next((found for name in MONEY if (found := field_named(table.columns, name))), "")
    if not own:
        return np.full(len(table), np.nan), "", []
    values = read_numbers(table.columns[own], "structure_value").values
    unknown = int(np.isnan(values[rows]).sum())
    notes = []
    if unknown:
        notes.append(
            Message(
                "{n} of {all} buildings of '{layer}' in water have no possible damage in the field '{field}': the sums "
                "of money are without them.",
                n=unknown,
                all=len(rows),
                layer=layer,
                field=own,
            )
        )
    if not np.isfinite(values).any():
        return values, "", notes
    words = table.get(field_named(table.columns, "currency"))
    currencies = sorted({str(word).strip() for word in words if word not in (None, "")})
    if len(currencies) == 1:
        return values, currencies[0], notes
    why = Message("there are {names}", names=", ".join(currencies)) if currencies else Message("there is none")
    note = Message(
        "The damage in '{field}' of '{layer}' is left out: it needs one currency in the field currency, and {why}.",
        field=own,
        layer=layer,
        why=why,
    )
    return np.full(len(table), np.nan), "", [note]
