"""Who has power: a search of the graph from the sources that are in service along the cables that are closed."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from .network import Flags, Ints, Network


@dataclass(frozen=True)
class Supply:
    """What a search from the sources found.

    Attributes
    ----------
    part : int array
        Number of the part of the network that a node belongs to, from 0 on; -1 without power.
    source : int array
        Index of the source that reaches a node by the fewest cables, -1 without power.
    steps : int array
        Cables on that way, -1 without power.
    cable : int array
        The last of them, -1 at a busbar and without power.
    loops : int array
        For each part, how many cables close a loop or join two sources.
    """

    part: Ints
    source: Ints
    steps: Ints
    cable: Ints
    loops: Ints

    @property
    def reached(self) -> Flags:
        """Nodes with power."""
        return np.asarray(self.part >= 0)


def find_supply(network: Network) -> Supply:
    """Search from all sources at once, cable by cable.

    Returns
    -------
    Supply
        Sources that meet are one part.
    """
    count, cables = len(network.ids), network.cables
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    usable = np.flatnonzero(network.usable())
    for cable in usable.tolist():
        one, other = int(cables.start[cable]), int(cables.end[cable])
        near[one].append((other, cable))
        near[other].append((one, cable))
    source, steps, way = (np.full(count, -1, np.int64) for _ in range(3))
    feeding = [k for k in np.flatnonzero(network.sources.on).tolist() if network.on[network.sources.node[k]]]
    todo: deque[int] = deque()
    for k in feeding:
        node = int(network.sources.node[k])
        if source[node] < 0:
            source[node], steps[node] = k, 0
            todo.append(node)
    while todo:
        node = todo.popleft()
        for other, cable in near[node]:
            if source[other] < 0:
                source[other], steps[other], way[other] = source[node], steps[node] + 1, cable
                todo.append(other)
    part = _parts(near, source)
    loops = np.zeros(int(part.max(initial=-1)) + 1, np.int64)
    inside = usable[part[cables.start[usable]] >= 0]
    np.add.at(loops, part[cables.start[inside]], 1)
    np.subtract.at(loops, part[part >= 0], 1)  # a tree has one cable less than nodes,
    np.add.at(loops, part[network.sources.node[feeding]], 1)  # and one source
    return Supply(part, source, steps, way, loops)


def _parts(near: list[list[tuple[int, int]]], source: Ints) -> Ints:
    """Numbers of the connected parts of the nodes that a source reaches."""
    part, number = np.full(len(source), -1, np.int64), 0
    for first in np.flatnonzero(source >= 0).tolist():
        if part[first] >= 0:
            continue
        part[first], todo = number, [first]
        while todo:
            for other, _ in near[todo.pop()]:
                if part[other] < 0:
                    part[other] = number
                    todo.append(other)
        number += 1
    return part
