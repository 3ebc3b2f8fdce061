"""RAIN_RASTERS: a series of rasters, or one with a time axis, as rain on the cells of a terrain."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProcessingUtils,
    QgsRasterLayer,
)

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ....core.flood.rain.image_times import ImageTimes, Timetable, from_stamps, timetable
from ....core.flood.rain.rain_times import minutes_of, read_times
from ....core.flood.rain.rain_units import RainUnit, require_unit
from ....core.flood.rain.raster_rain import PixelMap, RainImages, RasterRain
from ....core.flood.rainfall_series import RainSeries, record_mm, series_warnings
from ...kernel.gdal_calls import checked, damaged_raster
from ...kernel.input_table import Entry, reasons
from .class_layer import names_of
from .image_series import RainImage, list_images, rain_variables
from .parameters import Parameters
from .rain_gauges import read_start_moment

KEPT_BYTES = 64 << 20
"""A series of which the terrain's part is smaller is kept; of a larger one, each image is read when its time comes."""
LATTICE_CELLS = 16
"""Cells between the places that are transformed."""
PARTLY = 0.001
"""A larger share of the terrain outside the rasters is reported."""


def read_raster_rain(parameters: Parameters, grid: Grid) -> RasterRain:
    """The rain of RAIN_RASTERS on the cells of a terrain.

    Raises
    ------
    InputError
        When a raster cannot be read, the series has no times or no unit, or lies beside the terrain.
    """
    layers = _layers(parameters)
    images = list_images(layers)
    source = f"'{layers[0].name()}'" if len(layers) == 1 else Message("The series of rasters")
    times, order = _times(parameters, images, source)
    images = [images[number] for number in order]
    plan = timetable(times, _start_min(parameters, times), source)
    units = _units(parameters, images, source)
    pixels = _pixel_map(images[0], grid, parameters)
    window, known = _window(images[0], pixels, grid, source)
    steps_s = 60.0 * (times.ends_min - times.starts_min)
    reader = ImageReader(images, window, [unit.depth_factor(s) for unit, s in zip(units, steps_s, strict=True)])
    moved = PixelMap(pixels.west, pixels.north, pixels.spacing_m, pixels.columns - window[0], pixels.rows - window[1])
    shape = window[3], window[2]
    checked_images = _check(reader, moved, shape, grid, times, source, _asking(parameters))
    notes = [*plan.notes, *checked_images.notes, *_coverage(known, source)]
    parameters.warn(notes)
    parameters.entries.append(_entry(plan, len(images), times, units, notes))
    return RasterRain(
        grid.cells, moved, shape, plan.ends_s, plan.parts, RainImages(checked_images.digest, reader.read_mm)
    )


def _layers(parameters: Parameters) -> list[QgsRasterLayer]:
    """The rasters of RAIN_RASTERS."""
    given = parameters.values.get("RAIN_RASTERS")
    asked = list(given) if isinstance(given, (list, tuple)) else [given]
    found = [_raster(value, parameters) for value in asked]
    layers = [layer for layer in found if layer is not None]
    if len(layers) < len(found):
        text = str(asked[found.index(None)])
        if len(several := rain_variables(text)) > 1:
            raise InputError(
                "'{name}' of RAIN_RASTERS has several variables of rain: choose one, {variables}.",
                name=text,
                variables=names_of(several),
            )
        raise InputError(
            "'{name}' of RAIN_RASTERS cannot be read as a raster: choose another file; of a NetCDF file with several "
            'variables choose one, as NETCDF:"file.nc":rain.',
            name=text,
        )
    return layers


def _raster(value: object, parameters: Parameters) -> QgsRasterLayer | None:
    """A raster layer from a layer, its id or a file; of a file with several variables the only one that is rain."""
    if isinstance(value, QgsRasterLayer):
        return value if value.isValid() else None
    text, hint = str(value), QgsProcessingUtils.LayerHint.Raster
    layer = QgsProcessingUtils.mapLayerFromString(text, parameters.context, True, hint)
    if isinstance(layer, QgsRasterLayer) and layer.isValid():
        return layer
    parts = rain_variables(text)
    if len(parts) != 1:
        return None
    layer = QgsProcessingUtils.mapLayerFromString(parts[0], parameters.context, True, hint)
    if not (isinstance(layer, QgsRasterLayer) and layer.isValid()):
        return None
    parameters.note(
        [
            Message(
                "Of the variables of '{file}', {variable} has a unit of rain, and counts.", file=text, variable=parts[0]
            )
        ]
    )
    return layer


