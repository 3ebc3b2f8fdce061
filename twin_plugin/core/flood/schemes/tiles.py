"""Which tiles a step must visit: all of them while it rains or much is wet, else those where water is or may come
to.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .array_layout import F32, LEFT, TOP, ArrayLayout
from .scheme import Tiles

TILE_ROWS, TILE_COLUMNS = 32, 128
BLOCK_ROWS, BLOCK_COLUMNS = (16, 128), 2048  # of the full sweep; fewer rows where there are many threads
QUIET_STEPS = 4  # without motion before a tile is left out: both buffers are then up to date
BUSY_SHARE = 0.4  # above this share of busy tiles the full sweep is faster
CHECK_EVERY = 32  # steps of the full sweep between tries of tiles


class TilePlan:
    """Chooses the tiles of each step and learns from its report.

    A tile may be left out when neither it nor a neighbour holds moving water: its depths then stay as they are,
    whatever the scheme computes, so that leaving it out changes no bit.

    Parameters
    ----------
    layout : Layout
    always : int array
        Flat positions of cells where water enters: their tiles are always visited.
    enabled : bool
        Whether tiles may be left out at all.
    threads : int
        Shares the full sweep out.

    Attributes
    ----------
    everything : uint64 array, shape (tiles, 4)
        Tiles that cover all cells.
    all_cells : int
        How many these are.
    """

    def __init__(self, layout: ArrayLayout, always: NDArray[np.int64], enabled: bool, threads: int) -> None:
        fair = layout.rows // (4 * threads) + 1 if threads > 1 else layout.rows
        self.everything: Tiles = layout.tiles(min(max(fair, BLOCK_ROWS[0]), BLOCK_ROWS[1]), BLOCK_COLUMNS)
        self.all_cells = layout.rows * layout.columns
        self._tiles = layout.tiles(TILE_ROWS, TILE_COLUMNS)
        self._sizes = TILE_ROWS, TILE_COLUMNS
        shape = (-(-layout.rows // TILE_ROWS), -(-layout.columns // TILE_COLUMNS))
        self._enabled = enabled and len(self._tiles) > 4
        self._always = np.zeros(shape, bool)
        row, column = (always // layout.stride - TOP) // TILE_ROWS, (always % layout.stride - LEFT) // TILE_COLUMNS
        self._always[row, column] = True
        self._quiet = np.zeros(shape, np.int64)
        self._chosen: NDArray[np.bool_] | None = None
        self._settled = True  # some tile may have been quiet for a while
        self._wait = 0

    def start(self, depth_m: F32) -> None:
        """Take the depths before the first step, shape (rows, columns): both buffers of dry ground are up to date."""
        rows, columns = (np.arange(0, size, step) for size, step in zip(depth_m.shape, self._sizes, strict=True))
        deepest = np.maximum.reduceat(np.maximum.reduceat(depth_m, rows, axis=0), columns, axis=1)
        self._quiet[~_grown((deepest > 0) | self._always)] = QUIET_STEPS

    def choose(self, all_change: bool) -> Tiles:
        """The tiles of the next step. `all_change`: rain falls everywhere."""
        if not self._enabled:
            return self.everything
        if all_change or self._wait > 0:
            self._wait -= 1
            self._chosen = None
            if self._settled:
                self._quiet[:], self._settled = 0, False
            return self.everything
        self._chosen, self._settled = self._quiet < QUIET_STEPS, True
        return self._tiles[self._chosen.ravel()]

    def learn(self, tile_depth_m: F32, still_depth_m: float) -> None:
        """Take the largest depths of the tiles stepped; tiles no deeper than `still_depth_m` do not move."""
        if self._chosen is None:
            return
        moving = self._always.copy()
        moving[self._chosen] |= tile_depth_m > still_depth_m
        near = _grown(moving)
        self._quiet = np.where(near, 0, self._quiet + 1)
        if near.mean() > BUSY_SHARE:
            self._wait = CHECK_EVERY


def cells_of(tiles: Tiles) -> int:
    """How many cells tiles cover."""
    return int(((tiles[:, 1] - tiles[:, 0]) * (tiles[:, 3] - tiles[:, 2])).sum())


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and its eight neighbours."""
    rows = mask.copy()
    rows[1:] |= mask[:-1]
    rows[:-1] |= mask[1:]
    result = rows.copy()
    result[:, 1:] |= rows[:, :-1]
    result[:, :-1] |= rows[:, 1:]
    return result
