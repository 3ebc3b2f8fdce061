"""From layers of nodes and conduits to a SWMM input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...common.errors import InputError
from ...common.messages import Message
from .inp_objects import key
from .layer_conduits import Conduit, ConduitReader
from .layer_fields import NODE_KINDS, is_true, kind_in, number_in, plain_name, text_in
from .layer_inlets import inlet_of
from .network import Inlet

USUAL_DEPTH_M = 1.5
"""Of a node without any level but the terrain's."""


@dataclass(frozen=True)
class LayerRows:
    """A layer as values by meaning, in the terrain's CRS.

    Attributes
    ----------
    name : str
        Of the layer.
    rows : sequence of mapping
        Values of each feature by the meanings of `layer_fields`.
    places : sequence of sequence of (x, y)
        One for a node, two or more for a conduit; empty where the feature has no geometry.
    """

    name: str
    rows: Sequence[Mapping[str, Any]]
    places: Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class LayerInput:
    """What layers describe.

    Attributes
    ----------
    text : str
        SWMM input in SI units (CMS), with the ids of the layers.
    inlets : dict of str to Inlet
        By the keys of nodes.
    nodes, conduits : int
        How many it has.
    guessed : int
        Nodes and conduits of which a size was missing.
    notes : tuple of Message
    """

    text: str
    inlets: dict[str, Inlet]
    nodes: int
    conduits: int
    guessed: int
    notes: tuple[Message, ...]


@dataclass
class _Node:
    """A node while it is read."""

    id: str
    kind: str
    x: float
    y: float
    ground_m: float
    invert_m: float
    depth_m: float
    rim_m: float
    row: Mapping[str, Any]
    lowest_m: float = math.inf


@dataclass
class _Notes:
    """What is counted while layers are read; the first of each kind is named."""

    first: dict[str, tuple[str, str]] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, name: str, value: str = "") -> None:
        self.first.setdefault(kind, (name, value))
        self.count[kind] = self.count.get(kind, 0) + 1


def layer_input(nodes: LayerRows, conduits: LayerRows, ground_m: Sequence[float], tolerance_m: float) -> LayerInput:
    """The SWMM input of layers.

    Parameters
    ----------
    nodes, conduits : LayerRows
    ground_m : sequence of float
        Terrain at each node; NaN where unknown.
    tolerance_m : float
        So far from its end a conduit looks for its node where its fields name none.

    Raises
    ------
    InputError
        For the first feature that cannot be used.
    """
    notes = _Notes()
    read = _read_nodes(nodes, ground_m, notes)
    reader = ConduitReader(conduits.name, {key(node.id): (node.id, node.x, node.y) for node in read}, tolerance_m)
    links = [reader.read(row, path) for row, path in zip(conduits.rows, conduits.places, strict=True)]
    _settle_levels(nodes.name, read, links, notes)
    inlets = {
        key(node.id): inlet
        for node in read
        if node.kind != "outfall" and (inlet := inlet_of(node.row, node.id, nodes.name)) is not None
    }
    text = "\n".join(
        [*_head(nodes.name), *_node_lines(read), *_link_lines(read, links), *_place_lines(read, links), ""]
    )
    told = (*_sentences(nodes.name, notes), *reader.sentences())
    guessed = notes.count.get("depth", 0) + reader.guessed
    return LayerInput(text, inlets, len(read), len(links), guessed, told)


