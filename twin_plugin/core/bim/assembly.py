"""Makes a building of the meshes of its elements: its outline, storeys, openings and underground parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

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
from .elements import Hierarchy, by_types, host, is_cut, key, shell_class, site_of
from .entities import Entity, classes, value
from .envelope import outer_doors, sides, size_of
from .footprint import FloorPlans, Silhouette, clean_polygon, cover, silhouettes
from .ground_plan import filled, has_rooms
from .mesh import Mesh, Meshed, mesh_elements
from .model import Building, ClosedShell, EnvelopeSide, Floats, Opening, Storey, Underground
from .openings import NEAR_EDGE_M, RAMP_DROP_M, Candidate, find_openings, is_opening, kind_of
from .shells import building_shell, shell_plans
from .solids import Detail, shell_faces
from .stated_values import postal_address, stated_floor_area_m2
from .storeys import (
    Piece,
    StoreyLevel,
    build_storeys,
    elevation_of,
    ground_floor,
    is_told,
    only_storeys,
    reference_of,
)
from .underground import find_underground
from .voids import Inside
from .warnings import coded


@dataclass(frozen=True)
class Reading:
    """What the steps of reading one model share; see `building.read_buildings`."""

    model: Any
    unit_m: float
    kernel_fallback: int
    fallback_name: str
    with_faces: bool
    class_detail: Detail | None
    shell_detail: Detail | None
    with_envelope: bool
    ready: Mapping[int, Mesh]
    project: Entity | None
    hierarchy: Hierarchy
    inside: Inside = field(default_factory=Inside)
    warnings: list[CodedMessage] = field(default_factory=list)
    elevations_m: dict[int, float] = field(default_factory=dict)

    def meshes(self, elements: list[Entity]) -> Meshed:
        return mesh_elements(self.model, elements, self.unit_m, self.kernel_fallback, self.ready)

    def elevation_m(self, building: Entity | None) -> float:
        """A building's own zero in model metres, 0 for none; read once."""
        if building is None:
            return 0.0
        step = building.id()
        if step not in self.elevations_m:
            self.elevations_m[step] = elevation_of(building, self.unit_m)
        return self.elevations_m[step]


@dataclass(frozen=True)
class OwnParts:
    """What belongs to one building: its shell, what of it may be an opening or else lies low (by STEP id), storeys."""

    owner: Entity | None
    elements: list[Entity]
    near: dict[int, Entity]
    levels: list[StoreyLevel]


def _door_height_m(candidates: Sequence[Candidate]) -> float | None:
    """How high half of the doors are at least; None without doors."""
    heights = [c.mesh.high - c.mesh.low for c in candidates if c.element.is_a("IfcDoor")]
    return float(np.median(heights)) if heights else None


