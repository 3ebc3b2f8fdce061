"""Kernels that let water rise over a terrain, cell by cell from the lowest, and pour rain into what fills."""

from __future__ import annotations

import numpy as np
from numba import njit

OUTSIDE = 0
"""The number of the world beyond the terrain's edge: where water leaves."""
NEIGHBOURS = 8


@njit(nogil=True, cache=True)
def count_pits(heights, cells, offsets):  # type: ignore[no-untyped-def]
    """Number of cells without a neighbour that is lower, or as low and earlier: no more basins begin than these."""
    count = 0
    for c in cells:
        first = True
        for o in offsets:
            n = c + o
            if heights[n] < heights[c] or (heights[n] == heights[c] and n < c):
                first = False
                break
        if first:
            count += 1
    return count


@njit(nogil=True, cache=True)
def _root(links, x):  # type: ignore[no-untyped-def]
    """Last of a chain of links, which gets shorter on the way; a link to OUTSIDE is not followed."""
    while links[x] != x and links[x] != OUTSIDE:
        up = links[x]
        if links[up] != OUTSIDE:
            links[x] = links[up]
        x = up
    return x


@njit(nogil=True, cache=True)
def resolved(links, x):  # type: ignore[no-untyped-def]
    """What a number was led to, OUTSIDE included."""
    last = _root(links, x)
    return OUTSIDE if links[last] == OUTSIDE else last


@njit(nogil=True, cache=True)
def _look_around(c, heights, offsets, distances, own, label, body, bodies, slopes, labels):  # type: ignore[no-untyped-def]
    """The bodies of water beside a cell, with the steepest way down into each: (their number, whether at an edge)."""
    count, edge = 0, False
    for k in range(NEIGHBOURS):
        n = c + offsets[k]
        if np.isnan(heights[n]):
            edge = True
            continue
        if own[n] < 0:
            continue
        found = resolved(body, own[n])
        slope = (heights[c] - heights[n]) / distances[k]
        at = 0
        while at < count and bodies[at] != found:
            at += 1
        if at == count:
            bodies[at], slopes[at], labels[at] = found, -1.0, OUTSIDE
            count += 1
        if slope > slopes[at]:
            slopes[at], labels[at] = slope, label[n]
    if edge:
        at = 0
        while at < count and bodies[at] != OUTSIDE:
            at += 1
        if at == count:
            bodies[at], slopes[at], labels[at] = OUTSIDE, -1.0, OUTSIDE
            count += 1
        elif slopes[at] <= 0.0:
            labels[at] = OUTSIDE
    return count, edge


@njit(nogil=True, cache=True)
def rise(  # type: ignore[no-untyped-def]
    heights,
    order,
    offsets,
    distances,
    own,
    label,
    body,
    alias,
    lead,
    base,
    level,
    leaf,
    parent,
    target,
    pour,
    pit,
    made,
):
    """Take cells in the order of their heights into basins, and join basins where they meet; returns `made`.

    `own` and `label` get the basin that holds a cell and the pit that its water runs to; `body`, `alias` and `lead`
    are links between basins: of one body of water, of one basin, of pits on flats.
    """
    bodies = np.zeros(NEIGHBOURS + 1, np.int32)
    labels = np.zeros(NEIGHBOURS + 1, np.int32)
    slopes = np.zeros(NEIGHBOURS + 1, np.float64)
    flat = np.zeros(NEIGHBOURS + 1, np.bool_)
    for c in order:
        h = heights[c]
        count, _ = _look_around(c, heights, offsets, distances, own, label, body, bodies, slopes, labels)
        if count == 0:
            made += 1
            own[c] = label[c] = made
            base[made], leaf[made], pit[made] = h, True, c
            continue
        opened, deep, plateau, first_flat, first_deep = False, 0, -1, -1, -1
        best = -1
        for j in range(count):
            flat[j] = False
            if bodies[j] == OUTSIDE:
                opened = True
            else:
                node = bodies[j]
                if base[node] != h:
                    deep += 1
                    first_deep = node
                elif not leaf[node]:
                    plateau = node
                else:
                    flat[j] = True
                    first_flat = node
            if best < 0 or slopes[j] > slopes[best] or (slopes[j] == slopes[best] and flat[best] and not flat[j]):
                best = j
        if opened and slopes[best] <= 0.0:
            for j in range(count):
                if bodies[j] == OUTSIDE:
                    best = j
        label[c] = labels[best]
        if flat[best]:
            label[c] = first_flat
        keep = OUTSIDE
        if not opened:
            if deep >= 2 and plateau < 0:
                made += 1
                plateau = made
                base[made], leaf[made], pit[made] = h, False, c
            keep = plateau if plateau >= 0 else (first_deep if deep == 1 else first_flat)
        for j in range(count):
            if bodies[j] == OUTSIDE:
                continue
            node = bodies[j]
            way = OUTSIDE
            steepest = -2.0
            for k in range(count):
                if k != j and not flat[k] and (bodies[k] == OUTSIDE if opened else True) and slopes[k] > steepest:
                    steepest, way = slopes[k], labels[k]
            if flat[j]:
                if node != keep:
                    alias[node] = keep
                if node != label[c]:
                    lead[node] = label[c]
            elif base[node] == h:
                if opened:
                    alias[node], target[node], pour[node] = OUTSIDE, way, c
                elif node != keep:
                    alias[node] = keep
            elif node != keep:
                level[node], parent[node], target[node], pour[node] = h, keep, way, c
        own[c] = keep
        for j in range(count):
            if bodies[j] != OUTSIDE and bodies[j] != keep:
                body[bodies[j]] = keep
    return made


