"""How a run is computed, and from which state it starts."""

from __future__ import annotations

from qgis.core import QgsApplication

from ....core.common.clock import span
from ....core.common.grid import Grid
from ....core.common.messages import Message
from ....core.flood.constants import AUTO, INERTIAL
from ....core.flood.schemes.scheme import Numerics
from ....core.flood.state import Start
from ....core.flood.surface import POROSITY
from ...kernel import runtime
from ...kernel.input_table import Entry
from ..files.state_file import read_state
from .parameters import Parameters


def read_numerics(parameters: Parameters, grid: Grid) -> Numerics:
    """SCHEME and THREADS; where THREADS is 0 the run may use more or fewer while it goes on. Porous buildings have one
    scheme.
    """
    scheme = parameters.text("SCHEME")
    if scheme == AUTO and parameters.text("BUILDINGS_AS") == POROSITY:
        scheme = INERTIAL
        parameters.warn([Message("Porous buildings are computed by the local inertial scheme, without a first look.")])
    asked = int(parameters.number("THREADS") or 0)
    desktop, cells = QgsApplication.platform() == "desktop", grid.rows * grid.columns
    threads = runtime.solver_threads(asked, desktop, cells)
    most = runtime.most_solver_threads(desktop, cells) if asked <= 0 else 0
    return Numerics(scheme, threads=threads, most_threads=most)


def read_start(parameters: Parameters) -> Start | None:
    """The state in START; None where it is empty.

    Raises
    ------
    InputError
        When the file is no state.
    """
    if not parameters.given("START"):
        return None
    state = read_state(parameters.algorithm.parameterAsFile(parameters.values, "START", parameters.context))
    goes_on = parameters.text("START_CLOCK") == "continue"
    figures = {"run": state.run, "time": span(state.time_s)}
    text = Message("run {run}, after {time}; times count from the start of this run", **figures)
    if goes_on:
        text = Message("run {run}; the clock goes on from {time}", **figures)
    parameters.entries.append(Entry(Message("State at the start"), 1, 0, 0, text))
    return Start(state, goes_on)
