"""Speed, memory and resumption of twin:updatetwinbase over many made models, run as users run it, by qgis_process.

python tests/benchmarks/bench_twinbase.py [MODELS]      1,000 by default; the target is stated for 10,000

Makes the models under build/bench once (not counted); then one undisturbed run, the next run, and a run that is killed
with SIGKILL half-way and resumed, whose base must hold the same as the undisturbed one.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psutil

ROOT = Path(__file__).parent.parent.parent
BENCH = ROOT / "build" / "bench"
TARGET_MODELS, TARGET_MIN, TARGET_BYTES, TARGET_NEXT_S = 10_000, 40.0, 1.5e9, 10.0
TABLES = ("bim_model", "building", "storey", "opening", "underground")
NOT_COMPARED = ("fid", "seconds")


def qgis_process(*arguments: str) -> list[str]:
    """A command in the project's environment."""
    return [str(ROOT / "tools" / "env.sh"), "qgis_process", "--json", "run", *arguments]


def make_models(count: int) -> Path:
    """A folder of made models."""
    folder = BENCH / f"twinbase{count}"
    if not (folder / "models").is_dir():
        BENCH.mkdir(parents=True, exist_ok=True)
        print(f"making {count} models", flush=True)
        command = qgis_process("twin:createdemodistrict", f"--BUILDINGS={count}", f"--FOLDER={folder}")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder / "models"


def start(models: Path, base: Path) -> subprocess.Popen:
    """A run of twin:updatetwinbase."""
    command = qgis_process("twin:updatetwinbase", f"--FOLDER={models}", f"--TWIN_BASE={base}")
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def family(process: subprocess.Popen) -> list[psutil.Process]:
    """A process and all below it."""
    try:
        parent = psutil.Process(process.pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def memory(process: subprocess.Popen) -> int:
    """Proportional memory (shared pages are counted once) of a process and all below it, bytes."""
    total = 0
    for one in family(process):
        try:
            total += one.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def run(models: Path, base: Path) -> tuple[dict, float, float, int]:
    """Results, wall and processor seconds, and the most memory of a run."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start(models, base)
    most = 0
    while process.poll() is None:
        most = max(most, memory(process))
        time.sleep(0.5)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    results = json.loads(process.stdout.read())["results"]
    return results, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most


def rows(base: Path) -> int:
    """How many models are committed in a base that may be being written."""
    if not base.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute("SELECT count(*) FROM bim_model").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def content(base: Path) -> dict[str, list[tuple]]:
    """All that a base holds, but for feature ids and durations."""
    found = {}
    with closing(sqlite3.connect(base)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in TABLES:
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] not in NOT_COMPARED]
            found[table] = database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id").fetchall()
    return found


def kill_half_way(models: Path, base: Path, count: int) -> int:
    """Start a run and kill it when half of the models are committed; returns how many are."""
    process = start(models, base)
    while rows(base) < count / 2:
        if process.poll() is not None:
            raise SystemExit("the run ended before it could be killed")
        time.sleep(0.2)
    everybody = family(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _gone, alive = psutil.wait_procs(everybody, timeout=30)
    print(f"killed: {len(alive)} of {len(everybody)} processes still there after 30 s")
    return rows(base)


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    models = make_models(count)
    folder = BENCH / "twinbase"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cores = len(os.sched_getaffinity(0))
    size = sum(path.stat().st_size for path in models.iterdir())
    print(f"{count} models, {size / 1e6:.0f} MB, {cores} cores, load {os.getloadavg()[0]:.1f} before")
    results, wall, spent, most = run(models, folder / "whole.gpkg")
    assert results["READ"] == count, results
    scale = TARGET_MODELS / count / 60
    print(f"first run      {wall:8.1f} s wall, {spent:.1f} s processor, {1000 * spent / count:.0f} ms a model")
    print(f"               {TARGET_MODELS} models: {wall * scale:.1f} min wall as measured, target {TARGET_MIN:.0f}")
    print(f"               {spent * scale / cores:.1f} min were {cores} cores free")
    print(f"memory         {most / 1e6:8.0f} MB for parent and workers, target below {TARGET_BYTES / 1e6:.0f}")
    results, wall, _spent, _most = run(models, folder / "whole.gpkg")
    assert (results["READ"], results["UNCHANGED"]) == (0, count), results
    print(f"next run       {wall:8.1f} s, target below {TARGET_NEXT_S:.0f}")
    kept = kill_half_way(models, folder / "killed.gpkg", count)
    results, wall, _spent, _most = run(models, folder / "killed.gpkg")
    assert (results["READ"], results["UNCHANGED"]) == (count - kept, kept), (results, kept)
    same = content(folder / "whole.gpkg") == content(folder / "killed.gpkg")
    print(f"resumed        {wall:8.1f} s for the {count - kept} models left; the same content: {same}")
    if not same:
        raise SystemExit("the base of the killed run differs")


if __name__ == "__main__":
    main()
