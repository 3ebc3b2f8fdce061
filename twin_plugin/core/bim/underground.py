"""What of a building lies below the ground: rooms, not piles, footings or pits."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from .footprint import clean_polygon, cover
from .ground_plan import filled
from .model import Underground
from .storeys import Piece, StoreyLevel

DEEP_M = 1.5
"""An element whose lowest point is further below ground than this is below ground."""

FLOOR_M = 1.0
"""The floor of a room below ground lies at least this far below it; a thick foundation slab ends above."""

SMALLEST_M2 = 9.0
"""A smaller floor below ground is the pit of a lift."""


def find_underground(
    building_id: str, pieces: Sequence[Piece], ground: float, use: str, levels: Sequence[StoreyLevel] = ()
) -> list[Underground]:
    """The part of a building below ground, none or one; all in model metres.

    Walls, slabs, stairs and ramps enclose rooms; piles, footings, columns and beams do not. There is a room where a
    floor lies deep, or a storey that holds walls or what is used.
    """
    deep = [piece for piece in pieces if piece.low < ground - DEEP_M and (piece.encloses or piece.is_way)]
    floors = cover(piece.plan for piece in deep if piece.is_floor and piece.high <= ground - FLOOR_M)
    storeys = [level for level in levels if level.z <= ground - DEEP_M and (level.holds_use or level.holds_wall)]
    if floors.area < SMALLEST_M2 and not storeys:
        return []
    shape: BaseGeometry = cover(piece.plan for piece in deep)
    if shape.is_empty:
        return []
    bottom = min(piece.low for piece in deep)
    top = min(ground, max(piece.high for piece in deep))
    polygon = clean_polygon(shape)
    # Where no floor is modelled, the walls enclose the rooms.
    polygon = polygon if floors.area >= SMALLEST_M2 else filled(polygon)
    return [Underground(f"{building_id}/underground", polygon, top, bottom, use)]
