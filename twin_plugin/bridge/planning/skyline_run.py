"""What twin:skyline joins: a district, its observers, core's skylines and their measures; rows and what is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsApplication

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress
from ...core.planning.curvature import REFRACTION, lowering
from ...core.planning.observers import Observers
from ...core.planning.skyline import SeenSkyline, SkylineScene, SkylineSight, SkylineWalls, covered, look
from ...core.planning.skyline_change import RidgeBreak, breaks, change
from ...core.planning.skyline_measures import (
    PEAK_DEG,
    SIZES_DEG,
    AzimuthWindow,
    SkylineMeasures,
    measure,
)
from ...core.planning.skyline_pieces import Eye, SkylineRun, runs_of
from ..kernel import runtime
from ..kernel.input_table import Entry
from .city import City, require_something

TERRAIN, PRESENT = "terrain", "present"
"""Ridge lines that may be kept: of the terrain alone, or today's skyline."""
MOST_PIECES_FROM = 2000
"""Observers whose pieces are written; each has some hundred."""
Row = tuple[Any, dict[str, Any]]


@dataclass(frozen=True)
class SkylineChoices:
    """What the user decides.

    Attributes
    ----------
    window : AzimuthWindow
    ridge : str
        TERRAIN or PRESENT.
    refraction : float or None
        None for a flat Earth.
    terrain_step_deg : float
    sizes_deg : sequence of float
        Boxes of the dimension.
    peak_deg : float
    pieces : bool
        Whether rows of pieces are wanted.
    drawn : str
        Id or name of the observer whose skyline is drawn; "" for the one with the greatest change, else the first.
    """

    window: AzimuthWindow = field(default_factory=AzimuthWindow)
    ridge: str = PRESENT
    refraction: float | None = REFRACTION
    terrain_step_deg: float = 0.5
    sizes_deg: Sequence[float] = SIZES_DEG
    peak_deg: float = PEAK_DEG
    pieces: bool = True
    drawn: str = ""


@dataclass(frozen=True, eq=False)
class DrawnSkyline:
    """What a chart shows of one observer."""

    name: str
    seen: SeenSkyline
    scene: SkylineScene
    planned: np.ndarray
    window: AzimuthWindow
    measures: SkylineMeasures
    before: SkylineMeasures | None
    broken: list[RidgeBreak]
    ridge: str
    row: dict[str, Any]


@dataclass(frozen=True, eq=False)
class SkylineResult:
    """The review of skylines: rows of the three tables, numbers, and what is drawn."""

    skylines: list[Row]
    pieces: list[Row]
    breakers: list[Row]
    numbers: dict[str, float]
    notes: list[Message]
    entries: list[Entry]
    drawn: DrawnSkyline


@dataclass(frozen=True, eq=False)
class _Review:
    """The scene with what rows need of it."""

    city: City
    observers: Observers
    choices: SkylineChoices
    scene: SkylineScene
    planned: np.ndarray
    worst: dict[int, tuple[RidgeBreak, int, int]] = field(default_factory=dict)

    @property
    def walls(self) -> SkylineWalls:
        return self.scene.shown


def review_skyline(city: City, observers: Observers, choices: SkylineChoices, progress: Progress) -> SkylineResult:
    """Look from every observer, measure, and compare with today and with the ridge line.

    Raises
    ------
    InputError
        When no observer can look, or more than can be written.
    Cancelled
    """
    require_something(city)
    observers, notes, entry = _able(city, observers)
    if choices.pieces and len(observers) > MOST_PIECES_FROM:
        raise InputError(
            "The pieces of {n} skylines are too many to write: choose a wider spacing or fewer observers (up to "
            "{most}), or leave PIECES out.",
            n=len(observers),
            most=MOST_PIECES_FROM,
        )
    bend = 0.0 if choices.refraction is None else lowering(choices.refraction)
    future = None if city.future is None else city.future.prisms
    sight = SkylineSight(bend, choices.terrain_step_deg)
    scene = SkylineScene.of(city.present, future, city.terrain, sight)
    planned = np.zeros(city.prisms.objects, bool) if city.future is None else city.future.planned
    review = _Review(city, observers, choices, scene, planned)
    skylines, pieces, drawn = list[Row](), list[Row](), None
    threads = runtime.threads(0, QgsApplication.platform() == "desktop")
    for seen in look(scene, observers, progress, threads):
        row, candidate = _measured(review, seen)
        skylines.append((_place(observers, seen.number), row))
        if choices.pieces:
            pieces += _pieces(review, seen)
        if drawn is None or _rather(review, candidate, drawn):
            drawn = candidate
    if drawn is None:
        raise InputError("There is no observer to look.")
    if choices.drawn and choices.drawn not in (drawn.row["observer"], drawn.row["name"]):
        notes.append(
            Message("No observer is called '{name}': the chart shows {other}.", name=choices.drawn, other=drawn.name)
        )
    breakers = list(_breakers(review))
    notes += _ridge_notes(city, choices)
    numbers = _numbers([row for _, row in skylines], breakers)
    return SkylineResult(skylines, pieces, breakers, numbers, notes, [entry], drawn)


