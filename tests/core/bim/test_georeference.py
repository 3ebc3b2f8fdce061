"""The place of a model: the published golden coordinates, and every trap as a made model."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.golden import GOLDEN
from twin_plugin.core.bim.conversion import angle_deg, default_place
from twin_plugin.core.bim.georeference import Tie
from twin_plugin.core.bim.model import Confidence
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.common.crs import parse, transform, zoned

LOCAL = np.array([[0.0, 0.0, 0.0], [10.0, 0.0, 0.0], [0.0, 10.0, 3.0]])


def mapped(report, crs, local=LOCAL):
    to_map = report.georeference.to_map
    return transform(to_map.crs, crs, to_map.apply(np.asarray(local, float)))


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_coordinates(name, shared_data, read):
    crs, points = GOLDEN[name]
    report = read(shared_data(f"ifc/{name}"))
    assert report.georeference.confidence is Confidence.SURE
    np.testing.assert_allclose(mapped(report, crs), points, atol=1e-3)


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_coordinates_by_the_columns_of_the_report(name, shared_data, read):
    crs, points = GOLDEN[name]
    row = place_model(read(shared_data(f"ifc/{name}")), crs).report[0][1]
    x, y, z = LOCAL.T
    there = np.column_stack(
        [
            row["origin_x"] + row["axis_cos"] * row["scale_x"] * x - row["axis_sin"] * row["scale_y"] * y,
            row["origin_y"] + row["axis_sin"] * row["scale_x"] * x + row["axis_cos"] * row["scale_y"] * y,
            row["origin_z"] + row["scale_z"] * z,
        ]
    )
    np.testing.assert_allclose(transform(row["crs"], crs, there), points, atol=1e-3)
    np.testing.assert_allclose((row["map_x"], row["map_y"]), points[0][:2], atol=1e-3)


def test_golden_latitude_longitude_and_true_north(shared_data, read):
    report = read(shared_data("ifc/AC20-FZK-Haus.ifc"))
    expected = [(458870.063, 5438773.629), (458877.842, 5438782.760), (458862.454, 5438780.111)]
    points = mapped(report, "EPSG:25832", [(0, 0, 0), (12, 0, 0), (0, 10, 0)])
    np.testing.assert_allclose(points[:, :2], expected, atol=1e-3)
    np.testing.assert_allclose(points[:, 2], 110.0)


def test_golden_through_another_crs(shared_data, read):
    report = read(shared_data("ifc/geographic-referencing-utm.ifc"))
    there = mapped(report, "EPSG:4326")
    np.testing.assert_allclose(
        transform("EPSG:4326", "EPSG:25832", there)[:, :2], mapped(report, "EPSG:25832")[:, :2], atol=1e-3
    )


def test_missing_scale_of_millimetres_is_one(house, read):
    model = house(unit_m=0.001)
    model.conversion("EPSG:4547", 504000.0, 2490000.0, 5.0)
    points = mapped(read(model), "EPSG:4547")
    np.testing.assert_allclose(points, [(504000, 2490000, 5), (504010, 2490000, 5), (504000, 2490010, 8)], atol=1e-6)


@pytest.mark.parametrize("scale", [0.001, 1000.0, 1.0, None])
def test_scale_right_upside_down_and_plain(house, read, scale):
    model = house(unit_m=0.001)
    model.conversion("EPSG:4547", 504000.0, 2490000.0, scale=scale)
    report = read(model)
    assert report.georeference.scale_used == pytest.approx(1.0)
    np.testing.assert_allclose(mapped(report, "EPSG:4547")[1], (504010, 2490000, 0), atol=1e-6)


def test_grid_scale_factor_is_kept(house, read):
    model = house()
    model.conversion("EPSG:25832", 458657.3, 5438232.25, scale=0.9996)
    np.testing.assert_allclose(mapped(read(model), "EPSG:25832")[1, 0], 458657.3 + 9.996, atol=1e-6)


def test_eastings_in_millimetres(house, read):
    model = house(unit_m=0.001)
    model.conversion(
        "EPSG:28992",
        93869354.318,
        435604866.546,
        4250.0,
        unit=model.f.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE"),
    )
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:28992")[0], (93869.354318, 435604.866546, 4.25), atol=1e-6)
    assert "0.001" in " ".join(report.georeference.warnings)


@pytest.mark.parametrize("owner", ["project", "site", "building"])
def test_property_sets_in_any_case(house, read, owner):
    model = house(schema="IFC2X3")
    length = "IfcLengthMeasure"
    values = {"EASTINGS": (length, 504000.0), "Northings": (length, 2490000.0), "orthogonalHeight": (length, 4.0)}
    model.properties(getattr(model, owner), "EPSET_mapConversion", values)
    model.properties(getattr(model, owner), "epset_ProjectedCRS", {"name": ("IfcLabel", "4547")})
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4547")[0], (504000, 2490000, 4))
    assert report.georeference.level == 50


def test_property_sets_without_a_height_put_the_model_at_zero(house, read):
    model = house(schema="IFC2X3", at=(0.0, 0.0, 0.0))
    length = "IfcLengthMeasure"
    model.properties(
        model.site, "ePSet_MapConversion", {"Eastings": (length, 504000.0), "Northings": (length, 2490000.0)}
    )
    model.properties(model.site, "ePSet_ProjectedCRS", {"Name": ("IfcLabel", "EPSG:4547")})
    np.testing.assert_allclose(mapped(read(model), "EPSG:4547", [(1, 2, 3)])[0], (504001, 2490002, 3))


@pytest.mark.parametrize("swapped", [False, True])
def test_angles_in_a_rigid_operation(shared_data, read, tmp_path, swapped):
    text = shared_data("ifc/geographic-referencing-rigid-operation.ifc").read_text()
    lon, lat = "IFCPLANEANGLEMEASURE(14.0902217)", "IFCPLANEANGLEMEASURE(46.3623297)"
    assert f"{lon}, {lat}" in text
    path = tmp_path / "angles.ifc"
    path.write_text(text.replace(f"{lon}, {lat}", f"{lat}, {lon}") if swapped else text)
    report = read(path)
    there = mapped(report, "EPSG:4326", [(0, 0, 0)])[0]
    np.testing.assert_allclose(there, (14.0902217, 46.3623297, 475.0), atol=1e-8)
    assert report.georeference.confidence is Confidence.SURE


def test_world_coordinate_system_is_removed(house, read):
    model = house()
    model.context.WorldCoordinateSystem = model.axis(100.0, 200.0, 3.0)
    model.conversion("EPSG:4547", 504000.0, 2490000.0, 5.0, axis=(0.0, 2.0))
    point = mapped(read(model), "EPSG:4547", [(100.0, 200.0, 3.0)])[0]
    np.testing.assert_allclose(point, (504000, 2490000, 5), atol=1e-6)


def test_factor_for_each_axis(shared_data, read):
    report = read(shared_data("ifc/pass-grf001-ifcmapconversionscaled_ifcmapconversionscaled.ifc"))
    point = mapped(report, "EPSG:3857", [(1.0, 1.0, 1.0)])[0]
    np.testing.assert_allclose(point, (316132.64, 5690968.11, 4.0), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "code"),
    [("EPSG:28992", 28992), ("3857", 3857), ("urn:ogc:def:crs:EPSG::25832", 25832), ("ETRS89 / UTM zone 32N", 25832),
     ("epsg 4547", 4547)],
)  # fmt: skip
def test_names_of_crs(name, code):
    assert parse(name).to_epsg() == code


def test_junk_crs_asks_for_source_crs(house, read):
    model = house()
    model.conversion("my town's grid", 504000.0, 2490000.0)
    without = read(model).georeference
    assert without.to_map is None
    assert without.level == 0
    assert "SOURCE_CRS" in without.warnings[0]
    report = read(model, source_crs="EPSG:4547")
    np.testing.assert_allclose(mapped(report, "EPSG:4547")[0], (504000, 2490000, 0))


def test_compound_angles_carry_their_sign_on_each_part():
    assert angle_deg((49, 6, 1, 566000)) == pytest.approx(49 + 6 / 60 + 1.566 / 3600)
    assert angle_deg((-87, -38, -21, -839999)) == pytest.approx(-(87 + 38 / 60 + 21.839999 / 3600))
    assert angle_deg((-87, 38, 21)) == pytest.approx(-(87 + 38 / 60 + 21 / 3600))
    assert angle_deg((0, -7, -30)) == pytest.approx(-0.125)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(42.3587, -71.0567), (42.3584, -71.0598), (51.5001, -0.1262), (37.795, -122.394), (40.4203, -3.7058),
     (35.7, 139.767), (48.135, 11.583), (24.4667, 54.4167), (0.0, 0.0)],
)  # fmt: skip
def test_default_places_mean_none(house, read, lat, lon):
    assert default_place(lat, lon)
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = compound(lat), compound(lon)
    report = read(model)
    assert report.georeference.to_map is None
    assert "default" in report.georeference.warnings[0]


def compound(degrees: float) -> tuple[int, int, int, int]:
    sign = -1 if degrees < 0 else 1
    millionths = round(abs(degrees) * 3600e6)
    seconds, fraction = divmod(millionths, 1_000_000)
    return tuple(sign * part for part in (seconds // 3600, seconds // 60 % 60, seconds % 60, fraction))


def test_true_north_turns_a_model_placed_by_latitude(house, read):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = compound(22.52), compound(113.94)
    turn = math.radians(30)
    model.context.TrueNorth = model.f.create_entity("IfcDirection", (math.sin(turn), math.cos(turn)))
    report = read(model)
    start, east = mapped(report, "EPSG:32649", [(0, 0, 0), (10, 0, 0)])
    bearing = math.degrees(math.atan2(east[0] - start[0], east[1] - start[1]))
    # North lies 30 degrees clockwise of the model's y axis, so its x axis points 60 degrees from north;
    # the grid of zone 49 (central meridian 111) is turned by its convergence.
    convergence = math.degrees(math.atan(math.tan(math.radians(113.94 - 111)) * math.sin(math.radians(22.52))))
    assert bearing == pytest.approx(60.0 - convergence, abs=0.01)


def test_true_north_is_ignored_beside_a_map_conversion(house, read):
    model = house()
    model.context.TrueNorth = model.f.create_entity("IfcDirection", (0.5, 0.866))
    model.conversion("EPSG:4547", 504000.0, 2490000.0)
    np.testing.assert_allclose(mapped(read(model), "EPSG:4547")[1], (504010, 2490000, 0))


def test_georeferenced_twice(house, read):
    model = house(at=(504000.0, 2490000.0, 0.0))
    model.conversion("EPSG:4547", 504000.0, 2490000.0)
    report = read(model)
    np.testing.assert_allclose(mapped(report, "EPSG:4547", [(504000, 2490000, 0)])[0], (504000, 2490000, 0))
    assert "twice" in report.georeference.warnings[0]


def test_absolute_coordinates_need_the_users_crs(house, read):
    model = house(at=(504000.0, 2490000.0, 0.0))
    assert read(model).georeference.to_map is None
    report = read(model, source_crs="EPSG:4547")
    assert report.georeference.level == 30
    assert report.georeference.confidence is Confidence.SURE
    np.testing.assert_allclose(mapped(report, "EPSG:4547", [(504005, 2490005, 0)])[0], (504005, 2490005, 0))


def test_zone_prefix_of_gauss_krueger_eastings(house, read):
    assert zoned(38505955.0, 2500000.0) == "EPSG:4526"
    report = read(house(at=(38505955.0, 2500000.0, 0.0)), source_crs="EPSG:4547")
    assert report.georeference.to_map.crs == "EPSG:4526"
    assert report.georeference.confidence is Confidence.SURE
    model = house()
    model.conversion("EPSG:4547", 38505955.0, 2500000.0)
    np.testing.assert_allclose(mapped(read(model), "EPSG:4547")[0, :2], (505955.0, 2500000.0), atol=1e-3)


def test_real_absolute_model_with_its_crs(shared_data, read):
    report = read(shared_data("ifc/large_offset.ifc"), source_crs="EPSG:5110")
    assert report.georeference.confidence is Confidence.SURE
    # The site's own latitude and longitude, 59 39 52.99 N 10 47 40.73 E, lie 2 km from there: the same town.
    there = mapped(report, "EPSG:4326", [(114502.7663185, 1185944.009, 0)])[0]
    assert there[:2] == pytest.approx((10.794646, 59.664719), abs=0.05)


def test_no_georeference_and_a_tie(house, read):
    model = house()
    assert read(model).georeference.confidence is Confidence.NONE
    report = read(model, tie=Tie(504000.0, 2490000.0, 3.0, 90.0, "EPSG:4547"))
    points = mapped(report, "EPSG:4547")
    np.testing.assert_allclose(points, [(504000, 2490000, 3), (504000, 2489990, 3), (504010, 2490000, 6)], atol=1e-6)
    assert report.georeference.level == 60


def test_minutes_only_are_unsure(shared_data, read):
    report = read(shared_data("ifc/AC11-Institute-Var-2-IFC.ifczip"))
    assert report.georeference.confidence is Confidence.UNSURE
