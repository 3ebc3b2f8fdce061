"""When the images of a series of rain rasters begin and end, and which of them fall in each interval of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...common.errors import InputError
from ...common.messages import Message
from .rain_times import RainTimes

FloatArray = NDArray[np.float64]
SLACK_MIN = 0.02
"""Images may overlap, or leave a gap, by a second: times are rounded."""
LONGEST_FILLED_MIN = 180.0
"""A longer gap is not filled: rain of three hours before says nothing any more."""


@dataclass(frozen=True)
class ImageTimes:
    """When each image of a series begins and ends, in order; minutes as in `RainTimes`.

    Attributes
    ----------
    starts_min, ends_min : float64 arrays, shape (images,)
    dated, zoned : bool
        Whether these are moments of a calendar, and in UTC.
    """

    starts_min: FloatArray
    ends_min: FloatArray
    dated: bool = False
    zoned: bool = False

    def moment(self, minutes: float) -> str:
        """A time as people read it."""
        return RainTimes(self.ends_min, self.dated, self.zoned).moment(minutes)


@dataclass(frozen=True)
class Timetable:
    """Intervals of a run from a series of images; see `RasterRain`.

    Attributes
    ----------
    ends_s : float64 array, shape (intervals,)
    parts : tuple of tuples of (image, factor)
    early, filled : int
        Images that end before the run starts, and intervals that were filled.
    start_min : float
        Of the run.
    notes : list of Message
    """

    ends_s: FloatArray
    parts: tuple[tuple[tuple[int, float], ...], ...]
    early: int
    filled: int
    start_min: float
    notes: list[Message]


def from_stamps(stamps: RainTimes, at_end: bool, step_min: float | None, source: str) -> tuple[ImageTimes, list[int]]:
    """Images that each have one time, in any order: their times in order, and the number of each.

    Parameters
    ----------
    stamps : RainTimes
    at_end : bool
        Whether a time is the end of its image, or its beginning.
    step_min : float, optional
        Length of an image; by default the time that most images are apart.

    Raises
    ------
    InputError
        When two images have one time, or the length of a single one is not known.
    """
    order = np.argsort(stamps.minutes, kind="stable")
    times = stamps.minutes[order]
    steps = np.round(np.diff(times), 6)
    if (steps <= 0).any():
        raise InputError(
            "{source} has two images for {moment}: leave one out.",
            source=source,
            moment=stamps.moment(float(times[int(np.argmax(steps <= 0))])),
        )
    if step_min is None and not steps.size:
        raise InputError(
            "{source} has one image, whose length nothing says: enter it in RAIN_RASTER_STEP_MIN.", source=source
        )
    if step_min is None:
        lengths, counts = np.unique(steps, return_counts=True)
        step_min = float(lengths[np.argmax(counts)])
    starts = times - step_min if at_end else times
    return ImageTimes(starts, starts + step_min, stamps.dated, stamps.zoned), order.tolist()


def timetable(times: ImageTimes, start_min: float | None, source: str) -> Timetable:
    """Intervals from the start of a run on.

    A gap between two images of up to three hours has the mean of their intensities; in a longer one no rain falls.

    Parameters
    ----------
    times : ImageTimes
    start_min : float, optional
        Start of the run; by default that of the first image.

    Raises
    ------
    InputError
        When images overlap, or all end before the run starts.
    """
    starts, ends = times.starts_min, times.ends_min
    overlap = np.flatnonzero(starts[1:] < ends[:-1] - SLACK_MIN)
    if overlap.size:
        raise InputError(
            "Two images of {source} overlap at {moment}: correct their times, or RAIN_RASTER_STEP_MIN.",
            source=source,
            moment=times.moment(float(starts[overlap[0] + 1])),
        )
    zero = float(starts[0]) if start_min is None else start_min
    first = int(np.searchsorted(ends, zero, side="right"))
    if first == starts.size:
        raise InputError(
            "All images of {source} end before the run starts, the last at {moment}: check RAIN_START.",
            source=source,
            moment=times.moment(float(ends[-1])),
        )
    ends_min, parts, gaps = _intervals(starts, ends, zero, first)
    filled = [gap for gap in gaps if gap[1] - gap[0] <= LONGEST_FILLED_MIN]
    notes = _gap_notes(filled, [gap for gap in gaps if gap not in filled], times, source)
    if start_min is not None and starts[first] > zero + SLACK_MIN:
        notes.append(
            Message(
                "The first image of {source} begins {minutes:g} min after the run: no rain falls until then.",
                source=source,
                minutes=round(float(starts[first]) - zero, 3),
            )
        )
    if first:
        notes.append(Message("{n} images end before the run starts and are left out.", n=first))
    return Timetable(60.0 * (np.array(ends_min) - zero), tuple(parts), first, len(filled), zero, notes)


def _intervals(
    starts: FloatArray, ends: FloatArray, zero: float, first: int
) -> tuple[list[float], list[tuple[tuple[int, float], ...]], list[tuple[float, float]]]:
    """Ends of the intervals, their images, and the gaps between images."""
    ends_min: list[float] = []
    parts: list[tuple[tuple[int, float], ...]] = []
    gaps: list[tuple[float, float]] = []
    now = zero
    for image in range(first, starts.size):
        start, end = float(starts[image]), float(ends[image])
        gap = start - now
        if gap > SLACK_MIN:
            ends_min.append(start)
            if image > first:
                gaps.append((now, start))
            fills = image > first and gap <= LONGEST_FILLED_MIN
            pair = ((image - 1, 0.5), (image, 0.5)) if fills else ()
            parts.append(tuple((n, share * gap / float(ends[n] - starts[n])) for n, share in pair))
        ends_min.append(end)
        parts.append(((image, (end - max(start, zero)) / (end - start)),))
        now = end
    return ends_min, parts, gaps


def _gap_notes(
    filled: Sequence[tuple[float, float]], dry: Sequence[tuple[float, float]], times: ImageTimes, source: str
) -> list[Message]:
    notes = []
    if filled:
        notes.append(
            Message(
                "{source} has {n} gaps, of {minutes:g} min in all, the first from {start} to {end}: they have the mean "
                "of the images before and after.",
                source=source,
                **_gap_figures(filled, times),
            )
        )
    if dry:
        notes.append(
            Message(
                "{source} has {n} gaps of more than three hours, {minutes:g} min in all, the first from {start} to "
                "{end}: no rain falls then.",
                source=source,
                **_gap_figures(dry, times),
            )
        )
    return notes


def _gap_figures(gaps: Sequence[tuple[float, float]], times: ImageTimes) -> dict[str, object]:
    minutes = round(sum(end - start for start, end in gaps), 3)
    return {"n": len(gaps), "minutes": minutes, "start": times.moment(gaps[0][0]), "end": times.moment(gaps[0][1])}
