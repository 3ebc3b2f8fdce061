"""Inlets as rows of numbers for the kernels: their openings, and what HEC-22 says of grates.

Brown, Schall, Morris, Doherty, Stein and Warner (2009), Urban drainage design manual, HEC-22, third edition,
FHWA-NHI-10-009, chapter 4.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, auto

import numpy as np
from numpy.typing import NDArray

from .network import FOOT_M, GrateType, Inlet, InletKind, Throat

ORIFICE = 0.67
"""Coefficient of an orifice: equations 4-27 and 4-31."""


class Column(IntEnum):
    """The columns of `Openings.numbers`; lengths in m, areas in m², flows in m³/s."""

    KIND = 0
    CLEAR = auto()
    """Count of inlets times the share that is not blocked."""
    MOST = auto()
    GRATE_LENGTH = auto()
    GRATE_WIDTH = auto()
    OPEN_SHARE = auto()
    SPLASH = auto()
    CURB_LENGTH = auto()
    CURB_HEIGHT = auto()
    THROAT = auto()
    """Height of a curb opening's centre above its lip, as the throat has it, as a share of the opening's height."""
    AREA = auto()
    """Of all openings, through which water comes back."""
    CROSS_SLOPE = auto()
    DEPRESSION = auto()
    DEPRESSED_WIDTH = auto()
    ON_GRADE = auto()
    TABLE_START = auto()
    TABLE_END = auto()


KINDS = tuple(InletKind)
"""Column.KIND is the position here."""
_THROATS = {Throat.HORIZONTAL: 0.5, Throat.INCLINED: 0.5 * math.sqrt(0.5), Throat.VERTICAL: 0.0}
_OPEN_SHARES = {
    GrateType.P_BAR_50: 0.90,
    GrateType.P_BAR_50X100: 0.80,
    GrateType.P_BAR_30: 0.60,
    GrateType.CURVED_VANE: 0.35,
    GrateType.TILT_BAR_45: 0.17,
    GrateType.TILT_BAR_30: 0.34,
    GrateType.RETICULINE: 0.80,
}
"""Share of a grate's area that is open: HEC-22, chart 9; of 45° tilt bars as EPA SWMM assumes it."""
_SPLASH = {
    GrateType.P_BAR_50: (2.22, 4.03, -0.65, 0.06),
    GrateType.P_BAR_50X100: (0.74, 2.44, -0.27, 0.02),
    GrateType.P_BAR_30: (1.76, 3.12, -0.45, 0.03),
    GrateType.CURVED_VANE: (0.30, 4.85, -1.31, 0.15),
    GrateType.TILT_BAR_45: (0.99, 2.64, -0.36, 0.03),
    GrateType.TILT_BAR_30: (0.51, 2.34, -0.20, 0.01),
    GrateType.RETICULINE: (0.28, 2.28, -0.18, 0.01),
}
"""Splash-over velocity (ft/s) as a cubic polynomial of a grate's length (ft): fits of HEC-22's chart 5 by the Urban
Drainage and Flood Control District, Denver."""


@dataclass(frozen=True)
class Openings:
    """The openings of some nodes, in their order.

    Attributes
    ----------
    numbers : float64 array, shape (nodes, len(Column))
    depths_m, flows_m3s : float64 arrays
        Rows of all tables, one table after the other.
    """

    numbers: NDArray[np.float64]
    depths_m: NDArray[np.float64]
    flows_m3s: NDArray[np.float64]

    @staticmethod
    def of(inlets: Sequence[Inlet], blocked_share: float = 0.0) -> Openings:
        """Openings of inlets, of which a share is blocked besides their own.

        What is blocked takes no water; water that comes back lifts what blocks an opening.
        """
        rows, depths, flows = np.zeros((len(inlets), len(Column))), [0.0], [0.0]
        for row, inlet in zip(rows, inlets, strict=True):
            start = len(depths)
            depths += [depth_m for depth_m, _ in inlet.table]
            flows += [flow_m3s for _, flow_m3s in inlet.table]
            _fill(row, inlet, blocked_share)
            row[Column.TABLE_START], row[Column.TABLE_END] = start, len(depths)
        return Openings(rows, np.array(depths), np.array(flows))


def splash_velocity_ms(grate: GrateType, length_m: float) -> float:
    """Velocity from which water splashes over a grate of a standard type, m/s."""
    length_ft = length_m / FOOT_M
    return FOOT_M * sum(factor * length_ft**power for power, factor in enumerate(_SPLASH[grate]))


def _fill(row: NDArray[np.float64], inlet: Inlet, blocked_share: float) -> None:
    kind, slotted = inlet.kind, inlet.kind is InletKind.SLOTTED
    has_grate = kind in (InletKind.GRATE, InletKind.COMBINATION) or slotted
    has_curb = kind in (InletKind.CURB, InletKind.COMBINATION)
    generic = inlet.grate is GrateType.GENERIC
    row[Column.KIND] = KINDS.index(kind)
    row[Column.CLEAR] = inlet.count * (1.0 - inlet.blocked_share) * (1.0 - blocked_share)
    row[Column.MOST] = inlet.most_m3s or math.inf
    if has_grate:
        row[Column.GRATE_LENGTH], row[Column.GRATE_WIDTH] = inlet.length_m, inlet.width_m
        open_share = inlet.open_share if generic else _OPEN_SHARES[inlet.grate]
        row[Column.OPEN_SHARE] = 1.0 if slotted else open_share
        splash_ms = inlet.splash_m_s if generic else splash_velocity_ms(inlet.grate, inlet.length_m)
        row[Column.SPLASH] = splash_ms or math.inf
    if has_curb:
        row[Column.CURB_LENGTH], row[Column.CURB_HEIGHT] = inlet.curb_length_m, inlet.opening_height_m
        row[Column.THROAT] = _THROATS[inlet.throat]
    grate_m2 = inlet.length_m * inlet.width_m * row[Column.OPEN_SHARE]
    curb_m2 = row[Column.CURB_LENGTH] * row[Column.CURB_HEIGHT]
    row[Column.AREA] = inlet.count * ((grate_m2 + curb_m2) if has_grate or has_curb else inlet.area_m2)
    row[Column.CROSS_SLOPE] = inlet.cross_slope
    row[Column.DEPRESSION] = inlet.depression_m
    row[Column.DEPRESSED_WIDTH] = inlet.depressed_width_m
    row[Column.ON_GRADE] = float(inlet.on_grade)
