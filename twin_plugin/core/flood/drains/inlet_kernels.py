"""What an inlet takes from the street: weir and orifice in a sag, efficiency on a grade, by HEC-22.

HEC-22's coefficients are those of its US units, converted: its rounded SI ones differ from them by up to 3 %.
Brown et al. (2009), HEC-22, third edition, FHWA-NHI-10-009, chapter 4; the numbers of equations are of that edition.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from ..constants import GRAVITY_MS2
from .inlets import KINDS, ORIFICE, Column
from .network import FOOT_M, InletKind

Row = NDArray[np.float64]

_GRATE, _CURB, _COMBINATION, _SLOTTED, _TABLE = (
    KINDS.index(kind)
    for kind in (InletKind.GRATE, InletKind.CURB, InletKind.COMBINATION, InletKind.SLOTTED, InletKind.TABLE)
)
KIND, CLEAR, MOST, LENGTH, WIDTH, OPEN_SHARE, SPLASH = (
    int(column)
    for column in (Column.KIND, Column.CLEAR, Column.MOST, Column.GRATE_LENGTH, Column.GRATE_WIDTH,
                   Column.OPEN_SHARE, Column.SPLASH)
)  # fmt: skip
CURB_LENGTH, CURB_HEIGHT, THROAT, AREA = (
    int(column) for column in (Column.CURB_LENGTH, Column.CURB_HEIGHT, Column.THROAT, Column.AREA)
)
SLOPE, DEPRESSION, DEPRESSED_WIDTH, ON_GRADE, START, END = (
    int(column)
    for column in (Column.CROSS_SLOPE, Column.DEPRESSION, Column.DEPRESSED_WIDTH, Column.ON_GRADE,
                   Column.TABLE_START, Column.TABLE_END)
)  # fmt: skip
USUAL_SLOPE = 0.02
"""Cross slope of a street, where an inlet on a grade has none."""
_SI = math.sqrt(FOOT_M)
WEIR = 3.0 * _SI
"""Of a grate's perimeter and of a curb opening without depression: equations 4-26 and 4-30."""
DEPRESSED_WEIR = 2.3 * _SI
"""Of a curb opening in a depressed gutter: equation 4-28."""
LONG_CURB_M = 12.0 * FOOT_M
SLOT_WEIR = 2.48 * _SI
SLOT_ORIFICE = 0.8
CUBIC_FEET = FOOT_M**-3
TWO_G = 2.0 * GRAVITY_MS2
HALVINGS = 24
"""Of the interval in which a spread is sought: to a ten-millionth of it."""


@njit(nogil=True, cache=True, error_model="numpy")
def sag_flow(row: Row, depths_m: Row, flows_m3s: Row, depth_m: float) -> float:
    """What one clear inlet takes from still water of a depth at the kerb, m³/s."""
    if depth_m <= 0.0:
        return 0.0
    kind = int(row[KIND])
    if kind == _TABLE:
        return float(
            np.interp(depth_m, depths_m[int(row[START]) : int(row[END])], flows_m3s[int(row[START]) : int(row[END])])
        )
    if kind == _SLOTTED:
        weir = SLOT_WEIR * row[LENGTH] * depth_m**1.5
        return min(weir, SLOT_ORIFICE * row[LENGTH] * row[WIDTH] * math.sqrt(TWO_G * depth_m))
    if kind == _CURB:
        weir, orifice = curb_flows(row, row[CURB_LENGTH], depth_m)
        return weir + orifice
    if kind in (_GRATE, _COMBINATION):
        return _grate_and_curb(row, depth_m)
    weir = WEIR * 2.0 * math.sqrt(math.pi * row[AREA]) * depth_m**1.5
    return min(weir, ORIFICE * row[AREA] * math.sqrt(TWO_G * depth_m))


@njit(nogil=True, cache=True, error_model="numpy")
def _grate_and_curb(row: Row, depth_m: float) -> float:
    """A grate, with a curb opening beside and before it where there is one."""
    gutter = row[SLOPE]
    if row[DEPRESSED_WIDTH] > 0.0:
        gutter += row[DEPRESSION] / row[DEPRESSED_WIDTH]
    width = row[WIDTH] if depth_m >= row[WIDTH] * gutter else depth_m / gutter
    mean_m = depth_m - 0.5 * width * gutter
    weir = WEIR * (row[LENGTH] + 2.0 * width) * mean_m**1.5
    orifice = ORIFICE * row[LENGTH] * width * row[OPEN_SHARE] * math.sqrt(TWO_G * mean_m)
    total = min(weir, orifice)
    if row[CURB_LENGTH] > 0.0:
        if row[CURB_LENGTH] > row[LENGTH]:
            before = curb_flows(row, row[CURB_LENGTH] - row[LENGTH], depth_m)
            total += before[0] + before[1]
        if orifice < weir:  # the grate is drowned: the opening behind it helps, as an orifice
            total += curb_flows(row, row[LENGTH], depth_m)[1]
    return total