def _times(parameters: Parameters, images: Sequence[RainImage], source: str) -> tuple[ImageTimes, list[int]]:
    """When each image begins and ends, and the images in this order."""
    step_min, at_end = parameters.number("RAIN_RASTER_STEP_MIN"), parameters.text("RAIN_RASTER_TIME") == "end"
    if step_min is not None and not step_min > 0:
        raise InputError("RAIN_RASTER_STEP_MIN must be above 0 min.")
    spans = [image.span for image in images if image.span is not None]
    if len(spans) == len(images):
        begins, ends = (read_times([span[n] for span in spans], source) for n in (0, 1))
        order = np.argsort(begins.minutes, kind="stable")
        return ImageTimes(begins.minutes[order], ends.minutes[order], True, begins.zoned), order.tolist()
    stamped = [image.time for image in images if image.time is not None]
    if len(stamped) == len(images):
        return from_stamps(read_times(stamped, source), at_end, step_min, source)
    if stamped and len(images) > 1:
        missing = next(image for image in images if image.time is None)
        raise InputError(
            "Band {band} of '{layer}' says no time, while others do: name it with its time, or leave it out.",
            band=missing.band,
            layer=missing.layer.name(),
        )
    if step_min is None:
        raise InputError(
            "{source} says no times: enter the length of a step in RAIN_RASTER_STEP_MIN, or name the rasters with "
            "their times, as rain_20260601T0810.tif.",
            source=source,
        )
    ends = step_min * np.arange(1.0, len(images) + 1.0)
    parameters.warn(
        [Message("{source} says no times: its {n} images follow each other as given.", source=source, n=len(images))]
        if len(images) > 1
        else []
    )
    return ImageTimes(ends - step_min, ends), list(range(len(images)))


def _start_min(parameters: Parameters, times: ImageTimes) -> float | None:
    start: datetime | None = read_start_moment(parameters)
    if start is None or not times.dated:
        if start is not None:
            parameters.warn([Message("RAIN_START has no effect: the rasters have no dates.")])
        return None
    if (start.tzinfo is not None) != times.zoned:
        raise InputError(
            "RAIN_START and the times of {source} must both have a time zone, or none: write 2026-06-01T08:00+08:00, "
            "or leave the zone out in both.",
            source=Message("the rasters"),
        )
    return minutes_of(start)


def _units(parameters: Parameters, images: Sequence[RainImage], source: str) -> list[RainUnit]:
    """The unit of each image: that of RAIN_UNIT, or the band's own."""
    asked = parameters.text("RAIN_UNIT")
    if asked:
        return [require_unit(asked, source)] * len(images)
    without = next((image for image in images if image.unit is None), None)
    if without is not None and without.unit_text:
        return [require_unit(without.unit_text, source)]
    if without is not None:
        raise InputError(
            "The rain raster '{layer}' does not say its unit: choose it in RAIN_UNIT.", layer=without.layer.name()
        )
    return [image.unit for image in images if image.unit is not None]


def _pixel_map(image: RainImage, grid: Grid, parameters: Parameters) -> PixelMap:
    """Where the terrain's cells lie among the pixels of an image."""
    spacing_m = LATTICE_CELLS * grid.cell_m
    nodes = [max(math.ceil(size / LATTICE_CELLS) + 1, 2) for size in (grid.rows, grid.columns)]
    transform = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem(grid.crs), image.layer.crs(), parameters.context.transformContext()
    )
    places = np.full((*nodes, 2), np.nan)
    for row in range(nodes[0]):
        for column in range(nodes[1]):
            try:
                point = transform.transform(grid.west + column * spacing_m, grid.north - row * spacing_m)
            except QgsCsException:
                continue
            places[row, column] = point.x(), point.y()
    inverse = gdal.InvGeoTransform(image.dataset.GetGeoTransform())
    if inverse is None:
        raise InputError("The rain raster '{layer}' has no place: georeference it first.", layer=image.layer.name())
    x, y = places[..., 0], places[..., 1]
    columns, rows = (inverse[n] + inverse[n + 1] * x + inverse[n + 2] * y for n in (0, 3))
    return PixelMap(grid.west, grid.north, spacing_m, columns, rows)


def _window(
    image: RainImage, pixels: PixelMap, grid: Grid, source: str
) -> tuple[tuple[int, int, int, int], np.ndarray]:
    """The part of the images that the terrain needs (column, row, columns, rows), and the pixels of its known cells."""
    size = image.dataset.RasterYSize, image.dataset.RasterXSize
    known = pixels.pixels(grid.cells, size)[np.isfinite(grid.values)]
    inside = known[known >= 0]
    if not inside.size:
        raise InputError(
            "{source} does not cover the terrain: check the CRS and the extent of the rain rasters.", source=source
        )
    rows, columns = np.divmod(inside, size[1])
    left, top = int(columns.min()), int(rows.min())
    return (left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1), known


