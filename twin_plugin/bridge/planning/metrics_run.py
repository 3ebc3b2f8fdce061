"""What twin:planningmetrics joins: a control plan, buildings with their floor areas, green land, and a scheme."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.messages import Message
from ...core.common.progress import Progress, part, silent
from ...core.planning.control_plan import ControlPlan, Measure, judge, judge_use
from ...core.planning.metrics import PART_SHARE, ParcelMeasures, Stock, measure_parcels
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS, areas_of, texts_of
from .city import City, read_site
from .control_plan_layers import read_control_plan, use_words
from .parcel_review import PRESENT, SCHEME, ParcelReview, State
from .stock import Ground, read_stock, read_storeys

SCHEME_FIELD = ("scheme", "方案")


@dataclass(frozen=True)
class ParcelLayers:
    """The layers of a review by parcels; buildings, scheme and site are those that the city was read from."""

    parcels: QgsFeatureSource
    buildings: QgsFeatureSource | None = None
    scheme: QgsFeatureSource | None = None
    site: QgsFeatureSource | None = None
    storeys: QgsFeatureSource | None = None
    green: QgsFeatureSource | None = None


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
        if self._green is not None and len(self._green.shapes) and not (found.green_m2 > 0).any():
            notes.append(Message("No green land lies on a parcel of the control plan: all green ratios are 0."))
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
