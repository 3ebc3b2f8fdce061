"""Speed, memory and resumption of twin:updatetwinbase over many made models, run as users run it, by qgis_process.

python tests/benchmarks/bench_twinbase.py [MODELS]      1,000 by default; the goals are stated for 10,000

Makes the models under build/bench once (not counted). Then an undisturbed run, the next run, a run that is killed with
SIGKILL half-way and resumed, and up to 1,000 of the models into PostGIS and through a dask scheduler with two worker
processes, both started here on loopback. All bases of the same models must hold the same.
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
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import psutil
from osgeo import gdal

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from tools.servers.cluster import cluster
from tools.servers.postgis import Postgis, postgis
from tools.servers.process import Unavailable

BENCH = ROOT / "build" / "bench"
PROFILE = BENCH / "profile"
SEED = 7
GOAL_MODELS, GOAL_MIN, GOAL_BYTES, GOAL_NEXT_S = 10_000, 40.0, 1.5e9, 10.0
SMALLER = 1000
TABLES = ("bim_model", "building", "storey", "opening", "underground")
NOT_COMPARED = ("fid", "seconds")
CONNECTION, SCHEMA = "bench", "twin_base"
ALGORITHM = "twin:updatetwinbase"


@dataclass
class Line:
    """A line of the table; `good` is None where there is no goal for so many models."""

    what: str
    measured: str
    goal: str = ""
    good: bool | None = None


@dataclass(frozen=True)
class Run:
    """A run that ended: its results, wall and processor seconds, and the most memory it took."""

    results: dict
    wall_s: float
    cpu_s: float
    most_bytes: int


def _write(job: tuple) -> None:
    from twin_plugin.core.demo.ifc import write_building

    plans, folder = job
    for plan in plans:
        write_building(plan, SEED, folder / plan.file_name)


def make_models(count: int) -> Path:
    """A folder of the models of a made district, written by all cores; it appears when it is complete."""
    folder = BENCH / f"models{count}"
    if folder.is_dir():
        return folder
    from twin_plugin.core.demo.buildings import design_building
    from twin_plugin.core.demo.street_plan import make_layout

    began = time.monotonic()
    partial = BENCH / f"models{count}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    layout = make_layout(count, SEED)
    plans = [design_building(layout, number).plan for number in range(count)]
    jobs = [(plans[start : start + 100], partial) for start in range(0, count, 100)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for number, _ in enumerate(pool.map(_write, jobs), start=1):
            if number % 10 == 0:
                print(f"made {min(count, number * 100)} of {count} models", flush=True)
    partial.rename(folder)
    print(f"made {count} models in {time.monotonic() - began:.0f} s, which do not count", flush=True)
    return folder


def start(models: Path, **given: object) -> subprocess.Popen:
    """A run of the algorithm in a process of its own."""
    command = [ROOT / "tools" / "env.sh", "qgis_process", "--json", "run", ALGORITHM, f"--FOLDER={models}"]
    command += [f"--{name}={value}" for name, value in given.items()]
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(PROFILE)}
    return subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )


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


def run(models: Path, **given: object) -> Run:
    """A run to its end, looked at twice a second."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = start(models, **given)
    most = 0
    while process.poll() is None:
        most = max(most, memory(process))
        time.sleep(0.5)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    results = json.loads(process.stdout.read())["results"]
    return Run(results, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most)


