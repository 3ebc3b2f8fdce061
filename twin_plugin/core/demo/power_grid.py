"""The synthetic grid of power: nodes along the streets, the source of each, and cables from source to source.

Everything is laid out in the district's frame (u, v) and follows the streets: each block with buildings has a station
on the pavement south of it, large customers have one of their own beside it. Feeders are trees; between their ends lie
cables that are open in the normal state.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from . import assets
from .district import District
from .power_loads import Demand, building_demand, peak_kw
from .street_plan import STREET_M, StreetPlan

KERB_M = STREET_M / 2 - 2.0
"""Stations stand so far from the street's centre line, on the pavement of its northern side."""
LANE_M = 0.6
LANES = 8
"""Cables of different feeders lie so far apart in a street."""
APART_M = 12.0
FEEDER_KW = 3500.0
FEEDER_NODES = 8
INFEED = "E1"
MAIN_CABLE, BRANCH_CABLE = "NA2XS2Y 1x240 6/10 kV", "NA2XS2Y 1x95 6/10 kV"
CABLES = {MAIN_CABLE: (0.122, 0.105, 456.0, 416.0), BRANCH_CABLE: (0.313, 0.123, 315.0, 249.0)}
"""Resistance and reactance in ohm/km, capacitance in nF/km and greatest current in A of a cable."""
CUSTOMERS = ("charging", "pumping", "metro", "hospital")


@dataclass(frozen=True)
class GridNode:
    """A node: its place in the district's frame, what it serves, and the source and feeder of the normal state.

    Attributes
    ----------
    kind : str
        busbar, station (of a block) or customer.
    row : int
        The street across, an index of `streets_v`, north of which it stands.
    buildings, assets : tuple of str
        Files of the buildings, and ids of the assets, that it feeds.
    host : str
        For a customer, the station of its block.
    """

    id: str
    kind: str
    name: str
    u: float
    row: int
    source: str
    block: int = -1
    demands: tuple[Demand, ...] = ()
    buildings: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    host: str = ""
    feeder: str = ""

    def v(self, layout: StreetPlan) -> float:
        """Its distance from the sea's side, in the district's frame."""
        return layout.streets_v[self.row].at_m + KERB_M


@dataclass(frozen=True)
class Source:
    """What feeds the grid: a substation of the district, or the infeed at its edge."""

    id: str
    kind: str
    name: str
    place: shapely.Point
    node: str
    threshold_m: float


@dataclass(frozen=True)
class Cable:
    """A stretch between two nodes; an open one belongs to no feeder."""

    feeder: str
    start: GridNode
    end: GridNode
    kind: str
    closed: bool
    lane: int


@dataclass(frozen=True)
class PowerGrid:
    """Sources, nodes and cables of a district."""

    sources: tuple[Source, ...]
    nodes: tuple[GridNode, ...]
    cables: tuple[Cable, ...]


@dataclass
class _Plan:
    """A grid being planned."""

    district: District
    sources: list[Source] = field(default_factory=list)
    nodes: dict[str, GridNode] = field(default_factory=dict)
    cables: list[Cable] = field(default_factory=list)

    def add(self, node: GridNode) -> GridNode:
        named = replace(node, id=f"N{len(self.nodes) + 1:04d}")
        self.nodes[named.id] = named
        return named

    def put_on(self, node: GridNode, feeder: str) -> GridNode:
        """The node, on a feeder."""
        self.nodes[node.id] = replace(node, feeder=feeder)
        return self.nodes[node.id]


def plan_grid(district: District) -> PowerGrid:
    """The grid of a district; equal districts have equal grids."""
    plan = _Plan(district)
    rows = list(assets.asset_rows(district))
    _add_sources(plan, rows)
    _add_nodes(plan, rows)
    for source in plan.sources:
        _add_feeders(plan, source)
    _add_ties(plan)
    return PowerGrid(tuple(plan.sources), tuple(plan.nodes.values()), tuple(plan.cables))


