"""Who goes to which shelter: buildings gathered at junctions, people placed at the least sum of minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from ..roads.travel import Bounds, Travel, Way
from .allocation_kernels import FAR, allocate
from .evacuation import Block, Evacuation, People, Placement, Route, Shelter, Unplaced

AHEAD = 1.2
"""Minutes up to so many times those that a solution uses are searched for as well: searching is the cheaper part."""
PARTS = 1000
"""Costs are whole numbers of this part of a minute, so that sums do not depend on their order."""


def gather(people: People, nodes: IntArray) -> tuple[Block, ...]:
    """Buildings with people, joined where they have the same junction; those without one (-1) stay alone.

    The id of a block is the least id of its buildings; it is in the middle of them.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    order = sorted(range(len(people.ids)), key=lambda row: (people.ids[row], people.names[row], people.x[row]))
    for row in order:
        node = int(nodes[row])
        if people.count[row] > 0:
            groups.setdefault((node, row if node < 0 else -1), []).append(row)
    often = Counter(people.ids[rows[0]] for rows in groups.values())
    used: Counter[str] = Counter()
    blocks = []
    for (node, _), rows in groups.items():
        name = people.ids[rows[0]]
        used[name] += 1
        number = f" ({used[name]})" if often[name] > 1 else ""
        total = int(people.count[rows].sum())
        place = (float(np.mean(people.x[rows])), float(np.mean(people.y[rows])))
        members = tuple(people.ids[row] for row in rows)
        blocks.append(Block(name + number, people.names[rows[0]] or name, node, total, members, *place))
    return tuple(sorted(blocks, key=lambda block: block.id))


def place_people(costs: FloatArray, people: Sequence[int], capacity: Sequence[int]) -> tuple[IntArray, IntArray]:
    """Whole people at places, as many as there is room for, at the least sum of costs.

    Parameters
    ----------
    costs : float64 array, shape (blocks, places)
        Of one person; infinite where there is no way. Three decimals count.
    people, capacity : sequences of int
        Of the blocks, and of the places.

    Returns
    -------
    sent : int64 array, shape (blocks, places)
    without : int64 array, shape (blocks,)
        People without a place.
    """
    blocks, places = costs.shape
    reached = np.isfinite(costs)
    whole = np.full((blocks, places + 1), FAR, np.int64)
    whole[:, :places][reached] = np.rint(costs[reached] * PARTS).astype(np.int64)
    # A place costs less than none even where each other place's people must move on for it.
    whole[:, places] = (places + 1) * (int(whole[:, :places][reached].max(initial=0)) + 1)
    room = np.array([*capacity, int(np.sum(people))], np.int64)
    sent = np.zeros((blocks, places + 1), np.int64)
    allocate(whole, np.asarray(people, np.int64), room, sent)
    return sent[:, :places], sent[:, places]


def evacuate_blocks(
    travel: Travel,
    blocks: Sequence[Block],
    shelters: Sequence[Shelter],
    depart_min: float,
    progress: Progress = silent,
) -> Evacuation:
    """Send all blocks at one moment to shelters by the fastest ways, so that the sum of people times minutes is least.

    Notes
    -----
    The minutes of all pairs begin as bounds that no way can beat. Those of the pairs that a solution uses are then
    searched for and the solution is repeated, until it uses exact ones only: no other pair can then do better, as even
    its bound did not.
    """
    blocks = sorted(blocks, key=lambda block: block.id)
    shelters = sorted(shelters, key=lambda shelter: shelter.id)
    open_ones = [s for s in shelters if not s.excluded and s.capacity > 0 and s.node >= 0]
    there = [block for block in blocks if block.node >= 0 and block.people > 0]
    minutes = _Minutes(travel, there, open_ones, depart_min, progress)
    sent, without = minutes.solve()
    placements, routes, total = [], [], 0.0
    for row, column in zip(*np.nonzero(sent), strict=True):
        block, shelter = there[row], open_ones[column]
        placements.append(Placement(block.id, shelter.id, int(sent[row, column])))
        routes.append(_route(travel, block, shelter, minutes.way(row, column), float(minutes.latest[row, column])))
        total += sent[row, column] * (routes[-1].arrive_min - depart_min)
        advance(progress, 0.9 + 0.1 * row / len(there))
    left = {there[row].id: int(without[row]) for row in np.flatnonzero(without)}
    reached = {block.id: bool(np.isfinite(minutes.least[row]).any()) for row, block in enumerate(there)}
    return Evacuation(
        tuple(blocks),
        tuple(shelters),
        tuple(placements),
        tuple(routes),
        tuple(_unplaced(blocks, left, reached, bool(open_ones))),
        float(total),
        tuple(_cut_off(open_ones, minutes.least)),
    )


