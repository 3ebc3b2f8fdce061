"""Names of coordinate systems, their axis order, transformations and guesses."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely

from twin_plugin.core.common import crs_registry
from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.crs_registry import CrsRegistry, canonical, guess
from twin_plugin.core.common.errors import InputError


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("EPSG:4490", "EPSG:4490"),
        ("epsg:4547", "EPSG:4547"),
        ("4526", "EPSG:4526"),
        (4490, "EPSG:4490"),
        ("urn:ogc:def:crs:EPSG::4490", "EPSG:4490"),
        ("urn:ogc:def:crs:EPSG:6.9:4326", "EPSG:4326"),
        ("urn:x-ogc:def:crs:EPSG:4326", "EPSG:4326"),
        ("http://www.opengis.net/def/crs/EPSG/0/4547", "EPSG:4547"),
        ("https://www.opengis.net/def/crs/EPSG/9.9.1/4547", "EPSG:4547"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "EPSG:4326"),
        ("CRS:84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"),
        ("urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84"),
        ("http://www.opengis.net/def/crs/OGC/0/CRS84h", "OGC:CRS84"),
        ("EPSG:900913", "EPSG:3857"),
        (102100, "EPSG:3857"),
        (102113, "EPSG:3857"),
        ("ESRI:102008", "ESRI:102008"),
        (102008, "ESRI:102008"),
        ("USER:100001", "USER:100001"),
        ("", ""),
        (None, ""),
        ("somewhere", ""),
    ],
)
def test_one_name_for_each(written, name):
    assert canonical(written) == name


def test_a_definition_is_its_own_name():
    wkt = pyproj.CRS("EPSG:4547").to_wkt()
    assert canonical(wkt) == wkt


@pytest.mark.parametrize(
    ("name", "authority", "custom"),
    [
        ("urn:ogc:def:crs:EPSG::4326", True, True),
        ("EPSG:4326", True, False),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", True, True),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", True, False),
        ("urn:ogc:def:crs:EPSG::4490", True, True),
        ("urn:ogc:def:crs:EPSG::4547", True, True),
        ("urn:ogc:def:crs:EPSG::4526", True, True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False, False),
        ("urn:ogc:def:crs:EPSG::3857", False, False),
        ("urn:ogc:def:crs:EPSG::32650", False, False),
        ("USER:100001", False, False),
    ],
)
def test_axis_order(name, authority, custom):
    assert crs_registry.authority_swapped(name) is authority
    assert crs_registry.swapped(name) is custom


def test_axis_order_of_boxes_in_wms():
    assert crs_registry.swapped_in_wms("EPSG:4326", "1.3.0")
    assert not crs_registry.swapped_in_wms("EPSG:4326", "1.1.1")
    assert not crs_registry.swapped_in_wms("CRS:84", "1.3.0")


def test_urn():
    assert crs_registry.urn("EPSG:4490") == "urn:ogc:def:crs:EPSG::4490"
    assert crs_registry.urn("OGC:CRS84") == "urn:ogc:def:crs:OGC:1.3:CRS84"


@pytest.mark.parametrize("name", ["EPSG:4490", "EPSG:4547", "EPSG:4526", "EPSG:3857", "EPSG:4326"])
def test_x_comes_first_whatever_the_authority_says(name):
    point = shapely.Point(114.0, 22.5)
    there = CrsRegistry().transformed(point, "OGC:CRS84", name)
    crs = pyproj.CRS(name)
    if crs.is_geographic:
        assert there.equals_exact(point, 1e-9)
    else:
        # Shenzhen lies at 114 E, the middle of these zones, 2.49 million metres from the equator.
        assert there.y == pytest.approx(2.49e6, rel=0.04)
        assert there.x == pytest.approx({"EPSG:4547": 5e5, "EPSG:4526": 38.5e6, "EPSG:3857": 12690421.9}[name], abs=1)
    assert CrsRegistry().transformed(there, name, "OGC:CRS84").equals_exact(point, 1e-9)


def test_heights_stay():
    there = CrsRegistry().transformed(shapely.Point(114, 22.5, 7.5), "EPSG:4326", "EPSG:4547")
    assert there.z == 7.5


def test_a_person_s_own_crs():
    wkt = pyproj.CRS("EPSG:4547").to_wkt()
    own = CrsRegistry({"USER:100001": wkt})
    point = shapely.Point(114.05, 22.55)
    assert own.transformed(point, "OGC:CRS84", "USER:100001").equals(
        CrsRegistry().transformed(point, "OGC:CRS84", "EPSG:4547")
    )
    with pytest.raises(InputError, match="USER:100001"):
        CrsRegistry().transformer("OGC:CRS84", "USER:100001")


def test_positions_outside_are_told():
    with pytest.raises(InputError, match="lies outside"):
        CrsRegistry().transformed(shapely.Point(0, 95), "OGC:CRS84", "EPSG:3857")


def test_boxes_there_and_back():
    box = BoundingBox(113.8, 22.4, 114.6, 22.9)
    for name in ("EPSG:4547", "EPSG:4490", "EPSG:3857", "OGC:CRS84"):
        again = CrsRegistry().box(CrsRegistry().bounds(box, name), name)
        assert np.allclose([again.west, again.south], [box.west, box.south], atol=0.01)
        assert again.west <= box.west + 1e-9
        assert again.north >= box.north - 1e-9
    assert CrsRegistry().box((0, 0, 1, 1), "nonsense") is None


def test_boxes_are_cut_at_the_end_of_the_world():
    assert crs_registry.clamped(-200, -95, 300, 91) == BoundingBox(-180, -90, 180, 90)
    assert crs_registry.clamped(1, 2, np.nan, 3) is None
    assert crs_registry.clamped(1, 5, 2, 3) is None


@pytest.mark.parametrize("code", [*range(4491, 4502), *range(4513, 4534)])
def test_zones_are_read_from_eastings(code):
    crs = pyproj.CRS(f"EPSG:{code}")
    area = crs.area_of_use
    middle = (area.west + area.east) / 2
    change = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
    x, y = change.transform([middle - 0.4, middle + 0.4], [25.0, 26.0])
    assert guess((x[0], y[0], x[1], y[1])).crs == f"EPSG:{code}"
    turned = guess((y[0], x[0], y[1], x[1]))
    assert turned.crs == f"EPSG:{code}"
    assert turned.swap


@pytest.mark.parametrize(
    ("bounds", "name"),
    [
        ((113.8, 22.4, 114.6, 22.9), "OGC:CRS84"),
        ((-180, -90, 180, 90), "OGC:CRS84"),
        ((-180.01, -90, 180, 90), ""),
        ((-180, -90, 180.01, 90), ""),
        ((-180, -90.01, 180, 90), ""),
        ((-180, -90, 180, 90.01), ""),
        ((12.67e6, 2.56e6, 12.76e6, 2.62e6), "EPSG:3857"),
        ((480_000, 2_480_000, 520_000, 2_520_000), ""),  # no zone in front: any could be meant
        ((38.4e6, 2.4e6, 39.6e6, 2.5e6), ""),
        ((np.nan, 0, 1, 1), ""),
    ],
)
def test_guesses(bounds, name):
    found = guess(bounds)
    assert found.crs == name
    assert bool(found.note) == bool(name)
