"""Lengths of segments in metres, in projected coordinates and in degrees."""

from __future__ import annotations

import numpy as np

from .cells import FloatArray, metres_per_degree


def segment_lengths(
    first: FloatArray, last: FloatArray, metres_x: float, metres_y: float, geographic: bool
) -> FloatArray:
    """Length of each segment, m; in degrees by the latitude of its middle.

    Parameters
    ----------
    first, last : float64 arrays, shape (n, 2)
        x and y of both ends.
    metres_x, metres_y : float
        Metres in one unit of each axis, where the coordinates are no degrees.
    geographic : bool
        Whether they are longitudes and latitudes.
    """
    across, along = (last - first).T
    if not geographic:
        return np.hypot(across * metres_x, along * metres_y)
    latitude = np.clip(0.5 * (first[:, 1] + last[:, 1]), -89.0, 89.0)
    known = np.linspace(latitude.min(), latitude.max(), 256) if len(latitude) else np.zeros(1)
    metres = np.array([metres_per_degree(float(value)) for value in known])
    return np.hypot(across * np.interp(latitude, known, metres[:, 0]), along * np.interp(latitude, known, metres[:, 1]))
