"""Meshes elements with a ladder of geometry kernels, so that one kernel's failure does not lose a building."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .boxes import box_of
from .model import Floats

LOG = logging.getLogger(__name__)

KERNELS = ("manifold", "hybrid-manifold-opencascade", "opencascade")
BOXES = len(KERNELS)
"""The rung of the ladder that needs no kernel."""

FARTHEST_M = 1e9
"""A mesh with a coordinate beyond this is an error of the file."""

ENOUGH = 0.9
"""The share of elements a kernel must mesh; below it the next one tries the rest."""


@dataclass(frozen=True)
class Mesh:
    """Triangles of one element in model metres: vertices (n, 3) float64, faces (m, 3) int32."""

    vertices: Floats
    faces: NDArray[np.int32]

    @cached_property
    def low(self) -> float:
        return float(self.vertices[:, 2].min())

    @cached_property
    def high(self) -> float:
        return float(self.vertices[:, 2].max())


@dataclass(frozen=True)
class Meshed:
    """Meshes by the elements' STEP ids, and which engines made them."""

    meshes: dict[int, Mesh]
    engine: str
    boxed: int = 0


def mesh_elements(model: Any, elements: Sequence[Any], unit_m: float, rung: int = 0) -> Meshed:
    """Mesh elements, stepping down the ladder for those a kernel loses.

    Parameters
    ----------
    model : ifcopenshell.file
    elements : sequence of entity_instance
        Elements that have a Representation.
    unit_m : float
        Length of the model's unit in metres (the kernels know it, the boxes do not).
    rung : int
        Where to begin: an index into KERNELS, or BOXES.
    """
    meshes: dict[int, Mesh] = {}
    used: list[str] = []
    for kernel in KERNELS[rung:]:
        missing = [element for element in elements if element.id() not in meshes]
        if not missing or (meshes and len(meshes) >= ENOUGH * len(elements)):
            break
        found = _run(model, missing, kernel)
        if found:
            used.append(kernel)
            meshes.update(found)
    missing = [element for element in elements if element.id() not in meshes]
    boxed = 0
    if len(meshes) < ENOUGH * len(elements):
        for element in missing:
            box = box_of(element, unit_m)
            if box is not None and _usable(box[0]):
                meshes[element.id()] = Mesh(*box)
                boxed += 1
        if boxed:
            used.append("boxes")
    return Meshed(meshes, " + ".join(used), boxed)


def _usable(vertices: Floats) -> bool:
    """Whether all coordinates are numbers that can be on earth."""
    return bool((np.abs(vertices) < FARTHEST_M).all())


def _run(model: Any, elements: Sequence[Any], kernel: str) -> dict[int, Mesh]:
    import ifcopenshell
    from ifcopenshell import geom

    settings = geom.settings()
    # Without world coordinates the kernels mesh a shape once that many elements share.
    for name in ("no-normals", "disable-opening-subtractions"):
        settings.set(name, True)
    meshes: dict[int, Mesh] = {}
    try:
        iterator = geom.iterator(settings, model, 1, include=list(elements), geometry_library=kernel)
        if not iterator.initialize():
            return meshes
        while True:
            shape: Any = iterator.get()
            vertices = np.frombuffer(shape.geometry.verts_buffer, dtype=np.float64).reshape(-1, 3)
            faces = np.frombuffer(shape.geometry.faces_buffer, dtype=np.int32).reshape(-1, 3)
            place = np.frombuffer(shape.transformation_buffer, dtype=np.float64).reshape(4, 4)
            world = vertices @ place[:3, :3] + place[3, :3]
            if len(faces) and _usable(world):
                _keep(meshes, shape.id, world, faces)
            if not iterator.next():
                break
    except (ifcopenshell.Error, RuntimeError, ValueError) as error:
        LOG.info("Kernel %s stopped: %s", kernel, error)
    return meshes


def _keep(meshes: dict[int, Mesh], key: int, vertices: Floats, faces: NDArray[np.int32]) -> None:
    """Store a mesh (the faces' buffer dies with the shape); an element may come in several shapes."""
    before = meshes.get(key)
    if before is None:
        meshes[key] = Mesh(vertices, faces.copy())
        return
    joined = np.vstack([before.faces, faces + np.int32(len(before.vertices))])
    meshes[key] = Mesh(np.vstack([before.vertices, vertices]), joined)
