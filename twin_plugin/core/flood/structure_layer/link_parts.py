"""From a feature to a link between two places, for each kind that passes water."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from ...common.cells import FloatArray
from ...common.errors import InputError
from ..structures.kinds import CulvertInlet, Kind
from ..structures.links import NOWHERE, Control, Link, Passage, Pool
from .features import Reader, StructureFeature
from .placement import Ground, outward_ends, pool_at

FAR_M = 30.0
"""A level so far above or below the ground at both ends is no level of a structure there: feet, or another datum."""
REOPENS_M = 0.05
"""Between the levels at which a gate opens and closes, where only one is given."""
ON_ABOVE_M, OFF_ABOVE_M = 0.3, 0.1
"""A pump without levels starts and stops at these depths above its ground."""
STEEP = 1.0


@dataclass(frozen=True)
class Ends:
    """The pools at both ends of a line, with the ground of each, metres above datum."""

    start: Pool
    end: Pool
    start_m: float
    end_m: float

    @property
    def together(self) -> bool:
        """Whether a cell belongs to both."""
        start, end = (set(zip(p.rows.tolist(), p.columns.tolist(), strict=True)) for p in (self.start, self.end))
        return bool(start & end)


def find_ends(ground: Ground, line: FloatArray, width_m: float, outside: bool = False) -> Ends | None:
    """The pools at both ends of a line, or at its start where the water leaves; None where no free cell is near."""
    out = outward_ends(line) if len(line) > 1 else (np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    start = pool_at(ground, float(line[0, 0]), float(line[0, 1]), out[0], width_m)
    end = NOWHERE if outside else pool_at(ground, float(line[-1, 0]), float(line[-1, 1]), out[1], width_m)
    if start is None or end is None:
        return None
    start_m = ground.height_m(start)
    return Ends(start, end, start_m, start_m if outside else ground.height_m(end))


def _level(feature: StructureFeature, reader: Reader, name: str, without: float, *ground_m: float) -> float:
    """A level of a structure, or what counts where it is empty; refused far from the ground."""
    level_m = reader.number(feature, name)
    if math.isnan(level_m):
        return without
    if min(abs(level_m - ground) for ground in ground_m) > FAR_M:
        raise InputError(
            "Structure {name} ({kind}): {field} is {level:g} m, {far:.0f} m from the ground there ({ground:g} m). Give "
            "it in metres above the terrain's datum.",
            name=feature.name,
            kind=feature.kind.value,
            field=name,
            level=level_m,
            far=min(abs(level_m - ground) for ground in ground_m),
            ground=ground_m[0],
        )
    return level_m


def _in_order(feature: StructureFeature, low: float, high: float, lower: str, higher: str) -> None:
    """Refuse two values of which the first must be below the second."""
    if not low < high:
        raise InputError(
            "Structure {name} ({kind}): {lower} ({low:g}) must be below {higher} ({high:g}).",
            name=feature.name,
            kind=feature.kind.value,
            lower=lower,
            low=low,
            higher=higher,
            high=high,
        )


def _one_of(feature: StructureFeature, names: str) -> InputError:
    return InputError(
        "Structure {name} ({kind}) needs one of these and not more: {fields}.",
        name=feature.name,
        kind=feature.kind.value,
        fields=names,
    )


def _times_s(feature: StructureFeature, reader: Reader) -> tuple[float, float]:
    """The time in which it works."""
    start, end = reader.number(feature, "start_min"), reader.number(feature, "end_min")
    end = math.inf if math.isnan(end) else end
    _in_order(feature, start, end, "start_min", "end_min")
    return 60.0 * start, 60.0 * end


def weir(feature: StructureFeature, ends: Ends, reader: Reader) -> Link:
    """A crest that water runs over."""
    crest_m = _level(feature, reader, "crest_m", math.nan, ends.start_m, ends.end_m)
    numbers = crest_m, reader.number(feature, "width_m"), reader.number(feature, "coefficient")
    passage = Passage(ends.start, ends.end, numbers)
    return Link(feature.name, feature.kind, (passage,), one_way=reader.flag(feature, "one_way"))


def orifice(feature: StructureFeature, ends: Ends, reader: Reader) -> Link:
    """One or more equal holes, round or rectangular."""
    round_one = reader.given(feature, "diameter_m")
    sides = [reader.given(feature, name) for name in ("width_m", "height_m")]
    if round_one == all(sides) or (round_one and any(sides)):
        raise _one_of(feature, "diameter_m; width_m and height_m")
    invert_m = _level(feature, reader, "invert_m", max(ends.start_m, ends.end_m), ends.start_m, ends.end_m)
    height_m = reader.number(feature, "diameter_m" if round_one else "height_m")
    width_m = 0.0 if round_one else reader.number(feature, "width_m")
    more = reader.number(feature, "coefficient"), reader.number(feature, "barrels")
    passage = Passage(ends.start, ends.end, (invert_m, height_m, width_m, *more))
    return Link(feature.name, feature.kind, (passage,), one_way=reader.flag(feature, "one_way"))


def gate(feature: StructureFeature, ends: Ends, reader: Reader) -> Link:
    """A gate above a sill, opened and closed by time or level."""
    sill_m = _level(feature, reader, "invert_m", max(ends.start_m, ends.end_m), ends.start_m, ends.end_m)
    opens, closes = (
        _level(feature, reader, name, math.nan, ends.start_m, ends.end_m) for name in ("open_level_m", "close_level_m")
    )
    if opens == closes:
        raise InputError(
            "Structure {name} ({kind}): open_level_m and close_level_m are the same: give two levels, between which "
            "the gate stays as it is.",
            name=feature.name,
            kind=feature.kind.value,
        )
    if math.isnan(closes):
        closes = opens - REOPENS_M
    elif math.isnan(opens):
        opens = closes - REOPENS_M
    control = Control(*_times_s(feature, reader), opens, closes, True)
    numbers = (sill_m, *(reader.number(feature, name) for name in ("opening_m", "width_m", "coefficient")))
    passage = Passage(ends.start, ends.end, numbers)
    return Link(feature.name, feature.kind, (passage,), control, reader.flag(feature, "one_way"))


def pump(feature: StructureFeature, ends: Ends, reader: Reader) -> Link:
    """A pump that starts and stops by level and time."""
    outlet_m = _level(feature, reader, "outlet_invert_m", ends.end_m, ends.start_m, ends.end_m)
    on_m = _level(feature, reader, "on_level_m", ends.start_m + ON_ABOVE_M, ends.start_m)
    off_m = _level(feature, reader, "off_level_m", min(ends.start_m + OFF_ABOVE_M, on_m - REOPENS_M), ends.start_m)
    _in_order(feature, off_m, on_m, "off_level_m", "on_level_m")
    curve = _curve(feature, reader)
    control = Control(*_times_s(feature, reader), on_m, off_m)
    return Link(feature.name, feature.kind, (Passage(ends.start, ends.end, (outlet_m,)),), control, True, curve)


def _curve(feature: StructureFeature, reader: Reader) -> tuple[tuple[float, float], ...]:
    """Lift and flow of a pump: a constant, or the pairs of pump_curve."""
    text = reader.text(feature, "pump_curve")
    if bool(text) == reader.given(feature, "capacity_m3s"):
        raise _one_of(feature, "capacity_m3s; pump_curve")
    if not text:
        return ((0.0, reader.number(feature, "capacity_m3s")),)
    try:
        pairs = [
            tuple(float(n) for n in pair.split(":")) for pair in text.replace("；", ";").split(";") if pair.strip()
        ]
        lifts, flows = (np.array(column) for column in zip(*pairs, strict=True))
    except ValueError:
        lifts, flows = np.zeros(0), np.zeros(0)
    if not (len(lifts) and (np.diff(lifts) > 0).all() and (flows >= 0).all() and flows.max() > 0):
        raise InputError(
            "Structure {name} ({kind}): pump_curve is '{text}'. Give pairs of lift in m and flow in m³/s with rising "
            "lifts, such as 0:1.2; 3:0.9; 6:0.",
            name=feature.name,
            kind=feature.kind.value,
            text=text,
        )
    return tuple(zip(lifts.tolist(), flows.tolist(), strict=True))


def culvert(feature: StructureFeature, ends: Ends, reader: Reader) -> Link:
    """A circular or rectangular barrel, or several of them."""
    circular = reader.given(feature, "diameter_m")
    sides = [reader.given(feature, name) for name in ("width_m", "height_m")]
    if circular == all(sides) or (circular and any(sides)):
        raise _one_of(feature, "diameter_m; width_m and height_m")
    rise_m = reader.number(feature, "diameter_m" if circular else "height_m")
    width_m = 0.0 if circular else reader.number(feature, "width_m")
    inlet = reader.tables.inlet(reader.text(feature, "inlet"), "circular" if circular else "box", feature.name)
    length_m = reader.number(feature, "length_m")
    length_m = feature.length_m if math.isnan(length_m) else length_m
    start_m = _level(feature, reader, "inlet_invert_m", ends.start_m, ends.start_m)
    end_m = _level(feature, reader, "outlet_invert_m", ends.end_m, ends.end_m)
    if abs(start_m - end_m) > STEEP * length_m:
        raise InputError(
            "Structure {name} ({kind}) falls {fall:g} m over a length of {length:g} m: check inlet_invert_m, "
            "outlet_invert_m and length_m.",
            name=feature.name,
            kind=feature.kind.value,
            fall=start_m - end_m,
            length=length_m,
        )
    loss = reader.number(feature, "entrance_loss")
    loss = inlet.entrance_loss if math.isnan(loss) else loss
    more = reader.number(feature, "roughness"), loss, reader.number(feature, "barrels")
    numbers = (rise_m, width_m, length_m, start_m, end_m, *more, inlet.c, inlet.y, inlet.slope_factor)
    passage = Passage(ends.start, ends.end, numbers)
    link = Link(feature.name, feature.kind, (passage,), one_way=reader.flag(feature, "one_way"))
    return replace(link, inlet=_constants(inlet))


def _constants(inlet: CulvertInlet) -> tuple[float, ...]:
    return float(inlet.form), inlet.k, inlet.m, inlet.c, inlet.y, inlet.slope_factor


MAKERS: Mapping[Kind, Callable[[StructureFeature, Ends, Reader], Link]] = MappingProxyType(
    {Kind.WEIR: weir, Kind.ORIFICE: orifice, Kind.GATE: gate, Kind.PUMP: pump, Kind.CULVERT: culvert}
)
"""What makes a link of a feature whose ends are known; bridges have more than two (`bridges`)."""
