"""What twin:viewcorridor joins: a district, its corridors, core's ceilings; rows, a raster and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from qgis.core import QgsFeatureSource

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.common.prisms import Prisms
from ...core.common.progress import Progress, advance, part
from ...core.planning.corridor import (
    LEAST_M,
    STRIP,
    Corridor,
    CorridorForm,
    Standing,
    TerrainInView,
    ceiling,
    note_of_targets,
    standing_in,
    terrain_in,
    zones,
)
from ...core.planning.curvature import REFRACTION, lowering
from ...core.planning.observers import Observers
from ..kernel.input_table import Entry
from ..kernel.rasters import crs_text
from .city import City, require_something
from .corridor_layers import CorridorsRead, all_of, lines_of, pairs_of, read_landmarks

MOST_CELLS = 100_000_000
Row = tuple[Any, dict[str, Any]]


@dataclass(frozen=True, eq=False)
class CorridorLayers:
    """Observers with targets, or lines, or both."""

    observers: Observers | None = None
    targets: QgsFeatureSource | None = None
    lines: QgsFeatureSource | None = None


@dataclass(frozen=True)
class CorridorChoices:
    """What the user decides.

    Attributes
    ----------
    kind : str
        STRIP or CONE.
    width_m : float
        Of a strip, and of a cone at a target that is a point.
    eye_m : float
        Height of the eye above the terrain, for lines.
    target_height_m : float or None
        Height above the ground from which a target must be seen; None for its top.
    refraction : float or None
        None for a flat Earth.
    zone_step_m : float
        Step of the classes of the allowed elevation.
    cell_m : float
        Cells of the raster where there is no terrain.
    """

    kind: str = STRIP
    width_m: float = 40.0
    eye_m: float = 1.6
    target_height_m: float | None = None
    refraction: float | None = REFRACTION
    zone_step_m: float = 10.0
    cell_m: float = 5.0


@dataclass(frozen=True, eq=False)
class CorridorResult:
    """The review of corridors: rows of the three tables, numbers, and the raster of allowed elevations."""

    corridors: list[Row]
    obstacles: list[Row]
    zones: list[Row]
    numbers: dict[str, float]
    notes: list[Message]
    entries: list[Entry]
    views: list[Corridor]
    place: Grid | None = None
    cell_m: float = 5.0
    crs: str = ""

    def allowed(self, progress: Progress) -> Grid:
        """The lowest ceiling of all corridors, on the terrain's cells where there is one.

        Raises
        ------
        InputError
            When it has too many cells.
        """
        return ceiling(self.views, self._cells(), progress)

    def _cells(self) -> Grid:
        west, south, east, north = shapely.total_bounds([view.area for view in self.views])
        cell_m = self.cell_m if self.place is None else self.place.cell_m
        left, top = (0.0, 0.0) if self.place is None else (self.place.west, self.place.north)
        west, north = left + np.floor((west - left) / cell_m) * cell_m, top + np.ceil((north - top) / cell_m) * cell_m
        columns, rows = (max(1, int(np.ceil(size / cell_m))) for size in (east - west, north - south))
        if rows * columns > MOST_CELLS:
            raise InputError(
                "The raster of the allowed elevations would have {n:,} cells (up to {most:,}): choose larger cells, or "
                "leave ALLOWED out.",
                n=rows * columns,
                most=MOST_CELLS,
            )
        empty = np.broadcast_to(np.float32(np.nan), (rows, columns))
        return Grid(empty, float(west), float(north), float(cell_m), self.crs)


@dataclass(frozen=True, eq=False)
class _Side:
    """Buildings of today, or with the scheme."""

    prisms: Prisms
    planned: np.ndarray
    tree: shapely.STRtree = field(repr=False)

    @classmethod
    def of(cls, prisms: Prisms, planned: np.ndarray | None = None) -> _Side:
        none = np.zeros(prisms.objects, bool)
        return cls(prisms, none if planned is None else planned, shapely.STRtree(prisms.outlines))


def review_corridors(
    city: City, layers: CorridorLayers, choices: CorridorChoices, progress: Progress
) -> CorridorResult:
    """Compare buildings and terrain with the lines of sight of every corridor.

    Raises
    ------
    InputError
        When there is no corridor.
    Cancelled
    """
    require_something(city)
    read = _read(city, layers, choices)
    today = _Side.of(city.present)
    after = None if city.future is None else _Side.of(city.future.prisms, city.future.planned)
    corridors, obstacles, parts = list[Row](), list[Row](), list[Row]()
    for number, view in enumerate(read.views):
        mine = part(progress, number / len(read.views), (number + 1) / len(read.views))
        advance(mine, 0.0)
        before = standing_in(view, today.prisms, today.tree)
        shown, side = before, today
        if after is not None:
            shown, side = standing_in(view, after.prisms, after.tree), after
        ground = None if city.terrain is None else terrain_in(view, city.terrain, mine)
        corridors.append((view.area, _row(view, side, shown, before if after is not None else None, ground)))
        obstacles += [_obstacle(view, side, item) for item in shown]
        parts += _zones(view, choices.zone_step_m)
    notes = [*read.notes, *note_of_targets(read.views, city.prisms)]
    numbers = _numbers([row for _, row in corridors], obstacles)
    return CorridorResult(
        corridors, obstacles, parts, numbers, notes, read.entries, read.views, city.terrain, choices.cell_m,
        crs_text(city.crs),
    )  # fmt: skip


def _read(city: City, layers: CorridorLayers, choices: CorridorChoices) -> CorridorsRead:
    """The corridors of all layers.

    Raises
    ------
    InputError
        When layers are missing.
    """
    if layers.lines is None and (layers.observers is None or layers.targets is None):
        raise InputError("There is no corridor: give LINES, or OBSERVERS and TARGETS.")
    bend = 0.0 if choices.refraction is None else lowering(choices.refraction)
    form = CorridorForm(choices.kind, choices.width_m, bend)

    unused = [
        Message("{given} is not used: give {missing} too.", given=given, missing=missing)
        for given, missing, there, lacks in (
            ("OBSERVERS", "TARGETS", layers.observers, layers.targets),
            ("TARGETS", "OBSERVERS", layers.targets, layers.observers),
        )
        if there is not None and lacks is None
    ]

    def each() -> Iterator[CorridorsRead]:
        yield CorridorsRead([], unused, [])
        if layers.lines is not None:
            height = choices.target_height_m
            yield lines_of(layers.lines, city.reader, city.terrain, choices.eye_m, height, form)
        if layers.observers is not None and layers.targets is not None:
            landmarks, notes, entry = read_landmarks(layers.targets, city.reader, city.terrain, choices.target_height_m)
            yield CorridorsRead([], notes, [entry])
            yield pairs_of(layers.observers, landmarks, form)

    return all_of(each())


def _row(
    view: Corridor, side: _Side, shown: list[Standing], before: list[Standing] | None, ground: TerrainInView | None
) -> dict[str, Any]:
    """The row of a corridor."""
    too_high = [item for item in shown if item.exceeds]
    planned = sum(bool(side.planned[item.object]) for item in too_high)
    hill = ground is not None and ground.exceed_m > LEAST_M
    row: dict[str, Any] = {
        "corridor": view.id,
        "name": view.name,
        "observer": view.observer,
        "target": view.target,
        "eye_m": view.eye_m,
        "target_m": view.target_m,
        "length_m": view.length_m,
        "state": "terrain" if hill else "scheme" if planned else "building" if too_high else "free",
        "buildings": len(shown),
        "exceeding": len(too_high),
        "exceeding_planned": planned,
    }
    if shown:
        worst = shown[0]
        row |= {
            "exceed_m": worst.exceed_m,
            "exceed_by": side.prisms.ids[worst.object],
            "exceed_by_name": side.prisms.names[worst.object],
            "exceed_at_m": worst.along_m,
        }
    if before is not None:
        row["exceeding_before"] = sum(item.exceeds for item in before)
        row["exceed_before_m"] = before[0].exceed_m if before else None
    if ground is not None:
        row |= {
            "terrain_exceed_m": ground.exceed_m,
            "terrain_at_m": ground.along_m,
            "terrain_unknown_cells": ground.unknown,
        }
    return row


def _obstacle(view: Corridor, side: _Side, item: Standing) -> Row:
    """The row of a building in a corridor."""
    return _areas(item.part), {
        "corridor": view.id,
        "object": side.prisms.ids[item.object],
        "name": side.prisms.names[item.object],
        "planned": bool(side.planned[item.object]),
        "state": "exceeds" if item.exceeds else "free",
        "top_m": item.top_m,
        "allowed_m": item.allowed_m,
        "exceed_m": item.exceed_m,
        "distance_m": item.along_m,
    }


def _zones(view: Corridor, step_m: float) -> Iterator[Row]:
    """The classes of a corridor's ceiling."""
    for piece, low, high in zones(view, step_m):
        yield (
            _areas(piece),
            {
                "corridor": view.id,
                "allowed_from_m": low,
                "allowed_to_m": high,
                "area_m2": float(shapely.area(piece)),
            },
        )


def _areas(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """The polygons of a geometry: an intersection may have lines as well."""
    parts = shapely.get_parts(shape)
    if shapely.get_type_id(shape) == shapely.GeometryType.GEOMETRYCOLLECTION:
        parts = shapely.get_parts(parts)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def _numbers(rows: list[dict[str, Any]], obstacles: list[Row]) -> dict[str, float]:
    """Counts, and the greatest where there is one."""

    def most(name: str, column: str) -> dict[str, float]:
        known = [float(value) for row in rows if (value := row.get(column)) is not None and np.isfinite(value)]
        return {name: max(known)} if known else {}

    exceeding = {row["object"]: row["planned"] for _, row in obstacles if row["state"] == "exceeds"}
    return {
        "CORRIDORS_COUNT": len(rows),
        "EXCEEDED_COUNT": sum(row["state"] != "free" for row in rows),
        "EXCEEDING_COUNT": len(exceeding),
        "EXCEEDING_PLANNED": sum(exceeding.values()),
        **most("EXCEED_MAX_M", "exceed_m"),
        **most("EXCEED_BEFORE_MAX_M", "exceed_before_m"),
        **most("TERRAIN_EXCEED_MAX_M", "terrain_exceed_m"),
    }