def route(layout: StreetPlan, cable: Cable) -> list[tuple[float, float]]:
    """The corners of a cable in the district's frame: along the streets, in the lane of its feeder."""
    start, end, aside_m = cable.start, cable.end, KERB_M - (1 + cable.lane % LANES) * LANE_M
    first, last = (layout.streets_v[node.row].at_m + aside_m for node in (start, end))
    corners = [(start.u, start.v(layout)), (start.u, first)]
    if start.row != end.row:
        across = min(layout.streets_u, key=lambda street: abs(start.u - street.at_m) + abs(street.at_m - end.u))
        corners += [(across.at_m + aside_m, first), (across.at_m + aside_m, last)]
    return [*corners, (end.u, last), (end.u, end.v(layout))]


def _add_sources(plan: _Plan, rows: Sequence[assets.Row]) -> None:
    district = plan.district
    lots = {p.file_name: lot for p, lot in zip(district.plans, district.layout.lots, strict=True)}
    for point, (asset, kind, name, file_name, threshold_m, *_) in rows:
        if kind == "substation":
            lot = lots[file_name]
            block = district.layout.blocks[lot.block]
            busbar = GridNode("", "busbar", f"{name} 10 kV", (lot.u0 + lot.u1) / 2, block.row, asset, assets=(asset,))
            node = plan.add(busbar)
            plan.sources.append(Source(asset, "substation", name, point, node.id, threshold_m))
    row = (len(district.layout.streets_v) - 1) // 2
    name = "Demo infeed from the neighbouring district 演示邻区联络电源"
    node = plan.add(GridNode("", "busbar", f"{name} 10 kV", district.layout.streets_u[-1].at_m + 20.0, row, INFEED))
    place = assets.place(district, node.u, node.v(district.layout) + 4.0)
    plan.sources.append(Source(INFEED, "infeed", name, place, node.id, assets.level_m(district, place) + 0.6))


def _add_nodes(plan: _Plan, rows: Sequence[assets.Row]) -> None:
    """The stations of the blocks, then those of large customers and of the pumps of underpasses."""
    layout, plans = plan.district.layout, plan.district.plans
    served: dict[int, list[int]] = defaultdict(list)
    customers: dict[int, list[int]] = defaultdict(list)
    for k, lot in enumerate(layout.lots):
        if lot.use in CUSTOMERS:
            customers[lot.block].append(k)
        else:
            served[lot.block].append(k)
    of_file: dict[str, list[tuple[str, shapely.Point]]] = defaultdict(list)
    for point, values in rows:
        of_file[values[3]].append((values[0], point))
    for number, block in enumerate(layout.blocks):
        host, middle = "", (block.u0 + block.u1) / 2
        if served[number]:
            place = assets.place(plan.district, middle, layout.streets_v[block.row].at_m + KERB_M)
            name = f"Demo station K{number + 1:04d} 演示配电站K{number + 1:04d}"
            demands = tuple(building_demand(plans[k]) for k in served[number])
            files = tuple(plans[k].file_name for k in served[number])
            source = _nearest(plan, [place])
            station = GridNode("", "station", name, middle, block.row, source, number, demands, files)
            host = plan.add(station).id
        for k, building in enumerate(customers[number], 1):
            own = plans[building]
            fed = of_file[own.file_name]
            source = _nearest(plan, [point for _, point in fed] or [assets.before(own, own.sills[0])])
            demands, named = (building_demand(own),), tuple(asset for asset, _ in fed)
            node = GridNode("", "customer", own.name, middle + k * APART_M, block.row, source, number, demands)
            plan.add(replace(node, buildings=(own.file_name,), assets=named, host=host))
    _add_pumps(plan, rows)


