"""Chooses what of a model makes its buildings, has it meshed, and puts each building together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from ..common.warnings import CodedMessage
from .assembly import BuildingAssembler, OwnParts, Reading
from .attributes import building_name, is_external
from .class_tables import ifc_classes
from .elements import Hierarchy, by_types, facilities, has_body, key, losses, shell
from .entities import Entity
from .grouping import groups, own_bodies
from .mesh import Mesh, Meshed
from .model import Building, Floats
from .openings import candidate_classes, is_opening, kind_of
from .solids import FACED, Detail
from .storeys import (
    StoreyLevel,
    assign,
    first_guess,
    is_told,
    level_of,
    only_storeys,
    reference_of,
    use_elevations,
)
from .voids import floor_classes, inside_of
from .warnings import coded

Thing = TypeVar("Thing")

HIGH_M = 7.0
"""Windows and doors of storeys this far above the lowest possible ground floor are ignored."""


@dataclass(frozen=True)
class Shapes:
    """What a model holds: its buildings, how many elements were wanted and meshed, and the meshes' centre (m)."""

    buildings: tuple[Building, ...]
    wanted: int
    meshed: int
    engine: str
    centre: Floats | None
    warnings: tuple[CodedMessage, ...] = ()


@dataclass(frozen=True)
class _Chosen:
    """The elements that draw buildings, these and low openings by STEP ids, and how many more have no body."""

    covering: list[Entity]
    every: dict[int, Entity]
    bare: int


def read_buildings(
    model: Any,
    unit_m: float,
    kernel_fallback: int = 0,
    fallback_name: str = "",
    with_faces: bool = False,
    ready: Mapping[int, Mesh] | None = None,
    class_detail: Detail | None = None,
    shell_detail: Detail | None = None,
    with_envelope: bool = False,
) -> Shapes:
    """The buildings of a model, or its facilities, or one made of what stands in the site.

    Parameters
    ----------
    model : ifcopenshell.file
    unit_m : float
        Metres in one project unit.
    kernel_fallback : int
        The first of the geometry kernels to try (see `mesh`).
    fallback_name : str
        The name of a building that has none.
    with_faces : bool
        Whether the faces of the shell are wanted, for 3D views.
    ready : mapping of int to Mesh, optional
        Meshes of elements that need no kernel, by STEP ids.
    class_detail : Detail, optional
        How the solids of each element class are drawn; None where none are wanted.
    shell_detail : Detail, optional
        The level of detail of closed shells; None where none are wanted.
    with_envelope : bool
        Whether areas of the envelope are wanted.
    """
    project = next(iter(by_types(model, ("IfcProject",))), None)
    details = (class_detail, shell_detail, with_envelope)
    reading = Reading(
        model, unit_m, kernel_fallback, fallback_name, with_faces, *details, ready or {}, project, Hierarchy(model)
    )
    owners, levels, warnings = facilities(model), _levels(reading), reading.warnings
    chosen = _chosen(reading, owners, levels)
    meshed = reading.meshes(list(chosen.every.values()))
    if chosen.covering and not meshed.meshes:
        warnings.append(coded("no_element_meshed"))
    if not chosen.covering:
        covering = _spaces(model, owners)
        if covering:
            warnings.append(coded("spaces_used"))
        chosen = _Chosen(covering, {element.id(): element for element in covering}, chosen.bare)
        meshed = reading.meshes(covering)
    shift = _shift(meshed)
    buildings = _buildings(reading, owners, levels, chosen, meshed, shift)
    wanted = len(chosen.every) + chosen.bare
    if wanted > len(meshed.meshes):
        unmeshed = (element for key, element in chosen.every.items() if key not in meshed.meshes)
        warnings += losses(wanted - len(meshed.meshes), wanted, unmeshed)
    if meshed.boxed:
        warnings.append(coded("elements_as_boxes", count=meshed.boxed))
    centre = np.array([*(shift + 0.0), 0.0]) if meshed.meshes else None
    return Shapes(tuple(buildings), wanted, len(meshed.meshes), meshed.engine, centre, tuple(warnings))


def _chosen(reading: Reading, owners: Sequence[Entity], levels: Mapping[int, StoreyLevel]) -> _Chosen:
    """What of a model is meshed."""
    low = {element.id(): element for element in _low_openings(reading, levels)}
    elements, bare, grounds = shell(reading.model, owners, reading.hierarchy, reading.ready)
    if grounds:
        reading.warnings.append(coded("ground_left_out", count=grounds))
    # Doors high above the ground add nothing to an outline and are half of what there is to mesh in a tower.
    with_doors = reading.with_faces or reading.class_detail or reading.shell_detail in FACED
    covering = [
        element
        for element in elements
        if with_doors or not element.is_a("IfcDoor") or element.id() in low or is_external(element)
    ]
    covering += own_bodies(reading.model, owners, covering, reading.hierarchy)
    return _Chosen(covering, {element.id(): element for element in covering} | low, bare)


