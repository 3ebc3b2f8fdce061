"""Schemes side by side: criteria of an editable table, their hard rules, and the ranking of what is left."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..common.errors import InputError
from ..common.prisms import Bools, Floats
from ..common.words import Words
from .control_plan import Verdict
from .scores import MOVE, Scores, Sense, rank

TOLERANCE = 1e-6
"""A value that passes a hard rule by no more is at it: the rest of sums."""
COLUMNS = ("id", "review", "measure", "sense", "weight", "least", "greatest", "unit", "name_en", "name_zh", "source_en",
           "source_zh")  # fmt: skip
"""Of the table of criteria."""
_WEIGHT = re.compile(r"\s*([\w.-]+)\s*[=:]\s*(\d+(?:\.\d+)?)\s*(%?)\s*")


@dataclass(frozen=True)
class Criterion:
    """A row of the table of criteria.

    Attributes
    ----------
    id : str
    review, measure : str
        The review, and which of its numbers counts.
    sense : Sense
    weight : float
        0 where it is a hard rule alone.
    least, greatest : float
        The hard rule; NaN for none.
    unit : str
    name : Words
    source : Words
    """

    id: str
    review: str
    measure: str
    sense: Sense
    weight: float
    least: float
    greatest: float
    unit: str
    name: Words
    source: Words

    @property
    def hard(self) -> bool:
        """Whether it is a rule that no scheme may break."""
        return not (math.isnan(self.least) and math.isnan(self.greatest))

    def verdict(self, value: float) -> Verdict:
        """How a value stands to the hard rule."""
        if not self.hard:
            return Verdict.NO_LIMIT
        if math.isnan(value):
            return Verdict.UNKNOWN
        low, high = value < self.least - TOLERANCE, value > self.greatest + TOLERANCE
        return Verdict.BREAKS if low or high else Verdict.MEETS


@dataclass(frozen=True, eq=False)
class Comparison:
    """m schemes by n criteria.

    Attributes
    ----------
    names : tuple of str, length m
    criteria : tuple of Criterion, length n
    values : ndarray of float64, shape (m, n)
        NaN where a criterion was not judged.
    today : ndarray of float64, shape (n,)
        Without a scheme; NaN where a review does not say it.
    verdicts : tuple of tuples of Verdict, m of n
        Against the hard rules.
    passes : ndarray of bool, shape (m,)
        Schemes that break no hard rule.
    scores : Scores
    move : float
        Part by which weights move.
    """

    names: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    values: Floats
    today: Floats
    verdicts: tuple[tuple[Verdict, ...], ...]
    passes: Bools
    scores: Scores
    move: float

    def broken(self, scheme: int) -> list[Criterion]:
        """The hard rules that a scheme breaks."""
        found = zip(self.criteria, self.verdicts[scheme], strict=True)
        return [criterion for criterion, verdict in found if verdict is Verdict.BREAKS]

    def verdict(self, scheme: int) -> Verdict:
        """Against all hard rules that could be judged; unknown where one of them could not for this scheme alone."""
        if not self.passes[scheme]:
            return Verdict.BREAKS
        asked = np.isfinite(self.values).any(axis=0)
        missing = [
            verdict is Verdict.UNKNOWN and bool(known)
            for verdict, known in zip(self.verdicts[scheme], asked, strict=True)
        ]
        return Verdict.UNKNOWN if any(missing) else Verdict.MEETS

    @property
    def order(self) -> list[int]:
        """The schemes from the first rank on, those without a score last."""
        ranks = self.scores.ranks
        return sorted(range(len(self.names)), key=lambda row: (ranks[row] == 0, ranks[row], row))


def compare(
    names: Sequence[str],
    criteria: Sequence[Criterion],
    values: Sequence[Mapping[str, float]],
    today: Mapping[str, float],
    move: float = MOVE,
) -> Comparison:
    """Compare schemes.

    Parameters
    ----------
    names : sequence of str, length m
    criteria : sequence of Criterion
    values : sequence of mapping of str to float, length m
        Of each scheme by the id of the criterion; one that is missing was not judged.
    today : mapping of str to float
        The same without a scheme.
    move : float
    """
    table = np.array([[float(row.get(item.id, math.nan)) for item in criteria] for row in values], np.float64)
    table = table.reshape(len(names), len(criteria))
    verdicts = tuple(
        tuple(item.verdict(float(value)) for item, value in zip(criteria, row, strict=True)) for row in table
    )
    passes = np.array([Verdict.BREAKS not in row for row in verdicts], bool)
    weights = np.array([item.weight for item in criteria], np.float64)
    return Comparison(
        tuple(names),
        tuple(criteria),
        table,
        np.array([float(today.get(item.id, math.nan)) for item in criteria], np.float64),
        verdicts,
        passes,
        rank(table, [item.sense for item in criteria], weights, passes, move),
        move,
    )


def read_criteria(rows: Sequence[Mapping[str, Any]], name: str) -> tuple[Criterion, ...]:
    """The criteria of a table.

    Raises
    ------
    InputError
        Where an id comes twice, or a sense, a weight or a limit cannot be used.
    """
    found, seen = list[Criterion](), set[str]()
    for number, row in enumerate(rows, 1):
        identity, sense = _text(row, "id"), _text(row, "sense").lower()
        if not identity or identity in seen:
            raise InputError(
                "Row {number} of the criteria '{name}' has no id, or one that an earlier row has: give each an id.",
                number=number,
                name=name,
            )
        if sense not in (item.value for item in Sense):
            raise InputError(
                "The criterion '{id}' of '{name}' has the sense '{sense}': it must be max or min.",
                id=identity,
                name=name,
                sense=sense,
            )
        seen.add(identity)
        least, greatest = _number(row, "least", name, identity), _number(row, "greatest", name, identity)
        weight = _number(row, "weight", name, identity)
        en, zh = _text(row, "name_en"), _text(row, "name_zh")
        found.append(
            Criterion(
                identity,
                _text(row, "review"),
                _text(row, "measure"),
                Sense(sense),
                0.0 if math.isnan(weight) else weight,
                least,
                greatest,
                _text(row, "unit"),
                Words(en or zh or identity, zh or en or identity),
                _both(row, "source"),
            )
        )
        if found[-1].weight < 0 or least > greatest:
            raise InputError(
                "The criterion '{id}' of '{name}' has a weight below 0, or a least value above the greatest: correct "
                "the row.",
                id=identity,
                name=name,
            )
    return tuple(found)


def changed(
    criteria: Sequence[Criterion], rows: Sequence[Mapping[str, Any]], name: str
) -> tuple[tuple[Criterion, ...], list[str]]:
    """Criteria with the rows of a table of the user's: those with a known id change what the row fills.

    Returns
    -------
    tuple of Criterion
    list of str
        Ids of rows that name neither a criterion nor a whole one of their own.
    """
    known = {item.id: item for item in criteria}
    strange = list[str]()
    for row in rows:
        identity = _text(row, "id")
        if identity in known:
            base = known[identity]
            merged = {
                "id": identity, "review": base.review, "measure": base.measure, "sense": base.sense.value,
                "weight": base.weight, "least": base.least, "greatest": base.greatest, "unit": base.unit,
                "name_en": base.name.en, "name_zh": base.name.zh,
                "source_en": base.source.en, "source_zh": base.source.zh,
            }  # fmt: skip
            merged |= {key: value for key, value in row.items() if key in COLUMNS and _text(row, key)}
            known[identity] = read_criteria([merged], name)[0]
        elif _text(row, "review") and _text(row, "measure"):
            known |= {item.id: item for item in read_criteria([row], name)}
        else:
            strange.append(identity)
    return tuple(known.values()), strange


def weighted(criteria: Sequence[Criterion], text: str) -> tuple[Criterion, ...]:
    """Criteria with weights of a text such as "floor_area = 0.3; green = 20 %"; the others keep theirs.

    Raises
    ------
    InputError
        Where it names no criterion, or says no weight.
    """
    weights = dict[str, float]()
    known = {item.id for item in criteria}
    for part in (part for part in re.split(r"[;,\n]", text) if part.strip()):
        found = _WEIGHT.fullmatch(part)
        if found is None or found[1] not in known:
            raise InputError(
                "WEIGHTS has '{part}': write an id and its weight, as in '{first} = 0.3'. The ids are {ids}.",
                part=part.strip()[:60],
                first=criteria[0].id,
                ids=", ".join(item.id for item in criteria),
            )
        weights[found[1]] = float(found[2]) / (100.0 if found[3] else 1.0)
    return tuple(replace(item, weight=weights.get(item.id, item.weight)) for item in criteria)


def _both(row: Mapping[str, Any], column: str) -> Words:
    """A text in both languages; one that is missing is that of the other language."""
    en, zh = _text(row, f"{column}_en"), _text(row, f"{column}_zh")
    return Words(en or zh, zh or en)


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None or value != value else str(value).strip()


def _number(row: Mapping[str, Any], column: str, name: str, identity: str) -> float:
    text = _text(row, column)
    try:
        return float(text) if text else math.nan
    except ValueError:
        raise InputError(
            "The criterion '{id}' of '{name}' has '{text}' for {column}: write a number.",
            id=identity,
            name=name,
            text=text[:40],
            column=column,
        ) from None
