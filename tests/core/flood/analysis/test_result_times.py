"""Which steps a text asks for."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.flood.analysis.result_times import choose_times

MINUTES = np.array([0.0, 5.0, 10.0, 12.5])


@pytest.mark.parametrize(
    ("text", "steps", "maximum"),
    [
        ("", (), True),
        ("Maximum", (), True),
        ("all", (0, 1, 2, 3), False),
        ("10; 5", (1, 2), False),
        ("maximum, 12.5 0", (0, 3), True),
        ("all; 5; maximum", (0, 1, 2, 3), True),
    ],
)
def test_chosen(text, steps, maximum):
    chosen = choose_times(text, MINUTES)
    assert (chosen.steps, chosen.maximum, chosen.notes) == (steps, maximum, ())


def test_a_time_between_steps_takes_the_nearest_and_says_so():
    chosen = choose_times("6", MINUTES)
    assert chosen.steps == (1,)
    assert chosen.notes == ("The result has no step at 6 min: the nearest one, 5 min, was taken.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [("noon", "'noon' is no time"), ("13", "lies outside"), ("-1", "lies outside"), ("nan", "lies outside")],
)
def test_refused(text, words):
    with pytest.raises(InputError, match=words):
        choose_times(text, MINUTES)
