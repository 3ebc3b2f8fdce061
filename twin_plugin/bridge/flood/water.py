"""Water for the risk of buildings: rasters in any CRS and a RESULT, cut to the buildings and brought onto one grid."""

from __future__ import annotations

import math
from dataclasses import replace

from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingContext, QgsRasterLayer

from ...core.common.cells import Cells, metres_per_degree
from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, advance, part, silent
from ...core.risk.ingress import Water, no_water
from ...core.risk.tiles import whole_tile
from ..kernel.crs_scale import crs_unit_m
from ..kernel.flood_run import require_one_run, run_of, run_of_file
from ..kernel.input_table import Entry
from ..kernel.raster_kinds import depth_warning, file_of, require_water
from ..kernel.raster_units import scale_note, unit_note
from ..kernel.rasters import crs_text, own_cells
from ..kernel.resampling import turned_note
from ..kernel.ugrid_reader import Result
from .near_water import NAMES, NearWater, WaterLayers
from .run_agreement import require_places

LATEST_MIN = 7 * 1440.0
"""Arrivals after more than a week are rather in seconds."""


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
        self._near: NearWater | None = None
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
        later = [] if self._near is None else self._near.notes
        return [*(note for note in self._notes if note is not None), *later]

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
        near = self.near(bounds, dry_m, context, part(progress, 0.0, 0.1))
        water = near.cut(whole_tile(near.cells, 0), part(progress, 0.1, 0.6))
        near.finish(part(progress, 0.6, 1.0))
        return water

    def near(
        self,
        bounds: tuple[float, float, float, float],
        dry_m: float,
        context: QgsProcessingContext,
        progress: Progress = silent,
    ) -> NearWater:
        """As `read`, for reading tile by tile."""
        cells = _window(self.cells(), bounds)
        if cells is None:
            raise InputError(
                "The water '{name}' ({crs}) does not overlap the layer: check the CRS of both.",
                name=self.name,
                crs=crs_text(self.crs)[:40],
            )
        if self.result is not None:
            self.result.follow(self.crs, context.transformContext())
        layers = WaterLayers(
            self._rasters, self._opened, self.result, self.crs, self.name, self._gaps_are_dry, self._one_run
        )
        self._near = NearWater(layers, cells, dry_m, progress)
        return self._near

    def entries(self) -> list[Entry]:
        """What was read, for the table at the end of the log; after `read`, or when `near` has finished."""
        return [] if self._near is None else self._near.entries()


def late_arrival(name: str, latest_min: float) -> Message:
    """A warning about arrivals that are rather in seconds."""
    return Message(
        "The arrivals of '{layer}' go up to {latest:,.0f} min, {days:.0f} days: if they are in seconds, set the unit "
        "of the raster's band, or convert them to minutes with the raster calculator.",
        layer=name,
        latest=latest_min,
        days=latest_min / 1440.0,
    )


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