class BuildingAssembler:
    """Makes one building; holds what its steps share."""

    def __init__(self, reading: Reading, parts: OwnParts, meshed: Meshed, shift: Floats) -> None:
        self.reading, self.parts, self.meshes, self.shift = reading, parts, meshed.meshes, shift
        self.owner, self.elements, self.hierarchy = parts.owner, parts.elements, reading.hierarchy
        self.use = building_use(parts.owner) if parts.owner is not None else ""

    def build(self) -> Building | None:
        """The building, or None when the owner holds nothing that has a shape and no storey."""
        if all(element.is_a("IfcDoor") for element in self.elements):
            if self.elements:
                self.reading.warnings.append(coded("only_doors", name=self._name()))
            return None
        pieces, outline = self._shell()
        levels, candidates = self._levels(), self._candidates()
        base, roof = min(p.low for p in pieces), self._top(pieces)
        told, ground = self._ground(levels, candidates, outline, base)
        ground = min(max(ground, base), roof)
        plans = FloorPlans(outline)
        footprint, beyond_m2 = ground_plan.footprint(pieces, ground, plans)
        if beyond_m2:
            self.reading.warnings.append(coded("slabs_beyond", name=self._name(), area_m2=beyond_m2))
        storeys = build_storeys(levels, pieces, ground, roof, plans, footprint if beyond_m2 else None)
        underground = self._underground(pieces, ground, levels)
        below = underground[0].polygon if underground else None
        openings = find_openings(candidates, footprint, ground, self.use, self._ramps(candidates), below)
        openings = self._on_storeys(openings, levels)
        shell = self._closed_shell(pieces, outline, footprint, storeys, (ground, roof))
        stated_m2 = stated_floor_area_m2(self.reading.model, self.owner, [level.entity for level in levels])
        return replace(
            self._placed(storeys, openings, underground),
            footprint=self._back(footprint),
            outline=self._back(outline),
            ground_m=ground,
            base_m=base,
            roof_m=roof,
            openings_known=any(c.element.is_a("IfcDoor") for c in candidates),
            solids=self._solids(pieces),
            shell=shell,  # nosec B604 - a body, no command
            envelope=self._envelope(pieces, shell, ground) if self.reading.with_envelope else (),
            door_height_m=_door_height_m(candidates),
            doubts=() if told else (self._guessed(levels, ground),),
            stated_floor_area_m2=stated_m2,
        )

    def _shell(self) -> tuple[list[Piece], MultiPolygon]:
        """The building's pieces, its rooms where it has no floors and no roof, and what they cover."""
        plans = self.reading.inside.cut(self.elements, self.meshes, self.shift)
        pieces = [self._piece(element, plan) for element, plan in zip(self.elements, plans, strict=True)]
        outline = clean_polygon(cover(plans))
        rooms = self._rooms(pieces, outline)
        if rooms is None:
            return pieces, filled(outline)
        if rooms:
            outline = clean_polygon(cover([*plans, *(room.plan for room in rooms)]))
        return pieces + rooms, outline

    def _ground(
        self, levels: Sequence[StoreyLevel], candidates: Sequence[Candidate], outline: MultiPolygon, base: float
    ) -> tuple[bool, float]:
        """Whether anything tells the ground floor, and its elevation."""
        datum, reference = self.reading.elevation_m(self.owner), reference_of(self.owner, self.reading.unit_m)
        told = is_told(levels, datum, reference)
        sills = self._said_external(candidates) or ([] if told else self._at_edge(candidates, outline))
        return told or bool(sills), ground_floor(levels, sills, datum, base, reference)

    def _placed(
        self, storeys: Sequence[Storey], openings: Sequence[Opening], underground: Sequence[Underground]
    ) -> Building:
        """The building by what its entity says, with its parts in model coordinates; its shape is still to come."""
        reading, owner = self.reading, self.owner if self.owner is not None else self.reading.project
        east, north = (float(metres) for metres in self.shift)
        return Building(
            id=self._id(),
            name=building_name(owner, reading.fallback_name) if owner is not None else reading.fallback_name,
            use=self.use,
            footprint=None,
            outline=None,
            ground_m=0.0,
            base_m=0.0,
            roof_m=0.0,
            storeys=tuple(replace(s, polygon=self._back(s.polygon)) for s in storeys),
            openings=tuple(replace(o, x=o.x + east, y=o.y + north) for o in openings),
            underground=tuple(replace(part, polygon=self._back(part.polygon)) for part in underground),
            lifecycle_stage=lifecycle_stage(owner, reading.project) if owner is not None else "",
            is_infrastructure=self.owner is not None and not self.owner.is_a("IfcBuilding"),
            address=postal_address(self.owner),
            site_id=site_of(owner),
        )

    def _id(self) -> str:
        owner = self.owner if self.owner is not None else self.reading.project
        return str(owner.GlobalId) if owner is not None else self.reading.fallback_name

    def _solids(self, pieces: Sequence[Piece]) -> tuple[Solid, ...]:
        """A solid of each class where they are wanted, else one of all faces where those are."""
        class_detail = self.reading.class_detail
        if class_detail is None:
            if not self.reading.with_faces:
                return ()
            solid = shell_faces([self.meshes[element.id()] for element in self.elements], self.shift)
            return (replace(solid, owner=self._id()),) if solid is not None else ()
        parts = []
        for element, piece in zip(self.elements, pieces, strict=False):  # rooms come behind the elements
            storey = self.hierarchy.place(element).storey
            number = storey.id() if storey is not None else 0
            parts.append(Part(shell_class(host(element, self.hierarchy)), number, piece, self.meshes[element.id()]))
        return class_solids(parts, class_detail, self.shift, self._id())

    def _closed_shell(
        self,
        pieces: Sequence[Piece],
        outline: MultiPolygon,
        footprint: MultiPolygon,
        storeys: Sequence[Storey],
        ends_m: tuple[float, float],
    ) -> ClosedShell | None:
        """The closed shell where one is wanted."""
        detail = self.reading.shell_detail
        if detail is None:
            return None
        levels = [storey.elev_m for storey in storeys]
        plans = shell_plans(pieces, outline, footprint, levels, ends_m)
        meshes = [self.meshes[element.id()] for element in self.elements] if detail is not Detail.LOD12 else []
        return building_shell(detail, meshes, plans, self.shift, self._id())

    def _envelope(self, pieces: Sequence[Piece], shell: ClosedShell | None, ground: float) -> tuple[EnvelopeSide, ...]:
        """Areas of the envelope by kind; windows that say they are inside are none of it."""
        unit_m, meshes = self.reading.unit_m, [self.meshes[element.id()] for element in self.elements]
        doors = [(e, mesh) for e, mesh in zip(self.elements, meshes, strict=True) if e.is_a("IfcDoor")]
        windows = [e for e in by_types(self.reading.model, ("IfcWindow",)) if self._is_own(e)]
        return sides(
            shell,
            pieces,
            meshes,
            ground,
            [size_of(window, unit_m) for window in windows if is_external(window) is not False],
            [size_of(door, unit_m) for door in outer_doors(doors, shell.solid if shell is not None else None)],
        )

    def _is_own(self, element: Entity) -> bool:
        """Whether an element stands in this building, or in none."""
        building = self.hierarchy.place(element).building
        return building is None or self.owner is None or building.id() == self.owner.id()

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
        element, known = host(part, self.hierarchy), ifc_classes()
        own = classes(element)
        is_roof = "IfcRoof" in own or value(element, "PredefinedType") == "ROOF"
        above = self.hierarchy.parent(element) if not is_roof else None
        is_roof = is_roof or (above is not None and bool(above.is_a("IfcRoof")))
        is_slab = not is_roof and "IfcSlab" in own
        is_ramp = is_slab and mesh.high - mesh.low > RAMP_DROP_M and kind_of(element, "") == "ramp"
        return Piece(
            step=part.id(),
            plan=plan,
            low=mesh.low,
            high=mesh.high,
            is_roof=is_roof,
            is_door="IfcDoor" in own,
            is_way=is_ramp or not own.isdisjoint(known.way),
            is_floor=is_slab and not is_ramp,
            is_wall=not own.isdisjoint(known.wall),
            encloses=not own.isdisjoint(known.encloses),
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
        return [c.mesh.low for c in candidates if c.element.is_a("IfcDoor") and c.says_external]

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

    def _underground(self, pieces: Sequence[Piece], ground: float, levels: Sequence[StoreyLevel]) -> list[Underground]:
        """Nothing where only proxies are modelled: one that reaches below ground says nothing about the rest."""
        if not any(piece.encloses for piece in pieces):
            return []
        return find_underground(self._id(), pieces, ground, self.use, levels)

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
