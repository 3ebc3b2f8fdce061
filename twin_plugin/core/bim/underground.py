"""What of a building lies below the ground."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from .footprint import clean_polygon, cover
from .model import Underground
from .storeys import Piece

DEEP_M = 1.5
"""An element whose lowest point is further below ground than this is below ground."""


def find_underground(building_id: str, pieces: Sequence[Piece], ground: float, use: str) -> list[Underground]:
    """The part of a building below ground, none or one; all in model metres."""
    deep = [piece for piece in pieces if piece.low < ground - DEEP_M]
    shape: BaseGeometry = cover(piece.plan for piece in deep)
    if shape.is_empty:
        return []
    bottom = min(piece.low for piece in deep)
    top = min(ground, max(piece.high for piece in deep))
    return [Underground(f"{building_id}/underground", clean_polygon(shape), top, bottom, use)]