def _able(city: City, observers: Observers) -> tuple[Observers, list[Message], Entry]:
    """The observers that stand free, today and with the scheme."""
    hidden = covered(observers, city.present)
    if city.future is not None:
        hidden |= covered(observers, city.future.prisms)
    free = observers.keep(~hidden)
    if not len(free):
        raise InputError(
            "All {n} observers stand at the wall of a building, or in or below one of the scheme, such as {ids}: move "
            "them.",
            n=len(observers),
            ids=", ".join(observers.ids[:3]),
        )
    notes = []
    if hidden.any():
        notes.append(
            Message(
                "{n} observers at the wall of a building, or in or below one of the scheme, are left out, such as "
                "{ids}: they have no skyline.",
                n=int(hidden.sum()),
                ids=", ".join(observers.keep(hidden).ids[:3]),
            )
        )
    return free, notes, Entry(Message("observers that stand free"), len(free), int(hidden.sum()))


def _measured(review: _Review, seen: SeenSkyline) -> tuple[dict[str, Any], DrawnSkyline]:
    """The row of an observer, and what a chart of it would show."""
    observers, choices, scene = review.observers, review.choices, review.scene
    number, window = seen.number, choices.window
    found = measure(seen.shown, review.walls, window, choices.sizes_deg, choices.peak_deg)
    row = {
        "observer": observers.ids[number],
        "name": observers.names[number],
        "path_m": observers.along_m[number],
        "eye_m": observers.eye_m[number],
        **{name: getattr(found, name) for name in SkylineMeasures.__dataclass_fields__},
        "ridge": choices.ridge,
    }
    before = None
    if seen.future is not None:
        before = measure(seen.present, scene.present, window, choices.sizes_deg, choices.peak_deg)
        altered = change(seen.present, seen.future, window)
        row |= {
            "mean_before_deg": before.mean_deg,
            "maximum_before_deg": before.maximum_deg,
            "peaks_before": before.peaks,
            "tortuosity_before": before.tortuosity,
            "dimension_before": before.dimension,
            "sky_share_before": before.sky_share,
            "raised_deg2": altered.raised_deg2,
            "lowered_deg2": altered.lowered_deg2,
            "raised_most_deg": altered.most_raised_deg,
            "raised_at_deg": altered.most_raised_at_deg,
        }
    broken = _broken(review, seen)
    row |= _broken_values(review, broken)
    drawn = DrawnSkyline(
        observers.names[number], seen, scene, review.planned, window, found, before, broken, choices.ridge, row
    )
    return row, drawn


def _broken(review: _Review, seen: SeenSkyline) -> list[RidgeBreak]:
    """Who breaks the ridge line of an observer; for each object the worst is kept in `worst`."""
    ridge = seen.terrain if review.choices.ridge == TERRAIN else seen.present
    if ridge is seen.shown:
        return []
    found = breaks(seen.shown, ridge, review.walls, review.choices.window)
    for item in found:
        worst, observer, count = review.worst.get(item.object, (item, seen.number, 0))
        if item.most_deg > worst.most_deg:
            worst, observer = item, seen.number
        review.worst[item.object] = (worst, observer, count + 1)
    return found


def _broken_values(review: _Review, broken: list[RidgeBreak]) -> dict[str, Any]:
    """What the row of an observer says of its ridge line."""
    values: dict[str, Any] = {
        "breakers": len(broken),
        "broken_width_deg": sum(item.width_deg for item in broken),
        "broken_deg2": sum(item.area_deg2 for item in broken),
    }
    if broken:
        prisms, first = review.walls.prisms, broken[0]
        values |= {
            "broken_by": prisms.ids[first.object],
            "broken_by_name": prisms.names[first.object],
            "broken_deg": first.most_deg,
            "broken_at_deg": first.at_deg,
            "broken_ranges": "; ".join(f"{low:.2f}–{high:.2f}" for low, high in first.ranges_deg),
        }
    return values


