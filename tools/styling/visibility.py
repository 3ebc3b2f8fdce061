"""Styles of visibility: observers, and lines from them to landmarks by what they see and what a scheme changes."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from tools.styling.features import NAME, label, labels, marker, said, text
from twin_plugin.bridge.kernel.map_classes import INK, PAPER, states
from twin_plugin.bridge.kernel.outside_text import give_map_tip


def visibility_observers(layer: QgsVectorLayer) -> None:
    """Eyes as rings, red where the view of a landmark is lost, with their name."""
    loser, other = states("visibility_observers")
    root = QgsRuleBasedRenderer.Rule(None)
    lost = marker("diamond", loser.colour, 4.4, PAPER, 0.5)
    root.appendChild(_rule(lost, '"landmarks_lost" > 0', loser.label))
    root.appendChild(_rule(marker("circle", PAPER, 3.2, other.colour, 0.8), "ELSE", other.label))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    name = label(NAME, text(8, INK, bold=True), Qgis.LabelPlacement.AroundPoint, distance=1.2)
    labels(layer, (name, '"along_m" is null', 20000, 0))
    give_map_tip(layer)


def visibility_landmarks(layer: QgsVectorLayer) -> None:
    """Lost views thick and red with a cross, smaller ones dashed in amber, greater ones blue, others dark or dotted."""
    lost, less, more, seen, hidden = states("visibility_landmarks")
    gain = "\"change\" in ('more', 'gained') or (\"change\" = 'new' and \"visible_m2\" > 0)"
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, rule, item in (
        (_crossed(lost.colour), "\"change\" in ('lost', 'gone') and \"before_m2\" > 0", lost),
        (_line(less.colour, 0.9, "dash"), "\"change\" = 'less'", less),
        (_line(more.colour, 0.9, "solid"), gain, more),
        (_line(seen.colour, 0.5, "solid"), "\"visible_m2\" > 0 and coalesce(\"change\", 'same') = 'same'", seen),
        (_line(hidden.colour, 0.3, "dot"), "ELSE", hidden),
    ):
        root.appendChild(_rule(symbol, rule, item.label))
    layer.setRenderer(QgsRuleBasedRenderer(root))
    before = said("before", "原来")
    share = (
        "format_number(100 * \"share\", 0) || ' %' || "
        f"if(\"change\" in ('lost', 'less', 'more', 'gained'), ' (' || {before} || ' ' || "
        "format_number(100 * \"before_share\", 0) || ' %)', '')"
    )
    along = label(share, text(7, INK, bold=True), Qgis.LabelPlacement.Curved)
    labels(layer, (along, '"share" > 0 or "before_share" > 0', 8000, 0))
    give_map_tip(layer)


def _rule(symbol: QgsSymbol, expression: str, title: str) -> QgsRuleBasedRenderer.Rule:
    return QgsRuleBasedRenderer.Rule(symbol, 0, 0, expression, title)


def _line(colour: str, width: float, dash: str) -> QgsLineSymbol:
    return QgsLineSymbol.createSimple(
        {"line_color": colour, "line_width": str(width), "line_style": dash, "capstyle": "round", "joinstyle": "round"}
    )


def _crossed(colour: str) -> QgsLineSymbol:
    """A line with a cross in its middle."""
    symbol = _line(colour, 1.2, "solid")
    crosses = QgsMarkerLineSymbolLayer()
    crosses.setPlacements(Qgis.MarkerLinePlacement.CentralPoint)
    crosses.setSubSymbol(marker("cross_fill", colour, 3.4, PAPER, 0.4))
    symbol.appendSymbolLayer(crosses)
    return symbol
