"""Values of parameters that QGIS itself would ignore or replace by a default."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid


@pytest.fixture
def terrain_path(tmp_path):
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.zeros((4, 4), np.float32), 500_000.0, 2_500_000.0, 1.0, "EPSG:4547"), path)
    return path


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"RAIN_MMM": 20.0}, ("no parameter RAIN_MMM", "RAIN_MM?")),
        ({"boundary_west": "open"}, ("no parameter boundary_west", "BOUNDARY_WEST?")),
        ({"ZZZ": 1}, ("no parameter ZZZ", "DTM", "EXTENT")),
        ({"RAIN_MM": "abc"}, ("RAIN_MM is 'abc'", "number")),
        ({"RAIN_MM": "5,5"}, ("RAIN_MM is '5,5'", "number")),
        ({"BOUNDARY_WEST": "opn"}, ("BOUNDARY_WEST is 'opn'", "closed, open, level")),
        ({"RAIN_MM": float("nan")}, ("RAIN_MM is 'nan'", "number")),
        ({"INFILTRATION_MM_H": "nan"}, ("INFILTRATION_MM_H is 'nan'", "number")),
        ({"DURATION_MIN": float("inf")}, ("DURATION_MIN is 'inf'", "number")),
        ({"RAIN_MM": "1_000"}, ("RAIN_MM is '1_000'", "number")),
        ({"RAIN_MM": "１２"}, ("RAIN_MM is '１２'", "number")),
        ({"CELL_SIZE": 0}, ("CELL_SIZE is 0", "at least 0.01")),
        ({"THREADS": 1.5}, ("THREADS is 1.5", "whole number")),
        ({"THREADS": "-1"}, ("THREADS is -1", "from 0 to 2147483647")),
        ({"THREADS": 3e9}, ("THREADS is 3000000000.0", "from 0 to 2147483647")),
        ({"THREADS": 2.0, "RAIN_MM": "1e1", "CELL_SIZE": ".5", "DURATION_MIN": 3}, ()),
        ({"RAIN_MM": "5.5", "BOUNDARY_WEST": "open", "LEVEL_WEST_M": None, "RAIN": ""}, ()),
    ],
)
def test_a_value_that_would_not_be_used_is_refused(qgis_plugin, tmp_path, terrain_path, values, words):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:simulateflood")
    given = {"DTM": str(terrain_path), "DEPTH_MAX": str(tmp_path / "d.tif")} | values
    fits, reason = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert fits == (not words), reason
    assert all(word in reason for word in words), reason


@pytest.mark.parametrize(
    ("value", "fits"), [("true", True), ("false", True), (False, True), ("0", True), ("no", False)]
)
def test_a_text_for_a_switch_is_true_or_false(qgis_plugin, tmp_path, value, fits):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:exportservices")
    given = {"CATALOGUE": str(tmp_path / "c.gpkg"), "OUTPUT": str(tmp_path / "s.csv"), "GONE": value}
    answer, reason = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert answer == fits, reason
    assert fits or "true or false" in reason


@pytest.mark.parametrize(("name", "value", "limits"), [("WIDTH", 0, "320 to 3840"), ("FPS", 0, "0.2 to 30")])
def test_limits_on_both_sides_are_named(qgis_plugin, tmp_path, name, value, limits):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("twin:floodanimation")
    given = {"RESULT": str(tmp_path / "r.nc"), "OUTPUT": str(tmp_path / "f.gif"), name: value}
    fits, reason = algorithm.checkParameterValues(given, QgsProcessingContext())
    assert (fits, reason) == (False, f"{name} is {value}: give a number from {limits}.")
