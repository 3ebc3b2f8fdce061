"""Water mains, sewers and the bores of the existing metro line of the synthetic district, as lines with levels.

Under each street along the coast lie a water main and a sewer; none crosses a channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely

from ..common.tables import columns
from .assets import level_m, place
from .district import District
from .layer import Layer, Row
from .rail import UNDERGROUND, existing_line, piece_rows
from .rooms import rooms_of

DATUM = "invented, stands for the mean sea level"
MAIN_ASIDE_M, SEWER_ASIDE_M = 5.5, -3.5
"""Beside the centre line of the street, towards the hill."""
MAIN_COVER_M, MAIN_MM = 1.2, 600.0
SEWER_DEPTH_M, SEWER_SLOPE, SEWER_MM = 4.2, 0.003, 800.0
"""The invert begins so far below the ground, below the drains."""
BORE_M, BORE_ASIDE_M, AXIS_OVER_RAIL_M = 6.2, 6.5, 1.75


def pipe_layer(district: District) -> Layer:
    """Water mains and sewers; Z is the level of their axes."""
    fields = columns("""
        id text Pipe
        kind text water or sewer
        name_en text English name
        name_zh text Chinese name
        diameter_mm real Outer diameter
        material text Material
        level_of text What Z is the level of: axis
        vertical_datum text What levels count from
        start_node text Node at its start
        end_node text Node at its end
        year integer Year of construction
    """)
    return Layer("pipes", "LineStringZ", "Water mains and sewers", fields, tuple(_pipe_rows(district)))


def tunnel_layer(district: District) -> Layer:
    """The two bores of the line in operation; Z is the level of their axes."""
    fields = columns("""
        id text Bore
        line text Line
        name_en text English name
        name_zh text Chinese name
        kind text rail_tunnel
        state text operating
        section text Shape of its section: round
        diameter_m real Outer diameter
        level_of text What Z is the level of: axis
        connects text Rooms of stations that it runs into, their ids with a semicolon between, empty without one
        vertical_datum text What levels count from
    """)
    return Layer("metro_tunnel", "LineStringZ", "Bores of the metro", fields, tuple(_bore_rows(district)))


def _pipe_rows(district: District) -> Iterator[Row]:
    layout = district.layout
    for number, street in enumerate(layout.streets_v[:-1], 1):
        invert = None
        for k, (start, end) in enumerate(pairwise(crossing.at_m for crossing in layout.streets_u), 1):
            if any(start < channel < end for channel in layout.channels_u):
                invert = None
                continue
            at = np.linspace(start, end, 3).tolist()
            names = f"{number}-{k}"
            ground = [level_m(district, place(district, u, street.at_m + MAIN_ASIDE_M)) for u in at]
            axis = [z - MAIN_COVER_M - MAIN_MM / 2000.0 for z in ground]
            yield (
                _line(district, at, street.at_m + MAIN_ASIDE_M, axis),
                (f"W{names}", "water", f"Demo water main {names}", f"演示给水干管{names}", MAIN_MM, "ductile iron",
                 "axis", DATUM, f"WN{names}", f"WN{number}-{k + 1}", 2004),
            )  # fmt: skip
            ground = [level_m(district, place(district, u, street.at_m + SEWER_ASIDE_M)) for u in at]
            first = min(ground) - SEWER_DEPTH_M if invert is None else min(invert, min(ground) - SEWER_DEPTH_M)
            inverts = [first - SEWER_SLOPE * (u - start) for u in at]
            invert = inverts[-1]
            yield (
                _line(district, at, street.at_m + SEWER_ASIDE_M, [z + SEWER_MM / 2000.0 for z in inverts]),
                (f"S{names}", "sewer", f"Demo sewer {names}", f"演示污水管{names}", SEWER_MM, "concrete", "axis",
                 DATUM, f"SN{names}", f"SN{number}-{k + 1}", 1998),
            )  # fmt: skip


def _line(district: District, u: list[float], v: float, z: list[float]) -> shapely.LineString:
    points = [place(district, at, v) for at in u]
    return shapely.LineString([(point.x, point.y, round(level, 3)) for point, level in zip(points, z, strict=True)])


def _bore_rows(district: District) -> Iterator[Row]:
    line = existing_line(district)
    for shape, (identity, name, _, name_en, name_zh, state, kind, start_m, end_m, *_) in piece_rows(district, (line,)):
        if kind != UNDERGROUND:
            continue
        near = [stop for stop in line.stops if shapely.distance(place(district, stop.u, stop.v), shape) < 1.0]
        rooms = [values[0] for stop in near if stop.plan is not None for _, values in rooms_of(stop.plan)]
        for side, track_en, track_zh in ((BORE_ASIDE_M, "left", "左线"), (-BORE_ASIDE_M, "right", "右线")):
            ends = shapely.get_coordinates(shapely.offset_curve(shape, side))
            axis = [(*np.round(point, 3), round(level + AXIS_OVER_RAIL_M, 3))
                    for point, level in zip(ends, (start_m, end_m), strict=True)]  # fmt: skip
            yield shapely.LineString(axis), (
                f"{identity}-{track_en}", name, f"{name_en}, {track_en} bore", f"{name_zh}{track_zh}隧道",
                "rail_tunnel", state, "round", BORE_M, "axis", "; ".join(rooms) or None, DATUM,
            )  # fmt: skip
