"""GeoTIFFs of heights written tile by tile, and compared with what was written when they are complete."""

from __future__ import annotations

import zlib
from types import TracebackType

import numpy as np
from osgeo import gdal

from ...core.common.cells import Cells
from ...core.common.errors import Cancelled, unwritable
from ...core.common.progress import Progress, advance, part
from .gdal_basics import NO_DATA, GdalExceptions, reason_in
from .raster_writer import OVERVIEWS_FROM, Band, describe, new_geotiff


class TiledRaster:
    """A raster of heights in m that gets its tiles one after the other, in a with block; complete after `finish`.

    Parameters
    ----------
    path : str
    cells : Cells
    crs : str
    kind : int
        GDAL's type: GDT_Float32 or GDT_Float64. Tiles in multiples of 256 cells write each block of the file once.
    description : str
    metadata : dict of str to str

    Raises
    ------
    ResourceError
        When the file cannot be written.
    """

    def __init__(
        self, path: str, cells: Cells, crs: str, kind: int, description: str, metadata: dict[str, str]
    ) -> None:
        self.path, self._kind = path, np.float64 if kind == gdal.GDT_Float64 else np.float32
        self._sums: dict[tuple[int, int, int, int], int] = {}
        self._size = max(cells.rows, cells.columns)
        self._errors = GdalExceptions()
        try:
            with self._errors:
                self._dataset = new_geotiff(path, cells, crs, kind, 1, metadata)
                describe(self._dataset.GetRasterBand(1), Band(lambda: np.zeros((0, 0)), description, "m"), kind)
        except RuntimeError as error:
            raise unwritable(path, reason_in(str(error))) from error

    def write(self, row: int, column: int, values: np.ndarray) -> None:
        """Write a tile; NaN becomes no data."""
        block = np.ascontiguousarray(np.where(np.isfinite(values), values, NO_DATA), self._kind)
        self._sums[row, column, *block.shape] = zlib.crc32(block)
        try:
            with self._errors:
                self._dataset.GetRasterBand(1).WriteArray(block, column, row)
        except RuntimeError as error:
            raise unwritable(self.path, reason_in(str(error))) from error

    def __enter__(self) -> TiledRaster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._dataset = None

    def finish(self, progress: Progress) -> None:
        """Write overviews and what is still in memory, and compare all tiles; to be called when they are written.

        Raises
        ------
        ResourceError
            When the file does not give back what was written.
        Cancelled
            When `progress` answers False.
        """
        try:
            with self._errors:
                if self._size > OVERVIEWS_FROM:
                    self._overviews(part(progress, 0.0, 0.5))
                self._dataset.FlushCache()
                self._dataset = None
                self._compare(part(progress, 0.5, 1.0))
        except RuntimeError as failure:
            raise unwritable(self.path, reason_in(str(failure))) from failure

    def _overviews(self, progress: Progress) -> None:
        going = [True]

        def look(fraction: float, *_: object) -> int:
            going[0] = progress(fraction, "")
            return int(going[0])

        try:
            self._dataset.BuildOverviews("AVERAGE", [4, 16], callback=look)
        except RuntimeError:
            if going[0]:
                raise
        if not going[0]:
            raise Cancelled

    def _compare(self, progress: Progress) -> None:
        """Read the tiles again: one that did not get onto a full disk is no data to GDAL, and no error."""
        dataset = gdal.Open(self.path)
        for number, ((row, column, rows, columns), wanted) in enumerate(self._sums.items()):
            advance(progress, number / len(self._sums))
            if zlib.crc32(np.ascontiguousarray(dataset.ReadAsArray(column, row, columns, rows))) != wanted:
                raise RuntimeError("it does not give back what was written")
