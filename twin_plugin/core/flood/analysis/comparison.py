"""Two flood runs compared: what changed in each cell, and the figures of both side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ...common.tables import columns
from ..process import Role
from ..processes import PROCESSES

F32 = NDArray[np.float32]
FloatArray = NDArray[np.floating[Any]]

ROUNDING_M = 1e-6
"""Differences of float32 depths that differ by exactly the tolerance in decimals."""
COLUMNS = columns(
    """
    figure text Name of the figure; settings have the names of SUMMARY
    title text The figure in words
    unit text Unit of a and b
    a real Value of run A
    b real Value of run B
    difference real b minus a
    percent real Difference as a share of a, percent; empty where a is 0
    text_a text Value of run A where it is no number
    text_b text Value of run B where it is no number
    """
)
"""The columns of the table of a comparison."""
SETUP_KEYS = (
    "scheme", "rows", "columns", "cell_m", "crs", "west", "north", "buildings_as", "roughness_min", "roughness_max",
    "duration_min", "output_step_min", "wet_depth_m", "start_run", "start_clock_min",
)  # fmt: skip
"""Keys of SUMMARY that a setup has besides the settings of its processes."""


class Change(IntEnum):
    """What the water of run B does in a cell where run A is the measure."""

    DRY = 0
    SAME = 1
    DEEPER = 2
    SHALLOWER = 3
    ONLY_B = 4
    ONLY_A = 5
    UNKNOWN = 255


@dataclass(frozen=True)
class Comparison:
    """Two depths of the same cells.

    Attributes
    ----------
    difference_m : float32 array
        Depth of B minus depth of A; NaN where both are dry, or one has no data.
    change : uint8 array
        `Change` of each cell.
    """

    difference_m: F32
    change: NDArray[np.uint8]

    def cells(self, kind: Change) -> int:
        """How many cells changed in this way."""
        return int((self.change == kind).sum())

    @property
    def greatest_m(self) -> float:
        """The largest difference, up or down, with its sign; 0 where there is none."""
        known = self.difference_m[np.isfinite(self.difference_m)]
        return float(known[np.argmax(np.abs(known))]) if known.size else 0.0


def compare_depths(a_m: FloatArray, b_m: FloatArray, wet_m: float, tolerance_m: float) -> Comparison:
    """Compare the depths of two runs.

    Parameters
    ----------
    a_m, b_m : arrays of one shape
        Depths in metres, 0 where dry, NaN without data.
    wet_m : float
        Depth from which a cell is wet, above 0.
    tolerance_m : float
        Depths that differ by no more are the same, at least 0.
    """
    if a_m.shape != b_m.shape:
        raise InputError("The depths of two runs must have the same cells: {a} and {b}.", a=a_m.shape, b=b_m.shape)
    known = np.isfinite(a_m) & np.isfinite(b_m)
    wet_a, wet_b = known & (a_m >= np.float32(wet_m)), known & (b_m >= np.float32(wet_m))
    difference = np.full(a_m.shape, np.nan, np.float32)
    np.subtract(b_m, a_m, out=difference, where=wet_a | wet_b, casting="same_kind")
    change = np.where(known, np.uint8(Change.DRY), np.uint8(Change.UNKNOWN))
    both = wet_a & wet_b
    change[both] = Change.SAME
    change[both & (difference > tolerance_m + ROUNDING_M)] = Change.DEEPER
    change[both & (difference < -tolerance_m - ROUNDING_M)] = Change.SHALLOWER
    change[wet_b & ~wet_a] = Change.ONLY_B
    change[wet_a & ~wet_b] = Change.ONLY_A
    return Comparison(difference, change)


def difference_of(a: FloatArray, b: FloatArray) -> F32:
    """B minus A where both have a value, as levels and times do where both runs are wet; else NaN."""
    return (b.astype(np.float64) - a).astype(np.float32)


@dataclass(frozen=True)
class Figure:
    """One figure of both runs; a value is a number, a text, or None where a run does not have it."""

    name: str
    title: str
    unit: str
    a: float | str | None
    b: float | str | None

    def row(self) -> dict[str, Any]:
        """The figure by `COLUMNS`."""
        result: dict[str, Any] = {"figure": self.name, "title": self.title, "unit": self.unit}
        for side, value in (("a", self.a), ("b", self.b)):
            result[f"text_{side}" if isinstance(value, str) else side] = value
        a, b = result.get("a"), result.get("b")
        if a is not None and b is not None:
            result["difference"] = b - a
            result["percent"] = 100.0 * (b - a) / a if a else None
        return result


def depth_figures(a_m: FloatArray, b_m: FloatArray, wet_m: float, cell_m2: float) -> Iterator[Figure]:
    """Wet area, greatest and mean depth of both runs, over the cells that both know."""
    known = np.isfinite(a_m) & np.isfinite(b_m)
    sides = [values[known & (values >= np.float32(wet_m))].astype(np.float64) for values in (a_m, b_m)]
    yield Figure("wet_area_m2", Message("Area that was ever wet"), "m²", *(cell_m2 * wet.size for wet in sides))
    greatest = [float(wet.max(initial=0.0)) for wet in sides]
    yield Figure("max_depth_m", Message("Maximum depth"), "m", *greatest)
    means = [float(wet.mean()) if wet.size else None for wet in sides]
    yield Figure("mean_depth_m", Message("Mean of the maximum depths of wet cells"), "m", *means)


def change_figures(comparison: Comparison, cell_m2: float) -> Iterator[Figure]:
    """The areas of each change, as figures of run B."""
    titles = {
        Change.ONLY_B: Message("Wet in B only"),
        Change.ONLY_A: Message("Wet in A only"),
        Change.DEEPER: Message("Wet in both, deeper in B"),
        Change.SHALLOWER: Message("Wet in both, shallower in B"),
        Change.SAME: Message("Wet in both, the same depth"),
    }
    for kind, title in titles.items():
        name = f"{kind.name.lower()}_area_m2"
        yield Figure(name, title, "m²", None, cell_m2 * comparison.cells(kind))


def class_figures(a: NDArray[Any], b: NDArray[Any], cell_m2: float) -> Iterator[Figure]:
    """The area of each hazard class of both runs, over the cells that both know."""
    known = np.isfinite(a) & np.isfinite(b)
    for number in range(1, 7):
        areas = [cell_m2 * int((known & (values == number)).sum()) for values in (a, b)]
        title = Message("Area of hazard class H{number}", number=number)
        yield Figure(f"hazard_h{number}_area_m2", title, "m²", *areas)


def summary_figures(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Figure]:
    """Volumes and speeds of SUMMARY, where both runs have one."""
    volumes = [item for kind in PROCESSES for item in kind.FIELDS if item.role is not Role.READS]
    titles = {
        "peak_volume_m3": (Message("Most water at one time"), "m³"),
        "stored_m3": (Message("Water at the end"), "m³"),
        **{item.name: (item.meaning, "m³") for item in volumes},
        "rain_m3": (Message("Rain"), "m³"),
        "inflow_m3": (Message("Water from inflows"), "m³"),
        "boundary_in_m3": (Message("Water in over the edges"), "m³"),
        "boundary_out_m3": (Message("Water out over the edges"), "m³"),
        "infiltration_m3": (Message("Water that the ground took"), "m³"),
        "drained_m3": (Message("Water that the drains took"), "m³"),
        "max_speed_ms": (Message("Maximum velocity"), "m/s"),
    }
    for name, (title, unit) in titles.items():
        values = _number(a.get(name)), _number(b.get(name))
        if None not in values and any(values):
            yield Figure(name, title, unit, *values)


def setting_figures(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Figure]:
    """The settings of SUMMARY that differ; nothing where one of the runs has no SUMMARY."""
    if not a or not b:
        return
    units = {item.name: item.unit for kind in PROCESSES for item in kind.FIELDS if item.role is Role.READS}
    settings = [_flat(run, (*SETUP_KEYS, *units)) for run in (a, b)]
    for name in dict.fromkeys((*settings[0], *settings[1])):
        values = [run.get(name) for run in settings]
        if values[0] != values[1]:
            unit = units.get(name.partition(".")[0], "")
            yield Figure(name, Message("Setting {name}", name=name), unit, *values)


def class_counts(classes: Mapping[Any, Any]) -> dict[int | None, int]:
    """How many buildings are in each risk class; None is unknown."""
    result: dict[int | None, int] = dict.fromkeys((0, 1, 2, 3, 4, None), 0)
    for value in classes.values():
        result[value] = result.get(value, 0) + 1
    return result


def building_figures(a: Mapping[Any, int | None], b: Mapping[Any, int | None]) -> Iterator[Figure]:
    """Buildings by risk class in both runs, and how many rose or fell, of those that both have.

    Parameters
    ----------
    a, b : mapping of id to class
        None is an unknown class.
    """
    counts = class_counts(a), class_counts(b)
    for number in (4, 3, 2, 1, 0, None):
        name = "unknown" if number is None else f"class_{number}"
        title = (
            Message("Buildings of unknown risk class")
            if number is None
            else Message("Buildings of risk class {number}", number=number)
        )
        yield Figure(f"buildings_{name}", title, "", *(count.get(number, 0) for count in counts))
    pairs = [(a[key], b[key]) for key in a if key in b]
    known = [(before, after) for before, after in pairs if before is not None and after is not None]
    higher, lower = (sum(sign * (after - before) > 0 for before, after in known) for sign in (1, -1))
    yield Figure("buildings_higher", Message("Buildings of a higher class in B"), "", None, higher)
    yield Figure("buildings_lower", Message("Buildings of a lower class in B"), "", None, lower)


def _flat(summary: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, float | str]:
    """The settings as numbers and texts; those that are mappings by key, such as boundaries.north."""
    result: dict[str, float | str] = {}
    for name in names:
        value = summary.get(name)
        for key, item in value.items() if isinstance(value, Mapping) else [("", value)]:
            if item is not None:
                number = _number(item)
                result[f"{name}.{key}" if key else name] = str(item) if number is None else number
    return result


def _number(value: Any) -> float | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if is_number else None
