"""The inputs of a simulation in the table at the end of its log: read, left out, guessed, and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from qgis.core import QgsRasterLayer

from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.footprints import FootprintCounts
from ....core.flood.rainfall_series import RainSeries
from ...kernel.input_table import Entry, reasons
from ...kernel.raster_kinds import mended_kinds
from ...kernel.resampling import resampling_words


def terrain_entry(layer: QgsRasterLayer, grid: Grid, leaves: bool = False) -> Entry:
    """Cells of the terrain by whether they have a height; `leaves`: water leaves at those that have none."""
    gaps = int(np.isnan(grid.values).sum())
    effect = Message("water leaves where there is no data") if leaves else Message("holes inside the data act as walls")
    why = [
        effect if gaps else None,
        resampling_words(layer, grid.cells, grid.crs),
        Message("checked by 'Check terrain'") if mended_kinds(layer) is not None else None,
    ]
    return Entry(Message("Cells of the terrain"), grid.values.size - gaps, gaps, 0, reasons(why))


def roughness_entry(layer: QgsRasterLayer | None, known: np.ndarray, grid: Grid, number: float) -> Entry:
    """Cells with a height by whether ROUGHNESS_RASTER says their roughness; without it all have the number."""
    cells = int(np.isfinite(grid.values).sum())
    if layer is None:
        return Entry(Message("Roughness of the cells"), cells, 0, 0, Message("n = {n:g} everywhere", n=number))
    there = int((known & np.isfinite(grid.values)).sum())
    why = [
        Message("n = {n:g} where the raster has none", n=number) if there < cells else None,
        resampling_words(layer, grid.cells, grid.crs),
    ]
    return Entry(Message("Roughness of the cells"), there, 0, cells - there, reasons(why))


def building_entry(counts: FootprintCounts) -> Entry:
    """Buildings by whether they block water."""
    why = [
        Message("outside: {n}", n=counts.outside) if counts.outside else None,
        Message("where the terrain has no data: {n}", n=counts.without_data) if counts.without_data else None,
        Message("holding no cell's centre: {n}", n=counts.without_cell) if counts.without_cell else None,
        Message("without a polygon: {n}", n=counts.without_polygon) if counts.without_polygon else None,
        Message("blocking a whole cell: {n}", n=counts.smaller) if counts.smaller else None,
    ]
    left_out = counts.all - counts.effective
    return Entry(Message("Buildings"), counts.effective, left_out, counts.smaller, reasons(why))


def rain_entry(depths: Sequence[object], notes: Sequence[Message], series: RainSeries, duration_min: float) -> Entry:
    """Rows of the table of rain: those without a depth count as dry, those after the end of the run are left out."""
    empty = sum(_is_empty(depth) for depth in depths)
    late = min(int((series.end_min - series.step_min >= duration_min).sum()), len(depths) - empty)
    dry_min = duration_min - series.duration_min if math.isfinite(duration_min) else 0.0
    why = [
        Message("{total:g} mm in all", total=series.total_mm),
        Message("no rain in the last {minutes:g} min", minutes=dry_min) if dry_min > 0 else None,
        *notes,
    ]
    return Entry(Message("Rows of RAIN"), len(depths) - empty - late, late, empty, reasons(why))


def duration_entry(duration_min: float, given: bool) -> Entry:
    """The simulated time, and whether it was guessed."""
    why = Message("{minutes:g} min", minutes=duration_min)
    if not given:
        why = Message("{minutes:g} min: DURATION_MIN is empty", minutes=duration_min)
    return Entry(Message("Duration"), int(given), 0, int(not given), why)


def inflow_entry(count: int, notes: Sequence[Message]) -> Entry:
    """Inflows, and what was noted of those that lie on buildings or partly outside."""
    return Entry(Message("Inflows"), count, 0, 0, reasons(notes))


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or not str(value).strip()
