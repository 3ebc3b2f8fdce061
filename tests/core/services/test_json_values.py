"""Geometries, values and times of JSON replies, compared with shapely and the standard library; work side by side."""

from __future__ import annotations

import json
import math
import threading
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2.arcgis import esri as esri_json
from twin_plugin.core.services.adapter import Field
from twin_plugin.core.services.protocols import esri_json as esri
from twin_plugin.core.services.protocols import times
from twin_plugin.core.services.protocols.fields import Casts, of_rows, of_schema
from twin_plugin.core.services.protocols.json_geometry import MalformedGeometryError, geojson_wkb
from twin_plugin.core.services.protocols.parallel import abreast


def made_shapes(seed):
    """Geometries of every kind, in 2D and with heights, around a place."""
    random = np.random.default_rng(seed)
    flat = random.uniform(-80, 80, (6, 2))
    tall = np.column_stack([flat, random.uniform(0, 100, 6)])
    found = []
    for rows in (flat, tall):
        middle = np.zeros(rows.shape[1])
        middle[:2] = rows[0, :2]
        angle = np.linspace(0, 2 * math.pi, 9)[:-1]
        ring = np.tile(middle, (8, 1))
        ring[:, 0] += 5 * np.cos(angle)
        ring[:, 1] += 5 * np.sin(angle)
        hole = middle + (ring - middle) * 0.3
        polygon = shapely.Polygon(ring, [hole])
        other = shapely.Polygon(ring + np.array([20, *[0] * (rows.shape[1] - 1)]))
        line, point = shapely.LineString(rows), shapely.Point(rows[1])
        found += [point, line, polygon, shapely.MultiPoint(rows), shapely.MultiLineString([rows[:3], rows[3:]])]
        found += [shapely.MultiPolygon([polygon, other]), shapely.GeometryCollection([point, line, polygon])]
    return found


@pytest.mark.parametrize("seed", range(5))
def test_geojson_of_every_kind_comes_through(seed):
    for shape in made_shapes(seed):
        given = json.loads(json.dumps(shapely.geometry.mapping(shape)))
        found = shapely.from_wkb(geojson_wkb(given))
        assert shapely.to_wkb(found, flavor="iso") == shapely.to_wkb(shape, flavor="iso"), shape.geom_type


@pytest.mark.parametrize("seed", range(5))
def test_esri_geometries_come_through(seed):
    for shape in made_shapes(seed):
        if shape.has_z or shape.geom_type == "GeometryCollection":
            continue
        _, given = esri_json(shape)
        found = shapely.from_wkb(esri.wkb(json.loads(json.dumps(given))))
        assert found.is_valid
        assert shapely.equals(found, shape), shape.geom_type


@pytest.mark.parametrize("given", [
    {"type": "Point", "coordinates": []}, {"type": "MultiPolygon", "coordinates": []}, None,
    {"type": "GeometryCollection", "geometries": []}, {"type": "Polygon", "coordinates": [[]]},
])  # fmt: skip
def test_empty_geometries_are_none(given):
    assert geojson_wkb(given) is None


def test_an_open_ring_is_closed_and_deep_collections_are_refused():
    found = shapely.from_wkb(geojson_wkb({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}))
    assert found.area == 0.5
    deep = {"type": "Point", "coordinates": [1, 2]}
    for _ in range(9):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    with pytest.raises(MalformedGeometryError):
        geojson_wkb(deep)


@pytest.mark.parametrize(("kind", "value", "expected"), [
    ("integer", 5, 5), ("integer", 5.0, 5), ("integer", "7", 7), ("integer", 5.5, None), ("integer", True, None),
    ("integer", 2**63, None), ("integer", "five", None), ("integer", 1e300, None), ("integer", [1], None),
    ("real", 5, 5.0), ("real", "2.5", 2.5), ("real", "NaN", None), ("real", "inf", None), ("real", True, None),
    ("real", 10**400, None), ("real", {}, None), ("boolean", True, True), ("boolean", 1, True), ("boolean", 0, False),
    ("boolean", "TRUE", True), ("boolean", 2, None), ("boolean", "yes", None), ("text", 5, "5"), ("text", True, "true"),
    ("text", {"a": "水"}, '{"a": "水"}'), ("json", [1], "[1]"), ("json", "x", "x"),
    ("date", "2024-06-01", date(2024, 6, 1)),
    ("date", "2024-06-01T05:00:00Z", date(2024, 6, 1)), ("date", "soon", None),
    ("datetime", "2024-06-01T08:00:00+08:00", datetime(2024, 6, 1, tzinfo=UTC)),
    ("datetime", "2024-06-01 00:00:00", datetime(2024, 6, 1, tzinfo=UTC)),
    ("datetime", "2024-06-01", datetime(2024, 6, 1, tzinfo=UTC)),
    ("datetime", "2024-06-01T00:00:00.123456789Z", datetime(2024, 6, 1, 0, 0, 0, 123456, tzinfo=UTC)),
    ("datetime", 5, None), ("datetime", "2024-13-01T00:00:00Z", None),
])  # fmt: skip
def test_values_fit_their_types_or_are_none(kind, value, expected):
    found = Casts((Field("n", kind),)).row({"n": value})["n"]
    assert found == expected
    assert type(found) is type(expected)


