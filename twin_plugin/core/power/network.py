"""A power network as arrays: nodes, cables between them, and the sources that feed it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Cables:
    """Cables and overhead lines between nodes; arrays have one value for each.

    Attributes
    ----------
    start, end : int arrays
        Indices of their nodes.
    r_ohm, x_ohm : float arrays
        Of the whole length.
    c_nf : float array
        Capacitance of the whole length, nF.
    i_max_a : float array
        Greatest current, NaN where unknown.
    closed : bool array
        False for what is switched off or out of service.
    """

    ids: tuple[str, ...]
    start: Ints
    end: Ints
    r_ohm: FloatArray
    x_ohm: FloatArray
    c_nf: FloatArray
    i_max_a: FloatArray
    closed: Flags


@dataclass(frozen=True)
class Sources:
    """Transformers to the grid above, each at a busbar; arrays have one value for each.

    Attributes
    ----------
    node : int array
        Index of the busbar.
    mva : float array
        Rated power, NaN for a source without a transformer, which holds the voltage of its busbar.
    kv_high : float array
        Voltage of the grid above.
    vk_percent, vkr_percent, pfe_kw, i0_percent : float arrays
        Short-circuit voltage, its resistive part, iron losses and no-load current.
    vm_pu : float array
        Voltage that the grid above holds, as a share of the rated one.
    on : bool array
        False for what is out of service.
    """

    ids: tuple[str, ...]
    node: Ints
    mva: FloatArray
    kv_high: FloatArray
    vk_percent: FloatArray
    vkr_percent: FloatArray
    pfe_kw: FloatArray
    i0_percent: FloatArray
    vm_pu: FloatArray
    on: Flags


@dataclass(frozen=True)
class Network:
    """Nodes with their rated voltage in kV, cables and sources.

    Attributes
    ----------
    on : bool array
        Nodes that are not out of service.
    """

    ids: tuple[str, ...]
    kv: FloatArray
    on: Flags
    cables: Cables
    sources: Sources

    def usable(self) -> Flags:
        """Cables that are closed, with both ends in service."""
        return self.cables.closed & self.on[self.cables.start] & self.on[self.cables.end]


@dataclass(frozen=True)
class Loads:
    """What nodes take at several hours, arrays of shape (nodes, hours), in kW and kvar.

    Attributes
    ----------
    hours : tuple of int
    p_kw, q_kvar : float arrays
        Load.
    generation_kw : float array
        What roofs and other generators give.
    storage_kw : float array
        What storage gives, negative while it charges.
    """

    hours: tuple[int, ...]
    p_kw: FloatArray
    q_kvar: FloatArray
    generation_kw: FloatArray
    storage_kw: FloatArray

    @property
    def net_mva(self) -> NDArray[np.complex128]:
        """What each node takes from the network, MVA."""
        p_kw = self.p_kw - self.generation_kw - self.storage_kw
        return np.asarray((p_kw + 1j * self.q_kvar) / 1000.0, np.complex128)


def current_a(pu: FloatArray, kv: FloatArray) -> FloatArray:
    """Currents in A of shares of 1 MVA at voltages in kV."""
    return np.asarray(pu * 1000.0 / (math.sqrt(3.0) * kv), np.float64)
