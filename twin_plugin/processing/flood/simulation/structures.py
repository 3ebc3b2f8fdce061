"""Structures on the surface."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource
from qgis.PyQt.QtCore import QCoreApplication

from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameter."""
    kinds = QgsProcessing.SourceType
    shapes = [kinds.TypeVectorLine, kinds.TypeVectorPoint, kinds.TypeVectorAnyGeometry]
    help_text = translate(
        "SimulateFlood",
        "Lines with the field kind: kerb, wall, levee, barrier (along the crest), bridge (from abutment to abutment), "
        "culvert, weir, gate, orifice, pump (from the inlet to the outlet); a point is a pump out of the area. The page"
        " Structures of the manual has the fields of each kind.",
    )
    label = translate("SimulateFlood", "Structures")
    algorithm.add(QgsProcessingParameterFeatureSource("STRUCTURES", label, shapes, optional=True), help_text)
