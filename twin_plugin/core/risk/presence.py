"""People by time of day: the share of a building's people who are in it at an hour, by its use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..common.cells import FloatArray
from ..common.csv_table import read_rows
from ..common.errors import InputError

TIMES_H = {"night": 3.0, "day": 11.0, "evening": 19.0}
"""The hours that the words for a time of day mean."""
ALWAYS, AT_HOUR = "all", "hour"
TIMES_OF_DAY = (ALWAYS, *TIMES_H, AT_HOUR)
"""Choices of a time: everybody, the words, or an hour of its own."""
OTHER = "other"
_HOUR = re.compile(r"h(\d{1,2})")


@dataclass(frozen=True)
class Presence:
    """Shares of people present at an hour, by use.

    Attributes
    ----------
    hour : float
        From 0 to 24.
    shares : mapping of str to float
        From 0 to 1.
    """

    hour: float
    shares: Mapping[str, float]

    def share(self, uses: Sequence[str | None]) -> FloatArray:
        """The share of each building's people who are in it; that of `other` for a use without a row."""
        other = self.shares.get(OTHER, 1.0)
        return np.array([self.shares.get((use or OTHER).strip().lower(), other) for use in uses], np.float64)


def read_presence(path: str | Path, hour: float) -> Presence:
    """The shares of a CSV file with the columns use, h03, h11, h19 (any hours of the day) at an hour.

    Between the hours of the table shares are linear, also across midnight.

    Raises
    ------
    InputError
        When the file cannot be read, has no column of an hour, or a share is not from 0 to 1.
    """
    rows = read_rows(path, ("use",))
    hours = sorted((int(found[1]), name) for name in (rows[0] if rows else ()) if (found := _HOUR.fullmatch(name)))
    if not hours or hours[-1][0] > 23:
        raise InputError(
            "The table '{path}' has no columns of hours, from h00 to h23, such as h03, h11 and h19: add them.",
            path=path,
        )
    shares = {}
    for row in rows:
        use = row["use"].strip().lower()
        try:
            values = [float(row[name]) for _, name in hours]
        except (TypeError, ValueError) as error:
            raise InputError(
                "A share of '{use}' in '{path}' is no number ({error}): correct it.", use=use, path=path, error=error
            ) from error
        if not all(0.0 <= value <= 1.0 for value in values):
            raise InputError("The shares of '{use}' in '{path}' must be from 0 to 1: correct them.", use=use, path=path)
        shares[use] = float(np.interp(hour, [at for at, _ in hours], values, period=24.0))
    return Presence(hour, shares)
