"""A load flow of a distribution network: voltages from the impedance matrix of each part, by fixed point.

With constant power S at the nodes, the voltages are V = Z (I_s - conj(S / V)): Z is the inverse of the admittance
matrix with the transformers of the sources in it, I_s what these feed in. It is repeated until V no longer changes, and
takes loops and several sources as it takes trees. (T.-H. Chen and others, Distribution system power flow analysis: a
rigid approach, IEEE Transactions on Power Delivery 6(3), 1991, doi:10.1109/61.85860.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray
from ..common.errors import InputError
from ..common.progress import Progress, advance, silent
from .network import Flags, Ints, Network, Sources, current_a
from .supply import Supply

Complex = NDArray[np.complex128]
FREQUENCY_HZ = 50.0
CLOSE_PU = 1e-9
MOST_STEPS = 300
LOWEST_PU = 0.3
"""A voltage below it is no solution of a network in service."""
STIFF_PU = 1e-7
"""Impedance of a source without a transformer, and least one of a cable."""
MOST_NODES = 3000
"""Nodes of one part: its impedance matrix then takes 150 MB."""


@dataclass(frozen=True)
class Flow:
    """Voltages and loadings at several hours; NaN where there is no power or no solution.

    Attributes
    ----------
    voltage_pu : (nodes, hours) array
    current_a : (cables, hours) array
        The greater one of both ends.
    cable_percent, source_percent : (cables, hours), (sources, hours) arrays
        Share of the greatest current, or of the rated power.
    cable_mw, source_mw : (cables, hours), (sources, hours) arrays
        Power that enters a cable at its start, or that a source feeds in at its upper side.
    losses_mw : (hours,) array
        Of cables and transformers.
    solved : (hours,) array of bool
        False where a part of the network has no solution: it asks for more than its cables can carry.
    """

    voltage_pu: FloatArray
    current_a: FloatArray
    cable_percent: FloatArray
    source_percent: FloatArray
    cable_mw: FloatArray
    source_mw: FloatArray
    losses_mw: FloatArray
    solved: Flags


@dataclass(frozen=True)
class Feed:
    """A source as its two-port: ideal voltage, half impedances and the losses between them, in shares of 1 MVA."""

    voltage: float
    half: complex
    shunt: complex
    mva: float

    @property
    def open_voltage(self) -> complex:
        """Voltage of the busbar without load."""
        return self.voltage / (1.0 + self.half * self.shunt)

    @property
    def inner(self) -> complex:
        """Impedance that the busbar sees."""
        return self.half + self.half / (1.0 + self.half * self.shunt)


class Part:
    """A connected part of a network, ready to be solved for any loads."""

    def __init__(self, network: Network, nodes: Ints, cables: Ints, sources: Ints) -> None:
        if len(nodes) > MOST_NODES:
            raise InputError(
                "A part of the network has {n:,} nodes, more than the {most:,} that the built-in load flow takes: open"
                " the switches between its feeders, or choose METHOD pandapower or topology.",
                n=len(nodes),
                most=MOST_NODES,
            )
        self.nodes, self.cables, self.sources = nodes, cables, sources
        local = np.full(len(network.ids), -1, np.int64)
        local[nodes] = np.arange(len(nodes))
        own = network.cables
        self.start, self.end = local[own.start[cables]], local[own.end[cables]]
        self.kv = network.kv[own.start[cables]]
        base_ohm = self.kv**2
        z = (own.r_ohm[cables] + 1j * own.x_ohm[cables]) / base_ohm
        self.series = 1.0 / np.where(np.abs(z) < STIFF_PU, 1j * STIFF_PU, z)
        self.half_shunt = 1j * np.pi * FREQUENCY_HZ * own.c_nf[cables] * 1e-9 * base_ohm
        self.i_max_a = own.i_max_a[cables]
        self.feeds = [feed(network.sources, int(k)) for k in sources]
        self.bus = local[network.sources.node[sources]]
        self.matrix, self.injected = self._matrix(len(nodes))

    def _matrix(self, count: int) -> tuple[Complex, Complex]:
        """The impedance matrix, and the voltages without load."""
        y = np.zeros((count, count), np.complex128)
        for one, other in ((self.start, self.end), (self.end, self.start)):
            np.add.at(y, (one, one), self.series + self.half_shunt)
            np.add.at(y, (one, other), -self.series)
        current = np.zeros(count, np.complex128)
        for bus, one_feed in zip(self.bus, self.feeds, strict=True):
            y[bus, bus] += 1.0 / one_feed.inner
            current[bus] += one_feed.open_voltage / one_feed.inner
        z = np.linalg.inv(y)
        return z, z @ current

    def voltages(
        self, load_mva: Complex, start: Complex | None = None, close_pu: float = CLOSE_PU, most_steps: int = MOST_STEPS
    ) -> tuple[Complex, Flags]:
        """Voltages of all nodes for columns of loads, shape (nodes, columns), and which columns have a solution."""
        v = np.repeat(self.injected[:, None], load_mva.shape[1], axis=1) if start is None else start.copy()
        moving = np.ones(load_mva.shape[1], bool)
        solved = np.zeros(load_mva.shape[1], bool)
        for _ in range(most_steps):
            with np.errstate(all="ignore"):
                new = self.injected[:, None] - self.matrix @ np.conj(load_mva[:, moving] / v[:, moving])
                change = np.abs(new - v[:, moving]).max(axis=0)
                sound = np.isfinite(change) & (np.abs(new).min(axis=0) > LOWEST_PU)
            v[:, moving] = new
            at = np.flatnonzero(moving)
            solved[at[sound & (change < close_pu)]] = True
            moving[at[~sound | (change < close_pu)]] = False
            if not moving.any():
                break
        return v, solved

    def cable_currents(self, v: Complex) -> tuple[FloatArray, FloatArray, Complex, Complex]:
        """Of each cable: current in A, percent of the greatest one, and power into it at both ends in MVA."""
        there, here = v[self.start], v[self.end]
        across = (there - here) * self.series[:, None]
        into = across + there * self.half_shunt[:, None]
        back = here * self.half_shunt[:, None] - across
        amperes = current_a(np.maximum(np.abs(into), np.abs(back)), self.kv[:, None])
        return amperes, 100.0 * amperes / self.i_max_a[:, None], there * np.conj(into), here * np.conj(back)

    def source_loads(self, v: Complex) -> tuple[FloatArray, Complex, Complex]:
        """Of each source: percent of its rated power, and power at its upper and at its lower side in MVA."""
        percent, above, below = [], [], []
        for bus, one_feed in zip(self.bus, self.feeds, strict=True):
            out = (one_feed.open_voltage - v[bus]) / one_feed.inner
            middle = v[bus] + out * one_feed.half
            into = (one_feed.voltage - middle) / one_feed.half
            percent.append(100.0 * np.maximum(np.abs(into), np.abs(out)) / one_feed.mva)
            above.append(one_feed.voltage * np.conj(into))
            below.append(v[bus] * np.conj(out))
        return np.array(percent), np.array(above), np.array(below)


def feed(sources: Sources, k: int) -> Feed:
    """The two-port of a source."""
    mva = float(sources.mva[k])
    if not mva > 0:
        return Feed(float(sources.vm_pu[k]), 1j * STIFF_PU / 2, 0j, np.nan)
    r, z = float(sources.vkr_percent[k]) / 100.0 / mva, float(sources.vk_percent[k]) / 100.0 / mva
    series = complex(r, max(z * z - r * r, 0.0) ** 0.5) or 1j * STIFF_PU
    conductance, size = float(sources.pfe_kw[k]) / 1000.0, float(sources.i0_percent[k]) / 100.0 * mva
    shunt = complex(conductance, -(max(size * size - conductance * conductance, 0.0) ** 0.5))
    return Feed(float(sources.vm_pu[k]), series / 2.0, shunt, mva)


def parts(network: Network, supply: Supply) -> list[Part]:
    """The connected parts of a network with power.

    Raises
    ------
    InputError
        Where one has too many nodes.
    """
    usable = network.usable()
    return [
        Part(
            network,
            np.flatnonzero(supply.part == number),
            np.flatnonzero(usable & (supply.part[network.cables.start] == number)),
            np.flatnonzero(network.sources.on & (supply.part[network.sources.node] == number)),
        )
        for number in range(len(supply.loops))
    ]


def solve(network: Network, all_parts: list[Part], load_mva: Complex, progress: Progress = silent) -> Flow:
    """Voltages and loadings of all parts for loads of shape (nodes, hours) in MVA."""
    hours, cables, sources = load_mva.shape[1], len(network.cables.ids), len(network.sources.ids)
    voltage = np.full((len(network.ids), hours), np.nan)
    amperes, percent, power = (np.full((cables, hours), np.nan) for _ in range(3))
    loading, drawn = (np.full((sources, hours), np.nan) for _ in range(2))
    losses, solved = np.zeros(hours), np.ones(hours, bool)
    for number, part in enumerate(all_parts):
        advance(progress, number / len(all_parts))
        v, good = part.voltages(load_mva[part.nodes])
        v[:, ~good] = np.nan
        solved &= good
        voltage[part.nodes] = np.abs(v)
        into = part.cable_currents(v)
        amperes[part.cables], percent[part.cables], power[part.cables] = into[0], into[1], into[2].real
        above = part.source_loads(v)
        loading[part.sources], drawn[part.sources] = above[0], above[1].real
        losses += (into[2] + into[3]).real.sum(axis=0) + (above[1] - above[2]).real.sum(axis=0)
    losses[~solved] = np.nan
    return Flow(voltage, amperes, percent, loading, power, drawn, losses, solved)
