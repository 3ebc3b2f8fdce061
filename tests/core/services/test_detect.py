"""The protocol of an address: from itself, from its reply, or by trying."""

from __future__ import annotations

import json

import pytest

from twin_plugin.core.services.detect import by_address, detect
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.web.fetch import Reply, Trouble, WebError


def web(pages):
    """A fetch over pages by address: bytes, or the trouble of asking; what is not there is not found."""
    asked = []

    def fetch(request):
        asked.append(request)
        page = pages.get(request.url, Trouble.NOT_FOUND)
        if isinstance(page, Trouble):
            raise WebError("It gave nothing.", page)
        return Reply(request.url, 200, page if isinstance(page, bytes) else json.dumps(page).encode())

    fetch.asked = asked
    return fetch


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("http://h/wms?map=a.map&service=wms", ServiceProtocol.WMS),
        ("http://h/ows?SERVICE=WFS&REQUEST=GetCapabilities", ServiceProtocol.WFS),
        ("http://h/arcgis/rest/services/Water/FeatureServer", ServiceProtocol.ARCGIS_FEATURES),
        ("http://h/arcgis/rest/services/Water/MapServer/3/", ServiceProtocol.ARCGIS_MAP),
        ("http://h/1.0.0/WMTSCapabilities.xml", ServiceProtocol.WMTS),
        ("http://h/tiles/{z}/{x}/{y}.png", ServiceProtocol.XYZ),
        ("http://h/tiles/%7Bz%7D/%7Bx%7D/%7B-y%7D.png", ServiceProtocol.XYZ),
        ("http://h/mesh/tileset.json", ServiceProtocol.TILES_3D),
        ("http://h/", None),
        ("http://h/x?service=other", None),
    ],
)
def test_by_address(url, protocol):
    assert by_address(url) is protocol


@pytest.mark.parametrize(
    ("page", "protocol"),
    [
        ({"links": [{"rel": "conformance", "href": "x"}], "title": "t"}, ServiceProtocol.OGC_FEATURES),
        ({"conformsTo": ["http://x"], "links": []}, ServiceProtocol.OGC_FEATURES),
        ({"collections": []}, ServiceProtocol.OGC_FEATURES),
        ({"id": "metadata", "itemType": "record", "links": [{"rel": "items"}]}, ServiceProtocol.OGC_RECORDS),
        ({"stac_version": "1.0.0", "conformsTo": [], "links": []}, ServiceProtocol.STAC),
        ({"value": [{"name": "Things", "url": "http://h/x/Things"}]}, ServiceProtocol.SENSORTHINGS),
        ({"value": [], "serverSettings": {}}, ServiceProtocol.SENSORTHINGS),
        ({"currentVersion": 10.8, "services": [], "folders": []}, ServiceProtocol.ARCGIS_FEATURES),
        ({"asset": {"version": "1.1"}, "root": {}}, ServiceProtocol.TILES_3D),
        (b"<WMS_Capabilities xmlns='http://www.opengis.net/wms' version='1.3.0'/>", ServiceProtocol.WMS),
        (b"<WMT_MS_Capabilities version='1.1.1'/>", ServiceProtocol.WMS),
        (b"<w:WFS_Capabilities xmlns:w='http://www.opengis.net/wfs/2.0'/>", ServiceProtocol.WFS),
        (b"<Capabilities xmlns='http://www.opengis.net/wmts/1.0'/>", ServiceProtocol.WMTS),
        (b"<Capabilities xmlns='http://www.opengis.net/wcs/2.0'/>", ServiceProtocol.WCS),
        (b"<csw:Capabilities xmlns:csw='http://www.opengis.net/cat/csw/2.0.2'/>", ServiceProtocol.CSW),
    ],
)
def test_by_reply(page, protocol):
    fetch = web({"http://h/x": page})
    assert detect("http://h/x", "name", fetch) == (protocol,)
    assert [request.auth for request in fetch.asked] == ["name"]


def test_one_address_for_several_services():
    pages = {
        "http://h/ows?map=1&SERVICE=WMS&REQUEST=GetCapabilities": b"<WMS_Capabilities/>",
        "http://h/ows?map=1&SERVICE=WFS&REQUEST=GetCapabilities": b"<WFS_Capabilities/>",
        # Some servers answer whatever is asked with what they have.
        "http://h/ows?map=1&SERVICE=WCS&REQUEST=GetCapabilities": b"<WMS_Capabilities/>",
        "http://h/ows?map=1": b"<ServiceExceptionReport/>",
    }
    assert detect("http://h/ows?map=1", "", web(pages)) == (ServiceProtocol.WMS, ServiceProtocol.WFS)


