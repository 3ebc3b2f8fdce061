"""Tiles of the water give what all of it at once gives, and each building and each cell is in one of them."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.core.risk.test_assess import TABLES
from twin_plugin.core.common.cells import Cells
from twin_plugin.core.risk.assess import Buildings, assess, assess_tiles
from twin_plugin.core.risk.footprints import Footprints
from twin_plugin.core.risk.ingress import Openings, Water
from twin_plugin.core.risk.rules import Rule
from twin_plugin.core.risk.tiles import tiles

CELLS = Cells(500_000.0, 2_500_000.0, 1.0, 1.0, 210, 190)
SIDE = 32


@pytest.fixture(scope="module")
def houses():
    """Crowded houses, some across many tiles, off the raster, on its edge, missing and empty."""
    random = np.random.default_rng(13)
    x, y = CELLS.west + random.uniform(-9, 199, 260), CELLS.north - random.uniform(-9, 219, 260)
    shapes = [
        shapely.box(a, b, a + w, b + h) for a, b, (w, h) in zip(x, y, random.uniform(3, 12, (260, 2)), strict=True)
    ]
    shapes += [shapely.box(CELLS.west + 20, CELLS.north - 100, CELLS.west + 150, CELLS.north - 40), None]
    shapes += [shapely.Polygon(), shapely.box(0, 0, 5, 5)]
    return np.array(shapes, object)


@pytest.fixture(scope="module")
def buildings(houses):
    random, count = np.random.default_rng(5), len(houses)
    owner = np.sort(random.integers(0, 262, 300))[random.permutation(300)]
    place = [
        shapely.centroid(houses[number]) if houses[number] is not None else shapely.Point(0, 0) for number in owner
    ]
    names = np.array([f"o{number}" for number in range(300)], object)
    kind = random.choice(np.array(["door", "window", "ramp"], object), 300)
    openings = Openings(
        owner, shapely.get_x(place), shapely.get_y(place), random.uniform(2.8, 3.9, 300), names, kind, kind
    )
    unknown = np.full(count, np.nan)
    floors = np.where(random.random(count) < 0.7, random.uniform(3.0, 3.6, count), np.nan)
    use = random.choice(np.array(["residential", "office", None], object), count)
    return Buildings(
        Footprints.of(houses), use, floors, unknown, unknown, unknown, np.full(count, 90.0), unknown, openings
    )


@pytest.fixture(scope="module")
def water():
    row, column = np.mgrid[0 : CELLS.rows, 0 : CELLS.columns]
    depth = np.maximum(0.0, np.sin(row / 9.0) * np.cos(column / 7.0))
    depth[90:100, 60:80] = np.nan
    level = np.where(depth >= 0.05, 3.0 + depth, np.nan)
    return Water(CELLS, depth.ravel(), level.ravel(), np.where(depth > 0, 60 * depth, np.nan).ravel())


class Cut:
    """Water that is read a tile at a time."""

    def __init__(self, water):
        self.water, self.cells, self.series, self.name = water, water.cells, None, "made"
        self.has_depth = self.has_level = True
        self.windows = []

    def cut(self, tile, progress):
        self.windows.append(tile.cells.size)
        rows = slice(tile.row, tile.row + tile.cells.rows), slice(tile.column, tile.column + tile.cells.columns)
        shape = CELLS.rows, CELLS.columns
        values = (self.water.depth_m, self.water.level_m, self.water.arrival_min)
        return Water(tile.cells, *(array.reshape(shape)[rows].ravel() for array in values))


@pytest.mark.parametrize("rule", list(Rule), ids=lambda rule: rule.value)
def test_tiles_give_what_the_whole_gives(buildings, water, rule):
    whole = assess(buildings, water, TABLES, rule=rule)
    cut = Cut(water)
    found = assess_tiles(buildings, cut, TABLES, rule=rule, parts=tiles(CELLS, buildings.footprints.box, SIDE))
    assert len(cut.windows) > 20
    assert whole.counts() == found.counts()
    assert {0, 1, 2, 3, 4} <= set(found.columns["risk_class"])
    for name, values in whole.columns.items():
        if values.dtype == object:
            assert values.tolist() == found.columns[name].tolist(), name
        else:
            np.testing.assert_allclose(found.columns[name], values, rtol=1e-9, atol=1e-12, err_msg=name)
    assert whole.reasons().tolist() == found.reasons().tolist()
    assert found.reasons(rows=slice(50, 60)).tolist() == whole.reasons()[50:60].tolist()
    assert [str(text) for text in whole.warnings] == [str(text) for text in found.warnings]


def test_each_building_and_each_cell_is_in_one_tile(houses):
    prints = Footprints.of(houses)
    met = shapely.intersects(houses[:260], shapely.box(CELLS.west, CELLS.south, CELLS.east, CELLS.north))
    parts = list(tiles(CELLS, prints.box, SIDE))
    rows = np.concatenate([tile.rows for tile in parts])
    assert len(rows) == len(set(rows.tolist()))
    assert {*np.flatnonzero(met).tolist(), 260} <= set(rows.tolist())
    assert not {261, 262, 263} & set(rows.tolist())
    counted = np.zeros((CELLS.rows, CELLS.columns), int)
    for tile in parts:
        window = counted[tile.row : tile.row + tile.cells.rows, tile.column : tile.column + tile.cells.columns]
        window[tile.own] += 1
        assert not set(tile.rows.tolist()) & set(tile.beside.tolist())
        box = shapely.box(tile.cells.west, tile.cells.south, tile.cells.east, tile.cells.north)
        near = {*tile.rows.tolist(), *tile.beside.tolist()}
        inside = [row for row in np.flatnonzero(shapely.relate_pattern(houses[:261], box, "T********")) if row in rows]
        assert set(inside) <= near
    assert counted.max() == 1


def test_buildings_that_meet_no_cell_are_in_no_tile():
    assert list(tiles(CELLS, np.full((3, 4), np.nan), SIDE)) == []
    assert list(tiles(CELLS, np.array([[0.0, 0.0, 5.0, 5.0], [-np.inf, 0.0, 5.0, np.inf]]), SIDE)) == []
