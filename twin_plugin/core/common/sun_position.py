"""Where the sun stands on a day at a place, by true solar time.

Declination and equation of time are the short formulas of Meeus, Astronomical Algorithms, 2nd edition, chapters 25 and
28, as in NOAA's solar calculator: altitudes within .02 degrees and azimuths within .04 of the algorithm of Reda and
Andreas (2004) while the sun is lower than 75 degrees. Altitudes are geometric, without refraction, as reviews of
sunlight ask for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from .prisms import Floats

J2000_DAY = date(2000, 1, 1)
"""Its noon is Julian day 2451545.0."""


@dataclass(frozen=True, eq=False)
class SunPath:
    """Positions of the sun.

    Attributes
    ----------
    tst_h : ndarray of float64, shape (n,)
        True solar time in hours: at 12 the sun is highest.
    altitude_deg : ndarray of float64, shape (n,)
        Above the horizon, without refraction; negative at night.
    azimuth_deg : ndarray of float64, shape (n,)
        Clockwise from the north of the map, 0 to 360.
    step_h : float
        How long each position stands for; 0 where they are single moments.
    """

    tst_h: Floats
    altitude_deg: Floats
    azimuth_deg: Floats
    step_h: float = 0.0

    def __len__(self) -> int:
        return len(self.tst_h)


@dataclass(frozen=True)
class SunDay:
    """The sun of a day at a place.

    Attributes
    ----------
    day : date
    latitude_deg, longitude_deg : float
        North and east positive.
    map_north_deg : float
        Bearing of the map's north from true north, clockwise positive: the convergence of the meridian.
    declination_deg : float or None
        A fixed declination in the place of the day's, as worked examples have.
    """

    day: date
    latitude_deg: float
    longitude_deg: float
    map_north_deg: float = 0.0
    declination_deg: float | None = None

    def at(self, tst_h: Floats | float, step_h: float = 0.0) -> SunPath:
        """The sun at times of the day."""
        tst = np.atleast_1d(np.asarray(tst_h, np.float64))
        dec, lat, hour = np.radians(self.declination(tst)), np.radians(self.latitude_deg), np.radians(15 * (tst - 12))
        up = np.sin(dec) * np.sin(lat) + np.cos(dec) * np.cos(lat) * np.cos(hour)
        north = np.sin(dec) * np.cos(lat) - np.cos(dec) * np.sin(lat) * np.cos(hour)
        east = -np.cos(dec) * np.sin(hour)
        azimuth = (np.degrees(np.arctan2(east, north)) - self.map_north_deg) % 360.0
        return SunPath(tst, np.degrees(np.arctan2(up, np.hypot(east, north))), azimuth, step_h)

    def midpoints(self, start_h: float, end_h: float, step_min: float) -> SunPath:
        """The sun in the middle of equal steps of at most `step_min`, which fill a band without overlap."""
        number = max(int(np.ceil((end_h - start_h) * 60.0 / step_min - 1e-9)), 1)
        step_h = (end_h - start_h) / number
        return self.at(start_h + (np.arange(number) + 0.5) * step_h, step_h)

    def declination(self, tst_h: Floats) -> Floats:
        """Declination at times of the day, degrees."""
        if self.declination_deg is not None:
            return np.full(np.shape(tst_h), self.declination_deg)
        return _solar(self._days(tst_h))[0]

    def equation_of_time_min(self, tst_h: Floats | float) -> Floats:
        """True less mean solar time, minutes."""
        return _solar(self._days(np.asarray(tst_h, np.float64)))[1]

    def clock_h(self, tst_h: Floats | float, zone_h: float) -> Floats:
        """What clocks of a zone (hours ahead of UTC, 8 in China) show at times of true solar time."""
        tst = np.asarray(tst_h, np.float64)
        return tst - self.equation_of_time_min(tst) / 60.0 + zone_h - self.longitude_deg / 15.0

    def tst_h(self, clock_h: Floats | float, zone_h: float) -> Floats:
        """True solar time of what clocks of a zone show."""
        mean = np.asarray(clock_h, np.float64) - zone_h + self.longitude_deg / 15.0
        tst = mean
        for _ in range(3):  # the equation of time changes by at most half a second in an hour
            tst = mean + self.equation_of_time_min(tst) / 60.0
        return tst

    def up_h(self) -> tuple[float, float]:
        """Times of sunrise and sunset by geometry; (12, 12) in polar night and (0, 24) where the sun does not set."""
        lat, half = np.radians(self.latitude_deg), np.array([6.0, 6.0])
        for _ in range(4):
            dec = np.radians(self.declination(np.array([12.0 - half[0], 12.0 + half[1]])))
            half = np.degrees(np.arccos(np.clip(-np.tan(lat) * np.tan(dec), -1.0, 1.0))) / 15.0
        return float(12.0 - half[0]), float(12.0 + half[1])

    def _days(self, tst_h: Floats) -> Floats:
        """Days since J2000 at times of true solar time; the equation of time, a quarter of an hour, changes nothing."""
        return (self.day - J2000_DAY).days - 0.5 + (tst_h - self.longitude_deg / 15.0) / 24.0


def _solar(days: Floats) -> tuple[Floats, Floats]:
    """Apparent declination in degrees, and equation of time in minutes, at days since J2000."""
    t = days / 36525.0
    longitude = 280.46646 + t * (36000.76983 + t * 0.0003032)
    anomaly = np.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    centre = (
        np.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + np.sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + np.sin(3 * anomaly) * 0.000289
    )
    node = np.radians(125.04 - 1934.136 * t)
    apparent = np.radians(longitude + centre - 0.00569 - 0.00478 * np.sin(node))
    seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))
    obliquity = np.radians(23.0 + (26.0 + seconds / 60.0) / 60.0 + 0.00256 * np.cos(node))
    declination = np.degrees(np.arcsin(np.sin(obliquity) * np.sin(apparent)))
    y, mean = np.tan(obliquity / 2) ** 2, np.radians(longitude)
    equation = (
        y * np.sin(2 * mean)
        - 2 * eccentricity * np.sin(anomaly)
        + 4 * eccentricity * y * np.sin(anomaly) * np.cos(2 * mean)
        - 0.5 * y**2 * np.sin(4 * mean)
        - 1.25 * eccentricity**2 * np.sin(2 * anomaly)
    )
    return declination, 4.0 * np.degrees(equation)
