"""Polygons cut into triangles: all of them, once, turning left."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from twin_plugin.core.scene.triangles import triangulate, triangulate_polygon


def areas(corners, triangles):
    a, b, c = (corners[triangles[:, k]] for k in range(3))
    return ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]) / 2


def covered(polygon):
    """The triangles turn left, do not overlap, and their union is the polygon: by GEOS."""
    corners, triangles = triangulate_polygon(polygon)
    every = areas(corners, triangles)
    assert (every > 0).all()
    assert every.sum() == pytest.approx(polygon.area, rel=1e-9)
    union = shapely.union_all(shapely.polygons(corners[triangles]))
    assert union.symmetric_difference(polygon).area == pytest.approx(0, abs=1e-6 * polygon.area)


@pytest.mark.parametrize("turned", [False, True])
def test_an_l_with_a_yard_either_way_round(turned):
    shell = [(0, 0), (30, 0), (30, 10), (12, 10), (12, 30), (0, 30)]
    hole = [(3, 3), (9, 3), (9, 8), (3, 8)]
    covered(shapely.Polygon(shell[::-1] if turned else shell, [hole if turned else hole[::-1]]))


def test_places_of_the_corners_given():
    rings = [np.array([[0, 0], [4, 0], [4, 3], [0, 3.0]]), np.array([[1, 1], [1, 2], [2, 2], [2, 1.0]])]
    found = triangulate(rings)
    assert set(found.ravel()) == set(range(8))
    assert areas(np.concatenate(rings), found).sum() == pytest.approx(11)


def test_many_shapes_in_the_coordinates_of_a_map():
    rng = np.random.default_rng(7)
    for angle in (0.0, 0.3, 1.2):
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        for _ in range(120):
            boxes, holes = rng.integers(1, 20, (4, 4)), np.c_[rng.integers(1, 30, (4, 2)), rng.integers(1, 4, (4, 2))]
            body = shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in boxes])
            body = body.difference(shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in holes]))
            body = shapely.transform(body, lambda c, turn=turn: c @ turn + [500_000, 2_500_000])
            for polygon in shapely.get_parts(body):
                if polygon.is_valid and polygon.area > 0:
                    covered(polygon)


def test_holes_that_touch_at_a_corner():
    body = shapely.box(0, 0, 10, 10) - shapely.box(2, 2, 5, 5) - shapely.box(5, 5, 8, 8)
    covered(body)


def test_corners_on_a_straight_line():
    covered(shapely.Polygon([(0, 0), (5, 0), (10, 0), (10, 5), (10, 10), (0, 10), (0, 4)]))


def test_round_tower():
    covered(shapely.Point(500_000, 2_500_000).buffer(20, 64) - shapely.Point(500_000, 2_500_000).buffer(5, 16))
