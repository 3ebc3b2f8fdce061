"""A flood RESULT (UGRID NetCDF) read step by step: its variables on all of its faces, or on some, over time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMeshLayer

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, silent
from .gdal_calls import fresh_spelling

WATER = "water_per_area"
ROUNDING_M = 1e-6
"""Depths of other programs may be so far below 0."""
UNPACKED_BLOCK = 4096
"""Faces that are read together where the file does not keep them in blocks."""
_SECONDS = {
    name: seconds
    for seconds, names in (
        (1e-3, ("ms", "millisecond")),
        (1.0, ("s", "sec", "second")),
        (60.0, ("m", "min", "minute")),
        (3600.0, ("h", "hr", "hour")),
        (86400.0, ("d", "day")),
    )
    for name in (*names, *(f"{word}s" for word in names[1:]))
}
"""By the names that UDUNITS gives units of time."""


class Result:
    """An open RESULT whose faces are cells of a regular grid, all of them or some.

    Parameters
    ----------
    path : str or Path
        A file as simulateflood writes it: variables depth and water_level by time and face.

    Attributes
    ----------
    cells : Cells
        The grid that its faces lie on.
    crs : QgsCoordinateReferenceSystem
    minutes : ndarray, shape (steps,)

    Raises
    ------
    InputError
        When the file cannot be read, lacks a variable, or its faces are on no regular grid.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = str(path)
        there = Path(path).is_file()
        self._file = _quiet(gdal.OpenEx, fresh_spelling(self.path), gdal.OF_MULTIDIM_RASTER) if there else None
        if self._file is None:
            raise self._unreadable(Message("it is no NetCDF file"))
        root = self._file.GetRootGroup()
        names = root.GetMDArrayNames(["SHOW_ZERO_DIM=YES"]) or []  # one of these states the CRS
        self._arrays = {name: root.OpenMDArray(name) for name in names}
        self._depth, self._level = self._array("depth"), self._array("water_level")
        self.minutes = self._times()
        self._lay_out(*self._centres())
        self.crs = self._crs()
        self._transform: QgsCoordinateTransform | None = None

    def follow(self, crs: QgsCoordinateReferenceSystem, context: Any) -> None:
        """Take points in another CRS from now on."""
        if crs.isValid() and self.crs.isValid() and crs != self.crs:
            self._transform = QgsCoordinateTransform(crs, self.crs, context)

    def number(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The face that holds each point; -1 where there is none."""
        if self._transform is not None:
            points = [self._transform.transform(float(a), float(b)) for a, b in zip(x, y, strict=True)]
            x, y = np.array([point.x() for point in points]), np.array([point.y() for point in points])
        return self.faces_of(self.cells.index(x, y))

    def faces_of(self, cells: np.ndarray) -> np.ndarray:
        """The face of each cell by its number; -1 where there is none, and for the number -1."""
        return np.where(cells >= 0, self._face[cells], -1)

    def steps(self, faces: np.ndarray) -> Iterator[tuple[float, float, np.ndarray, np.ndarray]]:
        """For each time: share done, minutes, depth and level in m on the faces, float64.

        NaN where there is none, and for the face -1.
        """
        for done, minutes, (depth, level) in self.frames(faces, ("depth", "water_level")):
            yield done, minutes, depth, level

    def frames(self, faces: np.ndarray, names: tuple[str, ...]) -> Iterator[tuple[float, float, list[np.ndarray]]]:
        """For each time: share done, minutes, and some variables by time and face, float64, NaN where there is none.

        A face -1, as `number` gives it, has no values.

        Only what the file keeps together with the faces is read of it.

        Raises
        ------
        InputError
            When the file lacks a variable, or a step of it is damaged.
        """
        arrays = [self._array(name) for name in names]
        windows = _Windows(faces, arrays[0])
        for step, minutes in enumerate(self.minutes):
            values = [self._on_faces(array, windows, step) for array in arrays]
            yield (step + 1) / len(self.minutes), float(minutes), values

    def has(self, name: str) -> bool:
        """Whether the file has a variable by time and face."""
        return name in self._arrays and len(self._arrays[name].GetDimensions()) == 2

    def attribute(self, name: str) -> str:
        """An attribute of the file; "" where it has none."""
        items = self._file.GetRootGroup().GetAttributes()
        return next((str(item.Read()) for item in items if item.GetName() == name), "")

    def grid(self, name: str, step: int) -> np.ndarray:
        """A variable such as "velocity_x" at one time, shape (rows, columns) of `cells`, float64; NaN where none is.

        Raises
        ------
        InputError
            When the file lacks the variable, or it is damaged.
        """
        values = self._read(self._array(name), step)
        return np.where(self._face >= 0, values[self._face], np.nan).reshape(self.cells.rows, self.cells.columns)

    @property
    def faces(self) -> np.ndarray:
        """Which cells of `cells` have a face, shape (rows, columns)."""
        return (self._face >= 0).reshape(self.cells.rows, self.cells.columns)

    def face_cells(self) -> np.ndarray:
        """The flat number of the cell of `cells` that each face is, shape (faces,)."""
        cells = np.flatnonzero(self._face >= 0)
        result = np.empty(len(cells), np.int64)
        result[self._face[cells]] = cells
        return result

    @property
    def has_water(self) -> bool:
        """Whether it has the water of faces that are blocks of cells, of which `depth` is the largest."""
        return WATER in self._arrays

    def water(self) -> Iterator[tuple[float, float, np.ndarray, np.ndarray]]:
        """For each time: share done, minutes, and of each face the depth and its water as a depth, m."""
        source = self._array(WATER) if self.has_water else None
        for step, minutes in enumerate(self.minutes):
            depth = self._read(self._depth, step)
            held = depth if source is None else self._read(source, step)
            yield (step + 1) / len(self.minutes), float(minutes), depth, held

    def greatest(self, dry_m: float, progress: Progress = silent) -> tuple[np.ndarray, np.ndarray]:
        """Greatest depth (0 where dry) and level (NaN where dry) by cell of `cells`; NaN where there is no face."""
        faces = np.flatnonzero(self._face >= 0)
        depth, level = np.full(len(faces), np.nan), np.full(len(faces), np.nan)
        for done, _, depth_now, level_now in self.steps(self._face[faces]):
            advance(progress, done, Message("Greatest water"))
            depth = np.fmax(depth, depth_now)
            level = np.fmax(level, np.where(depth_now >= dry_m, level_now, np.nan))
        all_depth, all_level = (np.full(self.cells.size, np.nan, np.float32) for _ in range(2))
        all_depth[faces], all_level[faces] = depth, level
        return all_depth, all_level

    def history(
        self, faces: np.ndarray, wet_m: float, progress: Progress = silent
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Greatest depth and level of faces, and the minutes of the first wet frame and of the one before it.

        All have shape (faces,); NaN where a face is -1, has no level or is never wet.
        """
        there = np.flatnonzero(faces >= 0)
        found = np.full((4, len(faces)), np.nan)
        depth, level, wet_min, dry_min = (np.full(len(there), np.nan) for _ in range(4))
        before = np.nan
        for done, minutes, depth_now, level_now in self.steps(faces[there]):
            advance(progress, done, Message("Comparing the results"))
            depth = np.fmax(depth, depth_now)
            level = np.fmax(level, np.where(depth_now >= wet_m, level_now, np.nan))
            first = np.isnan(wet_min) & (depth_now >= wet_m)
            wet_min[first], dry_min[first] = minutes, before
            before = minutes
        found[:, there] = depth, level, wet_min, dry_min
        return found[0], found[1], found[2], found[3]

    def bed(self, faces: np.ndarray) -> np.ndarray:
        """Level of the bed of faces, m; NaN where a face is -1, and everywhere in a file that does not hold it."""
        array = self._arrays.get("bed") or next((a for n, a in self._arrays.items() if n.endswith("_bed")), None)
        result = np.full(len(faces), np.nan)
        there = np.flatnonzero(faces >= 0)
        if array is not None and len(array.GetDimensions()) == 1:
            result[there] = self._on_faces(array, _Windows(faces[there], array), None)
        return result

    def _array(self, name: str) -> Any:
        array = self._arrays.get(name) or next((a for n, a in self._arrays.items() if n.endswith(f"_{name}")), None)
        if array is None or len(array.GetDimensions()) != 2:
            raise self._unreadable(Message("it has no variable '{name}' by time and face", name=name))
        return array

    def _unreadable(self, reason: Message) -> InputError:
        return InputError(
            "The result '{path}' cannot be read ({reason}): choose the .nc file that the flood simulation wrote, or "
            "run it again.",
            path=self.path,
            reason=reason,
        )

    def _on_faces(self, array: Any, windows: _Windows, step: int | None) -> np.ndarray:
        """Values on the faces at a step, NaN where a face is -1; of an array by face alone without a step."""
        result = np.full(windows.count, np.nan)
        for first, count, rows, offsets in windows.reads:
            result[rows] = self._read(array, step, first, count)[offsets]
        return result

    def _read(self, array: Any, step: int | None, first: int = 0, count: int = 0) -> np.ndarray:
        """A stretch of faces at a step, by default all of them; of an array by face alone without a step."""
        count = count or array.GetDimensions()[-1].GetSize()
        window = ([first], [count]) if step is None else ([step, first], [1, count])
        values = _quiet(array.ReadAsArray, *window)
        if values is None:
            raise self._unreadable(Message("step {step} is damaged", step=step or 0))
        values = values.reshape(-1).astype(np.float64)
        no_data = array.GetNoDataValueAsDouble()
        if no_data is not None:
            values[values == no_data] = np.nan
        if array is self._depth and (np.isinf(values).any() or np.nanmin(values, initial=0.0) < -ROUNDING_M):
            raise self._unreadable(Message("step {step} has depths below 0 or infinite ones", step=step or 0))
        return values

    def _crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS that the file states; a mesh layer knows more ways to state it, but reads all steps first."""
        texts = (_text(array, "crs_wkt") or "" for array in self._arrays.values())
        crs = QgsCoordinateReferenceSystem.fromWkt(next(filter(None, texts), ""))
        if crs.isValid():
            return crs
        layer = QgsMeshLayer(self.path, "result", "mdal")
        return layer.crs() if layer.isValid() else QgsCoordinateReferenceSystem()

    def _times(self) -> np.ndarray:
        name = self._depth.GetDimensions()[0].GetName()
        time = self._arrays.get(name)
        values = None if time is None else _quiet(time.ReadAsArray)
        if values is None or not np.size(values):
            raise self._unreadable(Message("it has no times"))
        text = time.GetUnit() or _text(time, "units") or "minutes"
        unit = re.match(r"\s*([a-zA-Z]+)", text)
        scale = _SECONDS.get(unit.group(1).lower() if unit else "m")
        if scale is None:
            raise self._unreadable(Message("its times have the unknown unit '{unit}'", unit=text))
        minutes = np.asarray(values, np.float64).ravel() * scale / 60.0
        if not np.isfinite(minutes).all() or (np.diff(minutes) <= 0).any():
            raise self._unreadable(Message("its times do not ascend"))
        return minutes

    def _centres(self) -> tuple[np.ndarray, np.ndarray]:
        """x and y of the faces' centres, by the names that the mesh or the variable gives."""
        names: list[str] = []
        for array in [*self._arrays.values()]:
            names = (_text(array, "face_coordinates") or "").split()
            if names:
                break
        names = names or (_text(self._depth, "coordinates") or "").split()
        names = names or [n for end in ("face_x", "face_y") for n in self._arrays if n.endswith(end)]
        values = [_quiet(self._arrays[name].ReadAsArray) for name in names if name in self._arrays]
        if len(values) != 2 or any(value is None for value in values):
            raise self._unreadable(Message("it has no coordinates of its faces"))
        return np.asarray(values[0], np.float64), np.asarray(values[1], np.float64)

    def _lay_out(self, x: np.ndarray, y: np.ndarray) -> None:
        """Find the grid that the faces are cells of, and the face of each cell."""
        west, north = float(x.min()), float(y.max())
        for spacing in (_spacing_in_order, _spacing):
            step = [spacing(x), spacing(y)]
            step = [a or b or 1.0 for a, b in (step, step[::-1])]
            column, off_x = _whole(x, west, step[0])
            row, off_y = _whole(y, north, -step[1])
            if max(off_x, off_y) <= 0.01:
                break
        rows, columns = int(row.max()) + 1, int(column.max()) + 1
        if max(off_x, off_y) > 0.01 or rows * columns > 50 * len(x) + 10_000_000:
            raise self._unreadable(Message("its faces are on no regular grid"))
        self.cells = Cells(west - step[0] / 2, north + step[1] / 2, step[0], step[1], rows, columns)
        self._face = np.full(rows * columns, -1, np.int64)
        row *= columns
        row += column
        self._face[row.astype(np.int64)] = np.arange(len(x))


class _Windows:
    """Stretches to read for some faces, but -1: each block that the file keeps together once, neighbours in one.

    Attributes
    ----------
    reads : list of (first, count, rows, offsets)
        The stretch, the places of its faces among those that were asked for, and their places in the stretch.
    count : int
        Faces that were asked for, also those that are -1.
    """

    def __init__(self, faces: np.ndarray, array: Any) -> None:
        self.count = len(faces)
        self.reads: list[tuple[int, int, Any, np.ndarray]] = []
        size = int((array.GetBlockSize() or [0])[-1]) or UNPACKED_BLOCK
        order = np.argsort(faces, kind="stable")
        order = order[faces[order] >= 0]
        ordered = faces[order]
        # A new stretch begins where at least one whole block lies between two faces.
        starts = np.flatnonzero(np.diff(ordered // size) > 1) + 1
        for rows in np.split(np.arange(len(order)), starts):
            if len(rows):
                first, last = int(ordered[rows[0]]), int(ordered[rows[-1]])
                self.reads.append((first, last - first + 1, order[rows], ordered[rows] - first))


def _whole(values: np.ndarray, origin: float, step: float) -> tuple[np.ndarray, float]:
    """How many steps each value lies from an origin, rounded, and the largest rounding in steps."""
    exact = values - origin
    exact /= step
    whole = np.rint(exact)
    exact -= whole
    return whole, float(np.abs(exact, out=exact).max())


def _spacing(values: np.ndarray) -> float:
    """The least distance of two different values."""
    return _spacing_in_order(np.unique(values))


def _spacing_in_order(values: np.ndarray) -> float:
    """The least distance of two values that differ and follow each other, as those of faces in rows do."""
    gaps = np.abs(np.diff(values))
    gaps = gaps[gaps > 1e-6 * max(1.0, float(np.ptp(values)))]
    return float(gaps.min()) if gaps.size else 0.0


def _quiet(call: Callable[..., Any], *arguments: Any) -> Any:
    """What GDAL gives; None where it fails, also where another plugin has switched its exceptions on."""
    try:
        return call(*arguments)
    except RuntimeError:
        return None


def _text(array: Any, name: str) -> str | None:
    for attribute in array.GetAttributes():
        if attribute.GetName() == name:
            return attribute.ReadAsString()
    return None
