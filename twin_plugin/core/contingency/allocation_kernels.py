"""The kernel that sends people to places at the least cost: a transport problem with few places, solved exactly."""

from __future__ import annotations

import numpy as np
from numba import njit

FAR = np.int64(1) << 60
"""More than any cost."""


@njit(nogil=True, cache=True)
def _look_from(place, costs, sent, move, mover):  # type: ignore[no-untyped-def]
    """What it costs to move one person from a place to each other one, and of which block."""
    blocks, places = costs.shape
    move[place], mover[place] = FAR, -1
    for b in range(blocks):
        if sent[b, place] == 0:
            continue
        for other in range(places):
            if other != place and costs[b, other] < FAR:
                more = costs[b, other] - costs[b, place]
                if more < move[place, other]:
                    move[place, other], mover[place, other] = more, b


@njit(nogil=True, cache=True)
def _shortest(block, costs, move, least, before):  # type: ignore[no-untyped-def]
    """The least cost of one more person of a block at each place, others moving on, and the place before it."""
    places = costs.shape[1]
    for p in range(places):
        least[p], before[p] = costs[block, p], -1
    changed = True
    while changed:
        changed = False
        for p in range(places):
            if least[p] >= FAR:
                continue
            for other in range(places):
                if move[p, other] < FAR and least[p] + move[p, other] < least[other]:
                    least[other], before[other] = least[p] + move[p, other], p
                    changed = True


@njit(nogil=True, cache=True)
def allocate(costs, people, room, sent):  # type: ignore[no-untyped-def]
    """Fill `sent`, shape (blocks, places), with whole people at the least total cost.

    Blocks are added one by one, each along the shortest way in which others give up their place for another one
    (successive shortest paths; Ahuja, Magnanti, Orlin 1993, Network Flows, section 9.7). What is added to an optimum
    in this way is an optimum again. The last place must have room for all.

    `costs`, shape (blocks, places), are whole numbers, `FAR` where there is no way; `room` is left as what is free.
    """
    blocks, places = costs.shape
    move = np.full((places, places), FAR, np.int64)
    mover = np.full((places, places), -1, np.int64)
    least, before = np.empty(places, np.int64), np.empty(places, np.int64)
    for block in range(blocks):
        rest = people[block]
        while rest > 0:
            _shortest(block, costs, move, least, before)
            best = -1
            for p in range(places):
                if room[p] > 0 and least[p] < FAR and (best < 0 or least[p] < least[best]):
                    best = p
            amount, p = min(rest, room[best]), best
            while before[p] >= 0:
                amount = min(amount, sent[mover[before[p], p], before[p]])
                p = before[p]
            room[best] -= amount
            rest -= amount
            _send(block, amount, best, before, mover, sent)
            p = best
            while p >= 0:
                _look_from(p, costs, sent, move, mover)
                p = before[p]


@njit(nogil=True, cache=True)
def _send(block, amount, best, before, mover, sent):  # type: ignore[no-untyped-def]
    """Move people along the way to a place that has room, the last one first."""
    p = best
    while before[p] >= 0:
        by = mover[before[p], p]
        sent[by, p] += amount
        sent[by, before[p]] -= amount
        p = before[p]
    sent[block, p] += amount
