"""The copy of a SWMM input that a run gives to the engine: ASCII names, the run's times, nothing written elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from ...common.messages import Message
from . import inp_files
from .inp_flows import refuse_withdrawals
from .inp_objects import InpNetwork, key
from .inp_options import LONGEST_ROUTING_STEP_S, end_of, routing_step_s, start_of
from .inp_text import InpLine, InpText

MARGIN_S = 3600.0
"""The engine's clock ends so long after the run, which thus ends by itself."""

_DRAWING = {"TITLE", "REPORT", "MAP", "COORDINATES", "VERTICES", "POLYGONS", "LABELS", "SYMBOLS", "BACKDROP", "TAGS",
            "PROFILES"}  # fmt: skip
_QUALITY = {"POLLUTANTS", "LANDUSES", "BUILDUP", "WASHOFF", "COVERAGES", "LOADINGS", "TREATMENT"}
_HYDROLOGY = {"RAINGAGES", "SUBCATCHMENTS", "SUBAREAS", "INFILTRATION", "HYDROGRAPHS", "RDII", "SNOWPACKS", "AQUIFERS",
              "GROUNDWATER", "GWF", "TEMPERATURE", "LID_CONTROLS", "LID_USAGE", "ADJUSTMENTS", "INLETS",
              "INLET_USAGE"}  # fmt: skip
"""What only the network's own rain needs, inlets of street conduits included: on the terrain the inlets are ours."""
_PLAIN_EVAPORATION = ("CONSTANT", "MONTHLY", "TIMESERIES", "RECOVERY", "DRY_ONLY")
_MAX_DEPTH = {"JUNCTIONS": 2, "STORAGE": 2}


class NetworkRain(Enum):
    """Where it rains: on the terrain, on the network's own subcatchments, or on both."""

    TERRAIN = "terrain"
    NETWORK = "network"
    BOTH = "both"


@dataclass(frozen=True)
class RunCopy:
    """The engine's input.

    Attributes
    ----------
    text : str
    names : mapping of str to str
        ASCII names by those of the user that are none.
    origin : tuple of int
        Line of the user's input for each line of the text, 0 for one of ours.
    routing_step_s : float
    notes : tuple of Message
        What is different from the user's input.
    """

    text: str
    names: Mapping[str, str]
    origin: tuple[int, ...]
    routing_step_s: float
    notes: tuple[Message, ...]


@dataclass
class _Copy:
    """The copy while it is written."""

    names: dict[str, str]
    lines: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)

    def add(self, items: Iterable[str], number: int = 0) -> None:
        self.lines.append("  ".join(_shown(self.names.get(item, item)) for item in items))
        self.origin.append(number)


def run_copy(
    network: InpNetwork, duration_s: float, rain: NetworkRain, depths_m: Mapping[str, float] | None = None
) -> RunCopy:
    """Write the copy for a run.

    Parameters
    ----------
    network : InpNetwork
    duration_s : float
        Of the run.
    rain : NetworkRain
    depths_m : mapping, optional
        Depths of nodes for which the input has none, by their keys.

    Raises
    ------
    InputError
        When a file that it names cannot be read, a date makes no sense, or an inflow takes water.
    """
    text = network.text
    notes: list[Message] = []
    kept = dict(_sections(text, rain, notes))
    kept["TIMESERIES"] = tuple(inp_files.inlined_series(text, kept.get("TIMESERIES", ())))
    refuse_withdrawals(text, kept["TIMESERIES"])
    copy = _Copy(_ascii_names(kept))
    step_s = min(routing_step_s(text), LONGEST_ROUTING_STEP_S)
    copy.add(["[TITLE]"])
    copy.add(["City Twin: copy for one run"])
    copy.add(["[OPTIONS]"])
    for line in _other_options(text, notes):
        copy.add(line.items, line.number)
    for name, value in _own_options(text, duration_s, rain, step_s, notes).items():
        copy.add([name, value])
    for name, lines in kept.items():
        copy.add([f"[{name}]"])
        for line in lines:
            copy.add(_depth(network, name, line, depths_m or {}), line.number)
    copy.add(["[REPORT]"])
    for item in ("INPUT NO", "CONTROLS NO", "SUBCATCHMENTS NONE", "NODES NONE", "LINKS NONE"):
        copy.add([item])
    return RunCopy("\n".join(copy.lines) + "\n", copy.names, tuple(copy.origin), step_s, tuple(notes))


def _sections(text: InpText, rain: NetworkRain, notes: list[Message]) -> Iterator[tuple[str, tuple[InpLine, ...]]]:
    """The sections that the engine gets, with what is left of them."""
    left_out = _DRAWING | _QUALITY | {"OPTIONS", "FILES", "EVENTS"}
    rules_on_rain = any(item.upper() == "GAGE" for line in text.lines("CONTROLS") for item in line.items)
    if rain is NetworkRain.TERRAIN:
        left_out |= _HYDROLOGY - ({"RAINGAGES"} if rules_on_rain else set())
        notes.extend(_rain_notes(text, rules_on_rain))
    if text.sections.get("EVENTS"):
        notes.append(
            Message("The section EVENTS of '{source}' is left out: all of the run counts.", source=text.source)
        )
    notes.extend(inp_files.dropped_files(text))
    for name, lines in text.sections.items():
        if name in left_out:
            continue
        if name in ("INFLOWS", "DWF"):
            lines = tuple(line for line in lines if line.item(1).upper() == "FLOW")
        elif name == "OUTFALLS" and rain is NetworkRain.TERRAIN:
            lines = tuple(_unrouted(line) for line in lines)
        elif name == "EVAPORATION" and rain is NetworkRain.TERRAIN:
            lines = tuple(line for line in lines if line.item(0).upper() in _PLAIN_EVAPORATION)
        yield name, tuple(inp_files.with_full_paths(text, name, lines))
    if text.sections.get("FILES"):
        yield "FILES", tuple(inp_files.used_files(text))


