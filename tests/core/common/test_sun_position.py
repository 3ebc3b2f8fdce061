"""Positions of the sun against pvlib, and by properties of the sphere."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from twin_plugin.core.common.sun_position import SunDay

LATITUDE, LONGITUDE = 22.55, 114.06
PVLIB = {  # pvlib 0.16, 2001, Shenzhen: true solar time, altitude, azimuth
    date(2001, 1, 20): [
        (8.0, 17.541, 121.493), (8.5, 23.312, 125.800), (9.0, 28.754, 130.775), (9.5, 33.772, 136.558),
        (10.0, 38.240, 143.291), (10.5, 42.004, 151.081), (11.0, 44.886, 159.938), (11.5, 46.709, 169.702),
        (12.0, 47.338, 180.0),
    ],
    date(2001, 12, 21): [
        (8.0, 15.730, 124.360), (8.5, 21.300, 128.621), (9.0, 26.525, 133.521), (9.5, 31.311, 139.173),
        (10.0, 35.539, 145.681), (10.5, 39.071, 153.110), (11.0, 41.753, 161.438), (11.5, 43.436, 170.506),
        (12.0, 44.011, 180.0),
    ],
}  # fmt: skip


def shenzhen(day, **values):
    return SunDay(day, LATITUDE, LONGITUDE, **values)


@pytest.mark.parametrize("day", PVLIB)
def test_the_table_of_pvlib(day):
    tst, altitude, azimuth = np.array(PVLIB[day]).T
    path = shenzhen(day).at(tst)
    assert np.abs(path.altitude_deg - altitude).max() < 0.005
    assert np.abs(path.azimuth_deg - azimuth).max() < 0.005
    afternoon = shenzhen(day).at(24 - tst)
    assert np.abs(afternoon.altitude_deg - altitude).max() < 0.15  # the declination changes by .1 in eight hours
    assert np.abs(afternoon.azimuth_deg - (360 - azimuth)).max() < 0.15


@pytest.mark.parametrize("year", [2001, 2015, 2030])
@pytest.mark.parametrize("place", [(LATITUDE, LONGITUDE), (39.9, 116.4), (-33.9, 151.2)])
def test_a_year_against_pvlib(year, place):
    pandas, solar = pytest.importorskip("pandas"), pytest.importorskip("pvlib.solarposition")
    latitude, longitude = place
    moments = pandas.date_range(f"{year}-01-01", f"{year}-12-31", freq="97h", tz="UTC")
    known = solar.get_solarposition(moments, latitude, longitude)
    worst = np.zeros(2)
    for moment, altitude, azimuth in zip(moments, known.elevation, known.azimuth, strict=True):
        clock_h = moment.hour + moment.minute / 60
        sun = SunDay(moment.date(), latitude, longitude)
        path = sun.at(sun.tst_h(clock_h, 0.0))
        turn = abs((path.azimuth_deg[0] - azimuth + 180) % 360 - 180) if altitude < 75 else 0.0
        worst = np.maximum(worst, [abs(path.altitude_deg[0] - altitude), turn])
    assert worst[0] < 0.02
    assert worst[1] < 0.04


def test_a_fixed_declination():
    path = shenzhen(date(2001, 1, 20), declination_deg=-20.14).at(np.array([8.0, 9, 10, 11, 12]))
    assert path.altitude_deg == pytest.approx([17.547, 28.755, 38.233, 44.869, 47.310], abs=6e-4)
    noon = 90 - LATITUDE - 20.14
    assert path.altitude_deg[-1] == pytest.approx(noon, abs=1e-9)
    assert 30 / np.tan(np.radians(path.altitude_deg[[4, 1, 0]])) == pytest.approx([27.674, 54.670, 94.874], abs=2e-3)
    both = shenzhen(date(2001, 1, 20), declination_deg=-20.14).at(np.array([9.25, 14.75]))
    assert both.altitude_deg[0] == pytest.approx(both.altitude_deg[1], abs=1e-9)
    assert both.azimuth_deg.sum() == pytest.approx(360, abs=1e-9)


def test_solar_time_and_clocks():
    great_cold, solstice = shenzhen(date(2001, 1, 20)), shenzhen(date(2001, 12, 21))
    assert great_cold.equation_of_time_min(8.0) == pytest.approx(-10.93, abs=0.05)
    assert solstice.equation_of_time_min(8.0) == pytest.approx(2.10, abs=0.05)
    assert great_cold.clock_h(8.0, 8.0) * 3600 == pytest.approx(8 * 3600 + 34 * 60 + 41, abs=3)
    assert solstice.clock_h(8.0, 8.0) * 3600 == pytest.approx(8 * 3600 + 21 * 60 + 39, abs=3)
    hours = np.linspace(0, 24, 25)
    assert great_cold.tst_h(great_cold.clock_h(hours, 8.0), 8.0) == pytest.approx(hours, abs=1e-7)


def test_the_map_may_be_turned_from_true_north():
    straight, turned = (shenzhen(date(2001, 1, 20), map_north_deg=a).at(10.0) for a in (0.0, 0.6))
    assert turned.azimuth_deg[0] == pytest.approx(straight.azimuth_deg[0] - 0.6)
    assert turned.altitude_deg[0] == straight.altitude_deg[0]


def test_midpoints_fill_the_band():
    path = shenzhen(date(2001, 1, 20)).midpoints(8.0, 16.0, 5.0)
    assert len(path) == 96
    assert path.tst_h[[0, -1]] == pytest.approx([8 + 2.5 / 60, 16 - 2.5 / 60])
    assert len(path) * path.step_h == pytest.approx(8.0)
    odd = shenzhen(date(2001, 1, 20)).midpoints(8.0, 9.0, 7.0)
    assert len(odd) == 9
    assert odd.step_h * 60 < 7


def test_sunrise_and_sunset():
    sun = shenzhen(date(2001, 1, 20))
    assert sun.at(np.array(sun.up_h())).altitude_deg == pytest.approx([0, 0], abs=1e-4)
    assert SunDay(date(2001, 12, 21), 75.0, 20.0).up_h() == (12.0, 12.0)
    assert SunDay(date(2001, 6, 21), 75.0, 20.0).up_h() == (0.0, 24.0)
    equinox = SunDay(date(2001, 3, 20), LATITUDE, LONGITUDE, declination_deg=0.0)
    assert equinox.up_h() == pytest.approx((6.0, 18.0))


def test_days_follow_each_other():
    """At 24 h the sun stands where it does at 0 h of the next day."""
    first, second = (shenzhen(date(2001, 1, 20) + timedelta(days=n)) for n in (0, 1))
    assert first.at(24.0).altitude_deg == pytest.approx(second.at(0.0).altitude_deg, abs=1e-9)


def test_julian_days():
    """The declination of NOAA's calculator at an equinox (2024-03-20 03:06 UTC) is 0 within its accuracy."""
    moment = datetime(2024, 3, 20, 3, 6, tzinfo=UTC)
    sun = SunDay(moment.date(), 0.0, 0.0)
    assert sun.declination(sun.tst_h(3.1, 0.0))[()] == pytest.approx(0.0, abs=0.01)
