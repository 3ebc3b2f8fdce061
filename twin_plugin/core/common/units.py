"""Units as rasters name them, and what brings their values to the units that the plugin works in."""

from __future__ import annotations

import re

FOOT_M = 0.3048
US_FOOT_M = 1200.0 / 3937.0

_NAMES = {
    "m": {
        1.0: "m meter meters metre metres m. mtr 米",
        0.1: "dm decimeter decimetre decimeters decimetres 分米",
        0.01: "cm centimeter centimetre centimeters centimetres 厘米",
        0.001: "mm millimeter millimetre millimeters millimetres 毫米",
        1000.0: "km kilometer kilometre kilometers kilometres 千米 公里",
        FOOT_M: "ft foot feet ' ft. international_foot",
        US_FOOT_M: "us_survey_foot us_survey_feet ftus us-ft usft us_ft survey_foot survey_feet foot_us",
        0.0254: "in inch inches",
        3 * FOOT_M: "yd yard yards",
    },
    "min": {
        1.0: "min minute minutes 分钟",
        1.0 / 60.0: "s sec second seconds 秒",
        60.0: "h hr hour hours 小时",
        1440.0: "d day days 天",
    },
    "m/s": {
        1.0: "m/s ms-1 m_s-1 m_s^-1 m·s-1 mps meters/second metres/second",
        0.01: "cm/s",
        FOOT_M: "ft/s fps ft_s-1",
        1.0 / 3.6: "km/h kmh kph",
    },
}
_FACTORS = {wanted: {n: f for f, names in rows.items() for n in names.split()} for wanted, rows in _NAMES.items()}
_BESIDES = re.compile(r"[\[\](),;:]| above| over| a\.?s\.?l| navd| msl|\+")
"""What follows a unit and is none: a datum."""


def factor(unit: str, wanted: str) -> float | None:
    """What values in a unit are multiplied by to be in the wanted one ("m", "min" or "m/s"); None where it is unknown.

    A name may have its datum behind it ("ft (NAVD88)", "m a.s.l."). Without a name the values are in the wanted unit.
    """
    return _FACTORS[wanted].get(_plain(unit)) if unit.strip() else 1.0


def measures_other(unit: str, wanted: str) -> bool:
    """Whether a unit is known, and of something else than the wanted one: a speed instead of a length."""
    name = _plain(unit)
    return name not in _FACTORS[wanted] and any(name in factors for factors in _FACTORS.values())


def _plain(unit: str) -> str:
    text = unit.strip().lower().strip("[]()")
    return "_".join(_BESIDES.split(text)[0].split())
