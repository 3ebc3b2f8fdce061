"""Layers of services as the dock makes them."""

from __future__ import annotations

import pytest


@pytest.fixture
def layer_of(qgis_plugin):
    """A function from a record to its layer, as the dock makes it."""
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import qgis_layers

    def make(one):
        with http.opened() as fetch:
            source = qgis_layers.plan(one, fetch)
        return None if source is None else qgis_layers.make(source)

    return make


@pytest.fixture
def harvested(qgis_plugin):
    """A function from a protocol and an address to its records."""
    from twin_plugin.bridge.net import http
    from twin_plugin.bridge.services import protocols

    def harvest(protocol, url):
        with http.opened() as fetch:
            return list(protocols.harvest(protocol)(url, "", fetch, lambda fraction, text="": True))

    return harvest
