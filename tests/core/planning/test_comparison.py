"""Schemes by criteria: hard rules first, then the ranking; tables and weights of users."""

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.csv_table import read_rows
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.planning.comparison import COLUMNS, changed, compare, read_criteria, weighted
from twin_plugin.core.planning.control_plan import Verdict
from twin_plugin.core.planning.scores import Sense

ROWS = [
    {"id": "rule", "review": "metrics", "measure": "broken", "sense": "min", "weight": "0", "greatest": "0"},
    {"id": "a", "review": "metrics", "measure": "far", "sense": "max", "weight": ".45", "name_en": "Alpha"},
    {"id": "b", "review": "sun", "measure": "lost", "sense": "min", "weight": ".30", "name_zh": "乙"},
    {"id": "c", "review": "sun", "measure": "hours", "sense": "max", "weight": ".25", "least": ".5"},
]
A, B = {"rule": 0, "a": 0.95, "b": 30, "c": 0.80}, {"rule": 0, "a": 0.90, "b": 10, "c": 0.90}


def criteria():
    return read_criteria(ROWS, "table")


def test_hard_rules_come_first():
    found = compare(["A", "B", "C"], criteria(), [A, B, {"rule": 1, "a": 9, "b": 0, "c": 9}], {})
    assert found.passes.tolist() == [True, True, False]
    assert found.scores.scores[:2] == pytest.approx([0.45, 0.55])
    assert np.isnan(found.scores.scores[2])
    assert [item.id for item in found.broken(2)] == ["rule"]
    assert found.order == [1, 0, 2]
    assert found.scores.ranks == (2, 1, 0)


def test_a_least_value_is_a_rule_too():
    found = compare(["A", "B"], criteria(), [A, B | {"c": 0.49}], {})
    assert [item.id for item in found.broken(1)] == ["c"]
    assert found.scores.ranks == (1, 0)


def test_what_was_not_judged_breaks_no_rule_and_scores_nothing():
    found = compare(["A", "B"], criteria(), [{"a": 1, "b": 2}, {"a": 2, "b": 3}], {"a": 1.5})
    assert found.verdicts[0] == (Verdict.UNKNOWN, Verdict.NO_LIMIT, Verdict.NO_LIMIT, Verdict.UNKNOWN)
    assert found.passes.all()
    assert found.scores.weights == pytest.approx([0, 0.6, 0.4, 0])
    assert found.today[1] == 1.5


def test_the_order_of_the_schemes_does_not_matter():
    one = compare(["A", "B"], criteria(), [A, B], {})
    other = compare(["B", "A"], criteria(), [B, A], {})
    assert one.scores.scores == pytest.approx(other.scores.scores[::-1])
    assert one.scores.robust == other.scores.robust


def test_names_in_one_language_serve_both():
    _, a, b, c = criteria()
    assert (a.name.en, a.name.zh) == ("Alpha", "Alpha")
    assert (b.name.en, b.name.zh) == ("乙", "乙")
    assert c.name.en == "c"
    assert b.sense is Sense.MIN


def test_a_users_table_changes_what_it_fills():
    found, strange = changed(
        criteria(),
        [
            {"id": "a", "weight": 2.0, "greatest": None, "other": "x"},
            {"id": "new", "review": "sky", "measure": "MEAN", "sense": "max", "weight": "1"},
            {"id": "?", "weight": "1"},
        ],
        "mine",
    )
    by_id = {item.id: item for item in found}
    assert by_id["a"].weight == 2
    assert by_id["a"].measure == "far"
    assert by_id["new"].review == "sky"
    assert strange == ["?"]


def test_weights_of_a_text():
    found = {item.id: item.weight for item in weighted(criteria(), "a = 0.3; c: 20 %")}
    assert found == pytest.approx({"rule": 0, "a": 0.3, "b": 0.30, "c": 0.2})


@pytest.mark.parametrize("text", ["x = 1", "a", "a = high", "a = -1"])
def test_weights_that_cannot_be_read(text):
    with pytest.raises(InputError, match="The ids are rule, a, b, c"):
        weighted(criteria(), text)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"id": "a"}, "an earlier row has"),
        ({"id": ""}, "has no id"),
        ({"id": "x", "sense": "up"}, "must be max or min"),
        ({"id": "x", "sense": "max", "weight": "much"}, "write a number"),
        ({"id": "x", "sense": "max", "weight": "-1"}, "below 0"),
        ({"id": "x", "sense": "max", "least": "2", "greatest": "1"}, "below 0, or a least value"),
    ],
)
def test_tables_that_cannot_be_read(row, sentence):
    with pytest.raises(InputError, match=sentence):
        read_criteria([*ROWS, row], "table")


def test_the_table_that_ships():
    rows = read_rows(Path("resources/tables/scheme_criteria.csv"), COLUMNS)
    found = read_criteria(rows, "shipped")
    assert len(found) > 3
    assert any(item.hard for item in found)
    for item in found:
        assert item.name.en != item.name.zh
        assert item.source.zh
        assert item.weight > 0 or item.hard
