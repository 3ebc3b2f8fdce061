"""Money: what buildings and their contents are worth, and what the water costs, in one currency."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.errors import InputError
from .curves import lower_keys

STRUCTURE, CONTENT = "structure_per_m2", "content_per_m2"
VALUE_COLUMNS = ("use", STRUCTURE)


@dataclass(frozen=True)
class FloorValues:
    """Worth of a square metre of floor by use or sector, in one currency.

    Attributes
    ----------
    structure, content : mapping of str to float
    currency : str
        In capitals.
    price_year : str
        As the table says it; "" where it does not.
    name : str
        What the table is called.
    """

    structure: Mapping[str, float]
    content: Mapping[str, float]
    currency: str
    price_year: str = ""
    name: str = ""

    def of(self, uses: Sequence[str | None], sectors: Sequence[str]) -> tuple[FloatArray, FloatArray]:
        """Structure and content per square metre of each use, else of its sector; NaN where neither has a row."""
        keys = [
            use if use in self.structure else sector
            for use, sector in zip(((use or "").strip().lower() for use in uses), sectors, strict=True)
        ]
        structure = np.array([self.structure.get(key, math.nan) for key in keys], np.float64)
        return structure, np.array([self.content.get(key, math.nan) for key in keys], np.float64)


def require_currency(currency: str, name: str) -> str:
    """The currency in capitals.

    Raises
    ------
    InputError
        Where there is none: figures of money without a currency mean nothing.
    """
    if not currency.strip():
        raise InputError(
            "{name} gives money, but no currency is named: write it in CURRENCY, such as CNY.",
            name=name,
        )
    return currency.strip().upper()


def make_values(rows: Iterable[Mapping[str, Any]], region: str, currency: str, name: str) -> FloorValues:
    """Values per square metre from rows with use (or a sector) and structure_per_m2, in any case.

    Further columns: content_per_m2, region, currency, price_year. Rows of other regions or currencies are left out.

    Parameters
    ----------
    rows : iterable of mapping
    region : str
    currency : str
        Wanted; "" takes the only one of the table.
    name : str
        What errors call the table.

    Raises
    ------
    InputError
        When a column or a currency is missing, no row has the region and the currency, a value is no number or below 0,
        or a use comes twice.
    """
    filled = [row for row in map(lower_keys, rows) if any(row.get(column) for column in row)]
    missing = [column for column in VALUE_COLUMNS if not filled or column not in filled[0]]
    if missing:
        raise InputError(
            "There is no row or no column {missing} in {name}: it needs use and structure_per_m2, the value of a "
            "square metre of floor.",
            missing=", ".join(missing),
            name=name,
        )
    filled = [row for row in filled if _text(row, "region") in ("", region)]
    named = {_text(row, "currency").upper() for row in filled} - {""}
    if not currency.strip() and len(named) > 1:
        raise InputError(
            "The table {name} has values in {currencies}: choose one in CURRENCY.",
            name=name,
            currencies=", ".join(sorted(named)),
        )
    wanted = require_currency(currency or next(iter(named), ""), name)
    kept = [row for row in filled if _text(row, "currency").upper() in ("", wanted)]
    if not kept:
        raise InputError(
            "There is no value in {currency} for the region '{region}' in {name}, which has {currencies}: choose "
            "another CURRENCY, VALUE_FIELD, or a table of your own in VALUES. Nothing is converted.",
            currency=wanted,
            region=region,
            name=name,
            currencies=", ".join(sorted(named)) or "-",
        )
    values: dict[str, dict[str, float]] = {STRUCTURE: {}, CONTENT: {}}
    for row in kept:
        use = _text(row, "use")
        if use in values[STRUCTURE]:
            raise InputError("The use '{use}' has two rows in {name}: keep one.", use=use, name=name)
        for column, found in values.items():
            found[use] = _amount(row.get(column), use, column, name)
    years = sorted({_text(row, "price_year") for row in kept} - {""})
    return FloorValues(values[STRUCTURE], values[CONTENT], wanted, ", ".join(years), name)


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip().lower()


def _amount(value: Any, use: str, column: str, name: str) -> float:
    """An amount of money per square metre; NaN where the cell is empty."""
    if value is None or not str(value).strip():
        return math.nan
    try:
        amount = float(value)
    except (TypeError, ValueError):
        amount = -1.0
    if not (amount >= 0 and math.isfinite(amount)):
        raise InputError(
            "The {column} of '{use}' in {name} is no amount from 0 on: '{value}'. Correct it.",
            column=column,
            use=use,
            name=name,
            value=str(value)[:40],
        )
    return amount


@dataclass(frozen=True)
class Losses:
    """What n buildings are worth and lose, in one currency; arrays of shape (n,), NaN where unknown.

    Attributes
    ----------
    currency : str
    price_year : str
        "" where no table says it.
    structure_value, content_value, structure_loss, content_loss, loss : ndarray of float64
        `loss` is unknown where that of the structure is; a content of unknown value counts as 0 there.
    given : int
        Structures whose value is the data's own.
    """

    currency: str
    price_year: str
    structure_value: FloatArray
    content_value: FloatArray
    structure_loss: FloatArray
    content_loss: FloatArray
    loss: FloatArray
    given: int

    def columns(self) -> dict[str, NDArray[Any]]:
        """The values by the names of the output's fields."""
        names = ("structure_value", "content_value", "structure_loss", "content_loss", "loss")
        currency = np.full(len(self.loss), self.currency, object)
        return {**{name: getattr(self, name) for name in names}, "currency": currency}

    def total(self, rows: NDArray[np.bool_] | None = None, of: str = "loss") -> float:
        """Sum of the known losses, of all buildings or of some."""
        values = getattr(self, of) if rows is None else getattr(self, of)[rows]
        return math.fsum(values[np.isfinite(values)])


def find_losses(
    currency: str,
    structure_value: FloatArray,
    content_value: FloatArray,
    per_m2: tuple[FloatArray, FloatArray] | None,
    floor_area_m2: FloatArray,
    shares: tuple[FloatArray, FloatArray],
    price_year: str = "",
) -> Losses:
    """What buildings are worth and lose.

    Parameters
    ----------
    currency : str
    structure_value, content_value : ndarray, shape (n,)
        Values that the data names; NaN where it does not.
    per_m2 : (ndarray, ndarray), optional
        Value of a square metre of floor, structure and content: for buildings whose value the data does not name.
    floor_area_m2 : ndarray, shape (n,)
    shares : (ndarray, ndarray)
        Share of structure and content that is lost.
    price_year : str
    """
    given = np.isfinite(structure_value)
    if per_m2 is not None:
        # A building has values of one source: its own, or both of the table.
        content_value = np.where(given | np.isfinite(content_value), content_value, per_m2[1] * floor_area_m2)
        structure_value = np.where(given, structure_value, per_m2[0] * floor_area_m2)
    structure_loss, content_loss = structure_value * shares[0], content_value * shares[1]
    dry = (shares[0] == 0) & (shares[1] == 0)
    structure_loss = np.where(dry, 0.0, structure_loss)
    loss = structure_loss + np.where(dry, 0.0, np.nan_to_num(content_loss, nan=0.0))
    values = (structure_value, content_value, structure_loss, content_loss, loss)
    return Losses(currency, price_year, *values, given=int(given.sum()))
