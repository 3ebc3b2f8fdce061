"""The account of water of a run, kept in float64 beside the float32 fields."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass
class Ledger:
    """Volumes in cubic metres; all but `stored_m3` are counted where water is added or taken, not from the depths."""

    initial_m3: float = 0.0
    rain_m3: float = 0.0
    inflow_m3: float = 0.0
    boundary_in_m3: float = 0.0
    boundary_out_m3: float = 0.0
    infiltration_m3: float = 0.0
    drained_m3: float = 0.0
    stored_m3: float = 0.0

    @property
    def given_m3(self) -> float:
        """The initial volume plus all inflow: what the error is related to."""
        return self.initial_m3 + self.rain_m3 + self.inflow_m3 + self.boundary_in_m3

    @property
    def expected_m3(self) -> float:
        """What must be on the terrain."""
        return self.given_m3 - self.boundary_out_m3 - self.infiltration_m3 - self.drained_m3

    @property
    def error_m3(self) -> float:
        """Water made (positive) or lost (negative) by the computation."""
        return self.stored_m3 - self.expected_m3

    @property
    def relative_error(self) -> float:
        """Error as a share of the initial volume plus all inflow; 0 when there was no water."""
        return self.error_m3 / self.given_m3 if self.given_m3 > 0 else 0.0


@dataclass
class Counts:
    """What the steps add up to."""

    steps: int = 0
    updates: int = 0
    capped_looks: int = 0
    wet_looks: int = 0
    fast_looks: int = 0
    peak_m3: float = 0.0
    peak_s: float = 0.0
    peak_wet_cells: int = 0
    shortest_s: float = math.inf
    longest_s: float = 0.0
    fast_share_peak: float = 0.0
