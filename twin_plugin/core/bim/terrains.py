"""Terrains of models: the surfaces of sites, of geographic elements and of what is called a terrain, as triangles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from ..common.solid import Solid
from ..common.warnings import CodedMessage
from .attributes import text_of
from .class_tables import first_match
from .elements import GROUND_CLASSES, SITES, by_types, has_body, is_ground
from .entities import Entity, value
from .mesh import Mesh, Meshed, mesh_elements
from .model import Floats, TerrainSurface
from .warnings import coded

MOST_FACES = 1_000_000
FLAT = 1e-9
"""A face of a smaller plan (m2) stands upright and is no ground."""


def read_terrains(
    model: Any, unit_m: float, kernel_fallback: int = 0, ready: Mapping[int, Mesh] | None = None
) -> tuple[tuple[TerrainSurface, ...], tuple[CodedMessage, ...]]:
    """The terrains of a model in its own metres, and what is to be said of them.

    Of a body the faces that look up are the terrain; of a surface, whichever way it lies, all.

    Parameters
    ----------
    model : ifcopenshell.file
    unit_m : float
        Metres in one project unit.
    kernel_fallback : int
        The first of the geometry kernels to try (see `mesh`).
    ready : mapping of int to Mesh, optional
        Meshes that need no kernel, by STEP ids.
    """
    ready = ready or {}
    wanted = [entity for entity in _grounds(model) if entity.id() in ready or has_body(entity)]
    meshed = mesh_elements(model, wanted, unit_m, kernel_fallback, ready) if wanted else Meshed({}, "")
    # The box of a terrain is no ground.
    meshes = meshed.meshes if not meshed.boxed else {step: ready[step] for step in meshed.meshes if step in ready}
    found: list[TerrainSurface] = []
    left, lost = MOST_FACES, len(wanted) - len(meshes)
    for entity in wanted:
        mesh = meshes.get(entity.id())
        corners = up_facing(mesh) if mesh is not None else np.zeros((0, 3, 3))
        if mesh is not None and (not len(corners) or len(corners) > left):
            lost += 1
            continue
        if mesh is None:
            continue
        left -= len(corners)
        solid = replace(Solid.from_corners(corners), owner=str(entity.GlobalId))
        plan = np.abs(_doubled(corners)) / 2
        names = (text_of(value(entity, name)) for name in ("Name", "LongName", "ObjectType"))
        found.append(
            TerrainSurface(
                id=str(entity.GlobalId),
                name=next((name for name in names if name), ""),
                ifc_class=str(entity.is_a()),
                solid=solid,
                triangles=len(corners),
                plan_area_m2=float(plan.sum()),
                low_m=float(corners[:, :, 2].min()),
                high_m=float(corners[:, :, 2].max()),
            )
        )
    return tuple(found), (coded("terrains_unread", count=lost),) if lost else ()


def _grounds(model: Any) -> list[Entity]:
    """What may be a terrain: sites, geographic elements called so, and flat things called so."""
    found = [entity for entity in by_types(model, SITES) if entity.is_a("IfcSite") or _is_terrain(entity)]
    return found + [entity for entity in by_types(model, GROUND_CLASSES) if is_ground(entity)]


def _is_terrain(entity: Entity) -> bool:
    kind = value(entity, "PredefinedType")
    if kind == "TERRAIN":
        return True
    names = (text_of(value(entity, name)) for name in ("Name", "ObjectType"))
    return any(first_match("element_words", "kind", name) == "terrain" for name in names if name)


def up_facing(mesh: Mesh) -> Floats:
    """The triangles (n, 3, 3) of a mesh that make a surface seen from above, running counter-clockwise."""
    corners = _triangles(mesh)
    doubled = _doubled(corners)
    up, down = doubled > 2 * FLAT, doubled < -2 * FLAT
    # A surface that was drawn upside down has nothing that looks up.
    if doubled[up].sum() < 0.5 * -doubled[down].sum():
        return corners[down][:, ::-1]
    return corners[up]


def _doubled(corners: Floats) -> Floats:
    """Twice the areas of triangles in plan, positive where they look up."""
    if not len(corners):
        return np.zeros(0)
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0])


def _triangles(mesh: Mesh) -> Floats:
    """All faces as triangles (n, 3, 3)."""
    if mesh.rings is None:
        return mesh.vertices[mesh.faces]
    corners, counts, holes = mesh.rings.corners, mesh.rings.counts, mesh.rings.holes
    if (counts == 3).all() and not holes.any():
        return mesh.vertices[corners.reshape(-1, 3)]
    ends = np.cumsum(counts)
    found: list[Floats] = []
    outer = [*np.flatnonzero(~holes).tolist(), len(counts)]
    for row, after in pairwise(outer):
        rings = [mesh.vertices[corners[ends[ring] - counts[ring] : ends[ring]]] for ring in range(row, after)]
        found.append(_cut(rings))
    return np.concatenate([np.zeros((0, 3, 3)), *found])


def _cut(rings: Sequence[Floats]) -> Floats:
    """A plane face as triangles that look where it looks; none of one that stands upright."""
    ring = rings[0]
    if len(rings) == 1 and len(ring) == 3:
        return ring[None]
    flat = shapely.polygons(ring[:, :2], [hole[:, :2] for hole in rings[1:]] or None)
    if flat.area <= FLAT:
        return np.zeros((0, 3, 3))
    lookup = {(x, y): z for one in rings for x, y, z in one.tolist()}
    pieces = [piece for piece in shapely.get_parts(shapely.delaunay_triangles(flat)) if flat.covers(piece.centroid)]
    cut = np.array([list(piece.exterior.coords)[:3] for piece in pieces], dtype=np.float64).reshape(-1, 3, 2)
    z = np.array([[lookup.get((x, y), np.nan) for x, y in piece] for piece in cut.tolist()]).reshape(-1, 3)
    triangles = np.concatenate([cut, z[:, :, None]], axis=2)
    looks_up = bool(flat.exterior.is_ccw)
    turned = (_doubled(triangles) > 0) != looks_up
    triangles[turned] = triangles[turned][:, ::-1]
    return triangles[np.isfinite(triangles).all(axis=(1, 2))]
