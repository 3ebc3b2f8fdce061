"""The outlines of the synthetic buildings: rectangle, L, open courtyard, and tower on a podium."""

from __future__ import annotations

import math

import numpy as np
import shapely

from .parts import Ring


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Ring:
    """Four corners, anticlockwise from the lower left."""
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def l_shape(width_m: float, depth_m: float, wing_m: float) -> Ring:
    """An L with wings `wing_m` wide; its corner is the origin."""
    return ((0, 0), (width_m, 0), (width_m, wing_m), (wing_m, wing_m), (wing_m, depth_m), (0, depth_m))


def courtyard(width_m: float, depth_m: float, wing_m: float, gate_m: float) -> Ring:
    """A building around a court that opens at the back through a gate, so that rain can leave it."""
    mid0, mid1 = (width_m - gate_m) / 2, (width_m + gate_m) / 2
    return (
        (0, 0),
        (width_m, 0),
        (width_m, depth_m),
        (mid1, depth_m),
        (mid1, depth_m - wing_m),
        (width_m - wing_m, depth_m - wing_m),
        (width_m - wing_m, wing_m),
        (wing_m, wing_m),
        (wing_m, depth_m - wing_m),
        (mid0, depth_m - wing_m),
        (mid0, depth_m),
        (0, depth_m),
    )


def edges(ring: Ring) -> list[tuple[float, float, float, float]]:
    """Start, angle and length of each side: (x, y, angle_rad, length_m)."""
    return [
        (x0, y0, math.atan2(y1 - y0, x1 - x0), math.hypot(x1 - x0, y1 - y0))
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)
    ]


def area(ring: Ring) -> float:
    """Area in square metres, positive for an anticlockwise ring."""
    a = np.asarray(ring)
    b = np.roll(a, -1, axis=0)
    return float(np.sum(a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]) / 2)


def along(ring: Ring, edge: int, offset_m: float, inward_m: float = 0.0) -> tuple[float, float, float]:
    """A point on a side, moved inwards, and the side's angle."""
    x, y, angle, _ = edges(ring)[edge]
    cos, sin = math.cos(angle), math.sin(angle)
    return x + offset_m * cos - inward_m * sin, y + offset_m * sin + inward_m * cos, angle


def room_behind(ring: Ring, edge: int, offset_m: float, width_m: float) -> float:
    """How far a strip that starts on a side can go inwards to the next side; 0 when the side is too short."""
    length = edges(ring)[edge][3]
    if length < offset_m + width_m + 0.3:
        return 0.0
    outline = shapely.Polygon(ring)
    far = 500.0
    reach = []
    for offset in (offset_m, offset_m + width_m):
        x0, y0, _ = along(ring, edge, offset, 0.01)
        x1, y1, _ = along(ring, edge, offset, far)
        inside = shapely.intersection(outline, shapely.LineString([(x0, y0), (x1, y1)]))
        first = shapely.get_geometry(inside, 0) if inside.geom_type != "LineString" else inside
        reach.append(float(first.length))
    return min(reach)
