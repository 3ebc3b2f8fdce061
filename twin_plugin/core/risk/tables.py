"""The editable tables behind a building's risk: classes, depth-damage curves, sectors and people by use."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message

OTHER = "other"
"""The row of the exposure table for a use that is empty or has no row."""


@dataclass(frozen=True)
class ClassRules:
    """Limits of the risk classes.

    Attributes
    ----------
    dry_m : float
        Class 0 below this depth in the ring.
    above_m : ndarray of float64
        Upper limits of the height above a sill of the classes from 2 on, rising; the last class has none.
    basement : int
        The least class of a building whose basement is reached.
    """

    dry_m: float = 0.05
    above_m: tuple[float, ...] = (0.15, 0.5)
    basement: int = 3

    def classify(
        self, depth_m: FloatArray, above_m: FloatArray, basement: NDArray[np.bool_], known: NDArray[np.bool_]
    ) -> FloatArray:
        """Class of each building; NaN where nothing is known.

        Parameters
        ----------
        depth_m : ndarray
            Greatest depth in the ring; NaN counts as dry.
        above_m : ndarray
            Largest height of the water above a sill; NaN or 0 and less where none comes in.
        basement : ndarray of bool
            Whether water reaches a storey below ground.
        known : ndarray of bool
        """
        wet = depth_m >= self.dry_m
        inside = above_m > 0
        by_height = 2.0 + np.searchsorted(np.array(self.above_m), np.nan_to_num(above_m), side="right")
        by_height = np.where(basement, np.maximum(by_height, self.basement), by_height)
        return np.where(known, np.where(wet, np.where(inside, by_height, 1.0), 0.0), np.nan)


def read_classes(path: str | Path) -> ClassRules:
    """The class limits of a CSV file with the columns class, ring_below_m, above_sill_below_m, with_basement.

    Raises
    ------
    InputError
        When the file cannot be read or its limits do not rise.
    """
    rows = sorted(
        read_rows(path, ("class", "ring_below_m", "above_sill_below_m", "with_basement")), key=lambda row: row["class"]
    )
    try:
        dry = float(rows[0]["ring_below_m"])
        limits = tuple(float(row["above_sill_below_m"]) for row in rows[2:-1])
        basement = next((int(row["class"]) for row in rows if row["with_basement"].strip() == "yes"), 2)
    except (ValueError, IndexError) as error:
        raise InputError(
            "The table of risk classes '{path}' has a limit that is no number ({error}): correct it.",
            path=path,
            error=error,
        ) from error
    if list(limits) != sorted(limits):
        raise InputError(
            "The limits of the risk classes in '{path}' must rise from class to class: correct them.", path=path
        )
    return ClassRules(dry, limits, basement)


@dataclass(frozen=True)
class Curves:
    """Damage fractions by depth of water, one curve per sector.

    Attributes
    ----------
    curves : mapping of str to (depth_m, fraction)
        Depths above the ground floor rise. Between them the fraction is linear, beyond the last it stays; below the
        first, where that is below 0, it is 0.
    name : str
        Where they come from.
    warnings : list of Message
        What is odd in them.
    """

    curves: Mapping[str, tuple[FloatArray, FloatArray]]
    name: str = Message("the damage curves")
    warnings: list[Message] = field(default_factory=list)

    def fraction(self, sector: str, depth_m: FloatArray) -> FloatArray:
        """Damage fraction at each depth above the ground floor; NaN for NaN, and where the sector has no curve.

        At 0 and below it is 0, but on a curve that begins below 0: such curves, as those of HAZUS, count what water
        below the ground floor costs.
        """
        depth = np.asarray(depth_m, np.float64)
        if sector not in self.curves:
            return np.full(depth.shape, np.nan)
        result = np.interp(depth, *self.curves[sector])
        begins = self.curves[sector][0][0]
        costs = depth >= begins if begins < 0 else depth > 0
        return np.where(np.isnan(depth), np.nan, np.where(costs, result, 0.0))


DEEPEST_CURVE_M = 15.0
"""Published curves end at 6 to 8 m; HAZUS has 24 ft."""
CURVE_COLUMNS = ("sector", "depth_m", "damage_fraction")


def make_curves(
    rows: Iterable[Mapping[str, Any]], region: str = "", name: str = Message("the damage curves")
) -> Curves:
    """Curves from rows with sector, depth_m, damage_fraction and, where there is more than one, region, in any case.

    Rows without any value are left out.

    Raises
    ------
    InputError
        When there are no rows, a column or a number is missing, a fraction is outside 0 to 1, depths repeat, or no row
        has the region.
    """
    filled = [row for row in map(_lower_keys, rows) if any(row.get(column) for column in row)]
    _require_columns(filled, name)
    points: dict[str, list[tuple[float, float]]] = {}
    for number, row in enumerate(filled, 1):
        if region and str(row.get("region") or region).strip().lower() != region:
            continue
        points.setdefault(str(row.get("sector") or "").strip().lower(), []).append(_point(row, number, name))
    if not points:
        raise InputError(
            "There is no row for the region '{region}' in {name}: choose another region or table.",
            region=region,
            name=name,
        )
    curves: dict[str, tuple[FloatArray, FloatArray]] = {}
    warnings: list[Message] = []
    for sector, pairs in points.items():
        depth, fraction = np.array(sorted(pairs)).T
        if (np.diff(depth) <= 0).any():
            raise InputError(
                "The curve '{sector}' of {name} has the same depth twice: give one row per depth.",
                sector=sector,
                name=name,
            )
        warnings += _curve_doubts(sector, depth, fraction, name)
        curves[sector] = (depth, fraction)
    return Curves(curves, name, warnings)


def _curve_doubts(sector: str, depth: FloatArray, fraction: FloatArray, name: str) -> Iterator[Message]:
    """What is odd in a curve that can be used."""
    falls = np.flatnonzero(np.diff(fraction) < 0)
    if len(falls):
        yield Message(
            "The curve '{sector}' of {name} falls from {high:g} at {depth:g} m to {low:g} at {depth2:g} m: deeper "
            "water costs less there. It is used as it is; check it.",
            sector=sector,
            name=name,
            high=float(fraction[falls[0]]),
            depth=float(depth[falls[0]]),
            low=float(fraction[falls[0] + 1]),
            depth2=float(depth[falls[0] + 1]),
        )
    if depth[-1] > DEEPEST_CURVE_M:
        yield Message(
            "The curve '{sector}' of {name} goes up to {depth:g} m: make sure that its depths are in m, not in cm or "
            "feet.",
            sector=sector,
            name=name,
            depth=float(depth[-1]),
        )


def _lower_keys(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row by the names of its columns in lower case, without blanks around names and texts."""
    return {str(key).strip().lower(): value.strip() if isinstance(value, str) else value for key, value in row.items()}


