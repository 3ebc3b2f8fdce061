"""A window in Shenzhen and the box before it, as in the worked examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import shapely

from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.sun_position import SunDay
from twin_plugin.core.planning.sun_points import SunPoints
from twin_plugin.core.planning.sun_rules import read_rules

TABLE = Path(__file__).parents[3] / "resources" / "tables" / "sunlight_rules.csv"
RULES = read_rules(TABLE)
GREAT_COLD = RULES["great_cold_2h"]
SHENZHEN = SunDay(date(2001, 1, 20), 22.55, 114.06, declination_deg=-20.14)


def window(x=0.0, facing_deg=180.0, width_m=0.0):
    """A point 0.9 m above the ground."""
    place, height, bearing, width = (np.array([value]) for value in (x, 0.9, facing_deg, width_m))
    return SunPoints(place, np.zeros(1), height, bearing, width, np.zeros(1, np.int64), ("w",), ("0",))


def box_before(height_m):
    """A box 20 to 30 m south of the window and 30 m wide."""
    return Prisms.of_shapes([shapely.box(-15, -30, 15, -20)], [0], [height_m], [0], ["box"])
