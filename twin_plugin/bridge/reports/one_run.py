"""Whether the inputs of a report are of one flood: by the ids that they carry, and by figures that must agree."""

from __future__ import annotations

import math
from collections.abc import Iterator

from qgis.core import QgsMeshDatasetIndex, QgsMeshLayer, QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.flood_run import require_one_run, run_of, run_of_summary
from ..kernel.map_classes import classes
from ..kernel.raster_kinds import require_water
from .report_figures import Facts, RunLayers

RESULTS = (
    "DEPTH_MAX", "HAZARD", "ARRIVAL", "VELOCITY_MAX", "LEVEL_MAX", "DURATION_WET", "RESULT", "BUILDING_RISK",
)  # fmt: skip
"""Inputs that carry the id of their run."""
RASTERS = RESULTS[:6]
DEPTH_M = 0.01
"""Depths further apart are not those of one run."""
RAIN_MM, RAIN_SHARE = 0.5, 0.01
TIME_S = 1.0
AREA_SHARE = 0.02
TIMES = ("ARRIVAL", "DURATION_WET")
MINUTES_IN_HOUR = 60.0


def run_of_results(results: RunLayers) -> str:
    """The id of the run of a report's inputs; "" where none says so.

    Raises
    ------
    InputError
        When they are of two runs.
    """
    runs = {name: run_of(results.get(name)) for name in RESULTS}
    return require_one_run({"SUMMARY": run_of_summary(results.summary), **runs})


def require_agreement(results: RunLayers, facts: Facts) -> None:
    """Check the figures that a run's files have in common.

    Raises
    ------
    InputError
        When the storm or the times of RESULT are not those of SUMMARY.
    """
    rain, duration, end = results.number("rain_mm"), results.number("duration_s"), _end_s(results.get("RESULT"))
    if abs(facts.storm_mm - rain) > RAIN_MM + RAIN_SHARE * rain:
        raise InputError(
            "STORM has {storm:.1f} mm of rain, and the run of SUMMARY had {rain:.1f} mm: choose the storm of this run, "
            "or leave STORM empty.",
            storm=facts.storm_mm,
            rain=rain,
        )
    if abs(end - duration) > TIME_S:
        raise InputError(
            "RESULT ends after {end:.1f} min, and the run of SUMMARY after {duration:.1f} min: choose the results of "
            "one run.",
            end=end / 60.0,
            duration=duration / 60.0,
        )
    for name in TIMES:
        if (latest := latest_min(results, name)) * 60.0 - duration > TIME_S:
            raise InputError(
                "The times of {name} go up to {latest:,.1f} min, and the run of SUMMARY lasted {duration:.1f} min: "
                "choose the results of one run. If they are in seconds, set the unit of the raster's band.",
                name=name,
                latest=latest,
                duration=duration / 60.0,
            )


def doubts(results: RunLayers, facts: Facts) -> Iterator[Message]:
    """What speaks against one run in files that do not say of which they are; they may be cut or changed."""
    greatest = results.number("max_depth_m")
    deeper_m = facts.deepest_m - greatest
    if deeper_m > DEPTH_M or (deeper_m < -DEPTH_M and not _same(results, "DEPTH_MAX")):  # that of the run may be cut
        yield Message(
            "The greatest depth of DEPTH_MAX is {depth:.2f} m, and that of the run of SUMMARY {summary:.2f} m: make "
            "sure that both are of one run.",
            depth=facts.deepest_m,
            summary=greatest,
        )
    if facts.at_buildings_m - facts.deepest_m > DEPTH_M and not _same(results, "BUILDING_RISK"):
        yield Message(
            "BUILDING_RISK has water of {risk:.2f} m, and DEPTH_MAX at most {depth:.2f} m: make sure that both are of "
            "one run.",
            risk=facts.at_buildings_m,
            depth=facts.deepest_m,
        )
    if facts.first_min * 60.0 - results.number("duration_s") > TIME_S and not _same(results, "BUILDING_RISK"):
        yield Message(
            "In BUILDING_RISK water first enters after {first:.0f} min, later than the end of the run of SUMMARY: make "
            "sure that both are of one run.",
            first=facts.first_min,
        )
    yield from _wet_area(results, facts)
    yield from _short_times(results)


def _wet_area(results: RunLayers, facts: Facts) -> Iterator[Message]:
    """The wet area of the raster and that of the run, where both count from the same depth."""
    own, run_m2 = facts.wet_area_m2, results.number("wet_area_m2")
    if results.number("wet_depth_m") != classes("flood_depth")[0].lower:
        return
    larger = own > (1 + AREA_SHARE) * run_m2
    if larger or (own < (1 - AREA_SHARE) * run_m2 and not _same(results, "DEPTH_MAX")):
        yield Message(
            "The wet area of DEPTH_MAX is {area:,.0f} m², and that of the run of SUMMARY {summary:,.0f} m²: make sure "
            "that both are of one run.",
            area=own,
            summary=run_m2,
        )


def latest_min(results: RunLayers, name: str) -> float:
    """The greatest value of a raster of times in minutes; NaN without one."""
    layer = results.get(name)
    extremes = require_water(layer, name, name) if isinstance(layer, QgsRasterLayer) else None
    return math.nan if extremes is None else extremes[1]


def _short_times(results: RunLayers) -> Iterator[Message]:
    """Times that all lie within the first 60th of a run are rather in hours."""
    duration = results.number("duration_s") / 60.0
    for name in TIMES:
        latest = latest_min(results, name)
        if 0 < latest <= duration / MINUTES_IN_HOUR:
            yield Message(
                "The times of {name} go up to {latest:.1f} min only, and the run of SUMMARY lasted {duration:.1f} min: "
                "make sure that they are in minutes, not in hours.",
                name=name,
                latest=latest,
                duration=duration,
            )


def _same(results: RunLayers, name: str) -> bool:
    """Whether an input says that it is of the run of the report."""
    return bool(results.run) and run_of(results.get(name)) == results.run


def _end_s(layer: object) -> float:
    """The time of the last frame of a result; NaN without one."""
    if not isinstance(layer, QgsMeshLayer) or not layer.isValid():
        return math.nan
    last_ms = (
        layer.datasetRelativeTimeInMilliseconds(
            QgsMeshDatasetIndex(group, layer.datasetCount(QgsMeshDatasetIndex(group, 0)) - 1)
        )
        for group in layer.datasetGroupsIndexes()
    )
    return max(last_ms, default=math.nan) / 1000.0
