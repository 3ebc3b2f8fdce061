"""What is output, and how a run is computed."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.constants import AUTO, INERTIAL, SHOCK_CAPTURING
from ....core.flood.setup import MIN_OUTPUT_STEP_S, MIN_WET_DEPTH_M
from ...algorithm import TwinAlgorithm

SCHEMES = (AUTO, INERTIAL, SHOCK_CAPTURING)
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    declare_output_times(algorithm)
    _declare_numerics(algorithm)


def declare_output_times(algorithm: TwinAlgorithm) -> None:
    """Add when a run is output, and from which depth a cell counts as wet."""
    help_text = translate("SimulateFlood", "Time between the frames of RESULT.")
    algorithm.add_number(
        "OUTPUT_STEP_MIN", translate("SimulateFlood", "Output step (min)"), 5, help_text, MIN_OUTPUT_STEP_S / 60.0
    )
    help_text = translate("SimulateFlood", "Depth from which a cell counts as wet.")
    algorithm.add_number("WET_DEPTH_M", translate("SimulateFlood", "Wet from (m)"), 0.05, help_text, MIN_WET_DEPTH_M)


def _declare_numerics(algorithm: TwinAlgorithm) -> None:
    help_text = translate(
        "SimulateFlood", "Processor cores to use; 0: as many as the grid's size and the computer's load allow."
    )
    algorithm.add_number("THREADS", translate("SimulateFlood", "Threads"), 0, help_text, 0, whole=True)
    help_text = translate(
        "SimulateFlood",
        "inertial: quick, right where flow is slow; shockcapturing: right also on steep streets and where dams"
        " break, two to three times slower; auto: shockcapturing where a first look with wide cells finds more"
        " than 5 % of the wet cells supercritical, over the run or as an extent at one moment.",
    )
    algorithm.add_choice("SCHEME", translate("SimulateFlood", "Scheme"), SCHEMES, AUTO, help_text, advanced=True)
