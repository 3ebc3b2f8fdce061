"""The outputs about rooms below ground that fill from a RESULT: their columns and rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ...common.messages import Message
from ...common.tables import Table, columns
from .barring import Barred, Values
from .room_water import DEPTHS_M, Filling
from .tables import FILLED, OPENINGS, opening_rows, room_row

ROOMS = Table(
    "basement_rooms",
    (
        *FILLED.columns,
        *columns("""
        confidence text high: openings known; low: a sill, width or height is guessed; none: its opening is assumed
        street_pct real Most water in it, % of the most that stood within 50 m of its openings at one time
        value real Value of what is in it, in the unit of currency
        damage real Loss by the depth of the water, in the unit of currency
        currency text Currency of value and damage
        flood_run text Id of the flood run
    """),
    ),
    "MultiPolygon",
)
OPENINGS_FLOW = Table(
    "basement_openings",
    (
        *OPENINGS.columns,
        *columns("""
        head_max_m real Highest water outside above the sill, m; 0 where it stays below
        source text layer: sill and width are those of the layer; guessed: one of them; assumed: the whole opening
    """),
    ),
    "Point",
)
RANKING = Table(
    "basement_ranking",
    columns("""
        rank integer 1: the barrier that avoids most damage per metre, or keeps out most water where no value is known
        opening_id text Opening that is barred, all others as they are
        room_id text Room that it leads to
        kind text door, ramp, vent, metro entrance or window
        width_m real Length of the barrier: the clear width, m
        head_max_m real Highest water outside above the sill, m: the barrier must be higher
        kept_out_m3 real By how much less water the rooms hold at most, m³; below 0 where water leaves by the opening
        kept_out_m3_per_m real The same per metre of barrier, m³/m
        won_015_min real Minutes by which 0.15 m in its room come later; empty where they no longer come, or never did
        won_030_min real The same for 0.30 m
        won_120_min real The same for 1.20 m
        no_longer_reached text Depths (m) that its room reaches without the barrier and not with it
        damage_avoided real Loss that there is no more, in the unit of currency
        damage_avoided_per_m real The same per metre of barrier
        currency text Currency of the damage
    """),
)
Row = dict[str, Any]


class Confidence(Enum):
    """How far the openings of a room are known."""

    HIGH = "high"
    LOW = "low"
    NONE = "none"


class Source(Enum):
    """Where sill and width of an opening come from."""

    LAYER = "layer"
    GUESSED = "guessed"
    ASSUMED = "assumed"


@dataclass(frozen=True)
class RoomFacts:
    """What is known of a room beside its water; numbers are NaN where they are unknown."""

    building_id: str
    confidence: Confidence | None
    street_pct: float


def confidence_of(sources: Sequence[Source], level_guessed: bool) -> Confidence | None:
    """How far a room can be trusted by the openings that water can reach it through; None without any."""
    if not sources:
        return None
    if all(source is Source.ASSUMED for source in sources):
        return Confidence.NONE
    if level_guessed or any(source is not Source.LAYER for source in sources):
        return Confidence.LOW
    return Confidence.HIGH


def filled_row(filling: Filling, number: int, facts: RoomFacts, values: Values | None, currency: str, run: str) -> Row:
    """The row of ROOMS of a room."""
    filled = filling.rooms[number]
    value = math.nan if values is None else float(values.values[number])
    row = room_row(filled, filling.openings)
    return {
        **row,
        "note": row["note"] if facts.confidence is None else None,
        "building_id": facts.building_id or None,
        "confidence": facts.confidence.value if facts.confidence is not None else None,
        "street_pct": facts.street_pct,
        "value": value,
        "damage": math.nan if values is None else values.damage(number, filled.depth_max_m),
        "currency": currency if math.isfinite(value) else None,
        "flood_run": run or None,
    }


def flow_rows(
    filling: Filling, head_max_m: Sequence[float], sources: Sequence[Source]
) -> Iterator[tuple[tuple[float, float], Row]]:
    """The place and the row of OPENINGS_FLOW of each opening."""
    for (place, row), head_m, source in zip(opening_rows(filling), head_max_m, sources, strict=True):
        yield place, {**row, "head_max_m": head_m, "source": source.value}


def ranking_rows(
    barred: Sequence[Barred], filling: Filling, head_max_m: Sequence[float], currency: str
) -> Iterator[Row]:
    """The rows of RANKING, in their order."""
    for rank, item in enumerate(barred, 1):
        opening = filling.openings[item.opening].opening
        per_m = 1.0 / opening.width_m if opening.width_m > 0 else math.nan
        gone = [depth_m for depth_m, won in zip(DEPTHS_M, item.won_min, strict=True) if math.isinf(won)]
        names = [f"won_{round(100 * depth_m):03d}_min" for depth_m in DEPTHS_M]
        yield {
            "rank": rank,
            "opening_id": opening.id,
            "room_id": filling.rooms[opening.room].room.id,
            "kind": opening.kind,
            "width_m": opening.width_m,
            "head_max_m": head_max_m[item.opening],
            "kept_out_m3": item.kept_out_m3,
            "kept_out_m3_per_m": item.kept_out_m3 * per_m,
            **{name: math.nan if math.isinf(won) else won for name, won in zip(names, item.won_min, strict=True)},
            "no_longer_reached": "; ".join(f"{depth_m:.2f}" for depth_m in gone) or None,
            "damage_avoided": item.avoided,
            "damage_avoided_per_m": item.avoided * per_m,
            "currency": currency if math.isfinite(item.avoided) else None,
        }


def left_out_row(room_id: str, building_id: str, run: str) -> Row:
    """The row of ROOMS of a room that is left out."""
    return {
        "id": room_id,
        "building_id": building_id or None,
        "flood_run": run or None,
        "note": Message("left out: see the log"),
    }
