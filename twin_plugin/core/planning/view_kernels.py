"""The kernel that measures what an eye sees: areas, directions and solid angles, on the bits of a viewshed."""

from __future__ import annotations

import math

from numba import njit

from .viewshed_kernels import SURFACE, TARGET

DIRECTIONS = 1440
"""Of a panorama: quarters of a degree."""
IN_REACH, VISIBLE, FARTHEST = range(3)
"""What `sums` has: cells with data within reach and field, cells whose target is seen, the largest distance (m)."""


@njit(nogil=True, cache=True, error_model="numpy")
def measure(bits, surface, kinds, window, place, field, counts, sums, areas, panorama):  # type: ignore[no-untyped-def]
    """Add up what an eye sees, and clear the bits of what lies out of its field of view.

    Parameters
    ----------
    bits : uint8 array, shape (rows, columns)
    surface : float32 array, shape (rows, columns)
        Elevation of ground or roof, NaN where there is none.
    kinds : uint8 array, shape (rows, columns)
        The kind of ground, from 1 on; 0 for none.
    window : tuple of int
        First row, row after the last, and the same of the columns.
    place : tuple of float
        Row and column of the eye, its elevation, edge of a cell (m), bend of the earth (1/m).
    field : tuple of float
        Reach (m), azimuth of its middle and half its width (radians), tangents of its limits, height of the target.
    counts : int32 array, shape (rows, columns)
        How many eyes see the target of each cell: gets one more.
    sums : float64 array, shape (3,)
    areas : float64 array, shape (kinds + 1, 2)
        Gets the cells of each kind that are seen, and their solid angle (sr).
    panorama : uint8 array, shape (kinds + 1, DIRECTIONS)
        Gets 1 in each direction in which some of a kind is seen.
    """
    row0, column0, eye, cell, bend = place
    reach, middle, half, lowest, highest, target = field
    whole = half >= math.pi
    upright = lowest > -1e300 or highest < 1e300
    for r in range(window[0], window[1]):
        dy = (row0 - r) * cell
        for c in range(window[2], window[3]):
            z = surface[r, c]
            dx = (c - column0) * cell
            square = dx * dx + dy * dy
            if z != z or square > reach * reach:
                continue
            if not whole and square > 0.0:
                turn = (math.atan2(dx, dy) - middle + 5.0 * math.pi) % (2.0 * math.pi) - math.pi
                if abs(turn) > half:
                    bits[r, c] = 0
                    continue
            if upright:
                rise, distance = z + target - eye - bend * square, math.sqrt(square)
                if rise < lowest * distance or rise > highest * distance:
                    bits[r, c] = 0
                    continue
            sums[IN_REACH] += 1.0
            seen = bits[r, c]
            if seen & TARGET:
                counts[r, c] += 1
                sums[VISIBLE] += 1.0
                if square > sums[FARTHEST] * sums[FARTHEST]:
                    sums[FARTHEST] = math.sqrt(square)
            kind = kinds[r, c]
            if kind and seen & SURFACE:
                _note_kind(areas[kind], panorama[kind], dx, dy, eye - z + bend * square, cell)


@njit(nogil=True, cache=True, error_model="numpy")
def _note_kind(area, directions, dx, dy, above, cell):  # type: ignore[no-untyped-def]
    """Add a flat cell that is seen from above: its area, solid angle and the directions that it fills."""
    area[0] += 1.0
    distance = math.hypot(dx, dy)
    area[1] = min(
        area[1] + cell * cell * max(above, 0.0) / max((distance * distance + above * above) ** 1.5, 1e-9), 2.0 * math.pi
    )
    if distance < cell:
        directions[:] = 1
        return
    half = 0.5 * cell * (abs(dx) + abs(dy)) / (distance * distance)
    each = 2.0 * math.pi / DIRECTIONS
    azimuth = math.atan2(dx, dy)
    first = math.floor((azimuth - half) / each + 0.5)
    last = max(math.floor((azimuth + half) / each + 0.5), first + 1)
    for n in range(first, last):
        directions[n % DIRECTIONS] = 1
