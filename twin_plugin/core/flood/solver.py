"""The driver of a flood run: time steps, processes, the water ledger, maxima, frames, progress and cancel."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numba
import numpy as np

from ..common.clock import span
from ..common.messages import Message
from ..common.progress import Progress, advance, silent
from . import hot_start, look, terrain
from .constants import COLLAPSE_MS, FLOW_DEPTH_M, GRAVITY_MS2, INERTIAL, MM_H, SHOCK_CAPTURING
from .ledger import Counts, Ledger
from .maxima import Maxima
from .process import Domain, Role, RunningProcess, Step
from .result import FloodResult, Frame, RunSummary
from .schemes import inertial, shock_capturing
from .schemes.array_layout import ArrayLayout
from .schemes.maxima_kernels import cell_speeds
from .schemes.scheme import Scheme, SchemeFactory, StepReport, Tiles
from .schemes.tiles import TilePlan, cells_of
from .setup import FloodSetup
from .state import RunState
from .thread_choice import ThreadChoice

SCHEMES: Mapping[str, SchemeFactory] = MappingProxyType(
    {INERTIAL: inertial.LocalInertial, SHOCK_CAPTURING: shock_capturing.ShockCapturing}
)
"""What creates each scheme, by the name that a setup gives."""
LOOK_EVERY_STEPS = 8
"""The maxima that need the speed are taken at looks: at each frame and after so many steps."""
REPORT_S = 0.25
"""Seconds between progress calls."""

STILL = StepReport(0.0, 0.0, np.zeros(0, np.float32))
"""Of a step in which no tile has water that moves: before the rain, or after the last puddle has come to rest."""

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
        When buildings leave no cell for water, or the account of water does not close.
    Cancelled
        When `progress` answers False.
    """
    before, threads = numba.get_num_threads(), setup.numerics.threads
    numba.set_num_threads(min(threads, numba.config.NUMBA_NUM_THREADS) if threads > 0 else before)
    try:
        chosen, figures = look.choose(setup, progress, lambda first, go: Run(first, go, None).run().summary)
        return Run(chosen, progress, on_frame, figures).run()
    finally:
        numba.set_num_threads(before)


