"""Scores of schemes: the published case, and properties of the ranking."""

from itertools import product

import numpy as np
import pytest

from twin_plugin.core.planning.scores import Sense, rank

A_AND_B = np.array([[0.95, 30.0, 0.80], [0.90, 10.0, 0.90]])
SENSES = (Sense.MAX, Sense.MIN, Sense.MAX)
BOTH = np.array([True, True])


def ranked(weights, values=A_AND_B, passes=BOTH, senses=SENSES, move=0.2):
    return rank(np.array(values, float), senses, np.array(weights, float), np.array(passes), move)


def test_the_case_whose_ranking_does_not_hold():
    found = ranked([0.45, 0.30, 0.25])
    assert found.scores == pytest.approx([0.45, 0.55])
    assert found.most[0] == pytest.approx(0.54 / 0.98, abs=1e-12)
    assert round(found.most[0], 3) == 0.551
    assert found.ranks == (2, 1)
    assert not found.robust
    assert found.rivals == (0,)


def test_the_case_whose_ranking_holds():
    found = ranked([0.35, 0.35, 0.30])
    assert found.scores[1] == pytest.approx(0.65)
    assert round(found.most[0], 3) == 0.447
    assert found.robust
    assert found.rivals == ()


def test_weights_come_in_any_unit():
    assert ranked([45, 30, 25]).scores == pytest.approx(ranked([0.45, 0.30, 0.25]).scores)


def test_a_scheme_that_fails_a_hard_rule_has_no_score_and_does_not_scale_the_others():
    values = [*A_AND_B, [2.0, 0.0, 5.0]]
    found = ranked([0.45, 0.30, 0.25], values, [True, True, False])
    assert found.scores[:2] == pytest.approx([0.45, 0.55])
    assert np.isnan(found.scores[2])
    assert np.isnan(found.scaled[2]).all()
    assert found.ranks == (2, 1, 0)


def test_a_criterion_that_one_scheme_lacks_is_judged_for_none():
    values = np.array(A_AND_B)
    values[0, 1] = np.nan
    found = ranked([0.45, 0.30, 0.25], values)
    assert found.weights == pytest.approx([0.45 / 0.70, 0, 0.25 / 0.70])
    assert found.scores == pytest.approx([0.45 / 0.70, 0.25 / 0.70])


def test_equal_schemes_share_a_rank_and_are_not_robust():
    found = ranked([1, 1, 1], [A_AND_B[0], A_AND_B[0]])
    assert found.ranks == (1, 1)
    assert found.scores == pytest.approx([1, 1])
    assert not found.robust


def test_nobody_passes():
    found = ranked([1, 1, 1], passes=[False, False])
    assert found.ranks == (0, 0)
    assert found.first == -1
    assert not found.robust
    assert np.isnan(found.scores).all()


def test_one_weight_at_a_time():
    found = ranked([0.45, 0.30, 0.25])
    up = next(item for item in found.moved if item.criterion == 0 and item.factor > 1)
    assert up.scores == pytest.approx([0.54 / 1.09, 0.55 / 1.09])
    assert len(found.moved) == 6


@pytest.mark.parametrize("seed", range(20))
def test_limits_of_the_scores_are_those_of_all_corners(seed):
    """Every combination of weights moved up and down, computed one by one."""
    random = np.random.default_rng(seed)
    values, weights = random.random((4, 6)), random.random(6) + 0.05
    senses = tuple(Sense.MAX if yes else Sense.MIN for yes in random.random(6) > 0.5)
    found = ranked(weights, values, [True] * 4, senses)
    corners = []
    for moves in product((0.8, 1.2), repeat=6):
        moved = weights * np.array(moves)
        corners.append(found.scaled @ moved / moved.sum())
    corners = np.array(corners)
    assert found.least == pytest.approx(corners.min(axis=0))
    assert found.most == pytest.approx(corners.max(axis=0))
    first = found.first
    others = np.delete(corners, first, axis=1)
    assert found.robust == bool((corners[:, [first]] > others).all())


def test_better_and_worse_change_places_with_the_sense():
    turned = ranked([0.45, 0.30, 0.25], -A_AND_B, senses=(Sense.MIN, Sense.MAX, Sense.MIN))
    assert turned.scores == pytest.approx([0.45, 0.55])


def test_a_scheme_that_is_ranked_alone_has_no_score():
    found = ranked([1, 1, 1], passes=[True, False])
    assert found.ranks == (1, 0)
    assert np.isnan(found.scores).all()
    assert not found.robust
    assert found.moved == ()
