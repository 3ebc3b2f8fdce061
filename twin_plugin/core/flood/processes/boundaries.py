"""Edges of the terrain that are open or have a fixed level: faces through which water leaves or enters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from ..constants import LEVEL, OPEN
from ..process import Domain, IntVector, Process, ProcessField, Role, RunningProcess, Step
from ..schemes.edges import SIDES as NUMBERED
from ..schemes.edges import Edges
from ..surface import Surface
from ..timeline import Timeline

BoolArray = NDArray[np.bool_]
SIDES = ("north", "east", "south", "west")

HIGH_M = 15.0
"""Rivers in flood and storm surges stand less high above an edge's lowest ground; wrong units stand higher."""


class BoundaryKind(Enum):
    """What water meets at an edge of the terrain."""

    CLOSED = "closed"
    OPEN = "open"
    LEVEL = "level"


@dataclass(frozen=True)
class Boundary:
    """One edge: a wall, a free outflow at normal depth, or a water body whose level is fixed (metres above datum)."""

    kind: BoundaryKind = BoundaryKind.CLOSED
    level_m: float = math.nan


CLOSED = Boundary()
AHEAD_S = 10.0
"""The longest step is so long: the depth that bounds it is that of the level until then."""
ABOVE_TERRAIN_M = 30.0
"""No tide, surge or river stands so far above the highest ground of a terrain: such a level has another unit."""
ABOVE_EDGE_M = 100.0
"""Nor so far above the highest ground of its own edge, unless it is a sea over a bed far below the datum."""
APART_M = 5.0
"""A tide that stays so far above or below the ground of its edge has perhaps another datum."""


@dataclass(frozen=True)
class MovingLevel(Boundary):
    """A water body whose level changes: a tide, or a river's hydrograph of levels.

    Attributes
    ----------
    times_s, levels_m : tuples of float
        Of one length; linear between its points, constant before the first and after the last. Metres above datum.
    """

    times_s: tuple[float, ...] = ()
    levels_m: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        times = np.asarray(self.times_s, float)
        if not times.size or times.size != len(self.levels_m) or not (np.diff(times) > 0).all():
            raise InputError("The times of a level must rise and each must have its level.")
        if not np.isfinite(self.levels_m).all():
            raise InputError("A level over time must have a number for each of its times (m).")

    @staticmethod
    def of(times_s: Sequence[float], levels_m: Sequence[float]) -> MovingLevel:
        """An edge with this level over time."""
        return MovingLevel(BoundaryKind.LEVEL, float(levels_m[0]), tuple(times_s), tuple(levels_m))


