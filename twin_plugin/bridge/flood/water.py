"""Water for the risk of buildings: rasters in any CRS and a RESULT, cut to the buildings and brought onto one grid."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsRasterLayer

from ...core.common.cells import Cells, metres_per_degree
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ...core.risk.ingress import Water
from ..kernel.rasters import crs_text, crs_unit_m
from .ugrid_reader import Result


class WaterSource:
    """The layers that the user chose, before anything of them is read.

    Parameters
    ----------
    depth, level, arrival : QgsRasterLayer, optional
    result : str
        Path of a RESULT, or "".

    Raises
    ------
    InputError
        When neither a depth, a level nor a result is given, or a layer has no CRS.
    """

    def __init__(
        self, depth: QgsRasterLayer | None, level: QgsRasterLayer | None, arrival: QgsRasterLayer | None, result: str
    ) -> None:
        self.depth, self.level, self.arrival = depth, level, arrival
        self.result = Result(result) if result else None
        self.main = depth or level
        if self.main is None and self.result is None:
            raise InputError("Neither depths nor levels of the water were given: choose DEPTH, LEVEL or RESULT.")
        for layer in (depth, level, arrival):
            if layer is not None and not (layer.isValid() and layer.crs().isValid()):
                raise InputError(
                    "The raster '{layer}' cannot be read or has no CRS: set it with 'Assign projection'.",
                    layer=layer.name(),
                )
        self.crs = self.main.crs() if self.main is not None else self.result.crs
        if not self.crs.isValid():
            raise InputError(
                "The result '{result}' has no CRS: choose DEPTH or LEVEL too, or run the simulation again.",
                result=result,
            )
        self.name = self.main.name() if self.main is not None else result

    def cells(self) -> Cells:
        """All cells of the main layer."""
        if self.main is None:
            own = self.result.cells
            whole = (own.west, own.north, own.width, own.height, own.rows, own.columns)
        else:
            extent, layer = self.main.extent(), self.main
            width, height = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
            whole = (extent.xMinimum(), extent.yMaximum(), width, height, layer.height(), layer.width())
        return Cells(*whole, *_metres(self.crs, whole[1] - whole[3] * whole[4] / 2))

    def read(
        self,
        bounds: tuple[float, float, float, float],
        dry_m: float,
        context: QgsProcessingContext,
        progress: Progress = silent,
    ) -> Water:
        """The water within some bounds (west, south, east, north in `crs`) and three cells around them.

        Raises
        ------
        InputError
            When the bounds lie outside the main layer.
        """
        cells = _window(self.cells(), bounds)
        if cells is None:
            raise InputError(
                "The water '{name}' ({crs}) does not overlap the buildings: check the CRS of both.",
                name=self.name,
                crs=crs_text(self.crs)[:40],
            )
        depth, level, arrival = (
            None if layer is None else _values(layer, cells, self.crs)
            for layer in (self.depth, self.level, self.arrival)
        )
        if self.result is not None:
            self.result.follow(self.crs, context.transformContext())
            if depth is None or level is None:
                greatest = self.result.greatest(dry_m, progress)
                face_depth, face_level = (self._spread(values, cells) for values in greatest)
                depth, level = face_depth if depth is None else depth, face_level if level is None else level
        return Water(cells, depth, level, arrival, self.result)

    def _spread(self, values: np.ndarray, cells: Cells) -> np.ndarray:
        """Values by cell of the result at the centres of other cells in the same CRS."""
        own = self.result.cells
        if self.result.crs.isValid() and self.result.crs != self.crs:
            raise InputError(
                "The result is in {crs} and '{name}' in {crs2}: choose both DEPTH and LEVEL, or reproject the raster.",
                crs=self.result.crs.authid(),
                name=self.name,
                crs2=self.crs.authid(),
            )
        number = own.index(*cells.centres(np.arange(cells.size)))
        return np.where(number >= 0, values[number], np.nan)


def _metres(crs: QgsCoordinateReferenceSystem, middle: float) -> tuple[float, float]:
    if crs.isGeographic():
        return metres_per_degree(max(-89.0, min(89.0, middle)))
    unit = crs_unit_m(crs)
    return (unit, unit) if unit > 0 and math.isfinite(unit) else (1.0, 1.0)


def _window(cells: Cells, bounds: tuple[float, float, float, float]) -> Cells | None:
    """The cells within bounds and some around; None where there are none."""
    if not all(math.isfinite(value) for value in bounds):
        return None
    west, south, east, north = bounds
    around = max(3, math.ceil(cells.reach_m / min(cells.width_m, cells.height_m)) + 2)
    first = [math.floor((west - cells.west) / cells.width), math.floor((cells.north - north) / cells.height)]
    last = [math.floor((east - cells.west) / cells.width), math.floor((cells.north - south) / cells.height)]
    left, top = max(0, first[0] - around), max(0, first[1] - around)
    right, bottom = min(cells.columns, last[0] + around + 1), min(cells.rows, last[1] + around + 1)
    if (
        right <= left
        or bottom <= top
        or last[0] < 0
        or last[1] < 0
        or first[0] >= cells.columns
        or first[1] >= cells.rows
    ):
        return None
    corner = (cells.west + left * cells.width, cells.north - top * cells.height)
    return Cells(*corner, cells.width, cells.height, bottom - top, right - left, cells.metres_x, cells.metres_y)


def _values(layer: QgsRasterLayer, cells: Cells, crs: QgsCoordinateReferenceSystem) -> np.ndarray:
    """Band 1 on the cells, flat, float32, no data NaN: the same cells where they coincide, the nearest otherwise."""
    source = gdal.Open(layer.dataProvider().dataSourceUri())
    if source is None:
        raise InputError(
            "The raster '{layer}' cannot be read as a file: export it to GeoTIFF and choose that.", layer=layer.name()
        )
    band = source.GetRasterBand(1)
    options: dict[str, Any] = {"format": "MEM", "outputType": gdal.GDT_Float32, "resampleAlg": "near"}
    east, south = cells.west + cells.columns * cells.width, cells.north - cells.rows * cells.height
    wkt = {"srcSRS": _wkt(layer.crs()), "dstSRS": _wkt(crs)}
    picked = gdal.Translate("", source, format="VRT", bandList=[1])
    warped = gdal.Warp(
        "",
        picked,
        outputBounds=(cells.west, south, east, cells.north),
        width=cells.columns,
        height=cells.rows,
        srcNodata=band.GetNoDataValue(),
        dstNodata=math.nan,
        **options,
        **wkt,
    )
    if warped is None:
        raise InputError(
            "The raster '{layer}' cannot be read: {reason}.",
            layer=layer.name(),
            reason=gdal.GetLastErrorMsg() or Message("its CRS is unusual"),
        )
    values = warped.ReadAsArray().astype(np.float32, copy=False).ravel()
    scale, offset = band.GetScale() or 1.0, band.GetOffset() or 0.0
    values = values if (scale, offset) == (1.0, 0.0) else values * np.float32(scale) + np.float32(offset)
    values[~np.isfinite(values)] = np.nan
    return values


def _wkt(crs: QgsCoordinateReferenceSystem) -> str:
    return crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL)