def _buildings(
    reading: Reading,
    owners: Sequence[Entity],
    levels: Mapping[int, StoreyLevel],
    chosen: _Chosen,
    meshed: Meshed,
    shift: Floats,
) -> list[Building]:
    """The buildings that the chosen elements make."""
    hierarchy, every = reading.hierarchy, chosen.every
    spaces = _spaces(reading.model, owners) if not by_types(reading.model, floor_classes()) else []
    inside = inside_of(chosen.covering, spaces, owners, hierarchy, reading.ready, reading.meshes)
    reading, alone = replace(reading, inside=inside), len(owners) <= 1
    near = _of_building(every, every.values(), hierarchy, alone)
    storeys = _of_building(levels, [level.entity for level in levels.values()], hierarchy, alone)
    buildings = []
    for owner, elements in groups(owners, chosen.covering, hierarchy, meshed, reading.warnings):
        own = key(owner) if not alone else 0
        parts = OwnParts(owner, elements, near.get(own, {}), list(storeys.get(own, {}).values()))
        building = BuildingAssembler(reading, parts, meshed, shift).build()
        if building is not None:
            buildings.append(building)
    return buildings


def _low_openings(reading: Reading, every: Mapping[int, StoreyLevel]) -> list[Entity]:
    """Windows, ramps and what else may be an opening, in the storeys near the ground."""
    model, hierarchy = reading.model, reading.hierarchy
    levels: dict[int, list[StoreyLevel]] = {}
    for level in every.values():
        building = hierarchy.place(level.entity).building
        levels.setdefault(building.id() if building is not None else 0, []).append(level)
    owners = by_types(model, ("IfcBuilding",))
    data = {owner.id(): reading.elevation_m(owner) for owner in owners}
    references = {owner.id(): reference_of(owner, reading.unit_m) for owner in owners}
    lowest = min(data.values(), default=0.0)
    # Buildings on a slope have grounds of their own; where nothing but doors tells the ground floor, all are needed.
    guesses = {}
    for owner, of in levels.items():
        clues = (only_storeys(of), data.get(owner, lowest), references.get(owner))
        guesses[owner] = first_guess(*clues) if is_told(*clues) else None
    heights = {level.entity.id(): (level.z, guesses[key]) for key, of in levels.items() for level in of}
    openings = []
    for element in by_types(model, candidate_classes()):
        storey = hierarchy.place(element).storey
        z, guess = heights.get(storey.id(), (0.0, None)) if storey is not None else (0.0, None)
        if guess is not None and z > guess + HIGH_M:
            continue
        if (is_opening(element) or kind_of(element, "")) and (element.id() in reading.ready or has_body(element)):
            openings.append(element)
    return openings


def _levels(reading: Reading) -> dict[int, StoreyLevel]:
    """The storeys of a model, with what belongs to each."""
    storeys = by_types(reading.model, ("IfcBuildingStorey",))
    levels = {entity.id(): level_of(entity, reading.unit_m) for entity in storeys}
    by_owner: dict[int, list[StoreyLevel]] = {}
    for level in levels.values():
        by_owner.setdefault(key(reading.hierarchy.place(level.entity).building), []).append(level)
    for of in by_owner.values():
        owner = reading.hierarchy.place(of[0].entity).building
        if use_elevations(of, reading.elevation_m(owner), reading.unit_m):
            name = building_name(owner, reading.fallback_name) if owner is not None else reading.fallback_name
            reading.warnings.append(coded("storeys_by_elevation", name=name))
    for element in by_types(reading.model, (*ifc_classes().floor, *ifc_classes().used)):
        assign(levels, reading.hierarchy.place(element).storey, element)
    return levels


def _of_building(
    things: Mapping[int, Thing], entities: Iterable[Entity], hierarchy: Hierarchy, alone: bool
) -> dict[int, dict[int, Thing]]:
    """What belongs to each building, by STEP ids; all of it to 0 where there is one building at most."""
    if alone:
        return {0: dict(things)}
    by_building: dict[int, dict[int, Thing]] = {}
    for entity in entities:
        building = hierarchy.place(entity).building
        if building is not None:
            by_building.setdefault(building.id(), {})[entity.id()] = things[entity.id()]
    return by_building


def _spaces(model: Any, owners: Sequence[Entity]) -> list[Entity]:
    """What draws a building without a single element of a shell: its spaces."""
    return [entity for entity in by_types(model, ifc_classes().space) if has_body(entity)] if owners else []


def _shift(meshed: Meshed) -> Floats:
    """A whole-metre origin near the meshes, which keeps the rounding of large coordinates exact."""
    if not meshed.meshes:
        return np.zeros(2)
    middles = np.array([mesh.vertices[0, :2] for mesh in meshed.meshes.values()])
    return np.asarray(np.round(np.median(middles, axis=0)), dtype=np.float64)
