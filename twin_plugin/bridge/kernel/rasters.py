"""Raster layers to Grid and back: one reading, one writing, no data as NaN in between."""

from __future__ import annotations

import math
from enum import Enum
from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.grid import Grid
from .crs_scale import crs_unit_m
from .gdal_basics import spatial_reference
from .gdal_calls import checked, damaged_raster
from .raster_units import unit_factor
from .raster_writer import Band, write_bands

SMALLEST_M = 0.01
"""No terrain has smaller cells: they are a part of a degree."""
LOST_M = 1e-5
"""Heights that float32 would move by more stay float64: at 8,000 m it moves them by up to 0.25 mm."""
_FITTING = (gdal.GDT_Byte, gdal.GDT_Int16, gdal.GDT_UInt16, gdal.GDT_Float32)
"""Types of bands whose values are float32 numbers."""


class Resampling(Enum):
    """How values get onto other cells, as GDAL calls it."""

    NONE = ""
    NEAREST = "near"
    MEAN = "average"
    BILINEAR = "bilinear"


class Orientation(Enum):
    """How the rows and columns of a raster lie on the map."""

    NORTH_UP = "north up"
    MIRRORED = "along the axes: rows from south to north, columns from east to west, or both exchanged"
    TURNED = "rotated or sheared, or placed by control points"


def require_crs(layer: QgsRasterLayer) -> QgsCoordinateReferenceSystem:
    """The CRS of a raster.

    Raises
    ------
    InputError
        Naming the layer, when it has none: nobody knows where its cells lie.
    """
    if not layer.crs().isValid():
        raise InputError(
            "The raster '{layer}' has no CRS: set it in the layer's properties or with 'Assign projection'.",
            layer=layer.name(),
        )
    return layer.crs()


def require_metres(
    layer: QgsRasterLayer, crs: QgsCoordinateReferenceSystem | None = None
) -> QgsCoordinateReferenceSystem:
    """The CRS that work on `layer` uses, checked to exist and to be in metres.

    Raises
    ------
    InputError
        Naming the layer, when there is no CRS, or one in degrees or feet, or one that makes its cells millimetres.
    """
    crs = crs if crs is not None and crs.isValid() else require_crs(layer)
    if crs.isGeographic() or abs(crs_unit_m(crs) - 1.0) > 1e-6:
        raise InputError(
            "The raster '{layer}' is in {crs}, which is not in metres: reproject it to a projected CRS in "
            "metres with 'Warp (reproject)'.",
            layer=layer.name(),
            crs=crs.authid() or crs.description(),
        )
    cells = own_cells(layer)
    if min(cells.width, cells.height) < SMALLEST_M:
        raise InputError(
            "The cells of the raster '{layer}' would be {size:.2g} m wide in {crs}: its coordinates are rather "
            "degrees. Set the CRS that they are in with 'Assign projection', then reproject it with 'Warp "
            "(reproject)'.",
            layer=layer.name(),
            size=min(cells.width, cells.height),
            crs=crs.authid() or crs.description(),
        )
    return crs


def plan_grid(layer: QgsRasterLayer, extent: QgsRectangle | None = None, cell_m: float | None = None) -> Cells:
    """The square cells of a raster within an extent, by default all, of an edge or its own (the smaller one)."""
    own = own_cells(layer)
    cell = float(cell_m or min(own.width, own.height))
    whole = layer.extent()
    box = whole if extent is None or extent.isNull() else whole.intersect(extent)
    if box.isNull() or box.isEmpty():
        raise InputError(
            "The extent does not overlap the raster '{layer}': choose an extent inside it, in any CRS.",
            layer=layer.name(),
        )
    aligned = math.isclose(cell, own.width, rel_tol=1e-6) and math.isclose(cell, own.height, rel_tol=1e-6)
    origin_x, origin_y = (own.west, own.north) if aligned else (box.xMinimum(), box.yMaximum())
    first_column = math.floor((box.xMinimum() - origin_x) / cell + 1e-6)
    first_row = math.floor((origin_y - box.yMaximum()) / cell + 1e-6)
    columns = math.ceil((box.xMaximum() - origin_x) / cell - 1e-6) - first_column
    rows = math.ceil((origin_y - box.yMinimum()) / cell - 1e-6) - first_row
    corner = (origin_x + first_column * cell, origin_y - first_row * cell)
    return Cells(*corner, cell, cell, max(rows, 1), max(columns, 1))


