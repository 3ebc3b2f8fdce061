"""Roofs: what they hold back, downpipes from a layer of points, and the nodes of the drains that get roof rain."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.drains.network import DrainNetwork, DrainNode
from ....core.flood.processes.roofs import Roofs
from ....core.flood.roofs.nodes import NearestNodes, RoofsTo
from ....core.flood.roofs.runoff import Downpipe
from ....core.flood.surface import Surface
from ...kernel.input_table import Entry, reasons
from .building_points import FIELD, REACH_M, building_of, labels_by_id, place_of
from .parameters import Parameters

if TYPE_CHECKING:
    import shapely

NODE_FIELD = "node"
"""The field of a downpipe that names a node of the drains."""


@dataclass
class _Found:
    """Downpipes as they are read, and why others are left out.

    unknown and far: downpipes whose node takes no water, and roofs or downpipes without a node within reach.
    """

    pipes: list[Downpipe] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: list[str] = field(default_factory=list)
    far: int = 0


def read_roofs(parameters: Parameters, grid: Grid, surface: Surface, network: DrainNetwork | None) -> Roofs:
    """ROOF_STORAGE_MM, DOWNPIPES and ROOFS_TO.

    Raises
    ------
    InputError
        When there are downpipes and no buildings, none of them belongs to one, or no drains take roof rain.
    """
    storage_mm = parameters.number("ROOF_STORAGE_MM") or 0.0
    nodes = _nodes(parameters, surface, network)
    if not parameters.given("DOWNPIPES") and nodes is None:
        return Roofs(storage_mm)
    if surface.buildings is None:
        raise InputError("DOWNPIPES lead the rain of buildings: choose BUILDINGS, or leave DOWNPIPES empty.")
    found = _Found()
    if parameters.given("DOWNPIPES"):
        _read_downpipes(parameters, grid, surface, nodes, found)
    if nodes is not None:
        _lead_others(parameters, grid, surface.buildings, nodes, found)
    return Roofs(storage_mm, tuple(found.pipes))


def _nodes(parameters: Parameters, surface: Surface, network: DrainNetwork | None) -> NearestNodes | None:
    """The nodes that take roof rain; None where that goes to the ground."""
    if parameters.text("ROOFS_TO") != RoofsTo.DRAINS.value:
        return None
    if surface.buildings is None or network is None:
        raise InputError(
            "ROOFS_TO is drains, which leads the rain of buildings into a network: choose BUILDINGS, and DRAINS or "
            "NODES and CONDUITS, or ground."
        )
    nodes = NearestNodes.of(network, parameters.number("ROOF_REACH_M") or 0.0)
    if not nodes.nodes:
        raise InputError(
            "ROOFS_TO is drains, and no node of '{source}' has an inlet on the terrain: add DRAIN_INLETS, choose open "
            "in DRAINS_OTHER_NODES, or choose ground in ROOFS_TO.",
            source=network.source,
        )
    return nodes


def _read_downpipes(
    parameters: Parameters, grid: Grid, surface: Surface, nodes: NearestNodes | None, found: _Found
) -> None:
    """The downpipes of DOWNPIPES, with the node of the drains that each leads to."""
    source = parameters.source("DOWNPIPES")
    if source is None:
        return
    table = parameters.features(source, grid, FIELD, NODE_FIELD)
    labels = labels_by_id(parameters, grid) if FIELD in table.columns else {}
    rows = zip(table.geometries, table.get(FIELD), table.get(NODE_FIELD), strict=True)
    for point, said, node_said in rows:
        place = place_of(point, grid)
        building = building_of(said, labels, point, grid, surface)
        reason = "outside" if place is None else "stray" if not building else ""
        if reason or place is None or not building:
            found.left_out[reason] += 1
            continue
        node = None if nodes is None else _node_of(nodes, point, node_said, found)
        found.pipes.append(Downpipe(building, *place) if node is None else _led(building, node, grid))
    if len(table) and not found.pipes:
        raise InputError(
            "No downpipe of '{layer}' belongs to a building on the terrain: move the points to within {reach:g} m of "
            "one, or check the CRS.",
            layer=source.sourceName(),
            reach=REACH_M,
        )
    _report(parameters, source.sourceName(), found, surface)


def _node_of(nodes: NearestNodes, point: shapely.Geometry, said: Any, found: _Found) -> DrainNode | None:
    """The node that a downpipe names, else the nearest one; None where it takes no water or is too far."""
    import shapely

    name = "" if said is None else str(said).strip()
    if name:
        node = nodes.named(name)
        found.unknown.extend([] if node else [name])
        return node
    node = nodes.of_place(*shapely.get_coordinates(point)[0].tolist())
    found.far += node is None
    return node


def _led(building: int, node: DrainNode, grid: Grid) -> Downpipe:
    """A downpipe into a node, which stands for the node's cell."""
    return Downpipe(building, *divmod(node.cell, grid.columns), node.id)


def _lead_others(
    parameters: Parameters, grid: Grid, labels: NDArray[np.int32], nodes: NearestNodes, found: _Found
) -> None:
    """Lead the rain of buildings without downpipes to the nearest nodes, and say how many have none."""
    with_pipes = {pipe.building for pipe in found.pipes}
    others = set(np.unique(labels[labels > 0]).tolist()) - with_pipes
    nearest = nodes.of_buildings(labels, grid)
    found.pipes.extend(_led(building, nearest[building], grid) for building in sorted(others & set(nearest)))
    found.far += len(others - set(nearest))
    to_drains = {pipe.building for pipe in found.pipes if pipe.node}
    why = [
        Message("no node within {reach:g} m: {n}", reach=nodes.reach_m, n=found.far) if found.far else None,
        Message("the node takes no water: {n}", n=len(found.unknown)) if found.unknown else None,
        Message("these go to the ground") if found.far or found.unknown else None,
    ]
    left_out = found.far + len(found.unknown)
    parameters.entries.append(Entry(Message("Roofs led to the drains"), len(to_drains), left_out, 0, reasons(why)))
    if found.unknown:
        note = Message(
            "{n} downpipes name nodes that take no water, such as '{name}', and lead to the ground: name a node with "
            "an inlet on the terrain.",
            n=len(found.unknown),
            name=found.unknown[0],
        )
        parameters.warn([note])
    if not to_drains:
        raise InputError(
            "ROOFS_TO is drains, and no roof or downpipe has a node within {reach:g} m: make ROOF_REACH_M larger, or "
            "choose ground.",
            reach=nodes.reach_m,
        )


def _report(parameters: Parameters, layer: str, found: _Found, surface: Surface) -> None:
    """What is said of the downpipes of a layer."""
    left_out = found.left_out
    if left_out.total():
        parameters.warn(
            [
                Message(
                    "{count:,} downpipes of '{layer}' lie outside the terrain or belong to no building within "
                    "{reach:g} m, and have no effect.",
                    count=left_out.total(),
                    layer=layer,
                    reach=REACH_M,
                )
            ]
        )
    served = len({pipe.building for pipe in found.pipes})
    buildings = len(np.unique(surface.buildings[surface.buildings > 0])) if surface.buildings is not None else 0
    why = [
        Message("outside: {n}", n=left_out["outside"]) if left_out["outside"] else None,
        Message("of no building: {n}", n=left_out["stray"]) if left_out["stray"] else None,
        Message("{n} of {all} buildings have one, the others let rain run off beside them", n=served, all=buildings),
    ]
    parameters.entries.append(Entry(Message("Downpipes"), len(found.pipes), left_out.total(), 0, reasons(why)))
