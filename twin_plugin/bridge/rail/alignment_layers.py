"""Layers of alignments as the pieces that core's rail takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.rail.alignments import Piece, levels_along
from ...core.rail.conflicts import Body
from ...core.rail.kinds import UNDERGROUND, Kind, State, named
from ..kernel.input_table import Entry
from ..kernel.line_layers import first_field, names_of
from ..kernel.metric_layers import LINES, Reader, ids_of, numbers_of, require_one, row_ids, texts_of, why
from ..kernel.vectors import FeatureTable
from .option_field import OPTION

LINE = ("line", "line_id", "line_no", "线路", "线路编号")
KIND = ("kind", "laying", "type", "敷设方式", "敷设形式")
STATE = ("state", "status", "状态")
START, END = ("rail_start_m", "start_elev_m", "起点高程"), ("rail_end_m", "end_elev_m", "终点高程")
RAIL = ("rail_m", "rail_elev_m", "elev_m", "轨面高程")
COST = ("cost_mcny",)
"""Usual names of fields, in any case."""
FAR_M = 200.0
"""Levels that lie so far apart are in two units or above two datums."""


@dataclass(frozen=True)
class LineRead:
    """What is said of an option: its line, name and state as they are shown."""

    line: str
    name: str
    state: str


@dataclass(frozen=True)
class AlignmentsRead:
    """Alignments in pieces, and their options in the order of the layer."""

    pieces: list[Piece]
    options: dict[str, LineRead]
    notes: list[Message]
    entry: Entry


def read_alignments(
    source: QgsFeatureSource, reader: Reader, kinds: Mapping[str, Kind], states: Mapping[str, State]
) -> AlignmentsRead:
    """The pieces of each option.

    Raises
    ------
    InputError
        Where there is no field of the option, or no piece.
    """
    name = source.sourceName()
    table = reader.table(source, "ALIGNMENTS", LINES)
    option_of = ids_of(require_one(table, OPTION, name), table)
    line_of = ids_of(first_field(table, LINE), table)
    states_of, names = texts_of(table, STATE), names_of(table)
    ids = row_ids(table)
    kinds_of, unknown = _kinds_of(table, kinds)
    notes: list[Message] = []
    start, end, rail = (numbers_of(table, fields, "elev_m", notes) for fields in (START, END, RAIL))
    start, end = (np.where(np.isnan(values), rail, values) for values in (start, end))
    cost = numbers_of(table, COST, "structure_value", notes)
    pieces, options, left_out = list[Piece](), dict[str, LineRead](), 0
    for row, shape in enumerate(table.geometries):
        option = option_of[row]
        parts = [] if shape is None or not option else _parts(shape)
        if not parts:
            left_out += 1
            continue
        line = line_of[row] or ("" if first_field(table, LINE) else name)
        state = named(states_of[row], states) or states_of[row]
        read = options.setdefault(option, LineRead(line or option, names[row] or option, state))
        if line and read.line != line:
            raise InputError(
                "The option '{option}' of the layer '{name}' belongs to the lines '{one}' and '{other}': give each "
                "option a name of its own.",
                option=option[:40],
                name=name,
                one=read.line[:40],
                other=line[:40],
            )
        whole = sum(float(shapely.length(part)) for part in parts)
        for number, part in enumerate(parts, 1):
            own = ids[row] if len(parts) == 1 else f"{ids[row]}/{number}"
            flat, levels = _levels(part, start[row], end[row], len(parts))
            share = float(shapely.length(part)) / whole
            pieces.append(Piece(own, read.line, option, state, kinds_of[row], flat, levels, cost[row] * share))
    if not pieces:
        raise InputError("The layer '{name}' has no line with an option: choose another one for ALIGNMENTS.", name=name)
    notes += _alignment_notes(name, table, pieces, unknown)
    reason = why(
        [Message("without option or geometry: {n}", n=left_out), Message("kind unknown: {n}", n=unknown.total())]
    )
    return AlignmentsRead(
        pieces, options, notes, Entry(Message("Alignments"), len(table) - left_out, left_out, unknown.total(), reason)
    )


def datum_notes(pieces: Sequence[Piece], bodies: Sequence[Body], name: str) -> list[Message]:
    """A note where the levels of a layer lie far from those of the rail."""
    rails = np.concatenate([piece.rail_m for piece in pieces])
    levels = np.array([level for body in bodies for level in (body.bottom_m, body.top_m)])
    if not np.isfinite(rails).any() or not np.isfinite(levels).any():
        return []
    apart = float(abs(np.nanmedian(rails) - np.nanmedian(levels)))
    if apart <= FAR_M:
        return []
    return [
        Message(
            "The levels of the layer '{name}' lie {apart:,.0f} m from those of the rail: check units and datum.",
            name=name,
            apart=apart,
        )
    ]


def _alignment_notes(name: str, table: FeatureTable, pieces: Sequence[Piece], unknown: Counter[str]) -> list[Message]:
    notes = []
    without = [piece for piece in pieces if not piece.has_levels]
    if without:
        notes.append(
            Message(
                "{n} of {all} pieces of the layer '{name}' have no level of the rail, neither in the geometry nor in "
                "the fields rail_start_m and rail_end_m: what they meet has the relation 'unknown'.",
                n=len(without),
                all=len(pieces),
                name=name,
            )
        )
    if unknown:
        notes.append(
            Message(
                "{n} pieces of the layer '{name}' say no known kind and count as underground: {words}.",
                n=unknown.total(),
                name=name,
                words=", ".join(word[:40] or "?" for word in sorted(unknown)[:5]),
            )
        )
    if not first_field(table, LINE):
        notes.append(
            Message(
                "The layer '{name}' has no field of the line: all options count as options of one line, which exclude "
                "each other.",
                name=name,
            )
        )
    return notes


def _kinds_of(table: FeatureTable, kinds: Mapping[str, Kind]) -> tuple[list[Kind], Counter[str]]:
    words = texts_of(table, KIND)
    found = [named(word, kinds) for word in words]
    unknown = Counter(word for word, kind in zip(words, found, strict=True) if not kind)
    return [kinds[kind or UNDERGROUND] for kind in found], unknown


def _parts(shape: shapely.Geometry) -> list[shapely.LineString]:
    """The lines of a shape that have a length, joined where they meet."""
    joined = shapely.line_merge(shape, directed=True) if len(shapely.get_parts(shape)) > 1 else shape
    return [part for part in shapely.get_parts(joined) if shapely.length(part) > 0]


def _levels(
    part: shapely.LineString, start_m: float, end_m: float, count: int
) -> tuple[shapely.LineString, np.ndarray]:
    """A line without repeated vertices in plan, and the level of the rail at each: its own, else by the fields."""
    xyz = shapely.get_coordinates(part, include_z=True)
    kept = np.concatenate([[True], np.hypot(*np.diff(xyz[:, :2], axis=0).T) > 0])
    flat, heights = shapely.linestrings(xyz[kept, :2]), xyz[kept, 2]
    if np.isfinite(heights).all() and (heights != 0.0).any():
        return flat, heights
    if count > 1 and start_m != end_m:
        return flat, np.full(len(heights), np.nan)
    return flat, levels_along(flat, start_m, end_m)
