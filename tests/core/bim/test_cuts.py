"""Bodies that half spaces cut: what stays is what the standard says, with and without a kernel."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim import mesh as meshing
from twin_plugin.core.bim.conversion import length_unit_m
from twin_plugin.core.bim.elements import by_types, is_cut
from twin_plugin.core.bim.footprint import silhouettes
from twin_plugin.core.bim.source import open_model


def cut(model, product, normal, point, agreement, border=None, operator="DIFFERENCE"):
    """Take a half space off a product's body; the border is a square about the origin."""
    e = model.f.create_entity
    along = (1.0, 0.0, 0.0) if abs(normal[0]) < 0.9 else (0.0, 1.0, 0.0)
    axes = e(
        "IfcAxis2Placement3D",
        e("IfcCartesianPoint", tuple(model.n(x) for x in point)),
        e("IfcDirection", normal),
        e("IfcDirection", along),
    )
    plane = e("IfcPlane", axes)
    if border is None:
        half = e("IfcHalfSpaceSolid", plane, agreement)
    else:
        ring = [e("IfcCartesianPoint", (model.n(x * border), model.n(y * border))) for x, y in SQUARE]
        half = e("IfcPolygonalBoundedHalfSpace", plane, agreement, model.axis(0, 0, 0), e("IfcPolyline", ring))
    (shape,) = product.Representation.Representations
    shape.Items = [e("IfcBooleanClippingResult", operator, shape.Items[0], half)]


SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("border", [None, 50.0])
@pytest.mark.parametrize("with_faces", [False, True])
@pytest.mark.parametrize(("up", "agreement"), [(1.0, False), (-1.0, True)])
def test_what_the_plane_points_into_goes(house, read, unit_m, border, with_faces, up, agreement):
    model = house(unit_m=unit_m)
    model.f.remove(next(iter(model.f.by_type("IfcRoof"))))
    for wall in model.f.by_type("IfcWall"):
        solid = wall.Representation.Representations[0].Items[0]
        solid.Depth = model.n(9.0)
        cut(model, wall, (0.0, 0.0, up), (0.0, 0.0, 3.0), agreement, border)
    report = read(model, with_faces=with_faces)
    (building,) = report.buildings
    assert (report.meshed, report.elements) == (7, 7)
    assert ("opencascade" in report.engine) is with_faces
    assert building.roof_m == pytest.approx(3.0)
    assert building.ground_m == pytest.approx(0.0)
    assert building.footprint_area_m2 == pytest.approx(80.0, abs=0.1)


def block(model):
    return model.box("IfcSlab", "Block", 20, 0, 0, 4, 4, 2)


@pytest.mark.parametrize(
    ("normal", "point", "plan_m2", "heights"),
    [
        ((1.0, 0.0, 0.0), (3.0, 0.0, 0.0), 12.0, (0.0, 2.0)),
        ((0.0, 0.0, 1.0), (0.0, 0.0, 0.5), 16.0, (0.0, 0.5)),
        ((0.0, 0.0, -1.0), (0.0, 0.0, 0.5), 16.0, (0.5, 2.0)),
        ((1.0, 1.0, 0.0), (2.0, 2.0, 0.0), 8.0, (0.0, 2.0)),
        ((1.0, 0.0, 1.0), (3.0, 0.0, 0.0), 12.0, (0.0, 2.0)),
        ((1.0, 0.0, 1.0), (1.0, 0.0, 0.0), 4.0, (0.0, 1.0)),
        ((0.0, 0.0, 1.0), (0.0, 0.0, 2.0), 16.0, (0.0, 2.0)),
        ((0.0, 0.0, 1.0), (0.0, 0.0, 9.0), 16.0, (0.0, 2.0)),
    ],
)
def test_a_block_less_a_half_space(house, tmp_path, normal, point, plan_m2, heights):
    """Plan and heights by hand; the plan of a slanted cut through the upper part stays whole below it."""
    model = house()
    one = block(model)
    cut(model, one, normal, point, False)
    opened = open_model(model.write(tmp_path / "m.ifc"), trimmed=True, directly=True)
    plan, low, high = of(opened.direct.meshes()[one.id()])
    slanted = normal[0] and normal[2] and point[0] > 2
    assert plan == pytest.approx(12.0 if slanted else plan_m2)
    assert (low, high) == pytest.approx(heights)


