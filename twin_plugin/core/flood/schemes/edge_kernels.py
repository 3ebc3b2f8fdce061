"""The kernels of open and fixed-level edges: the discharge of each face, and its exchange with the cell inside."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from ..constants import FLOW_DEPTH_M, GRAVITY_MS2, OPEN
from .bits import two_sum

G = np.float32(GRAVITY_MS2)
FLOW_DEPTH = np.float32(FLOW_DEPTH_M)
FLAT_SLOPE = 1e-3  # where the terrain does not fall towards an open edge, water leaves as on this slope


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
def exchange(h, low, qx, qy, cells, faces, sides, across_x, outward, discharge, dt, cell, moved):  # type: ignore[no-untyped-def]
    """Apply the edges' discharge at the end of a step, no more than a cell holds; `moved` gets metres of cells out
    and in by side.

    The discharge is also written on the faces, for the neighbours' average and for speeds.
    """
    for i in range(cells.shape[0]):
        c = cells[i]
        step = min(np.float32(discharge[i] * dt / cell), h[c])
        s, e = two_sum(h[c], -step)
        rest = low[c] + e
        h[c] = s + rest
        low[c] = rest - (h[c] - s)
        if step > 0.0:
            moved[sides[i], 0] += step
        else:
            moved[sides[i], 1] -= step
        discharge[i] = step * cell / dt
        if across_x[i]:
            qx[faces[i]] = outward[i] * discharge[i]
        else:
            qy[faces[i]] = outward[i] * discharge[i]
