"""Kernels that let water pass sills into rooms, back, and from room to room, implicit in both levels.

A mouth is the part of an opening that lies at one cell; a node is the water outside at a cell. Volumes are exact: what
leaves a node is what the room gets. Near equal levels the flow changes without bound with the level (the exponent 0.385
of the drowned weir), so that explicit steps would swing; these end at equal levels at the most.

A cell that water leaves lies a little lower than the water around it, by as much as the scheme needs to bring more: its
own level would let through 5 to 10 % too little, its level before the step as much too much. So the level before an
opening falls during a step no further than to that of the water around, and never counts above its own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .weir import flow_m3s

Vector = NDArray[np.float64]
Numbers = NDArray[np.int64]
ROUNDS = 60
"""Most halvings of an interval: by then it is as small as rounding."""
CLOSE = 1e-12
"""Intervals smaller than this share of what they began with are a root."""
WET_M = np.float32(0.001)
"""Cells with a thinner film have no level that counts for an opening beside them."""

weir = njit(nogil=True, cache=True, error_model="numpy")(flow_m3s)


class Mouths(NamedTuple):
    """Mouths, those of each room and opening together: where those of each room begin, and of each mouth its opening,
    its node, the level of its sill or of the ground before it, its width, and what has passed it (m³).
    """

    first: Numbers
    opening: Numbers
    node: Numbers
    crest_m: Vector
    width_m: Vector
    moved_m3: Vector


class Outside(NamedTuple):
    """Nodes: level, area (infinite where the level is given), and level of the water around each."""

    level_m: Vector
    area_m2: Vector
    around_m: Vector


class RoomArrays(NamedTuple):
    """Rooms: floor, what each holds when it is full, area, and the water in it."""

    bottom_m: Vector
    full_m3: Vector
    area_m2: Vector
    volume_m3: Vector


class Links(NamedTuple):
    """Passages: the rooms on both sides, sill and width."""

    room: Numbers
    other: Numbers
    sill_m: Vector
    width_m: Vector


@njit(nogil=True, cache=True, error_model="numpy")
def donated(
    dt: float,
    width: float,
    crest: float,
    high: float,
    low: float,
    area: float,
    other: float,
    share: float,
    most: float,
    hold: float,
) -> float:
    """Volume that passes a sill in a time from the higher water to the lower one.

    `area` and `other` are the areas of both, by which their levels fall and rise (infinite: they stay). `share` weighs
    the end of the step against its start: 1 is implicit, 0.5 of second order. The higher level counts as no lower than
    `hold`. No more than `most` passes, no more than stands above the sill, and no more than until the levels are equal.
    """
    most = min(most, (high - max(crest, low)) * area)
    hold = min(hold, high)
    if most <= 0.0 or low >= high:
        return 0.0
    first = dt * weir(width, high - crest, low - crest)
    above = min(most, first)
    if above <= 0.0:
        return 0.0
    old = (1.0 - share) * first
    end = weir(width, max(high - above / area, hold) - crest, low + above / other - crest)
    at_most = above - old - share * dt * end
    if at_most <= 0.0:
        return above
    below, at_least, side = 0.0, -first, 0
    goal = CLOSE * above
    for turn in range(ROUNDS):
        if above - below <= goal:
            break
        # The secant of both ends, whose old end counts less and less (Illinois); every third time the middle.
        x = 0.5 * (below + above) if turn % 3 == 2 else (below * at_most - above * at_least) / (at_most - at_least)
        value = x - old - share * dt * weir(width, max(high - x / area, hold) - crest, low + x / other - crest)
        if value == 0.0:
            return x
        if value > 0.0:
            above, at_most = x, value
            if side == 1:
                at_least *= 0.5
            side = 1
        else:
            below, at_least = x, value
            if side == -1:
                at_most *= 0.5
            side = -1
    return 0.5 * (below + above)


@njit(nogil=True, cache=True, error_model="numpy")
def through(dt: float, i: int, mouths: Mouths, outside: Outside, inside: float) -> float:
    """Volume that passes a mouth into a room whose level at the end is `inside`; below 0 out of it."""
    n, crest, width = mouths.node[i], mouths.crest_m[i], mouths.width_m[i]
    level, area = outside.level_m[n], outside.area_m2[n]
    if level > inside:
        return donated(dt, width, crest, level, inside, area, np.inf, 1.0, np.inf, outside.around_m[n])
    if inside > level:
        return -donated(dt, width, crest, inside, level, np.inf, area, 1.0, np.inf, -np.inf)
    return 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def room_level(r: int, rooms: RoomArrays) -> float:
    """Level of the water in a room."""
    return rooms.bottom_m[r] + rooms.volume_m3[r] / rooms.area_m2[r]


@njit(nogil=True, cache=True, error_model="numpy")
def surplus(dt: float, level: float, r: int, rooms: RoomArrays, mouths: Mouths, outside: Outside) -> float:
    """What a room would hold up to a level less what it would have got by then: 0 at the level of the step's end."""
    held = min(max(level - rooms.bottom_m[r], 0.0) * rooms.area_m2[r], rooms.full_m3[r]) - rooms.volume_m3[r]
    for i in range(mouths.first[r], mouths.first[r + 1]):
        held -= through(dt, i, mouths, outside, level)
    return held


