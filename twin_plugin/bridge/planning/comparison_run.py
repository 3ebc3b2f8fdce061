"""What twin:comparescheme joins: schemes in the place of buildings, all reviews of each, criteria, and the ranking."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ...core.common.csv_table import read_rows
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part
from ...core.common.tables import columns
from ...core.planning.comparison import COLUMNS, Comparison, Criterion, changed, compare, read_criteria, weighted
from ..kernel import kernels, resources
from ..kernel.input_table import table_lines
from ..kernel.vectors import read_table
from .city import City, read_city, with_scheme
from .parcel_review import ParcelReview
from .scheme_reviews import REVIEWS, ComparisonLayers, Reviewers, SchemeCase, SchemeLayer

OUTPUT = columns(
    """
    scheme text Scheme
    rank integer Rank by the score; empty where a hard rule is broken
    score real Weighted score, 0 to 1; empty where a hard rule is broken
    least_score real Least score when all weights move
    most_score real Greatest score when all weights move
    verdict text Against the hard rules: meets, breaks or unknown
    broken text Hard rules that are broken
    buildings integer Buildings of the scheme
    replaced integer Buildings of today that it takes the place of
    highest_m real Elevation of its highest point
    """
)
TABLE = columns(
    """
    scheme text Scheme
    criterion text Id of the criterion
    name_en text Name in English
    name_zh text Name in Chinese
    review text Review that measures it
    value real Measured; empty where it was not judged
    today real Without a scheme; empty where the review does not say it
    unit text Unit of the value
    sense text max or min: which values are better
    weight real Part in the score, after those that were not judged are left out
    scaled real 0 for the worst and 1 for the best of the schemes that are ranked
    points real Weight times scaled
    rule_least real Least value that the hard rule allows
    rule_greatest real Greatest value that the hard rule allows
    verdict text Against the hard rule
    score real Score of the scheme
    rank integer Rank of the scheme
    """
)
SENSITIVITY = columns(
    """
    criterion text Id of the criterion whose weight moves
    name_en text Name in English
    name_zh text Name in Chinese
    factor real What its weight is multiplied by
    weight real The weight after all are brought back to a sum of 1
    scheme text Scheme
    score real Its score then
    rank integer Its rank then
    """
)
CLOSE = 0.01
"""Part by which values differ at least, for a criterion that tells schemes apart."""
Rows = Iterator[tuple[Any, dict[str, Any]]]


@dataclass(frozen=True)
class ComparisonChoices:
    """What the user decides: an own table of criteria, weights as text, and the part by which weights move."""

    criteria: QgsFeatureSource | None = None
    weights: str = ""
    move: float = 0.2


@dataclass(frozen=True, eq=False)
class ComparisonResult:
    """The comparison with what the outputs and the report need.

    Attributes
    ----------
    comparison : Comparison
    cities : tuple of City
        The district with each scheme.
    parcels : mapping of str to ParcelReview
        By the name of the scheme; empty without a control plan.
    unjudged : list of (Message, Message)
        Reviews that were not asked, and why.
    notes, lines : list of Message
        Doubts, and the lines of the table of inputs.
    """

    comparison: Comparison
    cities: tuple[City, ...]
    parcels: dict[str, ParcelReview]
    unjudged: list[tuple[Message, Message]]
    notes: list[Message] = field(default_factory=list)
    lines: list[Message] = field(default_factory=list)

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        return self.cities[0].crs

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers that the algorithm gives."""
        found = self.comparison
        first = found.scores.first
        best = float(found.scores.scores[first]) if first >= 0 else math.nan
        return {
            "SCHEMES_COUNT": len(found.names),
            "FAILING": int((~found.passes).sum()),
            "ROBUST": int(found.scores.robust),
            **({"BEST_SCORE": best} if math.isfinite(best) else {}),
        }

    def rows(self) -> Rows:
        """The rows of OUTPUT, from the first rank on."""
        found = self.comparison
        for row in found.order:
            city = self.cities[row]
            future = city.future
            if future is None:
                continue
            planned = future.prisms.keep(future.planned)
            yield (
                shapely.union_all(planned.outlines),
                {
                    "scheme": found.names[row],
                    "rank": found.scores.ranks[row] or None,
                    "score": found.scores.scores[row],
                    "least_score": found.scores.least[row],
                    "most_score": found.scores.most[row],
                    "verdict": found.verdict(row).value,
                    "broken": "; ".join(item.id for item in found.broken(row)) or None,
                    "buildings": planned.objects,
                    "replaced": int(future.replaced.sum()),
                    "highest_m": float(planned.top_m.max()),
                },
            )

    def table(self) -> Rows:
        """The rows of TABLE."""
        found, scores = self.comparison, self.comparison.scores
        for row in found.order:
            for column, item in enumerate(found.criteria):
                scaled = scores.scaled[row, column]
                yield (
                    None,
                    {
                        "scheme": found.names[row],
                        **_named(item),
                        "review": item.review,
                        "value": found.values[row, column],
                        "today": found.today[column],
                        "unit": item.unit or None,
                        "sense": item.sense.value,
                        "weight": scores.weights[column],
                        "scaled": scaled,
                        "points": scaled * scores.weights[column],
                        "rule_least": item.least,
                        "rule_greatest": item.greatest,
                        "verdict": found.verdicts[row][column].value,
                        "score": scores.scores[row],
                        "rank": scores.ranks[row] or None,
                    },
                )

    def sensitivity(self) -> Rows:
        """The rows of SENSITIVITY."""
        found, weights = self.comparison, self.comparison.scores.weights
        for moved in found.scores.moved:
            item, weight = found.criteria[moved.criterion], weights[moved.criterion] * moved.factor
            for row in found.order:
                if found.scores.ranks[row]:
                    better = moved.scores > moved.scores[row] + 1e-9
                    yield (
                        None,
                        {
                            **_named(item),
                            "factor": moved.factor,
                            "weight": weight / (1 - weights[moved.criterion] + weight),
                            "scheme": found.names[row],
                            "score": moved.scores[row],
                            "rank": 1 + int(better.sum()),
                        },
                    )


