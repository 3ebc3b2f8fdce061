"""twin:simulateflood: a storm, an inflow or a sea level over a terrain, as depths, levels, speeds, hazard and times."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ...bridge.flood import outputs
from ...bridge.flood.setup import reading
from ...bridge.kernel import kernels
from ...core.common.progress import part
from ..algorithm import TwinAlgorithm, Values
from .simulation import (
    drain_outputs,
    drains,
    edges,
    ground,
    rain,
    run,
    structure_outputs,
    structures,
    surface_outputs,
    surfaces,
    terrain,
    underground,
    underground_outputs,
)
from .simulation import outputs as output_parameters
from .simulation.outputs import FILES, STYLES, write_balance

DECLARED = (
    terrain,
    rain,
    ground,
    surfaces,
    drains,
    edges,
    structures,
    underground,
    run,
    output_parameters,
    surface_outputs,
    drain_outputs,
    structure_outputs,
    underground_outputs,
)
"""The modules whose parameters and outputs are declared, in the order of the dialog."""
WRITTEN: tuple[Any, ...] = (drain_outputs, structure_outputs, surface_outputs, underground_outputs)
"""Those with a `write`, which writes what a process of the run has to tell."""


class SimulateFlood(TwinAlgorithm):
    ID = "simulateflood"
    GROUP_ID = ICON = "flood"
    PACKAGES = ("numba", "shapely")

    def title(self) -> str:
        return self.tr("Simulate flood")

    def help_text(self) -> str:
        return self.tr(
            "<p>Simulates the flow of rain, inflows and fixed water levels over a terrain with buildings. The results"
            " are the maximum depth, level, velocity and hazard (AIDR H1 to H6) of each cell, the arrival time of the"
            " water and the time under water.</p><p>SCHEME chooses between the local inertial scheme, which is quick,"
            " and the shock-capturing one, which is right also where flow is supercritical: on steep streets and in dam"
            " breaks. The water balance is exact to rounding: see MASS_ERROR. SUMMARY names the scheme, the reason and "
            "the share of supercritical cells.</p>"
        )

    def declare(self, configuration: Values) -> None:
        for inputs in DECLARED:
            inputs.declare(self)

    def execute(self, parameters: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> Values:
        """Read the layers into a setup, run the solver with RESULT written frame by frame, and write the maxima."""
        read = reading.read_setup(self, parameters, context, feedback)
        setup = read.setup
        kernels.ready("flood", self.progress(feedback))
        from ...core.flood.solver import simulate

        rasters = {n: self.parameterAsOutputLayer(parameters, n, context) for n in STYLES if parameters.get(n)}
        files = {n: self.parameterAsFileOutput(parameters, n, context) for n in FILES if parameters.get(n)}
        with outputs.FrameWriter(files.get("RESULT", ""), setup) as writer:
            result = simulate(setup, part(self.progress(feedback), 0.02, 0.95), writer)
            writer.finish(result.summary)
        result = replace(result, run=writer.run_id)
        outputs.write(result, rasters, files, writer)
        tables = write_balance(self, parameters, context, feedback, writer.balance)
        for inputs in WRITTEN:
            tables |= inputs.write(self, parameters, context, feedback, result)
        summary = result.summary
        self.push_warnings([*result.notes, *outputs.warnings(summary, writer.block)], feedback)
        self.push_lines([outputs.scheme_note(summary)], feedback)
        text = self.tr("{steps} steps in {seconds} s, {speed} million cell updates a second; mass error {error}.")
        speed, error = f"{summary.updates_per_s / 1e6:.0f}", f"{summary.mass_error:.1e}"
        feedback.pushInfo(text.format(steps=summary.steps, seconds=f"{summary.wall_s:.1f}", speed=speed, error=error))
        self.push_lines(read.table, feedback)
        numbers = {"MASS_ERROR": summary.mass_error, "WET_AREA_M2": summary.wet_area_m2}
        return {**rasters, **files, **tables, **numbers, "PEAK_VOLUME_M3": summary.peak_volume_m3}


def input_groups() -> dict[str, tuple[str, ...]]:
    """The names of the parameters by the kind of input, which is the name of the module that declares them."""
    algorithm, groups = SimulateFlood(), {}
    for inputs in DECLARED:
        before = len(algorithm.parameterDefinitions())
        inputs.declare(algorithm)
        names = [definition.name() for definition in algorithm.parameterDefinitions()[before:]]
        groups[inputs.__name__.rpartition(".")[2]] = tuple(names)
    return groups
