"""RULE: the water of a building by each rule, on depths whose values are computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.core.risk.test_assess import EXPOSURE, TABLES, buildings
from tests.core.risk.test_assess import RULES as CLASSES
from twin_plugin.core.common.cells import Cells
from twin_plugin.core.risk.assess import assess
from twin_plugin.core.risk.curves import make_curves
from twin_plugin.core.risk.ingress import Openings, Water
from twin_plugin.core.risk.rules import RULES, Rule
from twin_plugin.core.risk.tables import RiskTables

CELLS = Cells(0, 30, 10, 10, 3, 3)
DEPTHS = np.array([[0.0, 0.304, 0.0], [0.02, 0.512, 0.9], [0.0, np.nan, 2.0]])
HOUSE = shapely.box(5, 12, 25, 28)
"""Covers of the upper two rows of cells: 40 80 40 / 40 80 40 of 100 m² each."""
CURVE = make_curves(
    [{"sector": "residential", "depth_m": depth, "damage_fraction": depth / 2} for depth in (0.0, 1.0, 2.0)]
)


class MadeSeries:
    """Shares of the greatest depth at each time, over ground at 3 m."""

    def number(self, x, y):
        return CELLS.index(x, y)

    def steps(self, faces):
        for minutes, share in ((0.0, 0.0), (10.0, 0.5), (20.0, 1.0), (30.0, 0.4)):
            depth = DEPTHS.ravel()[faces] * share
            yield 0.5, minutes, depth, np.where(depth >= 0.05, 3.0 + depth, np.nan)


def water(depths=DEPTHS, series=None):
    flat = np.asarray(depths, float).ravel()
    return Water(CELLS, flat, np.where(flat >= 0.05, 3.0 + flat, np.nan), np.where(flat > 0, 60 * flat, np.nan), series)


def by(rule, house=HOUSE, tables=TABLES):
    result = assess(buildings(house), water(), tables, rule=rule)
    return result.columns | {"reason": result.reasons()}


def test_the_rule_is_named_in_each_row():
    assert [by(Rule(rule))["water_rule"][0] for rule in RULES] == list(RULES)


def test_touched_is_the_mean_of_the_wet_cells_and_the_damage_counts_their_share():
    """Wet of the six touched: 0.304, 0.512 and 0.9, mean 0.572; 0.02 m counts as dry. Damage 0.57 / 2 * 3 / 6."""
    found = by(Rule.TOUCHED, tables=RiskTables(CLASSES, CURVE, EXPOSURE))
    assert found["depth_m"][0] == 0.57
    assert found["wet_share"][0] == 0.5
    assert found["damage"][0] == pytest.approx(0.57 / 2 * 3 / 6, abs=1e-12)
    assert found["level_m"][0] == pytest.approx(3.572)


def test_area_weights_each_cell_by_what_the_footprint_covers_of_it():
    found = by(Rule.AREA)
    expected = (0.8 * 0.304 + 0.4 * 0.02 + 0.8 * 0.512 + 0.4 * 0.9) / 3.2
    assert found["depth_m"][0] == pytest.approx(expected, abs=1e-12)
    assert found["wet_share"][0] == pytest.approx(2.0 / 3.2, abs=1e-12)


def test_mean_and_greatest_go_by_centres_and_by_all_that_is_covered_where_there_is_one():
    """The house holds the centres of the two middle cells; the shed holds none and lies in the cell of 0.9 m."""
    assert by(Rule.MEAN)["depth_m"][0] == pytest.approx((0.304 + 0.512) / 2)
    assert by(Rule.GREATEST)["depth_m"][0] == pytest.approx(0.512)
    shed = shapely.box(19, 11, 22, 14)
    assert by(Rule.MEAN, shed)["depth_m"][0] == pytest.approx((0.512 + 2 * 0.9) / 3)
    assert by(Rule.GREATEST, shed)["depth_m"][0] == pytest.approx(0.9)


def test_centroid_takes_the_cell_under_the_middle():
    assert by(Rule.CENTROID, shapely.box(5, 13, 25, 28))["depth_m"][0] == pytest.approx(0.304)
    assert by(Rule.CENTROID, shapely.box(5, 12, 25, 26))["depth_m"][0] == pytest.approx(0.512)


def test_cells_without_data_are_left_out_and_dry_ones_count():
    low = shapely.box(5, 2, 25, 8)
    assert by(Rule.AREA, low)["depth_m"][0] == pytest.approx(2.0 * 5 / 10)
    assert np.isnan(by(Rule.CENTROID, low)["depth_m"][0])
    assert np.isnan(by(Rule.CENTROID, low)["risk_class"][0])
    assert by(Rule.TOUCHED, low)["wet_share"][0] == 0.5


def test_a_footprint_without_an_area_takes_the_cell_under_its_middle():
    line = shapely.Polygon([(21, 5), (29, 5), (21, 5), (21, 5)])
    for rule in (Rule.TOUCHED, Rule.MEAN, Rule.GREATEST, Rule.AREA):
        assert by(rule, line)["depth_m"][0] == 2.0


def test_openings_meet_the_one_water_of_the_building():
    """Level by area: (0.8 * 3.304 + 0.8 * 3.512 + 0.4 * 3.9) / 2 = 3.5064; a door at 3.45 is 0.0564 m below it."""
    name = np.array(["door"], object)
    door = Openings(np.zeros(1, np.int64), np.full(1, 5.0), np.full(1, 20.0), np.full(1, 3.45), name, name, name)
    one = buildings(HOUSE)
    one = type(one)(**{**vars(one), "openings": door})
    result = assess(one, water(series=MadeSeries()), TABLES, rule=Rule.AREA)
    found = result.columns
    assert found["risk_class"][0] == 2
    assert "0.06 m above" in result.reasons()[0]
    assert found["ingress_opening_id"][0] == "door"
    assert found["ingress_time_min"][0] == 20.0


def test_without_openings_the_depth_by_the_rule_decides():
    """By area 0.319 m: above the threshold of 0.15 m. By the cell under the middle of the corner 0.02 m: dry."""
    assert by(Rule.AREA)["risk_class"][0] == 3
    corner = by(Rule.CENTROID, shapely.box(2, 12, 6, 18))
    assert corner["risk_class"][0] == 0
    assert corner["reason"][0] == "no water at the building: 0.02 m by the cells that count for it"
    assert by(Rule.AREA)["arrival_min"][0] == pytest.approx(60 * 0.02)


def test_the_ring_is_what_it_was_without_a_rule():
    plain = assess(buildings(HOUSE), water(), TABLES).columns
    ring = by(Rule.RING)
    for name, values in plain.items():
        assert np.array_equal(ring[name], values, equal_nan=values.dtype.kind == "f")
    assert np.isnan(plain["wet_share"][0])
