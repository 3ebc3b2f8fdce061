"""The water of a RESULT that counts for rooms below ground: its cells, levels at openings, and how much there is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ....core.common.errors import InputError
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.common.progress import Progress, advance
from ....core.flood.processes.underground import UndergroundWater
from ....core.flood.surface import RAISE, Surface
from ....core.flood.underground.filling import OutsideLevels
from ....core.flood.underground.roofs import raised_cells
from ....core.flood.underground.room_water import Mouth
from ...kernel.flood_run import read_summary, require_one_run, results_beside, run_of_file, run_of_summary
from ...kernel.input_table import Entry
from ...kernel.rasters import crs_text
from ...kernel.ugrid_reader import Result
from ..files.result_checks import require_metric, require_square
from ..setup.ground import read_buildings
from ..setup.parameters import Parameters
from .hydrographs import block_notes

NEAR_M = 50.0
"""The street's water near an opening is that of cells so far from it."""
COARSE_MIN = 10.0
"""Where times of RESULT lie further apart, levels between them are doubtful."""
ROOMS_KEY = "underground_rooms"
"""Key of SUMMARY: rooms that the run carried itself."""


@dataclass(frozen=True)
class StreetWater:
    """Water outside over time.

    Attributes
    ----------
    mouths : list of Mouth
        Where the water of each opening stands, by node of `outside`.
    outside : OutsideLevels
    head_max_m : ndarray, shape (openings,)
        Highest water above the sill, 0 where it stays below.
    peak_m3 : float
        Most water in all of RESULT at one time.
    near_m3 : ndarray, shape (rooms,)
        Most water within `NEAR_M` of the openings of each room at one time.
    """

    mouths: list[Mouth]
    outside: OutsideLevels
    head_max_m: np.ndarray
    peak_m3: float
    near_m3: np.ndarray


