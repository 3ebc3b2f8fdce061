"""Flood setups from flat values, so that a test names only what it is about."""

from __future__ import annotations

from typing import Any

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.boundaries import Boundaries
from twin_plugin.core.flood.processes.drainage import Drainage
from twin_plugin.core.flood.processes.infiltration import Infiltration
from twin_plugin.core.flood.processes.inflows import Inflows
from twin_plugin.core.flood.processes.rain import Rain
from twin_plugin.core.flood.processes.roofs import Roofs
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, InitialWater, RunOutput
from twin_plugin.core.flood.sponge.surfaces import SpongeSurfaces
from twin_plugin.core.flood.surface import Surface

PROCESSES = {
    "rain": Rain,
    "inflows": Inflows,
    "boundaries": Boundaries,
    "infiltration_mm_h": Infiltration,
    "drain_mm_h": Drainage,
    "surfaces": SpongeSurfaces,
    "roofs": Roofs,
}


def flood_setup(
    bed: Grid, duration_s: float, output_step_s: float = 300.0, roughness: Any = 0.03, *, wet_depth_m: float = 0.05,
    buildings: Any = None, buildings_as: str = "raise", initial_depth_m: Any = None, initial_level_m: Any = None,
    **others: Any,
) -> FloodSetup:  # fmt: skip
    """A setup; others are the settings of processes (see PROCESSES) and of `Numerics`."""
    given = {name: others.pop(name) for name in PROCESSES if name in others}
    processes = tuple(
        value if isinstance(value, PROCESSES[name]) else PROCESSES[name](value) for name, value in given.items()
    )
    return FloodSetup(
        Surface(bed, roughness, buildings, buildings_as),
        RunOutput(duration_s, output_step_s, wet_depth_m),
        processes,
        InitialWater(initial_depth_m, initial_level_m),
        Numerics(**others),
    )