def own_cells(layer: QgsRasterLayer) -> Cells:
    """The cells of a raster as they are, in its CRS."""
    extent = layer.extent()
    size = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    return Cells(extent.xMinimum(), extent.yMaximum(), *size, layer.height(), layer.width())


def read_grid(layer: QgsRasterLayer, cells: Cells | None = None, output: str = "", *, exact: bool = False) -> Grid:
    """Band 1 of a raster on square cells in its own CRS, by default those of `plan_grid`; see `read_cells`."""
    cells = cells or plan_grid(layer)
    crs = crs_text(layer.crs())
    return Grid(read_cells(layer, cells, crs, output=output, exact=exact), cells.west, cells.north, cells.width, crs)


def read_cells(
    layer: QgsRasterLayer,
    cells: Cells,
    crs: str,
    nearest: bool = False,
    *,
    output: str = "",
    exact: bool = False,
    opened: gdal.Dataset | None = None,
) -> np.ndarray:
    """Band 1 of a GDAL raster layer on some cells.

    Cells that coincide with the layer's own are read as they are. Onto others the layer is resampled: coarser cells in
    the same CRS get the average, all others a bilinear value. A raster whose rows do not run from north to south, or
    that is rotated, is brought to the cells by its own transform.

    Parameters
    ----------
    layer : QgsRasterLayer
        The source, read through GDAL; its scale, offset, mask and no data value are honoured.
    cells : Cells
    crs : str
        CRS of the cells as core carries it; "" for the layer's own.
    nearest : bool
        Resample by taking the nearest cell: for classes, and for values that must occur in the layer.
    output : str
        What the values are, as the plugin's own output of that kind: they are converted to its unit from the one that
        the raster names (`raster_units`). "" leaves them as they are.
    exact : bool
        Give float64 where float32 would move a value by more than `LOST_M`.
    opened : gdal.Dataset, optional
        The layer's file, where it is open already.

    Returns
    -------
    float32 array, shape (rows, columns), or float64
        NaN outside the layer and where it has no data.

    Raises
    ------
    InputError
        When the file cannot be read.
    """
    source, own, own_crs = opened or open_raster(layer), own_cells(layer), crs_text(layer.crs())
    band, unit = source.GetRasterBand(1), unit_factor(source, output)
    scale, offset = unit * (band.GetScale() or 1.0), unit * (band.GetOffset() or 0.0)
    scaled = (scale, offset) != (1.0, 0.0)
    kind = np.float64 if exact and (scaled or band.DataType not in _FITTING) else np.float32
    target, orientation = crs or own_crs, orientation_of(source)
    how = resampling_of(layer, cells, crs, nearest)
    if how is Resampling.NONE and orientation is Orientation.NORTH_UP:
        values = _window(source, layer, cells, own, kind)
    else:
        values = _warp(source, layer, own_crs, cells, target, how.value or "near", kind)
        if (
            how is Resampling.MEAN and orientation is Orientation.TURNED
        ):  # else cells that reach over its edge have data
            values[np.isnan(_warp(source, layer, own_crs, cells, target, "near", np.float32))] = np.nan
    if scaled:
        values = values * kind(scale) + kind(offset)
    return values if kind is np.float32 else _narrowed(values)


