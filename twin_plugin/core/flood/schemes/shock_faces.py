"""Kernels of the shock-capturing scheme for a row of cells or faces: slopes, states half a step later, fluxes.

Rows are pieces of one buffer, given by their offsets. Whatever two directions or two sides share is added in an order
that a turn or a mirror does not change, and nothing is contracted: the result turns with the terrain to the last bit.
"""

from __future__ import annotations

import math

from numba import njit

from ..constants import GRAVITY_MS2, OPEN
from .bits import bits, inverse_cbrt
from .kernel_numbers import DOMAIN_LIMIT, FLOW_DEPTH, HALF, ONE, QUARTER, TINY, ZERO, f32, i32, u64

TWO = f32(2.0)
G = f32(GRAVITY_MS2)
HALF_G = f32(0.5 * GRAVITY_MS2)
FLAT_SLOPE = f32(1e-3)  # where the terrain does not fall towards an open edge, water leaves as on this slope


@njit(forceinline=True, error_model="numpy")
def riemann(hl, ul, vl, hr, ur, vr):  # type: ignore[no-untyped-def]
    """Fluxes between a left and a right state on one bed: HLLC with the speeds of two rarefactions.

    Returns the mass flux, the momentum flux less the still water's pressure of the left and of the right side, and the
    flux of the momentum along the face. In differences of depth, so that still water gives exact zeros.

    References
    ----------
    Toro (2001), Shock-Capturing Methods for Free-Surface Shallow Flows, chapter 10.
    """
    cl = math.sqrt(G * hl)
    cr = math.sqrt(G * hr)
    # The front of a dam break has these speeds on dry ground; the estimates below then give exactly its wave speeds.
    un = ul
    ul = ur - TWO * cr if hl == ZERO else ul
    ur = un + TWO * cl if hr == ZERO else ur
    us = HALF * (ul + ur) + (cl - cr)
    cs = HALF * (cl + cr) + QUARTER * (ul - ur)
    sl = min(ul - cl, us - cs)
    sr = max(ur + cr, us + cs)
    sl = sl if sl < ZERO else ZERO
    sr = sr if sr > ZERO else ZERO
    width = sr - sl
    share = ONE / (width if width > TINY else TINY)
    ql = hl * ul
    qr = hr * ur
    k = sl * sr
    rise = hr - hl
    m = ((sr * ql - sl * qr) + k * rise) * share
    b = (sr * (ql * ul) - sl * (qr * ur)) + k * (qr - ql)
    p = HALF_G * rise * (hl + hr)
    return m, (b - sl * p) * share, (b - sr * p) * share, m * (vl if m > ZERO else vr)


@njit(forceinline=True, error_model="numpy")
def minmod(a, b):  # type: ignore[no-untyped-def]
    """The smaller of two differences of one sign, else 0."""
    low = a if a < b else b
    high = a if a > b else b
    return (low if low > ZERO else ZERO) + (high if high < ZERO else ZERO)


@njit(nogil=True, error_model="numpy")
def load(buf, row, size, h, u, v, a, n):  # type: ignore[no-untyped-def]
    """Depth and velocities of n cells from the flat position a on; films that do not move are dry."""
    two = size + size
    for i in range(n):
        d = h[a + i]
        east = u[a + i]  # read in any case: a loop with a read that depends on a condition does not vectorise
        south = v[a + i]
        moves = d > FLOW_DEPTH
        buf[row + i] = d if moves else ZERO
        buf[row + size + i] = east if moves else ZERO
        buf[row + two + i] = south if moves else ZERO


@njit(nogil=True, error_model="numpy")
def slopes_x(buf, sh, sw, su, sv, depth, east, south, z, a, n):  # type: ignore[no-untyped-def]
    """Limited differences of depth, level and velocities across n cells, along the row."""
    one = u64(1)
    for i in range(n):
        d0 = buf[depth + i]
        d1 = buf[depth + i + one]
        d2 = buf[depth + i + one + one]
        left = d1 - d0
        right = d2 - d1
        buf[sh + i + one] = minmod(left, right)
        buf[sw + i + one] = minmod(left + (z[a + i + one] - z[a + i]), right + (z[a + i + one + one] - z[a + i + one]))
        e = buf[east + i + one]
        buf[su + i + one] = minmod(e - buf[east + i], buf[east + i + one + one] - e)
        s = buf[south + i + one]
        buf[sv + i + one] = minmod(s - buf[south + i], buf[south + i + one + one] - s)