def _add_pumps(plan: _Plan, rows: Sequence[assets.Row]) -> None:
    layout = plan.district.layout
    pumps = [row for row in rows if row[1][1] == "underpass_pump"]
    for u, (point, (asset, _, name, _, _, m3s, _)) in zip(layout.avenues_u, pumps, strict=True):
        aside_m, row = assets.CABINET_M[0], len(layout.streets_v) - 2
        demands, source = (Demand("underpass_pump", peak_kw("underpass_pump", m3s)),), _nearest(plan, [point])
        node = GridNode("", "customer", name, u + aside_m, row, source, demands=demands, assets=(asset,))
        plan.add(node)


def _nearest(plan: _Plan, places: Sequence[shapely.Point]) -> str:
    """The substation that is nearest to most of the places; the infeed where there is no substation."""
    stations = [source for source in plan.sources if source.kind == "substation"]
    if not stations:
        return INFEED
    there = np.array([source.place for source in stations])
    found = Counter(stations[int(np.argmin(shapely.distance(place, there)))].id for place in places)
    return found.most_common(1)[0][0]


def _add_feeders(plan: _Plan, source: Source) -> None:
    """Trees from a source's busbar: its nodes in sectors about it, in each from the nearest to the next one."""
    layout = plan.district.layout
    busbar = plan.nodes[source.node]
    served = [node for node in plan.nodes.values() if node.source == source.id and node.id != busbar.id]
    own = {node.id for node in served}
    chained = [node for node in served if node.host not in own]
    if not chained:
        return
    chained.sort(key=lambda n: (math.atan2(n.v(layout) - busbar.v(layout), n.u - busbar.u), n.id))
    load_kw = sum(demand.peak_kw for node in served for demand in node.demands)
    count = min(len(chained), max(2, math.ceil(load_kw / FEEDER_KW), math.ceil(len(served) / FEEDER_NODES)))
    taken = len({cable.feeder for cable in plan.cables if cable.feeder})
    for number, share in enumerate(np.array_split(np.arange(len(chained)), count), taken + 1):
        feeder, left, at = f"F{number:03d}", [chained[k] for k in share], busbar
        while left:
            following = min(left, key=lambda node: (_apart(layout, at, node), node.id))
            left.remove(following)
            named = plan.put_on(following, feeder)
            plan.cables.append(Cable(feeder, at, named, MAIN_CABLE, True, number))
            for guest in [node for node in served if node.host == named.id]:
                other = plan.put_on(guest, feeder)
                plan.cables.append(Cable(feeder, named, other, BRANCH_CABLE, True, number))
            at = named


def _apart(layout: StreetPlan, one: GridNode, other: GridNode) -> float:
    return abs(one.u - other.u) + abs(one.v(layout) - other.v(layout))


def _add_ties(plan: _Plan) -> None:
    """Open cables: from each feeder's end to the nearest node of another feeder, and from the infeed to two feeders."""
    layout, ends = plan.district.layout, _ends(plan)
    nodes = [node for node in plan.nodes.values() if node.feeder]
    met: set[frozenset[str]] = set()
    for end in ends:
        others = [node for node in nodes if node.feeder != end.feeder]
        if not others:
            continue
        other = min(others, key=lambda node: (_apart(layout, end, node), node.id))
        if frozenset((end.id, other.id)) not in met:
            met.add(frozenset((end.id, other.id)))
            plan.cables.append(Cable("", end, other, MAIN_CABLE, False, len(met)))
    infeed = next(plan.nodes[source.node] for source in plan.sources if source.id == INFEED)
    fed = {cable.start.id for cable in plan.cables if cable.closed}
    reached: dict[str, GridNode] = {}
    for node in sorted(nodes, key=lambda node: (_apart(layout, infeed, node), node.id)):
        reached.setdefault(node.feeder, node)
    for k, node in enumerate(() if infeed.id in fed else list(reached.values())[:2]):
        plan.cables.append(Cable("", infeed, node, MAIN_CABLE, False, len(met) + k + 1))


def _ends(plan: _Plan) -> Iterator[GridNode]:
    """The last node of the chain of each feeder."""
    last = {cable.feeder: cable.end for cable in plan.cables if cable.closed and cable.kind == MAIN_CABLE}
    return iter(last.values())
