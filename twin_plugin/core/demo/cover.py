"""Land cover of the synthetic district as Manning's roughness on the cells of its terrain."""

from __future__ import annotations

import numpy as np

from ..common.grid import Grid
from .street_plan import CHANNEL_M, Floats, StreetPlan
from .terrain import nearest_street

# Manning's n, s/m^(1/3).
ROAD_N, PAVED_N, GRASS_N, HILL_N, CHANNEL_N, SEA_N = 0.016, 0.025, 0.05, 0.10, 0.022, 0.025
_ROWS_AT_ONCE = 256


def make_roughness(layout: StreetPlan, terrain: Grid) -> Grid:
    """Manning's n for every cell of the terrain, float32, no cell without data."""
    values = np.empty_like(terrain.values)
    x, y = terrain.cells.axes()
    for start in range(0, terrain.rows, _ROWS_AT_ONCE):
        xx, yy = np.meshgrid(x, y[start : start + _ROWS_AT_ONCE])
        values[start : start + _ROWS_AT_ONCE] = _roughness(layout, *layout.from_map(xx, yy))
    return terrain.with_values(values)


def _roughness(layout: StreetPlan, u: Floats, v: Floats) -> Floats:
    n = np.full(u.shape, GRASS_N)
    du, half_u = nearest_street(layout.streets_u, u)
    dv, half_v = nearest_street(layout.streets_v, v)
    first, last = layout.streets_u[0], layout.streets_u[-1]
    town = (
        (u > first.at_m - 8)
        & (u < last.at_m + 8)
        & (v > layout.streets_v[0].at_m - 8)
        & (v < layout.streets_v[-1].at_m + 8)
    )
    road = town & ((du < half_u - 3.0) | (dv < half_v - 3.0))
    pavement = town & ((du < half_u) | (dv < half_v))
    n[pavement] = PAVED_N
    n[road] = ROAD_N
    n[v > layout.hill_v] = HILL_N
    n[v < layout.coast_v] = SEA_N
    for centre in layout.channels_u:
        n[(np.abs(u - centre) < CHANNEL_M / 2 - 2) & (v > layout.coast_v - 14) & (v < layout.hill_v + 20)] = CHANNEL_N
    return n
