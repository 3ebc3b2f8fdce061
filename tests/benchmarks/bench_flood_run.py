"""Where the time of a flood run goes, in processor seconds of one thread, each beside what it is compared with.

- The parts of a run of 1000 x 1000 cells and 240 s: sweep, preparation, results, the driver.
- A storm of one source, and one of 225 scattered sources, on 1500 x 1500 cells with and without dry tiles left out.
- A step on 60 x 60 cells: what the driver and the processes in Python add to the kernels.
- Nanoseconds a cell and step from 100,000 to 10 million cells, and the memory of the largest.

Case and town are those of bench_flood.py. Writes build/bench/flood_run.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from bench_flood import BUILD, CELL_M, MANNING, RAIN_MM_H, case, memory_child, simulate, town

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import solver
from twin_plugin.core.flood.processes.boundaries import Boundaries, Boundary, BoundaryKind
from twin_plugin.core.flood.processes.infiltration import Infiltration
from twin_plugin.core.flood.processes.inflows import Inflow, Inflows
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes import edge_kernels, inertial_kernels
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.surface import Surface

SERIES = (316, 1000, 2000, 3162)


class Stopwatch:
    """Thread time spent in functions, by name, while it is open."""

    def __init__(self, **functions: tuple[Any, str]) -> None:
        self._functions = functions
        self._plain: dict[str, Callable[..., Any]] = {}
        self.seconds = dict.fromkeys(functions, 0.0)

    def __enter__(self) -> Stopwatch:
        for name, (owner, attribute) in self._functions.items():
            self._plain[name] = getattr(owner, attribute)
            setattr(owner, attribute, self._timed(name, self._plain[name]))
        return self

    def __exit__(self, *_: object) -> None:
        for name, (owner, attribute) in self._functions.items():
            setattr(owner, attribute, self._plain[name])

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            started = time.thread_time()
            try:
                return function(*values, **named)
            finally:
                self.seconds[name] += time.thread_time() - started

        return call


def run_s(setup: FloodSetup) -> tuple[float, Any]:
    """Thread seconds of a run, and its summary."""
    started = time.thread_time()
    summary = simulate(setup).summary
    return time.thread_time() - started, summary


def parts() -> dict[str, float]:
    """Shares of a run, of the quickest of three."""
    found = []
    for _ in range(3):
        setup = case(1000, 240.0, 1)
        with Stopwatch(
            sweep=(inertial_kernels, "sweep"),
            preparation=(solver.Run, "__init__"),
            results=(solver.Run, "_finish"),
        ) as watch:
            seconds, summary = run_s(setup)
        shares = {f"share_{name}": part / seconds for name, part in watch.seconds.items()}
        found.append({"ns_per_update": seconds / summary.steps / 1e6 * 1e9, **shares})
    return min(found, key=lambda row: row["ns_per_update"])


def valley(sources: int) -> FloodSetup:
    """1500 x 1500 cells of hills and hollows with so many sources across and down; no rain."""
    size = 1500
    y, x = np.mgrid[0:size, 0:size]
    bed = (np.sin(x / 47.0) + np.cos(y / 60.0) + 0.002 * x).astype(np.float32)
    places = np.linspace(40, size - 60, sources + 2)[1:-1].astype(int) if sources > 1 else np.array([size // 2])
    cells = np.zeros(bed.shape, bool)
    for row in places:
        for column in places:
            cells[row : row + 2, column : column + 2] = True
    inflow = Inflow(cells, (0,), (8.0 if sources == 1 else 40.0,))
    return FloodSetup(
        Surface(Grid(bed, 0.0, 0.0, CELL_M), MANNING),
        RunOutput(120.0, 60.0),
        (Inflows((inflow,)),),
        numerics=Numerics(threads=1),
    )


def dry_tiles() -> dict[str, dict[str, float]]:
    """How much faster a run is with dry tiles left out; the quickest of two, one after the other."""
    found = {}
    for name, sources in (("one source", 1), ("225 sources", 15)):
        setup = valley(sources)
        whole = replace(setup, numerics=replace(setup.numerics, skip_dry=False))
        pairs = [(run_s(whole), run_s(setup)) for _ in range(2)]
        every_s, some_s = (min(pair[side][0] for pair in pairs) for side in (0, 1))
        found[name] = {"ratio": every_s / some_s, "skipped_share": pairs[0][1][1].skipped_share}
    return found


def small_grid() -> dict[str, dict[str, float]]:
    """Microseconds of a step on 60 x 60 cells, and those that no kernel takes; the quickest of five."""
    source = np.zeros((60, 60), bool)
    source[30, 30] = True
    plain = (Rain([(60, RAIN_MM_H)]),)
    more = (
        *plain,
        Inflows((Inflow(source, (0,), (0.1,)),)),
        Boundaries({"east": Boundary(BoundaryKind.OPEN)}),
        Infiltration(5.0),
    )
    surface = Surface(Grid(town(60), 0.0, 60 * CELL_M, CELL_M), MANNING)
    found = {}
    for name, processes in (("rain", plain), ("rain, inflow, open edge, infiltration", more)):
        setup = FloodSetup(surface, RunOutput(1200.0, 300.0), processes, numerics=Numerics(threads=1))
        rows = []
        for _ in range(5):
            whole_s, summary = run_s(setup)
            with Stopwatch(
                sweep=(inertial_kernels, "sweep"),
                evaluate=(edge_kernels, "evaluate"),
                exchange=(edge_kernels, "exchange"),
            ) as watch:
                run_s(setup)
            kernels_s = sum(watch.seconds.values())
            rows.append((whole_s / summary.steps * 1e6, (whole_s - kernels_s) / summary.steps * 1e6))
        found[name] = {"step_us": min(row[0] for row in rows), "python_us": max(min(row[1] for row in rows), 0.0)}
    return found


def series() -> dict[str, float]:
    """Nanoseconds a cell and step by the number of cells."""
    found = {}
    for size in SERIES:
        seconds, summary = run_s(case(size, 240.0, 1))
        found[f"{size * size:,}"] = seconds / summary.steps / size**2 * 1e9
    return found


def main() -> None:
    if sys.argv[1:2] == ["--memory"]:
        memory_child(int(sys.argv[2]))
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    simulate(case(128, 5.0, 1))
    found: dict[str, Any] = {"parts": parts(), "dry_tiles": dry_tiles(), "small_grid": small_grid(), "series": series()}
    child = [sys.executable, __file__, "--memory", str(SERIES[-1])]
    found["bytes_per_cell"] = float(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    (BUILD / "flood_run.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    row = found["parts"]
    shares = ", ".join(f"{name.removeprefix('share_')} {share:.0%}" for name, share in row.items() if "share" in name)
    print(
        f"1000 x 1000 cells, 240 s: {row['ns_per_update']:.1f} ns a cell and step; {shares} (goal for the sweep 88 %)"
    )
    for name, row in found["dry_tiles"].items():
        print(f"1500 x 1500 cells, {name}: {row['ratio']:.2f} times as fast with dry tiles left out "
              f"({row['skipped_share']:.0%} of the cells)")  # fmt: skip
    for name, row in found["small_grid"].items():
        print(f"60 x 60 cells, {name}: {row['step_us']:.0f} µs a step, {row['python_us']:.0f} µs in Python (goal 30)")
    print("cells, ns a cell and step: " + "; ".join(f"{cells} {ns:.1f}" for cells, ns in found["series"].items()))
    print(f"peak memory at {SERIES[-1] ** 2:,} cells: {found['bytes_per_cell']:.0f} bytes a cell above the process")


if __name__ == "__main__":
    main()
