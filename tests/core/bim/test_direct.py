"""Elements that are meshed from the text alone are those that a geometry kernel makes."""

from __future__ import annotations

import re

import ifcopenshell
import numpy as np
import pytest

from twin_plugin.core.bim import footprint, mesh, step_values
from twin_plugin.core.bim.conversion import length_unit_m
from twin_plugin.core.bim.footprint import silhouettes
from twin_plugin.core.bim.mesh import mesh_elements
from twin_plugin.core.bim.source import open_model
from twin_plugin.core.bim.trim import trim

NEAR_M = 2e-6
CHORD_M = 1e-3
ARCS = {"Duplex_A_20110907_georeferenced.ifc"}
"""Samples with arcs, whose chords begin elsewhere in kernels."""

SHARES = {
    "AC11-Institute-Var-2-IFC.ifczip": 0.9,
    "AC20-FZK-Haus.ifc": 0.9,
    "AC90R1-niedriha-V2-2x3.ifc": 0.9,
    "Duplex_A_20110907_georeferenced.ifc": 0.85,
    "House.ifc": 0.4,
    "LargeBuilding.ifc": 0.9,
    "Office_A_20110811.ifc": 0.9,
    "TallBuilding.ifc": 0.6,
    "vectorworks_sjis.ifc": 0.9,
    "Van_Brienenoordbrug-IFC4X3.ifc": 0.1,
    "ifcbridge-model02_georeferenced.ifc": 0.9,
    "large_offset.ifc": 0.8,
}
"""The sample files, and at least which share of their elements needs no kernel."""

LOST = {"ifcbridge-model02_georeferenced.ifc": 2, "AC11-Institute-Var-2-IFC.ifczip": 2, "House.ifc": 6}
"""Elements that the kernel makes nothing of, and that are found directly."""


@pytest.fixture(autouse=True)
def fine_plans(monkeypatch):
    """Plans are rounded to 1 cm, and where an edge lies half-way either side may be taken: not so in these tests.

    The kernels that come after the first move what it lacks by a millimetre.
    """
    monkeypatch.setattr(mesh, "KERNELS", mesh.KERNELS[:1])
    monkeypatch.setattr(footprint, "CELL_M", 1e-4)


def both(path):
    """The meshes made directly, and the kernel's of the same elements by the whole file."""
    direct = open_model(path, trimmed=True, directly=True).direct
    whole = open_model(path).file
    mine = direct.meshes()
    return mine, mesh_elements(whole, [whole.by_id(key) for key in mine], length_unit_m(whole)).meshes


def compare(mine, theirs, lost=0, near_m=NEAR_M):
    keys = [key for key in mine if key in theirs]
    assert len(mine) - len(keys) == lost
    shift = np.round(mine[keys[0]].vertices[0, :2])
    for key in keys:
        for end in (np.min, np.max):
            assert end(mine[key].vertices, axis=0) == pytest.approx(end(theirs[key].vertices, axis=0), abs=near_m)
        assert (mine[key].low, mine[key].high) == pytest.approx((theirs[key].low, theirs[key].high), abs=near_m)
    plans = (silhouettes([meshes[key] for key in keys], shift) for meshes in (mine, theirs))
    for one, other in zip(*plans, strict=True):
        assert (one is None) == (other is None)
        if one is None:
            continue
        apart = one.shape.symmetric_difference(other.shape).area
        assert apart <= 1e-3 * other.shape.area + 1e-4


@pytest.mark.parametrize("name", SHARES)
def test_samples(name, shared_data, read):
    path = shared_data(f"ifc/{name}")
    mine, theirs = both(path)
    lost = LOST.get(name, 0)
    compare(mine, theirs, lost, CHORD_M if name in ARCS else NEAR_M)
    report = read(path)
    assert len(set(mine)) >= SHARES[name] * report.elements


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4", "IFC4X3_ADD2"])
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
def test_houses(house, tmp_path, schema, unit_m):
    model = house(schema=schema, unit_m=unit_m, at=(506000.0, 2490000.0, 40.0))
    mine, theirs = both(model.write(tmp_path / "house.ifc"))
    assert len(mine) == 8
    compare(mine, theirs)


def test_extrusions_without_a_position_need_no_kernel(house, tmp_path):
    model = house(schema="IFC4")
    for solid in model.f.by_type("IfcExtrudedAreaSolid"):
        solid.Position = None
    mine, theirs = both(model.write(tmp_path / "house.ifc"))
    assert len(mine) == 8
    compare(mine, theirs)


def replaced(model, items, kind="Brep"):
    """The roof of a house, made of other items."""
    shape = model.f.by_type("IfcRoof")[0].Representation.Representations[0]
    shape.RepresentationType, shape.Items = kind, items
    return shape