@dataclass(frozen=True)
class Boundaries(Process):
    """The edges by side ("north", "east", "south", "west"); absent sides are closed."""

    sides: Mapping[str, Boundary] = field(default_factory=dict)

    FIELDS = (
        ProcessField("boundaries", "", Role.READS, "what each side is: closed, open or level"),
        ProcessField("levels_m", "m above datum", Role.READS, "the fixed level of each side that has one"),
        ProcessField("boundary_in_m3", "m³", Role.ADDS, "water that entered over edges with a fixed level"),
        ProcessField("boundary_out_m3", "m³", Role.TAKES, "water that left over edges"),
    )
    SOURCE = (
        "Local inertial discharge at the edge's faces, on the terrain's slope (open) or that of the water (level); "
        "de Almeida and Bates (2013), doi:10.1002/wrcr.20366."
    )

    def __post_init__(self) -> None:
        for side, edge in self.sides.items():
            if edge.kind is BoundaryKind.LEVEL and not math.isfinite(edge.level_m):
                raise InputError(
                    "The {side} boundary has a level but no height: give {name} in metres above datum, or a TIDE.",
                    side=side,
                    name=f"LEVEL_{side.upper()}_M",
                )

    def check(self, surface: Surface) -> None:
        heights = surface.bed.values
        known = np.isfinite(heights)
        for side, edge in self.sides.items():
            if edge.kind is not BoundaryKind.LEVEL or not known.any():
                continue
            level_m = max(edge.levels_m) if isinstance(edge, MovingLevel) else edge.level_m
            top_m, edge_top_m = float(heights[known].max()), float(heights[_first(known, side)].max())
            over_edge = level_m - edge_top_m > ABOVE_EDGE_M and level_m > ABOVE_TERRAIN_M
            if level_m - top_m > ABOVE_TERRAIN_M or over_edge:
                raise InputError(
                    "The level of {level:g} m in the {side} stands {above:,.0f} m above the highest ground of that "
                    "edge, higher than any water body does: give metres above the terrain's datum (a tide in cm goes "
                    "into the column level_cm), and make sure of TIDE_DATUM_M.",
                    level=level_m,
                    side=side,
                    above=level_m - edge_top_m,
                )

    def warnings(self, surface: Surface) -> Iterator[Message]:
        """Levels without effect, and those that stand higher over the terrain than any water body."""
        heights = surface.bed.values
        for side, edge in self.sides.items():
            if math.isnan(edge.level_m):
                continue
            name = f"LEVEL_{side.upper()}_M"
            if edge.kind is not BoundaryKind.LEVEL:
                yield Message(
                    "{name} has no effect, since the {side} boundary is {kind}: set it to level, or leave {name} "
                    "empty.",
                    name=name,
                    side=side,
                    kind=edge.kind.value,
                )
                continue
            ground = heights[_first(np.isfinite(heights), side)]
            if not ground.size:
                continue
            above = edge.level_m - float(ground.min())
            if isinstance(edge, MovingLevel):
                yield from _moving_warnings(side, edge, float(ground.min()))
            elif above <= 0:
                yield Message(
                    "The fixed level of {level:g} m in the {side} lies {below:.3g} m below the lowest ground of that "
                    "edge: no water enters there, it only leaves. Make sure that the level is in metres above the "
                    "terrain's datum, or choose open.",
                    level=edge.level_m,
                    side=side,
                    below=-above,
                )
            if above > HIGH_M and not isinstance(edge, MovingLevel):
                yield Message(
                    "The fixed level of {level:g} m in the {side} is {above:.0f} m above the lowest ground of that "
                    "edge: make sure that it is in metres above the terrain's datum.",
                    level=edge.level_m,
                    side=side,
                    above=above,
                )

    def settings(self) -> dict[str, Any]:
        edges = {side: self.sides.get(side, CLOSED) for side in SIDES}
        return {
            "boundaries": {side: edge.kind.value for side, edge in edges.items()},
            "levels_m": {side: _levels(edge) for side, edge in edges.items() if edge.kind is BoundaryKind.LEVEL},
        }

    def parts(self) -> Mapping[str, Iterable[str]]:
        return {"boundary_in_m3": SIDES, "boundary_out_m3": SIDES}

    def start(self, domain: Domain) -> RunningProcess | None:
        edges = find_edges(domain, {side: self.sides.get(side, CLOSED) for side in SIDES})
        return RunningBoundaries(edges, domain, self.sides) if len(edges.cells) else None


def _levels(edge: Boundary) -> float | list[float]:
    """The level of an edge as SUMMARY has it; the lowest and the highest where it changes."""
    return [min(edge.levels_m), max(edge.levels_m)] if isinstance(edge, MovingLevel) else edge.level_m


def _moving_warnings(side: str, edge: MovingLevel, ground_m: float) -> Iterator[Message]:
    """Levels over time that cannot be of the terrain's datum, or let no water in."""
    low, high = min(edge.levels_m), max(edge.levels_m)
    figures = {"side": side, "low": low, "high": high, "ground": ground_m}
    if low - ground_m > APART_M or ground_m - high > APART_M:
        yield Message(
            "The level over time in the {side} goes from {low:g} to {high:g} m, and the lowest ground of that edge is "
            "at {ground:.3g} m: it is perhaps above another datum. Give TIDE_DATUM_M, the height of its zero above the "
            "terrain's datum.",
            **figures,
        )
    elif high <= ground_m:
        yield Message(
            "The level over time in the {side} rises to {high:g} m and stays below the lowest ground of that edge, "
            "{ground:.3g} m: no water enters there, it only leaves.",
            **figures,
        )


