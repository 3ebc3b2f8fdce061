"""Open and fixed-level edges: faces at the edge of the data through which water leaves or enters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .array_layout import F32, ArrayLayout
from .bits import two_sum
from .setup import Boundary, BoundaryKind

BoolArray = NDArray[np.bool_]
IntVector = NDArray[np.int64]
FLAT_SLOPE = 1e-3  # where the ground does not fall towards an open edge, water leaves as on this slope
G = np.float32(9.80665)
FLOW_DEPTH = np.float32(1e-5)
OPEN, LEVEL = 0, 1


@dataclass
class Edges:
    """Boundary faces of a run.

    cells and faces are flat positions; across_x tells faces between columns; outward is +1 where leaving means a
    positive discharge; kinds is OPEN or LEVEL; number is the slope of the ground (open) or the relative level (level);
    discharge is per width, outward; deepest_m is the largest depth that a fixed level can bring.
    """

    cells: IntVector
    faces: IntVector
    across_x: BoolArray
    outward: F32
    kinds: IntVector
    number: F32
    discharge: F32
    deepest_m: float


def _first(valid: BoolArray, side: str) -> tuple[IntVector, IntVector]:
    """Row and column of the outermost data cell of each column (north, south) or row (west, east)."""
    axis = 0 if side in ("north", "south") else 1
    flip = side in ("south", "east")
    seen = np.flip(valid, axis) if flip else valid
    first = seen.argmax(axis)
    if flip:
        first = valid.shape[axis] - 1 - first
    lines = np.nonzero(valid.any(axis))[0]
    return (first[lines], lines) if axis == 0 else (lines, first[lines])


def make(layout: ArrayLayout, data: BoolArray, wet: BoolArray, bed: F32, cell_m: float, base_m: float,
         sides: dict[str, Boundary]) -> Edges:  # fmt: skip
    """Collect the faces of all sides that are not closed.

    Parameters
    ----------
    layout : Layout
    data : bool array, shape (rows, columns)
        Where the terrain has a height: its outermost cells have the edge's faces.
    wet : bool array, shape (rows, columns)
        Where water can stand (not inside walls).
    bed : float32 array, flat
        Relative bed.
    cell_m, base_m : float
        Cell size; height that the relative bed counts from.
    sides : dict
    """
    steps = {"north": -layout.stride, "south": layout.stride, "west": -1, "east": 1}
    parts: list[tuple[NDArray[Any], ...]] = []
    deepest = 0.0
    for side, boundary in sides.items():
        if boundary.kind is BoundaryKind.CLOSED:
            continue
        row, column = _first(data, side)
        keep = wet[row, column]
        cells = layout.index(row[keep], column[keep])
        faces = cells + max(steps[side], 0)
        if boundary.kind is BoundaryKind.OPEN:
            rise = bed[cells - steps[side]].astype(float) - bed[cells]
            number = np.where(rise < 1e5, rise / cell_m, 0.0)
        else:
            number = np.full(len(cells), boundary.level_m - base_m)
            deepest = max(deepest, float((number - bed[cells]).max(initial=0.0)))
        kind = OPEN if boundary.kind is BoundaryKind.OPEN else LEVEL
        flat = np.ones(len(cells))
        parts.append(
            (cells, faces, flat * (abs(steps[side]) == 1), flat * math.copysign(1, steps[side]), flat * kind, number)
        )
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 6
    which, where, across, outward, kinds, numbers = columns
    return Edges(
        which.astype(np.int64), where.astype(np.int64), across.astype(bool), outward.astype(np.float32),
        kinds.astype(np.int64), numbers.astype(np.float32), np.zeros(len(which), np.float32), deepest,
    )  # fmt: skip


@njit(nogil=True, cache=True, error_model="numpy")
def evaluate(h, bed, friction, qx, qy, cells, across_x, kinds, number, discharge, stride, dt, cell, cap):  # type: ignore[no-untyped-def]
    """Discharge per width out of each edge cell (negative into it), from the state at the start of a step."""
    for i in range(cells.shape[0]):
        c = cells[i]
        depth = h[c]
        slope = number[i]
        if kinds[i] == OPEN:
            slope = max(slope, np.float32(FLAT_SLOPE))
        else:
            level = number[i] - bed[c]
            slope = (depth - level) / cell
            depth = max(depth, level)
        q = np.float32(0.0)
        if depth > FLOW_DEPTH:
            old = discharge[i]
            far = np.float32(0.5) * ((qy[c] + qy[c + stride]) if across_x[i] else (qx[c] + qx[c + 1]))
            length = math.sqrt(old * old + far * far)
            resist = dt * abs(friction[c]) * depth ** np.float32(-7.0 / 3.0)
            top = old + G * depth * slope * dt
            aside = far * (np.float32(1.0) + resist * length)
            drive = math.sqrt(top * top + aside * aside)
            q = (
                np.float32(2.0)
                * top
                / (np.float32(1.0) + math.sqrt(np.float32(1.0) + np.float32(4.0) * resist * drive))
            )
            most = cap * depth * math.sqrt(G * depth)
            q = min(max(q, -most), most)
        discharge[i] = q


@njit(nogil=True, cache=True, error_model="numpy")
def exchange(h, low, qx, qy, cells, faces, across_x, outward, discharge, dt, cell, moved):  # type: ignore[no-untyped-def]
    """Apply the edges' discharge at the end of a step, no more than a cell holds; `moved` gets metres of cells out
    and in.

    The discharge is also written on the faces, for the neighbours' average and for speeds.
    """
    out = 0.0
    come = 0.0
    for i in range(cells.shape[0]):
        c = cells[i]
        step = min(np.float32(discharge[i] * dt / cell), h[c])
        s, e = two_sum(h[c], -step)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        if step > 0.0:
            out += step
        else:
            come -= step
        discharge[i] = step * cell / dt
        if across_x[i]:
            qx[faces[i]] = outward[i] * discharge[i]
        else:
            qy[faces[i]] = outward[i] * discharge[i]
    moved[0] = out
    moved[1] = come
