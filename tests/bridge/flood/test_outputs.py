"""What the log says of a run's figures."""

from __future__ import annotations

import pytest

from twin_plugin.bridge.flood.outputs import warnings
from twin_plugin.core.flood.result import RunSummary

CALM = {
    "no_data_cells": 0, "scheme": "inertial", "supercritical_share_peak": 0.0, "mass_error": 1e-9,
    "peak_volume_m3": 5.0, "fastest_wave_ms": 4.0, "fastest_wave_x": 10.0, "fastest_wave_y": 20.0,
}  # fmt: skip


def sentences(**changes):
    return [str(message) for message in warnings(RunSummary(CALM | changes), 1)]


def test_a_calm_run_has_no_warning():
    assert sentences() == []


@pytest.mark.parametrize("error", [2e-5, -2e-5])
def test_water_created_or_lost_is_reported(error):
    (sentence,) = sentences(mass_error=error)
    assert sentence == f"The mass error is {error:.1e} of all the water: treat the results with care."


def test_a_wave_that_cannot_be_is_reported_with_its_place():
    (sentence,) = sentences(fastest_wave_ms=27.3)
    assert "a wave of 27 m/s in the cell at 10.0, 20.0" in sentence