def _read_nodes(layer: LayerRows, ground_m: Sequence[float], notes: _Notes) -> list[_Node]:
    found: dict[str, _Node] = {}
    for number, (row, place, ground) in enumerate(zip(layer.rows, layer.places, ground_m, strict=True), 1):
        if not place:
            notes.add("no place", text_in(row.get("id")) or str(number))
            continue
        name = text_in(row.get("id")) or f"N{number}"
        plain = plain_name(name)
        if plain != name:
            notes.add("renamed", name, plain)
        if key(plain) in found:
            raise InputError(
                "The layer '{layer}' has two nodes '{name}': give each an id of its own.", layer=layer.name, name=name
            )
        word = text_in(row.get("kind"))
        kind = kind_in(word, NODE_KINDS)
        if word and not kind:
            notes.add("kind", name, word)
        x, y = place[0]
        found[key(plain)] = _Node(
            plain,
            kind or "junction",
            x,
            y,
            ground,
            number_in(row.get("invert_m")),
            number_in(row.get("depth_m")),
            number_in(row.get("rim_m")),
            row,
        )
    if not found:
        raise InputError("The layer '{layer}' has no nodes: choose another one for NODES.", layer=layer.name)
    if not any(node.kind == "outfall" for node in found.values()):
        raise InputError(
            "The layer '{layer}' has no outfall, so that no water could leave the pipes: give the lowest node the kind "
            "outfall.",
            layer=layer.name,
        )
    return list(found.values())


def _settle_levels(layer: str, nodes: Sequence[_Node], links: Sequence[Conduit], notes: _Notes) -> None:
    """Give every node a bottom and a rim: from its fields, its conduits and the terrain, in this order."""
    by_key = {key(node.id): node for node in nodes}
    for link in links:
        for name, level_m in ((link.start, link.invert_in_m), (link.end, link.invert_out_m)):
            if not math.isnan(level_m):
                by_key[key(name)].lowest_m = min(by_key[key(name)].lowest_m, level_m)
    for node in nodes:
        _settle(layer, node, notes)
    for link in links:
        link.settle(by_key[key(link.start)].invert_m, by_key[key(link.end)].invert_m)


def _settle(layer: str, node: _Node, notes: _Notes) -> None:
    rim_m = node.ground_m if math.isnan(node.rim_m) else node.rim_m
    if math.isnan(node.invert_m):
        node.invert_m = rim_m - node.depth_m
    if math.isnan(node.invert_m) and math.isfinite(node.lowest_m):
        node.invert_m = node.lowest_m
    elif math.isnan(node.invert_m):
        node.invert_m = rim_m - USUAL_DEPTH_M
        notes.add("depth", node.id)
    if node.lowest_m < node.invert_m - 1e-6:
        notes.add("lowered", node.id, f"{node.invert_m - node.lowest_m:.2f}")
        node.invert_m = node.lowest_m
    if math.isnan(rim_m):
        rim_m = node.invert_m + node.depth_m
    if math.isnan(node.invert_m) or (math.isnan(rim_m) and node.kind != "outfall"):
        raise InputError(
            "The node '{name}' of '{layer}' has no level: give it invert_m and rim_m or depth_m, or a place on the "
            "terrain.",
            name=node.id,
            layer=layer,
        )
    if node.kind != "outfall" and not rim_m > node.invert_m:
        raise InputError(
            "The node '{name}' of '{layer}' has its rim at {rim:.2f} m, not above its bottom at {invert:.2f} m: "
            "correct invert_m, depth_m or rim_m.",
            name=node.id,
            layer=layer,
            rim=rim_m,
            invert=node.invert_m,
        )
    node.rim_m = rim_m


def _head(source: str) -> list[str]:
    return [
        "[TITLE]", f"Drains of the layer {source}", "",
        "[OPTIONS]", "FLOW_UNITS           CMS", "FLOW_ROUTING         DYNWAVE", "LINK_OFFSETS         DEPTH",
        "START_DATE           01/01/2020", "START_TIME           00:00:00", "END_DATE             01/02/2020",
        "END_TIME             00:00:00", "ALLOW_PONDING        NO", "ROUTING_STEP         00:00:05",
        "VARIABLE_STEP        0.75", "MIN_SLOPE            0", "",
    ]  # fmt: skip


