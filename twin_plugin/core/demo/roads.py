"""The streets of the synthetic district as a connected network: one line between two junctions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from . import names
from .district import District
from .street_plan import Street

SPEED_KM_H = {"avenue": 60.0, "main": 50.0, "street": 40.0}
LANES = {"avenue": 6, "main": 4, "street": 2}


def road_rows(district: District) -> Iterator[tuple[shapely.Geometry, tuple[Any, ...]]]:
    """Line and values of every stretch; stretches that meet share their end to the last digit."""
    layout = district.layout
    number = 0
    for index, street in enumerate(layout.streets_u):
        crossings = [s.at_m for s in layout.streets_v]
        if street.road_class != "avenue":
            crossings = crossings[:-1]
        for start, end in pairwise(crossings):
            number += 1
            ends = ((street.at_m, start), (street.at_m, end))
            under = street.road_class == "avenue" and start < layout.rail_v < end
            yield _row(district, number, street, _name_u(district, index), ends, False, under)
    across = [s.at_m for s in layout.streets_u]
    for index, street in enumerate(layout.streets_v):
        for start, end in pairwise(across):
            number += 1
            bridge = any(start < u < end for u in layout.channels_u)
            ends = ((start, street.at_m), (end, street.at_m))
            yield _row(district, number, street, names.numbered(names.EAST_WEST, index), ends, bridge, False)


def _name_u(district: District, index: int) -> tuple[str, str]:
    streets = district.layout.streets_u
    same = [k for k, s in enumerate(streets) if (s.road_class == "avenue") == (streets[index].road_class == "avenue")]
    table = names.AVENUES if streets[index].road_class == "avenue" else names.NORTH_SOUTH
    return names.numbered(table, same.index(index))


def _row(
    district: District,
    number: int,
    street: Street,
    name: tuple[str, str],
    ends: tuple[tuple[float, float], tuple[float, float]],
    bridge: bool,
    under: bool,
) -> tuple[shapely.Geometry, tuple[Any, ...]]:
    (u0, v0), (u1, v1) = ends
    share = np.array([0.0, 1.0]) if bridge else np.linspace(0.0, 1.0, 41)
    x, y = district.layout.to_map(u0 + (u1 - u0) * share, v0 + (v1 - v0) * share)
    lowest = round(float(np.nanmin(district.terrain.sample(x, y))), 3)
    line = shapely.LineString(np.round(np.column_stack((x[[0, -1]], y[[0, -1]])), 3))
    kind = street.road_class
    named = (f"R{number:05d}", f"Demo {name[0]}", f"演示{name[1]}", kind)
    return line, (*named, street.width_m, LANES[kind], SPEED_KM_H[kind], bridge, under, lowest)
