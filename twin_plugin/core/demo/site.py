"""Where a synthetic building stands: its frame in the district's frame, and the ground that is levelled for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .parts import BuildingPlan, Ring
from .street_plan import Floats
from .terrain import Pad


@dataclass(frozen=True)
class Design:
    """A plan with the ground that is to be levelled for it."""

    plan: BuildingPlan
    pads: tuple[Pad, ...]


@dataclass(frozen=True)
class Site:
    """A building's frame in the district's frame: origin and angle."""

    u: float
    v: float
    angle_rad: float

    def place(self, ring: Ring) -> Floats:
        """The ring's corners in the district's frame, shape (n, 2)."""
        a = np.asarray(ring, float)
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        return np.column_stack((self.u + a[:, 0] * cos - a[:, 1] * sin, self.v + a[:, 0] * sin + a[:, 1] * cos))
