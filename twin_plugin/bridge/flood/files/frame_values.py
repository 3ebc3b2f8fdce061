"""The quantities of a RESULT at each of its times, as grids: depth, level, velocity, hazard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ....core.common.grid import Grid
from ....core.flood.hazard import NO_CLASS, classify
from ...kernel.rasters import crs_text
from ...kernel.ugrid_reader import Result
from .result_checks import require_square


@dataclass(frozen=True)
class Quantity:
    """A quantity of each frame: its unit, the style that draws it, and its title."""

    unit: str
    style: str
    title: str


QUANTITIES = {
    "depth": Quantity("m", "flood_depth", "Depth"),
    "water_level": Quantity("m", "flood_level", "Water level"),
    "velocity": Quantity("m/s", "flood_velocity", "Velocity"),
    "hazard": Quantity("", "flood_hazard", "Hazard, AIDR class H1 to H6"),
}


class FrameValues:
    """What the cells of a RESULT hold at each time.

    Parameters
    ----------
    result : Result
    wet_m : float
        Cells with less water count as dry; 0 keeps every film.
    dry_is_no_data : bool
        Whether dry cells have no data instead of 0. Levels have none there in any case.

    Attributes
    ----------
    place : Grid
        The cells and their CRS; its values say nothing.

    Raises
    ------
    InputError
        When the cells of the RESULT are not square.
    """

    def __init__(self, result: Result, wet_m: float = 0.0, dry_is_no_data: bool = False) -> None:
        require_square(result)
        self.result, self._wet_m = result, wet_m
        self._dry = np.nan if dry_is_no_data else 0.0
        cells = result.cells
        # One number in every cell: the array takes no memory.
        self.place = Grid(
            np.broadcast_to(np.float32(np.nan), (cells.rows, cells.columns)),
            cells.west,
            cells.north,
            cells.width,
            crs_text(result.crs),
        )

    @property
    def minutes(self) -> np.ndarray:
        """Times after the start, min."""
        return self.result.minutes

    def values(self, quantity: str, step: int) -> np.ndarray:
        """A quantity at one time, shape (rows, columns): float32 with NaN outside; hazard uint8 with 255 outside."""
        depth = self.result.grid("depth", step)
        dry = ~(depth >= self._wet_m) | (depth <= 0)
        outside = ~self.result.faces
        if quantity == "water_level":
            return np.where(dry | outside, np.nan, self.result.grid("water_level", step)).astype(np.float32)
        if quantity == "depth":
            return np.where(outside, np.nan, np.where(dry, self._dry, depth)).astype(np.float32)
        if quantity == "hazard" and self.result.has("hazard"):
            found = self.result.grid("hazard", step)
            classes = np.where(np.isnan(found), NO_CLASS, found).astype(np.uint8)
            return self._without_dry(classes, dry, outside)
        speed = np.hypot(self.result.grid("velocity_x", step), self.result.grid("velocity_y", step))
        if quantity == "velocity":
            return np.where(outside, np.nan, np.where(dry, self._dry, speed)).astype(np.float32)
        return self._without_dry(classify(depth, speed, depth * speed), dry, outside)

    def _without_dry(self, classes: np.ndarray, dry: np.ndarray, outside: np.ndarray) -> np.ndarray:
        classes[dry] = NO_CLASS if np.isnan(self._dry) else 0
        classes[outside] = NO_CLASS
        return classes
