"""Finds the place of a model on the map, or says why it has none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..common import crs as crs_names
from ..common.crs import CRS
from .conversion import Conversion, SitePoint, default_place, read_conversion, read_site, true_north, world_offset
from .model import Confidence, Floats, Georeference, LocalToMap

ABSOLUTE_M = 10_000.0
"""Coordinates further from zero than this are map coordinates, not a model's own."""

TWICE_M = 50_000.0
FOOT_M = 0.3048
SCALE_RANGE = (0.98, 1.02)
FAR_M = 20_000.0


@dataclass(frozen=True)
class Tie:
    """A place given by the user: the model's zero point and the bearing of its y axis, clockwise from grid north."""

    x: float
    y: float
    z: float
    bearing_deg: float
    crs: str


def resolve(
    model: Any, unit_m: float, centre: Floats | None, source_crs: str = "", tie: Tie | None = None
) -> Georeference:
    """Resolve the place of a model.

    Parameters
    ----------
    model : ifcopenshell.file
    unit_m : float
        Metres in one project unit.
    centre : ndarray, shape (3,), or None
        Centre of the meshes in model metres; None for a model without shapes.
    source_crs : str
        The CRS of coordinates for which the model names none, "" for none.
    tie : Tie, optional
        The user's placement, which goes before everything the model says.
    """
    if tie is not None:
        return from_tie(tie)
    site = read_site(model, unit_m)
    if centre is None:
        centre = site.placement[:3, 3] if site is not None else np.zeros(3)
    notes: list[str] = []
    conversion = read_conversion(model, notes)
    if conversion is not None:
        found = from_conversion(conversion, unit_m, world_offset(model, unit_m), centre, source_crs, site, notes)
        if found is not None:
            return found
    found = from_absolute(centre, source_crs, notes)
    if found is None and site is not None:
        found = from_site(site, true_north(model), centre, notes)
    return found if found is not None else Georeference(warnings=tuple(notes))


def from_tie(tie: Tie) -> Georeference:
    """The place that the user gave."""
    crs = crs_names.parse(tie.crs)
    if crs is None:
        return Georeference(warnings=(f"The placement names the CRS '{tie.crs}', which is not known.",))
    flat = crs_names.horizontal(crs)
    turn = math.radians(tie.bearing_deg)
    scale = 1.0 / crs_names.unit_m(flat)
    to_map = LocalToMap(crs_names.label(flat), tie.x, tie.y, tie.z, math.cos(turn), -math.sin(turn), scale, scale)
    named = crs_names.vertical("", crs)
    return Georeference(60, "placement", Confidence.SURE, to_map, 1.0, vertical_datum=named)


def from_conversion(
    given: Conversion,
    unit_m: float,
    offset: Floats,
    centre: Floats,
    source_crs: str,
    site: SitePoint | None,
    notes: list[str],
) -> Georeference | None:
    """The place by a map conversion; None, with a note, when it cannot be used."""
    crs = crs_names.parse(given.crs_name)
    if crs is None:
        crs = crs_names.parse(source_crs)
        named = f"names the CRS '{given.crs_name}', which is not known" if given.crs_name else "names no CRS"
        notes.append(
            f"The map conversion {named}; " + ("SOURCE_CRS was used." if crs is not None else "give SOURCE_CRS.")
        )
        if crs is None:
            return None
    flat = crs_names.horizontal(crs)
    if given.angles or flat.is_geographic:
        found = _from_angles(given, flat, unit_m, offset, site, notes)
    else:
        found = _from_metres(given, flat, unit_m, offset, centre, site, notes)
    return found and replace(found, vertical_datum=crs_names.vertical(given.vertical, crs))


