"""The kernel that finds which cells of a raster an eye sees: a dense fan of rays, carried outward line by line.

The cells around the eye fall into four quarters. In each, rays start at the eye at equal steps of `u`, the way across
for one line of cells outward. A ray keeps the steepest slope that it has met: of the ground, which is linear between
the centres of neighbours (at every line and column of centres that the ray crosses, as in Franklin's R3), and of
buildings, which fill their cells with upright walls and flat roofs. A cell is compared with the ray next to its centre,
before that ray meets the cell's own line.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

NOTHING = -1e30
"""A height that hides nothing: no data, no building, outside."""
TARGET, SURFACE = np.uint8(1), np.uint8(2)
"""Bits of a cell that is seen: its centre at the height of the target, and the ground or the roof itself."""
MARGIN = 3
TIE = 1e-9
"""Slopes (m for one cell) that differ by less are equal."""
LOOK_EVERY = 16
"""Lines after which a slice looks whether anything beyond can be seen."""
NORTH, SOUTH, EAST, WEST = range(4)


@njit(nogil=True, cache=True, error_model="numpy")
def _read_line(ground, tops, across, line, first, last, c0, dy, own, eye, fall, g, b):  # type: ignore[no-untyped-def]
    """Heights of ground and roofs above the eye on a line of cells, lowered by the curvature; returns the highest, and
    whether there is a roof. `own` is the place of the eye's own cell on the line, which hides nothing above it.
    """
    length = ground.shape[0] if across else ground.shape[1]
    highest, roofs = NOTHING, False
    for c in range(first, last + 1):
        g[c + MARGIN] = NOTHING
        b[c + MARGIN] = NOTHING
        if c < 0 or c >= length:
            continue
        z, top = (ground[c, line], tops[c, line]) if across else (ground[line, c], tops[line, c])
        drop = eye + fall * ((c - c0) * (c - c0) + dy * dy)
        if z == z:
            g[c + MARGIN] = z - drop
            highest = max(highest, z - drop)
        if top == top and not (c == own and top > eye):
            b[c + MARGIN] = top - drop
            highest = max(highest, top - drop)
            roofs = True
    return highest, roofs


@njit(nogil=True, cache=True, error_model="numpy")
def _test_line(seen, across, line, first, last, c0, dy, strict, u0, du, j0, j1, g, b, steepest, target, reach):  # type: ignore[no-untyped-def]
    """Compare the cells of a line, between two rays, with the steepest slopes of the rays next to their centres."""
    for c in range(first, last + 1):
        off = c - c0
        if abs(off) > dy or (strict and abs(off) == dy) or off * off + dy * dy > reach * reach:
            continue
        j = math.floor((off / dy - u0) / du + 0.5)
        if j < j0 or j >= j1:
            continue
        roof = b[c + MARGIN]
        built = roof > 0.5 * NOTHING
        surface = roof if built else g[c + MARGIN]
        if surface < 0.5 * NOTHING:
            continue
        limit = steepest[j - j0] - TIE
        if built and roof > 0.0 and dy > 0.5:  # its own wall stands before the roof
            limit = max(limit, roof / (dy - 0.5) - TIE)
        found = np.uint8(0)
        if surface >= limit * dy:
            found |= SURFACE
        if surface + target >= limit * dy:
            found |= TARGET
        if across:
            seen[c, line] = found
        else:
            seen[line, c] = found


@njit(nogil=True, cache=True, error_model="numpy", fastmath={"contract"})
def _carry(c0, dy, u0, du, j0, low, high, before, has_before, g, b, roofs, limit, steepest):  # type: ignore[no-untyped-def]
    """Take the rays over a line of cells, and keep the steepest slope of each."""
    inverse = 1.0 / dy
    near, far = dy - 0.5, dy + 0.5
    for j in range(low, high):
        slope = steepest[j - j0]
        if slope >= limit:
            continue
        u = u0 + j * du
        x = c0 + u * dy + MARGIN
        m = int(x)
        f = x - m
        met = (g[m] + (g[m + 1] - g[m]) * f) * inverse
        if has_before:
            p = int(x - u)
            if p != m:
                column = max(p, m)
                at = (column - MARGIN - c0) / u
                w = min(max(at - (dy - 1.0), 0.0), 1.0)
                met = max(met, (before[column] * (1.0 - w) + g[column] * w) / at)
        if roofs:
            m1, m2 = int(x - 0.5 * u + 0.5), int(x + 0.5 * u + 0.5)
            first = b[m1]
            if m1 == m2:
                if first <= 0.0:
                    met = max(met, first / far)
                elif near > 0.0:
                    met = max(met, first / near)
            else:
                second = b[m2]
                if first > 0.5 * NOTHING or second > 0.5 * NOTHING:
                    edge = (0.5 * (m1 + m2) - MARGIN - c0) / u
                    if first <= 0.0:
                        met = max(met, first / edge)
                    elif near > 0.0:
                        met = max(met, first / near)
                    met = max(met, second / edge if second > 0.0 else second / far)
        if met > slope:
            steepest[j - j0] = met


@njit(nogil=True, cache=True, error_model="numpy")
def _slice(ground, tops, seen, place, quarter, lines, rays, j0, j1, highest_m):  # type: ignore[no-untyped-def]
    """What is seen between two rays of a quarter, `lines` from the first to the last one there is."""
    row0, col0, eye, fall, target, reach = place
    across = quarter >= EAST
    a0, c0 = (col0, row0) if across else (row0, col0)
    length = ground.shape[0] if across else ground.shape[1]
    step = 1 if quarter in (SOUTH, EAST) else -1
    u0, du = rays
    lowest_u, highest_u = u0 + (j0 - 0.5) * du, u0 + (j1 - 0.5) * du
    size = length + 2 * MARGIN + 2
    g, b, before = np.empty(size), np.empty(size), np.empty(size)
    steepest = np.full(j1 - j0, NOTHING)
    own_line, own = math.floor(a0 + 0.5), math.floor(c0 + 0.5)
    has_before, highest_before, above = False, NOTHING, highest_m - eye
    for n in range(lines[1] - lines[0] + 1):
        line = lines[0] + n if step > 0 else lines[1] - n
        dy = abs(line - a0)
        first = max(math.floor(c0 + lowest_u * dy) - 2, -MARGIN)
        last = min(math.floor(c0 + highest_u * dy) + 3, length + MARGIN)
        if first > last:
            has_before = False
            continue
        there = own if line == own_line else -9
        highest, roofs = _read_line(ground, tops, across, line, first, last, c0, dy, there, eye, fall, g, b)
        cells = max(first, 0), min(last, length - 1)
        _test_line(seen, across, line, *cells, c0, dy, across, u0, du, j0, j1, g, b, steepest, target, reach)
        top = max(highest, highest_before)
        limit = top / (dy + 0.5)
        if top > 0.0:
            limit = top / (dy - 1.0) if dy > 1.0 else np.inf
        low = max(j0, math.ceil(((-1.0 - c0) / dy - u0) / du))
        high = min(j1, math.floor(((length - c0) / dy - u0) / du) + 1)
        _carry(c0, dy, u0, du, j0, low, high, before, has_before, g, b, roofs, limit, steepest)
        g, before, has_before, highest_before = before, g, True, highest
        if n % LOOK_EVERY == LOOK_EVERY - 1 and steepest.min() > max(above + target, 0.0) / dy + TIE:
            break


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def look(ground, tops, seen, place, slices, lines, rays, highest_m):  # type: ignore[no-untyped-def]
    """Mark the cells that an eye sees in some slices.

    Parameters
    ----------
    ground, tops : float32 arrays, shape (rows, columns)
        Elevation of the ground, and of the roof where a building stands; NaN elsewhere.
    seen : uint8 array, shape (rows, columns)
        Gets the bits of the cells that are seen; the others stay as they are.
    place : tuple of float
        Row and column of the eye in cells (0 at the first centre), its elevation, the fall of a distance of one cell by
        the curvature, the height of the target, and how far the eye sees, in cells.
    slices : int64 array, shape (n, 3)
        Quarter, first ray and the ray after the last.
    lines, rays : arrays, shape (4, 2)
        Of each quarter the first and last line of cells, and `u` of ray 0 and its step.
    highest_m : float
        Nothing stands above it.
    """
    for s in prange(slices.shape[0]):
        quarter = slices[s, 0]
        _slice(
            ground, tops, seen, place, quarter, (lines[quarter, 0], lines[quarter, 1]),
            (rays[quarter, 0], rays[quarter, 1]), slices[s, 1], slices[s, 2], highest_m,
        )  # fmt: skip
