"""The table of stored floods by nearness: names for people, the figures that decide first, near runs in green."""

from __future__ import annotations

from qgis.core import QgsAttributeTableConfig, QgsConditionalStyle, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from tools.styling.features import form
from twin_plugin.bridge.kernel.outside_text import give_map_tip

NAMES = {
    "rank": "rank",
    "kind": "kind",
    "name": "run",
    "distance": "distance (0 the same, 1 nothing in common)",
    "rain_distance": "distance of the rain",
    "water_distance": "distance of the water",
    "near": "near",
    "reason": "why not compared",
    "most_10min_mm": "most rain in 10 min (mm)",
    "most_30min_mm": "most rain in 30 min (mm)",
    "most_60min_mm": "most rain in 60 min (mm)",
    "most_120min_mm": "most rain in 120 min (mm)",
    "total_mm": "rain in all (mm)",
    "return_period_a": "return period (years)",
    "measure": "measure",
    "wet_area_m2": "wet area (m²)",
    "peak_volume_m3": "most water (m³)",
    "max_depth_m": "greatest depth (m)",
    "buildings_reached": "buildings with water inside",
    "doors_reached": "openings with water above the sill",
    "class_1": "buildings of class 1",
    "class_2": "buildings of class 2",
    "class_3": "buildings of class 3",
    "class_4": "buildings of class 4",
    "plan": "plan",
    "result": "flood over time",
    "folder": "folder",
    "run_id": "id of the flood run",
}
HIDDEN = ("folder", "result", "run_id", "class_1", "class_2", "doors_reached")
"""Columns that the table of the layer leaves out; the form has them."""
NEAR, OBSERVED = ("#14613a", "#d8f0e2"), ("#1b2733", "#dde6ef")
"""Text and ground of rows that are near, and of what is observed: readable on any palette."""


def flood_watch(layer: QgsVectorLayer) -> None:
    """The nearest run on top, near ones marked."""
    form(layer, {"Run": [field.name() for field in layer.fields()]}, NAMES)
    layer.setDisplayExpression("coalesce(\"name\", '')")
    give_map_tip(layer)
    config = QgsAttributeTableConfig()
    config.update(layer.fields())
    columns = config.columns()
    for column in columns:
        column.hidden = column.name in HIDDEN
    config.setColumns(columns)
    config.setSortExpression('"rank"')
    layer.setAttributeTableConfig(config)
    rows = []
    for condition, (ink, ground) in (('"near"', NEAR), ("\"kind\" = 'observed'", OBSERVED)):
        row = QgsConditionalStyle(condition)
        row.setTextColor(QColor(ink))
        row.setBackgroundColor(QColor(ground))
        rows.append(row)
    layer.conditionalStyles().setRowStyles(rows)
