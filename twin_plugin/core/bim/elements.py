"""Which elements of a model matter for a building's shape, and to which storey and building each belongs."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .class_tables import ifc_classes
from .entities import Entity, classes_of, is_a, parts, value

LOG = logging.getLogger(__name__)

NOT_BODY = frozenset(
    {"axis", "footprint", "box", "annotation", "plan", "profile", "cog", "clearance", "lighting", "survey"}
)

DEEPEST = 64
"""Shapes that are mapped within mapped shapes deeper than this are not looked into."""


@dataclass(frozen=True)
class SpatialContainer:
    """Where an element hangs in the model: its storey and its building, None where there is none."""

    storey: Entity | None
    building: Entity | None


def shell_class(element: Entity) -> str:
    """The class by which an element of the shell goes, such as IfcWall for an IfcWallStandardCase."""
    return _shell_class(str(element.is_a(True)))


@lru_cache(maxsize=1024)
def _shell_class(kind: str) -> str:
    every = classes_of(kind)
    return next((name for name in ifc_classes().drawn if name in every), kind.rpartition(".")[2])


def by_types(model: Any, names: Iterable[str]) -> list[Entity]:
    """The entities of these classes and their subclasses, in file order and once each; some schemas lack some."""
    by_id: dict[int, Entity] = {}
    for name in names:
        try:
            entities = model.by_type(name)
        except RuntimeError:
            continue
        by_id.update((entity.id(), entity) for entity in entities)
    return [by_id[key] for key in sorted(by_id)]


def has_body(element: Entity) -> bool:
    """Whether an element has a shape that can be meshed."""
    shapes = parts(value(element, "Representation"), "Representations")
    return any(str(value(shape, "RepresentationIdentifier") or "").lower() not in NOT_BODY for shape in shapes)


def is_cut(element: Entity) -> bool:
    """Whether an element's body is the result of a cut, such as a gable wall's under its roof."""
    shapes = parts(value(element, "Representation"), "Representations")
    return any(_is_cut(item) for shape in shapes for item in parts(shape, "Items"))


def _is_cut(item: Entity, depth: int = 0) -> bool:
    if item.is_a("IfcMappedItem") and depth < DEEPEST:
        shape = value(value(item, "MappingSource"), "MappedRepresentation")
        return any(_is_cut(part, depth + 1) for part in parts(shape, "Items"))
    return bool(item.is_a("IfcBooleanResult") or item.is_a("IfcCsgSolid"))


def facilities(model: Any) -> list[Entity]:
    """The buildings of a model, and its outermost bridges, roads, railways and other facilities."""
    names = ifc_classes().facility
    return [
        entity
        for entity in by_types(model, names)
        if entity.is_a("IfcBuilding") or not any(is_a(above, names) for above in ancestors(entity))
    ]


def shell(model: Any, infrastructure: bool, ready: Container[int] = ()) -> list[Entity]:
    """The elements that make the outline; proxies only where nothing encloses, or in infrastructure.

    The STEP ids in `ready` are of elements that are known to have a body.
    """
    classes = ifc_classes()
    elements = by_types(model, classes.drawn if infrastructure else classes.shell)
    if not infrastructure and not any(is_a(e, classes.encloses) for e in elements):
        elements = by_types(model, (*classes.drawn, *classes.other))
    return [element for element in elements if element.id() in ready or has_body(element)]


def parent(entity: Entity) -> Entity | None:
    """The entity that contains, aggregates, nests or is voided or filled by this one."""
    for inverse, target in (
        ("ContainedInStructure", "RelatingStructure"),
        ("FillsVoids", "RelatingOpeningElement"),
        ("VoidsElements", "RelatingBuildingElement"),
        ("Decomposes", "RelatingObject"),
        ("Nests", "RelatingObject"),
    ):
        relations = value(entity, inverse)
        if relations:
            return next(iter(parts(relations[0], target)), None)
    return None


def ancestors(entity: Entity) -> list[Entity]:
    """The chain of parents, nearest first; a loop in a broken file ends it."""
    chain: list[Entity] = []
    seen = {entity.id()}
    current = parent(entity)
    while current is not None and current.id() not in seen:
        seen.add(current.id())
        chain.append(current)
        current = parent(current)
    return chain


def site_of(entity: Entity | None) -> str:
    """The GlobalId of the site that an entity stands on, "" where there is none."""
    chain = ancestors(entity) if entity is not None else []
    return next((str(above.GlobalId) for above in chain if above.is_a("IfcSite")), "")


class Hierarchy:
    """Parents and places of elements, remembered, since thousands of elements share a storey."""

    def __init__(self) -> None:
        self._known: dict[int, SpatialContainer] = {}
        self._parents: dict[int, Entity | None] = {}

    def parent(self, entity: Entity) -> Entity | None:
        """What `parent` gives."""
        key = entity.id()
        if key not in self._parents:
            self._parents[key] = parent(entity)
        return self._parents[key]

    def place(self, entity: Entity) -> SpatialContainer:
        """The storey and building of an entity."""
        chain: list[Entity] = []
        current = entity
        while current is not None and current.id() not in self._known:
            self._known[current.id()] = SpatialContainer(None, None)  # ends a loop
            chain.append(current)
            current = self.parent(current)
        container = self._known[current.id()] if current is not None else SpatialContainer(None, None)
        for each in reversed(chain):
            if each.is_a("IfcBuildingStorey"):
                container = SpatialContainer(each, container.building)
            elif is_a(each, ("IfcBuilding", "IfcFacility")):
                own = each.is_a("IfcBuilding") or container.building is None
                container = SpatialContainer(container.storey, each if own else container.building)
            self._known[each.id()] = container
        return container
