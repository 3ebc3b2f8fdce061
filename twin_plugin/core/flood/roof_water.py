"""Roof rain on its way from downpipes into the network of drains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError

TO_DRAINS = "roof_to_drains_m3"
"""Volume that the roofs gave to the network of drains."""


class RoofWater:
    """What roofs hand over to nodes of the drains, which open it with their ids and take from it in each step."""

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._volumes_m3 = np.zeros(0)

    def open(self, nodes: Sequence[str]) -> None:
        """Accept water for these nodes, by their ids."""
        self._place = {node: number for number, node in enumerate(nodes)}
        self._volumes_m3 = np.zeros(len(nodes))

    def places(self, nodes: Sequence[str]) -> NDArray[np.int64]:
        """Where the volumes of nodes are.

        Raises
        ------
        InputError
            When the drains of the run do not have one of them, or it exchanges no water.
        """
        for node in nodes:
            if node not in self._place:
                raise InputError(
                    "A downpipe leads to the node '{node}', which takes no water in this run: choose a node with an "
                    "inlet on the terrain.",
                    node=node,
                )
        return np.array([self._place[node] for node in nodes], np.int64)

    def give(self, places: NDArray[np.int64], volumes_m3: NDArray[np.float64]) -> None:
        """Hand over water; a node may occur once."""
        self._volumes_m3[places] += volumes_m3

    def take(self) -> NDArray[np.float64]:
        """What was handed over since the last time, by node."""
        taken, self._volumes_m3 = self._volumes_m3, np.zeros(len(self._volumes_m3))
        return taken
