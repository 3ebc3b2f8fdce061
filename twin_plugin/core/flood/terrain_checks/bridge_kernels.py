"""Kernels that find decks which dam a channel, and cut a way through them."""

from __future__ import annotations

import numpy as np
from numba import njit

HIGH_COST, LOW_COST = 1000, 1
"""A way over low cells costs so little that only high ones count."""
LEVEL_M = 0.1
"""The bed behind a deck may lie so much above the one before it: that is noise of measured beds."""
DOWN4 = (-1, 0, 0, 1)
RIGHT4 = (0, -1, 1, 0)


@njit(nogil=True, cache=True)
def _push(keys, items, size, key, item):  # type: ignore[no-untyped-def]
    """Add to a heap that gives the least key, and of equal keys the least item; returns its size."""
    at = size
    while at > 0:
        up = (at - 1) // 2
        if keys[up] < key or (keys[up] == key and items[up] <= item):
            break
        keys[at], items[at] = keys[up], items[up]
        at = up
    keys[at], items[at] = key, item
    return size + 1


@njit(nogil=True, cache=True)
def _pop(keys, items, size):  # type: ignore[no-untyped-def]
    """Take the first off a heap: (key, item, size)."""
    first_key, first_item = keys[0], items[0]
    size -= 1
    key, item = keys[size], items[size]
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        other = child + 1
        if other < size and (keys[other] < keys[child] or (keys[other] == keys[child] and items[other] < items[child])):
            child = other
        if key < keys[child] or (key == keys[child] and item <= items[child]):
            break
        keys[at], items[at] = keys[child], items[child]
        at = child
    keys[at], items[at] = key, item
    return first_key, first_item, size


@njit(nogil=True, cache=True)
def _dammed(heights, r0, c0, search, deck_m, flooded, stamp, keys, items):  # type: ignore[no-untyped-def]
    """Whether water at a cell must rise by `deck_m` to run to a lower one; marks the cells that it reaches below."""
    side, bed = 2 * search + 1, heights[r0, c0]
    size = _push(keys, items, 0, bed, search * side + search)
    flooded[search * side + search] = stamp
    while size > 0:
        h, item, size = _pop(keys, items, size)
        r, c = item // side, item % side
        if h < bed or (h == bed and item < search * side + search):
            return False
        for k in range(4):
            y, x = r + DOWN4[k], c + RIGHT4[k]
            if not (0 <= y < side and 0 <= x < side):
                continue
            if flooded[y * side + x] == stamp:
                continue
            n = heights[r0 + y - search, c0 + x - search]
            if np.isnan(n):
                return False
            if n < bed + deck_m:
                flooded[y * side + x] = stamp
                size = _push(keys, items, size, n, y * side + x)
    return True


@njit(nogil=True, cache=True)
def _has_banks(heights, r, c, down, right, width, bank_m):  # type: ignore[no-untyped-def]
    """Whether the ground rises on both sides of a cell, in a direction and against it, within `width` cells."""
    rows, columns = heights.shape
    for sign in (-1, 1):
        rises = False
        for k in range(1, width + 1):
            y, x = r + sign * k * down, c + sign * k * right
            if not (0 <= y < rows and 0 <= x < columns) or np.isnan(heights[y, x]):
                break
            if heights[y, x] >= heights[r, c] + bank_m:
                rises = True
                break
        if not rises:
            return False
    return True


@njit(nogil=True, cache=True)
def _across(way, length, side):  # type: ignore[no-untyped-def]
    """The direction across a way of window cells, along a row or a column: (down, right)."""
    down = way[0] // side - way[length - 1] // side
    right = way[0] % side - way[length - 1] % side
    return (0, 1) if abs(down) >= abs(right) else (1, 0)


@njit(nogil=True, cache=True)
def _bounds(heights, r, c, across, width, level):  # type: ignore[no-untyped-def]
    """How far to both sides of a cell the ground stays below a level: (least step, greatest step)."""
    rows, columns = heights.shape
    low, high = 0, 0
    for sign in (-1, 1):
        for k in range(1, width + 1):
            y, x = r + sign * k * across[0], c + sign * k * across[1]
            if not (0 <= y < rows and 0 <= x < columns) or not heights[y, x] < level:
                break
            if sign < 0:
                low = -k
            else:
                high = k
    return low, high


