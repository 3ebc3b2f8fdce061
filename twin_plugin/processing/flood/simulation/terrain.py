"""The terrain, its roughness and the buildings on it."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.surface import GAPS, POROSITY, RAISE, WALL
from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
    dtm = QgsProcessingParameterRasterLayer("DTM", translate("SimulateFlood", "Terrain"))
    text = translate(
        "SimulateFlood",
        "Ground levels in metres, in a projected CRS. Holes inside the data act as walls; the edges of the area "
        "are at its outermost cells with data.",
    )
    algorithm.add(dtm, text)
    extent = QgsProcessingParameterExtent("EXTENT", translate("SimulateFlood", "Extent"), optional=True)
    algorithm.add(extent, translate("SimulateFlood", "The area to simulate; empty: all of the terrain."))
    algorithm.add_number(
        "CELL_SIZE",
        translate("SimulateFlood", "Cell size (m)"),
        None,
        translate("SimulateFlood", "Empty: the terrain's own."),
        0.01,
    )
    help_text = translate("SimulateFlood", "Footprints that block the water: any polygon layer, in any CRS.")
    algorithm.add(
        QgsProcessingParameterFeatureSource(
            "BUILDINGS", translate("SimulateFlood", "Buildings"), polygons, optional=True
        ),
        help_text,
    )
    help_text = translate(
        "SimulateFlood",
        "raise: blocks 5 m high, whose rain runs off; wall: cut out, their rain falls beside them; gaps: the same, and"
        " water enters them through DOORS; porosity: cells with the share BUILDING_POROSITY of the room and of the"
        " flow.",
    )
    algorithm.add_choice(
        "BUILDINGS_AS", translate("SimulateFlood", "Buildings as"), (RAISE, WALL, GAPS, POROSITY), RAISE, help_text
    )
    help_text = translate(
        "SimulateFlood", "Manning's n where ROUGHNESS_RASTER has none: 0.02 asphalt, 0.03 mixed, 0.06 grass."
    )
    algorithm.add_number("ROUGHNESS", translate("SimulateFlood", "Roughness n (s/m^1/3)"), 0.03, help_text)
    raster = QgsProcessingParameterRasterLayer(
        "ROUGHNESS_RASTER", translate("SimulateFlood", "Roughness raster"), optional=True
    )
    algorithm.add(raster, translate("SimulateFlood", "Manning's n of each cell, in any CRS."))
