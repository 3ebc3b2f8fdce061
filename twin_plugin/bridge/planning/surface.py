"""The terrain of a review with its buildings burnt on, at the cell size that the review works with."""

from __future__ import annotations

import math

import numpy as np
from osgeo import gdal

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.planning.surface_model import SurfaceModel, burning_order, stand_on
from ..kernel.rasterize import burn

MOST_CELLS = 200_000_000
"""A wish for more is a slip of the unit: the arrays would not fit into memory."""


def build_surface(terrain: Grid, prisms: Prisms, cell_m: float | None = None, keep_higher: bool = True) -> SurfaceModel:
    """Burn prisms onto a terrain: a cell whose centre lies in an outline is as high as its flat roof.

    Parameters
    ----------
    terrain : Grid
    prisms : Prisms
        In the CRS of the terrain. What lies off the terrain is left out.
    cell_m : float, optional
        By default the terrain's own. Onto wider cells the mean of the terrain is taken, onto narrower ones it is
        interpolated between the centres of its cells.
    keep_higher : bool
        Keep the terrain where it is higher than the roof.

    Raises
    ------
    InputError
        Where so small cells are too many.
    """
    ground = resampled(terrain, cell_m)
    order = burning_order(prisms)
    label = burn(list(prisms.outlines[order]), ground)
    return stand_on(ground, prisms, np.r_[-1, order].astype(np.int32)[label], keep_higher)


def surface_notes(surface: SurfaceModel, prisms: Prisms) -> list[Message]:
    """Buildings that stand on no cell, and that there is none at all."""
    if not len(prisms):
        return [Message("There is no building: only the terrain is seen.")]
    stands = np.zeros(prisms.objects, bool)
    stands[prisms.owner[np.unique(surface.prism[surface.built])]] = True
    if stands.all():
        return []
    return [
        Message(
            "{n} of {all} buildings stand on no cell, such as '{id}': they lie off the terrain, under others or below "
            "the ground, or are narrower than a cell of {cell:g} m.",
            n=int((~stands).sum()),
            all=prisms.objects,
            id=prisms.ids[int(np.argmin(stands))][:60],
            cell=surface.top.cell_m,
        )
    ]


def resampled(terrain: Grid, cell_m: float | None) -> Grid:
    """A terrain on cells of another size, from the same north-west corner on."""
    if cell_m is None or math.isclose(cell_m, terrain.cell_m, rel_tol=1e-6):
        return terrain
    columns = max(round(terrain.columns * terrain.cell_m / cell_m), 1)
    rows = max(round(terrain.rows * terrain.cell_m / cell_m), 1)
    if rows * columns > MOST_CELLS:
        raise InputError(
            "Cells of {cell:g} m make {n:.3g} cells of the terrain, more than {most:.3g}: choose wider cells, or clip "
            "the terrain.",
            cell=cell_m,
            n=float(rows * columns),
            most=float(MOST_CELLS),
        )
    source = gdal.GetDriverByName("MEM").Create("", terrain.columns, terrain.rows, 1, gdal.GDT_Float64)
    source.SetGeoTransform((0.0, terrain.cell_m, 0.0, 0.0, 0.0, -terrain.cell_m))
    source.GetRasterBand(1).WriteArray(terrain.values.astype(np.float64))
    source.GetRasterBand(1).SetNoDataValue(math.nan)
    options = gdal.WarpOptions(
        format="MEM",
        outputBounds=(0.0, -rows * cell_m, columns * cell_m, 0.0),
        width=columns,
        height=rows,
        resampleAlg="average" if cell_m > terrain.cell_m else "bilinear",
        srcNodata=math.nan,
        dstNodata=math.nan,
    )
    values = gdal.Warp("", source, options=options).ReadAsArray()
    return Grid(values, terrain.west, terrain.north, cell_m, terrain.crs)
