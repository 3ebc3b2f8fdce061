"""The kernel of sunlight at points: exact times in which upright bodies stand between a point and the sun.

The sun of a day moves on a cone about the axis of the earth. A wall seen from a point is a cone of three or four planes
through the point, and the sun is on the inner side of a plane during one arc of its hour angle H, whose ends have a
closed form: p sin H + q cos H + r tan(declination) = 0. The declination is linear in H, and inserted again at each end.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

BINS = 72
"""Directions by which bodies that cannot reach the sun are passed over."""
BLOCK_CELLS = 4
"""Cells of the grid of bodies along a side of a block."""
_PIECES = 32
"""Room for the pieces of a band: each plane adds one or two at most."""
_TOUCHING = 1e-9
"""Pieces with a smaller gap, in radians of hour angle (14 microseconds), are one: rounding at the corner of a wall."""
_TURN = 2.0 * math.pi


@njit(nogil=True, cache=True, error_model="numpy")
def _end(middle, side, ratio, tan0, tan1):  # type: ignore[no-untyped-def]
    """One end of an arc: H = middle + side * acos(ratio * tan(declination at H))."""
    at = middle
    for _ in range(3):
        turned = at - _TURN if at > math.pi else at + _TURN if at < -math.pi else at
        at = middle + side * math.acos(min(max(ratio * (tan0 + tan1 * turned), -1.0), 1.0))
    return at


@njit(nogil=True, cache=True, error_model="numpy")
def _cut(pieces, count, nx, ny, nz, sun):  # type: ignore[no-untyped-def]
    """Keep of some pieces of the day those in which the sun is on the side of a plane to which its normal shows.

    `pieces` is an array of shape (2, 2, n): the pieces are in its first half, the second is room. Returns their number.
    """
    sin_lat, cos_lat, sin_map, cos_map, tan0, tan1 = sun[0], sun[1], sun[2], sun[3], sun[4], sun[5]
    a, b = nx * cos_map + ny * sin_map, ny * cos_map - nx * sin_map
    p, q, r = -a, nz * cos_lat - b * sin_lat, b * cos_lat + nz * sin_lat
    size, middle = math.hypot(p, q), math.atan2(p, q)
    ratio = -r / max(size, 1e-300)
    first, last = _end(middle, -1.0, ratio, tan0, tan1), _end(middle, 1.0, ratio, tan0, tan1)
    kept = 0
    for i in range(count):
        for turn in (-_TURN, 0.0, _TURN):
            low, high = max(pieces[0, 0, i], first + turn), min(pieces[0, 1, i], last + turn)
            if high > low and kept < _PIECES:
                pieces[1, 0, kept], pieces[1, 1, kept] = low, high
                kept += 1
    for i in range(kept):
        pieces[0, 0, i], pieces[0, 1, i] = pieces[1, 0, i], pieces[1, 1, i]
    return kept


@njit(nogil=True, cache=True, error_model="numpy")
def _between(pieces, count, cx, cy, dx, dy, sun):  # type: ignore[no-untyped-def]
    """Keep the pieces in which the sun's bearing lies between two directions, d less than half a turn left of c."""
    count = _cut(pieces, count, -cy, cx, 0.0, sun)
    return _cut(pieces, count, dy, -dx, 0.0, sun) if count else 0


@njit(nogil=True, cache=True, error_model="numpy")
def _grown(found, count, more):  # type: ignore[no-untyped-def]
    """An array of pieces (rows from, to, object) with room for `more` behind the first `count`."""
    if count + more <= found.shape[1]:
        return found
    wider = np.empty((found.shape[0], 2 * found.shape[1] + more))
    wider[:, :count] = found[:, :count]
    return wider


@njit(nogil=True, cache=True, error_model="numpy")
def _low_between(low, east, north, half):  # type: ignore[no-untyped-def]
    """The lowest tangent of the sun's altitude in directions at most `half` (radians) from one, else infinity."""
    azimuth = math.atan2(east, north)
    first, last = math.floor((azimuth - half) / _TURN * BINS), math.floor((azimuth + half) / _TURN * BINS)
    if last - first >= BINS:
        first, last = 0, BINS - 1
    found = np.inf
    for i in range(first, last + 1):
        found = min(found, low[i % BINS])
    return found


