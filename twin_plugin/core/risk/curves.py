"""Depth-damage curves: the published ones and the user's, in metres or feet, of structures and of contents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ..common.cells import FloatArray
from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message
from .below_first import BelowFirst

FOOT_M = 0.3048
DEPTH_COLUMNS = {"depth_m": 1.0, "depth_ft": FOOT_M}
"""Columns of depths and the metres in their unit."""
UNITS = {"m": "depth_m", "ft": "depth_ft"}
"""The columns as which a column `depth` counts, by the unit that the user names."""
ROUNDING_M = 5e-5
"""Levels are read to 0.1 mm, as rasters are float32: a depth this near to a curve's first point is at it."""
COMPONENTS = {"": "structure", "structure": "structure", "building": "structure", "content": "content",
              "contents": "content"}  # fmt: skip
"""What a row of a curve is of, by its word in the column component."""


@dataclass(frozen=True)
class Curves:
    """Damage fractions by depth of water, one curve per sector.

    Attributes
    ----------
    curves : mapping of str to (depth_m, fraction)
        Depths above the ground floor rise. Between them the fraction is linear, beyond the last it stays; `below` says
        what holds below the first.
    name : str
        Where they come from.
    warnings : list of Message
        What is odd in them.
    contents : mapping of str to (depth_m, fraction)
        Curves of what stands in the buildings; a sector without one has that of its structure.
    below : BelowFirst
    column : str
        The column that held the depths.
    """

    curves: Mapping[str, tuple[FloatArray, FloatArray]]
    name: str = Message("the damage curves")
    warnings: list[Message] = field(default_factory=list)
    contents: Mapping[str, tuple[FloatArray, FloatArray]] = field(default_factory=dict)
    below: BelowFirst = BelowFirst.AUTO
    column: str = "depth_m"

    def fraction(self, sector: str, depth_m: FloatArray, content: bool = False) -> FloatArray:
        """Damage fraction at each depth above the ground floor; NaN for NaN, and where the sector has no curve.

        At 0 and below it is 0, but on a curve that begins below 0: such curves, as those of HAZUS, count what water
        below the ground floor costs. `below` may say otherwise.
        """
        depth = np.asarray(depth_m, np.float64)
        curve = self.contents.get(sector) if content else None
        curve = curve or self.curves.get(sector)
        if curve is None:
            return np.full(depth.shape, np.nan)
        result = np.interp(depth, *curve)
        begins = curve[0][0]
        if self.below is BelowFirst.HOLD:
            costs = np.ones(depth.shape, np.bool_)
        elif self.below is BelowFirst.ZERO or begins < 0:
            costs = depth >= begins - ROUNDING_M
        else:
            costs = depth > 0
        return np.where(np.isnan(depth), np.nan, np.where(costs, result, 0.0))


DEEPEST_CURVE_M = 15.0
"""Published curves end at 6 to 8 m; HAZUS has 24 ft."""
CURVE_COLUMNS = ("sector", "depth_m", "damage_fraction")

Points = dict[str, list[tuple[float, float]]]


def make_curves(
    rows: Iterable[Mapping[str, Any]],
    region: str = "",
    name: str = Message("the damage curves"),
    unit: str = "",
    below: BelowFirst = BelowFirst.AUTO,
) -> Curves:
    """Curves from rows with sector, depth_m or depth_ft, damage_fraction and, where there are several, region.

    The columns may be written in any case. A column component tells structure and content apart. Rows without any value
    are left out.

    Parameters
    ----------
    rows : iterable of mapping
    region : str
        Only rows of that region or of none are used, where it is not "".
    name : str
        What errors call the table.
    unit : str
        "m" or "ft", the unit of a column `depth`; "" where the name of the column says it.
    below : BelowFirst

    Raises
    ------
    InputError
        When there are no rows, a column or a number is missing, a fraction is outside 0 to 1, depths repeat, the unit
        is not known or contradicts the column, or no row has the region.
    """
    filled = [row for row in map(lower_keys, rows) if any(row.get(column) for column in row)]
    column, depths = _require_columns(filled, name, unit)
    parts: dict[str, Points] = {"structure": {}, "content": {}}
    for number, row in enumerate(filled, 1):
        if region and str(row.get("region") or region).strip().lower() != region:
            continue
        points = parts[_component(row, number, name)]
        point = _point(row, number, name, column, DEPTH_COLUMNS[depths])
        points.setdefault(str(row.get("sector") or "").strip().lower(), []).append(point)
    points = parts["structure"]
    if not points:
        raise InputError(
            "There is no row for the region '{region}' in {name}: choose another region or table.",
            region=region,
            name=name,
        )
    warnings: list[Message] = []
    curves, contents = (_sorted(found, name, warnings) for found in parts.values())
    return Curves(curves, name, warnings, contents, below, depths)


