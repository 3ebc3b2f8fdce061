"""Areas of a building's envelope by kind of surface, from its closed shell, and volumes of the elements behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from ..common.solid import Solid
from .attributes import is_external
from .entities import Entity, value
from .mesh import Mesh
from .model import ClosedShell, EnvelopeSide, Floats
from .storeys import Piece

UPRIGHT = 0.02
"""|z| of the normal of a wall."""

AT_WALL_M = 0.6
"""A door whose middle lies this near to a wall of the shell, in plan, leads outside."""

WELD_M = 1e-5


def sides(
    shell: ClosedShell | None,
    pieces: Sequence[Piece],
    meshes: Sequence[Mesh],
    ground_m: float,
    windows: Sequence[Floats | None],
    doors: Sequence[Floats | None],
) -> tuple[EnvelopeSide, ...]:
    """What of a building's envelope is wall, roof, ground and so on.

    Parameters
    ----------
    shell : ClosedShell, optional
        What is measured; without it only elements are counted.
    pieces, meshes : sequence
        The elements of the shell, side by side.
    ground_m : float
        Floors of the shell at this level stand on the ground; those above it hang over.
    windows, doors : sequence of ndarray, optional
        Width and height (m) of each window and outer door; None where they are unknown.
    """
    solid = shell.solid if shell is not None else None
    area = surfaces(solid, ground_m) if solid is not None else {}
    lod = shell.lod if shell is not None and solid is not None else ""
    holes = {"window": windows, "door": doors}
    opened = {kind: sum(float(np.prod(size)) for size in of if size is not None) for kind, of in holes.items()}
    of_kind: dict[str, list[Mesh]] = {"wall": [], "roof": [], "slab": []}
    slabs_m2 = 0.0
    for piece, mesh in zip(pieces, meshes, strict=False):
        kind = "roof" if piece.is_roof else "slab" if piece.is_floor else "wall" if piece.is_wall else ""
        if kind:
            of_kind[kind].append(mesh)
        if kind == "slab" and piece.plan is not None:
            slabs_m2 += float(piece.plan.shape.area)
    found = []
    for kind, gross in (("wall", area.get("wall")), ("roof", area.get("roof")), ("slab", slabs_m2)):
        net = max(0.0, gross - sum(opened.values())) if kind == "wall" and gross is not None else gross
        found.append(EnvelopeSide(kind, len(of_kind[kind]), gross, net, _volume_m3(of_kind[kind]), lod))
    found += [EnvelopeSide(kind, None, area[kind], area[kind], None, lod) for kind in ("ground", "overhang") if area]
    for kind, of in holes.items():
        found.append(EnvelopeSide(kind, len(of), opened[kind], opened[kind], None, lod))
    return tuple(found)


def surfaces(solid: Solid, ground_m: float) -> dict[str, float]:
    """The area (m2) of the walls, roofs, floors on the ground and undersides of a closed shell."""
    vectors, lows = _faces(solid)
    area = np.linalg.norm(vectors, axis=1)
    up = vectors[:, 2] / np.maximum(area, 1e-12)
    below = (up < -UPRIGHT) & (lows <= ground_m + WELD_M)
    kinds = {"wall": np.abs(up) <= UPRIGHT, "roof": up > UPRIGHT, "ground": below, "overhang": (up < -UPRIGHT) & ~below}
    return {kind: float(area[of].sum()) for kind, of in kinds.items()}


def _faces(solid: Solid) -> tuple[Floats, Floats]:
    """The area vector of each face and its lowest z; holes run the other way, so that they count less."""
    away = solid.points - solid.points.mean(axis=0)
    first = np.cumsum(solid.counts) - solid.counts
    after = np.arange(1, len(away) + 1)
    after[first + solid.counts - 1] = first
    rings = np.add.reduceat(np.cross(away, away[after]), first) / 2
    vectors = np.zeros((solid.faces_count, 3))
    np.add.at(vectors, solid.faces, rings)
    lows = np.full(solid.faces_count, np.inf)
    np.minimum.at(lows, solid.faces, np.minimum.reduceat(solid.points[:, 2], first))
    return vectors, lows


def walls_in_plan(solid: Solid) -> shapely.Geometry:
    """The walls of a closed shell, seen from above."""
    first = np.cumsum(solid.counts) - solid.counts
    after = np.arange(1, len(solid.points) + 1)
    after[first + solid.counts - 1] = first
    vectors, _ = _faces(solid)
    upright = np.abs(vectors[:, 2]) <= UPRIGHT * np.maximum(np.linalg.norm(vectors, axis=1), 1e-12)
    edge = np.repeat(upright[solid.faces], solid.counts)
    ends = np.stack([solid.points[edge, :2], solid.points[after][edge, :2]], axis=1)
    long = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1) > WELD_M
    return shapely.multilinestrings(list(ends[long]))


def outer_doors(doors: Iterable[tuple[Entity, Mesh]], solid: Solid | None) -> list[Entity]:
    """The doors that lead outside: that say so, or say nothing and stand in a wall of the shell."""
    walls = walls_in_plan(solid) if solid is not None else None
    found = []
    for door, mesh in doors:
        says = is_external(door)
        near = walls is not None and shapely.distance(walls, shapely.points(mesh.middle)) <= AT_WALL_M
        if says or (says is None and near):
            found.append(door)
    return found


def size_of(element: Entity, unit_m: float) -> Floats | None:
    """Width and height (m) of a window or door as it states them; None where it does not."""
    sizes: list[Any] = [value(element, name) for name in ("OverallWidth", "OverallHeight")]
    if any(size is None or not 0 < float(size) * unit_m < 100 for size in sizes):
        return None
    return np.array([float(size) * unit_m for size in sizes])


def _volume_m3(meshes: Sequence[Mesh]) -> float | None:
    """The volume of those meshes that close; None where none does."""
    volumes = [volume for mesh in meshes if (volume := mesh_volume_m3(mesh)) is not None]
    return sum(volumes) if volumes else None


def mesh_volume_m3(mesh: Mesh) -> float | None:
    """The volume of a mesh of triangles, whatever way it is turned; None for one that is open or has none."""
    if mesh.rings is not None or not len(mesh.faces):
        return None
    _, weld = np.unique(np.round(mesh.vertices / WELD_M).astype(np.int64), axis=0, return_inverse=True)
    faces = weld.ravel()[mesh.faces]
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = edges[edges[:, 0] != edges[:, 1]]
    signs = np.where(edges[:, 0] < edges[:, 1], 1, -1)
    _, number = np.unique(np.sort(edges, axis=1), axis=0, return_inverse=True)
    if np.bincount(number.ravel(), signs).any():
        return None
    corners = (mesh.vertices - mesh.vertices.mean(axis=0))[mesh.faces]
    volume = np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    return abs(float(volume))