class _Minutes:
    """Minutes from blocks to shelters, exact where it matters.

    Attributes
    ----------
    least : float64 array, shape (blocks, shelters)
        Bounds from below; infinite where there is no way in time.
    exact : bool array
    latest : float64 array
        The last safe moment by any way.
    """

    def __init__(
        self,
        travel: Travel,
        blocks: Sequence[Block],
        shelters: Sequence[Shelter],
        depart_min: float,
        progress: Progress,
    ) -> None:
        self._travel, self._depart_min, self._progress = travel, depart_min, progress
        self._nodes = np.array([block.node for block in blocks], np.int64)
        self._ends = np.array([shelter.node for shelter in shelters], np.int64)
        self._people = [block.people for block in blocks]
        self._capacity = [shelter.capacity for shelter in shelters]
        shape = len(blocks), len(shelters)
        self.least, self.latest = np.full(shape, np.inf), np.full(shape, -np.inf)
        self.exact = np.ones(shape, np.bool_)
        self._bounds: list[Bounds] = []
        for column, end in enumerate(self._ends):
            advance(progress, 0.5 * column / len(shelters), "ways to shelters")
            self._bound(column, int(end))

    def _bound(self, column: int, end: int) -> None:
        self.latest[:, column] = self._travel.latest(end)[self._nodes]
        bounds = self._travel.bounds(self._nodes, end, self._depart_min)
        least = bounds.least_min[self._nodes]
        in_time = self.latest[:, column] >= self._depart_min - 1e-6
        self.least[:, column] = np.where(in_time, least, np.inf)
        self.exact[:, column] = ~in_time | (bounds.driven_min <= least + 1e-6)
        self._bounds.append(bounds)

    def solve(self) -> tuple[IntArray, IntArray]:
        """People of each block at each shelter, and without a place."""
        rounds = 0
        while True:
            sent, without = place_people(self.least, self._people, self._capacity)
            doubtful: NDArray[np.bool_] = (sent > 0) & ~self.exact
            rows = np.flatnonzero(doubtful.any(axis=1))
            if not len(rows):
                return sent, without
            rounds += 1
            advance(self._progress, 0.9 - 0.4 / (1 + rounds), "fastest ways")
            for row in rows:
                self._search(int(row), np.flatnonzero(doubtful[row]))

    def _search(self, row: int, wanted: IntArray) -> None:
        """Exact minutes of a block to some shelters, and to those that the next solution may take for them."""
        for column in wanted:
            self._search_one(row, int(column))
        farthest = AHEAD * self.least[row, wanted].max()
        for column in np.flatnonzero(~self.exact[row] & (self.least[row] < farthest)):
            self._search_one(row, int(column))

    def _search_one(self, row: int, column: int) -> None:
        bounds, source = self._bounds[column], int(self._nodes[row])
        arrive = self._travel.arrival(source, bounds.target, self._depart_min, bounds)
        self.least[row, column], self.exact[row, column] = arrive - self._depart_min, True

    def way(self, row: int, column: int) -> Way:
        """The fastest way of a block to a shelter that has an exact time."""
        bounds, source = self._bounds[column], int(self._nodes[row])
        found = self._travel.way(source, bounds.target, self._depart_min, bounds)
        if found is None:
            raise LookupError(f"no way from {source} to {bounds.target}, whose minutes are known")
        return found


def _route(travel: Travel, block: Block, shelter: Shelter, way: Way, latest_min: float) -> Route:
    return Route(
        block.id,
        shelter.id,
        way.edges,
        way.nodes,
        float(travel.graph.length_m[list(way.edges)].sum()),
        way.depart_min,
        way.arrive_min,
        way.latest_departure_min,
        max(latest_min, way.latest_departure_min),
    )


def _cut_off(shelters: Sequence[Shelter], least: FloatArray) -> list[Message]:
    """A note of the shelters that stand dry, but that nobody reaches in time."""
    names = [s.name for s, reached in zip(shelters, np.isfinite(least).any(axis=0), strict=True) if not reached]
    if not names or not len(least):
        return []
    return [
        Message(
            "{n} shelters could take people, but no way to them stays open long enough: {names}.",
            n=len(names),
            names=", ".join(names[:8]),
        )
    ]


def _unplaced(
    blocks: Sequence[Block], left: dict[str, int], reached: dict[str, bool], shelters: bool
) -> list[Unplaced]:
    """The people without a place, and why."""
    found = []
    for block in blocks:
        if block.node < 0:
            found.append(Unplaced(block.id, block.people, Message("no road is near")))
        elif block.id in left and not shelters:
            found.append(Unplaced(block.id, left[block.id], Message("there is no shelter that can be used")))
        elif block.id in left and not reached[block.id]:
            reason = Message("no way to a shelter stays open long enough")
            found.append(Unplaced(block.id, left[block.id], reason))
        elif block.id in left:
            reason = Message("the shelters that they can reach in time are full")
            found.append(Unplaced(block.id, left[block.id], reason))
    return found
