"""Solids that half spaces and other solids cut: plan and heights by hand, and those of kernel opencascade."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.bim import mesh as meshing
from twin_plugin.core.bim.convex_cells import cells_of_body, cells_of_prism
from twin_plugin.core.bim.cut_bodies import CutBody, NotPlain
from twin_plugin.core.bim.footprint import silhouettes
from twin_plugin.core.bim.source import open_model

U_SHAPE = [(0, 0), (6, 0), (6, 4), (4, 4), (4, 1), (2, 1), (2, 4), (0, 4)]
L_SHAPE = [(0, 0), (3, 0), (3, 1), (1, 1), (1, 3), (0, 3)]
RING = [(0, 0), (6, 0), (6, 4), (0, 4)]
HOLE = [(2, 1), (4, 1), (4, 3), (2, 3)]
STEP = [(0, 0), (3, 0), (3, 1), (6, 1), (6, 2), (0, 2)]
"""A profile that lies over empty ground where x is above 3."""


def prism(model, outline, z, height, hole=None, upright=False, at=(0.0, 0.0)):
    """An outline extruded upwards, or, upright, along y in the plane of x and z."""
    e = model.f.create_entity

    def ring(points):
        corners = [e("IfcCartesianPoint", (model.n(x), model.n(y))) for x, y in [*points, points[0]]]
        return e("IfcPolyline", corners)

    if hole is None:
        profile = e("IfcArbitraryClosedProfileDef", "AREA", None, ring(outline))
    else:
        profile = e("IfcArbitraryProfileDefWithVoids", "AREA", None, ring(outline), [ring(hole)])
    place = model.axis(*at, z)
    if upright:
        point = e("IfcCartesianPoint", (model.n(at[0]), model.n(at[1] + height), model.n(z)))
        along = e("IfcDirection", (0.0, -1.0, 0.0)), e("IfcDirection", (1.0, 0.0, 0.0))
        place = e("IfcAxis2Placement3D", point, *along)
    return e("IfcExtrudedAreaSolid", profile, place, model.up, model.n(height))


def brep(model, points, faces):
    """A faceted body."""
    e = model.f.create_entity
    corners = [e("IfcCartesianPoint", tuple(model.n(x) for x in point)) for point in points]
    loops = [e("IfcPolyLoop", [corners[number] for number in face]) for face in faces]
    bounded = [e("IfcFace", [e("IfcFaceOuterBound", loop, True)]) for loop in loops]
    return e("IfcFacetedBrep", e("IfcClosedShell", bounded))


def half_space(model, normal, point, border=None):
    """What the normal points into goes; a border lies in the plane of x and y."""
    e = model.f.create_entity
    side = e("IfcDirection", (1.0, 0.0, 0.0) if abs(normal[0]) < 0.9 else (0.0, 1.0, 0.0))
    place = e("IfcCartesianPoint", tuple(model.n(x) for x in point))
    plane = e("IfcPlane", e("IfcAxis2Placement3D", place, e("IfcDirection", normal), side))
    if border is None:
        return e("IfcHalfSpaceSolid", plane, False)
    line = e("IfcPolyline", [e("IfcCartesianPoint", (model.n(x), model.n(y))) for x, y in [*border, border[0]]])
    return e("IfcPolygonalBoundedHalfSpace", plane, False, model.axis(0, 0, 0), line)


def wedge(model):
    """A body of five faces over x 1 to 5, whose floor rises with y from 0.5 m; it leaves the upper part open."""
    low = [(1, 1, 0.5), (5, 1, 0.5), (5, 3, 1.5), (1, 3, 1.5)]
    points = [*low, (1, 1, 9), (5, 1, 9), (5, 3, 9), (1, 3, 9)]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    return brep(model, points, faces)


CASES = {
    "a box through a corner": (
        lambda m: [prism(m, RING, 0, 2), prism(m, RING, -1, 4, at=(5, 3))],
        23.0, (0.0, 2.0),
    ),
    "a box through the middle": (
        lambda m: [prism(m, RING, 0, 2), prism(m, HOLE, -1, 4)],
        20.0, (0.0, 2.0),
    ),
    "a box out of the top": (
        lambda m: [prism(m, RING, 0, 2), prism(m, RING, 1, 4)],
        24.0, (0.0, 1.0),
    ),
    "a box inside": (
        lambda m: [prism(m, RING, 0, 2), prism(m, HOLE, 0.5, 1)],
        24.0, (0.0, 2.0),
    ),
    "a box apart": (
        lambda m: [prism(m, RING, 0, 2), prism(m, RING, 0, 2, at=(7, 0))],
        24.0, (0.0, 2.0),
    ),
    "a box that shares a side": (
        lambda m: [prism(m, RING, 0, 2), prism(m, RING, 0, 2, at=(3, 0))],
        12.0, (0.0, 2.0),
    ),
    "a solid with a corner inside": (
        lambda m: [prism(m, RING, 0, 2), prism(m, L_SHAPE, -1, 4)],
        19.0, (0.0, 2.0),
    ),
    "a wedge": (lambda m: [prism(m, RING, 0, 2), wedge(m)], 24.0, (0.0, 2.0)),
    "several": (
        lambda m: [prism(m, RING, 0, 2), prism(m, HOLE, -1, 4), half_space(m, (0, 0, 1), (0, 0, 1.5)), wedge(m)],
        20.0, (0.0, 1.5),
    ),
    "both arms of a U": (
        lambda m: [prism(m, U_SHAPE, 0, 2), half_space(m, (0.0, 1.0, 0.0), (0, 3, 0))],
        14.0, (0.0, 2.0),
    ),
    "the foot of a U": (
        lambda m: [prism(m, U_SHAPE, 0, 2), half_space(m, (0.0, -1.0, 0.0), (0, 2, 0))],
        8.0, (0.0, 2.0),
    ),
    "the inner edge of a U": (
        lambda m: [prism(m, U_SHAPE, 0, 2), half_space(m, (0.0, 1.0, 0.0), (0, 1, 0))],
        6.0, (0.0, 2.0),
    ),
    "a plane through a hole": (
        lambda m: [prism(m, RING, 0, 2, HOLE), half_space(m, (1.0, 0.0, 0.0), (3, 0, 0))],
        10.0, (0.0, 2.0),
    ),
    "a slanted plane through a hole": (
        lambda m: [prism(m, RING, 0, 2, HOLE), half_space(m, (0.1, 0.0, 1.0), (0, 0, 1.5))],
        20.0, (0.0, 1.5),
    ),
    "a hole that runs like its outline": (
        lambda m: [prism(m, RING, 0, 2, HOLE[::-1]), half_space(m, (1.0, 0.0, 0.0), (3, 0, 0))],
        10.0, (0.0, 2.0),
    ),
    "a plane above a hole": (
        lambda m: [prism(m, RING, 0, 2, HOLE), half_space(m, (0.0, 0.0, 1.0), (0, 0, 1))],
        20.0, (0.0, 1.0),
    ),
    "a plane in the edge of a hole": (
        lambda m: [prism(m, RING, 0, 2, HOLE), half_space(m, (1.0, 0.0, 0.0), (4, 0, 0))],
        12.0, (0.0, 2.0),
    ),
    "what lies over a plane in a face goes": (
        lambda m: [prism(m, STEP, 0, 2, upright=True), half_space(m, (0.0, 0.0, 1.0), (0, 0, 1))],
        6.0, (0.0, 1.0),
    ),
    "what lies under a plane in a face goes": (
        lambda m: [prism(m, STEP, 0, 2, upright=True), half_space(m, (0.0, 0.0, -1.0), (0, 0, 1))],
        12.0, (1.0, 2.0),
    ),
    "a border with a corner inside": (
        lambda m: [prism(m, RING, 0, 2), half_space(m, (0.0, 0.0, -1.0), (0, 0, 9), L_SHAPE)],
        19.0, (0.0, 2.0),
    ),
    "a border that runs the other way": (
        lambda m: [prism(m, RING, 0, 2), half_space(m, (0.0, 0.0, -1.0), (0, 0, 9), L_SHAPE[::-1])],
        19.0, (0.0, 2.0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("unit_m", [1.0, 0.001])
@pytest.mark.parametrize("name", CASES)
def test_cuts_are_those_of_opencascade(house, tmp_path, name, unit_m):
    make, area_m2, heights = CASES[name]
    model = house(unit_m=unit_m)
    slab = model.box("IfcSlab", "Cut", 20, 5, 0, 1, 1, 1)
    body, *cutters = make(model)
    for cutter in cutters:
        body = model.f.create_entity("IfcBooleanResult", "DIFFERENCE", body, cutter)
    slab.Representation.Representations[0].Items = [body]
    path = model.write(tmp_path / "cut.ifc")
    mine = open_model(path, trimmed=True, directly=True).direct.meshes()[slab.id()]
    whole = open_model(path).file
    theirs = meshing._run(whole, [whole.by_id(slab.id())], "opencascade", unit_m)[slab.id()]
    plans = [plan.shape for plan in silhouettes([mine, theirs], np.zeros(2))]
    assert (mine.low, mine.high) == pytest.approx(heights)
    assert plans[0].area == pytest.approx(area_m2)
    if (theirs.low, theirs.high) == pytest.approx(heights):
        assert plans[0].symmetric_difference(plans[1]).area < 1e-3 * area_m2


CUBE = [(x, y, z) for z in (0.0, 1.0) for y in (0.0, 1.0) for x in (0.0, 1.0)]
CUBE_FACES = [[2, 3, 1, 0], [4, 5, 7, 6], [0, 1, 5, 4], [1, 3, 7, 5], [3, 2, 6, 7], [2, 0, 4, 6]]


def cube(*left_out):
    return CutBody(CUBE, [[ring] for number, ring in enumerate(CUBE_FACES) if number not in left_out])


def test_a_body_knows_its_volume_and_what_is_open():
    assert cube().volume() == pytest.approx(6.0)
    assert cube().is_closed()
    assert not cube(5).is_closed()
    inward = CutBody(CUBE, [[ring[::-1]] for ring in CUBE_FACES])
    assert inward.volume() == pytest.approx(-6.0)


@pytest.mark.parametrize("inward", [False, True])
def test_pieces_add_up_to_what_is_left(inward):
    """A corner of half the cube's length goes, an eighth of the volume, whichever way the faces look."""
    body = CutBody(CUBE, [[ring[::-1] if inward else ring] for ring in CUBE_FACES])
    corner = [(-1.0, 0.0, 0.0, -0.5), (0.0, -1.0, 0.0, -0.5), (0.0, 0.0, -1.0, -0.5)]
    pieces = body.without(corner)
    assert sum(abs(piece.volume()) for piece in pieces) / 6 == pytest.approx(7 / 8)
    assert all(piece.is_closed() for piece in pieces)
    assert body.without([(1.0, 0.0, 0.0, -0.5)]) == [body]
    assert body.without([(1.0, 0.0, 0.0, 2.0)]) == []