@njit(nogil=True, error_model="numpy")
def slopes_y(buf, sh, sw, su, sv, n0, n1, n2, size, z, a, stride, n):  # type: ignore[no-untyped-def]
    """The same from row to row: n0, n1, n2 are the depths of three rows, each followed by its velocities."""
    two = size + size
    for i in range(n):
        d1 = buf[n1 + i]
        above = d1 - buf[n0 + i]
        below = buf[n2 + i] - d1
        buf[sh + i] = minmod(above, below)
        zc = z[a + i]
        buf[sw + i] = minmod(above + (zc - z[a - stride + i]), below + (z[a + stride + i] - zc))
        e = buf[n1 + size + i]
        buf[su + i] = minmod(e - buf[n0 + size + i], buf[n2 + size + i] - e)
        s = buf[n1 + two + i]
        buf[sv + i] = minmod(s - buf[n0 + two + i], buf[n2 + two + i] - s)


@njit(nogil=True, error_model="numpy")
def predict(buf, hc, uc, vc, gx, gy, row, size, x, y, k, a, n, quarter, two_dt):  # type: ignore[no-untyped-def]
    """States half a step later (Hancock), friction included, and the weight of the water on its own slope.

    `row` is the depth's offset, velocities follow; `x` and `y` the slopes' (depth, level, east, south). `quarter` is
    dt/(2 dx). Without friction, thin films on slopes would be too fast by half a step of gravity.
    """
    two = size + size
    three = two + size
    for i in range(n):
        h = buf[row + i]
        u = buf[row + size + i]
        v = buf[row + two + i]
        shx = buf[x + i]
        shy = buf[y + i]
        swx = buf[x + size + i]
        swy = buf[y + size + i]
        sux = buf[x + two + i]
        svy = buf[y + three + i]
        d = h - quarter * ((u * shx + h * sux) + (v * shy + h * svy))
        d = d if d > HALF * h else HALF * h
        east = u - quarter * ((u * sux + v * buf[y + two + i]) + G * swx)
        south = v - quarter * ((u * buf[x + three + i] + v * svy) + G * swy)
        r = inverse_cbrt(h if h > FLOW_DEPTH else FLOW_DEPTH)
        r = r * r
        drive = math.sqrt(east * east + south * south)
        slow = ONE / (HALF + HALF * math.sqrt(ONE + two_dt * abs(k[a + i]) * (r * r) * drive))
        buf[hc + i] = d
        buf[uc + i] = east * slow
        buf[vc + i] = south * slow
        buf[gx + i] = G * d * swx
        buf[gy + i] = G * d * swy


@njit(nogil=True, error_model="numpy")
def faces(buf, out, size, c0, c1, normal, along, z, a, step, n):  # type: ignore[no-untyped-def]
    """Fluxes of n faces, first order: mass, momentum as the cell before and the one behind gets it, momentum aside.

    `c0` and `c1` are the states of the cells before and behind; `normal` and `along` say where from the depth the
    velocities are; the cell behind lies `step` from the one before, whose flat position is a + i.
    """
    two = size + size
    three = two + size
    for i in range(n):
        dz = z[a + step + i] - z[a + i]
        up = dz if dz > ZERO else ZERO
        hl = buf[c0 + i] - up
        hr = buf[c1 + i] + (dz - up)
        m, pl, pr, t = riemann(
            hl if hl > ZERO else ZERO, buf[c0 + normal + i], buf[c0 + along + i],
            hr if hr > ZERO else ZERO, buf[c1 + normal + i], buf[c1 + along + i],
        )  # fmt: skip
        buf[out + i] = m
        buf[out + size + i] = pl
        buf[out + two + i] = pr
        buf[out + three + i] = t


