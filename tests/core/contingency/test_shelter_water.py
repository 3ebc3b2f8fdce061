"""Water at shelters: standing water shuts them, runoff on the slope above does not."""

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.cells import Cells
from twin_plugin.core.contingency.shelter_water import SiteWater, water_around, why_excluded

CELLS = Cells(0.0, 30.0, 10.0, 10.0, 3, 3)
HERE = shapely.Point(15.0, 15.0)
LIMIT_M = 0.15


def why(bed_m, depth_m, floor_m, shape=HERE):
    """Why a shelter in the middle cell is shut; its water as RESULT has it: levels where there is any."""
    bed, depth = (np.broadcast_to(np.asarray(values, float), (3, 3)).ravel() for values in (bed_m, depth_m))
    level = np.where(depth > 0, bed + depth, np.nan)
    return str(why_excluded(water_around(shape, CELLS, depth, level, floor_m), 10, floor_m, LIMIT_M))


SLOPE = np.array([[1.2], [1.0], [0.8]])


@pytest.mark.parametrize("shape", [HERE, shapely.box(12, 12, 18, 18)])
def test_runoff_on_higher_ground_passes_by(shape):
    """0.06 m on ground 0.2 m higher is above a floor that lies 0.1 m above its own ground."""
    assert why(SLOPE, [[0.06], [0.0], [0.0]], 1.1, shape) == ""
    assert why(SLOPE, [[0.06], [0.03], [0.03]], 1.1, shape) == ""
    assert why(SLOPE, [[0.16], [0.0], [0.0]], 1.1, shape) == "0.16 m of water outside"


def test_a_gutter_beside_a_dry_shelter_is_no_water_at_its_door():
    """0.08 m in the street, 0.04 m above the floor: the ground of a cell is a mean, and the shelter's own is dry."""
    bed, gutter = [[1.02], [1.0], [0.98]], [[0.0], [0.0], [0.08]]
    assert why(bed, gutter, 1.02) == ""
    assert why(bed, gutter, 1.0) == "the water stands 0.06 m above its floor"


@pytest.mark.parametrize(
    ("bed", "depth", "floor", "over"),
    [
        (1.0, 0.10, 1.02, 0.08),
        (SLOPE, [[0.0], [0.06], [0.0]], 1.0, 0.06),  # on its own cell
        (SLOPE, [[0.0], [0.0], [0.12]], 0.85, 0.07),  # a pond below, which comes up to a low floor
        ([[1.2, 1.2, 1.2], [1.2, 9.0, 1.2], [1.2, 1.2, 1.2]], [[0.1] * 3, [0.1, 0.0, 0.1], [0.1] * 3], 1.1, 0.2),
    ],
)
def test_water_that_can_stand_at_the_floor_shuts_it(bed, depth, floor, over):
    """The last: a floor in a hollow, under a roof on which no water stands."""
    assert why(bed, depth, floor) == f"the water stands {over:.2f} m above its floor"


def test_unknown_floors_levels_and_places():
    assert why(1.0, 0.10, np.nan) == ""
    assert why(1.0, 0.20, np.nan) == "0.20 m of water outside"
    assert why(1.0, np.nan, 1.0) == ""
    without = water_around(HERE, CELLS, np.full(9, 0.1), None, 0.0)
    assert without.depth_m == 0.1
    assert np.isnan(without.level_m)
    assert np.isnan(water_around(shapely.Point(900.0, 900.0), CELLS, np.full(9, 0.1), None, 0.0).depth_m)
    assert why_excluded(SiteWater(0.0), 0, 0.0, LIMIT_M) != ""
