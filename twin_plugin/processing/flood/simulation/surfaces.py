"""Roofs and sponge surfaces: what they hold back, and where roof rain goes."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSource
from qgis.PyQt.QtCore import QCoreApplication

from ....core.flood.processes.porosity import LEAST, SHARE
from ....core.flood.roofs.nodes import RoofsTo
from ...algorithm import TwinAlgorithm

translate = QCoreApplication.translate


def declare_roof_drains(algorithm: TwinAlgorithm) -> None:
    """Whether roof rain goes into the drains."""
    help_text = translate(
        "SimulateFlood",
        "ground: rain of roofs runs off beside them, or at their DOWNPIPES; drains: it is led into the nearest node of"
        " the drains that has an inlet, from the roof or from the downpipe, or into the one that the field node of"
        " DOWNPIPES names. Farther away than ROOF_REACH_M it goes to the ground.",
    )
    label = translate("SimulateFlood", "Roof rain goes to")
    ways = tuple(item.value for item in RoofsTo)
    algorithm.add_choice("ROOFS_TO", label, ways, RoofsTo.GROUND.value, help_text, advanced=True)
    help_text = translate("SimulateFlood", "A node that is farther from a roof or a downpipe takes no rain of it.")
    label = translate("SimulateFlood", "Reach of roofs to the drains (m)")
    algorithm.add_number("ROOF_REACH_M", label, 50, help_text, 0, advanced=True)


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    source, kinds = QgsProcessingParameterFeatureSource, QgsProcessing.SourceType
    help_text = translate(
        "SimulateFlood", "Rain that each roof holds back before it runs off; green roofs are SURFACES."
    )
    label = translate("SimulateFlood", "Storage on roofs (mm)")
    algorithm.add_number("ROOF_STORAGE_MM", label, 0, help_text, 0, 1000)
    help_text = translate(
        "SimulateFlood",
        "Points to which the rain of buildings is led: of the building nearest to each, within 5 m, or of the one whose"
        " field id is that of building_id. Buildings without one let it run off beside them.",
    )
    label = translate("SimulateFlood", "Downpipes")
    algorithm.add(source("DOWNPIPES", label, [kinds.TypeVectorPoint], optional=True), help_text, True)
    declare_roof_drains(algorithm)
    help_text = translate(
        "SimulateFlood",
        "With BUILDINGS_AS gaps, points where water enters buildings: width_m (1 m when empty), sill_elev_m (the floor"
        " or the ground when empty), building_id as in DOWNPIPES. A field ground_floor_elev_m of BUILDINGS is the"
        " level of the floor.",
    )
    label = translate("SimulateFlood", "Doors")
    algorithm.add(source("DOORS", label, [kinds.TypeVectorPoint], optional=True), help_text, True)
    help_text = translate(
        "SimulateFlood",
        "With BUILDINGS_AS porosity: the share of a building's cells that water takes and flows through, 0.01 to 1."
        " The default is an assumption: fit it to observed levels.",
    )
    label = translate("SimulateFlood", "Porosity of buildings (share)")
    algorithm.add_number("BUILDING_POROSITY", label, SHARE, help_text, LEAST, 1, advanced=True)
    help_text = translate(
        "SimulateFlood",
        "Polygons that take up water; the field kind says green roof, permeable paving, bioretention, tank or swale."
        " Empty fields get the values of the kind: depth_mm, void_share, rate_mm_h (uptake), seepage_mm_h (to the"
        " ground), drain_mm_h (underdrain), initial_fill (0 to 1), catchment_m2.",
    )
    label = translate("SimulateFlood", "Sponge surfaces")
    algorithm.add(source("SURFACES", label, [kinds.TypeVectorPolygon], optional=True), help_text)
