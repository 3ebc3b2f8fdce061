"""The one name of a storm, and what tells two runs apart."""

from __future__ import annotations

import math

import pytest

from twin_plugin.bridge.kernel.storm_name import run_name, storm_name, storm_of_table


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


def test_the_table_of_a_storm_gives_the_same_name_as_its_figures(run_algorithm, tmp_path):
    path = run_algorithm("twin:designstorm", {"RETURN_PERIOD": 20, "OUTPUT": str(tmp_path / "storm.gpkg")})["OUTPUT"]
    name = storm_of_table(str(path))
    assert name.startswith("20-year storm, ")
    assert name.endswith(" mm in 2 h")
    run_algorithm("twin:designstorm", {"RETURN_PERIOD": 5, "OUTPUT": str(path)})
    assert storm_of_table(str(path)).startswith("5-year storm, "), "a table that was written again is read again"
    assert storm_of_table(str(tmp_path / "none.gpkg")) == ""
