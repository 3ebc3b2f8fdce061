"""The rules of a building's risk on small made grounds whose answers are known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.clock import clock
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.risk.assess import Buildings, Storeys, assess
from twin_plugin.core.risk.curves import make_curves, read_curves
from twin_plugin.core.risk.footprints import Footprints
from twin_plugin.core.risk.ingress import Openings, Water
from twin_plugin.core.risk.tables import RiskTables, read_classes, read_exposure

FOLDER = Path(__file__).parents[3] / "resources" / "tables"
RULES = read_classes(FOLDER / "risk_classes.csv")
CURVES = read_curves(FOLDER / "damage_curves.csv")
EXPOSURE = read_exposure(FOLDER / "exposure_by_use.csv")
TABLES = RiskTables(RULES, CURVES, EXPOSURE)
CELLS = Cells(0, 20, 1, 1, 20, 20)
HOUSE = shapely.box(8, 8, 12, 12)


class MadeSeries:
    """The same depth and level on every cell at each time."""

    def __init__(self, rows):
        self.rows = rows

    def number(self, x, y):
        return CELLS.index(x, y)

    def steps(self, faces):
        for minutes, depth, level in self.rows:
            yield 0.5, minutes, np.full(len(faces), depth), np.full(len(faces), level)


def buildings(*footprints, **attributes):
    """Buildings with the attributes by name, the same for each, and no others."""
    count = len(footprints)
    values = {
        name: np.full(count, attributes.get(name, np.nan), float)
        for name in ("ground_floor_m", "storeys_above", "storeys_below", "height_m", "floor_area_m2", "people")
    }
    return Buildings(
        Footprints.of(np.array(footprints, object)), np.full(count, attributes.get("use"), object), **values
    )


def water(depth=None, ground=3.0, level=None, series=None):
    """Even water of a depth over level ground."""
    flat = None if depth is None else np.full(CELLS.size, depth, float)
    if level is None and depth is not None and ground is not None:
        level = ground + depth if depth >= 0.05 else np.nan
    return Water(CELLS, flat, None if level is None else np.full(CELLS.size, level, float), series=series)


def openings(*rows):
    """Openings of building 0: (kind, sill) at its south wall."""
    count = len(rows)
    text = [
        np.array(column, object)
        for column in (
            [f"o{number}" for number in range(count)],
            [kind for kind, _ in rows],
            [kind for kind, _ in rows],
        )
    ]
    sill = np.array([sill for _, sill in rows], float)
    return Openings(np.zeros(count, np.int64), np.full(count, 10.0), np.full(count, 8.0), sill, *text)


def run(some, wet, doors=None, storeys=None):
    result = assess(replace(some, openings=doors, storeys=storeys), wet, TABLES)
    return {name: values[0] for name, values in result.columns.items()} | {"reason": result.reasons()[0]}


@pytest.mark.parametrize(
    ("depth", "number"),
    [(0.0, 0), (0.049, 0), (0.05, 1), (0.30, 1), (0.32, 2), (0.449, 2), (0.46, 3), (0.79, 3), (0.81, 4)],
)
def test_classes_by_the_height_above_a_sill(depth, number):
    row = run(buildings(HOUSE, ground_floor_m=3.3), water(depth), openings(("door", 3.3)))
    assert row["risk_class"] == number
    assert row["depth_m"] == depth
    assert (row["ingress_opening_id"] == "o0") == (number >= 2)


@pytest.mark.parametrize(("depth", "number"), [(0.04, 0), (0.2, 1), (0.34, 1), (0.4, 2), (0.6, 3), (0.9, 4)])
def test_without_openings_the_ground_floor_and_a_threshold_count(depth, number):
    row = run(buildings(HOUSE, ground_floor_m=3.2), water(depth))
    assert row["risk_class"] == number
    assert row["ingress_opening_id"] is None


@pytest.mark.parametrize(("depth", "number"), [(0.0, 0), (0.1, 1), (0.15, 1), (0.2, 2), (0.4, 3), (0.7, 4)])
def test_with_depth_alone_the_threshold_counts(depth, number):
    row = run(buildings(HOUSE), water(depth, ground=None))
    assert row["risk_class"] == number
    assert np.isnan(row["level_m"])


def test_openings_need_a_level():
    row = run(buildings(HOUSE, ground_floor_m=3.0), water(0.5, ground=None), openings(("door", 99.0)))
    assert row["risk_class"] == 3
    assert row["ingress_opening_id"] is None


def test_level_alone_is_enough():
    assert run(buildings(HOUSE), water(level=3.71), openings(("main door", 3.42)))["risk_class"] == 3
    row = run(buildings(HOUSE), water(level=3.30), openings(("main door", 3.42)))
    assert row["risk_class"] == 1
    assert "3.42 m" in row["reason"]


def test_reason_of_the_issue():
    series = MadeSeries([(5, 0.0, np.nan), (50, 0.5, 3.5), (95, 0.71, 3.71), (120, 0.6, 3.6)])
    row = run(buildings(HOUSE, ground_floor_m=3.4), water(0.71, series=series), openings(("main door", 3.42)))
    assert row["reason"] == "main door, sill 3.42 m, water 3.71 m at 01:35, 0.29 m above; first in at 00:50"
    assert row["ingress_time_min"] == 50
    series.rows.pop(1)
    row = run(buildings(HOUSE, ground_floor_m=3.4), water(0.71, series=series), openings(("main door", 3.42)))
    assert row["reason"] == "main door, sill 3.42 m, water 3.71 m at 01:35, 0.29 m above"


def test_dry_buildings_say_why_not():
    assert "at most 0.02 m within 1 m" in run(buildings(HOUSE), water(0.02))["reason"]
    reason = run(buildings(HOUSE), water(0.3), openings(("door", 3.5), ("window", 4.2)))["reason"]
    assert reason == "dry inside: door, sill 3.50 m, water 3.30 m, 0.20 m below; 0.30 m deep outside"
    reason = run(buildings(HOUSE, ground_floor_m=3.2), water(0.3))["reason"]
    assert reason.startswith("dry inside: ground floor 3.20 m plus threshold 0.15 m, water 3.30 m, 0.05 m below")


def test_figures_of_the_sentence_agree_with_each_other():
    reason = run(buildings(HOUSE), water(0.456), openings(("vent", 3.494)))["reason"]
    assert reason.startswith("dry inside: vent, sill 3.49 m, water 3.46 m, 0.03 m below")
    assert "less than 0.01 m above" in run(buildings(HOUSE), water(0.422), openings(("door", 3.42)))["reason"]


def test_earliest_opening_is_the_ingress_and_the_highest_the_class():
    series = MadeSeries([(10, 0.2, 3.2), (20, 0.9, 3.9)])
    row = run(buildings(HOUSE, ground_floor_m=3.0), water(0.9, series=series), openings(("window", 3.5), ("vent", 3.1)))
    assert row["ingress_opening_id"] == "o1"
    assert row["ingress_time_min"] == 10
    assert row["risk_class"] == 4


def test_basement_makes_class_three():
    shallow = water(0.1)
    assert run(buildings(HOUSE, ground_floor_m=3.0), shallow, openings(("door", 3.05)))["risk_class"] == 2
    row = run(buildings(HOUSE, ground_floor_m=3.0, storeys_below=1), shallow, openings(("door", 3.05)))
    assert row["risk_class"] == 3
    assert row["reason"].endswith("basement reached")
    assert run(buildings(HOUSE, ground_floor_m=3.0), shallow, openings(("ramp", 3.05)))["risk_class"] == 3
    assert (
        run(buildings(HOUSE, ground_floor_m=3.0, storeys_below=1), shallow, openings(("door", 3.2)))["risk_class"] == 1
    )


@pytest.mark.parametrize(
    ("depth", "below", "reached"), [(0.0, 1, False), (0.1, 1, False), (0.4, 1, True), (0.9, 0, False)]
)
def test_a_reached_basement_is_said_beside_the_class(depth, below, reached):
    row = run(buildings(HOUSE, ground_floor_m=3.0, storeys_below=below), water(depth), openings(("door", 3.2)))
    assert row["basement_reached"] is reached
    assert row["reason"].endswith("basement reached") == reached


def test_basement_of_an_unknown_class_is_unknown():
    result = assess(buildings(HOUSE, shapely.box(50, 50, 60, 60), storeys_below=1), water(0.4), TABLES)
    assert result.columns["basement_reached"].tolist() == [True, None]


def test_reason_on_wide_cells_names_no_distance():
    cells = Cells(0, 200, 50, 50, 4, 4)
    row = run(buildings(shapely.box(60, 60, 80, 80)), Water(cells, np.full(16, 0.02)))
    assert row["reason"] == "no water at the building: at most 0.02 m in the cells at the walls"


def test_water_a_whole_wide_cell_away_is_not_at_the_building():
    cells = Cells(0, 200, 50, 50, 4, 4)
    depth = np.zeros(16)
    depth[[4, 8]] = 1.5
    assert run(buildings(shapely.box(70, 70, 80, 80)), Water(cells, depth))["risk_class"] == 0
    assert run(buildings(shapely.box(45, 70, 80, 80)), Water(cells, depth))["depth_m"] == 1.5


def test_basement_windows_below_the_ground_are_not_the_street():
    house = buildings(HOUSE, ground_floor_m=3.5, storeys_below=1)
    row = run(house, water(0.1), openings(("window", 1.0), ("door", 3.5)))
    assert row["risk_class"] == 1
    row = run(house, water(0.1), openings(("ramp", 0.5), ("door", 3.5)))
    assert row["risk_class"] == 3
    assert "0.10 m above" in row["reason"]
    assert row["storeys_reached"] == 1


def test_storeys_reached_counts_floors_below_the_water():
    floors = Storeys(np.zeros(3, np.int64), np.array([0.0, 3.0, 6.0]), np.array([-1.0, 0.0, 1.0]))
    row = run(buildings(HOUSE, ground_floor_m=3.0), water(0.6), openings(("door", 3.1)), floors)
    assert row["storeys_reached"] == 2
    assert (
        run(buildings(HOUSE, ground_floor_m=3.0), water(0.05), openings(("door", 3.1)), floors)["storeys_reached"] == 0
    )
    deep = run(buildings(HOUSE, ground_floor_m=3.0, storeys_above=3, height_m=9, storeys_below=2), water(4.0))
    assert deep["storeys_reached"] == 4


def test_damage_at_the_depth_inside():
    row = run(buildings(HOUSE, ground_floor_m=3.0, use="residential"), water(0.75), openings(("door", 3.1)))
    assert row["damage"] == pytest.approx(0.4105)
    assert run(buildings(HOUSE, use="office"), water(0.3, ground=None))["damage"] == pytest.approx(0.2262)
    assert run(buildings(HOUSE, ground_floor_m=3.0, use="office"), water(0.1), openings(("door", 3.2)))["damage"] == 0


def test_a_curve_that_begins_below_the_floor_counts_where_water_stands_outside_only():
    rows = [("residential", -1.0, 0.0), ("residential", 0.0, 0.2), ("residential", 1.0, 0.5)]
    curves = make_curves({"sector": s, "depth_m": d, "damage_fraction": f} for s, d, f in rows)
    tables = replace(TABLES, curves=curves)

    def damage(depth, **attributes):
        some = buildings(HOUSE, use="residential", **attributes)
        return assess(some, water(depth), tables).columns["damage"][0]

    # Ground at 3.0 m: the level is half a metre below the floor, at it, above it; then there is no water at all.
    assert damage(0.4, ground_floor_m=3.9) == pytest.approx(0.1)
    assert damage(0.4, ground_floor_m=3.4) == pytest.approx(0.2)
    assert damage(0.9, ground_floor_m=3.4) == pytest.approx(0.35)
    assert damage(0.0, ground_floor_m=3.1) == 0
    # Without a floor the threshold of 0.15 m stands for it.
    assert damage(0.05) == pytest.approx(0.2 * (1 - 0.10))


def test_people_given_or_estimated():
    assert run(buildings(HOUSE, people=12, use="office", floor_area_m2=1000), water(0.1))["people"] == 12
    assert run(buildings(HOUSE, use="office", floor_area_m2=1000), water(0.1))["people"] == 100
    assert np.isnan(run(buildings(HOUSE, use="office"), water(0.1))["people"])


def test_unknown_only_where_no_raster_covers():
    some = buildings(HOUSE, shapely.box(50, 50, 60, 60), None, ground_floor_m=3.0)
    result = assess(some, water(0.4), TABLES)
    assert result.counts() == {0: 0, 1: 0, 2: 0, 3: 1, 4: 0, None: 2}
    assert result.reasons()[1].startswith("unknown")
    assert len(result.warnings) == 2
    for name in ("depth_m", "level_m", "ingress_time_min", "storeys_reached", "damage"):
        assert np.isnan(result.columns[name][1:]).all()


def test_unknown_says_whether_the_footprint_or_the_water_is_missing():
    some = buildings(HOUSE, shapely.box(50, 50, 60, 60), None, shapely.Polygon(), ground_floor_m=3.0)
    result = assess(some, water(0.4), TABLES)
    assert np.isnan(result.columns["risk_class"][1:]).all()
    assert list(result.reasons()[1:]) == [
        "unknown: not on the water raster",
        "unknown: the building has no footprint",
        "unknown: the building has no footprint",
    ]


def test_hole_in_the_data_is_unknown():
    depth = np.full(CELLS.size, 0.3)
    depth[shapely.contains_xy(HOUSE.buffer(3), *CELLS.centres(np.arange(CELLS.size)))] = np.nan
    row = run(buildings(HOUSE), Water(CELLS, depth))
    assert np.isnan(row["risk_class"])


@pytest.mark.parametrize(
    ("some", "wet", "word"),
    [
        (buildings(), water(0.1), "no buildings"),
        (buildings(HOUSE), Water(CELLS), "DEPTH, LEVEL or RESULT"),
        (buildings(HOUSE), water(np.nan), "no data"),
        (buildings(shapely.box(50, 50, 60, 60)), water(0.1), "CRS"),
    ],
)
def test_bad_input_is_told(some, wet, word):
    with pytest.raises(InputError, match=word):
        assess(some, wet, TABLES)


def test_other_datum_is_told():
    result = assess(buildings(HOUSE, ground_floor_m=23.0), water(0.4), TABLES)
    assert any("+20.0 m" in text and "datum" in text for text in result.warnings)
    result = assess(buildings(HOUSE, ground_floor_m=3.2), water(0.4), TABLES)
    assert not result.warnings


def test_deeper_water_never_lowers_a_class():
    for doors in (None, openings(("door", 3.2), ("ramp", 3.3))):
        rows = [run(buildings(HOUSE, ground_floor_m=3.1), water(depth), doors) for depth in np.arange(0, 2, 0.01)]
        assert (np.diff([row["risk_class"] for row in rows]) >= 0).all()
        assert (np.diff([row["damage"] for row in rows]) >= -1e-12).all()


def test_clock():
    assert clock(95) == "01:35"
    assert clock(0.4) == "00:00"
    assert clock(1500) == "25:00"


def test_the_highest_level_counts_also_in_the_first_cell_of_the_raster():
    """A kerb in the corner holds 0.5 m up to 3.9 m, the street beside it 0.9 m up to 3.5 m: the sill is at 3.6 m."""
    level, depth = np.full(CELLS.size, 3.5), np.full(CELLS.size, 0.9)
    level[0], depth[0] = 3.9, 0.5
    corner = shapely.box(1, 17, 3, 19)
    row = run(buildings(corner, ground_floor_m=3.45), Water(CELLS, depth, level))
    assert row["level_m"] == 3.9
    assert row["risk_class"] == 3


def test_on_a_slope_a_house_without_floor_has_the_class_of_its_greatest_depth_with_a_level_or_without():
    """The water stands higher above the house (0.06 m deep) and deeper below it (0.28 m)."""
    rows = np.arange(CELLS.size) // 20
    level, depth = np.where(rows < 10, 5.0, 4.0), np.where(rows < 10, 0.06, 0.28)
    both, alone = run(buildings(HOUSE), Water(CELLS, depth, level)), run(buildings(HOUSE), Water(CELLS, depth))
    assert both["risk_class"] == alone["risk_class"] == 2
    reason = "threshold 0.15 m above the ground outside, water 0.28 m deep, 0.13 m above"
    assert both["reason"] == alone["reason"] == reason
    assert both["damage"] == alone["damage"]
    assert both["level_m"] == 5.0


def test_without_a_floor_a_dry_house_has_one_depth_in_its_reason():
    row = run(buildings(HOUSE), water(0.1))
    assert row["reason"] == "dry inside: threshold 0.15 m above the ground outside, water 0.10 m deep, 0.05 m below"


def test_the_depth_less_the_threshold_is_the_figure_of_the_sentence():
    for depth in (0.5949885, 0.205, 0.3049, 0.1449):
        words = run(buildings(HOUSE), water(depth))["reason"].split()
        deep, apart = float(words[words.index("deep,") - 2]), float(words[-3])
        assert apart == pytest.approx(abs(deep - 0.15), abs=1e-9)
