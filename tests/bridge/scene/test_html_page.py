"""The time and the clock that a page opens with."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from twin_plugin.bridge.scene import html_page
from twin_plugin.bridge.scene.html_page import sun_time, utc_offset
from twin_plugin.core.common.errors import ResourceError

NOON = datetime(2026, 6, 21, 12, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the offset of this computer's clock, in hours."""

    class Zone:
        hours = 0.0

        @classmethod
        def systemTimeZone(cls):
            return cls()

        def offsetFromUtc(self, moment):
            return self.hours * 3600

    monkeypatch.setattr(html_page, "QTimeZone", Zone)
    return lambda hours: setattr(Zone, "hours", hours)


@pytest.mark.parametrize(
    ("own", "longitude", "offset"),
    [(8, 114.06, 8), (8, 87.6, 8), (0, 114.06, 8), (-5, 114.06, 8), (2, 13.4, 2), (5.5, 77.2, 5.5), (8, -73.9, -5)],
)
def test_this_clock_counts_where_it_fits_the_place(clock, own, longitude, offset):
    clock(own)
    assert utc_offset(longitude, NOON) == offset


def test_a_local_time_moves_to_utc(clock):
    clock(8)
    assert sun_time(NOON, True, 114.0, 2026) == (datetime(2026, 6, 21, 4, tzinfo=UTC), 8)
    assert sun_time(NOON, False, 114.0, 2026) == (NOON, 8)
    assert sun_time(None, False, 114.0, 2031) == (datetime(2031, 1, 20, 2, tzinfo=UTC), 8)


def test_a_viewer_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setattr(html_page.resources, "RESOURCES", tmp_path)
    with pytest.raises(ResourceError, match="is missing: install the plugin again"):
        html_page.viewer()
