"""Layers of pipes and tunnels: axes with levels, sizes, kinds and connections, by the usual names of fields.

Among them those of PLATEAU's utility networks (uro:depth, innerDiamiter, startNode …).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.planning.bodies import BuriedBody
from ...core.planning.clearance_rules import PIPE, TUNNEL, Rules
from ...core.risk.field_values import ELEVATION
from .input_table import Entry
from .line_layers import names_of
from .metric_layers import LINES, Reader, numbers_of, row_ids, texts_of, why
from .vectors import FeatureTable

KIND = ("kind", "type", "category", "class", "类别", "管线类别", "管类", "类型")
CONNECTS = ("connects", "connected_to", "连接")
NODES = (("start_node", "startnode", "from_node", "起点点号"), ("end_node", "endnode", "to_node", "终点点号"))
LINE = ("line", "line_id", "线路")
"""Bores of one line are connected."""
LEVEL_OF = ("level_of", "depth_reference", "标高基准")
DIAMETER_MM = ("diameter_mm", "outer_diameter_mm", "dn", "管径")
DIAMETER_M = ("diameter_m", "outer_diameter_m")
DIAMETER_UNF = ("outerdiamiter", "outerdiameter", "innerdiamiter", "innerdiameter")
"""PLATEAU's own spelling; in metres where the value is at most 10, else in millimetres."""
LEAST_DIAMETER_M = 0.01
"""Pipes below ground are wider: a smaller one has a field in another unit."""
WIDTH_MM, HEIGHT_MM, WIDTH_M, HEIGHT_M = ("width_mm",), ("height_mm",), ("width_m",), ("height_m",)
BELOW, ABOVE = ("below_m",), ("above_m",)
START, END = ("start_elev_m", "rail_start_m", "invert_in_m", "起点标高"), (
    "end_elev_m", "rail_end_m", "invert_out_m", "终点标高",
)  # fmt: skip
INVERTS = ("invert_in_m",)
START_DEPTH, END_DEPTH = ("start_depth_m", "起点埋深"), ("end_depth_m", "终点埋深")
DEPTH, LEAST_DEPTH, MOST_DEPTH = ("depth_m", "depth", "埋深"), ("mindepth",), ("maxdepth",)
"""Usual names of fields, in any case."""
CROWN, AXIS, INVERT = REFERENCES = ("crown", "axis", "invert")
_REFERENCE_WORDS = {
    CROWN: ("crown", "top", "obvert", "管顶"),
    AXIS: ("axis", "centre", "center", "管中", "中心"),
    INVERT: ("invert", "bottom", "floor", "管底", "内底"),
}


@dataclass(frozen=True)
class PipeChoices:
    """What counts where a feature says nothing.

    Attributes
    ----------
    reference : str
        What depths and levels of pipes are those of: crown, axis or invert. Those of tunnels are of the axis.
    diameter_mm, tunnel_m : float
        Outer diameters of pipes and of tunnels.
    """

    reference: str = AXIS
    diameter_mm: float = 300.0
    tunnel_m: float = 6.2


class PipeBuilder(Protocol):
    """What collects the pipes of a layer, such as `core.planning.bodies.BodyBuilder`."""

    def add(self, body: BuriedBody) -> int:
        """An object; its place."""

    def add_tube(self, axis: np.ndarray, radius_m: float, owner: int) -> None:
        """A round pipe of an object about an axis of shape (vertices, 3)."""

    def add_box(self, axis: np.ndarray, width_m: float, below_m: float, above_m: float, owner: int) -> None:
        """A rectangular one, from `below_m` below its line to `above_m` above."""


@dataclass(frozen=True)
class PipesRead:
    """What the log says of a layer of pipes."""

    notes: list[Message]
    entry: Entry


@dataclass(frozen=True, eq=False)
class _Sizes:
    """Of each row: the diameter, NaN for rectangular sections; width, below and above of these; whether guessed."""

    diameter: np.ndarray
    width: np.ndarray
    below: np.ndarray
    above: np.ndarray
    guessed: np.ndarray


def words_of(text: str) -> set[str]:
    """Ids in a field that lists some."""
    return {word.strip() for word in text.replace(",", ";").replace("；", ";").split(";") if word.strip()}


