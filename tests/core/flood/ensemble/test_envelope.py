"""Envelopes and exceedance against plain numpy over all runs at once."""

from __future__ import annotations

import numpy as np

from twin_plugin.core.flood.ensemble.envelope import THRESHOLDS_M, Envelope
from twin_plugin.core.flood.ensemble.measure_table import COMPARISON_COLUMNS, DepthChange, comparison_row
from twin_plugin.core.flood.ensemble.run_table import RunRow

RUNS, SHAPE = 20, (13, 17)


def test_envelopes_equal_numpy_over_the_runs():
    dice = np.random.default_rng(5)
    depths = np.where(dice.random((RUNS, *SHAPE)) < 0.4, 0.0, dice.random((RUNS, *SHAPE))).astype(np.float32)
    depths[3, 2, 2] = np.nan
    depths[:, 5, 5] = np.nan
    arrivals = np.where(depths > 0, 60 * dice.random(depths.shape), np.nan).astype(np.float32)
    weights = dice.random(RUNS) / RUNS
    envelope = Envelope(SHAPE)
    for run in range(RUNS):
        envelope.add(depths[run], arrivals[run], weights[run])
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(envelope.depth_m, np.fmax.reduce(depths))
        np.testing.assert_array_equal(envelope.arrival_min, np.fmin.reduce(arrivals))
    exceedance = envelope.exceedance()
    for band, limit_m in enumerate(THRESHOLDS_M):
        wanted = np.tensordot(weights, depths > np.float32(limit_m), 1)
        wanted[2, 2] = wanted[5, 5] = np.nan
        np.testing.assert_allclose(exceedance[band], wanted, rtol=1e-6)
    assert envelope.partly_known == 1


def test_a_depth_of_exactly_the_threshold_does_not_exceed_it():
    envelope = Envelope((1, 1))
    envelope.add(np.full((1, 1), 0.3, np.float32), np.zeros((1, 1), np.float32), 0.5)
    assert envelope.exceedance().ravel().tolist() == [0.5, 0.0, 0.0]


def test_a_measure_is_compared_in_areas_volumes_and_doors():
    before = np.array([[0.0, 0.2, 0.4, 0.6, np.nan]], np.float32)
    after = np.array([[0.2, 0.2, 0.1, 0.4, 9.0]], np.float32)
    change = DepthChange(4.0)
    change.add(before, after, np.where(np.isfinite(before), after - before, np.nan))
    old = {"peak_volume_m3": 100.0, "wet_area_m2": 12.0, "buildings": {"a": 1, "b": 1}, "doors": {"a": 3, "b": 1}}
    new = {"peak_volume_m3": 70.0, "wet_area_m2": 16.0, "buildings": {"a": 1}, "doors": {"a": 1, "c": 1}}
    row = comparison_row(RunRow(2, "tank", measure="tank", cost=900.0), "nothing", old, new, change)
    assert set(row) <= {column.name for column in COMPARISON_COLUMNS}
    assert (row["area_over_15cm_m2"], row["area_over_15cm_change_m2"]) == (12.0, 0.0)
    assert (row["area_over_30cm_m2"], row["area_over_30cm_change_m2"]) == (4.0, -4.0)
    assert (row["peak_volume_change_m3"], row["wet_area_change_m2"]) == (-30.0, 4.0)
    assert (round(row["greatest_rise_m"], 6), round(row["greatest_fall_m"], 6)) == (0.2, 0.3)
    assert (row["buildings_reached"], row["buildings_kept_dry"], row["buildings_newly_wet"]) == (1, 1, 0)
    assert (row["doors_reached"], row["doors_kept_dry"], row["doors_newly_wet"]) == (2, 3, 1)
    assert row["cost_per_door"] == 450.0
