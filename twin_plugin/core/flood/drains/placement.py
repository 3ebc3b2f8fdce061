"""Lays a network of drains on the terrain of a run: which node has which cell, and why others have none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from ...common.cells import IntArray
from ...common.errors import InputError
from ...common.messages import Message
from ..surface import Surface
from .inp_copy import NetworkRain, RunCopy, run_copy
from .inp_inlets import node_inlets
from .inp_objects import LINK_SECTIONS, NODE_SECTIONS, InpNetwork, key
from .network import NO_CELL, DrainLink, DrainNetwork, DrainNode, FloatVector, Inlet, NodeKind, Uncoupled

FAR_M = 2.0
"""A rim that lies so far above or below the terrain is reported: another datum, or another place."""
LEAST_DEPTH_M = 0.3
"""Of a node whose depth comes from the terrain, above its bottom."""


class OtherNodes(Enum):
    """What nodes are for which no inlet is described."""

    AUTO = "auto"
    OPEN = "open"
    CLOSED = "closed"


class Outfalls(Enum):
    """Where the water of outfalls goes."""

    OUTSIDE = "outside"
    TERRAIN = "terrain"


@dataclass(frozen=True)
class Placing:
    """How a network is laid on a terrain.

    Attributes
    ----------
    duration_s : float
        Of the run.
    rain : NetworkRain
    other_nodes : OtherNodes
        auto: open where no node of the network has an inlet, else closed.
    outfalls : Outfalls
    inlets : mapping of str to Inlet
        By the keys of nodes; they go before those of the network.
    """

    duration_s: float
    rain: NetworkRain = NetworkRain.TERRAIN
    other_nodes: OtherNodes = OtherNodes.AUTO
    outfalls: Outfalls = Outfalls.OUTSIDE
    inlets: Mapping[str, Inlet] | None = None


def place(
    network: InpNetwork, surface: Surface, placing: Placing, x: FloatVector, y: FloatVector, links: Sequence[DrainLink]
) -> DrainNetwork:
    """The network of a run.

    Parameters
    ----------
    network : InpNetwork
    surface : Surface
    placing : Placing
    x, y : array, shape (nodes,)
        Coordinates in the terrain's CRS; NaN where unknown.
    links : sequence of DrainLink
        Those of the network, with paths in the terrain's CRS.

    Raises
    ------
    InputError
        When no node lies on the terrain, or a line of the network cannot be used.
    """
    inlets, notes = node_inlets(network)
    inlets = {**inlets, **(placing.inlets or {})}
    cell, ground_m, reasons = _cells(network, surface, x, y)
    _require_overlap(network, surface, x, y, reasons)
    nodes = _coupled(network, placing, inlets, (x, y, cell, ground_m), reasons)
    depths_m = _depths_of(network, nodes)
    nodes = tuple(_deep(node, depths_m) for node in nodes)
    copy = run_copy(network, placing.duration_s, placing.rain, depths_m)
    notes = [*network.text.notes, *network.notes, *notes, *copy.notes, *_notes(network, nodes, depths_m, placing)]
    return DrainNetwork(
        copy.text,
        tuple(replace(node, name=copy.names.get(node.id, node.id)) for node in nodes),
        tuple(replace(link, name=copy.names.get(link.id, link.id)) for link in links),
        network.units,
        copy.routing_step_s,
        network.text.source,
        _line_numbers(network, copy),
        tuple(notes),
        copy.origin if network.text.numbered else (),
    )


def _cells(
    network: InpNetwork, surface: Surface, x: FloatVector, y: FloatVector
) -> tuple[IntArray, FloatVector, list[Uncoupled | None]]:
    """Cell and ground of each node, and why it has none."""
    bed = surface.bed
    cell = bed.cells.index(x, y)
    ground_m = np.asarray(bed.sample(x, y), np.float64)
    free = surface.free.ravel()
    reasons: list[Uncoupled | None] = []
    for number in range(len(network.nodes)):
        if not (math.isfinite(x[number]) and math.isfinite(y[number])):
            reasons.append(Uncoupled.NO_COORDINATES)
        elif cell[number] < 0:
            reasons.append(Uncoupled.OUTSIDE)
        elif math.isnan(ground_m[number]):
            reasons.append(Uncoupled.NO_DATA)
        else:
            reasons.append(None if free[cell[number]] else Uncoupled.BUILDING)
    return cell, ground_m, reasons


def _require_overlap(
    network: InpNetwork, surface: Surface, x: FloatVector, y: FloatVector, reasons: Sequence[Uncoupled | None]
) -> None:
    """Refuse a network of which no node lies on the terrain."""
    if any(reason not in (Uncoupled.NO_COORDINATES, Uncoupled.OUTSIDE) for reason in reasons):
        return
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        raise InputError(
            "No node of '{source}' has coordinates, so that none can be laid on the terrain: add the section "
            "COORDINATES.",
            source=network.text.source,
        )
    cells = surface.bed.cells
    away_x = np.maximum(np.maximum(cells.west - x[known], x[known] - cells.east), 0.0)
    away_y = np.maximum(np.maximum(cells.south - y[known], y[known] - cells.north), 0.0)
    raise InputError(
        "None of the {n} nodes of '{source}' lies on the terrain, the nearest is {distance:,.0f} m away: choose the "
        "CRS of its coordinates in DRAINS_CRS, or an EXTENT that holds them.",
        n=len(network.nodes),
        source=network.text.source,
        distance=float(np.hypot(away_x, away_y).min()),
    )


def _coupled(
    network: InpNetwork,
    placing: Placing,
    inlets: Mapping[str, Inlet],
    places: tuple[FloatVector, FloatVector, IntArray, FloatVector],
    reasons: Sequence[Uncoupled | None],
) -> tuple[DrainNode, ...]:
    """The nodes with their place, inlet and cell."""
    other = None
    if placing.other_nodes is OtherNodes.OPEN or (placing.other_nodes is OtherNodes.AUTO and not inlets):
        other = Inlet()
    result = []
    for node, x, y, cell, ground_m, reason in zip(network.nodes, *places, reasons, strict=True):
        outfall = node.kind is NodeKind.OUTFALL
        inlet = None if outfall else inlets.get(key(node.id), other)
        receives = outfall and placing.outfalls is Outfalls.TERRAIN
        why = reason
        if why is None and outfall and not receives:
            why = Uncoupled.OUTFALL
        elif why is None and inlet is None and not outfall:
            why = Uncoupled.CLOSED
        result.append(
            replace(
                node,
                x=float(x),
                y=float(y),
                ground_m=float(ground_m),
                cell=int(cell) if why is None else NO_CELL,
                inlet=inlet,
                uncoupled=why,
                receives=receives and why is None,
            )
        )
    return tuple(result)


def _depths_of(network: InpNetwork, nodes: Sequence[DrainNode]) -> dict[str, float]:
    """Depths (m) up to the terrain of the coupled nodes for which the network has none, by their keys."""
    return {
        key(node.id): max(node.ground_m, node.rim_m, node.invert_m + LEAST_DEPTH_M) - node.invert_m
        for node in nodes
        if key(node.id) in network.without_depth and not math.isnan(node.ground_m)
    }


def _deep(node: DrainNode, depths_m: Mapping[str, float]) -> DrainNode:
    depth_m = depths_m.get(key(node.id))
    return node if depth_m is None else replace(node, rim_m=node.invert_m + depth_m)


def _line_numbers(network: InpNetwork, copy: RunCopy) -> dict[str, int]:
    """The user's line of each node and link, by section and name in the copy."""
    return {
        f"{section} {copy.names.get(line.item(0), line.item(0))}": line.number if network.text.numbered else 0
        for section in (*NODE_SECTIONS, *LINK_SECTIONS)
        for line in network.text.lines(section)
    }


