"""What a skyline is like in numbers: mean, deviation, peaks, tortuosity, box dimension, and how much sky is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..common.prisms import Floats, Ints
from . import line_kernels
from .skyline import Skyline, SkylineWalls

STEP_DEG = 0.1
"""Widest strip within which a curve is integrated and drawn."""
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)  # type: ignore[no-untyped-call]
SIZES_DEG = (8.0, 4.0, 2.0, 1.0, 0.5, 0.25)
"""Usual boxes of the dimension; azimuth and elevation are both in degrees, 1:1."""
PEAK_DEG = 1.0
"""Usual least rise and fall of a peak."""


@dataclass(frozen=True)
class AzimuthWindow:
    """The azimuths that are looked at, clockwise from one to the other, in degrees: 0 and 360 are the whole circle.

    Attributes
    ----------
    from_deg : float
        0 to 360.
    to_deg : float
        Above `from_deg`, by 360 at most.
    """

    from_deg: float = 0.0
    to_deg: float = 360.0

    @classmethod
    def between(cls, from_deg: float, to_deg: float) -> AzimuthWindow:
        """From azimuths of any number of turns: equal ones are the whole circle."""
        first = from_deg % 360.0
        width = (to_deg - from_deg) % 360.0
        return cls(first, first + (width if width > 0.0 else 360.0))

    @property
    def width_deg(self) -> float:
        return self.to_deg - self.from_deg

    @property
    def closed(self) -> bool:
        return self.width_deg >= 360.0


@dataclass(frozen=True, eq=False)
class Strips:
    """A window cut so finely that no skyline in it changes its piece within a strip.

    Attributes
    ----------
    start, end : ndarray of float64, shape (n,)
        Azimuths in radians, rising; beyond a full turn where the window goes through north.
    piece : tuple of ndarray of int64, shape (n,)
        Of each skyline.
    """

    skylines: tuple[Skyline, ...]
    start: Floats
    end: Floats
    piece: tuple[Ints, ...]

    @classmethod
    def of(cls, skylines: Sequence[Skyline], window: AzimuthWindow) -> Strips:
        """Cut at the pieces of all, at crossings of the first two, and at a step."""
        low, high = np.radians(window.from_deg), np.radians(window.to_deg)
        steps = max(1, int(np.ceil(window.width_deg / STEP_DEG - 1e-9)))
        places = [np.linspace(low, high, steps + 1)]
        for skyline in skylines:
            places += [skyline.azimuth[:-1], skyline.azimuth[:-1] + 2.0 * np.pi]
        cuts = np.unique(np.concatenate(places))
        cuts = cuts[(cuts >= low) & (cuts <= high)]
        strips = cls._cut(tuple(skylines), cuts)
        if len(skylines) > 1:
            crossing = strips._crossings()
            if len(crossing):
                strips = cls._cut(strips.skylines, np.unique(np.concatenate([cuts, crossing])))
        return strips

    @classmethod
    def _cut(cls, skylines: tuple[Skyline, ...], cuts: Floats) -> Strips:
        start, end = cuts[:-1], cuts[1:]
        wide = end - start > 1e-13
        start, end = start[wide], end[wide]
        middle = np.mod((start + end) / 2.0, 2.0 * np.pi)
        return cls(skylines, start, end, tuple(skyline.piece_at(middle) for skyline in skylines))

    def _crossings(self) -> Floats:
        """Where the first two cross within a strip: in closed form, as both are sums of a cosine and a sine."""
        (one, two), (i, j) = self.skylines[:2], self.piece[:2]
        da, db = one.a[i] - two.a[j], one.b[i] - two.b[j]
        here = da * np.cos(self.start) + db * np.sin(self.start)
        there = da * np.cos(self.end) + db * np.sin(self.end)
        cross = here * there < 0.0
        place = np.arctan2(-da[cross], db[cross])
        place += np.pi * np.ceil((self.start[cross] - place) / np.pi)
        return place[(place > self.start[cross]) & (place < self.end[cross])]

    def elevation(self, number: int, azimuth: Floats) -> Floats:
        """Elevation in radians of a skyline at an azimuth of each strip, shape (n, …)."""
        skyline, piece = self.skylines[number], self.piece[number]
        if azimuth.ndim == 2:
            piece = piece[:, None]
        return np.arctan(skyline.tangent(azimuth, piece))

    @property
    def nodes(self) -> Floats:
        """Azimuths at which each strip is integrated, shape (n, 4)."""
        middle, half = (self.start + self.end) / 2.0, (self.end - self.start) / 2.0
        return np.asarray(middle[:, None] + half[:, None] * _NODES)

    def integrals(self, values: Floats) -> Floats:
        """The integral over each strip, of values at the nodes, over radians."""
        return np.asarray(values @ _WEIGHTS * (self.end - self.start) / 2.0)

    def highest(self, number: int) -> tuple[Floats, Floats]:
        """The greatest elevation of a skyline in each strip and where it is, in radians."""
        skyline, piece = self.skylines[number], self.piece[number]
        a, b = skyline.a[piece], skyline.b[piece]
        peak = np.arctan2(b, a)
        peak += 2.0 * np.pi * np.ceil((self.start - peak) / (2.0 * np.pi))
        here, there = (self.elevation(number, place) for place in (self.start, self.end))
        inside = peak < self.end
        where = np.where(inside, peak, np.where(here >= there, self.start, self.end))
        return np.where(inside, np.arctan(np.hypot(a, b)), np.maximum(here, there)), where


@dataclass(frozen=True)
class SkylineMeasures:
    """A skyline in a window; elevations in degrees, means over azimuth.

    Attributes
    ----------
    objects, changes : int
        How many buildings form it, and how often one takes over from another, or from terrain.
    peaks : int
        Rises of at least PEAK_DEG that such a fall follows.
    tortuosity : float
        Length of the line in the chart, whose axes have one scale, by the width of the window.
    dimension : float
        Slope of the logarithm of boxes that the line touches over that of 1/size.
    sky_share : float
        Share of the part of the sky's dome over the window that is open (solid angle).
    sky_view : float
        The same weighted with the cosine of the zenith angle, as on level ground.
    """

    mean_deg: float
    deviation_deg: float
    maximum_deg: float
    maximum_at_deg: float
    objects: int
    changes: int
    peaks: int
    tortuosity: float
    dimension: float
    sky_share: float
    sky_view: float


def line_of(strips: Strips, window: AzimuthWindow, number: int = 0) -> tuple[Floats, Floats]:
    """The skyline as points of a chart, azimuth and elevation in degrees; where it jumps, two at one azimuth."""
    x = np.column_stack([strips.start, strips.end]).ravel()
    ends = [strips.elevation(number, place) for place in (strips.start, strips.end)]
    y = np.column_stack(ends).ravel()
    if window.closed:
        x, y = np.append(x, x[-1]), np.append(y, y[0])
    return np.degrees(x), np.degrees(y)


def length_of(x: Floats, y: Floats) -> float:
    """Length of a line of points."""
    return float(np.hypot(np.diff(x), np.diff(y)).sum())


def box_dimension(x: Floats, y: Floats, sizes: Sequence[float]) -> float:
    """Slope of log(touched boxes) over log(1 / size) by least squares; NaN with fewer than two sizes.

    Notes
    -----
    Box counting, as Stamps has it for skylines (Fractals, skylines, nature and beauty, Landscape and Urban Planning 60,
    2002). The result depends on the sizes and on the scale of the axes: compare only what has the same.
    """
    if len(sizes) < 2:
        return float("nan")
    counts = [line_kernels.touched_boxes(x, y, size) for size in sizes]
    return float(np.polyfit(-np.log(sizes), np.log(counts), 1)[0])


def measure(
    skyline: Skyline,
    walls: SkylineWalls,
    window: AzimuthWindow,
    sizes_deg: Sequence[float] = SIZES_DEG,
    peak_deg: float = PEAK_DEG,
) -> SkylineMeasures:
    """Measure a skyline within a window."""
    strips = Strips.of([skyline], window)
    elevation = strips.elevation(0, strips.nodes)
    width = np.radians(window.width_deg)

    def mean(values: Any) -> float:
        return float(strips.integrals(values).sum() / width)

    average = mean(elevation)
    highest, where = strips.highest(0)
    top = int(np.argmax(highest))
    source = skyline.source[strips.piece[0]]
    behind = np.where(source >= 0, walls.object_of(source), np.minimum(source, -1))
    behind[source < -1] = -2
    turns = behind[1:] != behind[:-1]
    x, y = line_of(strips, window)
    return SkylineMeasures(
        float(np.degrees(average)),
        float(np.degrees(np.sqrt(max(mean((elevation - average) ** 2), 0.0)))),
        float(np.degrees(highest[top])),
        float(np.degrees(where[top]) % 360.0),
        len(np.unique(behind[behind >= 0])),
        int(turns.sum()) + int(window.closed and behind[0] != behind[-1]),
        int(line_kernels.count_peaks(y, peak_deg, window.closed)),
        length_of(x, y) / window.width_deg,
        box_dimension(x, y, sizes_deg),
        1.0 - mean(np.sin(elevation)),
        1.0 - mean(np.sin(elevation) ** 2),
    )
