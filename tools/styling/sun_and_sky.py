"""Styles of shadows, hours of sun, sky view and horizons."""

from __future__ import annotations

from qgis.core import Qgis, QgsCategorizedSymbolRenderer, QgsRendererCategory, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from tools.styling.features import hatched, polygon
from twin_plugin.bridge.kernel.map_classes import classes
from twin_plugin.bridge.kernel.outside_text import give_map_tip

RAMPS = ("sun_hours", "sky_view", "sky_view_change")
VEILS = ("shadows", "shadow_change")
"""Maps that lie over others: cells in the sun are not drawn."""
HORIZON = (QColor("#f4f6f1"), QColor("#9fb7c9"), QColor("#2a3f5f"))


def shadow_areas(layer: QgsVectorLayer) -> None:
    """Shadows without edges, new ones hatched; shown while their time lasts in the temporal controller."""
    stays, new, gone = (item.colour for item in classes("shadow_change"))
    symbols = (
        ("shadow", polygon(stays, "255,255,255,0", 0.0, "no", 0.8), "In shadow"),
        ("new shadow", hatched(new, new, 0.2, "#ffffff", 45, 1.6, 0.2), "New shadow"),
        ("shadow gone", polygon(gone, gone, 0.2, "solid", 0.8), "Shadow gone"),
    )
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", [QgsRendererCategory(*row) for row in symbols]))
    give_map_tip(layer)
    properties = layer.temporalProperties()
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField("begin")
    properties.setEndField("end")
    properties.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)
    properties.setIsActive(True)
