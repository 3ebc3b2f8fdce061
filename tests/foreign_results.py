"""A RESULT as other programs write it: changed in place by GDAL."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from osgeo import gdal


def change_result(path: str, name: str, change: Callable[[np.ndarray], np.ndarray]) -> None:
    """Change the values of a variable of a NetCDF file, such as mesh2d_face_x."""
    dataset = gdal.OpenEx(path, gdal.OF_MULTIDIM_RASTER | gdal.OF_UPDATE)
    array = dataset.GetRootGroup().OpenMDArray(name)
    assert array.Write(np.ascontiguousarray(change(array.ReadAsArray()))) == gdal.CE_None


def stretch_to_east(path: str) -> None:
    """Make the cells of a RESULT twice as wide as high."""
    for name in ("mesh2d_face_x", "mesh2d_node_x"):
        change_result(path, name, lambda x: x[0] + 2 * (x - x[0]))
