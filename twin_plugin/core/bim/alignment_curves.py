"""Curves of alignments: horizontal segments by their curvature, vertical ones by their gradient, in metres.

A horizontal segment is its start and a law of curvature over its length, as in IfcAlignmentHorizontalSegment (ISO
16739-1:2024, 8.7.3). Its direction is the integral of the curvature, in closed form; its points are the integral of
the direction, by Gauss' rule of eight points for each step, which is exact to far below a millimetre.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .model import Floats

CHORD_M = 0.001
"""A chord leaves its curve by no more than this."""

LONGEST_M, MOST_STEPS = 50.0, 20_000

EXACT = frozenset({"LINE", "CIRCULARARC", "CLOTHOID", "BLOSSCURVE", "COSINECURVE", "SINECURVE", "HELMERTCURVE"})
"""The horizontal segments whose law is known; a cubic and a Viennese bend are drawn by a law that is near theirs."""

_NO_LENGTH = 1e-9


def _linear(part: Floats) -> Floats:
    return part**2 / 2


def _bloss(part: Floats) -> Floats:
    return part**3 - part**4 / 2


def _cosine(part: Floats) -> Floats:
    return part / 2 - np.sin(np.pi * part) / (2 * np.pi)


def _sine(part: Floats) -> Floats:
    return part**2 / 2 + (np.cos(2 * np.pi * part) - 1) / (4 * np.pi**2)


def _helmert(part: Floats) -> Floats:
    late = -2 * part**3 / 3 + 2 * part**2 - part + 1 / 6
    return np.where(part < 0.5, 2 * part**3 / 3, late)


def _viennese(part: Floats) -> Floats:
    return 7 * part**5 - 14 * part**6 + 10 * part**7 - 2.5 * part**8


_LAWS: dict[str, Callable[[Floats], Floats]] = {
    "CLOTHOID": _linear,
    "CUBIC": _linear,
    "BLOSSCURVE": _bloss,
    "COSINECURVE": _cosine,
    "SINECURVE": _sine,
    "HELMERTCURVE": _helmert,
    "VIENNESEBEND": _viennese,
}
"""Integrals, from 0 to a part of the length, of how far the curvature has gone from its start to its end."""


@dataclass(frozen=True)
class PlanSegment:
    """A horizontal segment.

    Attributes
    ----------
    x, y : float
        Where it starts, m.
    direction : float
        To where it starts, radians counter-clockwise from the x axis.
    length : float
        Along the curve, m.
    start_curvature, end_curvature : float
        1 / m, positive where it turns left; 0 is straight.
    kind : str
        As IfcAlignmentHorizontalSegmentTypeEnum names it.
    """

    x: float
    y: float
    direction: float
    length: float
    start_curvature: float = 0.0
    end_curvature: float = 0.0
    kind: str = "LINE"

    def directions(self, along: Floats) -> Floats:
        """Directions (n,) at distances from the start (n,)."""
        turned = self.start_curvature * along
        if self.kind in _LAWS and self.length > _NO_LENGTH:
            change = self.end_curvature - self.start_curvature
            turned = turned + change * self.length * _LAWS[self.kind](along / self.length)
        return self.direction + turned

    def points(self, along: Floats) -> Floats:
        """Points (n, 2) at rising distances from the start (n,), the first of which is 0."""
        if self.start_curvature == 0.0 == self.end_curvature:
            ray = np.array([math.cos(self.direction), math.sin(self.direction)])
            return np.array([self.x, self.y]) + along[:, None] * ray
        nodes, weights = _gauss()
        steps = np.diff(along)
        at = along[:-1, None] + steps[:, None] * nodes
        heading = self.directions(at)
        moves = np.stack([np.cos(heading) @ weights, np.sin(heading) @ weights], axis=1) * steps[:, None]
        return np.array([self.x, self.y]) + np.vstack([np.zeros(2), np.cumsum(moves, axis=0)])

    def stations(self, more: Floats) -> Floats:
        """Distances from the start at which it is drawn; those of `more` that lie on it are among them."""
        bend = max(abs(self.start_curvature), abs(self.end_curvature))
        step = LONGEST_M if bend == 0.0 else min(LONGEST_M, math.sqrt(8.0 * CHORD_M / bend))
        count = 1 if bend == 0.0 else min(MOST_STEPS, max(1, math.ceil(self.length / step)))
        inner = more[(more > _NO_LENGTH) & (more < self.length - _NO_LENGTH)]
        return np.unique(np.concatenate([np.linspace(0.0, self.length, count + 1), inner]))


@lru_cache(maxsize=1)
def _gauss() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(8)  # type: ignore[no-untyped-call]
    return (nodes + 1) / 2, weights / 2


@dataclass(frozen=True)
class ProfileSegment:
    """A vertical segment over horizontal distances (m) from the start of the alignment; gradients are rise over run."""

    start: float
    length: float
    height: float
    start_gradient: float
    end_gradient: float
    kind: str = "CONSTANTGRADIENT"

    def heights(self, distance: Floats) -> Floats:
        """Heights at distances; before and behind it they go on as at its ends."""
        u = np.clip(distance - self.start, 0.0, self.length)
        g0, g1 = self.start_gradient, self.end_gradient
        if self.kind == "CIRCULARARC" and self.length > _NO_LENGTH:
            s0, s1 = math.sin(math.atan(g0)), math.sin(math.atan(g1))
            if abs(s1 - s0) > 1e-12:
                radius = self.length / (s1 - s0)
                turned = np.sqrt(1.0 - (s0 + u / radius) ** 2)
                return self.height + radius * (math.sqrt(1.0 - s0 * s0) - turned)
        if self.kind == "CONSTANTGRADIENT" or self.length <= _NO_LENGTH:
            return self.height + g0 * u
        return self.height + g0 * u + (g1 - g0) * u * u / (2.0 * self.length)

    def gradients(self, distance: Floats) -> Floats:
        """Gradients at distances."""
        u = np.clip(distance - self.start, 0.0, self.length)
        if self.kind == "CONSTANTGRADIENT" or self.length <= _NO_LENGTH:
            return np.full_like(u, self.start_gradient)
        if self.kind == "CIRCULARARC":
            s0, s1 = math.sin(math.atan(self.start_gradient)), math.sin(math.atan(self.end_gradient))
            rise = s0 + (s1 - s0) * u / self.length
            return rise / np.sqrt(1.0 - rise * rise)
        return self.start_gradient + (self.end_gradient - self.start_gradient) * u / self.length

    @property
    def drawn_at(self) -> Floats:
        """Distances at which it is drawn."""
        bend = abs(self.end_gradient - self.start_gradient) / max(self.length, _NO_LENGTH)
        if self.kind == "CONSTANTGRADIENT" or bend == 0.0:
            return np.array([self.start, self.start + self.length])
        count = min(MOST_STEPS, max(1, math.ceil(self.length / math.sqrt(8.0 * CHORD_M / bend))))
        return np.linspace(self.start, self.start + self.length, count + 1)


@dataclass(frozen=True)
class Profile:
    """The vertical layout of an alignment."""

    segments: Sequence[ProfileSegment]

    def _each(self, distance: Floats, of: Callable[[ProfileSegment, Floats], Floats]) -> Floats:
        starts = np.array([segment.start for segment in self.segments])
        owner = np.clip(np.searchsorted(starts, distance + 1e-9, side="right") - 1, 0, len(starts) - 1)
        found = np.zeros_like(distance)
        for number in np.unique(owner):
            some = owner == number
            found[some] = of(self.segments[number], distance[some])
        return found

    def heights(self, distance: Floats) -> Floats:
        """Heights at distances from the start of the alignment; level beyond the ends."""
        return self._each(distance, ProfileSegment.heights)

    def gradients(self, distance: Floats) -> Floats:
        """Gradients there."""
        return self._each(distance, ProfileSegment.gradients)

    @property
    def breaks(self) -> Floats:
        """Distances at which it is drawn."""
        return np.unique(np.concatenate([segment.drawn_at for segment in self.segments]))

    @property
    def reach(self) -> tuple[float, float]:
        """The distances over which it says something."""
        return self.segments[0].start, max(segment.start + segment.length for segment in self.segments)
