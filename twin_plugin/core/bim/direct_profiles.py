"""Profiles given by their sizes, as rings of points: steel sections, hollow and rounded ones, ellipses.

Each is the outline that IFC's documentation of its class draws, centred on the box around it; corners with a radius are
arcs. Sections whose flanges or legs slope are left to a kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from .direct_curves import arc_at, circle
from .model import Floats
from .step_table import Ints
from .step_values import Values

Corners = list[tuple[float, float, float]]
"""The corners of an outline against the clock: x, y and the radius of its rounding."""

Sizes = Sequence[float | None]
"""What stands behind the position of a profile, in metres; None for what is not given."""


class _Unknown(Exception):
    """Sizes that make no profile, or one that is left to a kernel."""


def _rounded(corners: Corners) -> Floats:
    """The points of an outline."""
    count = len(corners)
    parts: list[Floats] = []
    for at, (x, y, radius) in enumerate(corners):
        here = np.array([x, y])
        if radius <= 0:
            parts.append(here[None, :])
            continue
        before, after = np.array(corners[at - 1][:2]) - here, np.array(corners[(at + 1) % count][:2]) - here
        parts.append(arc_at(here, before, after, radius))
    return np.concatenate(parts)


def _box(width: float, depth: float, radius: float = 0.0) -> Corners:
    x, y = width / 2, depth / 2
    return [(-x, -y, radius), (x, -y, radius), (x, y, radius), (-x, y, radius)]


def _mirrored(right: Corners) -> Corners:
    """The right half of an outline, from below to above, and its mirror image."""
    return [*right, *((-x, y, radius) for x, y, radius in reversed(right))]


def _positive(*sizes: float | None) -> list[float]:
    if any(size is None or not size > 0 for size in sizes):
        raise _Unknown
    return [size for size in sizes if size is not None]


def _none(*sizes: float | None) -> None:
    if any(sizes):
        raise _Unknown


def _rectangle_hollow(s: Sizes) -> list[Floats]:
    width, depth, wall = _positive(*s[:3])
    inner, outer = s[3] or 0.0, s[4] or 0.0
    _positive(width - 2 * wall, depth - 2 * wall)
    return [_rounded(_box(width, depth, outer)), _rounded(_box(width - 2 * wall, depth - 2 * wall, inner))]


def _rounded_rectangle(s: Sizes) -> list[Floats]:
    width, depth, radius = _positive(*s)
    return [_rounded(_box(width, depth, radius))]


def _circle_hollow(s: Sizes) -> list[Floats]:
    radius, wall = _positive(*s)
    (inner,) = _positive(radius - wall)
    return [circle(radius), circle(inner)]


def _ellipse(s: Sizes) -> list[Floats]:
    one, other = _positive(*s)
    return [circle(one, other)]


def _trapezium(s: Sizes) -> list[Floats]:
    bottom, top, depth = _positive(*s[:3])
    x, y, shift = bottom / 2, depth / 2, s[3] or 0.0
    return [_rounded([(-x, -y, 0.0), (x, -y, 0.0), (shift - x + top, y, 0.0), (shift - x, y, 0.0)])]


def _i_shape(s: Sizes) -> list[Floats]:
    width, depth, web, flange = _positive(*s[:4])
    fillet, edge = s[4] or 0.0, (s[5] if len(s) > 5 else None) or 0.0
    _none(*s[6:])
    x, y, w = width / 2, depth / 2, web / 2
    right = [(x, -y, 0.0), (x, flange - y, edge), (w, flange - y, fillet)]
    return [_rounded(_mirrored([*right, *((a, -b, r) for a, b, r in reversed(right))]))]


def _l_shape(s: Sizes) -> list[Floats]:
    depth, wall = _positive(s[0], s[2])
    width = s[1] or depth
    fillet, edge = s[3] or 0.0, s[4] or 0.0
    _none(*s[5:])
    x, y = width / 2, depth / 2
    legs = [(x, wall - y, edge), (wall - x, wall - y, fillet), (wall - x, y, edge)]
    return [_rounded([(-x, -y, 0.0), (x, -y, 0.0), *legs, (-x, y, 0.0)])]


def _t_shape(s: Sizes) -> list[Floats]:
    depth, width, web, flange = _positive(*s[:4])
    fillet, flange_edge, web_edge = (size or 0.0 for size in s[4:7])
    _none(*s[7:])
    x, y, w = width / 2, depth / 2, web / 2
    foot = [(w, -y, web_edge), (w, y - flange, fillet), (x, y - flange, flange_edge), (x, y, 0.0)]
    return [_rounded(_mirrored(foot))]


def _u_shape(s: Sizes) -> list[Floats]:
    depth, width, web, flange = _positive(*s[:4])
    fillet, edge = s[4] or 0.0, s[5] or 0.0
    _none(*s[6:])
    x, y = width / 2, depth / 2
    lower = [(x, -y, 0.0), (x, flange - y, edge), (web - x, flange - y, fillet)]
    return [_rounded([(-x, -y, 0.0), *lower, *((a, -b, r) for a, b, r in reversed(lower)), (-x, y, 0.0)])]


SHAPES: dict[str, Callable[[Sizes], list[Floats]]] = {
    "IfcRectangleHollowProfileDef": _rectangle_hollow,
    "IfcRoundedRectangleProfileDef": _rounded_rectangle,
    "IfcCircleHollowProfileDef": _circle_hollow,
    "IfcEllipseProfileDef": _ellipse,
    "IfcTrapeziumProfileDef": _trapezium,
    "IfcIShapeProfileDef": _i_shape,
    "IfcLShapeProfileDef": _l_shape,
    "IfcTShapeProfileDef": _t_shape,
    "IfcUShapeProfileDef": _u_shape,
}


def profiles(values: Values, records: Ints) -> dict[int, list[Floats]]:
    """The rings (n, 2) in metres of the profiles given by their sizes, outline first; not of those left to a kernel."""
    some = np.unique(records[values.is_kind(records, *SHAPES)])
    places = values.reference(some, 0)
    frames, fine = values.flat_axes(places)
    found: dict[int, list[Floats]] = {}
    for record, place, frame, placed in zip(some.tolist(), places.tolist(), frames, fine.tolist(), strict=True):
        kind = values.kind_name(record)
        written = _sizes(values, record, _count(values.schema, kind))
        if written is None or (place >= 0 and not placed):
            continue
        made = _shape(kind, tuple(written))
        if not made:
            continue
        found[record] = [ring @ frame[:2, :2].T + frame[:2, 3] for ring in made] if place >= 0 else made
    return found


@lru_cache(maxsize=256)
def _shape(kind: str, sizes: tuple[float | None, ...]) -> list[Floats]:
    """The rings of a profile about zero, which nobody changes; none for one that is left to a kernel."""
    try:
        return SHAPES[kind](sizes)
    except _Unknown:
        return []


@lru_cache(maxsize=64)
def _count(schema: str, kind: str) -> int:
    """How many sizes a class has behind its type, name and position."""
    from ifcopenshell import ifcopenshell_wrapper

    entity: Any = ifcopenshell_wrapper.schema_by_name(schema).declaration_by_name(kind).as_entity()
    return int(entity.attribute_count()) - 3


def _sizes(values: Values, record: int, count: int) -> list[float | None] | None:
    """The sizes of a profile in metres; None for what is written in an unusual way."""
    parts = values.last(record, count)
    if not parts:
        return None
    try:
        return [None if part.strip() == b"$" else float(part) * values.unit_m for part in parts]
    except ValueError:
        return None
