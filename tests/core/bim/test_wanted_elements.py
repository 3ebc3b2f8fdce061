"""What a model wants drawn is drawn by some kernel, or its row says that it was read in part."""

from __future__ import annotations

import contextlib
import math

import pytest

from twin_plugin.core.bim.elements import by_types
from twin_plugin.core.bim.model import ReadStatus


def many_walls(house):
    """A house with so many plain walls that one lost element is less than a tenth."""
    model = house()
    for number in range(8):
        model.box("IfcWall", f"Inner wall {number}", 1 + number, 1, 0, 0.1, 5, 2.5)
    return model


def body(model, product, item):
    product.Representation.Representations[0].Items = [item] if item is not None else []


def turned(model):
    """A rectangle of 1 x 3 m turned about an axis 5 m away: a ring of 4.5 to 5.5 m."""
    e = model.f.create_entity
    place = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (model.n(5.0), 0.0)), None)
    profile = e("IfcRectangleProfileDef", "AREA", None, place, model.n(1.0), model.n(3.0))
    axis = e("IfcAxis1Placement", e("IfcCartesianPoint", (0.0, 0.0, 0.0)), e("IfcDirection", (0.0, 1.0, 0.0)))
    # The project's angles are in degrees.
    return e("IfcRevolvedAreaSolid", profile, model.axis(0, 0, 0), axis, 360.0)


def test_a_shape_that_the_first_kernel_lacks_is_meshed_by_the_next(house, read):
    model = many_walls(house)
    body(model, model.box("IfcWall", "Round wall", 20, 0, 0, 1, 1, 3), turned(model))
    report = read(model)
    assert (report.status, report.elements, report.meshed) == (ReadStatus.OK, 17, 17)
    # The roof reaches from -0.5 to 10.5, the ring about 20 to 25.5 in x, and is turned about an axis along y.
    assert report.buildings[0].outline.bounds[2] == pytest.approx(25.5, abs=0.02)
    assert report.buildings[0].roof_m == pytest.approx(5.5, abs=0.02)


def test_one_element_without_a_shape_makes_a_model_partial(house, read):
    model = many_walls(house)
    body(model, model.box("IfcBeam", "Beam", 1, 1, 2.5, 0.2, 5, 0.3), None)
    report = read(model)
    assert (report.status, report.elements, report.meshed) == (ReadStatus.PARTIAL, 17, 16)
    assert "1 of 17 elements have no usable shape." in str(report.reason)
    assert report.buildings[0].footprint_area_m2 == pytest.approx(80.0, abs=0.1)


def test_a_box_instead_of_a_shape_makes_a_model_partial(house, read, monkeypatch):
    from twin_plugin.core.bim import mesh

    run = mesh._run
    monkeypatch.setattr(mesh, "_run", lambda model, elements, *rest: run(model, elements[1:], *rest))
    model = house()
    for wall in model.f.by_type("IfcWall"):
        body(model, wall, turned(model))
    report = read(model)
    assert report.status is ReadStatus.PARTIAL
    assert "elements_as_boxes" in {reason.code for reason in report.reasons}
    assert math.isfinite(report.buildings[0].outline_area_m2)


@pytest.mark.parametrize("cut", [False, True])
def test_a_placement_that_kernels_cannot_read_costs_its_element_only(house, read, cut):
    """Columns on the crossings of a grid stop every kernel for all elements that it was given."""
    model = house()
    for wall in model.f.by_type("IfcWall"):
        body(model, wall, turned(model))
    e = model.f.create_entity
    if cut:
        plane = e("IfcPlane", model.axis(0, 0, 9))
        for wall in model.f.by_type("IfcWall"):
            space = e("IfcHalfSpaceSolid", plane, False)
            body(model, wall, e("IfcBooleanClippingResult", "DIFFERENCE", turned(model), space))
    axes = [e("IfcGridAxis", str(n), e("IfcPolyline", [e("IfcCartesianPoint", at) for at in ends]), True)
            for n, ends in enumerate((((0.0, 0.0), (9.0, 0.0)), ((0.0, 0.0), (0.0, 9.0))))]  # fmt: skip
    crossing = e("IfcVirtualGridIntersection", axes, (0.0, 0.0, 0.0))
    column = model.box("IfcColumn", "Column", 0, 0, 0, 0.3, 0.3, 3)
    column.ObjectPlacement = e("IfcGridPlacement", PlacementLocation=crossing)
    report = read(model)
    assert (report.status, report.elements - report.meshed) == (ReadStatus.PARTIAL, 1)
    assert any(text.startswith("1 of these elements are placed by IfcGridPlacement") for text in report.reasons)
    assert "boxes" not in report.engine
    # The rings stand about the corners of the walls, of which the last lies at x = 9.7.
    assert report.buildings[0].outline.bounds[2] == pytest.approx(9.7 + 5.5, abs=0.02)


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
def test_asking_for_classes_at_once_finds_what_asking_for_each_does(house, schema):
    """In any order, with classes that the schema lacks, and with classes beside those they descend from."""
    model = house(schema=schema)
    names = ("IfcSlab", "IfcRoof", "IfcElement", "IfcWallStandardCase", "IfcPavement", "IfcBuilding", "IfcSlab", "None")
    every = set()
    for name in names:
        with contextlib.suppress(RuntimeError):
            every.update(entity.id() for entity in model.f.by_type(name))
    assert [entity.id() for entity in by_types(model.f, names)] == sorted(every)
    assert {entity.is_a() for entity in by_types(model.f, names)} >= {"IfcSlab", "IfcBuilding", "IfcDoor"}
    assert by_types(model.f, ("None",)) == []
