"""Every protocol of the tables has its code, and every protocol has a place in them."""

from __future__ import annotations

import pytest

from twin_plugin.core.common.errors import InputError
from twin_plugin.core.services import registry
from twin_plugin.core.services.record import ServiceProtocol

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
