"""What the geometry kernels of ifcopenshell 0.9 get wrong, found before they are asked."""

from __future__ import annotations

from typing import Any

from ..common.warnings import CodedMessage
from .elements import by_types, is_cut, items_of
from .entities import Entity, parts, value
from .warnings import coded

DEEPEST = 64
"""Curves and profiles nested deeper than this are not looked into."""

ROUNDINGS = (
    "FilletRadius", "EdgeRadius", "RoundingRadius", "InnerFilletRadius", "OuterFilletRadius", "InternalFilletRadius",
    "FlangeEdgeRadius", "WebEdgeRadius", "BottomFlangeFilletRadius", "TopFlangeFilletRadius",
    "BottomFlangeEdgeRadius", "TopFlangeEdgeRadius",
)  # fmt: skip
"""The attributes of profiles that round their corners."""


def is_misread(element: Entity) -> bool:
    """Whether kernel `manifold` gets an element wrong.

    It keeps the wrong side of half spaces (IfcOpenShell issue 8054), draws arcs and rounded corners as straight lines,
    and passes over the sense of segments: cuts, and profiles with anything but straight lines, are for `opencascade`.
    """
    return is_cut(element) or any(_is_bent(value(item, "SweptArea")) for item in items_of(element))


def _is_bent(profile: Entity, depth: int = 0) -> bool:
    if profile is None or depth > DEEPEST:
        return False
    if profile.is_a("IfcCompositeProfileDef") or any(value(profile, name) for name in ROUNDINGS):
        return True
    parent = value(profile, "ParentProfile")
    curves = [*parts(profile, "OuterCurve"), *parts(profile, "InnerCurves"), *parts(profile, "Curve")]
    return any(not _is_straight(curve) for curve in curves) or _is_bent(parent, depth + 1)


def _is_straight(curve: Entity, depth: int = 0) -> bool:
    """Whether a curve consists of straight lines in the sense in which they are written."""
    segments = parts(curve, "Segments")
    if curve.is_a("IfcPolyline") or curve.is_a("IfcLine"):
        return True
    if curve.is_a("IfcIndexedPolyCurve"):
        return not any(segment.is_a("IfcArcIndex") for segment in segments)
    if curve.is_a("IfcCompositeCurve") and depth < DEEPEST:
        pieces = [value(segment, "ParentCurve") for segment in segments]
        turned = any(value(segment, "SameSense") is False for segment in segments)
        return not turned and all(piece is not None and _is_straight(piece, depth + 1) for piece in pieces)
    basis = value(curve, "BasisCurve")
    return bool(curve.is_a("IfcTrimmedCurve")) and basis is not None and bool(basis.is_a("IfcLine"))


def keep_one_project(model: Any, trimmed: bool) -> list[CodedMessage]:
    """Leave only the first project in an open model, with a warning where there were several.

    The kernels find no unit in a file with several contexts, such as a project and a project library, and take metres
    and radians for whatever it is written in. A `trimmed` model has no libraries.
    """
    projects = by_types(model, ("IfcProject",))
    others = by_types(model, ("IfcProject",) if trimmed else ("IfcProject", "IfcContext")) if projects else []
    for context in others:
        if context.id() != projects[0].id():
            model.remove(context)
    return [coded("several_projects", count=len(projects))] if len(projects) > 1 else []