def shell(model, faces, kind="IfcClosedShell"):
    """A shell of faces, each a list of rings of (x, y, z); all but the first ring of a face are holes."""
    e = model.f.create_entity
    made = []
    for rings in faces:
        bounds = []
        for number, ring in enumerate(rings):
            loop = e("IfcPolyLoop", [e("IfcCartesianPoint", tuple(map(float, point))) for point in ring])
            bounds.append(e("IfcFaceBound" if number else "IfcFaceOuterBound", loop, True))
        made.append(e("IfcFace", bounds[::-1]))
    return e(kind, made)


SQUARE = [(0, 0, 4), (6, 0, 4), (6, 6, 4), (0, 6, 4)]
COURT = [(2, 2, 4), (2, 4, 4), (4, 4, 4), (4, 2, 4)]


def only_roof(model, tmp_path):
    path = model.write(tmp_path / "made.ifc")
    mine, theirs = both(path)
    key = model.f.by_type("IfcRoof")[0].id()
    return mine.get(key), theirs.get(key)


def area(mesh):
    return silhouettes([mesh], np.zeros(2))[0].shape.area


@pytest.mark.parametrize("kind", ["IfcFaceBasedSurfaceModel", "IfcShellBasedSurfaceModel"])
def test_surfaces_with_a_hole(house, tmp_path, kind):
    model = house()
    faces = shell(model, [[SQUARE, COURT]], "IfcConnectedFaceSet" if "Face" in kind else "IfcOpenShell")
    replaced(model, [model.f.create_entity(kind, [faces])], "SurfaceModel")
    mine, theirs = only_roof(model, tmp_path)
    assert area(mine) == area(theirs) == pytest.approx(32)


def test_a_bound_that_runs_against_its_loop(house, tmp_path):
    model = house()
    faces = shell(model, [[SQUARE]], "IfcConnectedFaceSet")
    other = [(x, y, z - 1) for x, y, z in SQUARE[:3]]
    more = shell(model, [[other]], "IfcConnectedFaceSet")
    more.CfsFaces[0].Bounds[0].Orientation = False
    replaced(model, [model.f.create_entity("IfcFaceBasedSurfaceModel", [faces, more])], "SurfaceModel")
    mine, _ = only_roof(model, tmp_path)
    # The turned face looks down, and the larger side is taken.
    assert area(mine) == pytest.approx(36)
    assert mine.low == pytest.approx(3 + 3)


@pytest.mark.parametrize(
    ("scale", "axis", "mirrored"), [(1.0, (1.0, 0.0, 0.0), False), (2.5, (0.6, 0.8, 0.0), False), (1.0, None, True)]
)
def test_mapped_items(house, tmp_path, scale, axis, mirrored):
    model = house()
    e = model.f.create_entity
    walls = [wall.Representation.Representations[0] for wall in model.f.by_type("IfcWall")[:2]]
    items = []
    for number, shape in enumerate(walls):
        source = e("IfcRepresentationMap", model.axis(0, 0, 0), shape)
        x = None if axis is None else e("IfcDirection", axis)
        y = e("IfcDirection", (0.0, -1.0, 0.0)) if mirrored else None
        if axis is not None:
            y = e("IfcDirection", (-axis[1], axis[0], 0.0))
        move = e("IfcCartesianTransformationOperator3D", x, y, e("IfcCartesianPoint", (float(number), 2.0, 3.0)), scale)
        items.append(e("IfcMappedItem", source, move))
    replaced(model, items, "MappedRepresentation")
    mine, theirs = only_roof(model, tmp_path)
    compare({1: mine}, {1: theirs})
    assert area(mine) == pytest.approx(area(theirs))


def test_outlines_with_holes_and_slanted_ways(house, tmp_path):
    model = house()
    e = model.f.create_entity

    def ring(points):
        made = [e("IfcCartesianPoint", (float(x), float(y))) for x, y, _ in points]
        return e("IfcPolyline", [*made, made[0]])

    profile = e("IfcArbitraryProfileDefWithVoids", "AREA", None, ring(SQUARE), [ring(COURT)])
    way = e("IfcDirection", (1.0, 0.0, 1.0))
    replaced(model, [e("IfcExtrudedAreaSolid", profile, model.axis(1, 2, 3), way, 2.0)], "SweptSolid")
    mine, theirs = only_roof(model, tmp_path)
    compare({1: mine}, {1: theirs})
    assert area(mine) == pytest.approx(area(theirs))


BOX = [(x, y, z) for z in (0, 2) for x, y in ((0, 0), (5, 0), (5, 3), (0, 3))]
SIDES = ((4, 3, 2, 1), (5, 6, 7, 8), (1, 2, 6, 5), (2, 3, 7, 6), (3, 4, 8, 7), (4, 1, 5, 8))


