"""The reviews that a comparison of schemes asks, each with the layers that it needs and the numbers that it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qgis.core import QgsFeatureSource, QgsRasterLayer

from ...core.common.messages import Message
from ...core.common.progress import Progress
from .buildings import HeightFields
from .city import City, CityLayers
from .metrics_run import ParcelLayers, ParcelReview, ParcelReviewer
from .stock import Ground

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class SchemeLayer:
    """One of the schemes that are compared; `also` are names by which other layers may call it."""

    name: str
    buildings: QgsFeatureSource
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparisonLayers:
    """The layers that are the same for all schemes."""

    buildings: QgsFeatureSource | None
    terrain: QgsRasterLayer | None = None
    site: QgsFeatureSource | None = None
    parcels: QgsFeatureSource | None = None
    storeys: QgsFeatureSource | None = None
    green: QgsFeatureSource | None = None
    fields: HeightFields | None = None

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
    """

    def __init__(self, city: City, layers: ComparisonLayers) -> None:
        self._city, self._layers = city, layers
        self._parcels: ParcelReviewer | None = None
        self.parcels: dict[str, ParcelReview] = {}
        self.notes: list[Message] = []

    def metrics(self, case: SchemeCase, progress: Progress) -> tuple[Numbers, Numbers]:
        """Parcels against the control plan."""
        layers = self._layers
        if layers.parcels is None:
            raise ValueError("the review of parcels needs parcels")
        if self._parcels is None:
            given = ParcelLayers(layers.parcels, layers.buildings, None, layers.site, layers.storeys, layers.green)
            self._parcels = ParcelReviewer(self._city, given, Ground.LOWEST)
        names = (case.scheme.name, *case.scheme.also)
        found = self._parcels.review(case.city, case.scheme.buildings, names, progress)
        self.parcels[case.scheme.name] = found
        self._note(case, found.notes)
        return found.numbers, found.today

    def _note(self, case: SchemeCase, notes: list[Message]) -> None:
        """Keep what a review says of a scheme, once."""
        for note in notes:
            if note not in self.notes:
                self.notes.append(note)


@dataclass(frozen=True)
class SchemeReview:
    """A review: its id in the table of criteria, its name, what it lacks, and what asks it for values and today's."""

    id: str
    name: Message
    lacks: Callable[[ComparisonLayers], str]
    ask: Callable[[Reviewers, SchemeCase, Progress], tuple[Numbers, Numbers]]


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
)
