"""Profiles of composite and indexed curves and circles need no kernel, and are what a kernel makes of them."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim import mesh as meshing
from twin_plugin.core.bim.footprint import silhouettes
from twin_plugin.core.bim.source import open_model


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


CASES = {
    "composite": (composite, 20.0),
    "composite, a part turned": (lambda model: composite(model, True), 20.0),
    "indexed, with an arc": (indexed, 24.0 + np.pi * 2),
    "indexed, without segments": (lambda model: indexed(model, False), 24.0),
    "indexed, round a hole": (lambda model: indexed(model, hole=True), 20.0 + np.pi * 2),
    "circle": (circle, np.pi * 9),
}


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
    assert building.outline_area_m2 == pytest.approx(99.0 + area_m2, rel=0.005)


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
