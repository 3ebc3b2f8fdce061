"""Replies of WFS that real servers send: the CRS beside the collection, equal ids, geometries that lie deeper."""

from __future__ import annotations

import pyproj
import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from tests.core.services.test_xml_hostile import SCHEMA, WFS, asked, capabilities, wfs
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord

LON, LAT = 114.05, 22.54


def numbers(crs, y_first=False):
    """The place in a CRS by pyproj, as two numbers of GML."""
    x, y = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True).transform(LON, LAT)
    return f"{y:.6f} {x:.6f}" if y_first else f"{x:.6f} {y:.6f}"


def envelope(srs, more=""):
    corners = "<gml:lowerCorner>0 0</gml:lowerCorner><gml:upperCorner>0 0</gml:upperCorner>"
    return f'<gml:boundedBy><gml:Envelope srsName="{srs}"{more}>{corners}</gml:Envelope></gml:boundedBy>'


def reply(features, head="", root="wfs:FeatureCollection"):
    count = features.count("<wfs:member")
    return f'<{root} {WFS} xmlns:a="urn:a" numberMatched="{count}">{head}{features}</{root}>'.encode()


def feature(place, srs="", number=1, head="", geometry=""):
    srs = f' srsName="{srs}"' if srs else ""
    geometry = geometry or f"<geom><gml:Point{srs}><gml:pos>{place}</gml:pos></gml:Point></geom>"
    return f'<wfs:member><t0 gml:id="t0.1">{head}{geometry}<level>{number}</level></t0></wfs:member>'


def only(body, crs="urn:ogc:def:crs:EPSG::4547", schema=SCHEMA):
    """Place of the only feature, and the notes."""

    def answers(path, given):
        request = given.get("REQUEST", "")
        return {"GetCapabilities": capabilities(crs=crs), "DescribeFeatureType": schema}.get(request, body)

    with serving(answers) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.WFS, url, "t0")
        found = registry.adapter(ServiceProtocol.WFS).query(record, Query(), Wire())
        rows = [row for page in found.pages for row in page]
    assert len(rows) == 1
    return None if rows[0].geometry is None else shapely.from_wkb(rows[0].geometry), found.notes