def _rain_notes(text: InpText, rules_on_rain: bool) -> Iterator[Message]:
    areas = len(text.sections.get("SUBCATCHMENTS", ()))
    if areas:
        yield Message(
            "{n} subcatchments of '{source}' are left out, since it rains on the terrain: DRAINS_RAIN changes that.",
            n=areas,
            source=text.source,
        )
    if rules_on_rain:
        yield Message(
            "Rules of '{source}' ask a rain gage, which sees no rain: with DRAINS_RAIN network or both it does.",
            source=text.source,
        )


def _unrouted(line: InpLine) -> InpLine:
    """An outfall whose water is not led to a subcatchment, since there is none."""
    items = 4 if line.item(2).upper() in ("FREE", "NORMAL") else 5
    return InpLine(line.number, line.text, line.items[:items])


def _depth(network: InpNetwork, section: str, line: InpLine, depths_m: Mapping[str, float]) -> Iterable[str]:
    """The items of a line, with the depth of a node that had none."""
    position, depth_m = _MAX_DEPTH.get(section), depths_m.get(key(line.item(0)), math.nan)
    if position is None or not depth_m > 0:
        return line.items
    items = [*line.items, *["0"] * (position + 1 - len(line.items))]
    items[position] = f"{depth_m / network.units.length_m:.6g}"
    return items


_OWN = {
    "ALLOW_PONDING", "END_DATE", "END_TIME", "REPORT_START_DATE", "REPORT_START_TIME", "START_DATE", "START_TIME",
    "ROUTING_STEP", "REPORT_STEP", "SKIP_STEADY_STATE", "FLOW_ROUTING", "IGNORE_RAINFALL", "IGNORE_SNOWMELT",
    "IGNORE_RDII", "IGNORE_QUALITY", "THREADS", "TEMPDIR", "FLOW_UNITS",
}  # fmt: skip


def _other_options(text: InpText, notes: list[Message]) -> Iterator[InpLine]:
    for line in text.lines("OPTIONS"):
        name = line.item(0).upper()
        if name == "TEMPDIR":
            note = Message("TEMPDIR of '{source}' is left out: the engine writes only into the run's own folder.",
                           source=text.source)  # fmt: skip
            notes.append(note)
        if name not in _OWN:
            yield line


def _own_options(
    text: InpText, duration_s: float, rain: NetworkRain, step_s: float, notes: list[Message]
) -> dict[str, str]:
    start = start_of(text)
    end = end_of(start, math.ceil(duration_s) + MARGIN_S)
    if text.option("ALLOW_PONDING", "NO").upper() == "YES":
        note = Message(
            "ALLOW_PONDING of '{source}' is switched off in the run's copy: the terrain holds the water of the street.",
            source=text.source,
        )
        notes.append(note)
    routing = text.option("FLOW_ROUTING", "DYNWAVE").upper()
    if routing not in ("DYNWAVE", "DW"):
        note = Message(
            "FLOW_ROUTING {routing} of '{source}' knows no backwater: the run uses DYNWAVE.",
            routing=routing,
            source=text.source,
        )
        notes.append(note)
    if text.option("SKIP_STEADY_STATE", "NO").upper() == "YES":
        notes.append(Message("SKIP_STEADY_STATE of '{source}' is switched off.", source=text.source))
    dry = "YES" if rain is NetworkRain.TERRAIN else "NO"
    return {
        "FLOW_UNITS": text.option("FLOW_UNITS", "CFS").upper(),
        "FLOW_ROUTING": "DYNWAVE",
        **_dates(start, end),
        "ALLOW_PONDING": "NO",
        "SKIP_STEADY_STATE": "NO",
        "IGNORE_RAINFALL": dry,
        "IGNORE_SNOWMELT": dry,
        "IGNORE_RDII": dry,
        "IGNORE_QUALITY": "YES",
        "ROUTING_STEP": f"{step_s:g}",
        "REPORT_STEP": "01:00:00",
        "THREADS": "1",
    }


def _dates(start: datetime, end: datetime) -> dict[str, str]:
    day, time = "%m/%d/%Y", "%H:%M:%S"
    return {
        "START_DATE": start.strftime(day),
        "START_TIME": start.strftime(time),
        "REPORT_START_DATE": start.strftime(day),
        "REPORT_START_TIME": start.strftime(time),
        "END_DATE": end.strftime(day),
        "END_TIME": end.strftime(time),
    }


def _ascii_names(sections: Mapping[str, Iterable[InpLine]]) -> dict[str, str]:
    """Names for the items that are not ASCII, which are no others."""
    items = {item for lines in sections.values() for line in lines for item in line.items}
    taken = {key(item) for item in items}
    names: dict[str, str] = {}
    count = 0
    for lines in sections.values():
        for line in lines:
            for item in line.items:
                if item.isascii() or item in names or inp_files.is_path(item):
                    continue
                count += 1
                while f"N{count}_" in taken:
                    count += 1
                names[item] = f"N{count}_"
    return names


def _shown(item: str) -> str:
    return f'"{item}"' if not item or (" " in item and inp_files.is_path(item)) else item
