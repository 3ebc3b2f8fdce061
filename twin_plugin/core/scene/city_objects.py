"""The city objects of a building: itself, its parts, storeys, underground parts and rooms."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from numbers import Integral, Real
from typing import Any

from ..common.messages import Message
from ..common.prisms import Prisms
from ..common.progress import Progress, advance
from .city_model import Blocks, CityModel, Ints, city_parts
from .scene import Buildings, Scene
from .shell_faces import Ring, Surface

Faces = list[list[Ring]]
BLOCK = (Surface.GROUND, Surface.ROOF)
EVERY = 200
"""Buildings between two questions whether to go on."""


@dataclass(frozen=True, eq=False)
class Shape:
    """The geometry of a city object in a level of detail.

    Attributes
    ----------
    lod : str
        0, 1.2, 1.3 or 2.2.
    solid : bool
        Whether the faces close; else they are a multi surface.
    faces : list of faces, each a list of rings of places of corners
    surfaces : list of Surface
        One for each face, or none.
    is_shell : bool
        Whether it is the shell of a model, not a block.
    """

    lod: str
    solid: bool
    faces: Faces
    surfaces: Sequence[Surface] = ()
    is_shell: bool = False


@dataclass(frozen=True, eq=False)
class CityObject:
    """A building or what belongs to it.

    Attributes
    ----------
    id : str
        Not that of any other object of the building, nor of another building.
    kind : str
        Building, BuildingPart, BuildingStorey or BuildingRoom.
    parent : str
        The id of the building, "" for the building itself.
    attributes : mapping
        Texts, whole numbers, finite numbers and truth values.
    shapes : list of Shape
    """

    id: str
    kind: str
    parent: str
    attributes: Mapping[str, Any]
    shapes: list[Shape]


@dataclass
class Tally:
    """What was written and what was left out.

    Attributes
    ----------
    buildings, parts, storeys, underground, rooms, shells, open_shells : int
        Written.
    without_body : int
        Buildings left out because no body of theirs has a height and an area.
    flat : int
        Bodies left out for the same reason.
    mended : int
        Outlines whose rings touched.
    """

    buildings: int = 0
    parts: int = 0
    storeys: int = 0
    underground: int = 0
    rooms: int = 0
    shells: int = 0
    open_shells: int = 0
    without_body: int = 0
    flat: int = 0
    mended: int = 0
    remarks: list[Message] = field(default_factory=list)

    def count_left_out(self, model: CityModel) -> None:
        """Count what was left out while the bodies of a model were made."""
        for kind in (model.bodies, model.storeys, model.underground, model.rooms):
            self.flat += kind.left_out
            self.mended += kind.mended

    def add(self, objects: Sequence[CityObject]) -> None:
        """Count the objects of a building."""
        for each in objects:
            name = _COUNTED[each.kind] if "underground" not in each.attributes else "underground"
            setattr(self, name, getattr(self, name) + 1)
            for shape in each.shapes:
                if shape.is_shell:
                    self.shells += shape.solid
                    self.open_shells += not shape.solid

    def messages(self) -> list[Message]:
        """What was written and left out, in sentences for the log."""
        told = [
            Message(
                "{buildings} buildings, {parts} parts, {storeys} storeys, {underground} underground parts, "
                "{rooms} rooms and {shells} closed shells were written.",
                buildings=self.buildings,
                parts=self.parts,
                storeys=self.storeys,
                underground=self.underground,
                rooms=self.rooms,
                shells=self.shells,
            )
        ]
        if self.without_body:
            told.append(
                Message(
                    "{count} buildings were left out: no body of theirs has a height and an area.",
                    count=self.without_body,
                )
            )
        if self.flat:
            told.append(Message("{count} bodies were left out: they have no height or no area.", count=self.flat))
        if self.mended:
            told.append(
                Message(
                    "In {count} outlines rings touched each other: some millimetres were cut out there.",
                    count=self.mended,
                )
            )
        if self.open_shells:
            told.append(
                Message(
                    "{count} shells do not close: they were written as surfaces, not as solids.", count=self.open_shells
                )
            )
        return [*told, *self.remarks]


def others_of(scene: Scene) -> list[Message]:
    """What a scene has beside its buildings, in a sentence for the log."""
    others = (scene.terrain, scene.water, scene.pipes, scene.stages, scene.schemes or None)
    if all(each is None for each in others):
        return []
    return [Message("Terrain, water, pipes, stages and schemes of the scene are not part of this format.")]


_COUNTED = {"Building": "buildings", "BuildingPart": "parts", "BuildingStorey": "storeys", "BuildingRoom": "rooms"}


def city_objects(model: CityModel, progress: Progress, tally: Tally, taken: set[str]) -> Iterator[list[CityObject]]:
    """The objects of one building after the other, counted; those without a body are left out.

    Parameters
    ----------
    taken : set of str
        The ids of all buildings; those of rooms are added.

    Raises
    ------
    Cancelled
    """
    tally.count_left_out(model)
    count = len(model.buildings)
    for place in range(count):
        if place % EVERY == 0:
            advance(progress, place / count, "Buildings")
        objects = building_objects(model, place, taken)
        if objects:
            tally.add(objects)
            yield objects
        else:
            tally.without_body += 1


def streamed_objects(
    buildings: Buildings, progress: Progress, tally: Tally
) -> Iterator[tuple[CityModel, list[CityObject]]]:
    """The objects of one building after the other, with the model that has their corners.

    Raises
    ------
    Cancelled
    """
    taken = set(buildings.bodies.ids)
    for model, share in city_parts(buildings, progress):
        for objects in city_objects(model, share, tally, taken):
            yield model, objects


def building_objects(model: CityModel, place: int, taken: set[str]) -> list[CityObject]:
    """The city objects of a building, itself first; nothing where it has no body.

    A building with one body has it; one with several has a part for each. A shell is the building's own. Ids in `taken`
    are not used again; those of rooms are added to it.
    """
    if not model.has_body(place):
        return []
    buildings = model.buildings
    owner = buildings.bodies.ids[place]
    names = _Names(owner, taken)
    bodies, below = model.bodies.of(place), model.underground.of(place)
    shapes = []
    if bodies:
        shapes.append(Shape("0", False, [model.bodies.ground(block) for block in bodies]))
    shell, lod = model.shells.get(place), buildings.shell_lods.get(place, "2.2")
    if len(bodies) == 1 and not (shell is not None and shell.closed and lod == "1.2"):
        shapes.append(_block_shape(model.bodies, bodies[0]))
    if shell is not None:
        shapes.append(Shape(lod, shell.closed, shell.faces, shell.surfaces, True))
    found = [CityObject(owner, "Building", "", building_attributes(model, place), shapes)]
    if len(bodies) > 1:
        for number, block in enumerate(bodies):
            attributes = _heights(buildings.bodies, model.bodies.prism[block])
            shape = _block_shape(model.bodies, block)
            found.append(CityObject(names.new("part", number + 1), "BuildingPart", owner, attributes, [shape]))
    for number, block in enumerate(below):
        attributes = {"underground": True, **_heights(buildings.underground, model.underground.prism[block])}
        shape = Shape("1.2", True, model.underground.faces(block))
        found.append(CityObject(names.new("underground", number + 1), "BuildingPart", owner, attributes, [shape]))
    for block in model.storeys.of(place):
        prism = int(model.storeys.prism[block])
        level = int(buildings.storey_numbers[prism])
        attributes = {"number": level, **_heights(buildings.storeys, prism)}
        shape = Shape("1.2", True, model.storeys.faces(block))
        found.append(CityObject(names.new("storey", level), "BuildingStorey", owner, attributes, [shape]))
    for number, block in enumerate(model.rooms.of(place)):
        prism = int(model.rooms.prism[block])
        columns = plain_values(buildings.room_attributes, prism)
        name = names.given(str(columns.pop("id", ""))) or names.new("room", number + 1)
        shape = Shape("1.2", True, model.rooms.faces(block))
        attributes = {**_heights(buildings.rooms, prism), **columns}
        found.append(CityObject(name, "BuildingRoom", owner, attributes, [shape]))
    return found


def building_attributes(model: CityModel, place: int) -> dict[str, Any]:
    """Name, use, heights and storeys of a building, and its own columns, which go before."""
    buildings = model.buildings
    found: dict[str, Any] = {}
    name, use = buildings.bodies.names[place], buildings.uses[place]
    if name and name != buildings.bodies.ids[place]:
        found["name"] = name
    if use:
        found["use"] = use
    bodies, prisms = buildings.bodies, _prisms(model.bodies, place)
    if not len(prisms):
        bodies, prisms = buildings.underground, _prisms(model.underground, place)
    if len(prisms):
        base, roof = float(bodies.bottom_m[prisms].min()), float(bodies.top_m[prisms].max())
    else:
        base, roof = buildings.shells[place].heights
    found |= {
        "base_elevation_m": round(base, 3),
        "roof_elevation_m": round(roof, 3),
        "height_m": round(roof - base, 3),
    }
    storeys = _prisms(model.storeys, place)
    if len(storeys):
        levels = set(buildings.storey_numbers[storeys].tolist())
        found["storeysAboveGround"] = sum(level >= 0 for level in levels)
        found["storeysBelowGround"] = sum(level < 0 for level in levels)
    if place in model.shells and model.shells[place].closed:
        found["volume_m3"] = round(model.shells[place].volume_m3, 3)
    return found | plain_values(buildings.attributes, place)


def plain_values(columns: Mapping[str, Sequence[Any]], row: int) -> dict[str, Any]:
    """The values of a row as texts, numbers and truth values; unknown and infinite ones are left out."""
    found: dict[str, Any] = {}
    for name, values in columns.items():
        value = values[row]
        if isinstance(value, bool | str):
            found[name] = value
        elif isinstance(value, Integral):
            found[name] = int(value)
        elif isinstance(value, Real):
            if math.isfinite(value):
                found[name] = float(value)
        elif isinstance(value, datetime | date):
            found[name] = value.isoformat()
        elif value is not None:
            found[name] = bool(value) if type(value).__name__ == "bool_" else str(value)
    return found


def _prisms(blocks: Blocks, place: int) -> Ints:
    """The prisms of a building's blocks."""
    return blocks.prism[blocks.first[place] : blocks.first[place + 1]]


