"""Writes the buildings of a scene as CityJSON 2.0, or as CityJSONSeq, a feature on each line.

https://www.cityjson.org/specs/2.0.1
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from ..common.errors import unwritable
from ..common.messages import Message
from ..common.progress import Progress, advance, part
from .city_model import STEP_M, CityModel, Ints, city_extent, city_origin
from .city_objects import CityObject, Shape, Tally, others_of, streamed_objects
from .reference_system import reference_system
from .scene import Scene
from .shell_faces import Ring, Surface

LINES = (".jsonl", ".jsonseq")
"""Suffixes of CityJSONSeq."""
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
    return [*tally.messages(), *others_of(scene)]


class _Corners:
    """Numbers corners in the order in which they are used.

    Parameters
    ----------
    model : CityModel
        Where they lie.
    first : int
        The number of the first one.
    """

    def __init__(self, model: CityModel, first: int = 0) -> None:
        self.model, self.first = model, first
        self._numbers: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __call__(self, ring: Ring) -> Ring:
        numbers, first = self._numbers, self.first
        return [numbers.setdefault(corner, first + len(numbers)) for corner in ring]

    def used(self) -> Ints:
        """Those that were used, in their order."""
        return self.model.corners[np.fromiter(self._numbers, np.int64, len(self._numbers))]


def _write_document(stream: TextIO, scene: Scene, progress: Progress, tally: Tally) -> None:
    head = _json(_head(scene))
    stream.write(f'{head[:-1]},"CityObjects":{{')
    comma, corners = "", None
    every: list[NDArray[np.int32]] = []
    for model, objects in streamed_objects(scene.buildings, part(progress, 0.0, 0.8), tally):
        if corners is None or corners.model is not model:
            first = 0 if corners is None else corners.first + len(corners)
            every += [] if corners is None else [_small(corners.used())]
            corners = _Corners(model, first)
        stream.write(f"{comma}\n{_objects(objects, corners)}")
        comma = ","
    every += [] if corners is None else [_small(corners.used())]
    stream.write('\n},"vertices":[')
    for number, points in enumerate(every):
        advance(progress, 0.8 + 0.2 * number / len(every), "Corners")
        stream.write((",\n" if number else "\n") + _plain(points.tolist())[1:-1])
    stream.write("\n]}\n")


def _small(corners: Ints) -> NDArray[np.int32]:
    """Corners in half the memory where they fit, as those of 200 km do."""
    fits = not len(corners) or np.abs(corners).max() < 2**31
    return corners.astype(np.int32) if fits else corners  # type: ignore[return-value]


def _write_lines(stream: TextIO, scene: Scene, progress: Progress, tally: Tally) -> None:
    stream.write(_json(_head(scene) | {"CityObjects": {}, "vertices": []}) + "\n")
    for model, objects in streamed_objects(scene.buildings, progress, tally):
        corners = _Corners(model)
        texts = _objects(objects, corners)
        head = f'{{"type":"CityJSONFeature","id":{_json(objects[0].id)},"CityObjects":{{'
        stream.write(f'{head}{texts}}},"vertices":{_plain(corners.used().tolist())}}}\n')


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
