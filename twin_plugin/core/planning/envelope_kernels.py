"""Kernels of skylines: what walls and terrain show to an eye, and the upper envelope of it with exact crossings.

Seen from an eye, a straight edge in space lies in a plane through the eye. So at azimuth q (clockwise from north) the
tangent of its elevation is a cos q + b sin q, whatever its direction and slope. Two such curves cross at most once in
less than half a turn, at an azimuth in closed form: the envelope has no sampling in it. An envelope is kept as pieces
around the whole circle, with the cosine and sine of where they begin.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

LEVEL = -1
"""Source of pieces where nothing rises above the level of the eye; a source below it is a ray of the terrain."""
TURN = 2.0 * math.pi
BINS = 4096
"""Parts of the circle in which arcs that are hidden everywhere are found before the envelope is built."""
LEAST = 1e-12
"""Differences of tangents and azimuths below it are rounding."""


@njit(cache=True, nogil=True)
def seen_arcs(x, y, eye_m, x0, y0, x1, y1, top_m, lowering):  # type: ignore[no-untyped-def]
    """The walls that face an eye and rise above it: begin and end in azimuth (maybe beyond a turn), a, b, wall.

    The inside of walls lies on their left. `lowering` times the square of the distance is taken off the heights of
    both ends of a wall.
    """
    count = len(x0)
    start, end = np.empty(count), np.empty(count)
    a, b = np.empty(count), np.empty(count)
    wall = np.empty(count, np.int64)
    found = 0
    for k in range(count):
        height = top_m[k] - eye_m
        if height <= 0.0:
            continue
        east0, north0, east1, north1 = x0[k] - x, y0[k] - y, x1[k] - x, y1[k] - y
        area = east0 * north1 - north0 * east1
        if area >= 0.0:
            continue
        z0 = height - lowering * (east0 * east0 + north0 * north0)
        z1 = height - lowering * (east1 * east1 + north1 * north1)
        if z0 <= 0.0 and z1 <= 0.0:
            continue
        first = math.atan2(east0, north0)
        last = math.atan2(east1, north1)
        if first < 0.0:
            first += TURN
        if last < 0.0:
            last += TURN
        if last < first:
            last += TURN
        if last - first < LEAST:
            continue
        start[found], end[found], wall[found] = first, last, k
        a[found] = (z1 * east0 - z0 * east1) / area
        b[found] = (z0 * north1 - z1 * north0) / area
        found += 1
    return start[:found], end[:found], a[:found], b[:found], wall[:found]


@njit(cache=True, nogil=True)
def _may_show(start, end, a, b):  # type: ignore[no-untyped-def]
    """Which arcs are not below others in every part of the circle that they touch."""
    step = TURN / BINS
    cosine, sine = np.empty(BINS), np.empty(BINS)
    for k in range(BINS):
        cosine[k], sine[k] = math.cos(k * step), math.sin(k * step)
    least = np.zeros(BINS)
    for k in range(len(start)):
        # Where it is positive a curve is concave: between two places it is nowhere below the lower one.
        first, last = math.ceil(start[k] / step), math.floor(end[k] / step)
        for place in range(first, last):
            here, there = place % BINS, (place + 1) % BINS
            low = min(a[k] * cosine[here] + b[k] * sine[here], a[k] * cosine[there] + b[k] * sine[there])
            least[here] = max(least[here], low)
    shows = np.zeros(len(start), np.bool_)
    for k in range(len(start)):
        peak = math.atan2(b[k], a[k])
        if peak < start[k]:
            peak += TURN
        if peak <= end[k]:
            highest = math.hypot(a[k], b[k])
        else:
            highest = max(
                a[k] * math.cos(start[k]) + b[k] * math.sin(start[k]), a[k] * math.cos(end[k]) + b[k] * math.sin(end[k])
            )
        for place in range(int(start[k] / step), int(end[k] / step) + 1):
            if highest > least[place % BINS]:
                shows[k] = True
                break
    return shows


@njit(cache=True, nogil=True)
def _put(out, at, azimuth, cosine, sine, a, b, source):  # type: ignore[no-untyped-def]
    """Add a piece to an envelope that reaches to `at`, or go on with its last one; the new number of pieces."""
    if at > 0:
        if source == out[5][at - 1] and a == out[3][at - 1] and b == out[4][at - 1]:
            return at
        if azimuth - out[0][at - 1] < LEAST:
            at -= 1  # the last one has no width: this one takes its place
            azimuth, cosine, sine = out[0][at], out[1][at], out[2][at]
            if at > 0 and source == out[5][at - 1] and a == out[3][at - 1] and b == out[4][at - 1]:
                return at
    out[0][at], out[1][at], out[2][at] = azimuth, cosine, sine
    out[3][at], out[4][at], out[5][at] = a, b, source
    return at + 1


@njit(cache=True, nogil=True)
def _room(count):  # type: ignore[no-untyped-def]
    """Room for an envelope: azimuth, its cosine and sine, a, b, source."""
    return (
        np.empty(count),
        np.empty(count),
        np.empty(count),
        np.empty(count),
        np.empty(count),
        np.empty(count, np.int64),
    )


@njit(cache=True, nogil=True)
def _join(one, i, one_end, two, j, two_end, out, at):  # type: ignore[no-untyped-def]
    """The upper envelope of two, given by ranges of pieces, put into `out` from `at`; the end there."""
    begin = at
    head = (out[0][begin:], out[1][begin:], out[2][begin:], out[3][begin:], out[4][begin:], out[5][begin:])
    count = 0
    azimuth, cosine, sine = one[0][i], one[1][i], one[2][i]
    while True:
        next_one = one[0][i + 1] if i + 1 < one_end else TURN
        next_two = two[0][j + 1] if j + 1 < two_end else TURN
        if next_one < next_two:
            until, until_cosine, until_sine = next_one, one[1][i + 1], one[2][i + 1]
        elif j + 1 < two_end:
            until, until_cosine, until_sine = next_two, two[1][j + 1], two[2][j + 1]
        else:
            until, until_cosine, until_sine = TURN, 1.0, 0.0
        da, db = one[3][i] - two[3][j], one[4][i] - two[4][j]
        here = da * cosine + db * sine
        there = da * until_cosine + db * until_sine
        crosses = (here > LEAST and there < -LEAST) or (here < -LEAST and there > LEAST)
        first = here + there >= 0.0 if not crosses else here > 0.0
        if first:
            count = _put(head, count, azimuth, cosine, sine, one[3][i], one[4][i], one[5][i])
        else:
            count = _put(head, count, azimuth, cosine, sine, two[3][j], two[4][j], two[5][j])
        if crosses:
            place = math.atan2(-da, db)
            if place < 0.0:
                place += math.pi
            if place < azimuth:
                place += math.pi
            place = min(max(place, azimuth), until)
            c, s = math.cos(place), math.sin(place)
            if first:
                count = _put(head, count, place, c, s, two[3][j], two[4][j], two[5][j])
            else:
                count = _put(head, count, place, c, s, one[3][i], one[4][i], one[5][i])
        if until >= TURN:
            return begin + count
        if next_one <= until:
            i += 1
        if next_two <= until:
            j += 1
        azimuth, cosine, sine = until, until_cosine, until_sine


@njit(cache=True, nogil=True)
def _leaves(start, end, a, b, wall, order):  # type: ignore[no-untyped-def]
    """An envelope for each arc: the arc, and the level around it. Their pieces, and where each begins."""
    count = len(order)
    out = _room(3 * count)
    first = np.empty(count + 1, np.int64)
    at = 0
    for number in range(count):
        k = order[number]
        first[number] = at
        one, last = start[k], end[k]
        if last > TURN:
            last -= TURN
            out[0][at], out[1][at], out[2][at] = 0.0, 1.0, 0.0
            out[3][at], out[4][at], out[5][at] = a[k], b[k], wall[k]
            out[0][at + 1], out[1][at + 1], out[2][at + 1] = last, math.cos(last), math.sin(last)
            out[3][at + 1], out[4][at + 1], out[5][at + 1] = 0.0, 0.0, LEVEL
            out[0][at + 2], out[1][at + 2], out[2][at + 2] = one, math.cos(one), math.sin(one)
            out[3][at + 2], out[4][at + 2], out[5][at + 2] = a[k], b[k], wall[k]
            at += 3
            continue
        if one > 0.0:
            out[0][at], out[1][at], out[2][at] = 0.0, 1.0, 0.0
            out[3][at], out[4][at], out[5][at] = 0.0, 0.0, LEVEL
            at += 1
        out[0][at], out[1][at], out[2][at] = one, math.cos(one), math.sin(one)
        out[3][at], out[4][at], out[5][at] = a[k], b[k], wall[k]
        at += 1
        if last < TURN:
            out[0][at], out[1][at], out[2][at] = last, math.cos(last), math.sin(last)
            out[3][at], out[4][at], out[5][at] = 0.0, 0.0, LEVEL
            at += 1
    first[count] = at
    return out, first


@njit(cache=True, nogil=True)
def _level():  # type: ignore[no-untyped-def]
    """The envelope of nothing."""
    out = _room(1)
    out[0][0], out[1][0], out[2][0], out[3][0], out[4][0], out[5][0] = 0.0, 1.0, 0.0, 0.0, 0.0, LEVEL
    return out


@njit(cache=True, nogil=True)
def envelope_of_arcs(start, end, a, b, wall):  # type: ignore[no-untyped-def]
    """The upper envelope of arcs and the level of the eye: azimuth, its cosine and sine, a, b and source of each piece.

    Neighbours in azimuth are joined two by two, then what came out of it, and so on (divide and conquer).
    """
    shows = np.flatnonzero(_may_show(start, end, a, b))
    if len(shows) == 0:
        return _level()
    order = shows[np.argsort(start[shows], kind="mergesort")]
    pieces, first = _leaves(start, end, a, b, wall, order)
    while len(first) > 2:
        count = len(first) - 1
        joined = (count + 1) // 2
        out = _room(2 * len(pieces[0]) + 2)
        begin = np.empty(joined + 1, np.int64)
        at = 0
        for number in range(joined):
            begin[number] = at
            left, right = 2 * number, 2 * number + 1
            if right < count:
                at = _join(pieces, first[left], first[right], pieces, first[right], first[right + 1], out, at)
                continue
            for k in range(first[left], first[right]):
                out[0][at], out[1][at], out[2][at] = pieces[0][k], pieces[1][k], pieces[2][k]
                out[3][at], out[4][at], out[5][at] = pieces[3][k], pieces[4][k], pieces[5][k]
                at += 1
        begin[joined] = at
        pieces = (out[0][:at], out[1][:at], out[2][:at], out[3][:at], out[4][:at], out[5][:at])
        first = begin
    return pieces


@njit(cache=True, nogil=True)
def upper_of(one, two):  # type: ignore[no-untyped-def]
    """The upper envelope of two envelopes."""
    out = _room(2 * (len(one[0]) + len(two[0])) + 2)
    at = _join(one, 0, len(one[0]), two, 0, len(two[0]), out, 0)
    return (
        out[0][:at].copy(), out[1][:at].copy(), out[2][:at].copy(), out[3][:at].copy(), out[4][:at].copy(),
        out[5][:at].copy(),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def terrain_horizon(heights, highest_m, west, north, cell_m, x, y, eye_m, lowering, rays):  # type: ignore[no-untyped-def]
    """Tangent of the horizon on each ray and how far it is: 0 and 0 where no terrain rises above the eye.

    A ray takes the height where it crosses the lines through the cells' centres along the longer axis, interpolated
    between the two cells there, from one cell away on; no data hides nothing.
    """
    rows, columns = heights.shape
    tangent, distance = np.zeros(rays), np.zeros(rays)
    if rows < 2 or columns < 2:
        return tangent, distance
    column, row = (x - west) / cell_m - 0.5, (north - y) / cell_m - 0.5
    for ray in range(rays):
        azimuth = ray * TURN / rays
        east, south = math.sin(azimuth), -math.cos(azimuth)
        along_rows = abs(east) >= abs(south)
        ahead, aside = (column, row) if along_rows else (row, column)
        pace, drift = (east, south) if along_rows else (south, east)
        most, widest = (columns, rows) if along_rows else (rows, columns)
        sign = 1 if pace > 0.0 else -1
        drift /= abs(pace)
        line = math.ceil(ahead + abs(pace)) if sign > 0 else math.floor(ahead - abs(pace))
        line = int(line)
        best, where = 0.0, 0.0
        if sign > 0 and line < 0:
            line = 0
        elif sign < 0 and line > most - 1:
            line = most - 1
        while 0 <= line < most:
            walked = abs(line - ahead)
            reach = walked * cell_m / abs(pace)
            fall = lowering * reach * reach
            if highest_m - eye_m - fall <= best * reach:
                break
            place = aside + drift * walked
            if 0.0 <= place <= widest - 1:
                low = min(int(place), widest - 2)
                share = place - low
                if along_rows:
                    height = (1.0 - share) * heights[low, line] + share * heights[low + 1, line]
                else:
                    height = (1.0 - share) * heights[line, low] + share * heights[line, low + 1]
                rise = (height - eye_m - fall) / reach
                if rise > best:
                    best, where = rise, reach
            elif (place < 0.0 and drift <= 0.0) or (place > widest - 1 and drift >= 0.0):
                break
            line += sign
        tangent[ray], distance[ray] = best, where
    return tangent, distance


@njit(cache=True, nogil=True)
def envelope_of_rays(tangent):  # type: ignore[no-untyped-def]
    """The horizon on rays as an envelope: a straight edge in space from ray to ray. The source of ray n is -2 - n."""
    rays = len(tangent)
    out = _room(rays)
    step = TURN / rays
    turn = math.sin(step)
    count = 0
    for ray in range(rays):
        azimuth, until = ray * step, (ray + 1) * step
        here, there = tangent[ray], tangent[(ray + 1) % rays]
        a = (here * math.sin(until) - there * math.sin(azimuth)) / turn
        b = (there * math.cos(azimuth) - here * math.cos(until)) / turn
        source = LEVEL if here == 0.0 and there == 0.0 else LEVEL - 1 - ray
        count = _put(out, count, azimuth, math.cos(azimuth), math.sin(azimuth), a, b, source)
    return out[0][:count], out[1][:count], out[2][:count], out[3][:count], out[4][:count], out[5][:count]
