"""Where a synthetic building stands: its frame in the district's frame, and the ground that is levelled for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .assemble import BuildingBody
from .identity import address, building_name
from .parts import BuildingPlan, Ring
from .street_plan import Floats, StreetPlan
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


def make_plan(
    layout: StreetPlan,
    number: int,
    rng: np.random.Generator,
    body: BuildingBody,
    site: Site,
    first_year: int,
    millimetre_share: float = 0.0,
    **more: Any,
) -> BuildingPlan:
    """The plan of the building on lot `number`: its identity, its place on the map, its body and `more` fields."""
    lot = layout.lots[number]
    x, y = layout.to_map(site.u, site.v)
    english, chinese = building_name(lot.use, number, rng)
    return BuildingPlan(
        number=number + 1,
        use=lot.use,
        name_en=english,
        name_zh=chinese,
        address=address(layout, lot, number),
        year=int(rng.integers(first_year, 2025)),
        map_x=round(float(x), 4),
        map_y=round(float(y), 4),
        bearing_rad=layout.angle_rad + site.angle_rad,
        unit="mm" if rng.random() < millimetre_share else "m",
        levels=tuple(body.levels),
        elements=tuple(body.elements),
        sills=tuple(body.sills),
        **more,
    )
