"""Closed bodies over the cells of a plan: a roof plane, a floor plane, and upright walls wherever neighbours differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..common.solid import Solid
from .model import Floats
from .plan_cells import GRID_M, OUTSIDE, PlanCells, rings

SNAP_M = 0.02
"""Heights at one corner that differ by less are one height."""

Plane = tuple[float, float, float]
"""z = a x + b y + c."""


@dataclass(frozen=True)
class StandingBlock:
    """What stands on the cells of one label, from a floor plane to a roof plane; below what hangs over perhaps more."""

    top: Plane
    bottom: Plane
    below: StandingBlock | None = None

    @property
    def spans(self) -> list[tuple[Plane, Plane]]:
        """Floor and roof of each of its parts, from above."""
        return [(self.bottom, self.top), *(self.below.spans if self.below is not None else [])]


def height(plane: Plane, x: float, y: float) -> float:
    """z of a plane at a place."""
    return plane[0] * x + plane[1] * y + plane[2]


def crossings(ends: Floats, left: StandingBlock | None, right: StandingBlock | None) -> Floats:
    """Where on a border (2, 2) the planes at its sides cross, shape (n, 2), in order."""
    if left is None or right is None:
        return np.zeros((0, 2))
    shares = []
    (x, y), (u, v) = ends
    for own in (plane for span in left.spans for plane in span):
        for other in (plane for span in right.spans for plane in span):
            start, end = height(own, x, y) - height(other, x, y), height(own, u, v) - height(other, u, v)
            if min(abs(start), abs(end)) > SNAP_M and (start > 0) != (end > 0):
                shares.append(start / (start - end))
    return np.asarray([ends[0] + share * (ends[1] - ends[0]) for share in sorted(shares)]).reshape(-1, 2)


class _Corners:
    """The corners of a plan and the heights at each, those nearly equal made equal."""

    def __init__(self) -> None:
        self._heights: dict[tuple[int, int], list[float]] = {}
        self._steps: dict[tuple[int, int], tuple[Floats, Floats]] = {}

    def add(self, corner: tuple[int, int], z: float) -> None:
        self._heights.setdefault(corner, []).append(z)

    def close(self, level_m: float) -> None:
        for corner, heights in self._heights.items():
            values = np.sort(np.asarray(heights))
            groups = np.split(values, np.flatnonzero(np.diff(values) > SNAP_M) + 1)
            means = np.array([level_m if np.abs(g - level_m).min() < 1e-9 else g.mean() for g in groups])
            self._steps[corner] = np.array([g[0] for g in groups]) - 1e-9, means

    def z(self, corner: tuple[int, int], z: float) -> float:
        starts, means = self._steps[corner]
        return float(means[max(0, int(np.searchsorted(starts, z, side="right")) - 1)])

    def between(self, corner: tuple[int, int], low: float, high: float) -> list[float]:
        return [float(z) for z in self._steps[corner][1] if low < z < high]


def closed_body(cells: PlanCells, blocks: Sequence[StandingBlock], level_m: float) -> Solid:
    """The body of blocks over the cells of a plan, in the frame of the plan.

    Every edge of a face is shared with another in the opposite direction, since walls get a corner wherever any
    neighbour has one.

    Parameters
    ----------
    cells : PlanCells
        Labels are places in `blocks`.
    blocks : sequence of StandingBlock
    level_m : float
        Heights that equal it stay exactly so.
    """
    edges = cells.edges()
    corners = _Corners()
    block_of = {number: blocks[label] for number, label in enumerate(cells.labels.tolist()) if label != OUTSIDE}
    for (a, b, c, d), number in edges.items():
        for p, q in ((a, b), (c, d)):
            if number in block_of:
                for plane in (plane for span in block_of[number].spans for plane in span):
                    corners.add((p, q), height(plane, p * GRID_M, q * GRID_M))
    corners.close(level_m)

    def ends(span: tuple[Plane, Plane], corner: tuple[int, int]) -> tuple[float, float]:
        x, y = corner[0] * GRID_M, corner[1] * GRID_M
        return corners.z(corner, height(span[0], x, y)), corners.z(corner, height(span[1], x, y))

    faces: list[Sequence[Floats]] = []
    for number, block in block_of.items():
        plans = [[(int(x), int(y)) for x, y in np.round(r / GRID_M)] for r in rings(cells.shapes[number])]
        for span in block.spans:
            for side in (1, 0):
                lifted = [np.array([[x * GRID_M, y * GRID_M, ends(span, (x, y))[side]] for x, y in r]) for r in plans]
                faces.append(lifted if side else [np.roll(ring[::-1], 1, axis=0) for ring in lifted])
    for (a, b, c, d), number in edges.items():
        if number not in block_of:
            continue
        other = edges.get((c, d, a, b), OUTSIDE)
        start, end = (a, b), (c, d)
        others = block_of[other].spans if other in block_of else []
        next_to = [(ends(span, start), ends(span, end)) for span in others]
        for span in block_of[number].spans:
            for at_start, at_end in _walls((ends(span, start), ends(span, end)), next_to):
                ring = _wall(corners, start, end, at_start, at_end)
                if ring is not None:
                    faces.append([ring])
    return Solid.from_faces(faces)


Ends = tuple[tuple[float, float], tuple[float, float]]
"""Low and high at the start of a border, and at its end."""


def _walls(own: Ends, others: Sequence[Ends]) -> list[Ends]:
    """What of a block's side its neighbours do not cover."""
    pieces = [own]
    for other in others:
        pieces = [left for piece in pieces for left in _less(piece, other)]
    return pieces


def _less(own: Ends, other: Ends) -> list[Ends]:
    """What of a side another does not cover: above it and below it."""
    pieces: list[Ends] = []
    above = [(max(low, top), high) for (low, high), (_, top) in zip(own, other, strict=True)]
    below = [(low, min(high, floor)) for (low, high), (floor, _) in zip(own, other, strict=True)]
    for piece in (above, below):
        clipped = tuple((low, max(low, high)) if low < high else (high, high) for low, high in piece)
        if any(high > low for low, high in clipped):
            pieces.append((clipped[0], clipped[1]))
    return pieces


def _wall(
    corners: _Corners,
    start: tuple[int, int],
    end: tuple[int, int],
    at_start: tuple[float, float],
    at_end: tuple[float, float],
) -> Floats | None:
    """The ring of a wall, counter-clockwise seen from its right; None for one without area."""
    up = [at_end[0], *corners.between(end, *at_end)] + ([at_end[1]] if at_end[1] > at_end[0] else [])
    down = [at_start[0], *corners.between(start, *at_start)] + ([at_start[1]] if at_start[1] > at_start[0] else [])
    points = [(*end, z) for z in up] + [(*start, z) for z in reversed(down)]
    if len(points) < 3:
        return None
    return np.array([[x * GRID_M, y * GRID_M, z] for x, y, z in points])
