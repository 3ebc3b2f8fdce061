"""From a flood run to files: rasters, the result over time, the summary, and what a reader must know."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ...core.common.errors import unwritable
from ...core.common.messages import Message
from ...core.flood.constants import AUTO, COLLAPSE_MS, FAST_SHARE, INERTIAL
from ...core.flood.fallen_rain import fallen_steps
from ...core.flood.ground.ground_infiltration import GroundInfiltration
from ...core.flood.processes.interiors import InsideWater, Interiors
from ...core.flood.processes.rain import Rain
from ...core.flood.processes.spatial_rain import SpatialRain
from ...core.flood.run_id import run_id
from ...core.flood.setup import FloodSetup
from ...core.flood.sponge.capture import capture_figures
from ...core.flood.sponge.surfaces import SpongeSurfaces
from ..kernel.flood_run import RAIN_ITEM, RAIN_KEY, RAIN_STEPS, RUN_ITEM, RUN_KEY
from ..kernel.raster_kinds import KIND_ITEM, RANGE_ITEM, TITLES, value_range
from ..kernel.rasters import write_grid
from .files.balance_table import BalanceTable
from .files.state_file import write_state
from .files.ugrid_writer import FloodMesh, frame_times

if TYPE_CHECKING:
    from ...core.flood.result import FloodResult, Frame, RunSummary


MASS_ERROR = 1e-6
"""Float32 depths with their compensation keep the error far below this share of all water."""


class FrameWriter:
    """Writes each frame of a run into the RESULT, complete after a with block; without a path there is no RESULT.

    Attributes
    ----------
    run_id : str
        Of the run; all its results carry it.
    balance : BalanceTable
        The water account of each frame.
    """

    def __init__(self, path: str, setup: FloodSetup) -> None:
        self.run_id = run_id(setup)
        self.balance = BalanceTable(self.run_id)
        self._path, self._setup = path, setup
        self._grid = setup.surface.bed
        self._times = frame_times(setup.output.duration_s, setup.output.step_s)
        self._wet_depth_m = setup.output.wet_depth_m
        self._mesh: FloodMesh | None = None

    @property
    def block(self) -> int:
        """Cells of a face's edge; 1 when nothing is written."""
        return self._mesh.block if self._mesh is not None else 1

    def rain_steps(self, result: FloodResult) -> dict[str, list[float]]:
        """The rain over time, as a mean over the terrain."""
        fallen_mm = result.outcomes.get(SpatialRain, result.outcomes.get(Rain, 0.0))
        minutes, rain_m3 = self.balance.series("rain_m3")
        return fallen_steps(self._setup, minutes, rain_m3, float(np.nanmean(fallen_mm)))

    def __call__(self, frame: Frame) -> None:
        self.balance.add(frame)
        if not self._path:
            return
        if self._mesh is None:
            bed = self._grid.with_values(frame.bed_m)
            run = {"run": self.run_id, "wet_depth_m": self._wet_depth_m}
            self._mesh = FloodMesh(self._path, bed, self._times, apart=True, **run)
        self._mesh.write(frame.depth_m, frame.bed_m, frame.velocity_east_ms, frame.velocity_north_ms)

    def finish(self, summary: RunSummary) -> None:
        """Write into RESULT what is known at the end of the run: its rain."""
        if self._mesh is not None:
            self._mesh.describe(RAIN_ITEM, rain_text(summary))

    def __enter__(self) -> FrameWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._mesh is not None:
            self._mesh.__exit__(kind, error, trace)


def write(result: FloodResult, rasters: dict[str, str], files: dict[str, str], frames: FrameWriter) -> None:
    """Write the rasters, the summary and the state that have a path, each with the id of the run.

    Parameters
    ----------
    frames : FrameWriter
        That the run has written to.

    Raises
    ------
    ResourceError
        When a file cannot be written.
    """
    run = frames.run_id
    write_rasters(result, rasters, run)
    if files.get("SUMMARY"):
        captured = capture_figures(result.summary, cast(Any, result.outcomes.get(SpongeSurfaces)))
        rain = {RAIN_STEPS: frames.rain_steps(result)}
        write_summary({RUN_KEY: run, **result.summary, **captured, **rain}, files["SUMMARY"])
    if files.get("STATE") and result.state is not None:
        write_state(replace(result.state, run=run), files["STATE"])


def rain_text(summary: RunSummary) -> str:
    """The rain of a run, mm, as its results carry it."""
    return f"{summary[RAIN_KEY]:.3f}"


def _rain_total(result: FloodResult) -> np.ndarray:
    """The rain that fell on each cell in the run, mm; NaN where there is no height."""
    if SpatialRain in result.outcomes:
        return np.asarray(result.outcomes[SpatialRain])
    even_mm = np.float32(result.outcomes.get(Rain, 0.0))
    return np.where(np.isfinite(result.bed.values), even_mm, np.float32(np.nan))


