"""Loads of nodes by hour from a table or from the nodes themselves, and storage and critical buildings at nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.power.network import Loads, Network
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field, id_text
from ..kernel.number_fields import NumberFields
from ..kernel.vectors import FeatureTable
from .network_layers import NAMES, NODE_OF, NetworkRead, ids_of

HOURS = ("hour", "小时", "时刻")
MEGA = {"p_kw": "p_mw", "q_kvar": "q_mvar", "generation_kw": "generation_mw", "storage_kw": "storage_mw"}
MOST_HOURS = 8784
TOO_MUCH, TOO_LITTLE = 3.0, 0.001
"""A load of so many times the power of all sources, or so small a share of it, is in another unit."""


@dataclass(frozen=True)
class LoadsRead:
    """Loads of a network, with what could not be used."""

    loads: Loads
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Reserves:
    """Storage by node: energy that it holds in kWh and power in kW; 0 without storage."""

    energy_kwh: np.ndarray
    power_kw: np.ndarray


@dataclass(frozen=True)
class Critical:
    """Critical buildings: id, name, node (index, -1 for none of NODES), load in kW and minutes of their own power."""

    ids: list[str]
    names: list[str]
    node: np.ndarray
    p_kw: np.ndarray
    backup_min: np.ndarray


def read_loads(table: FeatureTable | None, layer: str, read: NetworkRead, nodes: FeatureTable) -> LoadsRead:
    """The loads by hour of a table, or the one state that the fields of the nodes give where there is none.

    Raises
    ------
    InputError
        Where a field is missing, no row can be used, or the loads are in another unit.
    """
    if table is None:
        return _of_nodes(read, nodes)
    own_node, own_hour = first_field(table, NODE_OF), first_field(table, HOURS)
    if not own_node:
        raise InputError("The table '{layer}' of LOADS has no field 'node', with ids of NODES.", layer=layer)
    _require_power(table, layer)
    index = {name: k for k, name in enumerate(read.network.ids)}
    names, numbers = [id_text(value) for value in table.columns[own_node]], NumberFields(table)
    hour = numbers("hour", own_hour) if own_hour else np.zeros(len(table))
    if len(parts := hour[np.isfinite(hour) & (hour % 1.0 != 0.0)]):
        raise InputError(
            "The field '{field}' of '{layer}' has parts of hours, such as {hour:g}: give the mean of each whole hour.",
            field=own_hour,
            layer=layer,
            hour=float(parts[0]),
        )
    values = {name: _power(numbers, name) for name in MEGA}
    strange = [name for name in names if name not in index]
    rows = [r for r, n in enumerate(names) if n in index and np.isfinite(hour[r]) and np.isfinite(values["p_kw"][r])]
    if not rows:
        raise InputError(
            "No row of the table '{layer}' of LOADS has a node of NODES, an hour and a load (p_kw).", layer=layer
        )
    hours = sorted({int(hour[row]) for row in rows})
    if len(hours) > MOST_HOURS:
        raise InputError("The table '{layer}' of LOADS has {n:,} hours: a year is the most.", layer=layer, n=len(hours))
    column = {hour: k for k, hour in enumerate(hours)}
    place = np.array([index[names[row]] for row in rows]), np.array([column[int(hour[row])] for row in rows])
    shape = len(read.network.ids), len(hours)
    sums, count = {}, np.zeros(shape, np.int64)
    np.add.at(count, place, 1)
    for name in MEGA:
        sums[name] = np.zeros(shape)
        np.add.at(sums[name], place, np.nan_to_num(values[name][rows], nan=0.0))
    gaps, negative = _fill(sums, count), int((values["p_kw"][rows] < 0).sum())
    twice, no_load = int((count > 1).sum()), len(table) - len(rows) - len(strange)
    notes = list(numbers.warnings)
    if negative:
        notes.append(Message("{n} loads in 'p_kw' are negative: they count as generation.", n=negative))
    why = reasons(
        [
            Message("whose node is not in NODES: {n}, such as {id}", n=len(strange), id=strange[0])
            if strange
            else None,
            Message("without a node, an hour or a load: {n}", n=no_load) if no_load > 0 else None,
            Message("added up, of one node and hour: {n}", n=twice) if twice else None,
            Message("hours that a node lacks, with the mean of its others: {n}", n=gaps) if gaps else None,
        ]
    )
    entry = Entry(Message("Rows of LOADS"), len(rows), len(table) - len(rows), gaps, why)
    loads = Loads(tuple(hours), *(sums[name] for name in MEGA))
    notes.extend(_doubts(read.network, loads, layer))
    if without := int((count.sum(axis=1) == 0).sum()):
        notes.append(Message("{n} nodes have no row in LOADS: they take nothing.", n=without))
    return LoadsRead(loads, notes, [entry])


def _require_power(table: FeatureTable, layer: str) -> None:
    if not first_field(table, ("p_kw", "p_mw")):
        raise InputError("The table '{layer}' of LOADS has no field 'p_kw' (or p_mw), the load.", layer=layer)


def _power(numbers: NumberFields, name: str) -> np.ndarray:
    """A power in kW from a field in kW, or else in MW."""
    own = first_field(numbers.table, (name,))
    if not own and (mega := first_field(numbers.table, (MEGA[name],))):
        return 1000.0 * numbers(name, mega)
    return numbers(name)


def _fill(sums: dict[str, np.ndarray], count: np.ndarray) -> int:
    """Give the hours that a node lacks the mean of its others; how many there are."""
    known = count > 0
    gaps = ~known & known.any(axis=1)[:, None]
    for values in sums.values():
        mean = values.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
        values[gaps] = np.broadcast_to(mean[:, None], values.shape)[gaps]
    return int(gaps.sum())


def _of_nodes(read: NetworkRead, nodes: FeatureTable) -> LoadsRead:
    numbers = NumberFields(nodes)
    values = {name: np.nan_to_num(_power(numbers, name)[read.node_rows], nan=0.0)[:, None] for name in MEGA}
    notes = list(numbers.warnings)
    if not first_field(nodes, ("p_kw", "p_mw")):
        notes.append(
            Message("There is no table of LOADS, and NODES has no field 'p_kw': the network is computed without load.")
        )
    loads = Loads((0,), *(values[name] for name in MEGA))
    return LoadsRead(loads, [*notes, *_doubts(read.network, loads, "NODES")], [])


def _doubts(network: Network, loads: Loads, layer: str) -> list[Message]:
    """Refuse loads that the sources cannot feed by far; doubt those that are too small.

    Raises
    ------
    InputError
    """
    mva = float(np.nansum(network.sources.mva))
    load_mw = float(loads.p_kw.sum(axis=0).max(initial=0.0)) / 1000.0
    if not mva or load_mw <= 0:
        return []
    if load_mw > TOO_MUCH * mva:
        raise InputError(
            "The loads of '{layer}' add up to {load:,.0f} MW, but all sources together have {mva:,.0f} MVA: are the "
            "loads in W and not in kW, or the sources in another unit than MVA?",
            layer=layer,
            load=load_mw,
            mva=mva,
        )
    if load_mw < TOO_LITTLE * mva:
        return [
            Message(
                "The loads of '{layer}' add up to {load:.3g} MW, very little beside {mva:,.0f} MVA of all sources: are "
                "they in MW and not in kW?",
                layer=layer,
                load=load_mw,
                mva=mva,
            )
        ]
    return []


def choose_hour(loads: Loads, hour: int | None) -> Loads:
    """The loads of one hour, or of all.

    Raises
    ------
    InputError
        Where there is no such hour.
    """
    if hour is None:
        return loads
    if hour not in loads.hours:
        raise InputError(
            "LOADS has no hour {hour}, only {first} to {last}: choose one of them, or leave HOUR empty.",
            hour=hour,
            first=loads.hours[0],
            last=loads.hours[-1],
        )
    k = loads.hours.index(hour)
    one = (values[:, [k]] for values in (loads.p_kw, loads.q_kvar, loads.generation_kw, loads.storage_kw))
    return Loads((hour,), *one)


def read_storage(
    table: FeatureTable | None, layer: str, network: Network
) -> tuple[Reserves, list[Message], list[Entry]]:
    """What storage holds at each node; its field soc_pct says which share, full where it does not.

    Raises
    ------
    InputError
        Where a field is missing.
    """
    energy, power = np.zeros(len(network.ids)), np.zeros(len(network.ids))
    if table is None:
        return Reserves(energy, power), [], []
    nodes, strangers = _places(table, "STORAGE", layer, network)
    numbers = NumberFields(table)
    mwh, mw, soc = (numbers(name) for name in ("mwh", "mw", "soc_pct"))
    rows = np.flatnonzero((nodes >= 0) & np.isfinite(mwh))
    np.add.at(energy, nodes[rows], 1000.0 * mwh[rows] * np.nan_to_num(soc[rows], nan=100.0) / 100.0)
    np.add.at(power, nodes[rows], 1000.0 * np.nan_to_num(mw[rows], nan=np.inf))
    notes = list(numbers.warnings)
    if len(rows) and 0.0 < np.nan_to_num(soc[rows], nan=100.0).max() <= 1.0:
        text = "No value of 'soc_pct' of '{layer}' is above 1: are they shares and not percent?"
        notes.append(Message(text, layer=layer))
    unknown, full = int(((nodes >= 0) & np.isnan(mwh)).sum()), int(np.isnan(soc[rows]).sum())
    why = reasons(
        [
            Message("whose node is not in NODES: {n}, such as {id}", n=len(strangers), id=strangers[0])
            if strangers
            else None,
            Message("without an energy (mwh): {n}", n=unknown) if unknown else None,
            Message("without a state of charge, counted as full: {n}", n=full) if full else None,
        ]
    )
    entry = Entry(Message("Storage"), len(rows), len(table) - len(rows), full, why)
    return Reserves(energy, power), notes, [entry]


def read_critical(
    table: FeatureTable | None, layer: str, network: Network
) -> tuple[Critical | None, list[Message], list[Entry]]:
    """Critical buildings and how long they go on without the network.

    Raises
    ------
    InputError
        Where a field is missing.
    """
    if table is None:
        return None, [], []
    nodes, strangers = _places(table, "CRITICAL", layer, network)
    numbers = NumberFields(table)
    p_kw, backup_h = numbers("p_kw"), numbers("backup_h")
    names = table.get(first_field(table, NAMES))
    unknown = int(np.isnan(backup_h).sum())
    why = reasons(
        [
            Message("whose node is not in NODES: {n}, such as {id}", n=len(strangers), id=strangers[0])
            if strangers
            else None,
            Message("without backup_h, which count as without a reserve: {n}", n=unknown) if unknown else None,
        ]
    )
    entry = Entry(Message("Critical buildings"), len(table) - len(strangers), len(strangers), unknown, why)
    critical = Critical(
        ids_of(table, "CRITICAL", layer),
        [str(name or "") for name in names],
        nodes,
        p_kw,
        60.0 * np.nan_to_num(backup_h, nan=0.0),
    )
    return critical, numbers.warnings, [entry]


def _places(table: FeatureTable, parameter: str, layer: str, network: Network) -> tuple[np.ndarray, Sequence[str]]:
    """The index of the node of each row, -1 for none of the network, and the names of these."""
    own = first_field(table, NODE_OF)
    if not own:
        raise InputError(
            "The layer '{layer}' of {parameter} has no field 'node', with ids of NODES.",
            layer=layer,
            parameter=parameter,
        )
    index = {name: k for k, name in enumerate(network.ids)}
    names = [id_text(value) for value in table.columns[own]]
    return np.array([index.get(name, -1) for name in names], np.int64), [n for n in names if n not in index]
