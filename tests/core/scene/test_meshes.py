"""Meshes of buildings: volumes by independent sums, faces that look outward, and nothing twice."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.common.solid import Solid
from twin_plugin.core.scene.meshes import Mesh, Shades, far_mesh, near_mesh, prism_mesh, solid_mesh
from twin_plugin.core.scene.scene import Buildings

SHADES = Shades({"residential": 0, "office": 1}, 2)
RING = shapely.box(0, 0, 30, 20) - shapely.box(10, 5, 20, 15)


def prisms(shapes, bottom, top, owner, ids):
    return Prisms.of_shapes(shapes, np.array(bottom, float), np.array(top, float), np.array(owner), ids)


def closed(mesh: Mesh) -> bool:
    """Whether each edge is met once in each direction, by place."""
    places = np.unique(np.round(mesh.points, 6), axis=0, return_inverse=True)[1][mesh.triangles]
    edges = np.concatenate([places[:, [0, 1]], places[:, [1, 2]], places[:, [2, 0]]])
    there, back = (sorted(map(tuple, part)) for part in (edges, edges[:, ::-1]))
    return there == back


def test_a_ring_with_a_yard_has_its_volume_and_looks_outward():
    mesh = prism_mesh(prisms([RING], [5], [17], [0], ["a"]), np.zeros(1, np.int64))
    assert mesh.volume_m3() == pytest.approx(RING.area * 12)
    assert closed(mesh)
    normals, corners = mesh.normals(), mesh.points[mesh.triangles]
    middle, outward = corners.mean(axis=1), normals[mesh.triangles[:, 0]]
    body = [
        shapely.Point(p[:2] + 0.01 * n[:2]).within(RING)
        for p, n in zip(middle, outward, strict=True)
        if abs(n[2]) < 0.5
    ]
    assert body
    assert not any(body)
    assert np.linalg.norm(normals, axis=1) == pytest.approx(1.0)


def test_storeys_with_one_plan_have_no_floors_between_them():
    plan = shapely.box(0, 0, 10, 10)
    storeys = prisms([plan] * 3, [0, 3, 6], [3, 6, 9], [0, 0, 0], ["a"])
    bodies = prisms([plan], [0], [11], [0], ["a"])
    buildings = Buildings(bodies, ("office",), storeys, np.array([0, 1, 2]), Prisms.none())
    mesh = near_mesh(buildings, SHADES)
    assert mesh.volume_m3() == pytest.approx(1100)
    # A floor at 0, the roof of the storeys, and floor and roof of what stands above them, two triangles each.
    level = np.round(mesh.points[mesh.triangles][:, :, 2], 6)
    flat = level[(level == level[:, :1]).all(axis=1)][:, 0]
    assert sorted(flat) == [0, 0, 9, 9, 9, 9, 11, 11]
    assert sorted(np.unique(mesh.shade)) == [2, 3]


def test_what_is_dug_is_shown_apart():
    plan = shapely.box(0, 0, 10, 10)
    bodies = prisms([plan], [-6], [9], [0], ["a"])
    storeys = prisms([plan], [0], [9], [0], ["a"])
    rooms = prisms([plan.buffer(2, join_style="mitre")], [-6], [0], [0], ["a"])
    known = near_mesh(Buildings(bodies, ("",), storeys, np.array([0]), rooms), SHADES)
    assert known.volume_m3() == pytest.approx(900 + 14 * 14 * 6)
    assert SHADES.underground in known.shade
    unknown = near_mesh(Buildings(bodies, ("",), storeys, np.array([0]), Prisms.none()), SHADES)
    assert unknown.volume_m3() == pytest.approx(1500)


def test_a_shell_replaces_storeys_and_body():
    p = np.array([[0, 0, 0], [8, 0, 0], [8, 6, 0], [0, 6, 0], [0, 3, 4], [8, 3, 4.0]])
    faces = [[[3, 2, 1, 0]], [[0, 1, 5, 4]], [[2, 3, 4, 5]], [[0, 4, 3]], [[1, 2, 5]]]
    roof = Solid.from_faces([[p[ring] for ring in face] for face in faces])
    assert solid_mesh(roof, 0, 0).volume_m3() == pytest.approx(8 * 6 * 4 / 2)
    bodies = prisms([shapely.box(0, 0, 8, 6), shapely.box(20, 0, 30, 10)], [0, 0], [4, 5], [0, 1], ["a", "b"])
    storeys = prisms([shapely.box(0, 0, 8, 6)], [0], [4], [0], ["a", "b"])
    mesh = near_mesh(Buildings(bodies, ("", ""), storeys, np.array([0]), Prisms.none(), shells={0: roof}), SHADES)
    assert mesh.volume_m3() == pytest.approx(96 + 500)


def test_far_blocks_have_no_yards_and_few_corners():
    round_one = shapely.Point(0, 0).buffer(20, 32)
    bodies = prisms([RING, round_one], [0, 0], [10, 10], [0, 1], ["a", "b"])
    mesh = far_mesh(Buildings.of_bodies(bodies), SHADES, 2.0)
    assert mesh.volume_m3() == pytest.approx(6000 + round_one.area * 10, rel=0.08)
    assert len(mesh) < 80


def test_nothing_gives_nothing():
    mesh = near_mesh(Buildings.of_bodies(Prisms.none()), SHADES)
    assert len(mesh) == 0
    assert mesh.volume_m3() == 0
