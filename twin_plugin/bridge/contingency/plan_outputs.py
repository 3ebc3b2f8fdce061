"""The rows of the layers and tables of a plan, with their geometries in its CRS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import shapely
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QDateTime, Qt

from ...core.contingency import plan_tables
from ...core.contingency.plan import LevelPlan
from ...core.contingency.timeline import shown_from_to
from ..kernel.layer_marks import PLAN_FIELD
from .plan_layers import LevelLayers
from .plan_run import PlanResult

Rows = Iterator[tuple[Any, dict[str, Any]]]


def closures(result: PlanResult) -> Rows:
    """Lines of the closed roads of all levels."""
    for one in result.levels:
        for row, line in zip(plan_tables.closure_rows(one.part), one.closure_lines, strict=True):
            yield _multi(line), row | {PLAN_FIELD: result.plan.id}


def routes(result: PlanResult) -> Rows:
    """Lines of the routes of all levels."""
    for one in result.levels:
        for row, line in zip(plan_tables.route_rows(one.part), one.route_lines, strict=True):
            yield _multi(line), row | {PLAN_FIELD: result.plan.id}


def shelters(result: PlanResult) -> Rows:
    """Points of the shelters of all levels."""
    return _points(result, plan_tables.shelter_rows)


def blocks(result: PlanResult) -> Rows:
    """Points of the blocks of people of all levels."""
    return _points(result, plan_tables.block_rows)


def measures(result: PlanResult) -> Rows:
    """Points of the measures of all levels."""
    return _points(result, plan_tables.measure_rows)


def actions(result: PlanResult) -> Rows:
    """The check-lists of all levels."""
    for one in result.levels:
        for row in plan_tables.action_rows(one.part):
            yield None, row | {PLAN_FIELD: result.plan.id, "plan_created": result.plan.created}


def changes(result: PlanResult) -> Rows:
    """What the plan says otherwise than the one before it."""
    return ((None, row) for row in plan_tables.change_rows(result.changes))


def events(result: PlanResult, start: datetime) -> Rows:
    """The time lines of all levels; the animation of RESULT begins at `start`."""
    for one in result.levels:
        opens = {road.id: road.opens_min for road in one.part.closures}
        for event in one.part.events:
            first, last = shown_from_to(event, opens.get(event.object_id, float("nan")), one.end_min)
            row = {"level": one.part.level.id, "minute": event.minute, "kind": event.kind, "text": event.text}
            row |= {"object_id": event.object_id or None, "begin": _moment(start, first), "end": _moment(start, last)}
            yield _point(event.x, event.y), row | {PLAN_FIELD: result.plan.id}


def drawn_levels(result: PlanResult, buildings: Sequence[QgsVectorLayer]) -> tuple[LevelLayers, ...]:
    """What each level has on the maps of the pages."""
    return tuple(
        LevelLayers(
            one.depth,
            layer,
            {r.id: shapely.to_wkb(line) for r, line in zip(one.part.closures, one.closure_lines, strict=True)},
            {
                (route.block, route.shelter): shapely.to_wkb(line)
                for route, line in zip(one.part.evacuation.routes, one.route_lines, strict=True)
                if line.geom_type != "Point"
            },
        )
        for one, layer in zip(result.levels, buildings, strict=True)
    )


def _points(result: PlanResult, rows: Callable[[LevelPlan], Iterable[dict[str, Any]]]) -> Rows:
    for one in result.levels:
        for row in rows(one.part):
            yield _point(row.pop("x"), row.pop("y")), row | {PLAN_FIELD: result.plan.id}


def _point(x: float, y: float) -> Any:
    return shapely.Point(x, y) if x == x and y == y else None


def _multi(line: Any) -> Any:
    """A line as the layers have it, of one or several parts; None for a way that begins where it ends."""
    parts = shapely.get_parts(line)
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    return shapely.multilinestrings(lines) if len(lines) else None


def _moment(start: datetime, minute: float) -> QDateTime:
    moment = start.replace(tzinfo=UTC) + timedelta(minutes=minute)
    return QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000), Qt.TimeSpec.UTC)
