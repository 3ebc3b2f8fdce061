"""Boxes in any CRS and order of axes; the expected ones are computed by pyproj from the corners, or are well known."""

from __future__ import annotations

import pytest
from pyproj import Transformer

from twin_plugin.core.common.bbox import BoundingBox
from twin_plugin.core.common.box_in_degrees import box_in_degrees
from twin_plugin.core.common.remarks import collected

SHENZHEN = BoundingBox(113.7, 22.4, 114.6, 22.9)
EDGE = 20037508.3427892


def read(numbers, *names, y_first=False):
    """The box, and what was remarked."""
    with collected() as remarks:
        return box_in_degrees(numbers, names, "Drains", y_first=y_first), remarks.texts()


def close(box, expected, degrees=0.02):
    sides = ("west", "south", "east", "north")
    return all(abs(getattr(box, side) - getattr(expected, side)) <= degrees for side in sides)


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:4526", "EPSG:2326", "EPSG:3857", "EPSG:32650", "EPSG:4490"])
@pytest.mark.parametrize("y_first", [False, True])
@pytest.mark.parametrize("told", [False, True])
def test_every_order_of_axes_is_found(crs, y_first, told):
    west, south, east, north = 113.9, 22.3, 114.3, 22.5
    x, y = Transformer.from_crs("OGC:CRS84", crs, always_xy=True).transform([west, east], [south, north])
    corners = [y[0], x[0], y[1], x[1]] if y_first else [x[0], y[0], x[1], y[1]]
    if crs in ("EPSG:3857", "EPSG:2326") and y_first != told:
        return  # both orders lie in its area: the rule decides
    box, said = read(corners, crs, y_first=told)
    assert close(box, BoundingBox(west, south, east, north), 0.03)
    assert bool(said) == (y_first != told)


def test_metres_where_degrees_were_promised():
    box, said = read([467000, 2486000, 560000, 2540000], "OGC:CRS84", "EPSG:4547")
    assert close(box, BoundingBox(113.68, 22.47, 114.59, 22.96))
    assert "EPSG:4547" in said[0]
    world, _ = read([-EDGE, -EDGE, EDGE, EDGE], "OGC:CRS84", "EPSG:3857")
    assert close(world, BoundingBox(-180, -85.0511, 180, 85.0511))


def test_corners_that_are_exchanged():
    """GeoNetwork writes LowerCorner as east south."""
    name = "urn:ogc:def:crs:::WGS 1984"
    assert read([114.6, 22.4, 113.7, 22.9], name) == (SHENZHEN, [])
    assert read([51.1, -34.6, -17.3, 38.2], name)[0] == BoundingBox(-17.3, -34.6, 51.1, 38.2)
    assert read([113.7, 22.9, 114.6, 22.4], name)[0] == SHENZHEN


def test_boxes_across_the_180th_meridian_stay():
    for numbers in ([160, -50, -170, -30], [160, -50, 190, -30], [-200, -50, -170, -30]):
        box, _ = read(numbers, "OGC:CRS84")
        assert (box.south, box.north) == (-50, -30)
        assert box.west in (160, -180)
    assert read([100, 0, 300, 10], "OGC:CRS84")[0] == BoundingBox(100, 0, -60, 10)
    assert read([0, -90, 360, 90], "OGC:CRS84")[0] == BoundingBox(-180, -90, 180, 90)


def test_what_fits_nothing_is_left_out_with_a_remark():
    box, said = read([467000, 2486000, 560000, 2540000], "OGC:CRS84")
    assert box is None
    assert "left out" in said[0]
    assert read([1e12, 1e12, 2e12, 2e12], "EPSG:4547")[0] is None
    assert read([1, 2, 3], "OGC:CRS84") == (None, [])
    assert read([float("nan"), 2, 3, 4], "OGC:CRS84") == (None, [])


def test_degrees_outside_the_area_of_a_system_are_kept_with_a_remark():
    box, said = read([5, 50, 7, 52], "EPSG:4490")
    assert box == BoundingBox(5, 50, 7, 52)
    assert "outside the area of EPSG:4490" in said[0]
