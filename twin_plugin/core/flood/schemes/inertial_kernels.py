"""The kernels of the local inertial scheme: one fused sweep over a tile, written so that every loop vectorises.

Arrays are flat, padded and row after row. Rows are addressed by unsigned offsets, because numba tests signed indices
for wrap-around and counts references on every slice; both stop vectorisation or cost more than the arithmetic.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

from .bits import bits, inverse_cbrt, rough_root_quarter, two_sum
from .kernel_numbers import DOMAIN_LIMIT, FLOW_DEPTH, HALF, ONE, QUARTER, TINY, ZERO, i32, u64
from .loss_kernel import lose
from .maxima_kernels import PIECE as KEPT_PIECE
from .maxima_kernels import keep_row

PIECE = 256  # faces of a row computed at a time
LANES = 8  # float32 in an AVX register: row lengths are rounded up to it so that no scalar remainder is left


@njit(forceinline=True, fastmath={"contract", "arcp"}, error_model="numpy")
def _face(hl, hr, zl, zr, k, q, qm, qp, across, gdx, two_dt, theta, cap):  # type: ignore[no-untyped-def]
    """Discharge per width through one face after a step.

    `k` is the sum of g n² of both cells, so that two_dt times k is four times dt times their mean.

    Only differences of the bed enter, never level = bed + depth, which would lose bits in float32. Friction is
    implicit in the length of the discharge vector: with the old length, thin films on slopes oscillate from step to
    step. The part across is taken as steady, so that the length L solves L + b L² = |drive|, and
    1 + b L = (1 + sqrt(1 + 4 b |drive|)) / 2 divides the new discharge. The friction that the part across meets
    needs the old length only roughly: 4 % of it change the new discharge by less than 1 %. A dry face has the limit 0.
    A root of |drive| from its bits and a Newton step is slower by 8 %: the arithmetic is the limit, not roots.
    """
    dz = zr - zl
    up = dz if dz > ZERO else ZERO
    left = hl - up
    right = hr + (dz - up)
    depth = left if left > right else right
    x = depth if depth > FLOW_DEPTH else FLOW_DEPTH
    y = inverse_cbrt(x)
    y3 = y * y * y
    qm = q if qm == ZERO else qm  # beyond a wall or a dry face there is nothing to average with
    qp = q if qp == ZERO else qp
    top = theta * q + (ONE - theta) * HALF * (qm + qp) - gdx * x * ((hr - hl) + dz)
    resist = two_dt * k * (y3 * y3 * y)
    aside = across * (ONE + resist * rough_root_quarter(q * q + across * across))
    drive = math.sqrt(top * top + aside * aside)
    new = top / (HALF + HALF * math.sqrt(ONE + resist * drive))
    limit = cap * (x - FLOW_DEPTH) * rough_root_quarter(x)
    new = new if new < limit else limit
    return new if new > -limit else -limit


@njit(forceinline=True, fastmath={"contract", "arcp"}, error_model="numpy")
def _faces_x(out, o, n, h, z, k, qx, qy, a, stride, gdx, two_dt, theta, cap):  # type: ignore[no-untyped-def]
    """n faces between columns from offset a on."""
    b = a + stride
    one = u64(1)
    two = u64(2)
    for i in range(n):
        across = QUARTER * ((qy[a + i] + qy[a + i + one]) + (qy[b + i] + qy[b + i + one]))
        rough = abs(k[a + i]) + abs(k[a + i + one])
        out[o + i] = _face(
            h[a + i], h[a + i + one], z[a + i], z[a + i + one], rough,
            qx[a + i + one], qx[a + i], qx[a + i + two], across, gdx, two_dt, theta, cap,
        )  # fmt: skip


@njit(forceinline=True, fastmath={"contract", "arcp"}, error_model="numpy")
def _faces_y(out, o, n, h, z, k, qx, qy, a, stride, gdx, two_dt, theta, cap):  # type: ignore[no-untyped-def]
    """n faces between the row at offset a and the next one."""
    b = a + stride
    c = b + stride
    one = u64(1)
    for i in range(n):
        across = QUARTER * ((qx[a + i] + qx[b + i]) + (qx[a + i + one] + qx[b + i + one]))
        rough = abs(k[a + i]) + abs(k[b + i])
        out[o + i] = _face(
            h[a + i], h[b + i], z[a + i], z[b + i], rough,
            qy[b + i], qy[a + i], qy[c + i], across, gdx, two_dt, theta, cap,
        )  # fmt: skip


@njit(forceinline=True, error_model="numpy")
def _factors(buf, o, n, h, a, x, north, south, room):  # type: ignore[no-untyped-def]
    """The share of its outflow that each cell can pay for: at most 1, so that no depth falls below 0."""
    one = u64(1)
    for i in range(n):
        e = buf[x + i + one]
        w = buf[x + i]
        s = buf[south + i]
        t = buf[north + i]
        out = (e if e > ZERO else ZERO) - (w if w < ZERO else ZERO)
        out += (s if s > ZERO else ZERO) - (t if t < ZERO else ZERO)
        share = h[a + i] * room / (out if out > TINY else TINY)
        buf[o + i] = share if share < ONE else ONE


@njit(forceinline=True, error_model="numpy")
def _limit(buf, o, n, raw, before, after, per_cell, q, a):  # type: ignore[no-untyped-def]
    """Faces reduced by the share of the cell that gives; kept as discharge in q and as depth moved in buf."""
    for i in range(n):
        v = buf[raw + i]
        f0 = buf[before + i]
        f1 = buf[after + i]
        v *= f0 if v > ZERO else f1
        buf[o + i] = v * per_cell
        q[a + i] = v


@njit(forceinline=True, error_model="numpy")
def _limit_only(buf, o, n, raw, before, after, per_cell):  # type: ignore[no-untyped-def]
    """The same for faces that another tile stores."""
    for i in range(n):
        v = buf[raw + i]
        f0 = buf[before + i]
        f1 = buf[after + i]
        v *= f0 if v > ZERO else f1
        buf[o + i] = v * per_cell


@njit(forceinline=True, error_model="numpy")
def _update(h2, h, low, z, a, n, buf, x, north, south, rain):  # type: ignore[no-untyped-def]
    """Depths after the faces' exchange and rain, summed without loss: depth is h + low, each face gives what it
    takes.
    """
    deepest = i32(0)
    one = u64(1)
    for i in range(n):
        dx, e1 = two_sum(buf[x + i], -buf[x + i + one])
        dy, e2 = two_sum(buf[north + i], -buf[south + i])
        d, e3 = two_sum(dx, dy)
        d, e4 = two_sum(d, rain if z[a + i] < DOMAIN_LIMIT else ZERO)
        s, e5 = two_sum(h[a + i], d)
        rest = low[a + i] + ((e1 + e2) + (e3 + e4) + e5)
        v = s + rest
        low[a + i] = rest - (v - s)
        h2[a + i] = v
        pattern = bits(v)
        deepest = pattern if pattern > deepest else deepest
    return deepest


@njit(nogil=True, error_model="numpy")
def _deepest(h2, a, n, pattern):  # type: ignore[no-untyped-def]
    """Where the depth of a pattern is."""
    for i in range(n):
        if bits(h2[a + i]) == pattern:
            return a + u64(i)
    return a


@njit(nogil=True, cache=True, error_model="numpy")
def _tile(  # type: ignore[no-untyped-def]
    h, z, k, qx, qy, h2, low, qx2, qy2, stride, r0, r1, c0, c1, numbers, kept, keeping, look, counts, report, lost
):
    """Advance the cells [r0, r1) x [c0, c1): faces, shares and depths of each row while it is in the cache.

    Row r needs the shares of rows r - 1 and r + 1, so that the faces of one row and column around the tile are computed
    again by its neighbours: nothing is read that another tile writes in the same sweep.
    """
    two_dt, gdx, per_cell, room, theta, cap, rain, loss = (
        numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7],
    )  # fmt: skip
    one = u64(1)
    two = u64(2)
    own = c1 - c0
    n_cells = own
    n_x = (own + u64(3 + LANES - 1)) // u64(LANES) * u64(LANES)
    n_y = (own + u64(2 + LANES - 1)) // u64(LANES) * u64(LANES)
    size = n_x + u64(2 * LANES)
    buf = np.zeros(u64(8) * size + u64(KEPT_PIECE), np.float32)
    raw_x = u64(0)
    out_x = size
    raw_n = two * size
    raw_s = u64(3) * size
    share_0 = u64(4) * size
    share_1 = u64(5) * size
    out_n = u64(6) * size
    out_s = u64(7) * size
    left = c0 - one
    deepest = i32(0)
    taken = 0.0
    a = (r0 - two) * stride + left
    _faces_y(buf, raw_n, n_y, h, z, k, qx, qy, a, stride, gdx, two_dt, theta, cap)
    r = r0 - one
    while r <= r1:
        a = r * stride + left
        j = u64(0)
        while j < n_x:  # piece by piece, so that both directions find the rows in the first cache
            n = min(u64(PIECE), n_x - j)
            _faces_x(buf, raw_x + j, n, h, z, k, qx, qy, a - one + j, stride, gdx, two_dt, theta, cap)
            if j < n_y:
                n = min(u64(PIECE), n_y - j)
                _faces_y(buf, raw_s + j, n, h, z, k, qx, qy, a + j, stride, gdx, two_dt, theta, cap)
            j += u64(PIECE)
        _factors(buf, share_1, n_y, h, a, raw_x, raw_n, raw_s, room)
        if r >= r0:
            a += one
            if r < r1:
                keep_row(
                    kept, u64(h.shape[0]), counts, keeping, look, False, h, z, qx, qy, buf, share_1 + one, buf,
                    u64(8) * size, a, n_cells, stride,
                )  # fmt: skip
            if r < r1:
                _limit(buf, out_s, n_cells, raw_n + one, share_0 + one, share_1 + one, per_cell, qy2, a)
            else:
                _limit_only(buf, out_s, n_cells, raw_n + one, share_0 + one, share_1 + one, per_cell)
            if r > r0:
                b = a - stride
                d = _update(h2, h, low, z, b, n_cells, buf, out_x, out_n, out_s, rain)
                if d > deepest:
                    deepest = d
                    report[1] = np.int32(_deepest(h2, b, n_cells, d))
                if loss > ZERO:
                    taken += lose(h2, low, k, b, n_cells, loss)
            if r < r1:
                _limit(buf, out_x, n_cells, raw_x + one, share_1, share_1 + one, per_cell, qx2, a)
                v = buf[raw_x + one + own]
                v *= buf[share_1 + own] if v > ZERO else buf[share_1 + own + one]
                buf[out_x + own] = v * per_cell
            out_n, out_s = out_s, out_n
        raw_n, raw_s = raw_s, raw_n
        share_0, share_1 = share_1, share_0
        r += one
    report[0] = deepest
    if deepest == i32(0):
        report[1] = i32(0)
    lost[0] = taken


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def sweep(h, z, k, qx, qy, h2, low, qx2, qy2, stride, tiles, numbers, kept, keeping, look, counts, report, lost):  # type: ignore[no-untyped-def]
    """One step of the whole list of tiles.

    Parameters
    ----------
    h, z, k, qx, qy : float32 arrays, flat
        Depth, relative bed (walls above 1e5), g n² (negative where nothing is lost to the ground), discharges through
        the west and north faces, m²/s, positive to the east and south.
    h2, low, qx2, qy2 : float32 arrays, flat
        Written: new depth, its low-order part (in place), new discharges.
    tiles : uint64 array, shape (tiles, 4)
        First and past-the-end rows and columns, padded indices.
    numbers : float32 array
        2 dt, g dt/dx, dt/dx, 0.9999 dx/dt, theta, four Froude caps times sqrt(g), rain and loss of the step in metres.
    kept, keeping, look, counts
        See `Watch`: kept, numbers, look, counts.
    report : int32 array, shape (tiles, 2)
        Written: the largest depth as a bit pattern, and where it is.
    lost : float64 array, shape (tiles, 1)
        Written: metres lost to the ground and drains, summed over cells.
    """
    for t in prange(tiles.shape[0]):
        _tile(h, z, k, qx, qy, h2, low, qx2, qy2, stride, tiles[t, 0], tiles[t, 1], tiles[t, 2], tiles[t, 3], numbers,
              kept, keeping, look, counts[t], report[t], lost[t])  # fmt: skip
