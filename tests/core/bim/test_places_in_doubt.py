"""Places that files name wrongly: defaults, prefixes, swapped angles, several sites, a CRS that does not fit."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import Confidence, ReadStatus
from twin_plugin.core.bim.rows import checked, common_crs, place_model
from twin_plugin.core.common.crs import carried_prefix_m, parse, transform


def codes(report):
    return {warning.code for warning in report.notes.warnings}


def reasons(report):
    return {reason.code for reason in report.reasons}


def point(report, crs, *local):
    to_map = report.georeference.to_map
    return transform(to_map.crs, crs, to_map.apply(np.asarray([local], float)))[0]


@pytest.mark.parametrize(
    ("crs", "east", "north", "inside"),
    [
        ("EPSG:25832", 32458657.3, 5438232.25, 458657.3),  # UTM
        ("EPSG:32650", 50505955.0, 2500000.0, 505955.0),
        ("EPSG:3879", 25496000.0 + 0.0, 6672000.0, 25496000.0),  # has its prefix itself
        ("EPSG:4547", 38505955.0, 2500000.0, None),  # China's have codes with the prefix
    ],
)
def test_the_crs_that_a_model_names_decides_on_a_zone_prefix(house, read, crs, east, north, inside):
    model = house()
    model.conversion(crs, east, north, 100.0)
    report = read(model)
    assert report.georeference.confidence is Confidence.SURE
    if inside is None:
        assert report.georeference.to_map.crs == "EPSG:4526"
        return
    assert report.georeference.to_map.crs == crs
    np.testing.assert_allclose(point(report, crs, 0, 0, 0), (inside, north, 100.0), atol=1e-6)


def test_a_zone_prefix_of_absolute_coordinates_in_the_users_crs(house, read):
    report = read(house(at=(32458657.0, 5438232.0, 100.0)), source_crs="EPSG:25832")
    np.testing.assert_allclose(
        point(report, "EPSG:25832", 32458667.0, 5438232.0, 100.0), (458667.0, 5438232.0, 100.0), atol=1e-6
    )
    # 8.434 E is no place of China's, whose zone 32 the number could be too.
    assert read(house(at=(32458657.0, 5438232.0, 100.0))).georeference.to_map is None


def test_a_prefix_that_is_not_of_the_named_zone_is_in_doubt(house, read):
    assert carried_prefix_m(parse("EPSG:25832"), 33458657.0, 5438232.0) == 0.0
    for crs, east, north in (("EPSG:25832", 33458657.0, 5438232.0), ("EPSG:4547", 39505955.0, 2500000.0)):
        model = house()
        model.conversion(crs, east, north)
        assert read(model).georeference.confidence is Confidence.UNSURE


BEIJING = ((39, 54, 57, 601318), (116, 25, 58, 795166))


@pytest.mark.parametrize(
    ("lat", "lon"),
    [((42, 24, 53, 508911), (-71, -15, -29, -58837)), BEIJING, ((59, 54, 57, 600000), (10, 45, 0, 0)),
     ((42, 12, 46, 800000), (-71, -1, -58, -800000)), ((35, 41, 6, 0), (139, 45, 3, 600000))],
)  # fmt: skip
def test_an_authoring_tools_default_is_no_place(house, read, lat, lon):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = lat, lon
    report = read(model)
    assert report.georeference.to_map is None
    assert "site_default" in codes(report)
    assert "without_place" in reasons(report)


@pytest.mark.parametrize(
    "line",
    ["请在此处输入地址", "Enter address here", "Adresse hier eingeben", "Entrez l'adresse ici",
     "Introduzca aquí la dirección", "ここに住所を入力"],
)  # fmt: skip
def test_the_text_of_a_template_is_no_address(house, read, line):
    model = house()
    model.building.BuildingAddress = model.f.create_entity("IfcPostalAddress", AddressLines=[line], Town="中国北京")
    assert read(model).buildings[0].address == ""
    model = house()
    model.building.BuildingAddress = model.f.create_entity("IfcPostalAddress", AddressLines=["深南大道 1"], Town="深圳")
    assert read(model).buildings[0].address == "深南大道 1, 深圳"


def test_coordinates_of_a_map_are_not_added_to_latitude_and_longitude(house, read):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = (57, 53, 30, 0), (-3, 0, 0, 0)
    model.site.ObjectPlacement = model.f.create_entity("IfcLocalPlacement", None, model.axis(0, 0, 0))
    model.place.RelativePlacement = model.axis(442441.0, 4481087.0, 722.8)
    report = read(model)
    assert report.georeference.to_map is None
    assert "site_far_from_shapes" in codes(report)
    # Where the site itself stands there, its latitude and longitude are those of its zero point.
    model = house(at=(442441.0, 4481087.0, 0.0))
    model.site.RefLatitude, model.site.RefLongitude = (57, 53, 30, 0), (-3, 0, 0, 0)
    np.testing.assert_allclose(
        point(read(model), "EPSG:4326", 442441.0, 4481087.0)[:2], (-3.0, 57.0 + 53.5 / 60.0), atol=1e-8
    )


@pytest.mark.parametrize(("lon", "far"), [((114, 3, 0, 0), False), ((95, 0, 0, 0), True)])
def test_a_site_far_from_its_map_conversion_is_named_and_counted(house, read, tmp_path, lon, far):
    model = house()
    model.conversion("EPSG:4547", 505955.0, 2490000.0)
    model.site.RefLatitude, model.site.RefLongitude = (22, 30, 0, 0), lon
    report = read(model)
    assert ("site_far" in codes(report)) == far
    model.f.write(str(tmp_path / "far.ifc"))
    messages = load(LoadRequest(files=(str(tmp_path / "far.ifc"),), workers=1)).messages
    assert any(text.startswith("far.ifc: The site's latitude and longitude lie 1,9") for text in messages) == far
    assert any(text.startswith("1 models have a site far from their map conversion") for text in messages) == far


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ((113, 56, 0, 0), (22, 31, 12, 0), "site_swapped"),
        ((-118, -14, -30, 0), (34, 3, 10, 0), "site_swapped"),
        ((113, 56, 0, 0), (222, 31, 12, 0), "site_off_earth"),
        ((22, 31, 12, 0), None, "site_half"),
    ],
)
def test_angles_that_are_no_latitude_are_told(house, read, lat, lon, code):
    model = house()
    model.site.RefLatitude, model.site.RefLongitude = lat, lon
    report = read(model)
    assert code in codes(report)
    assert report.georeference.confidence is not Confidence.SURE
    if code == "site_swapped":
        there = point(report, "EPSG:4326", 0, 0)
        angles = [math.copysign(sum(abs(p) / 60**i for i, p in enumerate(of[:3])), of[0]) for of in (lat, lon)]
        np.testing.assert_allclose(there[:2], angles, atol=1e-8)


def test_without_a_place_the_row_says_so(house, read):
    report = read(house())
    assert report.status is ReadStatus.OK
    row = place_model(report, "").report[0][1]
    assert "no place" in str(row["reason"])
    assert "neither a map conversion nor latitude" in str(row["warnings"])


def two_sites(house, other_lat, at=(0.0, 0.0, 0.0)):
    """A house on each of two sites with places of their own."""
    model = house()
    model.site.RefLatitude, model.site.RefLongitude, model.site.RefElevation = (49, 6, 1, 0), (8, 26, 11, 0), 110.0
    e = model.f.create_entity
    place = e("IfcLocalPlacement", None, model.axis(*at))
    site = e("IfcSite", model.guid(), None, "Plot 2", ObjectPlacement=place, CompositionType="ELEMENT")
    site.RefLatitude, site.RefLongitude, site.RefElevation = other_lat, (8, 26, 11, 0), 120.0
    building = e("IfcBuilding", model.guid(), None, "House 2", ObjectPlacement=place, CompositionType="ELEMENT")
    e("IfcRelAggregates", model.guid(), None, None, None, model.project, [site])
    e("IfcRelAggregates", model.guid(), None, None, None, site, [building])
    model.place, model.building = place, building
    storey = model.level("Ground", 0.0)
    model.box("IfcSlab", "Floor", 0, 0, -0.2, 12, 9, 0.2, storey)
    return model


@pytest.mark.parametrize("at", [(0.0, 0.0, 0.0), (30.0, 40.0, 5.0)])
def test_buildings_stand_on_their_own_sites(house, read, at):
    report = read(two_sites(house, (49, 7, 1, 0), at))
    first, second = (shape.centroid for shape, _ in place_model(report, "EPSG:25832").buildings)
    # A minute of latitude at 49.1 N is 1853.4 m by the ellipsoid GRS 80.
    assert second.distance(first) == pytest.approx(1853.4, abs=1.5)
    # The floors of the second stand as high above its site as the first's.
    heights = [row["ground_floor_elev_m"] for _, row in place_model(report, "EPSG:25832").buildings]
    assert heights == pytest.approx([110.0, 120.0])
    assert "several_sites" in codes(report)


def test_a_part_of_a_site_stands_on_the_site_with_the_place(house, read):
    model = two_sites(house, (49, 7, 1, 0), (30.0, 40.0, 0.0))
    e = model.f.create_entity
    site = next(site for site in model.f.by_type("IfcSite") if site.Name == "Plot 2")
    part = e("IfcSite", model.guid(), None, "Yard", ObjectPlacement=model.place, CompositionType="PARTIAL")
    relation = next(each for each in model.f.by_type("IfcRelAggregates") if each.RelatingObject == site)
    relation.RelatingObject = part
    e("IfcRelAggregates", model.guid(), None, None, None, site, [part])
    first, second = (shape.centroid for shape, _ in place_model(read(model), "EPSG:25832").buildings)
    assert second.distance(first) == pytest.approx(1853.4, abs=1.5)


def test_every_site_is_checked(house, read):
    # The second site lies in Shenzhen, and so high that its height is in millimetres.
    model = two_sites(house, (22, 31, 12, 0))
    site = next(site for site in model.f.by_type("IfcSite") if site.Name == "Plot 2")
    site.RefLongitude, site.RefElevation = (113, 56, 0, 0), 12000.0
    report = read(model)
    assert "zero_point_high" in codes(report)
    assert report.georeference.confidence is Confidence.UNSURE
    assert "outside_output_crs" in {warning.code for warning in checked(report, "EPSG:25832").warnings}


def test_sites_of_one_place_keep_their_models_axes(house, read):
    report = read(two_sites(house, (49, 6, 1, 0), (30.0, 40.0, 0.0)))
    first, second = (shape.centroid for shape, _ in place_model(report, "EPSG:25832").buildings)
    # The middles of the two floors, 10 x 8 and 12 x 9 m, in the model's own axes, on a grid whose scale is 0.9996.
    assert second.distance(first) == pytest.approx(math.hypot(31.0, 40.5) * 0.9996, abs=0.05)
    assert "several_sites" not in codes(report)


def at(house, crs, east, north):
    model = house()
    model.conversion(crs, east, north)
    return model


CITIES = {
    "atlanta.ifc": ("EPSG:2240", 2230000.0, 1370000.0),
    "london.ifc": ("EPSG:27700", 530268.0, 179645.0),
    "shenzhen.ifc": ("EPSG:4547", 505955.0, 2493000.0),
}


@pytest.mark.parametrize("crs", ["", "EPSG:27700"])
def test_models_outside_the_area_of_the_output_are_named(house, tmp_path, crs):
    for name, place in CITIES.items():
        at(house, *place).write(tmp_path / name)
    loaded = load(LoadRequest(folder=str(tmp_path), crs=crs, workers=1))
    inside = "london.ifc" if crs else "atlanta.ifc"
    outside = set(CITIES) - {inside}
    assert loaded.crs == CITIES[inside][0]
    told = {str(message).partition(":")[0] for message in loaded.messages if "outside the area" in str(message)}
    assert told == outside
    assert {row["id"] for _, row in loaded.rows.report if "outside the area" in str(row["warnings"])} == outside


def test_of_crs_named_equally_often_that_which_holds_all_models_is_taken(house, read):
    reports = [read(at(house, *CITIES["london.ifc"])), read(at(house, "EPSG:3857", 12690000.0, 2577000.0))]
    assert common_crs(reports) == common_crs(reports[::-1]) == "EPSG:3857"
    reports.append(read(at(house, *CITIES["london.ifc"])))
    assert common_crs(reports) == "EPSG:27700"
