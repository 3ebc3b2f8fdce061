"""Where a station fits: the most that a node can take in addition before a cable, transformer or voltage limits it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..common.cells import FloatArray
from ..common.progress import Progress, advance, part, silent
from .flow import Complex, Part
from .network import Flags, Ints, Network

MOST_SPARE_NODES = 500
"""In a larger part the search takes too long."""
COLUMNS = 64
"""So many nodes are tried at once, between two questions whether to go on."""
WORSE_SHARE, WORSE_PU = 0.1, 0.0005
"""What is overloaded already stops a node only where so large a share of the addition reaches it; a voltage that is
beyond its limit already, where it gets worse by more."""
CLOSE_KW = 0.5
CLOSE_PU, MOST_STEPS = 1e-7, 60
"""Accuracy of voltages in the search; what takes more steps is so near to a collapse that it counts as one."""


@dataclass(frozen=True)
class SpareLimits:
    """Least and greatest voltage, as shares, greatest loading in percent, and the power factor of what is added."""

    lowest_pu: float
    highest_pu: float
    most_percent: float = 100.0
    power_factor: float = 1.0

    @property
    def added(self) -> complex:
        """Complex power of 1 kW that is added, MVA."""
        return complex(1.0, math.tan(math.acos(self.power_factor))) / 1000.0


@dataclass(frozen=True)
class Spare:
    """What can be added at each node.

    Attributes
    ----------
    kw : float array
        NaN without power, without a solution, and in parts of too many nodes.
    hour : int array
        Column of the hour that allows least, -1 where unknown.
    stop : list of str
        What stops more: the id of a cable or source, "voltage", or "" where unknown.
    left_out : int
        Nodes of parts with too many nodes.
    """

    kw: FloatArray
    hour: Ints
    stop: list[str]
    left_out: int


def find_spare(
    network: Network, all_parts: list[Part], load_mva: Complex, limits: SpareLimits, progress: Progress = silent
) -> Spare:
    """The least over all hours of what can be added at one node at a time, to 1 kW, rounded down.

    Parameters
    ----------
    load_mva : (nodes, hours) array
        Loads of the state to which is added.
    """
    count = len(network.ids)
    kw, hour, stop, left_out = np.full(count, np.nan), np.full(count, -1), [""] * count, 0
    for number, one in enumerate(all_parts):
        if len(one.nodes) > MOST_SPARE_NODES:
            left_out += len(one.nodes)
            continue
        share = part(progress, number / len(all_parts), (number + 1) / len(all_parts))
        for node, found in _Search(network, one, load_mva[one.nodes], limits).run(share):
            kw[node], hour[node], stop[node] = found
    return Spare(kw, hour, stop, left_out)


class _Search:
    """The search in one part of the network."""

    def __init__(self, network: Network, one: Part, load_mva: Complex, limits: SpareLimits) -> None:
        self.part, self.load, self.limits = one, load_mva, limits
        self.names = [network.cables.ids[k] for k in one.cables] + [network.sources.ids[k] for k in one.sources]
        self.base, self.solved = one.voltages(load_mva)
        self.base_percent = self._percent(self.base)
        self.base_pu = np.abs(self.base)
        cable_kva = math.sqrt(3.0) * one.kv * one.i_max_a
        self.rated_kva = np.concatenate([cable_kva, [1000.0 * feed.mva for feed in one.feeds]])[:, None]
        incident_kva = np.zeros(len(one.nodes))
        for ends in (one.start, one.end):
            np.add.at(incident_kva, ends, np.nan_to_num(cable_kva, nan=1e6))
        for bus, feed in zip(one.bus, one.feeds, strict=True):
            incident_kva[bus] += 1000.0 * np.nan_to_num(feed.mva, nan=1000.0)
        self.most_kw = incident_kva * max(limits.most_percent / 100.0, 1.0) + 1000.0 * np.abs(load_mva).max(axis=1)

    def run(self, progress: Progress) -> Iterator[tuple[int, tuple[float, int, str]]]:
        """Each node with its spare power, hour and what stops more."""
        if not self.solved.all():
            return
        hours = np.argsort(-np.nanmax(self.base_percent, axis=0, initial=0.0))
        nodes = np.arange(len(self.part.nodes))
        for first in range(0, len(nodes), COLUMNS):
            advance(progress, first / len(nodes))
            some = nodes[first : first + COLUMNS]
            kw, at, stop = self.most_kw[some].copy(), np.full(len(some), int(hours[0])), np.full(len(some), -1)
            for hour in hours.tolist():
                advance(progress, math.nan)
                passed, _ = self._passed(some, kw, hour)
                if passed.any():
                    low, which = self._bisect(some[passed], kw[passed], hour, progress)
                    kw[passed], at[passed], stop[passed] = low, hour, which
            for node, most, hour, which in zip(some, kw, at, stop, strict=True):
                name = "" if which < 0 else "voltage" if which >= len(self.names) else self.names[which]
                yield int(self.part.nodes[node]), (math.floor(most), int(hour), name)

    def _bisect(self, nodes: Ints, high: FloatArray, hour: int, progress: Progress) -> tuple[FloatArray, Ints]:
        """The most that passes no limit, below a power that passes one, and the limit just above it."""
        low, high = np.zeros(len(nodes)), high.copy()
        _, which = self._passed(nodes, high, hour)
        while (high - low).max() > CLOSE_KW:
            advance(progress, math.nan)
            middle = (low + high) / 2.0
            passed, found = self._passed(nodes, middle, hour)
            high, low = np.where(passed, middle, high), np.where(passed, low, middle)
            which = np.where(passed, found, which)
        return low, which

    def _passed(self, nodes: Ints, kw: FloatArray, hour: int) -> tuple[Flags, Ints]:
        """Whether an addition passes a limit, and the number of the limit that it passes most."""
        columns = np.arange(len(nodes))
        load = np.repeat(self.load[:, [hour]], len(nodes), axis=1)
        load[nodes, columns] += kw * self.limits.added
        start = np.repeat(self.base[:, [hour]], len(nodes), axis=1)
        v, solved = self.part.voltages(load, start, CLOSE_PU, MOST_STEPS)
        percent, pu = self._percent(v), np.abs(v)
        before, most = self.base_percent[:, [hour]], self.limits.most_percent
        share = (
            (percent - before) / 100.0 * self.rated_kva / (1000.0 * abs(self.limits.added) * np.maximum(kw, CLOSE_KW))
        )
        lowest = np.minimum(self.limits.lowest_pu, self.base_pu[:, [hour]] - WORSE_PU)
        highest = np.maximum(self.limits.highest_pu, self.base_pu[:, [hour]] + WORSE_PU)
        over = np.nan_to_num(np.where(before > most, share - WORSE_SHARE, percent / most - 1.0), nan=-1.0)
        under = np.maximum(lowest - pu, pu - highest).max(axis=0)[None, :]
        beyond = np.concatenate([over, under])
        return ~solved | (beyond > 0).any(axis=0), beyond.argmax(axis=0)

    def _percent(self, v: Complex) -> FloatArray:
        """Loading of cables and sources, percent."""
        return np.concatenate([self.part.cable_currents(v)[1], self.part.source_loads(v)[0]])
