"""Reads the damage of events from layers: which event, which asset, how much, and what could not be used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from qgis.core import QgsProcessingFeedback, QgsVectorLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.expected_damage import order_of
from ...core.risk.field_values import UNKNOWN_CODES, number_of
from ..kernel.number_fields import column, find_field, require_field
from ..kernel.vectors import FeatureTable, read_table

CURRENCY = "currency"
SHARE, MONEY = "damage", "loss"
"""In a building risk with money the first is a share of the value and the second its money, which has the currency."""


@dataclass(frozen=True)
class DamageFields:
    """The names of fields in the layers of events, in any case."""

    asset: str
    damage: str
    return_period: str


@dataclass
class DamageEvents:
    """The damage of assets in events.

    Attributes
    ----------
    names : dict of float to str
        The layer of each event, by return period in years.
    damage : dict of float to dict of str to float
        By return period and id of the asset; NaN where unknown.
    shapes : dict of str to geometry or None
        Of each asset, from the first layer.
    currencies : dict of str to str
        The first layer that names each currency.
    shares : list of str
        Layers whose damage is a share although they have money too.
    rows, without_id, double, refused : int
        Rows read; those without id; ids that an event has more than once; values that are no possible damage.
    """

    names: dict[float, str] = field(default_factory=dict)
    damage: dict[float, dict[str, float]] = field(default_factory=dict)
    shapes: dict[str, object] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    shares: list[str] = field(default_factory=list)
    rows: int = 0
    without_id: int = 0
    double: int = 0
    refused: int = 0

    def periods(self) -> list[float]:
        """Return periods, from frequent to rare."""
        return sorted(self.damage)

    def matrix(self, assets: Sequence[str]) -> np.ndarray:
        """Damage by asset and event, NaN where unknown."""
        periods = self.periods()
        values = [[self.damage[period].get(asset, np.nan) for period in periods] for asset in assets]
        return np.array(values, np.float64).reshape(len(assets), len(periods))

    def absent(self, assets: Sequence[str]) -> int:
        """Assets that at least one event has no row for."""
        return sum(any(asset not in rows for rows in self.damage.values()) for asset in assets)


def read_periods(text: str, layers: Sequence[QgsVectorLayer]) -> list[float] | None:
    """Return periods from a text, one for each layer; None where it is empty.

    Raises
    ------
    InputError
        When there are not as many as layers, or one is impossible or given twice.
    """
    words = [word for word in re.split(r"[;,，；、\s]+", text.strip()) if word]
    if not words:
        return None
    try:
        periods = [float(word) for word in words]
    except ValueError:
        raise InputError("RETURN_PERIODS must be years, as in '2; 5; 10; 25', not '{text}'.", text=text) from None
    if len(periods) != len(layers):
        raise InputError(
            "RETURN_PERIODS has {given} values for {layers} layers: give one for each layer, in their order.",
            given=len(periods),
            layers=len(layers),
        )
    order_of(periods, [layer.name() for layer in layers])
    return periods


def read_events(
    layers: Sequence[QgsVectorLayer],
    periods: Sequence[float] | None,
    fields: DamageFields,
    feedback: QgsProcessingFeedback,
) -> DamageEvents:
    """The events of some layers: one in each with `periods`, else by the field of the return period.

    Raises
    ------
    InputError
        When a field is missing, a row has no return period, or there are not two events.
    """
    events, crs = DamageEvents(), layers[0].crs()
    seen: set[tuple[float, str]] = set()
    for number, layer in enumerate(layers):
        table = read_table(layer, feedback, crs if layer.isSpatial() and crs.isValid() else None)
        for name in (fields.asset, fields.damage, *([] if periods else [fields.return_period])):
            require_field(table, name, layer.name())
        if not len(table):
            raise InputError("The layer '{name}' has no features.", name=layer.name())
        years = [periods[number]] * len(table) if periods else _years(table, fields.return_period, layer.name())
        _add(events, table, years, fields, layer.name(), seen)
        if fields.damage.lower() == SHARE and find_field(table, MONEY) and find_field(table, CURRENCY):
            events.shares.append(layer.name())
            continue
        for word in column(table, CURRENCY):
            if word not in (None, ""):
                events.currencies.setdefault(str(word).strip(), layer.name())
    order_of(events.periods(), [events.names[period] for period in events.periods()])
    return events


def _years(table: FeatureTable, name: str, layer: str) -> list[float]:
    years = [number_of(value, False) for value in column(table, name)]
    bad = [row for row, year in enumerate(years) if not (np.isfinite(year) and year > 0)]
    if bad:
        raise InputError(
            "{n} rows of the layer '{layer}' have no return period above 0 in the field '{field}': fill it, or remove "
            "the rows.",
            n=len(bad),
            layer=layer,
            field=find_field(table, name),
        )
    return years


def _add(
    events: DamageEvents,
    table: FeatureTable,
    years: Sequence[float],
    fields: DamageFields,
    layer: str,
    seen: set[tuple[float, str]],
) -> None:
    """Take in the rows of a layer; an id that an event has twice is unknown there."""
    rows = zip(column(table, fields.asset), column(table, fields.damage), years, table.geometries, strict=True)
    is_money = fields.damage.lower() != SHARE
    for asset, raw, year, shape in rows:
        events.rows += 1
        if asset in (None, ""):
            events.without_id += 1
            continue
        key = str(int(asset)) if isinstance(asset, float) and asset.is_integer() else str(asset)
        value = number_of(raw, is_money)
        if raw not in (None, "") and not (np.isfinite(value) and value >= 0 and value not in UNKNOWN_CODES):
            events.refused += 1
            value = np.nan
        events.names.setdefault(year, layer)
        events.shapes.setdefault(key, shape)
        if (year, key) in seen:
            events.double += 1
            value = np.nan
        seen.add((year, key))
        events.damage.setdefault(year, {})[key] = value


def unit_of(sets: Sequence[DamageEvents], given: str) -> str:
    """The unit of the damage: the one given, else the currency of the layers, else "".

    Raises
    ------
    InputError
        When layers have different currencies, or another than the one given.
    """
    found: dict[str, str] = {}
    for events in sets:
        found = events.currencies | found
    if given.strip():
        found = {given.strip(): "UNIT"} | found
    if len(found) > 1:
        (first, here), (second, there) = list(found.items())[:2]
        raise InputError(
            "Damage in {first} ('{here}') and in {second} ('{there}') cannot be added: convert one of them first.",
            first=first,
            here=here,
            second=second,
            there=there,
        )
    return next(iter(found), "")


def warnings_of(events: DamageEvents, assets: Sequence[str]) -> list[Message]:
    """What could not be used, each in one sentence with its count."""
    n = events.absent(assets)
    notes = [
        (events.without_id, Message("{n} rows have no id and are left out.", n=events.without_id)),
        (
            events.double,
            Message(
                "{n} rows repeat an id within one event: the damage of that asset is unknown in that event.",
                n=events.double,
            ),
        ),
        (
            events.refused,
            Message("{n} values of damage are negative or no numbers: they count as unknown.", n=events.refused),
        ),
        (n, Message("{n} assets are missing in at least one event: their expected damage is unknown.", n=n)),
    ]
    found = [text for count, text in notes if count]
    if events.shares:
        found.append(
            Message(
                "The field damage of '{layer}' is a share of the value, and its money is in the field loss: choose "
                "loss as DAMAGE_FIELD for an expected damage in money.",
                layer=events.shares[0],
            )
        )
    return found
