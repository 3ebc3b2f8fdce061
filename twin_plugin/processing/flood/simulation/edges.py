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
    table = [QgsProcessing.SourceType.TypeVector]
    help_text = translate(
        "SimulateFlood",
        "Rows with inflow (id or name of the polygon), time_min or time (ISO 8601), and flow_m3s: the hydrograph of "
        "each inflow, linear between its rows. Polygons without rows keep flow_m3s.",
    )
    hydrographs = QgsProcessingParameterFeatureSource(
        "INFLOW_TABLE", translate("SimulateFlood", "Hydrographs of the inflows"), table, optional=True
    )
    algorithm.add(hydrographs, help_text)
    names = (
        translate("SimulateFlood", "north"),
        translate("SimulateFlood", "east"),
        translate("SimulateFlood", "south"),
        translate("SimulateFlood", "west"),
    )
    edge_help = translate(
        "SimulateFlood", "closed: a wall; open: water leaves; level: a water body at a level, fixed or over time."
    )
    level_help = translate("SimulateFlood", "For level: metres above the terrain's datum.")
    for side, name in zip(SIDES, names, strict=True):
        label = translate("SimulateFlood", "Edge in the {side}").format(side=name)
        algorithm.add_choice(f"BOUNDARY_{side.upper()}", label, KINDS, "open", edge_help)
        label = translate("SimulateFlood", "Level in the {side} (m)").format(side=name)
        algorithm.add_number(f"LEVEL_{side.upper()}_M", label, None, level_help)
    _declare_tide(algorithm)


def _declare_tide(algorithm: TwinAlgorithm) -> None:
    table = [QgsProcessing.SourceType.TypeVector]
    help_text = translate(
        "SimulateFlood",
        "Rows with time_min or time (ISO 8601) and level_m: a tide or a river over time, for the edges that are level "
        "and have no level of their own, or for that in the column side.",
    )
    tide = QgsProcessingParameterFeatureSource(
        "TIDE", translate("SimulateFlood", "Levels over time"), table, optional=True
    )
    algorithm.add(tide, help_text)
    help_text = translate("SimulateFlood", "Height of the zero of TIDE above the terrain's datum; added to its levels.")
    label = translate("SimulateFlood", "Datum of the levels over time (m)")
    algorithm.add_number("TIDE_DATUM_M", label, None, help_text, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Moves TIDE in time, so that its highest level comes then: at the peak of the storm, for example.",
    )
    label = translate("SimulateFlood", "Highest level over time at (min)")
    algorithm.add_number("TIDE_PEAK_MIN", label, None, help_text, advanced=True)
