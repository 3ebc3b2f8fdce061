"""Puts a model's meshes together into buildings with storeys, openings and underground parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from ..common.solid import Solid
from ..common.warnings import CodedMessage
from . import ground_plan
from .attributes import building_name, building_use, is_external, lifecycle_stage
from .class_solids import Part, class_solids
from .class_tables import ifc_classes
from .elements import Hierarchy, by_types, facilities, has_body, host, is_cut, key, shell, shell_class, site_of
from .entities import Entity, is_a, value
from .footprint import Silhouette, clean_polygon, cover, silhouettes
from .ground_plan import filled, has_rooms
from .grouping import groups, own_bodies
from .mesh import Mesh, Meshed, mesh_elements
from .model import Building, Floats, Opening, Underground
from .openings import NEAR_EDGE_M, RAMP_DROP_M, Candidate, candidate_classes, find_openings, is_opening, kind_of
from .solids import Detail, shell_faces
from .stated_values import postal_address, stated_floor_area_m2
from .storeys import (
    Piece,
    StoreyLevel,
    assign,
    build_storeys,
    elevation_of,
    first_guess,
    ground_floor,
    is_told,
    level_of,
    only_storeys,
    reference_of,
    use_elevations,
)
from .underground import find_underground
from .voids import Inside, floor_classes, inside_of
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
class _Reading:
    """What the steps of reading one model share; see `read_buildings`."""

    model: Any
    unit_m: float
    kernel_fallback: int
    fallback_name: str
    with_faces: bool
    class_detail: Detail | None
    ready: Mapping[int, Mesh]
    project: Entity | None
    hierarchy: Hierarchy
    inside: Inside = field(default_factory=Inside)
    warnings: list[CodedMessage] = field(default_factory=list)

    def meshes(self, elements: list[Entity]) -> Meshed:
        return mesh_elements(self.model, elements, self.unit_m, self.kernel_fallback, self.ready)


@dataclass(frozen=True)
class _OwnParts:
    """What belongs to one building: its shell, what of it may be an opening or else lies low (by STEP id), storeys."""

    owner: Entity | None
    elements: list[Entity]
    near: dict[int, Entity]
    levels: list[StoreyLevel]


def read_buildings(
    model: Any,
    unit_m: float,
    kernel_fallback: int = 0,
    fallback_name: str = "",
    with_faces: bool = False,
    ready: Mapping[int, Mesh] | None = None,
    class_detail: Detail | None = None,
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
    """
    project = next(iter(by_types(model, ("IfcProject",))), None)
    hierarchy, owners = Hierarchy(model), facilities(model)
    reading = _Reading(
        model, unit_m, kernel_fallback, fallback_name, with_faces, class_detail, ready or {}, project, hierarchy
    )
    levels = _levels(reading)
    low = {element.id(): element for element in _low_openings(reading, levels)}
    # Doors high above the ground add nothing to an outline and are half of what there is to mesh in a tower.
    elements, bare, grounds = shell(model, owners, hierarchy, reading.ready)
    covering = [
        element
        for element in elements
        if with_faces or class_detail or not element.is_a("IfcDoor") or element.id() in low or is_external(element)
    ]
    covering += own_bodies(model, owners, covering, hierarchy)
    every = {element.id(): element for element in covering} | low
    meshed = reading.meshes(list(every.values()))
    warnings = reading.warnings
    if grounds:
        warnings.append(coded("ground_left_out", count=grounds))
    if covering and not meshed.meshes:
        warnings.append(coded("no_element_meshed"))
    if not covering:
        covering = _spaces(model, owners)
        if covering:
            warnings.append(coded("spaces_used"))
        meshed, every = reading.meshes(covering), {element.id(): element for element in covering}
    spaces = _spaces(model, owners) if not by_types(model, floor_classes()) else []
    reading = replace(reading, inside=inside_of(covering, spaces, owners, hierarchy, reading.ready, reading.meshes))
    shift = _shift(meshed)
    alone = len(owners) <= 1
    near = _of_building(every, every.values(), hierarchy, alone)
    storeys = _of_building(levels, [level.entity for level in levels.values()], hierarchy, alone)
    buildings = []
    for owner, elements in groups(owners, covering, hierarchy, meshed, warnings):
        own = key(owner) if not alone else 0
        parts = _OwnParts(owner, elements, near.get(own, {}), list(storeys.get(own, {}).values()))
        building = _BuildingAssembler(reading, parts, meshed, shift).build()
        if building is not None:
            buildings.append(building)
    centre = np.array([*(shift + 0.0), 0.0]) if meshed.meshes else None
    wanted = len(every) + bare
    lost = wanted - len(meshed.meshes)
    if lost > 0:
        warnings.append(coded("elements_without_shape", count=lost, total=wanted))
    if meshed.boxed:
        warnings.append(coded("elements_as_boxes", count=meshed.boxed))
    return Shapes(tuple(buildings), wanted, len(meshed.meshes), meshed.engine, centre, tuple(warnings))


