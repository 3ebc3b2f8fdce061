"""Style of depressions: filled by the class of their depth, labelled with depth and the rain that fills them."""

from __future__ import annotations

import math

from qgis.core import Qgis, QgsRuleBasedRenderer, QgsSingleSymbolRenderer, QgsVectorLayer

from tools.styling.features import INK, form, label, labels, marker, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import CLOSED, PAPER, classes, see_through
from twin_plugin.bridge.kernel.outside_text import give_map_tip

NAMES = {
    "id": "number",
    "parent_id": "part of depression",
    "nesting": "nesting (0 is outermost)",
    "depth_m": "greatest depth (m)",
    "level_m": "overflow level (m)",
    "area_m2": "area (m²)",
    "volume_m3": "volume (m³)",
    "catchment_m2": "catchment (m²)",
    "rain_mm": "rain to fill (mm)",
    "spills_to": "overflows into",
    "steps_out": "depressions downstream",
    "pour_x": "overflow at x",
    "pour_y": "overflow at y",
    "water_m3": "water after the rain (m³)",
    "filled_pct": "filled (%)",
}
POINT_NAMES = {
    "id": "number",
    "depth_m": "greatest depth (m)",
    "minutes": "longest time under water (min)",
    "area_m2": "area (m²)",
    "depression_id": "depression",
}
TABS = {
    "Depression": ["id", "depth_m", "area_m2", "volume_m3", "level_m", "parent_id", "nesting"],
    "Water": ["catchment_m2", "rain_mm", "water_m3", "filled_pct", "spills_to", "steps_out", "pour_x", "pour_y"],
}


def waterlogging_points(layer: QgsVectorLayer) -> None:
    """Red circles of one size, labelled with depth and time."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("circle", CLOSED, 3.4, PAPER, 0.6)))
    what = "format_number(\"depth_m\", 2) || ' m · ' || format_number(\"minutes\", 0) || ' min'"
    labels(layer, (label(what, text(7, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1), "", 15000, 0))
    layer.setDisplayExpression("\"id\" || ': ' || " + what)
    form(layer, {"Point": ["id", "depth_m", "minutes", "area_m2", "depression_id"]}, POINT_NAMES)
    give_map_tip(layer)


def waterlogging(layer: QgsVectorLayer) -> None:
    """The colours of flood depths; labels with depth and rain, at street scale those of nested ones too."""
    root = QgsRuleBasedRenderer.Rule(None)
    for item in classes("flood_depth"):
        symbol = polygon(item.colour, INK, 0.26)
        symbol.symbolLayer(0).setFillColor(see_through(item.colour))
        below = "" if math.isinf(item.upper) else f' and "depth_m" < {item.upper:g}'
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, f'"depth_m" >= {item.lower:g}{below}', item.label))
    lowest = classes("flood_depth")[0].lower
    shallow = polygon("255,255,255,0", INK, 0.2)
    root.appendChild(QgsRuleBasedRenderer.Rule(shallow, 0, 0, "ELSE", f"< {lowest:g} m"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    depth = "format_number(\"depth_m\", 2) || ' m'"
    fills = (
        "if(\"rain_mm\" is null, '', '\\n' || "
        f"{said('full at ', '蓄满雨量 ')} || format_number(\"rain_mm\", 0) || ' mm')"
    )
    outer, inner = (
        label(depth + " || " + fills, text(7, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2.5),
        label(depth, text(6.5), Qgis.LabelPlacement.OverPoint, least_mm=2.5),
    )
    labels(layer, (outer, '"nesting" = 0', 15000, 0), (inner, '"nesting" > 0', 2500, 0))
    layer.setDisplayExpression("\"id\" || ': ' || " + depth)
    form(layer, TABS, NAMES)
    give_map_tip(layer)
