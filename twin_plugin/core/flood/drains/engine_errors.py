"""Errors of the SWMM engine as sentences with the object and the line in the user's file, and the cure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...common.errors import InputError
from ...common.messages import Message
from .network import DrainNetwork

MOST = 3
"""The sentence has at most so many errors of a report."""

_ERROR = re.compile(r"ERROR (\d{3}):\s*(.*)")
_LINE = re.compile(r"at line (\d+)")

WORDS: dict[int, Message] = {
    101: Message("there is not enough memory for the network: close other programs"),
    103: Message("the equations of a pipe cannot be solved: check its length, slope and cross-section"),
    105: Message("the solver of differential equations cannot start: report the case"),
    107: Message("no time step can be found: choose a smaller ROUTING_STEP"),
    108: Message("the outlet of a subcatchment is the name of a node and of a subcatchment: rename one"),
    109: Message("an aquifer has impossible properties: correct them in the section AQUIFERS"),
    110: Message("the ground lies below the water table: correct the levels in the section GROUNDWATER"),
    111: Message("the length of a conduit must be above 0: correct it"),
    112: Message("the elevation drop of a conduit is larger than its length: check its offsets and its length"),
    113: Message("the roughness of a conduit must be above 0: correct it"),
    114: Message("the number of barrels of a conduit must be 1 or more: correct it in the section XSECTIONS"),
    115: Message("a conduit rises towards its end, which this routing does not allow: choose FLOW_ROUTING DYNWAVE"),
    117: Message("a link has no cross-section: add a line to the section XSECTIONS"),
    119: Message("a cross-section is impossible: correct its sizes in the section XSECTIONS"),
    121: Message("the curve of a pump is missing or of the wrong kind: correct it in the section CURVES"),
    122: Message("the start-up depth of a pump must be above its shut-off depth: correct one of them"),
    131: Message("links run in a circle: choose FLOW_ROUTING DYNWAVE"),
    133: Message("a node has more than one outlet link, which this routing does not allow: choose DYNWAVE"),
    134: Message("a dummy or ideal link must be the only one that leaves its node: correct the links there"),
    135: Message("a divider must have two outlet links: correct the links there, or make it a junction"),
    136: Message("the diverted link of a divider does not leave it: correct the name"),
    137: Message("the weir of a divider has impossible sizes: correct them"),
    138: Message("the initial depth of a node is larger than its depth: correct one of them"),
    139: Message("an orifice, weir or outlet starts at a node that is no storage: make the node a storage"),
    140: Message("a storage has a negative volume at its full depth: correct its curve"),
    141: Message("an outfall has more than one link, or one that leaves it: join the pipes at a junction before it"),
    143: Message("an orifice or weir has a cross-section that it cannot have: choose CIRCULAR or RECT_CLOSED"),
    145: Message("no outfall can be reached: make the lowest node of each part of the network an outfall"),
    151: Message("a unit hydrograph has an impossible time base: correct it in the section HYDROGRAPHS"),
    153: Message("the shares of a unit hydrograph are impossible: correct them in the section HYDROGRAPHS"),
    155: Message("the area of an inflow by rain is impossible: correct it in the section RDII"),
    156: Message("two rain gages read the same station in different ways: correct the section RAINGAGES"),
    157: Message("two rain gages use the same data in different forms: correct the section RAINGAGES"),
    158: Message("the series of a rain gage is used by another object, too: give it one of its own"),
    159: Message("the interval of a rain gage is longer than that of its series: correct one of them"),
    161: Message("treatment functions refer to each other in a circle: correct them"),
    171: Message("the rows of a curve must rise: sort them in the section CURVES"),
    173: Message("the rows of a time series must be in order of time: sort them in the section TIMESERIES"),
    181: Message("the numbers of a snow pack are impossible: correct them"),
    182: Message("the parameters of a snow pack are impossible: correct them"),
    183: Message("a low impact development control has no kind: correct the section LID_CONTROLS"),
    184: Message("a low impact development control lacks a layer: correct the section LID_CONTROLS"),
    185: Message("a low impact development control has impossible numbers: correct the section LID_CONTROLS"),
    186: Message("a low impact development control has impossible numbers: correct the section LID_CONTROLS"),
    187: Message("the controls of a subcatchment are larger than it is: correct the section LID_USAGE"),
    188: Message("the controls of a subcatchment take more than all of its paved area: correct the section LID_USAGE"),
    191: Message("the clock ends before it starts: correct START_DATE"),
    193: Message("the report starts after the end: correct REPORT_START_DATE"),
    195: Message("the report's step is shorter than the routing step: correct one of them"),
    200: Message("the input has errors"),
    201: Message("a line has too many letters: shorten it"),
    203: Message("a line has too few items: complete it as the section's heading says"),
    205: Message("a word is none that SWMM knows there: correct its spelling"),
    207: Message("an object was named twice: rename one"),
    209: Message("a line names an object that does not exist: correct the name, or add the object"),
    211: Message("an item must be a number: correct it"),
    213: Message("an item must be a date as 12/31/2024 or a time as 23:59: correct it"),
    217: Message("a rule does not have the form IF … THEN …: correct it in the section CONTROLS"),
    219: Message("a row of a transect comes before its heading: correct the section TRANSECTS"),
    221: Message("a station of a transect is out of order: sort them in the section TRANSECTS"),
    223: Message("a transect has too few stations: give it two or more"),
    225: Message("a transect has too many stations: leave some out"),
    227: Message("a transect has no roughness: add a line NC before it"),
    229: Message("the banks of a transect are not among its stations: correct them"),
    231: Message("a transect has no depth: correct its heights"),
    233: Message("a treatment function cannot be understood: correct it"),
    235: Message("the infiltration of a subcatchment has impossible numbers: correct the section INFILTRATION"),
    301: Message("the input and the report have the same name"),
    303: Message("the input cannot be opened"),
    305: Message("the report cannot be opened: make room on the disk"),
    307: Message("the results cannot be opened: make room on the disk"),
    308: Message("the results would be too large for a file: simulate a shorter time"),
    309: Message("the results cannot be written: make room on the disk"),
    311: Message("the results cannot be read back: make room on the disk"),
    313: Message("a file of rain cannot be opened: make room on the disk"),
    315: Message("a file of rain cannot be opened: put it beside the input"),
    317: Message("a file of rain cannot be opened: put it beside the input"),
    318: Message("a file of rain has its rows out of order of time: sort them"),
    319: Message("the format of a file of rain is not known: save it in one that SWMM reads"),
    320: Message("a file of rain has the wrong format: save it in one that SWMM reads"),
    321: Message("a file of rain has no data of a gage: correct its station"),
    323: Message("a file of runoff cannot be opened: put it beside the input"),
    325: Message("a file of runoff belongs to another network"),
    327: Message("a file of runoff ends too early"),
    329: Message("a file of runoff cannot be read"),
    331: Message("the state of the drains cannot be opened: start the run without START"),
    333: Message("the state of the drains belongs to another network: start the run without START"),
    335: Message("the state of the drains cannot be read: start the run without START"),
    336: Message("evaporation or wind needs a file of the climate, and none is named: name it in TEMPERATURE"),
    337: Message("a file of the climate cannot be opened: put it beside the input"),
    338: Message("a file of the climate cannot be read: correct its rows"),
    339: Message("a file of the climate ends too early"),
    341: Message("a file of inflow by rain cannot be opened: make room on the disk"),
    343: Message("a file of inflow by rain cannot be opened: put it beside the input"),
    345: Message("a file of inflow by rain has the wrong format"),
    351: Message("a file of inflows cannot be opened: put it beside the input"),
    353: Message("a file of inflows has the wrong format"),
    355: Message("a file of inflows names other objects than the network"),
    357: Message("the files of inflows and outflows have the same name: rename one"),
    361: Message("the file of a time series cannot be opened: put it beside the input"),
    363: Message("the file of a time series is wrong in a row: correct it"),
    500: Message("the engine had to stop: report the case"),
}
"""What the engine's errors mean (SWMM 5.2 User's Manual, appendix E, in our words), with the cure."""


def engine_error(report: str, network: DrainNetwork) -> InputError:
    """The error that the engine's report tells of.

    Parameters
    ----------
    report : str
        Text of the .rpt.
    network : DrainNetwork
        Whose copy was run.
    """
    told = list(located(report, network))
    if not told:
        return InputError(
            "The drains in '{source}' could not be computed, and SWMM gives no reason: report the case.",
            source=network.source,
        )
    more = len(told) - MOST
    if more > 0:
        told = [*told[:MOST], Message("and {n} more errors", n=more)]
    return InputError(
        "The drains in '{source}' cannot be used: {errors}.", source=network.source, errors=Message.joined(told, "; ")
    )


def located(report: str, network: DrainNetwork) -> Iterator[Message]:
    """Each error of a report: the object and the user's line, then what is wrong, with SWMM's own words."""
    found = [(int(match[1]), match[2].strip()) for match in _ERROR.finditer(report)]
    details = [item for item in found if item[0] != 200] or found
    for code, words in details:
        line, name = _place(words, network)
        meaning = WORDS.get(code, Message("SWMM reports an error"))
        values = {"meaning": meaning, "code": code, "words": words.rstrip(":"), "line": line, "name": name}
        if line and name:
            yield Message("'{name}', line {line}: {meaning} (SWMM error {code}: {words})", **values)
        elif name:
            yield Message("'{name}': {meaning} (SWMM error {code}: {words})", **values)
        elif line:
            yield Message("line {line}: {meaning} (SWMM error {code}: {words})", **values)
        else:
            yield Message("{meaning} (SWMM error {code}: {words})", **values)


def _place(words: str, network: DrainNetwork) -> tuple[int, str]:
    """The user's line and the object that an error is about; 0 and "" where it names none."""
    match = _LINE.search(words)
    if match:
        number = int(match[1])
        line = network.origin[number - 1] if 0 < number <= len(network.origin) else 0
        return line, ""
    ids = {node.name: node.id for node in network.nodes} | {link.name: link.id for link in network.links}
    for word in re.findall(r"[^\s:,.]+(?:[.:][^\s:,.]+)*", words):
        for place, line in network.lines.items():
            if place.partition(" ")[2] == word:
                return line, ids.get(word, word)
    return 0, ""
