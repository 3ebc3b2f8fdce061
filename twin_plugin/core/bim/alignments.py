"""Alignments of roads, railways and bridges: the segments of their axes with stations, radii, gradients and cant."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from shapely.geometry import LineString

from ..common.warnings import CodedMessage
from .alignment_curves import EXACT, PlanSegment, Profile, ProfileSegment
from .attributes import property_values, text_of
from .box_fallback import placement_of
from .conversion import unit_scale
from .elements import by_types
from .entities import Entity, parts, value
from .model import AlignmentSegment, Floats
from .warnings import coded

MOST_SEGMENTS = 20_000
GAP_M = 0.01
"""Segments that do not meet by more than this get a warning."""


@dataclass(frozen=True)
class Cant:
    """Cant over a part of an alignment: of the left rail less the right one, m, at its start and its end."""

    start: float
    length: float
    at_start: float
    at_end: float

    def at(self, distance: float) -> float:
        """The cant at a distance from the start of the alignment; between its ends it changes evenly."""
        share = (distance - self.start) / self.length if self.length > 0 else 0.0
        return self.at_start + (self.at_end - self.at_start) * min(1.0, max(0.0, share))


@dataclass(frozen=True)
class Layout:
    """What a model says of one alignment, in metres in its own axes; `place` (4, 4) leads to the model's, in metres."""

    id: str
    name: str
    plan: Sequence[PlanSegment]
    profile: Profile | None = None
    cants: Sequence[Cant] = ()
    start_station: float = 0.0
    place: Floats | None = None


@dataclass(frozen=True)
class Alignments:
    """The segments of all alignments, and what is to be said of them."""

    segments: tuple[AlignmentSegment, ...] = ()
    warnings: tuple[CodedMessage, ...] = ()


def read_alignments(model: Any, unit_m: float, older: Sequence[Layout] = ()) -> Alignments:
    """The alignments of a model by their design parameters, else by the lines that they are drawn by.

    Parameters
    ----------
    model : ifcopenshell.file
    unit_m : float
        Metres in one project unit.
    older : sequence of Layout
        Alignments of a schema that the parser does not know, read from the text.
    """
    angle = unit_scale(model, "PLANEANGLEUNIT")
    found: list[AlignmentSegment] = []
    unread, near, apart, short = 0, 0, 0, 0
    known = {layout.id for layout in older}
    layouts: list[Layout] = [*older]
    for entity in by_types(model, ("IfcAlignment",)):
        if str(entity.GlobalId) in known:
            continue
        layout = _layout(entity, unit_m, angle)
        if layout is not None:
            layouts.append(layout)
            continue
        line = _drawn(entity, unit_m)
        if line is not None:
            found.append(line)
        else:
            unread += 1
    for layout in layouts:
        found += segments(layout)
        near += sum(part.kind not in EXACT for part in layout.plan)
        apart += _gaps(layout.plan)
        short += _is_short(layout)
    warnings = []
    for code, count in (
        ("alignments_unread", unread),
        ("alignment_curves_near", near),
        ("alignment_gaps", apart),
        ("alignment_profiles_short", short),
    ):
        warnings += [coded(code, count=count)] if count else []
    if len(found) > MOST_SEGMENTS:
        warnings.append(coded("most_alignment_segments", most=MOST_SEGMENTS, total=len(found)))
    return Alignments(tuple(found[:MOST_SEGMENTS]), tuple(warnings))