def _require_columns(rows: Sequence[Mapping[str, Any]], name: str) -> None:
    """Check that there are rows, and that they have the columns of a curve."""
    if not rows:
        raise InputError(
            "There are no rows in {name}: give sector, depth_m and damage_fraction in each, or choose no table.",
            name=name,
        )
    missing = [column for column in CURVE_COLUMNS if column not in rows[0]]
    if missing:
        raise InputError(
            "There is no column {missing} in {name}, whose columns are {columns}: the first row must name sector, "
            "depth_m and damage_fraction.",
            missing=", ".join(missing),
            name=name,
            columns=", ".join(rows[0]),
        )


def _point(row: Mapping[str, Any], number: int, name: str) -> tuple[float, float]:
    """Depth and fraction of a row."""
    try:
        depth, fraction = float(row["depth_m"]), float(row["damage_fraction"])
    except (TypeError, ValueError) as error:
        raise InputError(
            "Row {number} of {name} needs numbers in depth_m and damage_fraction: correct it.",
            number=number,
            name=name,
        ) from error
    if not (0 <= fraction <= 1 and math.isfinite(depth)):
        raise InputError(
            "Row {number} of {name} has depth {point:g} m and fraction {point2:g}: fractions go from 0 to 1. Divide "
            "per cent by 100.",
            number=number,
            name=name,
            point=depth,
            point2=fraction,
        )
    return depth, fraction


def read_curves(path: str | Path, region: str = "asia") -> Curves:
    """The curves of a CSV file; see `make_curves`."""
    return make_curves(read_rows(path, CURVE_COLUMNS), region, Message("the table '{path}'", path=path))


@dataclass(frozen=True)
class Exposure:
    """What a use of a building means: its damage sector and the floor area per person.

    Attributes
    ----------
    sectors : mapping of str to str
    m2_per_person : mapping of str to float
        NaN where people are not estimated.
    """

    sectors: Mapping[str, str]
    m2_per_person: Mapping[str, float]

    def sector(self, use: str | None) -> str:
        """Sector of a use."""
        return self.sectors.get(_key(use), self.sectors.get(OTHER, OTHER))

    def people(self, uses: Sequence[str | None], floor_area_m2: FloatArray) -> FloatArray:
        """Estimated people by use and gross floor area, whole numbers; NaN where either is unknown."""
        other = self.m2_per_person.get(OTHER, math.nan)
        each = np.array([self.m2_per_person.get(_key(use), other) for use in uses], np.float64)
        return np.round(np.asarray(floor_area_m2, np.float64) / each)


def read_exposure(path: str | Path) -> Exposure:
    """The exposure by use of a CSV file with the columns use, sector, m2_per_person.

    Raises
    ------
    InputError
        When the file cannot be read or an area is not above 0.
    """
    sectors, areas = {}, {}
    for row in read_rows(path, ("use", "sector", "m2_per_person")):
        use = _key(row["use"])
        sectors[use] = row["sector"].strip().lower()
        try:
            areas[use] = float(row["m2_per_person"] or "nan")
        except ValueError as error:
            raise InputError(
                "m2_per_person of '{use}' in '{path}' is no number ({error}): correct it.",
                use=use,
                path=path,
                error=error,
            ) from error
        if areas[use] <= 0:
            raise InputError(
                "m2_per_person of '{use}' in '{path}' must be above 0: correct it or leave it empty.",
                use=use,
                path=path,
            )
    return Exposure(sectors, areas)


@dataclass(frozen=True)
class RiskTables:
    """The editable tables that an assessment goes by."""

    rules: ClassRules
    curves: Curves
    exposure: Exposure

    def sector(self, use: str | None) -> str:
        """The curve of a use: the one of its own name, else that of its sector."""
        return _key(use) if _key(use) in self.curves.curves else self.exposure.sector(use)


def _key(use: str | None) -> str:
    return (use or "").strip().lower() or OTHER
