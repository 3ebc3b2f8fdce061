"""A layer of roads as the graph that routes take, and what is doubtful about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsWkbTypes,
)

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.risk.networks import Pieces
from ...core.roads.from_lines import SAME_M, BuiltRoads, Lines, build_graph
from ...core.roads.graph import RoadGraph
from ...core.roads.one_way import FIELDS, read_directions
from ...core.roads.snapping import count_crossings, near_misses
from .input_table import Entry, reasons
from .line_layers import (
    CLASSES,
    axis_metres,
    cut_lines,
    first_field,
    names_of,
    speeds_kmh,
    structures,
    whole_ids,
    without_empty,
)
from .vectors import FeatureTable, read_table

MISSED_M = 5.0
"""Ends that miss another road by at most this are counted."""
SMALL = 0.9
"""A graph of which the largest part has a smaller share is rather one that is not joined."""
TEXT_LIMIT = 60
NO_VEHICLES = {
    *("footway", "path", "steps", "pedestrian", "cycleway", "bridleway", "corridor", "elevator", "platform"),
    *("construction", "proposed", "abandoned", "razed", "disused"),
    *("人行道", "步行街", "自行车道", "绿道", "在建", "规划"),
}
"""Classes of lines that no vehicle uses."""
NO_WALKING = {
    *("motorway", "motorway_link", "trunk", "trunk_link", "busway", "raceway"),
    *("construction", "proposed", "abandoned", "razed", "disused"),
    *("高速公路", "快速路", "在建", "规划"),
}
"""Classes of lines that nobody walks along."""


@dataclass(frozen=True)
class RoadChoices:
    """How roads become a graph.

    Attributes
    ----------
    free_kmh : float
        Speed without water of roads that have none of their own.
    snap_m : float
        Ends that meet nothing are joined to another road within this distance.
    on_foot : bool
        People walk: at `free_kmh` on every road, also against a one-way street.
    """

    free_kmh: float = 30.0
    snap_m: float = 0.0
    on_foot: bool = False


@dataclass(frozen=True)
class RoadsRead:
    """A layer of roads in the CRS of the water.

    Attributes
    ----------
    layer : str
        Name of the layer.
    built : BuiltRoads
    lines : array of shapely geometries, shape (features,)
        None where there is none.
    ids, names, of_class, structure : lists of str, one for each feature
        `structure` is "bridge", "tunnel" or "".
    metres : tuple of float
        Metres in a unit of x and of y.
    geographic : bool
    notes : list of Message
    entry : Entry
        For the table at the end of the log.
    """

    layer: str
    built: BuiltRoads
    lines: np.ndarray
    ids: list[str]
    names: list[str]
    of_class: list[str]
    structure: list[str]
    metres: tuple[float, float]
    geographic: bool
    notes: list[Message]
    entry: Entry

    @property
    def graph(self) -> RoadGraph:
        return self.built.graph

    @property
    def edge_lines(self) -> np.ndarray:
        """Each edge of the graph as a line."""
        return self.built.edge_lines

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all roads."""
        west, south, east, north = shapely.total_bounds(self.lines)
        return float(west), float(south), float(east), float(north)

    def cut(self, cells: Cells) -> Pieces:
        """The edges of the graph, cut at some cells."""
        return cut_lines(self.edge_lines, cells, self.geographic)


