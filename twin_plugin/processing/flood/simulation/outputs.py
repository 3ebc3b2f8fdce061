"""The outputs of a run."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterDestination,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....bridge.flood.files.balance_table import BalanceTable
from ...algorithm import TwinAlgorithm, Values
from ...written_rows import write_output

STYLES = {
    "DEPTH_MAX": "flood_depth",
    "LEVEL_MAX": "flood_level",
    "VELOCITY_MAX": "flood_velocity",
    "HAZARD": "flood_hazard",
    "ARRIVAL": "flood_arrival",
    "DURATION_WET": "flood_duration",
    "FROUDE_MAX": "flood_froude",
    "LIMITED": "flood_limited",
    "GOVERNING": "flood_governing",
    "INFILTRATED": "flood_infiltrated",
    "RAIN_TOTAL": "flood_rain",
}
FILES = ("RESULT", "SUMMARY", "STATE")
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the outputs."""
    _raster(
        algorithm,
        "DEPTH_MAX",
        translate("SimulateFlood", "Maximum depth"),
        translate("SimulateFlood", "Metres; 0 where dry."),
    )
    _raster(
        algorithm,
        "LEVEL_MAX",
        translate("SimulateFlood", "Maximum water level"),
        translate("SimulateFlood", "Metres above the datum; no data where dry."),
    )
    _raster(
        algorithm,
        "VELOCITY_MAX",
        translate("SimulateFlood", "Maximum velocity"),
        translate("SimulateFlood", "m/s; 0 where dry."),
    )
    _raster(
        algorithm,
        "HAZARD",
        translate("SimulateFlood", "Hazard"),
        translate("SimulateFlood", "AIDR class 1 to 6; 0 where dry."),
    )
    _raster(
        algorithm,
        "ARRIVAL",
        translate("SimulateFlood", "Arrival time"),
        translate("SimulateFlood", "Minutes from the start; no data where dry."),
    )
    _raster(
        algorithm,
        "DURATION_WET",
        translate("SimulateFlood", "Time under water"),
        translate("SimulateFlood", "Minutes at or above WET_DEPTH_M."),
    )
    help_text = translate(
        "SimulateFlood", "Largest Froude number while the cell was wet; above 1 the flow was supercritical."
    )
    _raster(algorithm, "FROUDE_MAX", translate("SimulateFlood", "Maximum Froude number"), help_text, False)
    help_text = translate(
        "SimulateFlood", "Share of the time in which all of the cell's water left it or ran at the Froude cap."
    )
    _raster(algorithm, "LIMITED", translate("SimulateFlood", "Time at a limit"), help_text, False)
    help_text = translate("SimulateFlood", "Number of time steps whose length this cell decided.")
    _raster(algorithm, "GOVERNING", translate("SimulateFlood", "Time steps decided"), help_text, False)
    help_text = translate("SimulateFlood", "Millimetres over each cell; with INFILTRATION_METHOD other than constant.")
    _raster(algorithm, "INFILTRATED", translate("SimulateFlood", "Water that the ground took"), help_text, False)
    help_text = translate("SimulateFlood", "Millimetres that fell on each cell in the run, on roofs too.")
    _raster(algorithm, "RAIN_TOTAL", translate("SimulateFlood", "Rain that fell"), help_text, False)
    help_text = translate("SimulateFlood", "Depth, level, velocity and hazard over time, a mesh that QGIS animates.")
    _file(algorithm, "RESULT", translate("SimulateFlood", "Flood over time"), "NetCDF (*.nc)", help_text)
    algorithm.style("RESULT", "flood_result")
    help_text = translate(
        "SimulateFlood", "Settings, water balance (m³), maximum values and speed of the run, one key for each."
    )
    _file(algorithm, "SUMMARY", translate("SimulateFlood", "Summary"), "JSON (*.json)", help_text)
    help_text = translate(
        "SimulateFlood",
        "A row for each output step: rain, inflows, losses, and what passed each edge since the start (m³), what is"
        " stored, and the error.",
    )
    table = QgsProcessing.SourceType.TypeVector
    balance = QgsProcessingParameterFeatureSink(
        "BALANCE", translate("SimulateFlood", "Water balance"), table, None, True, False
    )
    algorithm.add(balance, help_text)
    help_text = translate(
        "SimulateFlood",
        "The state at the end, from which another run can start: see START. About 10 bytes for each cell.",
    )
    label, kinds = (
        translate("SimulateFlood", "State at the end"),
        translate("SimulateFlood", "State of a run (*.state)"),
    )
    state = QgsProcessingParameterFileDestination("STATE", label, kinds, None, True, False)
    algorithm.add(state, help_text, True)
    algorithm.number_outputs(
        MASS_ERROR=translate("SimulateFlood", "Mass error, as a share of all water"),
        WET_AREA_M2=translate("SimulateFlood", "Area that was ever wet (m²)"),
        PEAK_VOLUME_M3=translate("SimulateFlood", "Most water at one time (m³)"),
    )


def _raster(algorithm: TwinAlgorithm, name: str, label: str, help_text: str, usual: bool = True) -> None:
    algorithm.add(QgsProcessingParameterRasterDestination(name, label, None, True, usual), help_text)
    algorithm.style(name, STYLES[name])


def _file(algorithm: TwinAlgorithm, name: str, label: str, kinds: str, help_text: str) -> None:
    algorithm.add(QgsProcessingParameterFileDestination(name, label, kinds, None, True, True), help_text)


def write_balance(
    algorithm: TwinAlgorithm,
    parameters: Values,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    balance: BalanceTable,
) -> Values:
    """Write the water account of the output steps, where it is wanted."""
    return write_output(algorithm, "BALANCE", parameters, context, feedback, balance.columns(), balance.rows())
