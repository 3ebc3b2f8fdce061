"""CPU seconds of sunlight at 10,000 and 100,000 windows among 10,000 buildings.

The peer is numpy: each window tests all walls within reach at 96 times (midpoints of 5 minutes), for a few windows; its
time is multiplied. The kernel gives the exact times; what sampling is wrong by is printed as well. Made blocks.

tools/env.sh python tests/benchmarks/bench_planning_sunlight.py [WINDOWS] [BUILDINGS]
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from twin_plugin.core.common.prisms import Edges, Prisms
from twin_plugin.core.common.processes import default_workers
from twin_plugin.core.common.sun_position import SunDay
from twin_plugin.core.planning.sun_points import SunPoints, along_walls
from twin_plugin.core.planning.sun_rules import SunRule, read_rules
from twin_plugin.core.planning.sunlight import find_sunlight
from twin_plugin.core.planning.warm_up import compile_kernels

LOT_M, STEP_MIN, PEERS = 45.0, 5.0, 300


def city(count: int) -> Prisms:
    """Turned boxes of 12 to 35 m, from houses to towers."""
    dice, side = np.random.default_rng(1), int(np.ceil(np.sqrt(count)))
    shapes = []
    for number in range(count):
        row, column = divmod(number, side)
        width, depth = dice.uniform(12, 35, 2)
        x, y = column * LOT_M + dice.uniform(0, 8), row * LOT_M + dice.uniform(0, 8)
        shapes.append(shapely.affinity.rotate(shapely.box(x, y, x + width, y + depth), dice.uniform(-20, 20)))
    tops = dice.choice([9.0, 18.0, 33.0, 54.0, 100.0], count, p=[0.2, 0.3, 0.3, 0.15, 0.05])
    return Prisms.of_shapes(shapes, np.zeros(count), tops, np.arange(count), [str(k) for k in range(count)])


def windows(count: int, prisms: Prisms) -> SunPoints:
    """Points of facades of any storey, drawn by chance."""
    dice = np.random.default_rng(2)
    levels = [np.arange(0.0, top, 3.0) for top in prisms.top_m]
    chosen = np.zeros(prisms.objects, bool)
    chosen[dice.permutation(prisms.objects)[: count // 30 + 1]] = True
    found, _prism = along_walls(prisms, chosen, levels, 4.0, 0.9)
    rows = np.zeros(len(found), bool)
    rows[dice.permutation(len(found))[:count]] = True
    return found.keep(rows)


def peer(points: SunPoints, edges: Edges, top_m: np.ndarray, sun: SunDay, rule: SunRule) -> np.ndarray:
    """Hours by sampling."""
    path = sun.midpoints(*rule.band(sun), STEP_MIN)
    bearing, tangent = np.radians(path.azimuth_deg), np.tan(np.radians(path.altitude_deg))
    east, north = np.sin(bearing), np.cos(bearing)
    ends = np.stack([edges.x0, edges.y0, edges.x1, edges.y1])
    top = top_m[edges.prism]
    hours = np.zeros(len(points))
    for row in range(len(points)):
        ax, ay, bx, by = ends - np.tile([points.x[row], points.y[row]], 2)[:, None]
        height, cross = top - points.z[row], ax * by - ay * bx
        reach = height / tangent.min()
        near = (cross < 0) & (height > 0) & (np.minimum(np.abs(ax), np.abs(bx)) < reach + 40)
        near &= np.minimum(np.abs(ay), np.abs(by)) < reach + 40
        ax, ay, bx, by, height, cross = (values[near, None] for values in (ax, ay, bx, by, height, cross))
        within = (bx * north - by * east >= 0) & (ay * east - ax * north >= 0)
        plane = height * ((ay - by) * east + (bx - ax) * north) + cross * tangent
        face = np.radians(points.facing_deg[row])
        lit = ~(within & (plane >= 0)).any(0) & (np.sin(face) * east + np.cos(face) * north > 0)
        hours[row] = lit.sum() * path.step_h
    return hours


def main() -> None:
    most, buildings = (int(text) for text in (*sys.argv[1:], *("100000", "10000")[len(sys.argv) - 1 :]))
    compile_kernels()
    prisms, sun = city(buildings), SunDay(date(2001, 1, 20), 22.55, 114.06)
    rule = read_rules(ROOT / "resources" / "tables" / "sunlight_rules.csv")["great_cold_3h"]
    for count in (most // 10, most):
        points = windows(count, prisms)
        clock, started = time.perf_counter(), time.process_time()
        light = find_sunlight(points, prisms, sun, rule, default_workers())
        took, cpu = time.perf_counter() - clock, time.process_time() - started
        print(
            f"{len(points):,} windows among {buildings:,} buildings, exact: {took:.2f} s, {cpu:.2f} CPU s; "
            f"{light.lit_h().mean():.3f} h of sun"
        )
    some = np.zeros(len(points), bool)
    some[:: max(len(points) // PEERS, 1)] = True
    asked = points.keep(some)
    edges = prisms.edges()
    started = time.process_time()
    sampled = peer(asked, edges, prisms.top_m, sun, rule)
    other = (time.process_time() - started) * len(points) / len(asked)
    wrong = np.abs(sampled - light.lit_h()[some]) * 60
    print(f"numpy at 96 times: {other:.0f} CPU s, {other / cpu:.0f} times")
    print(f"sampling is wrong by {wrong.mean():.2f} min, by {wrong.max():.1f} at most")


if __name__ == "__main__":
    main()
