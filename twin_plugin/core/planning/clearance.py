"""Which bodies below the ground come near each other: exact gaps, overlaps, and the verdict of the rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from ..common.errors import InputError
from ..common.prisms import Bools, Floats, Ints
from ..common.progress import Progress, advance, part, silent
from . import overlaps
from .bodies import PLANNED, REMOVED, Bodies, BuriedBody
from .clearance_geometry import Nearest, features_of, nearest
from .clearance_rules import ZONE, GapRule, Rules
from .overlaps import TOUCH_M

OVERLAP, TOO_CLOSE, SPECIAL, CONTROL, KEPT, NO_LIMIT = VERDICTS = (
    "overlap", "too_close", "special_zone", "control_zone", "kept", "no_rule",
)  # fmt: skip
"""From the worst to the best."""
BLOCK = 20_000
"""Parts whose neighbours are sought at once."""
MOST_PAIRS = 3_000_000
"""More pairs of parts are no list that anybody reads, and take more memory than there may be."""
CROSSINGS = 2_000
"""Pairs of tubes whose overlaps are computed at once."""


@dataclass(frozen=True)
class BodyPair:
    """Two bodies near each other.

    Attributes
    ----------
    one, two : BuriedBody
    gap_m : float
        The least distance in space between the surfaces, negative by how far one lies in the other.
    horizontal_m : float
        The least distance in plan, 0 where one lies over the other.
    vertical_m : float
        Where one lies over the other, the gap in height; negative by the overlap in height; NaN beside each other.
    overlap_m3 : float
        The volume that they share.
    first, second : tuple of float
        The nearest points on both.
    rule : GapRule
    verdict : str
    """

    one: BuriedBody
    two: BuriedBody
    gap_m: float
    horizontal_m: float
    vertical_m: float
    overlap_m3: float
    first: tuple[float, float, float]
    second: tuple[float, float, float]
    rule: GapRule
    verdict: str


@dataclass(frozen=True)
class FoundPairs:
    """The pairs, the worst first, and how many are left out as they are connected."""

    pairs: list[BodyPair]
    connected: int


def find_pairs(bodies: Bodies, rules: Rules, search_m: float, progress: Progress = silent) -> FoundPairs:
    """All pairs of bodies whose gap is at most a distance, or that a rule or a protection zone objects to.

    Parts of one body, bodies that are connected, one that a scheme removes with one that it builds, and two zones make
    no pair. Zones hold what is planned and the kinds that the table calls reviewed.

    Raises
    ------
    InputError
        Where there are too many pairs.
    Cancelled
    """
    if not len(bodies):
        return FoundPairs([], 0)
    limits = _Limits.of(bodies, rules, search_m)
    one, two = _candidates(bodies, limits, part(progress, 0.0, 0.2))
    one, two, connected = _allowed(bodies, one, two)
    if not len(one):
        return FoundPairs([], connected)
    measured = _measure(bodies, one, two, part(progress, 0.2, 0.95))
    return FoundPairs(_judged(bodies, limits, search_m, measured), connected)


@dataclass(frozen=True, eq=False)
class _Limits:
    """The rules as arrays: of each body its kind, zones and whether zones review it, and of pairs of kinds the gaps."""

    rules: list[list[GapRule]]
    horizontal_m: Floats
    vertical_m: Floats
    kind: Ints
    protection_m: Floats
    special_m: Floats
    is_zone: Bools
    is_reviewed: Bools
    search_m: float

    @classmethod
    def of(cls, bodies: Bodies, rules: Rules, search_m: float) -> _Limits:
        names = sorted({item.kind for item in bodies.items})
        table = [[rules.gap(one, two) for two in names] for one in names]
        horizontal, vertical = (
            np.array([[getattr(rule, name) for rule in row] for row in table])
            for name in ("horizontal_m", "vertical_m")
        )
        zones = np.array([rules.protection_m(item.kind) for item in bodies.items]).reshape(-1, 2)
        return cls(
            table,
            horizontal,
            vertical,
            np.array([names.index(item.kind) for item in bodies.items], np.int64),
            zones[:, 0],
            zones[:, 1],
            np.array([item.kind == ZONE for item in bodies.items], bool),
            np.array([item.state == PLANNED or rules.is_reviewed(item.kind) for item in bodies.items], bool),
            search_m,
        )

    def asked(self, one: Ints, two: Ints) -> tuple[Floats, Floats]:
        """Least gaps in plan and in height of pairs of bodies, NaN where nothing is asked."""
        pair = self.kind[one], self.kind[two]
        return self.horizontal_m[pair], self.vertical_m[pair]

    def zone_m(self, widths: Floats, one: Ints, two: Ints) -> Floats:
        """The width of the zone of either body that holds the other one, 0 where there is none to hold it."""
        return np.maximum(
            np.where(self.is_reviewed[two], widths[one], 0.0), np.where(self.is_reviewed[one], widths[two], 0.0)
        )

    def reach_m(self, one: Ints, two: Ints) -> Floats:
        """So far apart in plan pairs of bodies matter; -1 for what a zone does not review."""
        least = np.fmax(np.nan_to_num(np.fmax(*self.asked(one, two))), self.search_m)
        reach = np.maximum(least, self.zone_m(self.protection_m, one, two))
        zone, other = self.is_zone[one] | self.is_zone[two], self.is_reviewed[one] | self.is_reviewed[two]
        return np.where(zone, np.where(other, 0.0, -1.0), reach)

    def widest_m(self) -> Floats:
        """So far from each body any other one matters."""
        least = np.nan_to_num(np.fmax(self.horizontal_m, self.vertical_m)).max(axis=1, initial=0.0)
        return np.maximum(np.maximum(least[self.kind], self.protection_m), self.search_m)


def _candidates(bodies: Bodies, limits: _Limits, progress: Progress) -> tuple[Ints, Ints]:
    """Pairs of parts that are near enough in plan, each once: the one with the wider reach finds the other."""
    found, count = list[tuple[Ints, Ints]](), 0
    reach = limits.widest_m()[bodies.owner] + bodies.reach_m
    size = np.round(bodies.reach_m, 1)  # in classes, so that a wide tunnel does not widen the search of thin pipes
    for radius in np.unique(size):
        members = np.flatnonzero(size == radius)
        tree = shapely.STRtree(bodies.plan[members])
        widest = float(bodies.reach_m[members].max())
        for low in range(0, len(bodies.owner), BLOCK):
            advance(progress, low / len(bodies.owner))
            rows = np.arange(low, min(low + BLOCK, len(bodies.owner)))
            row, member = tree.query(bodies.plan[rows], predicate="dwithin", distance=reach[rows] + widest)
            one, two = rows[row], members[member]
            keep = bodies.owner[one] != bodies.owner[two]
            found.append((np.minimum(one, two)[keep], np.maximum(one, two)[keep]))
            count += len(found[-1][0])
            if count > 2 * MOST_PAIRS:  # each is found from both sides
                raise InputError(
                    "More than {most:,} pairs of pieces lie within {search:g} m of each other in plan, or in "
                    "protection zones: choose a smaller search distance, or fewer features.",
                    most=MOST_PAIRS,
                    search=limits.search_m,
                )
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    one, two = (np.concatenate([pair[k] for pair in found]) for k in (0, 1))
    key = np.unique(one * len(bodies.owner) + two)
    one, two = key // len(bodies.owner), key % len(bodies.owner)
    apart = shapely.distance(bodies.plan[one], bodies.plan[two]) - bodies.reach_m[one] - bodies.reach_m[two]
    near = apart <= limits.reach_m(bodies.owner[one], bodies.owner[two])
    return one[near], two[near]


def _allowed(bodies: Bodies, one: Ints, two: Ints) -> tuple[Ints, Ints, int]:
    """Pairs of parts without those that are no pair, and the number of pairs of connected bodies."""
    a, b = bodies.owner[one], bodies.owner[two]
    first, second = np.minimum(a, b), np.maximum(a, b)
    keys, place = np.unique(first * len(bodies) + second, return_inverse=True)
    first, second = keys // len(bodies), keys % len(bodies)
    joined = _share_nodes(bodies, first, second) | np.isin(keys, _named(bodies))
    removed, planned = (np.array([item.state == state for item in bodies.items]) for state in (REMOVED, PLANNED))
    never = (removed[first] & planned[second]) | (planned[first] & removed[second])
    keep = ~(joined | never)[place]
    return one[keep], two[keep], int(joined.sum())


def _share_nodes(bodies: Bodies, first: Ints, second: Ints) -> Bools:
    """Which pairs of bodies have a common node."""
    number = dict[str, int]()
    codes = [[number.setdefault(node, len(number)) for node in item.nodes] for item in bodies.items]
    table = np.full((len(codes), max(map(len, codes))), -1)
    for row, nodes in enumerate(codes):
        table[row, : len(nodes)] = nodes
    found = np.zeros(len(first), bool)
    for one in table.T:
        for two in table.T:
            found |= (one[first] == two[second]) & (one[first] >= 0)
    return found


def _named(bodies: Bodies) -> Ints:
    """The keys of pairs of bodies of which one names the other."""
    places = dict[str, list[int]]()
    for place, item in enumerate(bodies.items):
        for name in {item.id, *item.rooms}:
            places.setdefault(name, []).append(place)
    pairs = [
        (min(place, other), max(place, other))
        for place, item in enumerate(bodies.items)
        for name in item.connects
        for other in places.get(name, ())
    ]
    return np.array([low * len(bodies) + high for low, high in pairs], np.int64)


@dataclass(frozen=True, eq=False)
class _Measured:
    """Pairs of parts as measured, in the order of their bodies: `starts` has the first row of each pair of bodies."""

    one: Ints
    two: Ints
    gap: Floats
    horizontal: Floats
    vertical: Floats
    overlap: Floats
    first: Floats
    second: Floats
    starts: Ints


def _measure(bodies: Bodies, one: Ints, two: Ints, progress: Progress) -> _Measured:
    """Measure pairs of parts."""
    a, b = bodies.owner[one], bodies.owner[two]
    turned = a > b
    one, two = np.where(turned, two, one), np.where(turned, one, two)
    order = np.lexsort([two, one, bodies.owner[two], bodies.owner[one]])
    one, two = one[order], two[order]
    plan = shapely.distance(bodies.plan[one], bodies.plan[two])
    reach = bodies.reach_m[one] + bodies.reach_m[two]
    horizontal = np.maximum(plan - reach, 0.0)
    zone = _zones(bodies)[one] | _zones(bodies)[two]
    solid = np.flatnonzero(~zone)
    near = nearest(bodies, features_of(bodies), one[solid], two[solid], part(progress, 0.0, 0.6))
    points = Nearest.unknown(len(one))
    points.distance[solid], points.first[solid], points.second[solid] = near.distance, near.first, near.second
    gap = np.where(zone, horizontal, points.distance - reach)
    vertical, overlap = np.full(len(one), np.nan), np.where(zone, np.nan, 0.0)
    _land(bodies, one, two, np.flatnonzero(zone), points)
    tubes = solid[(one[solid] < bodies.tubes) & (two[solid] < bodies.tubes)]
    for low in range(0, len(tubes), BLOCK):
        advance(progress, 0.6)
        rows = tubes[low : low + BLOCK]
        vertical[rows] = overlaps.tubes_in_height(bodies, one[rows], two[rows], plan[rows])
    crossing = tubes[gap[tubes] < -TOUCH_M]
    for low in range(0, len(crossing), CROSSINGS):
        advance(progress, 0.6 + 0.1 * low / len(crossing))
        rows = crossing[low : low + CROSSINGS]
        overlap[rows] = overlaps.tubes_in_tubes(bodies, one[rows], two[rows])
    others = solid[(one[solid] >= bodies.tubes) | (two[solid] >= bodies.tubes)]
    others = others[plan[others] < np.maximum(reach[others], TOUCH_M)]
    for number, row in enumerate(others):
        advance(progress, 0.7 + 0.3 * number / len(others))
        tube, slab = sorted((int(one[row]), int(two[row])))
        if tube < bodies.tubes:
            vertical[row], overlap[row], depth = overlaps.tube_in_slab(bodies, tube, slab - bodies.tubes)
            within = depth > TOUCH_M
        else:
            k, m = int(one[row]) - bodies.tubes, int(two[row]) - bodies.tubes
            vertical[row], overlap[row], depth = overlaps.slab_in_slab(bodies, k, m)
            within = depth > 0
        if within:
            gap[row] = -depth - reach[row]
    overlap[gap > TOUCH_M] = 0.0  # the upright sections of steep tubes reach past their ends
    key = bodies.owner[one] * len(bodies) + bodies.owner[two]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    _to_surfaces(bodies, one, two, points)
    return _Measured(one, two, gap, horizontal, vertical, overlap, points.first, points.second, starts)


def _zones(bodies: Bodies) -> Bools:
    """Which parts are land without levels."""
    return np.array([item.kind == ZONE for item in bodies.items], bool)[bodies.owner]


def _land(bodies: Bodies, one: Ints, two: Ints, rows: Ints, points: Nearest) -> None:
    """The nearest points in plan of bodies and zones, at the level of the body."""
    low, high = bodies.heights()
    for row in rows:
        line = shapely.shortest_line(bodies.plan[one[row]], bodies.plan[two[row]])
        first, second = shapely.get_coordinates(line)
        body = one[row] if bodies.items[bodies.owner[one[row]]].kind != ZONE else two[row]
        z = (low[body] + high[body]) / 2
        points.first[row], points.second[row] = (*first, z), (*second, z)


def _to_surfaces(bodies: Bodies, one: Ints, two: Ints, points: Nearest) -> None:
    """Move the nearest points from axes to the surfaces of tubes that lie apart."""
    way = points.second - points.first
    length = np.linalg.norm(way, axis=1)
    reach = bodies.reach_m[one] + bodies.reach_m[two]
    apart = length > reach
    way = way[apart] / length[apart, None]
    points.first[apart] += bodies.reach_m[one[apart], None] * way
    points.second[apart] -= bodies.reach_m[two[apart], None] * way


def _judged(bodies: Bodies, limits: _Limits, search_m: float, measured: _Measured) -> list[BodyPair]:
    """The pairs of bodies that matter, the worst first."""
    starts = measured.starts
    a, b = bodies.owner[measured.one[starts]], bodies.owner[measured.two[starts]]
    sizes = np.diff(np.r_[starts, len(measured.gap)])
    order = np.lexsort([measured.gap, np.repeat(np.arange(len(starts)), sizes)])
    least = order[starts]
    gap = measured.gap[least]
    horizontal = np.minimum.reduceat(measured.horizontal, starts)
    vertical = np.fmin.reduceat(measured.vertical, starts)
    overlap = np.add.reduceat(measured.overlap, starts)
    verdict = _verdicts(limits, a, b, gap, horizontal, vertical)
    zone = limits.is_zone[a] | limits.is_zone[b]
    kept = (verdict < VERDICTS.index(KEPT)) | ((gap <= search_m) & ~zone)
    rows = np.flatnonzero(kept)[np.lexsort([gap[kept], verdict[kept]])]
    one, two = a[rows], b[rows]
    columns = (gap, horizontal, vertical, overlap)
    return [
        BodyPair(
            bodies.items[i],
            bodies.items[j],
            gap_m,
            beside_m,
            above_m,
            shared_m3,
            start,
            end,
            limits.rules[kind_i][kind_j],
            VERDICTS[code],
        )
        for i, j, kind_i, kind_j, code, start, end, gap_m, beside_m, above_m, shared_m3 in zip(
            *(values.tolist() for values in (one, two, limits.kind[one], limits.kind[two], verdict[rows])),
            *(list(map(tuple, points[least[rows]].tolist())) for points in (measured.first, measured.second)),
            *(values[rows].tolist() for values in columns),
            strict=True,
        )
    ]


def _verdicts(limits: _Limits, a: Ints, b: Ints, gap: Floats, horizontal: Floats, vertical: Floats) -> Ints:
    """Of each pair of bodies the place of its verdict in VERDICTS."""
    beside_m, above_m = limits.asked(a, b)
    above = np.isfinite(vertical)
    asked, found = np.where(above, above_m, beside_m), np.where(above, np.minimum(vertical, gap), horizontal)
    zone = limits.is_zone[a] | limits.is_zone[b]
    return np.select(
        [
            zone & (horizontal <= 0),
            zone,
            gap < -TOUCH_M,
            found < asked - TOUCH_M,
            horizontal < limits.zone_m(limits.special_m, a, b),
            horizontal < limits.zone_m(limits.protection_m, a, b),
            np.isfinite(asked),
        ],
        [VERDICTS.index(name) for name in (CONTROL, NO_LIMIT, OVERLAP, TOO_CLOSE, SPECIAL, CONTROL, KEPT)],
        VERDICTS.index(NO_LIMIT),
    )