def _low_openings(reading: _Reading, every: Mapping[int, StoreyLevel]) -> list[Entity]:
    """Windows, ramps and what else may be an opening, in the storeys near the ground."""
    model, hierarchy = reading.model, reading.hierarchy
    levels: dict[int, list[StoreyLevel]] = {}
    for level in every.values():
        building = hierarchy.place(level.entity).building
        levels.setdefault(building.id() if building is not None else 0, []).append(level)
    data = {b.id(): elevation_of(b, reading.unit_m) for b in by_types(model, ("IfcBuilding",))}
    references = {b.id(): reference_of(b, reading.unit_m) for b in by_types(model, ("IfcBuilding",))}
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


def _levels(reading: _Reading) -> dict[int, StoreyLevel]:
    """The storeys of a model, with what belongs to each."""
    storeys = by_types(reading.model, ("IfcBuildingStorey",))
    levels = {entity.id(): level_of(entity, reading.unit_m) for entity in storeys}
    by_owner: dict[int, list[StoreyLevel]] = {}
    for level in levels.values():
        by_owner.setdefault(key(reading.hierarchy.place(level.entity).building), []).append(level)
    for of in by_owner.values():
        owner = reading.hierarchy.place(of[0].entity).building
        datum = elevation_of(owner, reading.unit_m) if owner is not None else 0.0
        if use_elevations(of, datum, reading.unit_m):
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


def _door_height_m(candidates: Sequence[Candidate]) -> float | None:
    """How high half of the doors are at least; None without doors."""
    heights = [c.mesh.high - c.mesh.low for c in candidates if c.element.is_a("IfcDoor")]
    return float(np.median(heights)) if heights else None


