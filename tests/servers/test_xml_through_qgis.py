"""The XML protocols through the plugin's own HTTP client, which is stricter than the tests' fetch."""

from __future__ import annotations

import pytest

from tests.servers.dataset import COUNTS
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health


@pytest.fixture
def fetch(qgis_plugin):
    from twin_plugin.bridge.net import http

    with http.opened() as client:
        yield client


@pytest.mark.parametrize("server", ["mapserver", "qgis_server"])
def test_found_tried_and_asked(request, fetch, city, server):
    url = request.getfixturevalue(server)
    for protocol in (ServiceProtocol.WFS, ServiceProtocol.WMS):
        records = [r for r in registry.harvest(protocol)(url, "", fetch, lambda *_: True) if "plots" in r.layer]
        assert len(records) == 1
        state = registry.adapter(protocol).probe(records[0], fetch)
        assert state.health in (Health.ALIVE, Health.SLOW), state.reason
    record = next(
        r for r in registry.harvest(ServiceProtocol.WFS)(url, "", fetch, lambda *_: True) if "plots" in r.layer
    )
    adapter = registry.adapter(ServiceProtocol.WFS)
    assert adapter.count(record, Query(), fetch) == COUNTS["plots"]
    box = BoundingBox(113.935, 22.495, 113.955, 22.515)
    query = Query(box=box, filter=parse("kind = '雨水井' OR name LIKE 'O''Brien%'"))
    rows = [row for page in adapter.query(record, query, fetch).pages for row in page]
    expected = [
        row.values["code"]
        for row in city.within("plots", box.west, box.south, box.east, box.north)
        if row.values["kind"] == "雨水井" or row.values["name"].startswith("O'Brien")
    ]
    assert sorted(row.values["code"] for row in rows) == sorted(expected)
    assert expected


def test_a_catalogue(fetch, pycsw, city):
    found = list(registry.harvest(ServiceProtocol.CSW)(pycsw, "", fetch, lambda *_: True))
    assert len(found) == len(city.records)
