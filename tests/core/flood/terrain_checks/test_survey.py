"""One fault planted in a terrain is found there and mended; a clean terrain has none; tiles change nothing."""

from __future__ import annotations

import heapq
import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.terrain_checks.findings import found_faults
from twin_plugin.core.flood.terrain_checks.limits import MENDABLE, CellLimits, Kind, Limits
from twin_plugin.core.flood.terrain_checks.survey import Plan, survey
from twin_plugin.core.flood.terrain_checks.water_lines import WaterLines, cells_along, passable
from twin_plugin.core.flood.waterlogging.depressions import find_depressions

SHAPE = (220, 260)


class Heights:
    """A terrain in memory."""

    factor, offset = 1.0, 0.0

    def __init__(self, values, cell_m=1.0):
        self.values, self.cell_m = values, cell_m
        self.rows, self.columns = values.shape

    def read(self, row, column, rows, columns):
        wide = np.pad(self.values, ((rows, rows), (columns, columns)), constant_values=np.nan)
        return wide[row + rows : row + 2 * rows, column + columns : column + 2 * columns].copy()


def check(values, checks=tuple(Kind), mends=MENDABLE, lines=(), tile=1024, cell_m=1.0, **limits):
    """(findings as rows with their shapes, mended heights, survey)."""
    terrain, sizes = Heights(values.astype(float), cell_m), CellLimits(Limits(**limits), cell_m)
    cells = Cells(0.0, values.shape[0] * cell_m, cell_m, cell_m, *values.shape)
    mended = np.full(values.shape, np.inf)

    def write(row, column, tile_values):
        mended[row : row + tile_values.shape[0], column : column + tile_values.shape[1]] = tile_values

    plan = Plan(frozenset(checks), frozenset(mends), sizes, WaterLines.of(lines, cells), tile)
    found = survey(terrain, plan, write)
    return list(found_faults(found, cells, sizes, plan.mends)), mended, found


def hills(seed=0, rough_m=0.04):
    """A terrain of low hills with the noise of a laser scan."""
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    noise = np.random.default_rng(seed).normal(0, rough_m, SHAPE)
    return 20 + 3 * np.sin(x / 60) + 2 * np.cos(y / 70) + 0.01 * x + noise


def valley(rough_m=0.02):
    """A channel 2 m deep that falls to the south and winds."""
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    middle = 130 + 20 * np.sin(y / 50)
    noise = np.random.default_rng(1).normal(0, rough_m, SHAPE)
    return 30 - 0.01 * y - np.clip(3 - np.abs(x - middle) / 2, 0, 2.0) + noise


def ramp():
    return np.broadcast_to(np.arange(SHAPE[1]) * 0.02, SHAPE).copy()


def rows_of(findings):
    return [(finding.values["kind"], finding.values["cells"]) for finding in findings]


def cells_of(finding):
    """Rows and columns that the shape covers, from its box."""
    west, south, east, north = (round(edge) for edge in finding.shape.bounds)
    return slice(SHAPE[0] - north, SHAPE[0] - south), slice(west, east)


@pytest.mark.parametrize("make", [hills, valley, ramp])
def test_nothing_is_found_on_a_clean_terrain(make):
    values = make()
    findings, mended, found = check(values)
    assert findings == []
    assert found.changed == 0
    assert np.array_equal(mended, values)


def pit(values):
    values[100, 100] -= 3


def shaft(values):
    values[60:62, 200:203] -= 4


def spike(values):
    values[150, 50] += 6


def marked(values):
    values[120:140, 180:200] = -9999


def zeros(values):
    values[10:16, 20:27] = 0


def far(values):
    values[80:90, 80:90] = 777


def hole(values):
    values[77, 88:91] = np.nan


def ditch(values):
    steps = np.arange(30)
    values[60 + steps, 90 + steps] -= 1.2


def fence(values):
    values[50, 60:140] += 1.5


def tiles_apart(values):
    values[:, 150:] += 0.5


def lake(values):
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    values[(y - 90) ** 2 + (x - 90) ** 2 < 3600] = np.float32(17.3)


FAULTS = {
    pit: ("pits", (slice(100, 101), slice(100, 101))),
    shaft: ("pits", (slice(60, 62), slice(200, 203))),
    spike: ("spikes", (slice(150, 151), slice(50, 51))),
    marked: ("no_data", (slice(120, 140), slice(180, 200))),
    zeros: ("no_data", (slice(10, 16), slice(20, 27))),
    far: ("no_data", (slice(80, 90), slice(80, 90))),
    hole: ("holes", (slice(77, 78), slice(88, 91))),
    ditch: ("diagonals", (slice(60, 90), slice(90, 120))),
    fence: ("walls", (slice(50, 51), slice(60, 140))),
    lake: ("flats", (slice(30, 150), slice(30, 150))),
}