def committed(base: Path) -> int:
    """How many models are in a base that may be being written."""
    if not base.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True, timeout=5)) as database:
            return int(database.execute("SELECT count(*) FROM bim_model").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def content(source: str) -> dict[str, list[tuple]]:
    """All that a base holds, but for feature ids and durations, in the order of the ids."""
    dataset = gdal.OpenEx(source, gdal.OF_VECTOR)
    if dataset is None:
        raise SystemExit(f"a base cannot be opened: {gdal.GetLastErrorMsg()}")
    found = {}
    for table in TABLES:
        rows = []
        for feature in dataset.GetLayerByName(table):
            values = {name: value for name, value in feature.items().items() if name not in NOT_COMPARED}
            shape = feature.GetGeometryRef()
            rows.append((values["id"], values, bytes(shape.ExportToIsoWkb()) if shape is not None else None))
        found[table] = sorted(rows, key=lambda row: row[0])
        ids = [row[0] for row in rows]
        if len(set(ids)) != len(ids):
            raise SystemExit(f"rows are doubled in {table}")
    return found


def whole_file(base: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file."""
    with closing(sqlite3.connect(base)) as database:
        return database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def kill_half_way(models: Path, base: Path, count: int) -> tuple[int, int]:
    """Kill a run when half of the models are committed; how many are, and how many of its processes went on."""
    process = start(models, TWIN_BASE=base)
    while committed(base) < count / 2:
        if process.poll() is not None:
            raise SystemExit("the run ended before it could be killed")
        time.sleep(0.2)
    everybody = family(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    _gone, alive = psutil.wait_procs(everybody, timeout=30)
    return committed(base), len(alive)


def large(models: Path, count: int, folder: Path) -> list[Line]:
    """All models into a GeoPackage, again, and killed half-way and resumed."""
    base, killed = folder / "whole.gpkg", folder / "killed.gpkg"
    judged = count >= GOAL_MODELS
    first = run(models, TWIN_BASE=base)
    assert first.results["READ"] == count, first.results
    again = run(models, TWIN_BASE=base)
    assert (again.results["READ"], again.results["UNCHANGED"]) == (0, count), again.results
    kept, alive = kill_half_way(models, killed, count)
    resumed = run(models, TWIN_BASE=killed)
    assert (resumed.results["READ"], resumed.results["UNCHANGED"]) == (count - kept, kept), (resumed.results, kept)
    same = content(str(base)) == content(str(killed)) and whole_file(base) and whole_file(killed)
    minutes = first.wall_s / 60
    speed = f"{minutes:.1f} min wall, {first.cpu_s / 60:.1f} min processor, {1000 * first.cpu_s / count:.0f} ms a model"
    if not judged:
        speed += f"; {minutes * GOAL_MODELS / count:.1f} min for {GOAL_MODELS}"
    most = max(first.most_bytes, resumed.most_bytes)
    return [
        Line(f"{count} models into a GeoPackage", speed, f"{GOAL_MIN:.0f} min", minutes < GOAL_MIN if judged else None),
        Line(
            "memory of parent and workers (PSS)",
            f"{most / 1e6:.0f} MB",
            f"{GOAL_BYTES / 1e6:.0f} MB",
            most < GOAL_BYTES if judged else None,
        ),
        Line(
            "next run, nothing changed",
            f"{again.wall_s:.1f} s",
            f"{GOAL_NEXT_S:.0f} s",
            again.wall_s < GOAL_NEXT_S if judged else None,
        ),
        Line(
            f"killed after {kept} models, resumed",
            f"{resumed.wall_s / 60:.1f} min; content {'the same' if same else 'DIFFERS'}; {alive} processes left over",
            "the same, none",
            same and not alive,
        ),
    ]


def connect(server: Postgis) -> None:
    """Write the connection into the profile of these runs, as QGIS keeps it."""
    settings = PROFILE / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    values = {
        "host": "127.0.0.1",
        "port": server.port,
        "database": server.database,
        "username": server.user,
        "password": f'"{server.password}"',
        "saveUsername": "true",
        "savePassword": "true",  # pragma: allowlist secret - a switch
    }
    lines = [f"connections\\{CONNECTION}\\{key}={value}" for key, value in values.items()]
    text = settings.read_text(encoding="utf-8").split("[PostgreSQL]")[0]
    settings.write_text(text + "[PostgreSQL]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def smaller(models: Path, count: int, folder: Path) -> list[Line]:
    """Some of the models in three ways."""
    few = min(count, SMALLER)
    some = folder / "some"
    some.mkdir()
    for path in sorted(models.iterdir())[:few]:
        os.link(path, some / path.name)
    alone = run(some, TWIN_BASE=folder / "alone.gpkg")
    expected = content(str(folder / "alone.gpkg"))
    lines = [Line(f"{few} models into a GeoPackage", f"{alone.wall_s:.0f} s")]

    def line(what: str, other: Run, source: str) -> Line:
        same = content(source) == expected and other.results["READ"] == few
        return Line(what, f"{other.wall_s:.0f} s; content {'the same' if same else 'DIFFERS'}", "the same", same)

    try:
        with postgis() as server:
            connect(server)
            into = run(some, CONNECTION=CONNECTION, SCHEMA=SCHEMA)
            lines.append(line("the same into PostGIS on this machine", into, f"{server.ogr} schemas={SCHEMA}"))
    except Unavailable as missing:
        lines.append(Line("the same into PostGIS", str(missing), "the same", False))
    try:
        with cluster(2) as scheduler:
            many = run(some, TWIN_BASE=folder / "many.gpkg", **scheduler.parameters())
            lines.append(line("the same through dask, two worker processes", many, str(folder / "many.gpkg")))
    except Unavailable as missing:
        lines.append(Line("the same through dask", str(missing), "the same", False))
    return lines


def main() -> None:
    """Run and print."""
    gdal.UseExceptions()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    models = make_models(count)
    folder = BENCH / "twinbase"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    size = sum(path.stat().st_size for path in models.iterdir())
    cores = len(os.sched_getaffinity(0))
    print(f"{count} models, {size / 1e6:.0f} MB, {cores} cores, load {os.getloadavg()[0]:.1f} before", flush=True)
    lines = [*large(models, count, folder), *smaller(models, count, folder)]
    print("| what | measured | goal | met |\n|---|---|---|---|")
    for one in lines:
        met = "" if one.good is None else "yes" if one.good else "NO"
        print(f"| {one.what} | {one.measured} | {one.goal} | {met} |")
    print(f"load {os.getloadavg()[0]:.1f} after")
    if any(one.good is False for one in lines):
        raise SystemExit("a goal is not met")


if __name__ == "__main__":
    main()
