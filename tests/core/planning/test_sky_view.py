"""Sky view against worked formulas, UMEP and GRASS; horizons of single boxes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.core.planning.ground import district, grid, town
from twin_plugin.core.common.errors import Cancelled, InputError
from twin_plugin.core.planning import sky_view as module
from twin_plugin.core.planning.sky_view import azimuths_of, horizon, sky_view, sky_view_of

GOLDEN = json.loads((Path(__file__).parent / "umep_golden.json").read_text())


def street(azimuths, to_left, to_right):
    """Horizons at a place in an endless street along north, by the height over the distance of either wall."""
    across = np.sin(np.radians(azimuths_of(azimuths)))
    return np.degrees(np.arctan(np.where(across > 0, to_right, to_left) * np.abs(across)))


@pytest.mark.parametrize(("ratio", "share"), [(0.5, 0.70711), (1.0, 0.44721), (2.0, 0.24254)])
def test_middle_of_a_street(ratio, share):
    assert sky_view_of(street(720, 2 * ratio, 2 * ratio)) == pytest.approx(share, abs=1e-5)


def test_other_places():
    assert sky_view_of(street(720, 1e9, 1.0)) == pytest.approx(0.35355, abs=1e-5)  # at the foot of a wall
    assert sky_view_of(street(720, 4.0, 4.0 / 3.0)) == pytest.approx(0.42127, abs=1e-5)  # at a quarter of the width
    assert sky_view_of(street(720, 0.0, 1.0)) == pytest.approx(0.85355, abs=1e-5)  # one endless wall
    assert sky_view_of(np.full(8, 45.0)) == pytest.approx(0.5)  # a round yard
    assert sky_view_of(np.full(8, -10.0)) == 1.0


@pytest.mark.parametrize(
    ("azimuths", "share", "within"), [(8, 0.42857, 1e-5), (16, 0.44681, 1e-5), (36, 0.447214, 1e-5)]
)
def test_number_of_azimuths(azimuths, share, within):
    assert sky_view_of(street(azimuths, 2.0, 2.0)) == pytest.approx(share, abs=within)


def test_a_street_on_a_raster():
    heights = np.full((1201, 81), 0.0)
    heights[:, :20] = heights[:, 61:] = 41.0  # the centres of the walls' cells are 20.5 m and more from the middle
    found = sky_view(grid(np.repeat(heights, 2, axis=1)[:, 1:-1].copy(), 1.0), 64)
    middle = found.values[600, 78:82]
    wall = 41.0 / np.abs(np.subtract.outer(np.arange(78, 82), [38, 121]))
    exact = [sky_view_of(street(720, left, right)) for left, right in wall]
    assert np.allclose(middle, exact, atol=0.004)


def test_horizon_of_a_box_is_that_of_the_cells_centre():
    heights = np.zeros((41, 41))
    heights[10:15, 18:27] = 20.0
    assert horizon(grid(heights), 0.0).values[20, 20] == pytest.approx(73.3008, abs=1e-4)
    assert horizon(grid(heights), 45.0).values[20, 20] == pytest.approx(67.0102, abs=1e-4)
    assert horizon(grid(heights), 180.0).values[20, 20] == 0.0
    assert horizon(grid(heights, 2.0), 0.0).values[20, 20] == pytest.approx(np.degrees(np.arctan(20.0 / 12.0)))


def test_horizons_are_the_steepest_of_all_cells_on_the_line():
    heights = np.random.default_rng(7).uniform(0.0, 30.0, (25, 31))
    for azimuth, down, right in ((0, -1, 0), (45, -1, 1), (90, 0, 1), (135, 1, 1), (225, 1, -1), (270, 0, -1)):
        found = horizon(grid(heights), float(azimuth)).values
        for row, column in ((12, 15), (3, 28), (24, 0), (0, 30)):
            steepest, step = 0.0, 1
            while 0 <= (r := row + step * down) < 25 and 0 <= (c := column + step * right) < 31:
                steepest = max(steepest, (heights[r, c] - heights[row, column]) / (step * np.hypot(down, right)))
                step += 1
            assert found[row, column] == pytest.approx(np.degrees(np.arctan(steepest)), abs=2e-3)


def test_within_a_hundredth_of_umep():
    difference = sky_view(grid(town()), 64).values[::4, ::4] - np.array(GOLDEN["sky_view"])
    assert np.abs(difference).mean() < 0.01
    assert abs(difference.mean()) < 0.002


def test_turning_the_surface_turns_the_sky():
    found = sky_view(grid(district()), 16).values
    assert np.allclose(sky_view(grid(np.rot90(district())), 16).values, np.rot90(found), atol=1e-6)


def test_a_plain_sees_all_and_no_data_hides_nothing(monkeypatch):
    heights = np.zeros((30, 30))
    heights[10:20, 10:20] = np.nan
    monkeypatch.setattr(module, "BLOCK_CELLS", 50)
    found = sky_view(grid(heights), 8, threads=2).values
    assert np.isnan(found[10:20, 10:20]).all()
    assert (found[np.isfinite(found)] == 1.0).all()


def test_blocks_and_threads_change_nothing(monkeypatch):
    whole = sky_view(grid(town()), 12).values
    monkeypatch.setattr(module, "BLOCK_CELLS", 500)
    assert np.array_equal(sky_view(grid(town()), 12, threads=3).values, whole)


def test_a_shaft_sees_hardly_any_sky():
    heights = np.full((9, 9), 1e6)
    heights[4, 4] = 0.0
    found = sky_view(grid(heights), 64).values
    assert 0.0 <= found[4, 4] < 1e-6
    assert found.max() == 1.0


def test_what_cannot_be():
    with pytest.raises(InputError, match="at least 4"):
        sky_view(grid(town()), 3)
    with pytest.raises(Cancelled):
        sky_view(grid(town()), 32, lambda fraction, text="": fraction < 0.3)


def _lines(heights):
    size = heights.shape
    head = f"north: {2_500_000 + size[0]}\nsouth: 2500000\neast: {500_000 + size[1]}\nwest: 500000\n"
    body = "\n".join(" ".join(f"{value:.6f}" for value in row) for row in heights)
    return f"{head}rows: {size[0]}\ncols: {size[1]}\n{body}\n"


@pytest.mark.slow
def test_horizons_within_a_fifth_of_a_degree_of_grass(tmp_path):
    if shutil.which("grass") is None:
        pytest.skip("GRASS is not installed")
    (tmp_path / "dsm.txt").write_text(_lines(town()))
    azimuths = (0.0, 61.0, 100.0, 152.0, 222.0, 301.0)
    steps = [f"r.in.ascii input={tmp_path}/dsm.txt output=dsm", "g.region raster=dsm"]
    for number, azimuth in enumerate(azimuths):
        steps += [
            f"r.horizon -d elevation=dsm direction={(90.0 - azimuth) % 360.0} output=h{number} maxdistance=10000",
            f"r.out.ascii input=$(g.list type=raster pattern='h{number}_*') output={tmp_path}/{number}.txt precision=6",
        ]
    (tmp_path / "steps.sh").write_text("set -e\n" + "\n".join(steps))
    command = ["grass", "--tmp-location", "EPSG:32650", "--exec", "sh", str(tmp_path / "steps.sh")]
    subprocess.run(command, check=True, capture_output=True)
    apart = []
    for number, azimuth in enumerate(azimuths):
        theirs = np.loadtxt(tmp_path / f"{number}.txt", skiprows=6)
        ours = horizon(grid(town()), azimuth).values
        apart.append(np.median(np.abs(ours - theirs)[(ours > 0) | (theirs > 0)]))
    assert max(apart) < 0.1, apart