@njit(nogil=True, cache=True, error_model="numpy")
def level_at_end(
    dt: float, low: float, high: float, r: int, rooms: RoomArrays, mouths: Mouths, outside: Outside
) -> float:
    """The level of a room at the end of an implicit step, between two levels; above the ceiling where it is full."""
    at_low = surplus(dt, low, r, rooms, mouths, outside)
    at_high = surplus(dt, high, r, rooms, mouths, outside)
    goal, side = CLOSE * max(1.0, high - low), 0
    for turn in range(ROUNDS):
        if high - low <= goal or at_low >= 0.0 or at_high <= 0.0:
            break
        x = 0.5 * (low + high) if turn % 3 == 2 else (low * at_high - high * at_low) / (at_high - at_low)
        value = surplus(dt, x, r, rooms, mouths, outside)
        if value >= 0.0:
            high, at_high = x, value
            if side == 1:
                at_low *= 0.5
            side = 1
        else:
            low, at_low = x, value
            if side == -1:
                at_high *= 0.5
            side = -1
    return low if at_low >= 0.0 else high


@njit(nogil=True, cache=True, error_model="numpy")
def fill_room(dt: float, r: int, rooms: RoomArrays, mouths: Mouths, outside: Outside) -> bool:
    """Let water pass all mouths of a room; whether any did."""
    end = room_level(r, rooms)
    low, high, sill, active, last = end, end, np.inf, 0, -1
    for i in range(mouths.first[r], mouths.first[r + 1]):
        water = outside.level_m[mouths.node[i]]
        if mouths.width_m[i] > 0.0 and max(water, end) > mouths.crest_m[i]:
            active += mouths.opening[i] != last
            last = mouths.opening[i]
            low, high = min(low, max(water, mouths.crest_m[i])), max(high, water)
            sill = min(sill, mouths.crest_m[i])
    if active == 0:
        return False
    full = rooms.full_m3[r]
    drowned = end > sill
    if not drowned:
        more = rooms.volume_m3[r]
        for i in range(mouths.first[r], mouths.first[r + 1]):
            more += through(dt, i, mouths, outside, end)
        drowned = more > full or rooms.bottom_m[r] + more / rooms.area_m2[r] > sill
    if drowned:
        if full - rooms.volume_m3[r] <= CLOSE * full and active == 1 and end <= sill:
            return False  # else water would pass through a full room from one cell of an opening to the next
        end = level_at_end(dt, low, high, r, rooms, mouths, outside)
    return let_through(dt, r, rooms, mouths, outside, end)


@njit(nogil=True, cache=True, error_model="numpy")
def let_through(dt: float, r: int, rooms: RoomArrays, mouths: Mouths, outside: Outside, end: float) -> bool:
    """Move what passes each mouth of a room whose level at the end is known; whether that is anything."""
    some = False
    for way in (-1.0, 1.0):  # what leaves makes room for what comes
        for i in range(mouths.first[r], mouths.first[r + 1]):
            n = mouths.node[i]
            passed = through(dt, i, mouths, outside, end)
            if passed * way <= 0.0:
                continue
            passed = min(max(passed, -rooms.volume_m3[r]), rooms.full_m3[r] - rooms.volume_m3[r])
            rooms.volume_m3[r] += passed
            outside.level_m[n] -= passed / outside.area_m2[n]
            mouths.moved_m3[i] += passed
            some = some or passed != 0.0
    return some


@njit(nogil=True, cache=True, error_model="numpy")
def pass_link(dt: float, donor: int, taker: int, crest: float, width: float, rooms: RoomArrays) -> bool:
    """Let water pass from a room into a lower one; whether any did."""
    high, low = room_level(donor, rooms), room_level(taker, rooms)
    most = min(rooms.full_m3[taker] - rooms.volume_m3[taker], rooms.volume_m3[donor])
    if high <= low or high <= crest or most <= 0.0:
        return False
    area, other = rooms.area_m2[donor], rooms.area_m2[taker]
    passed = donated(dt, width, crest, high, low, area, other, 0.5, most, -np.inf)
    if low + passed / other > crest:
        passed = donated(dt, width, crest, high, low, area, other, 1.0, most, -np.inf)
    rooms.volume_m3[donor] -= passed
    rooms.volume_m3[taker] += passed
    return passed != 0.0


@njit(nogil=True, cache=True, error_model="numpy")
def advance(dt: float, rooms: RoomArrays, mouths: Mouths, outside: Outside, links: Links) -> bool:
    """Advance all rooms by a time; whether any water moved.

    Levels outside, volumes and what has passed each mouth are changed in place.
    """
    some = False
    for r in range(rooms.bottom_m.shape[0]):
        if fill_room(dt, r, rooms, mouths, outside):
            some = True
    for k in range(links.room.shape[0]):
        a, b, sill, width = links.room[k], links.other[k], links.sill_m[k], links.width_m[k]
        if pass_link(dt, a, b, sill, width, rooms) or pass_link(dt, b, a, sill, width, rooms):
            some = True
    return some


@njit(nogil=True, cache=True, error_model="numpy")
def water_levels(
    h: NDArray[np.float32],
    cells: Numbers,
    bed_m: Vector,
    first: Numbers,
    near: Numbers,
    near_bed_m: Vector,
    outside: Outside,
) -> None:
    """Levels of the water at cells, and the mean level of the wet cells around each, which `first` and `near` list
    (minus infinity where all are dry).
    """
    for k in range(cells.shape[0]):
        outside.level_m[k] = bed_m[k] + max(h[cells[k]], np.float32(0.0))
        total, wet = 0.0, 0
        for j in range(first[k], first[k + 1]):
            if h[near[j]] > WET_M:
                total += near_bed_m[j] + h[near[j]]
                wet += 1
        outside.around_m[k] = total / wet if wet > 0 else -np.inf
