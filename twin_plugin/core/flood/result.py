"""What a flood run gives: the maxima of each cell, the final depth, and a summary with the account of water."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..common.grid import Grid
from .array_layout import F32, ArrayLayout
from .hazard import classify
from .ledger import Ledger
from .maxima import DRY, Maxima
from .setup import FloodSetup
from .terrain import Terrain

if TYPE_CHECKING:
    from .ledger import Counts


@dataclass(frozen=True)
class Frame:
    """The water at one time; arrays have shape (rows, columns), float32, and live only during the callback.

    depth_m is 0 outside the domain; bed_m is what the water stands on, metres above datum, NaN outside;
    velocity_east_ms and velocity_north_ms are 0 in films below 0.01 m.
    """

    time_s: float
    depth_m: F32
    bed_m: F32
    velocity_east_ms: F32
    velocity_north_ms: F32


@dataclass(frozen=True)
class RunSummary:
    """Figures of a run. The names are frozen: SUMMARY has them as keys (docs/flood.md says what each means)."""

    scheme: str
    rows: int
    columns: int
    cell_m: float
    domain_cells: int
    no_data_cells: int
    building_cells: int
    buildings_as: str
    duration_s: float
    wet_depth_m: float
    steps: int
    shortest_step_s: float
    longest_step_s: float
    threads: int
    wall_s: float
    updates_per_s: float
    skipped_share: float
    initial_m3: float
    rain_m3: float
    inflow_m3: float
    boundary_in_m3: float
    boundary_out_m3: float
    infiltration_m3: float
    drained_m3: float
    stored_m3: float
    error_m3: float
    mass_error: float
    peak_volume_m3: float
    peak_volume_time_s: float
    wet_area_m2: float
    max_depth_m: float
    max_speed_ms: float
    capped_share: float
    supercritical_share: float
    supercritical_share_peak: float

    def as_dict(self) -> dict[str, Any]:
        """Keys and plain values, ready for JSON."""
        return asdict(self)

    @staticmethod
    def of(
        setup: FloodSetup, ground: Terrain, ledger: Ledger, counts: Counts, maxima: Maxima, layout: ArrayLayout, wall_s:
        float, threads: int,
    ) -> RunSummary:  # fmt: skip
        """Collect the figures at the end of a run."""
        cells = layout.rows * layout.columns
        ever_wet = int((layout.view(maxima.depth_m) >= np.float32(setup.wet_depth_m)).sum())
        return RunSummary(
            scheme=setup.scheme,
            rows=layout.rows,
            columns=layout.columns,
            cell_m=setup.bed.cell_m,
            domain_cells=int(ground.wet.sum()),
            no_data_cells=cells - int(ground.data.sum()),
            building_cells=0 if setup.buildings is None else int(((setup.buildings > 0) & ground.data).sum()),
            buildings_as=setup.buildings_as,
            duration_s=setup.duration_s,
            wet_depth_m=setup.wet_depth_m,
            steps=counts.steps,
            shortest_step_s=counts.shortest_s,
            longest_step_s=counts.longest_s,
            threads=threads,
            wall_s=wall_s,
            updates_per_s=counts.updates / max(wall_s, 1e-9),
            skipped_share=1.0 - counts.updates / max(counts.steps * cells, 1),
            initial_m3=ledger.initial_m3,
            rain_m3=ledger.rain_m3,
            inflow_m3=ledger.inflow_m3,
            boundary_in_m3=ledger.boundary_in_m3,
            boundary_out_m3=ledger.boundary_out_m3,
            infiltration_m3=ledger.infiltration_m3,
            drained_m3=ledger.drained_m3,
            stored_m3=ledger.stored_m3,
            error_m3=ledger.error_m3,
            mass_error=ledger.relative_error,
            peak_volume_m3=counts.peak_m3,
            peak_volume_time_s=counts.peak_s,
            wet_area_m2=ever_wet * setup.bed.cell_m**2,
            max_depth_m=float(maxima.depth_m.max()),
            max_speed_ms=float(maxima.speed_ms.max()),
            capped_share=counts.capped_looks / max(counts.wet_looks, 1),
            supercritical_share=counts.fast_looks / max(counts.wet_looks, 1),
            supercritical_share_peak=counts.fast_share_peak,
        )


@dataclass(frozen=True)
class FloodResult:
    """Arrays of shape (rows, columns), float32; cells without water (no data and walls) are NaN.

    Attributes
    ----------
    bed : Grid
        The terrain of the setup.
    depth_max_m, speed_max_ms, product_max_m2s : arrays
        Largest depth, speed, and depth times speed at one moment.
    arrival_s : array
        When the depth first reached the wet depth; NaN where it never did.
    wet_s : array
        How long the depth was at or above the wet depth.
    depth_m : array
        Depth at the end.
    level_bed_m : array
        The bed that water stands on: the terrain, with blocks where buildings are raised.
    summary : RunSummary
    """

    bed: Grid
    depth_max_m: F32
    speed_max_ms: F32
    product_max_m2s: F32
    arrival_s: F32
    wet_s: F32
    depth_m: F32
    level_bed_m: F32
    summary: RunSummary

    @staticmethod
    def of(setup: FloodSetup, ground: Terrain, maxima: Maxima, depth: F32, summary: RunSummary) -> FloodResult:
        """Take the arrays of a run over (they are changed in place, not copied)."""
        layout = ground.layout
        dry = ~ground.wet
        bed = layout.view(ground.bed_m)
        bed += np.float32(ground.base_m)
        arrival = layout.view(maxima.arrival_s)
        arrival[arrival >= DRY] = np.nan
        deepest, fastest = layout.view(maxima.depth_m), layout.view(maxima.speed_ms)
        product, wet_s = layout.view(maxima.product_m2s), layout.view(maxima.wet_s)
        for values in (deepest, fastest, product, arrival, wet_s, depth, bed):
            values[dry] = np.nan
        return FloodResult(setup.bed, deepest, fastest, product, arrival, wet_s, depth, bed, summary)

    @property
    def wet(self) -> NDArray[np.bool_]:
        """Cells that reached the wet depth."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.depth_max_m >= np.float32(self.summary.wet_depth_m))

    def level_max_m(self) -> F32:
        """Highest water level, metres above datum; NaN where it was never wet."""
        return np.where(self.wet, self.level_bed_m + self.depth_max_m, np.float32(np.nan))

    def hazard(self) -> NDArray[np.uint8]:
        """AIDR class 1 to 6; 0 where it was never wet, 255 outside."""
        classes = classify(self.depth_max_m, self.speed_max_ms, self.product_max_m2s)
        classes[~self.wet & (classes != 255)] = 0
        return classes