def test_a_sliver_that_rounding_leaves_vanishes():
    """Between two planes that are a ten millionth of a metre apart nothing is left."""
    thin = cube().without([(0.0, 0.0, -1.0, -4e-6)])
    (flat,) = (piece.without([(1.0, 0.0, 0.0, 0.5), (0.0, 0.0, 1.0, 2e-6)]) for piece in thin)
    assert sum(abs(piece.volume()) for piece in flat) < 1e-4
    assert CutBody([(0.0, 0.0, 0.0), (1e-7, 0.0, 0.0), (0.0, 1e-7, 0.0)], [[[0, 1, 2]]]).without([]) == []


def test_a_convex_solid_is_one_cell_and_an_l_is_two():
    (cell,) = cells_of_body(cube())
    assert len(cell) == 6
    frame = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    assert len(cells_of_prism([(float(x), float(y)) for x, y in L_SHAPE], frame)) == 2
    assert len(cells_of_prism([(float(x), float(y)) for x, y in RING], frame)) == 1


def test_a_flat_solid_takes_nothing_off():
    flat = CutBody([(0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)], [[[0, 1, 2]], [[2, 1, 0]]])
    assert cells_of_body(flat) == []


def solid(outline, height):
    """An outline extruded upwards."""
    n = len(outline)
    vertices = [(float(x), float(y), z) for z in (0.0, height) for x, y in outline]
    sides = [[[i, (i + 1) % n, n + (i + 1) % n, n + i]] for i in range(n)]
    return CutBody(vertices, [[list(range(n))[::-1]], [list(range(n, 2 * n))], *sides])


