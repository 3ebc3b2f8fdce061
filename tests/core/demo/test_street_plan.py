"""The plan: counts, repetition, and that nothing stands in anything else."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.demo.buildings import design_building, pad_level
from twin_plugin.core.demo.street_plan import make_layout, public_counts


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 59, 60, 61, 500, 10_000])
def test_every_building_has_its_lot(count):
    layout = make_layout(count, 1)
    assert len(layout.lots) == count
    uses = [lot.use for lot in layout.lots]
    for use, number in public_counts(count).items():
        assert uses.count(use) == number


def test_the_default_has_every_use():
    uses = {lot.use for lot in make_layout(60, 1).lots}
    assert uses == {"home", "office", "shop", "school", "hospital", "metro", "substation", "charging", "pumping"}


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_a_count_out_of_range_is_told(count):
    with pytest.raises(InputError, match="between 1 and 10,000"):
        make_layout(count, 1)


def test_a_negative_seed_is_told():
    with pytest.raises(InputError, match="SEED"):
        make_layout(60, -1)


def test_equal_seeds_give_equal_plans_and_others_do_not():
    assert make_layout(60, 7) == make_layout(60, 7)
    assert make_layout(60, 7).lots != make_layout(60, 8).lots


def test_the_map_and_the_plan_are_inverse():
    layout = make_layout(60, 1)
    u, v = np.array([0.0, 123.4, 650.0]), np.array([10.0, 700.0, 3.5])
    np.testing.assert_allclose(layout.from_map(*layout.to_map(u, v)), (u, v), atol=1e-6)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_buildings_keep_to_their_lots_and_apart(seed):
    layout = make_layout(60, seed)
    outlines = []
    for number, lot in enumerate(layout.lots):
        box = shapely.box(lot.u0 - 0.01, lot.v0 - 0.01, lot.u1 + 0.01, lot.v1 + 0.01)
        for pad in design_building(layout, number).pads:
            assert box.covers(pad.polygon), (number, lot.use)
            outlines.append(pad.polygon)
    tree = shapely.STRtree(outlines)
    first, second = tree.query(outlines, predicate="intersects")
    assert (first == second).all()


@pytest.mark.parametrize("seed", range(5))
def test_channels_lie_clear_of_lots(seed):
    layout = make_layout(200, seed)
    for u in layout.channels_u:
        assert all(lot.u1 < u - 12 or lot.u0 > u + 12 for lot in layout.lots)


@pytest.mark.parametrize(("count", "seed"), [(60, 1), (200, 2)])
def test_substations_of_larger_districts_stand_at_low_places(count, seed):
    """Nearer to one than any other lot, in relation to 41.7 m, and 0.32 m or more below their neighbours' pads."""
    layout = make_layout(count, seed)
    away = {
        number: min(
            abs(math.hypot((lot.u0 + lot.u1) / 2 - bowl.u, (lot.v0 + lot.v1) / 2 - bowl.v) - 41.7)
            for bowl in layout.bowls
        )
        for number, lot in enumerate(layout.lots)
    }
    substations = [number for number, lot in enumerate(layout.lots) if lot.use == "substation"]
    others = [number for number, lot in enumerate(layout.lots) if lot.use in ("home", "office", "shop")]
    assert max(away[number] for number in substations) <= min(away[number] for number in others) + 1e-9
    for number in substations:
        design = design_building(layout, number)
        (pad,) = design.pads
        assert pad.level_m == pytest.approx(pad_level(layout, pad.polygon) - 0.35, abs=1e-3)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ground_floors_stand_over_the_pavement_as_documented(seed):
    """docs/demo-district.md: 0.03 to 0.60 m, substations and hospitals at least 0.30 m."""
    layout = make_layout(60, seed)
    plinths = {}
    for number, lot in enumerate(layout.lots):
        if lot.use != "metro":
            design = design_building(layout, number)
            (pad,) = design.pads
            plinths.setdefault(lot.use, []).append(round(design.plan.ground_floor_m - pad.level_m, 2))
    guarded = [*plinths.pop("substation"), *plinths.pop("hospital")]
    assert set(guarded) <= {0.30, 0.45, 0.60}
    assert 0.30 in guarded
    others = {plinth for found in plinths.values() for plinth in found}
    assert others == {0.03, 0.15, 0.30, 0.45, 0.60}
