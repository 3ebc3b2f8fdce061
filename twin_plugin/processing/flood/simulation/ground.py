"""What ground and drains without a network take."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    help_text = translate(
        "SimulateFlood", "Rate at which the ground takes up water while it is wet; buildings take up none."
    )
    algorithm.add_number("INFILTRATION_MM_H", translate("SimulateFlood", "Infiltration (mm/h)"), 0, help_text)
    help_text = translate(
        "SimulateFlood", "Rate at which drains remove water everywhere while it is wet; buildings have no drains."
    )
    algorithm.add_number("DRAIN_CAPACITY_MM_H", translate("SimulateFlood", "Drain capacity (mm/h)"), 0, help_text)
