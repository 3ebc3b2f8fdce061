"""Harvest, query and check against a server that means ill: told in a sentence, and what was there stays."""

from __future__ import annotations

import json
import time
from contextlib import closing

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.hostile import Server, redirect, reply
from tests.listener import Listener
from twin_plugin.core.services.catalogue.geopackage_store import FileCatalogue
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import Health, ServiceRecord, record_id

ITEMS = "/api/collections/rain/items"


def feature(number, x=114.0):
    return {
        "type": "Feature", "id": number, "properties": {"n": number},
        "geometry": {"type": "Point", "coordinates": [x, 22.5]},
    }  # fmt: skip


def page(features, next_link=None, **more):
    links = [] if next_link is None else [{"rel": "next", "href": next_link}]
    return {"type": "FeatureCollection", "features": features, "links": links, **more}


@pytest.fixture
def service(tmp_path):
    """A server with one collection whose items a test decides, and the catalogue that names it."""
    with Server() as server:
        rain = {"id": "rain", "links": [{"rel": "items", "href": server.url(ITEMS)}]}
        landing = {"links": [{"rel": "data", "href": server.url("/api/collections")}]}
        server.answers["/api"] = reply(json.dumps(landing).encode())
        server.answers["/api/conformance"] = reply(b'{"conformsTo": []}')
        server.answers["/api/collections"] = reply(json.dumps({"collections": [rain]}).encode())
        server.answers["/api/collections/rain"] = reply(json.dumps(rain).encode())
        root, kind = server.url("/api"), ServiceProtocol.OGC_FEATURES
        record = ServiceRecord(record_id(kind, root, "rain"), "Rain", kind, root, "rain")
        path = tmp_path / "目录.gpkg"
        with closing(FileCatalogue(path, create=True)) as catalogue:
            catalogue.apply([record])
        server.given = {"CATALOGUE": str(path), "SERVICE": record.id, "OUTPUT": str(tmp_path / "out.gpkg")}
        server.record = record
        yield server


def give(server, *pages):
    """The pages of the items, by the parameter `page`."""

    def answer(connection, asked):
        number = int(asked.path.partition("page=")[2].partition("&")[0] or 0)
        connection.sendall(reply(json.dumps(pages[min(number, len(pages) - 1)]).encode(), kind="application/geo+json"))

    server.answers[ITEMS] = answer


def rows(server):
    layer = QgsVectorLayer(server.given["OUTPUT"], "out", "ogr")
    return [row["n"] for row in layer.getFeatures()]


def test_pages_that_go_in_a_circle_end(run_algorithm, service):
    give(
        service, page([feature(1)], service.url(f"{ITEMS}?page=1")), page([feature(2)], service.url(f"{ITEMS}?page=1"))
    )
    listener = Listener()
    run_algorithm("twin:queryservice", service.given, listener)
    assert sorted(rows(service)) == [1, 2]
    assert listener.warnings
    assert len(service.asked) < 30


def test_doubled_features_come_once_and_wrong_counts_are_told(run_algorithm, service):
    first = page([feature(1), feature(2)], service.url(f"{ITEMS}?page=1"), numberMatched=999)
    give(service, first, page([feature(2), feature(3)], numberMatched=999))
    listener = Listener()
    results = run_algorithm("twin:queryservice", service.given, listener)
    assert sorted(rows(service)) == [1, 2, 3]
    assert results["COUNT"] == 3
    assert "999" in results["NOTES"]


def test_pages_on_another_server_are_not_followed(run_algorithm, service):
    with Server({"*": reply(json.dumps(page([feature(9)])).encode())}) as other:
        give(service, page([feature(1)], other.url("/stolen")))
        listener = Listener()
        try:
            run_algorithm("twin:queryservice", service.given, listener)
        except QgsProcessingException as error:
            listener.warnings.append(str(error))
        assert listener.warnings
        assert not other.asked


def drip(connection, asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    while True:
        connection.sendall(b" ")
        time.sleep(0.05)


HOSTILE = {
    "file": redirect("file:///etc/passwd"),
    "data": redirect("data:application/json,{}"),
    "loop": redirect(ITEMS),
    "html": reply(b"<html></html>", kind="text/html"),
    "cut": reply(b'{"features": [', Content_Length="9000"),
    "deep": reply(b'{"features": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"),
    "large": reply(b"", Content_Length="400000000"),
    "xml": reply(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', kind="text/xml"),
    "empty": reply(b""),
    "denied": reply(b"", 401, WWW_Authenticate='Basic realm="x"'),
    "failed": reply(b"", 500),
}


@pytest.mark.parametrize("way", HOSTILE)
def test_hostile_answers_are_told_and_nothing_is_lost(run_algorithm, service, tmp_path, way):
    give(service, page([feature(1)]))
    run_algorithm("twin:queryservice", service.given)
    kept = (tmp_path / "out.gpkg").read_bytes()
    service.answers[ITEMS] = HOSTILE[way]
    with pytest.raises(QgsProcessingException) as caught:
        run_algorithm("twin:queryservice", service.given)
    text = str(caught.value)
    assert 30 < len(text) < 600
    assert "root:" not in text
    assert "Traceback" not in text
    assert (tmp_path / "out.gpkg").read_bytes() == kept


@pytest.mark.parametrize("way", HOSTILE)
def test_a_hostile_collection_is_dead_and_why_is_kept(run_algorithm, service, tmp_path, way):
    for path in list(service.answers):
        service.answers[path] = HOSTILE[way]
    service.answers["*"] = HOSTILE[way]
    run_algorithm("twin:checkservices", {"CATALOGUE": service.given["CATALOGUE"], "OUTPUT": str(tmp_path / "c.gpkg")})
    with closing(FileCatalogue(service.given["CATALOGUE"])) as catalogue:
        record = catalogue.one(service.record.id)
    assert record.health is (Health.DENIED if way == "denied" else Health.DEAD)
    assert record.health_reason


def test_a_slow_drip_ends_with_the_time_that_is_given(run_algorithm, service, tmp_path):
    for path in ("/api", "/api/conformance", "/api/collections", "/api/collections/rain", "*"):
        service.answers[path] = drip
    given = {"CATALOGUE": service.given["CATALOGUE"], "TIMEOUT": 0.5, "OUTPUT": str(tmp_path / "c.gpkg")}
    assert run_algorithm("twin:checkservices", given)["DEAD"] == 1


@pytest.mark.parametrize("way", ["file", "loop", "deep", "large", "xml", "denied", "cut"])
def test_a_hostile_source_leaves_the_catalogue_as_it_was(run_algorithm, service, way):
    for path in list(service.answers):
        service.answers[path] = HOSTILE[way]
    service.answers["*"] = HOSTILE[way]
    with pytest.raises(QgsProcessingException):
        run_algorithm("twin:harvestservices", {"URL": service.url("/api"), "CATALOGUE": service.given["CATALOGUE"]})
    with closing(FileCatalogue(service.given["CATALOGUE"])) as catalogue:
        assert not catalogue.one(service.record.id).gone
