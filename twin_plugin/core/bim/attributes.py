"""Names, uses, life-cycle stages and properties of buildings and doors, read with tables of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..common.keywords import spaced, word_pattern
from .class_tables import first_match, ifc_classes, street_words, table
from .encodings import mended
from .entities import Entity, parts, value

MOST_SETS = 2000
"""At most this many property and quantity sets of an entity are read; real entities have some dozens."""


def text_of(value: Any) -> str:
    """A label as clean text, "" for none and for templates that nobody filled in (`// BUILDING/NAME //`)."""
    text = mended(str(value or "")).strip()
    return "" if text.startswith("//") or text in ("*", "$", "-") else text


def building_name(building: Entity, fallback: str) -> str:
    """The building's name, its long name, or `fallback`."""
    for attribute in ("Name", "LongName"):
        text = text_of(value(building, attribute))
        words = spaced(text) if text else ""
        if text and not any(row["of"] == "name" and row["keyword"] == words for row in table("template_texts")):
            return text
    return fallback


def is_template_address(line: str) -> bool:
    """Whether a line begins as authoring tools write where nobody gave an address, by the table template_texts.csv."""
    rows, words = table("template_texts"), spaced(line)
    return any(row["of"] == "address" and word_pattern(row["keyword"])[1].match(words) for row in rows)


def building_use(building: Entity) -> str:
    """The use by the table building_use.csv, "" when no word of it occurs.

    The occupancy type, the object type and the classification are asked first; then the class of a bridge, a road or
    another facility, which its name does not overrule ("School Road"), then the description and the names.
    """
    common = property_value(
        building, ("Pset_BuildingCommon", "Pset_BuildingUse"), ("OccupancyType", "MarketCategory", "PlanningUse")
    )
    kinds = [text_of(common), text_of(value(building, "ObjectType")), *classifications(building)]
    names = [text_of(value(building, name)) for name in ("Description", "LongName", "Name")]
    of_class = ifc_classes().use.get(infrastructure_class(building), "")
    plain = str(building.is_a()) in ("IfcBuilding", "IfcFacility")
    return use_of(kinds) or (use_of(names) if plain else "") or of_class


def use_of(texts: Iterable[str]) -> str:
    """The use that the first text naming one stands for."""
    streets = street_words()
    return next((use for text in texts if (use := first_match("building_use", "use", text, streets))), "")


def infrastructure_class(entity: Entity) -> str:
    """The IFC class of a facility, "" for a building."""
    name = str(entity.is_a())
    return "" if name == "IfcBuilding" else name


def lifecycle_stage(building: Entity, project: Entity | None) -> str:
    """planning, design, construction, operation or demolished, by the table lifecycle_stage.csv; "" when unknown."""
    names = ("LifeCyclePhase", "LifecycleStage", "LifeCycleStage", "Stage", "Status", "Phase", "ConstructionStatus")
    texts = [text_of(property_value(building, None, names)), text_of(value(project, "Phase"))]
    return next((stage for text in texts if (stage := first_match("lifecycle_stage", "stage", text))), "")


def is_external(element: Entity) -> bool | None:
    """IsExternal of a door or window, from itself or its type; None when neither states it."""
    stated = property_value(element, None, ("IsExternal",))
    return None if stated is None else bool(stated)


def property_value(entity: Entity, sets: Iterable[str] | None, names: Sequence[str]) -> Any:
    """The first value among these properties of an entity or its type, in any case; `sets` None stands for any."""
    found = property_values(entity, sets, names)
    return next((found[name] for name in names if name in found), None)


def property_values(entity: Entity, sets: Iterable[str] | None, names: Sequence[str]) -> dict[str, Any]:
    """The first value of each of these properties that has one, as `property_value` gives it."""
    wanted_sets = None if sets is None else {name.casefold() for name in sets}
    folded = {name: name.casefold() for name in names}
    wanted, known = set(folded.values()), dict[str, Any]()
    for group in property_sets(entity):
        if wanted_sets is not None and str(group.Name or "").casefold() not in wanted_sets:
            continue
        for entry in parts(group, "HasProperties"):
            name = str(value(entry, "Name") or "").casefold()
            if name not in wanted or name in known:
                continue
            content = single_value(entry)
            if content not in (None, ""):
                known[name] = content
        if len(known) == len(wanted):
            break
    return {name: known[key] for name, key in folded.items() if key in known}


def single_value(entry: Entity) -> Any:
    """The bare value of a single or enumerated property, else None."""
    nominal = value(entry, "NominalValue")
    if nominal is None:
        several = value(entry, "EnumerationValues")
        nominal = several[0] if several else None
    return getattr(nominal, "wrappedValue", nominal)


def property_sets(entity: Entity) -> Iterator[Entity]:
    """The property sets of an entity, then those of its type."""
    kinds: list[Entity] = []
    for relation in (value(entity, "IsDefinedBy") or ())[:MOST_SETS]:
        if relation.is_a("IfcRelDefinesByProperties"):
            for group in parts(relation, "RelatingPropertyDefinition"):
                if group.is_a("IfcPropertySet"):
                    yield group
        elif relation.is_a("IfcRelDefinesByType"):
            kinds += parts(relation, "RelatingType")
    kinds += [kind for relation in parts(entity, "IsTypedBy") for kind in parts(relation, "RelatingType")]
    for kind in kinds:
        for group in parts(kind, "HasPropertySets"):
            if group.is_a("IfcPropertySet"):
                yield group


def type_name(entity: Entity) -> str:
    """The name of an element's type, "" when it has none."""
    relations = value(entity, "IsTypedBy") or value(entity, "IsDefinedBy") or ()
    typed = (relation for relation in relations if relation.is_a("IfcRelDefinesByType"))
    return next((text_of(value(relation.RelatingType, "Name")) for relation in typed), "")


def classifications(entity: Entity) -> list[str]:
    """The codes and names of the classifications that an entity refers to."""
    of_class = "IfcRelAssociatesClassification"
    relations = [relation for relation in value(entity, "HasAssociations") or () if relation.is_a(of_class)]
    references = [relation.RelatingClassification for relation in relations]
    names = ("Name", "Identification", "ItemReference")
    texts = (text_of(value(reference, name)) for reference in references for name in names)
    return [text for text in texts if text]
