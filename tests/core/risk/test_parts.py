"""Buildings of several parts: the parts that water enters, on a small ground of which one half is wet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.core.risk.test_assess import CELLS, HOUSE, TABLES, buildings, openings
from twin_plugin.core.risk.assess import assess
from twin_plugin.core.risk.ingress import Openings, Water

STATION = shapely.MultiPolygon([shapely.box(2, 8, 5, 11), shapely.box(14, 8, 17, 11), shapely.box(14, 14, 17, 17)])


def half_wet() -> Water:
    """Half a metre of water on the east half of level ground at 3 m."""
    depth = np.zeros((20, 20))
    depth[:, 10:] = 0.5
    return Water(CELLS, depth.ravel(), np.where(depth > 0, 3.5, np.nan).ravel())


def entrances(*rows: tuple[float, float, float]) -> Openings:
    """Entrances of building 0 at x and y with a sill."""
    x, y, sill = (np.array(column, float) for column in zip(*rows, strict=True))
    doors = openings(*(("metro entrance", level) for level in sill))
    return replace(doors, x=x, y=y)


@pytest.mark.parametrize(
    ("sills", "reached"),
    [((3.2, 3.2, 3.9), "2"), ((3.2, 3.2, 3.2), "2,3"), ((3.2, 3.9, 3.2), "3"), ((3.2, 3.9, 3.9), None)],
)
def test_an_entrance_belongs_to_the_nearest_part(sills, reached):
    doors = entrances(*((x, y, sill) for (x, y), sill in zip([(3.5, 8), (15.5, 8), (15.5, 14)], sills, strict=True)))
    result = assess(replace(buildings(STATION), openings=doors), half_wet(), TABLES)
    assert result.columns["parts_reached"].tolist() == [reached]


def test_without_openings_the_place_of_the_highest_water_decides():
    station = shapely.MultiPolygon(list(STATION.geoms)[:2])
    result = assess(buildings(station, ground_floor_m=3.0), half_wet(), TABLES)
    assert result.columns["risk_class"][0] >= 2
    assert result.columns["parts_reached"].tolist() == ["2"]


def test_a_building_of_one_part_and_one_without_footprint_name_none():
    result = assess(buildings(HOUSE, None, ground_floor_m=3.0), half_wet(), TABLES)
    assert result.columns["risk_class"][0] >= 2
    assert result.columns["parts_reached"].tolist() == [None, None]
