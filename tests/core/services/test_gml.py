"""GML of every version to shapely: the forms of the standards, axis order, and what cannot be read."""

from __future__ import annotations

import random

import pytest
import shapely
from osgeo import ogr

from twin_plugin.core.services.protocols.gml import GmlReader
from twin_plugin.core.services.protocols.json_geometry import MalformedGeometryError
from twin_plugin.core.web.decode import xml_of

SPACES = {
    "gml": 'xmlns:gml="http://www.opengis.net/gml"',
    "gml32": 'xmlns:gml="http://www.opengis.net/gml/3.2"',
}


def element(text, space="gml32"):
    head, tail = text.split(">", 1) if not text.split(">", 1)[0].endswith("/") else (text[:-2], "")
    return xml_of(f"{head} {SPACES[space]}>{tail}".encode(), "The test")


def read(text, space="gml32", **given):
    return GmlReader(**given).read(element(text, space))


RING = "<gml:LinearRing><gml:posList>0 0 4 0 4 4 0 4 0 0</gml:posList></gml:LinearRing>"
HOLE = "<gml:LinearRing><gml:posList>1 1 1 2 2 2 2 1 1 1</gml:posList></gml:LinearRing>"
FORMS = {
    "<gml:Point><gml:pos>1 2</gml:pos></gml:Point>": "POINT (1 2)",
    "<gml:Point><gml:pos>1 2 3</gml:pos></gml:Point>": "POINT Z (1 2 3)",
    "<gml:Point><gml:coordinates>1,2</gml:coordinates></gml:Point>": "POINT (1 2)",
    "<gml:Point><gml:coord><gml:X>1</gml:X><gml:Y>2</gml:Y></gml:coord></gml:Point>": "POINT (1 2)",
    '<gml:Point><gml:coordinates decimal="," cs=" " ts=";">1,5 2,5</gml:coordinates></gml:Point>': "POINT (1.5 2.5)",
    "<gml:LineString><gml:posList>0 0 1 1 2 0</gml:posList></gml:LineString>": "LINESTRING (0 0, 1 1, 2 0)",
    '<gml:LineString srsDimension="3"><gml:posList>0 0 5 1 1 6</gml:posList></gml:LineString>': (
        "LINESTRING Z (0 0 5, 1 1 6)"
    ),
    '<gml:LineString><gml:posList dimension="3">0 0 5 1 1 6</gml:posList></gml:LineString>': (
        "LINESTRING Z (0 0 5, 1 1 6)"
    ),
    "<gml:LineString><gml:pos>0 0</gml:pos><gml:pos>1 1</gml:pos></gml:LineString>": "LINESTRING (0 0, 1 1)",
    "<gml:LineString><gml:coordinates>0,0 1,1</gml:coordinates></gml:LineString>": "LINESTRING (0 0, 1 1)",
    "<gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>0 0 1 1</gml:posList></gml:LineStringSegment>"
    "<gml:LineStringSegment><gml:posList>1 1 2 0</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>": (
        "LINESTRING (0 0, 1 1, 2 0)"
    ),
    "<gml:CompositeCurve><gml:curveMember><gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString>"
    '</gml:curveMember><gml:curveMember><gml:OrientableCurve orientation="-"><gml:baseCurve><gml:LineString>'
    "<gml:posList>5 5 1 1</gml:posList></gml:LineString></gml:baseCurve></gml:OrientableCurve></gml:curveMember>"
    "</gml:CompositeCurve>": "LINESTRING (0 0, 1 1, 5 5)",
    f"<gml:Polygon><gml:exterior>{RING}</gml:exterior><gml:interior>{HOLE}</gml:interior></gml:Polygon>": (
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))"
    ),
    "<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 4,0 4,4 0,0</gml:coordinates>"
    "</gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>": "POLYGON ((0 0, 4 0, 4 4, 0 0))",
    "<gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments>"
    "<gml:LineStringSegment><gml:posList>0 0 4 0 4 4 0 0</gml:posList></gml:LineStringSegment></gml:segments>"
    "</gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>": (
        "POLYGON ((0 0, 4 0, 4 4, 0 0))"
    ),
    "<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember><gml:pointMembers>"
    "<gml:Point><gml:pos>3 4</gml:pos></gml:Point></gml:pointMembers></gml:MultiPoint>": "MULTIPOINT (1 2, 3 4)",
    "<gml:MultiLineString><gml:lineStringMember><gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString>"
    "</gml:lineStringMember></gml:MultiLineString>": "MULTILINESTRING ((0 0, 1 1))",
    "<gml:MultiCurve><gml:curveMember><gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString>"
    "</gml:curveMember></gml:MultiCurve>": "MULTILINESTRING ((0 0, 1 1))",
    f"<gml:MultiPolygon><gml:polygonMember><gml:Polygon><gml:exterior>{RING}</gml:exterior></gml:Polygon>"
    "</gml:polygonMember></gml:MultiPolygon>": "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)))",
    f"<gml:MultiSurface><gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior>{RING}"
    "</gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface></gml:surfaceMember></gml:MultiSurface>": (
        "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)))"
    ),
    "<gml:MultiGeometry><gml:geometryMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:geometryMember>"
    "<gml:geometryMember><gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString></gml:geometryMember>"
    "</gml:MultiGeometry>": "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
    "<gml:Envelope><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope>": (
        "POLYGON ((3 2, 3 4, 1 4, 1 2, 3 2))"
    ),
}


