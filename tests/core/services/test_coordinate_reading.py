"""Coordinates of OGC APIs that are no degrees, or come the other way round, are placed by what the collection says."""

from __future__ import annotations

import pyproj
import pytest
import shapely

from tests.core.services.loopback import Wire, serving
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.cql2.parse import parse
from twin_plugin.core.services import registry
from twin_plugin.core.services.adapter import Query
from twin_plugin.core.services.protocol_table import ServiceProtocol
from twin_plugin.core.services.record import ServiceRecord

LON, LAT = 114.05, 22.54
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CITY = [113.7, 22.4, 114.6, 22.9]


def placed(crs):
    """x and y of the place in a CRS, by pyproj."""
    return pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True).transform(LON, LAT)


def asked(xy, storage="", offered=(), box=CITY, record_crs=(), query=None, named=None):
    """Rows and notes of one collection whose only feature lies at `xy`."""
    place = {"type": "Point", "coordinates": [*xy]}
    feature = {"type": "Feature", "id": 1, "geometry": place, "properties": {"n": 1}}
    items = {"type": "FeatureCollection", "features": [feature], "numberMatched": 1}
    if named:
        items["crs"] = named if isinstance(named, dict) else {"type": "name", "properties": {"name": named}}
    collection = {"id": "c", "links": [], "crs": list(offered)}
    if storage:
        collection["storageCrs"] = storage
    if box:
        collection["extent"] = {"spatial": {"bbox": [box]}}

    def answers(path, given):
        return items if path.endswith("items") else collection if path.endswith("/c") else 404

    with serving(answers) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.OGC_FEATURES, url, "c", crs=record_crs)
        found = registry.adapter(ServiceProtocol.OGC_FEATURES).query(record, query or Query(), Wire())
        rows = [row for page in found.pages for row in page]
    assert found.crs == "EPSG:4326"
    return rows, found.notes


@pytest.mark.parametrize(
    ("crs", "turned", "box"),
    [
        *((crs, False, box) for crs in ("4547", "2326", "25832", "3857") for box in (CITY, None)),
        # Either order of 2326 lies in Hong Kong, and of 3857 in the world: x first is the rule of GeoJSON.
        *((crs, True, box) for crs in ("4547", "25832") for box in (CITY, None)),
        ("3857", True, CITY),
    ],
)
def test_metres_are_placed_by_the_collection(crs, turned, box):
    if crs == "25832":
        lon, lat, box = 9.0, 50.0, box and [6, 47, 15, 55]
        xy = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:25832", always_xy=True).transform(lon, lat)
    else:
        lon, lat = LON, LAT
        xy = placed(f"EPSG:{crs}")
    rows, notes = asked(xy[::-1] if turned else xy, EPSG + crs, box=box)
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((lon, lat), abs=1e-6)
    assert f"taken for EPSG:{crs}" in notes[0]
    assert ["in either order of axes" in note for note in notes[1:]] == [True] * (crs == "2326")


def test_the_record_and_the_list_of_crs_count_where_no_storage_is_named():
    for more in ({"offered": [EPSG + "4547"]}, {"record_crs": ("EPSG:4547",)}):
        place = shapely.from_wkb(asked(placed("EPSG:4547"), **more)[0][0].geometry)
        assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)


def test_the_crs_that_fits_the_box_is_taken_and_not_the_first():
    rows, notes = asked(placed("EPSG:4547"), offered=[EPSG + "25832", EPSG + "4547"])
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert "EPSG:4547" in notes[0]


@pytest.mark.parametrize("box", [CITY, None])
@pytest.mark.parametrize(("crs", "turned"), [("EPSG:4526", False), ("EPSG:4526", True), ("EPSG:3857", False)])
def test_numbers_give_some_systems_away(crs, turned, box):
    xy = placed(crs)
    rows, notes = asked(xy[::-1] if turned else xy, box=box)
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert any(f"by their numbers they were taken for {crs}" in note for note in notes)


@pytest.mark.parametrize(("storage", "box"), [("", CITY), ("", None), (EPSG + "4326", CITY), (EPSG + "25832", CITY)])
def test_metres_that_nothing_explains_are_refused(storage, box):
    with pytest.raises(InputError, match="no degrees"):
        asked(placed("EPSG:4547"), storage, box=box)


def test_latitude_first_is_put_right_and_said():
    for box, (lon, lat) in ((CITY, (LON, LAT)), (None, (LON, LAT)), ([5.8, 47.2, 15.1, 55.1], (9.0, 50.0))):
        rows, notes = asked((lat, lon), box=box)
        place = shapely.from_wkb(rows[0].geometry)
        assert (place.x, place.y) == (lon, lat)
        assert any("order of axes" in note for note in notes)


@pytest.mark.parametrize("xy", [(LON, LAT), (10.0, 50.0), (180.0, 90.0), (294.05, 22.54)])
def test_degrees_stay_as_they_are(xy):
    rows, notes = asked(xy, EPSG + "4547", box=[-180, -90, 180, 90])
    place = shapely.from_wkb(rows[0].geometry)
    assert ((place.x, place.y), notes) == (xy, [])


