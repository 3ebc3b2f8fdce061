"""The load flow by pandapower, an optional package; the network and the results are those of the built-in one."""

from __future__ import annotations

import importlib.util
import math
from typing import Any

import numpy as np

from ..common.errors import InputError, ResourceError
from ..common.progress import Progress, advance, silent
from .flow import FREQUENCY_HZ, Complex, Flow
from .network import Network


def has_pandapower() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("pandapower") is not None


def solve_pandapower(network: Network, load_mva: Complex, progress: Progress = silent) -> Flow:
    """Voltages and loadings for loads of shape (nodes, hours) in MVA, as `flow.solve` gives them.

    Raises
    ------
    ResourceError
        Where the package is missing, or does not load.
    InputError
        Where a source has no transformer.
    """
    try:
        import pandapower
    except ImportError as error:
        raise ResourceError(
            "METHOD pandapower needs the Python package 'pandapower', which cannot be loaded ({reason}): install it "
            "into QGIS's Python with 'python -m pip install pandapower', or choose METHOD auto.",
            reason=error,
        ) from error
    net, cables, sources, loads = _build(pandapower, network)
    columns = load_mva.shape[1]
    voltage = np.full((len(network.ids), columns), np.nan)
    amperes, percent, power = (np.full((len(cables), columns), np.nan) for _ in range(3))
    loading, drawn = (np.full((len(sources), columns), np.nan) for _ in range(2))
    losses, solved = np.full(columns, np.nan), np.zeros(columns, bool)
    for column in range(columns):
        advance(progress, column / columns)
        net.load.loc[loads, "p_mw"] = load_mva[:, column].real
        net.load.loc[loads, "q_mvar"] = load_mva[:, column].imag
        try:
            pandapower.runpp(net, calculate_voltage_angles=False, init="flat", numba=False)
        except pandapower.LoadflowNotConverged:
            continue
        solved[column] = True
        voltage[:, column] = net.res_bus.vm_pu.to_numpy()[: len(network.ids)]
        lines, transformers = net.res_line.loc[cables], net.res_trafo.loc[sources]
        amperes[:, column] = 1000.0 * lines.i_ka.to_numpy()
        percent[:, column] = lines.loading_percent.to_numpy()
        power[:, column] = lines.p_from_mw.to_numpy()
        loading[:, column] = transformers.loading_percent.to_numpy()
        drawn[:, column] = transformers.p_hv_mw.to_numpy()
        losses[column] = np.nansum(lines.pl_mw) + np.nansum(transformers.pl_mw)
    unrated = ~np.isfinite(network.cables.i_max_a)
    percent[unrated] = np.nan
    dead = np.isnan(amperes) | ~network.usable()[:, None]
    for values in (amperes, percent, power):
        values[dead] = np.nan
    off = ~network.sources.on
    loading[off], drawn[off] = np.nan, np.nan
    return Flow(voltage, amperes, percent, loading, power, drawn, losses, solved)


def _build(pandapower: Any, network: Network) -> tuple[Any, list[int], list[int], list[int]]:
    """The network as pandapower holds it, with the indices of its lines, transformers and loads.

    Outages are switched off and not left out, so that the indices stay.
    """
    own, sources = network.cables, network.sources
    net = pandapower.create_empty_network(f_hz=FREQUENCY_HZ)
    buses = [
        pandapower.create_bus(net, float(kv), in_service=bool(on))
        for kv, on in zip(network.kv, network.on, strict=True)
    ]
    usable = network.usable()
    lines = [
        pandapower.create_line_from_parameters(
            net,
            buses[own.start[k]],
            buses[own.end[k]],
            1.0,
            float(own.r_ohm[k]),
            float(own.x_ohm[k]),
            float(own.c_nf[k]),
            float(own.i_max_a[k]) / 1000.0 if math.isfinite(own.i_max_a[k]) else 1e6,
            in_service=bool(usable[k]),
        )
        for k in range(len(own.ids))
    ]
    transformers = []
    for k, name in enumerate(sources.ids):
        if not sources.mva[k] > 0:
            raise InputError(
                "The source {name} has no rated power (mva), which pandapower needs: fill it in, or choose METHOD "
                "builtin.",
                name=name,
            )
        above = pandapower.create_bus(net, float(sources.kv_high[k]))
        pandapower.create_ext_grid(net, above, vm_pu=float(sources.vm_pu[k]), in_service=bool(sources.on[k]))
        busbar = int(sources.node[k])
        transformers.append(
            pandapower.create_transformer_from_parameters(
                net,
                above,
                buses[busbar],
                float(sources.mva[k]),
                float(sources.kv_high[k]),
                float(network.kv[busbar]),
                float(sources.vkr_percent[k]),
                float(sources.vk_percent[k]),
                float(sources.pfe_kw[k]),
                float(sources.i0_percent[k]),
                in_service=bool(sources.on[k] and network.on[busbar]),
            )
        )
    loads = [pandapower.create_load(net, bus, 0.0, 0.0) for bus in buses]
    return net, lines, transformers, loads