def _sorted(points: Points, name: str, warnings: list[Message]) -> dict[str, tuple[FloatArray, FloatArray]]:
    """The curves of points by sector; adds to `warnings` what is odd in them."""
    curves: dict[str, tuple[FloatArray, FloatArray]] = {}
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
    return curves


def _component(row: Mapping[str, Any], number: int, name: str) -> str:
    """Whether a row is of the structure or of the content."""
    word = str(row.get("component") or "").strip().lower()
    if word not in COMPONENTS:
        raise InputError(
            "Row {number} of {name} has the component '{word}': write structure or content.",
            number=number,
            name=name,
            word=word,
        )
    return COMPONENTS[word]


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


def lower_keys(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row by the names of its columns in lower case, without blanks around names and texts."""
    return {str(key).strip().lower(): value.strip() if isinstance(value, str) else value for key, value in row.items()}


def _require_columns(rows: Sequence[Mapping[str, Any]], name: str, unit: str) -> tuple[str, str]:
    """Check that there are rows with the columns of a curve; the column of depths, and the one as which it counts."""
    if not rows:
        raise InputError(
            "There are no rows in {name}: give sector, depth_m and damage_fraction in each, or choose no table.",
            name=name,
        )
    there = [column for column in (*DEPTH_COLUMNS, "depth") if column in rows[0]]
    missing = [column for column in CURVE_COLUMNS if column not in rows[0] and not (column == "depth_m" and there)]
    if missing:
        raise InputError(
            "There is no column {missing} in {name}, whose columns are {columns}: the first row must name sector, "
            "depth_m and damage_fraction.",
            missing=", ".join(missing),
            name=name,
            columns=", ".join(rows[0]),
        )
    if len(there) > 1:
        raise InputError("There are several columns of depths in {name} ({columns}): keep one.", name=name,
                         columns=", ".join(there))  # fmt: skip
    asked = UNITS.get(unit, "")
    if there[0] == "depth" and not asked:
        raise InputError(
            "The column depth of {name} says no unit: call it depth_m or depth_ft, or choose DEPTH_UNIT.", name=name
        )
    if there[0] != "depth" and asked not in ("", there[0]):
        raise InputError(
            "The column {column} of {name} contradicts DEPTH_UNIT, {unit}: rename the column, or leave DEPTH_UNIT to "
            "its name.",
            column=there[0],
            name=name,
            unit=unit,
        )
    return there[0], asked if there[0] == "depth" else there[0]


def _point(row: Mapping[str, Any], number: int, name: str, column: str, unit_m: float) -> tuple[float, float]:
    """Depth in m and fraction of a row."""
    try:
        depth, fraction = float(row[column]), float(row["damage_fraction"])
    except (TypeError, ValueError) as error:
        raise InputError(
            "Row {number} of {name} needs numbers in {column} and damage_fraction: correct it.",
            number=number,
            name=name,
            column=column,
        ) from error
    if not (0 <= fraction <= 1 and math.isfinite(depth)):
        raise InputError(
            "Row {number} of {name} has the depth {point:g} and the fraction {point2:g}: fractions go from 0 to 1. "
            "Divide per cent by 100.",
            number=number,
            name=name,
            point=depth,
            point2=fraction,
        )
    return depth * unit_m, fraction


def read_curves(path: str | Path, region: str = "asia", below: BelowFirst = BelowFirst.AUTO) -> Curves:
    """The curves of a CSV file; see `make_curves`."""
    name = Message("the table '{path}'", path=path)
    return make_curves(read_rows(path, CURVE_COLUMNS), region, name, below=below)
