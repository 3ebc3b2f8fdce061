"""What can be added at a node: the load flow with it passes no limit, and with a little more it does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.power_networks import network, worked_feeder
from twin_plugin.core.common.errors import Cancelled
from twin_plugin.core.power import spare
from twin_plugin.core.power.flow import parts, solve
from twin_plugin.core.power.spare import SpareLimits, find_spare
from twin_plugin.core.power.supply import find_supply

LIMITS = SpareLimits(0.93, 1.07)


def spare_of(net, load, limits=LIMITS):
    return find_spare(net, parts(net, find_supply(net)), load, limits)


def passes(net, load, node, kw, limits=LIMITS):
    """Whether a load flow with so much more at a node keeps all limits in all hours."""
    more = load.copy()
    more[node] += kw * limits.added
    found = solve(net, parts(net, find_supply(net)), more)
    return bool(
        found.solved.all()
        and np.nanmax(found.cable_percent) <= limits.most_percent
        and np.nanmax(found.source_percent) <= limits.most_percent
        and np.nanmin(found.voltage_pu) >= limits.lowest_pu
    )


@pytest.mark.parametrize("limits", [LIMITS, SpareLimits(0.965, 1.07), SpareLimits(0.93, 1.07, 90.0, 0.9)])
def test_it_is_the_most_that_fits(limits):
    net, load = worked_feeder()
    load = np.hstack([load, 0.7 * load])
    found = spare_of(net, load, limits)
    for node in range(7):
        assert passes(net, load, node, found.kw[node], limits)
        assert not passes(net, load, node, found.kw[node] + 2.0, limits)
        assert found.hour[node] == 0


def test_it_names_what_stops_more():
    net, load = worked_feeder()
    found = spare_of(net, load)
    assert found.stop == ["T0", "L0", "L0", "L0", "L0", "L0", "L0"]
    low = spare_of(net, load, SpareLimits(0.968, 1.07))
    assert low.stop[6] == "voltage"
    assert low.kw[6] < found.kw[6]


def test_the_first_cable_is_what_the_feeder_has_left():
    """At the far end 1 kW more is a little more than 1 kW at the start: losses."""
    net, load = worked_feeder()
    kw = spare_of(net, load).kw
    assert (np.diff(kw[1:]) <= 0).all()
    head = np.sqrt(3) * 10 * 416 * (1 - 0.8755)
    assert kw[1] == pytest.approx(head, rel=0.05)


def test_an_overload_elsewhere_takes_nothing_from_another_feeder():
    net = network(3, [(0, 1), (0, 2)], [0])
    load = np.array([[0], [8.0], [1.0]], complex)  # the first cable carries more than its 7.2 MVA
    found = spare_of(net, load)
    assert found.kw[1] == 0
    assert found.stop[1] == "L0"
    sound = spare_of(net, np.array([[0], [7.0], [1.0]], complex))
    assert found.kw[2] == pytest.approx(sound.kw[2], rel=0.01)
    assert sound.kw[2] > 5000


def test_generation_leaves_room():
    net = network(2, [(0, 1)], [0])
    base = spare_of(net, np.array([[0], [2.0]], complex)).kw[1]
    with_sun = spare_of(net, np.array([[0], [2.0 - 3.0]], complex)).kw[1]
    assert with_sun == pytest.approx(base + 3000, abs=30)


def test_the_worst_hour_counts():
    net = network(2, [(0, 1)], [0])
    load = np.array([[0, 0, 0], [1.0, 4.0, 2.0]], complex)
    found = spare_of(net, load)
    assert found.hour[1] == 1
    assert found.kw[1] == spare_of(net, load[:, [1]]).kw[1]


def test_unknown_where_dark_unsolved_or_too_large(monkeypatch):
    net, load = worked_feeder()
    dark = replace(net, sources=replace(net.sources, on=np.zeros(1, bool)))
    assert np.isnan(spare_of(dark, load).kw).all()
    assert np.isnan(spare_of(net, 100 * load).kw).all()
    monkeypatch.setattr(spare, "MOST_SPARE_NODES", 3)
    found = spare_of(net, load)
    assert np.isnan(found.kw).all()
    assert found.left_out == 7


def test_a_cancel_stops_it():
    net, load = worked_feeder()
    with pytest.raises(Cancelled):
        find_spare(net, parts(net, find_supply(net)), load, LIMITS, lambda *_: False)
