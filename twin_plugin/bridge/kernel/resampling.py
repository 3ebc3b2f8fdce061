"""How rasters got onto other cells, and what that changes of a rotated terrain."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from osgeo import gdal
from qgis.core import QgsRasterLayer

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from .gdal_calls import checked, damaged_raster
from .raster_units import unit_factor
from .rasters import Orientation, Resampling, open_raster, orientation_of, own_cells, resampling_of

COMPARED = 2_000
"""At most about so many rows and columns of a raster are compared, evenly over it."""


def resampling_words(layer: QgsRasterLayer, cells: Cells, crs: str, nearest: bool = False) -> Message | None:
    """How a raster got onto other cells, in a few words; None where they are its own."""
    how, own = resampling_of(layer, cells, crs, nearest), own_cells(layer)
    if how is Resampling.NONE:
        return None
    facts = {"width": own.width, "height": own.height}
    if how is Resampling.NEAREST:
        return Message("the nearest of its cells of {width:.6g} x {height:.6g}", **facts)
    if how is Resampling.MEAN:
        return Message("mean of its cells of {width:.6g} x {height:.6g}", **facts)
    return Message("interpolated (bilinear) from its cells of {width:.6g} x {height:.6g}", **facts)


def turned_note(layer: QgsRasterLayer) -> Message | None:
    """A sentence where a raster of depths, levels or times is rotated: its nearest cells are taken."""
    if layer.providerType() != "gdal" or orientation_of(open_raster(layer)) is not Orientation.TURNED:
        return None
    return Message(
        "The raster '{layer}' is rotated: each value is that of the nearest of its cells, up to half a cell away.",
        layer=layer.name(),
    )


def terrain_note(layer: QgsRasterLayer, grid: Grid, output: str) -> Message | None:
    """A sentence on what became of a rotated terrain on the cells of a grid; None for one along the axes.

    Parameters
    ----------
    layer : QgsRasterLayer
    grid : Grid
        Its heights on the cells of the run, in its CRS.
    output : str
        What its values are, for their unit.
    """
    source = open_raster(layer)
    if orientation_of(source) is not Orientation.TURNED:
        return None
    facts = {"layer": layer.name(), "cell_m": grid.cell_m}
    squares, count, greatest, lowest, rise = 0.0, 0, 0.0, math.inf, 0.0
    for x, y, heights in _heights(source, layer.name(), unit_factor(source, output)):
        apart = interpolated(grid, x, y) - heights
        known = np.isfinite(apart)
        if known.any():
            squares, count = squares + float(np.square(apart[known]).sum()), count + int(known.sum())
            greatest = max(greatest, float(np.abs(apart[known]).max()))
            deepest = int(np.argmin(np.where(known, heights, np.inf)))
            if heights[deepest] < lowest:
                lowest, rise = float(heights[deepest]), float(apart[deepest])
    if not count:
        return Message(
            "The terrain '{layer}' is rotated: its heights are interpolated (bilinear) onto cells of {cell_m:g} m "
            "along the axes.",
            **facts,
        )
    return Message(
        "The terrain '{layer}' is rotated: its heights are interpolated (bilinear) onto cells of {cell_m:g} m along "
        "the axes. At the centres of its own cells they differ by {typical:.3f} m (RMS) and {greatest:.3f} m at most, "
        "at its lowest cell by {rise:+.3f} m: hollows and channels a few cells wide are shallower than on the terrain "
        "itself.",
        typical=math.sqrt(squares / count),
        greatest=greatest,
        rise=rise,
        **facts,
    )


def interpolated(grid: Grid, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bilinear values of a grid at some points; NaN where one of the four cells around has none."""
    column, row = (x - grid.west) / grid.cell_m - 0.5, (grid.north - y) / grid.cell_m - 0.5
    left, top = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
    inside = (left >= 0) & (top >= 0) & (left < grid.columns - 1) & (top < grid.rows - 1)
    left, top = np.where(inside, left, 0), np.where(inside, top, 0)
    east, south = column - left, row - top
    right, bottom = np.minimum(left + 1, grid.columns - 1), np.minimum(top + 1, grid.rows - 1)
    values = grid.values
    upper = values[top, left] * (1 - east) + values[top, right] * east
    lower = values[bottom, left] * (1 - east) + values[bottom, right] * east
    return np.where(inside, upper * (1 - south) + lower * south, np.nan)


def _heights(source: gdal.Dataset, name: str, factor: float) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """x, y and height in m of the centres of cells, a row at a time; nothing for a raster with control points."""
    transform, band = source.GetGeoTransform(can_return_null=True), source.GetRasterBand(1)
    if transform is None:
        return
    size = source.RasterXSize, source.RasterYSize
    columns, rows = (np.arange(0, length, max(1, length // COMPARED)) for length in size)
    for row in rows.tolist():
        try:
            heights = checked(band.ReadAsArray, 0, row, size[0], 1)[0, columns].astype(np.float64)
            known = checked(band.GetMaskBand().ReadAsArray, 0, row, size[0], 1)[0, columns] > 0
        except OSError as error:
            raise InputError(damaged_raster(name, error)) from error
        heights = factor * (heights * (band.GetScale() or 1.0) + (band.GetOffset() or 0.0))
        x = transform[0] + (columns + 0.5) * transform[1] + (row + 0.5) * transform[2]
        y = transform[3] + (columns + 0.5) * transform[4] + (row + 0.5) * transform[5]
        yield x, y, np.where(known, heights, np.nan)
