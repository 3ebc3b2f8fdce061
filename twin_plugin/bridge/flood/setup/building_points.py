"""Points that belong to buildings, as downpipes and doors do: by an id, or by the nearest building."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from ....core.common.grid import Grid
from ....core.flood.surface import Surface
from ...kernel.vectors import FeatureTable
from .parameters import Parameters

if TYPE_CHECKING:
    import shapely

REACH_M = 5.0
"""A point belongs to the nearest building if that is not further away."""
FIELD = "building_id"
"""The field of a point that names its building by the field id of BUILDINGS."""


def labels_by_id(parameters: Parameters, grid: Grid) -> dict[str, int]:
    """Label of each building by its field id; empty where the buildings have none."""
    source = parameters.source("BUILDINGS")
    table = FeatureTable(np.zeros(0, object), {}) if source is None else parameters.features(source, grid, "id")
    return {str(value): label for label, value in enumerate(table.get("id"), 1) if value is not None}


def place_of(point: shapely.Geometry | None, grid: Grid) -> tuple[int, int] | None:
    """Row and column of a point on a cell with a height."""
    import shapely

    if point is None or shapely.is_empty(point):
        return None
    x, y = shapely.get_coordinates(point)[0]
    row, column = math.floor((grid.north - y) / grid.cell_m), math.floor((x - grid.west) / grid.cell_m)
    if not (0 <= row < grid.rows and 0 <= column < grid.columns and np.isfinite(grid.values[row, column])):
        return None
    return row, column


def building_of(
    said: Any, labels: dict[str, int], point: shapely.Geometry | None, grid: Grid, surface: Surface
) -> int | None:
    """The building that a point names by an id where there are any, else the nearest one; None where there is none."""
    if labels and said is not None:
        return labels.get(str(said))
    return nearest_building(place_of(point, grid), point, grid, surface)


def nearest_building(
    place: tuple[int, int] | None, point: shapely.Geometry | None, grid: Grid, surface: Surface
) -> int | None:
    """The building whose cell lies nearest to a point, within reach; None where there is none."""
    import shapely

    if place is None or surface.buildings is None:
        return None
    x, y = shapely.get_coordinates(point)[0]
    reach = math.ceil(REACH_M / grid.cell_m) + 1
    top, left = max(place[0] - reach, 0), max(place[1] - reach, 0)
    window = surface.buildings[top : place[0] + reach + 1, left : place[1] + reach + 1]
    rows, columns = np.nonzero(window)
    if not len(rows):
        return None
    half = 0.5 * grid.cell_m
    aside = np.abs(grid.west + (left + columns + 0.5) * grid.cell_m - x) - half
    along = np.abs(grid.north - (top + rows + 0.5) * grid.cell_m - y) - half
    apart = np.hypot(np.maximum(aside, 0.0), np.maximum(along, 0.0))
    best = int(apart.argmin())
    return int(window[rows[best], columns[best]]) if apart[best] <= REACH_M else None
