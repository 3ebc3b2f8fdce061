"""The reviews that a comparison of schemes asks, each with the layers that it needs and the numbers that it gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qgis.core import QgsFeatureSource, QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress
from ...core.planning.observers import Observers
from ...core.planning.sun_rules import read_rules
from ..kernel import resources
from ..kernel.input_table import Entry
from ..kernel.metric_layers import AREAS
from ..kernel.prism_layers import HeightFields
from ..kernel.rasterize import burn
from .city import City, CityLayers
from .corridor_run import CorridorChoices, CorridorLayers, review_corridors
from .metrics_run import ParcelLayers, ParcelReviewer
from .observers import read_observers
from .parcel_review import ParcelReview
from .shadow_run import ShadowChoices, cast_city
from .skyline_run import SkylineChoices, review_skyline
from .stock import Ground
from .sun_objects import SunLayers
from .sunlight_run import SunChoices, review_sunlight
from .underground_layers import UndergroundLayers
from .underground_run import ClearanceChoices, review_underground
from .visibility_run import ViewChoices, ViewLayers, see_city

SOLSTICE = date(2001, 12, 21)
BAND_H, STEP_MIN = (9.0, 15.0), 30.0
"""Day, hours in true solar time and step of the sun on parks."""
FACADE_M = 3.0
"""Spacing of points along facades where there are no windows: coarser than in a review of its own."""
SEARCH_M = 60.0
"""Pairs below ground are looked for so far: protection zones of rail reach 50 m."""
Numbers = Mapping[str, float]


@dataclass(frozen=True)
class SchemeLayer:
    """One of the schemes that are compared; `also` are names by which other layers may call it."""

    name: str
    buildings: QgsFeatureSource
    also: tuple[str, ...] = ()
    basements: QgsFeatureSource | None = None


@dataclass(frozen=True)
class ComparisonLayers:
    """The layers that are the same for all schemes; `digs` says whether each scheme has its rooms below ground."""

    buildings: QgsFeatureSource | None
    terrain: QgsRasterLayer | None = None
    site: QgsFeatureSource | None = None
    parcels: QgsFeatureSource | None = None
    storeys: QgsFeatureSource | None = None
    green: QgsFeatureSource | None = None
    observers: QgsFeatureSource | None = None
    corridors: QgsFeatureSource | None = None
    landmarks: QgsFeatureSource | None = None
    windows: QgsFeatureSource | None = None
    parks: QgsFeatureSource | None = None
    basements: QgsFeatureSource | None = None
    pipes: QgsFeatureSource | None = None
    tunnels: QgsFeatureSource | None = None
    fields: HeightFields | None = None
    eye_m: float = 1.6
    spacing_m: float = 20.0
    sun_rule: str = ""
    digs: bool = False

    def of(self, scheme: SchemeLayer | None) -> CityLayers:
        """The layers of the district, today or with a scheme."""
        planned, site = (None, None) if scheme is None else (scheme.buildings, self.site)
        return CityLayers(self.buildings, self.terrain, planned, site, self.fields)


@dataclass(frozen=True, eq=False)
class SchemeCase:
    """A district with one scheme."""

    scheme: SchemeLayer
    city: City


class Reviewers:
    """Asks the reviews, and keeps what they share between schemes.

    Parameters
    ----------
    city : City
        Of today.
    layers : ComparisonLayers

    Attributes
    ----------
    parcels : dict of str to ParcelReview
        By the name of the scheme.
    notes, entries, lines : list
        What the log says of all reviews, each once; `lines` are of a table of inputs that is written already.
    """

    def __init__(self, city: City, layers: ComparisonLayers) -> None:
        self._city, self._layers = city, layers
        self._parcels: ParcelReviewer | None = None
        self._observers: Observers | None = None
        self.parcels: dict[str, ParcelReview] = {}
        self.notes: list[Message] = []
        self.entries: list[Entry] = []
        self.lines: list[Message] = []

    def metrics(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """Parcels against the control plan."""
        layers = self._layers
        if self._parcels is None:
            parcels = _there(layers.parcels)
            given = ParcelLayers(parcels, layers.buildings, None, layers.site, layers.storeys, layers.green)
            self._parcels = ParcelReviewer(self._city, given, Ground.LOWEST)
        names = (case.scheme.name, *case.scheme.also)
        found = self._parcels.review(case.city, case.scheme.buildings, names, progress)
        self.parcels[case.scheme.name] = found
        self._note(found.notes, found.entries)
        return found.numbers, found.today

    def skyline(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """By how much the scheme rises above today's skyline; not at all where nothing does."""
        found = review_skyline(case.city, self._looking(), SkylineChoices(pieces=False), progress)
        self._note(found.notes, found.entries)
        return {"BREAK_MAX_DEG": 0.0, "RAISED_DEG2": 0.0} | _known(found.numbers), {}

    def corridors(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """View corridors: what rises above a line of sight."""
        found = review_corridors(case.city, CorridorLayers(lines=self._layers.corridors), CorridorChoices(), progress)
        self._note(found.notes, found.entries)
        numbers = {"EXCEED_MAX_M": 0.0, "EXCEED_BEFORE_MAX_M": 0.0} | _known(found.numbers)
        return numbers, {"EXCEEDING_PLANNED": 0.0, "EXCEED_MAX_M": numbers["EXCEED_BEFORE_MAX_M"]}

    def visibility(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """Landmarks and green land that observers see."""
        layers = self._layers
        given = ViewLayers(layers.landmarks, (), layers.green)
        found = see_city(case.city, self._looking(), given, ViewChoices(), progress)
        self._note(found.notes, found.entries)
        return found.numbers, _before(found.numbers)

    def sunlight(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """Windows of homes, or points along their facades, by a rule."""
        layers = self._layers
        given = SunLayers(layers.buildings, case.scheme.buildings, layers.windows)
        rule = read_rules(resources.table("sunlight_rules"))[layers.sun_rule]
        found = review_sunlight(case.city, given, SunChoices(rule, spacing_m=FACADE_M), progress)
        points = Message(
            "WINDOWS is not given: the sun is asked at points each {step:g} m along the facades of homes, which count "
            "as windows.",
            step=FACADE_M,
        )
        known = case.city.entries
        mine = [entry for entry in found.entries if entry not in known]
        self._note([*([points] if layers.windows is None else []), *found.notes], mine)
        return found.numbers, {"FAILING": found.numbers["FAILING_BEFORE"], "NEWLY_FAILING": 0.0}

    def shadows(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """Sun on parks on the day of the winter solstice."""
        found = cast_city(case.city, ShadowChoices(SOLSTICE, *BAND_H, STEP_MIN), progress)
        self._note(found.notes)
        if self._layers.parks is None:
            return found.numbers, _before(found.numbers)
        table = self._city.reader.table(self._layers.parks, "PARKS", AREAS)
        park = (burn(list(table.geometries), found.surface.top) > 0) & found.after.known
        if not park.any():
            raise InputError(
                "The layer '{name}' for PARKS has no area on the terrain: choose another one, or leave it out.",
                name=self._layers.parks.sourceName(),
            )
        steps, states = len(found.times), [found.after, *([found.before] if found.before is not None else [])]
        hours = [
            sum(1.0 - float(state.at(time)[park].mean()) for time in range(steps)) / steps * (BAND_H[1] - BAND_H[0])
            for state in states
        ]
        return {**found.numbers, "PARK_SUN_H": hours[0]}, {"PARK_SUN_H": hours[-1]}

    def underground(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """What the scheme digs against what lies below ground."""
        layers = self._layers
        given = UndergroundLayers(
            layers.basements, layers.pipes, layers.tunnels, None, case.scheme.basements, layers.site
        )
        city = case.city
        found = review_underground(city.reader, city.terrain, given, ClearanceChoices(search_m=SEARCH_M), progress)
        self._note(found.warnings)
        self.lines += [line for line in found.table[1:] if line not in self.lines]
        conflicts = found.numbers["PLANNED_OVERLAPS"] + found.numbers["PLANNED_TOO_CLOSE"]
        return {**found.numbers, "PLANNED_CONFLICTS": conflicts}, {}

    def _looking(self) -> Observers:
        """The observers, read once."""
        layers, city = self._layers, self._city
        if self._observers is None:
            source = _there(layers.observers)
            found = read_observers(
                source, "OBSERVERS", city.reader, city.terrain, city.present, layers.eye_m, layers.spacing_m
            )
            self._note(found.notes, [found.entry])
            self._observers = found.observers
        return self._observers

    def _note(self, notes: Iterable[Message], entries: Iterable[Entry] = ()) -> None:
        """Keep what a review says, once."""
        self.notes += [note for note in notes if note not in self.notes]
        self.entries += [entry for entry in entries if entry not in self.entries]


def _there(source: QgsFeatureSource | None) -> QgsFeatureSource:
    """A layer that a review needs: it is asked only where it is there."""
    if source is None:
        raise ValueError("a review was asked without its layer")
    return source


def _known(numbers: Numbers) -> dict[str, float]:
    return {name: value for name, value in numbers.items() if math.isfinite(value)}


def _before(numbers: Numbers) -> dict[str, float]:
    """Today's numbers of a review, which has them with BEFORE in their names."""
    return {name.replace("_BEFORE", ""): value for name, value in numbers.items() if "_BEFORE" in name}


@dataclass(frozen=True)
class SchemeReview:
    """A review: its id in the table of criteria, its name, what it lacks, and what asks it for values and today's.

    One that is `soft` is not judged where it finds nothing to review; others then end the comparison.
    """

    id: str
    name: Message
    lacks: Callable[[ComparisonLayers], str]
    ask: Callable[[Reviewers, SchemeCase, Progress], tuple[Numbers, Numbers]]
    soft: bool = False


def _lacks(**needed: bool) -> str:
    """The parameters that are missing, "" for none."""
    return ", ".join(name for name, there in needed.items() if not there)


REVIEWS = (
    SchemeReview(
        "metrics",
        Message("Parcels and the control plan"),
        lambda layers: _lacks(PARCELS=layers.parcels is not None),
        Reviewers.metrics,
    ),
    SchemeReview(
        "skyline",
        Message("Skyline"),
        lambda layers: _lacks(OBSERVERS=layers.observers is not None),
        Reviewers.skyline,
    ),
    SchemeReview(
        "corridors",
        Message("View corridors"),
        lambda layers: _lacks(CORRIDORS=layers.corridors is not None),
        Reviewers.corridors,
    ),
    SchemeReview(
        "visibility",
        Message("Landmarks in view"),
        lambda layers: _lacks(
            OBSERVERS=layers.observers is not None,
            LANDMARKS=layers.landmarks is not None,
            DTM=layers.terrain is not None,
        ),
        Reviewers.visibility,
    ),
    SchemeReview(
        "sunlight",
        Message("Sun in windows of homes"),
        lambda layers: _lacks(BUILDINGS=layers.buildings is not None, SUN_RULE=bool(layers.sun_rule)),
        Reviewers.sunlight,
        soft=True,
    ),
    SchemeReview(
        "shadows",
        Message("Sun on parks"),
        lambda layers: _lacks(PARKS=layers.parks is not None, DTM=layers.terrain is not None),
        Reviewers.shadows,
    ),
    SchemeReview(
        "underground",
        Message("Clearances below ground"),
        lambda layers: _lacks(
            SCHEME_BASEMENTS=layers.digs,
            **{"BASEMENTS / PIPES / TUNNELS": bool(layers.basements or layers.pipes or layers.tunnels)},
        ),
        Reviewers.underground,
    ),
)
