"""Styles of the life cycle: objects by their stage, at a date and over time."""

from __future__ import annotations

from qgis.core import Qgis, QgsCategorizedSymbolRenderer, QgsRendererCategory, QgsVectorLayer

from tools.styling.features import NAME, label, labels, polygon, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip
from twin_plugin.bridge.lifecycle.stage_colours import STAGES


def _by_stage(layer: QgsVectorLayer) -> None:
    """What is not built yet pale with a dashed outline, sites amber, buildings in use green, deleted ones empty."""
    categories = [
        QgsRendererCategory(stage, polygon(colour, INK, 0.3, line), title) for stage, colour, line, title in STAGES
    ]
    categories.append(QgsRendererCategory("", polygon(PAPER, QUIET, 0.25), "No stage on record"))
    layer.setRenderer(QgsCategorizedSymbolRenderer("stage", categories))
    give_map_tip(layer)


def lifecycle_status(layer: QgsVectorLayer) -> None:
    """Objects by stage, with their name."""
    _by_stage(layer)
    labels(layer, (label(NAME, text(7, INK), Qgis.LabelPlacement.OverPoint, least_mm=4), "", 5000, 0))


def lifecycle_history(layer: QgsVectorLayer) -> None:
    """The stage of each moment of the temporal controller."""
    _by_stage(layer)
    properties = layer.temporalProperties()
    properties.setIsActive(True)
    properties.setMode(Qgis.VectorTemporalMode.FeatureDateTimeStartAndEndFromFields)
    properties.setStartField("starts")
    properties.setEndField("ends")
    properties.setLimitMode(Qgis.VectorTemporalLimitMode.IncludeBeginExcludeEnd)


CHANGES = (
    ("changed", "#f2a33a", "#8a5300", "Changed"),
    ("added", "#7fb8e6", "#1f6fb2", "Added"),
    ("deleted", "255,255,255,0", "#bf1220", "Deleted"),
    ("within tolerance", "#dfeee4", "#3f8f5f", "Within tolerance"),
    ("unchanged", "#eceff2", QUIET, "Unchanged"),
)


def lifecycle_compared(layer: QgsVectorLayer) -> None:
    """Changes amber, new objects blue, deleted ones as red dashed outlines, the rest pale; changes say by how much."""
    categories = [
        QgsRendererCategory(change, polygon(colour, edge, 0.4, "dash" if change == "deleted" else "solid"), title)
        for change, colour, edge, title in CHANGES
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("change", categories))
    moved = "format_number(\"distance_m\", 2) || ' m'"
    what = label(moved, text(7, "#8a5300", bold=True), Qgis.LabelPlacement.OverPoint, least_mm=4)
    labels(layer, (what, '"change" = \'changed\' AND "distance_m" >= 0.005', 5000, 0))
    give_map_tip(layer)
