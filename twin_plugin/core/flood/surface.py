"""The terrain of a run and what stands on it, as a setup has it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.grid import FloatArray, Grid
from .constants import ROUGHNESS

RAISE, WALL, GAPS, POROSITY = "raise", "wall", "gaps", "porosity"
"""What buildings are for the water: blocks, cut out, cut out with doors into a storage, or cells with less room."""


@dataclass(frozen=True)
class Surface:
    """The terrain of a run and what stands on it.

    Attributes
    ----------
    bed : Grid
        Bed elevation, metres above datum; NaN outside the domain.
    roughness : float or array, shape (rows, columns)
        Manning's n, s/m^(1/3).
    buildings : int array, shape (rows, columns), or None
        Label of the building on a cell, 0 for none.
    buildings_as : str
        "raise", "wall", "gaps" or "porosity", see `terrain`.
    """

    bed: Grid
    roughness: float | FloatArray = ROUGHNESS
    buildings: NDArray[np.int32] | None = None
    buildings_as: str = RAISE

    def __post_init__(self) -> None:
        shape, values = self.bed.values.shape, np.asarray(self.roughness)
        if not np.isfinite(self.bed.values).any():
            raise InputError("The terrain has no data in the area of the run: choose another extent or terrain.")
        if values.ndim == 2 and values.shape != shape:
            raise InputError("The roughness raster must cover the same cells as the terrain.")
        low, high = self.roughness_range
        if not (low >= 0.001 and high <= 1.0):
            raise InputError(
                "Manning's n must be from 0.001 to 1 s/m^(1/3), not {low:g} to {high:g}.", low=low, high=high
            )
        if self.buildings is not None and self.buildings.shape != shape:
            raise InputError("The building cells must be those of the terrain.")

    @property
    def free(self) -> NDArray[np.bool_]:
        """Cells without a building."""
        return np.ones(self.bed.values.shape, bool) if self.buildings is None else self.buildings == 0

    @property
    def roughness_range(self) -> tuple[float, float]:
        """Smallest and largest Manning's n."""
        values = np.asarray(self.roughness)
        return float(np.nanmin(values)), float(np.nanmax(values))
