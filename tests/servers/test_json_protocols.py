"""The JSON protocols against real servers: what is harvested, counted, queried and observed is what the data hold."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import pytest
import shapely

from tests.core.services.loopback import Wire
from tests.servers.dataset import COUNTS, START
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import observations, registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import ogc_api, ogc_records
from twin_plugin.core.services.protocols.sensorthings import harvest as sensorthings_harvest
from twin_plugin.core.services.record import Health

BOX = BoundingBox(113.935, 22.495, 113.955, 22.515)


@pytest.fixture
def wire():
    return Wire()


def rows_of(features):
    return [row for page in features.pages for row in page]


def layer(url, wire, name, protocol=ServiceProtocol.OGC_FEATURES):
    found = [r for r in ogc_api.harvest(url, "", wire) if r.layer == name and r.protocol is protocol]
    assert len(found) == 1
    return found[0]


def features_layer(request, wire, server, table):
    return layer(request.getfixturevalue(server), wire, f"city.{table}" if server == "tipg" else table)


SERVERS = pytest.mark.parametrize("server", ["tipg", "pygeoapi"])


@SERVERS
def test_a_landing_page_gives_a_record_for_each_collection(request, wire, server):
    url = request.getfixturevalue(server)
    records = [r for r in ogc_api.harvest(url, "", wire) if r.protocol is ServiceProtocol.OGC_FEATURES]
    wanted = {f"city.{table}" if server == "tipg" else table for table in COUNTS}
    assert wanted <= {record.layer for record in records}
    assert len({record.id for record in records}) == len(records)
    again = {r.id for r in ogc_api.harvest(f"{url}/collections", "", wire)}
    assert {record.id for record in records} <= again, "the list of collections leads to the same records"
    for record in records:
        if record.layer in wanted:
            assert record.box is not None
            assert 113 < record.box.west < record.box.east < 115
            assert record.url.rstrip("/") == url.rstrip("/")


@SERVERS
@pytest.mark.parametrize("table", COUNTS)
def test_all_features_come_once_and_where_they_are(request, wire, city, server, table):
    record = features_layer(request, wire, server, table)
    adapter = registry.adapter(record.protocol)
    found = adapter.query(record, Query(), wire)
    rows = rows_of(found)
    assert found.notes == []
    by_fid = {row.id: row for row in rows}
    assert len(rows) == len(by_fid) == COUNTS[table] == adapter.count(record, Query(), wire)
    for row in city.rows[table]:
        served = by_fid[str(row.fid)]
        # tipg writes the plots of EPSG:4547 back in degrees: a micrometre is lost on the way.
        assert shapely.hausdorff_distance(shapely.from_wkb(served.geometry), shapely.from_wkt(row.wkt)) < 1e-8
        for name in ("code", "name", "kind", "state", "depth_m", "level"):
            assert served.values[name] == row.values[name], name
        assert bool(served.values["is_open"]) == bool(row.values["is_open"])


@SERVERS
@pytest.mark.parametrize("table", COUNTS)
def test_a_box_gives_what_meets_it(request, wire, city, server, table):
    record = features_layer(request, wire, server, table)
    rows = rows_of(registry.adapter(record.protocol).query(record, Query(box=BOX), wire))
    expected = {str(row.fid) for row in city.within(table, BOX.west, BOX.south, BOX.east, BOX.north)}
    assert expected
    assert {row.id for row in rows} == expected


FILTERS = {
    "kind = '雨水井' AND depth_m > 5": lambda v: v["kind"] == "雨水井"
    and v["depth_m"] is not None
    and v["depth_m"] > 5,
    "name LIKE '100\\%\\_%'": lambda v: v["name"].startswith("100%_"),
    "name LIKE 'O''Brien%' AND level IN (1, 3)": lambda v: v["name"].startswith("O'Brien") and v["level"] in (1, 3),
    "NOT (depth_m BETWEEN 2 AND 8) AND state IS NULL": lambda v: (
        v["state"] is None and v["depth_m"] is not None and not 2 <= v["depth_m"] <= 8
    ),
    "CASEI(kind) = CASEI('阀门 VALVE') AND depth_m * 2 < 3": lambda v: (
        v["kind"] == "阀门 valve" and v["depth_m"] is not None and v["depth_m"] * 2 < 3
    ),
}


@SERVERS
@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_means_the_same_whoever_evaluates_it(request, wire, city, server, text):
    record = features_layer(request, wire, server, "wells")
    adapter = registry.adapter(record.protocol)
    query = Query(filter=parse(text))
    found = adapter.query(record, query, wire)
    rows = rows_of(found)
    expected = {str(row.fid) for row in city.rows["wells"] if FILTERS[text](row.values)}
    assert expected
    assert {row.id for row in rows} == expected
    count = adapter.count(record, query, wire)
    assert count in (None, len(expected))
    if count is None:
        assert any("evaluated here" in note for note in found.notes), "what was done here is said"


@SERVERS
def test_limit_and_fields(request, wire, city, server):
    record = features_layer(request, wire, server, "wells")
    found = registry.adapter(record.protocol).query(record, Query(limit=1500, fields=("name", "level")), wire)
    rows = rows_of(found)
    assert len({row.id for row in rows}) == 1500
    assert {field.name for field in found.fields} == {"name", "level"}
    names = {str(row.fid): row.values["name"] for row in city.rows["wells"]}
    assert all(set(row.values) == {"name", "level"} and row.values["name"] == names[row.id] for row in rows)


@SERVERS
def test_a_field_that_is_not_there_is_told(request, wire, server):
    record = features_layer(request, wire, server, "wells")
    with pytest.raises(Exception, match="nowhere") as error:
        rows_of(registry.adapter(record.protocol).query(record, Query(filter=parse("nowhere = 1")), wire))
    assert "depth_m" in str(error.value)


@SERVERS
def test_cancel_between_pages(request, wire, server):
    record = features_layer(request, wire, server, "wells")
    asked = []

    def stop(fraction, text=""):
        asked.append(text)
        return len(asked) < 4

    found = registry.adapter(record.protocol).query(record, Query(), wire, stop)
    with pytest.raises(Cancelled):
        rows_of(found)
    assert sum("/items" in url for url in wire.urls) < 5


@SERVERS
def test_probe_and_describe(request, wire, server):
    record = features_layer(request, wire, server, "pipes")
    adapter = registry.adapter(record.protocol)
    assert adapter.probe(record, wire).health is Health.ALIVE
    described = adapter.describe(record, wire)
    assert described.count == COUNTS["pipes"]
    assert {"code", "name", "depth_m", "updated"} <= {field.name for field in described.fields}
    assert "Line" in described.geometry
    gone = adapter.probe(replace(record, layer="nowhere"), wire)
    assert gone.health is Health.DEAD
    assert "nowhere" in gone.reason


def test_tipg_knows_time(tipg, wire, city):
    record = layer(tipg, wire, "city.wells")
    # No well was updated at the very end: tipg leaves that moment out.
    span = "2024-06-03T00:00:00Z/2024-06-03T12:05:00Z"
    rows = rows_of(registry.adapter(record.protocol).query(record, Query(time=span), wire))
    start = START + timedelta(days=2)
    expected = {
        str(row.fid)
        for row in city.rows["wells"]
        if row.values["updated"] and start <= row.values["updated"] <= start + timedelta(hours=12, minutes=5)
    }
    assert expected
    assert {row.id for row in rows} == expected
    updated = {row.id: row.values["updated"] for row in rows}
    assert all(start <= moment <= start + timedelta(hours=12) for moment in updated.values())


def test_a_spatial_filter_on_tipg(tipg, wire, city):
    record = layer(tipg, wire, "city.pipes")
    text = "S_INTERSECTS(geom, POLYGON((113.935 22.495, 113.955 22.495, 113.945 22.515, 113.935 22.495)))"
    rows = rows_of(registry.adapter(record.protocol).query(record, Query(filter=parse(text)), wire))
    area = shapely.from_wkt("POLYGON((113.935 22.495, 113.955 22.495, 113.945 22.515, 113.935 22.495))")
    expected = {str(r.fid) for r in city.rows["pipes"] if shapely.intersects(area, shapely.from_wkt(r.wkt))}
    assert {row.id for row in rows} == expected


def test_records_are_searched_and_lead_to_services(pygeoapi, wire, city):
    catalogue = layer(pygeoapi, wire, "records", ServiceProtocol.OGC_RECORDS)
    rows = rows_of(registry.adapter(catalogue.protocol).query(catalogue, Query(), wire))
    assert {row.values["title"] for row in rows} == {record.title for record in city.records}
    services = list(ogc_records.harvest(f"{pygeoapi}/collections/records", "", wire))
    assert len(services) == len(city.records) == len({service.id for service in services})
    by_title = {service.title: service for service in services}
    for record in city.records:
        service = by_title[record.title]
        assert service.protocol is ServiceProtocol.WMS
        assert service.url == record.href.partition("?")[0]
        assert (service.box.west, service.box.south, service.box.east, service.box.north) == pytest.approx(record.box)
        assert service.keywords == record.keywords


@pytest.fixture
def gauges(sensorthings, wire):
    """The records of the SensorThings server by layer."""
    return {record.layer: record for record in sensorthings_harvest(sensorthings.url, "", wire)}


def test_an_observed_property_is_a_record(gauges, city):
    assert set(gauges) == {sensor.kind for sensor in city.sensors}
    for kind, record in gauges.items():
        ours = [sensor for sensor in city.sensors if sensor.kind == kind]
        assert record.protocol is ServiceProtocol.SENSORTHINGS
        assert record.box.west == pytest.approx(min(sensor.x for sensor in ours))
        assert record.box.north == pytest.approx(max(sensor.y for sensor in ours))
        assert f"{len(ours)} sensors" in record.description


def test_datastreams_are_points(gauges, wire, city):
    record = gauges["rain"]
    adapter = registry.adapter(record.protocol)
    ours = {sensor.name: sensor for sensor in city.sensors if sensor.kind == "rain"}
    rows = rows_of(adapter.query(record, Query(), wire))
    assert {row.values["name"] for row in rows} == set(ours)
    assert adapter.count(record, Query(), wire) == len(ours)
    for row in rows:
        point = shapely.from_wkb(row.geometry)
        sensor = ours[row.values["name"]]
        assert (point.x, point.y) == pytest.approx((sensor.x, sensor.y))
    inside = rows_of(adapter.query(record, Query(box=BOX), wire))
    assert {row.values["name"] for row in inside} == {
        s.name for s in ours.values() if BOX.west <= s.x <= BOX.east and BOX.south <= s.y <= BOX.north
    }
    named = rows_of(adapter.query(record, Query(filter=parse("site LIKE '%00_'")), wire))
    assert {row.values["name"] for row in named} == {name for name in ours if "00" in name[-3:-1]}


@pytest.mark.parametrize("kind", ["rain", "level"])
def test_the_latest_of_each_sensor(gauges, wire, city, kind):
    found = observations.latest(gauges[kind], Query(), wire)
    rows = rows_of(found)
    ours = {sensor.name: sensor for sensor in city.sensors if sensor.kind == kind}
    assert {row.values["sensor"] for row in rows} == set(ours)
    assert len(rows) == len(ours)
    for row in rows:
        sensor = ours[row.values["sensor"]]
        moment, value = sensor.series[-1]
        assert row.values["time"] == moment
        assert row.values["value"] == pytest.approx(value)
        assert row.values["unit"] == sensor.unit
        assert shapely.from_wkb(row.geometry).coords[0] == pytest.approx((sensor.x, sensor.y))


def test_the_latest_before_a_time(gauges, wire, city):
    end = START + timedelta(minutes=605)
    rows = rows_of(observations.latest(gauges["level"], Query(time=f"../{end.isoformat()}"), wire))
    ours = {sensor.name: sensor for sensor in city.sensors if sensor.kind == "level"}
    assert {row.values["sensor"]: row.values["value"] for row in rows} == {
        name: max(pair for pair in sensor.series if pair[0] <= end)[1] for name, sensor in ours.items()
    }


def test_a_series_comes_whole(gauges, wire, city):
    found = observations.series(gauges["rain"], Query(), wire)
    rows = rows_of(found)
    got = sorted((row.values["sensor"], row.values["time"], row.values["value"]) for row in rows)
    expected = sorted(
        (sensor.name, moment, value)
        for sensor in city.sensors
        if sensor.kind == "rain"
        for moment, value in sensor.series
    )
    assert got == expected, "150 of each, more than a page"
    assert len({row.id for row in rows}) == len(rows)


def test_a_series_in_a_box_and_a_time_with_a_filter(gauges, wire, city):
    start, end = START + timedelta(hours=8), START + timedelta(hours=12)
    query = Query(box=BOX, time=f"{start.isoformat()}/{end.isoformat()}", filter=parse("value > 3"))
    rows = rows_of(observations.series(gauges["rain"], query, wire))
    expected = {
        (sensor.name, moment): value
        for sensor in city.sensors
        if sensor.kind == "rain" and BOX.west <= sensor.x <= BOX.east and BOX.south <= sensor.y <= BOX.north
        for moment, value in sensor.series
        if start <= moment <= end and value > 3
    }
    assert expected
    assert {(row.values["sensor"], row.values["time"]): row.values["value"] for row in rows} == expected
    assert all(math.isfinite(row.values["value"]) for row in rows)


def grid(row):
    """The value of a cell of the grid that pygeoapi serves, None for the missing one."""
    point = shapely.from_wkb(row.geometry)
    south, east = round((22.54 - point.y) / 0.02), round((point.x - 113.92) / 0.02)
    hour = round((row.values["time"] - START) / timedelta(hours=1))
    return None if (south, east, hour) == (0, 0, 29) else float(south * 120 + east * 30 + hour)


def test_a_grid_of_edr_is_a_row_for_each_cell_and_hour(pygeoapi_edr, wire):
    record = layer(pygeoapi_edr, wire, "rain", ServiceProtocol.OGC_EDR)
    assert registry.adapter(record.protocol).probe(record, wire).health is Health.ALIVE
    described = registry.adapter(record.protocol).describe(record, wire)
    assert [(field.name, field.unit) for field in described.fields] == [("rain", "mm")]
    rows = rows_of(observations.series(record, Query(), wire))
    assert len({(row.geometry, row.values["time"]) for row in rows}) == len(rows) == 4 * 4 * 30
    assert [row.values["value"] for row in rows] == [grid(row) for row in rows]
    box = BoundingBox(113.93, 22.49, 113.97, 22.53)
    span = f"{(START + timedelta(hours=3)).isoformat()}/{(START + timedelta(hours=5)).isoformat()}"
    some = rows_of(observations.series(record, Query(box=box, time=span), wire))
    assert len(some) == 2 * 2 * 3
    assert [row.values["value"] for row in some] == [grid(row) for row in some]


def test_the_latest_of_a_grid_that_is_there(pygeoapi_edr, wire):
    rows = rows_of(observations.latest(layer(pygeoapi_edr, wire, "rain", ServiceProtocol.OGC_EDR), Query(), wire))
    assert len(rows) == 16
    hours = sorted(round((row.values["time"] - START) / timedelta(hours=1)) for row in rows)
    assert hours == [28, *[29] * 15]
    assert [row.values["value"] for row in rows] == [grid(row) for row in rows]
