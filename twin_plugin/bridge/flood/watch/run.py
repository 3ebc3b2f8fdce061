"""What twin:floodwatch joins: observations, stored runs, core's ranking, and the rows and sentences of the outputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ....core.common.messages import Message
from ....core.common.tables import columns
from ....core.flood.rainfall_series import RainSeries
from ....core.flood.watch.nearest import Nearness, Ranked, Ranking, Side, Situation, rank
from ....core.flood.watch.rain_windows import WINDOWS_MIN, RainWindows, first_rain_min, names, rain_windows, so_far
from ...kernel.input_table import table_lines
from .observations import Watched
from .stored_runs import StoredRun, StoredRuns
from .water import ComparedWater

LONG = 2.0
"""Observations that are so many times as long as the longest stored rain hold perhaps several storms."""
COLUMNS = columns("""
    rank integer 1 for the nearest run; 0 for what is observed; empty where the rain of a run is not known
    kind text observed or run
    name text Name of the run
    distance real 0 for the same, 1 for nothing in common
    rain_distance real The part of the rain
    water_distance real The part of the levels or depths at gauges
    near boolean Whether the run is near: within the limit, and nothing observed lies outside the stored runs
    reason text Why the run was not compared
    most_10min_mm real Most rain in any 10 min, mm
    most_30min_mm real Most rain in any 30 min, mm
    most_60min_mm real Most rain in any 60 min, mm
    most_120min_mm real Most rain in any 120 min, mm
    total_mm real Rain in all, mm
    return_period_a real Return period of the run, years
    measure text Measure of the run
    wet_area_m2 real Area that was ever wet, m²
    peak_volume_m3 real Most water at one time, m³
    max_depth_m real Greatest depth, m
    buildings_reached integer Buildings that water enters
    doors_reached integer Openings above whose sill the water stands
    class_1 integer Buildings of risk class 1
    class_2 integer Buildings of risk class 2
    class_3 integer Buildings of risk class 3
    class_4 integer Buildings of risk class 4
    plan text Plan that was made from the run
    result text Water over time of the run
    folder text Folder of its results
    run_id text Id of the flood run
