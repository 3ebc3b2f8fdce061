"""Sills of entrances against levels of a flood."""

from __future__ import annotations

import numpy as np
import pytest

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.rail.entrances import compare_levels


def test_states_by_hand():
    """Cells of 2 m: water of 3.2 m in the west, dry in the east, as no data."""
    values = np.full((10, 40), np.nan, np.float32)
    values[:, :10] = 3.2
    values[5, 9] = 3.7  # 19 to 20 m: the highest water near counts
    flood = Grid(values, 1000.0, 500.0, 2.0, "EPSG:4547")
    x = np.array([1004.0, 1004.0, 1021.0, 1060.0, 900.0, 1004.0])
    sills = np.array([3.0, 3.5, 3.5, 3.0, 3.0, np.nan])
    y = np.array([482.0, 482.0, 489.0, 489.0, 489.0, 489.0])
    found = compare_levels(x, y, sills, flood)
    assert found.state == ["below", "above", "below", "dry", "unknown", "unknown"]
    assert found.over_sill_m[:3] == pytest.approx([0.2, -0.3, 0.2], abs=1e-5)
    assert np.isnan(found.level_m[3:5]).all()