def resampling_of(layer: QgsRasterLayer, cells: Cells, crs: str, nearest: bool = False) -> Resampling:
    """How `read_cells` brings a raster onto cells."""
    own, own_crs = own_cells(layer), crs_text(layer.crs())
    same_crs = crs in ("", own_crs)
    if same_crs and _coincide(cells, own) and orientation_of(open_raster(layer)) is not Orientation.TURNED:
        return Resampling.NONE
    if nearest:
        return Resampling.NEAREST
    return Resampling.MEAN if same_crs and cells.width > 1.01 * max(own.width, own.height) else Resampling.BILINEAR


def _narrowed(values: np.ndarray) -> np.ndarray:
    """The values as float32 where that moves none of them by more than `LOST_M`, else as they are."""
    narrow = values.astype(np.float32)
    lost = max(float(np.nanmax(np.abs(a - b), initial=0.0)) for a, b in zip(values, narrow, strict=True))
    return narrow if lost <= LOST_M else values


def write_grid(
    grid: Grid, path: str | Path, *, description: str = "", unit: str = "", metadata: dict[str, str] | None = None
) -> None:
    """Write a Grid as a compressed, tiled GeoTIFF and compare it; NaN becomes the no data value -9999.

    An array of uint8 is written as bytes with the no data value 255.

    Raises
    ------
    ResourceError
        When the file cannot be written, or does not give the values back, naming it and the reason.
    """
    write_bands(grid, path, [Band(lambda: grid.values, description, unit)], metadata)


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as core carries it: its authority code where it has one, else WKT, "" when invalid."""
    if not crs.isValid():
        return ""
    return (
        crs.authid()
        if ":" in crs.authid() and not crs.authid().startswith("USER")
        else crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)
    )


def _coincide(cells: Cells, own: Cells) -> bool:
    same = all(math.isclose(getattr(cells, name), getattr(own, name), rel_tol=1e-6) for name in ("width", "height"))
    columns, rows = (cells.west - own.west) / own.width, (own.north - cells.north) / own.height
    return same and abs(columns - round(columns)) < 1e-3 and abs(rows - round(rows)) < 1e-3


def orientation_of(source: gdal.Dataset) -> Orientation:
    """How a raster lies; QGIS shows what is not north up through a warped copy, whose cells `own_cells` has."""
    transform = source.GetGeoTransform(can_return_null=True)
    if transform is None:
        return Orientation.TURNED if source.GetGCPCount() else Orientation.NORTH_UP
    _, width, row_turn, _, column_turn, height = transform
    if row_turn or column_turn:
        return Orientation.TURNED if width or height else Orientation.MIRRORED
    return Orientation.MIRRORED if width < 0 or height > 0 else Orientation.NORTH_UP


def open_raster(layer: QgsRasterLayer) -> gdal.Dataset:
    """The file of a raster layer; raises InputError where it has none."""
    dataset = gdal.Open(layer.dataProvider().dataSourceUri()) if layer.isValid() else None
    if dataset is None or dataset.RasterCount < 1:
        raise InputError(
            "The raster '{layer}' cannot be read as a file: export it to GeoTIFF and choose that.", layer=layer.name()
        )
    return dataset


def _window(source: gdal.Dataset, layer: QgsRasterLayer, cells: Cells, own: Cells, kind: type) -> np.ndarray:
    """Cells that coincide with the source's own: read as they are, NaN outside."""
    column, row = round((cells.west - own.west) / own.width), round((own.north - cells.north) / own.height)
    left, top = max(column, 0), max(row, 0)
    right, bottom = min(column + cells.columns, source.RasterXSize), min(row + cells.rows, source.RasterYSize)
    if right <= left or bottom <= top:
        return np.full((cells.rows, cells.columns), np.nan, kind)
    band, window = source.GetRasterBand(1), (left, top, right - left, bottom - top)
    try:
        raw = checked(band.ReadAsArray, *window)
        without = _no_data(band, raw, window)
        values = raw.astype(kind, copy=False)
        values[without | ~np.isfinite(values)] = np.nan
    except OSError as error:
        raise InputError(damaged_raster(layer.name(), error)) from error
    if values.shape == (cells.rows, cells.columns):
        return values
    result = np.full((cells.rows, cells.columns), np.nan, kind)
    result[top - row : bottom - row, left - column : right - column] = values
    return result


