"""The editable tables: the published damage fractions, classes that rise, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.curves import make_curves, read_curves
from twin_plugin.core.risk.tables import read_classes, read_exposure

TABLES = Path(__file__).parents[3] / "resources" / "tables"

# Asia at .15 .3 .75 1.2 2.5 7 m, interpolated from Huizinga 2017, doi 10.2760/16510.
WORKED = {
    "residential": [0.0981, 0.1962, 0.4105, 0.5432, 0.7955, 1],
    "commercial": [0.1131, 0.2262, 0.4575, 0.5864, 0.823, 1],
    "industrial": [0.0849, 0.1698, 0.3825, 0.5408, 0.787, 1],
}


@pytest.mark.parametrize("sector", WORKED)
def test_worked_fractions_of_asia(sector):
    found = read_curves(TABLES / "damage_curves.csv").fraction(sector, np.array([0.15, 0.3, 0.75, 1.2, 2.5, 7]))
    np.testing.assert_allclose(found, WORKED[sector], atol=1e-4)


def test_curves_equal_the_published_table(shared_data):
    with open(shared_data("curves/jrc_2017_damage_fraction.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            curves = read_curves(TABLES / "damage_curves.csv", row["region"])
            depths = [float(name) for name in row if name not in ("sector", "region")]
            expected = [float(row[name]) for name in row if name not in ("sector", "region")]
            np.testing.assert_allclose(np.interp(depths, *curves.curves[row["sector"]]), expected)


def test_dry_building_costs_nothing_even_where_the_curve_does():
    curves = read_curves(TABLES / "damage_curves.csv", "north_america")
    np.testing.assert_allclose(curves.fraction("residential", np.array([-1.0, 0.0, 1e-9])), [0, 0, 0.202], atol=1e-6)
    assert np.isnan(curves.fraction("residential", np.array([np.nan]))).all()
    assert np.isnan(curves.fraction("moon base", np.array([1.0]))).all()


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "no rows"),
        ([{"sector": "a", "region": "moon", "depth_m": 1, "damage_fraction": 1}], "region"),
        ([{"sector": "a", "depth_m": 1, "damage_fraction": 1.5}], "0 to 1"),
        ([{"sector": "a", "depth_m": "x", "damage_fraction": 0.5}], "numbers"),
        ([{"sector": "a", "depth_m": 1, "damage_fraction": 0.5}] * 2, "twice"),
    ],
)
def test_bad_curves_are_told(rows, word):
    with pytest.raises(InputError, match=word):
        make_curves(rows, "asia", "my table")


def test_exposure_knows_every_use_of_the_twin_base():
    exposure = read_exposure(TABLES / "exposure_by_use.csv")
    curves = read_curves(TABLES / "damage_curves.csv")
    assert {exposure.sector(use) for use in exposure.sectors} <= set(curves.curves)
    assert exposure.sector(None) == exposure.sector("never heard of") == "residential"
    assert exposure.sector(" Metro Station ") == "transport"
    with open(TABLES / "building_use.csv", encoding="utf-8") as file:
        assert {row["use"] for row in csv.DictReader(file)} <= set(exposure.sectors)
    people = exposure.people(["office", "residential", "road", None], np.array([1000.0, np.nan, 50.0, 50.0]))
    np.testing.assert_array_equal(people, [100, np.nan, np.nan, np.nan])


def test_edited_classes_are_read_and_must_rise(tmp_path):
    text = (TABLES / "risk_classes.csv").read_text(encoding="utf-8")
    edited = tmp_path / "classes.csv"
    edited.write_text(text.replace("0,0.05", "0,0.1").replace("2,,0.15", "2,,0.2"), encoding="utf-8")
    assert read_classes(edited).dry_m == 0.1
    assert read_classes(edited).above_m == (0.2, 0.5)
    edited.write_text(text.replace("2,,0.15", "2,,0.9"), encoding="utf-8")
    with pytest.raises(InputError, match="rise"):
        read_classes(edited)
    with pytest.raises(InputError, match="restore"):
        read_classes(tmp_path / "none.csv")


def points(*pairs):
    return [{"sector": "s", "depth_m": depth, "damage_fraction": fraction} for depth, fraction in pairs]


FOOT = 0.3048
# A house of one storey with a basement by depth in feet above its floor, percent (HAZUS, FIA modified).
WITH_BASEMENT = make_curves(
    points(*((feet * FOOT, share) for feet, share in ((-4, 0.07), (-2, 0.07), (-1, 0.11), (0, 0.15), (1, 0.21))))
)


def test_curves_may_begin_below_the_floor_as_those_of_hazus():
    found = WITH_BASEMENT.fraction("s", np.array([-1.5 * FOOT, -0.30, 0.0, 0.5 * FOOT, -5 * FOOT, np.nan]))
    expected = [0.09, 0.11 + 0.04 * (FOOT - 0.30) / FOOT, 0.15, 0.18, 0, np.nan]
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_a_falling_curve_is_told_and_one_that_stays_is_not():
    falling = make_curves(points((0, 0), (1, 0.8), (2, 0.3)))
    assert len(falling.warnings) == 1
    assert "0.8 at 1 m to 0.3 at 2 m" in falling.warnings[0]
    assert not make_curves(points((0, 0), (1, 0.8), (2, 0.8))).warnings
    assert not WITH_BASEMENT.warnings