def write_rasters(result: FloodResult, paths: dict[str, str], run: str) -> None:
    """Write the rasters that have a path, by the name of their output."""
    wet = result.wet
    outside = np.isnan(result.depth_max_m)

    def shown(values: np.ndarray, dry: float) -> np.ndarray:
        return np.where(outside, np.float32(np.nan), np.where(wet, values, np.float32(dry)))

    rasters = {
        "DEPTH_MAX": (lambda: _with_insides(result, shown(result.depth_max_m, 0.0), level=False), "m"),
        "LEVEL_MAX": (lambda: _with_insides(result, shown(result.level_max_m(), math.nan), level=True), "m"),
        "VELOCITY_MAX": (lambda: shown(result.speed_max_ms, 0.0), "m/s"),
        "HAZARD": (result.hazard, ""),
        "ARRIVAL": (lambda: shown(result.arrival_s / np.float32(60.0), math.nan), "min"),
        "DURATION_WET": (lambda: shown(result.wet_s / np.float32(60.0), 0.0), "min"),
        "FROUDE_MAX": (lambda: shown(result.froude_max, 0.0), ""),
        "LIMITED": (lambda: result.limited, ""),
        "GOVERNING": (lambda: result.governing, ""),
        "RAIN_TOTAL": (lambda: _rain_total(result), "mm"),
        "INFILTRATED": (lambda: result.outcomes[GroundInfiltration], "mm"),
    }
    for name, (make, unit) in rasters.items():
        if paths.get(name):
            grid = result.bed.with_values(make())
            metadata = {KIND_ITEM: name, RUN_ITEM: run, RANGE_ITEM: value_range(grid.values)}
            metadata[RAIN_ITEM] = rain_text(result.summary)
            write_grid(grid, paths[name], description=TITLES[name], unit=unit, metadata=metadata)


def _with_insides(result: FloodResult, values: np.ndarray, level: bool) -> np.ndarray:
    """Greatest depths or levels with those in buildings that water entered through doors."""
    inside = result.outcomes.get(Interiors)
    if not isinstance(inside, InsideWater):
        return values
    depth_m = inside.depth_max_m
    wet = np.where(depth_m >= result.summary.wet_depth_m, depth_m, np.nan if level else 0.0)
    there = inside.on_cells(wet + inside.floor_m if level else wet)
    return np.where(np.isnan(there), values, there.astype(np.float32))


def write_summary(summary: dict[str, Any], path: str) -> None:
    """Write the run's figures and its settings as JSON."""
    try:
        Path(path).write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def scheme_note(summary: RunSummary) -> Message:
    """Which scheme computed the run, and why."""
    inertial = summary.scheme == INERTIAL
    if summary.scheme_asked != AUTO:
        return Message("Local inertial scheme, as asked.") if inertial else Message("Shock-capturing scheme, as asked.")
    if "look_cell_m" not in summary:
        return Message("Scheme {scheme}, that of the state in START.", scheme=summary.scheme)
    figures = {"share": summary.look_supercritical_share, "limit": FAST_SHARE, "cell": summary.look_cell_m}
    if not inertial and summary.look_supercritical_share <= FAST_SHARE:
        return Message(
            "Shock-capturing scheme: in a first look with cells of {cell:g} m, supercritical flow covered at one "
            "moment {share:.1%} of the largest wet area, more than {limit:.0%}.",
            **figures | {"share": summary.look_supercritical_extent_peak},
        )
    if inertial:
        return Message(
            "Local inertial scheme: in a first look with cells of {cell:g} m, {share:.1%} of the wet cells were "
            "supercritical, not more than {limit:.0%}.",
            **figures,
        )
    return Message(
        "Shock-capturing scheme: in a first look with cells of {cell:g} m, {share:.1%} of the wet cells were "
        "supercritical, more than {limit:.0%}.",
        **figures,
    )


def warnings(summary: RunSummary, block: int) -> Iterator[Message]:
    """What a careful reader of the results must know, in sentences."""
    if summary.no_data_cells:
        yield Message(
            "{cells:,} cells of the terrain have no data and get no rain. Holes inside the data act as walls: fill "
            "them first where water should pass. Cells around the data lie outside: there the edges of the area count.",
            cells=summary.no_data_cells,
        )
    if summary.scheme == INERTIAL and summary.supercritical_share_peak > FAST_SHARE:
        yield Message(
            "Up to {share:.0%} of the wet cells ran faster than a wave (Froude above 1), where the local inertial "
            "scheme is only a rough guide: FROUDE_MAX shows where, and SCHEME shockcapturing computes it.",
            share=summary.supercritical_share_peak,
        )
    if summary.fastest_wave_ms > COLLAPSE_MS:
        yield Message(
            "Time steps became short because of a wave of {speed:.0f} m/s in the cell at {x:.1f}, {y:.1f}: make sure "
            "that the terrain has no pit or wall there that does not exist.",
            speed=summary.fastest_wave_ms,
            x=summary.fastest_wave_x,
            y=summary.fastest_wave_y,
        )
    if block > 1:
        yield Message(
            "RESULT has faces of {block} x {block} cells, so that QGIS can show it; the rasters have every cell.",
            block=block,
        )
    if abs(error := summary.mass_error) > MASS_ERROR:
        yield Message("The mass error is {error:.1e} of all the water: treat the results with care.", error=error)
    if not summary.peak_volume_m3:
        yield _why_dry(summary)


def _why_dry(summary: RunSummary) -> Message:
    if summary.rain_m3 or summary.get("inflow_m3"):
        return Message(
            "All the water was taken up at once: the result is dry. Make sure that INFILTRATION_MM_H and "
            "DRAIN_CAPACITY_MM_H are in mm/h."
        )
    if summary.get("levels_m"):
        return Message(
            "There was no rain and no inflow, and no water came over an edge, whose levels stay below the ground "
            "there: the result is dry."
        )
    return Message("There was no rain, no inflow and no fixed level: the result is dry.")
