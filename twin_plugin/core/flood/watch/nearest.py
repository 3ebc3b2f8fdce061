"""Which stored runs are nearest to what is observed, how near, and whether any is near enough to say something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ...common.errors import InputError
from .rain_windows import LEAST_MM, FloatArray, RainWindows, names

EQUAL = 1e-9
"""Distances that differ by less are the same."""


class Side(StrEnum):
    """Where what is observed lies, beside the range of the stored runs."""

    WITHIN = "within"
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True)
class Situation:
    """What is observed, or what a run has: the measures of a rain, and the water at gauges.

    Attributes
    ----------
    rain : RainWindows
    water_m : mapping of str to float
        Greatest level or depth by gauge, m; without gauges of levels empty.
    """

    rain: RainWindows
    water_m: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Nearness:
    """When a run is near.

    Attributes
    ----------
    limit : float
        The greatest distance of a near run, above 0 and below 1.
    water_scale_m : float
        A difference of levels that counts as the distance 1.
    """

    limit: float = 0.2
    water_scale_m: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.limit < 1 or not self.water_scale_m > 0:
            raise InputError("The limit of near runs must be above 0 and below 1, and the scale of levels above 0.")


@dataclass(frozen=True)
class Ranked:
    """A run with its distance, from 0 (the same) to 1.

    Attributes
    ----------
    run : int
        Its place among the runs that were compared.
    distance, rain_distance : float
    water_distance : float or None
        None without gauges that both have.
    """

    run: int
    distance: float
    rain_distance: float
    water_distance: float | None


@dataclass(frozen=True)
class Ranking:
    """All runs, the nearest first.

    Attributes
    ----------
    rows : list of Ranked
        Of the same distance those that come first among the runs.
    outside : dict of str to Side
        Measures of the rain, and gauges, that lie above or below those of all runs by more than the limit.
    is_near : bool
        Whether the first run is within the limit, and nothing lies outside the runs: nothing is extrapolated.
    sure : float or None
        1 less the distance of the first as a share of that of the next run that differs: 1 where it is the same as
        what is observed, 0 where the two are as near. None where there is no other.
    equal : int
        Runs with the distance of the first, itself among them.
    """

    rows: list[Ranked]
    outside: dict[str, Side]
    is_near: bool
    sure: float | None
    equal: int


def rank(observed: Situation, runs: Sequence[Situation], nearness: Nearness) -> Ranking:
    """Order runs by their distance from what is observed.

    The distance of two rains is the mean, over the windows that both have and the total, of the difference as a share
    of the larger value. That of levels is the mean of the differences over `water_scale_m`, each 1 at most. With both
    the distance is their mean.

    Raises
    ------
    InputError
        When there is no run.
    """
    if not runs:
        raise InputError("There is no stored run with a known rain to compare with: choose RUNS or FOLDER.")
    found = [_ranked(number, observed, run, nearness) for number, run in enumerate(runs)]
    found.sort(key=lambda row: row.distance)
    outside = _outside(observed, runs, nearness)
    first = found[0].distance
    others = [row.distance for row in found if row.distance > first + EQUAL]
    alone = len(found) == 1
    sure = None if alone else (1.0 - first / others[0] if others else 0.0)
    return Ranking(found, outside, first <= nearness.limit and not outside, sure, len(found) - len(others))


def relative_differences(one: RainWindows, other: RainWindows) -> FloatArray:
    """The difference of each measure as a share of the larger one; NaN where one is unknown or both are small."""
    a, b = one.values(), other.values()
    larger = np.maximum(a, b)
    known = np.isfinite(larger) & (larger >= LEAST_MM)
    return np.asarray(np.where(known, np.abs(a - b) / np.where(known, larger, 1.0), np.nan))


def _ranked(number: int, observed: Situation, run: Situation, nearness: Nearness) -> Ranked:
    differences = relative_differences(observed.rain, run.rain)
    known = differences[np.isfinite(differences)]
    rain = float(known.mean()) if known.size else 0.0
    shared = [gauge for gauge in observed.water_m if gauge in run.water_m]
    if not shared:
        return Ranked(number, rain, rain, None)
    apart = [abs(observed.water_m[gauge] - run.water_m[gauge]) / nearness.water_scale_m for gauge in shared]
    water = float(np.minimum(apart, 1.0).mean())
    return Ranked(number, 0.5 * (rain + water), rain, water)


def _outside(observed: Situation, runs: Sequence[Situation], nearness: Nearness) -> dict[str, Side]:
    """What lies beyond all runs by more than the limit."""
    found: dict[str, Side] = {}
    values = np.array([run.rain.values() for run in runs])
    for place, (name, value) in enumerate(zip(names(), observed.rain.values(), strict=True)):
        known = values[:, place][np.isfinite(values[:, place])]
        if not known.size or not np.isfinite(value) or max(float(known.max()), value) < LEAST_MM:
            continue
        if value * (1.0 - nearness.limit) > known.max():
            found[name] = Side.ABOVE
        elif value < (1.0 - nearness.limit) * known.min():
            found[name] = Side.BELOW
    margin_m = nearness.limit * nearness.water_scale_m
    for gauge, level in observed.water_m.items():
        there = [run.water_m[gauge] for run in runs if gauge in run.water_m]
        if there and level > max(there) + margin_m:
            found[gauge] = Side.ABOVE
        elif there and level < min(there) - margin_m:
            found[gauge] = Side.BELOW
    return found
