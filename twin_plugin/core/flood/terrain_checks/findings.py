"""What was found as the rows of a table: what is wrong, how large, the cure, and whether the copy is free of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...common.cells import Cells
from ...common.messages import Message
from ...common.tables import columns
from ...common.warnings import Templates
from .cell_runs import Regions
from .limits import CellLimits, Kind, Severity
from .survey import Survey
from .walls import lengths_m

if TYPE_CHECKING:
    import shapely

COLUMNS = columns("""
    id integer Number of the finding
    kind text Kind of the fault: form, units, no_data, holes, pits, spikes, diagonals, bridges, walls, seams, flats
    severity text wrong: results are wrong with it; check: look at the place; note: worth knowing
    what text What is wrong, in a sentence
    cure text What to do
    mended boolean Whether the mended terrain is free of it
    cells long Number of cells
    area_m2 real Their area, m²
    size_m real Greatest depth, height, lowering or step, m; empty where there is none
    length_m real Diagonal of the box around it, or length of a line, m
    value real Value that stands for no data, in the numbers of the file
    x real Where it is: x of its first cell in the CRS of the layer
    y real Where it is: y of its first cell in the CRS of the layer
""")


SEVERITY = {
    Kind.FORM: Severity.CHECK,
    Kind.UNITS: Severity.WRONG,
    Kind.NO_DATA: Severity.WRONG,
    Kind.HOLE: Severity.CHECK,
    Kind.PIT: Severity.CHECK,
    Kind.SPIKE: Severity.CHECK,
    Kind.DIAGONAL: Severity.WRONG,
    Kind.BRIDGE: Severity.CHECK,
    Kind.WALL: Severity.NOTE,
    Kind.SEAM: Severity.CHECK,
    Kind.FLAT: Severity.NOTE,
}

WHAT: Templates = {
    "no_data": "{cells:,} cell(s) have the value {value:g}, which stands for no data and is not declared.",
    "impossible": "{cells:,} cell(s) have values that are no heights.",
    "holes": "{cells:,} cell(s) inside the terrain have no data.",
    "pits": "A pit of {cells:,} cell(s), {size:.2f} m deep, lower than all around it.",
    "spikes": "A spike of {cells:,} cell(s), {size:.2f} m high, higher than all around it.",
    "diagonals": "A channel of {cells:,} cells that are joined at corners only: no water passes a corner.",
    "bridges": "A deck dams a channel: {cells:,} cell(s) stand up to {size:.2f} m above its bed.",
    "walls": "A ridge at most three cells wide, {size:.2f} m high and {length:.0f} m long.",
    "seams": "A straight step of {size:+.2f} m along {length:.0f} m of a line between cells.",
    "flats": "{cells:,} cells have one and the same height.",
}
CURE: Templates = {
    "no_data": "Set the value as the no data value with 'Translate (convert format)', or use the mended terrain.",
    "impossible": "Set these cells to no data with the raster calculator, or use the mended terrain.",
    "holes": "Fill the hole with 'Fill NoData cells' if there is ground; leave it where it is water or not surveyed.",
    "pits": "Use the mended terrain, which fills it; if it is a real shaft or ramp, leave out the check 'pits'.",
    "spikes": "Use the mended terrain, which levels it; if it is a real tower or wall, leave out the check 'spikes'.",
    "diagonals": "Use the mended terrain, which lowers a cell beside each corner, or choose smaller cells.",
    "bridges": "If water passes below, use the mended terrain, which is cut there; if a dam, leave out 'bridges'.",
    "walls": "Keep it if it holds water, as a flood wall does; remove it if it is a hedge, a fence or a railing.",
    "seams": "Compare both sides with a survey, and shift the heights of one side by the step before they are joined.",
    "flats": "If it is water, give it its bed or no data; if it was filled in, look for the heights that are missing.",
}


@dataclass(frozen=True)
class Finding:
    """One fault of a terrain: values by the names of `COLUMNS` but the id, and the polygons where it is."""

    values: dict[str, Any]
    shape: shapely.Geometry | None


def whole_finding(kind: Kind, severity: Severity, what: Message, cure: Message, mended: bool, cells: Cells) -> Finding:
    """A fault of the whole terrain."""
    import shapely

    shape = shapely.multipolygons([shapely.box(cells.west, cells.south, cells.east, cells.north)])
    values = {"kind": kind.value, "severity": severity.value, "what": what, "cure": cure, "mended": mended}
    return Finding(values | {"cells": cells.size, "x": cells.west, "y": cells.north}, shape)


def found_faults(survey: Survey, cells: Cells, limits: CellLimits, mends: frozenset[Kind]) -> Iterator[Finding]:
    """The faults that a survey found, in the order of `Kind` and of their places.

    Parameters
    ----------
    survey : Survey
    cells : Cells
        Of the terrain that was surveyed.
    limits : CellLimits
    mends : frozenset of Kind
        What the mended terrain is free of.
    """
    for value, regions in survey.marks:
        code = "impossible" if math.isnan(value) else "no_data"
        yield from _of_regions(Kind.NO_DATA, code, regions, cells, limits, Kind.NO_DATA in mends, value)
    for kind in Kind:
        if kind in survey.found:
            yield from _of_regions(kind, kind.value, survey.found[kind], cells, limits, kind in mends)
    for seam in survey.seams:
        yield _of_seam(seam, cells, limits)


def _of_regions(
    kind: Kind, code: str, found: Regions, cells: Cells, limits: CellLimits, mended: bool, value: float = math.nan
) -> Iterator[Finding]:
    if not len(found):
        return
    sizes = np.full(len(found), math.nan) if kind in (Kind.NO_DATA, Kind.HOLE, Kind.FLAT) else found.most
    lengths, counts = lengths_m(found, limits.cell_m), found.cells
    for number in range(len(found)):
        runs = found.member(number)
        count, size, length = int(counts[number]), float(sizes[number]), float(lengths[number])
        facts = {"cells": count, "size": size, "length": length, "value": value}
        row = {
            "kind": kind.value,
            "severity": SEVERITY[kind].value,
            "what": Message(WHAT[code], **facts),
            "cure": Message(CURE[code]),
            "mended": mended,
            "cells": count,
            "area_m2": count * limits.cell_m**2,
            "size_m": size,
            "length_m": length,
            "value": value,
            "x": cells.west + (int(runs.first[0]) + 0.5) * cells.width,
            "y": cells.north - (int(runs.row[0]) + 0.5) * cells.height,
        }
        yield Finding(row, outline(runs.row, runs.first, runs.last, cells))


def _of_seam(seam: Any, cells: Cells, limits: CellLimits) -> Finding:
    """A seam is drawn over the cells on both sides of it."""
    last = min(seam.last, cells.columns if seam.axis == 0 else cells.rows)
    length = (last - seam.first) * limits.cell_m
    if seam.axis == 0:
        rows, first, behind = (np.array(ends) for ends in ([seam.line, seam.line + 1], [seam.first] * 2, [last] * 2))
    else:
        rows = np.arange(seam.first, last)
        first, behind = np.full(len(rows), seam.line), np.full(len(rows), seam.line + 2)
    row = {
        "kind": Kind.SEAM.value,
        "severity": SEVERITY[Kind.SEAM].value,
        "what": Message(WHAT["seams"], size=seam.step_m, length=length),
        "cure": Message(CURE["seams"]),
        "mended": False,
        "cells": int((behind - first).sum()),
        "area_m2": int((behind - first).sum()) * limits.cell_m**2,
        "size_m": seam.step_m,
        "length_m": length,
        "value": math.nan,
        "x": cells.west + (int(first[0]) + 0.5) * cells.width,
        "y": cells.north - (int(rows[0]) + 0.5) * cells.height,
    }
    return Finding(row, outline(rows, first, behind, cells))


def outline(row: Any, first: Any, last: Any, cells: Cells) -> shapely.Geometry:
    """The outline of runs of cells along their edges, a multipolygon."""
    import shapely

    west, east = cells.west + first * cells.width, cells.west + last * cells.width
    boxes = shapely.box(west, cells.north - (row + 1) * cells.height, east, cells.north - row * cells.height)
    whole = boxes[0] if len(boxes) == 1 else shapely.simplify(shapely.union_all(boxes), 0.0)
    return shapely.multipolygons(shapely.get_parts(shapely.normalize(whole)))
