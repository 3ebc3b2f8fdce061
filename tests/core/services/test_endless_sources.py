"""Sources without an end: a harvest of each kind stops when its time is up, and keeps what came."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import count
from types import SimpleNamespace

import pytest

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.services import registry
from twin_plugin.core.services.catalogue import harvest
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import arcgis_harvest, stac
from twin_plugin.core.services.record import ServiceRecord, record_id
from twin_plugin.core.web.address import Address
from twin_plugin.core.web.fetch import Reply, Trouble, WebError

URL = "http://93.184.215.14/arcgis/rest/services"
WFS_LINK = "http://93.184.215.14/wfs?service=WFS"


class Endless:
    """A source that says at each request that there is more; a request takes a second of a clock of its own.

    Attributes
    ----------
    now_s : float
    requests : list of Request
    """

    def __init__(self):
        self.now_s, self.requests, self._numbers = 0.0, [], count()

    def fetch(self, request):
        self.requests.append(request)
        self.now_s += 1.0
        number = next(self._numbers)
        body = self.body(Address(request.url), number)
        kind = "text/xml" if body.startswith("<") else "application/json"
        return Reply(request.url, 200, body.encode(), kind)

    def body(self, url, number):
        """An answer that fits all JSON protocols, with new rows and a next page."""
        if "request=getrecords" in url.lower():
            return CSW.format(id=number, next=number * 100 + 101, link=WFS_LINK.replace("&", "&amp;"))
        here = "http://93.184.215.14"
        links = [
            {"rel": "child", "href": f"{here}/{number}/a.json"},
            {"rel": "child", "href": f"{here}/{number}/b.json"},
            {"rel": "data", "href": f"{here}/collections"},
            {"rel": "next", "href": f"{here}/collections?page={number}"},
            {"rel": "items", "href": f"{here}/items", "type": "application/geo+json"},
        ]
        if "/items" in url or "a.json" in url or "b.json" in url:
            links = [link for link in links if link["rel"] != "data"]
        record = {
            "type": "Feature", "id": f"f{number}", "geometry": None, "properties": {"title": f"Title {number}"},
            "links": [{"href": f"{here}/wms{number}?service=WMS", "protocol": "OGC:WMS"}],
        }  # fmt: skip
        return json.dumps(
            {
                "stac_version": "1.0.0", "type": "Collection", "id": f"c{number}", "extent": {}, "links": links,
                "collections": [{"id": f"c{number}", "links": links}] if "collections" in url else None,
                "features": [record],
                "folders": [f"F{number}x{n}" for n in range(9)],
                "services": [{"name": f"S{number}", "type": "FeatureServer"}],
                "layers": [{"id": 0, "name": f"L{number}"}],
                "value": [{"name": "Things"}, {"name": "Datastreams"}] if url.endswith("/services/")
                else [{"@iot.id": number, "name": f"N{number}"}],
                "@iot.nextLink": f"{URL}/ObservedProperties?$skip={number}",
            }
        )  # fmt: skip


CSW = """<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dct="http://purl.org/dc/terms/"><csw:SearchResults numberOfRecordsMatched="99999999" nextRecord="{next}">
<csw:Record><dc:identifier>r{id}</dc:identifier><dc:title>t</dc:title>
<dct:references scheme="OGC:WFS">http://93.184.215.14/wfs{id}?service=WFS</dct:references></csw:Record>
</csw:SearchResults></csw:GetRecordsResponse>"""


@pytest.fixture
def source(monkeypatch):
    endless = Endless()
    monkeypatch.setattr(harvest, "time", SimpleNamespace(monotonic=lambda: endless.now_s))
    return endless


@pytest.fixture
def catalogue(tmp_path):
    with closing(FileCatalogue(tmp_path / "the city's 目录.gpkg", create=True)) as opened:
        yield opened


def bring_in(catalogue, source, protocol, seconds=40.0, **more):
    return harvest.bring_in(
        catalogue, URL, [protocol], "", source.fetch, registry.harvest, time_limit_s=seconds, **more
    )


GIVE_SOME = (ServiceProtocol.OGC_FEATURES, ServiceProtocol.OGC_RECORDS, ServiceProtocol.CSW, ServiceProtocol.STAC)


@pytest.mark.parametrize("protocol", GIVE_SOME)
def test_what_came_in_time_is_kept_and_nothing_is_withdrawn(catalogue, source, protocol):
    old = ServiceRecord(
        record_id(protocol, URL, "old"), "Old", protocol, URL, "old", source=harvest.source_of(URL, protocol)
    )
    catalogue.apply([old])
    (done,) = bring_in(catalogue, source, protocol)
    assert 30 <= len(source.requests) <= 41
    assert done.changes.added > 10
    assert done.changes.gone == 0
    assert not catalogue.one(old.id).gone
    (note,) = (note for note in done.changes.notes if "was stopped after" in note)
    assert f"{done.changes.added:,} records" in note
    assert "TIME_LIMIT" in note
    assert all(request.given == URL or Address(URL).same_origin(request.given) for request in source.requests)


@pytest.mark.parametrize("protocol", [ServiceProtocol.ARCGIS_FEATURES, ServiceProtocol.SENSORTHINGS])
def test_one_that_gives_nothing_in_its_time_is_an_error(catalogue, source, protocol):
    with pytest.raises(WebError, match=r"gave no record within 0\.666667 min.*TIME_LIMIT") as caught:
        bring_in(catalogue, source, protocol)
    assert caught.value.trouble is Trouble.TIMEOUT
    assert 30 <= len(source.requests) <= 41


def test_a_user_who_cancels_is_no_time_that_is_up(catalogue, source):
    with pytest.raises(Cancelled):
        bring_in(catalogue, source, ServiceProtocol.CSW, progress=lambda fraction, text="": source.now_s < 5)
    assert len(source.requests) < 10


def test_folders_of_arcgis_are_bounded_in_number(source, monkeypatch):
    """A hundred new folders in each, three deep, would be a million."""
    folders = []

    def many(url, number):
        folders.append(url)
        return json.dumps({"services": [], "folders": [f"F{number}x{n}" for n in range(100)]})

    monkeypatch.setattr(source, "body", many)
    found = []
    with pytest.raises(WebError, match="more than 1,000 folders"):
        found.extend(arcgis_harvest.harvest(URL, "", source.fetch))
    assert len(folders) <= 1_001


def test_folders_of_arcgis_that_name_themselves_are_read_once_for_each_depth(source, monkeypatch):
    monkeypatch.setattr(source, "body", lambda url, number: json.dumps({"services": [], "folders": ["A", "A", "/A"]}))
    assert list(arcgis_harvest.harvest(URL, "", source.fetch)) == []
    assert len(source.requests) == 4


def test_children_of_a_static_catalogue_are_bounded_in_number(source, monkeypatch):
    monkeypatch.setattr(stac, "DOCUMENTS_LIMIT", 50)

    def many(url, number):
        links = [{"rel": "child", "href": f"http://93.184.215.14/{number}/{n}.json"} for n in range(500)]
        return json.dumps({"stac_version": "1.0.0", "type": "Catalog", "links": links})

    monkeypatch.setattr(source, "body", many)
    with pytest.raises(WebError, match="more than 50 documents"):
        list(stac.harvest("http://93.184.215.14/catalog.json", "", source.fetch))
    assert len(source.requests) <= 51
