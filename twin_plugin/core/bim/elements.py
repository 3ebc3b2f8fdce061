"""Which elements of a model matter for a building's shape, and to which storey and building each belongs."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ..common.warnings import CodedMessage
from .attributes import text_of
from .class_tables import first_match, ifc_classes
from .entities import Entity, classes, classes_of, is_a, parts, value
from .step_table import kinds_of
from .warnings import coded

LOG = logging.getLogger(__name__)

NOT_BODY = frozenset(
    {"axis", "footprint", "box", "annotation", "plan", "profile", "cog", "clearance", "lighting", "survey"}
)

GROUND_CLASSES = ("IfcSlab", "IfcRoof", "IfcCovering", "IfcPlate", "IfcBuildingElementProxy")
"""Classes in which terrains are exported."""

SITES = ("IfcSite", "IfcGeographicElement")
"""Classes whose shapes are terrains."""

PART = "IfcBuildingElementPart"

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
    for name in _topmost(str(model.schema_identifier), tuple(names)):
        by_id.update((entity.id(), entity) for entity in model.by_type(name))
    return [by_id[key] for key in sorted(by_id)]


@lru_cache(maxsize=256)
def _topmost(schema: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some classes that a schema has and that descend from none of the others; asking for each costs."""
    of_schema = kinds_of(schema)
    lines = {name: of_schema.above[of_schema.number[name]] for name in names if name in of_schema.number}
    return tuple(name for name, line in lines.items() if len(line & lines.keys()) == 1)


def losses(lost: int, wanted: int, elements: Iterable[Entity]) -> Iterator[CodedMessage]:
    """Warnings of elements without a mesh, and of those of them that are placed by what no kernel reads."""
    yield coded("elements_without_shape", count=lost, total=wanted)
    count, kinds = 0, set()
    for element in elements:
        placement = value(element, "ObjectPlacement")
        for _ in range(DEEPEST):
            if placement is None:
                break
            if not placement.is_a("IfcLocalPlacement"):
                count += 1
                kinds.add(str(placement.is_a()))
                break
            placement = value(placement, "PlacementRelTo")
    if count:
        yield coded("placements_unread", count=count, classes=", ".join(sorted(kinds)))


def has_body(element: Entity) -> bool:
    """Whether an element has a shape that can be meshed."""
    shapes = parts(value(element, "Representation"), "Representations")
    return any(str(value(shape, "RepresentationIdentifier") or "").lower() not in NOT_BODY for shape in shapes)


def is_cut(element: Entity) -> bool:
    """Whether an element's body is the result of a cut, such as a gable wall's under its roof."""
    return any(_is_cut(item) for item in items_of(element))


def _is_cut(item: Entity) -> bool:
    return bool(item.is_a("IfcBooleanResult") or item.is_a("IfcCsgSolid"))


def items_of(element: Entity) -> Iterator[Entity]:
    """What an element's shapes consist of, also where they are mapped; a shape mapped many times comes once."""
    seen: set[int] = set()
    for shape in parts(value(element, "Representation"), "Representations"):
        yield from _unmapped(shape, seen)


def _unmapped(shape: Entity, seen: set[int], depth: int = 0) -> Iterator[Entity]:
    """The items of a shape that is not among `seen`, and those of the shapes that its mapped items stand for."""
    if shape is None or shape.id() in seen:
        return
    seen.add(shape.id())
    for item in parts(shape, "Items"):
        if not item.is_a("IfcMappedItem") or depth >= DEEPEST:
            yield item
        else:
            yield from _unmapped(value(value(item, "MappingSource"), "MappedRepresentation"), seen, depth + 1)


def facilities(model: Any) -> list[Entity]:
    """The buildings of a model, and its outermost bridges, roads, railways and other facilities."""
    names = ifc_classes().facility
    return [
        entity
        for entity in by_types(model, names)
        if entity.is_a("IfcBuilding") or not any(is_a(above, names) for above in ancestors(entity))
    ]


def shell(
    model: Any, owners: Sequence[Entity], hierarchy: Hierarchy, ready: Container[int] = ()
) -> tuple[list[Entity], int, int]:
    """The elements that make the outlines; how many walls, slabs and roofs have no body, and how many are terrains.

    Proxies and infrastructure are drawn only in buildings where nothing encloses, and in facilities that are no
    buildings. The STEP ids in `ready` are of elements that are known to have a body.
    """
    known_classes = ifc_classes()
    elements = by_types(model, known_classes.shell)
    enclosing = [element for element in elements if is_a(element, known_classes.encloses)]
    buildings = any(owner.is_a("IfcBuilding") for owner in owners)
    if not enclosing or (owners and not buildings):
        elements = by_types(model, (*known_classes.drawn, *(known_classes.other if not enclosing else ())))
    elif len(owners) > 1:
        walled = {0, *(key(hierarchy.place(element).building) for element in enclosing)}
        walled -= {owner.id() for owner in owners if not owner.is_a("IfcBuilding")}
        others = by_types(model, (*known_classes.proxy, *known_classes.infrastructure, *known_classes.other))
        elements += [element for element in others if key(hierarchy.place(element).building) not in walled]
    # Left out are things of the ground, whatever class they stand in.
    built = [element for element in elements if not is_ground(element)]
    bodied = [element for element in built if element.id() in ready or has_body(element)]
    known = {element.id() for element in bodied}
    bare = [element for element in enclosing if element.id() not in known and not is_ground(element)]
    lost = 0
    for element in bare:
        pieces = _parts(element)
        proxies = [p for p in pieces if is_a(p, known_classes.proxy) and not is_ground(p)]
        drawn = [p for p in pieces if p.id() in known] + [p for p in proxies if p.id() in ready or has_body(p)]
        fresh = [piece for piece in drawn if piece.id() not in known]
        bodied += fresh
        known.update(piece.id() for piece in fresh)
        # A roof is the slabs that it consists of, which are counted themselves.
        lost += not drawn and not any(is_a(piece, known_classes.encloses) for piece in pieces)
    return bodied, lost, len(elements) - len(built)


