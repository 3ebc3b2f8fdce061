"""Profiles of composite and indexed curves and circles need no kernel, and are what a kernel makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim import mesh as meshing
from twin_plugin.core.bim.footprint import silhouettes
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.trim import trim


def line(model, points):
    e = model.f.create_entity
    return e("IfcPolyline", [e("IfcCartesianPoint", (model.n(x), model.n(y))) for x, y in points])


def closed(model, curve, kind="IfcArbitraryClosedProfileDef", **more):
    return model.f.create_entity(kind, "AREA", None, curve, **more)


def composite(model, turned=False):
    """A trapezium of two lines; the second may run the other way."""
    e = model.f.create_entity
    first, second = [(0, 0), (6, 0), (6, 4)], [(6, 4), (2, 4), (0, 0)]
    lines = line(model, first), line(model, second[::-1] if turned else second)
    segments = [
        e("IfcCompositeCurveSegment", "CONTINUOUS", sense, part)
        for part, sense in zip(lines, (True, not turned), strict=True)
    ]
    return closed(model, e("IfcCompositeCurve", segments, False))


def indexed(model, segments=True, hole=False):
    """A rectangle of 6 x 4 m, with half a circle of 4 m at its end, or without segments."""
    e = model.f.create_entity
    written = [(0, 0), (6, 0), (8, 2), (6, 4), (0, 4)]
    points = written if segments else [*written[:2], *written[3:], written[0]]
    lists = e("IfcCartesianPointList2D", [tuple(model.n(x) for x in point) for point in points])
    parts = None
    if segments:
        parts = [
            e("IfcLineIndex", (1, 2)),
            e("IfcArcIndex", (2, 3, 4)),
            e("IfcLineIndex", (4, 5, 1)),
        ]
    curve = e("IfcIndexedPolyCurve", lists, parts, False)
    if not hole:
        return closed(model, curve)
    inner = line(model, [(1, 1), (3, 1), (3, 3), (1, 3), (1, 1)])
    return closed(model, curve, "IfcArbitraryProfileDefWithVoids", InnerCurves=[inner])


def circle(model):
    e = model.f.create_entity
    place = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (model.n(1), model.n(2))), None)
    return e("IfcCircleProfileDef", "AREA", None, place, model.n(3))


def arcs(model, trims="CARTESIAN", forward=True, master=None):
    """A rectangle of 6 x 4 m with half a circle of 4 m at its end: the end is a trimmed circle."""
    e = model.f.create_entity
    place = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (model.n(6), model.n(2))), e("IfcDirection", (0.0, -1.0)))
    ring = e("IfcCircle", place, model.n(2))
    ends = [e("IfcCartesianPoint", (model.n(6), model.n(y))) for y in (0, 4)]
    # x of the circle leads to its first point; the project counts angles in degrees.
    said = [e("IfcParameterValue", angle) for angle in (0.0, 180.0)]
    if trims == "CARTESIAN":
        both = [(point,) for point in ends]
    elif trims == "PARAMETER":
        both = [(number,) for number in said]
    else:
        both = list(zip(ends, said, strict=True))
    first, last = both if forward else both[::-1]
    arc = e("IfcTrimmedCurve", ring, first, last, forward, master or trims)
    rest = line(model, [(6, 4), (0, 4), (0, 0), (6, 0)])
    parts = [e("IfcCompositeCurveSegment", "CONTINUOUS", forward, arc)]
    parts.append(e("IfcCompositeCurveSegment", "CONTINUOUS", True, rest))
    return closed(model, e("IfcCompositeCurve", parts, False))


def deep(model):
    """A composite whose points have a third coordinate of zero."""
    profile = composite(model)
    for segment in profile.OuterCurve.Segments:
        for point in segment.ParentCurve.Points:
            point.Coordinates = (*point.Coordinates, 0.0)
    return profile


def ellipse_curve(model):
    e = model.f.create_entity
    place = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (model.n(1), model.n(2))), e("IfcDirection", (0.0, 1.0)))
    return closed(model, e("IfcEllipse", place, model.n(3), model.n(2)))


def sized(kind, *sizes):
    """A profile given by its sizes, turned and moved in its plane; the first of them are lengths (m)."""

    def make(model):
        e = model.f.create_entity
        corner = e("IfcCartesianPoint", (model.n(1), model.n(2)))
        place = e("IfcAxis2Placement2D", corner, e("IfcDirection", (0.8, 0.6)))
        return e(kind, "AREA", None, place, *(None if size is None else model.n(size) for size in sizes))

    return make


ROUNDING = 4 - np.pi
"""What four rounded corners of radius 1 take off a rectangle."""

CASES = {
    "trimmed by points": (arcs, 24.0 + np.pi * 2),
    "trimmed by angles": (lambda model: arcs(model, "PARAMETER"), 24.0 + np.pi * 2),
    "trimmed by both": (lambda model: arcs(model, "BOTH", master="CARTESIAN"), 24.0 + np.pi * 2),
    "trimmed the other way": (lambda model: arcs(model, forward=False), 24.0 + np.pi * 2),
    "composite, points with a third coordinate": (deep, 20.0),
    "an ellipse as a curve": (ellipse_curve, np.pi * 6),
    "an ellipse": (sized("IfcEllipseProfileDef", 3, 2), np.pi * 6),
    "a hollow rectangle": (sized("IfcRectangleHollowProfileDef", 6, 4, 0.5, 0.3, 0.8),
                           24.0 - ROUNDING * 0.64 - 15.0 + ROUNDING * 0.09),
    "a hollow rectangle, no rounding": (sized("IfcRectangleHollowProfileDef", 6, 4, 0.5, None, None), 9.0),
    "a rounded rectangle": (sized("IfcRoundedRectangleProfileDef", 6, 4, 0.5), 24.0 - ROUNDING * 0.25),
    "a hollow circle": (sized("IfcCircleHollowProfileDef", 3, 1), np.pi * 5),
    "a trapezium": (sized("IfcTrapeziumProfileDef", 6, 3, 4, 1), 18.0),
    "an I": (sized("IfcIShapeProfileDef", 4, 6, 0.5, 1, None), 10.0),
    "an I, rounded": (sized("IfcIShapeProfileDef", 4, 6, 0.5, 1, 0.5), 10.0 + ROUNDING * 0.25),
    "an L": (sized("IfcLShapeProfileDef", 4, 3, 0.5, 0.3, 0.2), 3.25 + ROUNDING * (0.09 / 4 - 0.04 / 2)),
    "an L of equal legs": (sized("IfcLShapeProfileDef", 4, None, 0.5, None, None), 3.75),
    "a T": (sized("IfcTShapeProfileDef", 4, 3, 0.5, 1, 0.3, 0.2, 0.1),
            4.5 + ROUNDING * (0.09 / 2 - 0.04 / 2 - 0.01 / 2)),
    "a U": (sized("IfcUShapeProfileDef", 4, 3, 0.5, 1, 0.3, 0.2), 7.0 + ROUNDING * (0.09 / 2 - 0.04 / 2)),
    "composite": (composite, 20.0),
    "composite, a part turned": (lambda model: composite(model, True), 20.0),
    "indexed, with an arc": (indexed, 24.0 + np.pi * 2),
    "indexed, without segments": (lambda model: indexed(model, False), 24.0),
    "indexed, round a hole": (lambda model: indexed(model, hole=True), 20.0 + np.pi * 2),
    "circle": (circle, np.pi * 9),
}  # fmt: skip


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("name", CASES)
def test_a_profile_of_curves_is_what_a_kernel_makes(house, tmp_path, name, unit_m):
    profile, area_m2 = CASES[name]
    model = house(unit_m=unit_m)
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    slab.Representation.Representations[0].Items[0].SweptArea = profile(model)
    path = model.write(tmp_path / "curved.ifc")
    mine = open_model(path, trimmed=True, directly=True).direct.meshes()[slab.id()]
    whole = open_model(path).file
    # Kernel manifold of ifcopenshell 0.9 draws arcs of indexed curves as straight lines.
    theirs = meshing._run(whole, [whole.by_id(slab.id())], "opencascade", unit_m)[slab.id()]
    plans = [plan.shape for plan in silhouettes([mine, theirs], np.zeros(2))]
    assert plans[0].area == pytest.approx(area_m2, rel=0.005)
    assert plans[0].symmetric_difference(plans[1]).area < 0.01 * area_m2
    assert (mine.low, mine.high) == pytest.approx((1.0, 3.0))
    assert (theirs.low, theirs.high) == pytest.approx((1.0, 3.0))


@pytest.mark.parametrize("name", CASES)
def test_the_faces_of_curved_profiles_are_right_too(house, read, name):
    """Faces come from kernels."""
    profile, area_m2 = CASES[name]
    model = house()
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    slab.Representation.Representations[0].Items[0].SweptArea = profile(model)
    (building,) = read(model, with_faces=True).buildings
    assert building.outline_area_m2 - 99.0 == pytest.approx(area_m2, rel=0.01, abs=0.03)


@pytest.mark.parametrize("damage", ["gap", "number"])
def test_curves_that_do_not_close_are_left_to_a_kernel(house, tmp_path, damage):
    model = house()
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    profile = indexed(model)
    if damage == "gap":
        profile.OuterCurve.Segments = [model.f.create_entity("IfcLineIndex", (1, 2, 3, 4))]
    else:
        profile.OuterCurve.Segments = [model.f.create_entity("IfcLineIndex", (1, 2, 99, 1))]
    slab.Representation.Representations[0].Items[0].SweptArea = profile
    path = model.write(tmp_path / "open.ifc")
    assert slab.id() not in open_model(path, trimmed=True, directly=True).direct.meshes()


def test_many_indexed_curves_are_read_each_for_itself(house, tmp_path):
    model = house()
    slabs = [model.box("IfcSlab", f"Curved {number}", 20 * number, 5, 1, 1, 1, 2) for number in range(1, 4)]
    for slab in slabs:
        slab.Representation.Representations[0].Items[0].SweptArea = indexed(model)
    meshes = open_model(model.write(tmp_path / "many.ifc"), trimmed=True, directly=True).direct.meshes()
    for slab in slabs:
        (plan,) = silhouettes([meshes[slab.id()]], np.zeros(2))
        assert plan.shape.area == pytest.approx(24.0 + np.pi * 2, rel=0.005)


@pytest.mark.parametrize(
    ("written", "damaged"),
    [(b"(8.,2.)", b"(8.,2.-1)"), (b"IFCARCINDEX((2,3,4))", b"IFCARCINDEX((2,,4))"), (b"(8.,2.)", b"(8.,,2.)")],
    ids=["number", "index", "blank"],
)
def test_an_indexed_curve_that_is_damaged_costs_no_other(house, tmp_path, written, damaged):
    """All lists of points are parsed together."""
    model = house()
    slabs = [model.box("IfcSlab", f"Curved {number}", 20 * number, 5, 1, 1, 1, 2) for number in range(1, 4)]
    for slab in slabs:
        slab.Representation.Representations[0].Items[0].SweptArea = indexed(model)
    path = model.write(tmp_path / "many.ifc")
    text = path.read_bytes()
    assert text.count(written) == 3
    path.write_bytes(text.replace(written, damaged, 1))
    meshes = trim(path.read_bytes(), "IFC4").direct.meshes()
    assert [slab.id() in meshes for slab in slabs] == [False, True, True]


def test_indexed_curves_with_the_same_points_may_differ(house, tmp_path):
    """Curves that are written alike are computed once; those through the same points in another way are others."""
    model = house()
    slabs = [model.box("IfcSlab", f"Curved {number}", 20 * number, 5, 1, 1, 1, 2) for number in range(1, 4)]
    profiles = [indexed(model) for _ in slabs]
    profiles[1].OuterCurve.Segments = [model.f.create_entity("IfcLineIndex", (1, 2, 3, 4, 5, 1))]
    for slab, profile in zip(slabs, profiles, strict=True):
        slab.Representation.Representations[0].Items[0].SweptArea = profile
    meshes = open_model(model.write(tmp_path / "many.ifc"), trimmed=True, directly=True).direct.meshes()
    areas = [silhouettes([meshes[slab.id()]], np.zeros(2))[0].shape.area for slab in slabs]
    assert areas == pytest.approx([24.0 + np.pi * 2, 28.0, 24.0 + np.pi * 2], rel=0.005)


@pytest.mark.parametrize("damage", ["off", "apart"])
def test_arcs_whose_ends_contradict_their_circle_are_left_to_a_kernel(house, tmp_path, damage):
    model = house()
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    profile = arcs(model, "BOTH", master="CARTESIAN")
    arc = profile.OuterCurve.Segments[0].ParentCurve
    if damage == "off":
        arc.BasisCurve.Radius = 2.5
    else:
        arc.Trim2 = (arc.Trim2[0], model.f.create_entity("IfcParameterValue", 90.0))
    slab.Representation.Representations[0].Items[0].SweptArea = profile
    path = model.write(tmp_path / "odd.ifc")
    assert slab.id() not in open_model(path, trimmed=True, directly=True).direct.meshes()


@pytest.mark.parametrize("sizes", [(6, 4, 2, None, None), (6, 4, 0, None, None)])
def test_walls_without_room_between_them_are_left_to_a_kernel(house, tmp_path, sizes):
    model = house()
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    profile = sized("IfcRectangleHollowProfileDef", *sizes)(model)
    slab.Representation.Representations[0].Items[0].SweptArea = profile
    path = model.write(tmp_path / "full.ifc")
    assert slab.id() not in open_model(path, trimmed=True, directly=True).direct.meshes()


def test_sloping_flanges_are_left_to_a_kernel(house, tmp_path):
    model = house()
    slab = model.box("IfcSlab", "Curved", 20, 5, 1, 1, 1, 2)
    profile = sized("IfcUShapeProfileDef", 4, 3, 0.5, 1, 0.3, 0.2)(model)
    profile.FlangeSlope = 5.0
    slab.Representation.Representations[0].Items[0].SweptArea = profile
    path = model.write(tmp_path / "sloping.ifc")
    assert slab.id() not in open_model(path, trimmed=True, directly=True).direct.meshes()


@pytest.mark.parametrize("axis", [(0.0, -1.0, 0.0), (0.0, 0.6, 0.8), (0.6, 0.0, 0.8), (0.0, 0.0, -1.0)])
def test_axes_without_a_direction_of_x(house, tmp_path, axis):
    """Where only z is given, x is the direction in the plane across it that is nearest to x."""
    model = house()
    slab = model.box("IfcSlab", "Turned", 20, 5, 1, 3, 2, 0.5)
    place = slab.Representation.Representations[0].Items[0].Position
    place.Axis, place.RefDirection = model.f.create_entity("IfcDirection", axis), None
    path = model.write(tmp_path / "turned.ifc")
    mine = open_model(path, trimmed=True, directly=True).direct.meshes()[slab.id()]
    whole = open_model(path).file
    theirs = meshing._run(whole, [whole.by_id(slab.id())], "opencascade", 1.0)[slab.id()]
    for end in (np.min, np.max):
        assert end(mine.vertices, axis=0) == pytest.approx(end(theirs.vertices, axis=0), abs=1e-6)


@pytest.mark.parametrize("kind", ["IfcCircleProfileDef", "IfcRectangleProfileDef", "IfcExtrudedAreaSolid"])
@pytest.mark.parametrize("with_faces", [False, True])
def test_a_record_with_a_number_too_many_is_read_from_its_beginning(house, tmp_path, read, kind, with_faces):
    """An official sample writes the wall's thickness behind the radius of a plain circle."""
    model = house()
    slab = model.box("IfcSlab", "Odd", 20, 5, 1, 2, 2, 2)
    if kind == "IfcCircleProfileDef":
        slab.Representation.Representations[0].Items[0].SweptArea = circle(model)
    solid = slab.Representation.Representations[0].Items[0]
    record = (solid if kind == "IfcExtrudedAreaSolid" else solid.SweptArea).id()
    lines = model.write(tmp_path / "plain.ifc").read_text().splitlines()
    odd = [line.replace(");", ",0.1);") if line.startswith(f"#{record}=") else line for line in lines]
    assert odd != lines
    (tmp_path / "odd.ifc").write_text("\n".join(odd))
    plain, other = (
        read(tmp_path / f"{name}.ifc", with_faces=with_faces).buildings[0].outline_area_m2 for name in ("plain", "odd")
    )
    assert other == pytest.approx(plain, rel=0.01)
