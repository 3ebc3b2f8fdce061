"""Which depressions are shown, how they are numbered, and what a table says of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

pytest.importorskip("numba")

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.terrain import raise_blocks
from twin_plugin.core.flood.waterlogging.depression_table import COLUMNS, find_waterlogging
from twin_plugin.core.flood.waterlogging.depressions import find_depressions

HIGH = 99.0


def row_of(*heights):
    """A valley of one cell's width between walls, which water leaves at the end that is lower."""
    return Grid(np.array([[HIGH] * len(heights), list(heights), [HIGH] * len(heights)], float), 500.0, 900.0, 2.0)


NESTED = row_of(9, 1, 5, 2, 7, 3, 8)
"""Pits 1 and 2 meet at 5, both and 3 at 7, and all leave over the edge at 8."""


def table(terrain, depth=0.0, area=0.0, rain_mm=None):
    found = find_waterlogging(find_depressions(terrain), depth, area)
    return list(found.rows(terrain, rain_mm)), found


def test_nested_depressions_by_id_and_way():
    rows, found = table(NESTED)
    assert [set(row) for row in rows] == [{column.name for column in COLUMNS}] * 5
    facts = [(row["id"], row["parent_id"], row["nesting"], row["volume_m3"], row["spills_to"]) for row in rows]
    assert facts == [
        (1, None, 0, 88.0, None),
        (2, 1, 1, 52.0, 3),
        (3, 1, 1, 16.0, 2),
        (4, 2, 2, 16.0, 5),
        (5, 2, 2, 12.0, 4),
    ]
    assert (rows[0]["depth_m"], rows[0]["level_m"], rows[0]["area_m2"]) == (7.0, 8.0, 20.0)
    assert (rows[0]["pour_x"], rows[0]["pour_y"]) == (513.0, 897.0)
    assert all(math.isnan(row["water_m3"]) for row in rows)
    assert found.labels(0)[1].tolist() == [0, 1, 1, 1, 1, 1, 0]
    assert found.labels(1)[1].tolist() == [0, 2, 2, 2, 0, 3, 0]
    assert found.innermost[1].tolist() == [0, 4, 2, 5, 1, 3, 0]
    assert found.labels(2)[1].tolist() == [0, 4, 0, 5, 0, 0, 0]


def test_a_part_is_shown_only_beside_another_one():
    rows, _ = table(NESTED, depth=3.5)
    assert [(row["level_m"], row["nesting"]) for row in rows] == [(8, 0), (7, 1), (7, 1)]
    rows, _ = table(NESTED, depth=4.5)  # of the parts only 1 and 2 together are so deep
    assert [(row["level_m"], row["spills_to"]) for row in rows] == [(8, None)]
    rows, _ = table(NESTED, area=21.0)
    assert rows == []


def test_what_is_not_shown_is_left_out_of_the_way_but_keeps_its_water():
    stair = row_of(HIGH, 20, 15, 19, 8, 7.9, 8, 2, 1, 6)
    every, _ = table(stair, rain_mm=500.0)
    large, _ = table(stair, depth=1.0, rain_mm=500.0)
    assert len(every) == 3
    by_depth = {round(row["depth_m"], 1): row for row in every}
    assert by_depth[4.0]["spills_to"] == by_depth[0.1]["id"]
    assert by_depth[0.1]["spills_to"] == by_depth[5.0]["id"]
    assert [by_depth[depth]["steps_out"] for depth in (4.0, 0.1, 5.0)] == [2, 1, 0]
    chosen = {round(row["depth_m"], 1): row for row in large}
    assert set(chosen) == {4.0, 5.0}
    assert chosen[4.0]["spills_to"] == chosen[5.0]["id"]
    assert (chosen[4.0]["steps_out"], chosen[5.0]["steps_out"]) == (1, 0)
    for depth, row in chosen.items():
        assert row["water_m3"] == by_depth[depth]["water_m3"]
        assert row["filled_pct"] == pytest.approx(100 * row["water_m3"] / row["volume_m3"])


def test_a_limit_below_zero_is_refused():
    with pytest.raises(InputError, match="must not be below 0"):
        table(NESTED, depth=-1.0)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_buildings_are_flat_blocks_and_need_no_heights_everywhere(kind):
    heights = np.array([[1, 2, np.nan], [3, 4, 5]], kind)
    lifted = raise_blocks(heights, np.array([[1, 1, 1], [0, 2, 0]], np.int32))
    assert heights.tolist()[0][:2] == [7, 7]
    assert np.isnan(heights[0, 2])
    assert heights.tolist()[1] == [3, 9, 5]
    assert lifted.tolist() == [[True, True, False], [False, True, False]]
