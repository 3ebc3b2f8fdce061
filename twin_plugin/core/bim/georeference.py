"""Finds the place of a model on the map, or says why it has none."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..common import crs as crs_names
from ..common.crs import CRS
from ..common.messages import Message
from ..common.units import FOOT_M
from ..common.warnings import CodedMessage
from .conversion import Conversion, SitePoint, default_place, read_conversion, read_sites, true_north, world_offset
from .model import Confidence, Floats, Georeference, LocalToMap
from .place_beside import PlaceBeside, compared, from_files, with_crs_of_file
from .warnings import SITE_FAR, coded

ABSOLUTE_M = 10_000.0
"""Coordinates further from zero than this are map coordinates, not a model's own."""

TWICE_M = 50_000.0
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


@dataclass(frozen=True)
class _Clues:
    """What a place is resolved from besides a map conversion, see `resolve`, and what was guessed or repaired."""

    model: Any
    unit_m: float
    centre: Floats
    source_crs: str
    site: SitePoint | None
    warnings: list[CodedMessage] = field(default_factory=list)

    @property
    def absolute(self) -> bool:
        """Whether the model's coordinates are those of a map."""
        return math.hypot(float(self.centre[0]), float(self.centre[1])) > ABSOLUTE_M

    def warn(self, code: str, **values: Any) -> None:
        self.warnings.append(coded(code, **values))

    def place(self, level: int, source: str, sure: bool, to_map: LocalToMap, scale: float = 1.0) -> Georeference:
        confidence = Confidence.SURE if sure else Confidence.UNSURE
        return Georeference(level, source, confidence, to_map, scale, tuple(self.warnings))


