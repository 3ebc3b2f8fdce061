"""What servers send wrongly: each odd reply is refused or repaired, and said in one sentence."""

from __future__ import annotations

import json

import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import ogc_api
from twin_plugin.core.services.protocols.ogc_features import OgcFeatures
from twin_plugin.core.services.record import Health, ServiceRecord
from twin_plugin.core.web.fetch import Trouble, WebError

ITEMS = "/collections/things/items"


def point(number, **values):
    """A feature at (114, 22) plus a hundredth of its number."""
    place = {"type": "Point", "coordinates": [114 + number / 100, 22]}
    return {"type": "Feature", "id": number, "geometry": place, "properties": {"n": number, **values}}


def page(features, following=None, **more):
    links = [{"rel": "next", "href": following}] if following else []
    return {"type": "FeatureCollection", "features": features, "links": links, **more}


def collection(items, conforms=(), schema=None):
    """Answers of a server with one collection, whose items are what `items` gives for the parameters."""

    def answers(path, parameters):
        if path == ITEMS:
            return items(parameters)
        if path == "/collections/things":
            return {"id": "things", "links": []}
        if path == "/collections/things/queryables" and schema:
            return {"properties": schema}
        if path == "/conformance":
            return {"conformsTo": list(conforms)}
        return 404

    return answers


def record(url):
    return ServiceRecord("x", "Things", ServiceProtocol.OGC_FEATURES, url, "things")


def ask(items, query=Query(), **more):  # noqa: B008
    """Rows and notes of a query of such a server."""
    with serving(collection(items, **more)) as url:
        found = OgcFeatures().query(record(url), query, Wire())
        return [row for part in found.pages for row in part], found


def test_next_that_goes_in_a_circle_ends():
    def items(parameters):
        number = int(parameters.get("page", 0))
        return page([point(number)], f"?page={number % 2 + 1}")

    rows, found = ask(items)
    assert [row.id for row in rows] == ["0", "1", "2"]
    assert any("circle" in note for note in found.notes)


def test_next_that_never_moves_on_ends():
    """Another address each time, and always the same rows, with ids and without."""
    asked = []

    def items(parameters):
        asked.append(parameters)
        return page([point(1), point(2)], f"?offset={len(asked)}")

    rows, found = ask(items)
    assert len(rows) == 2
    assert len(asked) < 4
    assert any("same rows again" in note for note in found.notes)

    def nameless(parameters):
        asked.append(parameters)
        bare = {key: value for key, value in point(1).items() if key != "id"}
        return page([bare], f"?offset={len(asked)}")

    asked.clear()
    rows, found = ask(nameless)
    assert len(rows) == 1
    assert len(asked) < 4


def test_endless_empty_pages_end(monkeypatch):
    asked = []

    def items(parameters):
        asked.append(parameters)
        return page([], f"?offset={len(asked)}")

    rows, found = ask(items)
    assert rows == []
    assert len(asked) == 21
    assert any("empty pages" in note for note in found.notes)


def test_next_on_another_server_is_not_followed():
    with serving(lambda path, parameters: page([point(9)])) as other:
        rows, found = ask(lambda parameters: page([point(1)], f"{other}{ITEMS}"))
    assert [row.id for row in rows] == ["1"]
    assert any("another server" in note and "Truncated" in note for note in found.notes)


@pytest.mark.parametrize("link", ["file:///etc/passwd", "data:application/json,{}", "javascript:1", "ftp://x/y"])
def test_next_of_another_kind_is_not_followed(link):
    rows, found = ask(lambda parameters: page([point(1)], link))
    assert len(rows) == 1
    assert any("Truncated" in note for note in found.notes)


def test_ids_that_come_twice_come_once():
    def items(parameters):
        start = int(parameters.get("offset", 0))
        return page([point(n) for n in range(start, start + 5)], f"?offset={start + 4}" if start < 16 else None)

    rows, found = ask(items)
    assert [row.id for row in rows] == [str(n) for n in range(21)]
    assert any("more than once" in note for note in found.notes)


