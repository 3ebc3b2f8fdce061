"""The sweep of the shock-capturing scheme: rows of a tile one after the other, each while it is in the cache."""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from ..constants import LEVEL
from .bits import bits, inverse_cbrt, two_sum
from .kernel_numbers import DOMAIN_LIMIT, FLOW_DEPTH, HALF, ONE, ZERO, i32, u64
from .loss_kernel import lose
from .maxima_kernels import PIECE, keep_row
from .shock_faces import (  # fmt: skip
    G,
    edge_flux,
    faces,
    limit,
    load,
    minmod,
    predict,
    shares,
    sloped_faces,
    slopes_x,
    slopes_y,
)

STRIP = 256  # columns computed at a time, so that all rows of the buffer stay in the second cache
LANES = 8  # float32 in an AVX register
WEST, EAST, NORTH, SOUTH = 0, 1, 2, 3
"""Sides of a cell, as `Edges` numbers them."""
FULL = i32(0x3F800000)  # the pattern of 1.0


@njit(nogil=True, error_model="numpy")
def _depths(h2, h, low, z, a, n, buf, west, north, south, per_cell, rain):  # type: ignore[no-untyped-def]
    """Depths after the faces' exchange and rain, summed without loss: depth is h + low. Walls stay dry: what passes an
    edge beside cells without data has left the terrain.
    """
    deepest = i32(0)
    one = u64(1)
    for i in range(n):
        dx, e1 = two_sum(buf[west + i] * per_cell, -(buf[west + i + one] * per_cell))
        dy, e2 = two_sum(buf[north + i] * per_cell, -(buf[south + i] * per_cell))
        d, e3 = two_sum(dx, dy)
        d, e4 = two_sum(d, rain)
        s, e5 = two_sum(h[a + i], d)
        rest = low[a + i] + ((e1 + e2) + (e3 + e4) + e5)
        inside = z[a + i] < DOMAIN_LIMIT
        v = s + rest if inside else ZERO
        low[a + i] = rest - (v - s) if inside else ZERO
        h2[a + i] = v
        pattern = bits(v)
        deepest = pattern if pattern > deepest else deepest
    return deepest


@njit(nogil=True, error_model="numpy")
def _velocities(u2, v2, h2, h, u, v, k, a, n, buf, size, west, north, south, gx, gy, per_cell, four_dt):  # type: ignore[no-untyped-def]
    """Velocities after fluxes, the bed's push and friction; the fastest wave's speed as a bit pattern.

    Friction is implicit in the length L of the discharge: L + b L² = |drive|.
    """
    fastest = i32(0)
    one = u64(1)
    two = size + size
    three = two + size
    for i in range(n):
        old = h[a + i]
        old = old if old > FLOW_DEPTH else ZERO
        d = h2[a + i]
        push_x = (buf[west + size + i + one] - buf[west + two + i]) + buf[gx + i]
        push_y = (buf[south + size + i] - buf[north + two + i]) + buf[gy + i]
        qx = old * u[a + i] - per_cell * (push_x + (buf[south + three + i] - buf[north + three + i]))
        qy = old * v[a + i] - per_cell * (push_y + (buf[west + three + i + one] - buf[west + three + i]))
        x = d if d > FLOW_DEPTH else FLOW_DEPTH
        y = inverse_cbrt(x)
        y3 = y * y * y
        drive = math.sqrt(qx * qx + qy * qy)
        slow = ONE / (x * (HALF + HALF * math.sqrt(ONE + four_dt * abs(k[a + i]) * (y3 * y3 * y) * drive)))
        moves = d > FLOW_DEPTH
        east = qx * slow if moves else ZERO
        south_ms = qy * slow if moves else ZERO
        u2[a + i] = east
        v2[a + i] = south_ms
        most = max(abs(east), abs(south_ms))
        pattern = bits(most + math.sqrt(G * d))
        fastest = pattern if pattern > fastest else fastest
    return fastest


@njit(nogil=True, error_model="numpy")
def _fastest(u2, v2, h2, a, n, pattern):  # type: ignore[no-untyped-def]
    """Where the wave of a pattern is."""
    for i in range(n):
        most = max(abs(u2[a + i]), abs(v2[a + i]))
        if bits(most + math.sqrt(G * h2[a + i])) == pattern:
            return a + u64(i)
    return a


@njit(nogil=True, error_model="numpy")
def _edge_slopes(buf, h, u, v, z, edges, first, last, base, n, x, y, size, stride):  # type: ignore[no-untyped-def]
    """Slopes of cells at an edge: beyond an open one the terrain goes on falling under water of the same depth; towards
    a fixed level nothing slopes, so that a lake stays at rest.
    """
    cells, sides, kinds, fall = edges[0], edges[1], edges[2], edges[4]
    for e in range(first, last):
        j = cells[e] - base
        if j < 0 or j >= n:
            continue
        c = cells[e]
        at = (x if sides[e] < NORTH else y) + u64(j)
        step = np.int64(stride) if sides[e] >= NORTH else np.int64(1)
        inner = c - step if sides[e] in (EAST, SOUTH) else c + step
        sign = ONE if inner < c else -ONE
        dw = sign * ((h[c] - h[inner]) + (z[c] - z[inner]))
        buf[at] = ZERO
        buf[at + size] = ZERO if kinds[e] == LEVEL else minmod(dw, -sign * fall[e])
        buf[at + size + size] = ZERO
        buf[at + size + size + size] = ZERO


