"""Templates of reasons by key; whoever shows reasons to people may pass the same keys in another language."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """The text itself, marked for the translators."""
    return text


WORDS: Words = {
    "no data": QT_TRANSLATE_NOOP("RiskReasons", "unknown: no water data around the building"),
    "no footprint": QT_TRANSLATE_NOOP("RiskReasons", "unknown: the building has no footprint"),
    "off raster": QT_TRANSLATE_NOOP("RiskReasons", "unknown: not on the water raster"),
    "no water": QT_TRANSLATE_NOOP("RiskReasons", "no water at the building"),
    "little water": QT_TRANSLATE_NOOP(
        "RiskReasons", "no water at the building: at most {depth} m within {reach} m of the walls"
    ),
    "little water at": QT_TRANSLATE_NOOP(
        "RiskReasons", "no water at the building: at most {depth} m in the cells at the walls"
    ),
    "little water by": QT_TRANSLATE_NOOP(
        "RiskReasons", "no water at the building: {depth} m by the cells that count for it"
    ),
    "wet": QT_TRANSLATE_NOOP("RiskReasons", "{sill}, {water}, {apart} above"),
    "first": QT_TRANSLATE_NOOP("RiskReasons", "; first in at {time}"),
    "first by": QT_TRANSLATE_NOOP("RiskReasons", "; first in by the {opening} at {time}"),
    "basement": QT_TRANSLATE_NOOP("RiskReasons", "; basement reached"),
    "dry": QT_TRANSLATE_NOOP("RiskReasons", "dry inside: {sill}, {water}, {apart} below; {outside}"),
    "dry by depth": QT_TRANSLATE_NOOP("RiskReasons", "dry inside: {sill}, {water}, {apart} below"),
    "dry, none": QT_TRANSLATE_NOOP("RiskReasons", "dry inside: {outside}, none at the openings"),
    "dry, none at": QT_TRANSLATE_NOOP("RiskReasons", "dry inside: {outside}, none at the {opening}"),
    "outside, deep": QT_TRANSLATE_NOOP("RiskReasons", "{depth} m deep outside"),
    "outside": QT_TRANSLATE_NOOP("RiskReasons", "water outside"),
    "threshold": QT_TRANSLATE_NOOP("RiskReasons", "threshold {height} m above the ground outside"),
    "floor and threshold": QT_TRANSLATE_NOOP("RiskReasons", "ground floor {floor} m plus threshold {height} m"),
    "sill": QT_TRANSLATE_NOOP("RiskReasons", "{opening}, sill {level} m"),
    "water deep": QT_TRANSLATE_NOOP("RiskReasons", "water {depth} m deep"),
    "water deep at": QT_TRANSLATE_NOOP("RiskReasons", "water {depth} m deep at {time}"),
    "water": QT_TRANSLATE_NOOP("RiskReasons", "water {level} m"),
    "water at": QT_TRANSLATE_NOOP("RiskReasons", "water {level} m at {time}"),
    "water both": QT_TRANSLATE_NOOP("RiskReasons", "water {level} m ({depth} m deep)"),
    "water both at": QT_TRANSLATE_NOOP("RiskReasons", "water {level} m ({depth} m deep) at {time}"),
    "hardly": QT_TRANSLATE_NOOP("RiskReasons", "less than 0.01 m"),
    "ground floor": QT_TRANSLATE_NOOP("RiskReasons", "ground floor"),
    "main door": QT_TRANSLATE_NOOP("RiskReasons", "main door"),
    "door": QT_TRANSLATE_NOOP("RiskReasons", "door"),
    "window": QT_TRANSLATE_NOOP("RiskReasons", "window"),
    "ramp": QT_TRANSLATE_NOOP("RiskReasons", "ramp"),
    "vent": QT_TRANSLATE_NOOP("RiskReasons", "vent"),
    "metro entrance": QT_TRANSLATE_NOOP("RiskReasons", "metro entrance"),
    "opening": QT_TRANSLATE_NOOP("RiskReasons", "opening"),
}
"""Templates and names by key, in English. An opening's own name, which is no key here, stays as it is."""