@njit(nogil=True, error_model="numpy")
def sloped_faces(buf, out, size, c0, c1, normal, along, s0, s1, z, a, step, n):  # type: ignore[no-untyped-def]
    """The same, second order: `s0` and `s1` are the slopes (depth, level, east, south) of the cells across the face."""
    two = size + size
    three = two + size
    across = size + normal
    aside = size + along
    for i in range(n):
        shl = buf[s0 + i]
        shr = buf[s1 + i]
        tilt = (buf[s0 + size + i] - shl) + (buf[s1 + size + i] - shr)
        dz = (z[a + step + i] - z[a + i]) - HALF * tilt
        up = dz if dz > ZERO else ZERO
        hl = (buf[c0 + i] + HALF * shl) - up
        hr = (buf[c1 + i] - HALF * shr) + (dz - up)
        m, pl, pr, t = riemann(
            hl if hl > ZERO else ZERO, buf[c0 + normal + i] + HALF * buf[s0 + across + i],
            buf[c0 + along + i] + HALF * buf[s0 + aside + i],
            hr if hr > ZERO else ZERO, buf[c1 + normal + i] - HALF * buf[s1 + across + i],
            buf[c1 + along + i] - HALF * buf[s1 + aside + i],
        )  # fmt: skip
        buf[out + i] = m
        buf[out + size + i] = pl
        buf[out + two + i] = pr
        buf[out + three + i] = t


@njit(forceinline=True, error_model="numpy")
def edge_flux(h, un, ut, kind, number, k):  # type: ignore[no-untyped-def]
    """Fluxes out of the terrain: mass, momentum as the cell gets it, momentum along the edge.

    Beyond an open edge water runs at its normal depth on the terrain's slope, `number`, or as fast as it comes; beyond
    one of fixed level stands the depth `number`, which takes water as fast as it comes. Water that enters brings no
    speed: with that of the cell, eddies along the edge would feed themselves. Over an open edge none enters: where the
    flow runs away from it, as below a slope, it is a wall.
    """
    depth = number if number > ZERO else ZERO
    speed = un if un > ZERO else ZERO
    if kind == OPEN:
        depth = h
        slope = number if number > FLAT_SLOPE else FLAT_SLOPE
        r = inverse_cbrt(h if h > FLOW_DEPTH else FLOW_DEPTH)
        normal = math.sqrt(G * slope / (k * (r * r) * (r * r)))
        critical = math.sqrt(G * h)  # where it is smooth and steep, the flow gets that fast inside the terrain first
        normal = normal if normal < critical else critical
        speed = normal if normal > un else un
    m, p, _, t = riemann(h, un, ut, depth, speed, ZERO)
    if kind == OPEN and m < ZERO:
        m = p = t = ZERO
    return m, p, t


@njit(nogil=True, error_model="numpy")
def shares(buf, out, n, h, z, a, x, north, south, room):  # type: ignore[no-untyped-def]
    """The share of its outflow that each cell can pay for, 1 beyond the terrain; the smallest as a bit pattern."""
    one = u64(1)
    least = i32(0x3F800000)
    for i in range(n):
        e = buf[x + i + one]
        w = buf[x + i]
        s = buf[south + i]
        t = buf[north + i]
        leaves = (e if e > ZERO else ZERO) - (w if w < ZERO else ZERO)
        leaves += (s if s > ZERO else ZERO) - (t if t < ZERO else ZERO)
        share = h[a + i] * room / (leaves if leaves > TINY else TINY)
        share = share if share < ONE else ONE
        share = share if z[a + i] < DOMAIN_LIMIT and leaves > ZERO else ONE
        buf[out + i] = share
        pattern = bits(share)
        least = pattern if pattern < least else least
    return least


@njit(nogil=True, error_model="numpy")
def limit(buf, flux, size, n, before, after):  # type: ignore[no-untyped-def]
    """Fluxes reduced, in place, by the share of the cell that gives."""
    two = size + size
    three = two + size
    for i in range(n):
        first = buf[before + i]  # both are read: a loop with a read that depends on a condition does not vectorise
        second = buf[after + i]
        m = buf[flux + i]
        share = first if m > ZERO else second
        buf[flux + i] = m * share
        buf[flux + size + i] *= share
        buf[flux + two + i] *= share
        buf[flux + three + i] *= share
