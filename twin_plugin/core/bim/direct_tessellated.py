"""Tessellated face sets of IFC4, triangles or polygons, as shapes that need no geometry kernel."""

from __future__ import annotations

import re

import numpy as np

from .direct_items import NO_ITEMS, Items, chosen
from .model import Floats
from .step_table import Ints
from .step_values import Values, parse_numbers

_TRIANGLES = re.compile(
    rb"\(\s*#\d+\s*,\s*\$\s*,\s*(?:\.[TFU]\.|\$)\s*,\s*\(\s*\(([-+0-9,()\s]*)\)\s*\)\s*(?:,\s*\$\s*)?\)\s*;"
)
"""Points, no normals, closed or not, the corners of the triangles, and no second numbering of the points."""

_POLYGONS = re.compile(rb"#\d+\s*\)\s*(?:,\s*\$\s*)?\)\s*;\Z")
"""The end of a list of faces, with no second numbering of the points behind it."""

_POINTS = re.compile(rb"\(\s*\(\s*\(([-+0-9.Ee,()\s]*)\)\s*\)\s*(?:,\s*\$\s*)?\)\s*;")
_BRACKETS = b"() \t\r\n"
TAIL_BYTES = 60


def tessellated(values: Values, records: Ints) -> Items:
    """Those of the representation items that are plain face sets; `records` are sorted and occur once."""
    triangles = values.is_kind(records, "IfcTriangulatedFaceSet")
    items = records[triangles | values.is_kind(records, "IfcPolygonalFaceSet")]
    if not len(items):
        return NO_ITEMS
    good = np.zeros(len(items), dtype=np.bool_)
    known: dict[int, Floats | None] = {}
    vertices: list[Floats] = [np.zeros((0, 3))]
    corners: list[Ints] = [np.zeros(0, dtype=np.int64)]
    counts: list[Ints] = [np.zeros(0, dtype=np.int64)]
    sizes = np.zeros((len(items), 2), dtype=np.int64)
    total = 0
    of_triangles = values.is_kind(items, "IfcTriangulatedFaceSet").tolist()
    for row, record in enumerate(items.tolist()):
        found = _triangles(values, record) if of_triangles[row] else _polygons(values, record)
        points = _points(values, record, known) if found is not None else None
        if found is None or points is None or found[0].min() < 0 or found[0].max() >= len(points):
            continue
        used, local = np.unique(found[0], return_inverse=True)
        vertices.append(points[used])
        corners.append(local.astype(np.int64) + total)
        counts.append(found[1])
        sizes[row] = len(used), len(found[1])
        total += len(used)
        good[row] = True
    of_vertex, of_ring = (np.repeat(np.arange(len(items)), size) for size in sizes.T)
    every = np.concatenate(counts)
    none = np.zeros(len(every), dtype=np.bool_)
    return chosen(items, good, np.concatenate(vertices), of_vertex, np.concatenate(corners), every, of_ring, none)


def _points(values: Values, record: int, known: dict[int, Floats | None]) -> Floats | None:
    """The points (n, 3) in metres that a face set is made of; None for what is written in an unusual way."""
    source = int(values.reference(np.array([record]), 0)[0])
    if source not in known:
        found = None
        if values.is_kind(np.array([source]), "IfcCartesianPointList3D")[0]:
            match = _POINTS.match(values.table.data, int(values.table.opens[source]))
            numbers = parse_numbers(match.group(1).translate(None, _BRACKETS)) if match is not None else None
            if numbers is not None and len(numbers) and len(numbers) % 3 == 0:
                found = numbers.reshape(-1, 3) * values.unit_m
        known[source] = found
    return known[source]


def _triangles(values: Values, record: int) -> tuple[Ints, Ints] | None:
    """The points (from 0) of all triangles, and three for each."""
    match = _TRIANGLES.match(values.table.data, int(values.table.opens[record]))
    numbers = parse_numbers(match.group(1).translate(None, _BRACKETS)) if match is not None else None
    if numbers is None or not len(numbers) or len(numbers) % 3:
        return None
    return numbers.astype(np.int64) - 1, np.full(len(numbers) // 3, 3)


def _polygons(values: Values, record: int) -> tuple[Ints, Ints] | None:
    """The points (from 0) of all polygons, and how many each has."""
    table = values.table
    faces = values.expand(np.array([record]))[1][1:]
    end = int(table.ends[record])
    if not len(faces) or _POLYGONS.search(table.data, max(end - TAIL_BYTES, int(table.opens[record])), end) is None:
        return None
    if not values.is_kind(faces, "IfcIndexedPolygonalFace").all():
        return None
    numbers, _, counts = values.numbers(faces)
    if (counts < 3).any():
        return None
    kept = ~np.isnan(numbers)
    return (numbers[kept].astype(np.int64) - 1, counts) if kept.sum() == counts.sum() else None
