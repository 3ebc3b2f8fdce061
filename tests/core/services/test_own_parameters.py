"""Parameters that a person's address has go along on every request; what narrows it down is left out and named."""

from __future__ import annotations

import pytest

from tests.core.services.loopback import Wire, serving
from tests.core.services.sta_server import Sta
from tests.core.services.test_arcgis_protocol import ROOT, Arcgis
from twin_plugin.core.common.remarks import collected
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.detect import detect
from twin_plugin.core.services.observations import latest
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols.service_links import target_of
from twin_plugin.core.services.record import Health, Link

OWN = "city=sz&api-version=2"


def strict(answers):
    """The same server, which answers nothing without the two parameters."""

    def needing(path, given):
        own = (given.pop("city", ""), given.pop("api-version", ""))
        return answers(path, given) if own == ("sz", "2") else 400

    return needing


def harvested(url, protocol):
    with collected() as remarks:
        records = list(registry.harvest(protocol)(url, "", Wire(), lambda *_: True))
    return records, remarks.texts()


@pytest.mark.parametrize(
    "end",
    [
        "/Water/Wells/FeatureServer",
        "/Water/Wells/FeatureServer/",
        "/Water/Wells/FeatureServer/0",
        "/Water/Wells/FeatureServer/0/query",
    ],
)
def test_arcgis_gets_them_with_every_request(end):
    with serving(strict(Arcgis())) as url:
        address = f"{url}{ROOT}{end}?{OWN}&f=json&outFields=*&resultRecordCount=5"
        records, remarks = harvested(address, ServiceProtocol.ARCGIS_FEATURES)
        wells = next(record for record in records if record.layer == "0")
        assert wells.url == f"{url}{ROOT}/Water/Wells/FeatureServer?{OWN}"
        assert remarks == []
        adapter = registry.adapter(ServiceProtocol.ARCGIS_FEATURES)
        assert adapter.probe(wells, Wire()).health is Health.ALIVE
        assert adapter.describe(wells, Wire()).fields
        assert adapter.count(wells, Query(), Wire()) == 2345
        found = adapter.query(wells, Query(), Wire())
        assert sum(map(len, found.pages)) == 2345


def test_sensorthings_gets_them_with_every_request():
    server = Sta([("a", 114.0, 22.5, [("2024-06-01T00:00:00Z", 1.5)])])
    for end in ("", "/"):
        with serving(strict(server)) as url:
            records, remarks = harvested(f"{url}/sta/v1.1{end}?{OWN}&$top=5", ServiceProtocol.SENSORTHINGS)
            assert [record.url for record in records] == [f"{url}/sta/v1.1?{OWN}"]
            assert remarks == []
            adapter = registry.adapter(ServiceProtocol.SENSORTHINGS)
            assert adapter.probe(records[0], Wire()).health is Health.ALIVE
            assert sum(map(len, adapter.query(records[0], Query(), Wire()).pages)) == 1
            values = [row.values["value"] for page in latest(records[0], Query(), Wire()).pages for row in page]
            assert values == [1.5]


def test_a_copied_query_of_arcgis_is_its_layer_and_its_condition_is_named():
    with serving(Arcgis()) as url:
        address = f"{url}{ROOT}/Water/Wells/FeatureServer/0/query?where=depth%3E5&geometry=1,2,3,4&f=pjson"
        assert detect(address, "", Wire()) == (ServiceProtocol.ARCGIS_FEATURES,)
        records, remarks = harvested(address, ServiceProtocol.ARCGIS_FEATURES)
    assert [(record.url, record.layer) for record in records] == [(f"{url}{ROOT}/Water/Wells/FeatureServer", "0")]
    assert len(remarks) == 1
    assert "(where, geometry)" in remarks[0]


def test_an_ogc_api_is_harvested_whole_and_what_narrowed_it_down_is_named():
    collection = {"id": "c", "links": [{"rel": "items", "href": "/collections/c/items"}]}

    def answers(path, given):
        if path == "/collections":
            return {"collections": [collection], "links": []}
        return collection if path == "/collections/c" else 404

    for end in ("/collections", "/collections/c"):
        with serving(strict(answers)) as url:
            records, remarks = harvested(f"{url}{end}?{OWN}&bbox=1,2,3,4&limit=1", ServiceProtocol.OGC_FEATURES)
        assert [(record.url, record.layer) for record in records] == [(f"{url}/?{OWN}", "c")]
        assert len(remarks) == 1
        assert "(bbox)" in remarks[0]


@pytest.mark.parametrize(
    ("href", "protocol", "url", "layer"),
    [
        ("/rest/services/W/FeatureServer/3?v=2&f=json", "ArcGIS", "/rest/services/W/FeatureServer?v=2", "3"),
        ("/rest/services/W/FeatureServer/3/query?where=1=1&v=2", "", "/rest/services/W/FeatureServer?v=2", "3"),
        ("/api/collections/a%20b/items?v=2&limit=5", "", "/api?v=2", "a b"),
        ("/sta/v1.1/Things?v=2&$top=5", "OGC:STA", "/sta/v1.1?v=2", ""),
    ],
)
def test_links_of_catalogues_keep_them(href, protocol, url, layer):
    found = target_of(Link(f"https://gis.example{href}", protocol=protocol))
    assert (found.url, found.layer) == (f"https://gis.example{url}", layer)
