"""Closed curves of profiles that are no plain polylines, as rings of points: composite and indexed curves, circles.

Arcs become chords: so many that none is farther than CHORD_M from its arc, as kernels draw them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from .model import Floats
from .step_table import Ints
from .step_values import Values, parse_numbers

CHORD_M = 0.001
FEWEST, MOST = 16, 720
"""The chords of a whole circle."""

SAME_M = 1e-4
"""Ends of segments that lie so near to each other meet."""

OFF_M = 1e-3
"""A point that trims a circle lies no farther from it, and from where its parameter says."""

TURN = 2 * math.pi

Point = tuple[float, float]

_BRACKETS = b"() \t\r\n"
_POINTS = re.compile(rb"\(\s*\(\s*\(([-+0-9.Ee,()\s]*)\)\s*\)\s*(?:,\s*\$\s*)?\)\s*;")
_INDEXED = re.compile(rb"\(\s*#\d+\s*,\s*(\$|\(.*\))\s*,\s*(?:\.[TFU]\.|\$)\s*\)\s*;", re.DOTALL)
_SEGMENT = re.compile(rb"IFC(LINE|ARC)INDEX\s*\(\s*\(([0-9,\s]+)\)\s*\)", re.IGNORECASE)
_SENSE = re.compile(rb"\(\s*\.\w+\.\s*,\s*\.([TF])\.\s*,\s*#\d+\s*\)\s*;")
_TRIM = rb"\(((?:[^()]|\([^()]*\))*)\)"
_TRIMS = re.compile(rb"\(\s*#\d+\s*,\s*" + _TRIM + rb"\s*,\s*" + _TRIM + rb"\s*,\s*\.([TF])\.\s*,\s*\.(\w+)\.\s*\)\s*;")
_PARAMETER = re.compile(rb"IFCPARAMETERVALUE\s*\(\s*([-+.\dEe]+)\s*\)", re.IGNORECASE)


def circle(radius_m: float, other_m: float | None = None) -> Floats:
    """The points (n, 2) of a circle about zero, against the clock, or of an ellipse with another radius along y."""
    widest = max(radius_m, other_m or radius_m)
    angles = np.linspace(0.0, TURN, _chords(widest, TURN) + 1)[:-1]
    return np.column_stack([radius_m * np.cos(angles), (other_m or radius_m) * np.sin(angles)])


def _chords(radius_m: float, angle: float) -> int:
    """How many chords stand for an arc."""
    step = 2 * math.acos(max(1 - CHORD_M / max(radius_m, CHORD_M), 0.0))
    whole = min(max(TURN / step, FEWEST), MOST)
    return max(math.ceil(whole * abs(angle) / TURN), 1)


def rings(values: Values, curves: Ints) -> list[Floats | None]:
    """The points (n, 2) in metres of closed curves, the first not again as the last; None for what kernels read."""
    if not len(curves):
        return []
    some, where = np.unique(curves, return_inverse=True)
    composites = _Composites(values, some[values.is_kind(some, "IfcCompositeCurve")])
    indexed = _Indexed(values, some[values.is_kind(some, "IfcIndexedPolyCurve")])
    round_ones = Round.read(values, some)
    found: list[Floats | None] = []
    for curve in some.tolist():
        points: list[Point] | None = None
        if curve in indexed.places:
            found.append(indexed.ring(curve))
            continue
        if curve in composites.segments:
            points = composites.points(curve)
        elif curve in round_ones:
            points = round_ones[curve].arc(0.0, TURN)
        found.append(_closed(points) if points else None)
    return [found[number] for number in where.tolist()]


def _closed(points: list[Point]) -> Floats | None:
    """The corners of a ring that ends where it began; None for one that does not, or has too few."""
    if len(points) < 4 or not _meet(points[0], points[-1]):
        return None
    ring = points[:-1]
    kept = [point for at, point in enumerate(ring) if point != ring[at - 1]]
    return np.array(kept) if len(kept) >= 3 else None


def _meet(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) <= SAME_M and abs(one[1] - other[1]) <= SAME_M


class _Indexed:
    """Indexed curves of lines and arcs; their points are parsed together, and those that are written alike once."""

    def __init__(self, values: Values, curves: Ints) -> None:
        table, sources = values.table, values.reference(curves, 0)
        sources[~values.is_kind(sources, "IfcCartesianPointList2D")] = -1
        self.data = table.data
        places = (table.opens[curves].tolist(), table.ends[curves].tolist(), sources.tolist())
        self.places = dict(zip(curves.tolist(), zip(*places, strict=True), strict=True))
        self.texts = _texts(values, np.unique(sources[sources >= 0]))
        self.lists = _point_lists(list(dict.fromkeys(self.texts.values())), values.unit_m)
        self.known: dict[tuple[bytes, bytes], Floats | None] = {}

    def ring(self, curve: int) -> Floats | None:
        """The corners of a closed curve; None for what kernels read."""
        opens, end, source = self.places[curve]
        text, match = self.texts.get(source), _INDEXED.match(self.data, opens, end)
        if text is None or match is None:
            return None
        key = (text, match.group(1))
        if key not in self.known:
            points = self._points(*key)
            self.known[key] = _closed(points) if points else None
        return self.known[key]

    def _points(self, text: bytes, written: bytes) -> list[Point] | None:
        points = self.lists.get(text)
        if points is None or written == b"$":
            return points
        segments, last = _segments(written)
        if last >= len(points):
            return None
        parts = [[points[number] for number in at] for _, at in segments]
        return _chained([_arc(*part) if is_arc else part for (is_arc, _), part in zip(segments, parts, strict=True)])


@lru_cache(maxsize=1024)
def _segments(written: bytes) -> tuple[tuple[tuple[bool, tuple[int, ...]], ...], int]:
    """Whether each segment is an arc, and its points from 0; and the last point of all; none for unusual ones.

    Programs number the points of all curves of one shape alike.
    """
    if _SEGMENT.sub(b"", written).translate(None, _BRACKETS + b","):
        return (), 0
    found: list[tuple[bool, tuple[int, ...]]] = []
    for segment in _SEGMENT.finditer(written):
        numbers = [number.strip() for number in segment.group(2).split(b",")]
        at = tuple(int(number) - 1 for number in numbers) if all(numbers) else (-1,)
        is_arc = segment.group(1).upper() == b"ARC"
        if min(at) < 0 or (is_arc and len(at) != 3):
            return (), 0
        found.append((is_arc, at))
    return tuple(found), max((max(at) for _, at in found), default=0)


def _texts(values: Values, records: Ints) -> dict[int, bytes]:
    """The numbers in lists of points in a plane, as they are written; not of those written in an unusual way."""
    table, texts = values.table, dict[int, bytes]()
    places = (records.tolist(), table.opens[records].tolist(), table.ends[records].tolist())
    for record, opens, end in zip(*places, strict=True):
        match = _POINTS.match(table.data, opens, end)
        if match is not None:
            texts[record] = match.group(1).translate(None, _BRACKETS)
    return texts


def _point_lists(texts: list[bytes], unit_m: float) -> dict[bytes, list[Point]]:
    """The points in metres of lists of their numbers; not of those that are no numbers, or fewer than three points."""
    found: dict[bytes, list[Point]] = {}
    for text, every in zip(texts, _parsed(texts), strict=True):
        numbers = every if every is not None else _one_by_one(text)
        if len(numbers) % 2 == 0 and len(numbers) >= 6:
            metres = [number * unit_m for number in numbers]
            found[text] = list(zip(metres[::2], metres[1::2], strict=True))
    return found


def _parsed(texts: list[bytes]) -> list[list[float]] | list[None]:
    """The numbers of several lists, parsed together; None for each where any is unusual."""
    numbers = parse_numbers(b",nan,".join(texts) + b",nan") if texts else None
    stops = np.flatnonzero(np.isnan(numbers)).tolist() if numbers is not None else []
    if numbers is None or len(stops) != len(texts):
        return [None] * len(texts)
    every, starts = numbers.tolist(), [0, *(stop + 1 for stop in stops[:-1])]
    return [every[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _one_by_one(text: bytes) -> list[float]:
    """The numbers of a list; none where one is no number."""
    try:
        return [float(part) for part in text.split(b",")]
    except ValueError:
        return []


def _chained(parts: list[list[Point]]) -> list[Point] | None:
    """Segments as one line; None where one does not begin where the other ended."""
    line: list[Point] = []
    for part in parts:
        if not part or (line and not _meet(line[-1], part[0])):
            return None
        line += part[1:] if line else part
    return line


class _Composites:
    """Composite curves of polylines and of arcs of circles, read in bulk."""

    def __init__(self, values: Values, curves: Ints) -> None:
        self.values = values
        at, segments = values.expand(curves)
        # The segments of a curve that has any of another class are none.
        fitting = values.is_kind(segments, "IfcCompositeCurveSegment")
        parents = values.reference(np.where(fitting, segments, 0), 0)
        parents[~fitting] = -1
        self.segments: dict[int, list[tuple[int, int]]] = {curve: [] for curve in curves.tolist()}
        for row, segment, parent in zip(at.tolist(), segments.tolist(), parents.tolist(), strict=True):
            self.segments[int(curves[row])].append((segment, parent))
        lines = np.unique(parents[values.is_kind(parents, "IfcPolyline")])
        of, found = values.expand(lines)
        points, sizes = values.points(found)
        ends = np.cumsum(np.bincount(of, minlength=len(lines))).tolist()
        bad = set(of[(sizes < 2) | (points[:, 2] != 0)].tolist())
        flat = [(x, y) for x, y, _ in points.tolist()]
        self.lines: dict[int, list[Point] | None] = {
            line: None if number in bad else flat[start:end]
            for number, (line, start, end) in enumerate(zip(lines.tolist(), [0, *ends][:-1], ends, strict=True))
        }
        self.lines |= trimmed(values, np.unique(parents[values.is_kind(parents, "IfcTrimmedCurve")]))

    def points(self, curve: int) -> list[Point] | None:
        return _chained([self._part(segment, parent) or [] for segment, parent in self.segments[curve]])

    def _part(self, segment: int, parent: int) -> list[Point] | None:
        table = self.values.table
        sense = _SENSE.match(table.data, int(table.opens[segment])) if parent >= 0 else None
        if sense is None:
            return None
        own = self.lines.get(parent)
        return own if own is None or sense.group(1) == b"T" else own[::-1]


class Round:
    """A circle or an ellipse in its place: radii, centre, and the direction of its x."""

    def __init__(self, radii: tuple[float, float], frame: Floats) -> None:
        self.radii = radii
        self.x, self.y = (float(number) for number in frame[:2, 3])
        self.along = tuple(float(number) for number in frame[:2, 0])

    @staticmethod
    def read(values: Values, curves: Ints) -> dict[int, Round]:
        """Those of the curves that are circles and ellipses, and written as usual."""
        table = values.table
        some = np.unique(curves[values.is_kind(curves, "IfcCircle", "IfcEllipse")])
        if not len(some):
            return {}
        frames, fine = values.flat_axes(values.reference(some, 0))
        found: dict[int, Round] = {}
        for curve, frame in zip(some[fine].tolist(), frames[fine], strict=True):
            written = table.data[table.opens[curve] + 1 : table.ends[curve] - 1].rstrip()[:-1].split(b",")[1:]
            try:
                radii = [float(part) * values.unit_m for part in written]
            except ValueError:
                continue
            if len(radii) == (1 if values.kind_name(curve) == "IfcCircle" else 2) and min(radii) > 0:
                found[curve] = Round((radii[0], radii[-1]), frame)
        return found

    def arc(self, start: float, sweep: float) -> list[Point]:
        """The points of an arc from a parameter on."""
        count = _chords(max(self.radii), sweep)
        return [self.at(start + sweep * number / count) for number in range(count + 1)]

    def at(self, angle: float) -> Point:
        """The point at a parameter."""
        x, y = self.radii[0] * math.cos(angle), self.radii[1] * math.sin(angle)
        u, v = self.along
        return self.x + u * x - v * y, self.y + v * x + u * y

    def angle(self, point: Point) -> float:
        """The parameter of a point."""
        x, y, (u, v) = point[0] - self.x, point[1] - self.y, self.along
        return math.atan2((u * y - v * x) / self.radii[1], (u * x + v * y) / self.radii[0])


def trimmed(values: Values, curves: Ints) -> dict[int, list[Point]]:
    """The points of trimmed circles, ellipses, and lines that are trimmed by points; not of what kernels read."""
    if not len(curves):
        return {}
    round_ones = Round.read(values, values.reference(curves, 0))
    at, named = values.expand(curves)
    points, sizes = values.points(named)
    refers: dict[int, list[Point | None]] = {curve: [] for curve in curves.tolist()}
    for row, (x, y, _), size in zip(at.tolist(), points.tolist(), sizes.tolist(), strict=True):
        refers[int(curves[row])].append((x, y) if size >= 2 else None)
    found: dict[int, list[Point]] = {}
    for curve, basis in zip(curves.tolist(), values.reference(curves, 0).tolist(), strict=True):
        # The first reference is the curve that is trimmed.
        part = _trimmed(values, curve, basis, round_ones.get(basis), refers[curve][1:])
        if part is not None:
            found[curve] = part
    return found


def _trimmed(
    values: Values, curve: int, basis: int, round_one: Round | None, named: list[Point | None]
) -> list[Point] | None:
    match = _TRIMS.match(values.table.data, int(values.table.opens[curve]), int(values.table.ends[curve]))
    if match is None or basis < 0:
        return None
    points: list[Point | None] = []
    numbers: list[float | None] = []
    for written in match.group(1, 2):
        parameter = _PARAMETER.search(written)
        numbers.append(float(parameter.group(1)) * values.angle_rad if parameter is not None else None)
        points.append(named.pop(0) if b"#" in written and named else None)
    forward, prefers_numbers = match.group(3) == b"T", match.group(4).upper() == b"PARAMETER"
    if round_one is not None:
        return _round_part(round_one, points, numbers, forward, prefers_numbers)
    ends = [point for point in points if point is not None]
    return ends if len(ends) == 2 and not prefers_numbers and values.kind_name(basis) == "IfcLine" else None


def _round_part(
    round_one: Round,
    points: Sequence[Point | None],
    numbers: Sequence[float | None],
    forward: bool,
    prefers_numbers: bool,
) -> list[Point] | None:
    ends: list[float] = []
    for point, number in zip(points, numbers, strict=True):
        angle = round_one.angle(point) if point is not None else None
        for said in (angle, number):
            # What is not on the curve, or is said twice and not alike, is a kernel's work.
            if said is not None and point is not None and _apart(round_one, said, point):
                return None
        chosen = number if angle is None or (prefers_numbers and number is not None) else angle
        if chosen is None:
            return None
        ends.append(chosen)
    turn = 1.0 if forward else -1.0
    sweep = (turn * (ends[1] - ends[0])) % TURN
    if sweep < 1e-9:
        sweep = TURN
    arc = round_one.arc(ends[0], turn * sweep)
    arc[0], arc[-1] = points[0] or arc[0], points[1] or arc[-1]
    return arc


def _apart(round_one: Round, angle: float, point: Point) -> bool:
    return math.dist(round_one.at(angle), point) > OFF_M


def arc_at(corner: Floats, before: Floats, after: Floats, radius: float) -> Floats:
    """The points of the arc that rounds a corner between the directions to the corners before and after it."""
    one, other = before / np.hypot(*before), after / np.hypot(*after)
    half = float(np.arccos(np.clip(one @ other, -1.0, 1.0))) / 2
    reach = radius / np.tan(half)
    middle = (one + other) / np.hypot(*(one + other))
    centre = corner + middle * (radius / np.sin(half))
    ends = (corner + one * reach, centre - middle * radius, corner + other * reach)
    return np.array(_arc(*((float(x), float(y)) for x, y in ends)))


def _arc(first: Point, middle: Point, last: Point) -> list[Point]:
    """The points of an arc through three points; these where they lie on a line."""
    (a, b), (c, d) = (middle[0] - first[0], middle[1] - first[1]), (last[0] - first[0], last[1] - first[1])
    double = 2 * (a * d - b * c)
    if abs(double) < 1e-12:
        return [first, middle, last]
    x = (d * (a * a + b * b) - b * (c * c + d * d)) / double
    y = (a * (c * c + d * d) - c * (a * a + b * b)) / double
    radius, (u, v) = math.hypot(x, y), (first[0] + x, first[1] + y)
    start, stop = (math.atan2(point[1] - v, point[0] - u) for point in (first, last))
    turn = 1.0 if double > 0 else -1.0
    sweep = (turn * (stop - start)) % TURN
    count = _chords(radius, sweep)
    whole, cos, sin = turn * sweep, math.cos, math.sin
    angles = [start + whole * number / count for number in range(1, count)]
    return [first, *[(u + radius * cos(angle), v + radius * sin(angle)) for angle in angles], last]