def _node_lines(nodes: Sequence[_Node]) -> list[str]:
    lines = ["[JUNCTIONS]", ";;Name Elevation MaxDepth InitDepth SurDepth Aponded"]
    lines += [
        f"{node.id}  {node.invert_m:.4f}  {node.rim_m - node.invert_m:.4f}  0  0  0"
        for node in nodes
        if node.kind == "junction"
    ]
    lines += ["", "[OUTFALLS]", ";;Name Elevation Type Stage Gated"]
    for node in nodes:
        if node.kind == "outfall":
            level_m, flap = number_in(node.row.get("level_m")), "YES" if is_true(node.row.get("flap")) else "NO"
            stage = "FREE" if math.isnan(level_m) else f"FIXED  {level_m:.4f}"
            lines.append(f"{node.id}  {node.invert_m:.4f}  {stage}  {flap}")
    lines += [
        "",
        "[STORAGE]",
        ";;Name Elevation MaxDepth InitDepth Shape Coefficient Exponent Constant SurDepth Evaporated",
    ]
    for node in nodes:
        if node.kind == "storage":
            area_m2 = number_in(node.row.get("area_m2"))
            if not area_m2 > 0:
                raise InputError(
                    "The storage '{name}' has no area: give it area_m2, its plan area in m² (it may be shaft or pond).",
                    name=node.id,
                )
            depth_m = node.rim_m - node.invert_m
            lines.append(f"{node.id}  {node.invert_m:.4f}  {depth_m:.4f}  0  FUNCTIONAL  0  0  {area_m2:.4f}  0  0")
    return [*lines, ""]


def _link_lines(nodes: Sequence[_Node], links: Sequence[Conduit]) -> list[str]:
    lines = ["[CONDUITS]", ";;Name From To Length Roughness InOffset OutOffset"]
    lines += [link.conduit_line() for link in links if not link.is_pump]
    lines += ["", "[XSECTIONS]", ";;Link Shape Height Width Geom3 Geom4 Barrels"]
    lines += [link.section_line() for link in links if not link.is_pump]
    lines += ["", "[LOSSES]", ";;Link Entry Exit Average Flap"]
    lines += [f"{link.id}  0  0  0  YES" for link in links if not link.is_pump and link.flap]
    pumps = [link for link in links if link.is_pump]
    if pumps:
        lines += ["", "[PUMPS]", ";;Name From To Curve Status StartUp ShutOff"]
        lines += [link.pump_line() for link in pumps]
        deepest_m = max(node.rim_m - node.invert_m for node in nodes if not math.isnan(node.rim_m))
        lines += ["", "[CURVES]", ";;Name Type Depth Flow"]
        lines += [row for link in pumps for row in link.curve_lines(deepest_m)]
    return [*lines, ""]


def _place_lines(nodes: Sequence[_Node], links: Sequence[Conduit]) -> list[str]:
    lines = ["[COORDINATES]", ";;Node X Y"]
    lines += [f"{node.id}  {node.x:.3f}  {node.y:.3f}" for node in nodes]
    lines += ["", "[VERTICES]", ";;Link X Y"]
    return [*lines, *(f"{link.id}  {x:.3f}  {y:.3f}" for link in links for x, y in link.path[1:-1])]


def _sentences(layer: str, notes: _Notes) -> list[Message]:
    result = []
    for kind, count in notes.count.items():
        name, value = notes.first[kind]
        result.append(_sentence(kind, {"n": count, "layer": layer, "name": name, "value": value}))
    return result


def _sentence(kind: str, values: Mapping[str, Any]) -> Message:
    """What is said of nodes that were counted."""
    if kind == "no place":
        return Message("{n} nodes of '{layer}' have no point and are left out, such as '{name}'.", **values)
    if kind == "renamed":
        return Message("{n} ids of '{layer}' have letters that SWMM cannot read: '{name}' became '{value}'.", **values)
    if kind == "kind":
        return Message(
            "{n} nodes of '{layer}' have a kind that is not known and are junctions, such as '{value}'.", **values
        )
    if kind == "depth":
        return Message("{n} nodes of '{layer}' have no depth: 1.5 m is taken, as for '{name}'.", **values)
    return Message(
        "{n} nodes of '{layer}' lie above a pipe that ends there and were lowered to it, '{name}' by {value} m.",
        **values,
    )
