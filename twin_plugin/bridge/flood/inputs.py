"""From the parameters of twin:simulateflood to a FloodSetup."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeatureSource,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
)

from ...core.common.errors import InputError
from ...core.common.grid import Grid
from ...core.common.messages import Message
from ...core.flood import memory
from ...core.flood.footprints import count_footprints, overlapping
from ...core.flood.processes.boundaries import SIDES, Boundaries, Boundary, BoundaryKind
from ...core.flood.processes.drainage import Drainage
from ...core.flood.processes.infiltration import Infiltration
from ...core.flood.processes.inflows import Inflow, Inflows
from ...core.flood.processes.rain import Rain
from ...core.flood.rainfall_series import RainSeries, end_warnings, from_rows, series_warnings, uniform
from ...core.flood.schemes.scheme import Numerics
from ...core.flood.setup import FloodSetup, RunOutput
from ...core.flood.surface import Surface
from ...core.flood.terrain_checks.run_warnings import terrain_warnings
from ..kernel import runtime
from ..kernel.input_table import Entry, table_lines
from ..kernel.raster_kinds import TERRAIN, require_output, require_terrain
from ..kernel.raster_units import scale_note, unit_note
from ..kernel.rasterize import burn
from ..kernel.rasters import plan_grid, read_cells, read_grid, require_metres
from ..kernel.resampling import terrain_note
from ..kernel.translation import localized
from ..kernel.vectors import FeatureTable, read_table
from .input_entries import building_entry, duration_entry, inflow_entry, rain_entry, roughness_entry, terrain_entry

RAIN_FIELDS = ("time_min", "depth_mm")
TAIL_MIN = 60.0  # simulated after the rain where no duration is given


@dataclass(frozen=True)
class SetupRead:
    """A setup, and the lines of the table of what was read, left out and guessed for it."""

    setup: FloodSetup
    table: list[Message]


def read_setup(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> SetupRead:
    """The setup that the parameters of twin:simulateflood ask for.

    Raises
    ------
    InputError, ResourceError
        For the first input that cannot be used.
    """
    return _SetupReader(algorithm, parameters, context, feedback).read()


@dataclass(frozen=True)
class GroundRead:
    """A terrain, the buildings on its cells, and the lines of the table of what was read and left out for them."""

    grid: Grid
    buildings: np.ndarray | None
    table: list[Message]


def read_ground(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> GroundRead:
    """What DTM, EXTENT, CELL_SIZE and BUILDINGS of an algorithm give, where water passes corners of cells.

    Raises
    ------
    InputError, ResourceError
        For the first input that cannot be used.
    """
    reader = _SetupReader(algorithm, parameters, context, feedback, corners=True)
    grid = reader._terrain()
    buildings = reader._buildings(grid)
    return GroundRead(grid, buildings, table_lines(reader.entries))


@dataclass(frozen=True)
class _SetupReader:
    """Reads the parts of a setup from parameters."""

    algorithm: QgsProcessingAlgorithm
    parameters: dict[str, Any]
    context: QgsProcessingContext
    feedback: QgsProcessingFeedback
    entries: list[Entry] = field(default_factory=list)
    corners: bool = False

    def read(self) -> SetupRead:
        rain, duration_min = self._rain()  # small, and so read and checked before the terrain
        grid = self._terrain()
        surface = Surface(grid, self._roughness(grid), self._buildings(grid), self._text("BUILDINGS_AS"))
        inflows = Inflows(self._inflows(grid))
        processes = (
            rain,
            inflows,
            Boundaries({side: self._boundary(side.upper()) for side in SIDES}),
            Infiltration(self._number("INFILTRATION_MM_H") or 0.0),
            Drainage(self._number("DRAIN_CAPACITY_MM_H") or 0.0),
        )
        output_step_min, wet_depth_m = self._number("OUTPUT_STEP_MIN") or 0.0, self._number("WET_DEPTH_M") or 0.0
        output = RunOutput(60.0 * duration_min, 60.0 * output_step_min, wet_depth_m)
        asked = self.algorithm.parameterAsInt(self.parameters, "THREADS", self.context)
        threads = runtime.solver_threads(asked, QgsApplication.platform() == "desktop", grid.rows * grid.columns)
        setup = FloodSetup(surface, output, processes, numerics=Numerics(self._text("SCHEME"), threads=threads))
        self._warn(setup.warnings())
        if inflows.inflows:
            self.entries.append(inflow_entry(len(inflows.inflows), list(inflows.warnings(surface))))
        return SetupRead(setup, table_lines(self.entries))

    def _given(self, name: str) -> bool:
        default = self.algorithm.parameterDefinition(name).defaultValue()
        return self.parameters.get(name, default) not in (None, "")

    def _number(self, name: str) -> float | None:
        if not self._given(name):
            return None
        return float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))

    def _text(self, name: str) -> str:
        return str(self.algorithm.parameterAsString(self.parameters, name, self.context))

    def _raster(self, name: str) -> QgsRasterLayer | None:
        return self.algorithm.parameterAsRasterLayer(self.parameters, name, self.context)

    def _source(self, name: str) -> QgsFeatureSource | None:
        if not self._given(name):
            return None
        source = self.algorithm.parameterAsSource(self.parameters, name, self.context)
        if source is None:
            raise InputError(
                "The layer given for {name} cannot be read: choose another one, or leave it empty.", name=name
            )
        return source

    def _polygons(self, source: QgsFeatureSource, grid: Grid, *fields: str) -> FeatureTable:
        crs = QgsCoordinateReferenceSystem(grid.crs)
        return read_table(source, self.feedback, crs, fields, self.context.transformContext())

    def _boundary(self, side: str) -> Boundary:
        level_m = self._number(f"LEVEL_{side}_M")
        return Boundary(BoundaryKind(self._text(f"BOUNDARY_{side}")), math.nan if level_m is None else level_m)

    def _terrain(self) -> Grid:
        """The terrain on the cells of the run, after checking that the run fits into memory."""
        layer = self._raster("DTM")
        if layer is None or not layer.isValid():
            raise InputError("The terrain cannot be read: choose a raster layer or file of heights in DTM.")
        require_terrain(layer)
        require_metres(layer)
        extent = None
        if self.parameters.get("EXTENT"):
            extent = self.algorithm.parameterAsExtent(self.parameters, "EXTENT", self.context, layer.crs())
        cells = plan_grid(layer, extent, self._number("CELL_SIZE"))
        memory.check(cells.rows, cells.columns, cells.width)
        grid = read_grid(layer, cells, TERRAIN, exact=True)
        self._warn([unit_note(layer, TERRAIN), terrain_note(layer, grid, TERRAIN), scale_note(layer)])
        low, high = (float(extreme.reduce(grid.values, axis=None)) for extreme in (np.fmin, np.fmax))
        if low == high:
            flat = Message("Every cell of the terrain '{layer}' has the height {m:g} m.", layer=layer.name(), m=low)
            self._warn([flat])
        self._warn(terrain_warnings(grid, layer.name(), self.corners))
        self.entries.append(terrain_entry(layer, grid, self.corners))
        return grid

    def _roughness(self, grid: Grid) -> float | np.ndarray:
        """Manning's n: a number, or a raster's values with the number where it has none."""
        number = self._number("ROUGHNESS") or 0.0
        layer = self._raster("ROUGHNESS_RASTER")
        if layer is None:
            if self._given("ROUGHNESS_RASTER"):
                raise InputError("The roughness raster cannot be read: choose another file, or leave it empty.")
            self.entries.append(roughness_entry(None, np.zeros(0, bool), grid, number))
            return number
        require_output(layer, "ROUGHNESS_RASTER", "ROUGHNESS")
        values = read_cells(layer, grid.cells, grid.crs)
        known = np.isfinite(values)
        if not known[np.isfinite(grid.values)].any():
            raise InputError(
                "The roughness raster '{layer}' does not overlap the terrain: check its CRS and extent.",
                layer=layer.name(),
            )
        values[~known] = number
        self.entries.append(roughness_entry(layer, known, grid, number))
        return values

    def _rain(self) -> tuple[Rain, float]:
        """Rain from a table or evenly over the duration, and the duration in minutes."""
        source, total_mm = self._source("RAIN"), self._number("RAIN_MM") or 0.0
        duration_min = self._number("DURATION_MIN")
        if duration_min is not None and not duration_min > 0:
            raise InputError("The duration must be above 0 min: leave it empty for the rain's length plus an hour.")
        if source is None:
            if total_mm < 0:
                raise InputError("The rain must not be negative: {total_mm:g} mm.", total_mm=total_mm)
            length_min = duration_min or TAIL_MIN
            self.entries.append(duration_entry(length_min, duration_min is not None))
            if total_mm:
                self._warn(series_warnings(uniform(total_mm, length_min), "RAIN_MM"))
            return Rain(((length_min, total_mm),) if total_mm else ()), length_min
        if total_mm:
            raise InputError("RAIN and RAIN_MM are both given: choose one of them.")
        table = read_table(source, self.feedback, fields=RAIN_FIELDS)
        series, notes = _rain_of(table, source.sourceName())
        whole_min = duration_min or series.duration_min + TAIL_MIN
        notes = [*notes, *end_warnings(series, whole_min, source.sourceName())]
        self._warn(notes)
        self.entries.append(rain_entry(table.columns[RAIN_FIELDS[1]], notes, series, whole_min))
        self.entries.append(duration_entry(whole_min, duration_min is not None))
        steps = tuple(zip(series.end_min.tolist(), series.depth_mm.tolist(), strict=True))
        return Rain(steps), whole_min

    def _warn(self, notes: Iterable[Message | None]) -> None:
        for note in notes:
            if note is not None:
                self.feedback.pushWarning(localized(note))

    def _buildings(self, grid: Grid) -> np.ndarray | None:
        """Label of the building on each cell, or None without a layer."""
        source = self._source("BUILDINGS")
        if source is None:
            return None
        import shapely

        table = self._polygons(source, grid)
        labels, boxes = burn(list(table.geometries), grid), _boxes(table)
        if len(table) and not overlapping(boxes, grid).any():
            raise InputError(
                "No building of '{source}' lies on the terrain: check the CRS of both layers and the extent.",
                source=source.sourceName(),
            )
        counts = count_footprints(boxes, shapely.area(table.geometries), labels, grid)
        self._warn(counts.warnings())
        self.entries.append(building_entry(counts))
        return labels

    def _inflows(self, grid: Grid) -> list[Inflow]:
        """Polygons with a constant discharge in flow_m3s as inflows."""
        source = self._source("INFLOWS")
        if source is None:
            return []
        table = self._polygons(source, grid, "flow_m3s")
        if "flow_m3s" not in table.columns:
            raise InputError(
                "The inflow layer '{source}' has no field flow_m3s (discharge in m³/s).", source=source.sourceName()
            )
        inflows = []
        for geometry, flow in zip(table.geometries, table.columns["flow_m3s"], strict=True):
            cells = burn([geometry], grid) > 0
            if not cells.any():
                cells = burn([geometry], grid, touched=True) > 0
            inflows.append(Inflow(cells, (0.0,), (_float(flow),), math.nan if geometry is None else geometry.area))
        return inflows


def _rain_of(table: FeatureTable, name: str) -> tuple[RainSeries, list[Message]]:
    """The rain of a table with time_min and depth_mm, and what looks wrong in it."""
    if missing := [column for column in RAIN_FIELDS if column not in table.columns]:
        raise InputError(
            "The rain table '{source}' has no field {names}: it needs time_min (end of each step) and depth_mm (rain "
            "of the step), as 'Design storm' writes them.",
            source=name,
            names=", ".join(missing),
        )
    return from_rows(*(table.columns[column] for column in RAIN_FIELDS), f"'{name}'")


def _boxes(table: FeatureTable) -> np.ndarray:
    """West, south, east and north of each geometry; NaN where there is none."""
    from shapely import bounds

    return np.reshape(bounds(np.asarray(list(table.geometries), object)), (-1, 4))


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
