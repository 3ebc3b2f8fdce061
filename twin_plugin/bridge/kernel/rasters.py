"""Raster layers to Grid and back: one reading, one writing, no data as NaN in between."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle

from ...core.common.errors import InputError, ResourceError
from ...core.common.grid import Grid

NO_DATA = -9999.0


@dataclass(frozen=True)
class GridPlan:
    """The place and size of a grid before it is read: what a memory check needs."""

    west: float
    north: float
    cell_m: float
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        return self.rows * self.columns


def require_metres(
    layer: QgsRasterLayer, crs: QgsCoordinateReferenceSystem | None = None
) -> QgsCoordinateReferenceSystem:
    """The CRS that work on `layer` uses, checked to exist and to be in metres.

    Raises
    ------
    InputError
        Naming the layer, when there is no CRS, or one in degrees or feet.
    """
    crs = crs if crs is not None and crs.isValid() else layer.crs()
    if not crs.isValid():
        raise InputError(
            "The raster '{layer}' has no CRS: set it in the layer's properties or with 'Assign projection'.",
            layer=layer.name(),
        )
    if crs.isGeographic() or abs(crs_unit_m(crs) - 1.0) > 1e-6:
        raise InputError(
            "The raster '{layer}' is in {crs}, which is not in metres: reproject it to a projected CRS in "
            "metres with 'Warp (reproject)'.",
            layer=layer.name(),
            crs=crs.authid() or crs.description(),
        )
    return crs


def crs_unit_m(crs: QgsCoordinateReferenceSystem) -> float:
    """Length of the CRS's unit in metres; NaN for degrees."""
    from qgis.core import Qgis, QgsUnitTypes

    if crs.isGeographic():
        return math.nan
    return float(QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), Qgis.DistanceUnit.Meters))


def plan_grid(layer: QgsRasterLayer, extent: QgsRectangle | None = None, cell_m: float | None = None) -> GridPlan:
    """Place and size of what `read_grid` would read with the same arguments, in the layer's own CRS."""
    own_x, own_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    cell = float(cell_m or min(own_x, own_y))
    whole = layer.extent()
    box = whole if extent is None or extent.isNull() else whole.intersect(extent)
    if box.isNull() or box.isEmpty():
        raise InputError(
            "The extent does not overlap the raster '{layer}': choose an extent inside it, in any CRS.",
            layer=layer.name(),
        )
    aligned = math.isclose(cell, own_x, rel_tol=1e-6) and math.isclose(cell, own_y, rel_tol=1e-6)
    origin_x, origin_y = (whole.xMinimum(), whole.yMaximum()) if aligned else (box.xMinimum(), box.yMaximum())
    first_column = math.floor((box.xMinimum() - origin_x) / cell + 1e-6)
    first_row = math.floor((origin_y - box.yMaximum()) / cell + 1e-6)
    columns = math.ceil((box.xMaximum() - origin_x) / cell - 1e-6) - first_column
    rows = math.ceil((origin_y - box.yMinimum()) / cell - 1e-6) - first_row
    return GridPlan(origin_x + first_column * cell, origin_y - first_row * cell, cell, max(rows, 1), max(columns, 1))


