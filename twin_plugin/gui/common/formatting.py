"""Numbers and choices in words, short and in the user's language."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QCoreApplication, QLocale

from ...bridge.kernel import map_classes
from ...core.common.clock import clock

__all__ = ["about", "clock", "count", "duration", "number", "risk_class"]


def duration(seconds: float) -> str:
    """A time span to two units at most: '40 s', '2 min 5 s', '3 h 20 min'."""
    if not math.isfinite(seconds):
        return QCoreApplication.translate("Words", "unknown")
    whole = max(0, round(seconds))
    if whole < 1:
        return QCoreApplication.translate("Words", "less than 1 s")
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    translate = QCoreApplication.translate
    if hours:
        text = translate("Words", "{h} h {m} min") if minutes else translate("Words", "{h} h")
    elif minutes:
        text = translate("Words", "{m} min {s} s") if rest else translate("Words", "{m} min")
    else:
        text = translate("Words", "{s} s")
    return text.format(h=hours, m=minutes, s=rest)


def about(seconds: float) -> str:
    """A time span as roughly as it can be foretold: '5 s', '40 s', '7 min'."""
    if not math.isfinite(seconds) or seconds >= 60.0:
        return duration(60.0 * math.ceil(seconds / 60.0) if math.isfinite(seconds) else seconds)
    return duration(5.0 * math.ceil(seconds / 5.0) if seconds > 2.0 else 2.0)


def count(value: float) -> str:
    """A count in at most three figures and a unit: '830', '12 k', '1.2 M'."""
    for limit, text in ((1e6, "{n} M"), (1e4, "{n} k")):
        if value >= limit:
            share = value / (1e6 if limit == 1e6 else 1e3)
            return text.format(n=number(share, 0 if share >= 10 else 1))
    return number(value, 0)


def number(value: float | None, decimals: int = 1) -> str:
    """A number with the user's separators; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    return QLocale().toString(float(value), "f", decimals)


def risk_class(value: int | None) -> str:
    """The name of a class of building risk; anything but 0 to 4 is unknown."""
    return map_classes.risk_class(value).text
