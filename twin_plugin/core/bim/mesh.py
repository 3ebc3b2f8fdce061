"""Meshes elements with several geometry kernels in turn, so that one kernel's failure does not lose a building."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .box_fallback import box_of
from .elements import is_cut
from .entities import value
from .kernel_limits import is_misread
from .model import Floats

LOG = logging.getLogger(__name__)

KERNELS = ("manifold", "hybrid-manifold-opencascade", "opencascade")
EXACT = "opencascade"
"""The kernel of what `manifold` gets wrong."""

UNIT_ERROR = 1e-6
"""A kernel that finds another unit than the reader, by more than this, is corrected."""

OUTSIDE_M = 0.01
"""So far a kernel's rounding may lead beyond the box of what was cut."""

MOST_CUTS = 10_000

MOST_SPLIT = 500
VAIN_TIMES, VAIN_SPARE = 3, 64
"""One bad element among n is found in runs of 2 n elements that give nothing; after 3 n and 64 the rest is given up."""

DIRECT = "direct"
"""What meshes made without a kernel are called."""

BOXES = len(KERNELS)
"""The fallback level that needs no kernel."""

WELD_DIGITS = 7
FARTHEST_M = 1e9
"""A mesh with a coordinate beyond this is an error of the file."""

ENOUGH = 0.9
"""Where the kernels mesh less than this share of the elements, the rest is drawn as boxes."""


@dataclass(frozen=True)
class PlaneFaces:
    """Plane faces of an element.

    Attributes
    ----------
    corners : ndarray, shape (c,)
        Numbers of vertices, one ring behind another.
    counts, holes : ndarray, shape (r,)
        The corners of each ring, and whether it is a hole in the face before it.
    parts : ndarray, shape (p,)
        How many vertices each of the element's items has; items share none.
    """

    corners: NDArray[np.int64]
    counts: NDArray[np.int64]
    holes: NDArray[np.bool_]
    parts: NDArray[np.int64]


@dataclass(frozen=True)
class Mesh:
    """One element in model metres.

    Attributes
    ----------
    vertices : ndarray, shape (n, 3), float64
    faces : ndarray, shape (m, 3), int32
        Triangles, of a kernel.
    rings : Rings, optional
        Plane faces, instead of triangles, of an element that needed no kernel.
    span : tuple of float, optional
        Its lowest and highest z, where they are known.
    """

    vertices: Floats
    faces: NDArray[np.int32]
    rings: PlaneFaces | None = None
    span: tuple[float, float] | None = None

    @property
    def low(self) -> float:
        return (self.span or self._heights)[0]

    @property
    def high(self) -> float:
        return (self.span or self._heights)[1]

    @cached_property
    def _heights(self) -> tuple[float, float]:
        heights = self.vertices[:, 2]
        return float(heights.min()), float(heights.max())

    @property
    def size(self) -> int:
        """How many faces there are."""
        return len(self.faces) if self.rings is None else len(self.rings.counts)

    @cached_property
    def middle(self) -> Floats:
        """The mean of the vertices in plan (2,); each counts once in every item, as kernels weld them."""
        flat = self.vertices[:, :2]
        if self.rings is None:
            return np.asarray(flat.mean(axis=0))
        item = np.repeat(np.arange(len(self.rings.parts)), self.rings.parts)
        key = np.column_stack([item, np.round(self.vertices, WELD_DIGITS)])
        order = np.lexsort(key.T)
        once = np.ones(len(key), dtype=np.bool_)
        once[1:] = (key[order[1:]] != key[order[:-1]]).any(axis=1)
        return np.asarray(flat[order[once]].mean(axis=0))

    def moved(self, shift: Floats) -> Mesh:
        """The same mesh less `shift` (2,) in plan."""
        return replace(self, vertices=self.vertices - np.append(shift, 0.0))


@dataclass(frozen=True)
class Meshed:
    """Meshes by the elements' STEP ids, and which engines made them."""

    meshes: dict[int, Mesh]
    engine: str
    boxed: int = 0


