"""Measures of parcels: counted by hand, and against cells of one square metre."""

import numpy as np
import pytest
import shapely
from shapely import box

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.planning.control_plan import (
    Measure,
    Verdict,
    as_ratio,
    excess,
    judge,
    judge_use,
    limit_text,
    permitted,
    worst,
)
from twin_plugin.core.planning.metrics import FloorsOfUse, Stock, measure_parcels, overlaps


def shapes(*boxes):
    found = np.empty(len(boxes), object)
    found[:] = [box(*item) if isinstance(item, tuple) else item for item in boxes]
    return found


def stock(outlines, heights, floors):
    """`floors`: rows of building, area, use."""
    owner, area, use = zip(*floors, strict=True) if floors else ((), (), ())
    return Stock(
        shapes(*outlines), np.array(heights, float), np.array(owner, np.int64), np.array(area, float), tuple(use)
    )


PARCEL = (0, 0, 100, 80)  # 8,000 m²
TOWER = stock([(10, 15, 40, 35)], [60], [(0, 600.0 * 20, "residential")])


def test_one_building_in_one_parcel():
    found = measure_parcels(shapes(PARCEL), TOWER, shapes((0, 40, 100, 80), (5, 15, 25, 35)))
    assert found.area_m2 == pytest.approx([8000])
    assert found.values[Measure.FAR] == pytest.approx([12000 / 8000])
    assert found.values[Measure.DENSITY] == pytest.approx([600 / 8000])
    assert found.values[Measure.HEIGHT] == pytest.approx([60])
    assert found.values[Measure.SETBACK] == pytest.approx([10])  # west; south 15
    assert found.values[Measure.GREEN] == pytest.approx([(4000 + 20 * 20 - 15 * 20) / 8000])  # not below the tower
    assert found.buildings.tolist() == [1]
    assert found.by_use == [FloorsOfUse(0, "residential", pytest.approx(12000))]
    assert (found.split, found.outside) == (0, 0)


def test_a_building_on_two_parcels_is_divided_by_area():
    west, east = (0, 0, 100, 80), (100, 0, 200, 80)
    across = stock([(90, 20, 130, 40)], [24], [(0, 800 * 6, "office"), (0, 800 * 2, "retail")])
    found = measure_parcels(shapes(west, east), across, None)
    assert found.floor_m2 == pytest.approx([6400 / 4, 6400 * 3 / 4])
    by_use = {(row.parcel, row.use): row.floor_m2 for row in found.by_use}
    assert by_use == pytest.approx({(0, "office"): 1200, (0, "retail"): 400, (1, "office"): 3600, (1, "retail"): 1200})
    assert found.values[Measure.DENSITY] == pytest.approx([200 / 8000, 600 / 8000])
    assert found.values[Measure.SETBACK] == pytest.approx([0, 0])
    assert found.split == 1
    assert np.isnan(found.values[Measure.GREEN]).all()
    assert found.main_use() == ["office", "office"]


def test_a_sliver_in_the_neighbour_is_no_building_there():
    found = measure_parcels(
        shapes((0, 0, 100, 80), (100, 0, 200, 80)), stock([(60, 20, 100.05, 40)], [24], [(0, 801, "")]), None
    )
    assert found.buildings.tolist() == [1, 0]
    assert found.values[Measure.HEIGHT] == pytest.approx([24, 0])
    assert np.isnan(found.values[Measure.SETBACK][1])
    assert found.floor_m2.sum() == pytest.approx(801)


def test_buildings_over_each_other_cover_the_land_once():
    podium = stock([(10, 10, 60, 60), (20, 20, 40, 40)], [15, 90], [(0, 7500, "retail"), (1, 8000, "office")])
    found = measure_parcels(shapes(PARCEL), podium, None)
    assert found.footprint_m2 == pytest.approx([2500])
    assert found.values[Measure.FAR] == pytest.approx([15500 / 8000])
    assert found.values[Measure.HEIGHT] == pytest.approx([90])


def test_what_stands_outside_counts_nowhere_and_is_counted():
    found = measure_parcels(
        shapes(PARCEL), stock([(-10, 10, 10, 30), (300, 0, 310, 10)], [9, 9], [(0, 1200, "")]), None
    )
    assert found.floor_m2 == pytest.approx([600])
    assert found.outside == 1


def test_an_unknown_height_makes_the_greatest_unknown():
    found = measure_parcels(shapes(PARCEL), stock([(10, 10, 20, 20), (30, 30, 40, 40)], [12, np.nan], []), None)
    assert np.isnan(found.values[Measure.HEIGHT]).all()


def test_an_empty_parcel():
    found = measure_parcels(shapes(PARCEL), Stock.none(), shapes())
    assert found.values[Measure.FAR] == pytest.approx([0])
    assert found.values[Measure.GREEN] == pytest.approx([0])
    assert found.main_use() == [""]
    assert np.isnan(found.values[Measure.SETBACK]).all()


def test_a_hole_of_a_parcel_is_a_boundary():
    parcel = shapely.Polygon(box(0, 0, 100, 100).exterior.coords, [box(40, 40, 60, 60).exterior.coords])
    found = measure_parcels(shapes(parcel), stock([(30, 45, 37, 55)], [9], []), None)
    assert found.values[Measure.SETBACK] == pytest.approx([3])


