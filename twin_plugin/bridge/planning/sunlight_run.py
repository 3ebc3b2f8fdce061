"""What twin:sunlight joins: a district, its windows or facades, and core's sunlight, before and after a scheme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import shapely

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.progress import Progress, part
from ...core.common.sun_position import SunDay
from ...core.common.tables import columns
from ...core.planning.ground_sun import Counting, ground_sun_hours
from ...core.planning.sun_points import SunPoints
from ...core.planning.sun_rules import SunRule, hours_text
from ...core.planning.sunlight import Sunlight, find_sunlight
from ..kernel import kernels
from ..kernel.input_table import Entry
from ..kernel.sun_place import sun_day
from .city import City
from .sun_layers import read_sun_points
from .sun_objects import SunLayers
from .surface import build_surface

POINTS_OUT = columns(
    """
    id text Id of the window, or building, storey and number of a point
    building_id text Building that it belongs to
    floor text Storey
    planned boolean Whether it belongs to the scheme
    verdict text passes, newly fails, fails and loses, fails, or faces away from the sun
    counted_min real Minutes of sun that count by the rule
    asked_min real Minutes that the rule asks for
    lit_min real All minutes of sun in the band
    longest_min real Longest spell
    spells text Each spell, from to in true solar time
    possible_min real Minutes in which the sun stands before the wall, whatever stands around
    before_min real Minutes that counted without the scheme
    lost_min real By how much the scheme lowers the minutes that count; below 0 where there are more
    taken_by text Building that stands before the sun for longest
    taken_min real For how long it does
    scheme_takes text Building of the scheme that stands before the sun for longest
    scheme_min real For how long it does
    facing_deg real To where the wall faces, clockwise from the north of the map
    height_m real Elevation of the point
    """
)
BUILDINGS_OUT = columns(
    """
    id text Id of the building
    name text Name
    planned boolean Whether it belongs to the scheme
    verdict text The worst of its points
    points integer Points that could have as much sun as the rule asks for
    facing_away integer Points whose wall faces away from the sun, which do not count
    failing integer Points with less sun than the rule asks for
    failing_share real Part of the points that fail
    newly_failing integer Points that fail with the scheme and not without it
    least_min real Fewest minutes that count
    least_before_min real Fewest minutes that counted without the scheme
    lost_min real Most minutes that a point loses by the scheme
    worst_point text Point with the fewest minutes
    takes_min real Minutes of sun that it takes from points of other buildings, all together
    """
)
BLOCKERS = columns(
    """
    state text present or scheme
    point_id text Id of the point
    building_id text Building of the point
    blocker_id text Building that stands before the sun
    blocker text Its name
    planned boolean Whether it belongs to the scheme
    own boolean Whether it is the building of the point itself
    taken_min real For how long it stands before the sun
    alone_min real For how long nothing else does: what the point would win without it
    """
)
BY_TIME = columns(
    """
    tst text True solar time
    clock text Time by the clock of the zone
    altitude_deg real Altitude of the sun
    azimuth_deg real Bearing of the sun from the north of the map
    lit integer Points in the sun
    lit_share real Part of the points in the sun
    lit_before integer Points in the sun without the scheme
    """
)
EACH_MIN = 15.0
"""Step of BY_TIME."""
PRESENT, SCHEME = "present", "scheme"
Rows = Iterator[tuple[Any, dict[str, Any]]]


class SunVerdict(Enum):
    """What a rule says of a point, from the worst to the best; AWAY where no surroundings could satisfy it."""

    NEWLY = "newly fails"
    LOSES = "fails and loses"
    FAILS = "fails"
    PASSES = "passes"
    AWAY = "faces away"


_ORDER = list(SunVerdict)
_LOST_H = 1 / 3600.0
"""A loss of less is none."""


@dataclass(frozen=True)
class SunChoices:
    """What the user decides.

    Attributes
    ----------
    rule : SunRule
    year : int
    zone_h : float
        Hours by which clocks are ahead of UTC.
    latitude_deg : float or None
        In the place of that of the layers.
    uses : tuple of str
        Of the buildings that are reviewed; ("*",) for all.
    spacing_m : float
        Of the points on facades.
    threads : int
    """

    rule: SunRule
    year: int = 2001
    zone_h: float = 8.0
    latitude_deg: float | None = None
    uses: tuple[str, ...] = ("residential",)
    spacing_m: float = 1.0
    threads: int = 1


@dataclass(frozen=True, eq=False)
class SunlightResult:
    """The review of sunlight.

    Attributes
    ----------
    now, before : Sunlight
        With the scheme where there is one, and without; `before` is None without a scheme.
    old : ndarray of bool, shape (points,)
        Points of buildings that stand today; `before` has them in their order.
    """

    city: City
    choices: SunChoices
    sun: SunDay
    points: SunPoints
    now: Sunlight
    before: Sunlight | None
    old: np.ndarray
    notes: list[Message]
    entries: list[Entry]

    @property
    def counted_h(self) -> np.ndarray:
        """Hours that count at each point."""
        return self.now.counted_h(self.choices.rule)

    def before_h(self) -> np.ndarray:
        """Hours that counted at each point without the scheme; NaN for the scheme's own, and without a scheme."""
        found = np.full(len(self.points), np.nan)
        if self.before is not None:
            found[self.old] = self.before.counted_h(self.choices.rule)
        return found

    def verdicts(self) -> np.ndarray:
        """The place of each point's verdict in `SunVerdict`."""
        counted, before, rule = self.counted_h, self.before_h(), self.choices.rule
        cases = {
            SunVerdict.AWAY: ~rule.passed(self.now.possible_h),
            SunVerdict.PASSES: rule.passed(counted),
            SunVerdict.NEWLY: rule.passed(before),
            SunVerdict.LOSES: before - counted > _LOST_H,
        }
        places = [_ORDER.index(verdict) for verdict in cases]
        return np.select(list(cases.values()), places, _ORDER.index(SunVerdict.FAILS)).astype(np.int64)

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers that the algorithm gives and a comparison of schemes reads."""
        rule, counted, before, verdict = self.choices.rule, self.counted_h, self.before_h(), self.verdicts()
        asked = verdict != _ORDER.index(SunVerdict.AWAY)
        fails = verdict < _ORDER.index(SunVerdict.PASSES)
        known = np.isfinite(before)
        lost = (before - counted)[known]
        without = asked & known & ~rule.passed(before)
        return {
            "POINTS_COUNT": len(counted),
            "FACING_AWAY": int((~asked).sum()),
            "FAILING": int(fails.sum()),
            "FAILING_BEFORE": int(without.sum()) if self.before is not None else int(fails.sum()),
            "NEWLY_FAILING": int((verdict == _ORDER.index(SunVerdict.NEWLY)).sum()),
            "FAILING_MORE": int((verdict == _ORDER.index(SunVerdict.LOSES)).sum()),
            "PLANNED_FAILING": int((fails & ~self.old).sum()),
            "BUILDINGS_FAILING": len(np.unique(self.points.owner[fails])),
            "LEAST_MIN": float(counted[asked].min()) * 60 if asked.any() else 0.0,
            "LOST_MAX_MIN": max(float(lost.max()), 0.0) * 60 if len(lost) else 0.0,
            "LOST_MEAN_MIN": float(lost.mean()) * 60 if len(lost) else 0.0,
        }

    def rows(self) -> Rows:
        """The rows of OUTPUT."""
        points, now, prisms = self.points, self.now, self.city.prisms
        counted, before, verdict = self.counted_h * 60, self.before_h() * 60, self.verdicts()
        lit, longest = now.lit_h() * 60, now.longest_h() * 60
        spells = _spell_texts(now, len(points))
        most = _most(now, len(points), np.ones(prisms.objects, bool))
        by_scheme = _most(now, len(points), self._planned())
        for row in range(len(points)):
            values: dict[str, Any] = {
                "id": points.ids[row],
                "building_id": prisms.ids[points.owner[row]],
                "floor": points.floors[row] or None,
                "planned": not self.old[row],
                "verdict": _ORDER[verdict[row]].value,
                "counted_min": counted[row],
                "asked_min": self.choices.rule.hours * 60,
                "lit_min": lit[row],
                "longest_min": longest[row],
                "spells": spells[row] or None,
                "possible_min": now.possible_h[row] * 60,
                "before_min": before[row],
                "lost_min": before[row] - counted[row],
                "facing_deg": points.facing_deg[row],
                "height_m": points.z[row],
            }
            for prefix, found in (("taken_by", most), ("scheme_takes", by_scheme)):
                if row in found:
                    who, hours = found[row]
                    values |= {prefix: prisms.ids[who], prefix.split("_")[0] + "_min": hours * 60}
            yield shapely.Point(points.x[row], points.y[row], points.z[row]), values

    def buildings(self) -> Rows:
        """The rows of BUILDINGS_OUT: those with points, and those that take sun from others' points."""
        prisms, owner = self.city.prisms, self.points.owner
        counted, before, verdict = self.counted_h * 60, self.before_h() * 60, self.verdicts()
        passes, away = _ORDER.index(SunVerdict.PASSES), _ORDER.index(SunVerdict.AWAY)
        others = self.now.taken_object != owner[self.now.taken_point]
        takes = np.bincount(self.now.taken_object[others], self.now.taken_h[others] * 60, prisms.objects)
        order = np.argsort(owner, kind="stable")
        starts = np.searchsorted(owner[order], np.arange(prisms.objects + 1))
        outlines, planned = prisms.object_outlines(), self._planned()
        for number in range(prisms.objects):
            every = order[starts[number] : starts[number + 1]]
            if not len(every) and not takes[number] > 0:
                continue
            mine = every[verdict[every] != away]
            values: dict[str, Any] = {
                "id": prisms.ids[number],
                "name": prisms.names[number],
                "planned": bool(planned[number]),
                "points": len(mine),
                "facing_away": len(every) - len(mine),
                "takes_min": takes[number],
            }
            if len(mine):
                worst = mine[np.argmin(counted[mine])]
                known = np.isfinite(before[mine]).any()
                values |= {
                    "verdict": _ORDER[verdict[mine].min()].value,
                    "failing": int((verdict[mine] < passes).sum()),
                    "failing_share": float((verdict[mine] < passes).mean()),
                    "newly_failing": int((verdict[mine] == _ORDER.index(SunVerdict.NEWLY)).sum()),
                    "least_min": counted[worst],
                    "least_before_min": float(np.nanmin(before[mine])) if known else np.nan,
                    "lost_min": float(np.nanmax(before[mine] - counted[mine])) if known else np.nan,
                    "worst_point": self.points.ids[worst],
                }
            yield outlines[number], values

    def blockers(self) -> Rows:
        """The rows of BLOCKERS."""
        if self.before is not None:
            none = np.zeros(self.city.present.objects, bool)
            yield from self._blockers(PRESENT, self.before, np.flatnonzero(self.old), self.city.present, none)
        state = PRESENT if self.before is None else SCHEME
        yield from self._blockers(state, self.now, np.arange(len(self.points)), self.city.prisms, self._planned())

    def _blockers(self, state: str, light: Sunlight, points: np.ndarray, prisms: Prisms, planned: np.ndarray) -> Rows:
        for row, who in enumerate(light.taken_object.tolist()):
            point = int(points[light.taken_point[row]])
            building = self.city.prisms.ids[self.points.owner[point]]
            yield (
                None,
                {
                    "state": state,
                    "point_id": self.points.ids[point],
                    "building_id": building,
                    "blocker_id": prisms.ids[who],
                    "blocker": prisms.names[who],
                    "planned": bool(planned[who]),
                    "own": prisms.ids[who] == building,
                    "taken_min": light.taken_h[row] * 60,
                    "alone_min": light.alone_h[row] * 60,
                },
            )

    def by_time(self) -> Rows:
        """The rows of BY_TIME."""
        start, end = self.choices.rule.band(self.sun)
        times = (
            np.arange(np.ceil(start * 60 / EACH_MIN - 1e-9), np.floor(end * 60 / EACH_MIN + 1e-9) + 1) * EACH_MIN / 60
        )
        path, clock = self.sun.at(times), self.sun.clock_h(times, self.choices.zone_h)
        for row, time in enumerate(times.tolist()):
            lit = self.now.lit_at(time)
            values: dict[str, Any] = {
                "tst": hours_text(time)[:5],
                "clock": hours_text(float(clock[row])),
                "altitude_deg": path.altitude_deg[row],
                "azimuth_deg": path.azimuth_deg[row],
                "lit": int(lit.sum()),
                "lit_share": float(lit.mean()),
            }
            if self.before is not None:
                values["lit_before"] = int(self.before.lit_at(time).sum())
            yield None, values

    def ground(self, cell_m: float | None, progress: Progress) -> Grid:
        """Hours of sun that count on the cells of terrain and roofs.

        Raises
        ------
        InputError
            Where there is no terrain.
        Cancelled
        """
        if self.city.terrain is None:
            raise InputError("GROUND needs a terrain: choose DTM, or leave GROUND empty.")
        rule = self.choices.rule
        surface = build_surface(self.city.terrain, self.city.prisms, cell_m).top
        counting = Counting(rule.spells, rule.least_min, rule.altitude_deg)
        path = self.sun.midpoints(*rule.band(self.sun), rule.step_min)
        return ground_sun_hours(surface, path, counting, progress, self.choices.threads)

    def _planned(self) -> np.ndarray:
        future = self.city.future
        return np.zeros(self.city.prisms.objects, bool) if future is None else future.planned