def test_fields_by_schema_and_by_what_came():
    schema = {"properties": {
        "geom": {"$ref": "https://geojson.org/schema/Polygon.json"}, "n": {"type": ["null", "integer"]},
        "t": {"type": "string", "format": "date-time"}, "s": {"type": "string", "title": "名称"},
        "x": {"enum": [1]}, "y": 5, "when": {"type": "string"}, "o": {"type": "object"},
        "v": {"type": "number", "x-ogc-unit": "mm"},
    }}  # fmt: skip
    told, geometry = of_schema(schema)
    assert geometry == "Polygon"
    assert [(f.name, f.type) for f in told] == [
        ("n", "integer"), ("t", "datetime"), ("s", "text"), ("when", "text"), ("o", "json"), ("v", "real"),
    ]  # fmt: skip
    rows = [{"when": "2024-06-01T00:00:00Z", "v": 1, "extra": [1]}, {"when": None, "v": 2, "extra": None, "b": True}]
    found = {f.name: f.type for f in of_rows(rows, told)}
    assert found == {"n": "integer", "t": "datetime", "s": "text", "when": "datetime", "o": "json", "v": "integer",
                     "extra": "json", "b": "boolean"}  # fmt: skip
    assert {f.name: f.type for f in of_rows(rows, told, complete=False)}["v"] == "real"
    assert told[5].unit == "mm"
    assert of_schema({"properties": "none"}) == ((), "")


def test_what_did_not_fit_is_said_once_for_a_field():
    casts = Casts((Field("n", "integer"), Field("t", "text")))
    for value in (1, "x", "y", None, 2.5):
        assert set(casts.row({"n": value, "new": 1})) == {"n", "t"}
    first, second = casts.notes()
    assert "'n'" in first
    assert "3 values" in first
    assert "new" in second


@pytest.mark.parametrize(("text", "start", "end"), [
    ("2024-06-01T00:00:00Z", 0, 0), ("2024-06-01T00:00:00Z/2024-06-01T01:00:00Z", 0, 1),
    ("2024-06-01T00:00:00Z/..", 0, None), ("../2024-06-01T01:00:00Z", None, 1), ("/", None, None), ("soon", None, None),
    ("", None, None), ("2024-06-01T08:00:00+08:00/2024-06-01T09:00:00+08:00", 0, 1),
])  # fmt: skip
def test_intervals(text, start, end):
    first = datetime(2024, 6, 1, tzinfo=UTC)
    expected = tuple(None if hours is None else first + timedelta(hours=hours) for hours in (start, end))
    assert times.interval(text) == expected


def test_times_of_a_query_are_written_as_services_take_them():
    assert times.asked("") == ""
    assert times.asked("2024-06-01T08:00:00+08:00") == "2024-06-01T00:00:00Z"
    assert times.asked("2024-06-01") == "2024-06-01T00:00:00Z/2024-06-01T23:59:59.999999Z"
    assert times.asked("2024-06-01/..") == "2024-06-01T00:00:00Z/.."
    for wrong in ("soon", "2024-06-02/2024-06-01", "a/b/c"):
        with pytest.raises(InputError):
            times.asked(wrong)


def test_milliseconds_of_arcgis():
    moment = datetime(2024, 6, 1, 12, 30, 0, 5000, tzinfo=timezone(timedelta(hours=8)))
    assert times.from_ms(times.to_ms(moment)) == moment
    assert times.from_ms(-1) == datetime(1969, 12, 31, 23, 59, 59, 999000, tzinfo=UTC)
    assert [times.from_ms(value) for value in (None, True, "5", 1e30, [])] == [None] * 5


def test_side_by_side_keeps_the_order_and_the_number():
    running, most = [], []
    lock = threading.Lock()
    full = threading.Barrier(5, timeout=20)

    def work(number):
        with lock:
            running.append(number)
            most.append(len(running))
        if number < 5:
            full.wait()
        with lock:
            running.remove(number)
        return number * 2

    assert list(abreast(work, range(100))) == [number * 2 for number in range(100)]
    assert max(most) == 5


def test_side_by_side_ends_with_the_first_error():
    done = []

    def work(number):
        if number == 3:
            raise InputError("three")
        done.append(number)
        return number

    results = abreast(work, range(1000))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(InputError, match="three"):
        next(results)
    assert len(done) < 50
