"""What a flood run starts from: terrain, rain, losses, inflows, boundaries and how long, checked before anything is
computed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.grid import FloatArray, Grid

BoolArray = NDArray[np.bool_]
SIDES = ("north", "east", "south", "west")
MAX_RAIN_MM_PER_MIN = 40.0  # the largest minute on record fell in Guadeloupe in 1970: 38.1 mm (WMO)


class BoundaryKind(Enum):
    """What water meets at an edge of the terrain."""

    CLOSED = "closed"
    OPEN = "open"
    LEVEL = "level"


@dataclass(frozen=True)
class Boundary:
    """One edge: a wall, a free outflow at normal depth, or a water body whose level is fixed (metres above datum)."""

    kind: BoundaryKind = BoundaryKind.CLOSED
    level_m: float = math.nan


CLOSED = Boundary()


@dataclass(frozen=True)
class Inflow:
    """Water entering some cells, spread over them by area.

    Attributes
    ----------
    cells : bool array, shape (rows, columns)
        Where it enters.
    times_s, flows_m3s : sequences of equal length
        The hydrograph, linear between its points, constant before the first and after the last: one point is a
        constant.
    """

    cells: BoolArray
    times_s: Sequence[float]
    flows_m3s: Sequence[float]


@dataclass(frozen=True)
class FloodSetup:
    """A flood run.

    Attributes
    ----------
    bed : Grid
        Bed elevation, metres above datum; NaN outside the domain.
    roughness : float or array, shape (rows, columns)
        Manning's n, s/m^(1/3).
    rain : sequence of (end_min, depth_mm)
        Steps in order; a step lasts from the end of the one before (or 0) to its own end.
    infiltration_mm_h, drain_mm_h : float
        What the ground and the drains take from wet cells, except from buildings.
    inflows : sequence of Inflow
    boundaries : mapping of side ("north", "east", "south", "west") to Boundary
        Absent sides are closed.
    initial_depth_m : array, shape (rows, columns), or None
    initial_level_m : float or None
        Still water up to this level at the start.
    duration_s, output_step_s : float
    wet_depth_m : float
        Depth from which a cell counts as wet.
    threads : int
        0 for all there are.
    buildings : int array, shape (rows, columns), or None
        Label of the building on a cell, 0 for none.
    buildings_as : str
        "raise" or "wall", see `terrain`.
    scheme : str
        A name in `scheme.SCHEMES`.
    courant, theta, froude_cap, max_step_s : float
        Numerics: step in cells that a wave crosses, weight of a face's own discharge against its neighbours', highest
        Froude number, longest step. A chequered wave, the worst case of the linear scheme, grows when courant is above
        sqrt(theta / 2): 0.632 for 0.8.
    skip_dry : bool
        Leave out dry tiles (the result is the same to the last bit).
    """

    bed: Grid
    duration_s: float
    output_step_s: float = 300.0
    roughness: float | FloatArray = 0.03
    rain: Sequence[tuple[float, float]] = ()
    infiltration_mm_h: float = 0.0
    drain_mm_h: float = 0.0
    inflows: Sequence[Inflow] = ()
    boundaries: dict[str, Boundary] = field(default_factory=dict)
    initial_depth_m: FloatArray | None = None
    initial_level_m: float | None = None
    wet_depth_m: float = 0.05
    threads: int = 0
    buildings: NDArray[np.int32] | None = None
    buildings_as: str = "raise"
    scheme: str = "inertial"
    courant: float = 0.6
    theta: float = 0.8
    froude_cap: float = 3.0
    max_step_s: float = 10.0
    skip_dry: bool = True

    def boundary(self, side: str) -> Boundary:
        """The boundary of a side."""
        return self.boundaries.get(side, CLOSED)


def check(setup: FloodSetup) -> None:
    """Raise `InputError` for whatever cannot be simulated, in a sentence."""
    if not setup.duration_s > 0:
        raise InputError(
            "The duration must be above 0 min: give the length of the storm plus the time the water runs on."
        )
    if not setup.output_step_s > 0:
        raise InputError("The output step must be above 0 min.")
    if not setup.wet_depth_m >= 0.001:
        raise InputError("The wet depth must be at least 0.001 m, not {wet_depth_m:g}.", wet_depth_m=setup.wet_depth_m)
    if not np.isfinite(setup.bed.values).any():
        raise InputError("The terrain has no data in the area of the run: choose another extent or terrain.")
    limit = math.sqrt(setup.theta / 2)
    if not 0 < setup.courant <= limit:
        raise InputError(
            "The Courant number must be above 0 and at most {limit:.3f} with theta {theta:g}, else waves grow.",
            limit=limit,
            theta=setup.theta,
        )
    if setup.infiltration_mm_h < 0 or setup.drain_mm_h < 0:
        raise InputError("Infiltration and drain capacity must not be negative (mm/h).")
    _check_roughness(setup)
    check_rain(setup.rain)
    _check_inflows(setup)
    for side in SIDES:
        edge = setup.boundary(side)
        if edge.kind is BoundaryKind.LEVEL and not math.isfinite(edge.level_m):
            raise InputError(
                "The {side} boundary has a fixed level but no height: give its level in metres above datum.", side=side
            )
    if setup.initial_depth_m is not None and not np.nanmin(setup.initial_depth_m) >= 0:
        raise InputError("The initial depth must not be negative.")


def check_rain(rain: Sequence[tuple[float, float]]) -> None:
    """Raise `InputError` when rain steps are out of order, negative, or in the wrong unit by their size."""
    start = 0.0
    total = 0.0
    for end, depth in rain:
        if not (math.isfinite(end) and end > start):
            raise InputError(
                "The rain steps must end later and later, in minutes: a step ends at {end:g} min after {start:g} min.",
                end=end,
                start=start,
            )
        if not (math.isfinite(depth) and depth >= 0):
            raise InputError(
                "Rain must not be negative or missing: the step that ends at {end:g} min has {depth:g} mm.",
                end=end,
                depth=depth,
            )
        if depth / (end - start) > MAX_RAIN_MM_PER_MIN or (end - start >= 5 and depth / (end - start) > 20):
            raise InputError(
                "{depth:g} mm of rain in {end:g} min is more than has ever fallen: the depths must be "
                "millimetres of each step, not an intensity in mm/h.",
                depth=depth,
                end=end - start,
            )
        start = end
        total += depth
    if 0 < total < 0.5:
        raise InputError(
            "The rain sums up to {total:g} mm, which cannot flood anything: the depths must be millimetres, "
            "not metres.",
            total=total,
        )


def _check_roughness(setup: FloodSetup) -> None:
    values = np.asarray(setup.roughness)
    if values.ndim == 2 and values.shape != setup.bed.values.shape:
        raise InputError("The roughness raster must cover the same cells as the terrain.")
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    if not (low >= 0.001 and high <= 1.0):
        raise InputError("Manning's n must be from 0.001 to 1 s/m^(1/3), not {low:g} to {high:g}.", low=low, high=high)


def _check_inflows(setup: FloodSetup) -> None:
    for inflow in setup.inflows:
        flows = np.asarray(inflow.flows_m3s, float)
        times = np.asarray(inflow.times_s, float)
        if flows.size == 0 or flows.shape != times.shape or not (np.diff(times) > 0).all():
            raise InputError("The times of an inflow must rise and each must have its discharge.")
        if not (np.isfinite(flows).all() and (flows >= 0).all()):
            raise InputError("The discharge of an inflow must not be negative or missing (m³/s).")
        if inflow.cells.shape != setup.bed.values.shape:
            raise InputError("The cells of an inflow must be those of the terrain.")
        if not (inflow.cells & np.isfinite(setup.bed.values)).any():
            raise InputError("An inflow lies outside the terrain: move it onto cells that have a height.")
