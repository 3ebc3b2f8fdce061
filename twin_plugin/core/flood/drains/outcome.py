"""What happened in a network, from SWMM's statistics and the account of the inlets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .network import DrainNetwork, DrainOutcome, NodeKind
from .worker import Statistics, inlets_of

Vector = NDArray[np.float64]


def outcome_of(
    network: DrainNetwork, found: Statistics, captured_m3: Vector, surcharged_m3: Vector, over_s: Vector
) -> DrainOutcome:
    """The outcome of a run.

    Parameters
    ----------
    network : DrainNetwork
    found : Statistics
        Of the whole run.
    captured_m3, surcharged_m3, over_s : array
        Of the nodes that have inlets, in their order: water taken and given up, time with water above the rim.
    """
    inlets = {node.id for node in inlets_of(network)}
    coupled = np.array([node.id in inlets for node in network.nodes], np.bool_)
    outfall = np.array([node.kind is NodeKind.OUTFALL for node in network.nodes], np.bool_)
    receives = np.array([node.receives for node in network.nodes], np.bool_)
    captured, surcharged = np.zeros((2, len(network.nodes)))
    captured[coupled], surcharged[coupled] = captured_m3, surcharged_m3
    flooded_s = found.flooded_s.copy()
    flooded_s[coupled] = over_s
    lost = np.where(coupled, 0.0, found.flooded_m3)
    lost[outfall] = np.where(receives[outfall], 0.0, found.inflow_m3[outfall])
    bottom = np.array([node.invert_m for node in network.nodes])
    height = np.array([link.height_m for link in network.links])
    return DrainOutcome(
        found.depth_max_m,
        bottom + found.depth_max_m,
        found.depth_max_time_s,
        captured,
        surcharged,
        lost,
        flooded_s,
        found.flow_max_m3s,
        found.velocity_max_m_s,
        np.clip(found.link_depth_max_m / height, 0.0, 1.0),
        found.flow_max_time_s,
        network,
    )
