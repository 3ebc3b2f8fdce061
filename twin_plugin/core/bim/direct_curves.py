"""Closed curves of profiles that are no plain polylines, as rings of points: composite and indexed curves, circles.

Arcs become chords: so many that none is farther than CHORD_M from its arc, as kernels draw them.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from .model import Floats
from .step_table import Ints
from .step_values import Values, parse_numbers

CHORD_M = 0.001
FEWEST, MOST = 16, 180
"""The chords of a whole circle."""

SAME_M = 1e-4
"""Ends of segments that lie so near to each other meet."""

_BRACKETS = b"() \t\r\n"
_POINTS = re.compile(rb"\(\s*\(\s*\(([-+0-9.Ee,()\s]*)\)\s*\)\s*(?:,\s*\$\s*)?\)\s*;")
_INDEXED = re.compile(rb"\(\s*#\d+\s*,\s*(\$|\(.*\))\s*,\s*(?:\.[TFU]\.|\$)\s*\)\s*;", re.DOTALL)
_SEGMENT = re.compile(rb"IFC(LINE|ARC)INDEX\s*\(\s*\(([0-9,\s]+)\)\s*\)", re.IGNORECASE)
_SENSE = re.compile(rb"\(\s*\.\w+\.\s*,\s*\.([TF])\.\s*,\s*#\d+\s*\)\s*;")


def circle(radius_m: float) -> Floats:
    """The points (n, 2) of a circle about zero, against the clock."""
    angles = np.linspace(0.0, 2 * np.pi, _chords(radius_m, 2 * np.pi) + 1)[:-1]
    return radius_m * np.column_stack([np.cos(angles), np.sin(angles)])


def _chords(radius_m: float, angle: float) -> int:
    """How many chords stand for an arc."""
    step = 2 * np.arccos(max(1 - CHORD_M / max(radius_m, CHORD_M), 0.0))
    whole = min(max(2 * np.pi / step, FEWEST), MOST)
    return max(int(np.ceil(whole * abs(angle) / (2 * np.pi))), 1)


def rings(values: Values, curves: Ints) -> list[Floats | None]:
    """The points (n, 2) in metres of closed curves, the first not again as the last; None for what kernels read."""
    return [_ring(values, curve) for curve in curves.tolist()]


def _ring(values: Values, curve: int) -> Floats | None:
    one = np.array([curve])
    if values.is_kind(one, "IfcIndexedPolyCurve")[0]:
        points = _indexed(values, curve)
    elif values.is_kind(one, "IfcCompositeCurve")[0]:
        points = _composite(values, curve)
    else:
        return None
    if points is None or len(points) < 4 or np.abs(points[0] - points[-1]).max() > SAME_M:
        return None
    ring = points[:-1]
    apart = np.abs(ring - np.roll(ring, 1, axis=0)).max(axis=1) > 0
    return ring[apart] if apart.sum() >= 3 else None


def _indexed(values: Values, curve: int) -> Floats | None:
    """The points of an IfcIndexedPolyCurve."""
    data, opens = values.table.data, values.table.opens
    source = values.reference(np.array([curve]), 0)
    match = _INDEXED.match(data, int(opens[curve]))
    if match is None or not values.is_kind(source, "IfcCartesianPointList2D")[0]:
        return None
    written = _POINTS.match(data, int(opens[source[0]]))
    numbers = parse_numbers(written.group(1).translate(None, _BRACKETS)) if written is not None else None
    if numbers is None or len(numbers) % 2 or len(numbers) < 6:
        return None
    points = numbers.reshape(-1, 2) * values.unit_m
    if match.group(1) == b"$":
        return points
    parts: list[Floats] = []
    segments = list(_SEGMENT.finditer(match.group(1)))
    if _SEGMENT.sub(b"", match.group(1)).translate(None, _BRACKETS + b","):
        return None
    for segment in segments:
        at = np.array([int(number) - 1 for number in segment.group(2).split(b",")])
        if at.min() < 0 or at.max() >= len(points):
            return None
        own = points[at]
        if segment.group(1).upper() == b"ARC":
            if len(own) != 3:
                return None
            own = _arc(*own)
        parts.append(own)
    return _chained(parts)


def _composite(values: Values, curve: int) -> Floats | None:
    """The points of an IfcCompositeCurve whose segments are polylines."""
    segments = values.expand(np.array([curve]))[1]
    if not len(segments) or not values.is_kind(segments, "IfcCompositeCurveSegment").all():
        return None
    parents = values.reference(segments, 0)
    if not values.is_kind(parents, "IfcPolyline").all():
        return None
    owner, found = values.expand(parents)
    points, sizes = values.points(found)
    if (sizes != 2).any():
        return None
    parts = []
    for number, segment in enumerate(segments.tolist()):
        sense = _SENSE.match(values.table.data, int(values.table.opens[segment]))
        if sense is None:
            return None
        own = points[owner == number, :2]
        parts.append(own if sense.group(1) == b"T" else own[::-1])
    return _chained(parts)


def _chained(parts: list[Floats]) -> Floats | None:
    """Segments as one line; None where one does not begin where the other ended."""
    for before, after in pairwise(parts):
        if not len(before) or not len(after) or np.abs(before[-1] - after[0]).max() > SAME_M:
            return None
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])]) if parts else None


def _arc(first: Floats, middle: Floats, last: Floats) -> Floats:
    """The points of an arc through three points; these where they lie on a line."""
    (a, b), (c, d) = middle - first, last - first
    double = 2 * (a * d - b * c)
    if abs(double) < 1e-12:
        return np.stack([first, middle, last])
    x = (d * (a * a + b * b) - b * (c * c + d * d)) / double
    y = (a * (c * c + d * d) - c * (a * a + b * b)) / double
    centre, radius = first + np.array([x, y]), float(np.hypot(x, y))
    start, stop = (float(np.arctan2(*(point - centre)[::-1])) for point in (first, last))
    turn = 1.0 if double > 0 else -1.0
    sweep = (turn * (stop - start)) % (2 * np.pi)
    angles = start + turn * np.linspace(0.0, sweep, _chords(radius, sweep) + 1)
    points = centre + radius * np.column_stack([np.cos(angles), np.sin(angles)])
    points[0], points[-1] = first, last
    return points
