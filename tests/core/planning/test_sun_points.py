"""Windows in their walls, and points along facades."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.planning.sun_points import OUTSIDE_M, SunPoints, along_walls, covered, facing, find_walls


def city():
    """A house with a court, and one that leans against its eastern wall with two storeys of its own shape."""
    ring = shapely.box(0, 0, 20, 20).difference(shapely.box(5, 5, 15, 15))
    shapes = [ring, shapely.box(20, 0, 30, 20), shapely.box(20, 0, 30, 10)]
    return Prisms.of_shapes(shapes, [0, 0, 3], [9, 3, 6], [0, 1, 1], ["court", "house"])


def test_walls_face_outwards():
    edges = city().edges()
    bearing = facing(edges)
    middle = (edges.x0 + edges.x1) / 2, (edges.y0 + edges.y1) / 2
    before = shapely.points(
        middle[0] + 0.1 * np.sin(np.radians(bearing)), middle[1] + 0.1 * np.cos(np.radians(bearing))
    )
    assert not shapely.contains(city().outlines[edges.prism], before).any()
    south = (edges.y0 == 0) & (edges.y1 == 0)
    assert bearing[south] == pytest.approx(180)


def test_windows_find_their_wall():
    x, y = np.array([10.0, 10, 19.8, 25, 25, 80]), np.array([0.2, 4.9, 15, 9.8, 9.8, 80])
    z = np.array([1, 4, 4, 1, 4, 1.0])
    owner = np.array([0, 0, 0, 1, 1, 0])
    found = find_walls(x, y, z, owner, city())
    assert found.facing_deg[:3] == pytest.approx([180, 0, 90])
    assert found.x[2] == pytest.approx(20 + OUTSIDE_M)
    assert found.y[0] == pytest.approx(-OUTSIDE_M)
    assert found.facing_deg[4] == pytest.approx(0)  # the upper storey ends at y = 10
    assert found.moved_m[4] == pytest.approx(0.2)
    assert np.isnan(found.facing_deg[5])  # far from all
    at_wall = SunPoints(found.x, found.y, z, found.facing_deg, z, owner, tuple("abcdef"), ("",) * 6)
    assert covered(at_wall, city()).tolist() == [-1, -1, -1, 1, -1, -1]  # deep in a storey
    assert find_walls(x, y, z, np.full(6, -1), city()).facing_deg[:3] == pytest.approx([180, 0, 90])  # of any


def test_points_along_walls():
    prisms = city()
    levels = [np.array([0.0, 3, 6]), np.array([0.0]), np.array([3.0])]
    points, prism = along_walls(prisms, np.array([False, True]), levels, 1.0, 0.9)
    assert set(points.owner) == {1}
    assert len(set(points.ids)) == len(points)
    assert (prism[points.z < 3] == 1).all()
    assert len(points) == 60 + 40
    assert np.unique(points.z).tolist() == pytest.approx([0.9, 3.9])
    assert set(points.floors) == {"0"}
    inside = covered(points, prisms)
    assert (inside[(points.x < 20) & (points.z < 1)] == 0).all()  # before the shared wall: in the other house
    assert (inside >= 0).sum() == 20 + 10
    wide, _prism = along_walls(prisms, np.array([True, False]), levels, 7.0, 0.9)
    assert len(wide) == 3 * (4 * 3 + 4 * 2)


def test_walls_between_bodies_of_an_object_get_no_points():
    wings = Prisms.of_shapes([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)], [0, 0], [3, 3], [0, 0], ["a"])
    points, _prism = along_walls(wings, np.ones(1, bool), [np.zeros(1)] * 2, 1.0, 0.9)
    assert len(points) == 60
    assert (covered(points, wings) == -1).all()


def test_points_along_walls_can_be_cancelled():
    with pytest.raises(Cancelled):
        along_walls(city(), np.ones(2, bool), [np.array([0.0])] * 3, 1.0, 0.9, lambda *_: False)
    points, _ = along_walls(city(), np.ones(2, bool), [np.array([0.0])] * 3, 1.0, 0.9)
    with pytest.raises(Cancelled):
        covered(points, city(), lambda *_: False)
