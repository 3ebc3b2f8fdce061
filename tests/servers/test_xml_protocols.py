"""The XML protocols against real servers: what is harvested, counted and queried is what the data hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import shapely

from tests.core.services.loopback import Wire
from tests.servers.dataset import COUNTS, START
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2.evaluate import FeatureRow, predicate
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import wfs_schema
from twin_plugin.core.services.protocols.wfs_query import WfsRequest
from twin_plugin.core.services.record import Health, ServiceRecord
from twin_plugin.core.web.fetch import Request, WebError

BOX = BoundingBox(113.935, 22.495, 113.955, 22.515)
SERVERS = pytest.mark.parametrize("server", ["mapserver", "qgis_server"])
VALUES = ("code", "name", "kind", "state", "depth_m", "level")


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def layer(request, wire):
    """A function to the record of a table on a server, as harvested, and its adapter."""

    def found(server, table, protocol=ServiceProtocol.WFS):
        records = list(registry.harvest(protocol)(request.getfixturevalue(server), "", wire, lambda *_: True))
        one = [record for record in records if record.layer.rpartition(":")[2] == table]
        assert len(one) == 1, [record.layer for record in records]
        return one[0], registry.adapter(protocol)

    return found


def rows_of(features):
    return [row for page in features.pages for row in page]


def codes(rows):
    return sorted(row.values["code"] for row in rows)


def same(served, value):
    """MapServer calls every field a text."""
    if isinstance(served, str) and isinstance(value, int | float):
        return float(served) == value
    return served == value


@SERVERS
@pytest.mark.parametrize("table", COUNTS)
def test_all_features_come_once_and_where_they_are(layer, wire, city, server, table):
    record, adapter = layer(server, table)
    found = adapter.query(record, Query(), wire)
    rows = rows_of(found)
    assert found.crs == "EPSG:4326"
    assert found.notes == []
    assert adapter.count(record, Query(), wire) == len(rows) == len({row.id for row in rows}) == COUNTS[table]
    by_code = {row.values["code"]: row for row in rows}
    for row in city.rows[table]:
        served = by_code[row.values["code"]]
        assert shapely.hausdorff_distance(shapely.from_wkb(served.geometry), shapely.from_wkt(row.wkt)) < 1e-8
        for name in VALUES:
            assert same(served.values[name], row.values[name]), name


@SERVERS
@pytest.mark.parametrize("table", COUNTS)
def test_gml_says_the_same_as_geojson(layer, wire, city, server, table):
    record, _ = layer(server, table)
    ask = replace(WfsRequest.prepared(record, Query(limit=1500), wire), json_format="")
    rows = rows_of(ask.features())
    inside = replace(WfsRequest.prepared(record, Query(box=BOX), wire), json_format="")
    expected = city.within(table, BOX.west, BOX.south, BOX.east, BOX.north)
    assert codes(rows_of(inside.features())) == sorted(row.values["code"] for row in expected)
    by_code = {row.values["code"]: row for row in rows}
    assert len(by_code) == min(1500, COUNTS[table])
    for row in city.rows[table][:1500]:
        if row.values["code"] in by_code:
            served = by_code[row.values["code"]]
            # MapServer writes six decimals.
            assert shapely.hausdorff_distance(shapely.from_wkb(served.geometry), shapely.from_wkt(row.wkt)) < 1e-6
            for name in VALUES:
                assert same(served.values[name], row.values[name]), name


@SERVERS
@pytest.mark.parametrize("table", COUNTS)
def test_a_box_gives_what_is_in_it(layer, wire, city, server, table):
    record, adapter = layer(server, table)
    query = Query(box=BOX)
    expected = sorted(row.values["code"] for row in city.within(table, BOX.west, BOX.south, BOX.east, BOX.north))
    assert codes(rows_of(adapter.query(record, query, wire))) == expected
    assert adapter.count(record, query, wire) == len(expected)


@pytest.mark.parametrize("version", ["2.0.0", "1.1.0", "1.0.0"])
@pytest.mark.parametrize("table", COUNTS)
@pytest.mark.parametrize("form", ["geojson", "gml"])
def test_every_version_of_mapserver_says_the_same(layer, wire, city, version, table, form, monkeypatch):
    """In 1.1 it writes latitude first and calls that EPSG:4326, in 1.0 longitude first."""
    monkeypatch.setattr(wfs_schema, "VERSIONS", (version,))
    record, _ = layer("mapserver", table)
    expected = city.within(table, BOX.west, BOX.south, BOX.east, BOX.north)
    ask = WfsRequest.prepared(record, Query(box=BOX, filter=parse("level > 2")), wire)
    assert ask.offer.version == version
    if form == "gml":
        ask = replace(ask, json_format="")
    by_code = {row.values["code"]: row for row in rows_of(ask.features())}
    wanted = {row.values["code"]: row for row in expected if (row.values["level"] or 0) > 2}
    assert by_code.keys() == wanted.keys()
    for code, row in wanted.items():
        assert shapely.hausdorff_distance(shapely.from_wkb(by_code[code].geometry), shapely.from_wkt(row.wkt)) < 1e-6


FILTERS = [
    "kind = '雨水井'",
    "kind <> '雨水井'",
    "name LIKE 'O''Brien%'",
    "name LIKE '100\\%\\_%'",
    "name NOT LIKE '%1%'",
    "depth_m > 5 AND depth_m <= 7.5",
    "depth_m BETWEEN 2 AND 3.5",
    "level IN (1, 3)",
    "NOT (level IN (1, 3) OR depth_m < 4)",
    "level = 2 OR kind = '污水井' AND depth_m < 1",
    "state IS NULL",
    "state IS NOT NULL AND level >= 4",
    "S_INTERSECTS(geom, POLYGON((113.93 22.49, 113.96 22.49, 113.945 22.53, 113.93 22.49)))",
    "S_WITHIN(geom, BBOX(113.93, 22.49, 113.95, 22.51)) AND level = 3",
    "S_DISJOINT(geom, BBOX(113.92, 22.48, 113.97, 22.54))",
    "CASEI(kind) LIKE CASEI('%VALVE')",
    "T_AFTER(updated, TIMESTAMP('2024-06-05T00:00:00Z')) AND T_BEFORE(updated, DATE('2024-06-07'))",
    "depth_m * 2 > 17",
    "name LIKE '%号' AND depth_m / level > 8",
]


@SERVERS
@pytest.mark.parametrize("text", FILTERS)
def test_filters_find_what_evaluation_finds(layer, wire, city, server, text):
    table = "plots"
    record, adapter = layer(server, table)
    condition = parse(text)
    test = predicate(condition)
    expected = [row for row in city.rows[table] if test(FeatureRow(row.values, shapely.from_wkt(row.wkt)))]
    assert expected
    assert len(expected) < COUNTS[table]
    found = adapter.query(record, Query(filter=condition), wire)
    assert codes(rows_of(found)) == sorted(row.values["code"] for row in expected), found.notes
    counted = adapter.count(record, Query(filter=condition), wire)
    assert counted in (None, len(expected))


@SERVERS
def test_box_filter_time_and_limit_together(layer, wire, city, server):
    record, adapter = layer(server, "wells")
    start, end = START + timedelta(days=10), START + timedelta(days=30)
    query = Query(
        box=BOX,
        filter=parse("kind = '检查井' AND depth_m > 2"),
        time=f"{start:%Y-%m-%dT%H:%M:%SZ}/{end:%Y-%m-%dT%H:%M:%SZ}",
        fields=("code", "depth_m"),
    )
    expected = [
        row.values["code"]
        for row in city.within("wells", BOX.west, BOX.south, BOX.east, BOX.north)
        if row.values["kind"] == "检查井"
        and (row.values["depth_m"] or 0) > 2
        and row.values["updated"]
        and start <= row.values["updated"] <= end
    ]
    assert expected
    found = adapter.query(record, query, wire)
    if any("no field with times" in note for note in found.notes):
        # MapServer calls times texts: they cannot be told from others.
        assert server == "mapserver"
        return
    rows = rows_of(found)
    assert codes(rows) == sorted(expected)
    assert set(rows[0].values) == {"code", "depth_m"}
    assert len(rows_of(adapter.query(record, replace(query, limit=3), wire))) == 3


@SERVERS
def test_a_limit_asks_for_no_more(layer, wire, server):
    record, adapter = layer(server, "wells")
    before = len(wire.requests)
    assert len(rows_of(adapter.query(record, Query(limit=7), wire))) == 7
    asked = [url for url in wire.urls[before:] if "REQUEST=GetFeature" in url]
    assert len(asked) == 1
    assert "COUNT=7" in asked[0] or "MAXFEATURES=7" in asked[0]


@SERVERS
def test_description(layer, wire, server):
    record, adapter = layer(server, "plots")
    found = adapter.describe(record, wire)
    assert {"code", "name", "depth_m", "updated"} <= {item.name for item in found.fields}
    assert found.count == COUNTS["plots"]
    assert "演示" in found.title
    assert "EPSG:4547" in found.crs
    assert 113 < found.box.west < found.box.east < 115
    if server == "qgis_server":
        types = {item.name: item.type for item in found.fields}
        assert types["depth_m"] == "real"
        assert types["updated"] == "datetime"
        assert types["is_open"] == "boolean"
        assert found.geometry == "Polygon"


@SERVERS
@pytest.mark.parametrize("protocol", [ServiceProtocol.WFS, ServiceProtocol.WMS])
def test_probes_tell_what_is_there(layer, wire, server, protocol):
    record, adapter = layer(server, "pipes", protocol)
    found = adapter.probe(record, wire)
    assert found.health in (Health.ALIVE, Health.SLOW), found.reason
    assert found.latency_ms > 0
    gone = adapter.probe(replace(record, layer="no such layer"), wire)
    assert gone.health is Health.DEAD
    assert gone.reason
    away = adapter.probe(replace(record, url="http://127.0.0.1:9/"), wire)
    assert away.health is Health.DEAD


@SERVERS
def test_wms_layers(layer, wire, server):
    record, adapter = layer(server, "plots", ServiceProtocol.WMS)
    assert "演示" in record.title
    assert 113 < record.box.west < record.box.east < 115
    assert "EPSG:4547" in record.crs
    found = adapter.describe(record, wire)
    assert not found.queryable
    assert found.extra["version"] == "1.3.0"
    legend = wire(Request(found.legend))
    assert legend.content_type.startswith("image/")
    with pytest.raises(InputError, match="pictures"):
        adapter.query(record, Query(), wire)
    assert adapter.count(record, Query(), wire) is None


def test_an_error_is_one_sentence(layer, wire, mapserver):
    record, adapter = layer("mapserver", "wells")
    with pytest.raises(InputError, match=r"“nothing”.*it has: code"):
        adapter.query(record, Query(filter=parse("nothing = 3")), wire)
    with pytest.raises(WebError, match="harvest the service again"):
        adapter.query(replace(record, layer="gone"), Query(), wire)


def test_qgis_server_s_tiles_and_coverages_are_told(wire, qgis_server):
    """The project publishes no tiles: the answer is an empty list, not an error."""
    found = list(registry.harvest(ServiceProtocol.WMTS)(qgis_server, "", wire, lambda *_: True))
    assert found == []


def test_a_catalogue_gives_the_services_of_its_records(wire, pycsw, city):
    found = list(registry.harvest(ServiceProtocol.CSW)(pycsw, "", wire, lambda *_: True))
    assert len(found) == len(city.records)
    by_title = {record.title: record for record in found}
    for made in city.records:
        record = by_title[made.title]
        assert record.protocol is ServiceProtocol.WMS
        assert record.url == made.href.partition("?")[0]
        assert record.description == made.abstract
        assert set(record.keywords) == set(made.keywords)
        # pycsw writes two decimals.
        written = (record.box.west, record.box.south, record.box.east, record.box.north)
        assert written == pytest.approx(made.box, abs=0.00501)


def test_a_catalogue_is_searched(wire, pycsw, city):
    record = ServiceRecord("x", "目录", ServiceProtocol.CSW, pycsw)
    adapter = registry.adapter(ServiceProtocol.CSW)
    assert adapter.probe(record, wire).health in (Health.ALIVE, Health.SLOW)
    assert adapter.describe(record, wire).count == len(city.records)
    assert len(rows_of(adapter.query(record, Query(), wire))) == len(city.records)
    assert len(rows_of(adapter.query(record, Query(limit=120), wire))) == 120
    box = shapely.box(BOX.west, BOX.south, BOX.east, BOX.north)
    away = {made.id: shapely.box(*made.box).distance(box) for made in city.records}
    inside = {row.id for row in rows_of(adapter.query(record, Query(box=BOX), wire))}
    # pycsw keeps two decimals of a box: what is nearer than that may be in.
    assert {name for name, distance in away.items() if distance == 0} <= inside
    assert all(away[name] < 0.0072 for name in inside)
    assert 0 < len(inside) < len(city.records)
    assert adapter.count(record, Query(box=BOX), wire) == len(inside)
    for text in (
        "title LIKE '%雨量%'",
        "title LIKE '%雨量%' AND subject LIKE '%南山%'",
        "CASEI(abstract) LIKE CASEI('%RECORD 1 %')",
    ):
        test = predicate(parse(text))
        rows = rows_of(adapter.query(record, Query(filter=parse(text)), wire))
        wanted = [
            made.id
            for made in city.records
            if test(FeatureRow({"title": made.title, "abstract": made.abstract, "subject": ", ".join(made.keywords)}))
        ]
        assert sorted(row.id for row in rows) == sorted(wanted)
        assert wanted
