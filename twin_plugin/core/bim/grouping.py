"""Which elements make each building: those in its structure, those in its axes, its own body; not what lies far off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..common.warnings import CodedMessage
from .class_tables import ifc_classes
from .elements import Hierarchy, by_types, has_body
from .entities import Entity
from .mesh import Mesh, Meshed
from .warnings import coded

FAR_M = 1000.0
FAR_TIMES = 20.0
"""An element this far from the middle of its building, and so many times farther than most others, is a stray."""

FEW = 0.1
"""More strays than this share of the elements are no strays but another part of the building."""


def own_bodies(model: Any, owners: Sequence[Entity], elements: Sequence[Entity], hierarchy: Hierarchy) -> list[Entity]:
    """The bodies of buildings without any element of a shell: of the building itself, else of its storeys and parts."""
    done = {place.id() for element in elements if (place := hierarchy.place(element).building) is not None}
    bare = {owner.id() for owner in owners} - done
    if not bare:
        return []
    own = [owner for owner in owners if owner.id() in bare and has_body(owner)]
    bare -= {owner.id() for owner in own}
    parts = by_types(model, ifc_classes().part) if bare else []
    for part in parts:
        place = hierarchy.place(part).building
        if place is not None and place.id() in bare and has_body(part):
            own.append(part)
    return own


def groups(
    owners: Sequence[Entity],
    elements: Sequence[Entity],
    hierarchy: Hierarchy,
    meshed: Meshed,
    warnings: list[CodedMessage],
) -> list[tuple[Entity | None, list[Entity]]]:
    """The elements of each building; those of none go to the only building, or to the one with most elements.

    What stands in the site and not in a building (paving, garden walls) belongs to none, unless no building has any.
    """
    by_owner: dict[int, list[Entity]] = {owner.id(): [] for owner in owners}
    strays: list[Entity] = []
    for element in elements:
        if element.id() not in meshed.meshes:
            continue
        place = hierarchy.place(element).building
        (by_owner[place.id()] if place is not None and place.id() in by_owner else strays).append(element)
    if not owners:
        return [(None, near_ones(strays, meshed.meshes, warnings))] if strays else []
    if any(by_owner.values()):
        strays = [element for element in strays if not _in_site(hierarchy.parent(element))]
    if strays:
        by_owner[max(by_owner, key=lambda key: len(by_owner[key]))].extend(strays)
        if len(owners) > 1:
            warnings.append(coded("elements_of_no_building", count=len(strays)))
    if hierarchy.placed:
        warnings.append(coded("elements_by_placement", count=len(hierarchy.placed)))
    return [
        (owner, near_ones(by_owner[owner.id()], meshed.meshes, warnings if owner.is_a("IfcBuilding") else None))
        for owner in owners
    ]


def near_ones(elements: list[Entity], meshes: Mapping[int, Mesh], warnings: list[CodedMessage] | None) -> list[Entity]:
    """The elements of a building without those that lie far from all others; all of them without `warnings`."""
    if len(elements) < 3 or warnings is None:
        return elements
    middles = np.array([meshes[element.id()].vertices[0, :2] for element in elements])
    if np.hypot(*(middles.max(axis=0) - middles.min(axis=0))) <= FAR_M:
        return elements
    distances = np.hypot(*(middles - np.median(middles, axis=0)).T)
    far = distances > max(FAR_M, FAR_TIMES * float(np.median(distances)))
    count = int(far.sum())
    if not count:
        return elements
    farthest_km = float(distances.max()) / 1000
    if count > max(1.0, FEW * len(elements)):
        warnings.append(coded("elements_spread", count=count, distance_km=farthest_km))
        return elements
    warnings.append(coded("elements_far", count=count, distance_km=farthest_km))
    return [element for element, is_far in zip(elements, far.tolist(), strict=True) if not is_far]


def _in_site(above: Entity | None) -> bool:
    return above is not None and bool(above.is_a("IfcSite"))
