"""Bands written as one GeoTIFF, and compared with what was written."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from osgeo import gdal

from ...core.common.cells import Cells
from ...core.common.errors import unwritable
from ...core.common.grid import Grid
from .gdal_basics import NO_DATA, GdalExceptions, reason_in, spatial_reference

OVERVIEWS_FROM = 2048
"""Rasters with longer edges get overviews."""


@dataclass(frozen=True)
class Band:
    """One band of a raster: its values, computed when their turn comes, and what the file says of them.

    Attributes
    ----------
    values : callable
        Gives an array of shape (rows, columns): float with NaN for no data, or uint8 with 255; all bands of one kind.
    description, unit : str
    metadata : dict of str to str
        Of the band.
    """

    values: Callable[[], np.ndarray]
    description: str = ""
    unit: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)


def write_bands(place: Grid, path: str | Path, bands: Sequence[Band], metadata: dict[str, str] | None = None) -> None:
    """Write bands as one GeoTIFF on the cells of a Grid, one after the other, and compare it as `write_grid` does.

    Raises
    ------
    ResourceError
        When the file cannot be written, or does not give the values back, naming it and the reason.
    """
    values = bands[0].values()
    kind = gdal.GDT_Byte if values.dtype == np.uint8 else gdal.GDT_Float32
    try:
        with GdalExceptions():
            dataset = new_geotiff(path, place.cells, place.crs, kind, len(bands), metadata)
            checksums = []
            for number, band in enumerate(bands, 1):
                values = values if number == 1 else band.values()
                describe(dataset.GetRasterBand(number), band, kind)
                checksums.append([_write_strip(dataset, number, row, block) for row, block in _strips(values)])
            if max(place.rows, place.columns) > OVERVIEWS_FROM:
                dataset.BuildOverviews("AVERAGE" if kind == gdal.GDT_Float32 else "NEAREST", [4, 16])
            dataset.FlushCache()
            del dataset
            _compare(path, place, checksums)
    except RuntimeError as error:
        raise unwritable(path, reason_in(str(error))) from error


def new_geotiff(
    path: str | Path, cells: Cells, crs: str, kind: int, bands: int = 1, metadata: dict[str, str] | None = None
) -> gdal.Dataset:
    """A new compressed, tiled GeoTIFF of bands of one of GDAL's types. Raises GDAL's errors.

    Several bands are compressed in one thread: on a full disk GDAL 3.6 would wait for its other threads for ever.
    """
    options = [
        "TILED=YES",
        "COMPRESS=DEFLATE",
        f"PREDICTOR={'2' if kind == gdal.GDT_Byte else '3'}",
        "ZLEVEL=4",
        "BIGTIFF=IF_SAFER",
        *(["NUM_THREADS=ALL_CPUS"] if bands == 1 else []),
        "INTERLEAVE=BAND",
    ]
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), cells.columns, cells.rows, bands, kind, options)
    dataset.SetGeoTransform(cells.geotransform)
    if crs:
        dataset.SetProjection(spatial_reference(crs).ExportToWkt())
    if metadata:
        dataset.SetMetadata(metadata)
    return dataset


def describe(target: gdal.Band, band: Band, kind: int) -> None:
    """Say of a band in a file what it holds, and its no data value."""
    target.SetNoDataValue(255.0 if kind == gdal.GDT_Byte else NO_DATA)
    target.SetDescription(band.description)
    if band.unit:
        target.SetUnitType(band.unit)
    if band.metadata:
        target.SetMetadata(dict(band.metadata))


def _write_strip(dataset: gdal.Dataset, number: int, row: int, block: np.ndarray) -> int:
    dataset.GetRasterBand(number).WriteArray(block, 0, row)
    return zlib.crc32(np.ascontiguousarray(block).data)


def _strips(values: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """The rows of an array as they are in the file, some at a time: the number of the first, and the values."""
    for row, rows in _strip_rows(*values.shape):
        block = values[row : row + rows]
        if values.dtype != np.uint8:
            block = np.where(np.isfinite(block), block, NO_DATA).astype(np.float32)
        yield row, block


def _strip_rows(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """First row and number of rows of each strip."""
    step = max(1, 4_000_000 // max(columns, 1))
    for row in range(0, rows, step):
        yield row, min(step, rows - row)


def _compare(path: str | Path, place: Grid, checksums: list[list[int]]) -> None:
    """Read the values again: a tile that did not get onto a full disk is no data to GDAL, and no error."""
    dataset = gdal.Open(str(path))
    for number, of_band in enumerate(checksums, 1):
        band = dataset.GetRasterBand(number)
        for (row, rows), checksum in zip(_strip_rows(place.rows, place.columns), of_band, strict=True):
            if zlib.crc32(band.ReadAsArray(0, row, place.columns, rows).data) != checksum:
                raise RuntimeError("it does not give back what was written")
