"""The measures of parcels as rows: OUTPUT, CHECKS and USES of twin:planningmetrics, and numbers for comparisons."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.common.messages import Message
from ...core.common.tables import columns
from ...core.planning.control_plan import STATED, ControlPlan, Measure, Verdict, excess, worst
from ...core.planning.metrics import ParcelMeasures
from ..kernel.input_table import Entry

PARCELS_OUT = columns(
    """
    id text Id of the parcel
    name text Name
    verdict text Against all limits: meets, breaks, unknown or no limit
    broken text Limits that are broken
    area_m2 real Area of the parcel
    floor_area_m2 real Floor area above ground
    buildings integer Buildings in the parcel
    far real Plot ratio
    far_limit real Greatest plot ratio allowed
    far_over real By how much the plot ratio passes its limit; below 0 where there is room
    density real Share of the parcel that is built over
    density_limit real Greatest density allowed
    density_over real By how much the density passes its limit
    green real Share of the parcel that is green land without buildings
    green_limit real Least green ratio allowed
    green_over real By how much the green ratio falls short of its limit
    height_m real Height of the highest building above its ground
    height_m_limit real Greatest height allowed
    height_m_over real By how much the height passes its limit
    setback_m real Least distance of a building to the boundary of the parcel
    setback_m_limit real Least setback allowed
    setback_m_over real By how much the setback falls short of its limit
    main_use text Use with most floor area
    use_permitted text Uses that the control plan permits
    use_verdict text Whether the main use is permitted
    verdict_before text Verdict without the scheme
    broken_before text Limits that are broken without the scheme
    floor_area_before_m2 real Floor area without the scheme
    far_before real Plot ratio without the scheme
    density_before real Density without the scheme
    green_before real Green ratio without the scheme
    height_m_before real Height without the scheme
    setback_m_before real Setback without the scheme
    """
)
CHECKS = columns(
    """
    parcel_id text Id of the parcel
    parcel text Name of the parcel
    state text present or scheme
    measure text far, density, green, height_m, setback_m or use
    value real Measured
    limit_value real Limit of the control plan
    over real By how much the limit is passed; below 0 where there is room
    verdict text meets, breaks, unknown or no limit
    """
)
USES_OUT = columns(
    """
    parcel_id text Id of the parcel
    parcel text Name of the parcel
    state text present or scheme
    use text Use
    floor_area_m2 real Floor area above ground
    share real Part of the floor area of the parcel
    """
)
PRESENT, SCHEME = "present", "scheme"
Rows = Iterator[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True, eq=False)
class State:
    """Measures and verdicts of one state of the district."""

    name: str
    measures: ParcelMeasures
    verdicts: dict[str, list[Verdict]]

    def broken(self, row: int) -> str:
        """The limits that a parcel breaks, as the field says them."""
        return "; ".join(key for key, found in self.verdicts.items() if found[row] is Verdict.BREAKS)

    def verdict(self, row: int) -> Verdict:
        """The verdict of a parcel against all limits."""
        return worst([found[row] for found in self.verdicts.values()])


@dataclass(frozen=True, eq=False)
class ParcelReview:
    """The measures of all parcels.

    Attributes
    ----------
    plan : ControlPlan
    now : State
        What is reviewed: with the scheme where there is one.
    before : State or None
        Without the scheme.
    touched : ndarray of bool, shape (parcels,)
        Parcels in which the scheme builds or replaces something; all, without a scheme.
    planned_floor_m2 : float
        Floor area above ground of the scheme's buildings; 0 without a scheme.
    notes, entries : list
    """

    plan: ControlPlan
    now: State
    before: State | None
    touched: np.ndarray
    planned_floor_m2: float
    guessed: int
    notes: list[Message]
    entries: list[Entry]

    @property
    def outputs(self) -> dict[str, float]:
        """The numbers that the algorithm gives."""
        verdicts = [self.now.verdict(row) for row in range(len(self.plan))]
        before = [] if self.before is None else [self.before.verdict(row) for row in range(len(self.plan))]
        return {
            "PARCELS_COUNT": len(self.plan),
            "BREAKING": verdicts.count(Verdict.BREAKS),
            **({"BREAKING_BEFORE": before.count(Verdict.BREAKS)} if before else {}),
            "FLOOR_AREA_M2": float(self.now.measures.floor_m2.sum()),
            "GUESSED": self.guessed,
        }

    @property
    def numbers(self) -> dict[str, float]:
        """What a comparison of schemes reads: limits that the scheme breaks, and areas."""
        return {"broken_limits": float(self._breaks()), "planned_floor_area_m2": self.planned_floor_m2} | _areas(
            self.now
        )

    @property
    def today(self) -> dict[str, float]:
        """The same without the scheme, as far as it is there."""
        return {} if self.before is None else _areas(self.before)

    def _breaks(self) -> int:
        """Limits that are broken in the parcels that the scheme touches, and are kept today or broken by less."""
        touched = np.flatnonzero(self.touched).tolist()
        broken = [(key, row) for key, found in self.now.verdicts.items() for row in touched
                  if found[row] is Verdict.BREAKS]  # fmt: skip
        return sum(not self._broken_already(key, row) for key, row in broken)

    def _broken_already(self, key: str, row: int) -> bool:
        """Whether a limit is broken today by no less."""
        if self.before is None or self.before.verdicts[key][row] is not Verdict.BREAKS:
            return False
        if key == "use":
            return True
        measure = Measure(key)
        limit = self.plan.limits[measure]
        now, before = (excess(measure, state.measures.values[measure], limit)[row] for state in (self.now, self.before))
        return bool(now <= before + STATED[measure] / 2)

    def rows(self) -> Rows:
        """The rows of OUTPUT."""
        plan, now, before = self.plan, self.now, self.before
        main = now.measures.main_use()
        for row, shape in enumerate(plan.shapes):
            values: dict[str, Any] = {
                "id": plan.ids[row],
                "name": plan.names[row] or None,
                "verdict": now.verdict(row).value,
                "broken": now.broken(row) or None,
                "area_m2": now.measures.area_m2[row],
                "floor_area_m2": now.measures.floor_m2[row],
                "buildings": now.measures.buildings[row],
                "main_use": main[row] or None,
                "use_permitted": "; ".join(sorted(plan.uses[row])) or None,
                "use_verdict": now.verdicts["use"][row].value,
            }
            for measure in Measure:
                key, limit = measure.value, plan.limits[measure]
                found = now.measures.values[measure]
                values |= {key: found[row], f"{key}_limit": limit[row]}
                values[f"{key}_over"] = excess(measure, found, limit)[row]
                values[f"{key}_before"] = math.nan if before is None else before.measures.values[measure][row]
            if before is not None:
                values["verdict_before"] = before.verdict(row).value
                values["broken_before"] = before.broken(row) or None
                values["floor_area_before_m2"] = before.measures.floor_m2[row]
            yield shape, values

    def checks(self) -> Rows:
        """The rows of CHECKS."""
        for state in self._states():
            for key, verdicts in state.verdicts.items():
                for row, verdict in enumerate(verdicts):
                    if verdict is not Verdict.NO_LIMIT:
                        values = self._named(row, state) | {"measure": key, "verdict": verdict.value}
                        yield None, values | self._measured(state, key, row)

    def uses(self) -> Rows:
        """The rows of USES."""
        for state in self._states():
            found = state.measures
            for row in found.by_use:
                if row.floor_m2 > 0:
                    share = row.floor_m2 / float(found.floor_m2[row.parcel])
                    values = {"use": row.use, "floor_area_m2": row.floor_m2, "share": share}
                    yield None, self._named(row.parcel, state) | values

    def _states(self) -> list[State]:
        return [self.now] if self.before is None else [self.before, self.now]

    def _named(self, row: int, state: State) -> dict[str, Any]:
        return {"parcel_id": self.plan.ids[row], "parcel": self.plan.names[row] or None, "state": state.name}

    def _measured(self, state: State, key: str, row: int) -> dict[str, Any]:
        if key == "use":
            return {}
        measure = Measure(key)
        values, limits = state.measures.values[measure], self.plan.limits[measure]
        return {"value": values[row], "limit_value": limits[row], "over": excess(measure, values, limits)[row]}


def _areas(state: State) -> dict[str, float]:
    return {
        "green_m2": float(state.measures.green_m2.sum()),
        "built_over_m2": float(state.measures.footprint_m2.sum()),
    }