@pytest.mark.parametrize(
    ("srs", "place"),
    [
        ("urn:ogc:def:crs:EPSG::4326", f"{LAT} {LON}"),
        ("urn:ogc:def:crs:EPSG::2326", numbers("EPSG:2326", y_first=True)),
        ("EPSG:2326", numbers("EPSG:2326")),
    ],
)
@pytest.mark.parametrize("where", ["collection", "feature"])
def test_the_crs_of_the_collection_or_the_feature_counts(srs, place, where):
    """ArcGIS names it there alone; the layer's own is another one."""
    head = envelope(srs)
    body = reply(feature(place), head) if where == "collection" else reply(feature(place, head=head))
    found, notes = only(body)
    assert (found.x, found.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert notes == []


def test_the_crs_of_the_geometry_comes_first():
    body = reply(feature(f"{LAT} {LON}", "urn:ogc:def:crs:EPSG::4326"), envelope("urn:ogc:def:crs:EPSG::2326"))
    found, _ = only(body)
    assert (found.x, found.y) == (LON, LAT)


def test_a_box_of_the_collection_without_a_crs_changes_nothing():
    for srs in ("", "unknown"):
        found, _ = only(reply(feature(numbers("EPSG:4547", y_first=True)), envelope(srs)))
        assert (found.x, found.y) == pytest.approx((LON, LAT), abs=1e-6)


def test_the_dimension_of_the_collection_counts():
    line = "<geom><gml:LineString><gml:posList>22.1 113.1 5 22.2 113.2 6</gml:posList></gml:LineString></geom>"
    body = reply(feature("", geometry=line), envelope("urn:ogc:def:crs:EPSG::4326", ' srsDimension="3"'))
    found, _ = only(body)
    assert shapely.to_wkt(found, trim=True) == "LINESTRING Z (113.1 22.1 5, 113.2 22.2 6)"


def test_metres_under_the_name_of_degrees_are_placed_by_the_layer_or_refused():
    body = reply(feature(numbers("EPSG:4547"), "EPSG:4326"))
    found, notes = only(body)
    assert (found.x, found.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert any("taken for EPSG:4547" in note for note in notes)
    with pytest.raises(InputError, match="no degrees"):
        only(reply(feature("1000000 2000000", "EPSG:4326")), crs="urn:ogc:def:crs:EPSG::4326")
    with pytest.raises(InputError, match="no degrees"):
        only(reply(feature("1000000 2000000", "urn:ogc:def:crs:EPSG::4490")), crs="urn:ogc:def:crs:EPSG::4490")


def test_a_geometry_without_a_crs_is_in_that_of_the_others_of_its_page():
    named = feature(numbers("EPSG:2326"), "EPSG:2326", 2)
    body = reply(feature(numbers("EPSG:2326")) + named)
    rows, notes = asked(wfs(lambda given: body, lambda: capabilities(crs="EPSG:4326")))
    places = [shapely.from_wkb(row.geometry) for row in rows]
    assert [(place.x, place.y) for place in places] == [pytest.approx((LON, LAT), abs=1e-6)] * 2
    assert any("taken for EPSG:2326" in note for note in notes)


def test_equal_ids_of_different_features_are_different_features():
    """MapServer's wfs_featureid may be a field that repeats."""
    body = reply("".join(feature("22.1 113.1", number=k) for k in (1, 2, 2)))
    rows, notes = asked(wfs(lambda given: body))
    assert [row.values["level"] for row in rows] == [1, 2]
    assert any("same id to different features" in note for note in notes)


def test_equal_ids_in_json_are_different_features():
    def items(path, given):
        if not path.endswith("items"):
            return {"id": "c", "links": []}
        rows = [{"type": "Feature", "id": 7, "geometry": None, "properties": {"n": n}} for n in (1, 2, 2, 3)]
        return {"type": "FeatureCollection", "features": rows, "numberMatched": 4}

    with serving(items) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.OGC_FEATURES, url, "c")
        found = registry.adapter(ServiceProtocol.OGC_FEATURES).query(record, Query(), Wire())
        assert [row.values["n"] for page in found.pages for row in page] == [1, 2, 3]
    assert any("same id to different features" in note for note in found.notes)


NO_GEOMETRY = (
    b'<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="t0" type="t0Type"/><complexType name="t0Type">'
    b'<sequence><element name="position" type="a:PositionType"/></sequence></complexType></schema>'
)


def test_a_geometry_inside_another_field_is_taken_and_said():
    """INSPIRE's addresses: position / GeographicPosition / geometry / Point; a box there is none."""
    point = f'<gml:Point srsName="urn:ogc:def:crs:EPSG::4258"><gml:pos>{LAT} {LON}</gml:pos></gml:Point>'
    inner = (
        f"<a:position><a:Geographic>{envelope('EPSG:4258')}<a:geometry>{point}</a:geometry></a:Geographic></a:position>"
    )
    found, notes = only(reply(feature("", geometry=inner)), schema=NO_GEOMETRY)
    assert (found.x, found.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert any("inside the field 'position'" in note for note in notes)


def test_where_the_schema_names_a_geometry_no_other_is_taken():
    inner = f"<a:other><a:x><gml:Point><gml:pos>{LAT} {LON}</gml:pos></gml:Point></a:x></a:other>"
    found, notes = only(reply(feature("", geometry=inner)), crs="urn:ogc:def:crs:EPSG::4326")
    assert (found, notes) == (None, [])


def test_the_collection_of_old_mapservers_is_one():
    found, _ = only(reply(feature(f"{LAT} {LON}"), envelope("urn:ogc:def:crs:EPSG::4326"), "msFeatureCollection"))
    assert (found.x, found.y) == (LON, LAT)


@pytest.mark.parametrize("has_box", [True, False])
@pytest.mark.parametrize(("crs", "wrong"), [("4547", False), ("3879", False), ("25832", True)])
def test_projections_the_wrong_way_round_are_put_right(crs, wrong, has_box):
    """deegree 509, django-gisserver 16: y first where x is meant, and the other way round."""
    area = {"3879": (25.0, 60.2), "25832": (9.0, 50.0)}.get(crs, (LON, LAT))
    x, y = pyproj.Transformer.from_crs("OGC:CRS84", f"EPSG:{crs}", always_xy=True).transform(*area)
    name = f"urn:ogc:def:crs:EPSG::{crs}"
    places = {True: f"{y} {x}", False: f"{x} {y}"}
    described = capabilities(crs=name)
    corners = b"<ows:LowerCorner>113 22</ows:LowerCorner><ows:UpperCorner>115 23</ows:UpperCorner>"
    near = f"<ows:LowerCorner>{area[0] - 1} {area[1] - 1}</ows:LowerCorner><ows:UpperCorner>{area[0] + 1} {area[1] + 1}"
    described = described.replace(corners, near.encode() + b"</ows:UpperCorner>")
    if not has_box:
        described = described.replace(b"WGS84BoundingBox", b"NoBox")
    for y_first, turned in ((wrong, True), (not wrong, False)):
        body = reply(feature(places[y_first], name))
        rows, notes = asked(wfs(lambda given, body=body: body, lambda: described))
        place = shapely.from_wkb(rows[0].geometry)
        assert (place.x, place.y) == pytest.approx(area, abs=1e-6)
        assert any("order of axes" in note for note in notes) == turned


def test_positions_outside_of_their_system_are_counted_and_left_empty():
    body = reply(feature(numbers("EPSG:4547"), "EPSG:4547") + feature("1e300 5", "EPSG:4547", 2))
    rows, notes = asked(wfs(lambda given: body))
    assert [row.geometry is None for row in rows] == [False, True]
    assert any("1 features" in note and "outside of the coordinate system" in note for note in notes)


def test_a_system_that_nobody_knows_gives_way_to_that_of_the_record():
    """The error says to give the record one: that has to help."""
    name = "urn:ogc:def:crs:EPSG::42304"
    body = reply(feature(numbers("EPSG:4547"), name))
    answers = wfs(lambda given: body, lambda: capabilities(crs=name))
    for crs, count in (((), 0), (("EPSG:4547",), 1)):
        with serving(answers) as url:
            record = ServiceRecord("x", "x", ServiceProtocol.WFS, url, "t0", crs=crs)
            if not count:
                with pytest.raises(InputError, match="not known"):
                    registry.adapter(ServiceProtocol.WFS).query(record, Query(), Wire())
                continue
            found = registry.adapter(ServiceProtocol.WFS).query(record, Query(), Wire())
            (row,) = [row for page in found.pages for row in page]
        place = shapely.from_wkb(row.geometry)
        assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
        assert any("42304' is not known" in note for note in found.notes)
