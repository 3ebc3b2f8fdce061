"""What a flood report says: the numbers, counted from whichever results of a run there are."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from qgis.core import QgsMapLayer, QgsProcessingFeedback, QgsRasterLayer, QgsVectorLayer

from ...core.common.errors import InputError
from ..kernel.map_classes import WATER_FROM, classes
from ..kernel.rasters import read_grid
from ..kernel.vectors import read_table


@dataclass
class RunLayers:
    """The layers of a run, each None where there is none; `summary` is what simulateflood wrote, perhaps empty.

    Attributes
    ----------
    layers : dict of str to QgsMapLayer
    summary : dict
    title, district : str
    run : str
        Id of the flood run; "" where no result says so.
    catalogue, report : str
        Paths of a catalogue of services and of the page, for the project; "" for none.
    """

    layers: dict[str, QgsMapLayer] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    title: str = ""
    district: str = ""
    author: str = ""
    vertical_datum: str = ""
    run: str = ""
    catalogue: str = ""
    report: str = ""

    def number(self, key: str) -> float:
        """A number of the summary; NaN where it has none."""
        value = self.summary.get(key)
        return float(value) if isinstance(value, (int, float)) else math.nan

    def get(self, name: str) -> QgsMapLayer | None:
        """A layer by the name of its parameter."""
        return self.layers.get(name)


@dataclass(frozen=True)
class Facts:
    """The numbers of a report; NaN or None where they are unknown.

    Attributes
    ----------
    by_class : dict of int or None to int
        Buildings in each risk class; None is unknown.
    wet_inside : int
        Buildings with water inside (class 2 and above).
    people : float
        People in those.
    first_min : float
        When water first comes into a building, minutes.
    deepest_m, wet_area_m2 : float
        Greatest depth and area at or above the wet depth.
    at_buildings_m : float
        Greatest depth outside a building.
    storm_mm, storm_min, storm_years : float
        Depth, duration and return period of the rain. Without a storm the depth is that of the summary.
    rain : tuple of (float, float)
        Ends of the storm's steps in minutes, and their depths in mm.
    """

    by_class: dict[int | None, int]
    wet_inside: int = 0
    people: float = math.nan
    first_min: float = math.nan
    deepest_m: float = math.nan
    at_buildings_m: float = math.nan
    wet_area_m2: float = math.nan
    storm_mm: float = math.nan
    storm_min: float = math.nan
    storm_years: float = math.nan
    rain: tuple[tuple[float, float], ...] = ()

    @property
    def buildings(self) -> int:
        return sum(self.by_class.values())


def count(results: RunLayers, feedback: QgsProcessingFeedback) -> Facts:
    """Count what the report shows; reads each layer once."""
    values: dict[str, Any] = {"by_class": {}}
    risk, storm, depth = (results.get(name) for name in ("BUILDING_RISK", "STORM", "DEPTH_MAX"))
    if isinstance(risk, QgsVectorLayer):
        values.update(_buildings(risk, feedback))
    if isinstance(storm, QgsVectorLayer):
        values.update(_storm(storm, feedback))
    if isinstance(depth, QgsRasterLayer):
        values.update(_depth(depth))
    rain_mm = results.number("rain_mm")
    if math.isnan(values.get("storm_mm", math.nan)) and rain_mm > 0:
        values["storm_mm"] = rain_mm
    return Facts(**values)


def _buildings(layer: QgsVectorLayer, feedback: QgsProcessingFeedback) -> dict[str, Any]:
    table = read_table(layer, feedback, fields=("risk_class", "ingress_time_min", "people", "depth_m"))
    if "risk_class" not in table.columns:
        raise InputError(
            "The layer '{layer}' has no field risk_class: choose the output of 'Building risk'.", layer=layer.name()
        )
    classes = [None if value is None else int(value) for value in table.columns["risk_class"]]
    inside = [value is not None and value >= WATER_FROM for value in classes]
    times = [time for time, wet in zip(table.get("ingress_time_min"), inside, strict=True) if wet and time is not None]
    people = [number for number, wet in zip(table.get("people"), inside, strict=True) if wet and number is not None]
    depths = [float(depth) for depth in table.get("depth_m") if depth is not None]
    return {
        "at_buildings_m": max(depths, default=math.nan),
        "by_class": {value: classes.count(value) for value in (0, 1, 2, 3, 4, None) if classes.count(value)},
        "wet_inside": sum(inside),
        "first_min": min(times, default=math.nan),
        "people": float(sum(people)) if people else math.nan,
    }


def _storm(layer: QgsVectorLayer, feedback: QgsProcessingFeedback) -> dict[str, Any]:
    table = read_table(layer, feedback, fields=("time_min", "depth_mm", "return_period"))
    if missing := [name for name in ("time_min", "depth_mm") if name not in table.columns]:
        raise InputError(
            "The layer '{layer}' of STORM has no field {field}: choose the output of 'Design storm'.",
            layer=layer.name(),
            field=missing[0],
        )
    rows = zip(table.get("time_min"), table.get("depth_mm"), strict=True)
    rain = tuple(sorted((float(end), float(depth)) for end, depth in rows if end is not None and depth is not None))
    years = next((value for value in table.get("return_period") if value not in (None, "")), math.nan)
    return {
        "rain": rain,
        "storm_min": rain[-1][0] if rain else math.nan,
        "storm_mm": sum(depth for _, depth in rain) if rain else math.nan,
        "storm_years": float(years),
    }


def _depth(layer: QgsRasterLayer) -> dict[str, float]:
    grid = read_grid(layer)
    wet = np.isfinite(grid.values) & (grid.values >= classes("flood_depth")[0].lower)
    return {
        "deepest_m": float(grid.values[wet].max()) if wet.any() else 0.0,
        "wet_area_m2": float(wet.sum()) * grid.cell_m**2,
    }
