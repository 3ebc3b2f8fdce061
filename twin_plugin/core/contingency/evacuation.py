"""What an evacuation is: blocks of people, shelters, routes, and who goes where."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..common.cells import FloatArray, IntArray


@dataclass(frozen=True)
class People:
    """Those who must leave, a row for each building.

    Attributes
    ----------
    ids, names : tuple of str
        Of the buildings.
    count : int64 array
        People, 0 and more.
    x, y : float64 arrays
        In the CRS of the water.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    count: IntArray
    x: FloatArray
    y: FloatArray


@dataclass(frozen=True)
class Block:
    """People who leave from one junction of the roads, such as those of all buildings that are nearest to it.

    Attributes
    ----------
    id, name : str
    node : int
        Junction of the graph; -1 where no road is near.
    people : int
    buildings : tuple of str
        Ids of the buildings.
    x, y : float
        In the CRS of the water.
    """

    id: str
    name: str
    node: int
    people: int
    buildings: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Shelter:
    """A place that takes people.

    Attributes
    ----------
    id, name : str
    node : int
        Junction of the graph; -1 where no road is near.
    capacity : int
    x, y : float
    excluded : str
        Why nobody is sent there, such as water in it; "" where it can be used. A Message.
    """

    id: str
    name: str
    node: int
    capacity: int
    x: float
    y: float
    excluded: str = ""


@dataclass(frozen=True)
class Route:
    """The way of one block to one shelter.

    Attributes
    ----------
    block, shelter : str
        Ids.
    edges : tuple of int
        Edges of the graph, in their order.
    nodes : tuple of int
        Junctions, one more than edges.
    length_m : float
    depart_min, arrive_min : float
        Minutes from the start of the run.
    latest_departure_min : float
        The last safe moment by this way; infinite where no edge of the way ever closes.
    latest_by_any_way_min : float
        The last safe moment by any way to this shelter.
    """

    block: str
    shelter: str
    edges: tuple[int, ...]
    nodes: tuple[int, ...]
    length_m: float
    depart_min: float
    arrive_min: float
    latest_departure_min: float
    latest_by_any_way_min: float = math.inf


@dataclass(frozen=True)
class Placement:
    """People of a block who go to a shelter."""

    block: str
    shelter: str
    people: int


@dataclass(frozen=True)
class Unplaced:
    """People of a block without a place, and why: no road, no way in time, shelters full. `reason` is a Message."""

    block: str
    people: int
    reason: str


@dataclass(frozen=True)
class Evacuation:
    """Who goes where.

    Attributes
    ----------
    blocks, shelters : tuples
        All, also those without people, or excluded.
    placements, routes, unplaced : tuples
        A route for each pair of a placement.
    people_minutes : float
        Sum of people times minutes of travel.
    notes : tuple of str
        Messages: pieces of the graph, crossings without a junction, and the like.
    """

    blocks: tuple[Block, ...] = ()
    shelters: tuple[Shelter, ...] = ()
    placements: tuple[Placement, ...] = ()
    routes: tuple[Route, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    people_minutes: float = 0.0
    notes: tuple[str, ...] = ()