def read_pipes(
    source: QgsFeatureSource,
    parameter: str,
    reader: Reader,
    terrain: Grid | None,
    rules: Rules,
    choices: PipeChoices,
    builder: PipeBuilder,
) -> PipesRead:
    """Add the pipes or tunnels of a layer to bodies.

    Raises
    ------
    InputError
        Where the lines have no levels, neither in the geometry nor in fields.
    """
    table, name = reader.table(source, parameter, LINES), source.sourceName()
    notes: list[Message] = []
    is_pipe = parameter == "PIPES"
    sizes = _sizes(table, choices.diameter_mm / 1000 if is_pipe else choices.tunnel_m, notes)
    levels = _Levels(table, terrain, notes)
    if len(table) and not levels.any():
        raise InputError(
            "The lines of the layer '{name}' have no vertical datum: give lines with heights (LineStringZ), the fields "
            "{start} and {end}, or {depth} together with a terrain.",
            name=name,
            start=START[0],
            end=END[0],
            depth=DEPTH[0],
        )
    references, unknown = _references(table, choices.reference if is_pipe else AXIS), Counter[str]()
    kinds, ids, names = texts_of(table, KIND), row_ids(table), names_of(table)
    ends, connects = [texts_of(table, fields) for fields in NODES], texts_of(table, CONNECTS)
    lines = [""] * len(table) if is_pipe else texts_of(table, LINE)
    used = 0
    for row, shape in enumerate(table.geometries):
        if shape is None:
            continue
        axes = [axis for part in shapely.get_parts(shape) if (axis := levels.axis(part, row)) is not None]
        if not axes:
            continue
        used += 1
        kind = rules.kind_named(kinds[row])
        if not kind:
            unknown[kinds[row]] += 1
        nodes = frozenset([*(node[row] for node in ends if node[row]), *([f"line {lines[row]}"] if lines[row] else [])])
        item = BuriedBody(ids[row], names[row] or ids[row], kind or (PIPE if is_pipe else TUNNEL), nodes=nodes,
                    connects=frozenset(words_of(connects[row])))  # fmt: skip
        owner = builder.add(item)
        for axis in axes:
            _add(builder, axis, references[row], sizes, row, owner)
    notes += _notes(name, table, levels, unknown, sizes, used)
    missing = sum(shape is None for shape in table.geometries)
    reason = why(
        [
            Message("no geometry: {n}", n=missing),
            Message("no length or no levels: {n}", n=len(table) - used - missing),
            Message("no size: {n}", n=int(sizes.guessed.sum())),
            Message("kind unknown: {n}", n=unknown.total()),
        ]
    )
    entry = Entry(Message(parameter), used, len(table) - used, int(sizes.guessed.sum()), reason)
    return PipesRead(notes, entry)


def _add(builder: PipeBuilder, axis: np.ndarray, reference: str, sizes: _Sizes, row: int, owner: int) -> None:
    """One line as a tube or as a box."""
    diameter = float(sizes.diameter[row])
    if diameter == diameter:
        shift = {CROWN: -diameter / 2, AXIS: 0.0, INVERT: diameter / 2}[reference]
        builder.add_tube(axis + np.array([0.0, 0.0, shift]), diameter / 2, owner)
        return
    below, above = float(sizes.below[row]), float(sizes.above[row])
    height = below + above
    if reference != AXIS:
        below, above = (height, 0.0) if reference == CROWN else (0.0, height)
    builder.add_box(axis, float(sizes.width[row]), below, above, owner)


def _sizes(table: FeatureTable, default_m: float, notes: list[Message]) -> _Sizes:
    """Diameters, or width and height, in metres."""

    def metres(in_mm: Sequence[str], in_m: Sequence[str]) -> np.ndarray:
        millimetres = numbers_of(table, in_mm, "diameter_mm", notes)
        found = np.where(np.isfinite(millimetres), millimetres / 1000, numbers_of(table, in_m, "width_m", notes))
        return np.where(found > 0, found, np.nan)

    diameter, width, height = metres(DIAMETER_MM, DIAMETER_M), metres(WIDTH_MM, WIDTH_M), metres(HEIGHT_MM, HEIGHT_M)
    for name in DIAMETER_UNF:
        own = numbers_of(table, (name,), "diameter_mm", notes)
        own = np.where(own > 10, own / 1000, own)
        diameter = np.where(np.isnan(diameter) & (own > 0), own, diameter)
    below, above = (numbers_of(table, fields, "width_m", notes) for fields in (BELOW, ABOVE))
    stated = np.isfinite(below) & np.isfinite(above) & (below + above > 0)
    below, above = np.where(stated, below, height / 2), np.where(stated, above, height / 2)
    box = np.isnan(diameter) & np.isfinite(width) & np.isfinite(below + above)
    guessed = np.isnan(diameter) & ~box
    return _Sizes(np.where(guessed, default_m, diameter), width, below, above, guessed)