@njit(nogil=True, cache=True, error_model="numpy")
def _is_low(height, east, north, radius, low):  # type: ignore[no-untyped-def]
    """Whether nothing so high and within a circle can stand before the sun."""
    far = math.hypot(east, north)
    if height <= 0.0 or far <= radius:
        return height <= 0.0
    return height <= (far - radius) * _low_between(low, east, north, math.asin(radius / far))


@njit(nogil=True, cache=True, error_model="numpy")
def _walls(found, count, at, body, walls, possible, many, pieces, sun):  # type: ignore[no-untyped-def]
    """Append the times in which the sun is behind a wall of a body, seen from outside, and return array and count."""
    x, y, z = at
    bottom, top, owner, start, end = body[2], body[3], body[5], int(body[6]), int(body[7])
    for e in range(start, end):
        ax, ay, bx, by = walls[e, 0] - x, walls[e, 1] - y, walls[e, 2] - x, walls[e, 3] - y
        cross = ax * by - ay * bx
        if cross >= 0.0:
            continue
        pieces[0, :, :many] = possible[:, :many]
        left = _between(pieces, many, bx, by, ax, ay, sun)
        if left:
            h = top - z
            left = _cut(pieces, left, h * (ay - by), h * (bx - ax), cross, sun)
        if left and bottom > z:
            h = z - bottom
            left = _cut(pieces, left, h * (ay - by), h * (bx - ax), -cross, sun)
        found = _grown(found, count, left)
        for i in range(left):
            found[0, count], found[1, count], found[2, count] = pieces[0, 0, i], pieces[0, 1, i], owner
            count += 1
    return found, count


@njit(nogil=True, cache=True, error_model="numpy")
def _underside(found, count, at, body, walls, possible, many, pieces, sun):  # type: ignore[no-untyped-def]
    """Append the times in which the ray enters a body from below.

    It does so while it meets the plane of the underside within the outline: within an odd number of the triangles of
    the point and an edge.
    """
    x, y, z = at
    h, owner, start, end = body[2] - z, body[5], int(body[6]), int(body[7])
    changes, toggles = np.empty(2 * _PIECES), 0
    for e in range(start, end):
        ax, ay, bx, by = walls[e, 0] - x, walls[e, 1] - y, walls[e, 2] - x, walls[e, 3] - y
        cross = ax * by - ay * bx
        if cross == 0.0:
            continue
        if cross < 0.0:
            ax, ay, bx, by, cross = bx, by, ax, ay, -cross
        pieces[0, 0, 0], pieces[0, 1, 0] = -math.pi, math.pi
        left = _between(pieces, 1, ax, ay, bx, by, sun)
        if left:
            left = _cut(pieces, left, h * (ay - by), h * (bx - ax), cross, sun)
        if toggles + 2 * left > changes.shape[0]:
            longer = np.empty(2 * changes.shape[0] + 2 * left)
            longer[:toggles] = changes[:toggles]
            changes = longer
        for i in range(left):
            changes[toggles], changes[toggles + 1] = pieces[0, 0, i], pieces[0, 1, i]
            toggles += 2
    times = np.sort(changes[:toggles])
    for i in range(0, toggles - 1, 2):
        for k in range(many):
            low, high = max(times[i], possible[0, k]), min(times[i + 1], possible[1, k])
            if high > low:
                found = _grown(found, count, 1)
                found[0, count], found[1, count], found[2, count] = low, high, owner
                count += 1
    return found, count


