"""One sponge surface: how much it holds, how fast it takes water up and passes it on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ...common.errors import InputError
from .kinds import sponge_kinds

STORE = "surfaces"
TAKEN = "surfaces_m3"


@dataclass(frozen=True)
class SpongeSurface:
    """One surface.

    Attributes
    ----------
    kind : str
        A name of `sponge_kinds`.
    storage_mm : float
        Water that it holds when full: thickness of its layer times the share of voids.
    rate_mm_h : float
        Fastest uptake of water that falls or stands on it.
    seepage_mm_h, drain_mm_h : float
        Outflow to the ground, and through the underdrain to the drains, while it holds water.
    initial_fill : float
        Share of the storage that is full at the start.
    area_m2 : float
        Of its polygon on the terrain, which storage and rates are for; NaN: of its cells.
    catchment_m2 : float
        Area besides its own whose rain it is made for; only `capture_pct` knows it.
    number : int
        Its place in the layer that it comes from, 1 for the first; 0 without a layer.
    """

    kind: str
    storage_mm: float
    rate_mm_h: float
    seepage_mm_h: float = 0.0
    drain_mm_h: float = 0.0
    initial_fill: float = 0.0
    area_m2: float = math.nan
    catchment_m2: float = 0.0
    number: int = 0

    def __post_init__(self) -> None:
        numbers = self.storage_mm, self.rate_mm_h, self.seepage_mm_h, self.drain_mm_h, self.catchment_m2
        if not all(math.isfinite(number) and number >= 0 for number in numbers):
            raise InputError("Depth, rates and catchment of a sponge surface must be numbers from 0 up.")
        if not 0 <= self.initial_fill <= 1:
            raise InputError(
                "The initial fill of a sponge surface must be from 0 to 1, not {fill:g}.", fill=self.initial_fill
            )
        if not (math.isnan(self.area_m2) or self.area_m2 > 0):
            raise InputError("The area of a sponge surface must be above 0 m².")
        if self.kind not in sponge_kinds():
            raise InputError("There is no kind of sponge surface '{kind}'.", kind=self.kind)

    @property
    def vessel(self) -> bool:
        """Whether its cells share one storage."""
        return sponge_kinds()[self.kind].vessel


def part_name(kind: str) -> str:
    """A kind as part of the name of a volume."""
    return kind.replace(" ", "_")
