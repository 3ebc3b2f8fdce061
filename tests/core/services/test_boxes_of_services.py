"""Boxes that services write their own way, read from their capabilities, records and extents."""

from __future__ import annotations

import pytest

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.services import registry
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.protocols import wmts

WMS = """<WMS_Capabilities version="{version}" xmlns="http://www.opengis.net/wms"><Capability><Layer><Name>a</Name>
<{key}>EPSG:4547</{key}>{box}</Layer></Capability></WMS_Capabilities>"""
WFS = """<WFS_Capabilities version="1.0.0" xmlns="http://www.opengis.net/wfs"><FeatureTypeList><FeatureType>
<Name>t</Name><SRS>EPSG:4547</SRS><LatLongBoundingBox minx="467000" miny="2486000" maxx="560000" maxy="2540000"/>
</FeatureType></FeatureTypeList></WFS_Capabilities>"""
CSW = """<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="d" xmlns:dct="t"
xmlns:ows="http://www.opengis.net/ows"><csw:SearchResults numberOfRecordsMatched="1" nextRecord="0"><csw:Record>
<dc:identifier>r</dc:identifier><dc:title>R</dc:title><dct:references scheme="OGC:WMS">http://h/wms</dct:references>
<ows:BoundingBox crs="{crs}"><ows:LowerCorner>{low}</ows:LowerCorner><ows:UpperCorner>{high}</ows:UpperCorner>
</ows:BoundingBox></csw:Record></csw:SearchResults></csw:GetRecordsResponse>"""
ESRI = {"xmin": 800000, "ymin": 810000, "xmax": 870000, "ymax": 850000}


def box_of(protocol, document, path=""):
    """The rounded sides of the box of the only record."""
    with serving(lambda *_: document.encode() if isinstance(document, str) else document) as url:
        (record,) = registry.harvest(protocol)(url + path, "", Wire(), lambda *_: True)
    box = record.box
    return None if box is None else tuple(round(side, 2) for side in (box.west, box.south, box.east, box.north))


METRES = (113.68, 22.47, 114.59, 22.96)
SHENZHEN = (113.7, 22.4, 114.6, 22.9)


@pytest.mark.parametrize(
    ("version", "key", "box"),
    [
        ("1.3.0", "CRS", '<BoundingBox CRS="EPSG:4547" minx="2486000" miny="467000" maxx="2540000" maxy="560000"/>'),
        ("1.3.0", "CRS", '<BoundingBox CRS="EPSG:4547" minx="467000" miny="2486000" maxx="560000" maxy="2540000"/>'),
        ("1.1.1", "SRS", '<BoundingBox SRS="EPSG:4547" minx="467000" miny="2486000" maxx="560000" maxy="2540000"/>'),
        ("1.1.1", "SRS", '<LatLonBoundingBox minx="467000" miny="2486000" maxx="560000" maxy="2540000"/>'),
    ],
)
def test_a_map_layer_in_metres(version, key, box):
    assert box_of(ServiceProtocol.WMS, WMS.format(version=version, key=key, box=box)) == METRES


def test_feature_types_of_the_first_version_in_their_own_system():
    assert box_of(ServiceProtocol.WFS, WFS) == METRES


@pytest.mark.parametrize(
    ("crs", "low", "high", "box"),
    [
        ("urn:ogc:def:crs:::WGS 1984", "114.6 22.4", "113.7 22.9", SHENZHEN),
        ("urn:ogc:def:crs:::WGS 1984", "51.1 -34.6", "-17.3 38.2", (-17.3, -34.6, 51.1, 38.2)),
        ("urn:x-ogc:def:crs:EPSG:6.11:4326", "22.4 113.7", "22.9 114.6", SHENZHEN),
        ("EPSG:4326", "113.7 22.4", "114.6 22.9", SHENZHEN),
        ("", "22.4 113.7", "22.9 114.6", SHENZHEN),
        ("urn:ogc:def:crs:EPSG::4547", "2486000 467000", "2540000 560000", METRES),
    ],
)
def test_records_of_a_catalogue(crs, low, high, box):
    assert box_of(ServiceProtocol.CSW, CSW.format(crs=crs, low=low, high=high)) == box


