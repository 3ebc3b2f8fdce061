"""The water near features, a tile at a time, and what is noticed of all of it on the way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer

from ...core.common.cells import Cells
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, silent
from ...core.risk.ingress import Water
from ...core.risk.tiles import Tile
from ..kernel.input_table import Entry, reasons
from ..kernel.raster_kinds import LEAST_BELOW
from ..kernel.rasters import crs_text, read_cells
from ..kernel.resampling import resampling_words
from ..kernel.ugrid_reader import Result
from .run_agreement import PLACES, compare_at, known_cells, require_agreement

NAMES = {"DEPTH_MAX": "DEPTH", "LEVEL_MAX": "LEVEL", "ARRIVAL": "ARRIVAL"}
"""Parameters by the output that they stand for."""
DEEP_M = 5.0
"""Where half of the wet cells near buildings are deeper, the depths are perhaps in cm or another unit."""
SAMPLE = 200_000
"""Cells that are looked at first: in most rasters they tell depths from classes."""
MOST_CELLS = 4_000_000
"""Of more cells than these some are looked at, evenly spread."""
HIGHEST_CLASS = 10
"""Classes of floods do not go beyond."""


@dataclass(frozen=True)
class WaterLayers:
    """Layers of water that were checked.

    Attributes
    ----------
    rasters : mapping of str to QgsRasterLayer or None
        By output.
    opened : mapping of str to gdal.Dataset or None
        Their files: GDAL keeps what it has decoded of them.
    result : Result or None
        Following `crs`.
    crs : QgsCoordinateReferenceSystem
    name : str
    gaps_are_dry : bool
        Whether cells without a depth are dry.
    one_run : bool
        Whether all say that they are of one run.
    """

    rasters: Mapping[str, QgsRasterLayer | None]
    opened: Mapping[str, gdal.Dataset | None]
    result: Result | None
    crs: QgsCoordinateReferenceSystem
    name: str
    gaps_are_dry: bool
    one_run: bool

    def require_same_crs(self) -> None:
        """Check that the cells of the result can stand in for those of a raster.

        Raises
        ------
        InputError
            Where they are in another CRS.
        """
        if self.result.crs.isValid() and self.result.crs != self.crs:
            raise InputError(
                "The result is in {crs} and '{name}' in {crs2}: choose both DEPTH and LEVEL, or reproject the raster.",
                crs=self.result.crs.authid(),
                name=self.name,
                crs2=self.crs.authid(),
            )

    def spread(self, values: np.ndarray, cells: Cells) -> np.ndarray:
        """Values by cell of the result at the centres of other cells in the same CRS."""
        number = self.result.cells.index(*cells.centres(np.arange(cells.size)))
        return np.where(number >= 0, values[number], np.nan)


class NearWater:
    """The water near some features, of which a tile at a time is read (`core.risk.ingress.TiledWater`).

    What must be said of all of it is gathered from the tiles, and told by `finish`.

    Parameters
    ----------
    layers : WaterLayers
    cells : Cells
    dry_m : float
    progress : Progress

    Attributes
    ----------
    notes : list of Message
        What looks wrong; after `finish`.
    read, without : dict of str to int
        Cells with and without data by output, each once.
    """

    def __init__(self, layers: WaterLayers, cells: Cells, dry_m: float, progress: Progress) -> None:
        self._layers, self.cells, self._dry_m = layers, cells, dry_m
        self.series, self.name = layers.result, layers.name
        self.notes: list[Message] = []
        rasters = layers.rasters
        self._greatest: tuple[np.ndarray, np.ndarray] | None = None
        if self.series is not None and (rasters["DEPTH_MAX"] is None or rasters["LEVEL_MAX"] is None):
            layers.require_same_crs()
            self._greatest = self.series.greatest(dry_m, progress)
        self.has_depth = rasters["DEPTH_MAX"] is not None or self.series is not None
        self.has_level = rasters["LEVEL_MAX"] is not None or self.series is not None
        self.read = dict.fromkeys(NAMES, 0)
        self.without = dict.fromkeys(NAMES, 0)
        self._below = Below()
        self._depths = DepthSample(cells.size)
        self._places = ComparedPlaces(cells.size, dry_m)

    def cut(self, tile: Tile, progress: Progress = silent) -> Water:
        """The water on the cells of a tile.

        Raises
        ------
        InputError
            When a raster cannot be read.
        """
        layers, crs = self._layers, crs_text(self._layers.crs)
        # Levels and depths between those of two cells may occur nowhere: the nearest cell, never a mean.
        found: dict[str, np.ndarray] = {}
        for number, (output, layer) in enumerate(layers.rasters.items()):
            advance(progress, 0.3 * number, Message("Water near the features"))
            if layer is not None:
                opened = layers.opened.get(output)
                found[output] = read_cells(layer, tile.cells, crs, nearest=True, output=output, opened=opened).ravel()
        if "DEPTH_MAX" in found:
            found["DEPTH_MAX"] = self._below.without(found["DEPTH_MAX"])
        if "ARRIVAL" in found:
            found["ARRIVAL"] = np.maximum(found["ARRIVAL"], 0)
        advance(progress, 0.9)
        self._note(tile, found)
        depth, level, arrival = (found.get(output) for output in NAMES)
        if self._greatest is not None:
            face_depth, face_level = (layers.spread(values, tile.cells) for values in self._greatest)
            depth, level = face_depth if depth is None else depth, face_level if level is None else level
        if depth is not None and layers.gaps_are_dry:
            depth = np.nan_to_num(depth, nan=0.0)
        return Water(tile.cells, depth, level, arrival, self.series)

    def _note(self, tile: Tile, found: dict[str, np.ndarray]) -> None:
        """Gather from the cells that no other tile has."""
        shape = (tile.cells.rows, tile.cells.columns)
        own = {output: values.reshape(shape)[tile.own] for output, values in found.items()}
        for output, values in own.items():
            without = int(np.count_nonzero(np.isnan(values)))
            self.read[output] += values.size - without
            self.without[output] += without
        if "DEPTH_MAX" in own:
            self._depths.add(own["DEPTH_MAX"].ravel(), self._dry_m)
        if own:
            self._places.add(own, tile)

    def finish(self, progress: Progress = silent) -> None:
        """Tell what was noticed in the tiles.

        Raises
        ------
        InputError
            When the inputs contradict each other, though they say that they are of one run.
        """
        depth = self._layers.rasters["DEPTH_MAX"]
        if self._below.cells:
            self.notes.append(self._below.note(depth.name()))
        if (highest := self._depths.highest_class()) is not None:
            self.notes.append(
                Message(
                    "The depths '{layer}' near the features are whole numbers up to {high:g} only: if they are "
                    "classes, or 1 where there is water, they are no depths in m. Choose a raster of depths.",
                    layer=depth.name(),
                    high=highest,
                )
            )
        if typical := self._depths.deep():
            self.notes.append(
                Message(
                    "Half of the wet cells of the depths '{layer}' near the features are deeper than {typical:.1f} m: "
                    "make sure that they are in m, not in cm or feet, and no levels.",
                    layer=depth.name(),
                    typical=typical,
                )
            )
        names = {**NAMES, "RESULT": "RESULT"}
        found = compare_at(*self._places.found(), names, self.cells, self.series, self._dry_m, progress)
        self.notes += require_agreement(found, self._layers.one_run)

    def entries(self) -> list[Entry]:
        """How many cells near the features each input covers, for the table at the end of the log."""
        layers, result = self._layers, []
        gaps = (
            Message("no data counts as dry (NO_DATA)")
            if layers.gaps_are_dry
            else Message("no data is unknown (NO_DATA)")
        )
        inputs = (
            (Message("Cells of DEPTH near the features"), "DEPTH_MAX", gaps, layers.gaps_are_dry),
            (Message("Cells of LEVEL near the features"), "LEVEL_MAX", Message("no data is dry"), False),
            (Message("Cells of ARRIVAL near the features"), "ARRIVAL", Message("no data is dry"), False),
        )
        for what, output, why, guessed in inputs:
            layer = layers.rasters[output]
            if layer is None:
                continue
            read, without = self.read[output], self.without[output]
            how = resampling_words(layer, self.cells, crs_text(layers.crs), nearest=True)
            why = reasons([why if without else None, how])
            result.append(Entry(what, read, 0 if guessed else without, without if guessed else 0, why))
        if self.series is not None:
            faces = self.series.cells
            why = Message("blocks or cells of {width:g} m", width=faces.width)
            result.append(Entry(Message("Steps of RESULT"), len(self.series.minutes), 0, 0, why))
        return result


class Below:
    """Depths below 0, which the user chose to be dry: how many, and the least."""

    def __init__(self) -> None:
        self.cells, self.least = 0, 0.0

    def without(self, depth: np.ndarray) -> np.ndarray:
        """Depths with those below 0 as no data, and what is rounding as 0; changes them in place."""
        below = depth < -LEAST_BELOW  # before the depths are changed in place
        any_below = bool(below.any())
        if any_below:
            self.cells += int(np.count_nonzero(below))
            self.least = min(self.least, float(np.nanmin(depth)))
        depth = np.maximum(depth, 0, out=depth)
        if any_below:
            depth[below] = np.nan
        return depth

    def note(self, name: str) -> Message:
        return Message(
            "{n:,} cells of the depths '{layer}' near the features lie below 0 m, down to {low:g} m: they "
            "count as dry (NO_DATA).",
            n=self.cells,
            layer=name,
            low=self.least,
        )


def thinning(size: int) -> int:
    """Every how many cells one is looked at."""
    return math.ceil(size / MOST_CELLS) or 1


class DepthSample:
    """What depths look like: classes rather than depths, or too deep for water in m.

    Parameters
    ----------
    size : int
        Cells that may come; of very many the median is that of an even sample.
    """

    def __init__(self, size: int) -> None:
        self._step = thinning(size)
        self._whole, self._most = True, -math.inf
        self._wet: list[np.ndarray] = []

    def add(self, depth: np.ndarray, dry_m: float) -> None:
        """Depths of further cells, NaN without data."""
        if self._whole and depth.size:
            self._whole = not _has_parts(depth[:SAMPLE]) and not _has_parts(depth)
            self._most = max(self._most, float(np.nanmax(depth, initial=-math.inf)))
        some = depth[:: self._step]
        self._wet.append(some[some >= dry_m])

    def highest_class(self) -> float | None:
        """The greatest value where all are whole numbers from 0 to 10 and at least one is above 0, as of classes."""
        return self._most if self._whole and 1 <= self._most <= HIGHEST_CLASS else None

    def deep(self) -> float:
        """The median depth of the wet cells where that is more than any street, garden or field has; else 0."""
        wet = np.concatenate([np.empty(0, np.float32), *self._wet])
        typical = float(np.median(wet)) if wet.size else 0.0
        return typical if typical > DEEP_M else 0.0


class ComparedPlaces:
    """Cells at which the inputs are compared: evenly spread, with what each says there."""

    def __init__(self, size: int, wet_m: float) -> None:
        self._thin = thinning(size)
        self._wet_m, self._step, self._next = wet_m, 1, 0
        self._values: dict[str, np.ndarray] = {}
        self._x, self._y = np.empty(0), np.empty(0)

    def add(self, values: dict[str, np.ndarray], tile: Tile) -> None:
        """Values of a tile's own cells by output."""
        some = {output: cells.ravel()[:: self._thin] for output, cells in values.items()}
        known = np.flatnonzero(known_cells(some, self._wet_m))
        known *= self._thin
        chosen = known[(-self._next) % self._step :: self._step]
        self._next += len(known)
        rows, columns = np.divmod(chosen, max(next(iter(values.values())).shape[1], 1))
        flat = (rows + tile.own[0].start) * tile.cells.columns + columns + tile.own[1].start
        x, y = tile.cells.centres(flat)
        self._x, self._y = np.concatenate([self._x, x]), np.concatenate([self._y, y])
        for output, cells in values.items():
            before = self._values.get(output, np.empty(0, cells.dtype))
            self._values[output] = np.concatenate([before, cells.ravel()[chosen]])
        while len(self._x) > 2 * PLACES:
            self._step *= 2
            self._x, self._y = self._x[::2], self._y[::2]
            self._values = {output: cells[::2] for output, cells in self._values.items()}

    def found(self) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
        """Values by output, x and y."""
        return self._values, self._x, self._y


def _has_parts(depth: np.ndarray) -> bool:
    """Whether a depth is no whole number."""
    known = depth[np.isfinite(depth)]
    return bool((known != np.rint(known)).any())
