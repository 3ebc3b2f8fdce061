"""Trees written as CQL2 text and JSON read back as they were; what cannot be written is refused, not bent."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings

from tests.core.cql2 import trees
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2 import ast
from twin_plugin.core.cql2.cql2 import to_json, to_text
from twin_plugin.core.cql2.cql2_json import from_json
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.cql2.temporal import portable
from twin_plugin.core.cql2.visit import Untranslatable

many = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@many
@given(trees.conditions)
def test_text_gives_the_same_tree(condition):
    try:
        written = to_text(condition)
    except Untranslatable:
        assert "\\" in repr(condition)
        return
    again = parse(written)
    # repr tells 1 from 1.0 and from TRUE, which are equal in Python.
    assert repr(again) == repr(condition)
    assert again == condition
    assert to_text(again) == written


@many
@given(trees.conditions)
def test_json_gives_the_same_tree(condition):
    again = from_json(json.loads(json.dumps(to_json(condition), ensure_ascii=False)))
    # JSON has no negated predicates, only NOT around them; the reader takes NOT LIKE and its like for one thing.
    assert repr(from_json(json.loads(json.dumps(to_json(again))))) == repr(again)
    assert repr(portable(again)) == repr(portable(condition))


@pytest.mark.parametrize("value", ["C:\\", "a\\'b", "\\' OR 1=1 OR name = '"])
def test_a_backslash_that_could_end_a_text_early_is_not_written(value):
    condition = ast.Comparison(ast.Compare.EQUAL, ast.Property("name"), ast.Literal(value))
    with pytest.raises(Untranslatable):
        to_text(condition)
    assert from_json(to_json(condition)) == condition


def test_json_that_cannot_be_read_names_the_place():
    with pytest.raises(InputError, match=r'at \{"op": 5\}: “op” was expected'):
        from_json({"op": 5})
