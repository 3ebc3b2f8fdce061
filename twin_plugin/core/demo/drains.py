"""The drains of the synthetic district: pipes under the streets, inlets at the kerbs, outfalls in the sea.

A main runs under each street that leads to the sea, laterals under those across; no pipe crosses a channel. Diameters
are those of the rational method for a storm of three years.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from .district import District
from .street_plan import CHANNEL_M, Street, StreetPlan, random_stream
from .terrain import SEA_LEVEL_M, SHORE_M

SPACING_M = 30.0
"""Between two manholes, each with an inlet at both kerbs."""
COVER_M = 1.0
"""Least earth over a pipe."""
ROUGHNESS = 0.013
MAIN_SLOPE, LATERAL_SLOPE = 0.002, 0.003
DIAMETERS_M = (0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.35, 1.5, 1.65, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0)
STORM_A, STORM_B_MIN, STORM_N = 5062.939, 19.65, 0.757
"""Shenzhen, central zone, three years (2024): q = A / (t + b)^n in L/(s·ha)."""
RUNOFF_SHARE = 0.7
INLET_MIN = 10.0
"""Time that the water needs to the first inlet."""
PIPE_MS = 1.0
"""Velocity by which the time in the pipes is estimated."""
OUTFALL_M = 4.0
"""Outfalls lie so far out in the sea."""
PUMP_M3S, LARGE_PUMP_M3S = 0.3, 2.4
PUMP_ON_M, PUMP_OFF_M = 1.2, 0.4
WELL_M2, WELL_M, WELL_INLETS, LARGE_WELL_INLETS = 30.0, 4.0, 8, 24
"""Plan area, depth and inlets of the wet well of a pumping station."""

_LETTERS = {"junction": "D", "outfall": "O", "storage": "W"}


@dataclass
class DrainPoint:
    """A node: its place in the district's frame, what it drains and its levels."""

    id: str
    u: float
    v: float
    ground_m: float
    kind: str = "junction"
    area_ha: float = 0.0
    invert_m: float = math.inf
    above: list[DrainPipe] = field(default_factory=list)


@dataclass
class DrainPipe:
    """A pipe between two nodes, in the direction of its flow; or a pump."""

    id: str
    start: DrainPoint
    end: DrainPoint
    slope: float
    diameter_m: float = 0.0
    is_pump: bool = False

    @property
    def length_m(self) -> float:
        return math.hypot(self.end.u - self.start.u, self.end.v - self.start.v)


@dataclass
class Drains:
    """The network while it is planned: nodes and pipes in the order from the top to the sea."""

    nodes: list[DrainPoint] = field(default_factory=list)
    pipes: list[DrainPipe] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def node(self, district: District, u: float, v: float, area_ha: float = 0.0, kind: str = "junction") -> DrainPoint:
        self.counts[kind] += 1
        name = f"{_LETTERS[kind]}{self.counts[kind]:05d}"
        point = DrainPoint(name, u, v, _ground(district, u, v), kind, area_ha)
        self.nodes.append(point)
        return point

    def join(self, start: DrainPoint, end: DrainPoint, slope: float) -> None:
        pipe = DrainPipe(f"P{len(self.pipes) + 1:05d}", start, end, slope)
        end.above.append(pipe)
        self.pipes.append(pipe)


def plan_drains(district: District) -> Drains:
    """The network of a district; the same district gives the same network."""
    layout, drains = district.layout, Drains()
    across = layout.streets_v[:-1]
    share_ha = _area_per_metre_ha(layout)
    heads: list[DrainPoint] = []
    for number, street in enumerate(layout.streets_u):
        crossings: dict[float, list[DrainPoint]] = {}
        for other in across:
            sides = [_side(district, drains, street, other, number, way, share_ha) for way in (-1, 1)]
            crossings[other.at_m] = [end for end in sides if end is not None]
        heads.append(_main(district, drains, street, across, crossings, share_ha))
    _set_levels(drains)
    for street, head in zip(layout.streets_u, heads, strict=True):
        if street.road_class == "avenue":
            _pump_underpass(district, drains, street, head)
    return drains


