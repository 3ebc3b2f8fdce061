"""Water that enters some cells: a river at the edge, a burst main, a pump's outlet."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..process import Domain, Process, ProcessField, Role, RunningProcess, Step, WiderCells
from ..surface import GAPS, POROSITY, WALL, Surface
from ..timeline import Timeline

OUTSIDE_SHARE = 0.1
"""A larger share of an inflow outside the terrain is reported; smaller ones come from the cells' edges."""
START_DEPTH_M = 0.05
"""An inflow may raise its cells by this much in a step, besides their own depth, before the water can run off."""


@dataclass(frozen=True)
class Inflow:
    """Water entering some cells, spread over them by area.

    Attributes
    ----------
    cells : bool array, shape (rows, columns)
        Where it enters.
    times_s, flows_m3s : sequences of equal length
        The hydrograph, linear between its points, constant before the first and after the last: one point is a
        constant.
    area_m2 : float
        Of the polygon that the cells come from, by which water that would fall outside the terrain is found; NaN where
        there is none.
    """

    cells: NDArray[np.bool_]
    times_s: Sequence[float]
    flows_m3s: Sequence[float]
    area_m2: float = math.nan


@dataclass(frozen=True)
class Inflows(Process):
    """All inflows of a run."""

    inflows: Sequence[Inflow] = ()

    FIELDS = (
        ProcessField("flow_m3s", "m³/s", Role.READS, "discharge of each inflow over time"),
        ProcessField("inflow_m3", "m³", Role.ADDS, "water that entered by inflows"),
    )
    SOURCE = "Water conservation: the hydrograph's integral over each step, spread evenly over the inflow's cells."

    def __post_init__(self) -> None:
        for inflow in self.inflows:
            flows, times = np.asarray(inflow.flows_m3s, float), np.asarray(inflow.times_s, float)
            if flows.size == 0 or flows.shape != times.shape or not (np.diff(times) > 0).all():
                raise InputError("The times of an inflow must rise and each must have its discharge.")
            if not (np.isfinite(flows).all() and (flows >= 0).all()):
                raise InputError("The discharge of an inflow must not be negative or missing (m³/s).")

    def check(self, surface: Surface) -> None:
        known = np.isfinite(surface.bed.values)
        for number, inflow in enumerate(self.inflows, 1):
            if inflow.cells.shape != known.shape:
                raise InputError("The cells of an inflow must be those of the terrain.")
            if not (inflow.cells & known).any():
                raise InputError(
                    "An inflow lies outside the terrain, inflow {number} of the layer: move it onto cells that have a "
                    "height.",
                    number=number,
                )
            if surface.buildings_as in (WALL, GAPS, POROSITY) and not (inflow.cells & known & surface.free).any():
                raise InputError(
                    "An inflow stands on buildings that are cut out or porous, inflow {number} of the layer: move it "
                    "beside them.",
                    number=number,
                )

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """Inflows that stand on roofs, and those of which a part lies on buildings or outside the terrain."""
        known, cell_m2 = np.isfinite(surface.bed.values), surface.bed.cell_m**2
        for number, inflow in enumerate(self.inflows, 1):
            there = inflow.cells & known
            on_buildings = 1.0 - float((there & surface.free).sum()) / float(there.sum())
            if on_buildings == 1.0:
                yield Message(
                    "Inflow {number} stands on a roof, from which its water runs down: move it beside the building if "
                    "that is not meant.",
                    number=number,
                )
            elif on_buildings > 0:
                yield Message(
                    "{share:.0%} of the cells of inflow {number} lie on buildings: all of its water enters the others.",
                    share=on_buildings,
                    number=number,
                )
            cells = max(inflow.area_m2 / cell_m2, 1.0) if math.isfinite(inflow.area_m2) else float(inflow.cells.sum())
            outside = 1.0 - float(there.sum()) / cells
            if outside > OUTSIDE_SHARE and cells >= 2:
                yield Message(
                    "{share:.0%} of the area of inflow {number} lies outside the terrain or where that has no data: "
                    "all of its water enters the rest.",
                    share=outside,
                    number=number,
                )

    def settings(self) -> dict[str, Any]:
        return {}

    def parts(self) -> Mapping[str, Iterable[str]]:
        return {"inflow_m3": [str(number + 1) for number in range(len(self.inflows))]}

    def coarsened(self, wide: WiderCells) -> Inflows:
        inflows = [replace(inflow, cells=wide.any_of(inflow.cells)) for inflow in self.inflows]
        for inflow in inflows:
            wide.clear(inflow.cells & np.isfinite(wide.grid.values))
        return replace(self, inflows=inflows)

    def start(self, domain: Domain) -> RunningProcess | None:
        return RunningInflows(self, domain) if self.inflows else None


