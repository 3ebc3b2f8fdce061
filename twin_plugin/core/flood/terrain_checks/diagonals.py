"""Channels joined at corners of cells only: through which sides they are opened."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...common.grid import FloatArray
from .run_warnings import CORNERS, diagonal_channels, shifted


def open_corners(heights: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
    """The heights with a way along sides of cells in each diagonal channel, and the cells of these channels.

    Of the two cells beside a corner the lower one is lowered to the higher bed of the two that the corner joins.
    """
    channel = diagonal_channels(heights)
    opened = heights.copy()
    for down, right in CORNERS:
        if down < 0:
            continue  # each pair once
        joined = channel & shifted(channel, down, right, False)
        rows, columns = np.nonzero(joined)
        beds = np.fmax(heights[rows, columns], heights[rows + down, columns + right])
        beside, below = heights[rows, columns + right], heights[rows + down, columns]
        level = ~(beside > below)  # not a number is no way
        level &= np.isfinite(beside) | ~np.isfinite(below)
        level |= ~np.isfinite(below)
        at = np.where(level, rows, rows + down), np.where(level, columns + right, columns)
        ways = np.isfinite(heights[at])
        np.minimum.at(opened, (at[0][ways], at[1][ways]), beds[ways])
    return opened, channel