@njit(nogil=True, error_model="numpy")
def _edge_fluxes(buf, flux, c, y, z, k, edges, first, last, base, n, size, side_a, side_b):  # type: ignore[no-untyped-def]
    """Fluxes through the edges of a row on one or two of its sides, in place of those of walls.

    `c` and `y` are the states of the row's cells and their slopes across the edge.
    """
    cells, sides, kinds, numbers = edges[0], edges[1], edges[2], edges[3]
    two = size + size
    three = two + size
    for e in range(first, last):
        side = sides[e]
        j = cells[e] - base
        if (side != side_a and side != side_b) or j < 1 or j >= n:
            continue
        i = u64(j)
        sign = ONE if side in (EAST, SOUTH) else -ONE
        half = HALF * sign
        vertical = side >= NORTH
        un = buf[c + (two if vertical else size) + i] + half * buf[y + (three if vertical else two) + i]
        ut = buf[c + (size if vertical else two) + i] + half * buf[y + (two if vertical else three) + i]
        h = buf[c + i] + half * buf[y + i]
        number = numbers[e]
        if kinds[e] == LEVEL:
            number -= z[cells[e]] + half * (buf[y + size + i] - buf[y + i])
        m, p, t = edge_flux(h, sign * un, ut, kinds[e], number, abs(k[cells[e]]))
        at = flux + i - (u64(1) if side == WEST else u64(0))
        buf[at] = sign * m
        buf[at + size] = p
        buf[at + two] = p
        buf[at + three] = sign * t


@njit(nogil=True, error_model="numpy")
def _book_edges(moved, buf, edges, first, last, base, own, west, north, south, per_cell):  # type: ignore[no-untyped-def]
    """Depth that each edge of a row took out of its cell in the step; negative where water came in."""
    cells, sides = edges[0], edges[1]
    for e in range(first, last):
        j = cells[e] - base
        if j < 3 or j >= own + 3:
            continue
        i = u64(j)
        if sides[e] == WEST:
            moved[e] = -(buf[west + i - u64(1)] * per_cell)
        elif sides[e] == EAST:
            moved[e] = buf[west + i] * per_cell
        elif sides[e] == NORTH:
            moved[e] = -(buf[north + i] * per_cell)
        else:
            moved[e] = buf[south + i] * per_cell