class Run:
    """One run from its setup to its result."""

    def __init__(
        self,
        setup: FloodSetup,
        progress: Progress,
        on_frame: OnFrame | None,
        figures: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._setup = setup
        self._progress = progress
        self._notes: list[Message] = []
        self._on_frame = on_frame
        self._figures = figures
        self._started = self._polled = time.perf_counter()
        self._terrain = terrain.prepare(setup.surface)
        self._layout: ArrayLayout = self._terrain.layout
        numerics, cell_m = setup.numerics, setup.surface.bed.cell_m
        self._start_s = setup.start.clock_s if setup.start is not None else 0.0
        create = SCHEMES[numerics.scheme]
        self._scheme: Scheme = create(self._layout, self._terrain.bed_m, self._terrain.friction, cell_m, numerics)
        volumes = [item for process in setup.all_processes() for item in process.FIELDS]
        self._ledger = Ledger(
            (item.name for item in volumes if item.role is Role.ADDS),
            (item.name for item in volumes if item.role is Role.TAKES),
        )
        parts = [item for process in setup.all_processes() for item in process.parts().items()]
        self._ledger.parts = {name: dict.fromkeys(labels, 0.0) for name, labels in parts}
        self._domain = Domain(
            self._terrain, self._scheme, self._ledger, cell_m, cell_m**2, numerics.froude_cap, self._start_s,
            setup.output.duration_s, setup.output.step_s, poll=self._poll,
        )  # fmt: skip
        self._started_by: dict[type, RunningProcess] = {}
        try:
            self._prepare()
        except BaseException:
            self._close()
            raise

    def _prepare(self) -> None:
        """Start the processes, put the water of the start on the terrain and find the tiles that move."""
        setup, numerics = self._setup, self._setup.numerics
        for settings in setup.all_processes():
            process = settings.start(self._domain)
            if process is not None:
                self._started_by[type(settings)] = process
        self._processes = list(self._started_by.values())
        self._evaluate, self._exchange, self._add = (self._acting(name) for name in ("evaluate", "exchange", "add"))
        self._longest_step_s = self._acting("longest_step_s")
        self._counts = Counts()
        self._maxima = Maxima(self._layout, setup.output.wet_depth_m, numerics.froude_cap, setup.output.duration_s)
        always = np.concatenate([np.zeros(0, np.int64), *(process.cells for process in self._processes)])
        self._plan = TilePlan(self._layout, always, numerics.skip_dry, numba.get_num_threads())
        self._time_s = self._start_s
        self._deepest_m = 0.0
        self._wave_ms = 0.0
        self._cell = 0
        self._governor: int | None = None
        self._governing: Counter[int] = Counter()
        self._fastest_wave_ms, self._fastest_wave_cell = 0.0, -1
        self._fill_initial()
        most = min(numerics.most_threads, numba.config.NUMBA_NUM_THREADS)
        self._threads = ThreadChoice(numba.get_num_threads(), most, numba.set_num_threads, self._started)

    def _acting(self, name: str) -> list[Callable[..., Any]]:
        """The processes' methods of a name, of those that have one: small grids feel every call of a step."""
        plain = getattr(RunningProcess, name)
        return [getattr(process, name) for process in self._processes if getattr(type(process), name) is not plain]

    def _fill_initial(self) -> None:
        initial, wet = self._setup.initial, self._terrain.wet
        depth = self._layout.view(self._scheme.depth_m)
        if initial.depth_m is not None:
            np.copyto(depth, initial.depth_m, where=wet & np.isfinite(initial.depth_m), casting="same_kind")
        if initial.level_m is not None:
            still = np.float32(initial.level_m - self._terrain.base_m) - self._layout.view(self._terrain.bed_m)
            np.copyto(depth, np.maximum(depth, still), where=wet)
        if self._setup.start is not None:
            self._notes += hot_start.take_up(self._setup, self._domain, self._started_by)
        self._ledger.initial_m3 = self._stored_m3()
        self._counts.peak_m3 = self._ledger.initial_m3
        self._cell = int(self._scheme.depth_m.argmax())
        self._deepest_m = float(self._scheme.depth_m[self._cell])
        self._plan.start(depth)
        if self._setup.start is not None and self._setup.numerics.scheme == self._setup.start.state.scheme:
            numbers = self._setup.start.state.numbers
            self._deepest_m, self._wave_ms, self._cell = numbers["deepest_m"], numbers["wave_ms"], int(numbers["cell"])
            self._maxima.fastest_ms, self._maxima.fastest_cell = numbers["fastest_ms"], int(numbers["fastest_cell"])

    def _state(self) -> RunState:
        """The state of now."""
        numbers = {
            "deepest_m": self._deepest_m,
            "wave_ms": self._wave_ms,
            "cell": self._cell,
            "fastest_ms": self._maxima.fastest_ms,
            "fastest_cell": self._maxima.fastest_cell,
        }
        return hot_start.state_of(self._setup, self._domain, self._started_by, self._time_s, numbers)

    def _stored_m3(self) -> float:
        high, low = self._layout.view(self._scheme.depth_m), self._layout.view(self._scheme.low_m)
        depths_m = float(sum(h.sum(dtype=np.float64) + e.sum(dtype=np.float64) for h, e in zip(high, low, strict=True)))
        return depths_m * self._domain.cell_m2 - sum(process.displaced_m3() for process in self._processes)

    def _close(self) -> None:
        """Close the processes; a second error must not hide the first."""
        while self._started_by:
            with suppress(Exception):
                self._started_by.popitem()[1].close()

    def run(self) -> FloodResult:
        """Compute the run to its end; its processes are closed then, also after an error or a cancel."""
        try:
            return self._run()
        finally:
            self._close()

    def _run(self) -> FloodResult:
        duration_s, output_step_s = self._setup.output.duration_s, self._setup.output.step_s
        self._frame()
        frame, steps = 1, 0
        reported = time.perf_counter()
        self._report(0.0)
        while self._time_s < self._start_s + duration_s:
            target = self._start_s + min(frame * output_step_s, duration_s)
            dt = self._step_length(target)
            end_s = self._time_s + dt
            arrived = target - end_s < 1e-9 * duration_s
            self._step(dt, steps % LOOK_EVERY_STEPS == 0)
            steps += 1
            if arrived:
                self._time_s = target
                self._frame()
                frame, steps = frame + 1, 0
            now = time.perf_counter()
            if now - reported > REPORT_S:
                self._report(dt)
                reported = now
                self._threads.note(self._counts.updates, now)
        return self._finish()

    def _step_length(self, target_s: float) -> float:
        """The longest stable step that ends no later than the target."""
        deepest_m, governor = self._deepest_m, self._cell
        for process in self._processes:
            if process.deepest_m > deepest_m:
                deepest_m, governor = process.deepest_m, -1
        speed, flow_ms = math.sqrt(GRAVITY_MS2 * deepest_m), self._wave_ms or self._maxima.fastest_ms
        if flow_ms > speed:
            speed, governor = flow_ms, self._cell if self._wave_ms else self._maxima.fastest_cell
        longest = dt = min(
            self._setup.numerics.max_step_s, self._scheme.courant * self._domain.cell_m / max(speed, 1e-6)
        )
        for longest_step_s in self._longest_step_s:
            dt = longest_step_s(self._time_s, dt)
        decided = governor >= 0 and speed > 0 and self._setup.numerics.max_step_s > dt == longest
        self._governor = governor if decided else None
        if decided and speed > self._fastest_wave_ms:
            self._fastest_wave_ms, self._fastest_wave_cell = speed, governor
        left = target_s - self._time_s
        if dt >= left:
            return left
        return left / 2 if dt > left / 2 else dt  # no tiny last step

    def _step(self, dt: float, look: bool) -> None:
        """One step: every flux comes from the state at its start, then processes change the new depths.

        Water is added after the sweep: added before, the sweep would drain it using a depth that never occurs.
        """
        step = Step(self._time_s, self._time_s + dt, dt)
        for evaluate in self._evaluate:
            evaluate(step)
        loss_m_s = sum(step.losses_mm_h.values()) * MM_H
        tiles = self._plan.choose(step.rains)
        watch = self._maxima.watch(self._scheme, tiles, self._time_s - self._start_s, look)
        report = self._scheme.step(tiles, dt, step.rain_m, loss_m_s * dt, watch) if len(tiles) else STILL
        if look:
            self._counts.sample(*self._maxima.take(watch))
        if self._governor is not None:
            self._governing[self._governor] += 1
        step.deepest_m, self._wave_ms, self._cell = report.deepest_m, report.wave_ms, report.cell
        self._plan.learn(report.tile_depth_m, 0.0 if loss_m_s or step.takes_films else FLOW_DEPTH_M)
        self._ledger.book_losses(step.losses_mm_h, report.lost_m * self._domain.cell_m2)
        for act in (*self._exchange, *self._add):
            act(step)
        self._deepest_m, self._time_s = step.deepest_m, step.end_s
        self._count(tiles, dt)

    def _count(self, tiles: Tiles, dt: float) -> None:
        counts, expected_m3 = self._counts, self._ledger.expected_m3
        counts.steps += 1
        counts.updates += self._plan.all_cells if tiles is self._plan.everything else cells_of(tiles)
        counts.shortest_s = min(counts.shortest_s, dt)
        counts.longest_s = max(counts.longest_s, dt)
        if expected_m3 > counts.peak_m3:
            counts.peak_m3, counts.peak_s = expected_m3, self._time_s - self._start_s

    def _frame(self) -> None:
        for process in self._processes:
            process.frame(self._time_s)
        if self._on_frame is None:
            return
        layout, scheme = self._layout, self._scheme
        east = np.empty((layout.rows, layout.columns), np.float32)
        north = np.empty_like(east)
        first = np.uint64(layout.index(np.array(0), np.array(0)))
        stride = np.uint64(layout.stride)
        cell_speeds(
            scheme.depth_m, scheme.bed_m, scheme.motion_x, scheme.motion_y, scheme.centred, stride, first, east, north
        )  # fmt: skip
        kind = self._setup.surface.bed.values.dtype.type
        level = np.add(layout.view(scheme.bed_m), self._terrain.base_m, dtype=kind)
        bed = np.where(self._terrain.wet, level, kind(np.nan))
        account = self._ledger.row(self._stored_m3())
        self._on_frame(Frame(self._time_s - self._start_s, layout.view(scheme.depth_m), bed, east, north, account))

    def _report(self, dt: float) -> None:
        times = {"time": span(self._time_s - self._start_s), "end": span(self._setup.output.duration_s)}
        text = Message("{time} of {end}", **times)
        if dt > 0:
            text = Message("{time} of {end}, {step:.2g} s steps", step=dt, **times)
            if self._governor is not None and self._wave_ms_of(dt) > COLLAPSE_MS:
                x, y = self._centre(self._governor)
                text = Message(
                    "{time} of {end}, {step:.2g} s steps because of the cell at {x:.1f}, {y:.1f}",
                    step=dt,
                    x=x,
                    y=y,
                    **times,
                )
        advance(self._progress, (self._time_s - self._start_s) / self._setup.output.duration_s, text)

    def _poll(self) -> None:
        """Report within a step that takes long."""
        now = time.perf_counter()
        if now - self._polled > REPORT_S:
            self._polled = now
            self._report(0.0)

    def _governing_figures(self) -> dict[str, Any]:
        """The cell that decided most steps, with its share of all, and the one that decided the shortest."""
        cell, steps = max(self._governing.items(), key=lambda item: (item[1], -item[0]), default=(None, 0))
        if cell is None:
            names = "governing_x", "governing_y", "fastest_wave_x", "fastest_wave_y"
            return {"governing_share": 0.0, "fastest_wave_ms": 0.0, **dict.fromkeys(names)}
        x, y = self._centre(cell)
        wave_x, wave_y = self._centre(self._fastest_wave_cell)
        return {
            "governing_share": steps / self._counts.steps,
            "governing_x": x,
            "governing_y": y,
            "fastest_wave_ms": self._fastest_wave_ms,
            "fastest_wave_x": wave_x,
            "fastest_wave_y": wave_y,
        }

    def _centre(self, cell: int) -> tuple[float, float]:
        """Map coordinates of the centre of a cell."""
        row, column = self._layout.place(cell)
        bed = self._setup.surface.bed
        return bed.west + (column + 0.5) * bed.cell_m, bed.north - (row + 0.5) * bed.cell_m

    def _wave_ms_of(self, dt: float) -> float:
        """The wave that a step is short for."""
        return self._scheme.courant * self._domain.cell_m / dt

    def _finish(self) -> FloodResult:
        state = (
            self._state() if self._setup.output.keep_state else None
        )  # before the last look, which notes the fastest
        passed_s = self._time_s - self._start_s
        self._counts.sample(*self._maxima.finish(self._scheme, self._plan.everything, passed_s))
        wall_s = time.perf_counter() - self._started
        self._ledger.stored_m3 = self._stored_m3()
        self._ledger.check()
        own = {name: figure for process in self._processes for name, figure in process.figures().items()}
        summary = RunSummary(
            self._setup.figures()
            | own
            | self._terrain.figures()
            | self._ledger.figures()
            | self._counts.figures(self._layout.rows * self._layout.columns, wall_s)
            | self._maxima.figures(self._domain.cell_m2)
            | self._governing_figures()
            | {"threads": self._threads.threads}
            | dict(self._figures)
        )
        self._notes += (note for process in self._processes for note in process.notes())
        outcomes = {kind: told for kind, process in self._started_by.items() if (told := process.outcome()) is not None}
        final = np.ascontiguousarray(self._layout.view(self._scheme.depth_m))
        del self._scheme, self._domain, self._processes, self._evaluate, self._exchange, self._add, self._longest_step_s
        advance(self._progress, 1.0, span(self._setup.output.duration_s))
        governing = self._layout.counted(self._governing)
        result = FloodResult.of(
            self._setup.surface.bed, self._terrain, self._maxima, final, governing, summary, outcomes
        )
        return replace(result, state=state, notes=tuple(self._notes))