def test_rows_without_ids_all_come():
    bare = [{key: value for key, value in point(1).items() if key != "id"} for _ in range(3)]
    rows, _ = ask(lambda parameters: page(bare))
    assert len(rows) == 3
    assert len({row.id for row in rows}) == 3


def test_a_wrong_count_is_told_and_the_rows_are_taken():
    rows, found = ask(lambda parameters: page([point(1), point(2)], numberMatched=7))
    assert len(rows) == 2
    assert any("7 features match and sent 2" in note for note in found.notes)
    rows, found = ask(lambda parameters: page([point(1)], numberMatched="many"))
    assert len(rows) == 1
    assert found.notes == []


@pytest.mark.parametrize("reply", [
    {"type": "FeatureCollection"}, {"features": {"0": {}}}, [], [1], "text", 5.5, None,
])  # fmt: skip
def test_a_reply_without_features_is_a_bad_reply(reply):
    with pytest.raises(WebError) as error:
        ask(lambda parameters: json.dumps(reply).encode())
    assert error.value.trouble is Trouble.BAD_REPLY
    assert ITEMS in str(error.value)


@pytest.mark.parametrize("body", [
    b'{"features": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    b'{"features": [',
    b"<html><body>Sign in</body></html>",
    b"",
])  # fmt: skip
def test_what_is_no_json_is_refused(body):
    with pytest.raises(WebError) as error:
        ask(lambda parameters: body)
    assert error.value.trouble is Trouble.BAD_REPLY


def test_entries_that_are_no_features_are_left_out():
    rows, found = ask(lambda parameters: page([point(1), None, 3, "x", [point(2)], {}]))
    assert [row.id for row in rows] == ["1", "2"], "an empty object is a feature without anything"
    assert rows[1].geometry is None
    assert any("4 entries were no objects" in note for note in found.notes)


BAD_PLACES = [
    {"type": "Point", "coordinates": ["NaN", 22]},
    {"type": "Point", "coordinates": [None, 22]},
    {"type": "Point", "coordinates": [[114, 22]]},
    {"type": "Point", "coordinates": [True, 22]},
    {"type": "Point", "coordinates": [114]},
    {"type": "Point", "coordinates": "114,22"},
    {"type": "LineString", "coordinates": [[114, 22]]},
    {"type": "LineString", "coordinates": [[[114, 22], [114, 23]]]},
    {"type": "Polygon", "coordinates": [[114, 22], [115, 22], [115, 23], [114, 22]]},
    {"type": "Polygon", "coordinates": [[[114, 22], [115, 22]]]},
    {"type": "MultiPolygon", "coordinates": [[[114, 22], [115, 22], [115, 23]]]},
    {"type": "Circle", "coordinates": [114, 22]},
    {"type": "GeometryCollection", "geometries": 5},
    "POINT (114 22)",
    [114, 22],
]


@pytest.mark.parametrize("place", BAD_PLACES)
def test_a_geometry_that_cannot_be_read_costs_that_geometry(place):
    features = [point(1), {**point(2), "geometry": place}, point(3)]
    rows, found = ask(lambda parameters: page(features))
    assert [row.geometry is None for row in rows] == [False, True, False]
    assert rows[1].values["n"] == 2
    assert any("geometry that cannot be read" in note for note in found.notes)


def test_values_of_the_wrong_type_are_emptied_and_counted():
    features = [point(1, level=5), point(2, level="7"), point(3, level="deep"), point(4, level={"a": 1})]
    features += [point(5, level=None), point(6, level=True), point(7, level=2.5), point(8, level=3.0)]
    rows, found = ask(
        lambda parameters: page(features), schema={"n": {"type": "integer"}, "level": {"type": "integer"}}
    )
    assert [row.values["level"] for row in rows] == [5, 7, None, None, None, None, None, 3]
    assert any("'level'" in note and "4 values" in note for note in found.notes)
    rows, found = ask(lambda parameters: page(features))
    assert found.notes == []
    assert [type(row.values["level"]) for row in rows[:4]] == [str] * 4, "without a schema a mixed column is text"


def test_a_fraction_on_a_later_page_is_kept():
    def items(parameters):
        if "offset" in parameters:
            return page([point(2, level=2.5)])
        return page([point(1, level=2)], "?offset=1")

    rows, found = ask(items)
    assert [row.values["level"] for row in rows] == [2, 2.5]
    assert found.notes == []


def test_properties_that_are_no_object_are_none():
    features = [
        {**point(1), "properties": None},
        {**point(2), "properties": [1]},
        {**point(3), "id": {"a": 1}},
        point(4),
    ]
    rows, _ = ask(lambda parameters: page(features))
    assert [row.values["n"] for row in rows] == [None, None, 3, 4]


def test_limit_ends_the_reading():
    asked = []

    def items(parameters):
        asked.append(parameters)
        start = int(parameters.get("offset", 0))
        return page([point(n) for n in range(start, start + 10)], f"?offset={start + 10}")

    rows, found = ask(items, Query(limit=25))
    assert len(rows) == 25
    assert len(asked) == 3
    assert asked[0]["limit"] == "25"
    assert not any("Truncated" in note for note in found.notes), "it is what was asked for"


def test_cancel_stops_between_pages():
    asked = []

    def items(parameters):
        asked.append(parameters)
        return page([point(len(asked))], f"?offset={len(asked)}")

    with serving(collection(items)) as url:
        found = OgcFeatures().query(record(url), Query(), Wire(), lambda fraction, text="": len(asked) < 3)
        with pytest.raises(Cancelled):
            list(found.pages)
    assert len(asked) == 3


def test_a_server_that_ignores_the_box_is_corrected():
    rows, found = ask(
        lambda parameters: page([point(n) for n in range(100)]), Query(box=BoundingBox(114.095, 21, 114.205, 23))
    )
    assert [row.id for row in rows] == [str(n) for n in range(10, 21)]
    assert any("89 features" in note and "outside the box" in note for note in found.notes)


def test_a_box_over_the_180th_meridian():
    places = [(179.5, 0), (-179.5, 0), (0, 0), (178, 0), (-178, 0)]
    features = [{**point(n), "geometry": {"type": "Point", "coordinates": place}} for n, place in enumerate(places)]
    rows, _ = ask(lambda parameters: page(features), Query(box=BoundingBox(179, -1, -179, 1)))
    assert [row.id for row in rows] == ["0", "1"]


CQL2 = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
)


@pytest.mark.parametrize("status", [400, 500, 501])
def test_a_refused_filter_is_evaluated_here(status):
    asked = []

    def items(parameters):
        asked.append(parameters)
        return status if "filter" in parameters else page([point(n) for n in range(10)])

    rows, found = ask(items, Query(filter=parse("n > 6")), conforms=CQL2)
    assert [row.id for row in rows] == ["7", "8", "9"]
    assert asked[0]["filter"] == '"n" > 6'
    assert any("evaluated here" in note for note in found.notes)
    assert any(str(status) in note for note in found.notes)


def test_only_what_a_server_claims_is_sent():
    asked = []

    def items(parameters):
        asked.append(parameters)
        return page([point(n, name=f"a{n}") for n in range(10) if "filter" not in parameters or n > 6])

    rows, found = ask(items, Query(filter=parse("n > 6 AND name LIKE '%8'")), conforms=CQL2)
    assert [row.id for row in rows] == ["8"]
    assert asked[0]["filter"] == '"n" > 6', "LIKE is of a class that the server does not claim"
    assert any("advanced-comparison-operators" in note for note in found.notes)


def test_without_filters_equal_values_are_asked_for_and_all_is_evaluated_here():
    asked = []

    def items(parameters):
        asked.append(parameters)
        return page([point(n, name="b" if n % 2 else "a") for n in range(10)])

    schema = {"name": {"type": "string"}, "n": {"type": "integer"}}
    rows, found = ask(items, Query(filter=parse("name = 'b' AND n < 4 OR n = 9")), schema=schema)
    assert "name" not in asked[0], "of an OR no part has to hold"
    assert [row.id for row in rows] == ["1", "3", "9"]
    with pytest.raises(InputError, match="limit"):
        ask(items, Query(filter=parse("limit = 1")), schema=schema)
    rows, found = ask(items, Query(filter=parse("name = 'b' AND n < 4")), schema=schema)
    assert asked[-1]["name"] == "b"
    assert [row.id for row in rows] == ["1", "3"]
    assert any("evaluated here" in note for note in found.notes)


def test_a_page_that_is_too_large_is_asked_for_in_parts():
    asked = []

    class Narrow(Wire):
        def __call__(self, request):
            reply = super().__call__(request)
            if len(reply.body) > 40_000:
                raise WebError("too large", Trouble.TOO_LARGE)
            return reply

    def items(parameters):
        size, start = int(parameters["limit"]), int(parameters.get("offset", 0))
        asked.append(size)
        # From 300 on they are longer.
        found = [point(n, text="x" * (50 if n < 300 else 900)) for n in range(start, min(start + size, 500))]
        return page(found, f"?limit={size}&offset={start + size}" if start + size < 500 else None)

    with serving(collection(items)) as url:
        found = OgcFeatures().query(record(url), Query(), Narrow())
        rows = [row for part in found.pages for row in part]
    assert len(rows) == 500
    assert asked[:4] == [1000, 125, 125, 125]
    assert asked[4] == 15, "a later page as well, since it counts from a row"


def test_a_dead_or_foreign_server_is_dead():
    with serving(lambda path, parameters: {"hello": 1}) as url:
        state = OgcFeatures().probe(record(url), Wire())
        assert state.health is Health.DEAD
        assert "links" in state.reason
    state = OgcFeatures().probe(record(url), Wire())
    assert state.health is Health.DEAD
    assert state.reason
    with serving(lambda path, parameters: 401) as url:
        assert OgcFeatures().probe(record(url), Wire()).health is Health.DENIED


def test_heights_are_kept_and_measures_left_out():
    places = [
        {"type": "Point", "coordinates": [114, 22, 7]},
        {"type": "Point", "coordinates": [114, 22, 7, 99]},
        {"type": "LineString", "coordinates": [[114, 22, 1], [115, 22, 2]]},
        {"type": "LineString", "coordinates": [[114, 22, 1], [115, 22]]},
        {"type": "MultiPolygon", "coordinates": [[[[0, 0, 3], [1, 0, 3], [1, 1, 3], [0, 0, 3]]]]},
    ]
    rows, _ = ask(lambda parameters: page([{**point(n), "geometry": place} for n, place in enumerate(places)]))
    shapes = [shapely.from_wkb(row.geometry) for row in rows]
    assert [shape.has_z for shape in shapes] == [True, True, True, False, True]
    assert [shapely.get_coordinates(shape, include_z=True)[0][2] for shape in shapes[:3]] == [7, 7, 1]


def test_authentication_goes_to_the_origin_asked_and_no_other():
    """Whatever links a server gives: to its collections, to its features, to the next page."""
    with serving(lambda path, parameters: page([point(9)])) as other:

        def answers(path, parameters):
            if path == "/":
                return {"links": [{"rel": "data", "href": f"{other}/collections"}]}
            if path == "/collections":
                links = [{"rel": "next", "href": f"{other}/collections?page=2"}]
                items = {"rel": "items", "type": "application/geo+json", "href": f"{other}{ITEMS}"}
                return {"collections": [{"id": "things", "links": [items]}], "links": links}
            if path == "/collections/things":
                return {"id": "things", "links": [{"rel": "items", "href": f"{other}{ITEMS}"}]}
            return page([point(1)], f"{other}{ITEMS}?page=2") if path == ITEMS else 404

        with serving(answers) as url:
            wire = Wire()
            found = next(ogc_api.harvest(url, "city login", wire))
            assert found.auth == "city login"
            features = OgcFeatures().query(found, Query(), wire)
            assert [row.id for part in features.pages for row in part] == ["1"]
    assert wire.requests
    assert all(request.url.startswith(url) for request in wire.requests), "nothing else was asked"
    assert all(request.auth == "city login" for request in wire.requests)
