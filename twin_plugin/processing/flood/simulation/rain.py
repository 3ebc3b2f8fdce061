"""The rain, and how long the run goes on."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource
from qgis.PyQt.QtCore import QCoreApplication

from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    tables = [QgsProcessing.SourceType.TypeVector]
    help_text = translate(
        "SimulateFlood", "Rows with time_min (end of the step) and depth_mm (its rain), as from 'Design storm'."
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("RAIN", translate("SimulateFlood", "Rain"), tables, optional=True),
        help_text,
    )
    help_text = translate(
        "SimulateFlood", "Instead of RAIN: the total depth, evenly over DURATION_MIN (60 min when empty)."
    )
    algorithm.add_number("RAIN_MM", translate("SimulateFlood", "Even rain (mm)"), None, help_text)
    help_text = translate("SimulateFlood", "Simulated time; empty: 60 min longer than the rain.")
    algorithm.add_number("DURATION_MIN", translate("SimulateFlood", "Duration (min)"), None, help_text)