def read_roads(
    source: QgsFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    choices: RoadChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> RoadsRead:
    """The graph of a layer of roads, in the CRS of the water.

    Raises
    ------
    InputError
        Where the layer holds no lines, has no CRS, or none of its lines has a length.
    """
    name = source.sourceName()
    table, shapes = _read_lines(source, crs, context, feedback)
    bounds = shapely.total_bounds(shapes)
    metres = axis_metres(crs, float(bounds[[1, 3]].mean()))
    ids = whole_ids(table) or [str(value) for value in table.ids]
    free, default_speeds, notes = speeds_kmh(table, choices.free_kmh)
    field = first_field(table, FIELDS)
    if choices.on_foot:
        free, default_speeds, notes, field = np.full(len(table), choices.free_kmh), 0, [], ""
    directions = read_directions(table.get(field))
    lines = Lines(
        shapes, free, directions.forward, directions.backward, _rank(ids, shapes), *metres, crs.isGeographic()
    )
    built = build_graph(lines, choices.snap_m)
    notes += _direction_notes(directions.unknown, field)
    notes += _graph_notes(name, built, lines, choices.snap_m)
    of_class = _texts(table, CLASSES)
    notes += _class_notes(name, of_class, choices.on_foot)
    return RoadsRead(
        name,
        built,
        shapes,
        ids,
        names_of(table),
        of_class,
        structures(table),
        metres,
        crs.isGeographic(),
        notes,
        _entry(built, len(table), default_speeds, field, directions),
    )


def _read_lines(
    source: QgsFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> tuple[FeatureTable, np.ndarray]:
    """The features of a layer of lines, and their shapes, of which one at least can be read."""
    name = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.LineGeometry:
        raise InputError("The layer '{name}' holds no lines: choose a layer of roads for ROADS.", name=name)
    if not source.sourceCrs().isValid():
        raise InputError("The layer '{source}' has no CRS: set it in the layer's properties.", source=name)
    table = read_table(source, feedback, crs, transform_context=context.transformContext())
    if not len(table):
        raise InputError("The layer '{name}' has no features.", name=name)
    shapes = without_empty(table.geometries)
    if not np.isfinite(shapely.total_bounds(shapes)).all():
        raise InputError(
            "No feature of the layer '{name}' has a geometry that can be read: repair it or choose another layer.",
            name=name,
        )
    return table, shapes


def _rank(ids: Sequence[str], shapes: np.ndarray) -> np.ndarray:
    """The order of the lines by id, and by shape where ids are equal, whatever the order of the features."""
    wkb = shapely.to_wkb(shapes)
    order = sorted(range(len(ids)), key=lambda row: (ids[row], wkb[row] or b""))
    rank = np.empty(len(ids), np.int64)
    rank[order] = np.arange(len(ids))
    return rank


def _texts(table: FeatureTable, names: Sequence[str]) -> list[str]:
    return [str(value) if value is not None else "" for value in table.get(first_field(table, names))]


def _direction_notes(unknown: Any, field: str) -> list[Message]:
    if not unknown:
        return []
    words = ", ".join(
        f"{word[:TEXT_LIMIT]} ({n})" for word, n in sorted(unknown.items(), key=lambda i: (-i[1], i[0]))[:5]
    )
    return [
        Message(
            "{n} values of the field '{field}' say no known direction and count as two-way: {words}.",
            n=sum(unknown.values()),
            field=field,
            words=words,
        )
    ]


def _class_notes(name: str, of_class: Sequence[str], on_foot: bool) -> list[Message]:
    """A note of the lines that are no roads for vehicles, or not for people on foot."""
    others = NO_WALKING if on_foot else NO_VEHICLES
    found = Counter(word for word in of_class if word.strip().lower() in others)
    if not found:
        return []
    words = ", ".join(f"{word} ({n})" for word, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:5])
    values = {"n": sum(found.values()), "name": name, "words": words}
    if on_foot:
        return [
            Message(
                "{n} lines of the roads '{name}' are not for people on foot by their class, {words}: ways use them all "
                "the same. Leave them out with a filter.",
                **values,
            )
        ]
    return [
        Message(
            "{n} lines of the roads '{name}' are not for vehicles by their class, {words}: routes use them all the "
            "same. Leave them out with a filter, if vehicles cannot.",
            **values,
        )
    ]


def _graph_notes(name: str, built: BuiltRoads, lines: Lines, snap_m: float) -> list[Message]:
    """What is doubtful about how roads meet."""
    graph, sizes, notes = built.graph, built.piece_sizes, []
    share = float(sizes[0] / sizes.sum())
    if len(sizes) > 1 and share < SMALL:
        notes.append(
            Message(
                "The roads '{name}' fall into {n} parts without a connection, the largest has {share:.0f} % of the "
                "junctions: people of one part reach nothing in another one. Roads meet where they share a vertex; "
                "set SNAP to join ends that miss, or split the lines with 'Split with lines'.",
                name=name,
                n=len(sizes),
                share=100 * share,
            )
        )
    elif len(sizes) > 1:
        notes.append(
            Message(
                "{share:.1f} % of the junctions of the roads '{name}' are connected, the rest is in {n} small parts.",
                share=100 * share,
                name=name,
                n=len(sizes) - 1,
            )
        )
    crossings = count_crossings(built.edge_lines, graph.first, graph.last, graph.line)
    if crossings:
        notes.append(
            Message(
                "{n} pairs of the roads '{name}' cross without a common vertex: they count as bridges, without a "
                "junction.",
                n=crossings,
                name=name,
            )
        )
    _, _, distance = near_misses(lines.shapes, MISSED_M, lines.metres_x, lines.metres_y, SAME_M)
    distance = distance[distance > snap_m]
    if len(distance):
        near, wide = int((distance <= 1.0).sum()), len(distance)
        notes.append(
            Message(
                "{wide} ends of the roads '{name}' miss another road by up to {most:g} m, {near} of them by up to 1 m: "
                "there is no junction, unless SNAP is at least so wide.",
                wide=wide,
                name=name,
                most=MISSED_M,
                near=near,
            )
        )
    return notes


def _entry(built: BuiltRoads, count: int, default_speeds: int, field: str, directions: Any) -> Entry:
    against, as_drawn = (int((~array).sum()) for array in (directions.forward, directions.backward))
    why = reasons(
        [
            Message("no length: {n}", n=built.without_length) if built.without_length else None,
            Message("no speed of their own: {n}", n=default_speeds) if default_speeds else None,
            Message("one-way by '{field}': {n}, against the line: {m}", field=field, n=as_drawn, m=against)
            if field
            else Message("no field oneway: all are two-way"),
            Message("ends joined by SNAP: {n}", n=built.joined) if built.joined else None,
            Message("junctions {n}, stretches {m}", n=len(built.graph.node_xy), m=len(built.graph.first)),
        ]
    )
    return Entry(Message("Roads"), count - built.without_length, built.without_length, default_speeds, why)
