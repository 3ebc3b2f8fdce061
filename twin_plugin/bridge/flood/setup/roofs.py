"""Roofs: what they hold back, and downpipes from a layer of points."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.processes.roofs import Roofs
from ....core.flood.roofs.runoff import Downpipe
from ....core.flood.surface import Surface
from ...kernel.input_table import Entry, reasons
from ...kernel.vectors import FeatureTable
from .parameters import Parameters

if TYPE_CHECKING:
    import shapely

REACH_M = 5.0
"""A downpipe belongs to the nearest building if that is not further away."""
FIELD = "building_id"


def read_roofs(parameters: Parameters, grid: Grid, surface: Surface) -> Roofs:
    """ROOF_STORAGE_MM and DOWNPIPES.

    Raises
    ------
    InputError
        When there are downpipes and no buildings, or none of them belongs to one.
    """
    storage_mm = parameters.number("ROOF_STORAGE_MM") or 0.0
    source = parameters.source("DOWNPIPES")
    if source is None:
        return Roofs(storage_mm)
    if surface.buildings is None:
        raise InputError("DOWNPIPES lead the rain of buildings: choose BUILDINGS, or leave DOWNPIPES empty.")
    table = parameters.features(source, grid, FIELD)
    labels = _labels_by_id(parameters, grid) if FIELD in table.columns else {}
    pipes, left_out = [], Counter[str]()
    for point, said in zip(table.geometries, table.get(FIELD), strict=True):
        place = _place(point, grid)
        building = labels.get(str(said)) if labels and said is not None else _nearest(place, point, grid, surface)
        reason = "outside" if place is None else "stray" if not building else ""
        if reason or place is None or not building:
            left_out[reason] += 1
        else:
            pipes.append(Downpipe(building, *place))
    if len(table) and not pipes:
        raise InputError(
            "No downpipe of '{layer}' belongs to a building on the terrain: move the points to within {reach:g} m of "
            "one, or check the CRS.",
            layer=source.sourceName(),
            reach=REACH_M,
        )
    _report(parameters, source.sourceName(), pipes, left_out, surface)
    return Roofs(storage_mm, tuple(pipes))


def _labels_by_id(parameters: Parameters, grid: Grid) -> dict[str, int]:
    """Label of each building by its field id; empty where the buildings have none."""
    source = parameters.source("BUILDINGS")
    table = FeatureTable(np.zeros(0, object), {}) if source is None else parameters.features(source, grid, "id")
    return {str(value): label for label, value in enumerate(table.get("id"), 1) if value is not None}


def _place(point: shapely.Geometry | None, grid: Grid) -> tuple[int, int] | None:
    """Row and column of a point on a cell with a height."""
    import shapely

    if point is None or shapely.is_empty(point):
        return None
    x, y = shapely.get_coordinates(point)[0]
    row, column = math.floor((grid.north - y) / grid.cell_m), math.floor((x - grid.west) / grid.cell_m)
    if not (0 <= row < grid.rows and 0 <= column < grid.columns and np.isfinite(grid.values[row, column])):
        return None
    return row, column


def _nearest(place: tuple[int, int] | None, point: shapely.Geometry | None, grid: Grid, surface: Surface) -> int | None:
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


def _report(
    parameters: Parameters, layer: str, pipes: list[Downpipe], left_out: Counter[str], surface: Surface
) -> None:
    if left_out.total():
        parameters.warn(
            [
                Message(
                    "{count:,} downpipes of '{layer}' lie outside the terrain or belong to no building within "
                    "{reach:g} m, and have no effect.",
                    count=left_out.total(),
                    layer=layer,
                    reach=REACH_M,
                )
            ]
        )
    served = len({pipe.building for pipe in pipes})
    buildings = len(np.unique(surface.buildings[surface.buildings > 0])) if surface.buildings is not None else 0
    why = [
        Message("outside: {n}", n=left_out["outside"]) if left_out["outside"] else None,
        Message("of no building: {n}", n=left_out["stray"]) if left_out["stray"] else None,
        Message("{n} of {all} buildings have one, the others let rain run off beside them", n=served, all=buildings),
    ]
    parameters.entries.append(Entry(Message("Downpipes"), len(pipes), left_out.total(), 0, reasons(why)))
