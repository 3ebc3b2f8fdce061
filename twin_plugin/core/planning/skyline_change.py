"""What changes between two skylines of one observer, and who breaks a ridge line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..common.prisms import Floats
from .skyline import Skyline, SkylineWalls
from .skyline_measures import AzimuthWindow, Strips

LEAST_DEG = 1e-6
"""Less above a ridge is rounding."""


@dataclass(frozen=True)
class SkylineChange:
    """How far a skyline rises above and falls below another one: integrals over azimuth, in square degrees."""

    raised_deg2: float
    lowered_deg2: float
    most_raised_deg: float
    most_raised_at_deg: float


@dataclass(frozen=True)
class RidgeBreak:
    """An object above a ridge line.

    Attributes
    ----------
    object : int
        Its place in the prisms' ids.
    most_deg, at_deg : float
        How far it rises above the ridge at most, and at which azimuth.
    width_deg : float
        Of all azimuths where it does.
    area_deg2 : float
        The integral of the difference over them.
    ranges_deg : tuple of (float, float)
        The azimuths, from and to.
    """

    object: int
    most_deg: float
    at_deg: float
    width_deg: float
    area_deg2: float
    ranges_deg: tuple[tuple[float, float], ...]


def change(before: Skyline, after: Skyline, window: AzimuthWindow) -> SkylineChange:
    """Compare two skylines within a window."""
    strips = Strips.of([before, after], window)
    over = strips.integrals(strips.elevation(1, strips.nodes) - strips.elevation(0, strips.nodes))
    area = over * (180.0 / np.pi) ** 2
    most, at = _most(strips, 1, 0)
    top = int(np.argmax(most))
    raised = float(most[top])
    return SkylineChange(
        float(area[area > 0].sum()),
        float(np.abs(area[area < 0]).sum()),
        max(raised, 0.0),
        float(at[top]) if raised > LEAST_DEG else float("nan"),
    )


def breaks(shown: Skyline, ridge: Skyline, walls: SkylineWalls, window: AzimuthWindow) -> list[RidgeBreak]:
    """Who rises above a ridge line within a window, the highest first."""
    strips = Strips.of([shown, ridge], window)
    middle = (strips.start + strips.end) / 2.0
    over = np.degrees(strips.elevation(0, middle) - strips.elevation(1, middle))
    source = shown.source[strips.piece[0]]
    behind = walls.object_of(source)
    broken = (behind >= 0) & (over > LEAST_DEG)
    most, at = _most(strips, 0, 1)
    area = strips.integrals(strips.elevation(0, strips.nodes) - strips.elevation(1, strips.nodes))
    found = []
    for number in np.unique(behind[broken]).tolist():
        mine = np.flatnonzero(broken & (behind == number))
        top = mine[np.argmax(most[mine])]
        ends = np.degrees(strips.end[mine] - strips.start[mine])
        found.append(
            RidgeBreak(
                number,
                float(most[top]),
                float(at[top]),
                float(ends.sum()),
                float(area[mine].sum() * (180.0 / np.pi) ** 2),
                _ranges(np.degrees(strips.start[mine]), np.degrees(strips.end[mine])),
            )
        )
    return sorted(found, key=lambda item: -item.most_deg)


def _most(strips: Strips, one: int, two: int) -> tuple[Floats, Floats]:
    """By how many degrees one skyline is above another at most in each strip, and at which azimuth in degrees."""
    places = np.column_stack([strips.start, strips.nodes, strips.end])
    over = strips.elevation(one, places) - strips.elevation(two, places)
    best = np.argmax(over, axis=1)
    rows = np.arange(len(best))
    return np.degrees(over[rows, best]), np.degrees(places[rows, best]) % 360.0


def _ranges(start: Floats, end: Floats) -> tuple[tuple[float, float], ...]:
    """Strips that touch, joined."""
    new = np.flatnonzero(np.r_[True, start[1:] - end[:-1] > 1e-9])
    last = np.r_[new[1:] - 1, len(end) - 1]
    return tuple((float(start[i] % 360.0), float(end[j] % 360.0)) for i, j in zip(new, last, strict=True))
