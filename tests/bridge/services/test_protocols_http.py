"""The JSON protocols through the one HTTP client of QGIS: what works over the standard library works over it too."""

from __future__ import annotations

import threading

import pytest

from tests.core.services.loopback import serving
from twin_plugin.bridge.net import http
from twin_plugin.bridge.services import protocols
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, ServiceRecord


@pytest.fixture
def fetch(qgis_plugin):
    with http.opened() as opened:
        yield opened


def harvested(url, fetch):
    """Records by layer, of whatever protocol the address speaks."""
    (protocol,) = protocols.detect(url, "", fetch)
    return {
        record.layer: record for record in protocols.harvest(protocol)(url, "", fetch, lambda fraction, text="": True)
    }


def rows_of(features):
    return [row for page in features.pages for row in page]


def test_features_with_a_filter_in_chinese(tipg, fetch, city):
    record = harvested(tipg, fetch)["city.wells"]
    adapter = protocols.adapter(record.protocol)
    assert adapter.probe(record, fetch).health is Health.ALIVE
    rows = rows_of(adapter.query(record, Query(filter=parse("kind = '雨水井' AND name LIKE '%O''Brien%'")), fetch))
    expected = {
        str(row.fid) for row in city.rows["wells"] if row.values["kind"] == "雨水井" and "O'Brien" in row.values["name"]
    }
    assert expected
    assert {row.id for row in rows} == expected


def test_sensors_and_what_they_observed(sensorthings, fetch, city):
    records = harvested(sensorthings.url, fetch)
    assert set(records) == {"rain", "level"}
    rows = rows_of(protocols.latest(records["rain"], Query(), fetch))
    assert {row.values["sensor"]: row.values["value"] for row in rows} == {
        sensor.name: sensor.series[-1][1] for sensor in city.sensors if sensor.kind == "rain"
    }


def test_a_catalogue_of_records(pygeoapi, fetch, city):
    records = harvested(pygeoapi, fetch)
    assert {"wells", "pipes", "plots", "records"} <= set(records)
    harvest = protocols.harvest(ServiceProtocol.OGC_RECORDS)
    wms = list(harvest(f"{pygeoapi}/collections/records", "", fetch, lambda fraction, text="": True))
    assert len(wms) == len(city.records)


def test_cancel_ends_a_request_that_hangs(qgis_plugin):
    free = threading.Event()

    def answers(path, parameters):
        if path.endswith("/items"):
            free.wait(30)
        return {"id": "things", "links": []}

    asked = []

    def stop(fraction, text=""):
        asked.append(text)
        return len(asked) < 30

    with serving(answers) as url, http.opened(stop) as fetch:
        record = ServiceRecord("x", "Things", ServiceProtocol.OGC_FEATURES, url, "things")
        with pytest.raises(Cancelled):
            rows_of(protocols.adapter(record.protocol).query(record, Query(), fetch))
        free.set()
