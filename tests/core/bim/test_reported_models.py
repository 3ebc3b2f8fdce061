"""Small models as public bug reports describe them: heights, storeys, units and turns are right, or in a warning."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twin_plugin.core.bim.model import Confidence
from twin_plugin.core.bim.rows import place_model


def codes(report):
    return {warning.code for warning in (*report.georeference.warnings, *report.warnings)}


def rows(report):
    return place_model(report, "EPSG:25832")


def at_latitude(model, elevation):
    model.site.RefLatitude, model.site.RefLongitude = (49, 6, 1, 500000), (8, 26, 11, 300000)
    model.site.RefElevation = elevation
    return model


@pytest.mark.parametrize(
    ("placed_m", "named_m", "ground_m"),
    [(0.0, 120.0, 120.0), (-1.0, 0.0, -1.0), (-1.0, None, -1.0), (-1.0, -1.0, -1.0)],
)
def test_the_height_of_a_site_is_in_its_attribute_or_its_placement(house, read, placed_m, named_m, ground_m):
    """Revit wrote RefElevation until 2021, and the placement since (revit-ifc issues 384 and 581)."""
    report = read(at_latitude(house(at=(0.0, 0.0, placed_m)), named_m))
    assert rows(report).buildings[0][1]["ground_floor_elev_m"] == pytest.approx(ground_m)
    assert ("site_without_elevation" in codes(report)) == (not named_m)


@pytest.mark.parametrize("by", ["site", "conversion"])
@pytest.mark.parametrize(("model_m", "place_m", "twice"), [(50.4, 50.0, True), (0.0, 50.0, False), (3.0, 3.0, False)])
def test_a_height_that_is_counted_twice_is_told(house, read, by, model_m, place_m, twice):
    """Heights above the datum in the placements, and the site's or the conversion's height on top (revit-ifc 177)."""
    model = house()
    if by == "site":
        at_latitude(model, place_m)
        model.site.ObjectPlacement = model.f.create_entity("IfcLocalPlacement", None, model.axis(0, 0, 0))
    else:
        model.conversion("EPSG:25832", 458657.3, 5438232.25, place_m)
    model.place.RelativePlacement = model.axis(0, 0, model_m)
    report = read(model)
    assert ("height_twice" in codes(report)) == twice
    assert (report.georeference.confidence is Confidence.UNSURE) == twice


def floor(model, name, z, placed_z, at=(0.0, 0.0)):
    """A storey with walls and a slab at a height, though its placement may lie elsewhere."""
    x, y = at
    storey = model.level(name, placed_z)
    storey.Elevation = model.n(z)
    for dx, dy, w, d in ((0, 0, 10, 0.3), (0, 7.7, 10, 0.3), (0, 0, 0.3, 8), (9.7, 0, 0.3, 8)):
        model.box("IfcWall", "Wall", x + dx, y + dy, z, w, d, 3.0, storey)
    model.box("IfcSlab", "Floor", x, y, z - 0.2, 10, 8, 0.2, storey)


def raise_roof(model, z):
    model.f.by_type("IfcRoof")[0].ObjectPlacement.RelativePlacement = model.axis(-0.5, -0.5, z)


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("placed", [True, False])
def test_storeys_of_one_placement_stand_at_their_elevations(house, read, unit_m, placed):
    """Some exporters place all storeys at the building's zero (hypar-io/Elements issue 217, ifc-lite 1979)."""
    model = house(unit_m=unit_m, at=(0.0, 0.0, 2.0))
    raise_roof(model, 9.0)
    for name, z in (("L2", 3.0), ("L3", 6.0)):
        floor(model, name, z, z if placed else 0.0)
    report = read(model)
    (building,) = report.buildings
    assert [(s.number, s.elev_m, s.height_m) for s in building.storeys] == [
        (0, pytest.approx(2.0), pytest.approx(3.0)),
        (1, pytest.approx(5.0), pytest.approx(3.0)),
        (2, pytest.approx(8.0), pytest.approx(3.2)),
    ]
    assert building.gross_floor_area_m2 == pytest.approx(240.0, abs=0.5)
    assert ("storeys_by_elevation" in codes(report)) == (not placed)


def test_storeys_side_by_side_have_one_number_and_their_own_areas(house, read):
    """Levels of one height for parts of a building (revit-ifc issue 285)."""
    model = house()
    raise_roof(model, 6.0)
    floor(model, "Ground north", 0.0, 0.0, at=(0.0, 8.0))
    floor(model, "L2", 3.0, 3.0)
    (building,) = read(model).buildings
    assert [(s.name, s.number) for s in building.storeys] == [("Ground", 0), ("Ground north", 0), ("L2", 1)]
    assert [s.area_m2 for s in building.storeys] == pytest.approx([80.0, 80.0, 80.0], abs=0.5)
    assert (building.storeys_above, building.gross_floor_area_m2) == (2, pytest.approx(240.0, abs=1.0))


def test_two_names_of_one_floor_count_once(house, read):
    model = house()
    raise_roof(model, 3.0)
    floor(model, "Ground finish", 0.1, 0.1)
    (building,) = read(model).buildings
    assert {s.number for s in building.storeys} == {0}
    assert building.gross_floor_area_m2 == pytest.approx(80.0, abs=0.5)


@pytest.mark.parametrize("degrees", [20.0, -135.0, 180.0])
def test_a_turn_in_true_north_and_in_the_placement_counts_once(house, read, degrees):
    """Shared coordinates of Revit hold true north already (revit-ifc issues 301 and 465)."""
    turn = math.radians(degrees)

    def outline(placed):
        model = at_latitude(house(), 100.0)
        model.context.TrueNorth = model.f.create_entity("IfcDirection", (math.sin(turn), math.cos(turn)))
        if placed:
            axis = model.axis(0, 0, 0)
            axis.RefDirection = model.f.create_entity("IfcDirection", (math.cos(turn), math.sin(turn), 0.0))
            model.place.RelativePlacement = axis
        report = read(model)
        assert ("true_north_repeated" in codes(report)) == placed
        assert (report.georeference.confidence is Confidence.UNSURE) == placed
        return rows(report).buildings[0][0]

    once, twice = outline(False), outline(True)
    assert once.symmetric_difference(twice).area < 1.0


