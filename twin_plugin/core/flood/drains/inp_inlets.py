"""The inlets that a SWMM input has at its nodes, in metres: sections INLETS, INLET_USAGE and STREETS."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...common.errors import InputError
from ...common.messages import Message
from .inp_objects import InpNetwork, key, number, positive
from .inp_text import InpLine, InpText
from .network import GrateType, Inlet, InletKind, Throat


def node_inlets(network: InpNetwork) -> tuple[dict[str, Inlet], list[Message]]:
    """The inlets by the keys of the nodes that they lead to, and what was changed or left out.

    Raises
    ------
    InputError
        For a line that cannot be used.
    """
    text, notes = network.text, []
    designs = _designs(network)
    nodes = {key(node.id) for node in network.nodes}
    streets = _streets(network)
    found: dict[str, Inlet] = {}
    for line in text.lines("INLET_USAGE"):
        design, node = key(line.item(1)), key(line.item(2))
        if node not in nodes or design not in designs:
            raise InputError(
                "'{source}', line {line}: the inlets in '{link}' name '{missing}', which does not exist: correct it.",
                source=text.source,
                line=line.number,
                link=line.item(0),
                missing=line.item(2) if node not in nodes else line.item(1),
            )
        inlet = designs[design]
        if inlet is None:
            notes.append(_by_approach(text, line))
            continue
        inlet = _used(network, line, inlet, streets.get(key(line.item(0)), Street()))
        if node in found and replace(found[node], count=1) != replace(inlet, count=1):
            notes.append(_mixed(text, line))
        found[node] = replace(inlet, count=inlet.count + (found[node].count if node in found else 0))
    return found, notes


@dataclass(frozen=True)
class Street:
    """The street of a conduit: its sides, each with its inlets, its cross slope and its gutter; 0: unknown."""

    sides: int = 1
    cross_slope: float = 0.0
    depression_m: float = 0.0
    depressed_width_m: float = 0.0


def _used(network: InpNetwork, line: InpLine, inlet: Inlet, street: Street) -> Inlet:
    """A design as a line of INLET_USAGE places it, with its own depression besides that of the gutter."""
    text, metre = network.text, network.units.length_m
    depression_m = number(text, line, 6, Message("local depression"), 0.0) * metre
    width_m = number(text, line, 7, Message("width of the local depression"), 0.0) * metre
    lowered = depression_m * width_m > 0
    return replace(
        inlet,
        count=street.sides * max(int(number(text, line, 3, Message("number of inlets"), 1.0)), 1),
        blocked_share=number(text, line, 4, Message("blocked share"), 0.0) / 100.0,
        most_m3s=number(text, line, 5, Message("largest flow"), 0.0) * network.units.flow_m3s,
        on_grade=line.item(8).upper() == "ON_GRADE",
        cross_slope=street.cross_slope,
        depression_m=street.depression_m + (depression_m if lowered else 0.0),
        depressed_width_m=width_m if lowered else street.depressed_width_m,
    )


def _streets(network: InpNetwork) -> dict[str, Street]:
    """The streets of conduits that are one, by the conduits' keys."""
    text, metre = network.text, network.units.length_m
    streets = {
        key(row.item(0)): Street(
            int(number(text, row, 7, Message("number of sides"), 2.0)),
            number(text, row, 3, Message("cross slope"), 0.0) / 100.0,
            number(text, row, 5, Message("depression of the gutter"), 0.0) * metre,
            number(text, row, 6, Message("width of the gutter"), 0.0) * metre,
        )
        for row in text.lines("STREETS")
    }
    users = [line for line in text.lines("XSECTIONS") if line.item(1).upper() == "STREET"]
    return {key(line.item(0)): streets.get(key(line.item(2)), Street()) for line in users}


