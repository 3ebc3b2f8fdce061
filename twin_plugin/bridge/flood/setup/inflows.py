"""Inflows and the edges of the terrain."""

from __future__ import annotations

import math
from typing import Any

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.flood.processes.boundaries import SIDES, Boundaries, Boundary, BoundaryKind
from ....core.flood.processes.inflows import Inflow, Inflows
from ...kernel.rasterize import burn
from .parameters import Parameters


def read_boundaries(parameters: Parameters) -> Boundaries:
    """What each edge is, with its level."""
    return Boundaries({side: _boundary(parameters, side.upper()) for side in SIDES})


def _boundary(parameters: Parameters, side: str) -> Boundary:
    level_m = parameters.number(f"LEVEL_{side}_M")
    return Boundary(BoundaryKind(parameters.text(f"BOUNDARY_{side}")), math.nan if level_m is None else level_m)


def read_inflows(parameters: Parameters, grid: Grid) -> Inflows:
    """Polygons with a constant discharge in flow_m3s as inflows."""
    source = parameters.source("INFLOWS")
    if source is None:
        return Inflows()
    table = parameters.features(source, grid, "flow_m3s")
    if "flow_m3s" not in table.columns:
        raise InputError(
            "The inflow layer '{source}' has no field flow_m3s (discharge in m³/s).", source=source.sourceName()
        )
    inflows = []
    for geometry, flow in zip(table.geometries, table.columns["flow_m3s"], strict=True):
        cells = burn([geometry], grid) > 0
        if not cells.any():
            cells = burn([geometry], grid, touched=True) > 0
        inflows.append(Inflow(cells, (0.0,), (_float(flow),), math.nan if geometry is None else geometry.area))
    return Inflows(inflows)


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