def test_roots_that_are_found_by_trying():
    things = {"value": [{"name": "Things", "url": "http://h/sta/v1.1/Things"}]}
    assert detect("http://h/sta", "", web({"http://h/sta/v1.1": things})) == (ServiceProtocol.SENSORTHINGS,)
    folder = {"currentVersion": 11, "folders": ["Water"]}
    pages = {"http://h/rest/services": b"<html></html>", "http://h/rest/services?f=json": folder}
    assert detect("http://h/rest/services", "", web(pages)) == (ServiceProtocol.ARCGIS_FEATURES,)


@pytest.mark.parametrize("trouble", [Trouble.DENIED, Trouble.UNREACHABLE, Trouble.TIMEOUT, Trouble.TLS])
def test_what_cannot_be_asked_is_not_asked_again(trouble):
    fetch = web({"http://h/x": trouble})
    with pytest.raises(WebError) as caught:
        detect("http://h/x", "", fetch)
    assert caught.value.trouble is trouble
    assert len(fetch.asked) == 1


@pytest.mark.parametrize(
    "page", [b"", b"<html></html>", b"[1]", b'{"a": 1}', b"\xff", b"<!DOCTYPE a [<!ENTITY b 'c'>]><WMS_Capabilities/>"]
)
def test_what_speaks_nothing_known_is_told(page):
    with pytest.raises(WebError, match="PROTOCOL"):
        detect("http://h/x", "", web({"http://h/x": page}))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html></html>", "web page"),
        (b"[" * 99, "nested deeper"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><WMS_Capabilities/>", "DOCTYPE"),
    ],
)
def test_the_first_reason_is_told(page, reason):
    pages = {"http://h/x": page, "http://h/x?f=json": b"{}", "http://h/x/v1.1": b"<a>"}
    with pytest.raises(WebError, match=reason):
        detect("http://h/x", "", web(pages))


@pytest.mark.parametrize("trouble", [Trouble.REFUSED, Trouble.TOO_LARGE, Trouble.BAD_REPLY])
def test_what_the_client_refuses_is_told(trouble):
    with pytest.raises(WebError, match="It gave nothing") as caught:
        detect("http://h/x", "", web({"http://h/x": trouble, "http://h/x?f=json": b"<html></html>"}))
    assert caught.value.trouble is trouble


def test_an_address_with_a_token_is_refused():
    fetch = web({})
    with pytest.raises(WebError, match="authentication configuration"):
        detect("http://h/x?" + "&".join(("service=WMS", "tk=1")), "", fetch)
    assert not fetch.asked


def test_a_page_that_comes_whatever_is_asked_may_be_a_login():
    """Nine requests were made, and the sentence asked for a PROTOCOL alone."""

    def fetch(request):
        asked.append(request.url)
        page = f"<!DOCTYPE html><html><head><title>Sign in</title></head><body>{len(asked)}</body></html>"
        return Reply(request.url, 200, page.encode(), "text/html")

    asked = []
    with pytest.raises(WebError, match="a web page, perhaps a login"):
        detect("http://h/x", "", fetch)
    assert len(asked) == 3


def test_a_page_over_services_is_no_final_answer():
    pages = {
        "http://h/ows": b"<html><head><title>GeoServer</title></head></html>",
        "http://h/ows?SERVICE=WFS&REQUEST=GetCapabilities": b"<WFS_Capabilities/>",
    }
    assert detect("http://h/ows", "", web(pages)) == (ServiceProtocol.WFS,)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The licence of this server has expired", True),
        ("Unknown SERVICE 'WMS'", False),
        ("InvalidParameterValue", False),
    ],
)
def test_the_words_of_a_service_are_told_unless_they_mean_another_protocol(words, told):
    report = f"<ServiceExceptionReport><ServiceException>{words}</ServiceException></ServiceExceptionReport>"
    pages = {f"http://h/x?SERVICE={name}&REQUEST=GetCapabilities": report.encode() for name in ("WMS", "WFS")}
    with pytest.raises(WebError) as caught:
        detect("http://h/x", "", web(pages))
    assert (words in str(caught.value)) == told


def test_a_server_in_trouble_is_told():
    def fetch(request):
        raise WebError("It is down for maintenance.", Trouble.SERVER, 503)

    with pytest.raises(WebError, match="maintenance"):
        detect("http://h/x", "", fetch)
