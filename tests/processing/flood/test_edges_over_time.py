"""Hydrographs of inflows and levels over time as tables of twin:simulateflood."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from osgeo import ogr, osr
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from twin_plugin.bridge.kernel.rasters import write_grid
from twin_plugin.core.common.grid import Grid

pytest.importorskip("numba")

WEST, NORTH, CELL = 493_000.0, 2_491_000.0, 4.0


class Log(QgsProcessingFeedback):
    """Keeps what a run says."""

    def __init__(self):
        super().__init__(False)
        self.lines = []

    def pushInfo(self, info):
        self.lines.append(info)

    def pushWarning(self, warning):
        self.lines.append(warning)


@pytest.fixture
def simulate(run_algorithm, tmp_path):
    """A function that runs flat ground of 20 x 20 cells at 1 m above datum; gives SUMMARY and the log."""
    path = tmp_path / "dtm.tif"
    write_grid(Grid(np.full((20, 20), 1, np.float32), WEST, NORTH, CELL, "EPSG:4547"), path)
    sides = {f"BOUNDARY_{side}": "closed" for side in ("NORTH", "EAST", "SOUTH", "WEST")}

    def run(**parameters):
        log, summary = Log(), str(tmp_path / "s.json")
        given = {"DTM": str(path), "DURATION_MIN": 30, "SCHEME": "inertial", **sides, "SUMMARY": summary}
        run_algorithm("twin:simulateflood", given | parameters, log)
        return json.loads(Path(summary).read_text("utf-8")), "\n".join(log.lines)

    return run


@pytest.fixture
def table(tmp_path):
    """A function that writes rows as a CSV table with these columns."""

    def make(columns, rows, name="table.csv"):
        lines = [",".join(columns), *(",".join(str(value) for value in row) for row in rows)]
        (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
        return str(tmp_path / name)

    return make


@pytest.fixture
def inflows(tmp_path):
    """Two polygons, 'river' with 0.5 m³/s and 'main' without."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(4547)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "inflows.gpkg"))
    layer = source.CreateLayer("inflows", reference, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    layer.CreateField(ogr.FieldDefn("flow_m3s", ogr.OFTReal))
    for place, (name, flow) in enumerate((("river", 0.5), ("main", None))):
        west = WEST + 20 + 30 * place
        ring = f"{west} {NORTH - 40},{west + 12} {NORTH - 40},{west + 12} {NORTH - 20},{west} {NORTH - 20}"
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring},{west} {NORTH - 40}))"))
        feature.SetField("name", name)
        if flow is not None:
            feature.SetField("flow_m3s", flow)
        layer.CreateFeature(feature)
    del layer, source
    return str(tmp_path / "inflows.gpkg")


def test_hydrographs_and_constant_discharges_add_up(simulate, inflows, table):
    """main: a triangle of 20 min with 1.2 m³/s at its peak, 720 m³; river stays constant, 900 m³ in 30 min."""
    rows = [("main", 20, 0), ("main", 0, 0), ("main", 10, 1.2), ("main", 15, ""), ("other", 0, 9)]
    summary, log = simulate(INFLOWS=inflows, INFLOW_TABLE=table(("inflow", "time_min", "flow_m3s"), rows))
    assert summary["inflow_m3"] == pytest.approx(900 + 720, rel=1e-6)
    assert abs(summary["mass_error"]) < 1e-6
    assert "INFLOW_TABLE has rows of inflows that INFLOWS lacks: other." in log
    assert "Rows of INFLOW_TABLE | 3 | 2 | 0 | 720 m³ between" in log
    assert "were put into the order of time" in log


def test_a_hydrograph_that_brings_more_than_its_rows_is_said(simulate, inflows, table):
    """Rows from 10 to 20 min with 1 m³/s: 1,800 m³ in the 30 min of the run, where they have 600 m³."""
    rows = [("main", 10, 1), ("main", 20, 1)]
    summary, log = simulate(INFLOWS=inflows, INFLOW_TABLE=table(("inflow", "time_min", "flow_m3s"), rows))
    assert summary["inflow_m3"] == pytest.approx(900 + 1800, rel=1e-6)
    assert "'main' begins at 10 min with 1 m³/s, which counts from the start" in log
    rows = [("main", 0, 0), *rows]
    _, log = simulate(INFLOWS=inflows, INFLOW_TABLE=table(("inflow", "time_min", "flow_m3s"), rows))
    assert "which counts from the start" not in log


def test_polygons_of_one_name_are_said_to_bring_the_hydrograph_several_times(simulate, inflows, table):
    """A triangle of 600 m³ enters by both polygons."""
    source = ogr.Open(inflows, 1)
    source.ExecuteSQL("UPDATE inflows SET name = 'main'")
    del source
    rows = [("main", 0, 0), ("main", 10, 1), ("main", 20, 0)]
    summary, log = simulate(INFLOWS=inflows, INFLOW_TABLE=table(("inflow", "time_min", "flow_m3s"), rows))
    assert summary["inflow_m3"] == pytest.approx(2 * 600, rel=1e-6)
    assert "2 polygons of INFLOWS are called 'main'" in log
    assert "| 1,200 m³ between" in log