class BasementResult:
    """A RESULT as the ground of rooms below ground.

    Parameters
    ----------
    parameters : Parameters
        With RESULT, SUMMARY and BUILDINGS.

    Attributes
    ----------
    result : Result
    run : str
    surface : Surface
        Its cells; those of buildings are not free.
    carried : int
        Rooms below ground that the run carried itself.

    Raises
    ------
    InputError
        When RESULT or SUMMARY cannot be used, or they are of two runs.
    """

    def __init__(self, parameters: Parameters) -> None:
        path = parameters.algorithm.parameterAsFile(parameters.values, "RESULT", parameters.context)
        self.result = Result(path)
        require_metric(self.result)
        require_square(self.result)
        if not self.result.crs.isValid():
            raise InputError("The result '{path}' has no CRS: run the simulation again.", path=path)
        if len(self.result.minutes) < 2:
            raise InputError(
                "The result '{path}' has one time only: rooms fill over time, so choose a result with several.",
                path=path,
            )
        self.run = run_of_file(path)
        given = parameters.algorithm.parameterAsFile(parameters.values, "SUMMARY", parameters.context)
        summary = read_summary(given or results_beside(path, self.run).get("SUMMARY", ""))
        require_one_run({"RESULT": self.run, "SUMMARY": run_of_summary(summary)})
        self.carried = int(summary.get(ROOMS_KEY) or 0)
        notes = list(block_notes(self.result))
        self._block = bool(notes)
        step_min = float(np.median(np.diff(self.result.minutes)))
        if step_min > COARSE_MIN:
            text = (
                "RESULT has a time every {step:g} min only; levels between two are interpolated, so that minutes are "
                "rough. For better ones simulate with a shorter OUTPUT_STEP_MIN."
            )
            notes.append(Message(text, step=step_min))
        parameters.warn(notes)
        parameters.entries.append(Entry(Message("Steps of RESULT"), len(self.result.minutes)))
        self.surface = self._read_surface(parameters, str(summary.get("buildings_as") or RAISE))

    def _read_surface(self, parameters: Parameters, buildings_as: str) -> Surface:
        cells, faces = self.result.cells, self.result.face_cells()
        bed = np.full(cells.size, np.nan)
        bed[faces] = self.result.bed(np.arange(len(faces)))
        if not np.isfinite(bed).any():
            raise InputError(
                "The result '{path}' does not hold the ground: choose one that 'Simulate flood' wrote.",
                path=Path(self.result.path).name,
            )
        values = bed.reshape(cells.rows, cells.columns)
        grid = Grid(values, cells.west, cells.north, cells.width, crs_text(self.result.crs))
        buildings = read_buildings(parameters, grid)
        if buildings is None and buildings_as == RAISE and not self._block:
            buildings = raised_cells(values).astype(np.int32)
            if buildings.any():
                text = "{n:,} cells that stand 5 m above their neighbours count as buildings, since BUILDINGS is empty."
                parameters.note([Message(text, n=int(buildings.sum()))])
        return Surface(grid, buildings=buildings)

    def water(
        self, process: UndergroundWater, places: Sequence[tuple[np.ndarray, np.ndarray]], progress: Progress
    ) -> StreetWater:
        """The water at the cells of the openings of rooms, over time."""
        cells, bed = self.result.cells, self.surface.bed
        flat = [rows * cells.columns + columns for rows, columns in places]
        nodes = np.unique(np.concatenate([np.zeros(0, np.int64), *flat]))
        at = self.result.faces_of(nodes)
        ground_m = bed.values.ravel()[nodes].astype(np.float64)
        mouths = [
            Mouth(number, int(node), opening.width_m / len(own), -math.inf if self._block else float(ground_m[node]))
            for number, (opening, own) in enumerate(zip(process.openings, flat, strict=True))
            for node in np.searchsorted(nodes, own)
        ]
        depth_m, level_m = self._levels(at, ground_m, progress)
        outside = OutsideLevels(60.0 * self.result.minutes, level_m)
        heads = np.zeros(len(process.openings))
        highest = np.where(depth_m > 0, level_m, -np.inf).max(axis=0, initial=-np.inf)
        for mouth in mouths:
            head_m = float(highest[mouth.node]) - process.openings[mouth.opening].sill_m
            heads[mouth.opening] = max(heads[mouth.opening], head_m)
        peak_m3, near_m3 = self._volumes(process, places, progress)
        return StreetWater(mouths, outside, heads, peak_m3, near_m3)

    def _levels(self, faces: np.ndarray, ground_m: np.ndarray, progress: Progress) -> tuple[np.ndarray, np.ndarray]:
        """Depths and levels of faces by time; a dry face has the level of its ground."""
        depths = np.zeros((len(self.result.minutes), len(faces)))
        levels = np.broadcast_to(ground_m, depths.shape).copy()
        if not len(faces):
            return depths, levels
        for step, (done, _, depth, level) in enumerate(self.result.steps(faces)):
            advance(progress, 0.5 * done, "reading the result")
            depths[step] = np.nan_to_num(depth)
            # Of a cell ground and depth are finer than its level; of a block they are those of two cells.
            levels[step] = np.where(np.isnan(level), ground_m, level) if self._block else ground_m + depths[step]
        return depths, levels

    def _volumes(
        self, process: UndergroundWater, places: Sequence[tuple[np.ndarray, np.ndarray]], progress: Progress
    ) -> tuple[float, np.ndarray]:
        """Most water at one time: in all cells, and near the openings of each room."""
        cells, rooms = self.result.cells, len(process.rooms)
        room, face = self._near(process, places)
        peak_m3, near_m3, area_m2 = 0.0, np.zeros(rooms), cells.width * cells.height
        for done, _, _, held in self.result.water():
            advance(progress, 0.5 + 0.5 * done, "reading the result")
            held = np.nan_to_num(held)
            peak_m3 = max(peak_m3, float(held.sum()) * area_m2)
            near_m3 = np.maximum(near_m3, np.bincount(room, held[face], rooms) * area_m2)
        return peak_m3, near_m3

    def _near(
        self, process: UndergroundWater, places: Sequence[tuple[np.ndarray, np.ndarray]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of a room and a face that is near one of its openings, each once."""
        cells, free = self.result.cells, self.surface.free
        reach = NEAR_M / cells.width
        size = math.ceil(reach)
        down, right = (part.ravel() for part in np.mgrid[-size : size + 1, -size : size + 1])
        inside = np.hypot(down, right) <= reach
        pairs = [np.zeros(0, np.int64)]
        for opening, (rows, columns) in zip(process.openings, places, strict=True):
            if not len(rows):
                continue
            row, column = rows[0] + down[inside], columns[0] + right[inside]
            there = (row >= 0) & (row < cells.rows) & (column >= 0) & (column < cells.columns)
            row, column = row[there], column[there]
            face = self.result.faces_of(row * cells.columns + column)
            face = face[(face >= 0) & free[row, column]]
            pairs.append(opening.room * cells.size + face)
        both = np.unique(np.concatenate(pairs))
        return both // cells.size, both % cells.size
