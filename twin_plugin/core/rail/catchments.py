"""Walking catchments of stations: the streets that people reach within some minutes, and the land beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.progress import Progress, advance, silent
from ..roads.from_lines import BuiltRoads
from ..roads.graph import without_water
from ..roads.travel import Travel

QUARTER_SEGMENTS = 8


@dataclass(frozen=True)
class Walking:
    """How people walk.

    Attributes
    ----------
    speed_kmh : float
    minutes : tuple of float
        Rising.
    beside_m : float
        Land within this distance of a street that is reached belongs to the catchment.
    reach_m : float
        A station further from every street has no catchment.
    detour : float
        Ways by a straight line that are this factor of it long, where there are no streets.
    """

    speed_kmh: float
    minutes: tuple[float, ...]
    beside_m: float = 50.0
    reach_m: float = 200.0
    detour: float = 1.3

    @property
    def metres(self) -> tuple[float, ...]:
        """How far people walk in the minutes."""
        return tuple(1000.0 * self.speed_kmh / 60.0 * minutes for minutes in self.minutes)


@dataclass(frozen=True)
class Access:
    """Where a station is left on foot: the streets of its entrances.

    Attributes
    ----------
    edge : int64 array, shape (n,)
    along_m : float64 array, shape (n,)
        From the start of the edge.
    aside_m : float64 array, shape (n,)
        From the entrance to the street.
    """

    edge: IntArray
    along_m: FloatArray
    aside_m: FloatArray


def straight(places: Sequence[shapely.Point], walking: Walking) -> list[shapely.Geometry]:
    """Catchments by straight lines from the entrances of a station, one for each of the minutes."""
    return [
        shapely.union_all(shapely.buffer(np.array(places, object), metres / walking.detour, QUARTER_SEGMENTS * 2))
        for metres in walking.metres
    ]


class Streets:
    """Catchments on the streets of a graph.

    Parameters
    ----------
    built : BuiltRoads
        Its coordinates are metres; both directions of each street are walked.
    walking : Walking
    """

    def __init__(self, built: BuiltRoads, walking: Walking) -> None:
        self._built, self._walking = built, walking
        self._travel = Travel(built.graph, without_water(built.graph))
        self._tree = shapely.STRtree(built.edge_lines)
        self._metres_in_minute = built.graph.free_kmh * 1000.0 / 60.0

    def access(self, places: Sequence[shapely.Point]) -> Access:
        """The nearest street of each entrance that has one within reach."""
        edges, along, aside = list[int](), list[float](), list[float]()
        for place in places:
            near = self._tree.query(place, predicate="dwithin", distance=self._walking.reach_m)
            if not len(near):
                continue
            lines = self._built.edge_lines[near]
            gaps = shapely.distance(lines, place)
            nearest = int(np.lexsort((near, gaps))[0])
            edges.append(int(near[nearest]))
            along.append(float(shapely.line_locate_point(lines[nearest], place)))
            aside.append(float(gaps[nearest]))
        return Access(np.array(edges, np.int64), np.array(along), np.array(aside))

    def walked_m(self, access: Access, progress: Progress = silent) -> FloatArray:
        """The shortest way to each junction, m; infinite where there is none."""
        graph, best = self._built.graph, np.full(len(self._built.graph.node_xy), np.inf)
        for number, (edge, along, aside) in enumerate(zip(access.edge, access.along_m, access.aside_m, strict=True)):
            advance(progress, number / len(access.edge))
            speed = float(self._metres_in_minute[edge])
            for node, metres in ((graph.first[edge], along), (graph.last[edge], graph.length_m[edge] - along)):
                minutes = self._travel.earliest(int(node), 0.0)
                best = np.minimum(best, aside + metres + minutes * speed)
        return np.asarray(best, np.float64)

    def reached(self, access: Access, walked_m: FloatArray, metres: float) -> NDArray[np.object_]:
        """The stretches of street that people reach within so many metres."""
        graph = self._built.graph
        length = graph.length_m
        ahead = np.clip(metres - walked_m[graph.first], 0.0, length)
        back = np.clip(metres - walked_m[graph.last], 0.0, length)
        whole = ahead + back >= length
        spans = [(int(e), 0.0, float(length[e])) for e in np.flatnonzero(whole)]
        spans += [(int(e), 0.0, float(ahead[e])) for e in np.flatnonzero(~whole & (ahead > 0))]
        spans += [(int(e), float(length[e] - back[e]), float(length[e])) for e in np.flatnonzero(~whole & (back > 0))]
        for edge, along, aside in zip(access.edge, access.along_m, access.aside_m, strict=True):
            left = metres - aside
            if left > 0:
                spans.append((int(edge), max(0.0, along - left), min(float(length[edge]), along + left)))
        return self._lines(spans)

    def catchments(self, access: Access, progress: Progress = silent) -> list[shapely.Geometry | None]:
        """The catchment for each of the minutes; None where no street is within reach in time."""
        walked = self.walked_m(access, progress)
        found: list[shapely.Geometry | None] = []
        for metres in self._walking.metres:
            lines = self.reached(access, walked, metres)
            if not len(lines):
                found.append(None)
                continue
            found.append(shapely.union_all(shapely.buffer(lines, self._walking.beside_m, QUARTER_SEGMENTS)))
        return found

    def _lines(self, spans: Sequence[tuple[int, float, float]]) -> NDArray[np.object_]:
        from shapely.ops import substring

        lines = []
        for edge, start, end in spans:
            line = self._built.edge_lines[edge]
            whole = start <= 0.0 and end >= self._built.graph.length_m[edge]
            lines.append(line if whole else substring(line, start, end))
        return np.array(lines, object)
