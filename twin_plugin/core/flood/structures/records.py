"""What the structures of a run tell at its end: a row for each, and a row for each at every output time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.tables import Table, columns
from .flow_states import DRY, SUBMERGED, WORDS
from .links import Link

F64 = NDArray[np.float64]

FLOWS = Table(
    "structure_flows",
    columns("""
    structure_id text id of the feature in the layer of structures
    kind text what it is
    flow_max_m3s real largest flow in either direction, m³/s
    time_max_min real when that was, minutes from the start
    regime_at_max text how the water flowed then
    volume_m3 real water that passed from the start to the end of the line
    back_m3 real water that passed from the end to the start
    running_min real minutes with flow
    submerged_share real share of the run's time under pressure, drowned or overtopped
    limited_share real share of the run's time in which the water in the cells decided the flow
    level_start_max_m real highest level at the start of the line, metres above datum
    level_end_max_m real highest level at its end; empty where water leaves the area
    """),
    "LineString",
    "structure_id",
)
SERIES = Table(
    "structure_series",
    columns("""
    time_min real minutes from the start
    structure_id text id of the feature in the layer of structures
    kind text what it is
    flow_m3s real flow, positive from the start to the end of the line
    regime text how the water flows
    level_start_m real level at the start of the line, metres above datum
    level_end_m real level at its end; empty where water leaves the area
    volume_m3 real water that passed to the end less what came back, since the start
    """),
)


@dataclass(frozen=True)
class StructureOutcome:
    """The rows of STRUCTURE_FLOWS, in the order of the links, and of STRUCTURE_SERIES; columns as in the tables."""

    links: Sequence[Link]
    flows: Sequence[dict[str, Any]]
    series: Sequence[dict[str, Any]]


class Records:
    """Keeps account of each link over a run.

    Parameters
    ----------
    links : sequence of Link
    """

    def __init__(self, links: Sequence[Link]) -> None:
        self._links = links
        counts = np.array([len(link.passages) for link in links])
        self._link_of = np.repeat(np.arange(len(links)), counts)
        self._begin = np.concatenate([[0], np.cumsum(counts)[:-1]])
        self._lowest = self._begin + np.array([_lowest(link) for link in links])
        size = len(links)
        self._flow, self._most, self._most_s = np.zeros(size), np.zeros(size), np.zeros(size)
        self._state, self._state_at_most = np.full(size, DRY), np.full(size, DRY)
        self._forth, self._back = np.zeros(size), np.zeros(size)
        self._running, self._submerged, self._limited = np.zeros(size), np.zeros(size), np.zeros(size)
        self._highest = np.full((2, size), -np.inf)
        self._levels = np.zeros((2, size))
        self._submerged_states = np.isin(np.arange(len(WORDS)), SUBMERGED)
        self._time_s = 0.0
        self.series: list[dict[str, Any]] = []

    def levels(self, level_m: F64) -> None:
        """Note the levels of the passages' pools, start and end in turn: a link has those of its lowest passage."""
        for end in (0, 1):
            self._levels[end] = level_m[2 * self._lowest + end]
        np.maximum(self._highest, self._levels, out=self._highest)

    def step(self, end_s: float, dt_s: float, moved_m3: F64, state: NDArray[np.int64], limited: Any) -> None:
        """Add a step: what each passage moved, positive from its start, how it flowed, and whether the cells decided.

        A link flows as the passage that moved most.
        """
        size = len(self._links)
        self._time_s += dt_s
        total = np.bincount(self._link_of, moved_m3, size)
        if size == len(self._link_of):
            self._state, held = state.copy(), limited
        else:
            amount = np.abs(moved_m3)
            order = np.lexsort((-amount, self._link_of))[self._begin]
            self._state = state[order]
            held = np.bincount(self._link_of, limited, size) > 0
        self._flow = total / dt_s
        self._forth += np.maximum(total, 0.0)
        self._back -= np.minimum(total, 0.0)
        flows = np.abs(self._flow)
        higher = flows > self._most
        self._most[higher], self._most_s[higher] = flows[higher], end_s
        self._state_at_most[higher] = self._state[higher]
        self._running += dt_s * (flows > 0.0)
        self._submerged += dt_s * (self._submerged_states[self._state] & (flows > 0.0))
        self._limited += dt_s * held

    def frame(self, time_s: float) -> None:
        """Add a row of the series for each link."""
        for i, link in enumerate(self._links):
            end_m = np.nan if link.outside else float(self._levels[1, i])
            self.series.append({
                "time_min": time_s / 60.0, "structure_id": link.name, "kind": link.kind.value,
                "flow_m3s": float(self._flow[i]), "regime": WORDS[self._state[i]],
                "level_start_m": float(self._levels[0, i]), "level_end_m": end_m,
                "volume_m3": float(self._forth[i] - self._back[i]),
            })  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of STRUCTURE_FLOWS."""
        whole = max(self._time_s, 1e-9)
        for i, link in enumerate(self._links):
            yield {
                "structure_id": link.name, "kind": link.kind.value, "flow_max_m3s": float(self._most[i]),
                "time_max_min": float(self._most_s[i]) / 60.0 if self._most[i] > 0.0 else np.nan,
                "regime_at_max": WORDS[self._state_at_most[i]],
                "volume_m3": float(self._forth[i]), "back_m3": float(self._back[i]),
                "running_min": float(self._running[i]) / 60.0, "submerged_share": float(self._submerged[i]) / whole,
                "limited_share": float(self._limited[i]) / whole,
                "level_start_max_m": float(self._highest[0, i]),
                "level_end_max_m": np.nan if link.outside else float(self._highest[1, i]),
            }  # fmt: skip


def _lowest(link: Link) -> int:
    """The passage with the lowest ground; of equal ones that nearest to the middle."""
    middle = 0.5 * (len(link.passages) - 1)
    return min(range(len(link.passages)), key=lambda i: (link.passages[i].numbers[0], abs(i - middle), i))
