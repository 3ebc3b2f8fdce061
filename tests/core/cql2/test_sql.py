"""SQL on SQLite finds the rows that evaluation finds, whatever texts stand in the filter."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.cql2 import trees
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2 import arcgis, ast, instants
from twin_plugin.core.cql2.evaluate import FeatureRow, predicate
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.cql2.split import split
from twin_plugin.core.cql2.sql import Database, SqlCompiler
from twin_plugin.core.cql2.temporal import portable
from twin_plugin.core.cql2.visit import Untranslatable

many = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SQLITE = SqlCompiler(Database.SQLITE, trees.COLUMNS)
KINDS = {"text": "TEXT", "real": "REAL", "integer": "INTEGER", "time": "TEXT"}


def stored(value):
    return instants.write(value) if isinstance(value, date | datetime) else value


def table(rows):
    names = ['"' + name.replace('"', '""') + '"' for name in trees.COLUMNS]
    database = sqlite3.connect(":memory:")
    listed = ", ".join(f"{name} {KINDS[kind]}" for name, kind in zip(names, trees.COLUMNS.values(), strict=True))
    database.execute(f"CREATE TABLE t (id INTEGER PRIMARY KEY, {listed})")
    marks = ", ".join("?" for _ in range(len(names) + 1))
    for index, row in enumerate(rows):
        database.execute(f"INSERT INTO t VALUES ({marks})", [index, *(stored(row[name]) for name in trees.COLUMNS)])  # noqa: S608
    return database


def found_here(condition, rows):
    test = predicate(condition)
    return [index for index, row in enumerate(rows) if test(FeatureRow(row)) is True]


@many
@given(trees.table_conditions, st.lists(trees.rows, max_size=6))
def test_sqlite_finds_what_evaluation_finds(condition, rows):
    database = table(rows)
    statement = SQLITE.compile_filter(condition)
    cursor = database.execute(f"SELECT id FROM t WHERE {statement.text} ORDER BY id", statement.parameters)  # noqa: S608
    assert [row[0] for row in cursor] == found_here(condition, rows)
    assert database.execute("SELECT count(*) FROM t").fetchone() == (len(rows),)


@many
@given(trees.table_conditions, st.lists(trees.rows, max_size=6))
def test_other_words_find_the_same(condition, rows):
    assert found_here(portable(condition), rows) == found_here(condition, rows)


WITHOUT_TIMES = trees.joined(
    st.one_of(trees._alike(trees.text_values), trees._alike(trees.numbers), trees.likes, trees.nulls, trees.truths)
)


@many
@given(WITHOUT_TIMES, st.lists(trees.rows, max_size=6))
def test_what_arcgis_is_sent_and_the_rest_find_the_same(condition, rows):
    """ArcGIS's `where` is SQL, so that SQLite, made to mind the case, can stand for the server."""
    parts = arcgis.split_filter(condition)
    where = arcgis.compile_filter(parts.pushed_down).where
    database = table(rows)
    database.execute("PRAGMA case_sensitive_like = ON")
    sent = [row[0] for row in database.execute(f"SELECT id FROM t WHERE {where} ORDER BY id")]  # noqa: S608
    rest = found_here(parts.client_side, rows) if parts.client_side is not None else range(len(rows))
    assert [index for index in sent if index in rest] == found_here(condition, rows)


def test_values_never_stand_in_the_text():
    for value in trees.HOSTILE:
        condition = ast.Comparison(ast.Compare.EQUAL, ast.Property("name"), ast.Literal(value))
        for database in Database:
            found = SqlCompiler(database, {"name"}).compile_filter(condition)
            assert found.parameters == (value,)
            assert found.text == f'("name" = {"?" if database is Database.SQLITE else "%s"})'


def test_a_name_that_is_no_column_is_refused():
    # SQLite would read the quoted name as a text.
    with pytest.raises(InputError, match=r"“nmae”.*it has: name"):
        SqlCompiler(Database.SQLITE, {"name"}).compile_filter(parse("nmae = 'x'"))


def test_what_sqlite_lacks_remains():
    parts = split(
        parse("level > 3 AND S_INTERSECTS(geom, POINT(1 2)) AND CASEI(name) LIKE CASEI('%a%')"),
        SqlCompiler(Database.SQLITE, {"level", "name"}).compile_filter,
    )
    assert parts.pushed_down == parse("level > 3")
    assert parts.client_side == parse("S_INTERSECTS(geom, POINT(1 2)) AND CASEI(name) LIKE CASEI('%a%')")
    assert len(parts.reasons) == 2


def test_part_of_an_or_keeps_the_whole_here():
    compiler = SqlCompiler(Database.SQLITE, {"level"})
    parts = split(parse("level > 3 OR level ^ 2 > 4"), compiler.compile_filter)
    assert parts.pushed_down is None
    assert parts.client_side == parse("level > 3 OR level ^ 2 > 4")
    with pytest.raises(Untranslatable):
        compiler.compile_filter(parse("level ^ 2 > 4"))


def test_postgis_marks():
    compiler = SqlCompiler(Database.POSTGIS, {"a", "b %"}, geometry="the geom", srid=4547)
    found = compiler.compile_filter(parse('S_WITHIN(geometry, BBOX(1,2,3,4)) AND "b %" % 2 = 1'))
    assert 'ST_Within("the geom", ST_Transform(ST_GeomFromText(%s, 4326), 4547))' in found.text
    assert '"b %%"' in found.text
    assert found.text.replace("%%", "").count("%s") == len(found.parameters)
