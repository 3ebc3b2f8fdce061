"""Tiles of WMTS: capabilities by parameters, and those that are a file on a server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.services.protocols import wmts
from twin_plugin.core.web.decode import xml_of
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


SET = """<TileMatrixSet xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1">
<ows:Identifier>s</ows:Identifier><ows:SupportedCRS>{crs}</ows:SupportedCRS><TileMatrix><ows:Identifier>0</ows:Identifier>
<ScaleDenominator>{scale}</ScaleDenominator><TopLeftCorner>{corner}</TopLeftCorner><TileWidth>256</TileWidth>
<TileHeight>256</TileHeight><MatrixWidth>{wide}</MatrixWidth><MatrixHeight>4</MatrixHeight></TileMatrix></TileMatrixSet>"""


@pytest.mark.parametrize("corner", ["8500000 -1200000", "-1200000 8500000"])
def test_the_corner_of_a_projection_in_either_order_of_axes(corner):
    """Lantmäteriet and MapCache write easting first, though EPSG:3006 has northing first (mapcache 144, BruTile 44)."""
    text = SET.format(crs="urn:ogc:def:crs:EPSG:6.3:3006", scale=14628571.428571, corner=corner, wide=4)
    (matrix,) = wmts._matrix_set(xml_of(text.encode(), "It")).matrices
    assert (matrix.left, matrix.top) == (-1_200_000, 8_500_000)
    assert matrix.tile_width == pytest.approx(4096 * 256)


@pytest.mark.parametrize(
    ("crs", "unit_m"),
    [
        ("urn:ogc:def:crs:EPSG::4258", 111319.490793274),
        ("urn:ogc:def:crs:EPSG::4490", 111319.490793274),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 111319.490793274),
        ("urn:ogc:def:crs:EPSG::2240", 1200 / 3937),
        ("urn:ogc:def:crs:EPSG::4547", 1.0),
    ],
)
def test_scales_are_in_units_of_the_system(crs, unit_m):
    """OGC 07-057r7, 6.1: a pixel of 0.28 mm, and degrees by the equator of WGS 84."""
    text = SET.format(crs=crs, scale=1_000_000, corner="90 -180", wide=1)
    (matrix,) = wmts._matrix_set(xml_of(text.encode(), "It")).matrices
    assert matrix.tile_width == pytest.approx(256 * 1_000_000 * 0.00028 / unit_m)
