"""Each asset lies in one district, outside, or nowhere; sums by district equal the total."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.risk.districts import OUTSIDE, UNPLACED, membership, sums

WEST, EAST = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)


def test_every_asset_is_in_one_place_only():
    assets = np.array(
        [shapely.box(1, 1, 2, 2), shapely.box(8, 4, 16, 5), shapely.Point(30, 5), None, shapely.Polygon()], object
    )
    found = membership(assets, np.array([WEST, EAST, None], object))
    assert found.district.tolist() == [0, 1, OUTSIDE, UNPLACED, UNPLACED]
    assert found.several == 0


def test_where_districts_overlap_the_last_one_counts_and_it_is_counted():
    assets = np.array([shapely.Point(5, 5), shapely.LineString([(1, 9), (2, 9)])], object)
    found = membership(assets, np.array([WEST, shapely.box(4, 4, 6, 6)], object))
    assert found.district.tolist() == [1, 0]
    assert found.several == 1


def test_a_hole_is_outside_and_a_point_inside_a_bent_footprint_counts():
    ring = shapely.difference(WEST, shapely.box(4, 4, 6, 6))
    assets = np.array([shapely.Point(5, 5), ring], object)
    assert membership(assets, np.array([ring], object)).district.tolist() == [OUTSIDE, 0]


def test_sums_equal_the_total_whatever_the_districts():
    rng = np.random.default_rng(13)
    assets = shapely.points(rng.uniform(-5, 25, (5000, 2)))
    damage = np.where(rng.random(5000) < 0.1, np.nan, rng.lognormal(8, 2, 5000))
    found = membership(assets, np.array([WEST, EAST], object))
    by_district = sums(damage, found, 2)
    assert by_district.sum() == pytest.approx(np.nansum(damage), rel=1e-12)
    x, y = shapely.get_x(assets), shapely.get_y(assets)
    west = (x > 0) & (x < 10) & (y > 0) & (y < 10)
    assert by_district[0] == pytest.approx(np.nansum(damage[west]), rel=1e-12)
    assert by_district[3] == 0


def test_no_assets_and_no_hits():
    nothing = membership(np.array([], object), np.array([WEST], object))
    assert sums(np.array([]), nothing, 1).tolist() == [0, 0, 0]
