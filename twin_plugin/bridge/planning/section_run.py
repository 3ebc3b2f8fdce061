"""What twin:section joins: lines, terrain, buildings and bodies below the ground, core's cuts, and their drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource, QgsProcessingContext, QgsProcessingFeedback, QgsRasterLayer

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.progress import Progress, advance, part
from ...core.common.tables import columns
from ...core.planning.bodies import PLANNED, PRESENT, REMOVED, Bodies, BodyBuilder
from ...core.planning.section import cut_bodies, cut_prisms, ground_line, joined
from ..kernel.input_table import Entry, table_lines
from ..kernel.line_layers import names_of
from ..kernel.metric_layers import LINES, Reader, metric_crs, row_ids, why
from ..kernel.pipe_layers import PipeChoices
from ..kernel.prism_layers import read_buildings
from ..kernel.rasters import read_grid
from .city import City, CityLayers, read_city, with_scheme
from .section_drawing import Drawing, draw_section
from .section_parts import BUILDING, CitySection, SectionPart
from .underground_layers import UndergroundLayers, read_underground
from .underground_run import Rows, tables

GROUND, WATER = "ground", "water"
PARTS = columns("""
    section text Id of the line
    kind text building, or a kind of what lies below the ground
    id text Id of the object
    name text Its name
    state text present, planned or removed
    from_m real Where it begins along the line, m
    to_m real Where it ends along the line, m
    bottom_m real Its lowest elevation there, m
    top_m real Its highest elevation there, m
""")
SURFACES = columns("""
    section text Id of the line
    kind text ground or water
    from_m real Where it begins along the line, m
    to_m real Where it ends along the line, m
    lowest_m real Lowest elevation, m
    highest_m real Highest elevation, m
