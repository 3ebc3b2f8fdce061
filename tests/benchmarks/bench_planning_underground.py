"""CPU seconds to find all pairs within 2 m of 20,000 pipes under a grid of streets.

Seven kinds of pipes lie beside each other in streets 100 m apart, in pieces of 40 m that are connected by nodes. At
each junction those of one street cross those of the other, many of them through each other.

tools/env.sh python tests/benchmarks/bench_planning_underground.py [PIPES]
"""

from __future__ import annotations

import sys
import time
from collections import Counter

import numpy as np

from twin_plugin.bridge.planning.underground_run import tables
from twin_plugin.core.planning.bodies import Bodies, BodyBuilder, BuriedBody
from twin_plugin.core.planning.clearance import find_pairs

KINDS = ("water", "sewer", "storm", "gas", "power", "telecom", "heat")
BESIDE_M = (-6.0, -4.0, -2.5, -1.0, 1.0, 3.0, 5.0)
STREET_M, PIECE_M = 100.0, 40.0


def streets(count: int) -> Bodies:
    """Pipes of a town, as many as asked for."""
    random, builder = np.random.default_rng(1), BodyBuilder()
    side_m = STREET_M * (int(np.sqrt(count / len(KINDS) / 2 / (STREET_M / PIECE_M))) + 1)
    street = 0
    while len(builder.items) < count:
        across, turned = STREET_M * (street // 2), bool(street % 2)
        for place, (kind, beside) in enumerate(zip(KINDS, BESIDE_M, strict=True)):
            for piece in range(int(side_m / PIECE_M)):
                along = np.array([piece, piece + 1]) * PIECE_M
                level = -1.0 - 0.3 * place + np.array([0.0, -0.05])
                columns = [along, np.full(2, across + beside), level]
                if turned:
                    columns[:2] = columns[1::-1]
                nodes = frozenset(f"{street}/{place}/{node}" for node in (piece, piece + 1))
                name = f"{street}/{place}/{piece}"
                owner = builder.add(BuriedBody(name, name, kind, nodes=nodes))
                builder.add_tube(np.column_stack(columns), 0.15 + 0.2 * random.random(), owner)
        street += 1
    return builder.build()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    bodies, rules = streets(count), tables()
    for _ in range(2):
        wall, cpu = time.perf_counter(), time.process_time()
        found = find_pairs(bodies, rules, 2.0)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"{len(bodies):,} pipes: {len(found.pairs):,} pairs within 2 m in {wall:.2f} s, {cpu:.2f} s of processor")
    verdicts = Counter(pair.verdict for pair in found.pairs)
    print(f"{found.connected:,} pairs are connected;", ", ".join(f"{n:,} {name}" for name, n in verdicts.most_common()))


if __name__ == "__main__":
    main()
