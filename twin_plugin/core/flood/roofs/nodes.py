"""Which node of the drains gets the roof rain of which building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ...common.grid import Grid
from ..drains.network import DrainNetwork, DrainNode
from ..drains.worker import inlets_of


class RoofsTo(Enum):
    """Where the rain of roofs goes."""

    GROUND = "ground"
    DRAINS = "drains"


@dataclass(frozen=True)
class NearestNodes:
    """The nodes of a network that take roof rain, to be found by place or by id.

    Attributes
    ----------
    nodes : tuple of DrainNode
        Those that exchange water with the street.
    reach_m : float
        A node that is farther away takes nothing.
    """

    nodes: tuple[DrainNode, ...]
    reach_m: float

    @staticmethod
    def of(network: DrainNetwork, reach_m: float) -> NearestNodes:
        """Those of a network."""
        return NearestNodes(tuple(inlets_of(network)), reach_m)

    def named(self, name: str) -> DrainNode | None:
        """The node of an id; None where no node of that id takes water."""
        return next((node for node in self.nodes if node.id == name), None)

    def nearest(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Number of the node nearest to each place, and its distance in m; -1 and infinity without nodes."""
        import shapely

        if not self.nodes:
            return np.full(len(x), -1), np.full(len(x), np.inf)
        tree = shapely.STRtree(shapely.points([(node.x, node.y) for node in self.nodes]))
        found, apart_m = tree.query_nearest(shapely.points(x, y), return_distance=True, all_matches=False)
        return np.asarray(found[1], np.int64), np.asarray(apart_m, np.float64)

    def of_place(self, x: float, y: float) -> DrainNode | None:
        """The node nearest to a place within reach."""
        number, apart_m = self.nearest(np.array([x]), np.array([y]))
        return self.nodes[int(number[0])] if apart_m[0] <= self.reach_m else None

    def of_buildings(self, labels: NDArray[np.int32], bed: Grid) -> Mapping[int, DrainNode]:
        """The node of each building that has one within reach of its outline.

        Parameters
        ----------
        labels : array, shape (rows, columns)
            Label of the building on each cell, 0 for none.
        bed : Grid
        """
        rows, columns = np.nonzero(labels)
        x = bed.west + (columns + 0.5) * bed.cell_m
        y = bed.north - (rows + 0.5) * bed.cell_m
        number, apart_m = self.nearest(x, y)
        building = labels[rows, columns]
        order = np.lexsort((apart_m, building))
        first = np.unique(building[order], return_index=True)[1]
        best = order[first]
        near = best[apart_m[best] - 0.5 * bed.cell_m <= self.reach_m]
        return {int(building[place]): self.nodes[int(number[place])] for place in near}
