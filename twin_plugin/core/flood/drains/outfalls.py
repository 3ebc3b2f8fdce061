"""The outfalls of a network, and what its text says of the water outside them."""

from __future__ import annotations

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