def test_moments_and_other_units_of_a_hydrograph(simulate, inflows, table):
    rows = [("main", "2026-06-08T14:00:00Z", 500), ("main", "2026-06-08T14:30:00Z", 500)]
    summary, _ = simulate(INFLOWS=inflows, INFLOW_TABLE=table(("name", "time", "flow_l_s"), rows))
    assert summary["inflow_m3"] == pytest.approx(2 * 900, rel=1e-6)


@pytest.mark.parametrize(
    ("columns", "rows", "word"),
    [
        (("inflow", "time_min", "flow_m3s"), [("river", 0, 1)], "'main' of 'inflows' has no row in INFLOW_TABLE"),
        (("inflow", "time_min", "q"), [("main", 0, 1)], "lacks a column of times or of values"),
        (("inflow", "time", "flow_m3s"), [("main", 5, 1)], "name it time_min"),
        (("inflow", "time_min", "flow_m3s"), [("main", 0, 1), ("main", 0, 2)], "0 min twice, with 1 and 2"),
        (("inflow", "time_min", "flow_m3s"), [("main", 0, -1)], "a discharge of -1 m³/s of 'main'"),
        (("time_min", "flow_m3s"), [(0, 1)], "name no inflow"),
    ],
)
def test_tables_of_inflows_that_cannot_be_used(simulate, inflows, table, columns, rows, word):
    with pytest.raises(QgsProcessingException, match=word):
        simulate(INFLOWS=inflows, INFLOW_TABLE=table(columns, rows))


def test_a_tide_with_its_datum_and_its_high_water_at_the_peak_of_the_storm(simulate, table):
    """Chart datum 1.1 m below the terrain's: high water 3.3 m of the table is 2.2 m, moved from 60 to 15 min."""
    tide = table(("time_min", "level_m"), [(0, 0.5), (60, 3.3), (120, 0.5)])
    summary, log = simulate(TIDE=tide, TIDE_DATUM_M=-1.1, TIDE_PEAK_MIN=15, BOUNDARY_EAST="level")
    assert summary["levels_m"]["east"] == [pytest.approx(-0.6), pytest.approx(2.2)]
    assert summary["boundary_in_m3"] > 500
    assert summary["max_depth_m"] == pytest.approx(1.2, abs=0.15)
    assert "Levels over time in the east | 3 | 0 | 0 | -0.6 to 2.2 m, highest at 15 min, from -45 to 75 min" in log


def test_sides_of_a_tide_and_its_other_datum(simulate, table):
    tide = table(("time_min", "level_chart_cm", "level_m", "side"), [(0, 130, 1.3, "南"), (30, 180, 1.8, "S")])
    summary, log = simulate(TIDE=tide, BOUNDARY_SOUTH="level", BOUNDARY_WEST="level", LEVEL_WEST_M=1.2)
    assert summary["levels_m"] == {"south": [1.3, 1.8], "west": 1.2}
    assert "level_chart_cm of 'table' names another datum" in log
    high = table(("time_min", "level_m"), [(0, 9.0), (30, 9.4)], "high.csv")
    _, log = simulate(TIDE=high, BOUNDARY_NORTH="level")
    assert "from 9 to 9.4 m, and the lowest ground of that edge is at 1 m: it is perhaps above another datum" in log
    hours = table(("time_min", "level_m"), [(0, 1.0), (1, 1.4)], "hours.csv")
    _, log = simulate(TIDE=hours, BOUNDARY_NORTH="level")
    assert "changes by 24 m/h" in log


@pytest.mark.parametrize(
    ("rows", "parameters", "word"),
    [
        ([(0, 1, "")], {}, "no edge takes its level from it"),
        ([(0, 1, "east")], {}, "set BOUNDARY_EAST to level"),
        ([(0, 1, "east")], {"BOUNDARY_EAST": "level", "LEVEL_EAST_M": 2}, "leave LEVEL_EAST_M empty"),
        ([(0, 1, "left")], {}, "write north, east, south or west"),
    ],
)
def test_tides_that_cannot_be_used(simulate, table, rows, parameters, word):
    with pytest.raises(QgsProcessingException, match=word):
        simulate(TIDE=table(("time_min", "level_m", "side"), rows), **parameters)


