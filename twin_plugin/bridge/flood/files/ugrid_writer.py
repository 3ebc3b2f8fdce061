"""Flood results over time as UGRID NetCDF, which QGIS opens as a mesh and animates: from grids to faces."""

from __future__ import annotations

import math
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from ....core.common.grid import Grid
from ....core.flood.constants import FILM_M, WET_M
from ....core.flood.hazard import NO_CLASS, classify_moment
from ...kernel.flood_run import RUN_ITEM
from ...kernel.gdal_basics import NO_DATA
from .mesh_file import BLOCK_ITEM, BLOCK_VARIABLES, VARIABLES, MeshFile, MeshLayout
from .mesh_process import open_file

MAX_FACES = 1_000_000


class FloodMesh:
    """A result file, open for frames; use in a with block.

    Parameters
    ----------
    path : str or Path
        The .nc to write.
    bed : Grid
        What water stands on, NaN where there is none: only cells with a height become faces.
    times_s : list of float
        Times of the frames that will come.
    max_faces : int
        Grids with more cells are written in blocks of 2 x 2, 3 x 3 … cells; see `block`.
    run : str
        Id of the run, an attribute of the file.
    apart : bool
        Write it in a process of its own, which may crash where the file cannot be closed.

    Attributes
    ----------
    block : int
        Cells of a face's edge. A block has the largest depth, level and hazard of its cells and the mean of their
        velocities.
    faces : int

    Raises
    ------
    ResourceError
        When the file cannot be written, with the reason.
    """

    def __init__(
        self,
        path: str | Path,
        bed: Grid,
        times_s: list[float],
        max_faces: int = MAX_FACES,
        run: str = "",
        apart: bool = False,
        wet_depth_m: float = WET_M,
    ) -> None:
        self._wet_depth_m = wet_depth_m
        cells = int(np.isfinite(bed.values).sum())
        self.block = max(1, math.ceil(math.sqrt(cells / max_faces) - 1e-9))
        self._bed = _blocks(bed.values, self.block, np.nanmax)
        self._rows, self._columns = np.nonzero(np.isfinite(self._bed))
        self.faces = len(self._rows)
        layout = self._layout(bed, times_s, {BLOCK_ITEM: str(self.block), **({RUN_ITEM: run} if run else {})})
        self._file = open_file(path, layout) if apart else MeshFile(path, layout)

    def __enter__(self) -> FloodMesh:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.close()
            self._file.check()
        else:
            self._file.discard()

    def describe(self, name: str, text: str) -> None:
        """Add an attribute of the file that is known after its last frame only."""
        self._file.describe(name, text)

    def write(self, depth_m: np.ndarray, level_bed_m: np.ndarray | None, east: np.ndarray, north: np.ndarray) -> None:
        """Write the next frame.

        Parameters
        ----------
        depth_m, east, north : float32 arrays, shape (rows, columns)
            Depth and velocity components (m/s) of the whole grid.
        level_bed_m : float32 array or None
            Bed that the level counts from; default that of the start (exact only for blocks of one cell).
        """
        at = self._rows, self._columns
        if self.block == 1:
            depth = depth_m[at]
            level = depth + (self._bed if level_bed_m is None else level_bed_m)[at]
            u, v = east[at], north[at]
            hazard = classify_moment(depth, u, v, self._wet_depth_m)
        else:
            depth = _blocks(depth_m, self.block, np.nanmax)[at]
            levels = np.where(depth_m >= FILM_M, depth_m + level_bed_m, np.nan) if level_bed_m is not None else None
            level = _blocks(levels, self.block, np.nanmax)[at] if levels is not None else depth + self._bed[at]
            u, v = (_blocks(a, self.block, np.nanmean)[at] for a in (east, north))
            hazard = classify_moment(depth_m, east, north, self._wet_depth_m)
            hazard = _blocks(np.where(hazard == NO_CLASS, np.nan, hazard), self.block, np.nanmax)[at]
        dry = depth < FILM_M
        more: tuple[np.ndarray, ...] = ()
        if self.block > 1:
            more = (rounded_together(_blocks(depth_m, self.block, np.nansum)[at] / np.float32(self.block**2)),)
        level = np.where(dry, np.float32(NO_DATA), np.round(level, 4))
        depth = rounded_together(depth) if self.block == 1 else np.round(depth, 4)
        self._file.write((depth, level, np.round(u, 3), np.round(v, 3), hazard, *more))

    def _layout(self, bed: Grid, times_s: list[float], attributes: dict[str, str]) -> MeshLayout:
        corners, nodes_x, nodes_y = self._nodes(bed, self._bed.shape)
        size = bed.cell_m * self.block
        faces_x, faces_y = bed.west + (self._columns + 0.5) * size, bed.north - (self._rows + 0.5) * size
        levels = self._bed[self._rows, self._columns].astype(np.float32)
        variables = VARIABLES if self.block == 1 else BLOCK_VARIABLES
        faces = corners, faces_x, faces_y, levels
        return MeshLayout(times_s, bed.crs, nodes_x, nodes_y, *faces, attributes, variables)

    def _nodes(self, bed: Grid, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Corners of each face, and x and y of the nodes that faces use."""
        across = shape[1] + 1
        corner = self._rows.astype(np.int64) * across + self._columns
        quads = np.stack([corner + across, corner + across + 1, corner + 1, corner], axis=1)
        used = np.zeros((shape[0] + 1) * across, bool)
        used[quads.ravel()] = True
        number = np.cumsum(used, dtype=np.int64) - 1
        kept = np.nonzero(used)[0]
        size = bed.cell_m * self.block
        x = bed.west + (kept % across) * size
        y = bed.north - (kept // across) * size
        return number[quads].astype(np.int32), x, y


def rounded_together(depth_m: np.ndarray) -> np.ndarray:
    """Depths to a tenth of a millimetre, beyond which is noise that does not compress, such that their sum stays.

    Each is within a tenth of a millimetre of what it was, and the sum of any that follow each other too: the films of
    rain on a district would lose or gain as much water as a pond has if each was rounded by itself.
    """
    so_far = np.round(np.cumsum(depth_m, dtype=np.float64), 4)
    result: np.ndarray = np.round(np.diff(so_far, prepend=0.0), 4).astype(np.float32)
    return result


def frame_times(duration_s: float, step_s: float) -> list[float]:
    """Times of the frames of a run: the start, each output step, the end."""
    count = math.ceil(duration_s / step_s - 1e-9)
    return [min(i * step_s, duration_s) for i in range(count)] + [duration_s]


def _blocks(values: np.ndarray, block: int, reduce: Any) -> np.ndarray:
    """The array reduced over blocks of cells, ragged ones at the edges included; NaN is left out."""
    if block == 1:
        return values
    rows, columns = -(-values.shape[0] // block), -(-values.shape[1] // block)
    padded = np.full((rows * block, columns * block), np.nan, np.float32)
    padded[: values.shape[0], : values.shape[1]] = values
    padded = padded.reshape(rows, block, columns, block)
    result = np.full((rows, columns), np.nan, np.float32)
    for row in range(rows):  # one row of blocks at a time: reductions that skip NaN copy what they reduce
        part = padded[row].swapaxes(0, 1).reshape(columns, -1)
        some = np.isfinite(part).any(axis=1)
        result[row, some] = reduce(part[some], axis=1)
    return result
