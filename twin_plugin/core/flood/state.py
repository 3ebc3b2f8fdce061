"""The state of a run at its end, from which another run can start: a hot start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.errors import InputError
from ..common.grid import Grid
from .schemes.array_layout import F32, ArrayLayout
from .schemes.scheme import Scheme

FIELDS = ("depth_m", "low_m", "motion_x", "motion_y")
"""What a scheme's state has, as `Scheme` names it."""


@dataclass(frozen=True)
class RunState:
    """Water and motion of a run at one time, and what its processes must remember.

    Attributes
    ----------
    time_s : float
        On the run's clock.
    place : dict
        Rows, columns, west, north, cell_m and crs of the grid.
    scheme : str
        Whose motion it is.
    ground : str
        Fingerprint of the ground with what stands on it.
    run : str
        Id of the run.
    numbers : dict of str to float
        What decides the length of the next step.
    fields : dict of str to float32 array, flat
        As `ArrayLayout` has them, by `FIELDS`.
    processes : dict of str to dict of str to array
        What each process must remember, by the name of the class of its settings.
    bound_to_clock : tuple of str
        Those whose memory only holds where the clock goes on.
    """

    time_s: float
    place: Mapping[str, Any]
    scheme: str
    ground: str
    run: str
    numbers: Mapping[str, float]
    fields: Mapping[str, F32]
    processes: Mapping[str, Mapping[str, NDArray[Any]]]
    bound_to_clock: tuple[str, ...] = ()

    def put_into(self, scheme: Scheme, name: str) -> bool:
        """Copy the water into a scheme of a name; whether the motion came along, which another scheme cannot take."""
        kept = FIELDS if name == self.scheme else FIELDS[:2]
        for field in kept:
            np.copyto(getattr(scheme, field), self.fields[field])
        return kept == FIELDS


@dataclass(frozen=True)
class Start:
    """From which state a run starts, and whether its clock goes on from there or starts at 0.

    With a clock that goes on, tables of rain, inflows and levels keep their times: what they have before the state's
    time is over. With a new clock they count from the start of this run.
    """

    state: RunState
    goes_on: bool = False

    @property
    def clock_s(self) -> float:
        """The run's clock at its start."""
        return self.state.time_s if self.goes_on else 0.0

    def check(self, bed: Grid) -> None:
        """Raise InputError where the state belongs to other cells."""
        here, there = place_of(bed), self.state.place
        if any(here[key] != there.get(key) for key in here):
            raise InputError(
                "The state in START is of {rows} x {columns} cells of {cell:g} m from {west:.3f}, {north:.3f} "
                "({crs}), the run has {own_rows} x {own_columns} of {own_cell:g} m from {own_west:.3f}, "
                "{own_north:.3f} ({own_crs}): give both the same terrain, EXTENT and CELL_SIZE.",
                rows=there.get("rows"),
                columns=there.get("columns"),
                cell=there.get("cell_m"),
                west=there.get("west"),
                north=there.get("north"),
                crs=there.get("crs"),
                own_rows=here["rows"],
                own_columns=here["columns"],
                own_cell=here["cell_m"],
                own_west=here["west"],
                own_north=here["north"],
                own_crs=here["crs"],
            )


def place_of(bed: Grid) -> dict[str, Any]:
    """Where the cells of a grid lie."""
    return {
        "rows": bed.rows,
        "columns": bed.columns,
        "west": float(bed.west),
        "north": float(bed.north),
        "cell_m": float(bed.cell_m),
        "crs": bed.crs,
    }


def fields_of(scheme: Scheme, layout: ArrayLayout) -> dict[str, F32]:
    """Copies of a scheme's water and motion."""
    fields = {name: np.array(getattr(scheme, name), np.float32) for name in FIELDS}
    if any(len(values) != layout.size for values in fields.values()):
        raise AssertionError("a scheme's fields have the layout of the run")
    return fields


def ground_of(bed_m: F32, base_m: float) -> str:
    """Fingerprint of the ground of a run, its buildings and what raises it."""
    digest = hashlib.blake2b(np.float64(base_m).tobytes(), digest_size=8)
    digest.update(np.ascontiguousarray(bed_m).data)
    return digest.hexdigest()
