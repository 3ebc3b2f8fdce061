"""Scores of schemes: hard rules, min-max scores with weights, and whether the ranking holds when weights move.

The weighted sum of values scaled from the worst to the best of the schemes is the usual one of multi-criteria analysis
(Dodgson et al., Multi-criteria analysis: a manual, DCLG, London 2009, chapter 6).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ..common.prisms import Bools, Floats

MOVE = 0.2
"""Part by which weights move to either side."""
ALIKE = 1e-9
"""Scores that differ by no more are equal."""


class Sense(Enum):
    """Which values of a criterion are better."""

    MAX = "max"
    MIN = "min"


@dataclass(frozen=True)
class MovedWeight:
    """What the scores become when one weight moves and all are brought back to a sum of 1.

    Attributes
    ----------
    criterion : int
    factor : float
        Of the weight: 1 - move or 1 + move.
    scores : ndarray of float64, shape (schemes,)
    """

    criterion: int
    factor: float
    scores: Floats


@dataclass(frozen=True, eq=False)
class Scores:
    """The ranking of m schemes by n criteria.

    Attributes
    ----------
    scaled : ndarray of float64, shape (m, n)
        0 for the worst and 1 for the best of the schemes that are ranked; 1 where all are alike; NaN for a scheme
        that is not ranked and for a criterion that is not judged.
    weights : ndarray of float64, shape (n,)
        Of the criteria that are judged, with a sum of 1; 0 for the others.
    scores : ndarray of float64, shape (m,)
        NaN for a scheme that is not ranked, and for one that is ranked alone.
    least, most : ndarray of float64, shape (m,)
        Scores when all weights move at once, in the worst and in the best way for the scheme.
    ranks : tuple of int
        From 1, equal for equal scores; 0 for a scheme that is not ranked.
    robust : bool
        Whether the scheme of rank 1 stays ahead of every other one, whatever weights move.
    rivals : tuple of int
        The schemes that can draw level with the first or pass it.
    moved : tuple of MovedWeight
        Each weight on its own, down and up.
    """

    scaled: Floats
    weights: Floats
    scores: Floats
    least: Floats
    most: Floats
    ranks: tuple[int, ...]
    robust: bool
    rivals: tuple[int, ...]
    moved: tuple[MovedWeight, ...]

    @property
    def first(self) -> int:
        """The scheme of rank 1; -1 where none is ranked."""
        return self.ranks.index(1) if 1 in self.ranks else -1


def rank(values: Floats, senses: Sequence[Sense], weights: Floats, passes: Bools, move: float = MOVE) -> Scores:
    """Rank schemes.

    Parameters
    ----------
    values : ndarray of float64, shape (m, n)
        Of each scheme by each criterion; a criterion that is NaN for a scheme that passes is not judged for any.
    senses : sequence of Sense, length n
    weights : ndarray of float64, shape (n,)
        0 or more, in any unit.
    passes : ndarray of bool, shape (m,)
        Schemes that meet every hard rule: the others get no score and do not scale the values.
    move : float
        Part by which weights move.
    """
    count = len(values)
    judged = np.isfinite(values[passes]).all(axis=0) & (weights > 0) if passes.any() else np.zeros(len(weights), bool)
    used = np.where(judged, weights, 0.0)
    used = used / used.sum() if used.sum() > 0 else used
    scaled = np.full(values.shape, np.nan)
    for column in np.flatnonzero(judged):
        scaled[passes, column] = _scaled(values[passes, column], senses[column])
    known = np.nan_to_num(scaled)
    scores = np.where(passes & judged.any(), np.minimum(known @ used, 1.0), np.nan)
    ranked = np.isfinite(scores)
    alone = int(ranked.sum()) == 1  # scaled from itself to itself: a score would say nothing
    bounds = [_bounds(known[row], used, move) if ranked[row] else (math.nan, math.nan) for row in range(count)]
    ranks = tuple(1 + int((scores[ranked] > score + ALIKE).sum()) if math.isfinite(score) else 0 for score in scores)
    rivals = _rivals(known, used, ranks, move)
    if alone:
        scores, bounds = np.full(count, np.nan), [(math.nan, math.nan)] * count
    return Scores(
        scaled,
        used,
        scores,
        np.array([low for low, _ in bounds]),
        np.array([high for _, high in bounds]),
        ranks,
        any(ranks) and not rivals and not alone,
        rivals,
        tuple(
            MovedWeight(column, factor, np.where(ranked, _moved(known, used, column, factor), np.nan))
            for column in ([] if alone else np.flatnonzero(judged).tolist())
            for factor in (1 - move, 1 + move)
        ),
    )


def _scaled(values: Floats, sense: Sense) -> Floats:
    """Values from 0 for the worst to 1 for the best."""
    worst, best = (values.min(), values.max()) if sense is Sense.MAX else (values.max(), values.min())
    return np.ones(len(values)) if worst == best else (values - worst) / (best - worst)


def _bounds(scaled: Floats, weights: Floats, move: float) -> tuple[float, float]:
    """The least and the greatest score when each weight is multiplied by anything from 1 - move to 1 + move.

    The score is a weighted mean: it is greatest with the greatest weights on the best values and the least ones on the
    others, wherever between two values the border lies; so the borders are tried one by one.
    """
    order = np.argsort(scaled, kind="stable")
    value, weight = scaled[order], weights[order]
    low, high = math.inf, -math.inf
    for border in range(len(value) + 1):
        light = np.where(np.arange(len(value)) < border, 1 - move, 1 + move) * weight
        heavy = np.where(np.arange(len(value)) < border, 1 + move, 1 - move) * weight
        if light.sum() > 0:
            high = max(high, float(light @ value / light.sum()))
        if heavy.sum() > 0:
            low = min(low, float(heavy @ value / heavy.sum()))
    return low, high


def _rivals(scaled: Floats, weights: Floats, ranks: Sequence[int], move: float) -> tuple[int, ...]:
    """Schemes whose lag behind the first can vanish: the difference of two scores has the sign of a weighted sum, whose
    least value is reached with the greatest weights where the first one is behind, and the least ones elsewhere."""
    if 1 not in ranks:
        return ()
    first, found = ranks.index(1), []
    for row, place in enumerate(ranks):
        if row == first or not place:
            continue
        ahead = weights * (scaled[first] - scaled[row])
        if float(ahead.sum() - move * np.abs(ahead).sum()) <= ALIKE:
            found.append(row)
    return tuple(found)


def _moved(scaled: Floats, weights: Floats, column: int, factor: float) -> Floats:
    """Scores when one weight is multiplied."""
    other = weights.copy()
    other[column] *= factor
    return np.asarray(scaled @ other / other.sum(), np.float64) if other.sum() > 0 else np.zeros(len(scaled))
