"""Outlines as whole numbers: properties that hold for any outline."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.scene.plans import MOST_CORNERS, encode_plans


def decoded(plans, unit):
    """Polygons of the plans."""
    corners, sizes, found, ring, place = plans.corners.astype(float) * unit, plans.ring_size, [], 0, 0
    for count in plans.rings:
        rings = []
        for size in sizes[ring : ring + count]:
            rings.append(np.cumsum(corners[place : place + size], axis=0))
            place += size
        ring += count
        found.append(shapely.Polygon(rings[0], rings[1:]))
    assert place == len(corners)
    assert ring == len(sizes)
    return found


def array(*shapes):
    return shapely.normalize(np.array(shapes, object))


def test_areas_and_equality_are_kept():
    dice = np.random.default_rng(3)
    shapes = [shapely.Point(dice.uniform(0, 500, 2)).buffer(dice.uniform(2, 40), quad_segs=int(dice.integers(1, 9)))
              for _ in range(200)]  # fmt: skip
    shapes += [shape.difference(shape.centroid.buffer(0.5)) for shape in shapes[:50]]
    outlines = array(*shapes, *shapes[::-1])
    plans = encode_plans(outlines, (100.0, 50.0), 0.01)
    found = decoded(plans, 0.01)
    assert len(plans) == 250
    assert (plans.plan[:250] == plans.plan[250:][::-1]).all()
    for number, outline in zip(plans.plan, outlines, strict=True):
        moved = shapely.affinity.translate(found[number], 100.0, 50.0)
        assert moved.area == pytest.approx(outline.area, rel=0.005)
        assert len(moved.interiors) == len(outline.interiors)
        assert moved.symmetric_difference(outline).area <= 0.011 * outline.length


def test_corners_that_meet_become_one():
    shape = shapely.Polygon([(0, 0), (0.001, 0.001), (10, 0), (10, 5), (10.001, 5.001), (0, 5), (0.002, 0.002)])
    plans = encode_plans(np.array([shape], object), (0.0, 0.0), 0.01)
    assert list(plans.ring_size) == [4]
    assert decoded(plans, 0.01)[0].equals(shapely.box(0, 0, 10, 5))


def test_what_has_no_area_in_units_is_no_plan():
    sliver, hole = shapely.box(0, 0, 100, 0.004), shapely.box(2, 2, 2.003, 2.003)
    block = shapely.box(0, 0, 10, 10)
    plans = encode_plans(array(sliver, block.difference(hole), block), (0.0, 0.0), 0.01)
    assert list(plans.plan) == [-1, 0, 0]
    assert list(plans.rings) == [1]


def test_outlines_with_too_many_corners_are_simplified():
    angle = np.linspace(0, 2 * np.pi, MOST_CORNERS + 500, endpoint=False)
    circle = shapely.Polygon(np.column_stack([900 * np.cos(angle), 900 * np.sin(angle)]))
    plans = encode_plans(array(circle), (0.0, 0.0), 0.01)
    assert plans.simplified == 1
    assert plans.ring_size[0] < MOST_CORNERS
    assert decoded(plans, 0.01)[0].area == pytest.approx(circle.area, rel=0.001)


def test_nothing_gives_nothing():
    plans = encode_plans(np.zeros(0, object), (0.0, 0.0), 0.01)
    assert len(plans) == len(plans.corners) == len(plans.ring_size) == len(plans.plan) == 0


def test_it_asks_whether_to_go_on():
    with pytest.raises(Cancelled):
        encode_plans(array(shapely.box(0, 0, 1, 1)), (0.0, 0.0), 0.01, lambda fraction, text="": fraction < 0.4)