@njit(nogil=True, cache=True, error_model="numpy")
def _search(found, count, at, city, low, seen, mark, possible, many, pieces, sun):  # type: ignore[no-untyped-def]
    """Append what all bodies take from a point: cells that are too low are passed over, whole blocks of them first."""
    bodies, walls, grid, starts, members, tops, blocks = city
    x, y, z = at
    west, south, size, columns, rows = grid[0], grid[1], grid[2], int(grid[3]), int(grid[4])
    wide, (high, across) = size * BLOCK_CELLS, blocks.shape
    reach = (grid[5] - z) / low.min()
    if not reach > 0.0:
        return found, count
    b0, b1 = max(math.floor((y - reach - south) / wide), 0), min(math.floor((y + reach - south) / wide), high - 1)
    a0, a1 = max(math.floor((x - reach - west) / wide), 0), min(math.floor((x + reach - west) / wide), across - 1)
    for block in range(max(b1 - b0 + 1, 0) * max(a1 - a0 + 1, 0)):
        b, a = b0 + block // (a1 - a0 + 1), a0 + block % (a1 - a0 + 1)
        r0, c0 = b * BLOCK_CELLS, a * BLOCK_CELLS
        east, north = west + (a + 0.5) * wide - x, south + (b + 0.5) * wide - y
        if _is_low(blocks[b, a] - z, east, north, wide * 0.70711, low):
            continue
        for r in range(r0, min(r0 + BLOCK_CELLS, rows)):
            for c in range(c0, min(c0 + BLOCK_CELLS, columns)):
                cell = r * columns + c
                east, north = west + (c + 0.5) * size - x, south + (r + 0.5) * size - y
                if _is_low(tops[cell] - z, east, north, size * 0.70711, low):
                    continue
                for m in range(starts[cell], starts[cell + 1]):
                    number = members[m]
                    if seen[number] == mark:
                        continue
                    seen[number] = mark
                    body = bodies[number]
                    if _is_low(body[3] - z, body[0] - x, body[1] - y, body[4], low):
                        continue
                    found, count = _walls(found, count, at, body, walls, possible, many, pieces, sun)
                    if body[2] > z:
                        found, count = _underside(found, count, at, body, walls, possible, many, pieces, sun)
    return found, count


@njit(nogil=True, cache=True, error_model="numpy")
def _joined(found, count):  # type: ignore[no-untyped-def]
    """Join the pieces of each object that overlap or touch, ordered by object and time; returns array and number."""
    order = np.argsort(found[0, :count], kind="mergesort")
    order = order[np.argsort(found[2, order], kind="mergesort")]
    joined, last = np.empty((3, count)), -1
    for i in order:
        if last >= 0 and joined[2, last] == found[2, i] and found[0, i] <= joined[1, last] + _TOUCHING:
            joined[1, last] = max(joined[1, last], found[1, i])
        else:
            last += 1
            joined[:, last] = found[:, i]
    return joined, last + 1


@njit(nogil=True, cache=True, error_model="numpy")
def _take(joined, number, takes, taken, point):  # type: ignore[no-untyped-def]
    """Append how long each object takes the sun, and how long it alone (rows point, object, length, alone)."""
    times, sign, who = np.empty(2 * number), np.empty(2 * number), np.empty(2 * number)
    first = taken
    takes = _grown(takes, taken, number)
    for i in range(number):
        times[i], sign[i], who[i] = joined[0, i], 1.0, joined[2, i]
        times[number + i], sign[number + i], who[number + i] = joined[1, i], -1.0, joined[2, i]
        if taken == first or takes[1, taken - 1] != joined[2, i]:
            takes[0, taken], takes[1, taken], takes[2, taken], takes[3, taken] = point, joined[2, i], 0.0, 0.0
            taken += 1
        takes[2, taken - 1] += joined[1, i] - joined[0, i]
    active, sum_of, before = 0.0, 0.0, 0.0
    for i in np.argsort(times, kind="mergesort"):
        if active == 1.0 and times[i] > before:
            for k in range(first, taken):
                if takes[1, k] == sum_of:
                    takes[3, k] += times[i] - before
        active += sign[i]
        sum_of += sign[i] * who[i]
        before = times[i]
    return takes, taken