""")
Rows = Iterable[tuple[None, dict[str, Any]]]
WaterOf = Callable[[Sequence[StoredRun]], ComparedWater]


@dataclass(frozen=True)
class WatchResult:
    """Rows of OUTPUT, the other outputs by name, and what the log says.

    Attributes
    ----------
    says : Message
        The nearest run or that none is near, in a sentence.
    """

    rows: Rows
    says: Message
    values: dict[str, Any]
    warnings: list[Message]
    lines: list[Message]


def watch(
    watched: Watched,
    stored: StoredRuns,
    nearness: Nearness,
    begun: bool,
    water_of: WaterOf | None = None,
) -> WatchResult:
    """Compare observations with stored runs.

    Parameters
    ----------
    begun : bool
        The storm goes on: runs are compared with the part of their rain that is as long as the storm so far.
    water_of : callable, optional
        Gives the water at gauges, observed and of runs.
    """
    known = [run for run in stored.runs if run.rain is not None]
    entries = [*watched.entries, *stored.entries]
    water = ComparedWater({}, [{} for _ in known], None)
    if water_of is not None:
        water = water_of(known)
    if water.entry is not None:
        entries.append(water.entry)
    rain = watched.rain.series
    elapsed_min = rain.duration_min - first_rain_min(rain)
    compared = [_compared(run, elapsed_min if begun else None) for run in known]
    runs = [Situation(rain_windows(one), there) for one, there in zip(compared, water.runs_m, strict=True)]
    observed = Situation(rain_windows(rain), water.observed_m)
    ranking = rank(observed, runs, nearness)
    says = _says(ranking, known, nearness)
    values = _values(ranking, known, watched)
    warnings = [*watched.warnings, *_unknown_windows(observed.rain), *_doubts(ranking, known, elapsed_min)]
    near = [] if ranking.outside else [row for row in ranking.rows if row.distance <= nearness.limit]
    values["RUNS_NEAR"] = len(near)
    spread = _spread([known[row.run] for row in near])
    lines = [_windows_line(observed.rain), *table_lines(entries), *spread, says]
    return WatchResult(_rows(observed, ranking, known, runs, nearness, stored.runs), says, values, warnings, lines)


def _compared(run: StoredRun, elapsed_min: float | None) -> RainSeries:
    """The rain of a run that is compared: its first minutes where the storm goes on."""
    rain = run.rain or RainSeries([1.0], [0.0])
    return rain if elapsed_min is None or elapsed_min <= 0 else so_far(rain, elapsed_min)


def _rows(
    observed: Situation,
    ranking: Ranking,
    known: Sequence[StoredRun],
    runs: Sequence[Situation],
    nearness: Nearness,
    stored: Sequence[StoredRun],
) -> Rows:
    """What is observed, the runs from the nearest on, and those that were not compared."""
    yield None, {"rank": 0, "kind": "observed", **_measures(observed.rain)}
    for place, row in enumerate(ranking.rows, 1):
        near = not ranking.outside and row.distance <= nearness.limit
        values = {"rank": place, "near": near, **_distances(row), **_measures(runs[row.run].rain)}
        yield None, _of_run(known[row.run]) | values
    for run in stored:
        if run.rain is None:
            yield None, _of_run(run) | {"near": False, "reason": run.reason}


def _of_run(run: StoredRun) -> dict[str, Any]:
    return {**run.figures, "kind": "run", "name": run.name}


def _distances(row: Ranked) -> dict[str, Any]:
    return {"distance": row.distance, "rain_distance": row.rain_distance, "water_distance": row.water_distance}


def _measures(rain: RainWindows) -> dict[str, float]:
    return dict(zip(names(), rain.values().tolist(), strict=True))


def _values(ranking: Ranking, known: Sequence[StoredRun], watched: Watched) -> dict[str, Any]:
    """The outputs that are numbers and texts; without a near run no name and no plan, so that no model takes one."""
    first = ranking.rows[0]
    run = known[first.run]
    values: dict[str, Any] = {
        "NEAREST": run.name if ranking.is_near else "",
        "PLAN": str(run.figures.get("plan") or "") if ranking.is_near else "",
        "DISTANCE": first.distance,
        "IS_NEAR": ranking.is_near,
    }
    if ranking.sure is not None:
        values["SURE_PCT"] = 100.0 * ranking.sure
    if watched.age_min is not None:
        values["AGE_MIN"] = watched.age_min
    return values


def _says(ranking: Ranking, known: Sequence[StoredRun], nearness: Nearness) -> Message:
    first = ranking.rows[0]
    figures = {"name": known[first.run].name, "distance": first.distance, "limit": nearness.limit}
    if not ranking.is_near:
        return Message(
            "No stored run is near. The nearest is '{name}' at a distance of {distance:.2f}; near is up to {limit:g}.",
            **figures,
        )
    if ranking.sure is None or ranking.equal == len(ranking.rows):
        return Message("The nearest run is '{name}' at a distance of {distance:.2f}.", **figures)
    return Message(
        "The nearest run is '{name}' at a distance of {distance:.2f}; the next one is at {other:.2f}, so that it is "
        "{sure:.0f} % sure.",
        **figures,
        other=ranking.rows[ranking.equal].distance,
        sure=100.0 * ranking.sure,
    )


def _doubts(ranking: Ranking, known: Sequence[StoredRun], elapsed_min: float) -> list[Message]:
    """What the user must know of the comparison."""
    found = []
    above, below = ([name for name, at in ranking.outside.items() if at is side] for side in (Side.ABOVE, Side.BELOW))
    if above:
        found.append(
            Message(
                "More is observed than in any stored run: {names}. Nothing is extrapolated: simulate this storm.",
                names=", ".join(above),
            )
        )
    if below:
        found.append(Message("Less is observed than in any stored run: {names}.", names=", ".join(below)))
    if ranking.equal > 1:
        equal = [known[row.run].name for row in ranking.rows[: ranking.equal]]
        found.append(
            Message(
                "{n} runs are equally near: {names}. Where they have the same rain, water at gauges (LEVELS) can tell "
                "them apart.",
                n=ranking.equal,
                names=", ".join(equal[:8]),
            )
        )
    longest = max((run.rain.duration_min for run in known if run.rain is not None), default=0.0)
    if elapsed_min > LONG * longest:
        found.append(
            Message(
                "The observed rain goes over {hours:.1f} h, the longest stored one over {longest:.1f} h: choose "
                "LAST_HOURS, so that an earlier storm does not count.",
                hours=elapsed_min / 60.0,
                longest=longest / 60.0,
            )
        )
    return found


def _unknown_windows(rain: RainWindows) -> list[Message]:
    """Windows that the steps of the observations are too long for."""
    missing = [minutes for minutes, most in zip(WINDOWS_MIN, rain.most_mm, strict=True) if most != most]
    if not missing:
        return []
    return [
        Message(
            "The steps of the observed rain are longer than {minutes:g} min: the most in so short a time is not known "
            "and not compared.",
            minutes=missing[-1],
        )
    ]


def _spread(near: Sequence[StoredRun]) -> list[Message]:
    """How far the near runs differ in what they did."""
    areas = [float(area) for run in near if (area := run.figures.get("wet_area_m2")) is not None]
    if len(near) < 2 or not areas:
        return []
    return [
        Message(
            "{n} runs are near; their wet areas go from {low:,.0f} to {high:,.0f} m².",
            n=len(near),
            low=min(areas),
            high=max(areas),
        )
    ]


def _windows_line(rain: RainWindows) -> Message:
    values = {name: "-" if value != value else f"{value:.1f}" for name, value in _measures(rain).items()}
    return Message(
        "Observed: at most {most_10min_mm} mm in 10 min, {most_30min_mm} in 30, {most_60min_mm} in 60, "
        "{most_120min_mm} in 120; {total_mm} mm in all.",
        **values,
    )
