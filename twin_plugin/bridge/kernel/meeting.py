"""Whether a layer and some water lie at the same place."""

from __future__ import annotations

import math
from typing import Protocol

from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureSource

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from .rasters import crs_text


class PlacedWater(Protocol):
    """Water that knows where it lies."""

    name: str
    crs: QgsCoordinateReferenceSystem

    def cells(self) -> Cells:
        """All cells of the water."""


def require_meeting(source: QgsFeatureSource, water: PlacedWater, bounds: tuple[float, float, float, float]) -> None:
    """Check that the water reaches the bounds of the buildings, which are in its CRS.

    Raises
    ------
    InputError
        With both layers, their CRS and how far they lie apart; or that no building has a footprint.
    """
    if any(math.isnan(value) for value in bounds):
        raise InputError(
            "No feature of the layer '{name}' has a geometry that can be read: repair it or choose another layer.",
            name=source.sourceName(),
        )
    west, south, east, north = bounds
    if math.inf in (west, south) or -math.inf in (east, north):
        raise InputError(
            "No coordinates of the layer '{layer}' are possible in their CRS, {crs}: if longitude and latitude are "
            "exchanged, use 'Swap X and Y coordinates', else set the CRS that they are in.",
            layer=source.sourceName(),
            crs=crs_text(source.sourceCrs())[:40],
        )
    cells = water.cells()
    across = max(west - cells.east, cells.west - east, 0.0) * cells.metres_x
    along = max(south - cells.north, cells.south - north, 0.0) * cells.metres_y
    if not across and not along:
        return
    raise InputError(
        "The layer '{layer}' ({crs}) and the water '{water}' ({crs2}) do not overlap: they lie {far:,.1f} km "
        "apart. Check the CRS of both.",
        layer=source.sourceName(),
        crs=crs_text(source.sourceCrs())[:40],
        water=water.name,
        crs2=crs_text(water.crs)[:40],
        far=math.hypot(across, along) / 1000,
    )
