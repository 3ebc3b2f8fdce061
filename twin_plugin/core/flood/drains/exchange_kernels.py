"""What passes between street and inlets in a step of the grid."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..constants import SPEED_DEPTH_M
from ..schemes.array_layout import F32
from .inlet_kernels import capture

CAREFUL = np.float32(1.0 - 2.0**-22)
"""float32 changes are rounded down by so much, so that no more is moved than there is."""

Vector = NDArray[np.float64]


@njit(nogil=True, cache=True, error_model="numpy")
def speed_at(h: F32, motion_x: F32, motion_y: F32, centred: bool, stride: int, cell: int) -> float:
    """Speed in a cell, m/s; 0 in films."""
    depth_m = float(h[cell])
    if depth_m < SPEED_DEPTH_M:
        return 0.0
    if centred:
        u, v = float(motion_x[cell]), float(motion_y[cell])
    else:
        u = 0.5 * (float(motion_x[cell]) + float(motion_x[cell + 1])) / depth_m
        v = 0.5 * (float(motion_y[cell]) + float(motion_y[cell + stride])) / depth_m
    return math.sqrt(u * u + v * v)


@njit(nogil=True, cache=True, error_model="numpy")
def street_changes(
    h: F32, motion_x: F32, motion_y: F32, centred: bool, stride: int, cells: NDArray[np.int64],
    openings: Vector, depths_m: Vector, flows_m3s: Vector, above_m: Vector, room_m3: Vector, returning_m3: Vector,
    return_m3s: Vector,     dt_s: float, cell_m2: float, change_m: F32,
) -> None:  # fmt: skip
    """Set the change of depth of each node's cell in a step, m: below 0 what its inlets take, above 0 what comes back.

    The flow into an inlet falls with the depth that it takes away: it is integrated over the step with the depth as for
    a weir, dh/dt = -k h^1.5, of which the answer is h0 / (1 + Q0 dt / (2 V0))². So no step, however long, takes more
    than the cell has, and long steps take what short ones do.

    Parameters
    ----------
    above_m : array
        Water level in each node above the bed of its cell; below 0 where it is lower.
    room_m3 : array
        What each node may still take until the network has been asked again.
    returning_m3 : array
        Water that the network has given up and that has not come to the street yet. While there is some, nothing is
        taken: a node never takes and gives in one step.
    return_m3s : array
        How fast it comes.
    """
    for i in range(cells.shape[0]):
        cell = cells[i]
        depth_m = float(h[cell])
        change_m[i] = np.float32(0.0)
        if returning_m3[i] > 0.0:
            volume = min(return_m3s[i] * dt_s, returning_m3[i])
            change_m[i] = np.float32(volume / cell_m2) * CAREFUL
        elif depth_m > 0.0 and room_m3[i] > 0.0 and above_m[i] < depth_m:
            speed = speed_at(h, motion_x, motion_y, centred, stride, cell)
            flow = capture(openings[i], depths_m, flows_m3s, depth_m, speed)
            if above_m[i] > 0.0:
                flow *= math.sqrt(1.0 - above_m[i] / depth_m)
            if flow > 0.0:
                held = depth_m * cell_m2
                volume = held * (1.0 - (1.0 + 0.5 * flow * dt_s / held) ** -2)
                change_m[i] = -np.float32(min(volume, room_m3[i]) / cell_m2) * CAREFUL
