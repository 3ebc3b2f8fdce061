"""The one name of a storm, and what tells two runs apart."""

from __future__ import annotations

import math

import pytest

from twin_plugin.bridge.kernel.storm_name import run_name, storm_name


@pytest.mark.parametrize(
    ("storm", "name"),
    [
        ((146.03, 120.0, 50.0), "50-year storm, 146 mm in 2 h"),
        ((144.0, 90.0, math.nan), "144 mm in 1.5 h"),
        ((20.4, 45.0, 0.5), "0.5-year storm, 20 mm in 45 min"),
        ((100.0, math.nan, math.nan), "100 mm of rain"),
        ((math.nan, 60.0, 5.0), ""),
        ((0.0, 60.0, 5.0), ""),
    ],
)
def test_a_storm_has_depth_time_and_return_period_where_they_are_known(qgis_app, storm, name):
    assert storm_name(*storm) == name


def test_runs_of_one_storm_differ_by_time_and_cells(qgis_app):
    storm = storm_name(146.0, 120.0, 50.0)
    names = {run_name(storm, duration_s, cell_m) for duration_s in (1800.0, 10800.0) for cell_m in (2.0, 16.0)}
    assert len(names) == 4
    assert "50-year storm, 146 mm in 2 h · 30 min simulated · 16 m cells" in names
    assert run_name("", math.nan, math.nan) == ""