@pytest.mark.parametrize(
    ("rows", "parameters", "word"),
    [
        ([(0, 1100), (10, 1100.5)], {}, "1100.5 m in the south stands 1,100 m above"),
        ([(0, 150), (10, 152)], {}, "level_cm"),
        ([(0, 1), (10, 1.5)], {"TIDE_DATUM_M": 1000}, "TIDE_DATUM_M"),
        ([], {"LEVEL_SOUTH_M": 1100}, "higher than any water body"),
    ],
)
def test_levels_that_no_water_body_has_are_refused(simulate, table, rows, parameters, word):
    tide = {"TIDE": table(("time_min", "level_m"), rows)} if rows else {}
    with pytest.raises(QgsProcessingException, match=word):
        simulate(BOUNDARY_SOUTH="level", **tide, **parameters)


def test_tables_whose_times_are_not_those_of_the_run_are_said(simulate, inflows, table):
    tide = table(("time_min", "level_m"), [(-100, 0.5), (-50, 0.9)])
    _, log = simulate(BOUNDARY_SOUTH="level", TIDE=tide)
    assert "'table' ends at -50 min, before the run begins: its last value, 0.9, counts all the time" in log
    assert "whose levels stay below the ground" in log
    seconds = table(("inflow", "time_min", "flow_m3s"), [("main", 0, 1), ("main", 600, 1), ("main", 1200, 0)])
    summary, log = simulate(INFLOWS=inflows, INFLOW_TABLE=seconds)
    # By hand: 1 m³/s from 30 to 600 min, then a triangle of 600 min.
    assert "before the hydrograph of 'main' does (1200 min): 52,200 m³ that flow later are left out" in log
    assert summary["inflow_m3"] == pytest.approx(900 + 1800, rel=1e-6)
    late = table(("inflow", "time_min", "flow_m3s"), [("main", 100, 2), ("main", 200, 3)])
    _, log = simulate(INFLOWS=inflows, INFLOW_TABLE=late)
    assert "the hydrograph of 'main' begins at 100 min, and the run ends at 30 min: its first value, 2, counts" in log
    assert "are left out" not in log


def test_the_column_that_counts_is_said(simulate, inflows, table):
    rows = [("main", 0, 1, 5000), ("main", 30, 1, 5000)]
    columns = ("inflow", "time_min", "flow_m3s", "flow_l_s")
    summary, log = simulate(INFLOWS=inflows, INFLOW_TABLE=table(columns, rows))
    assert "'table' has the columns flow_m3s, flow_l_s: flow_m3s counts." in log
    assert summary["inflow_m3"] == pytest.approx(900 + 1800, rel=1e-6)


def test_a_discharge_that_is_none_names_its_inflow(simulate, inflows, table):
    with pytest.raises(QgsProcessingException, match="'main' of 'inflows' has a negative discharge, or none"):
        simulate(INFLOWS=inflows)
    with pytest.raises(QgsProcessingException, match="a discharge of -1 m³/s of 'main'"):
        simulate(INFLOWS=inflows, INFLOW_TABLE=table(("inflow", "time_min", "flow_m3s"), [("main", 0, -1)]))


def test_parameters_without_what_they_belong_to_are_said(simulate):
    _, log = simulate(
        RAIN_MM=5, OUTFALL_LEVEL_M=3, BLOCKED_PCT=50, DRAIN_ZONE="east", RAIN_UNIT="mm", BUILDING_POROSITY=0.5
    )
    assert "OUTFALL_LEVEL_M has no effect without DRAINS or NODES." in log
    assert "BLOCKED_PCT has no effect without DRAINS or NODES." in log
    assert "DRAIN_ZONE has no effect without DRAIN_RETURN_PERIOD or DRAIN_AREAS." in log
    assert "RAIN_UNIT has no effect without RAIN_RASTERS." in log
    assert "BUILDING_POROSITY has no effect: choose porosity" in log
    _, log = simulate(RAIN_MM=5)
    assert "has no effect" not in log


@pytest.mark.parametrize(
    ("factors", "whole", "word"),
    [((0.9, 0.8), 20 / (10 / 0.9 + 10 / 0.8), "from 0.8 to 0.9"), (("", 0.8), 20 / 22.5, "from 0.8 to 1")],
)
def test_rain_with_several_areal_factors_has_that_of_the_storm(simulate, table, factors, whole, word):
    rain = table(("time_min", "depth_mm", "areal_factor"), [(5, 10, factors[0]), (10, 10, factors[1])])
    summary, log = simulate(RAIN=rain)
    assert summary["areal_factor"] == pytest.approx(whole)
    assert summary["rain_mm"] == pytest.approx(20)
    assert word in log


@pytest.mark.parametrize("factor", [80, 0, -1])
def test_an_areal_factor_that_is_no_share_is_refused(simulate, table, factor):
    rain = table(("time_min", "depth_mm", "areal_factor"), [(5, 10, factor)])
    with pytest.raises(QgsProcessingException, match=f"areal_factor of {factor}: it is a share"):
        simulate(RAIN=rain)