def _heights(prisms: Prisms, prism: int) -> dict[str, Any]:
    base, top = float(prisms.bottom_m[prism]), float(prisms.top_m[prism])
    area = float(prisms.outlines[prism].area)
    return {"elevation_m": round(base, 3), "height_m": round(top - base, 3), "area_m2": round(area, 3)}


def _block_shape(blocks: Blocks, block: int) -> Shape:
    faces = blocks.faces(block)
    return Shape("1.2", True, faces, (*BLOCK, *[Surface.WALL] * (len(faces) - 2)))


class _Names:
    """Ids of what belongs to a building, none of which is in `taken`."""

    def __init__(self, owner: str, taken: set[str]) -> None:
        self.owner, self._taken = owner, taken
        self._used: Counter[str] = Counter()

    def new(self, kind: str, number: int) -> str:
        """`owner/kind/number`; further ones of that name have a number behind it."""
        name = f"{self.owner}/{kind}/{number}"
        while True:
            self._used[name] += 1
            found = name if self._used[name] == 1 else f"{name}/{self._used[name]}"
            if found not in self._taken:
                return found

    def given(self, name: str) -> str:
        """An id from outside, or "" where it is taken or empty."""
        if not name or name in self._taken or self._used[name]:
            return ""
        self._taken.add(name)
        return name
