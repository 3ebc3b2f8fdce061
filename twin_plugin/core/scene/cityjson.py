"""Writes the buildings of a scene as CityJSON 2.0, or as CityJSONSeq, a feature on each line.

https://www.cityjson.org/specs/2.0.1
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from ..common.errors import unwritable
from ..common.messages import Message
from ..common.progress import Progress, advance, part
from .city_model import STEP_M, city_extent, city_model, city_origin
from .city_objects import CityObject, Shape, Tally, city_objects, streamed_objects
from .reference_system import reference_system
from .scene import Scene
from .shell_faces import Ring, Surface

LINES = (".jsonl", ".jsonseq")
"""Suffixes of CityJSONSeq."""
BLOCK = 100_000
"""Corners written at once."""

Renumber = Callable[[Ring], Ring]


def write_cityjson(scene: Scene, path: Path, progress: Progress) -> list[Message]:
    """Write a scene's buildings as CityJSON, by the name's ending as one document or as a line for each building.

    Parameters
    ----------
    scene : Scene
    path : Path
        Ends in .json, or in .jsonl for CityJSONSeq.
    progress : Progress

    Returns
    -------
    list of Message
        What was written and left out, for the log.

    Raises
    ------
    Cancelled
    ResourceError
        When the file cannot be written.
    """
    tally = Tally()
    write = _write_lines if path.suffix.lower() in LINES else _write_document
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            write(stream, scene, progress, tally)
    except OSError as error:
        raise unwritable(path, error) from error
    return tally.messages()


def _write_document(stream: TextIO, scene: Scene, progress: Progress, tally: Tally) -> None:
    model = city_model(scene.buildings, part(progress, 0.0, 0.3))
    head = _json(_head(scene))
    stream.write(f'{head[:-1]},"CityObjects":{{')
    comma = ""
    for objects in city_objects(model, part(progress, 0.3, 0.8), tally, set(scene.buildings.bodies.ids)):
        stream.write(f"{comma}\n{_objects(objects, list)}")
        comma = ","
    stream.write('\n},"vertices":[')
    for start in range(0, len(model.corners), BLOCK):
        advance(progress, 0.8 + 0.2 * start / len(model.corners), "Corners")
        stream.write(("\n," if start else "\n") + _json(model.corners[start : start + BLOCK].tolist())[1:-1])
    stream.write("\n]}\n")


def _write_lines(stream: TextIO, scene: Scene, progress: Progress, tally: Tally) -> None:
    stream.write(_json(_head(scene) | {"CityObjects": {}, "vertices": []}) + "\n")
    for model, objects in streamed_objects(scene.buildings, progress, tally):
        corners: dict[int, int] = {}

        def local(ring: Ring, corners: dict[int, int] = corners) -> Ring:
            return [corners.setdefault(corner, len(corners)) for corner in ring]

        texts = _objects(objects, local)
        own = model.corners[np.fromiter(corners, np.int64, len(corners))].tolist()
        head = f'{{"type":"CityJSONFeature","id":{_json(objects[0].id)},"CityObjects":{{'
        stream.write(f'{head}{texts}}},"vertices":{_plain(own)}}}\n')


def _head(scene: Scene) -> dict[str, Any]:
    """Type, transformation and metadata."""
    metadata: dict[str, Any] = {"geographicalExtent": list(city_extent(scene.buildings))}
    if scene.title:
        metadata["title"] = scene.title
    url = reference_system(scene.crs, scene.vertical).url
    if url:
        metadata["referenceSystem"] = url
    transform = {"scale": [STEP_M] * 3, "translate": list(city_origin(scene.buildings))}
    return {"type": "CityJSON", "version": "2.0", "transform": transform, "metadata": metadata}


def _objects(objects: list[CityObject], renumber: Renumber) -> str:
    """The members of CityObjects for a building and what belongs to it."""
    children = [each.id for each in objects[1:]]
    return ",".join(_members(objects, children, renumber))


def _members(objects: list[CityObject], children: list[str], renumber: Renumber) -> Iterator[str]:
    for each in objects:
        value: dict[str, Any] = {"type": each.kind}
        if each.attributes:
            value["attributes"] = each.attributes
        if each.parent:
            value["parents"] = [each.parent]
        elif children:
            value["children"] = children
        shapes = ",".join(_geometry(shape, renumber) for shape in each.shapes)
        yield f'{_json(each.id)}:{_json(value)[:-1]},"geometry":[{shapes}]}}'


def _geometry(shape: Shape, renumber: Renumber) -> str:
    faces: Any = [[renumber(ring) for ring in face] for face in shape.faces]
    kind = "Solid" if shape.solid else "MultiSurface"
    semantics = ""
    if shape.surfaces:
        kinds = list(dict.fromkeys(shape.surfaces))
        values: Any = [kinds.index(surface) for surface in shape.surfaces]
        listed = ",".join(_SURFACE[surface] for surface in kinds)
        text = _plain([values] if shape.solid else values)
        semantics = f',"semantics":{{"surfaces":[{listed}],"values":{text}}}'
    boundaries = _plain([faces] if shape.solid else faces)
    return f'{{"type":"{kind}","lod":"{shape.lod}","boundaries":{boundaries}{semantics}}}'


_SURFACE = {surface: f'{{"type":"{surface.value}"}}' for surface in Surface}


def _plain(numbers: list[Any]) -> str:
    """Nested lists of whole numbers as JSON."""
    return str(numbers).replace(" ", "")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
