"""Which outfalls open into the water beside an edge of the terrain, and its level over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...common.grid import Grid
from .network import DrainNetwork, DrainNode
from .outfalls import outfalls_of, stage_words

NEAR_CELLS = 2.0
"""An outfall so near to an edge, or beyond it, opens into the water there."""
_FREE = ("FREE", "NORMAL")


@dataclass(frozen=True)
class WaterLevel:
    """The level of a water body, m above datum: linear between its times, s, constant before and after them."""

    times_s: tuple[float, ...]
    levels_m: tuple[float, ...]


def levels_at_outfalls(network: DrainNetwork, sides: Mapping[str, WaterLevel], bed: Grid) -> dict[str, WaterLevel]:
    """Levels by the ids of the outfalls that have none of their own and open at an edge that has one.

    Parameters
    ----------
    network : DrainNetwork
    sides : mapping of str to WaterLevel
        Of the edges north, east, south and west that have a level.
    bed : Grid
        The terrain.
    """
    words = stage_words(network.text)
    free = [node for node in outfalls_of(network) if not node.receives and words.get(node.name, "") in _FREE]
    found = {}
    for node in free:
        nearest = min(_distances(node, bed, sides), default=None)
        if nearest is not None and nearest[0] <= NEAR_CELLS * bed.cell_m:
            found[node.id] = sides[nearest[1]]
    return found


def _distances(node: DrainNode, bed: Grid, sides: Mapping[str, WaterLevel]) -> Iterator[tuple[float, str]]:
    """How far inside each edge a node lies, m, below 0 beyond it."""
    inside = {
        "north": bed.north - node.y,
        "south": node.y - (bed.north - bed.rows * bed.cell_m),
        "west": node.x - bed.west,
        "east": bed.west + bed.columns * bed.cell_m - node.x,
    }
    return ((distance, side) for side, distance in inside.items() if side in sides and distance == distance)
