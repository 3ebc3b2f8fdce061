"""Rooms: the spaces of a building with their plan, level, area, use and what the model states of them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from ..common.warnings import CodedMessage
from .attributes import MOST_SETS, classifications, property_sets, property_value, single_value, text_of
from .class_tables import first_match
from .conversion import unit_scale
from .elements import Hierarchy, by_types, has_body
from .entities import Entity, parts, value
from .footprint import join, polygons, silhouettes, together
from .mesh import Mesh, Meshed, mesh_elements
from .model import Building, Room, Storey
from .warnings import coded

CELL_M = 1e-4
"""Coordinates of rooms are rounded to this, so that areas of small rooms stay right to some cm2."""

OVERLAP = 0.02
"""Share of a storey's rooms that may lie over each other without a warning."""

UNIT_FIT = 0.3
"""So far from the shapes' areas may the stated ones lie for a unit to explain them."""

DEEPEST = 32
NET = ("netfloorarea", "netarea", "horizontalarea")
GROSS = ("grossfloorarea", "grossarea")
STATED = ("NetFloorArea", "GSA BIM Area", "Area", "GrossFloorArea")
STATED_SETS = ("GSA Space Areas", "PSet_Revit_Dimensions", "Dimensions", "Pset_SpaceCommon", "BaseQuantities")
"""Properties in which authoring tools write an area that belongs into quantities, and their sets."""

_NUMBER = re.compile(r"^.*\s([A-Za-z]{0,3}[-.]?\d[\w.\-]*)$")
_OUTSIDE = ("EXTERNAL", "EXTERNALSPACE")


@dataclass(frozen=True)
class Rooms:
    """The buildings with their rooms, and what is to be said of them."""

    buildings: tuple[Building, ...]
    warnings: tuple[CodedMessage, ...] = ()


def read_rooms(
    model: Any,
    unit_m: float,
    buildings: Sequence[Building],
    kernel_fallback: int = 0,
    ready: Mapping[int, Mesh] | None = None,
) -> Rooms:
    """The buildings with the spaces that stand in them; a space of no building goes to the only one.

    Parameters
    ----------
    model : ifcopenshell.file
    unit_m : float
        Metres in one project unit.
    buildings : sequence of Building
        In the order of the model.
    kernel_fallback : int
        The first of the geometry kernels to try (see `mesh`).
    ready : mapping of int to Mesh, optional
        Meshes of spaces that need no kernel, by STEP ids.
    """
    spaces = by_types(model, ("IfcSpace",))
    if not spaces:
        return Rooms(tuple(buildings))
    hierarchy = Hierarchy(model)
    ready = ready or {}
    bodied = [space for space in spaces if space.id() in ready or has_body(space)]
    meshed = mesh_elements(model, bodied, unit_m, kernel_fallback, ready) if bodied else Meshed({}, "")
    meshes = meshed.meshes
    reader = _Reader(hierarchy, meshes, unit_scale(model, "AREAUNIT"), _counted(spaces, meshes))
    by_building: dict[str, list[Room]] = {building.id: [] for building in buildings}
    only = buildings[0].id if len(buildings) == 1 else ""
    lost = 0
    for space in spaces:
        owner = hierarchy.place(space).building
        name = str(owner.GlobalId) if owner is not None else only
        if (name if name in by_building else only) in by_building:
            by_building[name if name in by_building else only].append(reader.room(space))
        else:
            lost += 1
    warnings = [coded("rooms_of_no_building", count=lost)] if lost else []
    bare = len(spaces) - len(meshes)
    warnings += [coded("rooms_without_shape", count=bare, total=len(spaces))] if bare else []
    warnings += [coded("rooms_as_boxes", count=meshed.boxed)] if meshed.boxed else []
    furnished = []
    for building in buildings:
        rooms = tuple(_on_storey(room, building.storeys) for room in by_building[building.id])
        rooms, factor = _in_metres(rooms, unit_m)
        warnings += [coded("room_areas_scaled", name=building.name, factor=factor)] if factor != 1.0 else []
        furnished.append(replace(building, rooms=rooms))
        warnings += _doubts(building.name, rooms)
    return Rooms(tuple(furnished), tuple(warnings))