def _side(
    district: District, drains: Drains, street: Street, other: Street, number: int, way: int, share_ha: float
) -> DrainPoint | None:
    """The lateral under a street across, on one side of a main and towards it; its last node, None without one.

    It reaches to the next main where that lies higher, to the middle where a channel lies between, and is the
    neighbour's where that lies lower.
    """
    layout, streets = district.layout, district.layout.streets_u
    beyond = number + way
    if not 0 <= beyond < len(streets):
        return None
    here, there = street.at_m, streets[beyond].at_m
    channel = next((at for at in layout.channels_u if min(here, there) < at < max(here, there)), None)
    if channel is not None:
        end = channel - way * (CHANNEL_M / 2 + 4.0)
    else:
        levels = [_ground(district, at, other.at_m) for at in (here, there)]
        if levels[0] > levels[1] or (levels[0] == levels[1] and way < 0):
            return None
        end = there - way * SPACING_M / 2
    length = abs(end - here)
    if length < SPACING_M / 2:
        return None
    count = max(int(length // SPACING_M), 1)
    places = [here + way * length * (k + 1) / count for k in range(count)][::-1]
    step_m = length / count
    nodes = [drains.node(district, u, other.at_m, step_m * share_ha) for u in places]
    for first, second in pairwise(nodes):
        drains.join(first, second, LATERAL_SLOPE)
    return nodes[-1]


def _main(
    district: District,
    drains: Drains,
    street: Street,
    across: tuple[Street, ...],
    laterals: dict[float, list[DrainPoint]],
    share_ha: float,
) -> DrainPoint:
    """The main under a street, from the highest crossing down to the sea; its first node."""
    crossings = sorted((other.at_m for other in across), reverse=True)
    places: list[tuple[float, bool]] = [(crossings[0], True)]
    for above, below in pairwise(crossings):
        count = max(round((above - below) / SPACING_M), 1)
        places += [(above - (above - below) * (k + 1) / count, k + 1 == count) for k in range(count)]
    nodes: list[DrainPoint] = []
    for v, is_crossing in places:
        length_m = SPACING_M if not nodes else nodes[-1].v - v
        nodes.append(drains.node(district, street.at_m, v, length_m * share_ha))
        if is_crossing:
            for end in laterals[v]:
                drains.join(end, nodes[-1], LATERAL_SLOPE)
        if len(nodes) > 1:
            drains.join(nodes[-2], nodes[-1], MAIN_SLOPE)
    wall = drains.node(district, street.at_m, district.layout.coast_v + 8.0, 0.0)
    drains.join(nodes[-1], wall, MAIN_SLOPE)
    sea = district.layout.coast_v - SHORE_M - OUTFALL_M
    drains.join(wall, drains.node(district, street.at_m, sea, 0.0, "outfall"), MAIN_SLOPE)
    return nodes[0]


def _area_per_metre_ha(layout: StreetPlan) -> float:
    """Land that a metre of street drains: the town's area over the length of its streets."""
    first, last = layout.streets_u[0].at_m, layout.streets_u[-1].at_m
    south, north = layout.streets_v[0].at_m, layout.streets_v[-2].at_m
    along, across = len(layout.streets_u) * (north - south), (len(layout.streets_v) - 1) * (last - first)
    return (last - first) * (north - south) / (along + across) / 10_000.0


def _set_levels(drains: Drains) -> None:
    """Sizes and levels from the top to the sea: nodes and pipes stand in that order."""
    upstream_ha: dict[str, float] = {}
    time_min: dict[str, float] = {}
    out = {pipe.start.id: pipe for pipe in drains.pipes}
    for node in _from_the_top(drains, out):
        upstream_ha[node.id] = node.area_ha + sum(upstream_ha[pipe.start.id] for pipe in node.above)
        times = (time_min[pipe.start.id] + pipe.length_m / PIPE_MS / 60.0 for pipe in node.above)
        time_min[node.id] = max(times, default=INLET_MIN)
        largest_m = max((pipe.diameter_m for pipe in node.above), default=0.0)
        arriving_m = min((pipe.start.invert_m - pipe.slope * pipe.length_m for pipe in node.above), default=math.inf)
        pipe = out.get(node.id)
        if pipe is None:
            node.invert_m = round(arriving_m, 3)
            continue
        pipe.diameter_m = max(diameter_m(upstream_ha[node.id], time_min[node.id], pipe.slope), largest_m)
        node.invert_m = round(min(arriving_m, node.ground_m - COVER_M - pipe.diameter_m), 3)


def diameter_m(area_ha: float, time_min: float, slope: float) -> float:
    """The rational method: Q = psi q F, and the next larger pipe that carries it when full (Manning)."""
    intensity_l_s_ha = STORM_A / (time_min + STORM_B_MIN) ** STORM_N
    flow_m3s = RUNOFF_SHARE * intensity_l_s_ha * area_ha / 1000.0
    needed_m = (flow_m3s * ROUGHNESS * 4.0 ** (5.0 / 3.0) / (math.pi * math.sqrt(slope))) ** 0.375
    return next((size for size in DIAMETERS_M if size >= needed_m), DIAMETERS_M[-1])


def _from_the_top(drains: Drains, out: dict[str, DrainPipe]) -> Iterator[DrainPoint]:
    """The nodes so that each comes after all that flow into it."""
    waiting = {node.id: len(node.above) for node in drains.nodes}
    ready = [node for node in drains.nodes if not node.above]
    while ready:
        node = ready.pop()
        yield node
        pipe = out.get(node.id)
        if pipe is not None:
            waiting[pipe.end.id] -= 1
            if not waiting[pipe.end.id]:
                ready.append(pipe.end)


def _pump_underpass(district: District, drains: Drains, street: Street, head: DrainPoint) -> None:
    """A pumping station at the lowest place of an underpass, which lifts its water into the avenue's main.

    That of a larger district has a rising main to the sea. It keeps the underpass open in a storm of 100 years; without
    power it does not.
    """
    well = drains.node(district, street.at_m, district.layout.rail_v, 0.0, "storage")
    well.invert_m = round(well.ground_m - WELL_M, 3)
    end = head
    if district.layout.has_low_substations:
        sea = district.layout.coast_v - SHORE_M - OUTFALL_M
        end = drains.node(district, street.at_m + OUTFALL_M, sea, 0.0, "outfall")
        end.invert_m = end.ground_m
    pump = DrainPipe(f"PUMP{len(drains.pipes) + 1:05d}", well, end, 0.0, is_pump=True)
    drains.pipes.append(pump)


def pump_m3s(layout: StreetPlan) -> float:
    """Flow of the pump of each underpass."""
    return LARGE_PUMP_M3S if layout.has_low_substations else PUMP_M3S


def _ground(district: District, u: float, v: float) -> float:
    """Terrain at a place; the level of the sea where it has none."""
    x, y = district.layout.to_map(u, v)
    level_m = float(district.terrain.sample(np.array([float(x)]), np.array([float(y)]))[0])
    return SEA_LEVEL_M if math.isnan(level_m) else round(level_m, 3)


def node_rows(district: District, drains: Drains) -> Iterator[tuple[shapely.Point, tuple[Any, ...]]]:
    """Place and values of each node."""
    rng = random_stream(district.layout.seed, 40)
    blocked = rng.integers(0, 7, len(drains.nodes)) * 5
    wells = LARGE_WELL_INLETS if district.layout.has_low_substations else WELL_INLETS
    for node, share in zip(drains.nodes, blocked, strict=True):
        x, y = district.layout.to_map(node.u, node.v)
        inlet = node.kind != "outfall" and (node.area_ha > 0 or node.kind == "storage")
        low = inlet and any(math.hypot(node.u - b.u, node.v - b.v) < 0.5 * b.radius_m for b in district.layout.bowls)
        outfall = node.kind == "outfall"
        values = (
            node.id,
            node.kind,
            node.invert_m,
            None if outfall else node.ground_m,
            WELL_M2 if node.kind == "storage" else None,
            SEA_LEVEL_M if outfall else None,
            outfall,
            ("combination" if low else "grate") if inlet else None,
            (wells if node.kind == "storage" else 2) if inlet else None,
            float(share) if inlet else None,
        )
        yield shapely.Point(round(float(x), 3), round(float(y), 3)), values


def conduit_rows(district: District, drains: Drains) -> Iterator[tuple[shapely.LineString, tuple[Any, ...]]]:
    """Line and values of each pipe and pump."""
    for pipe in drains.pipes:
        ends = np.array([district.layout.to_map(end.u, end.v) for end in (pipe.start, pipe.end)], float)
        line = shapely.LineString(np.round(ends, 3))
        common = (pipe.id, "pump" if pipe.is_pump else "conduit", pipe.start.id, pipe.end.id)
        if pipe.is_pump:
            yield line, (*common, None, None, None, None, pump_m3s(district.layout), PUMP_ON_M, PUMP_OFF_M)
            continue
        level_m = round(min(pipe.start.invert_m - pipe.slope * pipe.length_m, pipe.start.invert_m), 3)
        yield line, (*common, pipe.diameter_m, ROUGHNESS, pipe.start.invert_m, level_m, None, None, None)
