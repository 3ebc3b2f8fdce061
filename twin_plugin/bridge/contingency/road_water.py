"""The water on the stretches of a graph of roads: when it closes them, and how fast one drives through it before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.progress import Progress, advance
from ...core.contingency.plan import Closure
from ...core.risk.ingress import Water
from ...core.risk.networks import Closures, Pieces, SpeedByDepth
from ...core.roads.graph import WaterOnRoads
from ..kernel.road_layers import RoadsRead


@dataclass(frozen=True)
class RoadWater:
    """The water on the edges of a graph.

    Attributes
    ----------
    water : WaterOnRoads
    closed_m : float
        The depth that closes: at most that beyond which no speed is known.
    depth_m : float64 array, shape (edges,)
        Greatest depth; 0 where dry, NaN where unknown.
    timed : bool
        Whether the water has times. Without them a road that is ever closed counts as closed from the beginning.
    unknown_m : float
        Length without known depths, which counts as dry, m.
    """

    water: WaterOnRoads
    closed_m: float
    depth_m: np.ndarray
    timed: bool
    unknown_m: float


def water_on_roads(
    roads: RoadsRead, there: Water, closed_m: float, speeds: SpeedByDepth, progress: Progress
) -> RoadWater:
    """The water on a graph of roads; bridges and tunnels stay open and dry.

    Parameters
    ----------
    roads : RoadsRead
        In the CRS of the water.
    there : Water
        With the greatest depths, and a series for times.
    closed_m : float
    speeds : SpeedByDepth
    progress : Progress

    Raises
    ------
    InputError
        Where no road lies on the cells of the water.
    """
    closed_m = min(closed_m, speeds.most_mm / 1000.0)
    pieces = roads.cut(there.cells)
    if not (pieces.cell >= 0).any():
        raise InputError(
            "The roads '{name}' and the water do not overlap, they lie {far:,.1f} km apart: check the CRS of both.",
            name=roads.layer,
            far=_apart_km(roads, there.cells),
        )
    depth = pieces.values(there.depth_m)
    above = np.array([bool(kind) for kind in roads.structure])[roads.graph.line]
    on_ground = ~above[pieces.asset]
    unknown_m = float(pieces.length_m[np.isnan(depth) & on_ground].sum())
    if there.series is None:
        water, greatest = _still(roads, pieces, np.where(on_ground, depth, 0.0), closed_m)
        return RoadWater(water, closed_m, greatest, False, unknown_m)
    kept = np.flatnonzero(on_ground)
    pieces = Pieces(pieces.asset[kept], pieces.cell[kept], pieces.length_m[kept], pieces.count)
    water, greatest = _over_time(roads, pieces, there, closed_m, speeds, progress)
    return RoadWater(water, closed_m, greatest, True, unknown_m)


def closures(roads: RoadsRead, found: RoadWater) -> tuple[list[Closure], list[int]]:
    """The roads that close, by the moment and their id, and the numbers of their features."""
    line, water = roads.graph.line, found.water
    shut = np.flatnonzero(~np.isnan(water.closes_min))
    rows = []
    for feature in np.unique(line[shut]):
        own = shut[line[shut] == feature]
        opens = water.opens_min[own]
        rows.append(
            (
                Closure(
                    roads.ids[feature],
                    roads.names[feature],
                    roads.of_class[feature],
                    float(water.closes_min[own].min()) if found.timed else np.nan,
                    float(opens.max()),  # NaN where a part of it stays closed
                    float(found.depth_m[own].max()),
                    float(roads.graph.length_m[own].sum()),
                ),
                int(feature),
            )
        )
    rows.sort(key=lambda row: (np.nan_to_num(row[0].closes_min), row[0].id, row[0].length_m))
    return [row[0] for row in rows], [row[1] for row in rows]


def _still(roads: RoadsRead, pieces: Pieces, depth: np.ndarray, closed_m: float) -> tuple[WaterOnRoads, np.ndarray]:
    """Without times: what is ever closed is so from the beginning."""
    greatest = _greatest(pieces, depth)
    closes = np.where(greatest >= closed_m, -np.inf, np.nan)
    free = roads.graph.free_kmh[None].astype(np.float32)
    return WaterOnRoads(np.zeros(1), free, closes, np.full(len(closes), np.nan)), greatest


def _over_time(
    roads: RoadsRead, pieces: Pieces, there: Water, closed_m: float, speeds: SpeedByDepth, progress: Progress
) -> tuple[WaterOnRoads, np.ndarray]:
    """Speeds and closures from the depths of each time."""
    graph, times, by_time = roads.graph, [], []
    shut = Closures(pieces, closed_m)
    cells, place = np.unique(pieces.cell, return_inverse=True)
    faces = np.full(len(cells), -1, np.int64)
    inside = cells >= 0
    faces[inside] = there.series.number(*there.cells.centres(cells[inside]))
    greatest = np.full(len(pieces.asset), np.nan)
    free_of_piece = graph.free_kmh[pieces.asset]
    for done, minutes, by_face, _ in there.series.steps(faces):
        advance(progress, done, "reading the result")
        depth = by_face[place]
        shut.add(minutes, depth)
        greatest = np.fmax(greatest, depth)
        wet = np.flatnonzero(depth > 0)
        with np.errstate(divide="ignore"):
            slow = 1.0 / speeds.speed_kmh(depth[wet], free_of_piece[wet]) - 1.0 / free_of_piece[wet]
        more = np.zeros(len(wet))
        np.multiply(pieces.length_m[wet], slow, out=more, where=pieces.length_m[wet] > 0)
        hours = graph.length_m / graph.free_kmh + np.bincount(pieces.asset[wet], more, pieces.count)
        times.append(minutes)
        by_time.append((graph.length_m / hours).astype(np.float32))
    water = WaterOnRoads(np.array(times), np.array(by_time), shut.first_min, shut.opens_min())
    return water, _greatest(pieces, greatest)


def _apart_km(roads: RoadsRead, cells: Cells) -> float:
    west, south, east, north = roads.bounds
    across = max(west - cells.east, cells.west - east, 0.0) * cells.metres_x
    along = max(south - cells.north, cells.south - north, 0.0) * cells.metres_y
    return float(np.hypot(across, along)) / 1000.0


def _greatest(pieces: Pieces, depth: np.ndarray) -> np.ndarray:
    """Greatest depth of each edge; 0 where nothing is known: those without pieces are bridges."""
    found = np.zeros(pieces.count)
    np.fmax.at(found, pieces.asset, depth)
    return found
