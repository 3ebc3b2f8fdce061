"""Terrain and water of a scene: rasters and a flood RESULT on square cells in the CRS of the scene."""

from __future__ import annotations

import math

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProcessingContext,
    QgsRasterLayer,
    QgsRectangle,
)

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance
from ...core.scene.grids import block_means, factor_for
from ...core.scene.scene import Water
from ..kernel.input_table import Entry
from ..kernel.metric_layers import Reader
from ..kernel.raster_kinds import TERRAIN, require_output, require_terrain
from ..kernel.rasters import crs_text, own_cells, read_cells, require_crs
from ..kernel.ugrid_reader import Result
from .scene_layers import SceneLog

MOST_TERRAIN, MOST_WATER, MOST_STEPS = 1_000_000, 250_000, 48
"""Cells of the terrain and of the water, and times of the water, that a scene has; more are averaged or left out."""
DEPTH = "DEPTH_MAX"

Box = tuple[float, float, float, float]
"""West, south, east and north."""


def moved_box(
    box: QgsRectangle, own: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext, name: str,
) -> Box:  # fmt: skip
    """The bounds of a rectangle in another CRS.

    Raises
    ------
    InputError
        Where it lies nowhere in it.
    """
    try:
        moved = QgsCoordinateTransform(own, crs, context.transformContext()).transformBoundingBox(box)
    except QgsCsException:
        moved = QgsRectangle(math.nan, math.nan, math.nan, math.nan)
    bounds = moved.xMinimum(), moved.yMinimum(), moved.xMaximum(), moved.yMaximum()
    if not all(map(math.isfinite, bounds)):
        raise InputError(
            "The layer '{layer}' lies nowhere in {crs}: set the CRS that its coordinates are in, in the layer's "
            "properties.",
            layer=name,
            crs=crs.authid() or crs.description(),
        )
    return bounds


def common_box(mine: Box, box: Box, name: str) -> Box:
    """What two boxes share.

    Raises
    ------
    InputError
        Where they share nothing, with their distance.
    """
    west, south = max(mine[0], box[0]), max(mine[1], box[1])
    east, north = min(mine[2], box[2]), min(mine[3], box[3])
    if west < east and south < north:
        return west, south, east, north
    raise InputError(
        "The layer '{layer}' lies {far:,.1f} km from the buildings: check the CRS of both, or choose another extent.",
        layer=name,
        far=math.hypot(max(west - east, 0.0), max(south - north, 0.0)) / 1000,
    )


def cells_within(own: Cells | None, box: Box, cell_m: float, most: int) -> Cells:
    """Square cells within a box, on the lines of a raster's own cells where it has such, at most so many.

    Wider cells are whole multiples of the raster's.
    """
    west, south, east, north = box
    rows, columns = (max(1, math.ceil((high - low) / cell_m - 1e-6)) for low, high in ((south, north), (west, east)))
    cell = cell_m * factor_for(rows, columns, most)
    if own is None:
        first = (west, north)
    else:
        right, down = (math.floor((west - own.west) / cell_m + 1e-6), math.floor((own.north - north) / cell_m + 1e-6))
        first = (own.west + right * cell_m, own.north - down * cell_m)
    size = (math.ceil((first[1] - south) / cell - 1e-6), math.ceil((east - first[0]) / cell - 1e-6))
    return Cells(*first, cell, cell, *(max(1, int(part)) for part in size))


def read_scene_raster(
    layer: QgsRasterLayer, parameter: str, output: str, reader: Reader, box: Box, most: int, log: SceneLog
) -> Grid:
    """A raster on square cells in the CRS of a scene, within a box.

    Raises
    ------
    InputError
        Where it lies elsewhere, or has no data in the box.
    """
    crs, own_crs, own = reader.crs, require_crs(layer), own_cells(layer)
    whole = moved_box(layer.extent(), own_crs, crs, reader.context, layer.name())
    shared = common_box(whole, box, layer.name())
    if own_crs == crs:
        cells = cells_within(own, shared, float(min(own.width, own.height)), most)
    else:
        size = (whole[2] - whole[0]) / own.columns, (whole[3] - whole[1]) / own.rows
        cells = cells_within(None, shared, float(max(min(size), 0.01)), most)
        log.notes.append(
            Message(
                "The raster '{layer}' is in {own} and is resampled to {crs}.",
                layer=layer.name(),
                own=own_crs.authid() or own_crs.description(),
                crs=crs.authid() or crs.description(),
            )
        )
    text = crs_text(crs)
    grid = Grid(read_cells(layer, cells, text, output=output), cells.west, cells.north, cells.width, text)
    known = int(np.isfinite(grid.values).sum())
    if not known:
        raise InputError(
            "The raster '{layer}' has no data where the buildings are: choose another one for {parameter}.",
            layer=layer.name(),
            parameter=parameter,
        )
    width = float(min(own.width, own.height))
    told = Message("cells of {cell:g} m", cell=cells.width)
    if own_crs == crs and cells.width > 1.01 * width:
        told = Message("cells of {cell:g} m, means of {own:g} m", cell=cells.width, own=width)
    log.entries.append(Entry(Message(parameter), known, grid.values.size - known, 0, told))
    return grid