@pytest.mark.parametrize("seed", [1, 2])
def test_against_cells(seed):
    """The same counted in cells of 1 m: outlines at whole metres, so that cells are exact."""
    random = np.random.default_rng(seed)
    parcels = [(x, y, x + 60, y + 50) for x in range(0, 240, 60) for y in range(0, 200, 50)]
    corner = random.integers(0, 220, (40, 2))
    size = random.integers(4, 30, (40, 2))
    outlines = [(int(x), int(y), int(x + w), int(y + h)) for (x, y), (w, h) in zip(corner, size, strict=True)]
    floors = [(number, float(random.integers(100, 9000)), "") for number in range(40)]
    parks = [(int(x), int(y), int(x + 25), int(y + 15)) for x, y in random.integers(0, 220, (12, 2))]
    found = measure_parcels(shapes(*parcels), stock(outlines, [10] * 40, floors), shapes(*parks))

    def cells(items):
        grid = np.zeros((280, 280))
        for x0, y0, x1, y1 in items:
            grid[x0:x1, y0:y1] += 1
        return grid

    built, green = cells(outlines) > 0, (cells(parks) > 0) & ~(cells(outlines) > 0)
    weight = np.zeros((280, 280))
    for (x0, y0, x1, y1), (_, area, _use) in zip(outlines, floors, strict=True):
        weight[x0:x1, y0:y1] += area / ((x1 - x0) * (y1 - y0))
    for row, (x0, y0, x1, y1) in enumerate(parcels):
        now = np.s_[x0:x1, y0:y1]
        assert found.footprint_m2[row] == pytest.approx(built[now].sum())
        assert found.green_m2[row] == pytest.approx(green[now].sum())
        assert found.floor_m2[row] == pytest.approx(weight[now].sum())


def test_parcels_that_overlap_are_told():
    assert overlaps(shapes((0, 0, 10, 10), (10, 0, 20, 10))) == (0, 0.0)
    assert overlaps(shapes((0, 0, 10, 10), (8, 0, 20, 10), (100, 0, 110, 10))) == (1, 20.0)
    assert overlaps(shapes((0, 0, 10, 10))) == (0, 0.0)


def test_each_building_may_have_a_use_of_its_own():
    """Thousands of uses take no room for the parcels that lack them."""
    count = 20_000
    outlines = [(3 * n, 0, 3 * n + 2, 2) for n in range(count)]
    floors = [(n, 8.0, f"use {n}") for n in range(count)]
    parcels = shapes(*((300 * n, 0, 300 * n + 300, 10) for n in range(200)))
    found = measure_parcels(parcels, stock(outlines, [6] * count, floors), None)
    assert len(found.by_use) == count
    assert found.floor_m2 == pytest.approx([800] * 200)


def test_a_cancel_ends_it():
    with pytest.raises(Cancelled):
        measure_parcels(shapes(PARCEL), TOWER, None, lambda _fraction, _text="": False)


def test_kept_and_joined_buildings_keep_their_floors():
    two = stock([(0, 0, 1, 1), (5, 0, 6, 1)], [3, 6], [(0, 1, "a"), (1, 2, "b"), (1, 3, "c")])
    kept = two.keep(np.array([False, True]))
    assert kept.floor_of.tolist() == [0, 0]
    assert kept.floor_m2.tolist() == [2, 3]
    both = kept.joined(two)
    assert both.floor_of.tolist() == [0, 0, 1, 2, 2]
    assert both.floor_use == ("b", "c", "a", "b", "c")


def test_verdicts_on_either_side_of_a_limit():
    values, limits = np.array([2.0, 2.01, 1.0, np.nan]), np.array([2.0, 2.0, np.nan, 2.0])
    built = np.ones(4, np.int64)
    assert [item.value for item in judge(Measure.FAR, values, limits, built)] == [
        "meets",
        "breaks",
        "no limit",
        "unknown",
    ]
    assert excess(Measure.FAR, values, limits)[1] == pytest.approx(0.01)
    assert judge(Measure.GREEN, np.array([0.29]), np.array([0.30]), built[:1]) == [Verdict.BREAKS]
    assert excess(Measure.GREEN, np.array([0.29]), np.array([0.30])) == pytest.approx([0.01])
    assert judge(Measure.SETBACK, np.array([np.nan]), np.array([5.0]), np.zeros(1, np.int64)) == [Verdict.MEETS]


def test_uses_that_a_plan_permits():
    allowed = [frozenset({"office"}), frozenset({"office"}), frozenset(), frozenset({"office"}), frozenset({"school"})]
    found = judge_use(["office", "retail", "retail", "unknown", ""], allowed)
    assert found == [Verdict.MEETS, Verdict.BREAKS, Verdict.NO_LIMIT, Verdict.UNKNOWN, Verdict.MEETS]
    codes = {"R2": ("residential",), "B1": ("retail",)}
    words = {"住宅": "residential"}
    read = permitted("R2/B1、住宅", lambda text: codes.get(text, ()), lambda text: words.get(text, ""))
    assert read == {"residential", "retail"}
    assert permitted("?", lambda _: (), lambda _: "") == frozenset()


def test_one_verdict_for_several():
    assert worst([Verdict.MEETS, Verdict.BREAKS, Verdict.UNKNOWN]) is Verdict.BREAKS
    assert worst([Verdict.MEETS, Verdict.UNKNOWN]) is Verdict.UNKNOWN
    assert worst([Verdict.NO_LIMIT, Verdict.MEETS]) is Verdict.MEETS
    assert worst([]) is Verdict.NO_LIMIT


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("≤3.5", "3.5"),
        ("30%", 0.3),
        ("≥ 35 ％", 0.35),
        ("不大于 24m", "24"),
        (2.5, 2.5),
        (None, None),
        ("by plan", "by plan"),
    ],
)
def test_limits_as_plans_write_them(written, read):
    assert limit_text(written) == read


def test_shares_in_per_cent_are_told():
    values, count = as_ratio(np.array([0.3, 30.0, 1.0, np.nan]))
    assert values[:3] == pytest.approx([0.3, 0.3, 1.0])
    assert count == 1