def _from_metres(
    given: Conversion,
    flat: CRS,
    unit_m: float,
    offset: Floats,
    centre: Floats,
    site: SitePoint | None,
    notes: list[str],
) -> Georeference | None:
    """The place by a map conversion to a projected CRS."""
    zero = given.first == 0.0 and given.second == 0.0 and crs_names.in_area(flat, 0.0, 0.0) is False
    if zero and not _is_absolute(centre):
        notes.append("The map conversion is all zero and was ignored.")
        return None
    per_metre = 1.0 / crs_names.unit_m(flat)
    if _twice(given, flat, centre, per_metre, zero):
        notes.append(
            "The map conversion is all zero, and the coordinates lie in its CRS already."
            if zero
            else "The model is georeferenced twice: its coordinates lie in the CRS already; the map conversion was "
            "skipped."
        )
        to_map = LocalToMap(crs_names.label(flat), 0.0, 0.0, 0.0, scale_x=per_metre, scale_y=per_metre)
        return Georeference(50, given.source, Confidence.SURE, to_map, 1.0, tuple(notes))
    flat, east, factor, sure = _eastings(given, flat, unit_m, notes)
    scale, sure_scale = _scale(given, unit_m, notes)
    to_map = LocalToMap(
        crs_names.label(flat),
        east,
        given.second * factor,
        given.height * factor / per_metre,
        given.abscissa,
        given.ordinate,
        scale * given.factors[0] * per_metre,
        scale * given.factors[1] * per_metre,
        scale * given.factors[2],
    )
    confidence = Confidence.SURE if sure and sure_scale else Confidence.UNSURE
    result = Georeference(50, given.source, confidence, _without_offset(to_map, offset), scale, ())
    _compare(result, site, notes)
    return replace(result, warnings=tuple(notes))


def _from_angles(
    given: Conversion, flat: CRS, unit_m: float, offset: Floats, site: SitePoint | None, notes: list[str]
) -> Georeference | None:
    """A rigid operation in a geographic CRS: a plane that touches the earth; no metres are added to degrees."""
    geodetic = flat.geodetic_crs or flat
    first, second = given.first, given.second
    lat_first = str(geodetic.axis_info[0].direction).lower() == "north" if geodetic.axis_info else True
    if not given.angles:
        # A map conversion says which is which: the eastings are the longitude.
        lat_first = lat_first and given.source == "IfcRigidOperation"
    orders = [(first, second), (second, first)] if lat_first else [(second, first), (first, second)]
    fitting = [
        order
        for order in orders
        if abs(order[0]) <= 90 and crs_names.in_area(geodetic, order[1], order[0]) is not False
    ]
    if not fitting:
        notes.append("The map conversion's latitude and longitude lie outside the area of its CRS and were ignored.")
        return None
    lat, lon = fitting[0]
    sure = len(fitting) == 1
    if not sure and site is not None:
        lat, lon = min(fitting, key=lambda order: abs(order[0] - site.lat) + abs(order[1] - site.lon))
        sure = True
    if (lat, lon) != orders[0]:
        notes.append(
            "Longitude stands before latitude, against the order of the CRS; the order that fits its area was used."
        )
    if not sure:
        notes.append("Latitude and longitude may be swapped: both orders lie in the area of the CRS.")
    datum = geodetic.ellipsoid
    shape = f"+a={datum.semi_major_metre:.12g} +rf={datum.inverse_flattening:.12g}" if datum is not None else ""
    plane = crs_names.local_plane(lat, lon, "" if geodetic.to_epsg() == 4326 else shape)
    height_unit = given.height_unit_m or given.map_unit_m or unit_m
    to_map = LocalToMap(plane, 0.0, 0.0, given.height * height_unit, given.abscissa, given.ordinate)
    confidence = Confidence.SURE if sure else Confidence.UNSURE
    return Georeference(50, given.source, confidence, _without_offset(to_map, offset), 1.0, tuple(notes))


def _is_absolute(centre: Floats) -> bool:
    return bool(math.hypot(float(centre[0]), float(centre[1])) > ABSOLUTE_M)


def _twice(given: Conversion, flat: CRS, centre: Floats, per_metre: float, zero: bool = False) -> bool:
    """Whether raw coordinates lie in the CRS's area already, near the conversion's point or where it leads outside.

    A conversion that is all `zero`, where that is no place of the CRS, says no more than the name of the CRS.
    """
    x, y = float(centre[0]) * per_metre, float(centre[1]) * per_metre
    if not _is_absolute(centre) or crs_names.in_area(flat, x, y) is not True:
        return False
    if zero or math.hypot(given.first, given.second) < ABSOLUTE_M:
        return zero
    near = math.hypot(x - given.first, y - given.second) < TWICE_M * per_metre
    return near or crs_names.in_area(flat, x + given.first, y + given.second) is False