def of(mesh):
    (plan,) = silhouettes([mesh], np.zeros(2))
    return plan.shape.area, mesh.low, mesh.high


def test_two_slanted_cuts_above_and_below_leave_the_plan(house, tmp_path):
    """Without a face that closes each cut, neither the upper nor the lower side would be whole."""
    model = house()
    one = block(model)
    cut(model, one, (0.1, 0.0, 1.0), (0.0, 0.0, 1.8), False)
    cut(model, one, (0.1, 0.1, -1.0), (0.0, 0.0, 0.2), False)
    opened = open_model(model.write(tmp_path / "m.ifc"), trimmed=True, directly=True)
    plan, low, high = of(opened.direct.meshes()[one.id()])
    assert plan == pytest.approx(16.0, abs=0.01)
    assert (low, high) == pytest.approx((0.2, 1.8))


def test_a_half_space_that_ends_within_the_body_leaves_what_is_beyond(house, tmp_path):
    """A square of 2 m about a corner of the block: above 0.5 m it goes, elsewhere the block stays."""
    model = house()
    one = block(model)
    cut(model, one, (0.0, 0.0, 1.0), (0.0, 0.0, 0.5), False, border=2.0)
    opened = open_model(model.write(tmp_path / "m.ifc"), trimmed=True, directly=True)
    mesh = opened.direct.meshes()[one.id()]
    assert of(mesh)[0] == pytest.approx(16.0)
    assert (mesh.low, mesh.high) == (0.0, 2.0)
    cut(model, one, (0.0, 0.0, -1.0), (0.0, 0.0, 0.5), False, border=2.0)
    opened = open_model(model.write(tmp_path / "m.ifc"), trimmed=True, directly=True)
    assert of(opened.direct.meshes()[one.id()])[0] == pytest.approx(12.0)


def test_a_cut_by_anything_else_is_a_kernels_work(house, read):
    """A ball that takes a part of a slab away: nothing is known of it without a kernel, and nothing breaks."""
    model = house()
    one = block(model)
    e = model.f.create_entity
    ball = e("IfcSphere", model.axis(2, 2, 4), 3.0)
    (shape,) = one.Representation.Representations
    shape.Items = [e("IfcBooleanResult", "DIFFERENCE", shape.Items[0], ball)]
    point = e("IfcCartesianPoint", (0.0, 0.0, 0.0))
    loop = e("IfcFaceOuterBound", e("IfcPolyLoop", [point, point, point]), True)
    brep = e("IfcFacetedBrep", e("IfcClosedShell", [e("IfcFace", [loop])]))
    wall = model.box("IfcWall", "Odd", 30, 0, 0, 4, 4, 2)
    (shape,) = wall.Representation.Representations
    shape.Items = [e("IfcBooleanClippingResult", "DIFFERENCE", shape.Items[0], brep)]
    report = read(model, with_faces=False)
    assert "opencascade" in report.engine
    assert report.buildings[0].outline_area_m2 == pytest.approx(99.0 + 32.0, abs=0.1)


@pytest.mark.slow
def test_cuts_of_the_samples_are_those_of_opencascade(shared_data):
    folder, compared = shared_data("ifc"), 0
    for name in sorted(path.name for path in folder.iterdir() if not path.name.startswith("BROKEN")):
        opened = open_model(folder / name, trimmed=True, directly=True)
        direct = opened.direct.meshes() if opened.direct is not None else {}
        whole = open_model(folder / name).file
        cut_ones = [e for e in by_types(whole, ("IfcElement",)) if e.id() in direct and is_cut(e)]
        if not cut_ones:
            continue
        kernel = meshing.mesh_elements(whole, cut_ones, length_unit_m(whole)).meshes
        for element in cut_ones:
            ours, theirs = direct[element.id()], kernel[element.id()]
            assert ours.vertices.min(axis=0) == pytest.approx(theirs.vertices.min(axis=0), abs=0.002), (name, element)
            assert ours.vertices.max(axis=0) == pytest.approx(theirs.vertices.max(axis=0), abs=0.002), (name, element)
            assert of(ours)[0] == pytest.approx(of(theirs)[0], abs=0.01), (name, element)
            compared += 1
    assert compared >= 30
