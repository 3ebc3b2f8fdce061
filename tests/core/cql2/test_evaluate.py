"""Evaluation here: three-valued logic, patterns, times and geometry."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.cql2 import trees
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2 import ast, like
from twin_plugin.core.cql2.evaluate import FeatureRow, check_fields, predicate
from twin_plugin.core.cql2.parse import parse

ROW = FeatureRow(
    {
        "name": "Nanshan 南山",
        "level": 3,
        "depth": 0.25,
        "none": None,
        "nan": math.nan,
        "open": True,
        "at": datetime(2024, 6, 1, 8, tzinfo=UTC),
        "day": date(2024, 6, 1),
        "as text": "2024-06-01T16:00:00+08:00",
    },
    shapely.box(0, 0, 2, 2),
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("level = 3", True),
        ("level = 3.0", True),
        ("level <> 3", False),
        ("none = 3", None),
        ("none <> 3", None),
        ("NOT none = 3", None),
        ("missing = 3", None),
        ("nan = nan", None),
        ("nan IS NULL", True),
        ("none IS NULL", True),
        ("level IS NULL", False),
        ("none = 3 OR level = 3", True),
        ("none = 3 AND level = 3", None),
        ("none = 3 AND level = 4", False),
        ("level IN (1, none)", None),
        ("level IN (3, none)", True),
        ("level NOT IN (1, none)", None),
        ("level BETWEEN 1 AND none", None),
        ("level BETWEEN 5 AND none", False),
        ("level / 0 = 1", None),
        ("level div 2 = 1", True),
        ("-7 div 2 = -3", True),
        ("-7 % 2 = -1", True),
        ("level ^ 2 = 9", True),
        ("10 ^ 400 > 1", None),
        ("name = 3", None),
        ("open", True),
        ("NOT open", False),
        ("open = TRUE", True),
        ("level", None),
        ("name LIKE 'Nan%'", True),
        ("name LIKE 'nan%'", False),
        ("CASEI(name) LIKE CASEI('NAN%南_')", True),
        ("name LIKE '%南_'", True),
        ("level LIKE '3'", None),
        ("none LIKE '%'", None),
        ("ACCENTI(CASEI('Débárquér')) = ACCENTI(CASEI('DEBARQUER'))", True),
        ("CASEI('Straße') = CASEI('STRASSE')", True),
        ("at = TIMESTAMP('2024-06-01T08:00:00Z')", True),
        ("\"as text\" = TIMESTAMP('2024-06-01T08:00:00Z')", True),
        ('"as text" = at', True),
        ("at > DATE('2024-06-01')", True),
        ("day = DATE('2024-06-01')", True),
        ("T_AFTER(at, DATE('2024-06-01'))", False),
        ("T_AFTER(at, DATE('2024-05-31'))", True),
        ("T_EQUALS(day, DATE('2024-06-01'))", True),
        ("T_INTERSECTS(at, DATE('2024-06-01'))", True),
        ("T_DURING(at, INTERVAL('2024-06-01T00:00:00Z', '..'))", True),
        ("T_DURING(at, INTERVAL('2024-06-01T08:00:00Z', '..'))", False),
        ("T_DURING(none, INTERVAL('..', '..'))", True),
        ("T_BEFORE(none, DATE('2024-06-01'))", None),
        ("T_MEETS(INTERVAL('2024-01-01T00:00:00Z', at), INTERVAL(at, '..'))", True),
        ("S_INTERSECTS(geom, POINT(1 1))", True),
        ("S_INTERSECTS(anything, POINT(3 1))", False),
        ("S_CONTAINS(geom, POINT(1 1))", True),
        ("S_WITHIN(POINT(1 1), geom)", True),
        ("S_WITHIN(geom, POINT(1 1))", False),
        ("S_DISJOINT(geom, BBOX(5, 5, 6, 6))", True),
        ("S_TOUCHES(geom, LINESTRING(2 0, 2 2))", True),
        ("S_CROSSES(LINESTRING(-1 1, 3 1), geom)", True),
        ("S_EQUALS(geom, POLYGON((2 0, 2 2, 0 2, 0 0, 2 0)))", True),
        ("geometry IS NULL", False),
    ],
)
def test_answers(text, answer):
    assert predicate(parse(text))(ROW) is answer


def test_no_geometry_is_unknown():
    assert predicate(parse("S_DISJOINT(geom, POINT(1 1))"))(FeatureRow({})) is None
    assert predicate(parse("geom IS NULL"))(FeatureRow({})) is True


@settings(max_examples=300, deadline=None, derandomize=True)
@given(trees.spatial, trees.shapes)
def test_relations_are_shapely_s(condition, shape):
    expected = getattr(shape.geometry, condition.operator.value[2:])(condition.right.geometry)
    assert predicate(condition)(FeatureRow({}, shape.geometry)) is expected
    mirrored = ast.SpatialRelation(condition.operator, condition.right, condition.left)
    expected = getattr(condition.right.geometry, condition.operator.value[2:])(shape.geometry)
    assert predicate(mirrored)(FeatureRow({}, shape.geometry)) is expected


def slow_match(pattern: list[str | None], text: str) -> bool:
    """LIKE by its definition, for comparison."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(slow_match(pattern[1:], text[index:]) for index in range(len(text) + 1))
    if not text:
        return False
    wanted = "%" if pattern[0] == "%%" else pattern[0]
    return wanted in (None, text[0]) and slow_match(pattern[1:], text[1:])


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.text("ab%_\\\n", max_size=8), st.text("ab%_\n", max_size=8))
def test_like_by_its_definition(pattern, text):
    assert (like.expression(pattern).fullmatch(text) is not None) == slow_match(like.pieces(pattern), text)
    assert like.pieces(like.plain(pattern)) == like.pieces(pattern)


def test_no_pattern_looks_back():
    # With a plain ".*" for each % this would take longer than the universe has been there.
    assert like.expression("%a" * 40 + "%b").fullmatch("a" * 3000) is None


def test_a_plain_pattern_is_the_text():
    for value in trees.HOSTILE:
        pattern = re.sub(r"([\\%_])", r"\\\1", value)
        assert like.expression(pattern).fullmatch(value)
        assert like.ends(pattern) == (False, value, False)


def test_an_unknown_function_is_told():
    with pytest.raises(InputError, match="“buffer” is not known here"):
        predicate(parse("S_WITHIN(geom, buffer(geom, 3))"))


def test_a_field_that_is_not_there_is_told():
    check_fields(parse("level > 3 AND S_WITHIN(geom, POINT(1 1))"), ["level"])
    with pytest.raises(InputError, match=r"“lvl”.*it has: level, name"):
        check_fields(parse("lvl > 3"), ["level", "name"])
