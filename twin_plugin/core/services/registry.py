"""The code that speaks a protocol, as its definition row names it, loaded when first needed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

from ..common.errors import InputError
from .protocol_table import ServiceProtocol

if TYPE_CHECKING:
    from .adapter import Adapter, Harvest

ADAPTERS = tuple(protocol for protocol in ServiceProtocol if protocol.definition.adapter)
HARVESTS = tuple(protocol for protocol in ServiceProtocol if protocol.definition.harvest)
HARVESTED = (*HARVESTS, ServiceProtocol.FILE, ServiceProtocol.POSTGIS)
"""Protocols that have something to harvest, with those that bridge brings."""


def adapter(protocol: ServiceProtocol) -> Adapter:
    """The adapter of a protocol.

    Raises
    ------
    InputError
        For those that core does not speak.
    """
    return cast("Adapter", _named(protocol, protocol.definition.adapter)())


def harvest(protocol: ServiceProtocol) -> Harvest:
    """The function that harvests a source of this protocol.

    Raises
    ------
    InputError
        For those that have nothing to harvest.
    """
    return cast("Harvest", _named(protocol, protocol.definition.harvest))


def observations(protocol: ServiceProtocol) -> ModuleType | None:
    """The module that reads a protocol's observations with `latest` and `series`; None where it has none."""
    name = protocol.definition.observations
    return import_module(f".protocols.{name}", __package__) if name else None


def _named(protocol: ServiceProtocol, name: str) -> Any:
    if not name:
        raise InputError(
            "Nothing is harvested from or asked of services of the kind '{protocol}' here.", protocol=protocol.value
        )
    module, _, member = name.partition(":")
    return getattr(import_module(f".protocols.{module}", __package__), member)
