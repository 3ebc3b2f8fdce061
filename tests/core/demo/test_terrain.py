"""The terrain: whole, repeated exactly, and shaped as the plan says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.demo.cover import make_roughness
from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.layers import make_layers


@pytest.fixture(scope="module")
def district(synthetic_district):
    return synthetic_district(60, 1)


def level(district, u, v):
    x, y = district.layout.to_map(u, v)
    return district.terrain.sample(np.atleast_1d(x), np.atleast_1d(y))


def test_the_grid_is_whole(district):
    terrain = district.terrain
    assert terrain.cell_m == 2.0
    assert terrain.crs == "EPSG:4547"
    assert terrain.values.dtype == np.float32
    x, y = terrain.cells.axes()
    _, v = district.layout.from_map(*np.meshgrid(x, y))
    on_land = v > district.layout.coast_v - 2
    assert np.isfinite(terrain.values[on_land]).all()


def test_the_sea_has_no_data_so_that_no_rain_stands_on_it(district):
    terrain, coast = district.terrain, district.layout.coast_v
    x, y = terrain.cells.axes()
    u, v = district.layout.from_map(*np.meshgrid(x, y))
    assert np.isnan(terrain.values[v < coast - 6]).all()
    assert np.nanmin(terrain.values[v < coast - 3]) >= 0
    # The layer of the sea covers what has no data, to half a cell.
    (sea,) = next(layer for layer in make_layers(district) if layer.name == "sea").rows
    missing = np.isnan(terrain.values)
    inside = shapely.contains_xy(sea[0].buffer(terrain.cell_m), *np.meshgrid(x, y))
    assert inside[missing & (np.abs(u - district.layout.channels_u[0]) > 20)].all()
    assert np.isnan(terrain.values[shapely.contains_xy(sea[0].buffer(-terrain.cell_m), *np.meshgrid(x, y))]).all()


def test_it_repeats_to_the_last_bit(district):
    again = make_district(60, 1)
    assert again.terrain.values.tobytes() == district.terrain.values.tobytes()
    assert again.plans == district.plans


def test_the_wall_stands_between_sea_and_town(district):
    layout = district.layout
    u = np.linspace(20, layout.width_m - 20, 100)
    clear = np.min([np.abs(u - c) for c in layout.channels_u], axis=0) > 20
    assert np.isnan(level(district, u, np.full_like(u, layout.coast_v - 60))).all()
    np.testing.assert_allclose(level(district, u, np.full_like(u, layout.coast_v))[clear], 4.6, atol=0.01)
    assert (level(district, u, np.full_like(u, layout.coast_v + 15))[clear] < 4.3).all()


def test_the_hill_stands_in_the_north(district):
    layout = district.layout
    u = np.linspace(20, layout.width_m - 20, 100)
    assert level(district, u, np.full_like(u, layout.height_m - 5)).min() > 15


def test_the_channel_falls_to_the_sea(district):
    layout = district.layout
    v = np.arange(layout.coast_v, layout.hill_v, 10.0)
    bed = level(district, np.full_like(v, layout.channels_u[0]), v)
    assert (np.diff(bed) > -0.02).all()
    assert bed[-1] - bed[0] > 1


def test_the_road_dips_below_the_rail(district):
    layout = district.layout
    avenue = layout.avenues_u[0]
    under = level(district, avenue, layout.rail_v)[0]
    for v in (layout.rail_v - 54, layout.rail_v + 54):
        assert level(district, avenue, v)[0] - under > 3
    assert level(district, avenue + 40, layout.rail_v)[0] - under > 5


def test_streets_lie_below_their_kerbs(district):
    layout = district.layout
    street = layout.streets_v[1]
    middle = [(b.u0 + b.u1) / 2 for b in layout.blocks if b.row == 1]
    u = np.array(middle)
    road = level(district, u, np.full_like(u, street.at_m))
    pavement = level(district, u, np.full_like(u, street.at_m + 7.0))
    assert np.median(pavement - road) == pytest.approx(0.15, abs=0.05)


def test_low_places_are_low(district):
    """Every bowl lies below most of the town's ground around it."""
    for bowl in district.layout.bowls:
        angle = np.linspace(0, 2 * np.pi, 90)
        u, v = bowl.u + 1.2 * bowl.radius_m * np.cos(angle), bowl.v + 1.2 * bowl.radius_m * np.sin(angle)
        land = v > district.layout.coast_v + 8
        assert level(district, bowl.u, bowl.v)[0] < np.nanmedian(level(district, u[land], v[land])) - 0.3


def test_roughness_knows_the_roads(district):
    layout = district.layout
    roughness = make_roughness(layout, district.terrain)
    assert np.isfinite(roughness.values).all()
    street = layout.streets_u[2]
    x, y = layout.to_map([street.at_m], [layout.blocks[0].v0 + 30])
    assert roughness.sample(x, y)[0] == pytest.approx(0.016)


def test_the_ground_at_a_building_is_its_own(district):
    """The pad makes the terrain at every opening the level that the sills were set from."""
    openings = next(layer for layer in make_layers(district) if layer.name == "planned_openings")
    for _, (file, kind, _, sill, ground) in openings.rows:
        if kind in ("door", "ramp", "metro entrance"):
            assert -0.02 < sill - ground < 0.85, (file, kind)


def test_cancel_stops_at_once():
    with pytest.raises(Cancelled):
        make_district(60, 1, lambda fraction, text="": False)