def read_grid(
    layer: QgsRasterLayer,
    extent: QgsRectangle | None = None,
    cell_m: float | None = None,
    like: Grid | None = None,
    nearest: bool = False,
) -> Grid:
    """Band 1 of a GDAL raster layer as a Grid.

    Parameters
    ----------
    layer : QgsRasterLayer
        The source, read through GDAL; its scale, offset and no data value are honoured.
    extent : QgsRectangle, optional
        In the layer's CRS; default the whole layer. Ignored with `like`.
    cell_m : float, optional
        Cell edge; default the layer's own (the smaller one where they differ). Ignored with `like`.
    like : Grid, optional
        Read onto exactly these cells, reprojecting from the layer's CRS to the grid's.
    nearest : bool
        Take the nearest cell instead of averaging or interpolating: for classes.

    Returns
    -------
    Grid
        float32, no data as NaN, with the CRS as authority code or WKT.

    Raises
    ------
    InputError
        When the file cannot be read, or does not overlap the extent.
    """
    source = _open(layer)
    crs = crs_text(layer.crs())
    if like is None:
        plan = plan_grid(layer, extent, cell_m)
        west, north, cell, rows, columns, target = plan.west, plan.north, plan.cell_m, plan.rows, plan.columns, crs
    else:
        west, north, cell, rows, columns = like.west, like.north, like.cell_m, like.rows, like.columns
        target = like.crs or crs
    own_x, own_y = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    same_cells = target == crs and _aligned(layer, west, north, cell, own_x, own_y)
    if same_cells:
        values = _window(source, layer, west, north, cell, rows, columns)
    else:
        coarser = target == crs and cell > 1.01 * max(own_x, own_y)
        method = "near" if nearest else ("average" if coarser else "bilinear")
        values = _warp(source, layer, crs, (west, north, cell, rows, columns), target, method)
    return Grid(values, west, north, cell, target)


def write_grid(
    grid: Grid, path: str | Path, *, description: str = "", unit: str = "", metadata: dict[str, str] | None = None
) -> None:
    """Write a Grid as a compressed, tiled GeoTIFF; NaN becomes the no data value -9999.

    An array of uint8 is written as bytes with the no data value 255.

    Raises
    ------
    ResourceError
        When the file cannot be written, naming it and the reason.
    """
    values = grid.values
    kind, no_data = (gdal.GDT_Byte, 255.0) if values.dtype == np.uint8 else (gdal.GDT_Float32, NO_DATA)
    predictor = "2" if kind == gdal.GDT_Byte else "3"
    options = [
        "TILED=YES",
        "COMPRESS=DEFLATE",
        f"PREDICTOR={predictor}",
        "ZLEVEL=4",
        "BIGTIFF=IF_SAFER",
        "NUM_THREADS=ALL_CPUS",
    ]
    try:
        with GdalExceptions():
            dataset = gdal.GetDriverByName("GTiff").Create(str(path), grid.columns, grid.rows, 1, kind, options)
            dataset.SetGeoTransform(grid.geotransform)
            if grid.crs:
                dataset.SetProjection(spatial_reference(grid.crs).ExportToWkt())
            band = dataset.GetRasterBand(1)
            band.SetNoDataValue(no_data)
            band.SetDescription(description)
            if unit:
                band.SetUnitType(unit)
            if metadata:
                dataset.SetMetadata(metadata)
            step = max(1, 4_000_000 // max(grid.columns, 1))
            for row in range(0, grid.rows, step):
                block = values[row : row + step]
                if kind == gdal.GDT_Float32:
                    block = np.where(np.isfinite(block), block, no_data).astype(np.float32)
                band.WriteArray(block, 0, row)
            if max(grid.rows, grid.columns) > 2048:
                dataset.BuildOverviews("AVERAGE" if kind == gdal.GDT_Float32 else "NEAREST", [4, 16])
            dataset.FlushCache()
            del band, dataset
    except RuntimeError as error:
        raise ResourceError(
            "The raster '{path}' could not be written ({error}): choose another folder or free some space.",
            path=path,
            error=error,
        ) from error


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """A CRS as core carries it: its authority code where it has one, else WKT, "" when invalid."""
    if not crs.isValid():
        return ""
    return (
        crs.authid()
        if ":" in crs.authid() and not crs.authid().startswith("USER")
        else crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)
    )


def _aligned(layer: QgsRasterLayer, west: float, north: float, cell: float, own_x: float, own_y: float) -> bool:
    whole = layer.extent()
    same_size = math.isclose(cell, own_x, rel_tol=1e-6) and math.isclose(cell, own_y, rel_tol=1e-6)
    columns, rows = (west - whole.xMinimum()) / cell, (whole.yMaximum() - north) / cell
    return same_size and abs(columns - round(columns)) < 1e-3 and abs(rows - round(rows)) < 1e-3


