"""The surface that the sun and the sky see: the terrain with buildings standing on it, as a raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Bools, Prisms


@dataclass(frozen=True, eq=False)
class SurfaceModel:
    """Terrain and buildings on the cells of one raster.

    Attributes
    ----------
    ground : Grid
        The terrain without buildings; NaN where unknown.
    top : Grid
        The elevation of the highest roof over the cell's centre, else the terrain.
    prism : ndarray of int32, shape (rows, columns)
        Which body the top belongs to, its place in the `Prisms`; -1 where the terrain is the top.
    """

    ground: Grid
    top: Grid
    prism: NDArray[np.int32]

    @property
    def built(self) -> Bools:
        """Which cells are buildings, shape (rows, columns)."""
        return self.prism >= 0


def burning_order(prisms: Prisms) -> NDArray[np.int64]:
    """The prisms from the lowest top to the highest: of those burnt onto a cell the last one is the roof."""
    return np.argsort(prisms.top_m, kind="stable")


def stand_on(ground: Grid, prisms: Prisms, prism: NDArray[np.int32], keep_higher: bool = True) -> SurfaceModel:
    """Put bodies on a terrain.

    Parameters
    ----------
    ground : Grid
    prisms : Prisms
    prism : ndarray of int32, shape (rows, columns)
        The highest body over each cell's centre, -1 where there is none.
    keep_higher : bool
        Keep the terrain where it is higher than the roof, as in a slope; else the roof cuts into it.
    """
    roof = np.r_[prisms.top_m, np.nan][prism]
    terrain = ground.values.astype(np.float64)
    stands = prism >= 0
    if keep_higher:
        stands = stands & ~(terrain >= roof)
    top = np.where(stands, roof, terrain)
    return SurfaceModel(ground, ground.with_values(top), np.where(stands, prism, -1).astype(np.int32))
