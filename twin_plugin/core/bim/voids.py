"""Openings through slabs and roofs, since floors leave courtyards open, and spaces where floors are missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .class_tables import ifc_classes
from .elements import Hierarchy, has_body, key
from .entities import Entity, is_a, parts, value
from .footprint import Silhouette, silhouettes
from .ground_plan import goes_through, without_voids
from .mesh import Mesh, Meshed
from .model import Floats

VOIDED = ("IfcSlab", "IfcRoof", "IfcCovering")
"""The elements whose openings count; those of walls are windows and doors."""


@dataclass(frozen=True)
class Inside:
    """What elements of the shell leave open or enclose.

    Attributes
    ----------
    voids : mapping of int to list
        The openings in slabs and roofs that nothing fills, by the STEP ids of what they are in.
    meshes : mapping of int to Mesh
        The openings' meshes, by STEP ids.
    rooms : mapping of int to list
        The meshes of the spaces of each building, by STEP ids, where the model has no floor at all; 0 for no building.
    """

    voids: Mapping[int, list[Entity]] = field(default_factory=dict)
    meshes: Mapping[int, Mesh] = field(default_factory=dict)
    rooms: Mapping[int, list[Mesh]] = field(default_factory=dict)

    def cut(self, elements: Sequence[Entity], meshes: Mapping[int, Mesh], shift: Floats) -> list[Silhouette | None]:
        """What each element covers, in coordinates less `shift` (2,), less the openings that go through it."""
        plans = silhouettes([meshes[element.id()] for element in elements], shift)
        for row, element in enumerate(elements):
            host = meshes[element.id()]
            voids = [self.meshes[each.id()] for each in self.voids.get(element.id(), ()) if each.id() in self.meshes]
            through = [void for void in voids if goes_through(void.low, void.high, host.low, host.high)]
            if through:
                plans[row] = without_voids(plans[row], silhouettes(through, shift))
        return plans


def floor_classes() -> list[str]:
    """The classes of slabs and roofs: in a model without any of them, spaces tell what walls enclose."""
    return [name for name in ifc_classes().floor if name not in ifc_classes().wall]


def inside_of(
    covering: Sequence[Entity],
    spaces: Sequence[Entity],
    owners: Sequence[Entity],
    hierarchy: Hierarchy,
    ready: Mapping[int, Mesh],
    meshes_of: Callable[[list[Entity]], Meshed],
) -> Inside:
    """The openings in slabs of the elements of a shell, and the `spaces` of each building."""
    voids = _voids(covering, ready)
    openings = {opening.id(): opening for several in voids.values() for opening in several}
    rooms: dict[int, list[Entity]] = {}
    for space in spaces:
        place = owners[0] if len(owners) == 1 else hierarchy.place(space).building
        rooms.setdefault(key(place), []).append(space)
    others = [*openings.values(), *(space for several in rooms.values() for space in several)]
    meshes = meshes_of(others).meshes if others else {}
    found = {owner: [meshes[each.id()] for each in several if each.id() in meshes] for owner, several in rooms.items()}
    return Inside(voids, meshes, found)


def _voids(elements: Iterable[Entity], ready: Mapping[int, Mesh]) -> dict[int, list[Entity]]:
    found: dict[int, list[Entity]] = {}
    for element in elements:
        if not is_a(element, VOIDED):
            continue
        for relation in value(element, "HasOpenings") or ():
            for opening in parts(relation, "RelatedOpeningElement"):
                if not value(opening, "HasFillings") and (opening.id() in ready or has_body(opening)):
                    found.setdefault(element.id(), []).append(opening)
    return found
