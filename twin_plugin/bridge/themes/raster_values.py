"""Statistics of a raster's cells within a district, exact: no data as the file says, cells by their centres."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from qgis.core import QgsFeedback, QgsPointXY, QgsRasterLayer

from ...core.common.cells import Cells
from ...core.common.errors import Cancelled, InputError
from ...core.common.messages import Message
from ...core.themes.district import District
from ...core.themes.indicator_values import Measured
from ...core.themes.theme import Indicator, Statistic
from ..kernel.crs_scale import ground_metres
from ..kernel.rasters import crs_text, open_raster, own_cells, read_cells, require_crs, require_metres
from .district_area import DistrictArea

STRIP_CELLS = 1 << 21
"""Cells that are read at once."""
NO_DATA = Message("cells without data")
STATISTICS = (Statistic.MINIMUM, Statistic.MAXIMUM, Statistic.MEAN, Statistic.AREA_ABOVE)
"""What rasters have."""


@dataclass
class _Sums:
    """What is gathered strip by strip."""

    least: float = math.inf
    greatest: float = -math.inf
    total: float = 0.0
    cells: int = 0
    above: int = 0
    empty: int = 0

    def add(self, values: np.ndarray, limit: float) -> None:
        """Take the cells of a strip that lie in the district; NaN is no data."""
        there = values[np.isfinite(values)]
        self.empty += values.size - there.size
        if there.size:
            self.least = min(self.least, float(there.min()))
            self.greatest = max(self.greatest, float(there.max()))
            self.total += float(there.sum(dtype=np.float64))
            self.cells += int(there.size)
            self.above += int(np.count_nonzero(there > limit))


def measure(
    indicator: Indicator, layer: QgsRasterLayer, district: District | None, feedback: QgsFeedback | None = None
) -> Measured:
    """An indicator of a raster: its least, greatest or mean value, or the area in m² with more than a value.

    Raises
    ------
    InputError
        Where the statistic or the filter is none of a raster's, or the raster cannot be read, has no CRS, or no true
        metres for an area.
    Cancelled
    """
    if indicator.statistic not in STATISTICS or indicator.expression or indicator.where:
        raise InputError(
            "The raster '{layer}' has neither features nor fields: use the statistic min, max, mean or area_above, and "
            "no expression.",
            layer=layer.name(),
        )
    crs = require_crs(layer)
    area = DistrictArea(district, crs) if district is not None else None
    own = own_cells(layer)
    cells = _window(own, area)
    cell_m2 = _cell_m2(layer, cells) if indicator.statistic is Statistic.AREA_ABOVE else 0.0
    sums = _sums(layer, cells, area, indicator.above, feedback)
    left_out = {NO_DATA: sums.empty} if sums.empty else {}
    if not sums.cells:
        note = Message("The raster '{layer}' has no data in the district.", layer=layer.name())
        return Measured(left_out=left_out, notes=(note,))
    value = {
        Statistic.MINIMUM: sums.least,
        Statistic.MAXIMUM: sums.greatest,
        Statistic.MEAN: sums.total / sums.cells,
        Statistic.AREA_ABOVE: sums.above * cell_m2,
    }[indicator.statistic]
    return Measured(value, None, sums.cells, left_out)


def _window(own: Cells, area: DistrictArea | None) -> Cells:
    """The cells of a raster in the box of a district; none where they do not meet."""
    if area is None:
        return own
    box = area.box()
    first = max(0, math.floor((box.xMinimum() - own.west) / own.width))
    last = min(own.columns, math.ceil((box.xMaximum() - own.west) / own.width))
    top = max(0, math.floor((own.north - box.yMaximum()) / own.height))
    bottom = min(own.rows, math.ceil((own.north - box.yMinimum()) / own.height))
    west, north = own.west + first * own.width, own.north - top * own.height
    return Cells(west, north, own.width, own.height, max(0, bottom - top), max(0, last - first))


def _sums(
    layer: QgsRasterLayer, cells: Cells, area: DistrictArea | None, limit: float, feedback: QgsFeedback | None
) -> _Sums:
    import shapely

    sums = _Sums()
    polygon = area.polygon() if area is not None and cells.size else None
    if polygon is not None:
        shapely.prepare(polygon)
    opened, crs = open_raster(layer), crs_text(layer.crs())
    height = max(1, STRIP_CELLS // max(1, cells.columns))
    for row in range(0, cells.rows if cells.columns else 0, height):
        if feedback is not None and feedback.isCanceled():
            raise Cancelled
        count = min(height, cells.rows - row)
        strip = Cells(cells.west, cells.north - row * cells.height, cells.width, cells.height, count, cells.columns)
        values = read_cells(layer, strip, crs, exact=True, opened=opened)
        if polygon is not None:
            x, y = strip.axes()
            values = values[shapely.contains_xy(polygon, *np.meshgrid(x, y))]
        sums.add(values.ravel(), limit)
    return sums


def _cell_m2(layer: QgsRasterLayer, cells: Cells) -> float:
    """The area of a cell, in true metres."""
    crs = require_metres(layer)
    middle = QgsPointXY((cells.west + cells.east) / 2, (cells.north + cells.south) / 2)
    if abs(ground_metres(crs, middle) - 1.0) > 1e-6:
        raise InputError(
            "Areas cannot be measured in {crs}, the CRS of the raster '{layer}': reproject it to a projected CRS of "
            "the place in metres.",
            crs=crs.authid() or crs.description(),
            layer=layer.name(),
        )
    return cells.width * cells.height
