"""Cheap questions to ifcopenshell's entities, asked by the thousand: asking for what a class has not costs most."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

Entity = Any
"""An entity of ifcopenshell, whose attributes no type checker knows."""


def is_a(entity: Entity, names: Iterable[str]) -> bool:
    """Whether an entity is of one of these classes or of a subclass."""
    return not classes_of(entity.is_a(True)).isdisjoint(names)


def classes(entity: Entity) -> frozenset[str]:
    """The class of an entity and all it descends from, for what asks for several."""
    return classes_of(entity.is_a(True))


def value(entity: Entity, name: str) -> Any:
    """An attribute or inverse attribute of an entity; None where its class has none of that name.

    In a damaged file a number, or an entity of any class, may stand where another entity belongs: that is None too.
    """
    kind = getattr(entity, "is_a", None)
    place = _attributes(kind(True)).get(name) if kind is not None else None
    if place is None:
        return None
    return entity[place] if place >= 0 else getattr(entity, name)


def parts(entity: Entity, name: str) -> list[Entity]:
    """The entities that an attribute holds, one or several; what is no entity is left out."""
    held = value(entity, name)
    return [part for part in (held if isinstance(held, tuple | list) else (held,)) if hasattr(part, "is_a")]


@lru_cache(maxsize=4096)
def classes_of(name: str) -> frozenset[str]:
    """A class, such as "IFC4.IfcWall", and all it descends from."""
    names: set[str] = set()
    declaration = _declaration(name)
    while declaration is not None:
        names.add(str(declaration.name()))
        declaration = declaration.supertype()
    return frozenset(names)


@lru_cache(maxsize=4096)
def _attributes(name: str) -> dict[str, int]:
    """The attributes of a class, with their places among its values; -1 where it is inverse or derived."""
    declaration = _declaration(name)
    if declaration is None:
        return {}
    places = {str(attribute.name()): -1 for attribute in declaration.all_inverse_attributes()}
    written = zip(declaration.all_attributes(), declaration.derived(), strict=True)
    places.update((str(attribute.name()), -1 if derived else at) for at, (attribute, derived) in enumerate(written))
    return places


def _declaration(name: str) -> Any:
    from ifcopenshell import ifcopenshell_wrapper

    schema, _, kind = name.rpartition(".")
    return ifcopenshell_wrapper.schema_by_name(schema).declaration_by_name(kind).as_entity()