def _parts(element: Entity) -> list[Entity]:
    """What an element consists of, and what that consists of."""
    found: dict[int, Entity] = {}
    wholes = [element]
    while wholes:
        for relation in value(wholes.pop(), "IsDecomposedBy") or ():
            fresh = [part for part in parts(relation, "RelatedObjects") if part.id() not in found]
            found.update((part.id(), part) for part in fresh)
            wholes += fresh
    return list(found.values())


def key(entity: Entity | None) -> int:
    """The STEP id of an entity, 0 for none."""
    return int(entity.id()) if entity is not None else 0


def is_ground(element: Entity) -> bool:
    """Whether a slab, a proxy or another flat thing is a terrain by its name."""
    if not is_a(element, GROUND_CLASSES):
        return False
    names = (text_of(value(element, name)) for name in ("Name", "ObjectType"))
    return any(first_match("element_words", "kind", name) == "terrain" for name in names if name)


def host(element: Entity, hierarchy: Hierarchy) -> Entity:
    """The element of which one is a part (a layer of a wall); the element itself where it is none.

    A proxy is a part of a wall, a slab or a roof only, not of an assembly.
    """
    own = classes(element)
    if not own.isdisjoint(ifc_classes().proxy):
        above = hierarchy.parent(element)
        return above if above is not None and is_a(above, ifc_classes().encloses) else element
    if PART not in own:
        return element
    current = element
    while is_a(current, (PART,)):
        above = hierarchy.parent(current)
        if above is None or not is_a(above, ("IfcElement",)):
            break
        current = above
    return current


def parent(entity: Entity, known: dict[int, Entity | None] | None = None) -> Entity | None:
    """The entity that contains, aggregates, nests or is voided or filled by this one.

    `known` remembers where relations lead, by their STEP ids, since a storey's contains thousands of elements.
    """
    known = known if known is not None else {}
    for inverse, target in (
        ("ContainedInStructure", "RelatingStructure"),
        ("FillsVoids", "RelatingOpeningElement"),
        ("VoidsElements", "RelatingBuildingElement"),
        ("Decomposes", "RelatingObject"),
        ("Nests", "RelatingObject"),
    ):
        relations = value(entity, inverse)
        if relations:
            relation = relations[0]
            step = relation.id()
            if step not in known:
                known[step] = next(iter(parts(relation, target)), None)
            return known[step]
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
    """The GlobalId of the site that an entity stands on, "" where there is none; of nested ones that with a place."""
    sites = [above for above in ancestors(entity) if above.is_a("IfcSite")] if entity is not None else []
    placed = [site for site in sites if value(site, "RefLatitude") and value(site, "RefLongitude")]
    return next((str(site.GlobalId) for site in (*placed, *sites)), "")


class Hierarchy:
    """Parents and places of elements, remembered, since thousands of elements share a storey."""

    def __init__(self, model: Any = None) -> None:
        self._model = model
        self._known: dict[int, SpatialContainer] = {}
        self._parents: dict[int, Entity | None] = {}
        self._related: dict[int, Entity | None] = {}
        self._axes: dict[int, Entity] | None = None
        self.placed: set[int] = set()
        """The elements in no structure that belong to the building or storey in whose axes they lie."""

    def parent(self, entity: Entity) -> Entity | None:
        """What `parent` gives."""
        key = entity.id()
        if key not in self._parents:
            above = parent(entity, self._related)
            if above is None and is_a(entity, ("IfcElement",)):
                above = self._by_placement(entity)
            self._parents[key] = above
        return self._parents[key]

    def _by_placement(self, element: Entity) -> Entity | None:
        """The storey, else the building, in whose axes an element lies; None where none or several may be it."""
        if self._axes is None:
            self._axes = {}
            # Storeys come last: where a building shares its placement with one, the storey says more.
            for names in (ifc_classes().facility, ifc_classes().part):
                for entity in by_types(self._model, names) if self._model is not None else ():
                    placement = value(entity, "ObjectPlacement")
                    if placement is not None:
                        self._axes[placement.id()] = entity
        placement = value(element, "ObjectPlacement")
        for _ in range(DEEPEST):
            placement = value(placement, "PlacementRelTo")
            if placement is None:
                return None
            if placement.id() in self._axes:
                self.placed.add(element.id())
                return self._axes[placement.id()]
        return None

    def place(self, entity: Entity) -> SpatialContainer:
        """The storey and building of an entity."""
        known, chain = self._known, list[tuple[int, Entity]]()
        current: Entity | None = entity
        container = SpatialContainer(None, None)
        while current is not None:
            step = current.id()
            if step in known:
                container = known[step]
                break
            known[step] = container  # ends a loop
            chain.append((step, current))
            current = self.parent(current)
        for step, each in reversed(chain):
            own = classes(each)
            if "IfcBuildingStorey" in own:
                container = SpatialContainer(each, container.building)
            elif not own.isdisjoint(("IfcBuilding", "IfcFacility")):
                outer = container.building if "IfcBuilding" not in own else None
                container = SpatialContainer(container.storey, outer if outer is not None else each)
            known[step] = container
        return container
