"""The legend of a plan's maps: what is on the map of a level, with the colours that it has there."""

from __future__ import annotations

from qgis.core import QgsRenderContext, QgsRuleBasedRenderer, QgsSymbol, QgsVectorLayer
from qgis.PyQt.QtGui import QColor

from ...core.common.messages import Message
from ..kernel.map_classes import classes, see_through
from ..kernel.page_legend import LegendLine
from ..kernel.page_words import PageWords
from .plan_maps import PlanMaps

ROUTE, SHELTER, BLOCK, UNPLACED, MEASURE = "#00806a", "#00806a", "#4b5563", "#8e24aa", "#0f4c75"
"""Colours of the styles in tools/styling/contingency.py, which draws them from here."""


def legend(maps: PlanMaps, level: int, words: PageWords) -> list[LegendLine]:
    """The lines of the legend of a level."""
    found: list[LegendLine] = []
    for name, number, text in (
        ("closures", 0, Message("road that closes, with the time")),
        ("routes", 0, Message("way to a shelter")),
        ("shelters", 0, Message("shelter, with people and places")),
        ("shelters", 1, Message("shelter that cannot be used")),
        ("blocks", 1, Message("people who leave")),
        ("blocks", 0, Message("people without a place, how many")),
        ("measures", 0, Message("pump")),
        ("measures", 1, Message("barrier")),
    ):
        layer = maps.layer(level, name)
        if layer is not None and (symbol := _symbol(layer, number)) is not None:
            found.append(LegendLine(words.say(text), symbol))
    if found:
        found.insert(0, LegendLine(words.say(Message("Plan"))))
    if maps.layer(level, "depth") is not None:
        found.append(LegendLine(words.say(Message("Greatest depth"))))
        found += [LegendLine(words.map_class(item), colour=see_through(item.colour)) for item in classes("flood_depth")]
    if maps.layer(level, "buildings") is not None or maps.layer(level, "hits") is not None:
        found.append(LegendLine(words.say(Message("Buildings by risk class"))))
        found += [
            LegendLine(words.map_class(item), colour=QColor(item.colour)) for item in reversed(classes("building_risk"))
        ]
    return found


def _symbol(layer: QgsVectorLayer, number: int) -> QgsSymbol | None:
    """The symbol of a class of a layer that some of its features have; None where none has."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsRuleBasedRenderer):
        return renderer.symbol() if layer.featureCount() else None
    context, rules = QgsRenderContext(), renderer.rootRule().children()
    renderer.startRender(context, layer.fields())
    try:
        for feature in layer.getFeatures():
            context.expressionContext().setFeature(feature)
            if any(
                rule.ruleKey() == rules[number].ruleKey()
                for rule in renderer.rootRule().rulesForFeature(feature, context)
            ):
                return rules[number].symbol()
    finally:
        renderer.stopRender(context)
    return None
