"""CPU seconds and memory of twin:exporttiles for a made city, killed half-way and gone on with.

tools/env.sh python tests/benchmarks/bench_tiles.py [BUILDINGS ...]       100,000 by default

Buildings of four to ten corners, some with yards, three to twenty storeys each, in streets, in EPSG:4547. The export
runs in a qgis_process of its own with two workers: first at a stretch, then into another folder, where it is killed
with all its workers when half of the tiles are there, and started again. Both folders must be equal, byte for byte.
CPU seconds are those of all processes; memory is the greatest sum of their proportional set sizes (shared pages count
once), taken five times a second. Data and results lie in build/bench. Goal: 10 min and 1.5 GB for 100,000.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import shapely
from osgeo import ogr, osr

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.common.geopackage_filler import TableFiller

BENCH = ROOT / "build" / "bench" / "tiles"
EPSG, WEST, SOUTH, PLOT_M, STOREY_M = 4547, 490_000.0, 2_490_000.0, 45.0, 3.2
BOX = ((0, 0), (26, 0), (26, 14), (0, 14))
SHAPES = (
    shapely.Polygon(BOX),
    shapely.Polygon([(0, 0), (30, 0), (30, 12), (13, 12), (13, 30), (0, 30)]),
    shapely.Polygon([(0, 0), (32, 0), (32, 24), (22, 24), (22, 11), (10, 11), (10, 24), (0, 24)]),
    shapely.Polygon([(0, 0), (34, 0), (34, 30), (0, 30)], [[(9, 9), (9, 21), (25, 21), (25, 9)]]),
)
USES = ("residential", "residential", "office", "retail", "school", "industrial", "")


def layer(path: Path, name: str, fields: dict[str, int]) -> TableFiller:
    """An empty layer of polygons that is to be filled."""
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(EPSG)
    made = source.CreateLayer(name, crs, ogr.wkbMultiPolygon)
    for field, kind in fields.items():
        made.CreateField(ogr.FieldDefn(field, kind))
    del made, source
    return TableFiller(path)


def make_city(count: int) -> tuple[Path, Path]:
    """Buildings and storeys; written once."""
    buildings, storeys = (BENCH / f"{name}{count}.gpkg" for name in ("buildings", "storeys"))
    if storeys.exists():
        return buildings, storeys
    BENCH.mkdir(parents=True, exist_ok=True)
    buildings.unlink(missing_ok=True)
    random, side = np.random.default_rng(count), int(np.ceil(np.sqrt(count)))
    number = np.arange(count)
    kind, angle = random.integers(0, len(SHAPES), count), random.uniform(-0.3, 0.3, count)
    x, y = WEST + PLOT_M * (number % side), SOUTH + PLOT_M * (number // side)
    base, floors = np.round(2 + 10 * random.random(count), 2), random.integers(3, 14, count)
    shapes = np.empty(count, object)
    for k in range(count):
        cos, sin = np.cos(angle[k]), np.sin(angle[k])
        turned = np.array([[cos, sin], [-sin, cos]])
        shapes[k] = shapely.transform(SHAPES[kind[k]], lambda c, t=turned, k=k: np.round(c @ t + (x[k], y[k]), 3))
    shapes = shapely.multipolygons(shapes[:, None])
    ids = [f"model{k:06}/body" for k in number]
    text, real, whole = ogr.OFTString, ogr.OFTReal, ogr.OFTInteger
    fields = {"id": text, "name": text, "use": text, "base_elev_m": real, "roof_elev_m": real}
    filler = layer(buildings, "building", fields)
    roof = np.round(base + floors * STOREY_M + 1.0, 2)
    names = [f"大厦 {k}" for k in number]
    uses = [USES[k] for k in random.integers(0, len(USES), count)]
    filler.add(shapes, [ids, names, uses, base.tolist(), roof.tolist()])
    filler.finish()
    partial = storeys.with_suffix(".part.gpkg")
    partial.unlink(missing_ok=True)
    filler = layer(partial, "storey", {"building_id": text, "number": whole, "elev_m": real, "height_m": real})
    for low in range(0, count, 10_000):
        rows = np.repeat(number[low : low + 10_000], floors[low : low + 10_000])
        level = np.arange(len(rows)) - np.repeat(np.cumsum(floors[low : low + 10_000]), floors[low : low + 10_000])
        level += floors[rows]
        elevations = np.round(base[rows] + level * STOREY_M, 2)
        filler.add(shapes[rows], [[ids[k] for k in rows], level.tolist(), elevations.tolist(), [STOREY_M] * len(rows)])
    filler.finish()
    partial.rename(storeys)
    return buildings, storeys


def run(inputs: tuple[Path, Path], folder: Path, kill_at: int = 0) -> dict[str, float]:
    """Export in a process of its own; `kill_at`: the tiles after which it and its workers are killed."""
    command = ["qgis_process", "run", "twin:exporttiles", f"--BUILDINGS={inputs[0]}", f"--STOREYS={inputs[1]}"]
    command += [f"--FOLDER={folder}", "--WORKERS=2"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with (BENCH / "log.txt").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        most = 0
        while process.poll() is None:
            most = max(most, memory(process.pid))
            if kill_at and tiles(folder) >= kill_at:
                os.killpg(process.pid, signal.SIGKILL)
                break
            time.sleep(0.2)
        process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode and not kill_at:
        raise SystemExit((BENCH / "log.txt").read_text())
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu_s": cpu, "wall_s": time.monotonic() - start, "memory": most, "tiles": tiles(folder)}


def memory(pid: int) -> int:
    """Bytes of a process and all its children."""
    total = 0
    try:
        for process in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.Error:
        pass
    return total


def tiles(folder: Path) -> int:
    """How many tiles the journal has."""
    journal = folder / "city-twin-tiles.jsonl"
    return journal.read_bytes().count(b'{"tile"') if journal.exists() else 0


def digests(folder: Path) -> dict[str, str]:
    """Of every file that is shown."""
    paths = [folder / "tileset.json", *(folder / "tiles").iterdir()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def shown(name: str, result: dict[str, float]) -> None:
    print(
        f"{name}: {result['cpu_s']:.1f} CPU s, {result['wall_s']:.1f} s by the clock, "
        f"{result['memory'] / 1e9:.2f} GB, {result['tiles']:.0f} tiles",
        flush=True,
    )


def main() -> None:
    """Each count, at a stretch and in two."""
    for count in [int(text) for text in sys.argv[1:]] or [100_000]:
        inputs = make_city(count)
        whole, broken = BENCH / f"whole{count}", BENCH / f"broken{count}"
        for folder in (whole, broken):
            shutil.rmtree(folder, ignore_errors=True)
        first = run(inputs, whole)
        shown(f"{count:,} buildings", first)
        size = sum(path.stat().st_size for path in (whole / "tiles").iterdir())
        print(f"  {size / 1e6:.0f} MB in {len(list((whole / 'tiles').iterdir()))} files", flush=True)
        shown("  killed half-way", run(inputs, broken, int(first["tiles"] / 2)))
        if (broken / "tileset.json").exists():
            raise SystemExit("it was not killed in time")
        shown("  gone on with", run(inputs, broken))
        if digests(whole) != digests(broken):
            raise SystemExit("the tiles differ")
        print("  equal, byte for byte")


if __name__ == "__main__":
    main()
