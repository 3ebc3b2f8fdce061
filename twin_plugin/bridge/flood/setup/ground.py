"""The terrain of a run, its roughness, and the buildings on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood import memory
from ....core.flood.footprints import count_footprints, overlapping
from ....core.flood.surface import Surface
from ....core.flood.terrain_checks.run_warnings import terrain_warnings
from ...kernel.input_table import table_lines
from ...kernel.raster_kinds import TERRAIN, require_output, require_terrain
from ...kernel.raster_units import bands_note, scale_note, unit_note
from ...kernel.rasterize import burn
from ...kernel.rasters import plan_grid, read_cells, read_grid, require_crs, require_metres
from ...kernel.resampling import terrain_note
from ...kernel.vectors import FeatureTable
from .entries import building_entry, roughness_entry, terrain_entry
from .parameters import Parameters


@dataclass(frozen=True)
class GroundRead:
    """A terrain, the buildings on its cells, and the lines of the table of what was read and left out for them."""

    grid: Grid
    buildings: np.ndarray | None
    table: list[Message]


def read_ground(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> GroundRead:
    """What DTM, EXTENT, CELL_SIZE and BUILDINGS of an algorithm give, where water passes corners of cells.

    Raises
    ------
    InputError, ResourceError
        For the first input that cannot be used.
    """
    read = Parameters(algorithm, parameters, context, feedback)
    grid = read_terrain(read, corners=True)
    buildings = read_buildings(read, grid)
    return GroundRead(grid, buildings, table_lines(read.entries))


def read_surface(parameters: Parameters, grid: Grid) -> Surface:
    """The terrain with ROUGHNESS, ROUGHNESS_RASTER, BUILDINGS and BUILDINGS_AS."""
    roughness = read_roughness(parameters, grid)
    return Surface(grid, roughness, read_buildings(parameters, grid), parameters.text("BUILDINGS_AS"))


def read_terrain(parameters: Parameters, corners: bool = False) -> Grid:
    """The terrain on the cells of the run, after checking that the run fits into memory.

    `corners` says that water passes corners of cells, and leaves where there is no data.
    """
    layer = parameters.raster("DTM")
    if layer is None or not layer.isValid():
        raise InputError("The terrain cannot be read: choose a raster layer or file of heights in DTM.")
    require_terrain(layer)
    require_metres(layer)
    extent = None
    if parameters.values.get("EXTENT"):
        extent = parameters.algorithm.parameterAsExtent(parameters.values, "EXTENT", parameters.context, layer.crs())
    cells = plan_grid(layer, extent, parameters.number("CELL_SIZE"))
    memory.check(cells.rows, cells.columns, cells.width)
    grid = read_grid(layer, cells, TERRAIN, exact=True)
    notes = [unit_note(layer, TERRAIN), terrain_note(layer, grid, TERRAIN), scale_note(layer), bands_note(layer)]
    parameters.warn(notes)
    low, high = (float(extreme.reduce(grid.values, axis=None)) for extreme in (np.fmin, np.fmax))
    if low == high:
        flat = Message("Every cell of the terrain '{layer}' has the height {m:g} m.", layer=layer.name(), m=low)
        parameters.warn([flat])
    parameters.warn(terrain_warnings(grid, layer.name(), corners))
    parameters.entries.append(terrain_entry(layer, grid, corners))
    return grid


def read_roughness(parameters: Parameters, grid: Grid) -> float | np.ndarray:
    """Manning's n: a number, or a raster's values with the number where it has none."""
    number = parameters.number("ROUGHNESS") or 0.0
    layer = parameters.raster("ROUGHNESS_RASTER")
    if layer is None:
        if parameters.given("ROUGHNESS_RASTER"):
            raise InputError("The roughness raster cannot be read: choose another file, or leave it empty.")
        parameters.entries.append(roughness_entry(None, np.zeros(0, bool), grid, number))
        return number
    require_output(layer, "ROUGHNESS_RASTER", "ROUGHNESS")
    require_crs(layer)
    parameters.warn([bands_note(layer)])
    values = read_cells(layer, grid.cells, grid.crs)
    known = np.isfinite(values)
    if not known[np.isfinite(grid.values)].any():
        raise InputError(
            "The roughness raster '{layer}' does not overlap the terrain: check its CRS and extent.",
            layer=layer.name(),
        )
    values[~known] = number
    parameters.entries.append(roughness_entry(layer, known, grid, number))
    return values


def read_buildings(parameters: Parameters, grid: Grid) -> np.ndarray | None:
    """Label of the building on each cell, or None without a layer."""
    source = parameters.source("BUILDINGS")
    if source is None:
        return None
    import shapely

    table = parameters.features(source, grid)
    labels, boxes = burn(list(table.geometries), grid), _boxes(table)
    if len(table) and not overlapping(boxes, grid).any():
        raise InputError(
            "No building of '{source}' lies on the terrain: check the CRS of both layers and the extent.",
            source=source.sourceName(),
        )
    counts = count_footprints(boxes, shapely.area(table.geometries), labels, grid)
    parameters.warn(counts.warnings())
    parameters.entries.append(building_entry(counts))
    return labels


def _boxes(table: FeatureTable) -> np.ndarray:
    """West, south, east and north of each geometry; NaN where there is none."""
    from shapely import bounds

    return np.reshape(bounds(np.asarray(list(table.geometries), object)), (-1, 4))
