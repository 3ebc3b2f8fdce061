"""Inflows, and what water meets at the edges of the terrain."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.processes.boundaries import SIDES, BoundaryKind
from ...algorithm import TwinAlgorithm

KINDS = tuple(kind.value for kind in BoundaryKind)
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    help_text = translate(
        "SimulateFlood", "Polygons into which water flows; the field flow_m3s has the constant discharge in m³/s."
    )
    algorithm.add(
        QgsProcessingParameterFeatureSource("INFLOWS", translate("SimulateFlood", "Inflows"), polygons, optional=True),
        help_text,
    )
    names = (
        translate("SimulateFlood", "north"),
        translate("SimulateFlood", "east"),
        translate("SimulateFlood", "south"),
        translate("SimulateFlood", "west"),
    )
    edge_help = translate("SimulateFlood", "closed: a wall; open: water leaves; level: a water body at a fixed level.")
    level_help = translate("SimulateFlood", "For level: metres above the terrain's datum.")
    for side, name in zip(SIDES, names, strict=True):
        label = translate("SimulateFlood", "Edge in the {side}").format(side=name)
        algorithm.add_choice(f"BOUNDARY_{side.upper()}", label, KINDS, "open", edge_help)
        label = translate("SimulateFlood", "Level in the {side} (m)").format(side=name)
        algorithm.add_number(f"LEVEL_{side.upper()}_M", label, None, level_help)
