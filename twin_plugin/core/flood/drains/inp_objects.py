"""Nodes and links of a SWMM input, in metres, each with its line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...common.errors import InputError
from ...common.messages import Message
from .inp_text import InpLine, InpText
from .network import DrainLink, DrainNode, FlowUnits, LinkKind, NodeKind

NODE_SECTIONS = {
    "JUNCTIONS": NodeKind.JUNCTION,
    "OUTFALLS": NodeKind.OUTFALL,
    "STORAGE": NodeKind.STORAGE,
    "DIVIDERS": NodeKind.DIVIDER,
}
LINK_SECTIONS = {
    "CONDUITS": LinkKind.CONDUIT,
    "PUMPS": LinkKind.PUMP,
    "ORIFICES": LinkKind.ORIFICE,
    "WEIRS": LinkKind.WEIR,
    "OUTLETS": LinkKind.OUTLET,
}
UPHILL_M = 1e-4
_DIVIDER_DEPTH = {"OVERFLOW": 4, "CUTOFF": 5, "TABULAR": 5, "WEIR": 7}
"""Item with the depth of a divider, by its type."""


@dataclass(frozen=True)
class InpNetwork:
    """What a SWMM input describes, before it lies on a terrain; coordinates are those of the input.

    Attributes
    ----------
    text : InpText
    units : FlowUnits
    nodes, links : tuple
    without_depth : frozenset of str
        Keys of nodes whose depth is not given: their rim is the highest crown of their pipes.
    notes : tuple of Message
    """

    text: InpText
    units: FlowUnits
    nodes: tuple[DrainNode, ...]
    links: tuple[DrainLink, ...]
    without_depth: frozenset[str] = frozenset()
    notes: tuple[Message, ...] = ()


def key(name: str) -> str:
    """How SWMM compares names: in any case of the Latin letters."""
    return "".join(letter.upper() if letter.isascii() else letter for letter in name)


def read_network(text: InpText) -> InpNetwork:
    """The nodes and links of an input.

    Raises
    ------
    InputError
        For the first line that cannot be used, and where the network has no outfall or a pipe no node.
    """
    units = _units(text)
    nodes = _nodes(text, units)
    ends = _link_lines(text, nodes)
    sections = {key(line.item(0)): line for line in text.lines("XSECTIONS")}
    _require_outfall(text, nodes)
    _require_single_pipes(text, nodes, ends)
    _require_diversions(text, ends)
    offsets_are_levels = text.option("LINK_OFFSETS", "DEPTH").upper().startswith("ELEV")
    links, crowns, rises = [], dict.fromkeys(nodes, -math.inf), []
    for kind, line in ends.values():
        start, end = nodes[key(line.item(1))], nodes[key(line.item(2))]
        height_m, shape = _cross_section(text, line, kind, sections, units)
        length_m = math.nan
        if kind is LinkKind.CONDUIT:
            length_m = positive(text, line, 3, Message("length")) * units.length_m
        levels = _levels(text, line, kind, (start, end), units, offsets_are_levels)
        for node, level_m in zip((start, end), levels, strict=True):
            crowns[key(node.id)] = max(crowns[key(node.id)], level_m + (height_m if height_m == height_m else 0.0))
        if kind is LinkKind.CONDUIT and levels[1] - levels[0] > UPHILL_M:
            rises.append((levels[1] - levels[0], line))
        links.append(
            DrainLink(line.item(0), line.item(0), kind, start.id, end.id, length_m, height_m, shape, (), line.number)
        )
    deep = {name for name, node in nodes.items() if node.rim_m > node.invert_m or node.kind is NodeKind.OUTFALL}
    found = tuple(
        node if name in deep else replace(node, rim_m=max(crowns[name], node.invert_m)) for name, node in nodes.items()
    )
    paths = _paths(text, links, found)
    return InpNetwork(text, units, found, paths, frozenset(nodes.keys() - deep), tuple(_slope_notes(text, rises)))


def number(text: InpText, line: InpLine, position: int, what: Message, default: float | None = None) -> float:
    """A number of a line.

    Raises
    ------
    InputError
        When it is none, or missing and without default.
    """
    item = line.item(position)
    if not item and default is not None:
        return default
    try:
        value = float(item)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(
            "'{source}', line {line}: the {what} of '{name}' must be a number, not '{item}': correct it there.",
            source=text.source,
            line=line.number,
            what=what,
            name=line.item(0),
            item=item,
        )
    return value


def positive(text: InpText, line: InpLine, position: int, what: Message) -> float:
    """A number of a line that must be above 0."""
    value = number(text, line, position, what)
    if not value > 0:
        raise InputError(
            "'{source}', line {line}: the {what} of '{name}' must be above 0, not {value:g}: correct it there.",
            source=text.source,
            line=line.number,
            what=what,
            name=line.item(0),
            value=value,
        )
    return value


def _units(text: InpText) -> FlowUnits:
    word = text.option("FLOW_UNITS", "CFS").upper()
    try:
        return FlowUnits(word)
    except ValueError:
        raise InputError(
            "'{source}': FLOW_UNITS is '{word}': choose one of CMS, LPS, MLD, CFS, GPM, MGD.",
            source=text.source,
            word=word,
        ) from None


def _nodes(text: InpText, units: FlowUnits) -> dict[str, DrainNode]:
    """The nodes by their keys, with their coordinates."""
    nodes: dict[str, DrainNode] = {}
    for section, kind in NODE_SECTIONS.items():
        for line in text.lines(section):
            name = line.item(0)
            if key(name) in nodes:
                raise InputError(
                    "'{source}', line {line}: the node '{name}' was defined in line {other} already: rename one.",
                    source=text.source,
                    line=line.number,
                    name=name,
                    other=nodes[key(name)].line,
                )
            invert_m = number(text, line, 1, Message("elevation"), 0.0) * units.length_m
            depth_m = number(text, line, _depth_item(kind, line), Message("depth"), 0.0) * units.length_m
            rim_m = math.nan if kind is NodeKind.OUTFALL else invert_m + depth_m
            nodes[key(name)] = DrainNode(name, name, kind, invert_m, rim_m, line=line.number)
    for line in text.lines("COORDINATES"):
        node = nodes.get(key(line.item(0)))
        if node is not None:
            x, y = number(text, line, 1, Message("x")), number(text, line, 2, Message("y"))
            nodes[key(node.id)] = replace(node, x=x, y=y)
    return nodes


def _depth_item(kind: NodeKind, line: InpLine) -> int:
    if kind is NodeKind.OUTFALL:
        return len(line.items)
    return _DIVIDER_DEPTH.get(line.item(3).upper(), 4) if kind is NodeKind.DIVIDER else 2


def _link_lines(text: InpText, nodes: Mapping[str, DrainNode]) -> dict[str, tuple[LinkKind, InpLine]]:
    """The lines of the links by their keys; both of their nodes exist."""
    found: dict[str, tuple[LinkKind, InpLine]] = {}
    for section, kind in LINK_SECTIONS.items():
        for line in text.lines(section):
            name = line.item(0)
            if key(name) in found:
                raise InputError(
                    "'{source}', line {line}: the link '{name}' was defined in line {other} already: rename one.",
                    source=text.source,
                    line=line.number,
                    name=name,
                    other=found[key(name)][1].number,
                )
            for end in (line.item(1), line.item(2)):
                if key(end) not in nodes:
                    raise InputError(
                        "'{source}', line {line}: the link '{name}' ends at the node '{end}', which does not exist: "
                        "add the node, or correct the name.",
                        source=text.source,
                        line=line.number,
                        name=name,
                        end=end,
                    )
            found[key(name)] = (kind, line)
    return found


def _require_outfall(text: InpText, nodes: Mapping[str, DrainNode]) -> None:
    if not any(node.kind is NodeKind.OUTFALL for node in nodes.values()):
        raise InputError(
            "'{source}' has no outfall, so that no water could leave its pipes: make the lowest node an outfall "
            "(section OUTFALLS, or kind outfall in the layer).",
            source=text.source,
        )


def _require_single_pipes(
    text: InpText, nodes: Mapping[str, DrainNode], links: Mapping[str, tuple[LinkKind, InpLine]]
) -> None:
    """Refuse an outfall at which several links end, or from which one starts."""
    met: dict[str, str] = {}
    for _, line in links.values():
        for end in (line.item(1), line.item(2)):
            node = nodes[key(end)]
            if node.kind is not NodeKind.OUTFALL:
                continue
            if key(end) in met or key(end) == key(line.item(1)):
                raise InputError(
                    "'{source}', line {line}: '{link}' is not the only pipe of the outfall '{name}', or leaves it: "
                    "join the pipes at a node before the outfall.",
                    source=text.source,
                    line=line.number,
                    name=node.id,
                    link=line.item(0),
                )
            met[key(end)] = line.item(0)


def _require_diversions(text: InpText, links: Mapping[str, tuple[LinkKind, InpLine]]) -> None:
    for line in text.lines("DIVIDERS"):
        if line.item(2) not in ("", "*") and key(line.item(2)) not in links:
            raise InputError(
                "'{source}', line {line}: the divider '{name}' sends water to the link '{link}', which does not "
                "exist: correct the name, or make the node a junction.",
                source=text.source,
                line=line.number,
                name=line.item(0),
                link=line.item(2),
            )


def _cross_section(
    text: InpText, line: InpLine, kind: LinkKind, sections: Mapping[str, InpLine], units: FlowUnits
) -> tuple[float, str]:
    """Height (m) and SWMM's word for the shape; NaN and "" where the kind has none."""
    section = sections.get(key(line.item(0)))
    if kind in (LinkKind.PUMP, LinkKind.OUTLET):
        return math.nan, ""
    if section is None:
        raise InputError(
            "'{source}', line {line}: '{name}' has no cross-section: add a line to the section XSECTIONS.",
            source=text.source,
            line=line.number,
            name=line.item(0),
        )
    shape = section.item(1).upper()
    if shape in ("STREET", "IRREGULAR"):
        return _listed_height(text, shape, section.item(2), units), shape
    if kind is LinkKind.CONDUIT and shape != "DUMMY":
        return positive(text, section, 2, Message("height")) * units.length_m, shape
    return number(text, section, 2, Message("height"), 0.0) * units.length_m, shape


