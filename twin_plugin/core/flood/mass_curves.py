"""Mass curves: which share of a storm's rain has fallen at which share of its duration, published or a user's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message
from .rainfall_series import RainSeries, number_of, step_ends

SUM_SLACK = 0.01
"""Shares that add up to 1 or 100 % within this are rounded ones."""
PUBLISHED_MIN = 1440.0
"""Duration of the published curves: 24 hours."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class MassCurve:
    """Shares of the rain fallen until shares of the duration, linear between them.

    Attributes
    ----------
    times, fallen : float64 arrays, shape (points,)
        Both rise from 0 to 1; `fallen` may stay.

    Raises
    ------
    InputError
        When they do not.
    """

    times: FloatArray
    fallen: FloatArray

    def __post_init__(self) -> None:
        times, fallen = self.times, self.fallen
        rising = times.size > 1 and (np.diff(times) > 0).all() and (np.diff(fallen) >= 0).all()
        if not (rising and (times[0], times[-1], fallen[0], fallen[-1]) == (0.0, 1.0, 0.0, 1.0)):
            raise InputError("A mass curve must rise from 0 to 1, in time and in rain.")

    def storm(self, total_mm: float, duration_min: float, step_min: float) -> RainSeries:
        """A storm of this shape; the last step is shorter where the step does not divide the duration."""
        ends = step_ends(duration_min, step_min)
        fallen = total_mm * np.interp(ends / duration_min, self.times, self.fallen)
        return RainSeries(ends, np.maximum(np.diff(fallen, prepend=0.0), 0.0))


def read_mass_curves(path: str | Path) -> dict[str, MassCurve]:
    """The published curves by name.

    Parameters
    ----------
    path : str or Path
        A CSV file with the column hour and one for each curve, empty where a curve has no point.

    Raises
    ------
    InputError
        When the file is missing or damaged.
    """
    rows = read_rows(path, ("hour",))
    names = [name for name in rows[0] if name != "hour"] if rows else []
    curves = {}
    try:
        for name in names:
            points = [(float(row["hour"]), float(row[name])) for row in rows if row[name]]
            hours, fallen = np.array(points).T
            curves[name] = MassCurve(hours / hours[-1], fallen)
    except (ValueError, IndexError) as error:
        raise InputError(
            "The table of mass curves '{path}' cannot be read ({error}): restore the plugin's own.",
            path=path,
            error=error,
        ) from error
    return curves


def mass_curve(
    times: Sequence[float | int | str | None], values: Sequence[float | int | str | None], total: bool, source: str
) -> MassCurve:
    """A user's curve.

    Parameters
    ----------
    times : sequence
        Ends of steps in any unit, in any order; the last one is the end of the storm. A row at 0 is the start.
    values : sequence
        Shares of the rain, of 1 or in percent: fallen until each time where `total`, else in each step.
    source : str
        Name of the table, for messages.

    Raises
    ------
    InputError
        When a value is missing or negative, times repeat, a total falls, or shares do not add up to 1 or 100 %.
    """
    pairs = zip(times, values, strict=True)
    rows = [
        (number_of(time, Message("time"), source), number_of(value, Message("share"), source)) for time, value in pairs
    ]
    points = np.array(sorted(rows), np.float64).reshape(-1, 2)
    if len(points) < 2 or not np.isfinite(points).all() or points[0, 0] < 0 or (points[:, 1] < 0).any():
        raise InputError(
            "The pattern of {source} needs two rows or more, each with a time and a share from 0 up.", source=source
        )
    if (np.diff(points[:, 0]) == 0).any():
        raise InputError(
            "The pattern of {source} has a time more than once: give one row for each step.", source=source
        )
    shares = np.diff(points[:, 1], prepend=0.0) if total else points[:, 1]
    if (shares < 0).any():
        raise InputError(
            "The cumulative shares of {source} fall: they must rise to 1 (or 100 %). Call the shares of single steps "
            "share.",
            source=source,
        )
    if points[0, 0] == 0 and shares[0] > 0:
        raise InputError(
            "The pattern of {source} has rain at time 0: a time is the end of its step, so that the first is above 0.",
            source=source,
        )
    whole = float(shares.sum())
    if not any(abs(whole - wanted) <= SUM_SLACK * wanted for wanted in (1.0, 100.0)):
        raise InputError(
            "The shares of {source} add up to {whole:.4g}, not to 1 or 100 %: correct the table.",
            source=source,
            whole=whole,
        )
    ends = np.concatenate([[0.0], points[:, 0]]) if points[0, 0] > 0 else points[:, 0]
    fallen = np.cumsum(np.concatenate([[0.0], shares]) if points[0, 0] > 0 else shares) / whole
    fallen[-1] = 1.0
    return MassCurve(ends / ends[-1], np.minimum(fallen, 1.0))
