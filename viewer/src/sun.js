// Where the sun stands: the short formulas of NOAA's solar calculator (Meeus, Astronomical Algorithms, chapters 25 and 28).

const RAD = Math.PI / 180;

/**
 * Altitude (geometric, without refraction) and azimuth from true north, degrees, at a moment in milliseconds since 1970.
 */
export function sunPosition(ms, longitude, latitude) {
  const days = ms / 86400000 + 2440587.5 - 2451545;
  const t = days / 36525;
  const meanLongitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const anomaly = (357.52911 + t * (35999.05029 - 0.0001537 * t)) * RAD;
  const centre =
    Math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    Math.sin(2 * anomaly) * (0.019993 - 0.000101 * t) +
    Math.sin(3 * anomaly) * 0.000289;
  const node = (125.04 - 1934.136 * t) * RAD;
  const apparent = (meanLongitude + centre - 0.00569 - 0.00478 * Math.sin(node)) * RAD;
  const obliquity = (23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * Math.cos(node)) * RAD;
  const declination = Math.asin(Math.sin(obliquity) * Math.sin(apparent));
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const y = Math.tan(obliquity / 2) ** 2;
  const l = meanLongitude * RAD;
  const equation =
    (4 / RAD) *
    (y * Math.sin(2 * l) -
      2 * eccentricity * Math.sin(anomaly) +
      4 * eccentricity * y * Math.sin(anomaly) * Math.cos(2 * l) -
      0.5 * y * y * Math.sin(4 * l) -
      1.25 * eccentricity * eccentricity * Math.sin(2 * anomaly));
  const minutes = (((ms / 60000) % 1440) + 1440) % 1440;
  const hourAngle = ((minutes + equation + 4 * longitude) / 4 - 180) * RAD;
  const phi = latitude * RAD;
  const east = -Math.cos(declination) * Math.sin(hourAngle);
  const north = Math.sin(declination) * Math.cos(phi) - Math.cos(declination) * Math.sin(phi) * Math.cos(hourAngle);
  const up = Math.sin(declination) * Math.sin(phi) + Math.cos(declination) * Math.cos(phi) * Math.cos(hourAngle);
  return { altitude: Math.asin(up) / RAD, azimuth: (Math.atan2(east, north) / RAD + 360) % 360 };
}

/** Unit vector to the sun in the scene's frame, of which `northDeg` is the bearing of true north. */
export function sunVector({ altitude, azimuth }, northDeg) {
  const bearing = (azimuth + northDeg) * RAD;
  const flat = Math.cos(altitude * RAD);
  return [flat * Math.sin(bearing), flat * Math.cos(bearing), Math.sin(altitude * RAD)];
}