@pytest.mark.parametrize(
    ("reference", "box"),
    [
        ({"wkid": 102140, "latestWkid": 2326}, (113.82, 22.23, 114.5, 22.59)),
        ({"wkid": 102140}, (113.82, 22.23, 114.5, 22.59)),
        ({}, None),
        ({"wkid": 0}, None),
    ],
)
def test_extents_of_arcgis(reference, box):
    extent = {**ESRI, "spatialReference": reference}
    document = {"currentVersion": 10.9, "layers": [{"id": 0, "name": "Lamps"}], "fullExtent": extent}
    assert box_of(ServiceProtocol.ARCGIS_FEATURES, document, "/x/FeatureServer") == box


TIANDITU = """<Capabilities version="1.0.0" xmlns="http://www.opengis.net/wmts/1.0"
xmlns:ows="http://www.opengis.net/ows/1.1"><Contents><Layer><ows:Title>img</ows:Title>
<ows:Identifier>img</ows:Identifier><ows:WGS84BoundingBox><ows:LowerCorner>{low}</ows:LowerCorner>
<ows:UpperCorner>{high}</ows:UpperCorner></ows:WGS84BoundingBox><Style><ows:Identifier>default</ows:Identifier></Style>
<Format>tiles</Format><TileMatrixSetLink><TileMatrixSet>w</TileMatrixSet></TileMatrixSetLink></Layer>
<TileMatrixSet><ows:Identifier>w</ows:Identifier><ows:SupportedCRS>{crs}</ows:SupportedCRS>{matrices}</TileMatrixSet>
</Contents></Capabilities>"""
EDGE = "20037508.3427892"


def matrices(corner, scale):
    return "".join(
        f"<TileMatrix><ows:Identifier>{zoom}</ows:Identifier><ScaleDenominator>{scale / 2 ** (zoom - 1)}"
        f"</ScaleDenominator><TopLeftCorner>{corner}</TopLeftCorner><TileWidth>256</TileWidth><TileHeight>256"
        f"</TileHeight><MatrixWidth>{2**zoom}</MatrixWidth><MatrixHeight>{2**zoom}</MatrixHeight></TileMatrix>"
        for zoom in (1, 2)
    )


@pytest.mark.parametrize("corner", [f"{EDGE} -{EDGE}", f"-{EDGE} {EDGE}"])
@pytest.mark.parametrize("scale", [2.958293554545656e8, 2.79541132014358e8])
@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::900913", "EPSG:3857"])
def test_tianditu_is_web_mercator(corner, scale, crs):
    """Its corner is written y x against the rule of its CRS, its scale is for 96 dpi, and its box is in metres."""
    text = TIANDITU.format(low=f"-{EDGE} -{EDGE}", high=f"{EDGE} {EDGE}", crs=crs, matrices=matrices(corner, scale))
    with serving(lambda *_: text.encode()) as url:
        (record,) = wmts.harvest(f"{url}/img_w/wmts", "", Wire())
        found = wmts.Wmts().describe(record, Wire())
    assert round(record.box.west), round(record.box.north) == (-180, 85)
    assert "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}" in found.extra["xyz"]
    assert "FORMAT=tiles" in found.extra["xyz"]


def test_tiles_of_another_grid_are_no_xyz():
    text = TIANDITU.format(low="113 22", high="115 23", crs="EPSG:3857", matrices=matrices(f"-{EDGE} {EDGE}", 2.5e8))
    with serving(lambda *_: text.encode()) as url:
        (record,) = wmts.harvest(f"{url}/wmts", "", Wire())
        assert "xyz" not in wmts.Wmts().describe(record, Wire()).extra


WGS84 = """<ows:WGS84BoundingBox><ows:LowerCorner>{}</ows:LowerCorner><ows:UpperCorner>{}</ows:UpperCorner>
</ows:WGS84BoundingBox>"""
TYPES = """<WFS_Capabilities version="2.0.0" xmlns="http://www.opengis.net/wfs/2.0"
xmlns:ows="http://www.opengis.net/ows/1.1"><FeatureTypeList><FeatureType><Name>t</Name>
<DefaultCRS>urn:ogc:def:crs:EPSG::4326</DefaultCRS>{}</FeatureType>
</FeatureTypeList></WFS_Capabilities>"""


@pytest.mark.parametrize(
    ("parts", "box"),
    [
        ((("113.7 22.4", "114.0 22.9"), ("114.2 22.5", "114.6 22.8")), SHENZHEN),
        ((("177 -19", "180 -16"), ("-180 -19", "-178 -16")), (177.0, -19.0, -178.0, -16.0)),
        ((("-180 -90", "180 90"), ("113 22", "114 23")), (-180.0, -90.0, 180.0, 90.0)),
    ],
)
def test_several_boxes_are_one_around_all(parts, box):
    """WFS 2.0: the data lie in several rectangles, as on both sides of the 180th meridian."""
    written = "".join(WGS84.format(*part) for part in parts)
    assert box_of(ServiceProtocol.WFS, TYPES.format(written)) == box


