"""Styles of what lies below the ground: clearances by verdict, cover of pipes, free volumes, sections."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import NAME, label, labels, marker, polygon, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, MapClass, states
from twin_plugin.bridge.kernel.outside_text import give_map_tip
from twin_plugin.bridge.planning.section_run import PARTS
from twin_plugin.bridge.planning.section_run import SURFACES as SURFACES_CUT
from twin_plugin.bridge.planning.underground_run import COVER, FREE, PAIRS, tables

GREEN = "#1b7f4b"
LAYERS = (
    ("LineStringZ", PAIRS, "clearance_pairs"),
    ("MultiLineStringZ", COVER, "pipe_cover"),
    ("MultiPolygon", FREE, "free_volume"),
    ("Polygon", PARTS, "section_parts"),
    ("LineString", SURFACES_CUT, "section_surfaces"),
)
"""Geometry, columns and style of each layer."""


def clearance_pairs(layer: QgsVectorLayer) -> None:
    """Overlaps thick and red with crosses, close pairs amber with diamonds, zones violet, the rest thin."""
    overlap, close, special, control, kept, free = states("clearance_pairs")
    _categories(
        layer,
        ("overlap", _with_marks(overlap.colour, 1.3, "cross_fill", 3.6), overlap),
        ("too_close", _with_marks(close.colour, 1.1, "diamond", 2.6), close),
        ("special_zone", _line(special.colour, 0.9), special),
        ("control_zone", _line(control.colour, 0.6, "dash"), control),
        ("kept", _line(kept.colour, 0.4), kept),
        ("no_rule", _line(free.colour, 0.4, "dot"), free),
    )
    gap = "format_number(\"gap_m\", 2) || ' m'"
    hard, near = (
        label(gap, text(8, item.colour, bold=True), Qgis.LabelPlacement.Horizontal) for item in (overlap, close)
    )
    labels(layer, (hard, "\"verdict\" = 'overlap'", 10000, 0), (near, "\"verdict\" = 'too_close'", 5000, 0))
    give_map_tip(layer)


def pipe_cover(layer: QgsVectorLayer) -> None:
    """Pipes above the ground red and dashed, those with too little ground above them amber, the rest quiet."""
    above, shallow, kept, free, unknown = states("pipe_cover")
    _categories(
        layer,
        ("above_ground", _line(above.colour, 1.1, "dash"), above),
        ("too_shallow", _line(shallow.colour, 1.1), shallow),
        ("kept", _line(kept.colour, 0.5), kept),
        ("no_rule", _line(free.colour, 0.5), free),
        ("unknown", _line(unknown.colour, 0.4, "dot"), unknown),
    )
    cover = label("format_number(\"cover_m\", 2) || ' m'", text(7.5, above.colour, bold=True), Qgis.LabelPlacement.Line)
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
    replaced, planned, standing, building = states("section_parts")
    gone = QgsRuleBasedRenderer.Rule(polygon("255,255,255,0", replaced.colour, 0.4, "dash"))
    gone.setFilterExpression("\"state\" = 'removed'")
    gone.setLabel(replaced.label)
    root.appendChild(gone)
    for state, item, width in (("planned", planned, 0.6), ("present", standing, 0.2)):
        branch = QgsRuleBasedRenderer.Rule(None)
        branch.setFilterExpression(f"\"state\" = '{state}'")
        branch.setLabel(item.label)
        house = "#fbe3bd" if state == "planned" else building.colour
        kinds = [(name, kind.colour, kind.label) for name, kind in tables().kinds.items()]
        for name, colour, called in (("building", house, building.label), *kinds):
            rule = QgsRuleBasedRenderer.Rule(polygon(colour, item.colour, width))
            rule.setFilterExpression(f"\"kind\" = '{name}'")
            rule.setLabel(called)
            branch.appendChild(rule)
        root.appendChild(branch)
    layer.setRenderer(QgsRuleBasedRenderer(root))
    labels(layer, (label(NAME, text(7.5, INK), Qgis.LabelPlacement.Horizontal), "", 2000, 0))
    give_map_tip(layer)


def section_surfaces(layer: QgsVectorLayer) -> None:
    """The ground brown, the water blue and dashed."""
    ground, water = states("section_surfaces")
    lines = _line(ground.colour, 0.7), _line(water.colour, 0.5, "dash")
    _categories(layer, ("ground", lines[0], ground), ("water", lines[1], water), field="kind")
    give_map_tip(layer)


def _categories(
    layer: QgsVectorLayer, *rows: tuple[str, QgsSymbol, MapClass], field: str = "verdict"
) -> None:  # fmt: skip
    """Symbols by the values of a field, named by rows of the table of classes."""
    categories = [QgsRendererCategory(value, symbol, item.label) for value, symbol, item in rows]
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))


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
