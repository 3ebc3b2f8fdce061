"""The first line in a raster's legend: what the plugin's colours show, in place of QGIS's 'Band 1 … (Gray)'."""

from __future__ import annotations

from qgis.core import QgsLayerTreeLayer, QgsMapLayerLegendUtils, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

from .field_labels import Speak
from .raster_kinds import output_of


def title_legend(node: QgsLayerTreeLayer, terrain: bool = False, speak: Speak = QCoreApplication.translate) -> None:
    """Name the band of a raster in the layer tree by its quantity and unit; layers of other makers stay.

    Parameters
    ----------
    node : QgsLayerTreeLayer
    terrain : bool
        Whether the raster is the terrain of a run, which no metadata says.
    speak : callable
        Gives the texts of a language, by default the user's.
    """
    layer = node.layer()
    if not isinstance(layer, QgsRasterLayer):
        return
    text = _titles(speak).get("DTM" if terrain else output_of(layer))
    if text:
        QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, 0, text)
        layer.legendChanged.emit()  # nothing else makes the layer tree read it


def _titles(translate: Speak) -> dict[str, str]:
    return {
        "DEPTH_MAX": translate("LegendTitle", "Depth (m)"),
        "LEVEL_MAX": translate("LegendTitle", "Water level (m)"),
        "VELOCITY_MAX": translate("LegendTitle", "Velocity (m/s)"),
        "HAZARD": translate("LegendTitle", "Hazard class"),
        "ARRIVAL": translate("LegendTitle", "After the start (h:min)"),
        "DURATION_WET": translate("LegendTitle", "Under water (h:min)"),
        "FROUDE_MAX": translate("LegendTitle", "Froude number"),
        "LIMITED": translate("LegendTitle", "Time at a limit"),
        "GOVERNING": translate("LegendTitle", "Time steps decided"),
        "RAIN_TOTAL": translate("LegendTitle", "Rain (mm)"),
        "INFILTRATED": translate("LegendTitle", "Taken by the ground (mm)"),
        "DIFFERENCE": translate("LegendTitle", "Depth of B minus A (m)"),
        "LEVEL_DIFFERENCE": translate("LegendTitle", "Level of B minus A (m)"),
        "ARRIVAL_DIFFERENCE": translate("LegendTitle", "Arrival in B minus A (min)"),
        "CHANGE": translate("LegendTitle", "From A to B"),
        "SHADOWS": translate("LegendTitle", "Shadow"),
        "SHADOW_CHANGE": translate("LegendTitle", "Shadow with the scheme"),
        "SKY_VIEW": translate("LegendTitle", "Sky view"),
        "SKY_VIEW_CHANGE": translate("LegendTitle", "Sky view, with the scheme less today's"),
        "HORIZON": translate("LegendTitle", "Horizon (°)"),
        "VIEW_CUMULATIVE": translate("LegendTitle", "Observers that see it"),
        "VIEW_CUMULATIVE_BEFORE": translate("LegendTitle", "Observers that saw it before"),
        "VIEW_CHANGE": translate("LegendTitle", "Observers, with the scheme less before"),
        "VIEW_VISIBLE": translate("LegendTitle", "Seen by the observer"),
        "DTM": translate("LegendTitle", "Ground height (m)"),
    }
