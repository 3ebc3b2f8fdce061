"""Sizes that no building has, as wrong units of length make them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import box

from twin_plugin.core.bim.load import LoadRequest, load
from twin_plugin.core.bim.model import Building, Confidence, Storey
from twin_plugin.core.bim.plausibility import doubts


def codes(report):
    return {warning.code for warning in report.notes.warnings}


def placed(model):
    model.conversion("EPSG:25832", 458657.3, 5438232.25, 100.0)
    return model


@pytest.mark.parametrize(
    ("unit_m", "factor"),
    [
        (0.001, "0.001"),  # millimetres called metres
        (1000.0, "1000"),
        (1e-6, "1e-06"),
        (0.3048, "0.3048"),  # feet called metres
        (1 / 0.3048, "3.28084"),
        (0.0254, "0.0254"),  # inches called metres
        (25.4, "25.4"),  # inches called millimetres
        (0.01, "0.01"),
    ],
)
def test_a_unit_that_is_not_the_models_is_found(house, read, unit_m, factor):
    model = placed(house(unit_m=unit_m))
    model.length.Prefix = None
    report = read(model)
    assert report.georeference.confidence is Confidence.UNSURE
    (warning,) = (w for w in report.notes.warnings if w.code == "unit_seems_wrong")
    assert f"need the factor {factor}." in str(warning)


def test_without_doors_storeys_tell(house, read):
    model = placed(house(unit_m=0.3048))
    for door in (model.door, model.window):
        model.f.remove(door)
    for name, z in (("1. OG", 3.0), ("2. OG", 6.0)):
        model.box("IfcSlab", "Floor", 0, 0, z - 0.2, 10, 8, 0.2, model.level(name, z))
    report = read(model)
    assert "unit_seems_wrong" in codes(report)
    assert report.georeference.confidence is Confidence.UNSURE


def test_sizes_that_no_factor_explains():
    plan = box(0, 0, 4000, 3000)
    building = Building("b", "B", "", plan, plan, 0.0, 0.0, 4.0, door_height_m=2.1)
    assert [doubt.code for doubt in doubts(building)] == ["sizes_of_no_building"]


def test_what_buildings_have_is_not_doubted(house, read):
    hall = placed(house())
    hall.f.remove(hall.door)
    for x, y, w, d in ((0, 0, 100, 0.3), (0, 60, 100, 0.3), (0, 0, 0.3, 60), (100, 0, 0.3, 60)):
        hall.box("IfcWall", "Wall", x, y, 0.0, w, d, 12.0)
    hall.box("IfcDoor", "Gate", 50, 0.1, 0.0, 6, 0.1, 5.5)
    shed = placed(house())
    for product in shed.f.by_type("IfcElement"):
        shed.f.remove(product)
    shed.box("IfcWall", "Wall", 0, 0, 0.0, 2, 2, 1.9)
    tower = placed(house())
    for number in range(1, 60):
        tower.box("IfcWall", "Wall", 0, 0, number * 4.5, 10, 0.3, 4.5, tower.level(f"L{number + 1}", number * 4.5))
        tower.box("IfcSlab", "Slab", 0, 0, number * 4.5 - 0.2, 10, 8, 0.2)
    for model in (hall, shed, tower, placed(house())):
        report = read(model)
        assert report.georeference.confidence is Confidence.SURE
        assert not codes(report) & {"unit_seems_wrong", "sizes_of_no_building", "storeys_apart"}


def test_storeys_that_do_not_fit_their_shapes(house, read):
    model = placed(house())
    model.storey.ObjectPlacement = model.f.create_entity("IfcLocalPlacement", None, model.axis(0, 0, 700.0))
    assert "storeys_apart" in codes(read(model))


def test_more_storeys_than_the_height_holds(house, read):
    model = placed(house())
    for number in range(3):
        z = 2.0 + number * 2.0
        model.box("IfcWall", "Wall", 0, 0, 0, 10, 0.3, 3.0, model.level(f"Level {number + 2}", z))
    report = read(model)
    assert "storeys_too_low" in codes(report)
    assert report.georeference.confidence is Confidence.SURE


def test_floors_smaller_than_the_footprint(house):
    building = Building("b", "B", "", box(0, 0, 10, 8), box(0, 0, 10, 8), 0.0, 0.0, 4.0)
    for area_m2, small in ((20.0, True), (79.0, False), (160.0, False), (0.0, False)):
        storeys = (Storey("s", "EG", 0, 0.0, 4.0, box(0, 0, 1, 1), area_m2),)
        assert [doubt.code for doubt in doubts(replace(building, storeys=storeys))] == ["floor_area_small"] * small


def test_the_log_and_the_row_say_so(house, tmp_path):
    model = placed(house(unit_m=0.001))
    model.length.Prefix = None
    model.write(tmp_path / "a.ifc")
    loaded = load(LoadRequest(folder=str(tmp_path), workers=1))
    assert any("need the factor 0.001" in str(message) for message in loaded.messages)
    (row,) = (values for _, values in loaded.rows.report)
    assert row["confidence"] == "unsure"
    assert "need the factor 0.001" in str(row["warnings"])
