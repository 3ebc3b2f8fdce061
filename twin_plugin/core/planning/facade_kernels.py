"""The kernel that looks from an eye at points of facades along exact lines: past upright prisms, over the terrain."""

from __future__ import annotations

import math

import numpy as np
from numba import njit, prange

SEEN, TERRAIN, AWAY = -1, -2, -3
"""What a point is: seen, behind the terrain, or on a wall that faces away, out of reach or out of the field of view.
Else the prism that hides it."""
MOST_CUTS = 512
"""Crossings of one outline that are kept; more are those of a fractal."""


@njit(nogil=True, cache=True, error_model="numpy")
def _cuts(edges, first, last, x0, y0, dx, dy, found):  # type: ignore[no-untyped-def]
    """Where a line crosses the ring of an outline, as sorted shares of its length, before and beyond its ends too."""
    number = 0
    for e in range(first, last):
        ax, ay = edges[e, 0] - x0, edges[e, 1] - y0
        bx, by = edges[e, 2] - x0, edges[e, 3] - y0
        sa, sb = dx * ay - dy * ax, dx * by - dy * bx
        if (sa > 0.0) == (sb > 0.0) or number >= MOST_CUTS:
            continue
        w = sa / (sa - sb)
        px, py = ax + w * (bx - ax), ay + w * (by - ay)
        t = (px * dx + py * dy) / (dx * dx + dy * dy)
        n = number
        while n > 0 and found[n - 1] > t:
            found[n] = found[n - 1]
            n -= 1
        found[n] = t
        number += 1
    return number


@njit(nogil=True, cache=True, error_model="numpy")
def _note_crossings(index, prism, x0, y0, dx, dy, found, crossings, who, number):  # type: ignore[no-untyped-def]
    """Add the pieces of a line within an outline; returns how many pieces there are then."""
    edges, edge_first = index.edges, index.edge_first
    cuts = _cuts(edges, edge_first[prism], edge_first[prism + 1], x0, y0, dx, dy, found)
    for n in range(0, cuts - 1, 2):
        start, end = max(found[n], 0.0), min(found[n + 1], 1.0)
        if start < end and number < len(who):
            crossings[number, 0], crossings[number, 1] = start, end
            who[number] = prism
            number += 1
    return number


@njit(nogil=True, cache=True, error_model="numpy")
def cross(index, x0, y0, dx, dy, stamps, stamp, found, crossings, who):  # type: ignore[no-untyped-def]
    """The pieces of a line that lie within outlines: shares of its length and prisms; returns how many.

    The line walks from bin to bin (Amanatides and Woo 1987). `stamps` keeps which prisms were met under `stamp`.
    """
    west, south, width = index.corner[0], index.corner[1], index.corner[2]
    rows, columns = index.shape[0], index.shape[1]
    low, high = 0.0, 1.0
    for near, far, at, d in (
        (west, west + columns * width, x0, dx),
        (south, south + rows * width, y0, dy),
    ):
        if d != 0.0:
            a, b = (near - at) / d, (far - at) / d
            low, high = max(low, min(a, b)), min(high, max(a, b))
        elif at < near or at > far:
            return 0
    if low > high or not len(index.members):
        return 0
    c = min(max(int((x0 + low * dx - west) / width), 0), columns - 1)
    r = min(max(int((y0 + low * dy - south) / width), 0), rows - 1)
    step_c, step_r = (1 if dx > 0 else -1), (1 if dy > 0 else -1)
    next_c = (west + (c + (dx > 0)) * width - x0) / dx if dx != 0.0 else np.inf
    next_r = (south + (r + (dy > 0)) * width - y0) / dy if dy != 0.0 else np.inf
    each_c = abs(width / dx) if dx != 0.0 else np.inf
    each_r = abs(width / dy) if dy != 0.0 else np.inf
    number = 0
    while 0 <= c < columns and 0 <= r < rows:
        place = r * columns + c
        for m in range(index.bin_first[place], index.bin_first[place + 1]):
            prism = index.members[m]
            if stamps[prism] != stamp:
                stamps[prism] = stamp
                number = _note_crossings(index, prism, x0, y0, dx, dy, found, crossings, who, number)
        if min(next_c, next_r) > high:
            break
        if next_c < next_r:
            c += step_c
            next_c += each_c
        else:
            r += step_r
            next_r += each_r
    return number


@njit(nogil=True, cache=True, error_model="numpy")
def _height(ground, row, column):  # type: ignore[no-untyped-def]
    """Height of the terrain, linear between centres of cells; NaN off the terrain and next to no data."""
    r, c = math.floor(row), math.floor(column)
    if r < 0 or c < 0 or r + 1 >= ground.shape[0] or c + 1 >= ground.shape[1]:
        return np.nan
    fr, fc = row - r, column - c
    upper = ground[r, c] if fc == 0.0 else ground[r, c] + (ground[r, c + 1] - ground[r, c]) * fc
    if fr == 0.0:
        return upper
    lower = ground[r + 1, c] if fc == 0.0 else ground[r + 1, c] + (ground[r + 1, c + 1] - ground[r + 1, c]) * fc
    return upper + (lower - upper) * fr


