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
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, QUIET, states
from twin_plugin.bridge.kernel.outside_text import give_map_tip

BLUE, RED = "#1f6fb5", "#bf1220"
SHAPES = {
    "rain_now": (("none", "circle", 3.0), ("orange", "triangle", 4.2), ("red", "triangle", 4.8)),
    "pumps": (("running", "filled_arrowhead", 4.2), ("standby", "square", 3.6), ("out_of_order", "cross_fill", 4.2)),
    "gates": (("open", "half_square", 3.6), ("moving", "half_square", 3.6), ("closed", "square", 3.6)),
    "crews": (("deployed", "star", 4.6), ("standing_by", "star", 4.2)),
}
"""Value, shape and size of each state of a map, in the order of its rows in the table of classes."""


def warning_in_force(layer: QgsVectorLayer) -> None:
    """The outline of the warned area in the colour of its level."""
    levels = ("blue", "yellow", "orange", "red")
    symbols = [
        (level, _warned(item.colour), item.label)
        for level, item in zip(levels, states("warning_in_force"), strict=True)
    ]
    _categories(layer, "level", symbols, _warned(QUIET))


def _warned(colour: str) -> QgsSymbol:
    return polygon("#00ffffff", colour, 1.4)


def rain_now(layer: QgsVectorLayer) -> None:
    """Gauges with the rain of the last hour, by the signal that it reaches."""
    _points(layer, "rain_now", "signal")
    what = "format_number(\"rain_60_min_mm\", 1) || ' mm'"
    labels(layer, (label(what, text(8, BLUE, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1), "", 50000, 0))


def water_levels(layer: QgsVectorLayer) -> None:
    """Level sensors: red squares over their limit, blue circles below it."""
    over, below, unknown = states("water_levels")
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, condition, item in (
        (marker("square", over.colour, 4.0, PAPER, 0.4), '"over_limit"', over),
        (marker("circle", below.colour, 3.0, PAPER, 0.4), 'not "over_limit"', below),
        (marker("circle", PAPER, 3.0, unknown.colour, 0.4), "ELSE", unknown),
    ):
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, condition, item.label))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    give_map_tip(layer)
    what = "format_number(\"depth_m\", 2) || ' m'"
    high = label(what, text(8, RED, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    low = label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (high, '"over_limit"', 50000, 0), (low, 'not "over_limit"', 12000, 0))


def pumps(layer: QgsVectorLayer) -> None:
    """Pumps that run, stand by, or are out of order."""
    _points(layer, "pumps", "state")
    what = f'format_number("flow_m3s", 1) || {said(" of ", " / ")} || format_number("capacity_m3s", 1) || \' m³/s\''
    labels(layer, (label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1), "", 15000, 0))


def gates(layer: QgsVectorLayer) -> None:
    """Gates that are open, moving or closed."""
    _points(layer, "gates", "state")
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
    _points(layer, "crews", "state")
    what = f'"people" || {said(" persons", " 人")}'
    labels(layer, (label(what, text(7, INK), Qgis.LabelPlacement.AroundPoint, distance=1), "", 12000, 0))


def _points(layer: QgsVectorLayer, name: str, field: str) -> None:
    """A mark for each state of a map."""
    symbols = [
        (value, marker(shape, item.colour, size, PAPER, 0.4), item.label)
        for (value, shape, size), item in zip(SHAPES[name], states(name), strict=True)
    ]
    _categories(layer, field, symbols, marker("circle", PAPER, 3.0, QUIET, 0.4))


def _categories(layer: QgsVectorLayer, field: str, symbols: list[tuple[str, QgsSymbol, str]], other: QgsSymbol) -> None:
    categories = [QgsRendererCategory(value, symbol, title) for value, symbol, title in symbols]
    categories.append(QgsRendererCategory("", other, "Other"))
    layer.setRenderer(QgsCategorizedSymbolRenderer(field, categories))
    give_map_tip(layer)
