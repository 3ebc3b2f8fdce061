"""A storm that moves over the terrain: the same rain everywhere, later the farther a cell lies along its way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...common.errors import InputError
from ...common.messages import Message
from .rain_field import FallingRain, FloatArray, Ground, RainField, RainOnUnits, Units

FAST_MS = 40.0
"""Rain cells move with the wind of some kilometres of height: a faster one has perhaps km/h."""


@dataclass(frozen=True)
class MovingStorm(RainField):
    """The rain of a table, shifted by the time that the storm needs to a cell.

    Attributes
    ----------
    steps : sequence of (end_min, depth_mm)
        As `Rain` has them, at the corner of the terrain that the storm reaches first.
    direction_deg : float
        Where it moves to, clockwise from north: 90 is east.
    speed_ms : float
    reduced : float
        The areal factor that the steps already have.
    """

    steps: Sequence[tuple[float, float]]
    direction_deg: float
    speed_ms: float
    reduced: float = 1.0

    def __post_init__(self) -> None:
        if not (self.speed_ms > 0 and math.isfinite(self.direction_deg)):
            raise InputError("The speed of the storm must be above 0 m/s, and its direction a number of degrees.")

    @property
    def kind(self) -> str:
        return "moving storm"

    @property
    def areal_factor(self) -> float:
        return self.reduced

    @property
    def end_min(self) -> float:
        return self.steps[-1][0] + float(self._delays_s()[-1]) / 60.0

    def warnings(self) -> list[Message]:
        """What looks like another unit."""
        if self.speed_ms <= FAST_MS:
            return []
        return [
            Message(
                "A storm of {speed:g} m/s is faster than any: give STORM_SPEED in m/s, which is km/h divided by 3.6.",
                speed=self.speed_ms,
            )
        ]

    def start(self, ground: Ground) -> FallingRain:
        times_s = np.array([0.0, *(60.0 * end for end, _ in self.steps)])
        fallen_m = np.concatenate([[0.0], np.cumsum([depth / 1000.0 for _, depth in self.steps])])
        delays_s = self._delays_s()
        return RainOnUnits(ground, self._strips(), lambda time_s: np.interp(time_s - delays_s, times_s, fallen_m))

    def _way(self) -> tuple[float, float, float]:
        """How far a step to the east and to the south leads along the way, and the terrain's length along it."""
        angle = math.radians(self.direction_deg)
        east, south = math.sin(angle), -math.cos(angle)
        cells = self.cells
        return east, south, abs(east) * (cells.east - cells.west) + abs(south) * (cells.north - cells.south)

    def _strips(self) -> Units:
        """The strip, as wide as a cell and across the way, that each cell's centre lies in."""
        east, south, _ = self._way()
        cells = self.cells
        x, y = cells.axes()
        along_x = east * (x - (cells.west if east >= 0 else cells.east))
        along_y = south * ((cells.north if south >= 0 else cells.south) - y)
        strips = np.floor((along_y[:, None] + along_x[None, :]) / cells.width)
        return np.asarray(np.clip(strips, 0, len(self._delays_s()) - 1).astype(np.int32))

    def _delays_s(self) -> FloatArray:
        """When the storm reaches the middle of each strip."""
        strips = max(math.ceil(self._way()[2] / self.cells.width - 1e-9), 1)
        return np.asarray((np.arange(strips) + 0.5) * self.cells.width / self.speed_ms)
