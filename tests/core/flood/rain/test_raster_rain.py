"""Rain of a series of rasters: pixels of cells, times, gaps, and the account of water against independent sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.processes.spatial_rain import SpatialRain
from twin_plugin.core.flood.rain.image_times import ImageTimes, from_stamps, timetable
from twin_plugin.core.flood.rain.rain_times import RainTimes
from twin_plugin.core.flood.rain.raster_rain import PixelMap, RainImages, RasterRain
from twin_plugin.core.flood.run_id import run_id
from twin_plugin.core.flood.schemes.scheme import Numerics
from twin_plugin.core.flood.setup import FloodSetup, RunOutput
from twin_plugin.core.flood.solver import simulate
from twin_plugin.core.flood.surface import Surface

ROWS, COLUMNS, CELL_M, PIXEL_M = 40, 60, 5.0, 70.0
BED = Grid(np.zeros((ROWS, COLUMNS), np.float32), 1000.0, 5000.0, CELL_M)
IMAGES = np.random.default_rng(3).uniform(0.0, 6.0, (4, 4, 6))
PARTS = tuple(((number, 1.0),) for number in range(4))


def pixel_map(west=980.0, north=5030.0, spacing_m=80.0):
    """Pixels of 70 m in the CRS of the cells, whose corner lies in the north-west of theirs."""
    x, y = 1000.0 + spacing_m * np.arange(5), 5000.0 - spacing_m * np.arange(4)
    columns, rows = (x - west) / PIXEL_M, (north - y) / PIXEL_M
    return PixelMap(1000.0, 5000.0, spacing_m, np.tile(columns, (4, 1)), np.tile(rows[:, None], (1, 5)))


def rain(images=IMAGES, parts=PARTS, ends_s=(300.0, 600.0, 900.0, 1200.0), digest="a", **changes):
    reading = RainImages(digest, lambda number: images[number])
    return RasterRain(BED.cells, pixel_map(**changes), images.shape[1:], np.array(ends_s), parts, reading)


def setup(field, bed=BED, duration_s=1200.0):
    return FloodSetup(Surface(bed, 0.03), RunOutput(duration_s, 300.0), (SpatialRain(field),), numerics=Numerics())


def depths_mm(images=IMAGES, west=980.0, north=5030.0):
    """Depth of the whole series on each cell, from coordinates."""
    x, y = BED.cells.axes()
    columns, rows = np.floor((x - west) / PIXEL_M).astype(int), np.floor((north - y) / PIXEL_M).astype(int)
    return images.sum(0)[np.ix_(rows, columns)]


def test_rain_of_rasters_is_its_integral():
    summary = simulate(setup(rain())).summary
    wanted = depths_mm()
    assert summary.rain_m3 == pytest.approx(wanted.sum() / 1000.0 * CELL_M**2, rel=1e-6)
    assert (summary.rain_mm, summary.rain_min_mm, summary.rain_max_mm) == pytest.approx(
        (wanted.mean(), wanted.min(), wanted.max()), rel=1e-6
    )
    assert abs(summary.mass_error) < 1e-9
    assert summary.rain_field == "rasters"


def test_rain_lies_in_its_pixels():
    bed = np.full((ROWS, COLUMNS), np.nan, np.float32)
    bed[::2, ::2] = 0.0
    result = simulate(setup(rain(), BED.with_values(bed)))
    np.testing.assert_allclose(result.depth_m[::2, ::2], depths_mm()[::2, ::2] / 1000.0, rtol=2e-6)


def test_no_rain_falls_outside_the_rasters():
    result = simulate(setup(rain(west=1110.0)))
    x, y = BED.cells.axes()
    columns, rows = np.floor((x - 1110.0) / PIXEL_M).astype(int), np.floor((5030.0 - y) / PIXEL_M).astype(int)
    wanted = IMAGES.sum(0)[np.ix_(rows, np.maximum(columns, 0))] * (columns >= 0)
    assert result.summary.rain_m3 == pytest.approx(wanted.sum() / 1000.0 * CELL_M**2, rel=1e-6)
    assert result.summary.rain_min_mm == 0.0


def test_a_lattice_of_another_crs_is_linear_between_its_nodes():
    turned = pixel_map()
    swapped = replace(turned, columns=turned.rows * 0.5, rows=turned.columns * 0.5)
    pixels = swapped.pixels(BED.cells, (20, 20))
    x, y = BED.cells.axes()
    rows, columns = np.floor((x - 980.0) / PIXEL_M / 2), np.floor((5030.0 - y) / PIXEL_M / 2)
    np.testing.assert_array_equal(pixels, rows[None, :] * 20 + columns[:, None])


def test_only_one_image_at_a_time_is_read_and_each_once():
    read = []

    def read_mm(number):
        read.append(number)
        return IMAGES[number]

    simulate(setup(replace(rain(), images=RainImages("a", read_mm))))
    assert sorted(set(read)) == [0, 1, 2, 3]
    assert len(read) <= 6


def test_the_id_of_a_run_knows_the_images_by_their_digest():
    assert run_id(setup(rain())) == run_id(setup(rain(IMAGES.copy())))
    assert run_id(setup(rain())) != run_id(setup(rain(digest="b")))


def images_of(starts, ends):
    return ImageTimes(np.array(starts, float), np.array(ends, float))


def test_a_missing_hour_has_the_mean_of_its_neighbours_and_is_said_in_one_sentence():
    plan = timetable(images_of([0, 60, 180, 240], [60, 120, 240, 300]), None, "the radar")
    np.testing.assert_allclose(plan.ends_s, 3600.0 * np.arange(1, 6))
    assert plan.parts[2] == ((1, 0.5), (2, 0.5))
    assert plan.filled == 1
    (note,) = plan.notes
    assert note.startswith("the radar has 1 gaps, of 60 min in all, the first from 120 min to 180 min")
    field = rain(parts=plan.parts, ends_s=plan.ends_s)
    wanted = IMAGES.sum(0) + 0.5 * (IMAGES[1] + IMAGES[2])
    summary = simulate(setup(field, duration_s=18000.0)).summary
    assert summary.rain_m3 == pytest.approx(depths_mm(wanted[None]).sum() / 1000 * CELL_M**2, rel=1e-6)


def test_a_gap_of_more_than_three_hours_is_dry_and_said():
    plan = timetable(images_of([0, 400], [60, 460]), None, "the radar")
    assert plan.parts == (((0, 1.0),), (), ((1, 1.0),))
    assert plan.filled == 0
    assert "no rain falls then" in plan.notes[0]


def test_images_before_the_start_are_left_out_and_the_one_at_the_start_counts_in_part():
    plan = timetable(images_of([0, 10, 20], [10, 20, 30]), 12.5, "the radar")
    np.testing.assert_allclose(plan.ends_s, [450.0, 1050.0])
    assert plan.parts == (((1, 0.75),), ((2, 1.0),))
    assert plan.early == 1
    late = timetable(images_of([10], [20]), 4.0, "the radar")
    assert late.parts == ((), ((0, 1.0),))
    assert "begins 6 min after the run" in late.notes[0]


@pytest.mark.parametrize(("at_end", "start"), [(True, 0.0), (False, 60.0)])
def test_one_time_is_the_end_or_the_start_of_an_image(at_end, start):
    times, order = from_stamps(RainTimes(np.array([180.0, 60.0, 120.0])), at_end, None, "the radar")
    np.testing.assert_allclose(times.starts_min, start + np.array([0.0, 60.0, 120.0]))
    assert order == [1, 2, 0]


def test_times_that_cannot_be_used_are_refused():
    with pytest.raises(InputError, match="two images for 60 min"):
        from_stamps(RainTimes(np.array([60.0, 60.0])), True, None, "the radar")
    with pytest.raises(InputError, match="RAIN_RASTER_STEP_MIN"):
        from_stamps(RainTimes(np.array([60.0])), True, None, "the radar")
    with pytest.raises(InputError, match="overlap at 5 min"):
        timetable(images_of([0, 5], [10, 15]), None, "the radar")
    with pytest.raises(InputError, match="before the run starts"):
        timetable(images_of([0, 5], [5, 10]), 20.0, "the radar")
