"""Catalogues out and in again: nothing lost, no formula, limits, and strange files told."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace

import pytest

from tests.catalogue_records import made_records
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.catalogue import exchange
from twin_plugin.core.services.catalogue.sanitize import sanitized
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, Link

FORMULAS = (
    "=1+1",
    "+x",
    "-x",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "'",
    "'=1",
    "''=1",
    "'quoted'",
    "a\r\nb",
    "a;b",
    'a"b',
    ",",
    "=cmd|' /C calc'!A0",
)


@pytest.fixture(scope="module")
def records():
    plain = [sanitized(record)[0] for record in made_records(120)]
    first = plain[0]
    nasty = [
        replace(
            first, id=f"n{n}", title=text, description=text, keywords=(text, "x") if text.strip() else ("x",), auth=text
        )
        for n, text in enumerate(FORMULAS)
    ]
    double = replace(first, id="links", links=(Link(first.url, "service", "", first.layer, first.protocol.value),) * 2)
    return [*plain, *nasty, double]


def json_of(records):
    return "".join(exchange.to_json(records)).encode()


def csv_of(records):
    stream = io.StringIO(newline="")
    exchange.to_csv(records, stream)
    return stream.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize(("write", "read"), [(json_of, exchange.from_json), (csv_of, exchange.from_csv)])
def test_a_round_trip_is_exact(records, write, read):
    back, notes = read(write(records), "x")
    assert notes == []
    assert back == records


def test_json_is_a_collection_of_records(records):
    document = json.loads(json_of(records))
    assert document["type"] == "FeatureCollection"
    for feature, record in zip(document["features"], records, strict=True):
        assert feature["type"] == "Feature"
        assert feature["id"] == record.id
        assert feature["properties"]["type"] == "service"
        assert isinstance(feature["properties"]["keywords"], list)
        assert feature["links"][0]["href"] == record.url
        assert feature["time"] is None or len(feature["time"]["interval"]) == 2
        if record.box == BoundingBox(170, -20, -170, -10):
            assert len(feature["geometry"]["coordinates"]) == 2


def test_no_cell_begins_like_a_formula(records):
    rows = list(csv.reader(io.StringIO(csv_of(records).decode("utf-8-sig"), newline="")))
    numbers = {rows[0].index(name) for name in ("west", "south", "east", "north", "latency_ms", "subdivision_sure")}
    for row in rows[1:]:
        for place, cell in enumerate(row):
            if place in numbers:
                assert cell == "" or math.isfinite(float(cell))
            else:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_written_by_hand():
    text = "title,protocol,url,keywords,west,south,east,north,made,strange\n雨量站,wfs,https://x.example,雨;rain,1,2,3,4,1,?\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-8"), text.encode("gb18030")):
        (record,), notes = exchange.from_csv(data, "x")
        assert notes == []
        assert (record.title, record.keywords, record.box) == ("雨量站", ("雨", "rain"), BoundingBox(1, 2, 3, 4))
        assert (record.made, record.health, len(record.id)) == (True, Health.UNKNOWN, 20)
    assert exchange.encoding_notes(text.encode(), "x") == []
    assert "read as GB18030" in exchange.encoding_notes(text.encode("gb18030"), "x")[0]


@pytest.mark.parametrize(("title", "encoding"), [("Pluviomètre de l'École", "latin-1"), ("дождь и снег", "cp1251")])
def test_a_table_in_another_encoding_is_read_as_such_and_told(title, encoding):
    data = f"title,protocol,url\n{title},wfs,https://x.example\n".encode(encoding)
    (record,), _ = exchange.from_csv(data, "x")
    assert record.title == title
    assert f"read as {encoding.upper()}" in exchange.encoding_notes(data, "x")[0]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("t,telnet,https://x.example,,,,,", "telnet"),
        ("t,wfs,,,,,,", "no url"),
        ("t,wfs,https://x,1,,,,", "could not"),
        ("t,wfs,https://x,1,2,3,inf,", "not finite"),
        ("t,wfs,https://x,,,,,[1]", "no list"),
        ("t,wfs,https://x,,,,,[", "Expecting"),
    ],
)
def test_rows_that_are_none_are_told_and_the_rest_is_kept(row, why):
    text = f"title,protocol,url,west,south,east,north,crs\n{row}\ngood,wms,https://good.example,,,,,\n"
    records, notes = exchange.from_csv(text.encode(), "表 x.csv")
    assert [record.title for record in records] == ["good"]
    assert "Row 2 of '表 x.csv'" in notes[0]
    assert why in notes[0]


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"properties": {"twin:url": 5}},
        {"geometry": {"type": "Nothing"}},
        {"links": [7]},
        {"links": [{"href": 1}]},
        {"time": {"interval": [1, 2]}},
        {"time": []},
        {"time": {"interval": "x"}},
    ],
)
def test_features_that_are_no_records_never_stop_the_rest(change):
    good, bad = made_records(2)
    features = [exchange.feature_of(good), exchange.feature_of(bad) | change]
    records, _ = exchange.from_json(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "x.json")
    assert records[0] == good


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "x.json"),
        (b"{", "x.json"),
        (b"[]", "x.json"),
        (b'{"type": "Feature"}', "no FeatureCollection"),
        (b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}", "x.json"),
    ],
)
def test_strange_json(data, match):
    with pytest.raises(InputError, match=match):
        exchange.from_json(data, "x.json")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"a,b\n1,2\n", b'title,protocol,url\n"x', b"\xff\xff\xff"])
def test_strange_tables(data):
    with pytest.raises(InputError, match=r"x\.csv"):
        exchange.from_csv(data, "x.csv")


def test_limits(monkeypatch, records):
    monkeypatch.setattr(exchange, "RECORDS_LIMIT", 5)
    for write, read in ((json_of, exchange.from_json), (csv_of, exchange.from_csv)):
        with pytest.raises(InputError, match="more than 5"):
            read(write(records), "x")
    monkeypatch.setattr(exchange, "FILE_LIMIT", 100)
    with pytest.raises(InputError, match="split it"):
        exchange.from_csv(csv_of(records), "x")


def test_records_of_other_programs_are_given_away():
    feature = {
        "type": "Feature",
        "id": "1",
        "properties": {"title": "WMS"},
        "links": [{"href": "https://x.example/wms"}],
    }
    data = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    assert exchange.from_json(data, "x")[0] == []
    mine = replace(made_records(1)[0], protocol=ServiceProtocol.WMS)
    assert exchange.from_json(data, "x", lambda found: [mine] if found == feature else [])[0] == [mine]