@njit(nogil=True, cache=True, error_model="numpy")
def steepest_ground(ground, row0, column0, row1, column1, eye, fall):  # type: ignore[no-untyped-def]
    """The steepest rise from an eye to the terrain before a place, for the whole way to the place (m).

    The terrain is looked at wherever the line crosses a line or a column of centres. `fall` is what the whole way falls
    by the curvature.
    """
    steepest = -1e30
    for lines in range(2):
        start, end = (row0, row1) if lines == 0 else (column0, column1)
        way = end - start
        if way == 0.0:
            continue
        low, high = min(start, end), max(start, end)
        for k in range(math.floor(low) + 1, math.ceil(high)):
            t = (k - start) / way
            if lines == 0:
                z = _height(ground, float(k), column0 + t * (column1 - column0))
            else:
                z = _height(ground, row0 + t * (row1 - row0), float(k))
            if z == z and t > 0.0:
                steepest = max(steepest, (z - fall * t * t - eye) / t)
    return steepest


@njit(nogil=True, cache=True, error_model="numpy")
def _first_hiding(index, crossings, who, number, rise, eye, fall):  # type: ignore[no-untyped-def]
    """The prism that a line meets first, SEEN where there is none; `rise` is that of the whole line."""
    best, hiding = np.inf, SEEN
    for n in range(number):
        start, end = crossings[n, 0], crossings[n, 1]
        if start >= best:
            continue
        bottom, top = index.levels[who[n], 0], index.levels[who[n], 1]
        a = eye + rise * start + fall * start * start  # what the bodies are lowered by
        b = eye + rise * end + fall * end * end
        if min(a, b) < top and max(a, b) > bottom:
            best, hiding = start, who[n]
    return hiding


@njit(nogil=True, cache=True, parallel=True, error_model="numpy")
def look_at_facades(index, ground, frame, eye, field, columns, first, levels, hidden):  # type: ignore[no-untyped-def]
    """Whether an eye sees points that stand in columns on walls, and what hides them.

    Parameters
    ----------
    index : IndexArrays
    ground : float64 array, shape (rows, columns)
        NaN hides nothing; no rows for a plane without a terrain.
    frame : tuple of float
        West, north and cell of the terrain; the bend of the earth (1/m).
    eye : tuple of float
        x, y and elevation.
    field : tuple of float
        Reach (m); azimuth of the middle of the field of view and half its width (radians); tangents of its lowest and
        highest angle.
    columns : float64 array, shape (n, 4)
        x, y and the outward normal of the wall.
    first, levels : arrays
        Elevations of the points of column c: `levels[first[c] : first[c + 1]]`.
    hidden : int32 array
        Gets SEEN, TERRAIN, AWAY or the prism for each point.
    """
    tasks = min(16, len(columns))
    for task in prange(tasks):
        stamps = np.full(len(index.levels), -1, np.int64)
        found = np.empty(MOST_CUTS)
        most = max(64, 4 * len(index.levels))
        crossings, who = np.empty((most, 2)), np.empty(most, np.int64)
        for c in range(task, len(columns), tasks):
            _look_at_column(
                index, ground, frame, eye, field, columns[c], first[c], first[c + 1], levels, hidden, c, stamps, found,
                crossings, who,
            )  # fmt: skip


@njit(nogil=True, cache=True, error_model="numpy")
def _look_at_column(  # type: ignore[no-untyped-def]
    index, ground, frame, eye, field, column, begin, end, levels, hidden, c, stamps, found, crossings, who
):
    """Look at the points of one column."""
    west, north, cell, bend = frame
    x0, y0, eye_m = eye
    dx, dy = column[0] - x0, column[1] - y0
    distance = math.hypot(dx, dy)
    turn = (math.atan2(dx, dy) - field[1] + 5.0 * math.pi) % (2.0 * math.pi) - math.pi
    away = dx * column[2] + dy * column[3] >= 0.0 or distance > field[0] or abs(turn) > field[2]
    if away or distance == 0.0:
        hidden[begin:end] = AWAY
        return
    fall = bend * distance * distance
    number = cross(index, x0, y0, dx, dy, stamps, c, found, crossings, who)
    steepest = -1e30
    if len(ground):
        place = (north - y0) / cell - 0.5, (x0 - west) / cell - 0.5
        target = (north - column[1]) / cell - 0.5, (column[0] - west) / cell - 0.5
        steepest = steepest_ground(ground, *place, *target, eye_m, fall)
    for n in range(begin, end):
        rise = levels[n] - fall - eye_m
        if rise < field[3] * distance or rise > field[4] * distance:
            hidden[n] = AWAY
            continue
        hidden[n] = _first_hiding(index, crossings, who, number, rise, eye_m, fall)
        if hidden[n] == SEEN and rise < steepest - 1e-9:
            hidden[n] = TERRAIN
