"""What is out of service and what is switched on besides the normal state of a network."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..common.errors import InputError
from .network import Flags, Network


@dataclass(frozen=True)
class Outages:
    """Ids out of service, those that water puts out with the minute (NaN where unknown), and cables switched on."""

    off: tuple[str, ...] = ()
    by_water: Mapping[str, float] = field(default_factory=dict)
    on: tuple[str, ...] = ()


def split_ids(text: str) -> tuple[str, ...]:
    """Ids from a text, parted by semicolons, commas or line breaks, each once."""
    words = text.replace("；", ";").replace("，", ";").replace(",", ";").replace("\n", ";").split(";")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def known_ids(network: Network) -> set[str]:
    """All ids of a network."""
    return {*network.ids, *network.cables.ids, *network.sources.ids}


def switch(network: Network, outages: Outages) -> Network:
    """The network with what is out and what is switched on; a source in water takes its busbar with it.

    Raises
    ------
    InputError
        Where an id is not of the network, or what is switched on is no cable.
    """
    known, cables = known_ids(network), set(network.cables.ids)
    if strange := [name for name in outages.off if name not in known]:
        raise InputError(
            "OUT_OF_SERVICE names '{id}', which is no source, cable or node of the network: check its spelling.",
            id=strange[0],
        )
    if strange := [name for name in outages.on if name not in cables]:
        raise InputError("SWITCH_ON names '{id}', which is no cable of FEEDERS: check its spelling.", id=strange[0])
    if both := [name for name in outages.on if name in outages.off]:
        raise InputError("'{id}' is in OUT_OF_SERVICE and in SWITCH_ON: leave it in one of them.", id=both[0])
    wet, own = outages.by_water, network.cables
    out = {*outages.off, *wet}
    closed = (own.closed | _among(own.ids, outages.on)) & ~_among(own.ids, out)
    nodes = network.on & ~_among(network.ids, out)
    in_water = _among(network.sources.ids, wet)
    nodes[network.sources.node[in_water]] = False
    sources = replace(network.sources, on=network.sources.on & ~_among(network.sources.ids, out))
    return replace(network, on=nodes, cables=replace(own, closed=closed), sources=sources)


def first_minute(minutes: Collection[float]) -> float:
    """The first of some minutes, NaN where none is known."""
    return min((minute for minute in minutes if not math.isnan(minute)), default=math.nan)


def _among(ids: tuple[str, ...], names: Collection[str]) -> Flags:
    return np.array([name in names for name in ids], bool)
