"""What an element is made of and related to: material, type, container, whole, host, openings, classification."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .attributes import classifications, text_of
from .entities import Entity, parts, value
from .stated_properties import material_text

MATERIAL, TYPE, CONTAINER, WHOLE = "material", "type", "container", "part of"
HOST, OPENINGS, CLASSIFICATION = "in", "openings", "classification"


@dataclass(frozen=True)
class Related:
    """What an element is related to, as people read it; `guid` is that of one related element, "" for others."""

    text: str
    guid: str = ""

    def is_same(self, other: Related) -> bool:
        """Whether both mean the same: by GlobalId, or by what they say where a program gave new GlobalIds."""
        return self.text == other.text or (self.guid != "" and self.guid == other.guid)


def relations_of(element: Entity, unit_m: float) -> dict[str, Related]:
    """The relations of an element by kind; those that it has not are left out."""
    found = dict(_related(element))
    if text := "; ".join(_materials(element, unit_m)):
        found[MATERIAL] = Related(text)
    openings = [part for relation in parts(element, "HasOpenings") for part in parts(relation, "RelatedOpeningElement")]
    if openings:
        fillings = sorted(filter(None, map(_filling, openings)))
        found[OPENINGS] = Related(f"{len(openings)}" + (f" ({', '.join(fillings)})" if fillings else ""))
    if codes := classifications(element):
        found[CLASSIFICATION] = Related(", ".join(sorted(set(codes))))
    return found


def changed_relations(before: Mapping[str, Related], after: Mapping[str, Related]) -> dict[str, tuple[str, str]]:
    """The relations that differ, with what they were and are; "" where there was none."""
    none = Related("")
    pairs = {name: (before.get(name, none), after.get(name, none)) for name in dict.fromkeys((*before, *after))}
    return {name: (old.text, new.text) for name, (old, new) in pairs.items() if not old.is_same(new)}


def _related(element: Entity) -> Iterator[tuple[str, Related]]:
    """The one element that each of some relations leads to."""
    kind = type_of(element)
    wanted = (
        (CONTAINER, "ContainedInStructure", "RelatingStructure"),
        (WHOLE, "Decomposes", "RelatingObject"),
    )
    if kind is not None:
        yield TYPE, _named(kind)
    for name, inverse, attribute in wanted:
        for relation in parts(element, inverse):
            for other in parts(relation, attribute):
                yield name, _named(other)
    for fills in parts(element, "FillsVoids"):
        for opening in parts(fills, "RelatingOpeningElement"):
            for voids in parts(opening, "VoidsElements"):
                for host in parts(voids, "RelatingBuildingElement"):
                    yield HOST, _named(host)


def type_of(element: Entity) -> Entity | None:
    """The type of an element; None where it has none."""
    for relation in (*parts(element, "IsTypedBy"), *parts(element, "IsDefinedBy")):
        if relation.is_a("IfcRelDefinesByType"):
            for kind in parts(relation, "RelatingType"):
                return kind
    return None


def _materials(element: Entity, unit_m: float) -> Iterator[str]:
    """Its own materials, else those of its type."""
    for owner in (element, type_of(element)):
        texts = [
            material_text(material, unit_m)
            for relation in (parts(owner, "HasAssociations") if owner is not None else ())
            if relation.is_a("IfcRelAssociatesMaterial")
            for material in parts(relation, "RelatingMaterial")
        ]
        if texts:
            yield from sorted(filter(None, texts))
            return


def _filling(opening: Entity) -> str:
    """The door or window in an opening; "" for a hole."""
    fillings = [
        part for relation in parts(opening, "HasFillings") for part in parts(relation, "RelatedBuildingElement")
    ]
    return ", ".join(_named(filling).text for filling in fillings)


def _named(entity: Entity) -> Related:
    guid = text_of(value(entity, "GlobalId"))
    return Related(text_of(value(entity, "Name")) or f"{entity.is_a()} {guid}", guid)
