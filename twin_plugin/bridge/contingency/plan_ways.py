"""The roads and shelters of a plan, read once, and what the water of each level leaves of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsProcessingFeedback

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress
from ...core.contingency.evacuation import Evacuation, People
from ...core.contingency.hits import without_way
from ...core.contingency.plan import BuildingHit, Closure
from ...core.risk.ingress import Water
from ..kernel.input_table import Entry
from ..kernel.road_layers import RoadChoices, RoadsRead, read_roads
from .evacuation_run import EvacuationChoices, WetBuildings, evacuate
from .plan_buildings import LevelBuildings
from .plan_choices import Bounds, PlanChoices, PlanInputs
from .shelter_layers import SheltersRead, read_shelters


@dataclass(frozen=True)
class LevelWays:
    """Closed roads of a level and who goes where; `evacuation` is None where nobody can be led anywhere."""

    evacuation: Evacuation | None = None
    closures: tuple[Closure, ...] = ()
    closure_lines: tuple[Any, ...] = ()
    route_lines: tuple[Any, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Ways:
    """Roads and shelters, as far as they are given; `why_none` says why nobody has a place without them."""

    roads: RoadsRead | None
    sites: SheltersRead | None
    choices: PlanChoices
    why_none: Message
    entries: list[Entry]
    notes: list[Message]

    def bounds(self, shapes: np.ndarray) -> Bounds:
        """Bounds of some geometries, the roads and the shelters."""
        boxes = [shapely.total_bounds(shapes)]
        boxes += [np.array(given.bounds) for given in (self.roads, self.sites) if given is not None]
        all_boxes = np.array(boxes, np.float64).reshape(-1, 4)
        low, high = np.nanmin(all_boxes[:, :2], axis=0), np.nanmax(all_boxes[:, 2:], axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def of_level(
        self,
        there: Water | None,
        buildings: LevelBuildings,
        movers: Sequence[BuildingHit],
        depart_min: float,
        progress: Progress,
    ) -> LevelWays:
        """What the water of a level closes, and who goes where."""
        if there is None or self.roads is None:
            return LevelWays()
        choices = self.choices
        how = EvacuationChoices(
            depart_min=depart_min,
            closed_m=choices.closed_m,
            shelter_depth_m=choices.shelter_m,
            reach_m=choices.reach_m,
            reopened=choices.reopened,
        )
        placed = [hit for hit in movers if math.isfinite(hit.x)] if self.sites is not None else []
        lost = without_way((hit for hit in movers if not math.isfinite(hit.x)), Message("no place on the map"))
        wet = WetBuildings(buildings.shapes, buildings.depth_m, buildings.risk_class)
        run = evacuate(self.roads, there, _people(placed), self.sites, how, progress, buildings=wet)
        lines = tuple(self.roads.lines[row] for row in run.closed_rows)
        closures = tuple(_with_place(road, line) for road, line in zip(run.closures, lines, strict=True))
        return LevelWays(
            None if self.sites is None else _with_lost(_rounded(run.evacuation), lost),
            closures,
            lines,
            tuple(run.route_line(route) for route in run.evacuation.routes),
            run.entries if self.sites is not None else [],
            list(run.warnings),
        )


def read_ways(
    layers: PlanInputs,
    crs: QgsCoordinateReferenceSystem,
    choices: PlanChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> Ways:
    """The roads and shelters of a plan.

    Raises
    ------
    InputError
        When there are roads without water over time, or a layer cannot be used.
    """
    if layers.roads is not None and not layers.waters:
        raise InputError("ROADS need the water over time: give the RESULT (.nc) of each level in RESULTS.")
    roads = sites = None
    if layers.roads is not None:
        how = RoadChoices(free_kmh=choices.free_kmh, snap_m=choices.snap_m)
        roads = read_roads(layers.roads, crs, how, context, feedback)
    if layers.shelters is not None:
        sites = read_shelters(layers.shelters, crs, context, feedback)
    lacking = [name for name, given in (("ROADS", roads), ("SHELTERS", sites)) if given is None]
    names, notes = ", ".join(lacking), []
    if lacking:
        notes.append(
            Message("Without {names} nobody is led to a shelter: all people are listed without a place.", names=names)
        )
    why = Message("not given: {names}", names=names)
    read = [given for given in (roads, sites) if given is not None]
    return Ways(roads, sites, choices, why, [g.entry for g in read], [*notes, *(n for g in read for n in g.notes)])


def _rounded(run: Evacuation) -> Evacuation:
    """An evacuation with times to a hundredth of a minute; the last safe moment is rounded down."""
    routes = tuple(
        replace(
            route,
            length_m=round(route.length_m, 2),
            arrive_min=round(route.arrive_min, 2),
            latest_departure_min=_down(route.latest_departure_min),
            latest_by_any_way_min=_down(route.latest_by_any_way_min),
        )
        for route in run.routes
    )
    return replace(run, routes=routes, people_minutes=round(run.people_minutes, 2))


def _down(minute: float) -> float:
    return math.floor(minute * 100.0) / 100.0 if math.isfinite(minute) else minute


def _with_lost(run: Evacuation, lost: Evacuation) -> Evacuation:
    """An evacuation with people whose building has no place on the map: nobody is left out."""
    return replace(run, blocks=run.blocks + lost.blocks, unplaced=run.unplaced + lost.unplaced)


def _people(hits: Sequence[BuildingHit]) -> People:
    """Those who must leave, a row for each building."""
    return People(
        tuple(hit.id for hit in hits),
        tuple(hit.name for hit in hits),
        np.array([hit.people for hit in hits], np.int64),
        np.array([hit.x for hit in hits], np.float64),
        np.array([hit.y for hit in hits], np.float64),
    )


def _with_place(road: Closure, line: Any) -> Closure:
    """A closure with a point on its road and times to a hundredth of a minute; it closes rather too early."""
    road = replace(
        road,
        closes_min=_down(road.closes_min),
        opens_min=round(road.opens_min, 2),
        depth_m=round(road.depth_m, 4),
        length_m=round(road.length_m, 2),
    )
    place = (
        shapely.line_interpolate_point(line, 0.5, normalized=True)
        if line.geom_type == "LineString"
        else line.representative_point()
    )
    return replace(road, x=round(float(place.x), 3), y=round(float(place.y), 3))
