"""Speed and memory of the flood solver, beside the machine's memory bandwidth and a peer, measured in one run.

The case: 1000 x 1000 cells of 2 m, 19 % of them buildings raised 6 to 18 m, closed edges, 50 mm of rain in an hour,
Manning's n 0.03, 900 s simulated. The peer is itzi-core 0.8, in an environment of Python 3.12 that is made below build/
the first time; without that Python it is left out. Writes build/bench/flood.json.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("NUMBA_THREADING_LAYER", "omp")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numba
import numpy as np

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood import solver
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.result import FloodResult
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.surface import Surface

CELL_M, MANNING, RAIN_MM_H = 2.0, 0.03, 50.0
PEER = "itzi-core==0.8.*"


def town(size: int, seed: int = 0) -> np.ndarray:
    """Bed of a made town: gentle ground, and blocks on 19 % of it, 6 to 18 m high."""
    generator = np.random.default_rng(seed)
    y, x = np.ogrid[0:size, 0:size]
    bed = (np.sin(y / 60.0) + np.cos(x / 47.0) + 0.005 * x).astype(np.float32)
    block = np.zeros((size, size), bool)
    ground = bed.copy()
    while block.mean() < 0.19:
        for _ in range(max(1, size // 10)):
            row, column = generator.integers(0, size - 16, 2)
            rows, columns = generator.integers(5, 16, 2)
            place = slice(row, row + rows), slice(column, column + columns)
            block[place] = True
            bed[place] = ground[place].max() + generator.uniform(6, 18)
    return bed


SCHEMES = {
    "inertial": Numerics(),
    "shockcapturing_order_1": Numerics("shockcapturing", order=1),
    "shockcapturing": Numerics("shockcapturing"),
}


def case(size: int, duration_s: float, threads: int, numerics: Numerics = SCHEMES["inertial"]) -> FloodSetup:
    grid = Grid(town(size), 0.0, size * CELL_M, CELL_M)
    return FloodSetup(
        Surface(grid, MANNING),
        RunOutput(duration_s, duration_s),
        (Rain([(60, RAIN_MM_H)]),),
        numerics=replace(numerics, threads=threads),
    )


@numba.njit(parallel=True, fastmath=True)
def _triad(a, b, c, factor):
    for i in numba.prange(a.shape[0]):
        a[i] = b[i] + factor * c[i]


def triad_gb_s(threads: int) -> float:
    """Bytes moved a second by a = b + s c on arrays larger than the caches, not counting what writes read."""
    numba.set_num_threads(threads)
    a, b, c = (np.ones(40_000_000, np.float32) for _ in range(3))
    _triad(a, b, c, np.float32(2))
    best = 0.0
    for _ in range(7):
        started = time.perf_counter()
        _triad(a, b, c, np.float32(2))
        best = max(best, 3 * a.nbytes / (time.perf_counter() - started))
    return best / 1e9


def peer_python() -> Path | None:
    """The interpreter of an environment that has the peer; None, saying why, where there is no Python 3.12."""
    folder = ROOT / "build" / "bench-venv"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        pyenv = sorted(Path.home().glob(".pyenv/versions/3.12*/bin/python"))
        base = str(pyenv[-1]) if pyenv else shutil.which("python3.12")
        try:
            if base is None:
                raise FileNotFoundError("no Python 3.12 here")
            subprocess.run([base, "-m", "venv", str(folder)], check=True, capture_output=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", PEER], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"itzi-core is left out: {error}")
            return None
        (folder / "ready").touch()
    return python


def run_peer(setup: FloodSetup, depth_m: np.ndarray) -> dict[str, float] | None:
    """The peer on the same case: its figures, and how its depths compare with ours."""
    python = peer_python()
    if python is None:
        return None
    given, depth, figures = BUILD / "case.npz", BUILD / "itzi.npy", BUILD / "itzi.json"
    numbers = {"cell_m": CELL_M, "duration_s": setup.output.duration_s, "manning": MANNING, "rain_mm_h": RAIN_MM_H}
    np.savez(given, bed=setup.surface.bed.values, **numbers)
    done = subprocess.run(
        [str(python), str(Path(__file__).with_name("itzi_peer.py")), str(given), str(depth), str(figures)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"itzi-core is left out, it failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    theirs = np.load(depth)
    result = json.loads(figures.read_text("utf-8"))
    result["quiet_updates_per_s"] = setup.surface.bed.values.size / result["quiet_step_s"]
    result["rmse_m"] = float(np.sqrt(np.mean((theirs.astype(float) - depth_m) ** 2)))
    for limit in (0.01, 0.05):
        both = ((theirs >= limit) & (depth_m >= limit)).sum()
        result[f"csi_{limit:g}m"] = float(both / ((theirs >= limit) | (depth_m >= limit)).sum())
    return result


def timed(setup: FloodSetup) -> tuple[FloodResult, dict[str, float]]:
    """A run and its figures.

    Others may use the machine meanwhile: `quiet_step_s` is the time of a step in the fastest tenth of all groups of
    eight steps (every eighth looks at speeds), and stands for the machine left alone.
    """
    threads = setup.numerics.threads
    band = triad_gb_s(threads)
    stamps: list[float] = []
    step = solver.Run._step

    def stamped(run: solver.Run, dt: float, look: bool) -> None:
        stamps.append(time.perf_counter())
        step(run, dt, look)

    solver.Run._step = stamped
    cpu = time.process_time()
    try:
        result = simulate(setup)
        cpu = time.process_time() - cpu
    finally:
        solver.Run._step = step
    summary, quiet = result.summary, float(np.quantile(np.diff(stamps[8::8]) / 8, 0.1))
    return result, {
        "updates_per_s": summary.updates_per_s,
        "quiet_updates_per_s": summary.rows * summary.columns / quiet,
        "updates_per_cpu_s": summary.steps * setup.surface.bed.values.size / cpu,
        "quiet_step_s": quiet,
        "wall_s": summary.wall_s,
        "steps": summary.steps,
        "mass_error": summary.mass_error,
        "triad_gb_s": band,
        "triad_share": summary.rows * summary.columns / quiet * BYTES_MOVED / 1e9 / band,
    }


def schemes() -> dict[str, dict[str, float]]:
    """A step of each scheme with its maxima and account, on one thread, in processor seconds; the first 120 s and what
    a run does once are left out.
    """
    found: dict[str, dict[str, float]] = {}
    for name, numerics in SCHEMES.items():
        simulate(case(128, 5.0, 1, numerics))
        times = []
        for duration_s in (120.0, 360.0):
            before = time.process_time()
            summary = simulate(case(1000, duration_s, 1, numerics)).summary
            times.append((time.process_time() - before, summary.steps))
        (first_s, first), (all_s, steps) = times
        found[name] = {
            "ns_per_update": (all_s - first_s) / (steps - first) / 1e6 * 1e9,
            "steps_360_s": steps,
            "cpu_s_360_s": all_s,
            "mass_error": summary.mass_error,
        }
    return found


def memory_child(size: int) -> None:
    """Print the peak memory per cell of one run in this process, above what it had before."""
    simulate(case(128, 5.0, 0))  # loads the compiled kernels
    setup = case(size, 20.0, 0)
    status = Path("/proc/self/status")

    def kilobytes(name: str) -> int:
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(name))

    before = kilobytes("VmRSS:")
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    result = simulate(setup)
    result.level_max_m()
    result.hazard()
    print((kilobytes("VmHWM:") - before) * 1024 / size**2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=int, help="only print the peak bytes a cell of a run of this size")
    parser.add_argument("--seconds", type=float, default=900.0, help="simulated time")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    if options.memory:
        memory_child(options.memory)
        return
    BUILD.mkdir(parents=True, exist_ok=True)
    simulate(case(128, 5.0, 0))
    found: dict[str, object] = {"cores": os.cpu_count()}
    result = None
    for threads in (1, 2):
        setup = case(1000, options.seconds, threads)
        result, found[f"threads_{threads}"] = timed(setup)
    found["schemes"] = schemes()
    peer = None if options.no_peer else run_peer(setup, result.depth_m)
    if peer is not None:
        found["itzi"], found["threads_2_after"] = peer, timed(setup)[1]
        ours = min(found["threads_2"]["quiet_step_s"], found["threads_2_after"]["quiet_step_s"])
        found["ratio_to_itzi"] = peer["quiet_step_s"] / ours
        found["ratio_per_core_second"] = found["threads_2"]["updates_per_cpu_s"] / peer["updates_per_cpu_s"]
    child = [sys.executable, str(Path(__file__)), "--memory", "4000"]
    found["bytes_per_cell_4000"] = float(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    (BUILD / "flood.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    show(found)


# Nine arrays of float32 in a sweep: six are read, one is changed, and three are written, whose lines are read first.
BYTES_MOVED = 56


def show(found: dict) -> None:
    heads = ("million updates/s", "when quiet", "a core-second", "wall s", "steps", "mass error", "triad GB/s")
    print(f"{'1000 x 1000 cells':<24}" + "".join(f"{head:>19}" for head in heads))
    rows = {f"City Twin, {n} thread{'s'[: n - 1]}": found[f"threads_{n}"] for n in (1, 2)}
    peer = found.get("itzi")
    if peer:
        rows["itzi-core 0.8"] = peer
    for name, row in rows.items():
        cells = (
            f"{row['updates_per_s'] / 1e6:.1f}",
            f"{row['quiet_updates_per_s'] / 1e6:.1f}",
            f"{row['updates_per_cpu_s'] / 1e6:.1f}",
            f"{row['wall_s']:.1f}",
            str(row["steps"]),
            f"{row['mass_error']:.1e}",
        )
        cells = (*cells, f"{row['triad_gb_s']:.1f}" if "triad_gb_s" in row else "")
        print(f"{name:<24}" + "".join(f"{cell:>19}" for cell in cells))
    print(
        f"{'a step of one thread':<24}"
        + "".join(f"{head:>19}" for head in ("ns a cell", "to itzi-core", "steps, 360 s"))
    )
    for name, row in found["schemes"].items():
        theirs = f"{1e9 / peer['updates_per_cpu_s'] / row['ns_per_update']:.1f}" if peer else ""
        print(f"{name:<24}{row['ns_per_update']:>19.1f}{theirs:>19}{row['steps_360_s']:>19}")
    if peer:
        print(f"ratio to itzi-core on 2 threads, both when quiet: {found['ratio_to_itzi']:.1f} (goal 12)")
        print(f"ratio a core-second, whoever else computes: {found['ratio_per_core_second']:.1f}")
        print(f"depths against itzi-core's: RMSE {1000 * peer['rmse_m']:.2f} mm, CSI {peer['csi_0.05m']:.4f} at 0.05 m")
    share = found["threads_2"]["triad_share"]
    print(f"memory traffic at {BYTES_MOVED} bytes an update: {share:.0%} of the triad's")
    print(f"peak memory at 4000 x 4000, above the process before: {found['bytes_per_cell_4000']:.0f} bytes a cell")


if __name__ == "__main__":
    main()
