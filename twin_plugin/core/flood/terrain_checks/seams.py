"""Steps along rows or columns of cells, where tiles or surveys of different heights were put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ...common.grid import FloatArray
from .limits import CellLimits
from .seam_kernels import AROUND, measure_steps

SEGMENT = 16
"""Cells of a line that are judged together; the edges of tiles lie between segments."""
COVERED = 0.75
"""A seam has steps in this share of its segments at least."""
STRIP_M = 40.0
"""Two opposite steps so near to each other are the edges of one thing."""
GAP = 2
"""So many segments without a step may lie between two of a seam: houses, roads across it."""


@dataclass(frozen=True, order=True)
class StepSegment:
    """A segment of a line between two rows, or columns, with a step.

    Attributes
    ----------
    axis : int
        0 for a line between rows, 1 for one between columns.
    line : int
        The row, or column, before the line.
    upward : bool
        Whether the ground behind the line is higher.
    segment : int
        Number along the line.
    step_m : float
        Mean step beyond the slope of the ground.
    """

    axis: int
    line: int
    upward: bool
    segment: int
    step_m: float


@dataclass(frozen=True)
class Seam:
    """A straight step between `line` and the next row (axis 0) or column, over the cells from `first` to `last` - 1."""

    axis: int
    line: int
    first: int
    last: int
    step_m: float


def step_segments(heights: FloatArray, halo: int, row: int, column: int, least_m: float) -> list[StepSegment]:
    """The segments with a step in a tile, `halo` cells (at least `AROUND`) inside an array of heights.

    Parameters
    ----------
    heights : float64 array
    halo : int
    row, column : int
        Of the tile's first cell in the terrain; multiples of `SEGMENT`.
    least_m : float
        Least mean step.
    """
    found = []
    for axis in (0, 1):
        values = np.ascontiguousarray(heights if axis == 0 else heights.T)
        start, along = (row, column) if axis == 0 else (column, row)
        inner = values[halo - AROUND : len(values) - halo + AROUND, halo : values.shape[1] - halo]
        lines, segments, steps = measure_steps(np.ascontiguousarray(inner), SEGMENT, least_m)
        for line, segment, step in zip(lines, segments, steps, strict=True):
            place = (axis, int(line) + start, bool(step > 0), int(segment) + along // SEGMENT)
            found.append(StepSegment(*place, float(step)))
    return found


def seams(segments: Iterable[StepSegment], limits: CellLimits) -> list[Seam]:
    """Lines of segments that are long enough and have few gaps."""
    least = max(3, round(limits.limits.seam_length_m / limits.cell_m / SEGMENT))
    found: list[Seam] = []
    group: list[StepSegment] = []
    for item in [*sorted(segments), None]:
        if item and group and _key(item) == _key(group[-1]) and item.segment - group[-1].segment <= GAP + 1:
            group.append(item)
            continue
        if group:
            length = group[-1].segment - group[0].segment + 1
            if length >= least and len(group) >= COVERED * length:
                step = sum(part.step_m for part in group) / len(group)
                ends = group[0].segment * SEGMENT, (group[-1].segment + 1) * SEGMENT
                found.append(Seam(group[0].axis, group[0].line, *ends, step))
        group = [item] if item else []
    return without_strips(found, limits)


def without_strips(found: list[Seam], limits: CellLimits) -> list[Seam]:
    """The seams that have no step back beside them: two of them are the edges of a road, dyke or ditch."""
    reach = round(STRIP_M / limits.cell_m)

    def has_partner(seam: Seam) -> bool:
        return any(
            other.axis == seam.axis
            and 0 < abs(other.line - seam.line) <= reach
            and other.step_m * seam.step_m < 0
            and min(other.last, seam.last) - max(other.first, seam.first) >= (seam.last - seam.first) // 2
            for other in found
        )

    return [seam for seam in found if not has_partner(seam)]


def _key(item: StepSegment) -> tuple[int, int, bool]:
    return item.axis, item.line, item.upward