class _Reader:
    """Makes rooms of spaces."""

    def __init__(self, hierarchy: Hierarchy, meshes: Mapping[int, Mesh], area_m2: float, counted: set[int]) -> None:
        self.hierarchy, self.meshes, self.area_m2, self.counted = hierarchy, meshes, area_m2, counted
        self.plans = _plans(meshes)

    def room(self, space: Entity) -> Room:
        """One space, with or without a shape."""
        mesh, plan = self.meshes.get(space.id()), self.plans.get(space.id())
        storey = self.hierarchy.place(space).storey
        name, long_name = text_of(value(space, "Name")), text_of(value(space, "LongName"))
        reference = property_value(space, ("Pset_SpaceCommon",), ("Reference",))
        above = _whole(space)
        area = float(plan.area) if plan is not None else None
        stated = stated_area_m2(space, self.area_m2)
        return Room(
            id=str(space.GlobalId),
            storey_id=str(storey.GlobalId) if storey is not None else "",
            name=name,
            long_name=long_name,
            room_number=number_of(name, long_name, text_of(reference)),
            use=room_use(space),
            polygon=plan,
            elev_m=mesh.low if mesh is not None else None,
            height_m=mesh.high - mesh.low if mesh is not None else None,
            area_m2=area,
            stated_area_m2=stated,
            is_outside=is_outside(space),
            part_of=str(above.GlobalId) if above is not None else "",
            is_counted=space.id() in self.counted,
        )


def _plans(meshes: Mapping[int, Mesh]) -> dict[int, BaseGeometry]:
    """What each space covers in model metres."""
    if not meshes:
        return {}
    shift = np.round(np.median([mesh.vertices[0, :2] for mesh in meshes.values()], axis=0))
    found = {}
    for step, plan in zip(meshes, silhouettes(list(meshes.values()), shift, CELL_M), strict=True):
        shape = together(polygons(plan.shape)) if plan is not None else MultiPolygon()
        if not shape.is_empty:
            found[step] = shapely.transform(shape, lambda points: points + shift)
    return found


def _whole(space: Entity) -> Entity | None:
    """The space of which one is a part."""
    for relation in value(space, "Decomposes") or ():
        above = value(relation, "RelatingObject")
        if above is not None and above.is_a("IfcSpace"):
            return above
    return None


def _pieces(space: Entity) -> list[Entity]:
    """The spaces that one consists of."""
    relations = value(space, "IsDecomposedBy") or ()
    return [part for relation in relations for part in parts(relation, "RelatedObjects") if part.is_a("IfcSpace")]


def _counted(spaces: Iterable[Entity], shaped: Mapping[int, Mesh]) -> set[int]:
    """The spaces whose areas add up: of a space and its parts either the one or the others.

    A complex gives way to the spaces that it consists of, a partial space to the one of which it is a part; what only
    says how much is gross floor counts nowhere.
    """
    counted: set[int] = set()
    seen: set[int] = set()

    def has_shape(space: Entity, depth: int = 0) -> bool:
        return depth < DEEPEST and any(part.id() in shaped or has_shape(part, depth + 1) for part in _pieces(space))

    def walk(space: Entity, depth: int) -> None:
        if space.id() in seen or depth > DEEPEST:
            return
        seen.add(space.id())
        inner = _pieces(space)
        gross = value(space, "PredefinedType") == "GFA"
        is_sum = value(space, "CompositionType") == "COMPLEX" and has_shape(space)
        if not gross and not is_sum and (space.id() in shaped or not has_shape(space)):
            counted.add(space.id())
            return
        for part in inner:
            walk(part, depth + 1)

    for space in spaces:
        if _whole(space) is None:
            walk(space, 0)
    return counted


def number_of(name: str, long_name: str, reference: str = "") -> str:
    """A room's number: its name beside a long name, the end of a name such as "Office 2.14", else its reference."""
    if long_name and any(character.isdigit() for character in name):
        return name
    ending = _NUMBER.match(name)
    if ending:
        return ending.group(1)
    return reference or (name if name and not any(character.isalpha() for character in name) else "")


def room_use(space: Entity) -> str:
    """The use by the table room_use.csv, "" when no word of it occurs.

    The names are asked first, since categories and occupancy types are often left at what a template says; parking is
    one by its type alone.
    """
    if value(space, "PredefinedType") == "PARKING":
        return "parking"
    sets, names = ("Pset_SpaceCommon", "Pset_SpaceOccupancyRequirements", "PSet_Revit_Other"), ("OccupancyType",)
    said = text_of(property_value(space, sets, (*names, "Category Description")))
    texts = [text_of(value(space, name)) for name in ("LongName", "Name", "ObjectType", "Description")]
    texts += [said, *classifications(space)]
    return next((use for text in texts if text and (use := first_match("room_use", "use", text))), "")