@njit(nogil=True, cache=True, error_model="numpy")
def _strip(  # type: ignore[no-untyped-def]
    now, later, ground, stride, r0, r1, c0, c1, numbers, second, edges, kept, keeping, look, counts, report, lost
):
    """Advance the cells [r0, r1) x [c0, c1).

    Rows and columns around them are computed again by their neighbours: nothing is read that another strip writes.
    While row r gets its states, the faces above it become known, then the shares of row r - 1, then row r - 2 moves.
    """
    h, u, v = now
    h2, low, u2, v2 = later
    z, k = ground
    starts, moved = edges[5], edges[6]
    per_cell, quarter, two_dt, four_dt, room, rain, loss = (
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
    )  # fmt: skip
    one = u64(1)
    two = u64(2)
    three = u64(3)
    lanes = u64(LANES)
    own = c1 - c0
    n = (own + u64(6) + lanes - one) // lanes * lanes
    size = n + lanes
    buf = np.zeros(u64(59) * size + u64(PIECE), np.float32)
    l0, l1, l2 = u64(0), three * size, u64(6) * size
    x = u64(9) * size
    y0, y1 = u64(13) * size, u64(17) * size
    s0, s1 = u64(21) * size, u64(22) * size
    p0, p1 = u64(23) * size, u64(26) * size
    g0, g1, g2 = u64(29) * size, u64(31) * size, u64(33) * size
    fx0, fx1, fx2 = u64(35) * size, u64(39) * size, u64(43) * size
    fy0, fy1, fy2 = u64(47) * size, u64(51) * size, u64(55) * size
    left = c0 - three
    least0 = FULL
    r = r0 - two
    a = (r - one) * stride + left
    if second:
        load(buf, l0, size, h, u, v, a, n)
        load(buf, l1, size, h, u, v, a + stride, n)
    while r <= r1 + one:
        a = r * stride + left
        first, last = starts[r], starts[r + one]
        above = starts[r - one]
        base = np.int64(a)
        if second:
            load(buf, l2, size, h, u, v, a + stride, n)
            slopes_x(buf, x, x + size, x + two * size, x + three * size, l1, l1 + size, l1 + two * size, z, a, n - two)
            slopes_y(buf, y1, y1 + size, y1 + two * size, y1 + three * size, l0, l1, l2, size, z, a, stride, n)
            if last > first:
                _edge_slopes(buf, h, u, v, z, edges, first, last, base, n, x, y1, size, stride)
            predict(buf, p1, p1 + size, p1 + two * size, g2, g2 + size, l1, size, x, y1, k, a, n, quarter, two_dt)
            sloped_faces(buf, fx2, size, p1, p1 + one, size, two * size, x, x + one, z, a, one, n - one)
        else:
            load(buf, p1, size, h, u, v, a, n)
            faces(buf, fx2, size, p1, p1 + one, size, two * size, z, a, one, n - one)
        if last > first:
            _edge_fluxes(buf, fx2, p1, x, z, k, edges, first, last, base, n, size, WEST, EAST)
        if r > r0 - two:
            if second:
                sloped_faces(buf, fy2, size, p0, p1, two * size, size, y0, y1, z, a - stride, stride, n)
            else:
                faces(buf, fy2, size, p0, p1, two * size, size, z, a - stride, stride, n)
            if last > first:
                _edge_fluxes(buf, fy2, p1, y1, z, k, edges, first, last, base, n, size, NORTH, NORTH)
            if first > above:
                _edge_fluxes(
                    buf, fy2, p0, y0, z, k, edges, above, first, base - np.int64(stride), n, size, SOUTH, SOUTH
                )
        if r >= r0:
            b = a - stride
            least1 = shares(buf, s1 + one, n - two, h, z, b + one, fx1, fy1 + one, fy2 + one, room)
            if least1 < FULL:
                limit(buf, fx1, size, n - one, s1, s1 + one)
            if r > r0:
                if least0 < FULL or least1 < FULL:
                    limit(buf, fy1, size, n, s0, s1)
                if r <= r1:
                    keep_row(
                        kept, u64(h.shape[0]), counts, keeping, look, True, h, z, u, v, buf, s1 + three, buf,
                        u64(59) * size, b + three, own, stride,
                    )  # fmt: skip
            if r > r0 + one:
                b = a - stride - stride + three
                w = fx0 + two
                north, south = fy0 + three, fy1 + three
                d = _depths(h2, h, low, z, b, own, buf, w, north, south, per_cell, rain)
                if loss > ZERO:
                    lost[0] += lose(h2, low, k, b, own, loss)
                s = _velocities(
                    u2, v2, h2, h, u, v, k, b, own, buf, size, w, north, south, g0 + three, g0 + size + three,
                    per_cell, four_dt,
                )  # fmt: skip
                report[0] = max(report[0], d)
                if s > report[1]:
                    report[1] = s
                    report[2] = np.int32(_fastest(u2, v2, h2, b, own, s))
                first, last = starts[r - two], starts[r - one]
                if last > first:
                    base = np.int64(b) - 3
                    _book_edges(moved, buf, edges, first, last, base, np.int64(own), fx0, fy0, fy1, per_cell)
            s0, s1 = s1, s0
            least0 = least1
        l0, l1, l2 = l1, l2, l0
        y0, y1 = y1, y0
        p0, p1 = p1, p0
        g0, g1, g2 = g1, g2, g0
        fx0, fx1, fx2 = fx1, fx2, fx0
        fy0, fy1, fy2 = fy1, fy2, fy0
        r += one


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def sweep(now, later, ground, stride, tiles, numbers, second, edges, kept, keeping, look, counts, report, lost):  # type: ignore[no-untyped-def]
    """One step of the whole list of tiles. Arrays of cells are flat, float32.

    Parameters
    ----------
    now : three arrays
        Depth, velocities to the east and south.
    later : four arrays
        Written: new depth, its low-order part (in place), new velocities.
    ground : two arrays
        Relative bed (walls above 1e5) and g n² (negative where nothing is lost to the ground).
    stride : uint64
    tiles : uint64 array, shape (tiles, 4)
        First and past-the-end rows and columns, padded indices.
    numbers : float32 array
        dt/dx, dt/(2 dx), 2 dt, 4 dt, 0.9999 dx/dt, rain and loss of the step in metres.
    second : bool
        Second order in space and time.
    edges : seven arrays
        Cells (in the order of rows), sides, kinds, slope or level, fall of the ground to the edge; the first edge of
        each padded row; written: the depth that left through each edge.
    kept, keeping, look, counts
        See `Watch`: kept, numbers, look, counts.
    report : int32 array, shape (tiles, 3)
        Written: the largest depth and the fastest wave as bit patterns, and where that wave is.
    lost : float64 array, shape (tiles, 1)
        Written: metres lost to the ground and drains, summed over cells.
    """
    for t in prange(tiles.shape[0]):
        c = tiles[t, 2]
        while c < tiles[t, 3]:
            end = min(c + u64(STRIP), tiles[t, 3])
            _strip(now, later, ground, stride, tiles[t, 0], tiles[t, 1], c, end, numbers, second, edges, kept, keeping,
                   look, counts[t], report[t], lost[t])  # fmt: skip
            c = end