def segments(layout: Layout) -> Iterator[AlignmentSegment]:
    """The segments of an alignment as lines in the model's axes, m."""
    distance = 0.0
    breaks = layout.profile.breaks if layout.profile is not None else np.zeros(0)
    for number, part in enumerate(layout.plan, start=1):
        if part.length <= 1e-9:
            continue  # a segment of no length closes a layout
        along = part.stations(breaks - distance)
        flat = part.points(along)
        run = distance + along
        z = layout.profile.heights(run) if layout.profile is not None else np.zeros(len(run))
        points = np.column_stack([flat, z])
        ends = np.array([distance, distance + part.length])
        slopes = layout.profile.gradients(ends) if layout.profile is not None else (None, None)
        cant = [_cant(layout.cants, at) for at in ends.tolist()]
        yield AlignmentSegment(
            id=f"{layout.id}:{number}",
            alignment_id=layout.id,
            name=layout.name,
            number=number,
            kind=part.kind.lower(),
            line=LineString(_placed(points, layout.place)),
            start_station_m=layout.start_station + distance,
            end_station_m=layout.start_station + distance + part.length,
            length_m=part.length,
            start_radius_m=_radius(part.start_curvature),
            end_radius_m=_radius(part.end_curvature if part.kind != "CIRCULARARC" else part.start_curvature),
            start_gradient=None if slopes[0] is None else float(slopes[0]),
            end_gradient=None if slopes[1] is None else float(slopes[1]),
            start_cant_m=cant[0],
            end_cant_m=cant[1],
            has_profile=layout.profile is not None,
        )
        distance += part.length


def _placed(points: Floats, place: Floats | None) -> Floats:
    return points if place is None else points @ place[:3, :3].T + place[:3, 3]


def _radius(curvature: float) -> float | None:
    return None if curvature == 0.0 else 1.0 / curvature


def _cant(cants: Iterable[Cant], distance: float) -> float | None:
    here = [cant for cant in cants if cant.start - 1e-6 <= distance <= cant.start + cant.length + 1e-6]
    return here[0].at(distance) if here else None


def _gaps(plan: Sequence[PlanSegment]) -> int:
    """How many segments do not begin where the one before ends."""
    found = 0
    for one, after in pairwise(plan):
        if one.length > 0:
            end = one.points(one.stations(np.zeros(0)))[-1]
            found += math.hypot(end[0] - after.x, end[1] - after.y) > GAP_M
    return found


def _is_short(layout: Layout) -> bool:
    if layout.profile is None:
        return False
    start, end = layout.profile.reach
    return start > GAP_M or end < sum(part.length for part in layout.plan) - GAP_M


def _nested(entity: Entity) -> list[Entity]:
    relations = [*(value(entity, "IsNestedBy") or ()), *(value(entity, "IsDecomposedBy") or ())]
    return [part for relation in relations for part in parts(relation, "RelatedObjects")]


def _layout(entity: Entity, unit_m: float, angle: float) -> Layout | None:
    """An alignment by its design parameters; None where it has none, or they are damaged."""
    horizontal, vertical, cant, station = None, None, None, 0.0
    for part in _nested(entity):
        if part.is_a("IfcAlignmentHorizontal"):
            horizontal = horizontal or part
        elif part.is_a("IfcAlignmentVertical"):
            vertical = vertical or part
        elif part.is_a("IfcAlignmentCant"):
            cant = cant or part
    if horizontal is None:
        return None
    try:
        plan = [_plan_segment(one, unit_m, angle) for one in _designs(horizontal)]
        profile = [_profile_segment(one, unit_m) for one in _designs(vertical)] if vertical is not None else []
        cants = [_cant_segment(one, unit_m) for one in _designs(cant)] if cant is not None else []
        place = np.array(placement_of(value(entity, "ObjectPlacement")))
        place[:3, 3] *= unit_m
        station = _start_station(entity, unit_m)
    except (AttributeError, IndexError, RuntimeError, TypeError, ValueError, ZeroDivisionError):
        return None
    numbers = [x for part in plan for x in (part.x, part.y, part.direction, part.length)]
    if not plan or not np.isfinite(numbers).all():
        return None
    profile = sorted((one for one in profile if one.length > 0), key=lambda one: one.start)
    name = text_of(value(entity, "Name")) or text_of(value(entity, "Description"))
    vertical_layout = Profile(profile) if profile else None
    return Layout(str(entity.GlobalId), name, plan, vertical_layout, cants, station, place)


def _designs(layout: Entity) -> list[Entity]:
    """The design parameters of the segments of a layout, in their order."""
    found = [value(part, "DesignParameters") for part in _nested(layout) if part.is_a("IfcAlignmentSegment")]
    return [one for one in found if one is not None]


