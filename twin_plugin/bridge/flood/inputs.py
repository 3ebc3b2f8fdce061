"""From the parameters of twin:simulateflood to a FloodSetup."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
)

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.flood import memory
from ...core.flood.setup import SIDES, Boundary, BoundaryKind, FloodSetup, Inflow, check_rain
from ..kernel import runtime
from ..kernel.rasterize import burn
from ..kernel.rasters import plan_grid, read_grid, require_metres
from ..kernel.vectors import read_table

Rain = tuple[tuple[float, float], ...]
TAIL_MIN = 60.0  # simulated after the rain where no duration is given


def read_setup(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> FloodSetup:
    """The setup that the parameters of twin:simulateflood ask for.

    Raises
    ------
    InputError, ResourceError
        For the first input that cannot be used.
    """

    def number(name: str) -> float | None:
        given = parameters.get(name, algorithm.parameterDefinition(name).defaultValue()) not in (None, "")
        return algorithm.parameterAsDouble(parameters, name, context) if given else None

    def source(name: str) -> QgsFeatureSource | None:
        if not parameters.get(name):
            return None
        found = algorithm.parameterAsSource(parameters, name, context)
        if found is None:
            raise InputError(
                "The layer given for {name} cannot be read: choose another one, or leave it empty.", name=name
            )
        return found

    layer = algorithm.parameterAsRasterLayer(parameters, "DTM", context)
    extent = None
    if layer is not None and parameters.get("EXTENT"):
        extent = algorithm.parameterAsExtent(parameters, "EXTENT", context, layer.crs())
    rain, duration_min = read_rain(source("RAIN"), number("RAIN_MM") or 0.0, number("DURATION_MIN"), feedback)
    grid = read_terrain(layer, extent, number("CELL_SIZE"))
    roughness: Any = number("ROUGHNESS")
    rough = algorithm.parameterAsRasterLayer(parameters, "ROUGHNESS_RASTER", context)
    if rough is None and parameters.get("ROUGHNESS_RASTER"):
        raise InputError("The roughness raster cannot be read: choose another file, or leave it empty.")
    if rough is not None:
        roughness = read_roughness(rough, grid, roughness)
    edges = {}
    for side in SIDES:
        kind = BoundaryKind(algorithm.parameterAsString(parameters, f"BOUNDARY_{side.upper()}", context))
        level = number(f"LEVEL_{side.upper()}_M")
        edges[side] = Boundary(kind, math.nan if level is None else level)
    transform = context.transformContext()
    asked = algorithm.parameterAsInt(parameters, "THREADS", context)
    return FloodSetup(
        bed=grid,
        duration_s=60.0 * duration_min,
        output_step_s=60.0 * (number("OUTPUT_STEP_MIN") or 0.0),
        roughness=roughness,
        rain=rain,
        infiltration_mm_h=number("INFILTRATION_MM_H") or 0.0,
        drain_mm_h=number("DRAIN_CAPACITY_MM_H") or 0.0,
        inflows=read_inflows(source("INFLOWS"), grid, feedback, transform),
        boundaries=edges,
        wet_depth_m=number("WET_DEPTH_M") or 0.0,
        threads=runtime.threads(asked, QgsApplication.platform() == "desktop"),
        buildings=read_buildings(source("BUILDINGS"), grid, feedback, transform),
        buildings_as=algorithm.parameterAsString(parameters, "BUILDINGS_AS", context),
    )


def read_roughness(layer: QgsRasterLayer, grid: Grid, otherwise: float) -> np.ndarray:
    """Manning's n on the cells of the grid, `otherwise` where the raster has none.

    Raises
    ------
    InputError
        When the raster covers none of the cells that have a height.
    """
    values = read_grid(layer, like=grid).values
    known = np.isfinite(values)
    if not known[np.isfinite(grid.values)].any():
        raise InputError(
            "The roughness raster '{layer}' does not overlap the terrain: check its CRS and extent.", layer=layer.name()
        )
    values[~known] = otherwise
    return values


def read_terrain(layer: QgsRasterLayer | None, extent: QgsRectangle | None, cell_m: float | None) -> Grid:
    """The terrain on the cells of the run, after checking that the run fits into memory.

    Raises
    ------
    InputError, ResourceError
        When it has no CRS in metres, does not overlap the extent, has no data there, or is too large.
    """
    if layer is None or not layer.isValid():
        raise InputError("The terrain cannot be read: choose a raster layer or file of heights in DTM.")
    require_metres(layer)
    plan = plan_grid(layer, extent, cell_m)
    memory.check(plan.rows, plan.columns, plan.cell_m)
    grid = read_grid(layer, extent, cell_m)
    if not np.isfinite(grid.values).any():
        raise InputError(
            "The terrain '{layer}' has no data in the area of the run: choose another extent or terrain.",
            layer=layer.name(),
        )
    return grid


def read_rain(source: QgsFeatureSource | None, total_mm: float, duration_min: float | None,
              feedback: QgsProcessingFeedback) -> tuple[Rain, float]:  # fmt: skip
    """Rain steps, from a table or evenly over the duration, and the duration in minutes.

    Raises
    ------
    InputError
        When the table lacks its fields, or the rain is negative or in the wrong unit by its size.
    """
    if duration_min is not None and not duration_min > 0:
        raise InputError("The duration must be above 0 min: leave it empty for the rain's length plus an hour.")
    if source is not None and total_mm:
        raise InputError("RAIN and RAIN_MM are both given: choose one of them.")
    if source is None:
        if total_mm < 0:
            raise InputError("The rain must not be negative: {total_mm:g} mm.", total_mm=total_mm)
        length = duration_min or TAIL_MIN
        rain: Rain = ((length, total_mm),) if total_mm else ()
        check_rain(rain)
        return rain, length
    table = read_table(source, feedback, fields=("time_min", "depth_mm"))
    missing = [name for name in ("time_min", "depth_mm") if name not in table.columns]
    if missing:
        raise InputError(
            "The rain table '{source}' has no field {names}: it needs time_min (end of each step) and "
            "depth_mm (rain of the step), as 'Design storm' writes them.",
            source=source.sourceName(),
            names=", ".join(missing),
        )
    rows = zip(table.columns["time_min"], table.columns["depth_mm"], strict=True)
    rain = tuple(sorted((_number(end), _number(depth)) for end, depth in rows))
    if not rain:
        raise InputError(
            "The rain table '{source}' has no rows: make one with 'Design storm'.", source=source.sourceName()
        )
    try:
        check_rain(rain)
    except InputError as error:
        raise InputError(
            "The rain table '{source}' cannot be used. {error}", source=source.sourceName(), error=error
        ) from error
    return rain, duration_min or rain[-1][0] + TAIL_MIN


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def read_buildings(source: QgsFeatureSource | None, grid: Grid, feedback: QgsProcessingFeedback,
                   transform_context: Any) -> np.ndarray | None:  # fmt: skip
    """Label of the building on each cell, or None without a layer; reprojected to the grid's CRS.

    Raises
    ------
    InputError
        When the layer has no CRS or none of its buildings lies on the terrain.
    """
    if source is None:
        return None
    crs = QgsCoordinateReferenceSystem(grid.crs)
    table = read_table(source, feedback, crs, (), transform_context)
    labels = burn(list(table.geometries), grid)
    if len(table) and not labels.any():
        labels = burn(list(table.geometries), grid, touched=True)
        if not labels.any():
            raise InputError(
                "No building of '{source}' lies on the terrain: check the CRS of both layers and the extent.",
                source=source.sourceName(),
            )
    return labels


def read_inflows(source: QgsFeatureSource | None, grid: Grid, feedback: QgsProcessingFeedback,
                 transform_context: Any) -> list[Inflow]:  # fmt: skip
    """Polygons with a constant discharge in flow_m3s as inflows.

    Raises
    ------
    InputError
        When the field is missing or empty, or a polygon lies outside the terrain.
    """
    if source is None:
        return []
    table = read_table(source, feedback, QgsCoordinateReferenceSystem(grid.crs), ("flow_m3s",), transform_context)
    if "flow_m3s" not in table.columns:
        raise InputError(
            "The inflow layer '{source}' has no field flow_m3s (discharge in m³/s).", source=source.sourceName()
        )
    inflows = []
    for geometry, flow in zip(table.geometries, table.columns["flow_m3s"], strict=True):
        cells = burn([geometry], grid) > 0
        if not cells.any():
            cells = burn([geometry], grid, touched=True) > 0
        inflows.append(Inflow(cells, (0.0,), (_number(flow),)))
    return inflows
