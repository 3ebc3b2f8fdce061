"""Kernels of shadows on rasters: a ceiling of shadow that is carried from row to row away from the sun."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
def sweep_shadows(heights, first, behind, backward, offset, drop, ceiling, plane):  # type: ignore[no-untyped-def]
    """Mark what lies in shadow, for up to eight suns at once, in the steps from `first` to before `behind`.

    Parameters
    ----------
    heights : ndarray of float64, shape (rows, columns)
        No data is -inf. The sun stands at the side of the first row, or of the last one where `backward`.
    offset : ndarray of int64, shape (suns, rows)
        How many columns the lines of each sun have moved at each step.
    drop : ndarray of float64, shape (suns,)
        By how much the ceiling falls from step to step.
    ceiling : ndarray of float64, shape (suns, 2, columns + 2)
        The ceiling at the step before and at this one, -inf before the first; the margins stay -inf.
    plane : ndarray of uint8, shape (rows, columns)
        Bit s is set where sun s does not shine: the ceiling is above the surface.
    """
    rows, columns = heights.shape
    for step in range(first, behind):
        row = rows - 1 - step if backward else step
        height, out = heights[row], plane[row]
        for sun in range(len(drop)):
            falls, bit = drop[sun], np.uint8(1 << sun)
            shift = offset[sun, step] - offset[sun, step - 1] if step > 0 else 0
            before, now = ceiling[sun, step & 1], ceiling[sun, (step + 1) & 1]
            for column in range(columns):
                above = before[column + 1 - shift] - falls
                here = height[column]
                out[column] |= bit * np.uint8(above > here)
                now[column + 1] = max(above, here)


@njit(nogil=True, cache=True)
def measure_spells(planes, plane, bit, minutes, least_min, longest, first, behind, best, hours):  # type: ignore[no-untyped-def]
    """Hours of sun of the cells from `first` to before `behind`: all spells, or the `longest` ones (0 for all).

    Parameters
    ----------
    planes : ndarray of uint8, shape (planes, cells)
        Bits of shadow.
    plane, bit : ndarray of int64, shape (times,)
        Where each time lies; plane -1 where the sun does not shine anywhere.
    minutes : ndarray of float64, shape (times,)
        How long each time stands for. A break between two times is a time of its own, with plane -1.
    least_min : float
        Shorter spells do not count.
    best : ndarray of float64, shape (longest,)
        Space.
    hours : ndarray of float32, shape (cells,)
    """
    times = len(plane)
    for cell in range(first, behind):
        total, spell = 0.0, 0.0
        best[:] = 0.0
        for time in range(times + 1):
            shines = time < times and plane[time] >= 0 and not (planes[plane[time], cell] >> bit[time]) & 1
            if shines:
                spell += minutes[time]
            elif spell > 0.0:
                if spell >= least_min - 1e-9:
                    total += spell
                    for place in range(longest):
                        if spell > best[place]:
                            best[place], spell = spell, best[place]
                spell = 0.0
        if longest > 0:
            total = 0.0
            for place in range(longest):
                total += best[place]
        hours[cell] = total / 60.0