def _open(layer: QgsRasterLayer) -> gdal.Dataset:
    dataset = gdal.Open(layer.dataProvider().dataSourceUri()) if layer.isValid() else None
    if dataset is None or dataset.RasterCount < 1:
        raise InputError(
            "The raster '{layer}' cannot be read as a file: export it to GeoTIFF and choose that.", layer=layer.name()
        )
    return dataset


def _window(
    source: gdal.Dataset, layer: QgsRasterLayer, west: float, north: float, cell: float, rows: int, columns: int
) -> np.ndarray:
    """Cells that coincide with the source's own: read as they are, NaN outside."""
    whole = layer.extent()
    column, row = round((west - whole.xMinimum()) / cell), round((whole.yMaximum() - north) / cell)
    result = np.full((rows, columns), np.nan, np.float32)
    first_column, first_row = max(column, 0), max(row, 0)
    last_column, last_row = min(column + columns, source.RasterXSize), min(row + rows, source.RasterYSize)
    if last_column <= first_column or last_row <= first_row:
        return result
    band = source.GetRasterBand(1)
    data = band.ReadAsArray(first_column, first_row, last_column - first_column, last_row - first_row)
    if data is None:
        raise InputError(
            "The raster '{layer}' cannot be read: the file seems damaged ({gdal}).",
            layer=layer.name(),
            gdal=gdal.GetLastErrorMsg(),
        )
    mask = band.GetMaskBand().ReadAsArray(first_column, first_row, last_column - first_column, last_row - first_row)
    values = data.astype(np.float32)
    scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
    if (scale, offset) != (1.0, 0.0):
        values = values * np.float32(scale) + np.float32(offset)
    values[(mask == 0) | ~np.isfinite(values)] = np.nan
    result[first_row - row : last_row - row, first_column - column : last_column - column] = values
    return result


def _warp(
    source: gdal.Dataset,
    layer: QgsRasterLayer,
    crs: str,
    place: tuple[float, float, float, int, int],
    target: str,
    method: str,
) -> np.ndarray:
    west, north, cell, rows, columns = place
    band = source.GetRasterBand(1)
    if crs:
        translated = gdal.Translate(
            "", source, format="VRT", bandList=[1], outputSRS=spatial_reference(crs).ExportToWkt()
        )
    else:
        translated = gdal.Translate("", source, format="VRT", bandList=[1])
    warped = gdal.Warp(
        "",
        translated,
        format="MEM",
        outputBounds=(west, north - rows * cell, west + columns * cell, north),
        width=columns,
        height=rows,
        srcSRS=spatial_reference(crs).ExportToWkt() if crs else None,
        dstSRS=spatial_reference(target).ExportToWkt() if target else None,
        resampleAlg=method,
        outputType=gdal.GDT_Float32,
        srcNodata=band.GetNoDataValue(),
        dstNodata=NO_DATA,
        multithread=True,
    )
    if warped is None:
        raise InputError(
            "The raster '{layer}' cannot be brought to {target}: {gdal}",
            layer=layer.name(),
            target=target,
            gdal=gdal.GetLastErrorMsg(),
        )
    values = warped.ReadAsArray().astype(np.float32)
    values[(values == np.float32(NO_DATA)) | ~np.isfinite(values)] = np.nan
    scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
    return values if (scale, offset) == (1.0, 0.0) else values * np.float32(scale) + np.float32(offset)


def spatial_reference(crs: str) -> osr.SpatialReference:
    """A CRS as core carries it for GDAL, x before y."""
    reference = osr.SpatialReference()
    reference.SetFromUserInput(crs)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return reference


class GdalExceptions:
    """GDAL errors as exceptions inside a with block, on GDAL older than 3.7."""

    def __enter__(self) -> None:
        self.before = gdal.GetUseExceptions()
        gdal.UseExceptions()

    def __exit__(self, *_: object) -> None:
        if not self.before:
            gdal.DontUseExceptions()
