"""The classes of the maps, from a table: limits, colours and labels that styles, legends, charts and reports share."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ...core.common.csv_table import read_rows
from . import resources

FONTS = ("Open Sans", "WenQuanYi Zen Hei", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")
INK, QUIET, PAPER = "#1f2933", "#66727f", "#ffffff"
LEVEL = ("#e4f1ef", "#5fa8a0", "#0d4a4a")
CLOSED, CAUTION = "#c1121f", "#d98a00"
WATER_BODY = "#c3cdcf"
SEE_THROUGH = 0.8
"""Opacity of water on a map, so that streets show."""
WATER_FROM = 2
"""The lowest risk class that means water inside."""


@dataclass(frozen=True)
class MapClass:
    """One class of a map: values from `lower` (included) to `upper` (not included), and how it is drawn.

    Attributes
    ----------
    lower, upper : float
        In the unit of the map; upper may be infinite. For classes that are numbers both are that number; lower is
        NaN for what has no class.
    colour : str
        '#rrggbb'.
    label : str
        For the legend, with the unit, in English; `text` gives it in the user's language.
    """

    lower: float
    upper: float
    colour: str
    label: str

    @property
    def text(self) -> str:
        """The label in the user's language."""
        return QCoreApplication.translate("MapClasses", self.label)


@functools.cache
def _read() -> dict[str, tuple[MapClass, ...]]:
    """The rows of resources/tables/map_classes.csv by the name of their map's style, in their order."""
    result: dict[str, tuple[MapClass, ...]] = {}
    for row in read_rows(resources.table("map_classes")):
        lower, upper = float(row["lower"] or math.nan), float(row["upper"] or math.inf)
        result[row["map"]] = (*result.get(row["map"], ()), MapClass(lower, upper, row["colour"], row["label"]))
    return result


def see_through(colour: str) -> QColor:
    """A colour of water with its opacity: in the colour itself, so that legends show it too."""
    result = QColor(colour)
    result.setAlphaF(SEE_THROUGH)
    return result


def maps() -> tuple[str, ...]:
    """The names of the maps (and of their styles) that have classes."""
    return tuple(_read())


def classes(name: str) -> tuple[MapClass, ...]:
    """The classes of a map, the lowest first; none for a map without classes."""
    return tuple(item for item in _read().get(name, ()) if not math.isnan(item.lower))


def states(name: str) -> tuple[MapClass, ...]:
    """What a map shows of things without a number, such as an open cable, in the order of the table."""
    return tuple(item for item in _read().get(name, ()) if math.isnan(item.lower))


def risk_class(number: float | None) -> MapClass:
    """The class of buildings with a number; for None and for a number without class, the one of unknown buildings."""
    rows = _read()["building_risk"]
    return next((item for item in rows if item.lower == number), next(item for item in rows if math.isnan(item.lower)))
