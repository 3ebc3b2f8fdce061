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
from .walls import Wall

F64 = NDArray[np.float64]

FLOWS = Table(
    "structure_flows",
    columns("""
    structure_id text id of the feature in the layer of structures
    kind text what it is
    flow_max_m3s real largest flow in either direction, m³/s
    time_max_min real when that was, minutes from the start
    regime_at_max text how the water flowed then
    volume_m3 real water that passed from the start to the end of the line; at a bridge from its left to its right
    back_m3 real water that passed from the end to the start
    running_min real minutes with flow
    submerged_share real share of the run's time under pressure, drowned or overtopped
    limited_share real share of the run's time in which the water in the cells decided the flow
    level_start_max_m real highest level at the start of the line (a bridge: to its left), metres above datum
    level_end_max_m real highest level at its end (a bridge: to its right); empty where water leaves the area
    over_crest_m real greatest depth on the top of a wall, kerb or levee; 0 where none stood there; empty for others
    over_crest_min real when water first stood on it, minutes from the start; empty where it never did
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
    flow_m3s real flow, positive from the start to the end of the line; at a bridge from its left to its right
    regime text how the water flows
    level_start_m real level at the start of the line, metres above datum
    level_end_m real level at its end; empty where water leaves the area
    volume_m3 real water that passed to the end less what came back, since the start
    """),
)


@dataclass(frozen=True)
class StructureOutcome:
    """The rows of STRUCTURE_FLOWS, in the order of the links, and of STRUCTURE_SERIES; columns as in the tables.

    `walls` are those without links: their rows need the maxima of the run, see `wall_row`.
    """

    links: Sequence[Link] = ()
    flows: Sequence[dict[str, Any]] = ()
    series: Sequence[dict[str, Any]] = ()
    walls: Sequence[Wall] = ()


def wall_row(wall: Wall, depth_max_m: NDArray[Any], arrival_s: NDArray[Any]) -> dict[str, Any]:
    """The row of STRUCTURE_FLOWS of a wall, kerb or levee.

    Parameters
    ----------
    wall : Wall
    depth_max_m, arrival_s : arrays, shape (rows, columns)
        Of the run: greatest depth, and when it first reached the wet depth; NaN where it never did. Less water than
        that is a film of rain on the top.
    """
    depth, arrival = (np.asarray(values[wall.rows, wall.columns], np.float64) for values in (depth_max_m, arrival_s))
    over = np.isfinite(arrival)
    return {
        "structure_id": wall.name,
        "kind": wall.kind.value,
        "over_crest_m": float(depth[over].max()) if over.any() else 0.0,
        "over_crest_min": float(arrival[over].min()) / 60.0 if over.any() else np.nan,
    }


class Records:
    """Keeps account of each link over a run.

    Parameters
    ----------
    links : sequence of Link
    """

    def __init__(self, links: Sequence[Link]) -> None:
        from . import record_kernels

        self._kernels, self._links = record_kernels, links
        self._begin = np.cumsum([0, *(len(link.passages) for link in links)]).astype(np.int64)
        self._lowest = self._begin[:-1] + np.array([_lowest(link) for link in links])
        self._sums = np.zeros((record_kernels.SUMS, len(links)))
        self._sums[[record_kernels.HIGHEST_START, record_kernels.HIGHEST_END]] = -np.inf
        self._state, self._state_at_most = (np.full(len(links), DRY, np.int64) for _ in range(2))
        self._under = np.isin(np.arange(len(WORDS)), SUBMERGED)
        self._time_s = 0.0
        self.series: list[dict[str, Any]] = []

    def levels(self, level_m: F64) -> None:
        """Note the levels of the passages' pools, start and end in turn."""
        self._kernels.note_levels(level_m, self._lowest, self._sums)

    def step(
        self, end_s: float, dt_s: float, flow_m3s: F64, state: NDArray[np.int64], limited: NDArray[np.bool_]
    ) -> None:
        """Add a step: the flow of each passage, positive from its start, its state, and whether the cells decided."""
        self._time_s += dt_s
        self._kernels.note_step(
            self._begin, flow_m3s, state, limited, self._under, end_s, dt_s, self._sums, self._state,
            self._state_at_most,
        )  # fmt: skip

    def frame(self, time_s: float) -> None:
        """Add a row of the series for each link."""
        kernels, sums = self._kernels, self._sums
        for i, link in enumerate(self._links):
            self.series.append({
                "time_min": time_s / 60.0, "structure_id": link.name, "kind": link.kind.value,
                "flow_m3s": float(sums[kernels.FLOW, i]), "regime": WORDS[self._state[i]],
                "level_start_m": float(sums[kernels.START_M, i]),
                "level_end_m": np.nan if link.outside else float(sums[kernels.END_M, i]),
                "volume_m3": float(sums[kernels.FORTH, i] - sums[kernels.BACK, i]),
            })  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of STRUCTURE_FLOWS."""
        kernels, whole = self._kernels, max(self._time_s, 1e-9)
        for i, link in enumerate(self._links):
            sums = self._sums[:, i].tolist()
            yield {
                "structure_id": link.name, "kind": link.kind.value, "flow_max_m3s": sums[kernels.MOST],
                "time_max_min": sums[kernels.MOST_S] / 60.0 if sums[kernels.MOST] > 0.0 else np.nan,
                "regime_at_max": WORDS[self._state_at_most[i]],
                "volume_m3": sums[kernels.FORTH], "back_m3": sums[kernels.BACK],
                "running_min": sums[kernels.RUNNING] / 60.0, "submerged_share": sums[kernels.SUBMERGED] / whole,
                "limited_share": sums[kernels.LIMITED] / whole, "level_start_max_m": sums[kernels.HIGHEST_START],
                "level_end_max_m": np.nan if link.outside else sums[kernels.HIGHEST_END],
            }  # fmt: skip


def _lowest(link: Link) -> int:
    """The passage with the lowest ground; of equal ones that nearest to the middle."""
    middle = 0.5 * (len(link.passages) - 1)
    return min(range(len(link.passages)), key=lambda i: (link.passages[i].numbers[0], abs(i - middle), i))
