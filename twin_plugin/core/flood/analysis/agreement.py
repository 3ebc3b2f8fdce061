"""Whether results that count as one flood run agree: greatest water and arrival beside what the run has over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ...common.cells import Cells, FloatArray
from ...common.messages import Message

GROUND_M = 0.02
"""Levels less depths differ by no more from the bed of their own run on the same cells."""
ROUGH_GROUND_M = 0.5
"""The same on other cells, whose beds are means or extremes of several."""
SLACK_M = 0.02
"""A frame is never deeper than the greatest depth by more: frames are rounded to 0.1 mm."""
SHARE = 0.05
"""Fewer cells that contradict each other say nothing."""
TIMES_DEEPER = 1.3
"""Peaks between the frames are higher than the frames, but half of all wet cells not by so much."""
LEAST_FRAMES = 6
TIMES_LATER = 10.0
"""Frames and another wet depth move an arrival, but half of all arrivals not by such a factor."""
LEAST_CELLS = 8
TERRAIN_M = 1.0
"""A terrain differs by no more from the bed of its own run in half of the places, also on coarser cells."""


@dataclass(frozen=True)
class RunSamples:
    """What results have at the same places; None where one is not given, NaN where it has no water or no data.

    Attributes
    ----------
    depth_m, level_m, arrival_min : ndarray or None, shape (places,)
        Of the rasters.
    bed_m, frames_depth_m, frames_level_m : ndarray or None, shape (places,)
        Of the result over time: its bed, and the greatest depth and level of its frames.
    frames_wet_min, frames_dry_min : ndarray or None, shape (places,)
        Times of its first wet frame and of the dry one before it.
    same_cells : bool
        Whether rasters and result have the same cells.
    frames : int
    """

    depth_m: FloatArray | None = None
    level_m: FloatArray | None = None
    arrival_min: FloatArray | None = None
    bed_m: FloatArray | None = None
    frames_depth_m: FloatArray | None = None
    frames_level_m: FloatArray | None = None
    frames_wet_min: FloatArray | None = None
    frames_dry_min: FloatArray | None = None
    same_cells: bool = True
    frames: int = 0


def contradictions(samples: RunSamples, names: Mapping[str, str], wet_m: float) -> Iterator[Message]:
    """Sentences about figures that cannot be of one run.

    Parameters
    ----------
    samples : RunSamples
    names : mapping of str to str
        What people know the results by, for depth, level, arrival and result.
    wet_m : float
        Depth from which a place is wet.
    """
    yield from _wet_sets(samples, names, wet_m)
    ground = list(_ground(samples, names, wet_m))
    yield from ground
    if not ground:
        yield from _depths(samples, names, wet_m)
    yield from _arrivals(samples, names)


def moved(first: Cells, other: Cells) -> tuple[float, float] | None:
    """How far east and north of a raster another lies that has the same cells in number and size; None for others."""
    same = (first.rows, first.columns) == (other.rows, other.columns) and _equal_size(first, other)
    east, north = other.west - first.west, other.north - first.north
    return (east, north) if same and (abs(east) > 0.01 * first.width or abs(north) > 0.01 * first.height) else None


def on_one_lattice(first: Cells, other: Cells) -> bool:
    """Whether the cells of two rasters in one CRS coincide where both lie, so that one may be cut out of the other."""
    columns, rows = (other.west - first.west) / first.width, (first.north - other.north) / first.height
    return _equal_size(first, other) and abs(columns - round(columns)) < 0.01 and abs(rows - round(rows)) < 0.01


def another_terrain(bed_m: FloatArray, terrain_m: FloatArray) -> float:
    """The median difference in m of a terrain from the bed of a run, where it is more than that of its own; else 0."""
    difference = np.abs(terrain_m - bed_m)
    difference = difference[np.isfinite(difference)]
    typical = float(np.median(difference)) if difference.size >= LEAST_CELLS else 0.0
    return typical if typical > TERRAIN_M else 0.0


def _equal_size(first: Cells, other: Cells) -> bool:
    return bool(np.allclose((first.width, first.height), (other.width, other.height), rtol=1e-6))


def _wet_sets(samples: RunSamples, names: Mapping[str, str], wet_m: float) -> Iterator[Message]:
    """A run has a level exactly where it has a depth."""
    if samples.depth_m is None or samples.level_m is None:
        return
    known, wet, level = np.isfinite(samples.depth_m), samples.depth_m >= wet_m, np.isfinite(samples.level_m)
    either = known & (wet | level)
    apart = known & ((wet & ~level) | (level & (samples.depth_m <= 0)))
    if either.sum() >= LEAST_CELLS and apart.sum() > SHARE * either.sum():
        yield Message(
            "{share:.0%} of the cells that are wet in {depth} or {level} are dry in the other: make sure that both are "
            "of one run and in their own place.",
            share=float(apart.sum() / either.sum()),
            **_only(names, "depth", "level"),
        )


def _ground(samples: RunSamples, names: Mapping[str, str], wet_m: float) -> Iterator[Message]:
    """A level less its depth is the bed."""
    if samples.depth_m is None or samples.level_m is None or samples.bed_m is None:
        return
    difference = samples.level_m - samples.depth_m - samples.bed_m
    difference = difference[np.isfinite(difference) & (samples.depth_m >= wet_m)]
    limit = GROUND_M if samples.same_cells else ROUGH_GROUND_M
    typical = float(np.median(np.abs(difference))) if difference.size >= LEAST_CELLS else 0.0
    if typical > limit:
        yield Message(
            "{level} less {depth} gives a ground that is {difference:.2f} m off the bed of {result} (median of {cells} "
            "cells): make sure that all are of one run, in m, and as the run wrote them.",
            difference=typical,
            cells=difference.size,
            **_only(names, "depth", "level", "result"),
        )


def _depths(samples: RunSamples, names: Mapping[str, str], wet_m: float) -> Iterator[Message]:
    """No frame is deeper or higher than the greatest depth or level, and most are not much lower."""
    frames = samples.frames_depth_m
    if frames is None or not samples.same_cells:
        return
    for key, own, over_time in (
        ("depth", samples.depth_m, frames),
        ("level", samples.level_m, samples.frames_level_m),
    ):
        if own is None or over_time is None:
            continue
        both = np.isfinite(own) & np.isfinite(over_time) & (frames >= wet_m)
        below = both & (own < over_time - SLACK_M)
        if both.sum() >= LEAST_CELLS and below.sum() > SHARE * both.sum():
            yield Message(
                "{raster} is lower than {result} at some time in {share:.0%} of the wet cells: make sure that both are "
                "of one run, in m, and as the run wrote them.",
                share=float(below.sum() / both.sum()),
                raster=names[key],
                result=names["result"],
            )
        elif both.sum() >= LEAST_CELLS and samples.frames >= LEAST_FRAMES:
            excess = (own - over_time)[both]
            limit = np.maximum((TIMES_DEEPER - 1) * frames[both], SLACK_M)
            if np.median(excess - limit) > 0:
                yield Message(
                    "{raster} is {excess:.2f} m above {result} at any time (median of the wet cells): make sure that "
                    "both are of one run, in m, and as the run wrote them.",
                    excess=float(np.median(excess)),
                    raster=names[key],
                    result=names["result"],
                )


def _arrivals(samples: RunSamples, names: Mapping[str, str]) -> Iterator[Message]:
    """Water arrives when the frames become wet; a factor of 60 is hours or seconds for minutes."""
    own = samples.arrival_min
    if own is None or samples.frames_wet_min is None or samples.frames_dry_min is None:
        return
    late, early = _factor(own, samples.frames_wet_min), _factor(own, samples.frames_dry_min)
    if late > TIMES_LATER:
        factor = late
    elif early < 1 / TIMES_LATER:
        factor = early
    else:
        return
    yield Message(
        "The times of {arrival} are about {factor:.2g} times those of {result}: if they are in hours or seconds, set "
        "the unit of the raster's band, or convert them to minutes with the raster calculator.",
        factor=factor,
        **_only(names, "arrival", "result"),
    )


def _factor(own: FloatArray, frames: FloatArray) -> float:
    """The median factor between two times above 0; NaN where too few places have both."""
    both = np.isfinite(own) & np.isfinite(frames) & (own > 0) & (frames > 0)
    return float(np.median(own[both] / frames[both])) if both.sum() >= LEAST_CELLS else np.nan


def _only(names: Mapping[str, str], *keys: str) -> dict[str, str]:
    return {key: names[key] for key in keys}
