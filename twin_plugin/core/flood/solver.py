"""The driver of a flood run: time steps, sources, edges, the water ledger, maxima, frames, progress and cancel."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numba
import numpy as np

from ..common.clock import span
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from . import edges as edge_faces
from . import inertial, terrain
from .array_layout import ArrayLayout
from .ledger import Counts, Ledger
from .maxima import Maxima, cell_speeds
from .result import FloodResult, Frame, RunSummary
from .scheme import SCHEMES, Numerics, Scheme, Tiles, register
from .setup import SIDES, FloodSetup, check
from .sources import RainCurve, Supply, add_depth, add_weighted
from .tiles import FLOW_DEPTH_M, TilePlan

register("inertial", inertial.LocalInertial)

G = 9.80665
LOOK_STEPS, LOOK_S = 8, 10.0  # the maxima are brought up to date after so many steps or seconds, whichever is first
REPORT_S = 0.25  # wall seconds between progress calls
MM_H = 1.0 / 3.6e6  # metres per second

OnFrame = Callable[[Frame], None]


def simulate(setup: FloodSetup, progress: Progress = silent, on_frame: OnFrame | None = None) -> FloodResult:
    """Run a flood.

    Parameters
    ----------
    setup : FloodSetup
    progress : Progress
        Called about four times a second with the simulated time in its text.
    on_frame : callable, optional
        Gets a `Frame` at the start, at each output step and at the end; its arrays are valid only during the call.

    Returns
    -------
    FloodResult

    Raises
    ------
    InputError
        For a setup that cannot be simulated.
    Cancelled
        When `progress` answers False.
    """
    check(setup)
    before = numba.get_num_threads()
    numba.set_num_threads(min(setup.threads, numba.config.NUMBA_NUM_THREADS) if setup.threads > 0 else before)
    try:
        return Run(setup, progress, on_frame).run()
    finally:
        numba.set_num_threads(before)


class Run:
    """One run from its setup to its result."""

    def __init__(self, setup: FloodSetup, progress: Progress, on_frame: OnFrame | None) -> None:
        self._setup = setup
        self._progress = progress
        self._on_frame = on_frame
        self._started = time.perf_counter()
        ground = terrain.prepare(setup)
        self._ground = ground
        self._layout: ArrayLayout = ground.layout
        self._area_m2 = setup.bed.cell_m**2
        self._rained_m2 = ground.rained_cells * self._area_m2
        numerics = Numerics(setup.bed.cell_m, setup.theta, setup.froude_cap)
        self._scheme: Scheme = SCHEMES[setup.scheme](ground.layout, ground.bed_m, ground.friction, numerics)
        self._rain = RainCurve(setup.rain)
        self._supplies = [Supply(inflow, ground.wet, ground.layout, self._area_m2) for inflow in setup.inflows]
        sides = {side: setup.boundary(side) for side in SIDES}
        self._edges = edge_faces.make(
            ground.layout, ground.data, ground.wet, ground.bed_m, setup.bed.cell_m, ground.base_m, sides
        )
        self._ledger = Ledger()
        self._counts = Counts()
        self._maxima = Maxima(ground.layout, setup.wet_depth_m, setup.froude_cap)
        always = np.concatenate([s.cells for s in self._supplies] + [self._edges.cells[self._edges.kinds == 1]])
        self._plan = TilePlan(ground.layout, always.astype(np.int64), setup.skip_dry, numba.get_num_threads())
        self._time_s = 0.0
        self._looked_s = 0.0
        self._deepest_m = 0.0
        self._loss_rate = (setup.infiltration_mm_h + setup.drain_mm_h) * MM_H
        self._fill_initial()

    def _fill_initial(self) -> None:
        setup, ground = self._setup, self._ground
        depth = self._layout.view(self._scheme.depth_m)
        if setup.initial_depth_m is not None:
            np.copyto(
                depth, setup.initial_depth_m, where=ground.wet & np.isfinite(setup.initial_depth_m), casting="same_kind"
            )
        if setup.initial_level_m is not None:
            still = np.float32(setup.initial_level_m - ground.base_m) - self._layout.view(ground.bed_m)
            np.copyto(depth, np.maximum(depth, still), where=ground.wet)
        self._ledger.initial_m3 = self._stored_m3()
        self._counts.peak_m3 = self._ledger.initial_m3
        self._deepest_m = float(depth.max())

    def _stored_m3(self) -> float:
        high, low = self._layout.view(self._scheme.depth_m), self._layout.view(self._scheme.low_m)
        return (
            float(sum(h.sum(dtype=np.float64) + e.sum(dtype=np.float64) for h, e in zip(high, low, strict=True)))
            * self._area_m2
        )

    def run(self) -> FloodResult:
        setup = self._setup
        self._tiles = self._plan.everything
        self._look()
        self._frame()
        frame, looked = 1, 0
        reported = time.perf_counter()
        self._report(reported, 0.0)
        while self._time_s < setup.duration_s:
            target = min(frame * setup.output_step_s, setup.duration_s)
            dt = self._step_length(target)
            self._step(dt)
            arrived = target - self._time_s < 1e-9 * setup.duration_s
            if arrived:
                self._time_s = target
            looked += 1
            if arrived or looked == LOOK_STEPS or self._time_s - self._looked_s >= LOOK_S:
                self._look()
                looked = 0
            if arrived:
                self._frame()
                frame += 1
            now = time.perf_counter()
            if now - reported > REPORT_S:
                self._report(now, dt)
                reported = now
        return self._finish()

    def _step_length(self, target_s: float) -> float:
        """The longest stable step that ends no later than the target."""
        setup = self._setup
        cell = setup.bed.cell_m
        wave = math.sqrt(G * max(self._deepest_m, self._edges.deepest_m))
        dt = min(setup.max_step_s, setup.courant * cell / max(wave, self._maxima.fastest_ms, 1e-6))
        for supply in self._supplies:  # an inflow may not heap up on a dry cell before it can run off
            rise = max(supply.rate_m_s(self._time_s), supply.rate_m_s(self._time_s + dt))
            if rise > 0:
                dt = min(dt, (0.05 + float(self._scheme.depth_m[supply.cells].min())) / rise)
        left = target_s - self._time_s
        if dt >= left:
            return left
        return left / 2 if dt > left / 2 else dt  # no tiny last step

    def _step(self, dt: float) -> None:
        """One step: every flux comes from the state at its start, then edges, inflows and roofs change the new depths.

        Sources before the sweep would be drained by it at a depth that never stands there.
        """
        scheme, ledger, area = self._scheme, self._ledger, self._area_m2
        end = self._time_s + dt
        self._evaluate_edges(dt)
        rain = self._rain.take(end)
        tiles = self._plan.choose(rain > 0)
        report = scheme.step(tiles, dt, rain, self._loss_rate * dt)
        self._deepest_m = report.deepest_m
        self._plan.learn(report.tile_depth_m, 0.0 if self._loss_rate else FLOW_DEPTH_M)
        ledger.rain_m3 += rain * self._rained_m2
        if self._loss_rate:
            share = self._setup.infiltration_mm_h * MM_H / self._loss_rate
            ledger.infiltration_m3 += report.lost_m * area * share
            ledger.drained_m3 += report.lost_m * area * (1.0 - share)
        h, low = scheme.depth_m, scheme.low_m
        self._apply_edges(dt)
        for supply in self._supplies:
            add_depth(h, low, supply.cells, np.float32(supply.take(end)))
            self._deepest_m = max(self._deepest_m, float(h[supply.cells].max()))
        if rain and len(self._ground.roof_cells):
            roofs = add_weighted(h, low, self._ground.roof_cells, self._ground.roof_weights, np.float32(rain))
            ledger.rain_m3 += roofs * area
        self._tiles = tiles
        self._time_s = end
        self._count(tiles, dt)

    def _evaluate_edges(self, dt: float) -> None:
        faces, scheme = self._edges, self._scheme
        if len(faces.cells):
            edge_faces.evaluate(
                scheme.depth_m, scheme.bed_m, scheme.friction, scheme.discharge_x, scheme.discharge_y, faces.cells,
                faces.across_x, faces.kinds, faces.number, faces.discharge, self._layout.stride, np.float32(dt),
                np.float32(self._setup.bed.cell_m), np.float32(self._setup.froude_cap),
            )  # fmt: skip

    def _apply_edges(self, dt: float) -> None:
        faces, scheme = self._edges, self._scheme
        if len(faces.cells):
            moved = np.zeros(2)
            edge_faces.exchange(
                scheme.depth_m, scheme.low_m, scheme.discharge_x, scheme.discharge_y, faces.cells, faces.faces,
                faces.across_x, faces.outward, faces.discharge, np.float32(dt),
                np.float32(self._setup.bed.cell_m), moved,
            )  # fmt: skip
            self._ledger.boundary_out_m3 += moved[0] * self._area_m2
            self._ledger.boundary_in_m3 += moved[1] * self._area_m2

    def _count(self, tiles: Tiles, dt: float) -> None:
        counts = self._counts
        cells = int(((tiles[:, 1] - tiles[:, 0]) * (tiles[:, 3] - tiles[:, 2])).sum())
        counts.steps += 1
        counts.updates += cells
        counts.shortest_s = min(counts.shortest_s, dt)
        counts.longest_s = max(counts.longest_s, dt)
        ledger = self._ledger
        ledger.inflow_m3 = sum(supply.given_m3 for supply in self._supplies)
        if ledger.expected_m3 > counts.peak_m3:
            counts.peak_m3, counts.peak_s = ledger.expected_m3, self._time_s

    def _look(self) -> None:
        self._maxima.look(self._scheme, self._tiles, self._time_s, self._time_s - self._looked_s)
        self._looked_s = self._time_s
        counts, maxima = self._counts, self._maxima
        counts.wet_looks += maxima.wet_cells
        counts.fast_looks += maxima.fast_cells
        counts.capped_looks += maxima.capped_cells
        counts.peak_wet_cells = max(counts.peak_wet_cells, maxima.wet_cells)
        if maxima.wet_cells:
            counts.fast_share_peak = max(counts.fast_share_peak, maxima.fast_cells / maxima.wet_cells)

    def _frame(self) -> None:
        if self._on_frame is None:
            return
        layout, scheme = self._layout, self._scheme
        east = np.empty((layout.rows, layout.columns), np.float32)
        north = np.empty_like(east)
        first = np.uint64(layout.index(np.array(0), np.array(0)))
        stride = np.uint64(layout.stride)
        cell_speeds(
            scheme.depth_m, scheme.bed_m, scheme.discharge_x, scheme.discharge_y, stride, first, east, north
        )  # fmt: skip
        bed = np.where(
            self._ground.wet, layout.view(scheme.bed_m) + np.float32(self._ground.base_m), np.float32(np.nan)
        )
        self._on_frame(Frame(self._time_s, layout.view(scheme.depth_m), bed, east, north))

    def _report(self, now: float, dt: float) -> None:
        times = {"time": span(self._time_s), "end": span(self._setup.duration_s)}
        text = Message("{time} of {end}", **times)
        if dt > 0:
            text = Message("{time} of {end}, {step:.2g} s steps", step=dt, **times)
        advance(self._progress, self._time_s / self._setup.duration_s, text)

    def _finish(self) -> FloodResult:
        setup, counts = self._setup, self._counts
        self._ledger.stored_m3 = self._stored_m3()
        wall = time.perf_counter() - self._started
        threads = numba.get_num_threads()
        summary = RunSummary.of(setup, self._ground, self._ledger, counts, self._maxima, self._layout, wall, threads)
        final = np.ascontiguousarray(self._layout.view(self._scheme.depth_m))
        del self._scheme
        advance(self._progress, 1.0, span(setup.duration_s))
        return FloodResult.of(setup, self._ground, self._maxima, final, summary)
