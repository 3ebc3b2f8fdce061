"""Bound SQL on PostGIS finds the rows that evaluation finds, and shows what hostile texts are: texts."""

from __future__ import annotations

import psycopg2
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.cql2 import trees
from twin_plugin.core.cql2 import ast
from twin_plugin.core.cql2.evaluate import FeatureRow, predicate
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.cql2.split import split
from twin_plugin.core.cql2.sql import Database, SqlCompiler

COMPILER = SqlCompiler(Database.POSTGIS, trees.COLUMNS)
KINDS = {"text": "text", "real": "float8", "integer": "bigint", "time": "timestamptz"}


def connected(database):
    given = {"host": "127.0.0.1", "port": database.port, "user": database.user, "password": database.password}
    return psycopg2.connect(dbname=database.database, **given)


@pytest.fixture(scope="module")
def table(postgis):
    """A connection with a table of the columns of the random filters."""
    database = postgis.new_database("filters")
    database.sql("CREATE EXTENSION postgis")
    connection = connected(database)
    names = ['"' + name.replace('"', '""').replace("%", "%%") + '"' for name in trees.COLUMNS]
    listed = ", ".join(f"{name} {KINDS[kind]}" for name, kind in zip(names, trees.COLUMNS.values(), strict=True))
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"CREATE TABLE t (id int, geom geometry(Geometry, 4326), {listed})".replace("%%", "%"))
    connection.commit()
    yield connection
    connection.close()


def found_there(connection, rows, shapes, condition):
    statement = COMPILER.compile_filter(condition)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM t")
        marks = ", ".join("%s" for _ in trees.COLUMNS)
        for index, (row, shape) in enumerate(zip(rows, shapes, strict=True)):
            given_values = [index, shape and shape.wkt, *(row[name] for name in trees.COLUMNS)]
            cursor.execute(f"INSERT INTO t VALUES (%s, ST_GeomFromText(%s, 4326), {marks})", given_values)
        cursor.execute(f"SELECT id FROM t WHERE {statement.text} ORDER BY id", statement.parameters)
        return [row[0] for row in cursor]


many = settings(
    max_examples=120, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
spatial = trees.joined(st.one_of(trees._alike(trees.number_values), trees.likes, trees.nulls, trees.spatial))


@many
@given(st.one_of(trees.table_conditions, spatial), st.lists(st.tuples(trees.rows, trees.shapes), max_size=5))
def test_postgis_finds_what_evaluation_finds(table, condition, rows):
    values, shapes = [row for row, _ in rows], [shape.geometry for _, shape in rows]
    test = predicate(condition)
    expected = [
        k for k, (row, shape) in enumerate(zip(values, shapes, strict=True)) if test(FeatureRow(row, shape)) is True
    ]
    try:
        found = found_there(table, values, shapes, condition)
    except psycopg2.errors.InvalidParameterValue:
        # GEOS relates no collections in some ways; PostGIS errs where shapely answers.
        table.rollback()
        return
    assert found == expected


def test_the_city_s_wells(postgis_city, city):
    compiler = SqlCompiler(Database.POSTGIS, {"kind", "depth_m", "name", "updated"}, srid=4326)
    text = (
        "kind = '雨水井' AND depth_m > 5 AND CASEI(name) LIKE CASEI('O''BRIEN%') AND "
        "S_WITHIN(geom, BBOX(113.93, 22.49, 113.96, 22.53)) AND T_AFTER(updated, DATE('2024-06-03'))"
    )
    condition = parse(text)
    assert split(condition, compiler.compile_filter).client_side is None
    statement = compiler.compile_filter(condition)
    with connected(postgis_city) as connection, connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
        cursor.execute(f"SELECT fid FROM city.wells WHERE {statement.text} ORDER BY fid", statement.parameters)
        found = [row[0] for row in cursor]
    test = predicate(condition)
    assert found == [row.fid for row in city.rows["wells"] if test(FeatureRow(row.values, shapely.from_wkt(row.wkt)))]
    assert found


def test_hostile_texts_are_texts(table):
    for value in trees.HOSTILE:
        row = dict.fromkeys(trees.COLUMNS) | {"name": value}
        condition = ast.Comparison(ast.Compare.EQUAL, ast.Property("name"), ast.Literal(value))
        assert found_there(table, [row], [None], condition) == [0]
