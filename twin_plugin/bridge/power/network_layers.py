"""Layers of nodes, feeders and substations as the network that core takes, with what could not be used of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.power.cables import CableType
from ...core.power.network import Cables, Network, Sources
from ..kernel.input_table import Entry, reasons
from ..kernel.line_layers import first_field, id_text
from ..kernel.number_fields import NumberFields
from ..kernel.vectors import FeatureTable

IDS = ("id", "node_id", "asset_id", "编号")
NODE_OF = ("node", "bus", "节点")
FROM, TO = ("from_node", "from_bus", "from", "起点"), ("to_node", "to_bus", "to", "终点")
STATES = ("state", "status", "状态")
FEEDERS = ("feeder", "馈线")
CABLE_TYPES = ("cable", "cable_type", "std_type", "型号")
NAMES = ("name", "名称", "name_zh", "name_en")
OFF_WORDS = "open; off; out; out of service; normally open; reserve; 0; false; no; 断开; 停运; 检修; 备用; 常开"
ON_WORDS = "in service; closed; on; in; normally closed; 1; true; yes; 运行; 投运; 闭合; 常闭"
OFF, ON = frozenset(OFF_WORDS.split("; ")), frozenset(ON_WORDS.split("; ")) | {""}
"""Words of a state, in lower case."""
DEFAULT_KV = 10.0
DEFAULT_TRANSFORMER = {"vk_percent": 16.2, "vkr_percent": 0.34, "pfe_kw": 0.0, "i0_percent": 0.0}
"""Of a transformer of 40 MVA, where a source does not say."""
LEAST_OHM = 0.0001
"""A cable has this reactance at least: a load flow divides by it."""
KILO = 300.0, 3000.0
"""A length that is so many times the drawn one is in metres where kilometres are asked for."""


@dataclass(frozen=True)
class NetworkRead:
    """A network with the rows of the layers that it was read from.

    Attributes
    ----------
    node_rows, cable_rows, source_rows : int arrays
        Rows of the tables that nodes, cables and sources come from.
    names, feeders : list of str
        Name of each node, and the feeder that its layer gives it, "" where there is none.
    cable_feeders : list of str
        Feeder of each cable.
    """

    network: Network
    node_rows: np.ndarray
    cable_rows: np.ndarray
    source_rows: np.ndarray
    names: list[str]
    feeders: list[str]
    cable_feeders: list[str]
    notes: list[Message] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Layers:
    """The tables of a network, their names, and metres per unit of the feeders' CRS on both axes."""

    nodes: FeatureTable
    feeders: FeatureTable
    substations: FeatureTable
    names: tuple[str, str, str]
    metres: tuple[float, float]


def read_network(layers: Layers, cable_types: dict[str, CableType]) -> NetworkRead:
    """The network of the layers.

    Raises
    ------
    InputError
        Where a field is missing, or nothing can be used of a layer.
    """
    notes: list[Message] = []
    node_rows, ids, node_entry = _nodes(layers, notes)
    index = {name: k for k, name in enumerate(ids)}
    source_rows, sources, source_entry = _sources(layers, index, notes)
    numbers = NumberFields(layers.nodes)
    kv = numbers("kv")[node_rows]
    low = NumberFields(layers.substations)("kv_low")[source_rows]
    usual = float(np.nanmedian(low)) if np.isfinite(low).any() else DEFAULT_KV
    if unknown := int(np.isnan(kv).sum()):
        notes.append(Message("{n} nodes have no voltage in 'kv': they count with {kv:g} kV.", n=unknown, kv=usual))
    kv = np.where(np.isnan(kv), usual, kv)
    state = _on(layers.nodes, layers.names[0], notes)[node_rows]
    cable_rows, cables, cable_entry = _cables(layers, index, kv, cable_types, notes)
    notes.extend(numbers.warnings)
    titles = layers.nodes.get(first_field(layers.nodes, NAMES))
    own, of_cables = first_field(layers.nodes, FEEDERS), first_field(layers.feeders, FEEDERS)
    return NetworkRead(
        Network(tuple(ids), kv, state, cables, sources),
        node_rows,
        cable_rows,
        source_rows,
        [str(titles[row] or "") for row in node_rows],
        [id_text(layers.nodes.get(own)[row]) for row in node_rows],
        [id_text(layers.feeders.get(of_cables)[row]) for row in cable_rows],
        notes,
        [node_entry, cable_entry, source_entry],
    )


def ids_of(table: FeatureTable, parameter: str, name: str) -> list[str]:
    """The id of each row of a layer, "" where it has none.

    Raises
    ------
    InputError
        Where there is no such field.
    """
    own = first_field(table, IDS)
    if not own:
        raise InputError(
            "The layer '{layer}' of {parameter} has no field 'id': add one, with an id in each row.",
            layer=name,
            parameter=parameter,
        )
    return [id_text(value) for value in table.columns[own]]


