"""Whether the inputs of a report are of one flood: by the ids that they carry, and by figures that must agree."""

from __future__ import annotations

import math
from collections.abc import Iterator

from qgis.core import QgsMeshDatasetIndex, QgsMeshLayer, QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ..kernel.flood_run import require_one_run, run_of, run_of_summary
from ..kernel.rasters import own_cells
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


def doubts(results: RunLayers, facts: Facts) -> Iterator[Message]:
    """What speaks against one run in files that do not say of which they are; they may be cut or changed."""
    greatest = results.number("max_depth_m")
    if abs(facts.deepest_m - greatest) > DEPTH_M and not _same(results, "DEPTH_MAX"):
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
    yield from _other_cells(results)


def _other_cells(results: RunLayers) -> Iterator[Message]:
    """Rasters of a run have the same cells."""
    rasters = {name: results.get(name) for name in RASTERS}
    grids = {name: own_cells(layer) for name, layer in rasters.items() if isinstance(layer, QgsRasterLayer)}
    first = next(iter(grids), "")
    for name, cells in grids.items():
        if cells != grids[first]:
            yield Message(
                "{first} and {other} have not the same cells: make sure that both are of one run.",
                first=first,
                other=name,
            )
            return


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