@njit(nogil=True, cache=True)
def _cut(heights, start, end, across, width, level, cut):  # type: ignore[no-untyped-def]
    """Lower what lies between two cells of a channel, as wide as the channel is at both, to beds between theirs.

    `start` and `end` are (row, column); `level` is what the channel lies below.
    """
    rows, columns = heights.shape
    low0, high0 = _bounds(heights, start[0], start[1], across, width, level)
    low1, high1 = _bounds(heights, end[0], end[1], across, width, level)
    down, right = end[0] - start[0], end[1] - start[1]
    steps = max(abs(down), abs(right))
    along = (np.sign(down), 0) if across[1] else (0, np.sign(right))
    shift = right if across[1] else down
    before_low, before_high = low0, high0
    for i in range(steps + 1):
        share = i / steps
        low = int(np.floor(low0 + share * (shift + low1 - low0) + 0.5))
        high = int(np.floor(high0 + share * (shift + high1 - high0) + 0.5))
        low, high = min(low, before_high), max(high, before_low)  # cells of one row touch those of the next by a side
        for k in range(low, high + 1):
            y, x = start[0] + i * along[0] + k * across[0], start[1] + i * along[1] + k * across[1]
            if not (0 <= y < rows and 0 <= x < columns):
                continue
            place = (k - low) / max(1, high - low)
            k0 = int(np.floor(low0 + place * (high0 - low0) + 0.5))
            k1 = int(np.floor(low1 + place * (high1 - low1) + 0.5))
            bed0 = heights[start[0] + k0 * across[0], start[1] + k0 * across[1]]
            bed1 = heights[end[0] + k1 * across[0], end[1] + k1 * across[1]]
            bed = bed0 + share * (bed1 - bed0)
            if cut[y, x] > bed + LEVEL_M:
                cut[y, x] = bed
        before_low, before_high = low, high


@njit(nogil=True, cache=True)
def _way_back(heights, r0, c0, search, item, back, flooded, stamp, way):  # type: ignore[no-untyped-def]
    """Write a way from a cell back to the last low cell before the deck into `way`; returns its length."""
    side, length, at = 2 * search + 1, 0, item
    while at >= 0:
        way[length] = at
        length += 1
        if flooded[at] == stamp and heights[r0 + at // side - search, c0 + at % side - search] <= (
            heights[r0, c0] + LEVEL_M
        ):
            break
        at = back[at]
    return length


@njit(nogil=True, cache=True)
def _open_one(heights, r0, c0, search, breach, width, bank_m, flooded, stamp, space, cut):  # type: ignore[no-untyped-def]
    """Cut the way from a dammed cell with the fewest high cells that has banks at both ends; whether there is one."""
    keys, items, cost, back, way = space
    side, bed = 2 * search + 1, heights[r0, c0]
    start = search * side + search
    cost[:] = np.iinfo(np.int64).max
    cost[start], back[start] = 0, -1
    size = _push(keys, items, 0, 0.0, start)
    while size > 0:
        price, item, size = _pop(keys, items, size)
        if price > cost[item]:
            continue
        end = (r0 + item // side - search, c0 + item % side - search)
        if flooded[item] != stamp and heights[end] <= bed + LEVEL_M:
            length = _way_back(heights, r0, c0, search, item, back, flooded, stamp, way)
            across = _across(way, length, side)
            before = (r0 + way[length - 1] // side - search, c0 + way[length - 1] % side - search)
            banks = _has_banks(heights, *end, *across, width, bank_m)
            if banks and _has_banks(heights, *before, *across, width, bank_m):
                _cut(heights, before, end, across, width, bed + bank_m, cut)
                return True
        for k in range(4):
            y, x = item // side + DOWN4[k], item % side + RIGHT4[k]
            if not (0 <= y < side and 0 <= x < side):
                continue
            n = heights[r0 + y - search, c0 + x - search]
            if np.isnan(n):
                continue
            more = cost[item] + (HIGH_COST if n > bed + LEVEL_M else LOW_COST)
            if more < cost[y * side + x] and more < HIGH_COST * (breach + 1):
                cost[y * side + x], back[y * side + x] = more, item
                size = _push(keys, items, size, float(more), y * side + x)
    return False


@njit(nogil=True, cache=True)
def open_channels(heights, first, behind, search, breach, width, deck_m, bank_m, cut):  # type: ignore[no-untyped-def]
    """Lower in `cut` the cells of decks that dam a channel; returns how many ways were cut.

    The lowest cells before decks are looked for in the rows from `first` to before `behind`. One is dammed where its
    water must rise by `deck_m` to run to a lower cell. The way with the fewest high cells, at most `breach`, is taken
    to a cell as low behind the deck, `search` rows and columns away at most, and banks `bank_m` high must stand across
    it at both ends, within `width` cells.
    """
    rows, columns = heights.shape
    size = (2 * search + 1) ** 2
    flooded = np.zeros(size, np.int64)
    keys, items = np.empty(4 * size + 1), np.empty(4 * size + 1, np.int64)
    space = (keys, items, np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64))
    stamp, found = 0, 0
    for r0 in range(max(first, search), min(behind, rows - search)):
        for c0 in range(search, columns - search):
            bed = heights[r0, c0]
            lowest = not np.isnan(bed)
            for k in range(4):
                n = heights[r0 + DOWN4[k], c0 + RIGHT4[k]] if lowest else np.nan
                lowest = lowest and n >= bed and (n > bed or k >= 2)
            if not lowest:
                continue
            stamp += 1
            if _dammed(heights, r0, c0, search, deck_m, flooded, stamp, keys, items):
                found += _open_one(heights, r0, c0, search, breach, width, bank_m, flooded, stamp, space, cut)
    return found
