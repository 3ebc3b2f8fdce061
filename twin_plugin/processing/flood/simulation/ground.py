"""What the ground takes."""

from __future__ import annotations

from qgis.core import QgsProcessing, QgsProcessingParameterMapLayer
from qgis.PyQt.QtCore import QCoreApplication

from ....bridge.flood.setup.infiltration import soil_names
from ....core.flood.ground.methods import Antecedent, Method
from ...algorithm import TwinAlgorithm

METHODS = tuple(method.value for method in Method)
MOISTURE = tuple(moisture.value for moisture in Antecedent)
translate = QCoreApplication.translate


def declare(algorithm: TwinAlgorithm) -> None:
    """Add the parameters."""
    help_text = translate(
        "SimulateFlood", "Rate at which the ground takes up water while it is wet; buildings take up none."
    )
    algorithm.add_number("INFILTRATION_MM_H", translate("SimulateFlood", "Infiltration (mm/h)"), 0, help_text)
    help_text = translate(
        "SimulateFlood",
        "constant: INFILTRATION_MM_H everywhere; greenampt: a wetting front, by soil; horton: a rate that falls while "
        "the ground takes water, by land cover; scs: curve numbers by soil and land cover. All but constant recover "
        "between storms.",
    )
    label = translate("SimulateFlood", "Infiltration method")
    algorithm.add_choice("INFILTRATION_METHOD", label, METHODS, METHODS[0], help_text)
    _declare_layers(algorithm)
    _declare_soil(algorithm)
    _declare_cover(algorithm)


def _declare_layers(algorithm: TwinAlgorithm) -> None:
    kinds = [QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeRaster]
    help_text = translate(
        "SimulateFlood",
        "Polygons with a texture in the field soil (loam, clay, 壤土 …) or with k_mm_h, psi_mm, porosity and group; or "
        "a raster of USDA texture classes, 1 (clay) to 12 (sand). Cells without one have SOIL_CLASS.",
    )
    soil = QgsProcessingParameterMapLayer("SOIL", translate("SimulateFlood", "Soil"), None, True, kinds)
    algorithm.add(soil, help_text)
    help_text = translate(
        "SimulateFlood",
        "Polygons with a land cover in the field cover (lawn, pavement, 草地 …) or with impervious (0 to 1), cn, "
        "f0_mm_h, fc_mm_h, decay_1_h; or a raster of ESA WorldCover classes. Cells without one have the numbers below.",
    )
    cover = QgsProcessingParameterMapLayer("LAND_COVER", translate("SimulateFlood", "Land cover"), None, True, kinds)
    algorithm.add(cover, help_text)


def _declare_soil(algorithm: TwinAlgorithm) -> None:
    help_text = translate("SimulateFlood", "Soil where SOIL tells none, with the numbers of Rawls and others (1983).")
    label = translate("SimulateFlood", "Usual soil")
    algorithm.add_choice("SOIL_CLASS", label, soil_names(), "loam", help_text, advanced=True)
    help_text = translate("SimulateFlood", "greenampt: instead of that of SOIL_CLASS.")
    label = translate("SimulateFlood", "Saturated conductivity (mm/h)")
    algorithm.add_number("CONDUCTIVITY_MM_H", label, None, help_text, 0, advanced=True)
    label = translate("SimulateFlood", "Suction head of the wetting front (mm)")
    algorithm.add_number("SUCTION_MM", label, None, help_text, 0, advanced=True)
    label = translate("SimulateFlood", "Effective porosity (share of the volume)")
    algorithm.add_number("POROSITY", label, None, help_text, 0, 0.9, advanced=True)
    help_text = translate(
        "SimulateFlood", "greenampt: share of the pores without water at the start: 0 is saturated, 1 is dry ground."
    )
    label = translate("SimulateFlood", "Empty pores at the start (share)")
    algorithm.add_number("MOISTURE_DEFICIT", label, 0.5, help_text, 0, 1, advanced=True)


def _declare_cover(algorithm: TwinAlgorithm) -> None:
    help_text = translate("SimulateFlood", "greenampt and horton: share of the area that takes no water.")
    label = translate("SimulateFlood", "Impervious area (%)")
    algorithm.add_number("IMPERVIOUS_PERCENT", label, 0, help_text, 0, 100, advanced=True)
    help_text = translate("SimulateFlood", "scs: for average moisture (AMC II).")
    label = translate("SimulateFlood", "Curve number")
    algorithm.add_number("CURVE_NUMBER", label, 80, help_text, 1, 100, advanced=True)
    help_text = translate("SimulateFlood", "scs: after the rain of the last five days: I dry, II average, III wet.")
    label = translate("SimulateFlood", "Antecedent moisture")
    algorithm.add_choice("ANTECEDENT", label, MOISTURE, "II", help_text, advanced=True)
    help_text = translate("SimulateFlood", "horton: rate of dry ground.")
    label = translate("SimulateFlood", "Initial capacity (mm/h)")
    algorithm.add_number("HORTON_F0_MM_H", label, 76.2, help_text, 0, advanced=True)
    help_text = translate("SimulateFlood", "horton: rate of wet ground.")
    label = translate("SimulateFlood", "Final capacity (mm/h)")
    algorithm.add_number("HORTON_FC_MM_H", label, 12.7, help_text, 0, advanced=True)
    help_text = translate("SimulateFlood", "horton: how fast the initial becomes the final capacity.")
    label = translate("SimulateFlood", "Decay of the capacity (1/h)")
    algorithm.add_number("HORTON_DECAY_1_H", label, 4, help_text, 0.001, advanced=True)
    help_text = translate(
        "SimulateFlood", "horton and scs: days without water in which wet ground dries. greenampt takes it of the soil."
    )
    label = translate("SimulateFlood", "Drying time (days)")
    algorithm.add_number("DRYING_DAYS", label, 7, help_text, 0.01, advanced=True)
