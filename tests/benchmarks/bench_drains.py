"""CPU seconds that a network of 500 inlets costs beside the grid: two hours of a storm, coupled every 5 s.

tools/env.sh python tests/benchmarks/bench_drains.py [INLETS] [HOURS]
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.drains import coupling
from twin_plugin.core.flood.drains.network import (
    DrainLink,
    DrainNetwork,
    DrainNode,
    FlowUnits,
    Inlet,
    InletKind,
    LinkKind,
    NodeKind,
)
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.surface import Surface

CHAIN = 25
"""Manholes of a street, 30 m apart, above an outfall."""
SPACING, CELL_M = 15, 2.0
GRATES = Inlet(InletKind.GRATE, 0.75, 0.45, count=2)


def network(chains: int, columns: int) -> DrainNetwork:
    """Streets side by side, 40 m apart, each with a sewer that grows downstream and falls by 0.4 %."""
    junctions, outfalls, conduits, shapes, nodes, links = [], [], [], [], [], []
    for street in range(chains):
        names = [f"J{street}_{place}" for place in range(CHAIN)]
        for place, name in enumerate(names):
            bottom = 18.0 - 0.12 * place
            junctions.append(f"{name} {bottom:.3f} {20.0 - bottom:.3f} 0 0 0")
            cell = (10 + 20 * street) * columns + 5 + SPACING * place
            nodes.append(DrainNode(name, name, NodeKind.JUNCTION, bottom, 20.0, cell=cell, inlet=GRATES))
        outfall = f"O{street}"
        outfalls.append(f"{outfall} {18.0 - 0.12 * CHAIN:.3f} FREE NO")
        nodes.append(DrainNode(outfall, outfall, NodeKind.OUTFALL, 18.0 - 0.12 * CHAIN, np.nan))
        for place, name in enumerate(names):
            end, pipe = [*names[1:], outfall][place], f"C{street}_{place}"
            diameter = 0.3 + 0.03 * place
            conduits.append(f"{pipe} {name} {end} 30 0.013 0 0 0 0")
            shapes.append(f"{pipe} CIRCULAR {diameter:.2f} 0 0 0 1")
            links.append(DrainLink(pipe, pipe, LinkKind.CONDUIT, name, end, 30.0, diameter))
    options = (
        "[OPTIONS]\nFLOW_UNITS CMS\nFLOW_ROUTING DYNWAVE\nIGNORE_RAINFALL YES\nSTART_DATE 01/01/2024\n"
        "START_TIME 00:00:00\nREPORT_START_DATE 01/01/2024\nREPORT_START_TIME 00:00:00\nEND_DATE 01/01/2024\n"
        "END_TIME 12:00:00\nROUTING_STEP 5\nVARIABLE_STEP 0.75\nTHREADS 1\n"
    )
    parts = {"JUNCTIONS": junctions, "OUTFALLS": outfalls, "CONDUITS": conduits, "XSECTIONS": shapes}
    text = options + "".join(f"[{name}]\n" + "\n".join(lines) + "\n" for name, lines in parts.items())
    return DrainNetwork(text, tuple(nodes), tuple(links), FlowUnits.CMS, 5.0, "bench")


def timed(name: str, spent: dict[str, float]) -> None:
    """Count the time of a method of RunningDrains."""
    plain = getattr(coupling.RunningDrains, name)

    def counted(self, *arguments):  # type: ignore[no-untyped-def]
        started = time.thread_time()
        try:
            return plain(self, *arguments)
        finally:
            spent[name] = spent.get(name, 0.0) + time.thread_time() - started

    setattr(coupling.RunningDrains, name, counted)


def main(inlets: int = 500, hours: float = 2.0) -> None:
    chains, columns = inlets // CHAIN, 10 + SPACING * CHAIN
    rows = 20 * chains
    across_m = 0.05 * np.abs(np.arange(rows) % 20 - 10)  # gutters along each street
    bed = np.repeat((20.0 + across_m)[:, None], columns, axis=1).astype(np.float32)
    surface = Surface(Grid(bed, 0.0, CELL_M * rows, CELL_M), 0.02)
    output = RunOutput(3600.0 * hours, 600.0)
    storm = Rain(((60.0, 60.0),))
    run = FloodSetup(surface, output, (storm, DrainSettings(network(1, columns))), numerics=Numerics(threads=1))
    simulate(FloodSetup(surface, RunOutput(60.0), run.processes, numerics=Numerics(threads=1)))  # kernels are loaded
    spent: dict[str, float] = {}
    for name in ("exchange", "longest_step_s", "frame"):
        timed(name, spent)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    drains = DrainSettings(network(chains, columns))
    summary = simulate(FloodSetup(surface, output, (storm, drains), numerics=Numerics(threads=1))).summary
    whole, after = time.process_time() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    engine = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    own = sum(spent.values())
    print(f"{inlets} inlets, {hours:g} h, {rows} x {columns} cells, {summary.steps} steps")
    print(f"captured {summary.captured_m3:.0f} of {summary.rain_m3:.0f} m³, surcharged {summary.surcharged_m3:.0f} m³, "
          f"system error {summary.system_error:.1e}, SWMM's own {summary.drains_engine_error_m3:.0f} m³")  # fmt: skip
    print(f"grid {whole - own:.1f} CPU s, exchange {own:.1f} CPU s, SWMM's process {engine:.1f} CPU s: "
          f"the coupling costs {own + engine:.1f} CPU s")  # fmt: skip


if __name__ == "__main__":
    main(*(float(word) if "." in word else int(word) for word in sys.argv[1:]))
