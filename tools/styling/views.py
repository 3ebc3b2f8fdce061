"""Styles of skylines and view corridors: observers, visible edges, who breaks a ridge line, allowed elevations."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFeatureRequest,
    QgsLineSymbol,
    QgsRasterLayer,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from tools.styling import grids
from tools.styling.features import NAME, hatched, label, labels, marker, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip

RED, ORANGE, GREY, HILL, GREEN, BROWN = "#9b1b30", "#e0762f", "#66727f", "#7d9164", "#1b7f4b", "#7a5a2b"
BREAKS = (("3", "", "#9b1b30", "≥ 3°"), ("1", "3", "#d9705f", "1 – 3°"), ("", "1", "#f3c3b2", "< 1°"))
"""Degrees above a ridge line: from, below, colour, title."""
HEIGHTS = (
    (20, "#eff3f8", "≤ 20 m"),
    (40, "#c9d8e8", "20 – 40 m"),
    (60, "#9bb8d3", "40 – 60 m"),
    (100, "#6791ba", "60 – 100 m"),
    (None, "#2f5f92", "> 100 m"),
)
"""Allowed elevations up to: colour, title."""


def skylines(layer: QgsVectorLayer) -> None:
    """Observers as dots; red triangles with the degrees where buildings break the ridge line."""
    broken = marker("triangle", RED, 4.4, PAPER, 0.5)
    free = marker("circle", INK, 2.8, PAPER, 0.5)
    _rules(layer, (broken, '"broken_deg" > 0', "Ridge line broken"), (free, "ELSE", "Observer"))
    over = label("'+' || format_number(\"broken_deg\", 1) || '°'", text(8, RED, bold=True), _AROUND, distance=1)
    name = label(NAME, text(7.5, INK), _AROUND, distance=1)
    labels(layer, (over, '"broken_deg" > 0', 25000, 0), (name, 'coalesce("broken_deg", 0) = 0', 10000, 0))
    give_map_tip(layer)


def skyline_pieces(layer: QgsVectorLayer) -> None:
    """The edges that are seen: of the scheme orange, of buildings grey, of terrain green; those of before thin."""
    _rules(
        layer,
        (_line(ORANGE, 0.9), '"planned"', "Scheme"),
        (_line(HILL, 0.6), "\"kind\" = 'terrain'", "Terrain"),
        (_line(GREY, 0.6), '"kind" = \'building\' and not "planned"', "Building"),
    )
    give_map_tip(layer)


def skyline_breakers(layer: QgsVectorLayer) -> None:
    """Buildings by how far they rise above the ridge line; those of the scheme with a thick edge."""
    rules: list[tuple[QgsSymbol, str, str]] = []
    planned = said("scheme", "方案")
    for least, most, colour, title in BREAKS:
        parts = [f'"broken_deg" >= {least}' if least else "", f'"broken_deg" < {most}' if most else ""]
        rules.append((polygon(colour, INK, 0.25), " and ".join(part for part in parts if part), title))
    _rules(layer, *rules, last="broken_deg")
    over = f"{NAME} || '\n+' || format_number(\"broken_deg\", 1) || '°' || if(\"planned\", ' · ' || {planned}, '')"
    labels(layer, (label(over, text(7.5, RED, bold=True), Qgis.LabelPlacement.OverPoint, least_mm=2), "", 15000, 0))
    give_map_tip(layer)


def view_corridors(layer: QgsVectorLayer) -> None:
    """Corridors by what rises above the line of sight: green outlines where they are free."""
    _rules(
        layer,
        (polygon("27,127,75,30", GREEN, 0.5), "\"state\" = 'free'", "View is free"),
        (hatched("224,118,47,40", ORANGE, 0.6, ORANGE, 45, 2.4, 0.3), "\"state\" = 'scheme'", "Scheme in the view"),
        (polygon("155,27,48,36", RED, 0.6, "dash"), "\"state\" = 'building'", "Building in the view"),
        (polygon("122,90,43,40", BROWN, 0.6, "dot"), "\"state\" = 'terrain'", "Terrain in the view"),
    )
    over = f"{NAME} || coalesce('\n' || if(\"exceed_m\" > 0, '+', '') || format_number(\"exceed_m\", 1) || ' m', '')"
    labels(layer, (label(over, text(8, INK, bold=True), Qgis.LabelPlacement.Horizontal), "", 25000, 0))
    give_map_tip(layer)


def view_obstacles(layer: QgsVectorLayer) -> None:
    """Buildings in corridors: too high ones red, those of the scheme hatched, free ones with what is left."""
    _rules(
        layer,
        (
            hatched("#f1b8a0", RED, 0.6, RED, 135, 1.5, 0.3),
            '"state" = \'exceeds\' and "planned"',
            "Scheme above the line of sight",
        ),
        (
            polygon("#d9705f", RED, 0.5),
            '"state" = \'exceeds\' and not "planned"',
            "Building above the line of sight",
        ),
        (polygon("#dfe3e6", QUIET, 0.3), "ELSE", "Below the line of sight"),
        last="exceed_m",
    )
    metres = "format_number(abs(\"exceed_m\"), 1) || ' m'"
    high = label(f"'+' || {metres}", text(8, RED, bold=True), Qgis.LabelPlacement.OverPoint)
    free = label(f"{said('left', '余')} || ' ' || {metres}", text(7, QUIET), Qgis.LabelPlacement.OverPoint)
    labels(layer, (high, "\"state\" = 'exceeds'", 12000, 0), (free, "\"state\" = 'free'", 4000, 0))
    give_map_tip(layer)


def view_zones(layer: QgsVectorLayer) -> None:
    """Zones by the highest allowed elevation, the higher the darker, with the lower limit."""
    before = None
    rules: list[tuple[QgsSymbol, str, str]] = []
    for most, colour, title in HEIGHTS:
        parts = [f'"allowed_to_m" > {before}' if before is not None else ""]
        parts.append(f'"allowed_to_m" <= {most}' if most is not None else "")
        rules.append((polygon(colour, QUIET, 0.2), " and ".join(part for part in parts if part), title))
        before = most
    _rules(layer, *rules)
    what = "format_number(\"allowed_from_m\", 0) || ' m'"
    labels(layer, (label(what, text(7.5, INK), Qgis.LabelPlacement.OverPoint, least_mm=3), "", 12000, 0))
    give_map_tip(layer)


def view_allowed(layer: QgsRasterLayer) -> None:
    """The allowed elevation, the higher the darker."""
    grids.stretched(layer, (QColor("#eff3f8"), QColor("#9bb8d3"), QColor("#2f5f92")), "m")


def _rules(layer: QgsVectorLayer, *rules: tuple[QgsSymbol, str, str], last: str = "") -> None:
    """Rules in their order; where features lie on each other, those with the greatest value of a field on top."""
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, condition, title in rules:
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title))
    renderer = QgsRuleBasedRenderer(root)
    if last:
        renderer.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause(f'"{last}"', True)]))
        renderer.setOrderByEnabled(True)
    layer.setRenderer(renderer)


def _line(colour: str, width: float) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "capstyle": "round", "joinstyle": "round"}
    )


_AROUND = Qgis.LabelPlacement.AroundPoint
