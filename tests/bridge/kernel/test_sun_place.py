"""The sun at a place of the map: latitude, longitude, and the map's north against true north."""

from __future__ import annotations

import math
from datetime import date

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsPointXY, QgsProject

from twin_plugin.bridge.kernel.sun_place import sun_day
from twin_plugin.core.common.errors import InputError

DAY = date(2001, 1, 20)


def placed(crs, longitude, latitude):
    to = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
    return to.transform(QgsPointXY(longitude, latitude))


@pytest.mark.parametrize(("code", "middle"), [("EPSG:4547", 114.0), ("EPSG:32650", 117.0), ("EPSG:32756", 153.0)])
@pytest.mark.parametrize("aside", [-1.2, 0.0, 0.9])
def test_convergence_is_that_of_the_projection(qgis_app, code, middle, aside):
    crs = QgsCoordinateReferenceSystem(code)
    latitude = -33.9 if code == "EPSG:32756" else 22.55
    at = placed(crs, middle + aside, latitude)
    sun = sun_day(crs, at.x(), at.y(), DAY)
    assert sun.latitude_deg == pytest.approx(latitude, abs=1e-4)
    assert sun.longitude_deg == pytest.approx(middle + aside, abs=1e-4)
    # A transverse Mercator projection turns north by atan(tan(longitude from the middle) sin(latitude)).
    exact = math.degrees(math.atan(math.tan(math.radians(aside)) * math.sin(math.radians(latitude))))
    assert sun.map_north_deg == pytest.approx(exact, abs=0.005)
    noon = sun.at(12.0)
    assert (noon.azimuth_deg[0] + sun.map_north_deg) % 180.0 == pytest.approx(0.0, abs=1e-6) or (
        noon.azimuth_deg[0] + sun.map_north_deg
    ) % 180.0 == pytest.approx(180.0, abs=1e-6)


def test_another_latitude_may_be_given(qgis_app):
    crs = QgsCoordinateReferenceSystem("EPSG:4547")
    assert sun_day(crs, 506_000.0, 2_494_000.0, DAY, 30.0).latitude_deg == 30.0


def test_a_place_off_the_earth_is_refused(qgis_app):
    with pytest.raises(InputError, match="set the CRS"):
        sun_day(QgsCoordinateReferenceSystem("EPSG:4547"), 1e12, 1e12, DAY)