@njit(nogil=True, cache=True, error_model="numpy")
def _leave(joined, number, possible, many, lit, left, point):  # type: ignore[no-untyped-def]
    """Append the times that nothing takes (rows point, from, to). A ray that only grazes a corner is not taken."""
    blocked, kept = np.zeros((3, number)), 0
    for i in range(number):
        if joined[1, i] - joined[0, i] > _TOUCHING:
            blocked[0, kept], blocked[1, kept] = joined[0, i], joined[1, i]
            kept += 1
    blocked, number = _joined(blocked, kept)
    for k in np.argsort(possible[0, :many]):
        at = possible[0, k]
        for i in range(number + 1):
            end = min(blocked[0, i], possible[1, k]) if i < number else possible[1, k]
            if end > at + _TOUCHING:
                lit = _grown(lit, left, 1)
                lit[0, left], lit[1, left], lit[2, left] = point, at, end
                left += 1
            if i < number:
                at = max(at, blocked[1, i])
    return lit, left


@njit(nogil=True, cache=True, error_model="numpy")
def light_points(points, first, last, city, low, band, lean, sun):  # type: ignore[no-untyped-def]
    """When points `first` to before `last` have the sun, and what takes it from them.

    Parameters
    ----------
    points : float64 array of shape (6, n)
        x, y, z, the unit vector to which the wall faces (0, 0 for a point without one), and half the width of the
        window: with one, the sun must reach both ends.
    city : tuple of arrays
        Bodies, float64 of shape (bodies, 8): x, y of the centre, bottom, top, radius, object, first wall and the one
        after the last. Walls, float64 of shape (walls, 4): x, y of both ends, the body on the left. Bodies by cell of
        a grid: west, south, width, columns, rows, highest top; starts and members: the bodies of cell i are
        members[starts[i]:starts[i + 1]]; highest top of each cell, and of each block of BLOCK_CELLS by BLOCK_CELLS.
    low : float64 array of shape (BINS,)
        The lowest tangent of the sun's altitude in each direction, from north clockwise; infinite without sun.
    band : (float, float)
        Hour angles.
    lean : (float, float)
        Sine and cosine of the smallest angle between ray and wall in plan.
    sun : float64 array of shape (6,)
        Sine and cosine of the latitude, and of the bearing of the map's north; tan(declination) at noon, and its rate.

    Returns
    -------
    lit : float64 array of shape (3, pieces)
        Point, and the hour angles from which to which it is lit.
    takes : float64 array of shape (4, rows)
        Point, object, and for how long the object stands before the sun, and it alone; radians of hour angle.
    possible : float64 array of shape (last - first,)
        How long the sun stands before the wall within the band, whatever stands around.
    """
    pieces, possible = np.empty((2, 2, _PIECES)), np.empty((2, _PIECES))
    found, lit, takes = np.empty((3, 64)), np.empty((3, 256)), np.empty((4, 256))
    total = np.zeros(last - first)
    seen = np.zeros(city[0].shape[0], np.int64)
    left = taken = mark = 0
    for p in range(first, last):
        x, y, z, nx, ny, half = points[0, p], points[1, p], points[2, p], points[3, p], points[4, p], points[5, p]
        pieces[0, 0, 0], pieces[0, 1, 0], many = band[0], band[1], 1
        if nx != 0.0 or ny != 0.0:
            many = _cut(pieces, many, nx * lean[1] - ny * lean[0], ny * lean[1] + nx * lean[0], 0.0, sun)
            many = _cut(pieces, many, nx * lean[1] + ny * lean[0], ny * lean[1] - nx * lean[0], 0.0, sun)
        for i in range(many):
            possible[0, i], possible[1, i] = pieces[0, 0, i], pieces[0, 1, i]
            total[p - first] += pieces[0, 1, i] - pieces[0, 0, i]
        count = 0
        for side in (-1.0, 1.0):
            mark += 1
            at = (x - side * half * ny, y + side * half * nx, z)
            if many and (side < 0.0 or half > 0.0):
                found, count = _search(found, count, at, city, low, seen, mark, possible, many, pieces, sun)
        joined, number = _joined(found, count)
        takes, taken = _take(joined, number, takes, taken, p)
        lit, left = _leave(joined, number, possible, many, lit, left, p)
    return lit[:, :left].copy(), takes[:, :taken].copy(), total
