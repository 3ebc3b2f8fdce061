"""GeoTIFFs of several bands written some rows at a time, and compared with what was written when they are complete."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from types import TracebackType

import numpy as np
from osgeo import gdal

from ...core.common.cells import Cells
from ...core.common.errors import unwritable
from .gdal_basics import NO_DATA, GdalExceptions, reason_in
from .raster_writer import OVERVIEWS_FROM, Band, describe, new_geotiff


class StripRaster:
    """A float32 raster that gets its rows from the first to the last, in a with block; complete after `finish`.

    Parameters
    ----------
    path : str
    cells : Cells
    crs : str
    bands : sequence of Band
        Their descriptions and units; the values come with `write`.
    metadata : dict of str to str

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """

    def __init__(self, path: str, cells: Cells, crs: str, bands: Sequence[Band], metadata: dict[str, str]) -> None:
        self._path, self._columns, self._size = path, cells.columns, max(cells.rows, cells.columns)
        self._sums: list[tuple[int, int, int, int]] = []
        self._errors = GdalExceptions()
        try:
            with self._errors:
                self._dataset = new_geotiff(path, cells, crs, gdal.GDT_Float32, len(bands), metadata)
                for number, band in enumerate(bands, 1):
                    describe(self._dataset.GetRasterBand(number), band, gdal.GDT_Float32)
        except RuntimeError as error:
            raise unwritable(path, reason_in(str(error))) from error

    def write(self, row: int, values: Sequence[np.ndarray]) -> None:
        """Write the rows of each band from `row` on; NaN becomes no data."""
        try:
            with self._errors:
                for number, band in enumerate(values, 1):
                    block = np.ascontiguousarray(np.where(np.isfinite(band), band, NO_DATA), np.float32)
                    self._sums.append((number, row, len(block), zlib.crc32(block)))
                    self._dataset.GetRasterBand(number).WriteArray(block, 0, row)
        except RuntimeError as error:
            raise unwritable(self._path, reason_in(str(error))) from error

    def __enter__(self) -> StripRaster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dataset = None

    def finish(self) -> None:
        """Write overviews and what is still in memory, and read all again: a full disk is no data to GDAL.

        Raises
        ------
        ResourceError
            When the file does not give back what was written.
        """
        try:
            with self._errors:
                if self._size > OVERVIEWS_FROM:
                    self._dataset.BuildOverviews("AVERAGE", [4, 16])
                self._dataset.FlushCache()
                self._dataset = None
                dataset = gdal.Open(self._path)
                for number, row, rows, wanted in self._sums:
                    found = dataset.GetRasterBand(number).ReadAsArray(0, row, self._columns, rows)
                    if zlib.crc32(np.ascontiguousarray(found)) != wanted:
                        raise unwritable(self._path, "it does not give back what was written")
        except RuntimeError as failure:
            raise unwritable(self._path, reason_in(str(failure))) from failure
