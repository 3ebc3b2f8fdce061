"""What twin:shadows joins: the surface of a district, the sun of a day, and the shadows before and after a scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import QgsApplication, QgsDateTimeRange
from qgis.PyQt.QtCore import QDateTime, Qt

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part, silent
from ...core.common.sun_position import SunDay
from ...core.common.tables import columns
from ...core.planning.shadows import Shadows, cast_shadows
from ...core.planning.surface_model import SurfaceModel
from ..kernel import runtime
from ..kernel.input_table import Entry
from ..kernel.raster_kinds import KIND_ITEM
from ..kernel.raster_writer import Band, write_bands
from ..kernel.rasterize import outlines
from ..kernel.sun_place import sun_day
from ..kernel.timed_raster import dress
from ..kernel.translation import localized
from .surface import build_surface, surface_notes

if TYPE_CHECKING:
    from .city import City

MOST_TIMES = 1500
"""Each minute of a day."""
NO_DATA = 255
LIT, SHADE, NEW, GONE = range(4)
KINDS = ("", "shadow", "new shadow", "shadow gone")
"""What a cell of the difference is: in the sun or in shadow before and after, or changed by the scheme."""
AREAS = columns(
    """
    time text Time of day that was asked for, hh:mm
    kind text shadow; with a scheme also new shadow and shadow gone
    begin datetime From when it is shown
    end datetime Until when it is shown
    true_solar_h real True solar time, h
    clock_h real Clock time, h
    sun_altitude_deg real Altitude of the sun, degrees
    sun_azimuth_deg real Azimuth of the sun from the north of the map, clockwise, degrees
    area_m2 real Area, m²
    """
)


@dataclass(frozen=True)
class ShadowChoices:
    """What the user decides.

    Attributes
    ----------
    day : date
    start_h, end_h, step_min : float
        Times, both ends included.
    clock : bool
        Whether they are those of clocks; else true solar time.
    zone_h : float
        How far clocks are ahead of UTC.
    lowest_deg : float
        At lower altitudes of the sun all is in shadow.
    cell_m : float or None
        None for the terrain's cells.
    """

    day: date
    start_h: float = 8.0
    end_h: float = 16.0
    step_min: float = 60.0
    clock: bool = False
    zone_h: float = 8.0
    lowest_deg: float = 0.0
    cell_m: float | None = None


@dataclass(frozen=True)
class ShadowTime:
    """A time of day with its sun; the hours that were asked for in `asked_h`."""

    asked_h: float
    true_solar_h: float
    clock_h: float
    altitude_deg: float
    azimuth_deg: float

    @property
    def label(self) -> str:
        """hh:mm of the time that was asked for."""
        return hour_text(self.asked_h)


@dataclass(frozen=True, eq=False)
class ShadowResult:
    """Shadows of a district at times of a day.

    Attributes
    ----------
    surface : SurfaceModel
        With the scheme, where there is one.
    times : sequence of ShadowTime
    shown : sequence of QgsDateTimeRange
        When each time is shown, in the time that was asked for.
    after : Shadows
    before : Shadows or None
        Today's, where there is a scheme.
    numbers : dict
    notes, entries, table : list
        Doubts, inputs, and a line of the log for each time.
    """

    surface: SurfaceModel
    times: Sequence[ShadowTime]
    shown: Sequence[QgsDateTimeRange]
    after: Shadows
    before: Shadows | None
    numbers: dict[str, float]
    notes: list[Message]
    entries: list[Entry]
    table: list[Message]

    def shadow(self, number: int) -> np.ndarray:
        """1 in shadow, 0 in the sun, 255 where the surface has no height, uint8."""
        return np.where(self.after.known, self.after.at(number), NO_DATA).astype(np.uint8)

    def difference(self, number: int) -> np.ndarray:
        """0 in the sun, 1 in shadow before and after, 2 new shadow, 3 shadow gone, 255 without height, uint8."""
        if self.before is None:
            return self.shadow(number)
        before, after = self.before.at(number), self.after.at(number)
        change = np.select([before & after, after, before], [SHADE, NEW, GONE], LIT)
        return np.where(self.after.known, change, NO_DATA).astype(np.uint8)

    def write(self, path: str, changes: bool = False, progress: Progress = silent) -> None:
        """Write a raster with a band for each time, and its style with the times beside it."""
        values = self.difference if changes else self.shadow

        def band(number: int) -> np.ndarray:
            advance(progress, number / len(self.times), Message("Writing shadows"))
            return values(number)

        bands = [
            Band(partial(band, number), self._title(at), "", {"TIME": self.shown[number].begin().toString("s")})
            for number, at in enumerate(self.times)
        ]
        kind = "SHADOW_CHANGE" if changes else "SHADOWS"
        write_bands(self.surface.top, path, bands, {KIND_ITEM: kind})
        dress(Path(path), "shadow_change" if changes else "shadows", self.shown)

    def areas(self, progress: Progress = silent) -> Iterator[tuple[Any, dict[str, Any]]]:
        """(multipolygon, values) of each time and kind of shadow while the sun is up."""
        import shapely

        for number, at in enumerate(self.times):
            advance(progress, number / len(self.times), Message("Outlining shadows"))
            if self.after.plane[number] < 0:
                continue
            labels = self.difference(number)
            cells, done = np.where(labels == NO_DATA, 0, labels), number / len(self.times)
            shapes = outlines(cells, self.surface.top, partial(progress, done, ""))
            for label, shape in sorted(shapes.items()):
                yield (
                    shape,
                    {
                        "time": at.label,
                        "kind": KINDS[label],
                        "begin": self.shown[number].begin(),
                        "end": self.shown[number].end(),
                        "true_solar_h": at.true_solar_h,
                        "clock_h": at.clock_h,
                        "sun_altitude_deg": at.altitude_deg,
                        "sun_azimuth_deg": at.azimuth_deg,
                        "area_m2": float(shapely.area(shape)),
                    },
                )

    @staticmethod
    def _title(at: ShadowTime) -> str:
        return localized(Message("{time}, sun at {altitude:.1f}°", time=at.label, altitude=at.altitude_deg))


def cast_city(city: City, choices: ShadowChoices, progress: Progress = silent) -> ShadowResult:
    """Shadows of a district, and today's where it has a scheme.

    Raises
    ------
    InputError
        Where there is no terrain, or the sun is not up at any of the times.
    """
    if city.terrain is None:
        raise InputError("Shadows fall on a terrain: choose one for DTM.")
    west, north = city.terrain.west, city.terrain.north
    half = city.terrain.cell_m / 2.0
    day = sun_day(city.crs, west + half * city.terrain.columns, north - half * city.terrain.rows, choices.day)
    times = times_of(day, choices)
    notes = _low_sun(day, times, choices)
    threads = runtime.threads(0, QgsApplication.platform() == "desktop")
    azimuths, altitudes = np.array([[at.azimuth_deg, at.altitude_deg] for at in times]).T
    advance(progress, 0.0, Message("Standing the buildings on the terrain"))
    surface = build_surface(city.terrain, city.prisms, choices.cell_m)
    sun = azimuths, altitudes, choices.lowest_deg
    share = 1.0 if city.future is None else 0.5
    after = cast_shadows(surface.top, *sun, part(progress, 0.05, share), threads)
    before, built = None, surface.built
    if city.future is not None:
        today = build_surface(city.terrain, city.present, choices.cell_m)
        before, built = cast_shadows(today.top, *sun, part(progress, 0.5, 1.0), threads), built | today.built
    shares = _Shares(after, before, after.known & ~built, progress)
    step_h = choices.step_min / 60.0
    return ShadowResult(
        surface, times, _shown(times, choices), after, before, shares.numbers(surface.top.cell_m, step_h),
        [*notes, *surface_notes(surface, city.prisms)],
        [*city.entries, Entry(Message("Times"), sum(plane >= 0 for plane in after.plane))],
        [_HEAD, *(_line(at, shares.after[number]) for number, at in enumerate(times))],
    )  # fmt: skip


def times_of(day: SunDay, choices: ShadowChoices) -> list[ShadowTime]:
    """The times that were asked for, with their sun.

    Raises
    ------
    InputError
        Where they are none, too many, or not within a day.
    """
    start, end, step = choices.start_h, choices.end_h, choices.step_min / 60.0
    if not 0.0 <= start <= end <= 24.0 or not step > 0.0:
        raise InputError(
            "Times from {start:g} h to {end:g} h are no part of a day: FROM must not be after TO, and both lie between "
            "0 and 24.",
            start=start,
            end=end,
        )
    number = int((end - start) / step + 1e-6) + 1
    if number > MOST_TIMES:
        raise InputError(
            "{n} times are more than {most}: choose a longer STEP, or fewer hours.", n=number, most=MOST_TIMES
        )
    asked = start + step * np.arange(number)
    solar = day.tst_h(asked, choices.zone_h) if choices.clock else asked
    clock = asked if choices.clock else day.clock_h(asked, choices.zone_h)
    path = day.at(solar)
    rows = zip(asked, solar, clock, path.altitude_deg, path.azimuth_deg, strict=True)
    return [ShadowTime(*(float(value) for value in row)) for row in rows]


def hour_text(hours: float) -> str:
    """hh:mm of hours of a day, which may lie before or after it."""
    minutes = round(hours * 60.0) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _low_sun(day: SunDay, times: Sequence[ShadowTime], choices: ShadowChoices) -> list[Message]:
    """What must be known of times at which the sun is too low."""
    low = [at for at in times if at.altitude_deg <= max(choices.lowest_deg - 1e-9, 0.0)]
    up = np.array(day.up_h())
    rise, sets = day.clock_h(up, choices.zone_h) if choices.clock else up
    facts = {
        "lowest": choices.lowest_deg,
        "day": choices.day.isoformat(),
        "rise": hour_text(float(rise)),
        "sets": hour_text(float(sets)),
    }
    if len(low) == len(times):
        raise InputError(
            "On {day} the sun is not above {lowest:g}° at any of the times from {start} to {end}: choose times between "
            "sunrise at {rise} and sunset at {sets}.",
            start=times[0].label,
            end=times[-1].label,
            **facts,
        )
    if not low:
        return []
    return [
        Message(
            "On {day} the sun is not above {lowest:g}° at {n} of {all} times, such as {time}: all is in shadow then. "
            "Sunrise is at {rise}, sunset at {sets}.",
            n=len(low),
            all=len(times),
            time=low[0].label,
            **facts,
        )
    ]


def _shown(times: Sequence[ShadowTime], choices: ShadowChoices) -> list[QgsDateTimeRange]:
    """When each time is shown: until the next one."""
    midnight = datetime.combine(choices.day, time())
    moments = [midnight + timedelta(minutes=round(60.0 * at.asked_h, 3)) for at in times]
    moments.append(moments[-1] + timedelta(minutes=choices.step_min))
    ends = [QDateTime.fromString(moment.isoformat("T", "seconds"), Qt.DateFormat.ISODate) for moment in moments]
    for moment in ends:
        moment.setTimeSpec(Qt.TimeSpec.UTC)
    return [QgsDateTimeRange(begin, end, True, False) for begin, end in pairwise(ends)]


_HEAD = Message("Time | true solar time | clock | altitude | azimuth | open ground in shadow")


def _line(at: ShadowTime, share: float) -> Message:
    return Message(
        "{time} | {solar} | {clock} | {altitude:.1f}° | {azimuth:.1f}° | {share:.0%}",
        time=at.label,
        solar=hour_text(at.true_solar_h),
        clock=hour_text(at.clock_h),
        altitude=at.altitude_deg,
        azimuth=at.azimuth_deg,
        share=share,
    )


class _Shares:
    """How much of the open ground lies in shadow at each time, in both states."""

    def __init__(self, after: Shadows, before: Shadows | None, ground: np.ndarray, progress: Progress) -> None:
        self._cells = max(int(ground.sum()), 1)
        number = len(after.plane)
        self.after, self.before = np.zeros(number), np.full(number, np.nan)
        self._new, self._gone = np.zeros(number), np.zeros(number)
        for at in range(number):
            advance(progress, 1.0)
            now = after.at(at) & ground
            self.after[at] = now.sum() / self._cells
            if before is not None:
                earlier = before.at(at) & ground
                self.before[at] = earlier.sum() / self._cells
                self._new[at], self._gone[at] = (now & ~earlier).sum(), (earlier & ~now).sum()
        self._sun_up = after.plane >= 0
        self._compared = before is not None

    def numbers(self, cell_m: float, step_h: float) -> dict[str, float]:
        """The numbers of a result; shares are means over the times with sun."""
        found = {"TIMES_COUNT": float(self._sun_up.sum()), "SHADE_SHARE": float(self.after[self._sun_up].mean())}
        if self._compared:
            area = cell_m * cell_m * step_h
            found["SHADE_SHARE_BEFORE"] = float(self.before[self._sun_up].mean())
            found["NEW_SHADE_M2H"] = float(self._new.sum() * area)
            found["GONE_SHADE_M2H"] = float(self._gone.sum() * area)
        return found
