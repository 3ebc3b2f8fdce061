"""Styles of what lies below the ground: clearances by verdict, cover of pipes, free volumes, sections."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)

from tools.styling.features import NAME, label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip
from twin_plugin.bridge.planning.section_run import PARTS
from twin_plugin.bridge.planning.section_run import SURFACES as SURFACES_CUT
from twin_plugin.bridge.planning.underground_run import COVER, FREE, PAIRS, tables

RED, AMBER, VIOLET, GREEN = "#bf1220", "#d98200", "#7b2d8b", "#1b7f4b"
LAYERS = (
    ("LineStringZ", PAIRS, "clearance_pairs"),
    ("MultiLineStringZ", COVER, "pipe_cover"),
    ("MultiPolygon", FREE, "free_volume"),
    ("Polygon", PARTS, "section_parts"),
    ("LineString", SURFACES_CUT, "section_surfaces"),
)
"""Geometry, columns and style of each layer."""


def clearance_pairs(layer: QgsVectorLayer) -> None:
    """Overlaps thick and red with crosses, close pairs dashed in amber, zones violet, the rest thin."""
    categories = [
        QgsRendererCategory(value, symbol, title)
        for value, symbol, title in (
            ("overlap", _with_marks(RED, 1.3, "cross_fill", 3.6), "Overlap"),
            ("too_close", _with_marks(AMBER, 1.1, "diamond", 2.6), "Too close"),
            ("special_zone", _line(VIOLET, 0.9), "In the special protection zone"),
            ("control_zone", _line(VIOLET, 0.6, "dash"), "In the protection zone"),
            ("kept", _line(GREEN, 0.4), "Kept"),
            ("no_rule", _line(QUIET, 0.4, "dot"), "No rule"),
        )
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", categories))
    gap = "format_number(\"gap_m\", 2) || ' m'"
    hard, close = (label(gap, text(8, colour, bold=True), Qgis.LabelPlacement.Line) for colour in (RED, AMBER))
    labels(layer, (hard, "\"verdict\" = 'overlap'", 10000, 0), (close, "\"verdict\" = 'too_close'", 5000, 0))
    give_map_tip(layer)


def pipe_cover(layer: QgsVectorLayer) -> None:
    """Pipes with too little ground above them red, those above the ground dashed, the rest quiet."""
    categories = [
        QgsRendererCategory(value, symbol, title)
        for value, symbol, title in (
            ("above_ground", _line(RED, 1.1, "dash"), "Above the ground"),
            ("too_shallow", _line(RED, 1.1), "Too shallow"),
            ("kept", _line("#4f7d9c", 0.5), "Kept"),
            ("no_rule", _line(QUIET, 0.5), "No rule"),
            ("unknown", _line(QUIET, 0.4, "dot"), "Unknown"),
        )
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("verdict", categories))
    cover = label("format_number(\"cover_m\", 2) || ' m'", text(7.5, RED, bold=True), Qgis.LabelPlacement.Line)
    labels(layer, (cover, "\"verdict\" in ('too_shallow', 'above_ground')", 8000, 0))
    give_map_tip(layer)


def free_volume(layer: QgsVectorLayer) -> None:
    """The share of the uppermost band that is free, from pale to dark; the number is in cubic metres."""
    root = QgsRuleBasedRenderer.Rule(None)
    for low, high, colour in (
        (0, 0.25, "#e8e4d8"),
        (0.25, 0.5, "#c9d8c0"),
        (0.5, 0.75, "#8fbc94"),
        (0.75, 1.001, GREEN),
    ):
        symbol = polygon(colour, "#5f6b63", 0.4, opacity=0.8)
        rule = QgsRuleBasedRenderer.Rule(symbol)
        rule.setFilterExpression(f'"from_depth_m" = 0 AND "free_share" >= {low} AND "free_share" < {high}')
        rule.setLabel(f"{low * 100:.0f}–{min(high, 1) * 100:.0f} %")
        root.appendChild(rule)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    free = "format_number(\"free_m3\", 0) || ' m³'"
    labels(layer, (label(free, text(8, INK), Qgis.LabelPlacement.OverPoint), '"from_depth_m" = 0', 15000, 0))
    give_map_tip(layer)


def section_parts(layer: QgsVectorLayer) -> None:
    """Buildings pale, what lies below the ground in the colours of its kinds; planned edges thick, replaced dashed."""
    root = QgsRuleBasedRenderer.Rule(None)
    gone = QgsRuleBasedRenderer.Rule(polygon("255,255,255,0", RED, 0.4, "dash"))
    gone.setFilterExpression("\"state\" = 'removed'")
    gone.setLabel("Replaced")
    root.appendChild(gone)
    for state, title, edge, width in (("planned", "Planned", AMBER, 0.6), ("present", "Standing", INK, 0.2)):
        branch = QgsRuleBasedRenderer.Rule(None)
        branch.setFilterExpression(f"\"state\" = '{state}'")
        branch.setLabel(title)
        house = "#fbe3bd" if state == "planned" else "#e3e6ea"
        kinds = [("building", house), *((name, kind.colour) for name, kind in tables().kinds.items())]
        for name, colour in kinds:
            rule = QgsRuleBasedRenderer.Rule(polygon(colour, edge, width))
            rule.setFilterExpression(f"\"kind\" = '{name}'")
            rule.setLabel(name.replace("_", " "))
            branch.appendChild(rule)
        root.appendChild(branch)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    labels(layer, (label(NAME, text(7.5, INK), Qgis.LabelPlacement.Horizontal), "", 2000, 0))
    give_map_tip(layer)


def section_surfaces(layer: QgsVectorLayer) -> None:
    """The ground brown, the water blue and dashed."""
    categories = [
        QgsRendererCategory("ground", _line("#7a5c3a", 0.7), "Ground"),
        QgsRendererCategory("water", _line("#1f6fb5", 0.5, "dash"), "Water"),
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    give_map_tip(layer)


def _line(colour: str, width: float, style: str = "solid") -> QgsLineSymbol:
    return QgsLineSymbol.createSimple({"line_color": colour, "line_width": str(width), "line_style": style})


def _with_marks(colour: str, width: float, shape: str, size: float) -> QgsLineSymbol:
    """A line with a mark in its middle, which shows also where it is as short as a point."""
    symbol = _line(colour, width)
    marks = QgsMarkerLineSymbolLayer()
    marks.setPlacements(Qgis.MarkerLinePlacement.CentralPoint)
    marks.setSubSymbol(marker(shape, colour, size, PAPER, 0.3))
    symbol.appendSymbolLayer(marks)
    return symbol
