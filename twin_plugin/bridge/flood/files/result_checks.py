"""What a RESULT must be for some uses: in metres, and with square cells."""

from __future__ import annotations

from ....core.common.errors import InputError
from ...kernel.rasters import crs_unit_m
from ...kernel.ugrid_reader import Result


def require_metric(result: Result) -> None:
    """Check that lengths in the CRS of a RESULT are metres; one without a CRS is taken to be so.

    Raises
    ------
    InputError
    """
    crs = result.crs
    if crs.isValid() and (crs.isGeographic() or abs(crs_unit_m(crs) - 1.0) > 1e-6):
        raise InputError(
            "The result '{path}' is in {crs}, which is not in metres: areas, volumes and discharges need a result in a "
            "projected CRS in metres.",
            path=result.path,
            crs=crs.authid(),
        )


def require_square(result: Result) -> None:
    """Check that the cells of a RESULT are square, as those of every simulation are: rasters and zones rely on it.

    Raises
    ------
    InputError
    """
    cells = result.cells
    if abs(cells.width - cells.height) > 1e-6 * cells.width:
        raise InputError(
            "The cells of the result '{path}' are {width:g} x {height:g} and not square: choose a result with square "
            "cells.",
            path=result.path,
            width=cells.width,
            height=cells.height,
        )
