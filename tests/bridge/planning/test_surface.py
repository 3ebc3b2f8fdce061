"""Buildings burnt onto a terrain: cell centres by shapely, overlaps, other cell sizes, slopes, no data."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.bridge.planning.surface import build_surface
from twin_plugin.core.common.errors import InputError
from twin_plugin.core.common.grid import Grid
from twin_plugin.core.common.prisms import Prisms

ROUND = shapely.Point(520.3, 310.6).buffer(23.7)
BLOCK = shapely.box(500, 300, 560, 340) - shapely.box(510, 310, 550, 330)
LOW = shapely.box(490, 290, 530, 320)


def prisms(shapes, tops):
    return Prisms.of_shapes(
        shapes, np.zeros(len(shapes)), np.array(tops), np.arange(len(shapes)), list("abc")[: len(shapes)]
    )


def flat(rows=80, columns=100, cell=1.0, level=5.0):
    return Grid(np.full((rows, columns), level), 480.0, 360.0, cell, "EPSG:4547")


def test_each_cell_is_as_high_as_the_highest_roof_over_its_centre():
    bodies = prisms([BLOCK, ROUND, LOW], [60.0, 20.0, 12.0])
    surface = build_surface(flat(), bodies)
    x, y = surface.top.cells.centres(np.arange(surface.top.cells.size))
    expected = np.full(len(x), 5.0)
    for outline, top in zip(bodies.outlines, bodies.top_m, strict=True):
        expected = np.where(shapely.contains_xy(outline, x, y), np.maximum(expected, top), expected)
    assert np.array_equal(surface.top.values.ravel(), expected)
    assert np.array_equal(surface.built.ravel(), expected > 5.0)
    assert np.array_equal(np.r_[bodies.top_m, 5.0][surface.prism], surface.top.values)


def test_a_slope_stays_where_it_is_higher_than_the_roof():
    terrain = flat().with_values(np.broadcast_to(np.linspace(0.0, 99.0, 100), (80, 100)).copy())
    body = prisms([shapely.box(500, 300, 560, 340)], [50.0])
    kept, cut = (build_surface(terrain, body, keep_higher=keep) for keep in (True, False))
    inside = np.zeros((80, 100), bool)
    inside[20:60, 20:80] = True
    assert np.array_equal(kept.top.values, np.where(inside, np.maximum(terrain.values, 50.0), terrain.values))
    assert np.array_equal(kept.built, inside & (terrain.values < 50.0))
    assert np.array_equal(cut.top.values, np.where(inside, 50.0, terrain.values))
    assert cut.built.sum() == inside.sum()


def test_other_cells_keep_a_plane_a_plane_and_holes_holes():
    row, column = np.mgrid[:80, :100]
    plane = flat().with_values(2.0 + 0.1 * (column + 0.5) - 0.05 * (row + 0.5))
    plane.values[:20, :30] = np.nan
    for cell in (2.0, 0.5):
        ground = build_surface(plane, Prisms.none(), cell).ground
        assert (ground.columns, ground.rows) == (100 / cell, 80 / cell)
        r, c = np.mgrid[: ground.rows, : ground.columns]
        wanted = 2.0 + 0.1 * (c + 0.5) * cell - 0.05 * (r + 0.5) * cell
        inner = np.zeros(wanted.shape, bool)
        inner[round(22 / cell) : -round(2 / cell), round(32 / cell) : -round(2 / cell)] = True
        assert np.allclose(ground.values[inner], wanted[inner], atol=1e-9)
        assert np.isnan(ground.values[: round(18 / cell), : round(28 / cell)]).all()


def test_a_building_stands_also_where_the_terrain_is_unknown():
    terrain = flat()
    terrain.values[:] = np.nan
    surface = build_surface(terrain, prisms([LOW], [12.0]))
    assert surface.built.sum() == 40 * 30
    assert (surface.top.values[surface.built] == 12.0).all()
    assert np.isnan(surface.top.values[~surface.built]).all()


def test_too_small_cells_are_refused():
    with pytest.raises(InputError, match="choose wider cells"):
        build_surface(flat(), Prisms.none(), 0.001)