def _notes(
    network: InpNetwork, nodes: Sequence[DrainNode], depths_m: Mapping[str, float], placing: Placing
) -> Iterator[Message]:
    source = network.text.source
    if placing.rain is NetworkRain.BOTH:
        yield Message(
            "DRAINS_RAIN is both: make sure that the subcatchments of '{source}' do not lie where it rains on the "
            "terrain, else that rain counts twice.",
            source=source,
        )
    strangers = sorted(set(placing.inlets or {}) - {key(node.id) for node in nodes})
    if strangers:
        yield Message(
            "{n} rows of DRAIN_INLETS name nodes that '{source}' does not have and are left out, such as '{name}'.",
            n=len(strangers),
            source=source,
            name=strangers[0],
        )
    if depths_m:
        yield Message(
            "{n} nodes of '{source}' have no depth: their rim is that of the terrain.", n=len(depths_m), source=source
        )
    if streets := [link for link in network.links if link.shape == "STREET"]:
        yield Message(
            "{n} conduits of '{source}' are streets (cross-section STREET), such as '{name}', which the terrain has, "
            "too: water runs on both. Take them out of the input.",
            n=len(streets),
            source=source,
            name=streets[0].id,
        )
    shared = Counter(node.cell for node in nodes if node.cell != NO_CELL)
    if several := [count for count in shared.values() if count > 1]:
        yield Message(
            "{n} nodes of '{source}' share a cell with others: they take from the same water.",
            n=sum(several),
            source=source,
        )
    yield from _rim_notes(source, nodes)


def _rim_notes(source: str, nodes: Sequence[DrainNode]) -> Iterator[Message]:
    """What is said of rims far from the terrain, which tells of another datum or unit."""
    known = [node for node in nodes if node.cell != NO_CELL and not math.isnan(node.rim_m)]
    far = [node for node in known if abs(node.rim_m - node.ground_m) > FAR_M]
    if far:
        worst = max(far, key=lambda node: abs(node.rim_m - node.ground_m))
        yield Message(
            "{n} of the {all} coupled nodes of '{source}' have a rim more than {limit:g} m above or below the terrain, "
            "'{name}' most: {rim:.2f} m, where the terrain is at {ground:.2f} m. Make sure that both have the same "
            "datum.",
            n=len(far),
            all=len(known),
            source=source,
            limit=FAR_M,
            name=worst.id,
            rim=worst.rim_m,
            ground=worst.ground_m,
        )
