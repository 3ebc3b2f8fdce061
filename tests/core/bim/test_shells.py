"""Closed shells: every edge has a partner, the volume is that reckoned by hand, and what is less says why."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon

from tests.core.bim import shell_bodies
from tests.core.bim.shell_bodies import BODIES, block, maker, plan_of, room, turned, walls
from twin_plugin.core.bim import shells
from twin_plugin.core.bim.element_triangles import ElementTriangles
from twin_plugin.core.bim.inside_columns import columns_of
from twin_plugin.core.bim.joined_faces import join_faces
from twin_plugin.core.bim.shells import ShellMaker, ShellPlans, building_shell
from twin_plugin.core.bim.solids import Detail, extrude
from twin_plugin.core.common.closed_solids import open_edges, volume_m3


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("degrees", "away"), [(0.0, (0.0, 0.0)), (31.7, (0.0, 0.0)), (90.0, (500_000.4, 2_490_000.7))])
def test_a_shell_holds_what_was_reckoned_by_hand(name, degrees, away):
    meshes, expected = BODIES[name]()
    shift = np.round(away)
    shell = maker(turned(meshes, degrees, away), shift=shift).make(Detail.LOD22)
    assert (shell.lod, shell.reason) == ("2.2", None)
    assert open_edges(shell.solid) == 0
    # The lowest facets of the dome are narrower in plan than what is kept of a plan.
    assert shell.volume_m3 == pytest.approx(expected, rel=0.01 if name == "tower" else 0.002)
    assert shell.check_m3 == pytest.approx(expected, rel=0.02)


def test_walls_are_upright_and_faces_are_plane():
    for name, build in BODIES.items():
        solid = maker(turned(build()[0], 17.0)).make(Detail.LOD22).solid
        for face in solid.polygons().geoms:
            points = shapely.get_coordinates(face, include_z=True)
            middle = points - points.mean(axis=0)
            _, sizes, axes = np.linalg.svd(middle, full_matrices=False)
            assert sizes[-1] < 0.02, name
            assert abs(axes[-1][2]) < 1e-3 or abs(axes[-1][2]) > 0.05, name


def test_a_gable_has_two_planes_and_one_part_at_the_ridge():
    shell = maker(shell_bodies.gable()[0]).make(Detail.LOD22)
    assert len(shell.planes) == 2
    assert sorted(plane.plane[1] for plane in shell.planes) == pytest.approx([-0.75, 0.75], abs=1e-6)
    assert [part.top_m for part in shell.parts] == pytest.approx([7.0])
    assert shell.parts[0].shape.area == pytest.approx(96.0)


def test_lod_13_has_a_block_for_each_height():
    shell = maker(shell_bodies.two_heights()[0]).make(Detail.LOD13)
    assert (shell.lod, shell.reason) == ("1.3", None)
    assert open_edges(shell.solid) == 0
    assert sorted(part.top_m for part in shell.parts) == pytest.approx([4.0, 9.0])
    assert shell.volume_m3 == pytest.approx(1100.0)


def test_lod_12_is_the_outline_to_the_top_and_needs_no_faces():
    plans = maker(shell_bodies.overhang()[0]).plans
    shell = ShellMaker(ElementTriangles.of_meshes([], np.zeros(2)), plans).make(Detail.LOD12)
    assert (shell.lod, shell.reason, shell.check_m3) == ("1.2", None, None)
    assert shell.volume_m3 == pytest.approx(12 * 8 * 6)


def test_thin_overhangs_keep_their_underside():
    eaves = [*room(0, 0, 10, 8, 0, 3), block(-0.5, -0.5, 10.5, 8.5, 3.0, 3.2)]
    shell = maker(eaves).make(Detail.LOD22)
    assert shell.lod == "2.2"
    assert shell.volume_m3 == pytest.approx(10 * 8 * 3 + 11 * 9 * 0.2, rel=1e-6)


def test_walls_without_a_roof_give_parts_and_say_why():
    meshes = shell_bodies.roofless()[0]
    shell = maker(meshes).make(Detail.LOD22)
    assert shell.lod == "1.3"
    assert shell.reason.code == "shell_open"
    assert shell.check_m3 is None
    assert "modelled" in shell.reason


def test_a_volume_that_is_not_plausible_gives_less(monkeypatch):
    monkeypatch.setattr(shells, "AGREE", 1e-9)
    # A slab in mid-air below a canopy: the shell has its roof alone, the columns both.
    meshes = [*room(0, 0, 10, 8, 0, 6), block(10, 0, 14, 8, 2.0, 2.6), block(10, 0, 14, 8, 5.4, 6.0)]
    shell = maker(meshes).make(Detail.LOD22)
    assert shell.lod == "1.3"
    assert shell.reason.code == "shell_volume"


def test_too_many_planes_give_the_outline(monkeypatch):
    monkeypatch.setattr("twin_plugin.core.bim.roof_planes.MOST_PLANES", 20)
    shell = maker(shell_bodies.tower()[0]).make(Detail.LOD22)
    assert (shell.lod, shell.reason.code) == ("1.2", "shell_intricate")
    assert open_edges(shell.solid) == 0


def test_nothing_above_the_ground_gives_a_thin_outline_and_says_so():
    meshes = [block(0, 0, 10, 8, -0.3, 0.0)]
    plans = ShellPlans(plan_of(meshes), plan_of(meshes), [], 0.0, 0.0)
    shell = ShellMaker(ElementTriangles.of_meshes(meshes, np.zeros(2)), plans).make(Detail.LOD22)
    assert (shell.lod, shell.reason.code) == ("1.2", "shell_flat")
    assert open_edges(shell.solid) == 0


def test_no_outline_gives_no_solid():
    plans = ShellPlans(MultiPolygon(), MultiPolygon(), [], 0.0, 3.0)
    shell = ShellMaker(ElementTriangles.of_meshes([], np.zeros(2)), plans).make(Detail.LOD22)
    assert shell.solid is None


def test_faces_of_one_plane_are_one_face_and_the_body_stays_closed():
    walls_and_roof = maker(shell_bodies.overhang()[0]).make(Detail.LOD22).solid
    # A floor, four walls below, an underside, four walls above of which three go on below, and a roof.
    assert walls_and_roof.faces_count == 8
    assert open_edges(walls_and_roof) == 0
    yard = maker(shell_bodies.courtyard()[0]).make(Detail.LOD22).solid
    assert yard.faces_count == 10
    assert (yard.counts == 4).all()
    assert len(yard.counts) == 12


def test_faces_that_touch_at_a_corner_stay_apart():
    squares = MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2)])
    solid = join_faces(extrude(squares, 0.0, 1.0))
    assert solid.faces_count == 12
    assert (open_edges(solid), volume_m3(solid)) == (0, pytest.approx(2.0))


def test_the_order_of_elements_does_not_matter():
    meshes, _ = shell_bodies.parapet()
    volumes = {round(maker(order).make(Detail.LOD22).volume_m3, 6) for order in (meshes, meshes[::-1])}
    assert len(volumes) == 1


def test_a_shell_in_model_coordinates_has_its_owner_and_its_place():
    meshes = turned(shell_bodies.gable()[0], 0.0, (1000.0, 2000.0))
    shift = np.array([1000.0, 2000.0])
    plans = maker(shell_bodies.gable()[0]).plans
    shell = building_shell(Detail.LOD22, meshes, plans, shift, "b")
    assert shell.solid.owner == "b"
    assert shell.solid.points[:, :2].min(axis=0) == pytest.approx([1000.0, 2000.0], abs=1e-6)
    assert volume_m3(shell.solid) == pytest.approx(528.0)
    a, b, c = shell.planes[0].plane
    assert a * 1006 + b * 2004 + c == pytest.approx(7.0)


def test_columns_keep_the_air_of_rooms_and_no_other():
    columns = columns_of(ElementTriangles.of_meshes(room(0, 0, 10, 8, 0, 3), np.zeros(2)), 0.0, 0.1)
    assert columns.volume_m3 == pytest.approx(240.0, rel=0.01)
    columns = columns_of(ElementTriangles.of_meshes(walls(0, 0, 10, 8, 0, 3), np.zeros(2)), 0.0, 0.1)
    assert columns.volume_m3 == pytest.approx((80 - 9.4 * 7.4) * 3, rel=0.02)
    assert columns_of(ElementTriangles.of_meshes([], np.zeros(2)), 0.0) is None


def test_elements_turned_inside_out_count_alike():
    meshes = room(0, 0, 10, 8, 0, 3)
    inside_out = [type(mesh)(mesh.vertices, mesh.faces[:, ::-1]) for mesh in meshes]
    volumes = [columns_of(ElementTriangles.of_meshes(m, np.zeros(2)), 0.0).volume_m3 for m in (meshes, inside_out)]
    assert volumes[0] == pytest.approx(volumes[1])


def test_an_extruded_ring_is_closed_and_one_with_a_face_missing_is_not():
    solid = extrude(shell_bodies.SQUARE, 0.0, 2.0)
    assert (open_edges(solid), volume_m3(solid)) == (0, pytest.approx(2.0))
    last = solid.faces < solid.faces_count - 1
    points = np.repeat(last, solid.counts)
    assert open_edges(type(solid)(solid.points[points], solid.counts[last], solid.faces[last])) > 0