def _nodes(layers: Layers, notes: list[Message]) -> tuple[np.ndarray, list[str], Entry]:
    ids = ids_of(layers.nodes, "NODES", layers.names[0])
    rows, empty, double = _first_of_each(ids)
    if not rows:
        raise InputError("The layer '{layer}' of NODES has no row with an id.", layer=layers.names[0])
    why = reasons(
        [
            Message("without an id: {n}", n=empty) if empty else None,
            _such("ids that an earlier row has: {n}, such as {id}", double),
        ]
    )
    entry = Entry(Message("Nodes"), len(rows), empty + len(double), 0, why)
    return np.array(rows), [ids[row] for row in rows], entry


def _first_of_each(ids: Sequence[str]) -> tuple[list[int], int, list[str]]:
    """Rows whose id no earlier row has, how many have none, and ids that stand again."""
    rows, seen, double = [], set[str](), []
    for row, name in enumerate(ids):
        if name in seen:
            double.append(name)
        elif name:
            seen.add(name)
            rows.append(row)
    return rows, sum(not name for name in ids), double


def _such(template: str, names: Sequence[str]) -> Message | None:
    return Message(template, n=len(names), id=names[0]) if names else None


def _on(table: FeatureTable, layer: str, notes: list[Message]) -> np.ndarray:
    """Whether the state of each row is in service; a word that is neither counts as in service, and is noted."""
    words = [id_text(value).lower() for value in table.get(first_field(table, STATES))]
    strange = Counter(word for word in words if word not in OFF and word not in ON)
    if strange:
        notes.append(
            Message(
                "{n} rows of '{layer}' have a state that is not known, such as '{state}': they count as in service "
                "(open, off or out of service switch off).",
                n=sum(strange.values()),
                layer=layer,
                state=next(iter(strange))[:40],
            )
        )
    return np.array([word not in OFF for word in words], bool)


def _sources(layers: Layers, index: dict[str, int], notes: list[Message]) -> tuple[np.ndarray, Sources, Entry]:
    table, layer = layers.substations, layers.names[2]
    ids, field_name = ids_of(table, "SUBSTATIONS", layer), first_field(table, NODE_OF)
    if not field_name:
        raise InputError(
            "The layer '{layer}' of SUBSTATIONS has no field 'node': it names the node of NODES that each one feeds.",
            layer=layer,
        )
    nodes = [id_text(value) for value in table.columns[field_name]]
    rows, empty, double = _first_of_each(ids)
    strangers = [ids[row] for row in rows if nodes[row] not in index]
    rows = [row for row in rows if nodes[row] in index]
    if not rows:
        raise InputError(
            "No source feeds the network: the field '{field}' of '{layer}' names none of the nodes of '{nodes}'.",
            field=field_name,
            layer=layer,
            nodes=layers.names[0],
        )
    numbers, guessed = NumberFields(table), np.zeros(len(rows), bool)
    values = {}
    for name, usual in DEFAULT_TRANSFORMER.items():
        values[name] = numbers(name)[rows]
        if usual:
            guessed |= np.isnan(values[name])
        values[name] = np.where(np.isnan(values[name]), usual, values[name])
    mva, kv_high = numbers("mva")[rows], numbers("kv_high")[rows]
    if unrated := [ids[row] for row, size in zip(rows, mva, strict=True) if not size > 0]:
        notes.append(
            Message(
                "{n} sources have no rated power in 'mva', such as {id}: they hold the voltage of their busbar, and "
                "have no loading.",
                n=len(unrated),
                id=unrated[0],
            )
        )
    vm_pu = numbers("vm_pu")[rows]
    notes.extend(numbers.warnings)
    why = reasons(
        [
            Message("without an id: {n}", n=empty) if empty else None,
            _such("ids that an earlier row has: {n}, such as {id}", double),
            _such("whose node is not in NODES: {n}, such as {id}", strangers),
            Message("guessed: a short-circuit voltage of 16.2 %") if guessed.any() else None,
        ]
    )
    entry = Entry(Message("Sources"), len(rows), len(ids) - len(rows), int(guessed.sum()), why)
    sources = Sources(
        tuple(ids[row] for row in rows),
        np.array([index[nodes[row]] for row in rows], np.int64),
        mva,
        np.where(np.isnan(kv_high), 110.0, kv_high),
        values["vk_percent"],
        np.minimum(values["vkr_percent"], values["vk_percent"]),
        values["pfe_kw"],
        values["i0_percent"],
        np.where(np.isnan(vm_pu), 1.0, vm_pu),
        _on(table, layer, notes)[rows],
    )
    return np.array(rows), sources, entry


