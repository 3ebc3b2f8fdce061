"""The client with its limits."""

from __future__ import annotations

import pytest


@pytest.fixture
def fetch(qgis_app):
    """The client, with its limits."""
    from twin_plugin.bridge.net.http import opened

    with opened() as fetch:
        yield fetch
