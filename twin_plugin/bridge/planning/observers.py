"""Points and paths from which people look, with the level of their eyes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.planning.observers import Observers, along, inside
from ..kernel.input_table import Entry
from ..kernel.line_layers import names_of
from ..kernel.metric_layers import LINES, POINTS, Reader, numbers_of, row_ids, why

EYE = ("eye_elev_m", "eye_m", "视点标高")
"""Usual names of the field with the elevation of the eye."""
MOST_OBSERVERS = 100_000


@dataclass(frozen=True)
class ObserversRead:
    """The observers of a layer that can look."""

    observers: Observers
    notes: list[Message]
    entry: Entry


def read_observers(
    source: QgsFeatureSource,
    parameter: str,
    reader: Reader,
    terrain: Grid | None,
    prisms: Prisms,
    eye_m: float,
    spacing_m: float,
) -> ObserversRead:
    """Points, or paths at a spacing. The eye is at its field eye_elev_m, else at the terrain and `eye_m`.

    Observers off the terrain, or within a body of `prisms`, are left out with a note.

    Raises
    ------
    InputError
        Where none is left.
    """
    name = source.sourceName()
    table = reader.table(source, parameter, (*POINTS, *LINES))
    notes: list[Message] = []
    own = numbers_of(table, EYE, "elev_m", notes)
    ids, names = row_ids(table), names_of(table)
    x, y, eye, distance, who, called = [], [], [], [], [], []
    missing = 0
    for row, shape in enumerate(table.geometries):
        if shape is None:
            missing += 1
            continue
        for px, py, at, suffix in _places(shape, spacing_m):
            x.append(px)
            y.append(py)
            eye.append(own[row])
            distance.append(at)
            who.append(ids[row] + suffix)
            called.append((names[row] or ids[row]) + suffix)
        if len(x) > MOST_OBSERVERS:
            raise InputError(
                "The layer '{name}' gives more than {most} observers: choose fewer, or a wider spacing.",
                name=name,
                most=MOST_OBSERVERS,
            )
    place = np.array(x, np.float64), np.array(y, np.float64)
    ground = np.zeros(len(x)) if terrain is None else terrain.sample(*place)
    level = np.where(np.isfinite(eye), eye, ground + eye_m)
    found = Observers(*place, level, np.array(distance, np.float64), tuple(who), tuple(called))
    off = np.isnan(level)
    within = inside(found, prisms)
    kept = found.keep(~off & ~within)
    lost = [
        Message("no geometry: {n}", n=missing),
        Message("off the terrain: {n}", n=int(off.sum())),
        Message("inside a building: {n}", n=int(within.sum())),
    ]
    if not len(kept):
        raise InputError(
            "The layer '{name}' holds no observer that can look ({why}): move them onto the terrain and out of the "
            "buildings, or give the elevation of the eye in a field {field}.",
            name=name,
            why=why(lost) or Message("it is empty"),
            field=EYE[0],
        )
    left_out = missing + int(off.sum() + within.sum())
    if left_out:
        notes.append(
            Message(
                "{n} observers of the layer '{name}' are left out: {why}. The first: {ids}.",
                n=left_out,
                name=name,
                why=why(lost),
                ids=", ".join(np.array(found.ids)[off | within][:3]) or "?",
            )
        )
    return ObserversRead(kept, notes, Entry(Message(parameter), len(kept), left_out, 0, why(lost)))


def _places(shape: shapely.Geometry, spacing_m: float) -> list[tuple[float, float, float, str]]:
    """x, y, distance along the path, and what the id of each observer of a feature ends with."""
    parts = shapely.get_parts(shapely.force_2d(shape))
    if shapely.get_dimensions(shape) == 0:
        many = len(parts) > 1
        return [(part.x, part.y, np.nan, f"/{n}" if many else "") for n, part in enumerate(parts, 1)]
    places, before = list[tuple[float, float, float, str]](), 0.0
    for part in parts:
        for x, y, at in zip(*along(part, spacing_m), strict=True):
            places.append((float(x), float(y), before + float(at), f"/{len(places) + 1}"))
        before += float(shapely.length(part))
    return places