def tessellation(model, kind, order=None):
    """A box of 5 x 3 x 2 m with a point that nothing uses."""
    e = model.f.create_entity
    points = e("IfcCartesianPointList3D", [tuple(map(float, point)) for point in [*BOX, (99, 99, 99)]])
    if kind == "IfcPolygonalFaceSet":
        faces = [e("IfcIndexedPolygonalFace", side) for side in SIDES]
        return e(kind, points, True, faces, order)
    corners = [part for a, b, c, d in SIDES for part in ((a, b, c), (a, c, d))]
    return e(kind, points, None, True, corners, order)


@pytest.mark.parametrize("schema", ["IFC4", "IFC4X3_ADD2"])
@pytest.mark.parametrize("kind", ["IfcPolygonalFaceSet", "IfcTriangulatedFaceSet"])
def test_tessellated_face_sets(house, tmp_path, kind, schema):
    model = house(schema=schema)
    replaced(model, [tessellation(model, kind), tessellation(model, kind)], "Tessellation")
    mine, theirs = only_roof(model, tmp_path)
    compare({1: mine}, {1: theirs})
    assert area(mine) == pytest.approx(15)
    assert mine.middle == pytest.approx(theirs.middle)


@pytest.mark.parametrize("kind", ["IfcPolygonalFaceSet", "IfcTriangulatedFaceSet"])
def test_face_sets_that_are_left_to_the_kernel(house, kind):
    """One that numbers its points a second time, and one that names a point that is not there."""
    for change in ("order", "missing"):
        model = house()
        order = list(range(1, 10)) if change == "order" else None
        made = tessellation(model, kind, order)
        if change == "missing":
            made.Coordinates.CoordList = made.Coordinates.CoordList[:6]
        replaced(model, [made], "Tessellation")
        assert len(trim(model.f.to_string().encode(), "IFC4").direct.meshes()) == 7


def test_what_is_no_plain_shape_is_left_to_the_kernel(house, tmp_path):
    """A cut by a ball, a body of revolution, a map with another origin, a second representation, a depth below zero."""
    e_ = "IfcExtrudedAreaSolid"

    def cut(model, e, item, shape):
        shape.Items = [e("IfcBooleanResult", "DIFFERENCE", item, e("IfcSphere", model.axis(0, 0, 0), 1.0))]

    def turned(model, e, item, shape):
        axis = e("IfcAxis1Placement", e("IfcCartesianPoint", (0.0, 0.0, 0.0)), None)
        shape.Items = [e("IfcRevolvedAreaSolid", item.SweptArea, item.Position, axis, 90.0)]

    def origin(model, e, item, shape):
        wall = model.f.by_type("IfcWall")[0].Representation.Representations[0]
        source = e("IfcRepresentationMap", model.axis(5, 0, 0), wall)
        move = e("IfcCartesianTransformationOperator3D", None, None, e("IfcCartesianPoint", (0.0, 0.0, 0.0)), 1.0)
        shape.Items = [e("IfcMappedItem", source, move)]

    def second(model, e, item, shape):
        other = e("IfcShapeRepresentation", model.context, "Other", "SweptSolid", [item])
        model.f.by_type("IfcRoof")[0].Representation.Representations = [shape, other]

    def flat(model, e, item, shape):
        item.Depth = -1.0

    for change in (cut, turned, origin, second, flat):
        model = house()
        shape = model.f.by_type("IfcRoof")[0].Representation.Representations[0]
        item = next(item for item in shape.Items if item.is_a(e_))
        change(model, model.f.create_entity, item, shape)
        left = trim(model.f.to_string().encode(), "IFC4")
        key = model.f.by_type("IfcRoof")[0].id()
        assert key not in left.direct.meshes(), change.__name__
        assert b"#%d=" % shape.Items[0].id() in left.text
        assert len(left.direct.meshes()) == 7


def test_a_shape_that_is_used_by_others_stays(house, read):
    """A window's shape is a map of which a clipped roof is made: the window needs no kernel, the roof does."""
    model = house()
    e = model.f.create_entity
    shape = model.window.Representation.Representations[0]
    source = e("IfcRepresentationMap", model.axis(1, 0, 0), shape)
    move = e("IfcCartesianTransformationOperator3D", None, None, e("IfcCartesianPoint", (0.0, 0.0, 0.0)), 1.0)
    replaced(model, [e("IfcMappedItem", source, move)], "MappedRepresentation")
    report = read(model)
    assert report.engine == "direct + manifold"
    assert report.meshed == report.elements == 8