@njit(nogil=True, cache=True, error_model="numpy")
def curb_flows(row: Row, length_m: float, depth_m: float) -> tuple[float, float]:
    """Weir and orifice flow of a curb opening of a length, m³/s; between the two it is interpolated."""
    height, throat = row[CURB_HEIGHT], row[THROAT]
    drowned_m = 1.4 * height
    if depth_m > drowned_m:
        return 0.0, ORIFICE * height * length_m * math.sqrt(TWO_G * (depth_m - throat * height))
    if row[DEPRESSION] * row[DEPRESSED_WIDTH] == 0.0 or length_m > LONG_CURB_M:
        free_m, factor = height, WEIR * length_m
    else:
        free_m, factor = height + row[DEPRESSION], DEPRESSED_WEIR * (length_m + 1.8 * row[DEPRESSED_WIDTH])
    if depth_m <= free_m:
        return factor * depth_m**1.5, 0.0
    share = (depth_m - free_m) / (drowned_m - free_m)
    orifice = ORIFICE * height * length_m * math.sqrt(TWO_G * (drowned_m - throat * height))
    return (1.0 - share) * factor * free_m**1.5, share * orifice


@njit(nogil=True, cache=True, error_model="numpy")
def gutter(row: Row, spread_m: float) -> tuple[float, float]:
    """Area of the flow in a gutter of a spread, m², and the share of the flow within the depressed width."""
    slope, depression, width = row[SLOPE], row[DEPRESSION], row[DEPRESSED_WIDTH]
    if slope <= 0.0:
        slope = USUAL_SLOPE
    if depression * width == 0.0:
        return 0.5 * slope * spread_m * spread_m, 0.0
    if spread_m <= width:
        return 0.5 * (slope + depression / width) * spread_m * spread_m, 1.0
    return 0.5 * (slope * spread_m * spread_m + depression * width), _depressed_share(row, slope, spread_m)


@njit(nogil=True, cache=True, error_model="numpy")
def _depressed_share(row: Row, slope: float, spread_m: float) -> float:
    """Share of a flow that runs within the depressed width: equation 4-4."""
    ratio = 1.0 + row[DEPRESSION] / row[DEPRESSED_WIDTH] / slope
    outside = ratio / (spread_m / row[DEPRESSED_WIDTH] - 1.0)
    return 1.0 / (1.0 + ratio / ((1.0 + outside) ** (8.0 / 3.0) - 1.0))


@njit(nogil=True, cache=True, error_model="numpy")
def grade_flow(row: Row, spread_m: float, speed_ms: float, flow_m3s: float) -> float:
    """What one clear inlet takes from water that passes it, m³/s: equations 4-16 to 4-24.

    Parameters
    ----------
    row : array
    spread_m, speed_ms : float
        Width of the water from the kerb, and its mean speed.
    flow_m3s : float
        That passes.
    """
    if spread_m <= 0.0 or flow_m3s <= 0.0:
        return 0.0
    kind, rest = int(row[KIND]), flow_m3s
    if kind == _SLOTTED:
        return _along_kerb(row, row[LENGTH], spread_m, speed_ms, rest)
    taken = 0.0
    if row[CURB_LENGTH] > row[LENGTH]:
        taken = _along_kerb(row, row[CURB_LENGTH] - row[LENGTH], spread_m, speed_ms, rest)
        narrower_m = _spread_of_share(row, spread_m, (rest - taken) / rest)
        rest -= taken
        if narrower_m > 0.0:
            spread_m, speed_ms = narrower_m, rest / gutter(row, narrower_m)[0]
    if row[LENGTH] > 0.0 and rest > 0.0:
        taken += _over_grate(row, spread_m, speed_ms) * rest
    return taken