""")
MOST_LINES, MOST_LENGTH_M = 20, 20_000.0


@dataclass(frozen=True)
class SectionLayers:
    """The layers: lines, the district, what lies below the ground, storeys of the buildings, and a level of water."""

    line: QgsFeatureSource
    city: CityLayers
    below: UndergroundLayers
    storeys: QgsFeatureSource | None = None
    water: QgsRasterLayer | None = None


@dataclass(frozen=True)
class SectionChoices:
    """What the user decides.

    Attributes
    ----------
    denominator : float
        Drawings are 1 to so much; 0 for the largest usual scale that fits on A3.
    exaggeration : float
        Heights are drawn so many times larger than distances.
    kinds : str
        Path of a table in the place of underground_kinds.csv; "" for this one.
    pipes : PipeChoices
    """

    denominator: float = 0.0
    exaggeration: float = 1.0
    kinds: str = ""
    pipes: PipeChoices = field(default_factory=PipeChoices)


@dataclass(frozen=True)
class SectionResult:
    """Rows of SECTION and SURFACES, drawings, numbers, warnings, and the lines of the table of inputs."""

    parts: Rows
    surfaces: Rows
    drawings: list[Drawing]
    numbers: dict[str, float]
    warnings: list[Message]
    table: list[Message]


def review_sections(
    layers: SectionLayers,
    choices: SectionChoices,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    progress: Progress,
) -> SectionResult:
    """Cut and draw sections, with a scheme beside what it replaces.

    Raises
    ------
    InputError
        Naming the layer, the reason and the cure.
    Cancelled
    """
    rules = tables(choices.kinds)
    city = _city(layers, context, feedback)
    notes, entries = list(city.notes), list(city.entries)
    bodies = BodyBuilder().build()
    below = layers.below
    if any((below.basements, below.pipes, below.tunnels, below.scheme)):
        read = read_underground(below, city.reader, city.terrain, rules, choices.pipes)
        bodies, notes, entries = read.bodies, notes + read.notes, entries + read.entries
    lines = read_section_lines(layers.line, city)
    water = None if layers.water is None else _water(layers.water, city)
    sections = cut_sections(city, bodies, water, lines, progress)
    colours = {name: kind.colour for name, kind in rules.kinds.items()}
    note = city.crs.authid() or city.crs.description()
    drawings = [draw_section(one, colours, choices.exaggeration, choices.denominator, note) for one in sections]
    unnamed = sum(drawing.unnamed for drawing in drawings)
    if unnamed:
        notes.append(
            Message(
                "{n} names found no room in the drawings: SECTION has them all; a larger scale gives room.", n=unnamed
            )
        )
    numbers = {
        "SECTIONS_COUNT": len(sections),
        "OBJECTS_COUNT": sum(len({(part.kind, part.id) for part in section.parts}) for section in sections),
        "LENGTH_M": sum(section.length_m for section in sections),
        "SCALE_OF_DRAWING": max(drawing.scale.denominator for drawing in drawings),
    }
    table = table_lines([lines.entry, *entries])
    return SectionResult(part_rows(sections), surface_rows(sections), drawings, numbers, notes, table)


def _city(layers: SectionLayers, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> City:
    """The district; an empty one where only what lies below the ground is given."""
    if layers.storeys is not None:
        return _with_storeys(layers.city, layers.storeys, context, feedback)
    if layers.city.buildings or layers.city.terrain or layers.city.scheme:
        return read_city(layers.city, context, feedback)
    below = layers.below
    first = below.basements or below.pipes or below.tunnels or below.scheme
    if first is None:
        raise InputError("Give a terrain, BUILDINGS, BASEMENTS, PIPES or TUNNELS: there is nothing to cut.")
    return City(Reader(metric_crs(first), context, feedback), None, Prisms.none())


def _with_storeys(
    layers: CityLayers, storeys: QgsFeatureSource, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> City:
    """The district with storeys in the place of the buildings that have some, with the names of these."""
    if layers.buildings is None:
        return read_city(replace(layers, buildings=storeys), context, feedback)
    city = read_city(replace(layers, scheme=None), context, feedback)
    read = read_buildings(storeys, "STOREYS", city.reader, city.terrain)
    names = dict(zip(city.present.ids, city.present.names, strict=True))
    own = replace(read.prisms, names=tuple(names.get(one, one) for one in read.prisms.ids))
    there = set(own.ids)
    rest = city.present.keep(np.array([one not in there for one in city.present.ids], bool))
    city = replace(
        city, present=rest.joined(own), notes=[*city.notes, *read.notes], entries=[*city.entries, read.entry]
    )
    return with_scheme(city, layers)


def _water(layer: QgsRasterLayer, city: City) -> Grid:
    """A level of water in the CRS of the review."""
    if layer.crs() != city.crs:
        raise InputError(
            "The raster '{layer}' of WATER is in {crs}, the other layers are in {other}: warp it with 'Warp "
            "(reproject)'.",
            layer=layer.name(),
            crs=layer.crs().authid() or layer.crs().description(),
            other=city.crs.authid() or city.crs.description(),
        )
    return read_grid(layer, output="LEVEL_MAX")


@dataclass(frozen=True)
class SectionLines:
    """The lines of sections in the CRS of the review, and what the log says of them."""

    lines: list[tuple[str, str, shapely.LineString]]
    entry: Entry


def read_section_lines(source: QgsFeatureSource, city: City) -> SectionLines:
    """The lines of a layer: each connected line of a feature is a section.

    Raises
    ------
    InputError
        Where there is none, or they are too many or too long.
    """
    table, name = city.reader.table(source, "LINE", LINES), source.sourceName()
    ids, names = row_ids(table), names_of(table)
    lines, lost = list[tuple[str, str, shapely.LineString]](), 0
    for row, shape in enumerate(table.geometries):
        flat = None if shape is None else shapely.line_merge(shapely.force_2d(shape))
        parts = [] if flat is None else [line for line in shapely.get_parts(flat) if shapely.length(line) > 0]
        lost += not parts
        for number, line in enumerate(parts, 1):
            own = ids[row] if len(parts) == 1 else f"{ids[row]}/{number}"
            lines.append((own, names[row] or own, line))
    if not lines:
        raise InputError("The layer '{name}' for LINE holds no line: draw one across the place.", name=name)
    longest = max(float(shapely.length(line)) for _, _, line in lines)
    if len(lines) > MOST_LINES or longest > MOST_LENGTH_M:
        raise InputError(
            "The layer '{name}' holds {n} lines of up to {length:,.0f} m: choose at most {most}, each up to {far:,.0f} "
            "m, by a selection.",
            name=name,
            n=len(lines),
            length=longest,
            most=MOST_LINES,
            far=MOST_LENGTH_M,
        )
    return SectionLines(lines, Entry(Message("LINE"), len(lines), lost, 0, why([Message("no geometry: {n}", n=lost)])))


def cut_sections(
    city: City, bodies: Bodies, water: Grid | None, lines: SectionLines, progress: Progress
) -> list[CitySection]:
    """The sections along some lines: of today and of the scheme, where there is one.

    Raises
    ------
    InputError
        Where a section meets nothing at all.
    Cancelled
    """
    buildings = _buildings(city)
    sections = []
    names = dict(zip(city.present.ids, city.present.names, strict=True))
    for number, (identity, name, line) in enumerate(lines.lines):
        own = part(progress, number / len(lines.lines), (number + 1) / len(lines.lines))
        advance(own, 0.0, "cutting the section {name}", name=name)
        parts = list[SectionPart]()
        for prisms, state in buildings:
            parts += [
                SectionPart(BUILDING, prisms.ids[cut.owner], prisms.names[cut.owner], state, cut.shape)
                for cut in cut_prisms(prisms, line, part(own, 0.0, 0.5))
            ]
        for cut in joined(list(cut_bodies(bodies, line, part(own, 0.5, 1.0)))):
            item = bodies.items[cut.owner]
            called = names.get(item.id, item.name) if item.name == item.id else item.name
            parts.append(SectionPart(item.kind, item.id, called, item.state, cut.shape))
        ground = [] if city.terrain is None else ground_line(city.terrain, line)
        levels = [] if water is None else ground_line(water, line)
        if not parts and not ground:
            raise InputError(
                "The section '{name}' meets nothing: draw it across terrain, buildings or pipes, and check its CRS.",
                name=name,
            )
        parts.sort(key=lambda part: (part.state != REMOVED, part.shape.bounds[0], part.id))
        sections.append(CitySection(identity, name, float(shapely.length(line)), parts, ground, levels))
    return sections


def _buildings(city: City) -> list[tuple[Prisms, str]]:
    """The buildings by their state."""
    if city.future is None:
        return [(city.present, PRESENT)]
    future, replaced = city.future, city.future.replaced
    return [
        (city.present.keep(~replaced), PRESENT),
        (city.present.keep(replaced), REMOVED),
        (future.prisms.keep(future.planned), PLANNED),
    ]


def part_rows(sections: list[CitySection]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of SECTION."""
    for section in sections:
        for piece in section.parts:
            west, bottom, east, top = piece.shape.bounds
            yield (
                piece.shape,
                {
                    "section": section.id,
                    "kind": piece.kind,
                    "id": piece.id,
                    "name": piece.name,
                    "state": piece.state,
                    "from_m": west,
                    "to_m": east,
                    "bottom_m": bottom,
                    "top_m": top,
                },
            )


def surface_rows(sections: list[CitySection]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of SURFACES."""
    for section in sections:
        for kind, stretches in ((GROUND, section.ground), (WATER, section.water)):
            for points in stretches:
                yield (
                    shapely.linestrings(points),
                    {
                        "section": section.id,
                        "kind": kind,
                        "from_m": points[0, 0],
                        "to_m": points[-1, 0],
                        "lowest_m": points[:, 1].min(),
                        "highest_m": points[:, 1].max(),
                    },
                )
