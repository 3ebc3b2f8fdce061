"""Units of rain as gauges and rasters name them: depths of a step, or intensities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...common.errors import InputError


@dataclass(frozen=True)
class RainUnit:
    """A unit of rain.

    Attributes
    ----------
    name : str
        As the plugin writes it.
    mm : float
        A value of 1 in millimetres, of each step or of each `per_s`.
    per_s : float or None
        The time that an intensity refers to, in seconds; None for the depth of a step.
    """

    name: str
    mm: float
    per_s: float | None = None

    def depth_factor(self, step_s: float) -> float:
        """What a value is multiplied by to be the depth in mm of a step."""
        return self.mm if self.per_s is None else self.mm * step_s / self.per_s


UNITS = (
    RainUnit("mm", 1.0),
    RainUnit("mm/h", 1.0, 3600.0),
    RainUnit("mm/min", 1.0, 60.0),
    RainUnit("mm/day", 1.0, 86400.0),
    RainUnit("mm/s", 1.0, 1.0),
    RainUnit("m", 1000.0),
    RainUnit("m/s", 1000.0, 1.0),
    RainUnit("kg m-2", 1.0),
    RainUnit("kg m-2 s-1", 1.0, 1.0),
    RainUnit("cm", 10.0),
    RainUnit("in", 25.4),
    RainUnit("in/h", 25.4, 3600.0),
)
"""A kilogram of water on a square metre is a millimetre."""

_WORDS = {
    "millimeter": "mm", "millimetre": "mm", "millimeters": "mm", "millimetres": "mm", "毫米": "mm",
    "meter": "m", "metre": "m", "meters": "m", "metres": "m", "米": "m", "inch": "in", "inches": "in",
    "hour": "h", "hours": "h", "hr": "h", "小时": "h", "时": "h", "minute": "min", "minutes": "min", "分钟": "min",
    "second": "s", "seconds": "s", "sec": "s", "秒": "s", "d": "day", "days": "day", "天": "day",
}  # fmt: skip
_BY_PARTS = {
    "mm": "mm", "mm/h": "mm/h", "mm/min": "mm/min", "mm/day": "mm/day", "mm/s": "mm/s", "m": "m", "m/s": "m/s",
    "kg/m2": "kg m-2", "kg/m2/s": "kg m-2 s-1", "cm": "cm", "in": "in", "in/h": "in/h",
}  # fmt: skip


def find_unit(text: str) -> RainUnit | None:
    """The unit that a text names, in the spellings of UDUNITS, GRIB and people; None where it is none of rain.

    Understands mm/h, mm hr-1, mm h**-1, kg/(m^2 s), kg m-2, millimetre, 毫米/小时 and the like.
    """
    plain = text.strip().lower().strip("[]").replace("·", " ").replace("*", "^").replace("^^", "^").replace("per ", "/")
    upper, _, lower = plain.partition("/")
    if "(" in lower:
        lower = lower.strip("() ").replace(" ", "/")
    parts, below = upper.split(), [part.strip() for part in lower.split("/") if part.strip()]
    above = []
    for part in parts:
        exponent = re.fullmatch(r"([^\d^-]+)\^?-(\d)", part)
        if exponent is None:
            above.append(part)
        else:
            below.append(exponent[1] + (exponent[2] if exponent[2] != "1" else ""))
    words = [_WORDS.get(part.replace("^", ""), part.replace("^", "")) for part in (" ".join(above), *below)]
    name = _BY_PARTS.get("/".join(words))
    return next((unit for unit in UNITS if unit.name == name), None)


def require_unit(text: str, source: str) -> RainUnit:
    """The unit that a text names.

    Raises
    ------
    InputError
        Where it is none of rain, with those that are known.
    """
    unit = find_unit(text)
    if unit is None:
        raise InputError(
            "The unit '{unit}' of {source} is none of rain that is known: {known}.",
            unit=text,
            source=source,
            known=", ".join(unit.name for unit in UNITS),
        )
    return unit
