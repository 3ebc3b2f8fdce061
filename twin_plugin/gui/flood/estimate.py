"""How large a simulation will be and how long it may take, from the size of its grid and what earlier runs took."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsProject, QgsRasterLayer, QgsReferencedRectangle

from ...bridge.kernel.crs_scale import crs_unit_m
from ...bridge.kernel.rasters import plan_grid
from ...core.common.errors import TwinError
from ..common import settings

RATE = "flood_cells_per_s"
# What `work` a common laptop does in a second; replaced by this machine's own figure after its first run.
FIRST_RATE = 5.0e6
SLOWED = 0.5
"""Below this share of the speed that was measured before, the machine was busy with something else."""
SHORTEST_S = 0.5
"""Shorter runs say nothing of the machine's speed: starting takes most of their time."""


@dataclass(frozen=True)
class Estimate:
    """Number of cells, edge of one, and the seconds that a run may take."""

    cells: int
    cell_m: float
    seconds: float


def estimate(
    layer: QgsRasterLayer, extent: QgsReferencedRectangle | None, cell_m: float | None, duration_min: float
) -> Estimate | None:
    """The size of a run, or None where it cannot be known (no overlap, a CRS in degrees)."""
    if not layer.isValid() or math.isnan(crs_unit_m(layer.crs())):
        return None
    box = None
    try:
        if extent is not None and not extent.isNull():
            transform = QgsCoordinateTransform(extent.crs(), layer.crs(), QgsProject.instance())
            box = transform.transformBoundingBox(extent) if extent.crs().isValid() else extent
        cells = plan_grid(layer, box, cell_m or None)
    except (TwinError, QgsCsException):
        return None
    rate = settings.load_number(RATE, FIRST_RATE)
    return Estimate(cells.size, cells.width, work(cells.size, cells.width, duration_min) / rate)


def work(cells: int, cell_m: float, duration_min: float) -> float:
    """What a run costs, up to a factor: the time step grows with the cell."""
    return cells * duration_min * 60.0 / max(cell_m, 1e-6)


def learn(size: Estimate, duration_min: float, seconds: float) -> None:
    """Keep the speed of this machine after a run that was long enough to measure it.

    A run that other programs have slowed down counts half, so that the next estimate is not much too long.
    """
    if seconds >= SHORTEST_S and size.cells > 0:
        rate, before = work(size.cells, size.cell_m, duration_min) / seconds, settings.load_number(RATE, math.nan)
        settings.save_number(RATE, math.sqrt(rate * before) if rate < SLOWED * before else rate)
