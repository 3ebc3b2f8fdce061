"""A terrain as the checks read it: windows of square cells north up, from a raster of any form, unit and CRS."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)

from ...core.common import units
from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.flood.terrain_checks.limits import Kind, Severity
from ...core.flood.terrain_checks.no_data import KNOWN
from ..kernel.gdal_basics import spatial_reference
from ..kernel.gdal_calls import checked, damaged_raster
from ..kernel.raster_kinds import TERRAIN
from ..kernel.raster_units import unit_factor, unit_name
from ..kernel.rasters import (
    SMALLEST_M,
    Orientation,
    crs_text,
    crs_unit_m,
    open_raster,
    orientation_of,
    own_cells,
    plan_grid,
)

DECLARED = "declared"
"""The choice of a unit that leaves it to the file."""
_FITTING = (gdal.GDT_Byte, gdal.GDT_Int16, gdal.GDT_UInt16, gdal.GDT_Float32)
SAMPLED = 2000
"""At most about so many rows and columns are looked through for a no data value before a terrain is resampled."""


@dataclass(frozen=True)
class Remark:
    """Something about the whole terrain: what is wrong, the cure, and whether the mended terrain is free of it."""

    kind: Kind
    severity: Severity
    what: Message
    cure: Message
    mended: bool


@dataclass
class TerrainSource:
    """A terrain that is read in windows; the `Terrain` of core.

    Attributes
    ----------
    cells : Cells
        Square, north up.
    crs : QgsCoordinateReferenceSystem
        Of the cells; not valid where nobody knows it.
    factor, offset : float
        From the numbers of the file to m.
    kind : int
        GDAL's type that holds the heights without loss.
    remarks : list of Remark
        On form and units.
    """

    name: str
    cells: Cells
    crs: QgsCoordinateReferenceSystem
    factor: float
    offset: float
    kind: int
    remarks: list[Remark]
    _source: gdal.Dataset = field(repr=False)

    @property
    def rows(self) -> int:
        return self.cells.rows

    @property
    def columns(self) -> int:
        return self.cells.columns

    @property
    def cell_m(self) -> float:
        return self.cells.width

    def read(self, row: int, column: int, rows: int, columns: int) -> np.ndarray:
        """The numbers of a window as float64; NaN without data and outside. Raises InputError for a damaged file."""
        result = np.full((rows, columns), np.nan)
        left, top = max(column, 0), max(row, 0)
        right, bottom = min(column + columns, self.columns), min(row + rows, self.rows)
        if right <= left or bottom <= top:
            return result
        band, window = self._source.GetRasterBand(1), (left, top, right - left, bottom - top)
        try:
            values = checked(band.ReadAsArray, *window).astype(np.float64)
            values[checked(band.GetMaskBand().ReadAsArray, *window) == 0] = np.nan
        except OSError as error:
            raise InputError(damaged_raster(self.name, error)) from error
        values[np.isinf(values)] = np.nan
        result[top - row : bottom - row, left - column : right - column] = values
        return result


def open_terrain(layer: QgsRasterLayer, unit: str = DECLARED, crs: QgsCoordinateReferenceSystem | None = None) -> Any:
    """Open a terrain for its checks.

    Parameters
    ----------
    layer : QgsRasterLayer
        Checked to be heights by its header.
    unit : str
        The unit of its heights, or `DECLARED`.
    crs : QgsCoordinateReferenceSystem, optional
        CRS in metres of the cells; by default that of the layer, or the UTM zone where that is not in metres.

    Returns
    -------
    TerrainSource

    Raises
    ------
    InputError
        When the file, the CRS or the size of the cells cannot be used.
    """
    return _Opening(layer, unit, crs if crs is not None and crs.isValid() else None).opened()


class _Opening:
    """Decides how a terrain is read, and says what about."""

    def __init__(self, layer: QgsRasterLayer, unit: str, crs: QgsCoordinateReferenceSystem | None) -> None:
        self.layer, self.unit, self.wanted = layer, unit, crs
        self.source = open_raster(layer)
        self.remarks: list[Remark] = []

    def opened(self) -> TerrainSource:
        band = self.source.GetRasterBand(1)
        unit = self._unit_factor()
        factor, offset = unit * (band.GetScale() or 1.0), unit * (band.GetOffset() or 0.0)
        own, crs = self.layer.crs(), self._crs()
        form = orientation_of(self.source)
        cells = own_cells(self.layer)
        square = math.isclose(cells.width, cells.height, rel_tol=1e-6)
        self._say_form(form, cells, square)
        data = self.source
        if own.isValid() and crs != own:
            data = self._warped("bilinear", own, crs, None)
            transform = data.GetGeoTransform()
            cells = Cells(transform[0], transform[3], transform[1], -transform[5], data.RasterYSize, data.RasterXSize)
        elif form is Orientation.TURNED or not square:
            cells = plan_grid(self.layer)
            data = self._warped("bilinear", own, own, cells)
        elif form is Orientation.MIRRORED:
            data = self._warped("near", own, own, cells)
        if cells.width < SMALLEST_M:
            raise InputError(
                "The cells of the raster '{layer}' are {size:.2g} wide, which cannot be metres: its coordinates are "
                "rather degrees. Set the CRS that they are in with 'Assign projection'.",
                layer=self.layer.name(),
                size=cells.width,
            )
        fits = band.DataType in _FITTING and (factor, offset) == (1.0, 0.0)
        kind = gdal.GDT_Float32 if fits else gdal.GDT_Float64
        return TerrainSource(self.layer.name(), cells, crs, factor, offset, kind, self.remarks, data)

    def _say(self, severity: Severity, what: Message, cure: Message, mended: bool, kind: Kind = Kind.FORM) -> None:
        self.remarks.append(Remark(kind, severity, what, cure, mended))

    def _unit_factor(self) -> float:
        """What brings the heights to m."""
        name = unit_name(self.source, TERRAIN)
        if self.unit != DECLARED:
            factor = units.factor(self.unit, "m") or 1.0
            if factor != 1.0:
                what = Message("The heights are in {unit}, as was chosen, and not in m.", unit=self.unit)
                self._say(Severity.WRONG, what, Message("Use the mended terrain, which is in m."), True, Kind.UNITS)
            return factor
        known = units.factor(name, "m")
        if known is None:
            what = Message("The unit '{unit}' is not known: the heights count as m.", unit=name)
            self._say(Severity.CHECK, what, Message("Choose the unit in HEIGHT_UNIT."), False, Kind.UNITS)
        elif known != 1.0:
            what = Message("The heights are in {unit} and not in m.", unit=name)
            self._say(Severity.WRONG, what, Message("Use the mended terrain, which is in m."), True, Kind.UNITS)
        return unit_factor(self.source, TERRAIN)

    def _crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the checks, in metres."""
        own, wanted = self.layer.crs(), self.wanted
        if wanted is not None and not _in_metres(wanted):
            raise InputError("The CRS {crs} is not in metres: choose a projected one.", crs=wanted.authid())
        if not own.isValid():
            what = Message("The terrain has no CRS.")
            cure = Message("Choose the CRS that its coordinates are in as CRS, or set it with 'Assign projection'.")
            self._say(Severity.WRONG, what, cure, wanted is not None)
            return wanted or own
        if _in_metres(own):
            return wanted or own
        target = wanted or _utm_zone(self.layer)
        what = Message("The CRS {crs} is not in metres.", crs=own.authid() or own.description())
        cure = Message("Use the mended terrain, which is in {crs}, or choose another CRS.", crs=target.authid())
        self._say(Severity.WRONG, what, cure, True)
        return target

    def _say_form(self, form: Orientation, cells: Cells, square: bool) -> None:
        if form is Orientation.TURNED:
            what = Message("The terrain is rotated.")
            cure = Message("Use the mended terrain, which is resampled (bilinear) to north up, or the original survey.")
            self._say(Severity.CHECK, what, cure, True)
        elif form is Orientation.MIRRORED:
            what = Message("The rows of the terrain do not run from north to south, or its columns from west to east.")
            self._say(Severity.CHECK, what, Message("Use the mended terrain, which has the same cells north up."), True)
        if not square:
            what = Message("The cells are {w:.6g} x {h:.6g} and not square.", w=cells.width, h=cells.height)
            cure = Message("Use the mended terrain, which is resampled (bilinear) to square cells.")
            self._say(Severity.CHECK, what, cure, True)

    def _warped(
        self, method: str, own: QgsCoordinateReferenceSystem, crs: QgsCoordinateReferenceSystem, cells: Cells | None
    ) -> gdal.Dataset:
        """The terrain brought to other cells, computed where it is read."""
        texts = [spatial_reference(crs_text(c)).ExportToWkt() if c.isValid() else None for c in (own, crs)]
        place: dict[str, Any] = {}
        if cells is not None:
            bounds = (cells.west, cells.south, cells.east, cells.north)
            place = {"outputBounds": bounds, "width": cells.columns, "height": cells.rows}
        no_data = self.source.GetRasterBand(1).GetNoDataValue()
        if no_data is None and method != "near":
            no_data = self._undeclared()
        options = gdal.WarpOptions(
            format="VRT",
            srcSRS=texts[0],
            dstSRS=texts[1],
            resampleAlg=method,
            errorThreshold=0.0,
            outputType=gdal.GDT_Float64,
            srcNodata=no_data,
            dstNodata=math.nan,
            **place,
        )
        try:
            return checked(lambda: gdal.Warp("", self.source, options=options))
        except OSError as error:
            raise InputError(damaged_raster(self.layer.name(), error)) from error

    def _undeclared(self) -> float | None:
        """A value that stands for no data: resampling would mix it with heights beside it."""
        band, width, height = self.source.GetRasterBand(1), self.source.RasterXSize, self.source.RasterYSize
        size = {"buf_xsize": min(width, SAMPLED), "buf_ysize": min(height, SAMPLED)}
        values = band.ReadAsArray(0, 0, width, height, **size)
        counts = {value: int((values == value).sum()) for value in KNOWN if value}
        value = max(counts, key=counts.__getitem__)
        if not counts[value]:
            return None
        what = Message("Cells have the value {value:g}, which stands for no data and is not declared.", value=value)
        self._say(Severity.WRONG, what, Message("Use the mended terrain, where they have no data."), True, Kind.NO_DATA)
        return value


def _in_metres(crs: QgsCoordinateReferenceSystem) -> bool:
    return not crs.isGeographic() and abs(crs_unit_m(crs) - 1.0) <= 1e-6


def _utm_zone(layer: QgsRasterLayer) -> QgsCoordinateReferenceSystem:
    """The UTM zone of the middle of a layer, on WGS 84."""
    world = QgsCoordinateReferenceSystem("EPSG:4326")
    try:
        middle = QgsCoordinateTransform(layer.crs(), world, QgsProject.instance()).transform(
            QgsPointXY(layer.extent().center())
        )
    except QgsCsException as error:
        raise InputError(
            "The terrain '{layer}' lies outside the area of its CRS: set the right one with 'Assign projection'.",
            layer=layer.name(),
        ) from error
    zone = min(60, max(1, int((middle.x() + 180.0) // 6.0) + 1))
    return QgsCoordinateReferenceSystem(f"EPSG:{(32600 if middle.y() >= 0 else 32700) + zone}")