def _listed_height(text: InpText, shape: str, name: str, units: FlowUnits) -> float:
    """Height of a street up to its kerb, or of a transect between its lowest and highest station."""
    if shape == "STREET":
        rows = (line for line in text.lines("STREETS") if key(line.item(0)) == key(name))
        return next((number(text, row, 2, Message("kerb height")) * units.length_m for row in rows), math.nan)
    return math.nan


def _levels(
    text: InpText, line: InpLine, kind: LinkKind, ends: tuple[DrainNode, DrainNode], units: FlowUnits, absolute: bool
) -> tuple[float, float]:
    """Levels of a link's bottom at its ends, m."""
    first = {LinkKind.CONDUIT: 5, LinkKind.ORIFICE: 4, LinkKind.WEIR: 4, LinkKind.OUTLET: 3}.get(kind)
    if first is None:
        return ends[0].invert_m, ends[1].invert_m
    positions = (first, first + 1) if kind is LinkKind.CONDUIT else (first, first)
    levels = []
    for position, node in zip(positions, ends, strict=True):
        if line.item(position, "0") == "*":
            levels.append(node.invert_m)
            continue
        offset_m = number(text, line, position, Message("offset"), node.invert_m / units.length_m if absolute else 0.0)
        level_m = offset_m * units.length_m
        levels.append(level_m if absolute else node.invert_m + level_m)
    return levels[0], levels[1]