def is_outside(space: Entity) -> bool | None:
    """Whether a space lies outside, by its type or the property IsExternal; None where the model does not say."""
    for name in ("PredefinedType", "InteriorOrExteriorSpace"):
        kind = value(space, name)
        if kind in _OUTSIDE or (isinstance(kind, str) and kind.startswith("EXTERNAL_")):
            return True
        if kind == "INTERNAL":
            return False
    stated = property_value(space, ("Pset_SpaceCommon",), ("IsExternal",))
    return None if stated is None else stated is True or str(stated).upper() in ("T", "TRUE", ".T.")


def stated_area_m2(space: Entity, unit_m2: float) -> float | None:
    """The floor area that a model states of a space, the net one first; None where it states none above 0."""
    found: dict[str, float] = {}
    for relation in (value(space, "IsDefinedBy") or ())[:MOST_SETS]:
        for group in parts(relation, "RelatingPropertyDefinition"):
            for quantity in value(group, "Quantities") or ():
                area = value(quantity, "AreaValue")
                name = str(value(quantity, "Name") or "").casefold().replace(" ", "")
                if isinstance(area, int | float) and math.isfinite(area) and area > 0:
                    found.setdefault(name, float(area))
    for name in (*NET, *GROSS):
        if name in found:
            return found[name] * unit_m2
    return _stated_in_properties(space, unit_m2)


def _stated_in_properties(space: Entity, unit_m2: float) -> float | None:
    sets = {name.casefold() for name in STATED_SETS}
    found: dict[str, float] = {}
    for group in property_sets(space):
        if str(value(group, "Name") or "").casefold() in sets:
            for entry in parts(group, "HasProperties"):
                area = single_value(entry)
                if isinstance(area, int | float) and not isinstance(area, bool) and math.isfinite(area) and area > 0:
                    found.setdefault(str(value(entry, "Name")), float(area))
    return next((found[name] * unit_m2 for name in STATED if name in found), None)


def _on_storey(room: Room, storeys: Sequence[Storey]) -> Room:
    """The room on its storey, or on the nearest one where its own level is no storey."""
    if not storeys or room.storey_id in {storey.id for storey in storeys}:
        return room
    if room.elev_m is None:
        return replace(room, storey_id="")
    level = room.elev_m
    return replace(room, storey_id=min(storeys, key=lambda storey: abs(storey.elev_m - level)).id)


def _in_metres(rooms: tuple[Room, ...], unit_m: float) -> tuple[tuple[Room, ...], float]:
    """The rooms with stated areas in m2, and the factor, where most fit the shapes only as squares of the length unit.

    Some tools write mm2 in models that name m2.
    """
    factor = unit_m * unit_m
    known = [(r.area_m2, r.stated_area_m2) for r in rooms if r.area_m2 and r.stated_area_m2]
    ratios = [stated * factor / area for area, stated in known]
    if abs(factor - 1.0) < 0.01 or not ratios or abs(float(np.median(ratios)) - 1.0) > UNIT_FIT:
        return rooms, 1.0
    return tuple(
        replace(room, stated_area_m2=room.stated_area_m2 * factor) if room.stated_area_m2 else room for room in rooms
    ), factor


def _doubts(building: str, rooms: Sequence[Room]) -> list[CodedMessage]:
    """What is odd about the rooms of a building."""
    found = []
    apart = sum(room.area_differs is True for room in rooms)
    if apart:
        known = sum(room.area_differs is not None for room in rooms)
        found.append(coded("room_areas_differ", name=building, count=apart, total=known))
    over = 0.0
    by_storey: dict[str, list[BaseGeometry]] = {}
    for room in rooms:
        if room.is_counted and room.polygon is not None:
            by_storey.setdefault(room.storey_id, []).append(room.polygon)
    whole = 0.0
    for shapes in by_storey.values():
        areas = sum(float(shape.area) for shape in shapes)
        whole += areas
        over += areas - float(join(shapes).area)
    if over > OVERLAP * whole:
        found.append(coded("rooms_overlap", name=building, area_m2=over))
    return found
