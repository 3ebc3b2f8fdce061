"""The outputs about rooms below ground: their columns and rows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ...common.messages import Message
from ...common.tables import Table, columns
from .room_water import DEPTHS_M, Filling, OpeningFlow, RoomFilled

FILLED = Table(
    "underground_filled",
    columns("""
        id text Id of the room in UNDERGROUND
        building_id text Building that it belongs to
        volume_m3 real Water in it at the end, m³
        volume_max_m3 real Most water in it, m³
        capacity_m3 real Water that it holds when it is full, m³
        filled_pct real Most water in it, % of what it holds
        depth_max_m real Deepest water above its floor, m; 0 where it stayed dry
        level_max_m real Highest water in it, m above datum; empty where it stayed dry
        depth_015_min real Minutes until 0.15 m stood in it; empty where that never was
        depth_030_min real Minutes until 0.30 m stood in it; empty where that never was
        depth_120_min real Minutes until 1.20 m stood in it; empty where that never was
        first_opening_id text Opening by which water came first
        first_inflow_min real Minutes until it did
        openings integer Openings by which water can come from the terrain
        inflow_by_opening text What came by each opening, m³, less what went back
        note text Why water cannot come to it, or why it is left out
    """),
    "MultiPolygon",
)
OPENINGS = Table(
    "underground_openings",
    columns("""
        id text Id of the opening in OPENINGS_UNDERGROUND
        room_id text Room that it leads to
        kind text door, ramp, vent, metro entrance or window
        sill_elev_m real Level at which water enters, m above datum
        width_m real Clear width, m
        inflow_m3 real Water that came in by it, m³
        outflow_m3 real Water that went back by it, m³
        peak_flow_m3s real Greatest inflow, m³/s
        peak_min real Minutes until then
        first_inflow_min real Minutes until water came in; empty where none did
        note text Why no water can come in by it
    """),
    "Point",
)
SERIES = Table(
    "underground_series",
    columns("""
        time_min real Minutes from the start
        room_id text Room
        volume_m3 real Water in it, m³
        depth_m real Depth of the water above its floor, m
        level_m real Level of the water, m above datum; empty where it is dry
    """),
)

Row = dict[str, Any]


def room_row(filled: RoomFilled, flows: tuple[OpeningFlow, ...]) -> Row:
    """The row of FILLED of a room, without its building."""
    room = filled.room
    most = filled.filled_share * room.volume_m3
    names = [f"depth_{round(100 * depth_m):03d}_min" for depth_m in DEPTHS_M]
    return {
        "id": room.id,
        "volume_m3": filled.volume_m3,
        "volume_max_m3": most,
        "capacity_m3": room.volume_m3,
        "filled_pct": 100.0 * filled.filled_share,
        "depth_max_m": filled.depth_max_m,
        "level_max_m": filled.level_max_m,
        **dict(zip(names, filled.minutes, strict=True)),
        "first_opening_id": flows[filled.first_opening].opening.id if filled.first_opening >= 0 else None,
        "first_inflow_min": filled.first_min,
        "openings": filled.openings,
        "inflow_by_opening": "; ".join(
            f"{flows[i].opening.id}: {volume_m3:.1f}" for i, volume_m3 in filled.inflow_m3.items() if volume_m3
        ),
        "note": None if filled.openings else Message("no opening leads to it from the terrain"),
    }


def opening_rows(filling: Filling) -> Iterator[tuple[tuple[float, float], Row]]:
    """The place and the row of OPENINGS of each opening."""
    for flow in filling.openings:
        opening = flow.opening
        yield (
            (opening.x, opening.y),
            {
                "id": opening.id,
                "room_id": filling.rooms[opening.room].room.id,
                "kind": opening.kind,
                "sill_elev_m": opening.sill_m,
                "width_m": opening.width_m,
                "inflow_m3": flow.in_m3,
                "outflow_m3": flow.out_m3,
                "peak_flow_m3s": flow.peak_m3s,
                "peak_min": flow.peak_min,
                "first_inflow_min": flow.first_min,
                "note": None if flow.used else Message("no cell of the terrain near it"),
            },
        )


def series_rows(filling: Filling) -> Iterator[Row]:
    """The rows of SERIES, one time after the other."""
    for time_s, volumes in zip(filling.times_s.tolist(), filling.volumes_m3.tolist(), strict=True):
        for filled, volume_m3 in zip(filling.rooms, volumes, strict=True):
            room = filled.room
            depth_m = volume_m3 / room.area_m2
            yield {
                "time_min": time_s / 60.0,
                "room_id": room.id,
                "volume_m3": volume_m3,
                "depth_m": depth_m,
                "level_m": room.bottom_m + depth_m if depth_m > 0 else math.nan,
            }
