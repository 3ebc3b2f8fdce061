"""Whether the faces of a body enclose it, and the volume that they enclose."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .solid import Solid

SAME_M = 1e-4
"""Corners of one edge differ by less."""


def volume_m3(solid: Solid) -> float:
    """The volume that faces enclose, positive where they look outward; exact for plane faces of a closed body."""
    if not len(solid.points):
        return 0.0
    away = solid.points - solid.points.mean(axis=0)
    first = np.cumsum(solid.counts) - solid.counts
    after = np.arange(1, len(away) + 1)
    after[first + solid.counts - 1] = first
    area = np.add.reduceat(np.cross(away, away[after]), first) / 2
    middle = np.add.reduceat(away, first) / solid.counts[:, None]
    return float(np.einsum("ij,ij->", area, middle) / 3)


def open_edges(solid: Solid) -> int:
    """How many edges have no partner in the opposite direction: none of a closed body."""
    keys = np.round(solid.points / SAME_M).astype(np.int64)
    first = np.cumsum(solid.counts) - solid.counts
    after = np.arange(1, len(keys) + 1)
    after[first + solid.counts - 1] = first
    _, number = np.unique(keys, axis=0, return_inverse=True)
    number = number.ravel()
    found = Counter(zip(number.tolist(), number[after].tolist(), strict=True))
    return sum(max(0, count - found.get((v, u), 0)) for (u, v), count in found.items() if u != v)
