"""Writes the buildings of a scene as OBJ with its materials, and the place of its origin as ArcGIS reads it.

OBJ has no coordinates of a map: large numbers lose their last digits in programs that draw in single precision. So the
file counts from a local origin, which stands in its first lines, and in .prj and .wld3 beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError, unwritable
from ..common.messages import Message
from ..common.place_files import place_text, prj_text
from ..common.progress import Progress
from .city_model import STEP_M, city_origin
from .city_objects import CityObject, Shape, Tally, others_of, streamed_objects
from .scene import Scene
from .shell_faces import Ring, face_normal
from .triangles import triangulate
from .use_colours import use_colours

UNDERGROUND = "underground"
_COLOUR_BELOW = "#8a8178"
_UNSAFE = re.compile(r"[^\w.\-]+")
_LONGEST = 120


def write_obj(scene: Scene, path: Path, progress: Progress) -> list[Message]:
    """Write a scene's buildings as OBJ, an object for each, with a material for each group of uses.

    x runs east, y north and z up. Each building has its shell where there is one that closes, else its bodies; parts
    below ground are objects of their own. Beside the file lie its .mtl and, where the CRS is known, its .prj and .wld3.

    Parameters
    ----------
    scene : Scene
    path : Path
    progress : Progress

    Returns
    -------
    list of Message
        What was written and left out, for the log.

    Raises
    ------
    Cancelled
    InputError
        When the name does not end in .obj.
    ResourceError
        When a file cannot be written.
    """
    if path.suffix.lower() != ".obj":
        raise InputError("'{path}' does not end in .obj: choose a name that does.", path=path)
    tally = Tally()
    reference = prj_text(scene.crs)
    files = {".mtl": _materials()}
    if reference:
        files |= {".prj": reference, ".wld3": place_text(city_origin(scene.buildings))}
    try:
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            uncut = _write(stream, scene, path.stem, progress, tally)
        for suffix, text in files.items():
            path.with_suffix(suffix).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise unwritable(path, error) from error
    tally.storeys = tally.rooms = 0
    if uncut:
        tally.remarks.append(Message("{count} faces with holes were written without their holes.", count=uncut))
    if not reference:
        tally.remarks.append(Message("The CRS has no definition that ArcGIS reads: no .prj and .wld3 were written."))
    return [*tally.messages(), *others_of(scene)]


def _write(stream: TextIO, scene: Scene, stem: str, progress: Progress, tally: Tally) -> int:
    x, y, z = city_origin(scene.buildings)
    stream.write(f"# {_line(scene.title)}\n# origin {x:.3f} {y:.3f} {z:.3f} in {_line(scene.crs)}; metres, z up\n")
    stream.write(f"mtllib {stem}.mtl\n")
    groups = {use: number for number, group in enumerate(use_colours()) for use in group.uses}
    count, uncut, names = 0, 0, _Names()
    for model, objects in streamed_objects(scene.buildings, progress, tally):
        use = str(objects[0].attributes.get("use", ""))
        material = _material(groups.get(use, len(use_colours()) - 1))
        for name, shape, below in _bodies(objects):
            corners: dict[int, int] = {}
            bent = shape.faces if shape.is_shell else shape.faces[:2]  # the walls of blocks are rectangles
            faces, left = [face[0] for face in shape.faces[len(bent) :]], 0
            for face in bent:
                cut = _cut(face, model.corners)
                left += cut is None
                faces += [face[0]] if cut is None else cut
            lines = [
                " ".join(["f", *[str(corners.setdefault(corner, len(corners)) + count + 1) for corner in face]])
                for face in faces
            ]
            points = model.corners[np.fromiter(corners, np.int64, len(corners))] * STEP_M
            stream.write(f"o {names.new(name)}\nusemtl {UNDERGROUND if below else material}\n")
            stream.write("".join(f"v {x:.4f} {y:.4f} {z:.4f}\n" for x, y, z in points.tolist()))
            stream.write("\n".join(lines) + "\n")
            count += len(corners)
            uncut += left
    return uncut


def _bodies(objects: list[CityObject]) -> Iterator[tuple[str, Shape, bool]]:
    """The name and shape of each body of a building, and whether it lies below ground."""
    shell = next((shape for shape in objects[0].shapes if shape.is_shell and shape.solid), None)
    if shell is not None:
        yield objects[0].id, shell, False
    for each in objects:
        below = UNDERGROUND in each.attributes
        if each.kind in ("Building", "BuildingPart") and (below or shell is None):
            for shape in each.shapes:
                if shape.solid and not shape.is_shell:
                    yield each.id, shape, below


def _cut(face: list[Ring], corners: NDArray[np.int64]) -> list[Ring] | None:
    """A face as it is where it has four corners at most, else its triangles; None where it cannot be cut."""
    if len(face) == 1 and len(face[0]) <= 4 and _is_convex(face, corners):
        return face
    normal = face_normal(face, corners)
    axis = int(np.argmax(np.abs(normal)))
    plane = [(axis + 1) % 3, (axis + 2) % 3]
    places = [corner for ring in face for corner in ring]
    triangles = triangulate([corners[ring][:, plane].astype(np.float64) for ring in face])
    if triangles is None:
        return None
    turned = triangles if normal[axis] > 0 else triangles[:, ::-1]
    return [[places[corner] for corner in triangle] for triangle in turned.tolist()]


def _is_convex(face: list[Ring], corners: NDArray[np.int64]) -> bool:
    points = corners[face[0]].astype(np.float64)
    edges = np.roll(points, -1, axis=0) - points
    turns = np.cross(edges, np.roll(edges, -1, axis=0))
    return bool((turns @ face_normal(face, corners) > 0).all())


def _material(number: int) -> str:
    return f"use_{number}"


def _materials() -> str:
    """A material for each group of uses, with its name in words."""
    rows = [(_material(number), group.name_en, group.colour) for number, group in enumerate(use_colours())]
    found = []
    for name, words, colour in [*rows, (UNDERGROUND, "Below ground", _COLOUR_BELOW)]:
        red, green, blue = (int(colour[k : k + 2], 16) / 255.0 for k in (1, 3, 5))
        found.append(f"# {words}\nnewmtl {name}\nKd {red:.4f} {green:.4f} {blue:.4f}\nillum 1\n")
    return "\n".join(found)


def _line(text: str) -> str:
    """A text as part of a line: what is no letter, digit, point or hyphen becomes an underscore."""
    return _UNSAFE.sub("_", text.encode("utf-8", "replace").decode("utf-8"))[:_LONGEST] or "_"


class _Names:
    """Names of objects, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, text: str) -> str:
        name = found = _line(text)
        number = 1
        while found in self._given:
            number += 1
            found = f"{name}_{number}"
        self._given.add(found)
        return found
