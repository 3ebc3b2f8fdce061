"""Evacuation over a layer of roads: what the water closes, who goes to which shelter, and by which way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely

from ...core.common.messages import Message
from ...core.common.progress import Progress, part
from ...core.contingency.evacuation import Evacuation, People, Route, Shelter
from ...core.contingency.plan import Closure
from ...core.contingency.shelter_water import SiteWater, WetBuildings, building_of, water_around, why_excluded
from ...core.contingency.shelters import evacuate_blocks, gather
from ...core.risk.ingress import Water
from ...core.risk.networks import read_speed
from ...core.roads.graph import WaterOnRoads
from ...core.roads.nearest import nearest_nodes
from ...core.roads.travel import Travel
from ..kernel import resources
from ..kernel.input_table import Entry, reasons
from ..kernel.road_layers import RoadsRead
from .road_water import RoadWater, closures, water_on_roads
from .shelter_layers import SheltersRead

__all__ = ["EvacuationChoices", "EvacuationRun", "WetBuildings", "evacuate"]


@dataclass(frozen=True)
class EvacuationChoices:
    """What the user decides.

    Attributes
    ----------
    depart_min : float
        When everybody leaves, minutes from the start of the run; negative before it.
    closed_m : float
        Depth that closes a road.
    shelter_depth_m : float
        Depth outside a shelter from which on nobody is sent there.
    reach_m : float
        How far the nearest road may be from a building or a shelter.
    reopened : bool
        Whether roads are used again after they opened, and people wait at junctions for that.
    """

    depart_min: float = 0.0
    closed_m: float = 0.30
    shelter_depth_m: float = 0.15
    reach_m: float = 200.0
    reopened: bool = False


@dataclass(frozen=True)
class EvacuationRun:
    """An evacuation and what it was computed from.

    Attributes
    ----------
    evacuation : Evacuation
    closures : tuple of Closure
        A road of each feature that closes, by the moment and the id.
    closed_rows : tuple of int
        Its number in the layer of roads.
    on_roads : WaterOnRoads
    entries : list of Entry
        For the table at the end of the log.
    warnings : list of Message
    """

    evacuation: Evacuation
    closures: tuple[Closure, ...]
    closed_rows: tuple[int, ...]
    on_roads: WaterOnRoads
    entries: list[Entry]
    warnings: list[Message]
    _roads: RoadsRead

    def route_line(self, route: Route) -> shapely.LineString:
        """A route as a line over the roads; straight from block to shelter where both are at one junction."""
        graph, lines = self._roads.graph, self._roads.edge_lines
        if not route.edges:
            block = next(one for one in self.evacuation.blocks if one.id == route.block)
            shelter = next(one for one in self.evacuation.shelters if one.id == route.shelter)
            return shapely.linestrings([[block.x, block.y], [shelter.x, shelter.y]])
        parts = []
        for edge, start in zip(route.edges, route.nodes, strict=False):
            xy = shapely.get_coordinates(lines[edge])
            parts.append(xy if graph.first[edge] == start else xy[::-1])
        return shapely.linestrings(np.concatenate([parts[0], *(xy[1:] for xy in parts[1:])]))


def evacuate(
    roads: RoadsRead,
    there: Water,
    people: People,
    sites: SheltersRead | None,
    choices: EvacuationChoices,
    progress: Progress,
    buildings: WetBuildings | None = None,
) -> EvacuationRun:
    """Send people to shelters over roads in water.

    Parameters
    ----------
    roads : RoadsRead
    there : Water
        With the greatest depths, and the series of RESULT for times.
    people : People
        Buildings whose people leave.
    sites : SheltersRead, optional
        Without, only closures are found.
    choices : EvacuationChoices
    progress : Progress
    buildings : WetBuildings, optional
        A shelter in one of them takes its water from it.
    """
    found = water_on_roads(
        roads, there, choices.closed_m, read_speed(resources.table("speed_by_depth")), part(progress, 0.0, 0.4)
    )
    shelters, unknown = _shelters(roads, there, sites, choices, buildings)
    nodes = nearest_nodes(roads.built, people.x, people.y, choices.reach_m, roads.metres, outward=True)
    blocks = gather(people, nodes)
    travel = Travel(roads.graph, found.water, choices.reopened)
    evacuation = evacuate_blocks(travel, blocks, shelters, choices.depart_min, part(progress, 0.4, 1.0))
    notes = [*_road_notes(roads, found), *_people_notes(roads, people, nodes, choices), *_shelter_notes(evacuation)]
    notes += [*_unknown_notes(unknown), *evacuation.notes]
    shut, rows = closures(roads, found)
    return EvacuationRun(
        replace(evacuation, notes=tuple(notes)),
        tuple(shut),
        tuple(rows),
        found.water,
        [_entry(people, nodes, len(blocks))],
        notes,
        roads,
    )


def _shelters(
    roads: RoadsRead,
    there: Water,
    sites: SheltersRead | None,
    choices: EvacuationChoices,
    buildings: WetBuildings | None,
) -> tuple[list[Shelter], list[str]]:
    """The shelters with their junction and why nobody is sent to some; and the names of those of unknown water."""
    if sites is None:
        return [], []
    inside = np.full(len(sites.ids), -1) if buildings is None else building_of(sites.shapes, buildings)
    points = np.where(shapely.get_type_id(sites.shapes) == 0, sites.shapes, shapely.centroid(sites.shapes))
    x, y = shapely.get_x(points), shapely.get_y(points)
    nodes = nearest_nodes(roads.built, x, y, choices.reach_m, roads.metres, outward=False)
    found, unknown = [], []
    for row, shape in enumerate(sites.shapes):
        water = SiteWater(math.nan)
        if inside[row] >= 0:
            own = int(inside[row])
            water = SiteWater(float(buildings.depth_m[own]), risk_class=float(buildings.risk_class[own]))
        elif shape is not None:
            floor_m = float(sites.floor_m[row])
            water = water_around(shape, there.cells, there.depth_m, there.level_m, floor_m)
        why = why_excluded(water, int(sites.capacity[row]), float(sites.floor_m[row]), choices.shelter_depth_m)
        if shape is None:
            why = Message("no place on the map")
        elif not why and nodes[row] < 0:
            why = Message("no road within {reach:g} m", reach=choices.reach_m)
        elif not why and math.isnan(water.depth_m) and math.isnan(water.risk_class):
            unknown.append(sites.names[row])
        capacity, node = int(sites.capacity[row]), int(nodes[row])
        found.append(Shelter(sites.ids[row], sites.names[row], node, capacity, float(x[row]), float(y[row]), why))
    return found, unknown


def _road_notes(roads: RoadsRead, found: RoadWater) -> list[Message]:
    notes = []
    total = float(roads.graph.length_m.sum())
    if found.unknown_m > 0.001 * total:
        notes.append(
            Message(
                "{unknown:.1f} of {total:.1f} km of the roads '{name}' lie where the water is not known: they count as "
                "dry and open.",
                unknown=found.unknown_m / 1000.0,
                total=total / 1000.0,
                name=roads.layer,
            )
        )
    if not found.timed:
        notes.append(
            Message(
                "The water has no times: roads that it ever closes count as closed from the beginning. Give RESULT "
                "(.nc) to use them until then."
            )
        )
    return notes


def _people_notes(roads: RoadsRead, people: People, nodes: np.ndarray, choices: EvacuationChoices) -> list[Message]:
    far = (nodes < 0) & (people.count > 0)
    notes = []
    if far.any():
        notes.append(
            Message(
                "{n} buildings with {people:,} people have no road within {reach:g} m, such as '{id}': they are listed "
                "without a place. Set REACH, or add their roads.",
                n=int(far.sum()),
                people=int(people.count[far].sum()),
                reach=choices.reach_m,
                id=min(people.ids[row] for row in np.flatnonzero(far)),
            )
        )
    small = (nodes >= 0) & (roads.built.piece[nodes] > 0) & (people.count > 0)
    if small.any():
        notes.append(
            Message(
                "{n} buildings with {people:,} people are at roads that are not connected with most others.",
                n=int(small.sum()),
                people=int(people.count[small].sum()),
            )
        )
    return notes


def _unknown_notes(names: list[str]) -> list[Message]:
    """A note of the shelters that the water does not reach with its data."""
    if not names:
        return []
    return [
        Message(
            "The water at {n} shelters is not known, they count as dry: {names}.",
            n=len(names),
            names=", ".join(sorted(names)[:8]),
        )
    ]


def _shelter_notes(evacuation: Evacuation) -> list[Message]:
    shut = [shelter for shelter in evacuation.shelters if shelter.excluded]
    if not shut:
        return []
    whom = Message.joined([Message("{name}: {why}", name=s.name, why=s.excluded) for s in shut[:8]], "; ")
    return [
        Message(
            "Nobody is sent to {n} of {all} shelters ({whom}).", n=len(shut), all=len(evacuation.shelters), whom=whom
        )
    ]


def _entry(people: People, nodes: np.ndarray, blocks: int) -> Entry:
    near = (nodes >= 0) & (people.count > 0)
    away = int(((nodes < 0) & (people.count > 0)).sum())
    why = reasons(
        [
            Message("no road is near: {n}", n=away) if away else None,
            Message("{people:,} people at {n} junctions", people=int(people.count[near].sum()), n=blocks - away),
        ]
    )
    return Entry(Message("Buildings whose people leave"), int(near.sum()), away, 0, why)
