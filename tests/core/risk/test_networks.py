"""Water on lines and points: lengths, depths, times of closure, speed."""

from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.networks import Closures, Limits, Pieces, delay_min, expose, read_speed, read_vehicles

TABLES = Path(__file__).parents[3] / "resources" / "tables"
PIECES = Pieces(np.array([0, 0, 0, 1, 2]), np.array([0, 1, 2, 3, -1]), np.array([10.0, 20.0, 30.0, 5.0, 7.0]), 4)
DEPTH = np.array([0.0, 0.2, 0.5, np.nan])


def test_lengths_depth_and_passability():
    found = expose(PIECES, DEPTH, Limits(), (0.15, 0.3))
    np.testing.assert_array_equal(found.length_m, [60, 5, 7, 0])
    np.testing.assert_array_equal(found.unknown_m, [0, 5, 7, 0])
    np.testing.assert_array_equal(found.over_m, [[50, 30], [0, 0], [0, 0], [0, 0]])
    np.testing.assert_array_equal(found.depth_m, [0.5, np.nan, np.nan, np.nan])
    assert found.passable == ["closed", None, None, None]
    np.testing.assert_array_equal(found.deepest, [2, -1, -1, -1])


def test_a_fast_shallow_flow_closes():
    pieces = Pieces(np.array([0, 1]), np.array([0, 1]), np.array([1.0, 1.0]), 2)
    found = expose(pieces, np.array([0.2, 0.2]), Limits(product_m2s=0.3), speed_ms=np.array([2.0, 1.0]))
    assert found.passable == ["closed", "caution"]
    np.testing.assert_allclose(found.product_m2s, [0.4, 0.2])


def test_limits_in_the_wrong_order_are_refused():
    with pytest.raises(InputError, match="at most the depth of closure"):
        Limits(0.4, 0.3)


def test_closing_and_opening_between_two_times():
    pieces = Pieces(np.array([0, 0, 1, 2]), np.arange(4), np.ones(4), 4)
    closures = Closures(pieces, 0.3)
    for minutes, depth in (
        (0, (0, 0, 0, 0.4)),
        (10, (0.6, 0, 0.2, 0.4)),
        (20, (0.2, 0.4, 0.2, 0.4)),
        (30, (0, 0, 0.5, 0.4)),
    ):
        closures.add(minutes, np.array(depth, float))
    np.testing.assert_allclose(closures.first_min, [5.0, 20 + 10 / 3, 0.0, np.nan])
    np.testing.assert_allclose(closures.opens_min(), [22.5, np.nan, np.nan, np.nan])


def test_speed_by_depth_as_published():
    speeds = read_speed(TABLES / "speed_by_depth.csv")
    free = np.full(7, 200.0)
    found = speeds.speed_kmh(np.array([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]), free)
    np.testing.assert_allclose(found, [86.945, 61.550, 40.655, 24.260, 12.365, 4.970, 2.075], atol=6e-4)
    assert speeds.speed_kmh(np.array([0.31]), np.array([30.0]))[0] == 0


def test_time_on_600_m_as_worked():
    """At most 30 km/h: 1.2 min dry, then as computed by hand."""
    speeds, free = read_speed(TABLES / "speed_by_depth.csv"), np.array([30.0])
    piece = Pieces(np.array([0]), np.array([0]), np.array([600.0]), 1)
    for depth, minutes in ((0, 1.2), (0.1, 1.2), (0.15, 1.484), (0.2, 2.911), (0.25, 7.244)):
        assert 1.2 + delay_min(piece, np.array([depth]), speeds, free)[0] == pytest.approx(minutes, abs=1e-3)
    assert delay_min(piece, np.array([0.5]), speeds, free)[0] == np.inf


def test_vehicles_of_the_table():
    assert read_vehicles(TABLES / "vehicle_limits.csv")["large_car"] == (0.4, 0.45)
