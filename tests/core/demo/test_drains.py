"""The drains of the synthetic district: a tree that falls to the sea, with the pipes of a hand computation."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from twin_plugin.core.demo.district import make_district
from twin_plugin.core.demo.drains import COVER_M, DIAMETERS_M, diameter_m, plan_drains
from twin_plugin.core.demo.layers import drain_layers


@pytest.fixture(scope="module")
def district():
    return make_district(60, 1)


@pytest.fixture(scope="module")
def drains(district):
    return plan_drains(district)


def test_a_pipe_by_hand():
    """2 ha, 12 min, 0.3 %: q = 5062.939 / 31.65^0.757 = 370.4 L/(s·ha), Q = 0.7 q 2 = 0.5185 m³/s; a pipe of 0.8 m
    carries 0.725 m³/s when full (Manning, n 0.013), one of 0.6 m 0.337."""
    flow = 0.7 * 5062.939 / 31.65**0.757 * 2 / 1000
    full = {d: math.pi * d**2 / 4 * (d / 4) ** (2 / 3) * math.sqrt(0.003) / 0.013 for d in (0.6, 0.8)}
    assert full[0.6] < flow < full[0.8]
    assert diameter_m(2.0, 12.0, 0.003) == 0.8


def test_every_node_reaches_the_sea_and_no_pipe_rises(drains):
    out = {pipe.start.id: pipe for pipe in drains.pipes}
    for node in drains.nodes:
        seen = set()
        while node.kind != "outfall":
            assert node.id not in seen
            seen.add(node.id)
            pipe = out[node.id]
            if not pipe.is_pump:
                assert pipe.end.invert_m <= pipe.start.invert_m - pipe.slope * pipe.length_m + 1.5e-3
                assert pipe.start.ground_m - pipe.start.invert_m >= COVER_M + pipe.diameter_m - 1e-3
                assert pipe.diameter_m in DIAMETERS_M
            node = pipe.end


def test_pipes_do_not_shrink_downstream_nor_cross_a_channel(district, drains):
    for pipe in drains.pipes:
        assert all(above.diameter_m <= pipe.diameter_m for above in pipe.start.above) or pipe.is_pump
        u = sorted((pipe.start.u, pipe.end.u))
        assert not any(u[0] < channel < u[1] for channel in district.layout.channels_u)


def test_inlets_stand_every_30_m_and_an_underpass_is_pumped(district, drains):
    lengths = [pipe.length_m for pipe in drains.pipes if not pipe.is_pump and pipe.end.area_ha > 0]
    assert 20 < np.mean(lengths) < 36
    pumps = [pipe for pipe in drains.pipes if pipe.is_pump]
    assert len(pumps) == len(district.layout.avenues_u)
    assert all(pump.end.kind == "outfall" and not pump.end.above for pump in pumps), "a rising main of its own"
    nodes, conduits = drain_layers(district)
    inlets = [row[7] for _, row in nodes.rows]
    assert inlets.count("grate") > 100
    assert inlets.count("combination") > 0
    assert all(row[6] is True and row[5] == 0.0 for _, row in nodes.rows if row[1] == "outfall")
    assert len(conduits.rows) == len(drains.pipes)


def test_the_same_seed_gives_the_same_drains(district):
    first = ([shapely.to_wkt(g), v] for g, v in drain_layers(district)[0].rows)
    second = ([shapely.to_wkt(g), v] for g, v in drain_layers(make_district(60, 1))[0].rows)
    assert list(first) == list(second)
    other = drain_layers(make_district(60, 2))[0].rows
    assert [v for _, v in other] != [v for _, v in drain_layers(district)[0].rows]


def test_a_small_district_lifts_into_the_avenue_s_main():
    small = make_district(24, 3)
    drains = plan_drains(small)
    [pump] = [pipe for pipe in drains.pipes if pipe.is_pump]
    assert pump.end.kind == "junction"
    assert pump.start.ground_m < pump.end.ground_m - 1
    assert [row[8] for _, row in drain_layers(small)[1].rows if row[1] == "pump"] == [0.3]


def test_a_district_of_one_building_has_drains():
    drains = plan_drains(make_district(1, 1))
    assert sum(node.kind == "outfall" for node in drains.nodes) >= 4
