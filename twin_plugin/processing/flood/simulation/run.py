"""What is output, and how a run is computed."""

from __future__ import annotations

from qgis.core import QgsProcessingParameterFile
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.constants import AUTO, INERTIAL, SHOCK_CAPTURING
from ....core.flood.setup import MIN_OUTPUT_STEP_S, MIN_WET_DEPTH_M
from ...algorithm import TwinAlgorithm

CLOCKS = ("new", "continue")
SCHEMES = (AUTO, INERTIAL, SHOCK_CAPTURING)
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    declare_output_times(algorithm)
    _declare_start(algorithm)
    _declare_numerics(algorithm)


def declare_output_times(algorithm: TwinAlgorithm) -> None:
    """Add when a run is output, and from which depth a cell counts as wet."""
    help_text = translate("SimulateFlood", "Time between the frames of RESULT.")
    algorithm.add_number(
        "OUTPUT_STEP_MIN", translate("SimulateFlood", "Output step (min)"), 5, help_text, MIN_OUTPUT_STEP_S / 60.0
    )
    help_text = translate("SimulateFlood", "Depth from which a cell counts as wet.")
    algorithm.add_number(
        "WET_DEPTH_M", translate("SimulateFlood", "Wet from (m)"), 0.05, help_text, MIN_WET_DEPTH_M, advanced=True
    )


def _declare_start(algorithm: TwinAlgorithm) -> None:
    kinds = translate("SimulateFlood", "State of a run (*.state);;All files (*.*)")
    file = QgsProcessingParameterFile.Behavior.File
    label = translate("SimulateFlood", "Start from the state")
    help_text = translate(
        "SimulateFlood",
        "A file that STATE of another run on the same cells wrote: its water, its motion, and what drains, basements"
        " and the ground hold. Empty: a dry terrain.",
    )
    algorithm.add(QgsProcessingParameterFile("START", label, file, "", None, True, kinds), help_text, True)
    help_text = translate(
        "SimulateFlood",
        "new: times in tables of rain, inflows and levels count from the start of this run, as of a new forecast;"
        " continue: they count from the start of the run of the state, as if it had not stopped.",
    )
    label = translate("SimulateFlood", "Clock of a run from a state")
    algorithm.add_choice("START_CLOCK", label, CLOCKS, CLOCKS[0], help_text, advanced=True)


def _declare_numerics(algorithm: TwinAlgorithm) -> None:
    help_text = translate(
        "SimulateFlood",
        "Processor cores to use; 0: as many as the grid's size and the computer's load allow, tried again while the"
        " run goes on.",
    )
    algorithm.add_number("THREADS", translate("SimulateFlood", "Threads"), 0, help_text, 0, whole=True, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "inertial: quick, right where flow is slow; shockcapturing: right also on steep streets and where dams"
        " break, two to three times slower; auto: shockcapturing where a first look with wide cells finds more"
        " than 5 % of the wet cells supercritical, over the run or as an extent at one moment.",
    )
    algorithm.add_choice("SCHEME", translate("SimulateFlood", "Scheme"), SCHEMES, AUTO, help_text, advanced=True)