def read_scene_terrain(layer: QgsRasterLayer, reader: Reader, box: Box, log: SceneLog) -> Grid:
    """The ground without buildings.

    Raises
    ------
    InputError
    """
    require_terrain(layer)
    return read_scene_raster(layer, "DTM", TERRAIN, reader, box, MOST_TERRAIN, log)


def read_depth(layer: QgsRasterLayer, terrain: Grid | None, reader: Reader, box: Box, log: SceneLog) -> Water:
    """The water of one time, from a raster of depths.

    Raises
    ------
    InputError
        Also where there is no terrain.
    """
    require_output(layer, "DEPTH", DEPTH)
    if terrain is None:
        raise InputError("DEPTH lies on the terrain: give it for DTM as well.")
    depth = read_scene_raster(layer, "DEPTH", DEPTH, reader, box, MOST_WATER, log)
    values = np.maximum(depth.values, 0).astype(np.float32)
    return Water(np.zeros(1), values[None], _ground(depth.cells, terrain))


def read_result(path: str, terrain: Grid | None, reader: Reader, box: Box, log: SceneLog, progress: Progress) -> Water:
    """The water of a flood RESULT over time.

    Raises
    ------
    InputError
        Where the file cannot be read, lies elsewhere, or there is no terrain and it holds no bed.
    Cancelled
    """
    result = Result(path)
    crs = result.crs if result.crs.isValid() else reader.crs
    own = result.cells
    extent = QgsRectangle(own.west, own.south, own.east, own.north)
    shared = common_box(moved_box(extent, crs, reader.crs, reader.context, path), box, path)
    same = crs == reader.crs and math.isclose(own.width, own.height, rel_tol=1e-6)
    size = min(own.width, own.height) if not crs.isGeographic() else (shared[2] - shared[0]) / own.columns
    fine = cells_within(own if same else None, shared, float(size), 4 * own.size)  # a turned grid has a wider box
    index = _index(fine, own, None if crs == reader.crs else crs, reader)
    factor = factor_for(fine.rows, fine.columns, MOST_WATER)
    steps = np.unique(np.rint(np.linspace(0, len(result.minutes) - 1, MOST_STEPS)).astype(int))
    depths = []
    for number, step in enumerate(steps):
        advance(progress, number / len(steps), Message("Reading the water"))
        depths.append(block_means(_taken(result.grid("depth", int(step)), index), factor).astype(np.float32))
    cells = Cells(fine.west, fine.north, fine.width * factor, fine.width * factor, *depths[0].shape)
    text = crs_text(reader.crs)
    if terrain is not None:
        ground = _ground(cells, terrain)
    else:
        ground = Grid(block_means(_bed(result, index), factor), cells.west, cells.north, cells.width, text)
    _note_result(log, result, steps, cells.width, float(size), depths[0])
    return Water(result.minutes[steps], np.stack(depths), ground)


def _bed(result: Result, index: np.ndarray) -> np.ndarray:
    bed = result.bed(result.faces_of(index.ravel())).reshape(index.shape)
    if not np.isfinite(bed).any():
        raise InputError("The result '{path}' does not hold the bed: give the terrain for DTM.", path=result.path)
    return bed


def _taken(values: np.ndarray, index: np.ndarray) -> np.ndarray:
    """The values of cells by their number; NaN for -1."""
    return np.where(index >= 0, values.ravel()[index], np.nan)


def _index(cells: Cells, own: Cells, crs: QgsCoordinateReferenceSystem | None, reader: Reader) -> np.ndarray:
    """The cell of a result at the middle of each cell of a scene, shape (rows, columns); -1 where there is none."""
    x = cells.west + (np.arange(cells.columns) + 0.5) * cells.width
    y = cells.north - (np.arange(cells.rows) + 0.5) * cells.height
    x, y = (part.ravel() for part in np.meshgrid(x, y))
    if crs is not None:
        transform = QgsCoordinateTransform(reader.crs, crs, reader.context.transformContext())
        points = [transform.transform(QgsPointXY(a, b)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        x, y = np.array([point.x() for point in points]), np.array([point.y() for point in points])
    return own.index(x, y).reshape(cells.rows, cells.columns)


def _ground(cells: Cells, terrain: Grid) -> Grid:
    """The terrain at the middles of cells."""
    x = cells.west + (np.arange(cells.columns) + 0.5) * cells.width
    y = cells.north - (np.arange(cells.rows) + 0.5) * cells.height
    x, y = np.meshgrid(x, y)
    values = terrain.sample(x.ravel(), y.ravel()).reshape(cells.rows, cells.columns)
    return Grid(values.astype(np.float32), cells.west, cells.north, cells.width, terrain.crs)


def _note_result(
    log: SceneLog, result: Result, steps: np.ndarray, cell_m: float, own_m: float, first: np.ndarray
) -> None:
    told = Message("cells of {cell:g} m", cell=cell_m)
    if cell_m > 1.01 * own_m:
        told = Message("cells of {cell:g} m, means of {own:g} m", cell=cell_m, own=own_m)
    log.entries.append(Entry(Message("RESULT, times"), len(steps), len(result.minutes) - len(steps), 0, told))
    if len(steps) < len(result.minutes):
        log.notes.append(
            Message(
                "The result has {all} times: {n} of them, evenly spread, are in the scene.",
                all=len(result.minutes),
                n=len(steps),
            )
        )
    if not np.isfinite(first).any():
        raise InputError(
            "The result '{path}' has no water where the buildings are: choose the result of their place.",
            path=result.path,
        )
