"""Soils and land covers by name, Chinese or English, and by the code that rasters of classes have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from ...common.csv_table import read_rows
from ...common.errors import InputError

GROUPS = ("A", "B", "C", "D")
"""Hydrologic soil groups, from the quickest to the slowest."""
SOIL_COLUMNS = ("soil", "names", "code", "conductivity_cm_h", "suction_cm", "porosity", "group")
HORTON_COLUMNS = ("horton_f0_mm_h", "horton_fc_mm_h", "horton_decay_1_h")
CURVE_COLUMNS = tuple(f"cn_{group.lower()}" for group in GROUPS)
COVER_COLUMNS = ("cover", "names", "code", "impervious", *CURVE_COLUMNS, *HORTON_COLUMNS)


@dataclass(frozen=True)
class Soil:
    """A soil: what Green and Ampt need of it, and its hydrologic group.

    Attributes
    ----------
    conductivity_mm_h, suction_mm : float
    porosity : float
        Pores that water can fill, a share of the volume (effective porosity).
    group : str
        A, B, C or D.
    """

    name: str
    conductivity_mm_h: float
    suction_mm: float
    porosity: float
    group: str


@dataclass(frozen=True)
class LandCover:
    """A land cover: its impervious share, curve numbers by soil group, and Horton's rates.

    Attributes
    ----------
    impervious : float
        Share of the area, 0 to 1.
    curve_numbers : mapping of str to float
        For average moisture, by hydrologic soil group; the impervious share is in them.
    horton : tuple of float
        Initial and final capacity of the pervious part (mm/h), decay (1/h).
    """

    name: str
    impervious: float
    curve_numbers: Mapping[str, float]
    horton: tuple[float, float, float]


class Named(Protocol):
    """A row of a table, by its name."""

    @property
    def name(self) -> str:
        """The name in the table."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class ClassTable(Generic[T]):
    """The rows of a table, by every name and code that stands for one."""

    rows: tuple[T, ...]
    _by_name: Mapping[str, T]
    _by_code: Mapping[int, T]

    def named(self, text: str) -> T | None:
        """The row of a name, in any case, with spaces, hyphens or underscores; None where there is none."""
        return self._by_name.get(plain(text))

    def coded(self, code: int) -> T | None:
        """The row of a number in a raster of classes; None where there is none."""
        return self._by_code.get(code)

    @property
    def names(self) -> list[str]:
        """Names of the rows."""
        return [row.name for row in self.rows]


def plain(text: str) -> str:
    """A name without what people write in different ways."""
    return re.sub(r"[\s_\-]+", "", text.casefold()).replace("粘", "黏")


def read_soils(path: str | Path) -> ClassTable[Soil]:
    """The table soils.csv, with the rows of Rawls, Brakensiek and Miller (1983) in cm/h and cm.

    Raises
    ------
    InputError
        When it lacks a column or has no numbers.
    """
    return _table(
        path,
        SOIL_COLUMNS,
        lambda row: Soil(
            row["soil"], round(10.0 * float(row["conductivity_cm_h"]), 9), round(10.0 * float(row["suction_cm"]), 9),
            float(row["porosity"]), row["group"],
        ),
    )  # fmt: skip


def read_land_covers(path: str | Path) -> ClassTable[LandCover]:
    """The table land_cover.csv.

    Raises
    ------
    InputError
        When it lacks a column or has no numbers.
    """
    return _table(
        path,
        COVER_COLUMNS,
        lambda row: LandCover(
            row["cover"], float(row["impervious"]),
            {group: float(row[column]) for group, column in zip(GROUPS, CURVE_COLUMNS, strict=True)},
            (float(row[HORTON_COLUMNS[0]]), float(row[HORTON_COLUMNS[1]]), float(row[HORTON_COLUMNS[2]])),
        ),
    )  # fmt: skip


def _table(path: str | Path, columns: tuple[str, ...], make: Callable[[dict[str, str]], T]) -> ClassTable[T]:
    rows: list[T] = []
    by_name: dict[str, T] = {}
    by_code: dict[int, T] = {}
    for number, row in enumerate(read_rows(path, columns), 2):
        try:
            made = make(row)
            codes = [int(row["code"])] if row["code"] else []
        except ValueError as error:
            raise InputError(
                "Line {line} of the table '{path}' has a text where a number is needed ({error}): correct it.",
                line=number,
                path=path,
                error=error,
            ) from error
        rows.append(made)
        by_name |= dict.fromkeys(_spellings(made.name, row["names"].split("|")), made)
        by_code |= dict.fromkeys(codes, made)
    return ClassTable(tuple(rows), by_name, by_code)


def _spellings(name: str, others: Iterable[str]) -> list[str]:
    return [plain(text) for text in (name, *others) if text]
