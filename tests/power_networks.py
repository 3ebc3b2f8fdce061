"""Small power networks as values, for the tests of core and of the algorithm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from twin_plugin.core.power.network import Cables, Network, Sources

R, X, C, I_MAX = 0.122, 0.105, 456.0, 416.0
"""Of a cable NA2XS2Y 1x240 for 10 kV, per kilometre."""


def network(count, cables, sources, length_km=0.8, kv=10.0, i_max_a=I_MAX):
    """Nodes N0, N1, …; cables L0, L1, … between pairs of them; a transformer T0, T1, … of 40 MVA at some."""
    pairs = np.array(cables, np.int64).reshape(-1, 2)
    many = len(pairs)
    own = Cables(
        tuple(f"L{k}" for k in range(many)), pairs[:, 0], pairs[:, 1],
        *(np.full(many, value * length_km) for value in (R, X, C)), np.full(many, i_max_a), np.ones(many, bool),
    )  # fmt: skip
    feeds = len(sources)
    figures = (np.full(feeds, value) for value in (40.0, 110.0, 16.2, 0.34, 18.0, 0.05, 1.0))
    above = Sources(
        tuple(f"T{k}" for k in range(feeds)), np.array(sources, np.int64), *figures, np.ones(feeds, bool)
    )  # fmt: skip
    return Network(tuple(f"N{k}" for k in range(count)), np.full(count, kv), np.ones(count, bool), own, above)


def with_open(given, *cables):
    """The network with some cables open."""
    closed = given.cables.closed.copy()
    closed[list(cables)] = False
    return replace(given, cables=replace(given.cables, closed=closed))


def worked_feeder():
    """The worked case of six cables in a row: network and loads in MVA."""
    load = np.zeros((7, 1), complex)
    load[1:] = 1.2 + 0.3j
    load[6] -= 0.8 + 0.5  # generation and storage at the end
    return network(7, [(k, k + 1) for k in range(6)], [0]), load
