"""Bounding boxes of elements read from their definitions alone, for when every geometry kernel fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .entities import Entity, value
from .model import Floats

_FACES = np.array(
    [
        [0, 2, 1],
        [0, 3, 2],
        [4, 5, 6],
        [4, 6, 7],
        [0, 1, 5],
        [0, 5, 4],
        [1, 2, 6],
        [1, 6, 5],
        [2, 3, 7],
        [2, 7, 6],
        [3, 0, 4],
        [3, 4, 7],
    ],
    dtype=np.int32,
)
UP, ALONG = (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)
DEEPEST = 64
_MAX_POINTS = 200_000
_DEEPEST = 200


def box_of(element: Entity, unit_m: float) -> tuple[Floats, NDArray[np.int32]] | None:
    """Corners (8, 3) in model metres and faces (12, 3) of a box in the element's own axes; None when it has none."""
    try:
        known: dict[int, list[Floats]] = {}
        points = [p for r in element.Representation.Representations for item in r.Items for p in _points(item, known)]
        if len(points) < 2:
            return None
        low, high = np.min(points, axis=0), np.max(points, axis=0)
        corners = np.array([[x, y, z] for z in (low[2], high[2]) for x, y in _ring(low, high)])
        placement = placement_of(element.ObjectPlacement)
    except (AttributeError, RuntimeError, TypeError, ValueError, IndexError):
        return None
    world = corners @ placement[:3, :3].T + placement[:3, 3]
    return np.asarray(world * unit_m, dtype=np.float64), _FACES


def placement_of(placement: Entity) -> Floats:
    """The 4 x 4 matrix of an IfcObjectPlacement in project units; identity for None, ValueError where it is broken."""
    if placement is None:
        return np.eye(4)
    shift = _shift_of(placement)
    if shift is not None:
        return _shifted(shift)
    from ifcopenshell.util.placement import get_local_placement

    return _matrix(get_local_placement, placement)


def _shift_of(placement: Entity) -> tuple[float, float, float] | None:
    """The translation of a placement that turns nothing, as most do; None for any other, and for broken ones."""
    shifts: list[tuple[float, float, float]] = []
    while placement is not None and len(shifts) < DEEPEST:
        at = _shift_of_axes(value(placement, "RelativePlacement"))
        if at is None:
            return None
        shifts.append(at)
        placement = value(placement, "PlacementRelTo")
    if placement is not None:
        return None
    x = y = z = 0.0
    for at in reversed(shifts):
        x, y, z = x + at[0], y + at[1], z + at[2]
    return x, y, z


def _shift_of_axes(axes: Entity) -> tuple[float, float, float] | None:
    """The same of an IfcAxis2Placement3D."""
    at = value(value(axes, "Location"), "Coordinates")
    if at is None or len(at) != 3 or not axes.is_a("IfcAxis2Placement3D"):
        return None
    for name, plain in (("Axis", UP), ("RefDirection", ALONG)):
        direction = value(axes, name)
        if direction is not None and value(direction, "DirectionRatios") != plain:
            return None
    x, y, z = at
    return x, y, z


def _shifted(by: tuple[float, float, float]) -> Floats:
    matrix = np.eye(4)
    matrix[:3, 3] = by
    return matrix


def axes_of(placement: Entity) -> Floats:
    """The same for an IfcAxis2Placement (2D or 3D)."""
    shift = (0.0, 0.0, 0.0) if placement is None else _shift_of_axes(placement)
    if shift is not None:
        return _shifted(shift)
    from ifcopenshell.util.placement import get_axis2placement

    return _matrix(get_axis2placement, placement)


def _matrix(of: Callable[[Any], Any], placement: Entity) -> Floats:
    try:
        return np.asarray(of(placement), dtype=np.float64)
    except (AssertionError, AttributeError, IndexError, RuntimeError, TypeError) as error:
        raise ValueError(f"a placement is broken: {error}") from error


def _ring(low: Floats, high: Floats) -> list[tuple[float, float]]:
    return [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]


def _points(item: Any, known: dict[int, list[Floats]], depth: int = 0) -> list[Floats]:
    """Points that bound a representation item, in the element's axes and project units.

    `known` holds the corners of the shapes that were mapped already: ten times ten of them, ten deep, are few then.
    """
    if depth > _DEEPEST:
        return []
    if item.is_a("IfcExtrudedAreaSolid"):
        return _extrusion(item)
    if item.is_a("IfcMappedItem"):
        target = item.MappingTarget
        origin = np.array([*target.LocalOrigin.Coordinates, 0.0][:3], dtype=np.float64)
        source = item.MappingSource
        if source.id() not in known:
            known[source.id()] = []  # ends a loop
            inner = [p for part in source.MappedRepresentation.Items for p in _points(part, known, depth + 1)]
            known[source.id()] = [np.min(inner, axis=0), np.max(inner, axis=0)] if inner else []
        return [corner + origin for corner in known[source.id()]]
    if item.is_a("IfcBooleanResult"):
        for _ in range(_MAX_POINTS):
            if not item.is_a("IfcBooleanResult"):
                return _points(item, known, depth + 1)
            item = item.FirstOperand
        return []
    if item.is_a("IfcBoundingBox"):
        corner = np.array(item.Corner.Coordinates, dtype=np.float64)
        return [corner, corner + np.array([item.XDim, item.YDim, item.ZDim])]
    return _cloud(item)


def _extrusion(item: Any) -> list[Floats]:
    flat = _profile(item.SweptArea)
    along = np.array([*item.ExtrudedDirection.DirectionRatios, 0.0][:3], dtype=np.float64)
    along *= item.Depth / max(float(np.linalg.norm(along)), 1e-12)
    matrix = axes_of(item.Position)
    ends = [np.array([x, y, 0.0]) + shift for x, y in flat for shift in (np.zeros(3), along)]
    return [matrix[:3, :3] @ p + matrix[:3, 3] for p in ends]


def _profile(profile: Any) -> list[tuple[float, float]]:
    if profile.is_a("IfcArbitraryClosedProfileDef"):
        return [(float(p[0]), float(p[1])) for p in _cloud(profile.OuterCurve)]
    width = (
        getattr(profile, "XDim", None)
        or getattr(profile, "OverallWidth", None)
        or 2 * (getattr(profile, "Radius", None) or 0.0)
    )
    depth = getattr(profile, "YDim", None) or getattr(profile, "OverallDepth", None) or width
    matrix = axes_of(getattr(profile, "Position", None))
    half = [(sx * width / 2, sy * depth / 2) for sx in (-1, 1) for sy in (-1, 1)]
    return [(float(matrix[0, :2] @ p + matrix[0, 3]), float(matrix[1, :2] @ p + matrix[1, 3])) for p in half]


def _cloud(item: Any) -> list[Floats]:
    points: list[Floats] = []
    for entity in item.file.traverse(item):
        if entity.is_a("IfcCartesianPoint"):
            points.append(np.array([*entity.Coordinates, 0.0, 0.0][:3], dtype=np.float64))
        elif entity.is_a("IfcCartesianPointList"):
            points.extend(np.array([*row, 0.0][:3], dtype=np.float64) for row in entity.CoordList)
        if len(points) > _MAX_POINTS:
            break
    return points
