"""A run that starts from the state of another one, and the state that it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from ..common.messages import Message
from .process import Domain, RunningProcess
from .setup import FloodSetup
from .state import RunState, fields_of, ground_of, place_of


def state_of(
    setup: FloodSetup,
    domain: Domain,
    processes: Mapping[type, RunningProcess],
    time_s: float,
    numbers: Mapping[str, float],
) -> RunState:
    """The state of a run at a time of its clock; its id is left empty.

    Parameters
    ----------
    processes : mapping of type to RunningProcess
        By the class of their settings.
    numbers : mapping of str to float
        What decides the length of the next step.
    """
    return RunState(
        time_s,
        place_of(setup.surface.bed),
        setup.numerics.scheme,
        ground_of(domain.terrain.bed_m, domain.terrain.base_m),
        "",
        {name: float(value) for name, value in numbers.items()},
        fields_of(domain.scheme, domain.terrain.layout),
        {kind.__name__: state for kind, process in processes.items() if (state := process.state())},
        tuple(sorted(kind.__name__ for kind, process in processes.items() if process.bound_to_clock)),
    )


def take_up(setup: FloodSetup, domain: Domain, processes: Mapping[type, RunningProcess]) -> Iterator[Message]:
    """Put a state's water into the scheme, and into processes what they remember.

    Returns
    -------
    iterator of Message
        What could not be taken up.

    Raises
    ------
    InputError
        When a process has other parts than in the state.
    """
    start = setup.start
    if start is None:
        return
    state, terrain, layout = start.state, domain.terrain, domain.terrain.layout
    if ground_of(terrain.bed_m, terrain.base_m) != state.ground:
        yield Message(
            "The ground or its buildings are others than in the run of the state in START: water keeps its depth, and "
            "is left out where there is a wall now."
        )
    if not state.put_into(domain.scheme, setup.numerics.scheme):
        yield Message(
            "The state in START was computed by another SCHEME: its water starts from rest. Choose auto to go on with "
            "the same."
        )
    for values in (domain.scheme.depth_m, domain.scheme.low_m):
        layout.view(values)[~terrain.wet] = np.float32(0.0)
    left = dict(state.processes)
    for kind, process in processes.items():
        remembered = left.pop(kind.__name__, None)
        if remembered is not None and (start.goes_on or not process.bound_to_clock):
            process.restore(remembered)
    if not start.goes_on:
        left = {name: remembered for name, remembered in left.items() if name not in state.bound_to_clock}
    if left:
        yield Message(
            "The state in START also holds what this run has no input for, and which is left out: {names}.",
            names=", ".join(sorted(left)),
        )
    for store in domain.ledger.stores.values():
        store.initial_m3 = store.stored_m3
