"""Synthetic surfaces, and shadows by their definition: slow and independent."""

from __future__ import annotations

import numpy as np

from twin_plugin.core.common.grid import Grid


def district(rows=32, columns=36):
    """Hills and blocks without two equal heights at whole distances."""
    row, column = np.mgrid[:rows, :columns]
    heights = 3.0 + np.sin(column / 7.0) + 0.5 * np.cos(row / 5.0) + 0.013 * row
    for r, c, h in ((4, 5, 11.3), (9, 20, 23.7), (18, 8, 7.9), (21, 24, 31.1), (27, 14, 15.6), (3, 29, 5.2)):
        heights[r : r + 4, c : c + 5] = h
    return heights


def town(size=120):
    """Blocks of 8 to 40 m with streets between them."""
    heights = np.zeros((size, size))
    for number in range(9):
        row, column = 6 + 38 * (number // 3) + 3 * (number % 2), 5 + 39 * (number % 3)
        heights[row : row + 14 + 2 * number % 9, column : column + 20 - number] = 8.0 + 4.0 * number
    return heights


def grid(heights, cell=1.0):
    return Grid(np.asarray(heights, np.float64), 500_000.0, 2_500_000.0, cell, "EPSG:4547")


def marched(heights, azimuth_deg, altitude_deg, cell=1.0):
    """Shadow by marching from every cell towards the sun, to the nearest cell at each row or column."""
    rows, columns = heights.shape
    east, south = np.round(np.sin(np.radians(azimuth_deg)), 12), np.round(-np.cos(np.radians(azimuth_deg)), 12)
    largest = max(abs(east), abs(south))
    shadow = np.zeros(heights.shape, bool)
    for step in range(1, max(rows, columns)):
        rise = step * cell / largest * np.tan(np.radians(altitude_deg))
        down, right = (int(np.floor(step * part / largest + 0.5)) for part in (south, east))
        r, c = np.mgrid[:rows, :columns]
        inside = (r + down >= 0) & (r + down < rows) & (c + right >= 0) & (c + right < columns)
        there = heights[np.clip(r + down, 0, rows - 1), np.clip(c + right, 0, columns - 1)]
        with np.errstate(invalid="ignore"):
            shadow |= inside & (there - rise > heights)
    return shadow
