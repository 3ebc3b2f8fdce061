"""The structures of a run in each step: levels, flows from the state at its start, and the water that they move."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..process import Domain, RunningProcess, Step
from . import passage_kernels as kernels
from . import record_kernels
from .culvert_kernels import ROWS, inlet_table
from .flow_states import DRY
from .kinds import Kind
from .links import Link
from .records import Records, StructureOutcome
from .walls import Wall

START_DEPTH_M = 0.05
"""Water may raise the cells that it reaches by this much in a step, besides their own depth, before it runs off."""
LEAST_STEP_S = 1e-3
"""A switch in time that is nearer than this to a step's start counts as reached."""
_KINDS = {
    Kind.WEIR: kernels.WEIR, Kind.ORIFICE: kernels.ORIFICE, Kind.GATE: kernels.GATE, Kind.BRIDGE: kernels.BRIDGE,
    Kind.CULVERT: kernels.CULVERT, Kind.PUMP: kernels.PUMP,
}  # fmt: skip


class RunningStructures(RunningProcess):
    """The links of a run; their passages lie in arrays, the pools of a passage p are 2 p (start) and 2 p + 1 (end)."""

    def __init__(self, links: Sequence[Link], domain: Domain, walls: Sequence[Wall] = ()) -> None:
        self._links, self._domain, self._walls = links, domain, walls
        self._records = Records(links)
        self._describe()
        self._find_pools()
        size = len(self._kind)
        self._level_m, self._held_m, self._deepest_m = (np.zeros(2 * size) for _ in range(3))
        self._wet = np.zeros(2 * size, np.int64)
        self._nominal, self._flow, self._before, self._owed, self._taken = (np.zeros(size) for _ in range(5))
        self._state, self._limited = np.full(size, DRY, np.int64), np.zeros(size, np.bool_)
        self._on = np.array([link.control.first for link in links])
        self._running = np.ones(size, np.bool_)
        self._switches_s = sorted({t for link in links for t in (link.control.start_s, link.control.end_s) if t > 0.0})
        controlled = [i for i, link in enumerate(links) if link.control != type(link.control)()]
        self._controlled = controlled
        self._pumps = [i for i, link in enumerate(links) if link.kind is Kind.PUMP]
        self._outward = [int(self._first_of[i]) for i in self._pumps if links[i].outside]
        self._curves = {i: np.array(links[i].curve, np.float64) for i in self._pumps}
        self._at_s = -1.0

    def _describe(self) -> None:
        """Kinds and numbers of the passages, and the tables of inlet control of culverts."""
        rows = [(link, passage) for link in self._links for passage in link.passages]
        self._first_of = np.cumsum([0, *(len(link.passages) for link in self._links)])
        self._kind = np.array([_KINDS[link.kind] for link, _ in rows], np.int64)
        self._one_way = np.array([link.one_way for link, _ in rows])
        self._numbers = np.zeros((len(rows), kernels.NUMBERS))
        for row, (_, passage) in zip(self._numbers, rows, strict=True):
            row[: len(passage.numbers)] = passage.numbers
        tables = [np.zeros((4, ROWS + 1))]
        self._table_of = np.zeros(len(rows), np.int64)
        for p, (link, passage) in enumerate(rows):
            if link.kind is Kind.CULVERT:
                self._table_of[p] = len(tables)
                tables.append(_inlet_tables(link, passage.numbers))
        self._tables = np.stack(tables)

    def _find_pools(self) -> None:
        """Cells of the pools, and the share of their water that each may count on."""
        index = self._domain.terrain.layout.index
        pools = [pool for link in self._links for passage in link.passages for pool in (passage.start, passage.end)]
        cells = [index(pool.rows, pool.columns) for pool in pools]
        self._first = np.concatenate([[0], np.cumsum([len(some) for some in cells])]).astype(np.int64)
        self._cells = np.concatenate(cells).astype(np.int64)
        self.cells = np.unique(self._cells)
        _, place, times = np.unique(self._cells, return_inverse=True, return_counts=True)
        users = np.array([times[place[a:b]].max(initial=1) for a, b in zip(self._first[:-1], self._first[1:])])  # noqa: B905
        self._share = 1.0 / users
        longest = int(np.diff(self._first).max())
        self._change, self._moved = np.zeros(longest, np.float32), np.zeros(longest)

    def _look(self, time_s: float) -> None:
        """Levels and flows of the present state, once for each time."""
        if time_s == self._at_s:
            return
        self._at_s, scheme, terrain = time_s, self._domain.scheme, self._domain.terrain
        kernels.pool_levels(
            scheme.depth_m, scheme.low_m, scheme.bed_m, terrain.base_m, self._first, self._cells, self._level_m,
            self._held_m, self._deepest_m, self._wet,
        )  # fmt: skip
        self._records.levels(self._level_m)
        for i in self._controlled:
            self._switch(i, time_s)
        for i in self._pumps:
            self._nominal[self._first_of[i]] = self._pumped_m3s(i)
        kernels.nominal_flows(
            self._kind, self._numbers, self._tables, self._table_of, self._one_way, self._running, self._level_m,
            self._held_m, self._nominal, self._state,
        )  # fmt: skip

    def _switch(self, i: int, time_s: float) -> None:
        """Whether a link with a control runs now."""
        control, p = self._links[i].control, int(self._first_of[i])
        level_m = self._level_m[2 * p]
        if control.highest and not self._links[i].outside:
            level_m = max(level_m, self._level_m[2 * p + 1])
        self._on[i] = control.switched(bool(self._on[i]), float(level_m))
        in_time = control.start_s - LEAST_STEP_S <= time_s < control.end_s - LEAST_STEP_S
        self._running[p : self._first_of[i + 1]] = self._on[i] and in_time

    def _pumped_m3s(self, i: int) -> float:
        """What a pump moves at the present lift."""
        link, p = self._links[i], int(self._first_of[i])
        if not self._running[p] or self._held_m[2 * p] <= 0.0:
            return 0.0
        outlet_m = link.passages[0].numbers[0]
        if not link.outside:
            outlet_m = max(outlet_m, float(self._level_m[2 * p + 1]))
        if len(link.curve) == 1:
            return link.curve[0][1]
        curve = self._curves[i]
        return float(np.interp(outlet_m - self._level_m[2 * p], curve[:, 0], curve[:, 1]))

    def longest_step_s(self, start_s: float, dt_s: float) -> float:
        """A structure may not heap up water on a dry cell before it can run off, and switches in time are met."""
        self._look(start_s)
        for switch_s in self._switches_s:
            if start_s + LEAST_STEP_S < switch_s < start_s + dt_s:
                dt_s = switch_s - start_s
        self._limit(dt_s)
        return record_kernels.longest_step(
            self._domain.scheme.depth_m, self._first, self._cells, self._flow, self._domain.cell_m2, START_DEPTH_M, dt_s
        )

    def evaluate(self, step: Step) -> None:
        self._look(step.start_s)
        self._limit(step.dt_s)

    def _limit(self, dt_s: float) -> None:
        """The flows that the cells can give and take within a step."""
        kernels.limited_flows(
            self._kind, self._numbers, self._level_m, self._held_m, self._deepest_m, self._wet, self._first,
            self._share, self._domain.cell_m2, dt_s, self._nominal, self._before, self._flow, self._limited,
        )  # fmt: skip

    def exchange(self, step: Step) -> None:
        scheme, cell_m2 = self._domain.scheme, self._domain.cell_m2
        deepest_m = kernels.move_water(
            scheme.depth_m, scheme.low_m, self._first, self._cells, self._flow, step.dt_s, cell_m2, self._owed,
            self._taken, self._change, self._moved,
        )  # fmt: skip
        step.deepest_m = max(step.deepest_m, deepest_m)
        record_kernels.settle(self._taken, self._flow, cell_m2, step.dt_s, self._before, self._limited)
        self._records.step(step.end_s, step.dt_s, self._before, self._state, self._limited)
        for p in self._outward:
            self._domain.ledger.taken["pumped_out_m3"] += float(self._taken[p]) * cell_m2

    def frame(self, time_s: float) -> None:
        self._look(time_s)
        self._records.frame(time_s)

    def state(self) -> Mapping[str, NDArray[Any]]:
        links, passages = self._marks()
        return {
            "links": links, "on": self._on.copy(), "passages": passages, "owed_m": self._owed.copy(),
            "flow_m3s": self._before.copy(),
        }  # fmt: skip

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on with the structures of the same names; others start anew."""
        links, passages = self._marks()
        for own, there, pairs in (
            (links, state["links"], ((self._on, "on"),)),
            (passages, state["passages"], ((self._owed, "owed_m"), (self._before, "flow_m3s"))),
        ):
            place = {mark: i for i, mark in enumerate(there.tolist())}
            for i, mark in enumerate(own.tolist()):
                if mark in place:
                    for values, name in pairs:
                        values[i] = state[name][place[mark]]

    def _marks(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numbers by which another run knows the links and the passages: of name, kind and place in the link."""
        names = [f"{link.kind.value} {link.name}" for link in self._links]
        parts = [
            f"{i} {name}" for link, name in zip(self._links, names, strict=True) for i in range(len(link.passages))
        ]
        return _digests(names), _digests(parts)

    def outcome(self) -> StructureOutcome:
        return StructureOutcome(self._links, list(self._records.rows()), self._records.series, self._walls)


def _digests(names: Sequence[str]) -> NDArray[np.int64]:
    """A number for each name."""
    digests = (hashlib.blake2b(name.encode(), digest_size=8).digest() for name in names)
    return np.array([int.from_bytes(digest, "little", signed=True) for digest in digests], np.int64)


def _inlet_tables(link: Link, numbers: tuple[float, ...]) -> NDArray[np.float64]:
    """Headwaters and discharges of inlet control at the start of a culvert and at its end, shape (4, rows)."""
    form, k, m, c, y, factor = link.inlet
    slope = (numbers[3] - numbers[4]) / numbers[2]
    forth = inlet_table(numbers[0], numbers[1], int(form), k, m, c, y, factor * slope if slope > 0.0 else 0.0)
    back = inlet_table(numbers[0], numbers[1], int(form), k, m, c, y, 0.0)
    return np.stack([*forth, *back])
