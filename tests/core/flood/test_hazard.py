"""Hazard classes against the worked examples of the handbook's limits."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.flood.hazard import LIMITS, classify, classify_moment

EXAMPLES = [
    (0.0, 0.0, 0), (0.1, 0.5, 1), (0.3, 1.0, 1), (0.3, 1.01, 2), (0.5, 0.6, 2), (0.6, 0.5, 3),
    (1.3, 0.5, 4), (2.1, 0.5, 5), (1.0, 2.5, 5), (4.1, 0.1, 6), (0.1, 4.5, 6),
]  # fmt: skip


@pytest.mark.parametrize(("depth", "speed", "expected"), EXAMPLES)
def test_examples(depth, speed, expected):
    depth, speed = np.array([depth], np.float32), np.array([speed], np.float32)
    assert classify(depth, speed, depth * speed)[0] == expected


def test_the_product_counts_on_its_own():
    """Deep and still first, shallow and fast later: the class is that of the worst moment, not of both maxima at
    once.
    """
    assert classify(np.array([1.0]), np.array([1.9]), np.array([0.5]))[0] == 3
    assert classify(np.array([1.0]), np.array([1.9]), np.array([1.9]))[0] == 5


def test_worst_in_time_is_the_class_of_the_maxima():
    generator = np.random.default_rng(3)
    depth, speed = generator.uniform(0, 5, (40, 500)), generator.uniform(0, 5, (40, 500))
    at_each_time = classify(depth, speed, depth * speed).max(axis=0)
    np.testing.assert_array_equal(classify(depth.max(0), speed.max(0), (depth * speed).max(0)), at_each_time)


def test_no_data_and_order():
    assert classify(np.array([np.nan]), np.array([1.0]), np.array([1.0]))[0] == 255
    limits = np.array(LIMITS)
    assert (np.diff(limits, axis=0) >= 0).all()


def test_at_one_time_less_than_the_wet_depth_has_no_class():
    depth = np.array([0.0, 0.04, 0.05, 0.6, np.nan], np.float32)
    east, north = np.array([0, 0, 0.3, 0.3, 0], np.float32), np.array([0, 0, 0.4, 0.4, 0], np.float32)
    assert classify_moment(depth, east, north, 0.05).tolist() == [0, 0, 1, 3, 255]
    assert classify_moment(depth, east, north, 0.01).tolist() == [0, 1, 1, 3, 255]
