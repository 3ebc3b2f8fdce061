"""Flood hazard to people, vehicles and buildings: the six classes of the Australian handbook."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Upper limits of the classes H1 to H5: depth (m), speed (m/s), depth times speed (m²/s); H6 lies above.
LIMITS = ((0.3, 2.0, 0.3), (0.5, 2.0, 0.6), (1.2, 2.0, 0.6), (2.0, 2.0, 1.0), (4.0, 4.0, 4.0))
NO_CLASS = 255


def classify(
    depth_m: NDArray[np.floating[Any]], speed_ms: NDArray[np.floating[Any]], product_m2s: NDArray[np.floating[Any]]
) -> NDArray[np.uint8]:
    """Hazard class of each cell.

    Each class asks for depth, speed and their product within its limits, so that the class of the largest depth, the
    largest speed and the largest product in time is the worst class in time.

    Parameters
    ----------
    depth_m, speed_ms, product_m2s : arrays of equal shape
        Largest in time of depth, speed, and of depth times speed at the same moment; NaN is no data.

    Returns
    -------
    uint8 array
        0 dry, 1 to 6 for H1 to H6, 255 where any input is NaN.

    References
    ----------
    AIDR (2017), Guideline 7-3 Flood Hazard; Smith, Davey, Cox (2014), WRL Technical Report 2014/07.
    """
    depth, speed, product = (np.asarray(a, np.float32) for a in (depth_m, speed_ms, product_m2s))
    result = np.full(np.broadcast(depth, speed, product).shape, 6, np.uint8)
    for number in range(len(LIMITS), 0, -1):
        most = [np.float32(limit) for limit in LIMITS[number - 1]]
        result[(depth <= most[0]) & (speed <= most[1]) & (product <= most[2])] = number
    result[depth <= 0] = 0
    result[np.isnan(depth) | np.isnan(speed) | np.isnan(product)] = NO_CLASS
    return result


def classify_moment(
    depth_m: NDArray[np.floating[Any]],
    east_ms: NDArray[np.floating[Any]],
    north_ms: NDArray[np.floating[Any]],
    wet_depth_m: float,
) -> NDArray[np.uint8]:
    """Hazard class of each cell at one time; see `classify`.

    Parameters
    ----------
    depth_m, east_ms, north_ms : arrays of equal shape
        Depth and components of the velocity; NaN is no data.
    wet_depth_m : float
        Cells with less water have the class 0.
    """
    result = np.where(np.isnan(depth_m), np.uint8(NO_CLASS), np.uint8(0))
    wet = depth_m >= wet_depth_m
    depth, speed = depth_m[wet], np.hypot(east_ms[wet], north_ms[wet])
    result[wet] = classify(depth, speed, depth * speed)
    return result