class _BuildingAssembler:
    """Makes one building; holds what its steps share."""

    def __init__(self, reading: _Reading, parts: _OwnParts, meshed: Meshed, shift: Floats) -> None:
        self.reading, self.parts, self.meshes, self.shift = reading, parts, meshed.meshes, shift
        self.owner, self.elements, self.hierarchy = parts.owner, parts.elements, reading.hierarchy
        self.use = building_use(parts.owner) if parts.owner is not None else ""

    def build(self) -> Building | None:
        """The building, or None when the owner holds nothing that has a shape and no storey."""
        if all(element.is_a("IfcDoor") for element in self.elements):
            if self.elements:
                self.reading.warnings.append(coded("only_doors", name=self._name()))
            return None
        plans = self.reading.inside.cut(self.elements, self.meshes, self.shift)
        pieces = [self._piece(element, plan) for element, plan in zip(self.elements, plans, strict=True)]
        outline = clean_polygon(cover(plans))
        rooms = self._rooms(pieces, outline)
        if rooms is None:
            outline = filled(outline)
        elif rooms:
            outline = clean_polygon(cover([*plans, *(room.plan for room in rooms)]))
        pieces += rooms or []
        levels = self._levels()
        reading = self.reading
        datum = elevation_of(self.owner, reading.unit_m) if self.owner is not None else 0.0
        base, roof = min(p.low for p in pieces), self._top(pieces)
        candidates = self._candidates()
        reference = reference_of(self.owner, reading.unit_m)
        told = is_told(levels, datum, reference)
        sills = self._said_external(candidates) or ([] if told else self._at_edge(candidates, outline))
        ground = ground_floor(levels, sills, datum, base, reference)
        ground = min(max(ground, base), roof)
        footprint, beyond_m2 = ground_plan.footprint(pieces, ground, outline)
        if beyond_m2:
            self.reading.warnings.append(coded("slabs_beyond", name=self._name(), area_m2=beyond_m2))
        storeys = build_storeys(levels, pieces, ground, roof, outline, footprint if beyond_m2 else None)
        owner = self.owner if self.owner is not None else reading.project
        name = str(owner.GlobalId) if owner is not None else reading.fallback_name
        east, north = (float(metres) for metres in self.shift)
        underground = self._underground(name, pieces, ground, levels)
        below = underground[0].polygon if underground else None
        openings = find_openings(candidates, footprint, ground, self.use, self._ramps(candidates), below)
        openings = self._on_storeys(openings, levels)
        return Building(
            id=name,
            name=building_name(owner, reading.fallback_name) if owner is not None else reading.fallback_name,
            use=self.use,
            footprint=self._back(footprint),
            outline=self._back(outline),
            ground_m=ground,
            base_m=base,
            roof_m=roof,
            storeys=tuple(replace(s, polygon=self._back(s.polygon)) for s in storeys),
            openings=tuple(replace(o, x=o.x + east, y=o.y + north) for o in openings),
            underground=tuple(replace(part, polygon=self._back(part.polygon)) for part in underground),
            openings_known=any(c.element.is_a("IfcDoor") for c in candidates),
            lifecycle_stage=lifecycle_stage(owner, reading.project) if owner is not None else "",
            is_infrastructure=self.owner is not None and not self.owner.is_a("IfcBuilding"),
            solids=self._solids(name, pieces),
            address=postal_address(self.owner),
            site_id=site_of(owner),
            door_height_m=_door_height_m(candidates),
            doubts=() if told or sills else (self._guessed(levels, ground),),
            stated_floor_area_m2=stated_floor_area_m2(reading.model, self.owner, [level.entity for level in levels]),
        )

    def _solids(self, name: str, pieces: Sequence[Piece]) -> tuple[Solid, ...]:
        """A solid of each class where they are wanted, else one of all faces where those are."""
        class_detail = self.reading.class_detail
        if class_detail is None:
            meshes = [self.meshes[element.id()] for element in self.elements] if self.reading.with_faces else []
            solid = shell_faces(meshes, self.shift)
            return (replace(solid, owner=name),) if solid is not None else ()
        parts = []
        for element, piece in zip(self.elements, pieces, strict=False):  # rooms come behind the elements
            storey = self.hierarchy.place(element).storey
            number = storey.id() if storey is not None else 0
            parts.append(Part(shell_class(host(element, self.hierarchy)), number, piece, self.meshes[element.id()]))
        return class_solids(parts, class_detail, self.shift, name)

    def _rooms(self, pieces: Sequence[Piece], outline: MultiPolygon) -> list[Piece] | None:
        """The spaces of a building without floors and roof; None where there are none, and its walls are filled."""
        is_building = self.owner is None or bool(self.owner.is_a("IfcBuilding"))
        if not is_building or any(piece.is_floor or piece.is_roof for piece in pieces) or not has_rooms(outline):
            return []
        meshes = self.reading.inside.rooms.get(key(self.owner))
        if not meshes:
            self.reading.warnings.append(coded("walls_filled", name=self._name()))
            return None
        plans = silhouettes(meshes, self.shift)
        return [Piece(0, plan, mesh.low, mesh.high, is_floor=True) for plan, mesh in zip(plans, meshes, strict=True)]

    def _name(self) -> str:
        return building_name(self.owner, self.reading.fallback_name) if self.owner is not None else ""

    def _piece(self, part: Entity, plan: Silhouette | None) -> Piece:
        mesh: Mesh = self.meshes[part.id()]
        element = host(part, self.hierarchy)
        is_roof = bool(element.is_a("IfcRoof")) or value(element, "PredefinedType") == "ROOF"
        above = self.hierarchy.parent(element) if not is_roof else None
        is_roof = is_roof or (above is not None and bool(above.is_a("IfcRoof")))
        is_slab = not is_roof and bool(element.is_a("IfcSlab"))
        is_ramp = is_slab and mesh.high - mesh.low > RAMP_DROP_M and kind_of(element, "") == "ramp"
        return Piece(
            step=part.id(),
            plan=plan,
            low=mesh.low,
            high=mesh.high,
            is_roof=is_roof,
            is_door=bool(element.is_a("IfcDoor")),
            is_way=is_ramp or is_a(element, ifc_classes().way),
            is_floor=is_slab and not is_ramp,
            is_wall=is_a(element, ifc_classes().wall),
            encloses=is_a(element, ifc_classes().encloses),
        )

    def _top(self, pieces: Sequence[Piece]) -> float:
        """The highest point; a wall with a cut ends under the roof, though some kernels leave out such cuts."""
        roofs = [p.high for p in pieces if p.is_roof]
        if not roofs:
            return max(p.high for p in pieces)
        cut = [p.high > max(roofs) and is_cut(e) for p, e in zip(pieces, self.elements, strict=True)]
        return max([max(roofs), *(p.high for p, c in zip(pieces, cut, strict=True) if not c)])

    def _levels(self) -> list[StoreyLevel]:
        """The storeys of this building that hold a slab or a wall; all of them when none does."""
        levels = only_storeys(self.parts.levels)
        return [level for level in levels if level.holds_floor] or levels

    def _candidates(self) -> list[Candidate]:
        candidates = []
        for step, element in self.parts.near.items():
            if step not in self.meshes:
                continue
            place = self.hierarchy.place(element)
            if is_opening(element) or kind_of(element, self.use):
                storey = str(place.storey.GlobalId) if place.storey is not None else ""
                candidates.append(Candidate(element, self.meshes[step].moved(self.shift), storey))
        return candidates

    def _said_external(self, candidates: Sequence[Candidate]) -> list[float]:
        return [c.mesh.low for c in candidates if c.element.is_a("IfcDoor") and is_external(c.element)]

    def _on_storeys(self, openings: Sequence[Opening], levels: Sequence[StoreyLevel]) -> list[Opening]:
        """Openings of a level that is no storey belong to the nearest that is."""
        kept = {level.entity.id() for level in levels}
        others = [level for level in self.parts.levels if level.entity.id() not in kept]
        near = {
            str(other.entity.GlobalId): str(min(levels, key=lambda level: abs(level.z - other.z)).entity.GlobalId)
            for other in others
        }
        return [replace(opening, storey_id=near.get(opening.storey_id, opening.storey_id)) for opening in openings]

    def _at_edge(self, candidates: Sequence[Candidate], outline: MultiPolygon) -> list[float]:
        """Sills of the doors in the outline's edge, which lead outside as far as one can see."""
        doors = [c for c in candidates if c.element.is_a("IfcDoor")]
        edge = outline.boundary
        return [c.mesh.low for c in doors if not edge.is_empty and edge.distance(Point(c.mesh.middle)) <= NEAR_EDGE_M]

    def _guessed(self, levels: Sequence[StoreyLevel], ground: float) -> CodedMessage:
        level = min(levels, key=lambda level: abs(level.z - ground))
        return coded(
            "ground_floor_guessed", name=self._name() or self.reading.fallback_name, storey=level.name, elev_m=level.z
        )

    def _underground(
        self, name: str, pieces: Sequence[Piece], ground: float, levels: Sequence[StoreyLevel]
    ) -> list[Underground]:
        """Nothing where only proxies are modelled: one that reaches below ground says nothing about the rest."""
        if not any(piece.encloses for piece in pieces):
            return []
        return find_underground(name, pieces, ground, self.use, levels)

    def _ramps(self, candidates: Sequence[Candidate]) -> dict[int, str]:
        whole = {}
        for candidate in candidates:
            above = self.hierarchy.parent(candidate.element)
            if above is not None and above.is_a("IfcRamp"):
                whole[candidate.element.id()] = str(above.GlobalId)
        return whole

    def _back(self, shape: BaseGeometry | None) -> BaseGeometry | None:
        """A shape in model coordinates again."""
        if shape is None or shape.is_empty:
            return None
        return shapely.transform(shape, lambda points: points + self.shift)
