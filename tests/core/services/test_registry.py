"""Every protocol has a complete definition row, and the code that the row names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import demo_catalogue, registry
from twin_plugin.core.services.protocol_table import LayerPlace, ServiceProtocol

BRIDGED = {ServiceProtocol.FILE, ServiceProtocol.POSTGIS}


@pytest.mark.parametrize("protocol", registry.ADAPTERS)
def test_adapters(protocol):
    adapter = registry.adapter(protocol)
    for name in ("probe", "describe", "count", "query"):
        assert callable(getattr(adapter, name))


@pytest.mark.parametrize("protocol", registry.HARVESTS)
def test_harvests(protocol):
    assert callable(registry.harvest(protocol))


def test_none_is_missing():
    assert set(registry.ADAPTERS) | BRIDGED == set(ServiceProtocol)
    for protocol in BRIDGED:
        with pytest.raises(InputError):
            registry.adapter(protocol)


@pytest.mark.parametrize("protocol", ServiceProtocol)
def test_the_row_is_complete(protocol):
    row = protocol.definition
    assert row.label
    assert bool(row.adapter) == bool(row.published_as) == (protocol not in BRIDGED)
    assert row.link_names or row.link_address or row.address or protocol in BRIDGED, "a link tells it"
    ways = (row.service, row.address, row.reply, row.harvest, protocol in BRIDGED)
    assert any(ways), "an address or its reply tells it, or it is harvested with another"
    assert bool(row.service) == (row.layer_place is LayerPlace.PARAMETER) == bool(row.xml_root)
    for text in row.demo_address:
        text.format(host="h", name="n", topic="t")
    if row.observations:
        module = registry.observations(protocol)
        assert callable(module.latest)
        assert callable(module.series)


def test_labels_and_names_are_of_one_protocol_each():
    labels = [protocol.definition.label for protocol in ServiceProtocol]
    assert len(labels) == len(set(labels))
    for protocol in ServiceProtocol:
        others = [name for other in ServiceProtocol if other is not protocol for name in other.definition.link_names]
        assert not set(protocol.definition.link_names) & set(others)


def test_the_draws_of_the_demo_catalogue_are_numbered_without_gaps():
    for kind in demo_catalogue.KINDS:
        places = sorted(place for one in ServiceProtocol for place in one.definition.demo_kinds.get(kind, ()))
        assert places == list(range(len(places))), kind


def test_rows_load_no_adapter():
    code = (
        "import sys, twin_plugin.core.services.registry; "
        "sys.exit(any('.protocols.' in name or name in ('shapely', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
