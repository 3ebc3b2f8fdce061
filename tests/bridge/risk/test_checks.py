"""What is checked of layers of buildings whose geometries are of several kinds."""

from __future__ import annotations

import numpy as np
import shapely

from twin_plugin.bridge.risk.checks import odd_shapes, same_outlines
from twin_plugin.core.risk.footprints import Footprints


def test_collections_count_by_their_polygons_and_what_has_none_is_told():
    house = shapely.box(0, 0, 10, 10)
    mixed = shapely.GeometryCollection(
        [house, shapely.Point(50, 50), shapely.MultiPolygon([shapely.box(20, 0, 30, 10)])]
    )
    shapes = np.array([house, shapely.Point(5, 5), mixed, None, shapely.LineString([(0, 0), (1, 1)])], object)
    prints = Footprints.of(shapes)
    assert prints.others == 2
    assert prints.missing.tolist() == [False, True, False, True, True]
    assert shapely.area(prints.shapes(slice(None))[2]) == 200
    assert ["2 geometries are no polygons" in text for text in odd_shapes(prints)] == [True]
    assert odd_shapes(Footprints.of(np.array([house], object))) == []


def test_footprints_that_occur_twice_are_reported():
    house, beside = shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)
    from_another_corner = shapely.Polygon([(10, 10), (10, 0), (0, 0), (0, 10)])
    like = shapely.Polygon([(0, 0), (10, 0), (10, 10), (5, 9), (0, 10)])
    texts = same_outlines(Footprints.of(np.array([house, beside, None, from_another_corner, like, beside], object)))
    assert ["2 footprints are the same as another one" in text for text in texts] == [True]
    for shapes in ([house, beside, like], [house], [None], []):
        assert same_outlines(Footprints.of(np.array(shapes, object))) == []
