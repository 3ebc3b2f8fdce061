"""What twin:planningmetrics joins: a control plan, buildings with their floor areas, green land, and a scheme."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.messages import Message
from ...core.common.progress import Progress, part, silent
from ...core.common.tables import columns
from ...core.planning.control_plan import STATED, ControlPlan, Measure, Verdict, excess, judge, judge_use, worst
from ...core.planning.metrics import PART_SHARE, ParcelMeasures, Stock, measure_parcels
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, areas_of, texts_of
from .city import City, read_site
from .control_plan_layers import read_control_plan, use_words
from .stock import Ground, read_stock, read_storeys

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
SCHEME_FIELD = ("scheme", "方案")
Rows = Iterator[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class ParcelLayers:
    """The layers of a review by parcels; buildings, scheme and site are those that the city was read from."""

    parcels: QgsFeatureSource
    buildings: QgsFeatureSource | None = None
    scheme: QgsFeatureSource | None = None
    site: QgsFeatureSource | None = None
    storeys: QgsFeatureSource | None = None
    green: QgsFeatureSource | None = None


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


class ParcelReviewer:
    """Reviews a district, and the same with one scheme or several, by the parcels of a control plan.

    Parameters
    ----------
    city : City
        Only what stands today is read from it.
    layers : ParcelLayers
    ground : Ground
    """

    def __init__(self, city: City, layers: ParcelLayers, ground: Ground) -> None:
        self._city, self._layers, self._ground = city, layers, ground
        self._words = use_words()
        read = read_control_plan(layers.parcels, city.reader, self._words)
        self.plan = read.plan
        self.notes, self.entries = list(read.notes), [read.entry]
        self._storeys = read_storeys(layers.storeys, city.reader, self.notes)
        self.entries += [self._storeys.entry] if self._storeys.entry is not None else []
        self._green = None if layers.green is None else self._read_green(layers.green)
        self._site = read_site(layers.site, city.reader)
        self._present, self._guessed = Stock.none(), 0
        if layers.buildings is not None:
            self._present, self._guessed = self._stock(
                city, layers.buildings, "BUILDINGS", city.present, city.present_rows, self.notes, self.entries
            )
        self._before: State | None = None

    def review(
        self, city: City, scheme: QgsFeatureSource | None, names: Collection[str] = (), progress: Progress = silent
    ) -> ParcelReview:
        """Measure the parcels with a scheme, or as they are.

        The green land of the scheme, by any of its names or that of its layer, comes to today's. With a site it takes
        the place of what is green there today.

        Raises
        ------
        Cancelled
        """
        notes, entries = list(self.notes), list(self.entries)
        if self._before is None:
            today = None if self._green is None else self._green.today
            self._before = self._state(PRESENT, self._present, today, part(progress, 0.0, 0.5))
        if city.future is None or scheme is None:
            self._say(self._before.measures, notes)
            return ParcelReview(
                self.plan, self._before, None, np.ones(len(self.plan), bool), 0.0, self._guessed, notes, entries
            )
        planned = city.future.prisms.keep(city.future.planned)
        own, guessed = self._stock(city, scheme, "SCHEME", planned, city.planned_rows, notes, entries)
        stays = self._present.keep(~city.future.replaced)
        green = (
            None if self._green is None else self._green.with_scheme((*names, scheme.sourceName()), self._site, notes)
        )
        after = self._state(SCHEME, stays.joined(own), green, part(progress, 0.5, 1.0))
        self._say(after.measures, notes)
        changed = [*own.outlines, *self._present.outlines[city.future.replaced]]
        return ParcelReview(
            self.plan,
            after,
            self._before,
            _touched(self.plan, changed),
            float(own.floor_m2.sum()),
            self._guessed + guessed,
            notes,
            entries,
        )

    def _stock(
        self,
        city: City,
        source: QgsFeatureSource,
        parameter: str,
        prisms: Any,
        rows: np.ndarray,
        notes: list[Message],
        entries: list[Entry],
    ) -> tuple[Stock, int]:
        """The buildings of a layer. Storeys of a building that stands today are not those of a planned one."""
        storeys = self._storeys
        if parameter == "SCHEME":
            standing = set(self._city.present.ids)
            kept = {key: value for key, value in storeys.by_building.items() if key not in standing}
            storeys = replace(storeys, by_building=kept)
        stock, counts = read_stock(
            source, parameter, prisms, rows, city.reader, city.terrain, self._ground, storeys, self._words, notes
        )
        entries.append(
            Entry(
                Message("floor areas of {parameter}", parameter=parameter),
                len(stock),
                0,
                counts.guessed,
                counts.why(),
            )
        )
        if counts.guessed:
            notes.append(
                Message(
                    "The floor areas of {n} of {all} buildings of {parameter} are guessed: {why}.",
                    n=counts.guessed,
                    all=len(stock),
                    parameter=parameter,
                    why=counts.why(),
                )
            )
        return stock, counts.guessed

    def _state(self, state: str, stock: Stock, green: np.ndarray | None, progress: Progress) -> State:
        """Measures and verdicts of one state."""
        found = measure_parcels(self.plan.shapes, stock, green, progress)
        verdicts = {
            measure.value: judge(measure, found.values[measure], self.plan.limits[measure], found.buildings)
            for measure in Measure
        }
        verdicts["use"] = judge_use(found.main_use(), self.plan.uses)
        return State(state, found, verdicts)

    def _read_green(self, source: QgsFeatureSource) -> Green:
        table = self._city.reader.table(source, "GREEN", AREAS)
        shapes = areas_of(table.geometries)
        used = ~shapely.is_missing(shapes)
        schemes = np.array([text.casefold() for text in texts_of(table, SCHEME_FIELD)], object)
        lost = int((~used).sum())
        why = Message("no geometry or area: {n}", n=lost) if lost else ""
        self.entries.append(Entry(Message("GREEN"), int(used.sum()), lost, 0, why))
        if not used.any():
            self.notes.append(
                Message("The layer '{name}' for GREEN holds no polygon: no land is green.", name=source.sourceName())
            )
        return Green(shapes[used], schemes[used])

    def _say(self, found: ParcelMeasures, notes: list[Message]) -> None:
        """Note what the measures cannot say."""
        if len(self._present) and not found.buildings.any():
            notes.append(
                Message(
                    "No building stands in a parcel of '{name}': check the CRS of both layers.",
                    name=self._layers.parcels.sourceName(),
                )
            )
        if found.split:
            notes.append(
                Message(
                    "{n} buildings stand on several parcels: their floor areas are divided by the area of the outline.",
                    n=found.split,
                )
            )
        if found.outside:
            notes.append(
                Message("{n} buildings stand partly outside all parcels: that part counts nowhere.", n=found.outside)
            )
        limits = self.plan.limits[Measure.GREEN]
        if np.isnan(found.green_m2).any() and np.isfinite(limits).any():
            notes.append(Message("Green ratios are not judged: give the layer GREEN."))


@dataclass(frozen=True, eq=False)
class Green:
    """Green land, and the scheme that each area comes with, in lower case; "" for today's."""

    shapes: np.ndarray
    schemes: np.ndarray

    @property
    def today(self) -> np.ndarray:
        """What is green without any scheme."""
        return self.shapes[self.schemes == ""]

    def with_scheme(self, names: Collection[str], site: shapely.Geometry | None, notes: list[Message]) -> np.ndarray:
        """Today's green land and that of a scheme, which alone is green on its site."""
        called = {name.casefold() for name in names}
        own, today = self.shapes[[scheme in called for scheme in self.schemes]], self.today
        if not len(own):
            if (self.schemes != "").any():
                notes.append(
                    Message(
                        "The layer for GREEN has no green land of the scheme '{name}': only today's counts.",
                        name=next(iter(names)),
                    )
                )
            return today
        if site is not None and len(today):
            today = shapely.difference(today, site)
            today = today[shapely.area(today) > 0]
        return np.concatenate([today, own])


def _areas(state: State) -> dict[str, float]:
    return {
        "green_m2": float(state.measures.green_m2.sum()),
        "built_over_m2": float(state.measures.footprint_m2.sum()),
    }


def _touched(plan: ControlPlan, changed: list[Any]) -> np.ndarray:
    """The parcels in which enough of some outline stands."""
    found = np.zeros(len(plan), bool)
    shapes = np.array(changed, object)
    if not len(shapes):
        return found
    which, parcel = shapely.STRtree(plan.shapes).query(shapes, predicate="intersects")
    if len(which):
        share = shapely.area(shapely.intersection(shapes[which], plan.shapes[parcel])) / shapely.area(shapes[which])
        found[parcel[share >= PART_SHARE]] = True
    return found
