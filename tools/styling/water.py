"""Styles of what a water department watches: gauges, levels, pumps, gates, waterlogging points, crews, a warning."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import label, labels, marker, polygon, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import give_map_tip

BLUE, RED, AMBER, GREEN, GREY = "#1f6fb5", "#bf1220", "#d98200", "#1b7f4b", "#b9b6ae"
WARNINGS = (
    ("blue", "#2f6fd0", "Blue warning"),
    ("yellow", "#e0b400", "Yellow warning"),
    ("orange", "#e0761c", "Orange warning"),
    ("red", RED, "Red warning"),
)


def warning_in_force(layer: QgsVectorLayer) -> None:
    """The outline of the warned area in the colour of its level."""
    symbols = [(level, _warned(colour), title) for level, colour, title in WARNINGS]
    _categories(layer, "level", symbols, _warned(QUIET))


def _warned(colour: str) -> QgsSymbol:
    return polygon("#00ffffff", colour, 1.4)


def rain_now(layer: QgsVectorLayer) -> None:
    """Gauges with the rain of the last hour, by the signal that it reaches."""
    symbols = [
        ("none", marker("circle", BLUE, 3.0, PAPER, 0.4), "Below 50 mm in 60 min"),
        ("orange", marker("triangle", AMBER, 4.2, PAPER, 0.4), "50 mm in 60 min and more"),
        ("red", marker("triangle", RED, 4.8, PAPER, 0.4), "100 mm in 60 min and more"),
    ]
    _categories(layer, "signal", symbols, marker("circle", QUIET, 3.0, PAPER, 0.4))
    what = "format_number(\"rain_60_min_mm\", 1) || ' mm'"
    labels(layer, (label(what, text(8, BLUE, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1), "", 50000, 0))


def water_levels(layer: QgsVectorLayer) -> None:
    """Level sensors: red squares over their limit, blue drops below it."""
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, condition, title in (
        (marker("square", RED, 4.0, PAPER, 0.4), '"over_limit"', "Over the limit"),
        (marker("circle", BLUE, 3.0, PAPER, 0.4), 'not "over_limit"', "Below the limit"),
        (marker("circle", PAPER, 3.0, QUIET, 0.4), "ELSE", "Unknown"),
    ):
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, title))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    give_map_tip(layer)
    what = "format_number(\"depth_m\", 2) || ' m'"
    over = label(what, text(8, RED, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    below = label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (over, '"over_limit"', 50000, 0), (below, 'not "over_limit"', 12000, 0))


def pumps(layer: QgsVectorLayer) -> None:
    """Pumps that run, stand by, or are out of order."""
    symbols = [
        ("running", marker("filled_arrowhead", GREEN, 4.2, PAPER, 0.4), "Running"),
        ("standby", marker("square", GREY, 3.6, INK, 0.3), "Standing by"),
        ("out_of_order", marker("cross_fill", RED, 4.2, PAPER, 0.4), "Out of order"),
    ]
    _categories(layer, "state", symbols, marker("square", PAPER, 3.6, QUIET, 0.4))
    what = f'format_number("flow_m3s", 1) || {said(" of ", " / ")} || format_number("capacity_m3s", 1) || \' m³/s\''
    labels(layer, (label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1), "", 15000, 0))


def gates(layer: QgsVectorLayer) -> None:
    """Gates that are open, moving or closed."""
    symbols = [
        ("open", marker("half_square", GREEN, 3.6, PAPER, 0.3), "Open"),
        ("moving", marker("half_square", AMBER, 3.6, PAPER, 0.3), "Moving"),
        ("closed", marker("square", RED, 3.6, PAPER, 0.3), "Closed"),
    ]
    _categories(layer, "state", symbols, marker("square", PAPER, 3.6, QUIET, 0.4))
    what = "format_number(\"open_pct\", 0) || ' %'"
    labels(layer, (label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1), "", 8000, 0))


def known_waterlogging(layer: QgsVectorLayer) -> None:
    """Known waterlogging points with the depth that is usual there."""
    layer.setRenderer(QgsSingleSymbolRenderer(marker("pentagon", "#6a8fb5", 3.8, PAPER, 0.4)))
    give_map_tip(layer)
    what = "format_number(\"usual_depth_m\", 1) || ' m'"
    labels(layer, (label(what, text(7, "#3f6690"), Qgis.LabelPlacement.AroundPoint, distance=1), "", 15000, 0))


def drainage_districts(layer: QgsVectorLayer) -> None:
    """Outlines of the drainage districts with their number."""
    layer.setRenderer(QgsSingleSymbolRenderer(polygon("#00ffffff", "#4f7f8f", 0.5, "dash")))
    give_map_tip(layer)
    name = label('"district_id"', text(8, "#4f7f8f", bold=True), Qgis.LabelPlacement.OverPoint)
    labels(layer, (name, "", 40000, 0))


def crews(layer: QgsVectorLayer) -> None:
    """Crews that are deployed or stand by."""
    symbols = [
        ("deployed", marker("star", AMBER, 4.6, PAPER, 0.4), "Deployed"),
        ("standing_by", marker("star", GREY, 4.2, INK, 0.3), "Standing by"),
    ]
    _categories(layer, "state", symbols, marker("star", PAPER, 4.2, QUIET, 0.4))
    what = f'"people" || {said(" persons", " 人")}'
    labels(layer, (label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1), "", 12000, 0))


def _categories(layer: QgsVectorLayer, field: str, symbols: list[tuple[str, QgsSymbol, str]], other: QgsSymbol) -> None:
    categories = [QgsRendererCategory(value, symbol, title) for value, symbol, title in symbols]
    categories.append(QgsRendererCategory("", other, "Other"))
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))
    give_map_tip(layer)
