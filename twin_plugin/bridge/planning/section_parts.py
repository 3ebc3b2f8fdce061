"""Sections as values: what they cut, in metres along the line and elevations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ...core.common.prisms import Floats

BUILDING = "building"
"""The kind of buildings and storeys; the others are those of what lies below the ground."""


@dataclass(frozen=True)
class SectionPart:
    """A part of an object in a section: its shape in section coordinates, metres along the line and elevations."""

    kind: str
    id: str
    name: str
    state: str
    shape: shapely.Polygon


@dataclass(frozen=True, eq=False)
class CitySection:
    """A section: objects, and stretches (distance, elevation) of the ground and of the water."""

    id: str
    name: str
    length_m: float
    parts: list[SectionPart]
    ground: list[Floats]
    water: list[Floats]

    def levels(self) -> tuple[float, float]:
        """The lowest and the highest elevation; NaN where there is nothing."""
        values = [stretch[:, 1] for stretch in (*self.ground, *self.water)]
        values += [np.array(part.shape.bounds)[[1, 3]] for part in self.parts]
        every = np.concatenate([np.zeros(0), *values])
        return (float(every.min()), float(every.max())) if len(every) else (np.nan, np.nan)
