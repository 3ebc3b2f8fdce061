"""Tiles of WMTS: capabilities by parameters, and those that are a file on a server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.services.protocols import wmts
from twin_plugin.core.web.fetch import WebError

DOCUMENT = b"""<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 version="1.0.0"><Contents>
 <Layer><ows:Title>Base map</ows:Title><ows:Identifier>base</ows:Identifier>
  <ows:WGS84BoundingBox><ows:LowerCorner>113 22</ows:LowerCorner><ows:UpperCorner>115 23</ows:UpperCorner>
  </ows:WGS84BoundingBox><TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink></Layer>
 <Layer><ows:Title>Relief</ows:Title><ows:Identifier>relief</ows:Identifier><Format>image/jpeg</Format>
  <Style isDefault="true"><ows:Identifier>grey</ows:Identifier></Style>
  <TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink></Layer>
 <Layer><ows:Title>Nameless</ows:Title></Layer>
 <TileMatrixSet><ows:Identifier>web</ows:Identifier>
  <ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS></TileMatrixSet>
</Contents></Capabilities>"""


@pytest.mark.parametrize(("path", "base"), [("/wmts", "/wmts"), ("/static/WMTSCapabilities.xml", None)])
def test_a_layer_of_capabilities_by_parameters_and_of_a_file(path, base):
    asked = []

    def answers(at, parameters):
        asked.append((at, parameters))
        return DOCUMENT if at == path else 404

    with serving(answers) as url:
        record, relief = wmts.harvest(url + path, "", Wire())
        assert record.url == url + (base or path)
    assert (record.title, record.layer, record.crs) == ("Base map", "base", ("EPSG:3857",))
    assert (record.box.west, record.box.south, record.box.east, record.box.north) == (113, 22, 115, 23)
    assert (relief.title, relief.layer) == ("Relief", "relief")
    ((_, parameters),) = asked
    assert ({name.lower(): value for name, value in parameters.items()}.get("request") == "GetCapabilities") == bool(
        base
    )


def test_a_layer_is_described_by_its_own_element():
    with serving(lambda at, parameters: DOCUMENT) as url:
        record, relief = wmts.harvest(f"{url}/wmts", "", Wire())
        found, other = (wmts.Wmts().describe(one, Wire()) for one in (record, relief))
        with pytest.raises(WebError, match="nowhere"):
            wmts.Wmts().describe(replace(record, layer="nowhere"), Wire())
    assert (found.title, found.extra["format"], found.extra["style"]) == ("Base map", "image/png", "")
    assert (other.title, other.extra["format"], other.extra["style"]) == ("Relief", "image/jpeg", "grey")
