"""How far things sink below the level of an eye: the Earth is round, and light bends with it a little."""

from __future__ import annotations

EARTH_M = 6_371_000.0
REFRACTION = 0.13
"""Usual coefficient: light bends by so much of the Earth's curvature."""


def lowering(refraction: float) -> float:
    """By what far points sink below the level of the eye, for each square metre of distance, in 1/m."""
    return (1.0 - refraction) / (2.0 * EARTH_M)