class RunningInflows(RunningProcess):
    """The inflows of a run, one after the other."""

    bound_to_clock = True

    def __init__(self, settings: Inflows, domain: Domain) -> None:
        from ..schemes.addition_kernels import add_depth

        self._domain, self._add_depth = domain, add_depth
        self._supplies = [Supply(inflow, domain) for inflow in settings.inflows]
        self.cells = np.concatenate([supply.cells for supply in self._supplies])

    def longest_step_s(self, start_s: float, dt_s: float) -> float:
        """An inflow may not heap up on a dry cell before it can run off."""
        for supply in self._supplies:
            rise = max(supply.rate_m_s(start_s), supply.rate_m_s(start_s + dt_s))
            if rise * dt_s > START_DEPTH_M:
                depth = self._domain.scheme.depth_m[supply.cells].min()
                dt_s = min(dt_s, (START_DEPTH_M + float(depth)) / rise)
        return dt_s

    def add(self, step: Step) -> None:
        h, low = self._domain.scheme.depth_m, self._domain.scheme.low_m
        for supply in self._supplies:
            deepest_m = self._add_depth(h, low, supply.cells, np.float32(supply.take(step.end_s)))
            step.deepest_m = max(step.deepest_m, float(deepest_m))
        ledger = self._domain.ledger
        ledger.added["inflow_m3"] = sum(supply.added_m3 for supply in self._supplies)
        for part, supply in zip(ledger.parts["inflow_m3"], self._supplies, strict=True):
            ledger.parts["inflow_m3"][part] = supply.added_m3

    def state(self) -> dict[str, NDArray[Any]]:
        return {"supplies": np.array([supply.state() for supply in self._supplies])}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        for supply, values in zip(self._supplies, state["supplies"].tolist(), strict=True):
            supply.restore(*values)


class Supply:
    """One inflow in a run: its cells and the volume that it has added."""

    def __init__(self, inflow: Inflow, domain: Domain) -> None:
        there = inflow.cells & domain.terrain.wet
        beside = there & ~domain.terrain.roofs
        row, column = np.nonzero(beside if beside.any() else there)
        self.cells = domain.terrain.layout.index(row, column)
        self._times = [float(time_s) for time_s in inflow.times_s]
        self._flows = [float(flow) for flow in inflow.flows_m3s]
        self._flow_m3s = Timeline(self._times, self._flows)
        self._area_m2 = domain.cell_m2 * len(self.cells)
        spans, flows = np.diff(self._times), np.asarray(self._flows)
        self._volumes = [0.0, *np.cumsum(spans * 0.5 * (flows[1:] + flows[:-1])).tolist()]
        self._base = self._volume(domain.start_s)
        self._earlier_m3 = 0.0  # of the run that this one goes on from
        self._added_m3 = 0.0

    @property
    def added_m3(self) -> float:
        """The volume that the run has added."""
        return self._added_m3 - self._earlier_m3

    def state(self) -> tuple[float, float]:
        """From which volume of the hydrograph the inflow counts, and what it has added since."""
        return self._base, self._added_m3

    def restore(self, base: float, added_m3: float) -> None:
        """Go on from what `state` gave."""
        self._base, self._added_m3, self._earlier_m3 = base, added_m3, added_m3

    def flow_m3s(self, time_s: float) -> float:
        return self._flow_m3s.at(time_s)

    def rate_m_s(self, time_s: float) -> float:
        """How fast the cells would fill, m/s."""
        return self.flow_m3s(time_s) / self._area_m2

    def _volume(self, time_s: float) -> float:
        """Integral of the hydrograph up to a time, from its first point (negative before it)."""
        times, flows = self._times, self._flows
        if time_s <= times[0]:
            return (time_s - times[0]) * flows[0]
        i = bisect_right(times, time_s) - 1
        return self._volumes[i] + (time_s - times[i]) * 0.5 * (flows[i] + self.flow_m3s(time_s))

    def take(self, until_s: float) -> float:
        """Depth to add to each cell since the last call, as a float32 value."""
        due = self._volume(until_s) - self._base - self._added_m3
        amount = float(np.float32(due / self._area_m2))
        if amount <= 0.0:
            return 0.0
        self._added_m3 += amount * self._area_m2
        return amount
