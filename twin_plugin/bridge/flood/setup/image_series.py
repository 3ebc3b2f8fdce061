"""RAIN_RASTERS as a series of images: which band of which file, its time, its unit, and where its pixels lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from osgeo import gdal
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt

from ....core.common.errors import InputError
from ....core.flood.rain.rain_times import read_moment
from ....core.flood.rain.rain_units import RainUnit, find_unit
from ...kernel.gdal_calls import checked
from ...kernel.rasters import crs_text, open_raster, require_crs

_SINCE = re.compile(r"^\s*(\w+)\s+since\s+(.+?)\s*$", re.IGNORECASE)
_UNITS_S = {
    "s": 1, "sec": 1, "second": 1, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600, "d": 86400,
    "day": 86400,
}  # fmt: skip
_STAMP = re.compile(
    r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})[-_. T]*(\d{2})[-_.:h]?(\d{2})(?:[-_.:]?(\d{2}))?(?!\d)(Z?)"
)
"""A date and a time of day in a name: radar_20260601T0810, rain-2026-06-01_08.10."""
_MINUTES = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*min(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class RainImage:
    """One band of a raster.

    Attributes
    ----------
    layer : QgsRasterLayer
    dataset : gdal.Dataset
    band : int
        From 1.
    time : datetime or float or None
        The time that names it, minutes where it is a number.
    span : tuple of datetime or None
        Its beginning and end, where the layer's temporal properties have both.
    unit : RainUnit or None
        As the band says.
    unit_text : str
    """

    layer: QgsRasterLayer
    dataset: gdal.Dataset
    band: int
    time: datetime | float | None
    span: tuple[datetime, datetime] | None
    unit: RainUnit | None
    unit_text: str


def list_images(layers: Sequence[QgsRasterLayer]) -> list[RainImage]:
    """The bands of rasters, each with the time and the unit that the file, or the layer's name, says.

    Raises
    ------
    InputError
        When a raster cannot be read, has no CRS, or other pixels than the first.
    """
    found: list[RainImage] = []
    for layer in layers:
        dataset = open_raster(layer)
        require_crs(layer)
        if found:
            _require_same_pixels(found[0], layer, dataset)
        found.extend(_images_of(layer, dataset))
    return found


def rain_variables(path: str) -> list[str]:
    """The variables of a file that have a unit of rain, as GDAL names them."""
    try:
        dataset = checked(gdal.Open, path)
        names = [name for name, _ in dataset.GetSubDatasets()] if dataset is not None else []
        opened = [(name, checked(gdal.Open, name)) for name in names]
    except OSError:
        return []
    units = [(name, each.GetRasterBand(1).GetUnitType()) for name, each in opened if each and each.RasterCount]
    return [name for name, unit in units if find_unit(unit) is not None and find_unit(unit) != find_unit("m")]


def _require_same_pixels(first: RainImage, layer: QgsRasterLayer, dataset: gdal.Dataset) -> None:
    places = [
        (crs_text(each.crs()), data.RasterXSize, data.RasterYSize, *(round(v, 9) for v in data.GetGeoTransform()))
        for each, data in ((first.layer, first.dataset), (layer, dataset))
    ]
    if places[0] != places[1]:
        raise InputError(
            "The rain raster '{layer}' has another CRS, size or place than '{first}': give all rasters of the series "
            "the same pixels with 'Warp (reproject)'.",
            layer=layer.name(),
            first=first.layer.name(),
        )


def _images_of(layer: QgsRasterLayer, dataset: gdal.Dataset) -> Iterator[RainImage]:
    several = dataset.RasterCount > 1
    span = None if several else _layer_span(layer)
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        time = _band_time(dataset, band)
        if time is None and not several:
            time = _time_in(layer.name()) or _time_in(dataset.GetDescription().rsplit("/", 1)[-1])
        text = band.GetUnitType() or band.GetMetadataItem("units") or band.GetMetadataItem("GRIB_UNIT") or ""
        yield RainImage(layer, dataset, number, time, span, find_unit(text) if text.strip() else None, text.strip())


def _layer_span(layer: QgsRasterLayer) -> tuple[datetime, datetime] | None:
    """The fixed range of the layer's temporal properties."""
    properties = layer.temporalProperties()
    if not properties.isActive():
        return None
    span = properties.fixedTemporalRange()
    if not (span.begin().isValid() and span.end().isValid() and span.begin() < span.end()):
        return None
    local = span.begin().timeSpec() == Qt.TimeSpec.LocalTime
    if local:
        return span.begin().toPyDateTime(), span.end().toPyDateTime()
    begin, end = (moment.toUTC().toPyDateTime().replace(tzinfo=UTC) for moment in (span.begin(), span.end()))
    return begin, end


def _band_time(dataset: gdal.Dataset, band: gdal.Band) -> datetime | float | None:
    """The time of a band of a NetCDF or GRIB file, or of its description."""
    for name in ("time", "valid_time", "Time", "TIME", "t"):
        value = band.GetMetadataItem(f"NETCDF_DIM_{name}")
        if value is not None:
            return _time_since(float(value), str(dataset.GetMetadataItem(f"{name}#units") or ""), band)
    grib = band.GetMetadataItem("GRIB_VALID_TIME")
    if grib:
        return datetime.fromtimestamp(float(grib.split()[0]), UTC)
    return _time_in(band.GetDescription() or "")


def _time_since(value: float, units: str, band: gdal.Band) -> datetime | float:
    """A time as a NetCDF file counts it; in UTC, as the CF convention has it where no zone is named."""
    match = _SINCE.match(units)
    word = (match[1] if match else units).strip().lower()
    seconds = _UNITS_S.get(word) or _UNITS_S.get(word.rstrip("s"))
    if seconds is None:
        raise InputError(
            "The times of the rain raster '{raster}' have the unknown unit '{unit}': CF has 'hours since 2026-06-01'.",
            raster=band.GetDataset().GetDescription(),
            unit=units,
        )
    if match is None:
        return value * seconds / 60.0
    start = read_moment(re.sub(r"\s+(UTC|Z|GMT)$", "", match[2].removesuffix(".0")).strip())
    if start is None:
        raise InputError(
            "The times of the rain raster '{raster}' have the unknown unit '{unit}': CF has 'hours since 2026-06-01'.",
            raster=band.GetDataset().GetDescription(),
            unit=units,
        )
    start = start if start.tzinfo is not None else start.replace(tzinfo=UTC)
    return start + timedelta(seconds=value * seconds)


def _time_in(name: str) -> datetime | float | None:
    """The moment, or the minutes, in a name."""
    match = _STAMP.search(name)
    if match is not None:
        parts = [int(part or 0) for part in match.groups()[:6]]
        try:
            return datetime(*parts, tzinfo=UTC if match[7] else None)  # type: ignore[misc,arg-type]
        except ValueError:
            return None
    minutes = _MINUTES.search(name)
    return float(minutes[1]) if minutes is not None else None
