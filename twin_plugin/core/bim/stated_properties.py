"""Chosen properties, quantities and materials of buildings, storeys, rooms, openings and of what is in them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..common.text import clip, plain
from .attributes import text_of
from .elements import Hierarchy, by_types
from .entities import Entity, parts, value
from .model import StatedValue
from .si_units import PLAIN, ModelUnits, SiUnit, si_unit
from .wanted import MATERIAL, StatedProperty

MOST_VALUES = 20
"""So many different values of a building's or storey's elements are kept."""

OF_ROOT = 4
"""Attributes that every object has: its id, owner, name and description."""

MOST_LISTED = 100
"""So many values of a list, layers of a wall or materials of a list are kept."""

Values = dict[str, StatedValue]


def read_stated(
    model: Any, asked: tuple[StatedProperty, ...], rows: Iterable[str], unit_m: float
) -> dict[str, dict[str, StatedValue]]:
    """What is stated of things, by their GlobalIds and then by the label of what was asked.

    The value of a thing's own sets goes before that of its type. A building or a storey of which nothing is stated
    has the values of all that is in it, each once.

    Parameters
    ----------
    model : ifcopenshell.file
    asked : tuple of StatedProperty
    rows : iterable of str
        GlobalIds of the buildings, storeys, rooms and openings that were read.
    unit_m : float
        Metres in one project unit.
    """
    wanted = {row for row in rows if row}
    reader = _Reader(model, asked, unit_m)
    own: dict[str, Values] = {}
    inside: dict[str, dict[str, dict[StatedValue, None]]] = {}
    hierarchy = Hierarchy(model)
    for entity, values in reader.everything():
        guid = str(value(entity, "GlobalId") or "")
        if guid in wanted:
            own.setdefault(guid, {}).update(values)
        if not entity.is_a("IfcProduct") or entity.is_a("IfcBuilding"):
            continue
        place = hierarchy.place(entity)
        for whole in (place.storey, place.building):
            outer = str(whole.GlobalId) if whole is not None and whole.id() != entity.id() else ""
            if outer in wanted:
                of = inside.setdefault(outer, {})
                for label, found in values.items():
                    known = of.setdefault(label, {})
                    if len(known) <= MOST_VALUES:
                        known[found] = None
    for outer, of in inside.items():
        for label, known in of.items():
            own.setdefault(outer, {}).setdefault(label, _joined(list(known)))
    return own


def _joined(found: list[StatedValue]) -> StatedValue:
    """Values of several things as one, each once."""
    units = {each.unit for each in found}
    values: dict[object, None] = {}
    for each in found:
        for one in each.values:
            values[one if len(units) == 1 or not each.unit else f"{one} {each.unit}"] = None
    kept = list(values)
    if len(kept) > MOST_VALUES:
        kept = [*kept[:MOST_VALUES], "…"]
    return StatedValue(tuple(kept), units.pop() if len(units) == 1 else "", several=len(kept) > 1)  # type: ignore[arg-type]


class _Reader:
    """Finds what is stated of entities: follows relations, since few sets are asked for and many things have them."""

    def __init__(self, model: Any, asked: tuple[StatedProperty, ...], unit_m: float) -> None:
        self.model, self.unit_m, self.units = model, unit_m, ModelUnits(model)
        self.by_group: dict[str, dict[str, str]] = {}
        for one in asked:
            if one != MATERIAL:
                self.by_group.setdefault(one.group.casefold(), {})[one.name.casefold()] = one.label
        self.material = MATERIAL in asked
        self.sets: dict[int, Values] = {}

    def everything(self) -> Iterator[tuple[Entity, Values]]:
        """Each entity of which something is stated, with its values by label."""
        entities: dict[int, Entity] = {}
        own: dict[int, Values] = {}
        of_type: dict[int, Values] = {}
        for relation in by_types(self.model, ("IfcRelDefinesByProperties",)):
            found: Values = {}
            for group in parts(relation, "RelatingPropertyDefinition"):
                found.update(self._of_set(group))
            if found:
                for entity in parts(relation, "RelatedObjects"):
                    entities[entity.id()] = entity
                    own.setdefault(entity.id(), {}).update(found)
        materials = self._materials() if self.material else {}
        for step, (entity, found_one) in materials.items():
            entities[step] = entity
            own.setdefault(step, {})[MATERIAL.label] = found_one
        for relation in by_types(self.model, ("IfcRelDefinesByType",)):
            for kind in parts(relation, "RelatingType"):
                found = {}
                for group in parts(kind, "HasPropertySets"):
                    found.update(self._of_set(group))
                found |= {label: v for label, v in own.get(kind.id(), {}).items() if label == MATERIAL.label}
                if found:
                    for entity in parts(relation, "RelatedObjects"):
                        entities[entity.id()] = entity
                        of_type.setdefault(entity.id(), {}).update(found)
        for step, entity in entities.items():
            yield entity, {**of_type.get(step, {}), **own.get(step, {})}

    def _of_set(self, group: Entity) -> Values:
        """What is asked for of a set, by label; looked at once."""
        step = group.id()
        if step not in self.sets:
            name = text_of(value(group, "Name")).casefold()
            wanted = {**self.by_group.get("", {}), **(self.by_group.get(name, {}) if name else {})}
            self.sets[step] = dict(self._values(group, wanted)) if wanted else {}
        return self.sets[step]

    def _values(self, group: Entity, wanted: Mapping[str, str]) -> Iterator[tuple[str, StatedValue]]:
        entries = [*parts(group, "HasProperties"), *parts(group, "Quantities")]
        named = [(str(value(entry, "Name") or "").strip(), entry) for entry in entries]
        # Where two names differ by their letter case alone, that which is written as it was asked for counts.
        for name, entry in sorted(named, key=lambda one: wanted.get(one[0].casefold(), "").endswith(one[0])):
            if name.casefold() in wanted:
                found = self._value(entry)
                if found is not None:
                    yield wanted[name.casefold()], found
        if not value(group, "HasProperties") and not value(group, "Quantities"):
            yield from self._attributes(group, wanted)

    def _attributes(self, group: Entity, wanted: Mapping[str, str]) -> Iterator[tuple[str, StatedValue]]:
        """The values of a set whose properties are its own attributes, as the panel of a door."""
        for place in range(OF_ROOT, len(group)):
            name = str(group.attribute_name(place)).casefold()
            held = group[place]
            if name in wanted and isinstance(held, float | int | str):
                found = self._stated([held], "IfcLengthMeasure" if isinstance(held, float) else "", None)
                if found is not None:
                    yield wanted[name], found

    def _value(self, entry: Entity) -> StatedValue | None:
        """The value of a property or quantity in SI units; None for none, or of a kind that is no value."""
        if entry.is_a("IfcPhysicalSimpleQuantity"):
            measure = _measure_of(entry)
            return self._stated([entry[3]], measure, value(entry, "Unit"))
        nominal = value(entry, "NominalValue")
        if nominal is not None:
            return self._of_values([nominal], value(entry, "Unit"))
        for attribute in ("EnumerationValues", "ListValues"):
            several = value(entry, attribute)
            if several:
                return self._of_values(list(several), value(entry, "Unit"))
        bounds = [value(entry, name) for name in ("LowerBoundValue", "UpperBoundValue")]
        if any(bound is not None for bound in bounds):
            return self._bounded(bounds, value(entry, "Unit"))
        return None

    def _of_values(self, several: list[Any], unit: Entity | None) -> StatedValue | None:
        kinds = {str(one.is_a()) for one in several if hasattr(one, "is_a")}
        bare = [getattr(one, "wrappedValue", one) for one in several]
        return self._stated(bare, kinds.pop() if len(kinds) == 1 else "", unit)

    def _bounded(self, bounds: list[Any], unit: Entity | None) -> StatedValue | None:
        """Two bounds as one text, such as "18 … 26"."""
        found = [self._of_values([bound], unit) if bound is not None else None for bound in bounds]
        ends = ["" if one is None else _written(one.values[0]) for one in found]
        symbol = next((one.unit for one in found if one is not None), "")
        text = " … ".join(ends).strip()
        return StatedValue((f"{text} {symbol}".strip(),)) if any(ends) else None

    def _stated(self, bare: list[Any], measure: str, unit: Entity | None) -> StatedValue | None:
        si = (si_unit(unit) if unit is not None else self.units.of_measure(measure)) if _has_numbers(bare) else PLAIN
        values = [_scaled(one, si) for one in bare[:MOST_LISTED]]
        kept = tuple(one for one in values if one is not None and one != "")
        if not kept:
            return None
        # A list of one thing stays one value: what is joined is a text.
        if len(kept) > 1:
            listed = ", ".join(_written(one) for one in kept)
            return StatedValue((clip(f"{listed} {si.symbol}".strip()),))
        return StatedValue(kept, si.symbol if isinstance(kept[0], float) else "")

    def _materials(self) -> dict[int, tuple[Entity, StatedValue]]:
        found: dict[int, tuple[Entity, StatedValue]] = {}
        texts: dict[int, str] = {}
        for relation in by_types(self.model, ("IfcRelAssociatesMaterial",)):
            for material in parts(relation, "RelatingMaterial"):
                step = material.id()
                if step not in texts:
                    texts[step] = clip(plain(material_text(material, self.unit_m)))
                if texts[step]:
                    for entity in parts(relation, "RelatedObjects"):
                        found[entity.id()] = (entity, StatedValue((texts[step],)))
        return found


def material_text(material: Entity | None, unit_m: float) -> str:
    """A material, the layers of a wall with their thicknesses, or the constituents of a thing, in one line."""
    if material is None:
        return ""
    for attribute in ("ForLayerSet", "ForProfileSet"):
        inner = value(material, attribute)
        if inner is not None:
            return material_text(inner, unit_m)
    if material.is_a("IfcMaterial"):
        return text_of(value(material, "Name"))
    if material.is_a("IfcMaterialLayer"):
        return _layer(material, unit_m)
    names: list[str] = []
    for attribute in ("MaterialLayers", "MaterialConstituents", "MaterialProfiles", "Materials"):
        for part in parts(material, attribute)[:MOST_LISTED]:
            if part.is_a("IfcMaterialLayer"):
                names.append(_layer(part, unit_m))
                continue
            name = text_of(value(value(part, "Material"), "Name")) if not part.is_a("IfcMaterial") else ""
            role = text_of(value(part, "Name"))
            names.append(f"{role}: {name}" if name and role and role != name else name or role)
    return ", ".join(name for name in names if name)


def _layer(layer: Entity, unit_m: float) -> str:
    name = text_of(value(value(layer, "Material"), "Name")) or text_of(value(layer, "Name")) or "?"
    thickness = value(layer, "LayerThickness")
    if isinstance(thickness, int | float) and math.isfinite(thickness) and thickness > 0:
        return f"{name} {thickness * unit_m * 1000.0:.10g} mm"
    return name


def _measure_of(quantity: Entity) -> str:
    for kind in ("Length", "Area", "Volume", "Weight", "Time"):
        if quantity.is_a(f"IfcQuantity{kind}"):
            return "IfcMassMeasure" if kind == "Weight" else f"Ifc{kind}Measure"
    return ""


def _has_numbers(values: list[Any]) -> bool:
    return any(isinstance(one, float | int) and not isinstance(one, bool) for one in values)


def _scaled(bare: Any, si: SiUnit) -> float | int | bool | str | None:
    """A value in SI units; None for what no column can hold, such as a number that is none."""
    if isinstance(bare, bool):
        return bare
    if isinstance(bare, float) or (isinstance(bare, int) and (si.symbol or si.factor != 1.0)):
        number = float(bare) * si.factor
        return number if math.isfinite(number) else None
    if isinstance(bare, int):
        return bare if abs(bare) < 2**63 else float(bare)
    if bare is None:
        return None
    return clip(plain(str(bare).strip()))


def _written(one: object) -> str:
    return f"{one:.10g}" if isinstance(one, float) else str(one)
