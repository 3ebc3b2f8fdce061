"""Styles of rooms below ground after a flood: filled by the class of their depth; openings by what came in."""

from __future__ import annotations

import math

from qgis.core import Qgis, QgsRuleBasedRenderer, QgsVectorLayer

from tools.styling.features import INK, form, label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import CLOSED, PAPER, QUIET, classes, see_through
from twin_plugin.bridge.kernel.outside_text import give_map_tip

ROOM_NAMES = {
    "id": "room",
    "building_id": "building",
    "volume_m3": "water at the end (m³)",
    "volume_max_m3": "most water (m³)",
    "capacity_m3": "holds when full (m³)",
    "filled_pct": "filled (%)",
    "depth_max_m": "greatest depth (m)",
    "level_max_m": "highest level (m)",
    "depth_015_min": "0.15 m deep after (min)",
    "depth_030_min": "0.30 m deep after (min)",
    "depth_120_min": "1.20 m deep after (min)",
    "first_opening_id": "water came first by",
    "first_inflow_min": "water came after (min)",
    "openings": "openings to the terrain",
    "inflow_by_opening": "inflow by opening (m³)",
    "note": "note",
}
OPENING_NAMES = {
    "id": "opening",
    "room_id": "room",
    "kind": "kind",
    "sill_elev_m": "level of the sill (m)",
    "width_m": "clear width (m)",
    "inflow_m3": "water that came in (m³)",
    "outflow_m3": "water that went back (m³)",
    "peak_flow_m3s": "greatest inflow (m³/s)",
    "peak_min": "greatest inflow after (min)",
    "first_inflow_min": "water came after (min)",
    "note": "note",
}
BASEMENT_NAMES = {
    **ROOM_NAMES,
    "confidence": "confidence",
    "street_pct": "share of the street's water near it (%)",
    "value": "value",
    "damage": "damage",
    "currency": "currency",
    "flood_run": "flood run",
}
BASEMENT_OPENING_NAMES = {
    **OPENING_NAMES,
    "head_max_m": "highest water above the sill (m)",
    "source": "sill and width from",
}
ROOM_TABS = {
    "Water": ["id", "depth_max_m", "level_max_m", "volume_m3", "volume_max_m3", "capacity_m3", "filled_pct", "note"],
    "Times": ["first_opening_id", "first_inflow_min", "depth_015_min", "depth_030_min", "depth_120_min"],
    "Openings": ["building_id", "openings", "inflow_by_opening"],
}
BASEMENT_TABS = {
    **ROOM_TABS,
    "Openings": ["building_id", "openings", "inflow_by_opening", "confidence", "street_pct"],
    "Damage": ["value", "damage", "currency", "flood_run"],
}


def underground_filled(layer: QgsVectorLayer) -> None:
    """The colours of flood depths under a dashed edge; a room that nothing is known of is grey."""
    _rooms(layer)
    form(layer, ROOM_TABS, ROOM_NAMES)
    give_map_tip(layer)


def basement_rooms(layer: QgsVectorLayer) -> None:
    """The same for rooms that filled from a RESULT; a room whose opening is assumed has a dotted edge over it."""
    root = _rooms(layer)
    assumed = polygon("255,255,255,0", CLOSED, 0.5, "dot")
    root.appendChild(QgsRuleBasedRenderer.Rule(assumed, 0, 0, "\"confidence\" = 'none'", "its opening is assumed"))
    form(layer, BASEMENT_TABS, BASEMENT_NAMES)
    give_map_tip(layer)


def _rooms(layer: QgsVectorLayer) -> QgsRuleBasedRenderer.Rule:
    """Draw and label rooms by their greatest depth; the rule that holds all others."""
    root = QgsRuleBasedRenderer.Rule(None)
    for item in classes("flood_depth"):
        symbol = polygon(item.colour, INK, 0.35, "dash")
        symbol.symbolLayer(0).setFillColor(see_through(item.colour))
        below = "" if math.isinf(item.upper) else f' and "depth_max_m" < {item.upper:g}'
        condition = f'"depth_max_m" >= {item.lower:g}{below}'
        upper = f"{item.lower:.2f} m and more" if math.isinf(item.upper) else f"{item.lower:.2f} – {item.upper:.2f} m"
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, upper))
    dry = polygon("255,255,255,0", INK, 0.25, "dash")
    root.appendChild(QgsRuleBasedRenderer.Rule(dry, 0, 0, '"openings" > 0 and "depth_max_m" < 0.05', "dry"))
    unknown = polygon("140,140,140,60", QUIET, 0.25, "dot")
    root.appendChild(QgsRuleBasedRenderer.Rule(unknown, 0, 0, "ELSE", "no opening, or left out"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    what = "format_number(\"depth_max_m\", 2) || ' m · ' || format_number(\"filled_pct\", 0) || ' %'"
    shown = label(what, text(7, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2.5)
    labels(layer, (shown, '"depth_max_m" >= 0.05', 5000, 0))
    layer.setDisplayExpression("\"id\" || ': ' || coalesce(" + what + ", '')")
    return root


def underground_openings(layer: QgsVectorLayer, names: dict[str, str] = OPENING_NAMES) -> None:
    """Red triangles where water came in, hollow ones where none did."""
    root = QgsRuleBasedRenderer.Rule(None)
    wet = '"first_inflow_min" is not null'
    came = marker("triangle", CLOSED, 3.0, PAPER, 0.4)
    root.appendChild(QgsRuleBasedRenderer.Rule(came, 0, 0, wet, "water came in"))
    stayed = marker("triangle", PAPER, 2.2, QUIET, 0.4)
    root.appendChild(QgsRuleBasedRenderer.Rule(stayed, 5000, 0, "ELSE", "no water came in"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    what = "format_number(\"peak_flow_m3s\", 2) || ' m³/s · ' || format_number(\"first_inflow_min\", 0) || ' min'"
    shown = label(what, text(7, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (shown, wet, 1500, 0))
    layer.setDisplayExpression("\"id\" || ': ' || coalesce(" + what + ", '')")
    form(layer, {"Opening": list(names)}, names)
    give_map_tip(layer)


def basement_openings(layer: QgsVectorLayer) -> None:
    """The same for rooms that filled from a RESULT."""
    underground_openings(layer, BASEMENT_OPENING_NAMES)