def test_beyond_the_earth_and_no_number(house):
    model = house()
    model.f.by_type("IfcRoof")[0].Representation.Representations[0].Items[0].Depth = 1e300
    whole = model.f.to_string().encode()
    assert len(trim(whole, "IFC4").direct.meshes()) == 7
    assert len(trim(whole.replace(b"1.E+300", b"$").replace(b"1e+300", b"$"), "IFC4").direct.meshes()) == 7


def test_shapes_that_are_shared_too_often_are_left_to_a_kernel(house):
    """A megabyte of text in which everything uses everything would unfold to gigabytes."""
    model = house()
    e = model.f.create_entity
    face = shell(model, [[SQUARE]], "IfcConnectedFaceSet").CfsFaces[0]
    many = e("IfcClosedShell", [face] * 3000)
    roof = replaced(model, [e("IfcFacetedBrep", many) for _ in range(3000)])
    whole = model.f.to_string().encode()
    left = trim(whole, "IFC4")
    assert left.direct is None
    assert b"#%d=" % roof.id() in left.text
    assert ifcopenshell.file.from_string(left.text.decode()).by_type("IfcRoof")


def test_a_point_that_is_written_at_length_and_used_often_is_left_to_a_kernel(house):
    model = house()
    e = model.f.create_entity
    point = e("IfcCartesianPoint", (0.0, 0.0))
    corners = [point, *(e("IfcCartesianPoint", corner) for corner in ((6.0, 0.0), (6.0, 6.0)))] * 2000
    model.f.by_type("IfcRoof")[0].Representation.Representations[0].Items[0].SweptArea = e(
        "IfcArbitraryClosedProfileDef", "AREA", None, e("IfcPolyline", corners)
    )
    whole = model.f.to_string().encode()
    written = b"#%d=IFCCARTESIANPOINT((" % point.id()
    long = whole.replace(written + b"0.,0.))", written + b"0.," + b"0" * 20_000 + b".))")
    assert len(long) > len(whole)
    assert len(trim(whole, "IFC4").direct.meshes()) == 8
    assert trim(long, "IFC4").direct is None


@pytest.mark.parametrize("damage", [False, True], ids=["whole", "damaged"])
@pytest.mark.parametrize("unit_m", [1.0, 0.001])
def test_points_read_together_are_those_read_one_by_one(house, monkeypatch, unit_m, damage):
    """Points and directions of a small file are read in one go; those of a large one as they are needed."""
    model = house(unit_m=unit_m)
    e = model.f.create_entity
    mapped = e("IfcRepresentationMap", model.axis(0, 0, 0), model.door.Representation.Representations[0])
    turned = e("IfcDirection", (0.6, 0.8, 0.0)), e("IfcDirection", (-0.8, 0.6, 0.0))
    move = e("IfcCartesianTransformationOperator3D", *turned, e("IfcCartesianPoint", (1.0, 2.0, 3.0)), None, None)
    replaced(model, [e("IfcMappedItem", mapped, move)])
    model.box("IfcWall", "Turned", 20, 0, 0, 5, 0.3, 3).ObjectPlacement.RelativePlacement.RefDirection = turned[0]
    text = model.f.to_string().encode()
    if damage:
        stray = e("IfcCartesianPoint", (1234567.0,))
        text = (
            model.f.to_string()
            .encode()
            .replace(b"#%d=IFCCARTESIANPOINT((1234567." % stray.id(), b"#%d=IFCCARTESIANPOINT((1..5" % stray.id())
        )
        assert b"1..5" in text
    together = trim(text, "IFC4").direct.meshes()
    monkeypatch.setattr(step_values, "FEW_POINTS", 0)
    apart = trim(text, "IFC4").direct.meshes()
    assert together.keys() == apart.keys()
    assert len(together) == 9
    for key, one in together.items():
        assert np.array_equal(one.vertices, apart[key].vertices)
        assert one.span == apart[key].span


def test_a_loop_over_something_else_than_points_is_left_to_the_kernel(house, tmp_path):
    model = house()
    replaced(model, [model.f.create_entity("IfcFacetedBrep", shell(model, [[SQUARE]]))])
    key = model.f.by_type("IfcRoof")[0].id()
    path = model.write(tmp_path / "whole.ifc")
    assert key in open_model(path, trimmed=True, directly=True).direct.meshes()
    up = model.f.create_entity("IfcDirection", (0.0, 0.0, 1.0))
    text = model.write(tmp_path / "damaged.ifc").read_text()
    damaged = re.sub(r"IFCPOLYLOOP\(\(#\d+", f"IFCPOLYLOOP((#{up.id()}", text)
    assert damaged != text
    (tmp_path / "damaged.ifc").write_text(damaged)
    assert key not in open_model(tmp_path / "damaged.ifc", trimmed=True, directly=True).direct.meshes()