def _place(observers: Observers, number: int) -> shapely.Point:
    return shapely.Point(observers.x[number], observers.y[number], observers.eye_m[number])


def _pieces(review: _Review, seen: SeenSkyline) -> Iterator[Row]:
    """The pieces of a skyline, today's and with the scheme."""
    observers, number, scene = review.observers, seen.number, review.scene
    eye = Eye(
        float(observers.x[number]), float(observers.y[number]), float(observers.eye_m[number]),
        scene.sight.lowering_per_m,
    )  # fmt: skip
    states = [("present", seen.present, scene.present, np.zeros(scene.present.prisms.objects, bool))]
    if seen.future is not None and scene.future is not None:
        states.append(("scheme", seen.future, scene.future, review.planned))
    for state, skyline, walls, planned in states:
        for run in runs_of(skyline, walls, seen.horizon_m, eye, review.choices.window):
            known = run.object >= 0
            yield (
                _lines_of(run),
                {
                    "observer": observers.ids[number],
                    "state": state,
                    "kind": run.kind,
                    "object": walls.prisms.ids[run.object] if known else None,
                    "name": walls.prisms.names[run.object] if known else None,
                    "planned": bool(planned[run.object]) if known else None,
                    "from_deg": run.from_deg,
                    "to_deg": run.to_deg,
                    "width_deg": run.width_deg,
                    "maximum_deg": run.most_deg,
                    "maximum_at_deg": run.at_deg,
                    "distance_m": run.distance_m,
                    "top_m": run.top_m,
                },
            )


def _lines_of(run: SkylineRun) -> shapely.Geometry | None:
    return shapely.multilinestrings([shapely.linestrings(line) for line in run.lines]) if run.lines else None


def _breakers(review: _Review) -> Iterator[Row]:
    """A row for each building that breaks the ridge line, the worst first."""
    prisms, observers = review.walls.prisms, review.observers
    if not review.worst:
        return
    outlines, tops = prisms.object_outlines(), prisms.object_tops()
    for number, (item, observer, count) in sorted(review.worst.items(), key=lambda pair: -pair[1][0].most_deg):
        outline = outlines[number]
        shape = outline if outline.geom_type == "MultiPolygon" else shapely.multipolygons([outline])
        yield (
            shape,
            {
                "object": prisms.ids[number],
                "name": prisms.names[number],
                "planned": bool(review.planned[number]),
                "top_m": tops[number],
                "observers": count,
                "broken_deg": item.most_deg,
                "observer": observers.ids[observer],
                "broken_at_deg": item.at_deg,
                "broken_width_deg": item.width_deg,
                "broken_deg2": item.area_deg2,
            },
        )


def _rather(review: _Review, new: DrawnSkyline, old: DrawnSkyline) -> bool:
    """Whether an observer's skyline is drawn in the place of another one's."""
    wanted = review.choices.drawn
    if wanted:
        names = [(drawn.row["observer"], drawn.row["name"]) for drawn in (new, old)]
        return wanted in names[0] and wanted not in names[1]

    def weight(drawn: DrawnSkyline) -> float:
        return float(drawn.row.get("raised_deg2", 0.0) + drawn.row.get("lowered_deg2", 0.0))

    return weight(new) > weight(old)


def _ridge_notes(city: City, choices: SkylineChoices) -> list[Message]:
    """What must be known of the ridge line."""
    if choices.ridge == PRESENT and city.future is None:
        return [
            Message(
                "No ridge line is compared: RIDGE is the skyline of today, and there is no SCHEME. Choose terrain to "
                "see which buildings rise above the hills."
            )
        ]
    if choices.ridge == TERRAIN and city.terrain is None:
        return [
            Message("There is no terrain: the ridge line is the level horizon, and every higher building breaks it.")
        ]
    return []


def _numbers(rows: list[dict[str, Any]], breakers: list[Row]) -> dict[str, float]:
    """Means of what is measured, and the greatest of what changes."""

    def most(name: str) -> float:
        return max((float(row.get(name, 0.0)) for row in rows), default=0.0)

    return {
        "OBSERVERS_COUNT": len(rows),
        "MEAN_DEG": float(np.mean([row["mean_deg"] for row in rows])),
        "MAXIMUM_DEG": most("maximum_deg"),
        "SKY_SHARE": float(np.mean([row["sky_share"] for row in rows])),
        "BREAKERS_COUNT": len(breakers),
        "BREAK_MAX_DEG": most("broken_deg"),
        "RAISED_DEG2": most("raised_deg2"),
        "LOWERED_DEG2": most("lowered_deg2"),
    }