def _cables(
    layers: Layers, index: dict[str, int], kv: np.ndarray, types: dict[str, CableType], notes: list[Message]
) -> tuple[np.ndarray, Cables, Entry]:
    table, layer = layers.feeders, layers.names[1]
    ids, ends = ids_of(table, "FEEDERS", layer), []
    for names in (FROM, TO):
        own = first_field(table, names)
        if not own:
            raise InputError(
                "The layer '{layer}' of FEEDERS has no field '{field}': it needs from_node and to_node, with ids of "
                "NODES.",
                layer=layer,
                field=names[0],
            )
        ends.append([id_text(value) for value in table.columns[own]])
    rows, empty, double = _first_of_each(ids)
    loose = [ids[row] for row in rows if any(end[row] not in index for end in ends)]
    joined = [row for row in rows if all(end[row] in index for end in ends)]
    round_ = [ids[row] for row in joined if ends[0][row] == ends[1][row]]
    joined = [row for row in joined if ends[0][row] != ends[1][row]]
    start, end = (np.array([index[end[row]] for row in joined], np.int64) for end in ends)
    steps = np.abs(kv[start] / kv[end] - 1.0) > 0.05 if joined else np.zeros(0, bool)
    unlike = [ids[joined[k]] for k in np.flatnonzero(steps)]
    use = np.flatnonzero(~steps)
    if not len(use):
        raise InputError(
            "No cable of '{layer}' joins two nodes of '{nodes}': from_node and to_node must be ids of NODES.",
            layer=layer,
            nodes=layers.names[0],
        )
    chosen = np.array(joined)[use]
    electric, guessed = _electric(layers, chosen, types, notes)
    why = reasons(
        [
            Message("without an id: {n}", n=empty) if empty else None,
            _such("ids that an earlier row has: {n}, such as {id}", double),
            _such("an end is no node of NODES: {n}, such as {id}", loose),
            _such("both ends are one node: {n}, such as {id}", round_),
            _such("the ends have different voltages: {n}, such as {id}", unlike),
            Message("guessed: resistance and reactance of {n}", n=guessed) if guessed else None,
        ]
    )
    entry = Entry(Message("Cables"), len(use), len(ids) - len(use), guessed, why)
    closed = _on(table, layer, notes)[chosen]
    return chosen, Cables(tuple(ids[row] for row in chosen), start[use], end[use], *electric, closed), entry


def _electric(
    layers: Layers, rows: np.ndarray, types: dict[str, CableType], notes: list[Message]
) -> tuple[tuple[np.ndarray, ...], int]:
    """Resistance, reactance, capacitance and greatest current of cables, and how many have the first two guessed."""
    table = layers.feeders
    numbers = NumberFields(table)
    length_km = numbers("length_km")[rows]
    drawn_km = _drawn_km(table.geometries[rows], layers.metres)
    both = np.isfinite(length_km) & (drawn_km > 0.001)
    share = float(np.median(length_km[both] / drawn_km[both])) if both.any() else 1.0
    if KILO[0] < share < KILO[1]:
        raise InputError(
            "The lengths in 'length_km' of '{layer}' are about {n:.0f} times those of the lines on the map: they seem "
            "to be in metres, and must be in kilometres.",
            layer=layers.names[1],
            n=share,
        )
    length_km = np.where(np.isfinite(length_km), length_km, drawn_km)
    own_type = first_field(table, CABLE_TYPES)
    of_type = [types.get(str(table.get(own_type)[row] or "").strip().lower()) for row in rows]
    found = {}
    for name in ("r_ohm_km", "x_ohm_km", "c_nf_km", "i_max_a"):
        given = numbers(name)[rows]
        usual = np.array([np.nan if one is None else getattr(one, name) for one in of_type])
        found[name] = np.where(np.isnan(given), usual, given)
    notes.extend(numbers.warnings)
    unknown = np.isnan(found["r_ohm_km"]) | np.isnan(found["x_ohm_km"])
    usual_type = next(iter(types.values()))
    r, x = (np.where(np.isnan(found[n]), getattr(usual_type, n), found[n]) for n in ("r_ohm_km", "x_ohm_km"))
    if unrated := int(np.isnan(found["i_max_a"]).sum()):
        notes.append(
            Message(
                "{n} cables have no greatest current in 'i_max_a': they have no loading and stop nothing.", n=unrated
            )
        )
    c = np.nan_to_num(found["c_nf_km"], nan=0.0)
    r_ohm, x_ohm = r * length_km, x * length_km
    if (short := np.hypot(r_ohm, x_ohm) < LEAST_OHM).any():
        text = "{n} cables have no length or no resistance: they count with {ohm:g} ohm, as a coupling of busbars."
        notes.append(Message(text, n=int(short.sum()), ohm=LEAST_OHM))
    return (r_ohm, np.where(short, LEAST_OHM, x_ohm), c * length_km, found["i_max_a"]), int(unknown.sum())


def _drawn_km(shapes: np.ndarray, metres: tuple[float, float]) -> np.ndarray:
    """The lengths of lines on the map, 0 without a line."""
    scaled = [None if shape is None else _scaled(shape, metres) for shape in shapes]
    return np.nan_to_num(shapely.length(np.array(scaled, object)), nan=0.0) / 1000.0


def _scaled(shape: Any, metres: tuple[float, float]) -> Any:
    return shapely.transform(shape, lambda places: places * metres)
