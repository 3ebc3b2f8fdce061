"""What is checked of the levels of a plan: that they belong together and rise; what their runs say of rain and time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from qgis.core import QgsVectorLayer

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.contingency.plan import LevelPlan
from ..kernel.flood_run import rain_of_file, run_of
from ..kernel.rasters import crs_text
from .plan_choices import ResultPort, WaterPort

ENDS_APART_MIN = 1.0


def run_of_layer(layer: QgsVectorLayer) -> str:
    """The id of the flood run of a layer of buildings; "" where it does not say so."""
    return run_of(layer)


def require_one_place(waters: Sequence[WaterPort]) -> None:
    """Check that the results of all levels have one CRS and overlap.

    Raises
    ------
    InputError
        With both results.
    """
    first, own = waters[0], waters[0].cells()
    for other in waters[1:]:
        if other.crs != first.crs:
            raise InputError(
                "The results '{first}' ({crs}) and '{other}' ({crs2}) have different CRS: simulate all levels in one "
                "CRS.",
                first=first.name,
                crs=crs_text(first.crs)[:40],
                other=other.name,
                crs2=crs_text(other.crs)[:40],
            )
        apart = _apart_m(own, other.cells())
        if apart > 0:
            raise InputError(
                "The results '{first}' and '{other}' do not overlap: they lie {far:,.1f} km apart. Choose runs of one "
                "area.",
                first=first.name,
                other=other.name,
                far=apart / 1000.0,
            )


def time_warnings(waters: Sequence[WaterPort]) -> list[Message]:
    """Warnings where runs have other extents or end at other times."""
    notes, first = [], waters[0]
    own, end = first.cells(), float(first.result.minutes[-1])
    for other in waters[1:]:
        last, cells = float(other.result.minutes[-1]), other.cells()
        if abs(last - end) > ENDS_APART_MIN:
            notes.append(
                Message(
                    "The result '{first}' ends at {end:.0f} min and '{other}' at {last:.0f} min: what comes later is "
                    "not in the plan of the level with the shorter run.",
                    first=first.name,
                    end=end,
                    other=other.name,
                    last=last,
                )
            )
        wide = 2.0 * max(own.width, cells.width)
        if max(abs(a - b) for a, b in zip(_box(own), _box(cells), strict=True)) > wide:
            notes.append(
                Message(
                    "The results '{first}' and '{other}' cover different areas: outside the smaller one there is no "
                    "water in its level.",
                    first=first.name,
                    other=other.name,
                )
            )
    return notes


def order_warnings(parts: Sequence[LevelPlan]) -> list[Message]:
    """A warning for each level that has less water than the one before it."""
    notes = []
    for lower, higher in pairwise(parts):
        fewer = len(higher.buildings) <= len(lower.buildings)
        if fewer and _water(higher) < _water(lower):
            notes.append(
                Message(
                    "The level {higher} has less water than {lower} below it ({n} buildings, not {m}): give "
                    "BUILDING_RISK from the lowest level.",
                    higher=higher.level.id,
                    lower=lower.level.id,
                    n=len(higher.buildings),
                    m=len(lower.buildings),
                )
            )
    return notes


def rain_warnings(part: LevelPlan) -> list[Message]:
    """A warning where the run of a level has less rain than the level begins with, or where that cannot be told."""
    if math.isnan(part.rain_mm):
        return [
            Message(
                "the rain of its run is not known, and was not compared with that of the level: RESULT does not say it,"
                " and no SUMMARY of the run lies in its folder."
            )
        ]
    if not part.rain_mm < part.level.rain_mm:
        return []
    return [
        Message(
            "its run has {rain:.0f} mm of rain in all; the level begins with {least:g} mm in {hours:g} h.",
            rain=part.rain_mm,
            least=part.level.rain_mm,
            hours=part.level.within_h,
        )
    ]


def rain_of(water: WaterPort | None, run: str) -> tuple[float, str]:
    """Rain of a level's run in mm and in words; NaN and "" where neither its RESULT nor a SUMMARY beside it says."""
    if water is None:
        return math.nan, ""
    rain_mm = rain_of_file(water.result.path, water.run or run)
    return rain_mm, Message("{rain:.0f} mm of rain", rain=rain_mm) if math.isfinite(rain_mm) else ""


def moments(result: ResultPort) -> tuple[float, float]:
    """When most water stands in the area, and when the run ends, minutes."""
    peak_min, most = math.nan, -math.inf
    for _, minutes, _, held in result.water():
        volume = float(held[held > 0].sum())
        if volume > most:
            peak_min, most = minutes, volume
    return (peak_min if most > 0 else math.nan), float(result.minutes[-1])


def _water(part: LevelPlan) -> float:
    return math.fsum(hit.depth_m for hit in part.buildings)


def _box(cells: Cells) -> tuple[float, float, float, float]:
    return cells.west, cells.south, cells.east, cells.north


def _apart_m(one: Cells, other: Cells) -> float:
    across = max(one.west - other.east, other.west - one.east, 0.0) * one.metres_x
    along = max(one.south - other.north, other.south - one.north, 0.0) * one.metres_y
    return math.hypot(across, along)
