"""The tables of an ensemble: its runs, and what measures change against doing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...common.tables import columns
from .envelope import THRESHOLDS_M
from .run_table import RunRow

FloatArray = NDArray[np.floating[Any]]

RUN_COLUMNS = columns(
    """
    name text Name of the run in RUNS
    state text ok: computed now; skipped: finished before from the same inputs; failed
    reason text Why it failed, or was computed again
    warnings integer Warnings in the log.txt of its folder, such as parameters without effect
    measure text As in RUNS
    return_period_a real As in RUNS, years
    run_id text Id of the flood run, which all its results carry
    mass_error real Error of the water account on the terrain, as a share of all water
    system_error real Error of the account over everything that holds water, as a share of all water
    wet_area_m2 real Area that was ever wet
    peak_volume_m3 real Most water at one time
    max_depth_m real Greatest depth
    buildings_reached integer Buildings that water enters (risk class 2 and above)
    doors_reached integer Openings above whose sill the water stands
    simulated_min real Simulated time
    seconds real Time that the run took
    folder text Folder of its results
    """
)
_AREAS = "".join(
    f"""
    area_over_{100 * limit_m:.0f}cm_m2 real Area deeper than {limit_m:g} m
    area_over_{100 * limit_m:.0f}cm_change_m2 real Change of that area against the baseline"""
    for limit_m in THRESHOLDS_M
)
COMPARISON_COLUMNS = columns(
    f"""
    name text Name of the run
    measure text As in RUNS
    baseline text Run that it is compared with
    cost real As in RUNS
    peak_volume_m3 real Most water on the terrain at one time
    peak_volume_change_m3 real Change of that volume against the baseline
    wet_area_m2 real Area that was ever wet
    wet_area_change_m2 real Change of that area against the baseline
    {_AREAS.strip()}
    greatest_fall_m real Most that the depth falls anywhere, against the baseline
    greatest_rise_m real Most that the depth rises anywhere, against the baseline
    buildings_reached integer Buildings that water enters
    buildings_kept_dry integer Buildings that water enters in the baseline only
    buildings_newly_wet integer Buildings that water enters in this run only
    doors_reached integer Openings above whose sill the water stands
    doors_kept_dry integer Openings reached in the baseline only
    doors_newly_wet integer Openings reached in this run only
    cost_per_door real Cost for each opening that is kept dry, less those that are newly wet
    reason text Why there is no comparison
    change_map text Raster of the change of depth
    """
)


class DepthChange:
    """Areas and extremes of the depths of two runs, added up over strips of cells.

    Parameters
    ----------
    cell_m2 : float
        Area of a cell.
    """

    def __init__(self, cell_m2: float) -> None:
        self._cell_m2 = cell_m2
        self._above = np.zeros((2, len(THRESHOLDS_M)), np.int64)
        self.fall_m = self.rise_m = 0.0

    def add(self, before_m: FloatArray, after_m: FloatArray, difference_m: FloatArray) -> None:
        """Add a strip: depths of both runs (NaN without data) and their difference (NaN where there is none).

        Only cells that both runs know count.
        """
        known = np.isfinite(before_m) & np.isfinite(after_m)
        for side, depth_m in enumerate((before_m, after_m)):
            for at, limit_m in enumerate(THRESHOLDS_M):
                self._above[side, at] += int((known & (depth_m > np.float32(limit_m))).sum())
        there = difference_m[np.isfinite(difference_m)]
        if there.size:
            self.fall_m = max(self.fall_m, -float(there.min()))
            self.rise_m = max(self.rise_m, float(there.max()))

    def row(self) -> dict[str, float]:
        """The values by `COMPARISON_COLUMNS`."""
        result = {"greatest_fall_m": self.fall_m, "greatest_rise_m": self.rise_m}
        for at, limit_m in enumerate(THRESHOLDS_M):
            before, after = (self._cell_m2 * float(count) for count in self._above[:, at])
            name = f"area_over_{100 * limit_m:.0f}cm"
            result |= {f"{name}_m2": after, f"{name}_change_m2": after - before}
        return result


def run_row(run: RunRow, state: str, reason: str, folder: str, answer: Mapping[str, Any] | None) -> dict[str, Any]:
    """The row of a run by `RUN_COLUMNS`; `answer` has its figures where it is finished."""
    figures = dict(answer or {})
    for reached in ("buildings", "doors"):
        if reached in figures:
            figures[f"{reached}_reached"] = sum(figures[reached].values())
    own = {"name": run.name, "state": state, "reason": reason, "measure": run.measure, "folder": folder}
    known = {**figures, **own, "return_period_a": run.return_period_a}
    return {column.name: known.get(column.name) for column in RUN_COLUMNS}


def comparison_row(
    run: RunRow, baseline: str, before: Mapping[str, Any], after: Mapping[str, Any], change: DepthChange
) -> dict[str, Any]:
    """The row of a measure by `COMPARISON_COLUMNS`.

    Parameters
    ----------
    before, after : mapping
        Figures of both runs: peak_volume_m3, wet_area_m2, and buildings and doors as lists of the ids that water
        reaches, where they were assessed.
    """
    row: dict[str, Any] = {"name": run.name, "measure": run.measure, "baseline": baseline, **change.row()}
    row["cost"] = run.cost
    for name, unit in (("peak_volume", "m3"), ("wet_area", "m2")):
        values = [float(figures[f"{name}_{unit}"]) for figures in (before, after)]
        row |= {f"{name}_{unit}": values[1], f"{name}_change_{unit}": values[1] - values[0]}
    for name in ("buildings", "doors"):
        if name in before and name in after:
            row |= _reached(name, before[name], after[name])
    saved = row.get("doors_kept_dry", 0) - row.get("doors_newly_wet", 0)
    if saved > 0:
        row["cost_per_door"] = run.cost / saved
    return row


def _reached(name: str, before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """How many are reached, and of each building how many more or fewer."""
    more = {key: after.get(key, 0) - before.get(key, 0) for key in {*before, *after}}
    return {
        f"{name}_reached": sum(after.values()),
        f"{name}_kept_dry": -sum(min(0, change) for change in more.values()),
        f"{name}_newly_wet": sum(max(0, change) for change in more.values()),
    }