def review_sunlight(city: City, layers: SunLayers, choices: SunChoices, progress: Progress) -> SunlightResult:
    """Ask windows, or points along facades, for their sun by a rule, without and with the scheme of the city.

    Raises
    ------
    InputError
        Where there is nothing to review, or the sun stays too low.
    Cancelled
    """
    if not len(city.prisms):
        raise InputError("There is no building to review: choose a layer with buildings for BUILDINGS.")
    rule = choices.rule
    west, south, east, north = city.prisms.bounds
    sun = sun_day(city.crs, (west + east) / 2, (south + north) / 2, rule.on(choices.year), choices.latitude_deg)
    notes = rule.notes(sun, choices.zone_h)
    read = read_sun_points(city, layers, choices.uses, choices.spacing_m, rule.sill_m)
    if rule.whole_window and not (read.points.width_m > 0).all():
        notes.append(
            Message(
                "The rule '{rule}' asks for whole windows: {n} points have no width and count as their middle.",
                rule=rule.rule,
                n=int((~(read.points.width_m > 0)).sum()),
            )
        )
    planned = np.zeros(city.prisms.objects, bool) if city.future is None else city.future.planned
    old = ~planned[read.points.owner]
    if planned.any() and old.all():
        notes.append(Message("No point belongs to the scheme: leave POINTS empty to review its own facades too."))
    kernels.ready("planning", part(progress, 0.0, 0.1))
    before = None
    if city.future is not None:
        before = find_sunlight(
            read.points.keep(old), city.present, sun, rule, choices.threads, part(progress, 0.1, 0.5)
        )
    now = find_sunlight(read.points, city.prisms, sun, rule, choices.threads, part(progress, 0.5, 0.9))
    found = SunlightResult(
        city, choices, sun, read.points, now, before, old, [*read.notes, *notes], [*city.entries, read.entry]
    )
    away = found.numbers["FACING_AWAY"]
    if away:
        text = "{n} of {all} points face away from the sun: they could not have {hours:g} h, and do not count."
        found.notes.append(Message(text, n=int(away), all=len(read.points), hours=rule.hours))
    return found


def _spell_texts(light: Sunlight, count: int) -> list[str]:
    """The spells of each point that last a second: 08:00:00-09:59:18; 10:13:28-13:46:32."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for point, start, end in zip(light.point.tolist(), light.from_h.tolist(), light.to_h.tolist(), strict=True):
        if (end - start) * 3600 >= 1:
            texts[point].append(f"{hours_text(start)}-{hours_text(end)}")
    return ["; ".join(found) for found in texts]


def _most(light: Sunlight, count: int, objects: np.ndarray) -> dict[int, tuple[int, float]]:
    """Of some objects the one that takes most from each point, and its hours."""
    rows = np.flatnonzero(objects[light.taken_object])
    rows = rows[np.lexsort((-light.taken_h[rows], light.taken_point[rows]))]
    first = np.r_[True, np.diff(light.taken_point[rows]) != 0] if len(rows) else np.zeros(0, bool)
    return {
        int(light.taken_point[row]): (int(light.taken_object[row]), float(light.taken_h[row])) for row in rows[first]
    }