def _eastings(given: Conversion, flat: CRS, unit_m: float, notes: list[str]) -> tuple[CRS, float, float, bool]:
    """The CRS, the easting, the factor for eastings and northings, and whether the result lies in the CRS's area."""
    axis_m = crs_names.unit_m(flat)
    formal = (given.map_unit_m or axis_m) / axis_m
    # What the file says of its map unit goes before what others use to mean: a US survey foot is not a foot.
    factors = list(dict.fromkeys((1.0, formal, unit_m / axis_m, 0.001, FOOT_M, 1.0 / FOOT_M)))
    for factor in factors:
        inside = crs_names.in_area(flat, given.first * factor, given.second * factor)
        if inside is None:
            notes.append("The CRS names no area of use, so the place could not be checked.")
            return flat, given.first * formal, formal, True
        if inside:
            sure = True
            if factor != 1.0:
                notes.append(
                    f"Eastings and northings were multiplied by {factor:g}: as written they lie outside the CRS's area."
                )
            elif abs(formal - 1.0) > 1e-3:
                notes.append(f"The map unit named is {formal:g} units of the CRS; as written the place fits the CRS.")
                sure = not crs_names.in_area(flat, given.first * formal, given.second * formal)
            return flat, given.first * factor, factor, sure
    prefix = crs_names.prefix_m(flat)
    if prefix and crs_names.in_area(flat, given.first + prefix, given.second):
        notes.append(f"The easting lacks the zone prefix {prefix / 1e6:.0f} of the CRS, which was added.")
        return flat, given.first + prefix, 1.0, True
    zone = crs_names.zoned(given.first, given.second, flat)
    other = crs_names.parse(zone)
    if zone is not None and other is not None:
        notes.append(f"The easting carries a zone prefix: {zone} was used instead of {crs_names.label(flat)}.")
        return other, given.first, 1.0, True
    notes.append("Eastings and northings lie outside the area of the CRS: check them.")
    return flat, given.first, 1.0, False


def _scale(given: Conversion, unit_m: float, notes: list[str]) -> tuple[float, bool]:
    """Map metres for one model metre, and whether that can be trusted.

    By the standard Scale also converts units, so 0.001 belongs to millimetres against metres; left out it means 1
    whatever the units are, some write the bare factor, and official samples have it upside down.
    """
    if given.scale is None or given.scale <= 0:
        return 1.0, True
    map_m = given.map_unit_m or 1.0
    readings = {
        "": given.scale * map_m / unit_m,
        "Scale was read as a plain factor, not as one that converts units.": given.scale,
        "Scale is written upside down and was inverted.": map_m / (given.scale * unit_m),
        "Scale was read against metres, not against the map unit it names.": given.scale / unit_m,
        "Scale was read as feet.": given.scale / FOOT_M,
    }
    for note, value in readings.items():
        if SCALE_RANGE[0] <= value <= SCALE_RANGE[1]:
            value = 1.0 if abs(value - 1.0) < 1e-9 else value
            if note and abs(given.scale - 1.0) > 1e-9:
                notes.append(note)
            return value, True
    notes.append(f"Scale {given.scale:g} fits no pair of units and was read as 1.")
    return 1.0, False


def _without_offset(to_map: LocalToMap, offset: Floats) -> LocalToMap:
    """The transformation for coordinates from which the WorldCoordinateSystem has not been removed."""
    if np.allclose(offset, np.eye(4), atol=1e-12):
        return to_map
    turn = offset[:2, :2].T
    local = np.array([[*(-turn @ offset[:2, 3]), -offset[2, 3]]])
    x, y, z = to_map.apply(local)[0]
    cos = to_map.cos * turn[0, 0] - to_map.sin * turn[1, 0]
    sin = to_map.sin * turn[0, 0] + to_map.cos * turn[1, 0]
    return replace(to_map, x=float(x), y=float(y), z=float(z), cos=float(cos), sin=float(sin))


