"""Layers of view corridors: lines from an eye to what must stay in view, and landmarks as points or polygons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.planning.corridor import SHORTEST_M, Corridor, CorridorForm, corridor
from ...core.planning.observers import Observers
from ..kernel.input_table import Entry
from ..kernel.line_layers import names_of
from ..kernel.metric_layers import AREAS, LINES, POINTS, Reader, numbers_of, row_ids, valid, why
from ..kernel.prism_layers import BASE, HEIGHT, TOP
from .observers import EYE

SEEN = ("target_elev_m", "target_m", "目标标高")
WIDTH = ("width_m", "corridor_width_m", "视廊宽度")
"""Usual names of fields, in any case."""
MOST_CORRIDORS = 20_000


@dataclass(frozen=True, eq=False)
class Landmarks:
    """What must stay in view: shapes, their lowest elevation that must be seen, ids and names."""

    shapes: list[shapely.Geometry]
    seen_m: np.ndarray
    ids: list[str]
    names: list[str]


@dataclass(frozen=True, eq=False)
class CorridorsRead:
    """The corridors of layers."""

    views: list[Corridor]
    notes: list[Message]
    entries: list[Entry]


def read_landmarks(
    source: QgsFeatureSource, reader: Reader, terrain: Grid | None, height_m: float | None
) -> tuple[Landmarks, list[Message], Entry]:
    """Points or polygons. Seen from: the field target_elev_m, else the ground and `height_m`, else the top.

    Raises
    ------
    InputError
        Where no feature has a place and an elevation.
    """
    table, notes = reader.table(source, "TARGETS", (*POINTS, *AREAS)), list[Message]()
    shapes = [None if shape is None else valid(shapely.force_2d(shape)) for shape in table.geometries]
    base, top, height, own = (
        numbers_of(table, names, kind, notes)
        for names, kind in ((BASE, "elev_m"), (TOP, "elev_m"), (HEIGHT, "height_m"), (SEEN, "elev_m"))
    )
    base = np.where(np.isfinite(base), base, ground_at(shapes, terrain))
    highest = np.where(np.isfinite(top), top, base + height)
    seen = highest if height_m is None else base + height_m
    seen = np.where(np.isfinite(own), own, seen)
    there = np.array([shape is not None for shape in shapes], bool)
    used = there & np.isfinite(seen)
    lost = [Message("no geometry: {n}", n=int((~there).sum())),
            Message("no elevation: {n}", n=int((there & ~used).sum()))]  # fmt: skip
    name = source.sourceName()
    if not used.any():
        raise InputError(
            "No feature of the layer '{name}' for TARGETS has a place and an elevation: fill the field {field}, or "
            "give TARGET_HEIGHT.",
            name=name,
            field=SEEN[0],
        )
    left_out = len(table) - int(used.sum())
    if left_out:
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: {why}.",
                n=left_out,
                all=len(table),
                name=name,
                why=why(lost),
            )
        )
    rows = np.flatnonzero(used).tolist()
    ids, names = row_ids(table), names_of(table)
    found = Landmarks(
        [shape for row in rows if (shape := shapes[row]) is not None], seen[used], [ids[row] for row in rows],
        [names[row] or ids[row] for row in rows],
    )  # fmt: skip
    return found, notes, Entry(Message("TARGETS"), len(rows), left_out, 0, why(lost))


def ground_at(shapes: list[shapely.Geometry | None], terrain: Grid | None) -> np.ndarray:
    """The terrain in the middle of shapes; 0 without a terrain, NaN off it."""
    if terrain is None:
        return np.zeros(len(shapes))
    middles = [shapely.Point() if shape is None else shapely.centroid(shape) for shape in shapes]
    return np.asarray(terrain.sample(shapely.get_x(middles), shapely.get_y(middles)))


def pairs_of(observers: Observers, landmarks: Landmarks, form: CorridorForm) -> CorridorsRead:
    """A corridor from each observer to each landmark.

    Raises
    ------
    InputError
        Where there are too many, or no observer stands away from a landmark.
    """
    count = len(observers) * len(landmarks.shapes)
    if count > MOST_CORRIDORS:
        raise InputError(
            "{n} corridors are too many (up to {most}): choose fewer observers or targets, or a wider spacing.",
            n=count,
            most=MOST_CORRIDORS,
        )
    views, near = list[Corridor](), 0
    for row in range(len(observers)):
        eye = float(observers.x[row]), float(observers.y[row]), float(observers.eye_m[row])
        for shape, seen_m, target, called in zip(
            landmarks.shapes, landmarks.seen_m, landmarks.ids, landmarks.names, strict=True
        ):
            if shapely.distance(shapely.Point(eye[:2]), shape) < SHORTEST_M:
                near += 1
                continue
            texts = f"{observers.ids[row]} → {target}", f"{observers.names[row]} → {called}", observers.ids[row], target
            views.append(corridor(texts, eye, shape, float(seen_m), form))
    if not views:
        raise InputError("All observers stand at their targets: move them, or choose other targets.")
    notes = []
    if near:
        notes.append(Message("{n} pairs are left out: the observer stands at the target.", n=near))
    return CorridorsRead(views, notes, [])


def lines_of(
    source: QgsFeatureSource, reader: Reader, terrain: Grid | None, eye_m: float, height_m: float | None,
    form: CorridorForm,
) -> CorridorsRead:  # fmt: skip
    """Corridors along lines, from the first vertex to the last.

    The eye: field eye_elev_m, else the terrain and `eye_m`. The target: field target_elev_m, else the terrain and
    `height_m`. The width: field width_m, else that of `form`.

    Raises
    ------
    InputError
        Where no line has both elevations.
    """
    table, notes, name = reader.table(source, "LINES", LINES), list[Message](), source.sourceName()
    eye, seen, width = (
        numbers_of(table, names, kind, notes) for names, kind in ((EYE, "elev_m"), (SEEN, "elev_m"), (WIDTH, "width_m"))
    )
    ends = [(None, None) if shape is None else _ends(shape) for shape in table.geometries]
    eye = np.where(np.isfinite(eye), eye, ground_at([first for first, _ in ends], terrain) + eye_m)
    above = np.nan if height_m is None else height_m
    seen = np.where(np.isfinite(seen), seen, ground_at([last for _, last in ends], terrain) + above)
    width = np.where(np.isfinite(width) & (width > 0), width, form.width_m)
    ids, names = row_ids(table), names_of(table)
    views, missing, short, unknown = list[Corridor](), 0, 0, 0
    for row, (first, last) in enumerate(ends):
        if first is None or last is None:
            missing += 1
        elif not (np.isfinite(eye[row]) and np.isfinite(seen[row])):
            unknown += 1
        elif shapely.distance(first, last) < SHORTEST_M:
            short += 1
        else:
            texts = ids[row], names[row] or ids[row], ids[row], ids[row]
            mine = CorridorForm(form.kind, float(width[row]), form.lowering_per_m)
            views.append(corridor(texts, (first.x, first.y, float(eye[row])), last, float(seen[row]), mine))
    lost = [Message("no geometry: {n}", n=missing), Message("no elevation of eye or target: {n}", n=unknown),
            Message("shorter than 1 m: {n}", n=short)]  # fmt: skip
    if not views:
        raise InputError(
            "The layer '{name}' for LINES holds no corridor ({why}): fill the fields {eye} and {target}, or give a "
            "terrain and TARGET_HEIGHT.",
            name=name,
            why=why(lost) or Message("it is empty"),
            eye=EYE[0],
            target=SEEN[0],
        )
    bent = sum(shape is not None and len(shapely.get_coordinates(shape)) > 2 for shape in table.geometries)
    if bent:
        notes.append(
            Message(
                "{n} lines of the layer '{name}' have vertices between their ends: their corridors run straight from "
                "the first to the last.",
                n=bent,
                name=name,
            )
        )
    left_out = missing + short + unknown
    if left_out:
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: {why}.",
                n=left_out,
                all=len(table),
                name=name,
                why=why(lost),
            )
        )
    return CorridorsRead(views, notes, [Entry(Message("LINES"), len(views), left_out, 0, why(lost))])


def _ends(shape: shapely.Geometry) -> tuple[shapely.Point, shapely.Point]:
    """The first and the last vertex."""
    points = shapely.get_coordinates(shape)
    return shapely.Point(points[0]), shapely.Point(points[-1])


def all_of(parts: Iterator[CorridorsRead]) -> CorridorsRead:
    """Corridors of several layers."""
    found = CorridorsRead([], [], [])
    for part in parts:
        found.views.extend(part.views)
        found.notes.extend(part.notes)
        found.entries.extend(part.entries)
    return found
