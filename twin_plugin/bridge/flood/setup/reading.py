"""From the parameters of twin:simulateflood to a FloodSetup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ....core.common.messages import Message
from ....core.flood.processes.porosity import SHARE, BuildingPorosity
from ....core.flood.setup import FloodSetup, RunOutput
from ...kernel.input_table import table_lines
from .doors import read_doors
from .drainage import read_drainage
from .drains import read_drains
from .entries import inflow_entry
from .ground import read_surface, read_terrain
from .infiltration import read_infiltration
from .inflows import read_inflows
from .parameters import Parameters
from .rain import read_rain, read_rain_on
from .roofs import read_roofs
from .run import read_numerics, read_start
from .structures import read_structures
from .surfaces import read_surfaces
from .tides import read_boundaries
from .underground import read_underground
from .unused import without_effect


@dataclass(frozen=True)
class SetupRead:
    """A setup, and the lines of the table of what was read, left out and guessed for it."""

    setup: FloodSetup
    table: list[Message]


def read_setup(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> SetupRead:
    """The setup that the parameters of twin:simulateflood ask for.

    Raises
    ------
    InputError, ResourceError
        For the first input that cannot be used.
    """
    read = Parameters(algorithm, parameters, context, feedback)
    start = read_start(read)
    clock_min = start.clock_s / 60.0 if start is not None else 0.0
    even_rain = read_rain(read, clock_min)  # small, and so read and checked before the terrain
    grid = read_terrain(read)
    rain, duration_min = even_rain or read_rain_on(read, grid, clock_min)
    structures, surface = read_structures(read, grid, read_surface(read, grid))
    run_s = 60.0 * clock_min, 60.0 * (clock_min + duration_min)
    drains = read_drains(read, grid, surface, 60.0 * duration_min)
    inflows, boundaries = read_inflows(read, grid, run_s), read_boundaries(read, run_s)
    processes = (
        rain,
        inflows,
        read_surfaces(read, grid, surface),
        read_roofs(read, grid, surface, drains.network),
        read_doors(read, grid, surface),
        BuildingPorosity(read.number("BUILDING_POROSITY") or SHARE),
        boundaries,
        read_infiltration(read, grid),
        read_drainage(read, grid),
        structures,
        drains.beside(boundaries, surface),
        *read_underground(read, grid, surface),
    )
    output_step_min, wet_depth_m = read.number("OUTPUT_STEP_MIN") or 0.0, read.number("WET_DEPTH_M") or 0.0
    output = RunOutput(60.0 * duration_min, 60.0 * output_step_min, wet_depth_m, bool(parameters.get("STATE")))
    setup = FloodSetup(surface, output, processes, numerics=read_numerics(read, grid), start=start)
    read.warn([*setup.warnings(), *without_effect(read)])
    if inflows.inflows:
        read.entries.append(inflow_entry(len(inflows.inflows), list(inflows.warnings(surface))))
    return SetupRead(setup, table_lines(read.entries))
