"""Random filters for property tests: over the table `COLUMNS`, with texts that try to break out of their quotes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import shapely
from hypothesis import strategies as st

from twin_plugin.core.cql2 import ast

HOSTILE = [
    "",
    "'",
    "''",
    '"',
    "--",
    "'; DROP TABLE t; --",
    "%",
    "_",
    "100%_sure",
    "a\\b",
    "\\%",
    "]]>",
    "&amp;<b>",
    "' or '1'='1",
    "') or (1=1",
    "南山区",
    "深圳 湾's",
    "*?[a]",
    "{0}%s",
    "Ünïcödé",
    "ABC",
    "abc",
    "line\nbreak",
]
COLUMNS = {"name": "text", 'note\'s "x"': "text", "level": "real", "count": "integer", "区 %": "integer", "at": "time"}

texts = st.one_of(st.sampled_from(HOSTILE), st.text("ab'%_\\\"-&<];南", max_size=6))
integers = st.integers(-5, 5)
reals = st.floats(-100, 100, allow_nan=False).map(lambda value: round(value, 3))
instants = st.datetimes(datetime(2023, 12, 31), datetime(2024, 1, 3)).map(
    lambda value: value.replace(microsecond=value.microsecond // 1000 * 1000, tzinfo=UTC, fold=0)
)
days = st.dates(date(2023, 12, 31), date(2024, 1, 3))


def columns(*kinds: str) -> st.SearchStrategy[ast.Property]:
    return st.sampled_from([ast.Property(name) for name, kind in COLUMNS.items() if kind in kinds])


text_values = st.one_of(columns("text"), texts.map(ast.Literal))
time_values = st.one_of(columns("time"), instants.map(ast.Literal), days.map(ast.Literal))
numbers = st.one_of(columns("real", "integer"), integers.map(ast.Literal), reals.map(ast.Literal))


def arithmetic(*operators: ast.Sum) -> st.SearchStrategy[ast.Value]:
    return st.recursive(
        numbers,
        lambda inner: st.builds(ast.Arithmetic, st.sampled_from(operators), inner, inner),
        max_leaves=4,
    )


number_values = arithmetic(ast.Sum.ADD, ast.Sum.SUBTRACT, ast.Sum.MULTIPLY, ast.Sum.DIVIDE)
compares = st.sampled_from(ast.Compare)


@st.composite
def spans(draw: st.DrawFn) -> ast.Interval:
    low, high = sorted([draw(instants), draw(instants)])
    start = draw(st.sampled_from([ast.Literal(low), None, ast.Property("at")]))
    return ast.Interval(start, draw(st.sampled_from([ast.Literal(high), None])))


def _alike(values: st.SearchStrategy[ast.Value]) -> st.SearchStrategy[ast.Condition]:
    return st.one_of(
        st.builds(ast.Comparison, compares, values, values),
        st.builds(ast.Between, values, values, values, st.booleans()),
        st.builds(ast.In, values, st.lists(values, min_size=1, max_size=3).map(tuple), st.booleans()),
    )


likes = st.builds(ast.Like, columns("text"), texts, st.booleans())
nulls = st.builds(ast.IsNull, columns("text", "real", "time"), st.booleans())
temporal = st.builds(
    ast.TemporalRelation,
    st.sampled_from(ast.Temporal),
    st.one_of(time_values, spans()),
    st.one_of(time_values, spans()),
)
truths = st.booleans().map(lambda value: ast.Truth(ast.Literal(value)))
scalar = st.one_of(_alike(text_values), _alike(number_values), _alike(time_values), likes, nulls, temporal, truths)

# Squares of smaller coordinates are zero: then PostGIS and GEOS disagree on what touches.
_coordinate = st.floats(-10, 10, allow_nan=False, width=32, allow_subnormal=False)
_points = st.tuples(_coordinate, _coordinate)
shapes = st.one_of(
    _points.map(shapely.Point),
    st.lists(_points, min_size=2, max_size=4, unique=True).map(shapely.LineString),
    st.tuples(_points, _points, _points).map(shapely.Polygon).filter(lambda triangle: triangle.area > 1e-3),
    st.lists(_points, min_size=1, max_size=3).map(shapely.MultiPoint),
    st.lists(_points, min_size=1, max_size=2).map(
        lambda points: shapely.GeometryCollection([shapely.Point(point) for point in points])
    ),
).map(ast.Shape)
spatial = st.builds(ast.SpatialRelation, st.sampled_from(ast.Spatial), st.just(ast.Property("geometry")), shapes)
folded = st.builds(
    lambda column, text, negated: ast.Like(
        ast.Function("CASEI", (column,)), ast.Function("CASEI", (ast.Literal(text),)), negated
    ),
    columns("text"),
    texts,
    st.booleans(),
)


def joined(leaves: st.SearchStrategy[ast.Condition]) -> st.SearchStrategy[ast.Condition]:
    """Conditions joined with AND, OR and NOT."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: ast.And(tuple(parts))),
            st.lists(inner, min_size=2, max_size=3).map(lambda parts: ast.Or(tuple(parts))),
            inner.map(ast.Not),
        ),
        max_leaves=5,
    )


conditions = joined(st.one_of(scalar, spatial, folded))
table_conditions = joined(scalar)

rows = st.fixed_dictionaries(
    {
        name: st.one_of(st.none(), {"text": texts, "real": reals, "integer": integers, "time": instants}[kind])
        for name, kind in COLUMNS.items()
    }
)
