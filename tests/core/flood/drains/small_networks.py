"""Small networks of drains and a terrain for them."""

from __future__ import annotations

import numpy as np

from twin_plugin.core.common.grid import Grid
from twin_plugin.core.flood.drains.inp_objects import InpNetwork, read_network
from twin_plugin.core.flood.drains.inp_text import parse
from twin_plugin.core.flood.drains.network import DrainNetwork
from twin_plugin.core.flood.drains.placement import Placing, place
from twin_plugin.core.flood.surface import Surface

CHAIN = """\
[OPTIONS]
FLOW_UNITS  CMS
FLOW_ROUTING  DYNWAVE
ROUTING_STEP  0:00:02
[JUNCTIONS]
;;Name Elevation MaxDepth
J1  10.0  2  0  0  0
J2  9.0  3  0  0  0
[OUTFALLS]
O1  8.0  FREE  NO


[CONDUITS]
C1  J1  J2  100  0.013  0  0
C2  J2  O1  100  0.013  0  0

[XSECTIONS]
C1  CIRCULAR  0.6  0  0  0  1
C2  CIRCULAR  0.6  0  0  0  1

[COORDINATES]
J1  15  95
J2  115  95
O1  195  95
"""
"""Two junctions and an outfall in a row along y = 95 m."""


def network_of(text: str) -> InpNetwork:
    """The network of a text."""
    return read_network(parse(text, "chain.inp"))


def laid(network: InpNetwork, buildings: np.ndarray | None = None, **placing) -> DrainNetwork:
    """The network on a flat terrain at 12 m: 20 x 10 cells of 10 m, or as large as its coordinates ask for."""
    x = np.array([node.x for node in network.nodes])
    y = np.array([node.y for node in network.nodes])
    bed = Grid(np.full((10, 20), 12.0, np.float32), 0.0, 150.0, 10.0)
    if len(network.nodes) > 5:
        size = max(np.ptp(x), np.ptp(y)) + 2.0
        bed = Grid(np.full((20, 20), 12.0, np.float32), x.min() - 1.0, y.max() + 1.0, size / 20)
    return place(network, Surface(bed, buildings=buildings), Placing(3600.0, **placing), x, y, network.links)
