"""Solids: faces with holes as arrays, the same polygons again, joined and moved."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.solid import Solid


def square(size, z):
    return np.array([(0, 0, z), (size, 0, z), (size, size, z), (0, size, z)], float)


def test_a_face_with_a_hole_becomes_its_polygon():
    solid = Solid.from_faces([[square(10, 1), np.add(square(4, 1)[::-1], (3, 3, 0))], [square(2, 5)]])
    lid, other = solid.polygons().geoms
    assert (lid.area, len(lid.interiors), other.area) == (84, 1, 4)
    assert solid.faces_count == 2
    assert solid.heights == (1, 5)
    assert solid.size == sum(len(ring.coords) for face in (lid, other) for ring in (face.exterior, *face.interiors))


def test_joined_solids_keep_their_faces_apart():
    first, second = Solid.from_corners(np.stack([square(1, 0), square(1, 1)])), Solid.from_faces([[square(3, 2)]])
    both = Solid.join([first, second, Solid.from_faces([])])
    assert [face.area for face in both.polygons().geoms] == [1, 1, 9]
    assert Solid.join([]).polygons().is_empty


def test_equal_where_faces_kind_and_owner_are():
    first = Solid.from_faces([[square(1, 0)]])
    assert first == Solid.from_corners(square(1, 0)[None])
    assert first != Solid.from_faces([[square(1, 1)]])
    assert first != Solid(first.points, first.counts, first.faces, kind="IfcWall")
    assert first != "solid"


def test_another_frame():
    moved = Solid.from_faces([[square(1, 0)]]).transformed(lambda points: points * 2 + (1, 0, 5))
    assert moved.polygons().bounds == pytest.approx((1, 0, 3, 2))
    assert moved.heights == (5, 5)