def test_what_is_done_here_is_done_in_degrees():
    """A box and a filter by place are in degrees, whatever the service sends."""
    near, far = BoundingBox(114, 22, 115, 23), BoundingBox(10, 50, 11, 51)
    for named in ("", "urn:ogc:def:crs:EPSG::4547"):
        for box, count in ((near, 1), (far, 0)):
            rows, _ = asked(placed("EPSG:4547"), EPSG + "4547", query=Query(box=box), named=named)
            assert len(rows) == count
            inside = parse(f"S_INTERSECTS(geometry, BBOX({box.west}, {box.south}, {box.east}, {box.north}))")
            rows, _ = asked(placed("EPSG:4547"), EPSG + "4547", query=Query(filter=inside), named=named)
            assert len(rows) == count


def test_heights_stay():
    x, y = placed("EPSG:4547")
    rows, _ = asked((x, y, 12.5), EPSG + "4547")
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y, place.z) == (pytest.approx(LON, abs=1e-6), pytest.approx(LAT, abs=1e-6), 12.5)
    place = shapely.from_wkb(asked((LAT, LON, 12.5))[0][0].geometry)
    assert (place.x, place.y, place.z) == (LON, LAT, 12.5)


@pytest.mark.parametrize(
    "named",
    [
        "urn:ogc:def:crs:EPSG::4547",
        "EPSG:4547",
        {"type": "EPSG", "properties": {"code": "4547"}},
        {"type": "EPSG", "properties": {"code": 4547}},
    ],
)
def test_the_reply_names_its_own_system(named):
    rows, notes = asked(placed("EPSG:4547"), named=named)
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert notes == ["The service sends its coordinates in EPSG:4547, not in degrees."]


def test_systems_of_esri_and_other_degrees_count():
    x, y = placed("ESRI:53009")
    place = shapely.from_wkb(asked((x, y), named="urn:ogc:def:crs:ESRI::53009")[0][0].geometry)
    assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
    rows, notes = asked((LON, LAT), named="urn:ogc:def:crs:EPSG::4490")
    place = shapely.from_wkb(rows[0].geometry)
    assert ((place.x, place.y), notes) == ((LON, LAT), [])


@pytest.mark.parametrize("paged", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_an_arcgis_server_that_sends_its_own_system_whatever_is_asked(paged, named):
    x, y = placed("EPSG:4547")
    system = {"wkid": 4547}
    layer = {
        "id": 0, "name": "Wells", "type": "Feature Layer", "currentVersion": 9.3, "geometryType": "esriGeometryPoint",
        "objectIdField": "OBJECTID", "fields": [{"name": "OBJECTID", "type": "esriFieldTypeOID"}],
        "advancedQueryCapabilities": {"supportsPagination": paged},
        "extent": {"xmin": x - 9, "ymin": y - 9, "xmax": x + 9, "ymax": y + 9, "spatialReference": system},
    }  # fmt: skip
    reply = {
        "features": [{"attributes": {"OBJECTID": 1}, "geometry": {"x": x, "y": y}}],
        "exceededTransferLimit": False,
    }
    if named:
        reply["spatialReference"] = system

    def answers(path, given):
        if "returnIdsOnly" in given:
            return {"objectIds": [1]}
        return reply if path.endswith("query") else layer

    near, far = BoundingBox(114, 22, 115, 23), BoundingBox(10, 50, 11, 51)
    with serving(answers) as url:
        record = ServiceRecord("x", "x", ServiceProtocol.ARCGIS_FEATURES, f"{url}/W/FeatureServer", "0")
        for box, count in ((near, 1), (far, 0)):
            found = registry.adapter(ServiceProtocol.ARCGIS_FEATURES).query(record, Query(box=box), Wire())
            rows = [row for page in found.pages for row in page]
            assert len(rows) == count
            assert any("EPSG:4547" in note for note in found.notes)
            for row in rows:
                place = shapely.from_wkb(row.geometry)
                assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)


def test_a_system_that_nobody_knows_gives_way_to_that_of_the_record():
    rows, notes = asked(placed("EPSG:4547"), named="urn:ogc:def:crs:EPSG::42304", record_crs=("EPSG:4547",))
    place = shapely.from_wkb(rows[0].geometry)
    assert (place.x, place.y) == pytest.approx((LON, LAT), abs=1e-6)
    assert any("taken for EPSG:4547" in note for note in notes)
    with pytest.raises(InputError):
        asked(placed("EPSG:4547"), named="urn:ogc:def:crs:EPSG::42304")


TURKEY = [26.0, 36.0, 45.0, 42.0]


@pytest.mark.parametrize(
    ("xy", "storage", "box", "said"),
    [
        ((36.9, 37.2), "", TURKEY, True),  # Gaziantep, or some 40 km off in the other order
        ((32.9, 39.9), "", TURKEY, False),  # Ankara; the other order lies south of Turkey
        ((36.9, 37.2), "", [-180, -90, 180, 90], False),  # a box that says nothing
        ((36.9, 37.2), "", None, False),
        ((830_000.0, 820_000.0), f"{EPSG}0/2326", None, True),  # Hong Kong's grid: east and north are alike
        ((37.0, 37.0), "", TURKEY, False),  # the same place
    ],
)
def test_coordinates_that_fit_in_either_order_are_said_to(xy, storage, box, said):
    rows, notes = asked(xy, storage, box=box)
    assert any("in either order of axes" in note for note in notes) == said
    if not storage:  # the first is taken for east
        assert shapely.from_wkb(rows[0].geometry).coords[0] == pytest.approx(xy)
