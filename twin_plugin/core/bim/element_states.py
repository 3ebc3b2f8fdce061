"""The elements of a model as they are at one time: shapes, attributes, property sets; and its schedule.

Read in a worker process, as buildings are: a geometry kernel may hang or crash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .attributes import property_sets, single_value, text_of
from .conversion import length_unit_m
from .element_relations import Related, relations_of
from .elements import Hierarchy, by_types, has_body
from .entities import Entity, parts, value
from .mesh import Mesh, mesh_elements
from .model import Floats
from .schedule import Task, read_tasks
from .source import open_model

DIGITS = 4
"""Coordinates are compared to 0.1 mm: kernels round."""
COMPARED = ("IfcElement", "IfcSpatialStructureElement", "IfcSpatialElement")
LEFT_OUT = ("IfcFeatureElement",)
"""Openings are a part of the wall's shape."""
MOST_TEXT = 200


@dataclass(frozen=True, eq=False)
class ElementState:
    """An element at one time.

    Attributes
    ----------
    guid : str
        Its GlobalId.
    kind : str
        IFC class.
    storey : str
        Name of the storey or other place that holds it.
    points : ndarray of float64, shape (n, 3), or None
        The vertices of its shape in metres of the model, in the order of their coordinates; None without a shape.
    texts : dict of str to str
        Attributes and properties by name, such as "Name" and "Pset_WallCommon.FireRating".
    relations : dict of str to Related
        What it is made of and related to: material, type, container and so on.
    """

    guid: str
    kind: str
    name: str
    storey: str
    points: Floats | None
    texts: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, Related] = field(default_factory=dict)

    @property
    def middle(self) -> Floats | None:
        """The middle of its box, shape (3,)."""
        if self.points is None:
            return None
        return np.asarray((self.points.min(axis=0) + self.points.max(axis=0)) / 2)

    @property
    def size(self) -> Floats | None:
        """The edges of its box, shape (3,)."""
        return None if self.points is None else np.asarray(self.points.max(axis=0) - self.points.min(axis=0))


@dataclass(frozen=True)
class ModelState:
    """A model at one time: its elements, those whose shape could not be read, and the tasks of its schedule."""

    elements: tuple[ElementState, ...]
    shapeless: int
    tasks: tuple[Task, ...]
    complete: bool


def read_state(path: str) -> ModelState:
    """The elements and the schedule of a model.

    Raises
    ------
    InputError
        When the file is no model.
    """
    opened = open_model(Path(path))
    model, unit_m = opened.file, length_unit_m(opened.file)
    every = [element for element in by_types(model, COMPARED) if not any(element.is_a(name) for name in LEFT_OUT)]
    bodies = [element for element in every if has_body(element)]
    meshes = mesh_elements(model, bodies, unit_m).meshes
    hierarchy = Hierarchy(model)
    found = tuple(_state(element, meshes.get(element.id()), hierarchy, unit_m) for element in every)
    return ModelState(found, len(bodies) - len(meshes), tuple(read_tasks(model)), opened.complete)


def _state(element: Entity, mesh: Mesh | None, hierarchy: Hierarchy, unit_m: float) -> ElementState:
    place = hierarchy.place(element).storey or hierarchy.parent(element)
    return ElementState(
        text_of(value(element, "GlobalId")),
        str(element.is_a()),
        text_of(value(element, "Name")),
        text_of(value(place, "Name")) if place is not None else "",
        None if mesh is None or not len(mesh.vertices) else _ordered(mesh.vertices),
        dict(_texts(element)),
        relations_of(element, unit_m),
    )


def _ordered(vertices: Floats) -> Floats:
    """Each vertex once, by x, y and z: kernels give them in any order."""
    return np.unique(np.round(np.asarray(vertices, np.float64), DIGITS) + 0.0, axis=0)


def _texts(element: Entity) -> Iterator[tuple[str, str]]:
    """Attributes and single properties with their value."""
    for name in ("Name", "Description", "ObjectType", "Tag", "LongName", "PredefinedType"):
        text = text_of(value(element, name))
        if text:
            yield name, text[:MOST_TEXT]
    for group in property_sets(element):
        title = text_of(value(group, "Name"))
        for entry in (*parts(group, "HasProperties"), *parts(group, "Quantities")):
            found = _value(entry)
            if found is not None:
                yield f"{title}.{text_of(value(entry, 'Name'))}", found[:MOST_TEXT]


def _value(entry: Entity) -> str | None:
    """The value of a property or quantity as text, numbers to nine digits."""
    found: Any = single_value(entry)
    if found is None:
        return None
    return f"{found:.9g}" if isinstance(found, float) else str(found)