class RunningBoundaries(RunningProcess):
    """The faces of the edges; their discharge comes from the state at the start of each step."""

    def __init__(self, edges: Edges, domain: Domain, sides: Mapping[str, Boundary]) -> None:
        self._flow, self._domain = domain.scheme.edge_flow(edges), domain
        self.cells = edges.cells[edges.kinds == LEVEL]
        self._still_deepest_m = edges.deepest_m
        self._moving = list(_moving(edges, domain, sides))
        self.deepest_m = self._deepest_at(domain.start_s)
        self._sides = [(number, NUMBERED[number]) for number in np.unique(edges.sides).tolist()]

    def state(self) -> dict[str, NDArray[Any]]:
        inertia = self._flow.inertia
        return {"inertia": inertia.copy()} if len(inertia) else {}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        if state["inertia"].shape == self._flow.inertia.shape:  # else other edges are open now, and start from rest
            self._flow.inertia[:] = state["inertia"]

    def _deepest_at(self, time_s: float) -> float:
        """The largest depth that the levels can bring in the step after a time."""
        found = self._still_deepest_m
        for _, level, lowest in self._moving:
            found = max(found, level.at(time_s) - lowest, level.at(time_s + AHEAD_S) - lowest)
        return found

    def evaluate(self, step: Step) -> None:
        for number, level, _ in self._moving:
            self._flow.set_level(number, level.at(step.end_s))
        if self._moving:
            self.deepest_m = self._deepest_at(step.end_s)
        self._flow.evaluate(step.dt_s)

    def exchange(self, step: Step) -> None:
        ledger, moved = self._domain.ledger, (self._flow.exchange(step.dt_s) * self._domain.cell_m2).tolist()
        for number, side in self._sides:
            out_m3, in_m3 = moved[number]
            ledger.taken["boundary_out_m3"] += out_m3
            ledger.added["boundary_in_m3"] += in_m3
            ledger.parts["boundary_out_m3"][side] += out_m3
            ledger.parts["boundary_in_m3"][side] += in_m3


def _moving(edges: Edges, domain: Domain, sides: Mapping[str, Boundary]) -> Iterator[tuple[int, Timeline, float]]:
    """Number, relative level and lowest bed of each side whose level changes."""
    for side, boundary in sides.items():
        number = NUMBERED.index(side)
        cells = edges.cells[edges.sides == number]
        if isinstance(boundary, MovingLevel) and len(cells):
            levels = [level_m - domain.terrain.base_m for level_m in boundary.levels_m]
            yield number, Timeline(boundary.times_s, levels), float(domain.terrain.bed_m[cells].min())


def _first(valid: BoolArray, side: str) -> tuple[IntVector, IntVector]:
    """Row and column of the outermost data cell of each column (north, south) or row (west, east)."""
    axis = 0 if side in ("north", "south") else 1
    flip = side in ("south", "east")
    seen = np.flip(valid, axis) if flip else valid
    first = seen.argmax(axis)
    if flip:
        first = valid.shape[axis] - 1 - first
    lines = np.nonzero(valid.any(axis))[0]
    return (first[lines], lines) if axis == 0 else (lines, first[lines])


def find_edges(domain: Domain, sides: Mapping[str, Boundary]) -> Edges:
    """The faces of all sides that are not closed: those of the outermost cells that have a height.

    Cells of walls have none.
    """
    terrain = domain.terrain
    layout, bed, data, wet = terrain.layout, terrain.bed_m, terrain.data, terrain.wet
    steps = {"north": -layout.stride, "south": layout.stride, "west": -1, "east": 1}
    parts: list[tuple[NDArray[Any], ...]] = []
    deepest = 0.0
    for side, boundary in sides.items():
        if boundary.kind is BoundaryKind.CLOSED:
            continue
        row, column = _first(data, side)
        keep = wet[row, column]
        cells = layout.index(row[keep], column[keep])
        rise = bed[cells - steps[side]].astype(float) - bed[cells]
        fall = np.where(rise < 1e5, rise, 0.0)
        number: NDArray[Any] = fall / domain.cell_m
        if boundary.kind is BoundaryKind.LEVEL:
            number = np.full(len(cells), boundary.level_m - terrain.base_m, float)
            if not isinstance(boundary, MovingLevel):
                deepest = max(deepest, float((number - bed[cells]).max(initial=0.0)))
        kind = OPEN if boundary.kind is BoundaryKind.OPEN else LEVEL
        parts.append((cells, np.full(len(cells), NUMBERED.index(side)), np.full(len(cells), kind), number, fall))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else [np.zeros(0)] * 5
    inside, which, kinds, numbers, falls = columns
    return Edges(
        inside.astype(np.int64), which.astype(np.int64), kinds.astype(np.int64), numbers.astype(np.float32),
        falls.astype(np.float32), deepest,
    )  # fmt: skip
