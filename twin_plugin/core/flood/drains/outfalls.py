"""The outfalls of a network, and what its text says of the water outside them."""

from __future__ import annotations

import math

from ...common.messages import Message
from .network import NO_CELL, DrainNetwork, DrainNode, NodeKind


def outfalls_of(network: DrainNetwork) -> list[DrainNode]:
    """The outfalls, in the order of the network."""
    return [node for node in network.nodes if node.kind is NodeKind.OUTFALL]


def falls_onto_terrain(node: DrainNode) -> bool:
    """Whether the water of an outfall comes to its cell."""
    return node.receives and node.cell != NO_CELL


def stage_words(text: str) -> dict[str, str]:
    """SWMM's word for the water outside each outfall (FREE, NORMAL, FIXED, TIDAL, TIMESERIES), by name."""
    found, inside = {}, False
    for line in text.splitlines():
        items = line.split()
        if line.startswith("["):
            inside = line.upper().startswith("[OUTFALL")
        elif inside and len(items) > 2 and not items[0].startswith(";"):
            found[items[0]] = items[2].upper()
    return found


def level_above_ground(network: DrainNetwork, level_m: float | None) -> Message | None:
    """A sentence where the water outside an outfall stands above the ground of all nodes that meet the street.

    Parameters
    ----------
    network : DrainNetwork
    level_m : float or None
        Level (m) at all outfalls to the outside; None: the fixed ones of the network's text.
    """
    ground_m = max((node.ground_m for node in network.coupled), default=math.inf)
    fixed_m = _fixed_levels_m(network)
    outside = [node for node in outfalls_of(network) if not falls_onto_terrain(node)]
    levels_m = {node.id: fixed_m.get(node.name, -math.inf) if level_m is None else level_m for node in outside}
    name = max(levels_m, key=lambda key: levels_m[key], default=None)
    if name is None or levels_m[name] <= ground_m:
        return None
    return Message(
        "The water outside the outfall '{name}' stands at {level:g} m, above the ground of all nodes that meet the "
        "street, at most {ground:.2f} m, and runs out of the inlets: make sure that both have one datum.",
        name=name,
        level=levels_m[name],
        ground=ground_m,
    )


def _fixed_levels_m(network: DrainNetwork) -> dict[str, float]:
    """Levels (m) of the outfalls with a FIXED stage, by SWMM's name."""
    words = stage_words(network.text)
    lines = (line.split() for line in network.text.splitlines())
    rows = [items for items in lines if len(items) > 3 and items[2].upper() == "FIXED" and items[0] in words]
    return {items[0]: float(items[3]) * network.units.length_m for items in rows}
