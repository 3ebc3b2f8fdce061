"""Values of properties in SI units: how many of them one unit of a model is, and how the unit is written in a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .elements import by_types
from .entities import Entity, parts, value

_SI = {
    "METRE": "m",
    "SQUARE_METRE": "m2",
    "CUBIC_METRE": "m3",
    "GRAM": "kg",
    "SECOND": "s",
    "RADIAN": "rad",
    "AMPERE": "a",
    "KELVIN": "k",
    "DEGREE_CELSIUS": "degc",
    "LUMEN": "lm",
    "LUX": "lx",
    "NEWTON": "n",
    "PASCAL": "pa",
    "JOULE": "j",
    "WATT": "w",
    "VOLT": "v",
    "HERTZ": "hz",
}
_POWERS = {"SQUARE_METRE": 2, "CUBIC_METRE": 3}
_BASE = {"GRAM": 1e-3}
"""The unit of mass of SI is the kilogram."""

_DERIVED = {
    "THERMALTRANSMITTANCEUNIT": "w_m2k",
    "THERMALCONDUCTANCEUNIT": "w_mk",
    "VOLUMETRICFLOWRATEUNIT": "m3_s",
    "MASSDENSITYUNIT": "kg_m3",
    "LINEARVELOCITYUNIT": "m_s",
    "HEATFLUXDENSITYUNIT": "w_m2",
    "PLANARFORCEUNIT": "n_m2",
    "AREADENSITYUNIT": "kg_m2",
}
_ASSUMED = {
    "LENGTHUNIT": "m",
    "AREAUNIT": "m2",
    "VOLUMEUNIT": "m3",
    "PLANEANGLEUNIT": "rad",
    "MASSUNIT": "kg",
    "TIMEUNIT": "s",
    **_DERIVED,
}
"""What a model is taken to mean that names no unit of a kind."""

DEEPEST = 8


@dataclass(frozen=True)
class SiUnit:
    """How many SI units one unit of a model is, and the symbol of the SI unit as names of columns have it."""

    factor: float = 1.0
    symbol: str = ""


PLAIN = SiUnit()


class ModelUnits:
    """The units of a model's values, each looked up once."""

    def __init__(self, model: Any) -> None:
        project = next(iter(by_types(model, ("IfcProject",))), None)
        assigned = value(project, "UnitsInContext") if project is not None else None
        self._units = {str(value(unit, "UnitType")): unit for unit in reversed(parts(assigned, "Units"))}
        self._known: dict[str, SiUnit] = {}

    def of_measure(self, measure: str) -> SiUnit:
        """The unit of a measure such as IfcPositiveLengthMeasure; `PLAIN` for texts, counts and ratios."""
        if measure not in self._known:
            self._known[measure] = self._look_up(measure)
        return self._known[measure]

    def _look_up(self, measure: str) -> SiUnit:
        if not measure.endswith("Measure"):
            return PLAIN
        kind = measure
        for word in ("Ifc", "Measure", "NonNegative", "Positive", "Negative"):
            kind = kind.replace(word, "")
        unit_type = f"{'MASS' if kind == 'Weight' else kind.upper()}UNIT"
        unit = self._units.get(unit_type)
        return si_unit(unit) if unit is not None else SiUnit(1.0, _ASSUMED.get(unit_type, ""))


def si_unit(unit: Entity, depth: int = 0) -> SiUnit:
    """What one unit is in SI units; `PLAIN` for one that is damaged or of no kind that is known."""
    try:
        if unit is None or depth > DEEPEST:
            return PLAIN
        if unit.is_a("IfcSIUnit"):
            return _named_si(unit)
        if unit.is_a("IfcConversionBasedUnit"):
            factor = unit.ConversionFactor
            inner = si_unit(factor.UnitComponent, depth + 1)
            return SiUnit(float(factor.ValueComponent.wrappedValue) * inner.factor, inner.symbol)
        if unit.is_a("IfcDerivedUnit"):
            return _derived(unit, depth)
        if unit.is_a("IfcMonetaryUnit"):
            return SiUnit(1.0, str(unit.Currency or "").lower())
    except (AttributeError, OverflowError, TypeError, ValueError, ZeroDivisionError):
        return PLAIN
    return PLAIN


def _named_si(unit: Entity) -> SiUnit:
    from ifcopenshell.util.unit import get_prefix_multiplier

    name = str(unit.Name)
    factor = float(get_prefix_multiplier(unit.Prefix)) if unit.Prefix else 1.0
    return SiUnit(factor ** _POWERS.get(name, 1) * _BASE.get(name, 1.0), _SI.get(name, name.lower()))


def _derived(unit: Entity, depth: int) -> SiUnit:
    factor, over, under = 1.0, list[str](), list[str]()
    for element in unit.Elements:
        inner, exponent = si_unit(element.Unit, depth + 1), int(element.Exponent)
        factor *= inner.factor**exponent
        symbol = inner.symbol + (str(abs(exponent)) if abs(exponent) > 1 else "")
        (over if exponent > 0 else under).append(symbol)
    symbol = _DERIVED.get(str(unit.UnitType)) or "_".join(["".join(over) or "1", *under])
    return SiUnit(factor, symbol)