@njit(nogil=True, cache=True, error_model="numpy")
def _spread_of_share(row: Row, spread_m: float, share: float) -> float:
    """Spread of a share of the flow that a spread has, by Izzard's equation 4-2."""
    inside = row[DEPRESSED_WIDTH]
    if row[DEPRESSION] * inside == 0.0 or spread_m <= inside:
        return spread_m * max(share, 0.0) ** 0.375
    wanted = share * (spread_m - inside) ** (8.0 / 3.0) / (1.0 - gutter(row, spread_m)[1])
    low, high = inside, spread_m
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if (middle - inside) ** (8.0 / 3.0) < wanted * (1.0 - gutter(row, middle)[1]):
            low = middle
        else:
            high = middle
    return high


@njit(nogil=True, cache=True, error_model="numpy")
def _along_kerb(row: Row, length_m: float, spread_m: float, speed_ms: float, flow_m3s: float) -> float:
    """Flow into a curb opening or slot: equations 4-22 to 4-24."""
    slope, share = row[SLOPE] if row[SLOPE] > 0.0 else USUAL_SLOPE, gutter(row, spread_m)[1]
    equivalent, outside = slope, spread_m
    if share > 0.0:
        equivalent = slope + row[DEPRESSION] / row[DEPRESSED_WIDTH] * share
        outside = spread_m - row[DEPRESSED_WIDTH]
    # Izzard's equation gives what the street's own slope and roughness are together: sqrt(slope) / n.
    if share < 1.0:
        conveyance = (
            (1.0 - share) * flow_m3s / (0.56 * FOOT_M ** (1.0 / 3.0) * slope ** (5.0 / 3.0) * outside ** (8.0 / 3.0))
        )
    else:
        inner = slope + row[DEPRESSION] / row[DEPRESSED_WIDTH]
        conveyance = flow_m3s / (0.56 * FOOT_M ** (1.0 / 3.0) * inner ** (5.0 / 3.0) * spread_m ** (8.0 / 3.0))
    needed_m = FOOT_M * 0.6 * (flow_m3s * CUBIC_FEET) ** 0.42 * (conveyance / equivalent) ** 0.6
    if length_m >= needed_m:
        return flow_m3s
    return flow_m3s * (1.0 - (1.0 - length_m / needed_m) ** 1.8)


@njit(nogil=True, cache=True, error_model="numpy")
def _over_grate(row: Row, spread_m: float, speed_ms: float) -> float:
    """Share of the flow that a grate takes: equations 4-16 to 4-21."""
    slope = row[SLOPE] if row[SLOPE] > 0.0 else USUAL_SLOPE
    area_m2, share = gutter(row, spread_m)
    width, inside = row[WIDTH], row[DEPRESSED_WIDTH]
    if share == 0.0:
        frontal = 1.0 if spread_m <= width else 1.0 - (1.0 - width / spread_m) ** (8.0 / 3.0)
    elif width >= inside or share == 1.0:
        frontal = share
    else:
        steep = slope + row[DEPRESSION] / inside
        over = width * (spread_m * slope + row[DEPRESSION] - 0.5 * width * steep)
        frontal = share * over / (area_m2 - 0.5 * (spread_m - inside) ** 2 * slope)
    taken = max(1.0 - 0.09 / FOOT_M * max(speed_ms - row[SPLASH], 0.0), 0.0)
    side = 0.0
    if frontal < 1.0:
        side = 1.0 / (1.0 + 0.15 * (speed_ms / FOOT_M) ** 1.8 / slope / (row[LENGTH] / FOOT_M) ** 2.3)
    return taken * frontal + side * (1.0 - frontal)


@njit(nogil=True, cache=True, error_model="numpy")
def capture(row: Row, depths_m: Row, flows_m3s: Row, depth_m: float, speed_ms: float) -> float:
    """What all inlets of a node take from a street where the water has a depth at the kerb and a speed, m³/s.

    In a sag it is the flow from still water. On a grade, water that passes is taken with HEC-22's efficiency, and still
    water as in a sag: what a sag would take fades with the square of the Froude number.
    """
    flow = sag_flow(row, depths_m, flows_m3s, depth_m)
    if row[ON_GRADE] > 0.0 and speed_ms > 0.0 and depth_m > 0.0 and int(row[KIND]) <= _SLOTTED:
        slope = row[SLOPE] if row[SLOPE] > 0.0 else USUAL_SLOPE
        spread_m = max(depth_m - row[DEPRESSION], 0.0) / slope
        passing = gutter(row, spread_m)[0] * speed_ms
        froude2 = min(speed_ms * speed_ms / (GRAVITY_MS2 * depth_m), 1.0)
        flow = max(flow * (1.0 - froude2), grade_flow(row, spread_m, speed_ms, passing))
    return min(flow, row[MOST]) * row[CLEAR]
