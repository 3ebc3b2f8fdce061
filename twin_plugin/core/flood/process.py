"""The seam for what adds, takes or exchanges water besides the flow over the terrain: rain, inflows, edges, losses.

A process is a module in `processes` with two classes: its settings, which are part of a run's setup and are checked
when they are created, and what acts in each step of a run. `FIELDS` says which settings it reads and which volumes it
accounts for; the water account and the keys of SUMMARY follow from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from ..common.grid import FloatArray, Grid
from ..common.messages import Message
from .ledger import Ledger
from .roof_water import RoofWater
from .schemes.array_layout import F32
from .schemes.scheme import Scheme
from .surface import Surface

if TYPE_CHECKING:
    from .terrain import SolverTerrain

IntVector = NDArray[np.int64]


class Role(Enum):
    """What a field is for its process."""

    READS = "reads"
    ADDS = "adds"
    TAKES = "takes"


@dataclass(frozen=True)
class ProcessField:
    """A setting that a process reads, or a volume (m³) that it adds to the terrain's water or takes from it."""

    name: str
    unit: str
    role: Role
    meaning: str


@dataclass(frozen=True)
class Process:
    """The settings of a process, as a run's setup has them."""

    FIELDS: ClassVar[tuple[ProcessField, ...]]
    SOURCE: ClassVar[str]
    """Where the method comes from: a publication with its DOI, a standard, or a sentence on the principle."""

    def check(self, surface: Surface) -> None:
        """Raise `InputError` where the settings do not fit the terrain."""

    def warnings(self, surface: Surface) -> Iterable[Message]:
        """What a user must know of the settings on this terrain, though they can be used."""
        return ()

    def settings(self) -> dict[str, Any]:
        """The settings that SUMMARY shows, by their names in FIELDS."""
        return {item.name: getattr(self, item.name) for item in self.FIELDS if item.role is Role.READS}

    def parts(self) -> Mapping[str, Iterable[str]]:
        """The volumes that the water account has in parts, by their names in FIELDS: the names of the parts."""
        return {}

    def coarsened(self, wide: WiderCells) -> Process | None:
        """These settings on wider cells, for the first look that chooses the scheme; None: left out there."""
        return self

    def start(self, domain: Domain) -> RunningProcess | None:
        """What acts in a run; None where these settings do nothing."""
        raise AssertionError("a process says what acts in a run")


class WiderCells(Protocol):
    """Cells wider by a factor, as `look.coarser` has them."""

    grid: Grid

    def any_of(self, cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Wide cells of which any part is marked."""

    def mean_of(self, values: FloatArray) -> FloatArray:
        """Mean of the known values in each wide cell; NaN where there are none."""

    def clear(self, cells: NDArray[np.bool_]) -> None:
        """Let no building stand on these wide cells."""


@dataclass(frozen=True)
class Domain:
    """A run as its processes see it; the scheme's arrays change places in every step, so they are read from it anew.

    start_s is the run's clock at its start: above 0 where it goes on from another run. roof_water is what roofs
    hand over to the drains. poll is called by what takes long within a step: it raises
    Cancelled where the user cancels.
    """

    terrain: SolverTerrain
    scheme: Scheme
    ledger: Ledger
    cell_m: float
    cell_m2: float
    froude_cap: float
    start_s: float = 0.0
    duration_s: float = math.inf
    output_step_s: float = math.inf
    roof_water: RoofWater = field(default_factory=RoofWater)
    poll: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Step:
    """One time step, filled in by processes and by the scheme.

    Attributes
    ----------
    start_s, end_s, dt_s : float
    rain_m : float
        Depth that falls on every cell during the sweep, a float32 value.
    rain_cells_m : float32 array, flat, or None
        Depth that falls on each cell, walls and roofs too, where rain varies in space; None where it is even. It is
        given to the depths by the process that sets it, not by the sweep, and stays the same object within a step.
    rain_waits : bool
        Rain of this step comes with that of one of the next steps.
    roof_held_m : float32 array, flat, or None
        What green roofs on buildings that are cut out kept of the step's rain on each cell; None without such roofs.
    losses_mm_h : dict of str to float
        What the sweep takes evenly from wet pervious cells, by the name of the volume that accounts for it.
    takes_films : bool
        Whether a process takes films too thin to move: tiles with nothing else are then visited on.
    deepest_m : float
        Largest depth since the sweep; a process that adds water keeps it up to date.
    """

    start_s: float
    end_s: float
    dt_s: float
    rain_m: float = 0.0
    rain_cells_m: F32 | None = None
    rain_waits: bool = False
    roof_held_m: F32 | None = None
    losses_mm_h: dict[str, float] = field(default_factory=dict)
    takes_films: bool = False
    deepest_m: float = 0.0

    @property
    def rains(self) -> bool:
        """Whether rain falls anywhere."""
        return self.rain_m > 0 or self.rain_waits or self.rain_cells_m is not None


class RunningProcess:
    """What a process does in a run. In each step the driver calls `evaluate`, the scheme's sweep, `exchange`, `add`.

    Attributes
    ----------
    cells : int array
        Flat positions where water may enter: their tiles are visited in every step.
    deepest_m : float
        Largest depth that the process may bring about by itself; the time step is as short as it asks for.
    bound_to_clock : bool
        What `state` gives only holds where the clock goes on from the state's time, as what has fallen of a table of
        rain does; where a new run starts its clock at 0, `restore` is not called.
    """

    cells: IntVector = np.zeros(0, np.int64)
    deepest_m: float = 0.0
    bound_to_clock: bool = False

    def frame(self, time_s: float) -> None:
        """Note what belongs to an output time: called at the start, at each output step and at the end."""

    def state(self) -> Mapping[str, NDArray[Any]]:
        """What a run that starts from here must know besides depths and motion; empty where that is nothing."""
        return {}

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on from what `state` gave in another run of the same settings."""

    def outcome(self) -> object | None:
        """What the process has to tell at the end besides volumes: `FloodResult.outcomes` has it by the settings'
        class.
        """
        return None

    def figures(self) -> Mapping[str, Any]:
        """Figures of the run for SUMMARY, in the place of settings of the same name."""
        return {}

    def notes(self) -> Iterable[Message]:
        """What a user must know of the process at the end."""
        return ()

    def displaced_m3(self) -> float:
        """What depths times the area of cells has too much, where walls in cells take room from the water."""
        return 0.0

    def close(self) -> None:
        """Let go of files and other processes: called once, also after an error or a cancel."""

    def longest_step_s(self, start_s: float, dt_s: float) -> float:
        """The longest step that the process allows, at most `dt_s`."""
        return dt_s

    def evaluate(self, step: Step) -> None:
        """Compute fluxes from the state at the start of the step; set its rain and losses."""

    def exchange(self, step: Step) -> None:
        """Apply the fluxes that `evaluate` computed to the depths after the sweep."""

    def add(self, step: Step) -> None:
        """Add water. After the sweep: added before, the sweep would drain it using a depth that never occurs."""


class EvenLoss(RunningProcess):
    """A constant rate that the sweep takes from wet pervious cells, booked under the name of a volume."""

    def __init__(self, volume: str, rate_mm_h: float) -> None:
        self._volume, self._rate_mm_h = volume, rate_mm_h

    def evaluate(self, step: Step) -> None:
        step.losses_mm_h[self._volume] = self._rate_mm_h