@njit(nogil=True, cache=True)
def settle(heights, cells, own, label, alias, lead, level, parent, target, pour, made):  # type: ignore[no-untyped-def]
    """Resolve all links: parents and targets of basins, the innermost basin below whose level a cell lies, its pit."""
    for m in range(1, made + 1):
        if parent[m] > 0:
            last = _root(alias, parent[m])
            if alias[last] == OUTSIDE:
                parent[m], target[m], pour[m] = OUTSIDE, target[last], pour[last]
            else:
                parent[m] = last
    for m in range(1, made + 1):
        target[m] = resolved(lead, target[m])
    for c in cells:
        m = resolved(alias, own[c])
        while m != OUTSIDE and not heights[c] < level[m]:
            m = parent[m]
        own[c] = m
        label[c] = resolved(lead, label[c])


@njit(nogil=True, cache=True)
def add_up(heights, cells, own, label, level, parent, by_level, lowest, count, volume, catchment):  # type: ignore[no-untyped-def]
    """Cells, volume (per cell's area), lowest height and catchment of each basin, nested ones included."""
    for c in cells:
        m = own[c]
        catchment[label[c]] += 1
        if m != OUTSIDE:
            count[m] += 1
            volume[m] += level[m] - heights[c]
            lowest[m] = min(lowest[m], heights[c])
    for m in by_level:
        p = parent[m]
        if p != OUTSIDE:
            count[p] += count[m]
            volume[p] += volume[m] + count[m] * (level[p] - level[m])
            catchment[p] += catchment[m]
            lowest[p] = min(lowest[p], lowest[m])


@njit(nogil=True, cache=True)
def pour_in(leaves, amounts, parent, target, first_leaf, child, sibling, unfilled, room, held):  # type: ignore[no-untyped-def]
    """Pour water into pits: what a basin cannot hold runs to its neighbour, and both full basins fill their parent.

    `unfilled` counts the children of a basin that are not full; `room` is what it holds beyond its children. Returns
    the water that left the terrain.
    """
    gone = 0.0
    for i in range(leaves.shape[0]):
        node, water = leaves[i], amounts[i]
        while water > 0.0:
            if node == OUTSIDE:
                gone += water
                break
            p = parent[node]
            if held[node] < room[node]:
                if water < room[node] - held[node]:
                    held[node] += water
                    break
                water -= room[node] - held[node]
                held[node] = room[node]
                if p != OUTSIDE:
                    unfilled[p] -= 1
            elif p == OUTSIDE:
                node = target[node]
            elif unfilled[p] == 0:
                node = p
            else:
                node = _neighbour(node, p, parent, target, first_leaf, child, sibling, room, held)
    return gone


@njit(nogil=True, cache=True)
def _neighbour(node, p, parent, target, first_leaf, child, sibling, room, held):  # type: ignore[no-untyped-def]
    """The pit that a full basin spills to: its target, or one of a sibling where the target's basin is full too."""
    beside = target[node]
    while beside != OUTSIDE and parent[beside] != p:
        beside = parent[beside]
    if beside != OUTSIDE and held[beside] < room[beside]:
        return target[node]
    beside = child[p]
    while held[beside] >= room[beside]:
        beside = sibling[beside]
    return first_leaf[beside]