class _Levels:
    """The level of each vertex of lines: their own heights, else fields of both ends, else depths below a terrain."""

    def __init__(self, table: FeatureTable, terrain: Grid | None, notes: list[Message]) -> None:
        self._terrain = terrain
        numbers = [numbers_of(table, fields, "elev_m", notes) for fields in (START, END, START_DEPTH, END_DEPTH)]
        self._start, self._end, start_depth, end_depth = numbers
        depth, least, most = (numbers_of(table, fields, "elev_m", notes) for fields in (DEPTH, LEAST_DEPTH, MOST_DEPTH))
        self.between = np.isnan(depth) & np.isfinite(least + most)
        depth = np.where(self.between, (least + most) / 2, depth)
        self._depths = [np.where(np.isnan(own), depth, own) for own in (start_depth, end_depth)]
        heights = shapely.get_coordinates(table.geometries, include_z=True)[:, 2]
        self.impossible = int((np.isfinite(heights) & ~_possible(heights)).sum())
        known = heights[_possible(heights)]
        self.flat = bool(len(known)) and not known.any()
        self._own = bool(len(known)) and not self.flat
        flat_line = np.array([shape is not None and not shapely.get_coordinates(shape, include_z=True)[:, 2].any()
                              for shape in table.geometries], bool)  # fmt: skip
        self.at_zero = int(flat_line.sum()) if self._own else 0

    def any(self) -> bool:
        """Whether any line may have levels."""
        by_depth = self._terrain is not None and np.isfinite(self._depths[0] + self._depths[1]).any()
        return bool(self._own or np.isfinite(self._start + self._end).any() or by_depth)

    def axis(self, part: shapely.LineString, row: int) -> np.ndarray | None:
        """The vertices of a line with their levels; None where these are unknown."""
        points = shapely.get_coordinates(part, include_z=True)
        if len(points) < 2 or (np.nan_to_num(points) == np.nan_to_num(points[0])).all():
            return None
        if self._own and _possible(points[:, 2]).all():
            return points
        points[:, 2] = np.nan
        share = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points[:, :2], axis=0).T))])
        share = share / max(float(share[-1]), 1e-9)
        start, end = float(self._start[row]), float(self._end[row])
        if start + end == start + end:
            points[:, 2] = start + share * (end - start)
        elif self._terrain is not None:
            first, last = (float(depths[row]) for depths in self._depths)
            points[:, 2] = self._terrain.sample(points[:, 0], points[:, 1]) - first - share * (last - first)
        return points if np.isfinite(points[:, 2]).all() else None


def _possible(heights: np.ndarray) -> np.ndarray:
    """Which heights may be those of a pipe: 9999 and the like stand for unknown."""
    return (heights >= ELEVATION[0]) & (heights <= ELEVATION[1])


def _references(table: FeatureTable, default: str) -> list[str]:
    """What the levels of each row are those of."""
    by_word = {word: reference for reference, words in _REFERENCE_WORDS.items() for word in words}
    own = INVERT if any(name.lower() in INVERTS for name in table.columns) else default
    return [by_word.get(text.lower(), own) for text in texts_of(table, LEVEL_OF)]


def _notes(
    name: str, table: FeatureTable, levels: _Levels, unknown: Counter[str], sizes: _Sizes, used: int
) -> list[Message]:
    notes = []
    if used < len(table):
        notes.append(
            Message(
                "{n} of {all} features of the layer '{name}' are left out: they have no geometry, no length, or no "
                "levels.",
                n=len(table) - used,
                all=len(table),
                name=name,
            )
        )
    if levels.flat:
        notes.append(
            Message(
                "All heights in the geometry of the layer '{name}' are 0: they count as unknown.",
                name=name,
            )
        )
    if levels.impossible:
        notes.append(
            Message(
                "{n} vertices of the layer '{name}' have heights below {least:g} m or above {most:g} m: they count as "
                "unknown.",
                n=levels.impossible,
                name=name,
                least=ELEVATION[0],
                most=ELEVATION[1],
            )
        )
    if levels.at_zero:
        notes.append(
            Message(
                "{n} features of the layer '{name}' have the height 0 at each vertex, others have not: they count at 0 "
                "m; check whether 0 means unknown there.",
                n=levels.at_zero,
                name=name,
            )
        )
    if levels.between.any():
        notes.append(
            Message(
                "{n} features of the layer '{name}' state a least and a greatest depth: they lie at the mean of both.",
                n=int(levels.between.sum()),
                name=name,
            )
        )
    if unknown:
        notes.append(
            Message(
                "{n} features of the layer '{name}' say no kind of the table underground_kinds.csv, so that only the "
                "rules for any kind hold: {words}.",
                n=unknown.total(),
                name=name,
                words=", ".join(word[:40] or "?" for word in sorted(unknown)[:5]),
            )
        )
    tiny = sizes.diameter < LEAST_DIAMETER_M
    if tiny.any():
        notes.append(
            Message(
                "{n} features of the layer '{name}' have diameters such as {diameter:g} mm, below {least:g} mm: check "
                "the unit of the field.",
                n=int(tiny.sum()),
                name=name,
                diameter=float(sizes.diameter[tiny][0]) * 1000,
                least=LEAST_DIAMETER_M * 1000,
            )
        )
    if sizes.guessed.any():
        notes.append(
            Message(
                "{n} features of the layer '{name}' state no size: they count with a diameter of {diameter:g} m.",
                n=int(sizes.guessed.sum()),
                name=name,
                diameter=float(sizes.diameter[sizes.guessed][0]),
            )
        )
    return notes
