"""Prisms of buildings, and a scheme in the place of some of them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.prisms import Prisms
from twin_plugin.core.planning.observers import Observers, along, inside
from twin_plugin.core.planning.schemes import put_scheme


def boxes(*corners, height=10.0, names="ABCDEFG"):
    shapes = [shapely.box(*corner) for corner in corners]
    n = len(shapes)
    return Prisms.of_shapes(shapes, np.zeros(n), np.full(n, height), np.arange(n), names[:n])


def test_edges_have_the_inside_on_their_left():
    ring = shapely.Polygon([(0, 0), (0, 10), (10, 10), (10, 0)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])
    prisms = Prisms.of_shapes([ring, shapely.box(20, 0, 30, 5)], [0, 0], [5, 6], [0, 1], ["a", "b"])
    edges = prisms.edges()
    assert np.bincount(edges.prism).tolist() == [8, 4]
    for x0, y0, x1, y1, prism in zip(edges.x0, edges.y0, edges.x1, edges.y1, edges.prism, strict=True):
        length = np.hypot(x1 - x0, y1 - y0)
        left = shapely.Point((x0 + x1) / 2 - (y1 - y0) / length * 0.1, (y0 + y1) / 2 + (x1 - x0) / length * 0.1)
        assert shapely.contains(prisms.outlines[prism], left)


def test_parts_of_an_object_stay_together():
    double = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 6, 1)])
    prisms = Prisms.of_shapes([double, shapely.box(9, 9, 10, 10)], [0, 1], [5, 6], [0, 1], ["a", "b"])
    assert prisms.owner.tolist() == [0, 0, 1]
    assert prisms.object_tops().tolist() == [5, 6]
    assert shapely.area(prisms.object_outlines()).tolist() == [2, 1]
    kept = prisms.keep(np.array([False, True]))
    assert (kept.ids, kept.owner.tolist(), kept.bottom_m.tolist()) == (("b",), [0], [1])
    both = kept.joined(prisms)
    assert both.ids == ("b", "a", "b")
    assert both.owner.tolist() == [0, 1, 1, 2]
    assert len(Prisms.none().edges().x0) == 0


def test_a_scheme_replaces_what_it_covers_and_what_lies_in_its_site():
    present = boxes((0, 0, 10, 10), (20, 0, 30, 10), (29.5, 20, 39.5, 30), (60, 0, 70, 10))
    scheme = boxes((5, 0, 29, 10), (30, 20, 38, 30), names="XY")
    future = put_scheme(present, scheme, "new")
    assert future.replaced.tolist() == [True, True, True, False]
    assert future.prisms.ids == ("D", "X", "Y")
    assert future.planned.tolist() == [False, True, True]
    future = put_scheme(present, boxes((100, 0, 110, 10), names="Z"), "new", shapely.box(55, -5, 66, 15))
    assert future.replaced.tolist() == [False, False, False, True]
    future = put_scheme(present, boxes((10, 0, 20, 10), names="Z"), "new")
    assert not future.replaced.any()
    assert "free land" in future.notes[0]


def test_schemes_that_cannot_be():
    present = boxes((0, 0, 10, 10), (20, 0, 30, 10))
    with pytest.raises(InputError, match="overlaps nothing"):
        put_scheme(present, boxes((5000, 0, 5010, 10), names="Z"), "far")
    with pytest.raises(InputError, match="loaded twice"):
        put_scheme(present, boxes((12, 0, 18, 10)), "twice")


def test_observers_in_bodies_and_along_paths():
    prisms = boxes((0, 0, 10, 10))
    observers = Observers(
        np.array([5.0, 5, 20]), np.array([5.0, 5, 5]), np.array([1.6, 12, 1.6]), np.full(3, np.nan), ("a", "b", "c"),
        ("a", "b", "c"),
    )  # fmt: skip
    assert inside(observers, prisms).tolist() == [True, False, False]
    assert observers.keep(~inside(observers, prisms)).ids == ("b", "c")
    x, _y, at = along(shapely.LineString([(0, 0), (50, 0)]), 20)
    assert x.tolist() == pytest.approx([0, 50 / 3, 100 / 3, 50])
    assert at[-1] == 50
