"""Styles of network risk: lines and points by whether they are open, told apart by width, dash and mark too."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import label, labels, marker, said, text
from twin_plugin.bridge.kernel.map_classes import PAPER, QUIET
from twin_plugin.bridge.kernel.outside_text import html_expression

RED, AMBER, GREY = "#bf1220", "#d98200", "#b9b6ae"
STATES = (("closed", "Closed"), ("caution", "Caution"), ("open", "Open"), (None, "Unknown"))


def network_risk(layer: QgsVectorLayer) -> None:
    """Closed lines thick and red with crosses, caution dashed in amber, open ones thin, unknown ones dotted."""
    symbols = {
        "closed": _crossed(),
        "caution": _line(AMBER, 0.9, "dash"),
        "open": _line(GREY, 0.4, "solid"),
        None: _line(QUIET, 0.4, "dot"),
    }
    _dress(layer, symbols)
    closed = label(_times(), text(7, RED, bold=True), Qgis.LabelPlacement.Curved)
    labels(layer, (closed, "\"passable\" = 'closed'", 8000, 0))


def network_risk_points(layer: QgsVectorLayer) -> None:
    """Closed assets as red crosses, caution as amber triangles, open ones as small circles, unknown ones empty."""
    symbols = {
        "closed": marker("cross_fill", RED, 4.2, PAPER, 0.4),
        "caution": marker("triangle", AMBER, 3.6, PAPER, 0.4),
        "open": marker("circle", GREY, 2.4, "#6d6a63", 0.2),
        None: marker("circle", PAPER, 2.4, QUIET, 0.4),
    }
    _dress(layer, symbols)
    closed = label(_times(), text(7, RED, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1)
    labels(layer, (closed, "\"passable\" = 'closed'", 8000, 0))


def _dress(layer: QgsVectorLayer, symbols: dict[str | None, QgsSymbol]) -> None:
    categories = [QgsRendererCategory(value, symbols[value], title) for value, title in STATES]
    layer.setRenderer(QgsCategorizedSymbolRenderer("passable", categories))
    reason = html_expression('"reason"')
    layer.setMapTipTemplate(f"<div style=\"max-width:320px\">[% coalesce({reason}, '') %]</div>")


def _times() -> str:
    """Depth, and from when to when an asset is closed."""
    closed, end = said("closed", "封闭"), said("the end", "结束")
    clock = "lpad(floor({0} / 60), 2, '0') || ':' || lpad(floor({0} % 60), 2, '0')"
    first, last = clock.format('"closes_min"'), clock.format('"opens_min"')
    span = f"coalesce(' ' || {first} || ' – ' || coalesce({last}, {end}), '')"
    return f"format_number(\"depth_m\", 2) || ' m ' || {closed} || {span}"


def _line(colour: str, width: float, dash: str) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "line_style": dash, "capstyle": "round", "joinstyle": "round"}
    )


def _crossed() -> QgsLineSymbol:
    """A thick red line with white crosses on it."""
    line = _line(RED, 1.4, "solid")
    crosses = QgsMarkerLineSymbolLayer.create({"interval": "8", "rotate": "1"})
    crosses.setPlacements(Qgis.MarkerLinePlacement.Interval)
    crosses.setIntervalUnit(Qgis.RenderUnit.Millimeters)
    # Whole crosses, also in the legend and on short lines: none stands on an end.
    crosses.setOffsetAlongLine(4.0)
    crosses.setOffsetAlongLineUnit(Qgis.RenderUnit.Millimeters)
    crosses.setSubSymbol(marker("cross2", RED, 2.6, RED, 0.6))
    line.appendSymbolLayer(crosses)
    return line
