"""The classes of the maps as data: limits, colours and labels that styles, legends, charts and reports share."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

FONTS = ("Open Sans", "WenQuanYi Zen Hei", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC")
INK, QUIET, PAPER = "#1f2933", "#66727f", "#ffffff"
LEVEL = ("#e4f1ef", "#5fa8a0", "#0d4a4a")
CLOSED, CAUTION = "#c1121f", "#d98a00"


@dataclass(frozen=True)
class MapClass:
    """One class of a map: values from `lower` (included) to `upper` (not included), and how it is drawn.

    Attributes
    ----------
    lower, upper : float
        In the unit of the map; upper may be infinite. For classes that are numbers both are that number.
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


def _steps(first: float, *rows: tuple[float, str, str]) -> tuple[MapClass, ...]:
    """Classes that follow each other, each given by its upper limit."""
    result, lower = [], first
    for upper, colour, label in rows:
        result.append(MapClass(lower, upper, colour, label))
        lower = upper
    return tuple(result)


def _numbers(*rows: tuple[int, str, str]) -> tuple[MapClass, ...]:
    return tuple(MapClass(number, number, colour, label) for number, colour, label in rows)


_ENDLESS = float("inf")

# Limits of depth: 0.15 m closes a lane, 0.30 m a road, 0.50 m endangers people.
CLASSES: dict[str, tuple[MapClass, ...]] = {
    "flood_depth": _steps(
        0.05,
        (0.15, "#cfe3f5", QT_TRANSLATE_NOOP("MapClasses", "0.05 – 0.15 m")),
        (0.30, "#9cc7e8", QT_TRANSLATE_NOOP("MapClasses", "0.15 – 0.30 m, a lane is closed")),
        (0.50, "#5ba3d6", QT_TRANSLATE_NOOP("MapClasses", "0.30 – 0.50 m, a road is closed")),
        (1.00, "#2b7bba", QT_TRANSLATE_NOOP("MapClasses", "0.50 – 1.00 m, people in danger")),
        (2.00, "#115292", QT_TRANSLATE_NOOP("MapClasses", "1.00 – 2.00 m")),
        (_ENDLESS, "#08264f", QT_TRANSLATE_NOOP("MapClasses", "2.00 m and more")),
    ),
    "flood_velocity": _steps(
        0.1,
        (0.25, "#dcefd8", QT_TRANSLATE_NOOP("MapClasses", "0.10 – 0.25 m/s")),
        (0.5, "#a9d8a3", QT_TRANSLATE_NOOP("MapClasses", "0.25 – 0.50 m/s")),
        (1.0, "#66b86c", QT_TRANSLATE_NOOP("MapClasses", "0.50 – 1.00 m/s")),
        (2.0, "#2c8c49", QT_TRANSLATE_NOOP("MapClasses", "1.00 – 2.00 m/s")),
        (_ENDLESS, "#0b4a22", QT_TRANSLATE_NOOP("MapClasses", "2.00 m/s and more")),
    ),
    "flood_hazard": _numbers(
        (1, "#fff1a8", QT_TRANSLATE_NOOP("MapClasses", "H1, safe for most")),
        (2, "#fdc75b", QT_TRANSLATE_NOOP("MapClasses", "H2, unsafe for small cars")),
        (3, "#f58a33", QT_TRANSLATE_NOOP("MapClasses", "H3, unsafe for children and cars")),
        (4, "#d9381e", QT_TRANSLATE_NOOP("MapClasses", "H4, unsafe for all people")),
        (5, "#941116", QT_TRANSLATE_NOOP("MapClasses", "H5, buildings can be damaged")),
        (6, "#3f1163", QT_TRANSLATE_NOOP("MapClasses", "H6, buildings can fail")),
    ),
    "flood_arrival": _steps(
        0.0,
        (10.0, "#36004f", "00:00 – 00:10"),
        (20.0, "#5c0d71", "00:10 – 00:20"),
        (30.0, "#9a2390", "00:20 – 00:30"),
        (45.0, "#bd3a93", "00:30 – 00:45"),
        (60.0, "#e0649f", "00:45 – 01:00"),
        (90.0, "#f094b0", "01:00 – 01:30"),
        (120.0, "#f8bdbd", "01:30 – 02:00"),
        (_ENDLESS, "#fdeae2", QT_TRANSLATE_NOOP("MapClasses", "02:00 and later")),
    ),
    "flood_duration": _steps(
        1.0,
        (15.0, "#fbe6c5", "00:01 – 00:15"),
        (30.0, "#f2bd7c", "00:15 – 00:30"),
        (60.0, "#d98c44", "00:30 – 01:00"),
        (120.0, "#a85b1f", "01:00 – 02:00"),
        (_ENDLESS, "#5c2c0c", QT_TRANSLATE_NOOP("MapClasses", "02:00 and longer")),
    ),
    "building_risk": _numbers(
        (0, "#c3c9cf", QT_TRANSLATE_NOOP("MapClasses", "0, no water at the building")),
        (1, "#ffe16b", QT_TRANSLATE_NOOP("MapClasses", "1, water around, none inside")),
        (2, "#ee8a2b", QT_TRANSLATE_NOOP("MapClasses", "2, inside, less than 0.15 m")),
        (3, "#d02a22", QT_TRANSLATE_NOOP("MapClasses", "3, inside, less than 0.5 m, or basement")),
        (4, "#74091a", QT_TRANSLATE_NOOP("MapClasses", "4, inside, 0.5 m and more")),
    ),
}
UNKNOWN = MapClass(
    float("nan"), float("nan"), "#8a94a0", QT_TRANSLATE_NOOP("MapClasses", "unknown, no water level here")
)
WATER_FROM = 2
"""The lowest risk class that means water inside."""


def clock(minutes: float) -> str:
    """Minutes as '01:35'; '' for None and NaN."""
    if minutes is None or minutes != minutes:
        return ""
    whole = int(minutes + 0.5)
    return f"{whole // 60:02d}:{whole % 60:02d}"