def resolve(
    model: Any,
    unit_m: float,
    centre: Floats | None,
    source_crs: str = "",
    tie: Tie | None = None,
    beside: PlaceBeside | None = None,
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
    beside : PlaceBeside, optional
        What files beside the model say: a place where it has no map conversion, or the CRS of its coordinates.
    """
    if tie is not None:
        return from_tie(tie)
    warnings: list[CodedMessage] = []
    sites = read_sites(model, unit_m, warnings)
    site = next((each for each in sites if not default_place(each.lat, each.lon)), next(iter(sites), None))
    if centre is None:
        centre = site.placement[:3, 3] if site is not None else np.zeros(3)
    own_crs = beside.crs if beside is not None else ""
    clues = _Clues(model, unit_m, centre, own_crs or source_crs, site, warnings)
    conversion = read_conversion(model, clues.warnings)
    result = _from_conversion(conversion, clues) if conversion is not None else None
    if beside is not None:
        if result is not None:
            return compared(result, beside, source_crs, unit_m)
        by_files = from_files(beside, source_crs, unit_m)
        if by_files.to_map is not None:
            return replace(by_files, warnings=(*clues.warnings, *by_files.warnings))
        clues.warnings.extend(by_files.warnings)
    if result is None:
        result = _from_absolute(clues)
        result = with_crs_of_file(result) if own_crs and result is not None else result
    if result is None and site is not None:
        result = _from_sites(site, sites, clues)
    if result is None and not clues.warnings:
        clues.warn("no_place")
    return result if result is not None else Georeference(warnings=tuple(clues.warnings))


def from_tie(tie: Tie) -> Georeference:
    """The place that the user gave."""
    crs = crs_names.parse(tie.crs)
    if crs is None:
        return Georeference(warnings=(coded("placement_crs_unknown", crs=tie.crs),))
    flat = crs_names.horizontal(crs)
    turn = math.radians(tie.bearing_deg)
    scale = 1.0 / crs_names.unit_m(flat)
    to_map = LocalToMap(crs_names.label(flat), tie.x, tie.y, tie.z, math.cos(turn), -math.sin(turn), scale, scale)
    named = crs_names.vertical("", crs)
    return Georeference(60, "placement", Confidence.SURE, to_map, 1.0, vertical_datum=named)


def _from_conversion(conversion: Conversion, clues: _Clues) -> Georeference | None:
    """The place by a map conversion; None, with a warning, when it cannot be used."""
    crs = crs_names.parse(conversion.crs_name)
    if crs is None:
        crs = crs_names.parse(clues.source_crs)
        named = ("conversion_crs_replaced", "conversion_crs_unknown")
        unnamed = ("conversion_crs_added", "conversion_without_crs")
        clues.warn((named if conversion.crs_name else unnamed)[crs is None], crs=conversion.crs_name)
        if crs is None:
            return None
    flat = crs_names.horizontal(crs)
    read = _from_angles if conversion.angles or flat.is_geographic else _from_metres
    result = read(conversion, flat, clues)
    return result and replace(result, vertical_datum=crs_names.vertical(conversion.vertical, crs))


def _from_metres(conversion: Conversion, flat: CRS, clues: _Clues) -> Georeference | None:
    """The place by a map conversion to a projected CRS."""
    zero = conversion.first == 0.0 and conversion.second == 0.0 and crs_names.in_area(flat, 0.0, 0.0) is not True
    if zero and not clues.absolute:
        clues.warn("conversion_zero")
        return None
    per_metre = 1.0 / crs_names.unit_m(flat)
    if clues.absolute and _twice(conversion, flat, clues.centre * per_metre, per_metre, zero):
        clues.warn("conversion_zero_absolute" if zero else "georeferenced_twice")
        to_map = LocalToMap(crs_names.label(flat), 0.0, 0.0, 0.0, scale_x=per_metre, scale_y=per_metre)
        return clues.place(50, conversion.source, True, to_map)
    flat, east, factor, sure = _eastings(conversion, flat, clues)
    scale, sure_scale = _scale(conversion, clues)
    place = (east, conversion.second * factor, conversion.height * factor / per_metre)
    x, y, z = (scale * own for own in conversion.factors)
    turn = (conversion.abscissa, conversion.ordinate)
    to_map = LocalToMap(crs_names.label(flat), *place, *turn, x * per_metre, y * per_metre, z)
    to_map = _without_offset(to_map, world_offset(clues.model, clues.unit_m))
    _compare(to_map, clues)
    return clues.place(50, conversion.source, sure and sure_scale and not conversion.disputed, to_map, scale)


def _from_angles(conversion: Conversion, flat: CRS, clues: _Clues) -> Georeference | None:
    """A rigid operation in a geographic CRS: a plane that touches the earth; no metres are added to degrees."""
    geodetic = flat.geodetic_crs or flat
    first, second = conversion.first, conversion.second
    lat_first = str(geodetic.axis_info[0].direction).lower() == "north" if geodetic.axis_info else True
    if not conversion.angles:
        # A map conversion says which is which: the eastings are the longitude.
        lat_first = lat_first and conversion.source == "IfcRigidOperation"
    orders = [(first, second), (second, first)] if lat_first else [(second, first), (first, second)]
    fitting = [
        order
        for order in orders
        if abs(order[0]) <= 90 and crs_names.in_area(geodetic, order[1], order[0]) is not False
    ]
    if not fitting:
        clues.warn("angles_outside")
        return None
    lat, lon = fitting[0]
    sure, site = len(fitting) == 1, clues.site
    if not sure and site is not None:
        lat, lon = min(fitting, key=lambda order: abs(order[0] - site.lat) + abs(order[1] - site.lon))
        sure = True
    city = default_place(lat, lon)
    if city:
        clues.warn("site_default", lat=lat, lon=lon, city=city)
        return None
    if (lat, lon) != orders[0]:
        clues.warn("angles_swapped")
    if not sure:
        clues.warn("angles_ambiguous")
    datum = geodetic.ellipsoid
    shape = f"+a={datum.semi_major_metre:.12g} +rf={datum.inverse_flattening:.12g}" if datum is not None else ""
    plane = crs_names.local_plane(lat, lon, "" if geodetic.to_epsg() == 4326 else shape)
    height_unit = conversion.height_unit_m or conversion.map_unit_m or clues.unit_m
    to_map = LocalToMap(plane, 0.0, 0.0, conversion.height * height_unit, conversion.abscissa, conversion.ordinate)
    to_map = _without_offset(to_map, world_offset(clues.model, clues.unit_m))
    return clues.place(50, conversion.source, sure and not conversion.disputed, to_map)


def _twice(conversion: Conversion, flat: CRS, centre: Floats, per_metre: float, zero: bool) -> bool:
    """Whether raw coordinates lie in the CRS's area already, near the conversion's point or where it leads outside.

    A conversion that is all `zero`, where that is no place of the CRS, says no more than the name of the CRS.
    """
    x, y = float(centre[0]), float(centre[1])
    if crs_names.in_area(flat, x, y) is not True:
        return False
    if zero or math.hypot(conversion.first, conversion.second) < ABSOLUTE_M:
        return zero
    near = math.hypot(x - conversion.first, y - conversion.second) < TWICE_M * per_metre
    return near or crs_names.in_area(flat, x + conversion.first, y + conversion.second) is False


def _eastings(conversion: Conversion, flat: CRS, clues: _Clues) -> tuple[CRS, float, float, bool]:
    """The CRS, the easting, the factor for eastings and northings, and whether the result lies in the CRS's area."""
    axis_m = crs_names.unit_m(flat)
    formal = (conversion.map_unit_m or axis_m) / axis_m
    # What the file says of its map unit goes before what others use to mean: a US survey foot is not a foot.
    factors = list(dict.fromkeys((1.0, formal, clues.unit_m / axis_m, 0.001, FOOT_M, 1.0 / FOOT_M)))
    for factor in factors:
        inside = crs_names.in_area(flat, conversion.first * factor, conversion.second * factor)
        if inside is None:
            clues.warn("crs_without_area")
            return flat, conversion.first * formal, formal, True
        if inside:
            # A factor of neither the map's unit nor the project's fits by chance as well.
            sure = any(math.isclose(factor, known, rel_tol=1e-4) for known in (1.0, formal, clues.unit_m / axis_m))
            if factor != 1.0:
                clues.warn("eastings_multiplied", factor=factor)
            elif abs(formal - 1.0) > 1e-3:
                clues.warn("map_unit_ignored", factor=formal)
                sure = not crs_names.in_area(flat, conversion.first * formal, conversion.second * formal)
            return flat, conversion.first * factor, factor, sure
    prefix = crs_names.prefix_m(flat)
    if prefix and crs_names.in_area(flat, conversion.first + prefix, conversion.second):
        clues.warn("zone_prefix_added", prefix=round(prefix / 1e6))
        return flat, conversion.first + prefix, 1.0, True
    zone = crs_names.zoned(conversion.first, conversion.second, flat)
    other = crs_names.parse(zone)
    carried = crs_names.carried_prefix_m(flat, conversion.first, conversion.second)
    if zone is not None and other is not None:
        clues.warn("zone_replaced", zone=zone, crs=crs_names.label(flat))
        return other, conversion.first, 1.0, carried > 0
    if carried:
        clues.warn("zone_prefix_removed", prefix=round(carried / 1e6), crs=crs_names.label(flat))
        return flat, conversion.first - carried, 1.0, True
    clues.warn("eastings_outside")
    return flat, conversion.first, 1.0, False


def _scale(conversion: Conversion, clues: _Clues) -> tuple[float, bool]:
    """Map metres for one model metre, and whether that can be trusted.

    By the standard Scale also converts units, so 0.001 belongs to millimetres against metres; left out it means 1
    whatever the units are, some write the bare factor, and official samples have it upside down.
    """
    if conversion.scale is None or conversion.scale <= 0:
        return 1.0, True
    map_m, unit_m = conversion.map_unit_m or 1.0, clues.unit_m
    readings = {
        "": conversion.scale * map_m / unit_m,
        "scale_plain": conversion.scale,
        "scale_inverted": map_m / (conversion.scale * unit_m),
        "scale_against_metres": conversion.scale / unit_m,
        "scale_in_feet": conversion.scale / FOOT_M,
    }
    for code, value in readings.items():
        if SCALE_RANGE[0] <= value <= SCALE_RANGE[1]:
            value = 1.0 if abs(value - 1.0) < 1e-9 else value
            if code and abs(conversion.scale - 1.0) > 1e-9:
                clues.warn(code)
            return value, True
    clues.warn("scale_ignored", scale=conversion.scale)
    return 1.0, False


def _without_offset(to_map: LocalToMap, offset: Floats) -> LocalToMap:
    """The transformation for coordinates from which the WorldCoordinateSystem has not been removed."""
    if (offset == np.eye(4)).all() or np.allclose(offset, np.eye(4), atol=1e-12):
        return to_map
    turn = offset[:2, :2].T
    local = np.array([[*(-turn @ offset[:2, 3]), -offset[2, 3]]])
    x, y, z = to_map.apply(local)[0]
    cos = to_map.cos * turn[0, 0] - to_map.sin * turn[1, 0]
    sin = to_map.sin * turn[0, 0] + to_map.cos * turn[1, 0]
    return replace(to_map, x=float(x), y=float(y), z=float(z), cos=float(cos), sin=float(sin))


def _compare(to_map: LocalToMap, clues: _Clues) -> None:
    """Warn when the site's latitude and longitude lie far from the map conversion."""
    site = clues.site
    if site is None or default_place(site.lat, site.lon):
        return
    crs = crs_names.parse(to_map.crs)
    lonlat = crs_names.to_lonlat(crs, to_map.x, to_map.y) if crs is not None else None
    if lonlat is None:
        return
    north = (lonlat[1] - site.lat) * 111_000.0
    east = (lonlat[0] - site.lon) * 111_000.0 * math.cos(math.radians(site.lat))
    apart = math.hypot(north, east)
    if apart > FAR_M:
        clues.warn(SITE_FAR, distance_km=apart / 1000)


def _from_absolute(clues: _Clues) -> Georeference | None:
    """The place of a model whose own coordinates are map coordinates; None when they are not or no CRS fits."""
    if not clues.absolute:
        return None
    x, y = float(clues.centre[0]), float(clues.centre[1])
    user = crs_names.parse(clues.source_crs)
    zone = crs_names.zoned(x, y, user) or crs_names.zoned(x, y)
    carried = 0.0
    if user is not None:
        flat = crs_names.horizontal(user)
        per_metre = 1.0 / crs_names.unit_m(flat)
        carried = crs_names.carried_prefix_m(flat, x, y)
        if carried and crs_names.zoned(x, y, user) is None:
            clues.warn("zone_prefix_removed", prefix=round(carried / 1e6), crs=crs_names.label(flat))
            to_map = LocalToMap(crs_names.label(flat), -carried, 0.0, 0.0)
            return clues.place(30, Message("absolute coordinates, SOURCE_CRS"), True, to_map)
        if flat.is_projected and crs_names.in_area(flat, x * per_metre, y * per_metre) is not False:
            to_map = LocalToMap(crs_names.label(flat), 0.0, 0.0, 0.0, scale_x=per_metre, scale_y=per_metre)
            return clues.place(30, Message("absolute coordinates, SOURCE_CRS"), True, to_map)
    if zone is not None and crs_names.in_zone(zone, x, y):
        sure = carried > 0
        clues.warn("zone_used" if sure else "zone_guessed", prefix=int(x // 1e6), zone=zone)
        return clues.place(30, Message("absolute coordinates, zone prefix"), sure, LocalToMap(zone, 0.0, 0.0, 0.0))
    clues.warn("absolute_outside" if user is not None else "absolute_without_crs")
    return None


def _from_sites(site: SitePoint, sites: list[SitePoint], clues: _Clues) -> Georeference | None:
    """The place by a site; where others have places of their own, what stands on them is placed by them."""
    result = _from_site(site, clues)
    if result is None:
        return None
    usable = [each for each in sites if not default_place(each.lat, each.lon)]
    places = {(round(each.lat, 7), round(each.lon, 7)) for each in usable}
    if len(places) < 2:
        return result
    clues.warn("several_sites", count=len(usable))
    own = {each.id: _plane(each, *_north(each, clues.model)[:2]) for each in usable}
    return replace(result, of_sites=own, warnings=tuple(clues.warnings))


def _plane(site: SitePoint, turn_x: float, turn_y: float) -> LocalToMap:
    """The east-north plane at a site's latitude and longitude, with its placement taken off."""
    plane = crs_names.local_plane(site.lat, site.lon)
    to_map = LocalToMap(plane, 0.0, 0.0, site.elevation, turn_y, turn_x)
    x, y, z = to_map.apply(-site.placement[:3, 3].reshape(1, 3))[0]
    return replace(to_map, x=float(x), y=float(y), z=float(z))


def _north(site: SitePoint, model: Any) -> tuple[float, float, bool]:
    """True north in model axes, and whether the site's placement repeats its turn, so that north is up already."""
    turn_x, turn_y = true_north(model)
    along = site.placement[:2, 0]
    same = abs(float(along[1]) - turn_x) < 2e-3 and abs(float(along[0]) - turn_y) < 2e-3
    if same and math.hypot(turn_x, turn_y - 1.0) > 2e-3:
        return 0.0, 1.0, True
    return turn_x, turn_y, False


def _from_site(site: SitePoint, clues: _Clues) -> Georeference | None:
    """The place by the site's latitude, longitude and true north; None for an authoring tool's default."""
    city = default_place(site.lat, site.lon)
    if city:
        clues.warn("site_default", lat=site.lat, lon=site.lon, city=city)
        return None
    apart = math.hypot(*(float(metres) for metres in clues.centre[:2] - site.placement[:2, 3]))
    if clues.absolute and apart > ABSOLUTE_M:
        clues.warn("site_far_from_shapes", distance_km=apart / 1000)
        return None
    if site.coarse:
        clues.warn("site_coarse")
    if site.swapped:
        clues.warn("site_swapped", lat=site.lon, lon=site.lat)
    turn_x, turn_y, repeated = _north(site, clues.model)
    if repeated:
        clues.warn("true_north_repeated")
    if site.flat:
        clues.warn("site_without_elevation", z_m=site.elevation)
    sure = not (site.coarse or site.swapped or clues.absolute or repeated)
    to_map = _plane(site, turn_x, turn_y)
    return clues.place(20, Message("latitude, longitude and true north"), sure, to_map)
