"""Drains without a network: DRAIN_CAPACITY_MM_H, or the return period of their design storm, or areas with either."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from qgis.core import QgsFeatureSource

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood import rainfall
from ....core.flood.processes.drainage import Drainage, design_capacity_mm_h
from ...kernel import resources
from ...kernel.input_table import Entry
from ...kernel.rasterize import burn
from .parameters import Parameters

AREA_FIELDS = ("capacity_mm_h", "return_period")


def read_drainage(parameters: Parameters, grid: Grid) -> Drainage:
    """The capacity of drains that no network describes.

    Raises
    ------
    InputError
        When a rate and a return period are both given, or one cannot be used.
    """
    even_mm_h = parameters.number("DRAIN_CAPACITY_MM_H") or 0.0
    period_a = parameters.number("DRAIN_RETURN_PERIOD")
    if period_a is not None:
        if even_mm_h:
            raise InputError("DRAIN_CAPACITY_MM_H and DRAIN_RETURN_PERIOD are both given: choose one of them.")
        even_mm_h = _capacity(parameters, period_a)
        why = Message("{rate:.1f} mm/h, of a storm of {period:g} years", rate=even_mm_h, period=period_a)
        parameters.entries.append(Entry(Message("Capacity of the drains"), 1, 0, 0, why))
    source = parameters.source("DRAIN_AREAS")
    if source is None:
        return Drainage(even_mm_h)
    return Drainage(even_mm_h, _areas(parameters, grid, source))


def _capacity(parameters: Parameters, period_a: float) -> float:
    formulas = rainfall.read_formulas(resources.table("design_storms"))
    formula = rainfall.published_formula(formulas, parameters.text("DRAIN_ZONE"), period_a)
    share = parameters.number("DRAIN_RUNOFF_SHARE")
    time_min = parameters.number("DRAIN_CONCENTRATION_MIN")
    return design_capacity_mm_h(formula, time_min or 0.0, math.nan if share is None else share)


def _areas(parameters: Parameters, grid: Grid, source: QgsFeatureSource) -> np.ndarray:
    """Rate of each cell in the polygons, mm/h; NaN elsewhere. Where polygons overlap, the later one counts."""
    table = parameters.features(source, grid, *AREA_FIELDS)
    if not any(name in table.columns for name in AREA_FIELDS):
        raise InputError(
            "The layer '{source}' of drained areas has neither the field capacity_mm_h nor return_period: add one.",
            source=source.sourceName(),
        )
    labels = burn(list(table.geometries), grid)
    rates = np.full(grid.values.shape, np.nan)
    used = 0
    pairs = zip(table.get("capacity_mm_h"), table.get("return_period"), strict=True)
    for number, (capacity, period) in enumerate(pairs, 1):
        rate_mm_h = _rate(parameters, source, number, (capacity, period))
        inside = labels == number
        if rate_mm_h is not None and inside.any():
            rates[inside] = rate_mm_h
            used += 1
    if not used:
        raise InputError(
            "No area of '{source}' with a capacity covers a cell of the terrain: check the layer and its CRS.",
            source=source.sourceName(),
        )
    why = Message("outside the terrain, without a capacity or covered by others: {n}", n=len(table) - used)
    parameters.entries.append(
        Entry(Message("Drained areas"), used, len(table) - used, 0, why if used < len(table) else "")
    )
    return rates


def _rate(parameters: Parameters, source: QgsFeatureSource, number: int, values: tuple[Any, Any]) -> float | None:
    """The rate of an area (mm/h), by its capacity, else by its return period; None where it has neither."""
    capacity, period = (_number(value) for value in values)
    if capacity is not None and capacity < 0:
        raise InputError(
            "Area {number} of '{source}' has a negative capacity_mm_h: correct it.",
            number=number,
            source=source.sourceName(),
        )
    if capacity is not None:
        return capacity
    return None if period is None else _capacity(parameters, period)


def _number(value: Any) -> float | None:
    try:
        result = float(value)
    except (TypeError, ValueError):
        return None
    return result if math.isfinite(result) else None
