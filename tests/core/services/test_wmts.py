"""Tiles of WMTS: capabilities by parameters, and those that are a file on a server."""

from __future__ import annotations

import pytest

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.services.protocols import wmts

DOCUMENT = b"""<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 version="1.0.0"><Contents>
 <Layer><ows:Title>Base map</ows:Title><ows:Identifier>base</ows:Identifier>
  <ows:WGS84BoundingBox><ows:LowerCorner>113 22</ows:LowerCorner><ows:UpperCorner>115 23</ows:UpperCorner>
  </ows:WGS84BoundingBox><TileMatrixSetLink><TileMatrixSet>web</TileMatrixSet></TileMatrixSetLink></Layer>
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
        (record,) = wmts.harvest(url + path, "", Wire())
        assert record.url == url + (base or path)
    assert (record.title, record.layer, record.crs) == ("Base map", "base", ("EPSG:3857",))
    assert (record.box.west, record.box.south, record.box.east, record.box.north) == (113, 22, 115, 23)
    ((_, parameters),) = asked
    assert ({name.lower(): value for name, value in parameters.items()}.get("request") == "GetCapabilities") == bool(
        base
    )