def mesh_elements(
    model: Any,
    elements: Sequence[Any],
    unit_m: float,
    kernel_fallback: int = 0,
    ready: Mapping[int, Mesh] | None = None,
) -> Meshed:
    """Mesh elements; the next kernel tries those that one loses.

    Parameters
    ----------
    model : ifcopenshell.file
    elements : sequence of entity_instance
        Elements that have a Representation.
    unit_m : float
        Length of the model's unit in metres (the kernels know it, the boxes do not).
    kernel_fallback : int
        Where to begin: an index into KERNELS, or BOXES.
    ready : mapping of int to Mesh, optional
        Meshes of elements that need no kernel, by STEP ids.
    """
    wanted = {element.id(): element for element in elements}
    meshes = {key: ready[key] for key in wanted if key in ready} if ready else {}
    used: list[str] = [DIRECT] if meshes else []
    hard = [element for key, element in wanted.items() if key not in meshes and is_misread(element)]
    if hard and kernel_fallback < BOXES:
        meshed = _within(_run_in_parts(model, hard, EXACT, unit_m), hard, unit_m)
        if meshed:
            used.append(EXACT)
            meshes.update(meshed)
    lost = {element.id() for element in hard} - meshes.keys()
    for kernel in KERNELS[kernel_fallback:]:
        missing = [element for key, element in wanted.items() if key not in meshes and key not in lost]
        if not missing:
            break
        run = _run_in_parts if kernel == EXACT else _run
        meshed = run(model, missing, kernel, unit_m)
        if meshed:
            used.append(kernel)
            meshes.update(meshed)
    boxed = 0
    if lost or len(meshes) < ENOUGH * len(elements):
        for key in wanted.keys() - meshes.keys():
            box = box_of(wanted[key], unit_m)
            if box is not None and _usable(box[0]):
                meshes[key] = Mesh(*box)
                boxed += 1
        if boxed:
            used.append("boxes")
    return Meshed(meshes, " + ".join(used), boxed)


def _within(meshes: dict[int, Mesh], elements: Sequence[Any], unit_m: float) -> dict[int, Mesh]:
    """Those of the meshes of cut elements that lie in the boxes of what was cut: a cut adds nothing."""
    kept = {}
    for element in elements:
        mesh = meshes.get(element.id())
        if mesh is None:
            continue
        box = box_of(element, unit_m) if is_cut(element) and _is_prism(element) else None
        if box is not None:
            low, high = box[0].min(axis=0) - OUTSIDE_M, box[0].max(axis=0) + OUTSIDE_M
            if (mesh.vertices < low).any() or (mesh.vertices > high).any():
                LOG.info("A cut reaches beyond what was cut: #%s", element.id())
                continue
        kept[element.id()] = mesh
    return kept


def _is_prism(element: Any) -> bool:
    """Whether what is cut are extrusions of straight lines, whose box is exact."""
    items = [item for shape in element.Representation.Representations for item in shape.Items]
    for item in items:
        for _ in range(MOST_CUTS):
            if not item.is_a("IfcBooleanResult"):
                break
            item = item.FirstOperand
        profile = value(item, "SweptArea") if item.is_a("IfcExtrudedAreaSolid") else None
        curve = value(profile, "OuterCurve")
        straight = curve.is_a("IfcPolyline") if curve is not None else False
        if profile is None or not (straight or profile.is_a("IfcRectangleProfileDef")):
            return False
    return bool(items)


def _usable(vertices: Floats) -> bool:
    """Whether all coordinates are numbers that can be on earth."""
    return bool((np.abs(vertices) < FARTHEST_M).all())


def _run_in_parts(model: Any, elements: Sequence[Any], kernel: str, unit_m: float) -> dict[int, Mesh]:
    """The same as `_run`, in ever smaller parts where a kernel gives nothing: one bad placement stops it for all.

    Not so for more elements than MOST_SPLIT, which would cost a large model its time.
    """
    meshes: dict[int, Mesh] = {}
    parts, vain = [list(elements)], 0
    while parts and vain <= VAIN_SPARE + VAIN_TIMES * len(elements):
        part = parts.pop()
        meshed = _run(model, part, kernel, unit_m)
        meshes.update(meshed)
        left = [element for element in part if element.id() not in meshed]
        vain += 0 if meshed else len(part)
        if not meshed and 1 < len(left) <= MOST_SPLIT:
            half = len(left) // 2
            parts += [left[half:], left[:half]]
    return meshes


def _run(model: Any, elements: Sequence[Any], kernel: str, unit_m: float) -> dict[int, Mesh]:
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
        factor = unit_m / float(iterator.unit_magnitude())
        factor = factor if abs(factor - 1.0) > UNIT_ERROR else 1.0
        while True:
            shape: Any = iterator.get()
            vertices = np.frombuffer(shape.geometry.verts_buffer, dtype=np.float64).reshape(-1, 3)
            faces = np.frombuffer(shape.geometry.faces_buffer, dtype=np.int32).reshape(-1, 3)
            place = np.frombuffer(shape.transformation_buffer, dtype=np.float64).reshape(4, 4)
            world = (vertices @ place[:3, :3] + place[3, :3]) * factor
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
