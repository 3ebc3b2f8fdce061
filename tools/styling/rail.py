"""Styles of rail: lines by state and kind, stations, catchments, protection zones, conflicts, entrances in a flood."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRequest,
    QgsLineSymbol,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import NAME, hatched, label, labels, marker, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip

THERE, COMING, OPTION = "#3b3f46", "#1f6fb2", "#7b2d8b"
RED, AMBER, GREEN = "#bf1220", "#d98200", "#1b7f4b"
WALK = (("5", "#9e9ac8"), ("10", "#c9c7e0"), ("15", "#e6e5f1"))
"""Catchments from the nearest to the widest: dark to pale violet."""


def rail_lines(layer: QgsVectorLayer) -> None:
    """Lines that are there dark, coming ones blue, options violet; below ground dashed, above it with a pale core."""
    root = QgsRuleBasedRenderer.Rule(None)
    for state, title, colour, width in (
        ("operating", "Operating", THERE, 1.4),
        ("under_construction", "Under construction", COMING, 1.2),
        ("approved", "Approved", COMING, 0.8),
    ):
        root.appendChild(_rule(_line(colour, width), f"\"state\" = '{state}'", title))
    for kind, title, symbol in (
        ("underground", "Option below ground", _line(OPTION, 1.1, "dash")),
        ("at_grade", "Option at grade", _line(OPTION, 1.1)),
        ("elevated", "Option above ground", _cased(OPTION, 1.8, PAPER, 0.8)),
    ):
        root.appendChild(_rule(symbol, f"\"kind\" = '{kind}' and coalesce(\"state\", '') not in {_SHOWN}", title))
    root.appendChild(_rule(_line(QUIET, 0.8, "dot"), "ELSE", "Other"))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    along = label('"option"', text(9, OPTION, bold=True), Qgis.LabelPlacement.Curved)
    there = label('"option"', text(8, THERE, bold=True), Qgis.LabelPlacement.Curved)
    for settings in (along, there):
        lines = settings.lineSettings()
        lines.setMergeLines(True)
        settings.setLineSettings(lines)
    new = "coalesce(\"state\", '') <> 'operating'"
    labels(layer, (along, new, 60000, 0), (there, "\"state\" = 'operating'", 60000, 0))
    give_map_tip(layer)


_SHOWN = "('operating', 'under_construction', 'approved')"


def rail_options(layer: QgsVectorLayer) -> None:
    """A wide pale line for each option, with length, clashes and cost."""
    line = _line("#d9b8e3", 3.2)
    line.setOpacity(0.7)
    layer.setRenderer(QgsSingleSymbolRenderer(line))
    clashes, cost = said("clashes", "处冲突"), said("million CNY", "百万元")
    what = (
        "\"option\" || '\n' || format_number(\"length_km\", 2) || ' km · ' || \"clashes\" || ' ' || "
        f"{clashes} || coalesce('\n' || format_number(\"cost_mcny\", 0) || ' ' || {cost}, '')"
    )
    labels(layer, (label(what, text(8, OPTION, bold=True), Qgis.LabelPlacement.Horizontal), "", 30000, 0))
    give_map_tip(layer)


def rail_stations(layer: QgsVectorLayer) -> None:
    """Stations as rings, dark where they are there and violet where they are planned, with their name."""
    categories = [
        QgsRendererCategory("operating", marker("circle", PAPER, 4.2, THERE, 1.0), "Operating"),
        QgsRendererCategory("planned", marker("circle", PAPER, 3.8, OPTION, 0.9), "Planned"),
        QgsRendererCategory("", marker("circle", PAPER, 3.8, COMING, 0.9), "Other states"),
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("state", categories))
    name = label(NAME, text(8, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1.2)
    labels(layer, (name, "", 20000, 0))
    give_map_tip(layer)


def rail_works(layer: QgsVectorLayer) -> None:
    """Works that dig: brown and hatched, with their depth."""
    layer.setRenderer(QgsSingleSymbolRenderer(hatched("#efe3d0", "#7a5a2b", 0.4, "#7a5a2b", 45, 2.0, 0.25)))
    what = f"{NAME} || coalesce('\n' || format_number(\"excavation_m\", 1) || ' m', '')"
    labels(layer, (label(what, text(7, "#5c431f"), Qgis.LabelPlacement.OverPoint, least_mm=2.5), "", 8000, 0))
    give_map_tip(layer)


def rail_catchments(layer: QgsVectorLayer) -> None:
    """Land by the minutes on foot, the nearest on top; the layer is see-through as a whole, so that none adds up."""
    root = QgsRuleBasedRenderer.Rule(None)
    for (minutes, colour), before in zip(WALK, (None, "5", "10"), strict=True):
        least = "" if before is None else f'"minutes" > {before} and '
        root.appendChild(_rule(polygon(colour, colour, 0.1), f'{least}"minutes" <= {minutes}', f"≤ {minutes} min"))
    root.appendChild(_rule(polygon("#efedf5", "#efedf5", 0.1), "ELSE", "> 15 min"))
    renderer = QgsRuleBasedRenderer(root)
    order = QgsFeatureRequest.OrderByClause('"minutes"', False)
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([order]))
    renderer.setOrderByEnabled(True)
    layer.setRenderer(renderer)
    layer.setOpacity(0.8)
    give_map_tip(layer)


def rail_protection(layer: QgsVectorLayer) -> None:
    """Protection zones: amber, dashed outlines over a trace of their colour."""
    zone = polygon("217,130,0,18", AMBER, 0.4, "dash")
    layer.setRenderer(QgsSingleSymbolRenderer(zone))
    what = f"{said('zone', '保护区')} || ' ' || format_number(\"protection_m\", 0) || ' m'"
    labels(layer, (label(what, text(7, AMBER), Qgis.LabelPlacement.Line, least_mm=20), "", 10000, 0))
    give_map_tip(layer)


def rail_conflicts(layer: QgsVectorLayer) -> None:
    """What structures run into red and hatched, what lies over or under them amber, beside them a grey outline."""
    symbols: tuple[tuple[str, QgsSymbol, str], ...] = (
        ("clash", hatched("#f4b6b6", RED, 0.7, RED, 135, 1.6, 0.35), "Clash"),
        ("unknown", hatched(PAPER, QUIET, 0.4, QUIET, 45, 1.3, 0.2), "Levels unknown"),
        ("over", polygon("#fbe3b5", AMBER, 0.5), "Over the structure"),
        ("under", polygon("#fbe3b5", AMBER, 0.5, "dot"), "Under the structure"),
        ("beside", polygon("255,255,255,0", QUIET, 0.4), "Beside, in the zone"),
    )
    layer.setRenderer(QgsCategorizedSymbolRenderer("relation", [QgsRendererCategory(*row) for row in symbols]))
    gap = "format_number(abs(\"vertical_gap_m\"), 1) || ' m'"
    clash = f"{said('clash', '冲突')} || ' ' || {gap}"
    red = label(clash, text(7.5, RED, bold=True), Qgis.LabelPlacement.OverPoint)
    free = label(f"{said('gap', '净距')} || ' ' || {gap}", text(7, "#8a5300"), Qgis.LabelPlacement.OverPoint)
    labels(layer, (red, "\"relation\" = 'clash'", 15000, 0), (free, "\"relation\" in ('over', 'under')", 5000, 0))
    give_map_tip(layer)


def rail_entrance_levels(layer: QgsVectorLayer) -> None:
    """Entrances below the level of the flood as red triangles with the difference, the others small."""
    categories = [
        QgsRendererCategory("below", marker("triangle", RED, 4.6, PAPER, 0.5), "Below the flood"),
        QgsRendererCategory("above", marker("square", GREEN, 2.8, PAPER, 0.4), "Above the flood"),
        QgsRendererCategory("dry", marker("circle", GREEN, 2.6, PAPER, 0.4), "No water near"),
        QgsRendererCategory("unknown", marker("circle", PAPER, 2.6, QUIET, 0.4), "Unknown"),
    ]
    layer.setRenderer(QgsCategorizedSymbolRenderer("state", categories))
    over = label("'+' || format_number(\"over_sill_m\", 2) || ' m'", text(8, RED, bold=True), _AROUND, distance=1)
    free = label("format_number(\"over_sill_m\", 2) || ' m'", text(7, GREEN), _AROUND, distance=1)
    labels(layer, (over, "\"state\" = 'below'", 15000, 0), (free, "\"state\" = 'above'", 3000, 0))
    give_map_tip(layer)


def rail_entrances(layer: QgsVectorLayer) -> None:
    """Entrances as small dark squares."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("square", THERE, 2.2, PAPER, 0.4)))
    name = label(NAME, text(7, QUIET), _AROUND, distance=1)
    labels(layer, (name, "", 1500, 0))
    give_map_tip(layer)


def _rule(symbol: QgsSymbol, condition: str, title: str) -> QgsRuleBasedRenderer.Rule:
    return QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title)


def _line(colour: str, width: float, dash: str = "solid") -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "line_style": dash, "capstyle": "flat", "joinstyle": "round"}
    )


def _cased(colour: str, width: float, core: str, inner: float) -> QgsLineSymbol:
    """A line with a core of another colour."""
    symbol = _line(colour, width)
    symbol.appendSymbolLayer(_line(core, inner).takeSymbolLayer(0))
    return symbol


_AROUND = Qgis.LabelPlacement.AroundPoint
