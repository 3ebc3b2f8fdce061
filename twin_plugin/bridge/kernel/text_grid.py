"""Grids as text in the form of ESRI's ASCII grid, which flood models read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from osgeo import gdal

from ...core.common.errors import unwritable
from ...core.common.grid import Grid
from .gdal_basics import NO_DATA, GdalExceptions, reason_in, spatial_reference

DECIMALS = 4
"""Tenths of a millimetre, as a RESULT has them."""


def write_text_grid(place: Grid, values: np.ndarray, path: Path, decimals: int = DECIMALS) -> None:
    """Write an array on the cells of a Grid as text, with its CRS as a .prj beside it; NaN is -9999.

    Raises
    ------
    ResourceError
        When it cannot be written, or does not give the values back.
    """
    known = np.where(np.isfinite(values), np.round(values.astype(np.float64), decimals), NO_DATA)
    try:
        with GdalExceptions():
            memory = gdal.GetDriverByName("MEM").Create("", place.columns, place.rows, 1, gdal.GDT_Float64)
            memory.SetGeoTransform(place.cells.geotransform)
            memory.GetRasterBand(1).SetNoDataValue(NO_DATA)
            memory.GetRasterBand(1).WriteArray(known)
            options = [f"DECIMAL_PRECISION={decimals}", "FORCE_CELLSIZE=TRUE"]
            gdal.GetDriverByName("AAIGrid").CreateCopy(str(path), memory, 0, options)
            again = gdal.OpenEx(str(path), gdal.OF_RASTER, ["AAIGrid"], ["DATATYPE=Float64"]).ReadAsArray()
            if place.crs:  # GDAL would write it too, but notices no full disk
                reference = spatial_reference(place.crs)
                reference.MorphToESRI()
                path.with_suffix(".prj").write_text(reference.ExportToWkt(), "utf-8")
    except (RuntimeError, AttributeError) as error:
        raise unwritable(path, reason_in(str(error))) from error
    except OSError as error:
        raise unwritable(path.with_suffix(".prj"), error) from error
    if not np.allclose(again, known, rtol=0, atol=0.6 * 10.0**-decimals):
        raise unwritable(path, "it does not give back what was written")