def _paths(text: InpText, links: Iterable[DrainLink], nodes: Iterable[DrainNode]) -> tuple[DrainLink, ...]:
    """The links with their lines on the map, by nodes and vertices; without where an end has no coordinates."""
    places = {node.id: (node.x, node.y) for node in nodes}
    bends: dict[str, list[tuple[float, float]]] = {}
    for line in text.lines("VERTICES"):
        place = (number(text, line, 1, Message("x")), number(text, line, 2, Message("y")))
        bends.setdefault(key(line.item(0)), []).append(place)
    result = []
    for link in links:
        path = (places[link.start], *bends.get(key(link.id), ()), places[link.end])
        known = all(math.isfinite(x) and math.isfinite(y) for x, y in path)
        result.append(replace(link, path=path if known else ()))
    return tuple(result)


def _slope_notes(text: InpText, rises: list[tuple[float, InpLine]]) -> Iterable[Message]:
    if not rises:
        return
    rise_m, line = max(rises, key=lambda item: item[0])
    values = {"n": len(rises), "source": text.source, "name": line.item(0), "line": line.number, "rise": rise_m}
    if not text.numbered:
        yield Message(
            "{n} pipes of '{source}' rise towards their end, '{name}' most, by {rise:.2f} m: water stands in them. "
            "Make sure that their direction and levels are right.",
            **values,
        )
    else:
        yield Message(
            "{n} pipes of '{source}' rise towards their end, '{name}' (line {line}) most, by {rise:.2f} m: water "
            "stands in them. Make sure that their direction and levels are right.",
            **values,
        )
