"""CPU seconds, memory and sizes of CityJSON, CityGML and OBJ of made cities, beside Python's own json of the same size.

Each format is written by a process of its own, so that the greatest memory is its own too. The limit of the machine is
`json.dumps` of a document of the same length.

tools/env.sh python tests/benchmarks/bench_city_formats.py [BUILDINGS ...]
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.progress import silent
from twin_plugin.core.scene.citygml import write_citygml, write_citygml2
from twin_plugin.core.scene.cityjson import write_cityjson
from twin_plugin.core.scene.obj import write_obj
from twin_plugin.core.scene.scene import Buildings, Scene

WRITERS = {
    "city.json": write_cityjson,
    "city.jsonl": write_cityjson,
    "city3.gml": write_citygml,
    "city2.gml": write_citygml2,
    "city.obj": write_obj,
}
STOREYS = 10


def made(count: int, storeys: int) -> Scene:
    """A city of L-shaped buildings on a grid of 40 m."""
    dice, side = np.random.default_rng(1), int(np.ceil(count**0.5))
    place = np.arange(count)
    x, y = (500_000 + 40.0 * k + dice.uniform(0, 5, count) for k in np.divmod(place, side))
    w, d = dice.uniform(10, 30, (2, count))
    ends = [(0, 0), (1, 0), (1, 0.5), (0.5, 0.5), (0.5, 1), (0, 1)]
    shapes = shapely.polygons(np.stack([np.c_[x + a * w, y + b * d] for a, b in ends], axis=1))
    base, height = dice.uniform(0, 50, count), dice.uniform(4, 80, count)
    ids = [f"model/{number:06d}" for number in place]
    bodies = Prisms.of_shapes(shapes, base, base + height, place, ids)
    owner, number = np.repeat(place, storeys), np.tile(np.arange(storeys), count)
    floor = base[owner] + height[owner] * number / max(storeys, 1)
    levels = Prisms.of_shapes(shapes[owner], floor, floor + height[owner] / max(storeys, 1), owner, ids)
    buildings = Buildings(bodies, ("office",) * count, levels, number.astype(np.int64), Prisms.none())
    return Scene("Bench", "EPSG:32650", "", 114.0, 22.5, 0.0, buildings)


def write(name: str, count: int, storeys: int) -> tuple[float, float, float]:
    """CPU seconds, MB above the scene, and MB of the file."""
    scene = made(count, storeys)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        start = time.process_time()
        WRITERS[name](scene, path, silent)
        seconds, size = time.process_time() - start, path.stat().st_size / 1e6
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, size


def limit(size_mb: float) -> float:
    """CPU seconds of json for a document of so many MB."""
    rows = np.random.default_rng(1).integers(0, 10**7, (100_000, 3)).tolist()
    start = time.process_time()
    length = len(json.dumps(rows, separators=(",", ":")))
    return (time.process_time() - start) * size_mb * 1e6 / length


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [10_000, 100_000]
    print("buildings  storeys    format      CPU s   json s   MB memory   MB file")
    for count in counts:
        for storeys in (0, STOREYS):
            for name in WRITERS:
                with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                    seconds, memory, size = pool.submit(write, name, count, storeys).result()
                row = f"{count:9,}  {count * storeys:9,}  {name:10}  {seconds:6.1f}  {limit(size):6.1f}"
                print(f"{row}  {memory:9,.0f}  {size:8,.1f}", flush=True)


if __name__ == "__main__":
    main()