def _designs(network: InpNetwork) -> dict[str, Inlet | None]:
    """The designs of [INLETS] by their keys, one at a place; None for one that takes by approach flow."""
    text, metre = network.text, network.units.length_m
    designs: dict[str, Inlet | None] = {}
    for line in text.lines("INLETS"):
        name, kind = key(line.item(0)), line.item(1).upper().removeprefix("DROP_")
        if kind == "CUSTOM":
            designs[name] = _custom(network, line)
            continue
        length_m = positive(text, line, 2, Message("length")) * metre
        size_m = positive(text, line, 3, Message("width or height")) * metre
        before = designs.get(name)
        if kind == "GRATE":
            inlet = _grate(text, line, length_m, size_m, metre)
        elif kind == "SLOTTED":
            inlet = Inlet(InletKind.SLOTTED, length_m, size_m)
        elif kind == "CURB":
            throat = Throat(line.item(4, "HORIZONTAL").upper())
            inlet = Inlet(InletKind.CURB, curb_length_m=length_m, opening_height_m=size_m, throat=throat)
        else:
            raise InputError(
                "'{source}', line {line}: '{kind}' is no kind of inlet: choose GRATE, CURB, SLOTTED or CUSTOM.",
                source=text.source,
                line=line.number,
                kind=line.item(1),
            )
        designs[name] = inlet if before is None else combined(before, inlet)
    return designs


def combined(first: Inlet, second: Inlet) -> Inlet:
    """A grate and a curb opening beside each other as one; else the second."""
    kinds = {first.kind, second.kind}
    if kinds != {InletKind.GRATE, InletKind.CURB}:
        return second
    grate, curb = (first, second) if first.kind is InletKind.GRATE else (second, first)
    return replace(
        grate,
        kind=InletKind.COMBINATION,
        curb_length_m=curb.curb_length_m,
        opening_height_m=curb.opening_height_m,
        throat=curb.throat,
    )


def _grate(text: InpText, line: InpLine, length_m: float, width_m: float, metre: float) -> Inlet:
    word = line.item(4, GrateType.P_BAR_50.value).upper()
    try:
        grate = GrateType(word)
    except ValueError:
        raise InputError(
            "'{source}', line {line}: '{word}' is no type of grate: choose one of {types}.",
            source=text.source,
            line=line.number,
            word=word,
            types=", ".join(item.value for item in GrateType),
        ) from None
    share = number(text, line, 5, Message("open share"), 0.9)
    splash_m_s = number(text, line, 6, Message("splash-over velocity"), 0.0) * metre
    if grate is not GrateType.GENERIC:
        return Inlet(InletKind.GRATE, length_m, width_m, grate=grate)
    return Inlet(InletKind.GRATE, length_m, width_m, grate=grate, open_share=share, splash_m_s=splash_m_s)


def _custom(network: InpNetwork, line: InpLine) -> Inlet | None:
    """A rating curve as a table; None for a diversion curve."""
    text, units = network.text, network.units
    rows = [row for row in text.lines("CURVES") if key(row.item(0)) == key(line.item(2))]
    kind = rows[0].item(1).upper() if rows else ""
    if kind.startswith("DIVERSION"):
        return None
    pairs: list[tuple[float, float]] = []
    for position, row in enumerate(rows):
        first = 2 if position == 0 or not _is_number(row.item(1)) else 1
        for place in range(first, len(row.items) - 1, 2):
            depth_m = number(text, row, place, Message("depth")) * units.length_m
            pairs.append((depth_m, number(text, row, place + 1, Message("flow")) * units.flow_m3s))
    if not kind.startswith("RATING") or len(pairs) < 2:
        raise InputError(
            "'{source}', line {line}: the inlet '{name}' needs a curve of the kind RATING with two rows or more, depth "
            "and flow: '{curve}' is none.",
            source=text.source,
            line=line.number,
            name=line.item(0),
            curve=line.item(2),
        )
    return Inlet(InletKind.TABLE, table=tuple(pairs))


def _is_number(item: str) -> bool:
    try:
        float(item)
    except ValueError:
        return False
    return True


def _by_approach(text: InpText, line: InpLine) -> Message:
    return Message(
        "'{source}', line {line}: the inlet '{name}' takes a share of the flow in the street, which the terrain does "
        "not know: it was left out. Give it a curve of depth and flow (RATING).",
        source=text.source,
        line=line.number,
        name=line.item(1),
    )


def _mixed(text: InpText, line: InpLine) -> Message:
    return Message(
        "'{source}', line {line}: the node '{name}' has inlets of several designs: all count as '{design}'.",
        source=text.source,
        line=line.number,
        name=line.item(2),
        design=line.item(1),
    )