@pytest.mark.parametrize("text", FORMS)
@pytest.mark.parametrize("space", SPACES)
def test_forms(text, space):
    found, _ = read(text, space)
    assert found == shapely.from_wkt(FORMS[text])


def made_geometries():
    stream = random.Random(3)

    def point():
        return f"{stream.uniform(113, 115):.6f} {stream.uniform(22, 23):.6f}"

    def ring():
        x, y = stream.uniform(113, 115), stream.uniform(22, 23)
        corners = [(x, y), (x + 0.2, y), (x + 0.2, y + 0.1), (x, y + 0.1), (x, y)]
        return "(" + ", ".join(f"{a:.6f} {b:.6f}" for a, b in corners) + ")"

    yield f"POINT ({point()})"
    yield f"LINESTRING ({point()}, {point()}, {point()})"
    yield f"POLYGON ({ring()})"
    yield f"MULTIPOINT ({point()}, {point()})"
    yield f"MULTILINESTRING (({point()}, {point()}), ({point()}, {point()}, {point()}))"
    yield f"MULTIPOLYGON (({ring()}), ({ring()}))"
    yield f"GEOMETRYCOLLECTION (POINT ({point()}), LINESTRING ({point()}, {point()}))"


@pytest.mark.parametrize("form", ["GML2", "GML3", "GML32"])
@pytest.mark.parametrize("wkt", list(made_geometries()))
def test_what_gdal_writes_is_read_as_it_was(form, wkt):
    options = [f"FORMAT={form}", "GMLID=g"] if form != "GML2" else []
    written = ogr.CreateGeometryFromWkt(wkt).ExportToGML(options)
    found, _ = read(written, "gml32" if form == "GML32" else "gml")
    assert shapely.equals_exact(found, shapely.from_wkt(wkt), 1e-9)


@pytest.mark.parametrize(
    ("srs", "turned"),
    [
        ("urn:ogc:def:crs:EPSG::4326", True),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", True),
        ("urn:ogc:def:crs:EPSG::4547", True),
        ("EPSG:4326", False),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", False),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False),
        ("urn:ogc:def:crs:EPSG::3857", False),
        ("", False),
    ],
)
def test_axis_order(srs, turned):
    inner = "<gml:pointMember><gml:Point><gml:pos>22.5 114 7</gml:pos></gml:Point></gml:pointMember>"
    found, name = read(f'<gml:MultiPoint srsName="{srs}">{inner}</gml:MultiPoint>')
    point = found.geoms[0]
    assert (point.x, point.y, point.z) == ((114, 22.5, 7) if turned else (22.5, 114, 7))
    assert name == srs
    plain, name = read("<gml:Point><gml:pos>22.5 114</gml:pos></gml:Point>", default=srs)
    assert (plain.x == 114) is turned
    assert name == srs


def test_arcs_are_counted():
    reader = GmlReader()
    text = (
        "<gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 1 1 2 0</gml:posList></gml:Arc></gml:segments></gml:Curve>"
    )
    found, _ = reader.read(element(text))
    assert found == shapely.LineString([(0, 0), (1, 1), (2, 0)])
    assert reader.curved == 1


@pytest.mark.parametrize(
    "text",
    [
        "<gml:MultiPoint></gml:MultiPoint>",
        "<gml:Polygon></gml:Polygon>",
        "<gml:Point></gml:Point>",
        "<gml:LineString><gml:posList></gml:posList></gml:LineString>",
    ],
)
def test_empty_ones_are_none(text):
    assert read(text)[0] is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<gml:Point><gml:pos>1 a</gml:pos></gml:Point>", "no number"),
        ("<gml:Point><gml:pos>1 nan</gml:pos></gml:Point>", "no number"),
        ("<gml:Point><gml:pos>1 inf</gml:pos></gml:Point>", "no number"),
        ("<gml:LineString><gml:posList>0 0 1 1 2</gml:posList></gml:LineString>", "cut off"),
        ("<gml:LineString><gml:coordinates>0,0 1</gml:coordinates></gml:LineString>", "cut off"),
        ("<gml:LineString><gml:coordinates>0,x 1,1</gml:coordinates></gml:LineString>", "could not convert"),
        ("<gml:Solid></gml:Solid>", "unknown geometry"),
        (
            "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 1 1</gml:posList></gml:LinearRing>"
            "</gml:exterior></gml:Polygon>",
            "at least 4",
        ),
        (
            "<gml:Curve><gml:segments><gml:ArcByCenterPoint><gml:pos>0 0</gml:pos></gml:ArcByCenterPoint>"
            "</gml:segments></gml:Curve>",
            "ArcByCenterPoint",
        ),
    ],
)
def test_what_cannot_be_read_is_told(text, reason):
    with pytest.raises(MalformedGeometryError, match=reason):
        read(text)
