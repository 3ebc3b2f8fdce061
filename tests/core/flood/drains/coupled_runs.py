"""Networks on a terrain, and runs of both."""

from __future__ import annotations

from typing import Any

import numpy as np

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.drains.network import (
    NO_CELL,
    DrainLink,
    DrainNetwork,
    DrainNode,
    FlowUnits,
    Inlet,
    InletKind,
    LinkKind,
    NodeKind,
)
from twin_plugin.core.flood.process import Process
from twin_plugin.core.flood.processes.drains import DrainSettings
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.surface import Surface

ROWS, COLUMNS, CELL_M = 12, 30, 2.0
STREET_M = 10.0
SLOPE, LENGTH_M, DEPTH_M = 0.005, 50.0, 2.0
GRATES = Inlet(InletKind.GRATE, 1.0, 0.6, count=2)


def chain_text(
    units: FlowUnits = FlowUnits.CMS, diameter_m: float = 0.3, nodes: int = 3, routing_s: float = 1.0, *,
    ponding: str = "NO", outfall: str = "FREE", more: str = "", ponded_m2: float = 0.0,
) -> str:  # fmt: skip
    """An input of manholes J0, J1 … and an outfall O in a row, in any units."""
    metre = 1.0 / units.length_m
    bottoms = [(STREET_M - SLOPE * LENGTH_M * number - DEPTH_M) * metre for number in range(nodes + 1)]
    names = [*(f"J{number}" for number in range(nodes)), "O"]
    lines = [
        f"[OPTIONS]\nFLOW_UNITS {units.value}\nFLOW_ROUTING DYNWAVE\nLINK_OFFSETS DEPTH\nALLOW_PONDING {ponding}",
        "SKIP_STEADY_STATE NO\nIGNORE_RAINFALL YES\nSTART_DATE 01/01/2024\nSTART_TIME 00:00:00",
        "REPORT_START_DATE 01/01/2024\nREPORT_START_TIME 00:00:00\nEND_DATE 01/01/2024\nEND_TIME 06:00:00",
        f"ROUTING_STEP {routing_s}\nVARIABLE_STEP 0.75\nMINIMUM_STEP 0.1\nTHREADS 1\n[JUNCTIONS]",
        *(
            f"{name} {bottom:.8f} {DEPTH_M * metre:.8f} 0 0 {ponded_m2 * metre**2:.6f}"
            for name, bottom in zip(names[:-1], bottoms, strict=False)
        ),
        f"[OUTFALLS]\nO {bottoms[-1]:.8f} {outfall} NO\n[CONDUITS]",
        *(f"C{n} {names[n]} {names[n + 1]} {LENGTH_M * metre:.8f} 0.013 0 0 0 0" for n in range(nodes)),
        "[XSECTIONS]",
        *(f"C{n} CIRCULAR {diameter_m * metre:.8f} 0 0 0 1" for n in range(nodes)),
        more,
    ]
    return "\n".join(lines) + "\n"


def chain(
    inlet: Inlet | None = GRATES, *, receives: bool = False, routing_s: float = 1.0, cells: list[int] | None = None,
    **options: Any,
) -> DrainNetwork:  # fmt: skip
    """The network of `chain_text`, its manholes along the middle row of the street."""
    units, count = options.get("units", FlowUnits.CMS), options.get("nodes", 3)
    middle = ROWS // 2 * COLUMNS
    cells = cells or [middle + 4 + 8 * number for number in range(count)]
    invert = [STREET_M - SLOPE * LENGTH_M * number - DEPTH_M for number in range(count + 1)]
    nodes = [
        DrainNode(f"J{n}", f"J{n}", NodeKind.JUNCTION, invert[n], invert[n] + DEPTH_M, cell=cells[n], inlet=inlet)
        for n in range(count)
    ]
    cell = middle + COLUMNS - 2 if receives else NO_CELL
    nodes.append(DrainNode("O", "O", NodeKind.OUTFALL, invert[count], np.nan, cell=cell, receives=receives))
    ends = [node.id for node in nodes]
    links = [
        DrainLink(f"C{n}", f"C{n}", LinkKind.CONDUIT, ends[n], ends[n + 1], LENGTH_M, options.get("diameter_m", 0.3))
        for n in range(count)
    ]
    text = chain_text(routing_s=routing_s, **options)
    return DrainNetwork(text, tuple(nodes), tuple(links), units, routing_s, "chain.inp")


def street_setup(
    network: DrainNetwork | None, *others: Process, minutes: float = 10.0, step_s: float = 0.0, depth_m: float = 0.0,
    blocked_share: float = 0.0, outfall_level_m: float | None = None, bed: np.ndarray | None = None, **output: Any,
) -> FloodSetup:  # fmt: skip
    """A run on a flat street at 10 m, closed all round."""
    heights = np.full((ROWS, COLUMNS), STREET_M, np.float32) if bed is None else bed
    drains = DrainSettings(network, step_s, blocked_share, outfall_level_m)
    initial = InitialWater(np.full(heights.shape, depth_m, np.float32)) if depth_m else InitialWater()
    return FloodSetup(
        Surface(Grid(heights, 0.0, CELL_M * heights.shape[0], CELL_M), 0.03),
        RunOutput(60.0 * minutes, 120.0, **output),
        (*others, drains),
        initial,
        Numerics(threads=1),
    )
