"""A network of drains in a flood run: what its inlets take goes to SWMM, what SWMM gives up comes back to the street.

The street side is integrated with the grid's steps, SWMM with its own; every coupling step they meet. Water that has
left the one and has not reached the other is kept here by node, so that none is created or lost.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..ledger import Store
from ..process import Domain, RunningProcess, Step
from ..timeline import Timeline
from .inlets import Openings
from .network import DrainNetwork, DrainOutcome
from .outfalls import falls_onto_terrain, outfalls_of
from .routing_error import RoutingError
from .sea_levels import WaterLevel
from .street_outlets import NODE_M2
from .worker import DrainWorker, Exchange, inlets_of

COUPLING_STEP_S = 5.0
"""Without another choice."""
LONGEST_ROUTING_S = 0.5
"""With longer steps of SWMM pipes under pressure swing: networks in other units differed by 1.2 mm on the street with
steps of 1 s, by 0.3 mm with 0.5 s."""
NAME = "drains"
FREE_SHARE = 0.05
"""A node from which water rose takes street water again when its own stands so far below the street's, as a share of
its depth."""
SMALL_S = 1e-6
TRACE_M3 = 1e-9
"""Less has not risen."""
SAME_SIZE_M = 1e-4
"""Levels and sizes that differ by less are the same."""
REST_M3 = 1e-6
"""What float32 depths leave of water that returns goes back into the network."""
MOST_ENGINE_ERROR, LEAST_ENGINE_ERROR_M3 = 0.01, 1.0
"""The log reports the error of SWMM's routing from this share of the network's water, and from this volume."""
KEPT = (
    "waiting_m3",
    "returning_m3",
    "return_m3s",
    "rate_m3s",
    "room_m3",
    "above_m",
    "full",
    "falling_m3",
    "fall_m3s",
    "net_m3",
)
"""Arrays of a state."""


@dataclass(frozen=True)
class Coupling:
    """How a network is coupled; see `DrainSettings`."""

    step_s: float = 0.0
    blocked_share: float = 0.0
    outfall_level_m: float | None = None
    outfall_levels: Mapping[str, WaterLevel] = field(default_factory=dict)


class RunningDrains(RunningProcess):
    """Inlets, outfalls and SWMM in a run.

    Each coupled node has two volumes of its own: `waiting`, street water on its way into the network, and `returning`,
    water that the network gave up on its way back. SWMM takes what waits over the next coupling step. What rises of it
    at once did not fit and waits again; what rises beyond comes from the network and returns to the street. A node from
    which water has risen may take no more street water than the network accepted in the last step and the node's shaft
    has room for, so that a node that fills up settles at what the network takes, and does not swing.
    Roof rain that is led to a node waits there, too; what of it a full node cannot take comes up in the street.
    """

    def __init__(self, network: DrainNetwork, options: Coupling, domain: Domain) -> None:
        from ..schemes.addition_kernels import change_depths
        from .exchange_kernels import street_changes

        self._change_depths, self._street_changes = change_depths, street_changes
        self._domain, self._network = domain, network
        self._step_s = options.step_s or COUPLING_STEP_S
        self._routing_s = min(network.routing_step_s, self._step_s, LONGEST_ROUTING_S)
        self._inlets, self._outfalls = inlets_of(network), outfalls_of(network)
        self._places = _cells([node.cell for node in self._inlets], domain)
        self._openings = Openings.of([node.inlet for node in self._inlets if node.inlet], options.blocked_share)
        self._falls = _cells([node.cell for node in self._outfalls if falls_onto_terrain(node)], domain)
        self._onto = np.array([falls_onto_terrain(node) for node in self._outfalls], np.bool_)
        fixed = math.nan if options.outfall_level_m is None else options.outfall_level_m
        self._levels_m = np.where(self._onto, math.nan, np.full(len(self._outfalls), fixed))
        levels = enumerate(options.outfall_levels.get(node.id) for node in self._outfalls)
        self._tides = [(number, Timeline(level.times_s, level.levels_m)) for number, level in levels if level]
        self._outfall_m = np.array([node.invert_m for node in self._outfalls], float)
        self.cells = np.concatenate([self._places, self._falls])
        self._empty(len(self._inlets), len(self._outfalls))
        self._store = domain.ledger.stores[NAME] = Store(engine_error_m3=0.0, corrected_m3=0.0)
        domain.roof_water.open([node.id for node in self._inlets])
        self._hotstart, self._resized = b"", 0
        self._begun = False
        self._worker = DrainWorker(network, self._routing_s)
        self._bed_m = self._heights(self._places)
        self._rim_m = np.array([node.rim_m for node in self._inlets], float)
        bottom_m = np.array([node.invert_m for node in self._inlets], float)
        self._deep_m, self._routing_error = self._rim_m - bottom_m, RoutingError(self._step_s, len(bottom_m))

    def _empty(self, inlets: int, outfalls: int) -> None:
        """Nothing on its way."""
        self._waiting_m3, self._returning_m3, self._return_m3s, self._rate_m3s = np.zeros((4, inlets))
        self._net_m3, self._over_s = np.zeros((2, inlets))
        self._room_m3, self._above_m = np.full(inlets, math.inf), np.full(inlets, -math.inf)
        self._full = np.zeros(inlets, np.bool_)
        self._falling_m3, self._fall_m3s = np.zeros((2, int(self._onto.sum())))
        self._rose_m3, self._came_m3 = np.zeros(inlets), np.zeros(outfalls)
        self._roof_m3 = np.zeros(inlets)
        self._captured_m3, self._surcharged_m3 = np.zeros((2, inlets))
        self._change_m, self._moved_m = np.zeros(inlets, np.float32), np.zeros(inlets)
        self._sent_m3 = self._held_m3 = self._told_m3 = 0.0
        self._next_s = self._step_s  # until it begins, and in a state, from the time that it begins at
        self._now_s, self._from_s, self._elapsed_s, self._ahead_s = (0.0,) * 4

    def _heights(self, cells: NDArray[np.int64]) -> NDArray[np.float64]:
        """Bed of cells, metres above datum."""
        terrain = self._domain.terrain
        return terrain.bed_m[cells].astype(float) + terrain.base_m

    def _begin(self, time_s: float) -> None:
        """Start SWMM, now that it is known whether the run goes on from a state."""
        totals = self._worker.begin(self._hotstart, self._domain.start_s, self._rate_m3s)
        self._begun, self._held_m3 = True, totals.stored_m3
        self._now_s, self._from_s, self._next_s = time_s, time_s + self._ahead_s, time_s + self._next_s
        self._told_m3 = self._routing_error.left_m3(self._waiting_m3)
        self._store.initial_m3 = self._store.stored_m3 = totals.stored_m3 + self._on_the_way_m3()

    def _on_the_way_m3(self) -> float:
        """Water between street and network, less what of it makes up for the error of SWMM's routing."""
        parts = (self._waiting_m3, self._returning_m3, self._falling_m3)
        error = self._routing_error
        return sum(map(math.fsum, parts)) - error.due_m3 + error.left_m3(self._waiting_m3)

    def longest_step_s(self, start_s: float, dt_s: float) -> float:
        """A step ends where street and network meet, and none before it is tiny."""
        left_s = self._next_s - start_s
        if left_s <= SMALL_S or dt_s < left_s / 2:
            return dt_s
        return left_s if dt_s >= left_s else left_s / 2

    def exchange(self, step: Step) -> None:
        """Move water between the cells and what is on its way, and meet the network where it is time."""
        domain, scheme = self._domain, self._domain.scheme
        self._street_changes(
            scheme.depth_m, scheme.motion_x, scheme.motion_y, scheme.centred, scheme.layout.stride, self._places,
            self._openings.numbers, self._openings.depths_m, self._openings.flows_m3s, self._above_m, self._room_m3,
            self._returning_m3, self._return_m3s, step.dt_s, domain.cell_m2, self._change_m,
        )  # fmt: skip
        self._move(self._places, self._change_m, self._moved_m, step)
        moved_m3 = self._moved_m * domain.cell_m2
        taken, given = np.maximum(-moved_m3, 0.0), np.maximum(moved_m3, 0.0)
        self._waiting_m3 += taken
        self._room_m3 -= taken
        self._returning_m3 -= given
        self._net_m3 += moved_m3
        self._captured_m3 += taken
        self._surcharged_m3 += given
        self._book(float(taken.sum()), float(given.sum()), "surcharged_m3")
        if len(self._falls):
            self._fall(step)
        self._take_roof_water()
        self._now_s = step.end_s
        if step.end_s >= self._next_s - SMALL_S:
            self._meet(step.end_s)

    def _move(self, cells: NDArray[np.int64], change_m: Any, moved_m: Any, step: Step) -> None:
        scheme = self._domain.scheme
        deepest_m = self._change_depths(scheme.depth_m, scheme.low_m, cells, change_m, moved_m)
        step.deepest_m = max(step.deepest_m, float(deepest_m))

    def _book(self, taken_m3: float, given_m3: float, as_volume: str) -> None:
        ledger, store = self._domain.ledger, self._store
        ledger.taken["captured_m3"] += taken_m3
        ledger.added[as_volume] += given_m3
        store.from_terrain_m3 += taken_m3
        store.to_terrain_m3 += given_m3

    def _take_roof_water(self) -> None:
        """Roof rain that downpipes led to the nodes waits there with the water of the street."""
        handed_m3 = self._domain.roof_water.take()
        self._roof_m3 += handed_m3
        self._waiting_m3 += handed_m3
        self._store.from_terrain_m3 += float(handed_m3.sum())

    def _fall(self, step: Step) -> None:
        """Let outfalls onto the terrain give what came to them, evenly over the coupling step."""
        cell_m2 = self._domain.cell_m2
        due = np.minimum(self._fall_m3s * step.dt_s, self._falling_m3) / cell_m2
        moved = np.zeros(len(due))
        self._move(self._falls, due.astype(np.float32), moved, step)
        self._falling_m3 -= moved * cell_m2
        self._book(0.0, float(moved.sum()) * cell_m2, "outfall_m3")

    def _meet(self, now_s: float) -> None:
        """Run the network up to now with what waits, and see what it gave up and how much it takes next."""
        self._next_s += self._step_s
        until_s = now_s - self._from_s
        if until_s <= self._elapsed_s + SMALL_S:
            return
        flows = self._offer(until_s - self._elapsed_s)
        streets_m = np.maximum(self._bed_m + self._domain.scheme.depth_m[self._places], self._rim_m)
        found = self._worker.step(until_s, flows, streets_m, self._outfall_levels(), self._domain.poll)
        ran_s, self._elapsed_s, self._rate_m3s = found.time_s - self._elapsed_s, found.time_s, flows
        self._settle(found, streets_m, ran_s)
        came = found.outfall_m3 - self._came_m3
        self._came_m3 = found.outfall_m3
        self._falling_m3 += came[self._onto]
        self._fall_m3s = self._falling_m3 / self._step_s

    def _offer(self, span_s: float) -> NDArray[np.float64]:
        """Inflow of each node, m³/s, until SWMM has gone on by `span_s`, so small that what waits pays for all of it.

        SWMM stops up to a routing step later than asked. It counts the mean of two rates in the first of its own steps
        after a change: what the old rate adds there, and what the new one will add after it, is kept back.
        """
        longest_s, half_s = span_s + self._routing_s, 0.5 * self._routing_s
        rising = self._waiting_m3 / (longest_s + half_s)
        falling = (self._waiting_m3 - self._rate_m3s * half_s) / longest_s
        return np.maximum(np.minimum(rising, falling), 0.0)

    def _outfall_levels(self) -> NDArray[np.float64]:
        """Water level at each outfall, m: of its cell where it opens onto the terrain and water stands above it."""
        levels = self._levels_m
        for number, tide in self._tides:
            levels[number] = tide.at(self._now_s)
        if len(self._falls):
            depth = self._domain.scheme.depth_m[self._falls].astype(float)
            level = self._heights(self._falls) + depth
            levels[self._onto] = np.where(depth > 0.0, np.maximum(level, self._outfall_m[self._onto]), math.nan)
        return levels

    def _settle(self, found: Exchange, streets_m: NDArray[np.float64], ran_s: float) -> None:
        """Part what rose into what did not fit and what the network gave up, and set the room for street water."""
        counted, rose = found.counted_m3, found.rose_m3 - self._rose_m3
        self._rose_m3, self._sent_m3 = found.rose_m3, self._sent_m3 + float(counted.sum())
        refused = np.minimum(rose, counted)
        self._waiting_m3 += refused - counted
        rest = np.where(self._returning_m3 < REST_M3, self._returning_m3, 0.0)
        self._waiting_m3 += rest
        self._returning_m3 += rose - refused - rest
        # Between taking and giving lies a coupling step without either.
        took, gave, self._net_m3 = self._net_m3 < -TRACE_M3, self._net_m3 > TRACE_M3, np.zeros(len(counted))
        rises, over = rose > TRACE_M3, found.head_m > self._rim_m
        self._over_s += np.where(rises | over, ran_s, 0.0)
        freeboard_m = np.maximum(streets_m - found.head_m, 0.0)
        free = ~rises & (freeboard_m > FREE_SHARE * self._deep_m)
        waits = np.maximum(self._waiting_m3 - 1.5 * self._routing_s * self._rate_m3s, 0.0)
        self._full = (self._full | rises) & ~(free & (waits <= counted))
        takes = (counted - rose) * (self._step_s / ran_s) + freeboard_m * NODE_M2
        self._spill(np.where(self._full & ~took, waits - np.maximum(takes, 0.0), 0.0))
        self._return_m3s = np.where(took, 0.0, self._returning_m3 / self._step_s)
        room = np.where(rises & (rose > counted), 0.0, np.maximum(takes - waits, 0.0))
        self._room_m3 = np.where(gave | (self._returning_m3 > 0), 0.0, np.where(self._full, room, math.inf))
        self._above_m = found.head_m - self._bed_m
        self._routing_error.pay(found.created_m3 - self._held_m3, self._waiting_m3, counted - refused)

    def _spill(self, excess_m3: NDArray[np.float64]) -> None:
        """Let roof rain that full nodes cannot take come up in the street, so far as what waits is roof rain."""
        spilled = np.minimum(self._roof_m3, np.maximum(excess_m3, 0.0))
        self._waiting_m3 -= spilled
        self._returning_m3 += spilled
        self._roof_m3 = np.clip(self._waiting_m3, 0.0, self._roof_m3 - spilled)

    def frame(self, time_s: float) -> None:
        """Start SWMM at the first output time; later bring the account of the network up to date from SWMM's own."""
        if not self._begun:
            self._begin(time_s)
            return
        self._take_roof_water()
        totals, store = self._worker.totals(), self._store
        went_m3 = totals.outflow_m3 + totals.flooding_m3 + totals.losses_m3
        store.gained_m3 = totals.inflow_m3 - self._sent_m3
        store.lost_m3 = went_m3 - float(self._rose_m3.sum()) - float(self._came_m3[self._onto].sum())
        left_m3 = self._routing_error.left_m3(self._waiting_m3)
        store.engine_error_m3 = left_m3 - self._told_m3
        store.corrected_m3 = self._routing_error.made_m3 - left_m3
        store.stored_m3 = totals.stored_m3 + self._on_the_way_m3()

    def state(self) -> Mapping[str, NDArray[Any]]:
        """What is on its way, the phase of the coupling, and SWMM's hot start."""
        times = (self._from_s + self._elapsed_s - self._now_s, self._next_s - self._now_s)
        return {
            **{name: getattr(self, f"_{name}").copy() for name in KEPT},
            "times_s": np.array(times),
            "hotstart": np.frombuffer(self._worker.save(), np.uint8),
            "objects": _objects(self._network),
            "sizes": _sizes(self._network),
            "roof_m3": self._roof_m3.copy(),
            "due_m3": np.array([self._routing_error.due_m3]),
            "kept_m3": self._routing_error.kept_m3.copy(),
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on from a state of the same network, coupled with the same cells."""
        same = np.array_equal(state["objects"], _objects(self._network))
        if not same or any(state[name].shape != getattr(self, f"_{name}").shape for name in KEPT):
            raise InputError(
                "The state to start from belongs to other drains: choose the network that it was made with."
            )
        sizes = _sizes(self._network)
        self._resized = int((np.abs(state.get("sizes", sizes) - sizes) > SAME_SIZE_M).any(axis=1).sum())
        for name in KEPT:
            setattr(self, f"_{name}", state[name].copy())
        self._ahead_s, self._next_s = state["times_s"].tolist()
        self._hotstart = state["hotstart"].tobytes()
        if "kept_m3" in state:
            self._routing_error.take_up(float(state["due_m3"][0]), state["kept_m3"])
            self._roof_m3 = state["roof_m3"].copy()

    def outcome(self) -> DrainOutcome:
        """Largest depths and flows of SWMM's statistics, and what each node took and gave."""
        from .outcome import outcome_of

        statistics = self._worker.statistics()
        return outcome_of(self._network, statistics, self._captured_m3, self._surcharged_m3, self._over_s)

    def notes(self) -> Iterator[Message]:
        """A state of other sizes, and water that SWMM's own routing created or lost, where that is much."""
        if self._resized:
            yield Message(
                "{n} nodes and pipes of '{source}' have other levels or sizes than in START: their depths were taken "
                "over, so that they hold other volumes. Start without START unless that is meant.",
                n=self._resized,
                source=self._network.source,
            )
        error, store = self._routing_error, self._store
        share = abs(error.made_m3) / max(store.initial_m3 + store.from_terrain_m3 + store.gained_m3, 1e-9)
        if share > MOST_ENGINE_ERROR and abs(error.made_m3) > LEAST_ENGINE_ERROR_M3:
            yield Message(
                "SWMM's routing created {volume:.3g} m³ in the drains of '{source}' (lost, where below 0), {share:.1%} "
                "of what came into them; the street's water made up for {paid:.3g} m³ of it. Pipes that fill up from "
                "dry create water: divide long ones by nodes, start from a state, or choose a shorter ROUTING_STEP.",
                source=self._network.source,
                volume=error.made_m3,
                paid=store.corrected_m3,
                share=share,
            )

    def close(self) -> None:
        self._worker.close()


def _objects(network: DrainNetwork) -> NDArray[np.uint8]:
    """A digest of the names of nodes and links in their order, by which alone SWMM's hot start knows them."""
    names = [item.id for items in (network.nodes, network.links) for item in items]
    return np.frombuffer(hashlib.sha256("\n".join(names).encode()).digest(), np.uint8)


def _sizes(network: DrainNetwork) -> NDArray[np.float64]:
    """Bottom and rim of each node, length and height of each link, m; what a kind does not have is 0."""
    of_nodes = [(node.invert_m, node.rim_m) for node in network.nodes]
    return np.nan_to_num([*of_nodes, *((link.length_m, link.height_m) for link in network.links)])


def _cells(numbers: list[int], domain: Domain) -> NDArray[np.int64]:
    """Flat positions in the solver's arrays of cells that are numbered row by row."""
    layout = domain.terrain.layout
    row, column = np.divmod(np.array(numbers, np.int64), layout.columns)
    return layout.index(row, column)
