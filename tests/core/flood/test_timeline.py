"""A quantity over time is numpy's interpolation to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.flood.timeline import Timeline


@pytest.mark.parametrize("points", [1, 2, 7])
def test_values_are_those_of_interp(points):
    generator = np.random.default_rng(points)
    times = np.cumsum(generator.uniform(0.1, 400.0, points)) - 100.0
    values = generator.uniform(-1.0, 3.0, points)
    line = Timeline(times, values)
    asked = [*generator.uniform(times[0] - 50, times[-1] + 50, 300), *times, times[0] - 1e9, times[-1] + 1e9]
    assert [line.at(time) for time in asked] == [float(np.interp(time, times, values)) for time in asked]