@pytest.mark.parametrize("plant", FAULTS)
def test_a_planted_fault_is_found_exactly_there(plant):
    kind, place = FAULTS[plant]
    values = hills()
    plant(values)
    findings, mended, _ = check(values)
    assert [finding.values["kind"] for finding in findings] == [kind]
    box, slack = cells_of(findings[0]), {"walls": 1, "pits": 1, "flats": 3}.get(kind, 0)
    for found, planted in zip(box, place, strict=True):
        assert abs(found.start - planted.start) <= slack
        assert abs(found.stop - planted.stop) <= slack
    elsewhere = np.ones(SHAPE, bool)
    elsewhere[tuple(slice(part.start - 1, part.stop + 1) for part in place)] = False
    assert np.array_equal(mended[elsewhere], values[elsewhere])
    assert findings[0].values["mended"] == (kind in MENDABLE)
    assert (findings[0].values["kind"] in MENDABLE) == (not np.array_equal(mended, values, equal_nan=True))


@pytest.mark.parametrize("plant", [plant for plant, (kind, _) in FAULTS.items() if kind in MENDABLE])
def test_what_was_mended_is_not_found_again(plant):
    values = hills()
    plant(values)
    _, mended, _ = check(values)
    again, same, _ = check(mended)
    assert [kind for kind, _ in rows_of(again) if kind != "holes"] == []  # undeclared no data has become a hole
    assert np.array_equal(same, mended, equal_nan=True)


def test_a_pit_is_filled_to_its_lowest_rim_and_a_spike_levelled_to_its_highest():
    values = ramp()
    pit(values)
    spike(values)
    _, mended, found = check(values)
    assert mended[100, 100] == values[100, 99]
    assert mended[150, 50] == values[150, 51]
    assert found.changed == 2


@pytest.mark.parametrize("rough_m", [0.1, 1.0])
def test_pits_are_never_filled_above_their_overflow(rough_m):
    """The levels of all depressions, by another method, bound those of the pits."""
    values = hills(7, rough_m)[:100, :120]
    findings, mended, _ = check(values, [Kind.PIT], pit_depth_m=0.2)
    filled = find_depressions(Grid(values, 0.0, 0.0, 1.0)).filled(values)
    assert findings
    assert (values <= mended).all()
    assert (mended <= filled).all()
    assert (mended == filled)[mended > values].any()


def test_a_large_hollow_is_no_pit_and_a_hill_no_spike():
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    values = (
        hills() - 3 * np.exp(-((x - 90) ** 2 + (y - 90) ** 2) / 60) + 4 * np.exp(-((x - 180) ** 2 + (y - 90) ** 2) / 40)
    )
    assert check(values)[0] == []


def test_pits_count_by_their_area_and_depth():
    values = hills()
    values[100:104, 100:104] -= 2
    assert rows_of(check(values)[0]) == []
    assert rows_of(check(values, pit_area_m2=25)[0]) == [("pits", 16)]
    assert rows_of(check(values, pit_area_m2=25, pit_depth_m=2.5)[0]) == []


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pits_are_found_on_rough_ground_wherever_they_are(seed, size):
    values = hills(seed)
    places = [(50, 50), (100, 100), (150, 200), (180, 60), (30, 230)]
    for row, column in places:
        values[row : row + size, column : column + size] -= 2
    findings, mended, _ = check(values, [Kind.PIT])
    assert rows_of(findings) == [("pits", size * size)] * len(places)
    assert np.abs(mended - hills(seed)).max() < 0.3