NEAR = 1e-5
"""Values whose share of the no data value differs from 1 by more are not equal to it, as GDAL counts."""


def _no_data(band: gdal.Band, raw: np.ndarray, window: tuple[int, int, int, int]) -> np.ndarray:
    """Where values as read are no data, as the band's mask says.

    GDAL makes the mask of a no data value from the values themselves, and would read them again: here they are compared
    as it does (ARE_REAL_EQUAL), which is several times as fast.
    """
    no_data = band.GetNoDataValue()
    if raw.dtype != np.float32 or band.GetMaskFlags() != gdal.GMF_NODATA or no_data is None:
        return np.asarray(checked(band.GetMaskBand().ReadAsArray, *window) == 0)
    if np.isnan(no_data):
        return np.isnan(raw)
    wanted = np.float32(no_data)
    result = raw == wanted
    # Few values are so near to it without being equal.
    low, high = sorted(float(wanted) * share for share in (1.0 - NEAR, 1.0 + NEAR))
    near = np.flatnonzero((raw > low) & (raw < high) & ~result)
    values = raw.ravel()[near]
    with np.errstate(over="ignore"):  # infinite, as GDAL's
        limits = np.finfo(np.float32).eps * np.abs(values + wanted) * 2
    result.ravel()[near] = np.abs(values - wanted) < limits
    return result


def _warp(
    source: gdal.Dataset, layer: QgsRasterLayer, crs: str, cells: Cells, target: str, method: str, kind: type
) -> np.ndarray:
    """The source resampled onto cells in another place or CRS; NaN outside."""
    own, wanted = (spatial_reference(text).ExportToWkt() if text else None for text in (crs, target))
    picked = gdal.Translate("", source, format="VRT", bandList=[1], **({"outputSRS": own} if own else {}))
    picked, no_data = _without_nan(picked)
    options = gdal.WarpOptions(
        format="MEM",
        outputBounds=(cells.west, cells.south, cells.east, cells.north),
        width=cells.columns,
        height=cells.rows,
        srcSRS=own,
        dstSRS=wanted,
        resampleAlg=method,
        outputType=gdal.GDT_Float64 if kind is np.float64 else gdal.GDT_Float32,
        srcNodata=no_data,
        dstNodata=math.nan,
        multithread=True,
    )
    try:
        warped = checked(lambda: gdal.Warp("", picked, options=options))
        reason = (
            None if warped is not None else "its cells cannot be read"
        )  # what its threads report does not come here
    except OSError as error:
        reason = str(error)
    if reason is not None:
        raise InputError(
            "The raster '{layer}' cannot be brought to {target} ({gdal}): the file may be damaged, copy or export it "
            "again.",
            layer=layer.name(),
            target=target[:40],
            gdal=reason,
        )
    values = warped.ReadAsArray()
    values[~np.isfinite(values)] = np.nan
    return values


def _without_nan(picked: gdal.Dataset) -> tuple[gdal.Dataset, float | None]:
    """A VRT of one source whose NaN cells have its no data value, and that value: GDAL would take NaN into means."""
    band = picked.GetRasterBand(1)
    declared = band.GetNoDataValue()
    if band.DataType not in (gdal.GDT_Float32, gdal.GDT_Float64):
        return picked, declared
    if declared is None:
        return picked, math.nan if band.GetMaskFlags() == gdal.GMF_ALL_VALID else None
    if math.isnan(declared):
        return picked, declared
    text = picked.GetMetadata("xml:VRT")[0]
    text = text.replace("<SimpleSource>", "<ComplexSource>").replace(
        "</SimpleSource>", "<NODATA>nan</NODATA></ComplexSource>"
    )
    return gdal.Open(text), declared
