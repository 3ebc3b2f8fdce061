"""The water at a place over time: depth, level, speed, direction and hazard of the cell that holds the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.cells import FloatArray
from ...common.tables import columns
from ..hazard import NO_CLASS, classify_moment

HYDROGRAPH = columns("""
point_id text Id of the point
time_min real Minutes from the start of the run
depth_m real Depth of the water
level_m real Water level above the datum of the terrain; empty below 0.01 m of water
speed_ms real Speed of the flow
direction_deg real Direction towards which the water flows, degrees clockwise from grid north; empty where it stands
product_m2s real Depth times speed
hazard_class integer Hazard, AIDR class 1 to 6; 0 where dry
""")


def moment(
    depth_m: FloatArray,
    level_m: FloatArray,
    east_ms: FloatArray,
    north_ms: FloatArray,
    hazard: FloatArray | None,
    wet_depth_m: float,
) -> Mapping[str, NDArray[Any]]:
    """The values of `HYDROGRAPH` at one time, by column.

    Parameters
    ----------
    depth_m, level_m, east_ms, north_ms : arrays of shape (points,)
        NaN where there is none.
    hazard : array of shape (points,) or None
        Class as the result has it; None computes it here.
    wet_depth_m : float
        Depth from which a cell has a class, where it is computed here.
    """
    speed = np.hypot(east_ms, north_ms)
    towards = np.degrees(np.arctan2(east_ms, north_ms)) % 360.0
    if hazard is None:
        hazard = classify_moment(depth_m, east_ms, north_ms, wet_depth_m).astype(np.float64)
        hazard[hazard == NO_CLASS] = np.nan
    return {
        "depth_m": depth_m,
        "level_m": level_m,
        "speed_ms": speed,
        "direction_deg": np.where(speed > 0, towards, np.nan),
        "product_m2s": depth_m * speed,
        "hazard_class": hazard,
    }
