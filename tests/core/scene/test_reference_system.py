"""Codes of reference systems, with and without a vertical datum."""

import pytest

from twin_plugin.core.common.crs import CRS
from twin_plugin.core.scene.reference_system import reference_system


@pytest.mark.parametrize(
    ("crs", "vertical", "code", "name"),
    [
        ("EPSG:28992", "NAP height", 7415, "urn:ogc:def:crs:EPSG::7415"),
        ("EPSG:28992", "EPSG:5709 (NAP height)", 7415, "urn:ogc:def:crs:EPSG::7415"),
        ("EPSG:7415", "", 7415, "urn:ogc:def:crs:EPSG::7415"),
        ("EPSG:28992", "", 28992, "urn:ogc:def:crs:EPSG::28992"),
        ("EPSG:28992", "the datum of the town", 28992, "urn:ogc:def:crs:EPSG::28992"),
        ("EPSG:28992", "EPSG:28992", 28992, "urn:ogc:def:crs:EPSG::28992"),
        ("EPSG:28992", "EPSG:999999", 28992, "urn:ogc:def:crs:EPSG::28992"),
        ("EPSG:32650", "1985国家高程基准", 32650, "urn:ogc:def:crs,crs:EPSG::32650,crs:EPSG::5737"),
        ("EPSG:4547", "1985 National Height Datum", 4547, "EPSG:4547"),
    ],
)
def test_the_register_has_a_code(crs: str, vertical: str, code: int, name: str) -> None:
    found = reference_system(crs, vertical)
    assert (found.code, found.srs_name) == (code, name)
    assert found.url == f"https://www.opengis.net/def/crs/EPSG/0/{code}"
    assert CRS.from_epsg(code).is_compound == bool(found.compound)


def test_a_plane_of_its_own_has_none() -> None:
    found = reference_system("+proj=aeqd +lat_0=22.5 +lon_0=114 +units=m +type=crs", "NAP height")
    assert (found.code, found.url, found.srs_name) == (0, "", "")


def test_northings_first_are_not_promised_by_a_urn() -> None:
    """A URN promises the register's order of axes, which is north, east in CGCS2000; the file has x, y."""
    assert CRS.from_epsg(4547).axis_info[0].direction == "north"
    assert not reference_system("EPSG:4547", "").east_first