def test_several_boxes_of_a_record_are_one_around_all():
    one = CSW.format(crs="urn:ogc:def:crs:EPSG::4326", low="22.4 113.7", high="22.9 114.0")
    box = one.partition("<ows:BoundingBox")[2].partition("</csw:Record>")[0]
    two = one.replace("</csw:Record>", "<ows:BoundingBox" + box.replace("114.0", "114.6") + "</csw:Record>")
    assert box_of(ServiceProtocol.CSW, two) == SHENZHEN


ZONES = "".join(
    f'<BoundingBox SRS="EPSG:{code}" minx="300000" miny="3000000" maxx="700000" maxy="5000000"/>'
    for code in (26910, 26914, 26918)
)
SAME = """<BoundingBox SRS="EPSG:4547" minx="467000" miny="2486000" maxx="560000" maxy="2540000"/>
<BoundingBox SRS="EPSG:3857" minx="12654000" miny="2567000" maxx="12757000" maxy="2628000"/>
<BoundingBox SRS="EPSG:25832" minx="0" miny="0" maxx="10" maxy="10"/>"""


def test_boxes_of_zones_are_one_around_all_or_that_of_the_group():
    """TerraServer names a box in each UTM zone; the first alone would be California."""
    layer = "<Layer><Name>a</Name>{}</Layer>"
    written = WMS.format(version="1.1.1", key="SRS", box=ZONES)
    west, _, east, _ = box_of(ServiceProtocol.WMS, written)
    assert west < -125
    assert east > -73
    group = '<Layer><LatLonBoundingBox minx="-168" miny="17" maxx="-65" maxy="71"/>' + layer.format(ZONES) + "</Layer>"
    inherited = f'<WMS_Capabilities version="1.1.1"><Capability>{group}</Capability></WMS_Capabilities>'
    assert box_of(ServiceProtocol.WMS, inherited) == (-168.0, 17.0, -65.0, 71.0)


def test_boxes_of_one_area_are_the_first_and_those_in_doubt_do_not_count():
    world = '<LatLonBoundingBox minx="-180" miny="-90" maxx="180" maxy="90"/>'
    layers = f"<Layer>{world}<Layer><Name>a</Name>{SAME}</Layer></Layer>"
    document = f'<WMS_Capabilities version="1.1.1"><Capability>{layers}</Capability></WMS_Capabilities>'
    assert box_of(ServiceProtocol.WMS, document) == METRES


def test_numbers_of_degrees_are_no_metres():
    """GeoServer writes what lies beyond a pole; as metres it would be a spot in the Gulf of Guinea."""
    written = '<LatLonBoundingBox minx="-153.554" miny="-75.899" maxx="89.616" maxy="100.185"/>'
    document = WMS.format(version="1.1.1", key="SRS", box=written).replace("EPSG:4547", "EPSG:3857")
    assert box_of(ServiceProtocol.WMS, document) is None


FRANCE = (-1.2, 47.5, 0.5, 48.9)


@pytest.mark.parametrize(
    ("crs", "low", "high", "box"),
    [
        ("urn:ogc:def:crs:INSPIRE RS registry::http://h/28992", "7.23 50.75", "3.36 53.55", (3.36, 50.75, 7.23, 53.55)),
        ("urn:ogc:def:crs:::RGF93 / CC48 (EPSG:3948)", "-1.2 47.5", "0.5 48.9", FRANCE),
        ("urn:ogc:def:crs:EPSG::3948", "0.5 47.5", "-1.2 48.9", FRANCE),
        ("urn:ogc:def:crs:EPSG::3948", "-1.2 47.5", "0.5 48.9", FRANCE),
        ("EPSG:4326", "47.5 -1.2", "48.9 0.5", FRANCE),
        ("", "47.5 -1.2", "48.9 0.5", FRANCE),
    ],
)  # fmt: skip
def test_boxes_of_geonetwork_are_degrees_whatever_stands_beside_them(crs, low, high, box):
    """It writes east before west, and the CRS of the data (core-geonetwork 5545, MapStore2 6832)."""
    assert box_of(ServiceProtocol.CSW, CSW.format(crs=crs, low=low, high=high)) == box
