"""What the kernels get wrong by themselves comes out right: profiles with arcs, and units beside several contexts."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim.mesh import mesh_elements
from twin_plugin.core.bim.model import ReadStatus
from twin_plugin.core.bim.read import ModelJob, read_model


def polyline(model, *points):
    e = model.f.create_entity
    return e("IfcPolyline", [e("IfcCartesianPoint", (model.n(x), model.n(y))) for x, y in points])


def arc(model, kind, radii, ends):
    """A part of a circle or ellipse about zero, between two angles in degrees, the project's unit."""
    e = model.f.create_entity
    place = e("IfcAxis2Placement2D", e("IfcCartesianPoint", (0.0, 0.0)), None)
    conic = e(kind, place, *(model.n(radius) for radius in radii))
    first, second = ([e("IfcParameterValue", float(end))] for end in ends)
    return e("IfcTrimmedCurve", conic, first, second, True, "PARAMETER")


def half(model, kind, *radii):
    """Half a circle or ellipse above its diameter."""
    e = model.f.create_entity
    pieces = arc(model, kind, radii, (0, 180)), polyline(model, (-radii[0], 0), (radii[0], 0))
    segments = [e("IfcCompositeCurveSegment", "CONTINUOUS", True, piece) for piece in pieces]
    return e("IfcArbitraryClosedProfileDef", "AREA", None, e("IfcCompositeCurve", segments, False))


def derived(model):
    """Half a circle of 3 m, doubled in size."""
    e = model.f.create_entity
    operator = e("IfcCartesianTransformationOperator2D", None, None, e("IfcCartesianPoint", (0.0, 0.0)), 2.0)
    return e("IfcDerivedProfileDef", "AREA", None, half(model, "IfcCircle", 3.0), operator)


PROFILES = {
    "half a circle": (lambda model: half(model, "IfcCircle", 3.0), np.pi * 9 / 2),
    "half an ellipse": (lambda model: half(model, "IfcEllipse", 6.0, 2.0), np.pi * 12 / 2),
    "derived": (derived, np.pi * 36 / 2),
}


@pytest.mark.parametrize("with_faces", [False, True])
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("name", PROFILES)
def test_profiles_with_arcs_have_their_area(house, read, name, unit_m, with_faces):
    profile, area_m2 = PROFILES[name]
    model = house(unit_m=unit_m)
    slab = model.box("IfcSlab", "Round", 20, 10, 1, 1, 1, 2)
    slab.Representation.Representations[0].Items[0].SweptArea = profile(model)
    (building,) = read(model, with_faces=with_faces).buildings
    # The house's own outline is its roof, 11 x 9 m.
    assert building.outline_area_m2 == pytest.approx(99.0 + area_m2, rel=0.005)


def library(model):
    model.f.create_entity("IfcProjectLibrary", model.guid(), None, "Types")


def second_project(model):
    """A project in metres behind that in millimetres."""
    e = model.f.create_entity
    units = e("IfcUnitAssignment", [e("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")])
    e("IfcProject", model.guid(), None, "Other", RepresentationContexts=[model.context], UnitsInContext=units)


@pytest.mark.parametrize("options", [{}, {"with_faces": True}, {"kernel_fallback": 1}])
@pytest.mark.parametrize("more", [library, second_project])
def test_the_unit_is_that_of_the_first_project_for_every_kernel(house, tmp_path, more, options):
    model = house(unit_m=0.001)
    slab = model.box("IfcSlab", "Round", 20, 10, 1, 1, 1, 2)
    slab.Representation.Representations[0].Items[0].SweptArea = half(model, "IfcEllipse", 6.0, 2.0)
    more(model)
    path = model.write(tmp_path / "model.ifc")
    report = read_model(ModelJob(path.name, str(path), **options))
    (building,) = report.buildings
    assert report.status is ReadStatus.OK
    assert building.outline_area_m2 == pytest.approx(99.0 + np.pi * 6, rel=0.005)
    assert building.height_m == pytest.approx(3.2)
    told = "several_projects" in {warning.code for warning in report.warnings}
    assert told == (more is second_project)


def test_a_unit_that_a_kernel_misses_is_the_readers(house):
    model = house(unit_m=0.001)
    library(model)
    opened, roof = model.f, model.f.by_type("IfcRoof")
    (mesh,) = mesh_elements(opened, roof, 0.001).meshes.values()
    assert np.ptp(mesh.vertices, axis=0) == pytest.approx((11.0, 9.0, 0.2))