COMB = [(0, 0), (9, 0), (9, 3), (8, 3), (8, 1), (6, 1), (6, 3), (5, 3), (5, 1), (3, 1), (3, 2), (0, 2)]


@pytest.mark.parametrize("outline", [L_SHAPE, U_SHAPE, COMB, COMB[5:] + COMB[:5], STEP])
@pytest.mark.parametrize("turned", [False, True])
def test_the_cells_of_a_solid_are_as_large_as_it(outline, turned):
    body = solid(outline, 2.0)
    if turned:
        body = CutBody([(z, x, y) for x, y, z in body.vertices], body.faces)
    cells = cells_of_body(body)
    box = body.box(1.0)
    inside = sum(abs(box.volume()) - sum(abs(piece.volume()) for piece in box.without(cell)) for cell in cells)
    assert inside == pytest.approx(abs(body.volume()))
    left = [box]
    for cell in cells:
        left = [piece for whole in left for piece in whole.without(cell)]
    assert sum(abs(piece.volume()) for piece in left) == pytest.approx(abs(box.volume()) - abs(body.volume()))


@pytest.mark.parametrize("outline", [L_SHAPE, U_SHAPE, COMB, COMB[::-1], STEP])
def test_the_cells_of_a_border_take_off_what_is_over_it(outline):
    ring = [(float(x), float(y)) for x, y in outline]
    frame = ((1.0, 2.0, 3.0), (0.8, 0.0, 0.6), (0.0, 1.0, 0.0))
    cells = cells_of_prism(ring, frame)
    over = solid(ring, 1.0)
    x, y = (np.array(axis) for axis in frame[1:])
    up = np.cross(x, y)
    vertices = [tuple(np.array(frame[0]) + u * x + v * y + w * up) for u, v, w in over.vertices]
    body = CutBody([(float(a), float(b), float(c)) for a, b, c in vertices], over.faces)
    left = [body]
    for cell in cells:
        left = [piece for whole in left for piece in whole.without(cell)]
    assert sum(abs(piece.volume()) for piece in left) == pytest.approx(0.0, abs=1e-4)
    assert body.without(cells[0])[0] is not body


def test_a_sheet_in_a_solids_side_is_no_part_of_its_inside():
    """A block with a fin 10 µm thick, which lies in the plane of its side and reaches beyond it."""
    fin = [(0, 0), (1, 0), (1, 2), (0.99999, 2), (0.99999, 1), (0, 1)]
    body = solid(fin, 1.0)
    left = [body.box(1.0)]
    for cell in cells_of_body(body):
        left = [piece for whole in left for piece in whole.without(cell)]
    assert sum(abs(piece.volume()) for piece in left) / 6 == pytest.approx(3.0 * 4.0 * 3.0 - 1.00001, abs=1e-4)


def test_an_open_solid_has_no_cells():
    with pytest.raises(NotPlain):
        cells_of_body(cube(5))
