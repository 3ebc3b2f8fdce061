"""Writes a scene as one glTF file: buildings with storeys, basements and shells, terrain and pipes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ..common.errors import InputError, unwritable
from ..common.messages import Message
from ..common.progress import Progress, advance, part
from .city_model import city_origin
from .gltf import Material, glb
from .ground_mesh import pipe_mesh, terrain_mesh
from .meshes import Mesh, Shades, near_mesh
from .palette import palette
from .scene import Buildings, Scene
from .tile_content import feature_columns
from .tile_plan import CityPlan
from .tile_rows import decode, rows_by_tile

TERRAIN, PIPES = Material("Terrain", "#dcd8c6"), Material("Pipes", "#4f8fbf")
MOST_TRIANGLES = 12_000_000
"""A file of more, half a gigabyte, few programs of today open."""


def write_gltf(scene: Scene, path: Path, progress: Progress) -> list[Message]:
    """Write a scene as binary glTF 2.0, in metres from a local origin, with y up as glTF has it.

    The place of the origin stands in the file (`asset.extras`) and in what is returned.

    Returns
    -------
    list of Message
        For the log.

    Raises
    ------
    Cancelled
    InputError
        When the name does not end in .glb, or nothing is there, or too much.
    ResourceError
        When it cannot be written.
    """
    if path.suffix.lower() != ".glb":
        raise InputError("'{path}' does not end in .glb: choose a name that does.", path=path)
    shades, materials = palette()
    advance(progress, 0.0, Message("Writing glTF"))
    parts = _buildings(scene.buildings, shades, part(progress, 0.0, 0.5))
    nobody = len(scene.buildings)
    if scene.terrain is not None:
        parts.append(terrain_mesh(scene.terrain, len(materials), nobody))
    if scene.pipes is not None:
        parts.append(pipe_mesh(scene.pipes, len(materials) + 1, nobody))
    mesh = Mesh.join(parts)
    if not len(mesh):
        raise InputError("The scene holds nothing that glTF could show.")
    _require_few(len(mesh))
    origin = city_origin(scene.buildings)
    local = replace(mesh, points=mesh.points - np.array(origin))
    columns = feature_columns(scene.buildings, more=1)
    extras = {"title": scene.title, "crs": scene.crs, "origin": list(origin), "vertical": scene.vertical}
    data = glb(local, (*materials, TERRAIN, PIPES), columns, extras)
    advance(progress, 0.9)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise unwritable(path, error) from error
    return [
        Message(
            "glTF: {n} triangles, {size:.1f} MB; its origin is {x:.0f}, {y:.0f} at elevation {z:.0f} m in {crs}. "
            "Schemes, water and stages are not in it.",
            n=len(mesh),
            size=len(data) / 1e6,
            x=origin[0],
            y=origin[1],
            z=origin[2],
            crs=scene.crs if ":" in scene.crs[:12] else Message("the CRS of the scene"),
        )
    ]


def _buildings(city: Buildings, shades: Shades, progress: Progress) -> list[Mesh]:
    """The buildings, some hundred at a time, so that a cancel is heard.

    Raises
    ------
    Cancelled
    InputError
        As soon as they are more than a file holds.
    """
    if not len(city):
        return []
    leaves = [node.members for node in CityPlan.of(city, shades).tree().walk() if not node.children]
    parts, count = [], 0
    for number, (members, rows) in enumerate(zip(leaves, rows_by_tile(city, leaves), strict=True)):
        advance(progress, number / len(leaves))
        mesh = near_mesh(decode(rows), shades)
        parts.append(replace(mesh, owner=members[mesh.owner]))
        count += len(mesh)
        _require_few(count)
    return parts


def _require_few(count: int) -> None:
    if count > MOST_TRIANGLES:
        raise InputError(
            "The scene has more than the {most:,} triangles of one glTF file: choose a smaller extent, or make 3D "
            "Tiles.",
            most=MOST_TRIANGLES,
        )
