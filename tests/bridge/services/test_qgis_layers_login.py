"""A login goes to the server of its service and to no other, also where QGIS's own providers do the asking."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest

from tests.bridge.services.test_qgis_layers import (
    PNG,
    drawn,
    record,
)
from tests.hostile import Server, redirect, reply
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services.protocol_table import ServiceProtocol

LEGEND = (
    '<Style><Name>s</Name><Title>s</Title><LegendURL width="9" height="9"><Format>image/png</Format>'
    '<OnlineResource xlink:href="{legend}"/></LegendURL></Style>'
)
WMS = """<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:xlink="http://www.w3.org/1999/xlink">
<Service><Name>WMS</Name><Title>t</Title><OnlineResource xlink:href="http://www.example.org/"/></Service>
<Capability><Request>
<GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource xlink:href="{there}"/></Get></HTTP></DCPType>
</GetMap>
</Request><Exception><Format>XML</Format></Exception>
<Layer><Title>a</Title><CRS>EPSG:3857</CRS>
<EX_GeographicBoundingBox><westBoundLongitude>100</westBoundLongitude><eastBoundLongitude>120</eastBoundLongitude>
<southBoundLatitude>10</southBoundLatitude><northBoundLatitude>30</northBoundLatitude></EX_GeographicBoundingBox>
<BoundingBox CRS="EPSG:3857" minx="12000000" miny="2000000" maxx="13000000" maxy="3000000"/>
<Layer><Name>a</Name><Title>a</Title>{style}</Layer></Layer></Capability></WMS_Capabilities>"""
WFS = """<wfs:WFS_Capabilities version="1.1.0" xmlns:wfs="http://www.opengis.net/wfs" xmlns:ows="http://www.opengis.net/ows"
 xmlns:xlink="http://www.w3.org/1999/xlink"><ows:OperationsMetadata><ows:Operation name="GetFeature">
<ows:DCP><ows:HTTP><ows:Get xlink:href="{there}"/></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
<FeatureTypeList xmlns="http://www.opengis.net/wfs"><FeatureType><Name>a</Name><Title>a</Title>
<DefaultSRS>urn:ogc:def:crs:EPSG::4326</DefaultSRS></FeatureType></FeatureTypeList></wfs:WFS_Capabilities>"""
NO_FEATURES = b'<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" numberOfFeatures="0"/>'


@contextmanager
def two_servers(capabilities):
    """A server with a WMS and a WFS, and another one that takes all that comes; `capabilities` is asked for a text."""
    with Server({"*": reply(PNG, kind="image/png")}) as other, Server() as server:

        def answer(connection, asked):
            query = asked.path.lower()
            if "getcapabilities" in query:
                connection.sendall(reply(capabilities(server, other).encode(), kind="text/xml"))
            elif "getmap" in query:
                connection.sendall(reply(PNG, kind="image/png"))
            else:
                connection.sendall(reply(NO_FEATURES, kind="text/xml"))

        server.answers["*"] = answer
        yield server, other


def wms_record(server, name):
    box = BoundingBox(100.0, 10.0, 120.0, 30.0)
    return record(ServiceProtocol.WMS, server.url("/ows"), "a", auth=name, crs=("EPSG:3857",), box=box)


def test_maps_are_asked_for_where_the_service_was_tried(layer_of, login_for):
    with two_servers(lambda _, other: WMS.format(there=other.url("/map?"), style="")) as (server, other):
        layer = layer_of(wms_record(server, login_for(server.url())))
        drawn(layer)
        maps = [asked for asked in server.asked if "GetMap" in asked.path]
        assert len(maps) > 1
        assert all("authorization" in asked.headers for asked in maps)
        assert other.asked == []


def test_a_legend_elsewhere_would_take_the_login_along(layer_of, login_for):
    def told(server, other):
        return WMS.format(there=server.url("/ows?"), style=LEGEND.format(legend=other.url("/legend")))

    with two_servers(told) as (server, other):
        one = wms_record(server, login_for(server.url()))
        with pytest.raises(InputError, match=f"127.0.0.1:{other.port}.*login"):
            layer_of(one)
        # Without a login there is nothing to lose.
        drawn(layer_of(wms_record(server, "")))


def test_features_elsewhere_are_left_to_the_query(layer_of, login_for):
    with two_servers(lambda _, other: WFS.format(there=other.url("/wfs?"))) as (server, other):
        name = login_for(server.url())
        assert layer_of(record(ServiceProtocol.WFS, server.url("/ows"), "a", auth=name)) is None
        assert other.asked == []


def test_features_in_this_computer_are_not_asked_for_by_qgis_where_the_service_is_elsewhere(qgis_plugin):
    """Also without a login: QGIS's provider asks whatever address capabilities name."""
    from dataclasses import replace

    from twin_plugin.bridge.services import qgis_layers
    from twin_plugin.core.web.fetch import Reply

    one = record(ServiceProtocol.WFS, "http://93.184.215.14/wfs", "a")

    def answering(there):
        def fetch(request):
            body = WFS.format(there=there).encode() if "GetCapabilities" in request.url else NO_FEATURES
            return Reply(request.url, 200, body, "text/xml")

        return fetch

    for there in ("http://127.0.0.1:8080/wfs?", "http://[::1]/wfs?", "http://169.254.169.254/", "http://0x7f000001/"):
        assert qgis_layers.plan(one, answering(there)) is None, there
    for there in ("http://93.184.215.14/wfs?", "http://93.184.215.15/wfs?"):
        assert qgis_layers.plan(one, answering(there)).provider == "WFS", there
    near = replace(one, url="http://127.0.0.1:9/wfs")
    assert qgis_layers.plan(near, answering("http://127.0.0.1:8080/wfs?")).provider == "WFS"


@pytest.mark.parametrize("rel", ["service-desc", "next"])
def test_an_api_with_links_elsewhere_is_left_to_the_query(layer_of, login_for, rel):
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import qgis_layers

    with Server() as other, Server() as server:
        stolen = {"rel": rel, "href": other.url("/stolen"), "type": "application/json"}
        collection = {"id": "rain", "links": []}
        items = {"type": "FeatureCollection", "features": [], "links": [stolen] if rel == "next" else []}
        pages = {
            "/api": {"links": [{"rel": "data", "href": server.url("/api/collections")}] + [stolen] * (rel != "next")},
            "/api/conformance": {"conformsTo": []},
            "/api/collections": {"collections": [collection]},
            "/api/collections/rain": collection,
            "/api/collections/rain/items": items,
        }
        server.answers |= {path: reply(json.dumps(page).encode()) for path, page in pages.items()}
        one = record(ServiceProtocol.OGC_FEATURES, server.url("/api"), "rain", auth=login_for(server.url()))
        assert layer_of(one) is None
        stolen["href"] = server.url("/api/collections/rain/items?offset=1")
        server.answers |= {path: reply(json.dumps(page).encode()) for path, page in pages.items()}
        with http.opened() as fetch:
            assert qgis_layers.plan(one, fetch).provider == "OAPIF"
        assert other.asked == []


def test_a_redirect_to_another_server_is_no_place_for_a_login(layer_of, login_for):
    """Ours comes there without the login, and QGIS's provider, which would bring it, is not asked at all."""
    with Server({"*": reply(PNG, kind="image/png")}) as other, Server() as server:
        name = login_for(server.url())
        server.answers["*"] = redirect(other.url("/tile.png"))
        with pytest.raises(InputError, match="login"):
            layer_of(record(ServiceProtocol.XYZ, server.url("/{z}/{x}/{y}.png"), auth=name))
        assert other.asked
        assert not any("authorization" in asked.headers for asked in other.asked)