def test_a_seam_is_measured_and_not_mended():
    values = hills()
    tiles_apart(values)
    findings, mended, _ = check(values)
    assert [finding.values["kind"] for finding in findings] == ["seams"]
    assert findings[0].values["size_m"] == pytest.approx(0.5, abs=0.02)
    assert findings[0].shape.bounds == (149, 0, 151, SHAPE[0])
    assert np.array_equal(mended, values)
    turned = check(values.T)[0]
    assert [finding.values["size_m"] for finding in turned] == [findings[0].values["size_m"]]
    assert check(hills() + np.where(np.arange(SHAPE[1]) // 12 == 9, 0.5, 0.0), [Kind.SEAM])[0] == []  # a strip


@pytest.mark.parametrize("turned", [False, True])
def test_a_deck_across_a_channel_is_cut_as_wide_as_the_channel(turned):
    values = valley()
    deck = values.copy()
    deck[140:150] = np.maximum(deck[140:150], 28.9 + np.random.default_rng(2).normal(0, 0.02, (10, SHAPE[1])))
    findings, mended, _ = check(deck.T if turned else deck)
    mended = mended.T if turned else mended
    assert [finding.values["kind"] for finding in findings] == ["bridges"]
    assert (np.flatnonzero((mended != deck).any(axis=1)) == np.arange(140, 150)).all()
    cut = mended[144] < deck[144]
    bed = values[144] < values[144].min() + 0.5
    assert 0.6 * bed.sum() <= cut.sum() <= 1.5 * bed.sum()
    assert abs(mended[144][cut] - values[144][cut]).max() < 0.7
    assert (mended <= deck).all()


def crossing(angle_deg, width, deck, skew_deg=0.0):
    """(heights without and with a deck, cells before and behind it) of a straight channel across the cells' axes."""
    size = 140
    y, x = np.mgrid[0:size, 0:size] - size / 2
    angle, skew = math.radians(angle_deg), math.radians(angle_deg + skew_deg)
    along, aside = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    ground = 30 - 0.01 * along + np.random.default_rng(3).normal(0, 0.02, x.shape)
    values = ground - np.clip(2.0 - np.maximum(np.abs(aside) - width / 2, 0), 0, 2.0)
    on = np.abs(x * math.cos(skew) + y * math.sin(skew)) < deck / 2
    ends = [tuple(np.unravel_index(np.argmin(np.hypot(along - s, aside)), x.shape)) for s in (-40, 40)]
    return values, np.where(on, np.maximum(values, ground + 0.3), values), ends


def passed_level(values, start, end):
    """The lowest level at which water gets from one cell to another over sides of cells, found by a plain search."""
    waiting, met = [(values[start], start)], {start}
    while waiting:
        level, (row, column) = heapq.heappop(waiting)
        if (row, column) == end:
            return level
        for cell in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if cell not in met and min(cell) >= 0 and max(cell) < len(values):
                met.add(cell)
                heapq.heappush(waiting, (max(level, values[cell]), cell))
    raise AssertionError("no way")


@pytest.mark.parametrize("angle", [0, 17, 30, 45, 90, 135, 200])
@pytest.mark.parametrize(("width", "deck", "skew"), [(1.5, 4, 0), (4, 8, 15), (10, 20, 0)])
def test_water_passes_a_cut_deck_over_sides_of_cells(angle, width, deck, skew):
    clean, dammed, (before, behind) = crossing(angle, width, deck, skew)
    assert check(clean, [Kind.BRIDGE])[0] == []
    findings, mended, _ = check(dammed, [Kind.BRIDGE])
    assert findings
    free = passed_level(clean, before, behind)
    assert passed_level(dammed, before, behind) > free + 1.0
    assert passed_level(mended, before, behind) < free + 0.2


def test_water_passes_a_mended_ditch_over_sides_of_cells():
    values = hills()
    ditch(values)
    mended = check(values)[1]
    square = slice(50, 130), slice(80, 160)
    before, after = (passed_level(heights[square], (10, 10), (39, 39)) for heights in (values, mended))
    assert after < before - 0.8
    assert after <= max(values[60 + k, 90 + k] for k in range(30))


def test_a_pond_beside_a_slope_and_a_dyke_along_a_ditch_are_not_cut():
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    slope = 40 - 0.1 * y + np.random.default_rng(3).normal(0, 0.01, SHAPE)
    slope[80:110, 100:140] = 28 - 0.01 * (y[80:110, 100:140] - 80)
    slope[76:118, 96:100] = slope[76:118, 140:144] = slope[110:118, 96:144] = 33.0
    dyke = (
        10 + 0.001 * x + np.where(np.abs(x - 130) < 6, 4.0, 0.0) - np.where(np.abs(np.abs(x - 130) - 9) < 2, 1.5, 0.0)
    )
    for values in (slope, dyke):
        assert [kind for kind, _ in rows_of(check(values, [Kind.BRIDGE])[0])] == []


def test_lines_open_the_ground_where_they_say():
    values = valley()
    values[140:200] = np.maximum(values[140:200], 28.9)  # wider than any deck that is looked for
    assert check(values, [Kind.BRIDGE])[0] == []
    y = np.arange(130.0, 211.0)
    x = 130.5 + 20 * np.sin(y / 50)
    lines = [(x, SHAPE[0] - y - 0.5)]
    findings, mended, _ = check(values, [Kind.BRIDGE], lines=lines)
    assert [finding.values["kind"] for finding in findings] == ["bridges"]
    rows, columns = cells_along(*lines[0], Cells(0, SHAPE[0], 1, 1, *SHAPE))
    steps = np.abs(np.diff(rows)) + np.abs(np.diff(columns))
    assert (steps == 1).all()
    along = mended[rows, columns]
    assert (along <= np.minimum.accumulate(along) + 0.05).all()
    assert (mended != values).sum() <= len(rows)


@pytest.mark.parametrize(
    ("heights", "wanted"),
    [
        ([5, 4, 9, 3], [5, 4, 4, 3]),
        ([3, 9, 4, 5], [3, 4, 4, 5]),
        ([5, 1, 9, 3], [5, 1, 3, 3]),
        ([5, 4, 4.04, 3], [5, 4, 4.04, 3]),
        ([5, math.nan, 9, 3], [5, math.nan, 5, 3]),
    ],
)
def test_heights_along_a_line_fall_to_its_lower_end(heights, wanted):
    assert np.array_equal(passable(np.array(heights, float)), np.array(wanted, float), equal_nan=True)


def everything():
    """A terrain with all faults, some of them across the edges of tiles."""
    values = valley() + hills(5, 0.0) / 10
    values[140:150] = np.maximum(values[140:150], 30.9)
    for plant in (pit, shaft, spike, marked, zeros, hole, ditch, fence):
        plant(values)
    values[:, 208:] += 0.5
    values[63:65, 63:65] -= 3
    values[127:129, 30:32] += 5
    values[0:3, 0:5] = np.nan
    return values


@pytest.mark.parametrize("tile", [48, 64, 112])
def test_tiles_give_what_one_piece_gives(tile):
    values = everything()
    lines = [(np.array([10.0, 240.0]), np.array([60.0, 170.0]))]
    limits = {"breach_m": 14, "pit_area_m2": 8}
    whole, mended, found = check(values, lines=lines, **limits)
    parts, by_tiles, again = check(values, lines=lines, tile=tile, **limits)
    assert len({finding.values["kind"] for finding in whole}) >= 8
    assert np.array_equal(mended, by_tiles, equal_nan=True)
    assert repr([finding.values for finding in whole]) == repr([finding.values for finding in parts])
    assert [finding.shape.wkb for finding in whole] == [finding.shape.wkb for finding in parts]
    assert (found.changed, found.slope) == (again.changed, again.slope)
    assert found.changed == (~((mended == values) | (np.isnan(mended) & np.isnan(values)))).sum()


def test_only_what_is_wanted_is_mended_and_checked():
    values = hills()
    pit(values)
    spike(values)
    findings, mended, _ = check(values, mends=[Kind.SPIKE])
    assert {finding.values["kind"]: finding.values["mended"] for finding in findings} == {"pits": False, "spikes": True}
    assert mended[100, 100] == values[100, 100]
    assert rows_of(check(values, [Kind.SPIKE])[0]) == [("spikes", 1)]


def test_impossible_numbers_and_the_ends_of_types_have_no_data():
    values = hills()
    values[5:9, 5:9] = float(np.float32(-3.4028234663852886e38))
    values[50, 50] = 4e7
    findings, mended, _ = check(values)
    assert rows_of(findings) == [("no_data", 16), ("no_data", 1)]
    assert np.isnan(mended[5:9, 5:9]).all()
    assert np.isnan(mended[50, 50])


def test_zero_is_a_height_where_land_is_near_it():
    values = hills(rough_m=0.0)
    values -= values[100, 100]
    assert values.min() < 0.0 == values[100, 100]
    assert check(values)[0] == []


def test_empty_and_tiny_terrains():
    for values in (np.full((5, 7), np.nan), np.array([[3.0]]), np.zeros((40, 3)), np.full((30, 30), 2.0)):
        findings, mended, _ = check(values, flat_area_m2=1e6)
        assert findings == []
        assert np.array_equal(mended, values, equal_nan=True)


def test_a_cancel_stops_it():
    looks = []

    def stop(fraction, text=""):
        looks.append(fraction)
        return len(looks) < 5

    sizes = CellLimits(Limits(), 1.0)
    plan = Plan(frozenset(Kind), frozenset(MENDABLE), sizes, WaterLines([], SHAPE[1]), 64)
    with pytest.raises(Cancelled):
        survey(Heights(hills()), plan, None, stop)
    assert len(looks) == 5


def test_limits_that_reach_too_far_are_refused():
    with pytest.raises(InputError, match="choose smaller limits"):
        CellLimits(Limits(), 0.01)
    with pytest.raises(InputError, match="above 0"):
        Limits(pit_depth_m=0)
