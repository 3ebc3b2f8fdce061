"""The editable tables behind a building's risk: classes, sectors and people by use."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.csv_table import read_rows
from ..common.errors import InputError
from .curves import Curves
from .presence import Presence

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
        by_use = {use: self.m2_per_person.get(_key(use), other) for use in set(uses)}
        each = np.array([by_use[use] for use in uses], np.float64)
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
    """The editable tables that an assessment goes by; without `presence` people count at full occupancy."""

    rules: ClassRules
    curves: Curves
    exposure: Exposure
    presence: Presence | None = None

    def sector(self, use: str | None) -> str:
        """The curve of a use: the one of its own name, else that of its sector."""
        return _key(use) if _key(use) in self.curves.curves else self.exposure.sector(use)


def _key(use: str | None) -> str:
    return (use or "").strip().lower() or OTHER