def curvature(radius: float | None) -> float:
    """1 / radius; a radius of 0 or none stands for a straight."""
    return 0.0 if not radius else 1.0 / radius


def _plan_segment(one: Entity, unit_m: float, angle: float) -> PlanSegment:
    x, y = (float(number) * unit_m for number in one.StartPoint.Coordinates[:2])
    r0, r1 = (float(r or 0.0) * unit_m for r in (one.StartRadiusOfCurvature, one.EndRadiusOfCurvature))
    length, kind = float(one.SegmentLength) * unit_m, str(one.PredefinedType)
    if length < 0:
        raise ValueError("a segment of negative length")
    start, end = curvature(r0), curvature(r1)
    if kind == "CIRCULARARC":
        end = start
    if kind == "LINE":
        start = end = 0.0
    return PlanSegment(x, y, float(one.StartDirection) * angle, length, start, end, kind)


def _profile_segment(one: Entity, unit_m: float) -> ProfileSegment:
    start, length, height = (
        float(number) * unit_m for number in (one.StartDistAlong, one.HorizontalLength, one.StartHeight)
    )
    return ProfileSegment(
        start, length, height, float(one.StartGradient), float(one.EndGradient), str(one.PredefinedType)
    )


def _cant_segment(one: Entity, unit_m: float) -> Cant:
    left, right = float(one.StartCantLeft), float(one.StartCantRight)
    end_left = left if one.EndCantLeft is None else float(one.EndCantLeft)
    end_right = right if one.EndCantRight is None else float(one.EndCantRight)
    start, length = float(one.StartDistAlong) * unit_m, float(one.HorizontalLength) * unit_m
    return Cant(start, length, (left - right) * unit_m, (end_left - end_right) * unit_m)


def _start_station(entity: Entity, unit_m: float) -> float:
    """The station at the start, by the first referent that has one, less its distance along the alignment."""
    for part in _nested(entity):
        if part.is_a("IfcReferent"):
            station = property_values(part, ("Pset_Stationing",), ("Station",)).get("Station")
            if isinstance(station, int | float) and math.isfinite(station):
                location = value(value(value(part, "ObjectPlacement"), "RelativePlacement"), "Location")
                along = getattr(value(location, "DistanceAlong"), "wrappedValue", 0.0)
                return (float(station) - float(along or 0.0)) * unit_m
    return 0.0


def _drawn(entity: Entity, unit_m: float) -> AlignmentSegment | None:
    """An alignment without design parameters that is drawn by a polyline."""
    for shape in parts(value(entity, "Representation"), "Representations"):
        for item in parts(shape, "Items"):
            try:
                points = _polyline(item)
                if len(points) < 2:
                    continue
                place = np.array(placement_of(value(entity, "ObjectPlacement")))
            except (AttributeError, IndexError, RuntimeError, TypeError, ValueError):
                continue
            world = (points @ place[:3, :3].T + place[:3, 3]) * unit_m
            if not np.isfinite(world).all():
                continue
            length = float(np.hypot(*np.diff(world[:, :2], axis=0).T).sum())
            start = _start_station(entity, unit_m)
            return AlignmentSegment(
                id=f"{entity.GlobalId}:1",
                alignment_id=str(entity.GlobalId),
                name=text_of(value(entity, "Name")),
                number=1,
                kind="polyline",
                line=LineString(world),
                start_station_m=start,
                end_station_m=start + length,
                length_m=length,
                has_profile=bool(np.ptp(world[:, 2]) > 0),
            )
    return None


def _polyline(item: Entity) -> Floats:
    """The corners (n, 3) of a polyline in project units; none of what is not made of straight lines alone."""
    if item.is_a("IfcPolyline"):
        rows = [point.Coordinates for point in item.Points]
    elif item.is_a("IfcIndexedPolyCurve") and not any(
        str(part.is_a()) == "IfcArcIndex" for part in item.Segments or ()
    ):
        rows = list(item.Points.CoordList)
    else:
        return np.zeros((0, 3))
    return np.array([(*row, 0.0)[:3] for row in rows], dtype=np.float64)