@pytest.mark.parametrize("unit_m", [0.0254, 0.3048])
@pytest.mark.parametrize("with_faces", [False, True])
def test_units_that_are_defined_by_other_units(house, read, unit_m, with_faces):
    """Inches of 25.4 mm, and feet of 12 such inches (IfcOpenShell issues 6012 and 6689, web-ifc 183)."""
    model = house(unit_m=unit_m)
    e = model.f.create_entity
    lengths = e("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
    length = e("IfcSIUnit", UnitType="LENGTHUNIT", Prefix="MILLI", Name="METRE")
    for name, factor in (("INCH", 25.4), ("FOOT", 12.0))[: 1 if unit_m < 0.1 else 2]:
        measure = e("IfcMeasureWithUnit", e("IfcLengthMeasure", factor), length)
        length = e("IfcConversionBasedUnit", lengths, "LENGTHUNIT", name, measure)
    units = model.project.UnitsInContext
    units.Units = [length, *(unit for unit in units.Units if unit.UnitType != "LENGTHUNIT")]
    slab = model.box("IfcSlab", "Oval", 20, 10, 1, 1, 1, 2)
    middle = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (0.0, 0.0)), None)
    oval = e("IfcEllipseProfileDef", "AREA", None, middle, model.n(4.0), model.n(2.0))
    slab.Representation.Representations[0].Items[0].SweptArea = oval
    (building,) = read(model, with_faces=with_faces).buildings
    assert building.outline_area_m2 == pytest.approx(99.0 + np.pi * 8.0, rel=0.005)
    assert building.height_m == pytest.approx(3.2)


@pytest.mark.parametrize("factor", [1.0, 1000.0])
def test_map_coordinates_in_the_placement_and_in_the_conversion_count_once(house, read, factor):
    """A model in millimetres that carries its place twice (ifc-lite issues 2526 and 4938)."""
    model = house(unit_m=0.001, at=(458657.3, 5438232.25, 100.0))
    metre = model.f.create_entity("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
    model.conversion("EPSG:25832", 458657.3 * factor, 5438232.25 * factor, 100.0 * factor, unit=metre)
    report = read(model)
    shape, row = rows(report).buildings[0]
    assert shape.bounds == pytest.approx((458657.3, 5438232.25, 458667.3, 5438240.25), abs=0.01)
    assert row["ground_floor_elev_m"] == pytest.approx(100.0)
    assert "georeferenced_twice" in codes(report)


UTM_WITHOUT_AREA = (
    'PROJCS["UTM",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",'
    'SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],'
    'PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
)


@pytest.mark.parametrize("crs", ["EPSG:25832", UTM_WITHOUT_AREA])
def test_a_conversion_of_zeros_is_no_place_in_any_crs(house, read, crs):
    """WKT often has no area of use; that of the CRS which it describes serves."""
    model = house(schema="IFC4X3_ADD2")
    conversion = model.conversion("EPSG:25832", 0.0, 0.0)
    if crs is UTM_WITHOUT_AREA:
        conversion.TargetCRS.Name = "WKT"
        model.f.create_entity("IfcWellKnownText", crs, conversion.TargetCRS)
    report = read(model)
    assert report.georeference.to_map is None
    assert "conversion_zero" in codes(report)
    conversion.Eastings, conversion.Northings = 458657.3, 5438232.25
    report = read(model)
    assert report.georeference.confidence is Confidence.SURE
    assert "crs_without_area" not in codes(report)


@pytest.mark.parametrize(("east", "differ"), [(458657.3, False), (341613.64, True)])
def test_two_map_conversions_that_differ_are_told(house, read, east, differ):
    model = house()
    model.conversion("EPSG:25832", 458657.3, 5438232.25)
    e = model.f.create_entity
    plan = e("IfcGeometricRepresentationContext", None, "Plan", 2, 1e-5, model.world, None)
    model.project.RepresentationContexts = [model.context, plan]
    e("IfcMapConversion", plan, e("IfcProjectedCRS", "EPSG:25832"), east, 5438232.25, 0.0, 1.0, 0.0)
    report = read(model)
    assert rows(report).buildings[0][0].bounds[:2] == pytest.approx((458657.3, 5438232.25), abs=0.01)
    assert ("conversions_differ" in codes(report)) == differ
    assert (report.georeference.confidence is Confidence.SURE) != differ


@pytest.mark.parametrize(("unit_m", "sure"), [(0.001, True), (1.0, False)])
def test_a_factor_that_no_unit_explains_is_a_guess(house, read, unit_m, sure):
    """Eastings of another country in metres fit the British grid a thousand times smaller, in the sea."""
    model = house(unit_m=unit_m)
    model.conversion("EPSG:27700", 316131.64, 5690966.11)
    report = read(model)
    assert "eastings_multiplied" in codes(report)
    assert (report.georeference.confidence is Confidence.SURE) == sure


@pytest.mark.parametrize("named", [True, False])
def test_a_model_without_a_unit_of_length_is_reported(house, read, named):
    model = house()
    if not named:
        units = model.project.UnitsInContext
        units.Units = [unit for unit in units.Units if unit.UnitType != "LENGTHUNIT"]
    report = read(model)
    assert ("no_length_unit" in codes(report)) != named
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80.0, abs=20.0), "read as metres"
