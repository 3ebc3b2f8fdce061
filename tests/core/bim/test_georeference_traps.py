"""Every trap of the place of a model as a made file, with coordinates worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.bim.georeference import Tie
from twin_plugin.core.bim.model import Confidence, ReadStatus
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.common.crs import parse, prefix_m, transform, vertical, zoned

EAST, NORTH = 504000.0, 2490000.0
SURVEY_FOOT_M = 1200.0 / 3937.0


def mapped(report, crs, *local):
    to_map = report.georeference.to_map
    return transform(to_map.crs, crs, to_map.apply(np.asarray(local, float)))


def warned(report):
    return " ".join(report.georeference.warnings)


def unit(model, name, metres):
    """A unit of length that is so many metres."""
    e = model.f.create_entity
    factor = e("IfcMeasureWithUnit", e("IfcLengthMeasure", metres), e("IfcSIUnit", None, "LENGTHUNIT", None, "METRE"))
    dimensions = e("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
    return e("IfcConversionBasedUnit", dimensions, "LENGTHUNIT", name, factor)


def measured_in(model, length):
    """The model with another unit of length in its project."""
    units = model.f.by_type("IfcUnitAssignment")[0]
    units.Units = [length, *(u for u in units.Units if u.UnitType != "LENGTHUNIT")]
    return model


def compound(*parts):
    """Latitude or longitude as its four parts stand in a file."""
    return tuple(int(part) for part in parts)


def radii(lat_deg):
    """Radius of the meridian and of the circle of latitude on WGS 84, m."""
    a, e2, lat = 6378137.0, 0.00669437999014, math.radians(lat_deg)
    root = math.sqrt(1 - e2 * math.sin(lat) ** 2)
    return a * (1 - e2) / root**3, a / root * math.cos(lat)


# 1. Project units and metres


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3"])
def test_footprint_and_sill_of_a_model_in_millimetres(house, read, schema):
    model = house(schema=schema, unit_m=0.001, at=(1.5, 2.5, 0.5))
    if schema == "IFC2X3":
        values = {"Eastings": EAST, "Northings": NORTH, "OrthogonalHeight": 5.0, "Scale": 0.001}
        turned = {"XAxisAbscissa": 0.6, "XAxisOrdinate": 0.8}
        given = {key: ("IfcReal", value) for key, value in (values | turned).items()}
        model.properties(model.site, "ePSet_MapConversion", given)
        model.properties(model.site, "ePSet_ProjectedCRS", {"Name": ("IfcLabel", "EPSG:4547")})
    else:
        model.conversion("EPSG:4547", EAST, NORTH, 5.0, axis=(0.6, 0.8), scale=0.001)
    rows = place_model(read(model), "EPSG:4547")
    corners = {(round(x, 3), round(y, 3)) for x, y in rows.buildings[0][0].geoms[0].exterior.coords}
    # (1.5, 2.5) gives X = 504000 + 0.6 * 1.5 - 0.8 * 2.5 and Y = 2490000 + 0.8 * 1.5 + 0.6 * 2.5, and so on.
    assert corners == {
        (503998.9, 2490002.7),
        (504004.9, 2490010.7),
        (503998.5, 2490015.5),
        (503992.5, 2490007.5),
    }
    door = next(shape for shape, row in rows.openings if row["kind"] == "door")
    # The door's middle is (6, 2.65) in the model, its sill 0.05 above the floor, which is 0.5 above the model's zero.
    assert (door.x, door.y, door.z) == pytest.approx((504001.48, 2490006.39, 5.55), abs=1e-6)
    assert rows.buildings[0][1]["ground_floor_elev_m"] == pytest.approx(5.5)


def test_a_model_in_feet_on_a_map_in_metres(house, read):
    model = house(unit_m=0.3048)
    measured_in(model, unit(model, "FOOT", 0.3048))
    model.conversion("EPSG:4547", EAST, NORTH, 5.0, scale=0.3048)
    points = mapped(read(model), "EPSG:4547", (10, 0, 0), (0, 10, 3))
    np.testing.assert_allclose(points, [(504010, 2490000, 5), (504000, 2490010, 8)], atol=1e-6)


# 2. and 3. Scale, eastings and units


@pytest.mark.parametrize("scale", [None, 0.001, 1000.0, 1.0])
def test_scale_as_it_is_found_in_files(house, read, scale):
    model = house(unit_m=0.001)
    model.conversion("EPSG:4547", EAST, NORTH, 5.0, axis=(0.6, 0.8), scale=scale)
    points = mapped(read(model), "EPSG:4547", (10, 0, 0), (0, 10, 3))
    np.testing.assert_allclose(points, [(504006, 2490008, 5), (503992, 2490006, 8)], atol=1e-6)


def test_a_map_unit_called_metre_that_is_a_foot(house, read):
    model = house()
    model.conversion("EPSG:28992", 93869.354, 435604.866, 4.25, unit=unit(model, "METER", 0.3048))
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:28992", (0, 0, 0)), [(93869.354, 435604.866, 4.25)], atol=1e-6)
    assert report.georeference.confidence is Confidence.SURE
    assert "map unit" in warned(report)


def test_a_us_survey_foot_is_not_a_foot(house, read):
    model = house(unit_m=0.3048)
    measured_in(model, unit(model, "FOOT", 0.3048))
    survey = unit(model, "US SURVEY FOOT", SURVEY_FOOT_M)
    model.conversion("EPSG:32118", 984250.0, 196850.0, 100.0, unit=survey, scale=0.3048 / SURVEY_FOOT_M)
    points = mapped(read(model), "EPSG:32118", (0, 0, 0), (10, 0, 0))
    # 984250 = 250 * 3937 survey feet are 250 * 1200 m.
    np.testing.assert_allclose(points, [(300000, 60000, 30.480061), (300010, 60000, 30.480061)], atol=1e-5)


def test_a_crs_whose_own_unit_is_the_foot(house, read):
    model = house()
    model.conversion("EPSG:2263", 984250.0, 196850.0, 100.0)
    points = mapped(read(model), "EPSG:2263", (0, 0, 0), (1200, 0, 3))
    np.testing.assert_allclose(points, [(984250, 196850, 30.480061), (988187, 196850, 33.480061)], atol=1e-5)


def test_map_units_that_both_fit_are_unsure(house, read):
    model = house()
    model.conversion("EPSG:3857", 316131.64, 5690966.11, unit=unit(model, "FOOT", 0.3048))
    report = read(model)
    assert report.georeference.confidence is Confidence.UNSURE


# 4. Property sets


def test_property_sets_that_hold_words_leave_the_site(house, read):
    model = house(schema="IFC2X3")
    words = {"Eastings": ("IfcLabel", "far"), "Northings": ("IfcLabel", "away")}
    model.properties(model.site, "ePSet_MapConversion", words)
    model.site.RefLatitude, model.site.RefLongitude = compound(22, 31, 12, 0), compound(113, 56, 24, 0)
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4326", (0, 0))[0], (113.94, 22.52), atol=1e-9)
    assert "skipped" in warned(report)


# 5. Angles


def rigid(model, first, second, height, kind="IfcPlaneAngleMeasure", crs="IfcGeographicCRS", **about):
    e = model.f.create_entity
    target = e(crs, **about)
    e("IfcRigidOperation", model.context, target, e(kind, first), e(kind, second), height)
    return model


@pytest.mark.parametrize("in_radians", [False, True])
@pytest.mark.parametrize("lat_first", [True, False])
def test_a_rigid_operation_in_degrees(house, read, lat_first, in_radians):
    model = house(schema="IFC4X3", unit_m=0.001)
    if in_radians:
        units = model.f.by_type("IfcUnitAssignment")[0]
        units.Units = [model.length, model.f.create_entity("IfcSIUnit", None, "PLANEANGLEUNIT", None, "RADIAN")]
    lat, lon = (math.radians(22.54), math.radians(113.94)) if in_radians else (22.54, 113.94)
    metre = model.f.create_entity("IfcSIUnit", None, "LENGTHUNIT", None, "METRE")
    rigid(model, *((lat, lon) if lat_first else (lon, lat)), 12.0, Name="EPSG:4326", HeightUnit=metre)
    points = mapped(read(model), "EPSG:4326", (0, 0, 0), (10, 0, 0), (0, 10, 3))
    meridian, circle = radii(22.54)
    east, north = math.degrees(10 / circle), math.degrees(10 / meridian)
    expected = [(113.94, 22.54, 12), (113.94 + east, 22.54, 12), (113.94, 22.54 + north, 15)]
    np.testing.assert_allclose(points, expected, atol=1e-9)


def test_degrees_of_wgs_84_keep_their_datum_on_the_way_to_another(house, read):
    model = rigid(house(schema="IFC4X3"), 48.5, 9.0, 0.0, Name="EPSG:4326")
    expected = transform("EPSG:4326", "EPSG:31467", np.array([(9.0, 48.5, 0.0)]))
    assert abs(expected[0, 0] - 3_500_000) > 50, "the old German datum lies more than 50 m off"
    np.testing.assert_allclose(mapped(read(model), "EPSG:31467", (0, 0, 0))[:, :2], expected[:, :2], atol=0.01)


def test_degrees_in_a_project_that_counts_in_radians(house, read):
    model = house(schema="IFC4X3")
    units = model.f.by_type("IfcUnitAssignment")[0]
    units.Units = [model.length, model.f.create_entity("IfcSIUnit", None, "PLANEANGLEUNIT", None, "RADIAN")]
    rigid(model, 22.54, 113.94, 12.0, Name="EPSG:4326")
    np.testing.assert_allclose(mapped(read(model), "EPSG:4326", (0, 0, 0)), [(113.94, 22.54, 12)], atol=1e-9)


def test_a_rigid_operation_in_metres(house, read):
    model = rigid(house(schema="IFC4X3"), EAST, NORTH, 5.0, "IfcLengthMeasure", "IfcProjectedCRS", Name="EPSG:4547")
    points = mapped(read(model), "EPSG:4547", (0, 0, 0), (10, 0, 3))
    np.testing.assert_allclose(points, [(504000, 2490000, 5), (504010, 2490000, 8)], atol=1e-6)


def test_a_map_conversion_in_degrees_has_its_longitude_as_easting(house, read):
    model = house()
    model.conversion("EPSG:4326", 12.5, 41.9, 5.0)
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4326", (0, 0, 0)), [(12.5, 41.9, 5)], atol=1e-9)


# 6., 7. and 8. World coordinate system, factors and axes


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
def test_a_world_coordinate_system_that_is_turned(house, read, unit_m):
    model = house(unit_m=unit_m)
    world = model.axis(100.0, 200.0, 3.0)
    world.RefDirection = model.f.create_entity("IfcDirection", (0.0, 1.0, 0.0))
    model.context.WorldCoordinateSystem = world
    model.conversion("EPSG:4547", EAST, NORTH, 5.0)
    # Five metres along the model's y are five along the world's x, hence along the easting.
    points = mapped(read(model), "EPSG:4547", (100, 200, 3), (100, 205, 4))
    np.testing.assert_allclose(points, [(504000, 2490000, 5), (504005, 2490000, 6)], atol=1e-6)


def test_a_factor_for_each_axis_of_a_turned_model(house, read):
    model = house(schema="IFC4X3")
    e = model.f.create_entity
    target = e("IfcProjectedCRS", "EPSG:4547")
    e("IfcMapConversionScaled", model.context, target, EAST, NORTH, 5.0, 3.0, 4.0, None, 2.0, 3.0, 4.0)
    report = read(model)
    # X = 504000 + 0.6 * 2 - 0.8 * 3, Y = 2490000 + 0.8 * 2 + 0.6 * 3, Z = 5 + 4.
    np.testing.assert_allclose(mapped(report, "EPSG:4547", (1, 1, 1)), [(503998.8, 2490003.4, 9)], atol=1e-6)


@pytest.mark.parametrize(("axis", "expected"), [((3.0, 4.0), (6, 8)), ((-1e-3, 0.0), (-10, 0)), ((0.0, 0.0), (10, 0))])
def test_axes_of_any_length(house, read, axis, expected):
    model = house()
    model.conversion("EPSG:4547", EAST, NORTH, axis=axis)
    (point,) = mapped(read(model), "EPSG:4547", (10, 0, 0))
    np.testing.assert_allclose(point, (EAST + expected[0], NORTH + expected[1], 0), atol=1e-6)


# 9. Names


@pytest.mark.parametrize(
    "name", ["EPSG:4547", "4547", "urn:ogc:def:crs:EPSG::4547", "CGCS2000 / 3-degree Gauss-Kruger CM 114E", "epsg 4547"]
)
def test_a_crs_by_any_name(house, read, name):
    model = house()
    model.conversion(name, EAST, NORTH)
    report = read(model)
    assert report.georeference.to_map.crs == "EPSG:4547"
    np.testing.assert_allclose(mapped(report, "EPSG:4547", (10, 0, 0)), [(504010, 2490000, 0)], atol=1e-6)


def test_a_compound_code(house, read):
    model = house()
    model.conversion("EPSG:4547+5737", EAST, NORTH, 5.0)
    report = read(model)
    assert report.georeference.to_map.crs == "EPSG:4547"
    assert report.georeference.vertical_datum == "Yellow Sea 1985 height"
    np.testing.assert_allclose(mapped(report, "EPSG:4547", (10, 0, 0)), [(504010, 2490000, 5)], atol=1e-6)


def test_a_crs_as_well_known_text(house, read):
    model = house(schema="IFC4X3")
    conversion = model.conversion("the town's grid", 104000.0, 490000.0)
    # The grid of EPSG:4547 with its zero 400 km east and 2,000 km north of it.
    base = "+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=100000 +y_0=-2000000 +ellps=GRS80 +units=m +type=crs"
    wkt = parse(base).to_wkt()
    model.f.create_entity("IfcWellKnownText", wkt, conversion.TargetCRS)
    points = mapped(read(model), "EPSG:4547", (0, 0, 0), (10, 0, 0))
    np.testing.assert_allclose(points, [(504000, 2490000, 0), (504010, 2490000, 0)], atol=1e-3)


# 10. and 11. Latitude and longitude


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        ((-33, -51, -24, -500000), (151, 12, 55, 250000), (151.21534722, -33.85680556)),
        ((51, 36, 0, 0), (0, -7, -30, -500000), (-0.12513889, 51.6)),
        ((-33, 51, 24, 500000), (151, 12, 55, 250000), (151.21534722, -33.85680556)),
    ],
)
def test_signs_of_compound_angles(house, read, lat, lon, expected):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = compound(*lat), compound(*lon)
    np.testing.assert_allclose(mapped(read(model), "EPSG:4326", (0, 0))[0], expected, atol=1e-8)


def test_a_place_near_a_default_is_a_place(house, read):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = compound(42, 22, 0, 1), compound(-71, -3, -24, -120000)
    report = read(model)
    assert report.georeference.level == 20
    np.testing.assert_allclose(mapped(report, "EPSG:4326", (0, 0))[0], (-71.0567, 42.36666667), atol=1e-8)


# 12. True north


def test_true_north_site_and_elevation(house, read):
    model = house(at=(3.0, 4.0, 1.0))
    model.site.RefLatitude, model.site.RefLongitude = compound(22, 31, 12, 0), compound(113, 56, 24, 0)
    model.site.RefElevation = 12.0
    turn = math.radians(30)
    model.context.TrueNorth = model.f.create_entity("IfcDirection", (2 * math.sin(turn), 2 * math.cos(turn)))
    points = mapped(read(model), "EPSG:4326", (3, 4, 1), (13, 4, 1), (3, 14, 2))
    # North is 30 degrees clockwise of y: x points to 60 degrees from north, y to -30; the latitude is the site's own.
    meridian, circle = radii(22.52)
    expected = [
        (113.94 + math.degrees(east / circle), 22.52 + math.degrees(north / meridian), z)
        for east, north, z in ((0, 0, 12), (10 * math.sqrt(0.75), 5, 12), (-5, 10 * math.sqrt(0.75), 13))
    ]
    np.testing.assert_allclose(points, expected, atol=1e-9)


# 13. and 14. Absolute coordinates


def test_twice_in_millimetres_and_turned(house, read):
    model = house(unit_m=0.001, at=(EAST, NORTH, 7.0))
    model.conversion("EPSG:4547", EAST, NORTH, 5.0, axis=(0.6, 0.8), scale=0.001)
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4547", (EAST + 4, NORTH + 5, 7)), [(504004, 2490005, 7)], atol=1e-6)
    assert "twice" in warned(report)


def test_a_conversion_of_zeros_names_the_crs_of_absolute_coordinates(house, read):
    model = house(at=(EAST, NORTH, 7.0))
    model.conversion("EPSG:4547", 0.0, 0.0)
    report = read(model)
    assert report.georeference.confidence is Confidence.SURE
    np.testing.assert_allclose(mapped(report, "EPSG:4547", (EAST, NORTH, 7)), [(504000, 2490000, 7)], atol=1e-6)


@pytest.mark.parametrize(
    ("user", "zone"), [("EPSG:4547", "EPSG:4526"), ("EPSG:2383", "EPSG:2362"), ("EPSG:2435", "EPSG:2414")]
)
def test_a_zone_prefix_keeps_the_datum_asked_for(house, read, user, zone):
    report = read(house(at=(38505955.0, 2500000.0, 0.0)), source_crs=user)
    assert report.georeference.to_map.crs == zone
    # The zone's own grid and the user's differ by the prefix alone.
    np.testing.assert_allclose(
        mapped(report, user, (38505965.0, 2500000.0, 2.0)), [(505965.0, 2500000.0, 2.0)], atol=1e-4
    )


def test_an_easting_that_lacks_the_prefix_of_its_crs(house, read):
    model = house()
    model.conversion("EPSG:4526", 505955.0, 2500000.0, 3.0)
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4526", (10, 0, 0)), [(38505965.0, 2500000.0, 3.0)], atol=1e-6)
    assert "prefix 38" in warned(report)
    assert prefix_m(parse("EPSG:4547")) == prefix_m(parse("EPSG:25832")) == 0.0


def test_zones_of_six_degrees():
    assert zoned(19505955.0, 2500000.0) == "EPSG:4497"
    assert zoned(19505955.0, 2500000.0, parse("EPSG:4610")) == "EPSG:2333"
    assert zoned(505955.0, 2500000.0) is None


# 15. A tie


def test_a_tie_on_a_map_in_feet(house, read):
    report = read(house(unit_m=0.001), tie=Tie(984250.0, 196850.0, 2.0, 90.0, "EPSG:2263"))
    points = mapped(report, "EPSG:2263", (0, 0, 0), (0, 1200, 3))
    np.testing.assert_allclose(points, [(984250, 196850, 2), (988187, 196850, 5)], atol=1e-5)


# Heights


@pytest.mark.parametrize(
    ("crs", "datum", "expected"),
    [
        ("EPSG:4547", "EPSG:5737", "EPSG:5737 (Yellow Sea 1985 height)"),
        ("EPSG:4547", "the harbour's zero", "the harbour's zero"),
        ("EPSG:5834", None, "DHHN92 height"),
        ("EPSG:4547", None, ""),
    ],
)
def test_the_vertical_datum_is_kept(house, read, crs, datum, expected):
    model = house()
    model.conversion(crs, 4468005.0 if crs == "EPSG:5834" else EAST, 5334600.0 if crs == "EPSG:5834" else NORTH)
    model.f.by_type("IfcProjectedCRS")[0].VerticalDatum = datum
    report = read(model)
    assert report.georeference.vertical_datum == expected
    assert place_model(report, "EPSG:4547").report[0][1]["vertical_datum"] == (expected or None)
    assert vertical("") == ""


def test_a_height_in_millimetres_is_told(house, read):
    model = house()
    model.conversion("EPSG:4547", 504000.0, 2490000.0, height=293700.0)
    place = read(model).georeference
    assert place.confidence is Confidence.UNSURE
    assert any("293,700 m" in text for text in place.warnings)
    model = house()
    model.conversion("EPSG:4547", 504000.0, 2490000.0, height=4500.0)
    assert read(model).georeference.confidence is Confidence.SURE


@pytest.mark.parametrize("beyond", [(1e300, 2490000.0, 0.0), (504000.0, -1e300, 0.0), (504000.0, 2490000.0, 1e300)])
def test_a_place_beyond_the_earth_is_none(house, read, beyond):
    model = house()
    model.conversion("EPSG:4547", *beyond)
    report = read(model)
    assert report.status is ReadStatus.OK
    assert report.georeference.to_map is None
    assert (report.georeference.level, report.georeference.confidence) == (0, Confidence.NONE)
    assert any("beyond the earth" in text for text in report.georeference.warnings)
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80.0, abs=0.1)
