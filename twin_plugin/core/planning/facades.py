"""How much of the facades of landmarks eyes see, panel by panel, and what takes the view."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from ..common.prisms import Floats, Ints, Prisms
from ..common.progress import Progress, advance, silent
from .observers import Observers, inside
from .prism_index import PrismIndex
from .viewshed import Sight

OFF_WALL_M = 0.02
"""Points stand so far before their wall: it does not hide them itself."""
LEAST_EDGE_M = 0.01
COLUMNS_AT_ONCE = 8192
"""Columns of panels between two looks whether to go on."""


@dataclass(frozen=True, eq=False)
class Facades:
    """The walls of landmarks in panels, which stand in columns.

    Attributes
    ----------
    columns : ndarray of float64, shape (c, 4)
        x, y and the outward normal.
    first : ndarray of int64, shape (c + 1,)
        The panels of column c are those from `first[c]` to `first[c + 1]`.
    z_m, area_m2 : ndarray of float64, shape (panels,)
        Middle and area of each panel.
    landmark : ndarray of int64, shape (panels,)
        Its place among the landmarks.
    prism : ndarray of int64, shape (panels,)
    """

    columns: Floats
    first: Ints
    z_m: Floats
    area_m2: Floats
    landmark: Ints
    prism: Ints

    def __len__(self) -> int:
        return len(self.z_m)

    def areas(self, landmarks: int) -> Floats:
        """The facade of each landmark, m²."""
        return np.bincount(self.landmark, self.area_m2, landmarks).astype(np.float64)


def make_facades(prisms: Prisms, landmarks: Ints, ground: Grid | None, panel_m: float) -> Facades:
    """The outer walls of some objects in panels of at most a size.

    What lies below the ground, or against another body, is no facade: it shows to nobody.

    Parameters
    ----------
    prisms : Prisms
        All bodies.
    landmarks : ndarray of int64
        Objects of `prisms`.
    ground : Grid or None
    panel_m : float
        Greatest width and height of a panel.
    """
    place = np.full(prisms.objects, -1, np.int64)
    place[landmarks] = np.arange(len(landmarks))
    edges = prisms.edges()
    length = np.hypot(edges.x1 - edges.x0, edges.y1 - edges.y0)
    mine = (place[prisms.owner[edges.prism]] >= 0) & (length > LEAST_EDGE_M) if len(prisms) else np.zeros(0, bool)
    edge = np.flatnonzero(mine)
    pieces = np.ceil(length[edge] / panel_m - 1e-9).astype(np.int64)
    wall = np.repeat(edge, pieces)
    share = (np.arange(len(wall)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 0.5) / np.repeat(pieces, pieces)
    along_x, along_y = (edges.x1 - edges.x0)[wall], (edges.y1 - edges.y0)[wall]
    normal_x, normal_y = along_y / length[wall], -along_x / length[wall]
    x = edges.x0[wall] + share * along_x + OFF_WALL_M * normal_x
    y = edges.y0[wall] + share * along_y + OFF_WALL_M * normal_y
    prism = edges.prism[wall]
    bottom, top = prisms.bottom_m[prism], prisms.top_m[prism]
    if ground is not None:
        bottom = np.fmax(bottom, ground.sample(x, y))
    levels = np.maximum(np.ceil((top - bottom) / panel_m - 1e-9), 0).astype(np.int64)
    column = np.repeat(np.arange(len(wall)), levels)
    step = ((top - bottom) / np.maximum(levels, 1))[column]
    number = np.arange(len(column)) - np.repeat(np.cumsum(levels) - levels, levels)
    z = bottom[column] + (number + 0.5) * step
    area = step * (length[wall] / np.repeat(pieces, pieces))[column]
    names = ("",) * len(column)
    open_air = ~inside(Observers(x[column], y[column], z, z, names, names), prisms)
    first = np.searchsorted(column[open_air], np.arange(len(wall) + 1)).astype(np.int64)
    kept = column[open_air]
    return Facades(
        np.column_stack([x, y, normal_x, normal_y]),
        first,
        z[open_air],
        area[open_air],
        place[prisms.owner[prism[kept]]],
        prism[kept].astype(np.int64),
    )


def look_at(
    facades: Facades,
    prisms: Prisms,
    ground: Grid | None,
    observers: Observers,
    sight: Sight,
    progress: Progress = silent,
) -> Iterator[NDArray[np.int32]]:
    """For each observer what hides each panel: SEEN, TERRAIN, AWAY of the kernels, or a prism.

    Raises
    ------
    Cancelled
    """
    from .facade_kernels import look_at_facades

    index = PrismIndex.of(prisms).arrays
    values = np.zeros((0, 0)) if ground is None else np.ascontiguousarray(ground.values, np.float64)
    corner = (0.0, 0.0, 1.0) if ground is None else (ground.west, ground.north, ground.cell_m)
    frame = (*(float(number) for number in corner), sight.bend)
    low, high = sight.slopes
    width = math.inf if sight.width_deg >= 360 else math.radians(sight.width_deg / 2)
    field = (float(sight.reach_m), math.radians(sight.azimuth_deg), width, low, high)
    for n in range(len(observers)):
        hidden = np.full(len(facades), -3, np.int32)
        eye = float(observers.x[n]), float(observers.y[n]), float(observers.eye_m[n])
        for start in range(0, max(len(facades.columns), 1), COLUMNS_AT_ONCE):
            advance(progress, (n + start / max(len(facades.columns), 1)) / len(observers))
            end = min(start + COLUMNS_AT_ONCE, len(facades.columns))
            columns, first = facades.columns[start:end], facades.first[start : end + 1]
            look_at_facades(index, values, frame, eye, field, columns, first, facades.z_m, hidden)
        yield hidden
    advance(progress, 1.0)
