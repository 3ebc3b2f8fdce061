"""Water for the risk of buildings: rasters in any CRS and a RESULT, cut to the buildings and brought onto one grid."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsRasterLayer

from ...core.common.cells import Cells, metres_per_degree
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part, silent
from ...core.risk.ingress import Water, no_water
from ..kernel.crs_scale import crs_unit_m
from ..kernel.flood_run import require_one_run, run_of, run_of_file
from ..kernel.input_table import Entry, reasons
from ..kernel.raster_kinds import LEAST_BELOW, depth_warning, file_of, require_water
from ..kernel.raster_units import scale_note, unit_note
from ..kernel.rasters import crs_text, own_cells, read_cells
from ..kernel.resampling import resampling_words, turned_note
from .files.ugrid_reader import Result
from .run_agreement import compare, require_agreement, require_places

DEEP_M = 5.0
"""Where half of the wet cells near buildings are deeper, the depths are perhaps in cm or another unit."""
NAMES = {"DEPTH_MAX": "DEPTH", "LEVEL_MAX": "LEVEL", "ARRIVAL": "ARRIVAL"}
"""Parameters by the output that they stand for."""
LATEST_MIN = 7 * 1440.0
"""Arrivals after more than a week are rather in seconds."""
SAMPLE = 200_000
"""Cells that are looked at first: in most rasters they tell depths from classes."""
HIGHEST_CLASS = 10
"""Classes of floods do not go beyond."""


class WaterSource:
    """The layers that the user chose, before anything of them is read.

    Parameters
    ----------
    depth, level, arrival : QgsRasterLayer, optional
    result : str
        Path of a RESULT, or "".
    gaps_are_dry : bool
        Whether cells of `depth` without data are dry, and such below 0 with them. The latter are refused otherwise.
    progress : Progress

    Raises
    ------
    InputError
        When neither a depth, a level nor a result is given, a layer has no CRS or is another output of the plugin, or
        the layers are results of two runs.

    Attributes
    ----------
    run : str
        Id of the run of the layers; "" where none says so.
    """

    def __init__(
        self,
        depth: QgsRasterLayer | None,
        level: QgsRasterLayer | None,
        arrival: QgsRasterLayer | None,
        result: str,
        gaps_are_dry: bool = False,
        progress: Progress = silent,
    ) -> None:
        self.depth, self.level, self.arrival = depth, level, arrival
        self.result = Result(result) if result else None
        self.main = depth or level
        if self.main is None and self.result is None:
            raise no_water()
        for layer in (depth, level, arrival):
            if layer is not None and not (layer.isValid() and layer.crs().isValid()):
                raise InputError(
                    "The raster '{layer}' cannot be read or has no CRS: set it with 'Assign projection'.",
                    layer=layer.name(),
                )
        self._rasters = {"DEPTH_MAX": depth, "LEVEL_MAX": level, "ARRIVAL": arrival}
        self._gaps_are_dry = gaps_are_dry
        self._opened = {output: file_of(layer) for output, layer in self._rasters.items() if layer is not None}
        self._notes: list[Message | None] = []
        self._entries: list[Entry] = []
        for (output, layer), name in zip(self._rasters.items(), NAMES.values(), strict=True):
            if layer is None:
                continue
            advance(progress, 0.0, Message("Values of the water"))
            of_depth = output == "DEPTH_MAX"
            extremes = require_water(layer, name, output, gaps_are_dry if of_depth else None, self._opened[output])
            if of_depth:
                self._notes.append(depth_warning(layer, extremes, gaps_are_dry))
            if output == "ARRIVAL" and extremes is not None and extremes[1] > LATEST_MIN:
                self._notes.append(late_arrival(layer.name(), extremes[1]))
            self._notes += [unit_note(layer, output), turned_note(layer)]
        self._layers = {
            name: layer
            for name, layer in zip(NAMES.values(), (depth, level, arrival), strict=True)
            if layer is not None
        }
        runs = {name: run_of(layer) for name, layer in self._layers.items()}
        runs |= {"RESULT": run_of_file(result)} if result else {}
        self.run = require_one_run(runs)
        self._one_run = all(runs.values())
        self._notes += require_places(self._layers, self.result, self._one_run)
        self.crs = self.main.crs() if self.main is not None else self.result.crs
        if not self.crs.isValid():
            raise InputError(
                "The result '{result}' has no CRS: choose DEPTH or LEVEL too, or run the simulation again.",
                result=result,
            )
        self.name = self.main.name() if self.main is not None else result
        self._notes.append(scale_note(self.main) if self.main is not None else None)

    def warnings(self) -> list[Message]:
        """What looks wrong in the layers, though they can be read."""
        return [note for note in self._notes if note is not None]

    def cells(self) -> Cells:
        """All cells of the main layer."""
        cells = self.result.cells if self.main is None else own_cells(self.main)
        metres_x, metres_y = _metres(self.crs, cells.north - cells.height * cells.rows / 2)
        return replace(cells, metres_x=metres_x, metres_y=metres_y)

    def read(
        self,
        bounds: tuple[float, float, float, float],
        dry_m: float,
        context: QgsProcessingContext,
        progress: Progress = silent,
    ) -> Water:
        """The water within some bounds (west, south, east, north in `crs`) and three cells around them.

        Raises
        ------
        InputError
            When the bounds lie outside the main layer.
        """
        cells = _window(self.cells(), bounds)
        if cells is None:
            raise InputError(
                "The water '{name}' ({crs}) does not overlap the layer: check the CRS of both.",
                name=self.name,
                crs=crs_text(self.crs)[:40],
            )
        crs = crs_text(self.crs)
        # Levels and depths between those of two cells may occur nowhere: the nearest cell, never a mean.
        read: list[np.ndarray | None] = []
        for number, (output, layer) in enumerate(self._rasters.items()):
            advance(progress, 0.1 * number, Message("Water near the features"))
            opened = self._opened.pop(output, None)
            read.append(
                None
                if layer is None
                else read_cells(layer, cells, crs, nearest=True, output=output, opened=opened).ravel()
            )
        depth, level, arrival = read
        depth = None if depth is None else self._without_negative(depth)
        advance(progress, 0.3)
        if depth is not None and is_classes(depth):
            self._notes.append(
                Message(
                    "The depths '{layer}' near the features are whole numbers up to {high:g} only: if they are "
                    "classes, or 1 where there is water, they are no depths in m. Choose a raster of depths.",
                    layer=self.depth.name(),
                    high=float(np.nanmax(depth)),
                )
            )
        if depth is not None and (typical := is_deep(depth, dry_m)):
            self._notes.append(
                Message(
                    "Half of the wet cells of the depths '{layer}' near the features are deeper than {typical:.1f} m: "
                    "make sure that they are in m, not in cm or feet, and no levels.",
                    layer=self.depth.name(),
                    typical=typical,
                )
            )
        arrival = None if arrival is None else np.maximum(arrival, 0)
        advance(progress, 0.4)
        self._enter(cells, depth, level, arrival)
        if self.result is not None:
            self.result.follow(self.crs, context.transformContext())
        given = {output: v for output, v in zip(NAMES, (depth, level, arrival), strict=True) if v is not None}
        found = compare(given, {**NAMES, "RESULT": "RESULT"}, cells, self.result, dry_m, part(progress, 0.4, 1.0))
        self._notes += require_agreement(found, self._one_run)
        if self.result is not None and (depth is None or level is None):
            greatest = self.result.greatest(dry_m, progress)
            face_depth, face_level = (self._spread(values, cells) for values in greatest)
            depth, level = face_depth if depth is None else depth, face_level if level is None else level
        if depth is not None and self._gaps_are_dry:
            depth = np.nan_to_num(depth, nan=0.0)
        return Water(cells, depth, level, arrival, self.result)

    def entries(self) -> list[Entry]:
        """What was read, for the table at the end of the log; after `read`."""
        return self._entries

    def _enter(
        self, cells: Cells, depth: np.ndarray | None, level: np.ndarray | None, arrival: np.ndarray | None
    ) -> None:
        """Note how many cells near the features each input covers."""
        gaps = (
            Message("no data counts as dry (NO_DATA)")
            if self._gaps_are_dry
            else Message("no data is unknown (NO_DATA)")
        )
        inputs = (
            (Message("Cells of DEPTH near the features"), self.depth, depth, gaps, self._gaps_are_dry),
            (Message("Cells of LEVEL near the features"), self.level, level, Message("no data is dry"), False),
            (Message("Cells of ARRIVAL near the features"), self.arrival, arrival, Message("no data is dry"), False),
        )
        self._entries = []
        for what, layer, values, why, guessed in inputs:
            if layer is None or values is None:
                continue
            without = int(np.isnan(values).sum())
            how = resampling_words(layer, cells, crs_text(self.crs), nearest=True)
            why = reasons([why if without else None, how])
            self._entries.append(
                Entry(what, len(values) - without, 0 if guessed else without, without if guessed else 0, why)
            )
        if self.result is not None:
            faces = self.result.cells
            why = Message("blocks or cells of {width:g} m", width=faces.width)
            self._entries.append(Entry(Message("Steps of RESULT"), len(self.result.minutes), 0, 0, why))

    def _without_negative(self, depth: np.ndarray) -> np.ndarray:
        """Depths with those below 0 as no data, which the user chose to be dry, and what is rounding as 0."""
        below = depth < -LEAST_BELOW  # before the depths are changed in place
        if below.any():
            self._notes.append(
                Message(
                    "{n:,} cells of the depths '{layer}' near the features lie below 0 m, down to {low:g} m: they "
                    "count as dry (NO_DATA).",
                    n=int(below.sum()),
                    layer=self.depth.name(),
                    low=float(np.nanmin(depth)),
                )
            )
        depth = np.maximum(depth, 0, out=depth)
        if below.any():
            depth[below] = np.nan
        return depth

    def _spread(self, values: np.ndarray, cells: Cells) -> np.ndarray:
        """Values by cell of the result at the centres of other cells in the same CRS."""
        own = self.result.cells
        if self.result.crs.isValid() and self.result.crs != self.crs:
            raise InputError(
                "The result is in {crs} and '{name}' in {crs2}: choose both DEPTH and LEVEL, or reproject the raster.",
                crs=self.result.crs.authid(),
                name=self.name,
                crs2=self.crs.authid(),
            )
        number = own.index(*cells.centres(np.arange(cells.size)))
        return np.where(number >= 0, values[number], np.nan)


def late_arrival(name: str, latest_min: float) -> Message:
    """A warning about arrivals that are rather in seconds."""
    return Message(
        "The arrivals of '{layer}' go up to {latest:,.0f} min, {days:.0f} days: if they are in seconds, set the unit "
        "of the raster's band, or convert them to minutes with the raster calculator.",
        layer=name,
        latest=latest_min,
        days=latest_min / 1440.0,
    )


def is_deep(depth: np.ndarray, dry_m: float) -> float:
    """The median depth of the wet cells where that is more than any street, garden or low field has; else 0."""
    wet = depth[depth >= dry_m]
    typical = float(np.median(wet)) if wet.size else 0.0
    return typical if typical > DEEP_M else 0.0


def is_classes(depth: np.ndarray) -> bool:
    """Whether depths are whole numbers from 0 to 10 and at least one of them is above 0, as classes and masks are."""
    if _has_parts(depth[:SAMPLE]):
        return False
    known = depth[np.isfinite(depth)]
    if not known.size or not 1 <= known.max() <= HIGHEST_CLASS:
        return False
    return not _has_parts(known)


def _has_parts(depth: np.ndarray) -> bool:
    """Whether a depth is no whole number."""
    known = depth[np.isfinite(depth)]
    return bool((known != np.rint(known)).any())


def _metres(crs: QgsCoordinateReferenceSystem, middle: float) -> tuple[float, float]:
    if crs.isGeographic():
        return metres_per_degree(max(-89.0, min(89.0, middle)))
    unit = crs_unit_m(crs)
    return (unit, unit) if unit > 0 and math.isfinite(unit) else (1.0, 1.0)


def _window(cells: Cells, bounds: tuple[float, float, float, float]) -> Cells | None:
    """The cells within bounds and some around; None where there are none."""
    if not all(math.isfinite(value) for value in bounds):
        return None
    west, south, east, north = bounds
    around = max(3, math.ceil(cells.reach_m / min(cells.width_m, cells.height_m)) + 2)
    first = [math.floor((west - cells.west) / cells.width), math.floor((cells.north - north) / cells.height)]
    last = [math.floor((east - cells.west) / cells.width), math.floor((cells.north - south) / cells.height)]
    left, top = max(0, first[0] - around), max(0, first[1] - around)
    right, bottom = min(cells.columns, last[0] + around + 1), min(cells.rows, last[1] + around + 1)
    apart = last[0] < 0 or last[1] < 0 or first[0] >= cells.columns or first[1] >= cells.rows
    if right <= left or bottom <= top or apart:
        return None
    corner = {"west": cells.west + left * cells.width, "north": cells.north - top * cells.height}
    return replace(cells, **corner, rows=bottom - top, columns=right - left)