def _coverage(known: np.ndarray, source: str) -> list[Message]:
    outside = float((known < 0).mean())
    if outside <= PARTLY:
        return []
    return [
        Message("{share:.1%} of the terrain lies outside {source}: no rain falls there.", share=outside, source=source)
    ]


@dataclass
class ImageReader:
    """Reads the depths of images in their window, and keeps them where they are few.

    Attributes
    ----------
    empty, below : int
        Pixels without data and with negative values that were read.
    """

    images: Sequence[RainImage]
    window: tuple[int, int, int, int]
    factors: Sequence[float]
    empty: int = 0
    below: int = 0
    _kept: dict[int, np.ndarray] = field(default_factory=dict)

    def read_mm(self, number: int) -> np.ndarray:
        """Depths of an image in mm; 0 where it has no data or a negative value."""
        if number in self._kept:
            return self._kept[number]
        image, band = self.images[number], self.images[number].dataset.GetRasterBand(self.images[number].band)
        try:
            values = checked(band.ReadAsArray, *self.window).astype(np.float64)
            gone = (checked(band.GetMaskBand().ReadAsArray, *self.window) == 0) | ~np.isfinite(values)
        except OSError as error:
            raise InputError(damaged_raster(image.layer.name(), error)) from error
        values = (values * (band.GetScale() or 1.0) + (band.GetOffset() or 0.0)) * self.factors[number]
        negative = ~gone & (values < 0)
        self.empty += int(gone.sum())
        self.below += int(negative.sum())
        values[gone | negative] = 0.0
        if values.nbytes * len(self.images) <= KEPT_BYTES:
            self._kept[number] = values
        return values


@dataclass(frozen=True)
class ImagesChecked:
    """The digest of a series and what was found in it."""

    digest: str
    notes: list[Message]


def _check(
    reader: ImageReader, pixels: PixelMap, shape: tuple[int, int], grid: Grid, times: ImageTimes, source: str,
    progress: Progress,
) -> ImagesChecked:  # fmt: skip
    """Read every image once: its values must be rain.

    Raises
    ------
    InputError
        When more rain falls than was ever measured.
    """
    known = pixels.pixels(grid.cells, shape)[np.isfinite(grid.values)]
    weights = np.bincount(known[known >= 0], minlength=shape[0] * shape[1])
    digest, means = hashlib.blake2b(digest_size=16), []
    for number in range(len(reader.images)):
        advance(progress, 0.0, Message("Reading the rain rasters"))
        depths = reader.read_mm(number)
        digest.update(np.ascontiguousarray(depths).data)
        step_min = float(times.ends_min[number] - times.starts_min[number])
        most_mm = float(depths.max())
        if most_mm > float(record_mm(np.array(step_min))):
            raise InputError(
                "{source} has {depth_mm:.4g} mm of rain within {minutes:g} min at {moment}, more than was ever "
                "measured in so short a time: check RAIN_UNIT and RAIN_RASTER_STEP_MIN.",
                source=source,
                depth_mm=most_mm,
                minutes=step_min,
                moment=times.moment(float(times.ends_min[number])),
            )
        means.append(float(depths.reshape(-1) @ weights) / weights.sum())
    series = RainSeries(np.cumsum(times.ends_min - times.starts_min), np.array(means))
    notes = [*_left_out(reader, source), *series_warnings(series, source)]
    return ImagesChecked(digest.hexdigest(), notes)


def _asking(parameters: Parameters) -> Progress:
    """A progress that only asks whether to go on."""

    def ask(fraction: float, text: str = "") -> bool:
        return not parameters.feedback.isCanceled()

    return ask


def _left_out(reader: ImageReader, source: str) -> list[Message]:
    """Pixels that count as dry."""
    pixels = reader.window[2] * reader.window[3] * len(reader.images)
    notes = []
    if reader.empty:
        notes.append(
            Message(
                "{share:.1%} of the pixels of {source} over the terrain and its surroundings have no data: no rain "
                "falls there.",
                share=reader.empty / pixels,
                source=source,
            )
        )
    if reader.below:
        notes.append(
            Message("{n} pixels of {source} have a negative rain, which counts as none.", n=reader.below, source=source)
        )
    return notes


def _entry(
    plan: Timetable, images: int, times: ImageTimes, units: Sequence[RainUnit], notes: Sequence[Message]
) -> Entry:
    why = [
        Message("unit {unit}", unit=", ".join(dict.fromkeys(unit.name for unit in units))),
        Message("the run starts at {moment}", moment=times.moment(plan.start_min)) if times.dated else None,
        *notes,
    ]
    return Entry(Message("Rain rasters"), images - plan.early, plan.early, plan.filled, reasons(why))