def _compare(found: Georeference, site: SitePoint | None, notes: list[str]) -> None:
    """Warn when the site's latitude and longitude lie far from the map conversion."""
    if site is None or found.to_map is None or default_place(site.lat, site.lon):
        return
    crs = crs_names.parse(found.to_map.crs)
    lonlat = crs_names.to_lonlat(crs, found.to_map.x, found.to_map.y) if crs is not None else None
    if lonlat is None:
        return
    north = (lonlat[1] - site.lat) * 111_000.0
    east = (lonlat[0] - site.lon) * 111_000.0 * math.cos(math.radians(site.lat))
    apart = math.hypot(north, east)
    if apart > FAR_M:
        notes.append(
            f"The site's latitude and longitude lie {apart / 1000:,.0f} km from the map conversion, which was used."
        )


def from_absolute(centre: Floats, source_crs: str, notes: list[str]) -> Georeference | None:
    """The place of a model whose own coordinates are map coordinates; None when they are not or no CRS fits."""
    if not _is_absolute(centre):
        return None
    x, y = float(centre[0]), float(centre[1])
    user = crs_names.parse(source_crs)
    zone = crs_names.zoned(x, y, user)
    if user is not None:
        flat = crs_names.horizontal(user)
        per_metre = 1.0 / crs_names.unit_m(flat)
        if flat.is_projected and crs_names.in_area(flat, x * per_metre, y * per_metre) is not False:
            to_map = LocalToMap(crs_names.label(flat), 0.0, 0.0, 0.0, scale_x=per_metre, scale_y=per_metre)
            return Georeference(30, "absolute coordinates, SOURCE_CRS", Confidence.SURE, to_map, 1.0, tuple(notes))
    if zone is not None:
        told = user is not None
        notes.append(
            f"The easting carries the zone prefix {int(x // 1e6)}: {zone} was used"
            + ("." if told else "; the datum is a guess.")
        )
        to_map = LocalToMap(zone, 0.0, 0.0, 0.0)
        confidence = Confidence.SURE if told else Confidence.UNSURE
        return Georeference(30, "absolute coordinates, zone prefix", confidence, to_map, 1.0, tuple(notes))
    if user is not None:
        notes.append("The coordinates are absolute but lie outside the area of SOURCE_CRS.")
    else:
        notes.append("The coordinates are absolute and no CRS is named; give SOURCE_CRS.")
    return None


def from_site(site: SitePoint, north: tuple[float, float], centre: Floats, notes: list[str]) -> Georeference | None:
    """The place by the site's latitude, longitude and true north; None for an authoring tool's default."""
    city = default_place(site.lat, site.lon)
    if city:
        notes.append(
            f"Latitude and longitude ({site.lat:.4f}, {site.lon:.4f}) are an authoring tool's default ({city}), "
            "so the model has no place."
        )
        return None
    confidence = Confidence.SURE
    if site.coarse:
        notes.append("Latitude and longitude are given to the minute only: the place may be a kilometre off.")
        confidence = Confidence.UNSURE
    turn_x, turn_y = north
    if _is_absolute(centre):
        confidence = Confidence.UNSURE
        along = site.placement[:2, 0]
        if abs(float(along[1]) - turn_x) < 2e-3 and abs(float(along[0]) - turn_y) < 2e-3:
            turn_x, turn_y = 0.0, 1.0
            notes.append("The site's placement repeats the turn of TrueNorth, which was therefore ignored.")
    plane = crs_names.local_plane(site.lat, site.lon)
    to_map = LocalToMap(plane, 0.0, 0.0, site.elevation, turn_y, turn_x)
    x, y, z = to_map.apply(-site.placement[:3, 3].reshape(1, 3))[0]
    to_map = replace(to_map, x=float(x), y=float(y), z=float(z))
    return Georeference(20, "latitude, longitude and true north", confidence, to_map, 1.0, tuple(notes))
