"""What a flood run starts from, in parts that are checked when they are created."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from ..common.errors import InputError
from ..common.grid import FloatArray
from ..common.messages import Message
from .constants import INERTIAL, WET_M
from .process import Process
from .processes import PROCESSES
from .schemes.scheme import Numerics
from .state import Start
from .surface import POROSITY, Surface

MIN_WET_DEPTH_M = 0.001
MIN_OUTPUT_STEP_S = 0.6

P = TypeVar("P", bound=Process)


@dataclass(frozen=True)
class InitialWater:
    """Water on the terrain at the start.

    Attributes
    ----------
    depth_m : array, shape (rows, columns), or None
    level_m : float or None
        Still water up to this level, metres above datum.
    """

    depth_m: FloatArray | None = None
    level_m: float | None = None

    def __post_init__(self) -> None:
        if self.depth_m is not None and not np.nanmin(self.depth_m) >= 0:
            raise InputError("The initial depth must not be negative.")


@dataclass(frozen=True)
class RunOutput:
    """How long a run goes on, how often its state is output, from which depth a cell counts as wet, and whether the
    result has the state at the end, from which another run can start.
    """

    duration_s: float
    step_s: float = 300.0
    wet_depth_m: float = WET_M
    keep_state: bool = False

    def __post_init__(self) -> None:
        if not self.duration_s > 0:
            raise InputError(
                "The duration must be above 0 min: give the length of the storm plus the time the water runs on."
            )
        if not self.step_s >= MIN_OUTPUT_STEP_S:
            raise InputError("The output step must be at least {least:g} s.", least=MIN_OUTPUT_STEP_S)
        if not self.wet_depth_m >= MIN_WET_DEPTH_M:
            raise InputError(
                "The wet depth must be at least {least:g} m, not {wet_depth_m:g}.",
                least=MIN_WET_DEPTH_M,
                wet_depth_m=self.wet_depth_m,
            )


@dataclass(frozen=True)
class FloodSetup:
    """A flood run: its parts, and the processes that do something in it, in any order and one of each kind."""

    surface: Surface
    output: RunOutput
    processes: tuple[Process, ...] = ()
    initial: InitialWater = field(default_factory=InitialWater)
    numerics: Numerics = field(default_factory=Numerics)
    start: Start | None = None

    def __post_init__(self) -> None:
        if self.start is not None:
            self.start.check(self.surface.bed)
        kinds = {type(process) for process in self.processes}
        if len(kinds) < len(self.processes) or not kinds <= set(PROCESSES):
            raise TypeError("A run has each process once at most, and each is in the table of processes.")
        for process in self.processes:
            process.check(self.surface)
        if self.surface.buildings_as == POROSITY and self.numerics.scheme != INERTIAL:
            raise InputError("Porous buildings are computed by the local inertial scheme: choose inertial in SCHEME.")

    def process(self, kind: type[P]) -> P:
        """The settings of a process, or its defaults where the run has none."""
        return next((process for process in self.processes if isinstance(process, kind)), kind())

    def all_processes(self) -> Iterator[Process]:
        """The settings of every process that there is, in the order in which they act."""
        return (self.process(kind) for kind in PROCESSES)

    def warnings(self) -> Iterator[Message]:
        """What a user must know of the processes on this terrain."""
        for process in self.processes:
            yield from process.warnings(self.surface)

    def figures(self) -> dict[str, Any]:
        """The settings as SUMMARY has them."""
        bed, output, (low, high) = self.surface.bed, self.output, self.surface.roughness_range
        result: dict[str, Any] = {
            "scheme": self.numerics.scheme,
            "rows": bed.rows,
            "columns": bed.columns,
            "cell_m": bed.cell_m,
            "crs": bed.crs,
            "west": bed.west,
            "north": bed.north,
            "buildings_as": self.surface.buildings_as,
            "roughness_min": low,
            "roughness_max": high,
            "duration_s": output.duration_s,
            "duration_min": output.duration_s / 60.0,
            "output_step_min": output.step_s / 60.0,
            "wet_depth_m": output.wet_depth_m,
            "start_run": self.start.state.run if self.start is not None else "",
            "start_clock_min": self.start.clock_s / 60.0 if self.start is not None else 0.0,
        }
        for process in self.all_processes():
            result |= process.settings()
        return result
