"""Rows of PLACEMENTS that can place nothing are refused by their number and their model."""

from __future__ import annotations

import pytest

from twin_plugin.core.bim.placements import read_placements
from twin_plugin.core.common.errors import InputError


def row(**values):
    return {"path": "tower.ifc", "x": 505955.0, "y": 2490000.0, "crs": "EPSG:4547", **values}


@pytest.mark.parametrize("bearing", [-360, -90, 0, 359.5, 360])
def test_bearings_of_one_turn_are_taken(bearing):
    assert read_placements([row(bearing_deg=bearing)])["tower.ifc"].bearing_deg == bearing


@pytest.mark.parametrize("bearing", [400, -361, 1e9])
def test_a_bearing_beyond_a_full_turn_is_refused(bearing):
    with pytest.raises(InputError, match=r"Row 2 of PLACEMENTS \(tower.ifc\) has bearing_deg"):
        read_placements([row(path="other.ifc"), row(bearing_deg=bearing)])