def compare_schemes(
    schemes: Sequence[SchemeLayer],
    layers: ComparisonLayers,
    choices: ComparisonChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> ComparisonResult:
    """Put each scheme into the district, ask all reviews whose layers are there, and rank the schemes.

    Raises
    ------
    InputError
        Where a scheme is empty, overlaps nothing or holds a model twice, or nothing can be judged.
    Cancelled
    """
    notes = list[Message]()
    criteria = _criteria(choices, feedback, notes)
    today = read_city(layers.of(None), context, feedback)
    kernels.ready("planning", progress)
    reviewers = Reviewers(today, layers)
    asked = [review for review in REVIEWS if any(item.review == review.id for item in criteria)]
    unjudged = [
        (review.name, Message("It needs {layers}.", layers=lack)) for review in asked if (lack := review.lacks(layers))
    ]
    judged = [review for review in asked if not review.lacks(layers)]
    if not any(not review.soft for review in judged):
        missing = dict.fromkeys(lack for review in asked if (lack := review.lacks(layers)))
        raise InputError(
            "Nothing can be judged: give the layers of a review, such as PARCELS. Missing are {missing}.",
            missing=", ".join(missing) or "?",
        )
    cities, values, now = list[City](), list[dict[str, float]](), dict[str, float]()
    for number, scheme in enumerate(schemes):
        share = part(progress, number / len(schemes), (number + 1) / len(schemes))
        advance(share, 0.0, "Scheme {name}", name=scheme.name)
        city = with_scheme(today, layers.of(scheme))
        cities.append(city)
        case, found = SchemeCase(scheme, city), dict[str, float]()
        for place, review in enumerate(list(judged)):
            step = part(share, place / len(judged), (place + 1) / len(judged))
            advance(step, 0.0, "{scheme}: {review}", scheme=scheme.name, review=review.name)
            try:
                numbers, before = review.ask(reviewers, case, step)
            except InputError as error:
                if not review.soft:
                    raise
                unjudged.append((review.name, error.message))
                judged.remove(review)
                continue
            mine = [item for item in criteria if item.review == review.id]
            found |= {item.id: float(numbers.get(item.measure, math.nan)) for item in mine}
            now |= {item.id: float(before.get(item.measure, math.nan)) for item in mine}
        values.append(found)
    _say_alike(schemes, cities, notes)
    comparison = compare([scheme.name for scheme in schemes], criteria, values, now, choices.move)
    _say(comparison, unjudged, notes)
    said = dict.fromkeys([*notes, *(note for city in cities for note in city.notes), *reviewers.notes])
    entries = [*today.entries, *(entry for city in cities for entry in city.entries[len(today.entries) :])]
    lines = [*table_lines([*entries, *reviewers.entries]), *reviewers.lines]
    return ComparisonResult(comparison, tuple(cities), reviewers.parcels, unjudged, list(said), lines)


def _criteria(
    choices: ComparisonChoices, feedback: QgsProcessingFeedback, notes: list[Message]
) -> tuple[Criterion, ...]:
    """The criteria that ship, with the user's table and weights."""
    path = resources.table("scheme_criteria")
    found = read_criteria(read_rows(path, COLUMNS), path.name)
    if choices.criteria is not None:
        name = choices.criteria.sourceName()
        found, strange = changed(found, read_table(choices.criteria, feedback).rows(), name)
        if strange:
            notes.append(
                Message(
                    "{n} rows of the criteria '{name}' name no known criterion and no review, such as '{id}': they are "
                    "left out.",
                    n=len(strange),
                    name=name,
                    id=strange[0][:40],
                )
            )
    known = {review.id for review in REVIEWS}
    lost = [item for item in found if item.review not in known]
    if lost:
        notes.append(
            Message(
                "The criterion '{id}' asks the review '{review}', which there is not: it is not judged. Reviews are "
                "{known}.",
                id=lost[0].id,
                review=lost[0].review,
                known=", ".join(sorted(known)),
            )
        )
    return weighted(found, choices.weights)


def _named(item: Criterion) -> dict[str, Any]:
    return {"criterion": item.id, "name_en": item.name.en, "name_zh": item.name.zh}


def _say_alike(schemes: Sequence[SchemeLayer], cities: Sequence[City], notes: list[Message]) -> None:
    """Note schemes that are the same: a layer chosen twice, or a copy of it."""
    shapes = [
        shapely.normalize(shapely.union_all(city.future.prisms.keep(city.future.planned).outlines))
        for city in cities
        if city.future is not None
    ]
    for first in range(len(shapes)):
        for second in range(first + 1, len(shapes)):
            tops = [np.sort(_tops(cities[number])) for number in (first, second)]
            if shapes[first].equals(shapes[second]) and np.array_equal(*tops):
                notes.append(
                    Message(
                        "The schemes '{first}' and '{second}' hold the same buildings: was a layer chosen twice?",
                        first=schemes[first].name,
                        second=schemes[second].name,
                    )
                )


def _tops(city: City) -> np.ndarray:
    future = city.future
    return np.zeros(0) if future is None else future.prisms.keep(future.planned).object_tops()


def _say(found: Comparison, unjudged: Sequence[tuple[Message, Message]], notes: list[Message]) -> None:
    """Note what was not judged, and what the ranking is worth."""
    for name, lack in unjudged:
        notes.append(Message("Not judged: {review}. {why}", review=name, why=lack))
    partly = [
        item.id
        for item, column in zip(found.criteria, found.values.T, strict=True)
        if np.isnan(column).any() and np.isfinite(column).any()
    ]
    if partly:
        notes.append(
            Message("Known for some schemes alone, and so left out of every score: {ids}.", ids=", ".join(partly))
        )
    close = [
        item.id
        for item, column, weight in zip(
            found.criteria, found.values[found.passes].T, found.scores.weights.tolist(), strict=True
        )
        if weight > 0 and len(column) > 1 and 0 < float(np.ptp(column)) < CLOSE * float(np.abs(column).max())
    ]
    if close:
        notes.append(
            Message(
                "The schemes differ by less than 1 % in {ids}, and are scaled from 0 to 1 all the same: such a "
                "criterion decides more than it should.",
                ids=", ".join(close),
            )
        )
    if not any(found.scores.ranks):
        notes.append(Message("No scheme is ranked: each breaks a hard rule, or nothing with a weight was judged."))
    elif int(found.passes.sum()) == 1:
        notes.append(Message("One scheme alone keeps the hard rules: there is no other to rank it with."))
