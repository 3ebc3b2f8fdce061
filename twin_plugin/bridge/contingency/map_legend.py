"""The legend of a plan's maps: what is on the map of a level, with the colours that it has there."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtGui import QColor

from ...core.common.messages import Message
from ..kernel.map_classes import CLOSED, classes, see_through
from .page_words import PageWords
from .plan_maps import PlanMaps

ROUTE, SHELTER, BLOCK, UNPLACED, MEASURE = "#0b6e4f", "#1b7f4b", "#4b5563", "#8e24aa", "#0f4c75"
"""Colours of the styles in tools/styling/contingency.py, which draws them from here."""


@dataclass(frozen=True)
class LegendLine:
    """A line of a legend: a patch of a colour and shape (area, line, dot), and its text; a title has no shape."""

    text: str
    colour: QColor | None = None
    shape: str = ""


def legend(maps: PlanMaps, level: int, words: PageWords) -> list[LegendLine]:
    """The lines of the legend of a level."""
    found: list[LegendLine] = []
    for name, colour, shape, text in (
        ("closures", CLOSED, "line", Message("road that closes, with the time")),
        ("routes", ROUTE, "line", Message("way to a shelter")),
        ("shelters", SHELTER, "dot", Message("shelter, with people and places")),
        ("blocks", BLOCK, "dot", Message("people who leave")),
        ("blocks", UNPLACED, "dot", Message("people without a place")),
        ("measures", MEASURE, "dot", Message("pump, barrier or other measure")),
    ):
        layer = maps.layer(level, name)
        if layer is not None and layer.featureCount():
            found.append(LegendLine(words.say(text), QColor(colour), shape))
    if found:
        found.insert(0, LegendLine(words.say(Message("Plan"))))
    if maps.layer(level, "depth") is not None:
        found.append(LegendLine(words.say(Message("Greatest depth"))))
        found += [
            LegendLine(words.map_class(item), see_through(item.colour), "area") for item in classes("flood_depth")
        ]
    if maps.layer(level, "buildings") is not None or maps.layer(level, "hits") is not None:
        found.append(LegendLine(words.say(Message("Buildings by risk class"))))
        found += [
            LegendLine(words.map_class(item), QColor(item.colour), "area")
            for item in reversed(classes("building_risk"))
        ]
    return found
