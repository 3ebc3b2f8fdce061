"""CPU seconds of planning metrics: parcels of a control plan with their buildings and green land.

The peer counts with plain loops over shapely: each parcel against the buildings that an index finds near it, without
sharing anything between parcels; its results must be the same. Made blocks.

tools/env.sh python tests/benchmarks/bench_planning_schemes.py [BUILDINGS]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.planning.control_plan import Measure
from twin_plugin.core.planning.metrics import Stock, measure_parcels
from twin_plugin.core.planning.scores import Sense, rank

LOT_M, LOTS = 45.0, 3
"""Buildings stand in lots, parcels are squares of some lots."""


def made(count: int) -> tuple[np.ndarray, Stock, np.ndarray]:
    """Parcels, turned boxes of which some cross boundaries, and a park in each parcel."""
    dice, side = np.random.default_rng(1), int(np.ceil(np.sqrt(count)))
    shapes = np.empty(count, object)
    for number in range(count):
        row, column = divmod(number, side)
        width, depth = dice.uniform(12, 40, 2)
        x, y = column * LOT_M + dice.uniform(0, 8), row * LOT_M + dice.uniform(0, 8)
        shapes[number] = shapely.affinity.rotate(shapely.box(x, y, x + width, y + depth), dice.uniform(-20, 20))
    edge, wide = np.arange(0, side, LOTS) * LOT_M, LOTS * LOT_M
    west, south = (grid.ravel() for grid in np.meshgrid(edge, edge))
    parcels = shapely.box(west, south, west + wide, south + wide)
    green = shapely.box(west + 5, south + 5, west + 40, south + 30)
    floors = shapely.area(shapes) * dice.integers(2, 30, count)
    return parcels, Stock(shapes, dice.uniform(6, 90, count), np.arange(count), floors, ("",) * count), green


def peer(parcels: np.ndarray, stock: Stock, green: np.ndarray) -> np.ndarray:
    """Floor area, land built over and green land of each parcel."""
    tree, found = shapely.STRtree(stock.outlines), np.zeros((len(parcels), 3))
    for row, parcel in enumerate(parcels):
        pieces = []
        for number in tree.query(parcel):
            outline = stock.outlines[number]
            piece = outline.intersection(parcel)
            if piece.area > 0:
                pieces.append(piece)
                found[row, 0] += stock.floor_m2[number] * piece.area / outline.area
        built = shapely.union_all(pieces)
        land = shapely.union_all([area for area in green if area.intersects(parcel)]).intersection(parcel)
        found[row, 1:] = built.area, land.difference(built).area
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    parcels, stock, green = made(count)
    start, cpu = time.perf_counter(), time.process_time()
    ours = measure_parcels(parcels, stock, green)
    print(f"{count:,} buildings, {len(parcels):,} parcels: {time.process_time() - cpu:.2f} CPU s", end="")
    print(f" ({time.perf_counter() - start:.2f} s)")
    few = np.arange(min(len(parcels), 200))
    cpu = time.process_time()
    theirs = peer(parcels[few], stock, green)
    seconds = (time.process_time() - cpu) * len(parcels) / len(few)
    print(f"loops over shapely, {len(few)} parcels multiplied: {seconds:.2f} CPU s")
    same = np.stack([ours.floor_m2, ours.values[Measure.DENSITY] * ours.area_m2, ours.green_m2], axis=1)[few]
    print(f"greatest difference {np.abs(same - theirs).max():.1e} m²")
    values = np.random.default_rng(2).random((20, 12))
    cpu = time.process_time()
    rank(values, [Sense.MAX] * 12, np.ones(12), np.ones(20, bool))
    print(f"20 schemes by 12 criteria, with all corners of the weights: {1000 * (time.process_time() - cpu):.1f} ms")


if __name__ == "__main__":
    main()
