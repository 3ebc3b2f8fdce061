"""Flow through culverts: inlet control by FHWA HDS-5, outlet control by the energy equation, the smaller one governs.

Schall, Thompson, Zerges, Kilgore, Morris (2012): Hydraulic Design of Highway Culverts, HDS 5, third edition,
FHWA-HIF-12-026. All numbers are of one barrel, SI units; a width of 0 stands for a circle.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from .flow_states import DRY, FULL, INLET, OUTLET
from .opening_kernels import GRAVITY_MS2

Numbers = NDArray[np.float64]

KU = 1.811
"""Of HDS-5's equations of inlet control in SI units."""
UNSUBMERGED, SUBMERGED = 3.5, 4.0
"""Ku Q / (A D^0.5) up to which the unsubmerged and from which the submerged equation holds; linear between them."""
ROWS = 240
"""Of the table of inlet control below `SUBMERGED`: Q against the headwater."""
REACHES = 16
HALVINGS, CRITICAL_HALVINGS = 50, 30
HEAD_M = 1e-5
"""So near to the given headwater ends the search for a discharge."""
STEEP = -1.0
"""For a headwater: no subcritical flow reaches the inlet, which then decides."""


@njit(cache=True, nogil=True, error_model="numpy")
def section(depth_m: float, rise_m: float, width_m: float) -> tuple[float, float, float]:
    """Area (m²), wetted perimeter (m) and width of the surface (m) at a depth; full from the crown on."""
    full = depth_m >= rise_m
    y = min(max(depth_m, 0.0), rise_m)
    if width_m > 0.0:
        perimeter = width_m + 2.0 * y + (width_m if full else 0.0)
        return width_m * y, perimeter, width_m
    half = math.acos(1.0 - 2.0 * y / rise_m)
    area = 0.25 * rise_m**2 * (half - 0.5 * math.sin(2.0 * half))
    return area, rise_m * half, rise_m * math.sin(half)


@njit(cache=True, nogil=True, error_model="numpy")
def critical_depth(flow_m3s: float, rise_m: float, width_m: float) -> float:
    """Depth at which Q² T = g A³, at most the rise."""
    if width_m > 0.0:
        return min((flow_m3s**2 / (GRAVITY_MS2 * width_m**2)) ** (1.0 / 3.0), rise_m)
    low, high = 0.0, rise_m
    for _ in range(CRITICAL_HALVINGS):
        middle = 0.5 * (low + high)
        area, _, width = section(middle, rise_m, width_m)
        if GRAVITY_MS2 * area**3 < flow_m3s**2 * width:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@njit(cache=True, nogil=True, error_model="numpy")
def inlet_head(
    flow_m3s: float, rise_m: float, width_m: float, form: int, k: float, m: float, c: float, y: float, fall: float
) -> float:
    """Headwater above the invert under inlet control, m; `fall` is the slope correction Ks S of HDS-5."""
    area, _, _ = section(rise_m, rise_m, width_m)
    x = KU * flow_m3s / (area * math.sqrt(rise_m))
    if x >= SUBMERGED:
        return rise_m * (c * x**2 + y + fall)
    low = min(x, UNSUBMERGED)
    low_flow = low * area * math.sqrt(rise_m) / KU
    depth = critical_depth(low_flow, rise_m, width_m)
    wet, _, _ = section(depth, rise_m, width_m)
    energy = depth + (low_flow / wet) ** 2 / (2.0 * GRAVITY_MS2) if wet > 0.0 else 0.0
    head = energy + rise_m * (k * low**m + fall) if form == 1 else rise_m * k * low**m
    head = max(head, energy) if form == 1 else head
    if x <= UNSUBMERGED:
        return head
    high = rise_m * (c * SUBMERGED**2 + y + fall)
    return head + (high - head) * (x - UNSUBMERGED) / (SUBMERGED - UNSUBMERGED)


@njit(cache=True, nogil=True, error_model="numpy")
def inlet_table(
    rise_m: float, width_m: float, form: int, k: float, m: float, c: float, y: float, fall: float
) -> tuple[Numbers, Numbers]:
    """Headwaters (m, never falling) and discharges (m³/s) below `SUBMERGED`; small flows lie closer together."""
    heads, flows = np.zeros(ROWS + 1), np.zeros(ROWS + 1)
    area, _, _ = section(rise_m, rise_m, width_m)
    for i in range(1, ROWS + 1):
        flows[i] = SUBMERGED * (i / ROWS) ** 2 * area * math.sqrt(rise_m) / KU
        head = inlet_head(flows[i], rise_m, width_m, form, k, m, c, y, fall)
        heads[i] = max(head, heads[i - 1] + 1e-9)
    return heads, flows


@njit(cache=True, nogil=True, error_model="numpy")
def inlet_flow(
    head_m: float, heads: Numbers, flows: Numbers, rise_m: float, width_m: float, c: float, y: float, fall: float
) -> float:
    """Discharge under inlet control at a headwater above the invert."""
    if head_m <= 0.0:
        return 0.0
    if head_m < heads[-1]:
        i = np.searchsorted(heads, head_m)
        return flows[i - 1] + (flows[i] - flows[i - 1]) * (head_m - heads[i - 1]) / (heads[i] - heads[i - 1])
    area, _, _ = section(rise_m, rise_m, width_m)
    x = math.sqrt(max((head_m / rise_m - y - fall) / c, 0.0))
    return max(x * area * math.sqrt(rise_m) / KU, flows[-1])


@njit(cache=True, nogil=True, error_model="numpy")
def _slope_of(flow_m3s: float, depth_m: float, rise_m: float, width_m: float, n: float) -> tuple[float, float]:
    """Friction slope by Manning, and velocity head (m)."""
    area, perimeter, _ = section(depth_m, rise_m, width_m)
    speed = flow_m3s / area
    return (n * speed) ** 2 / (area / perimeter) ** (4.0 / 3.0), speed**2 / (2.0 * GRAVITY_MS2)


@njit(cache=True, nogil=True, error_model="numpy")
def _upstream_depth(
    flow_m3s: float, energy_m: float, reach_m: float, critical_m: float, rise_m: float, width_m: float, n: float
) -> float:
    """Depth (or pressure head above the invert) where depth + V²/2g - Sf reach/2 is an energy; STEEP where none is."""
    friction, speed_head = _slope_of(flow_m3s, rise_m, rise_m, width_m, n)
    full = energy_m - speed_head + 0.5 * friction * reach_m
    if full >= rise_m:
        return full
    low, high = critical_m, rise_m
    friction, speed_head = _slope_of(flow_m3s, low, rise_m, width_m, n)
    at_low = low + speed_head - 0.5 * friction * reach_m - energy_m
    if at_low > 0.0:
        return STEEP
    friction, speed_head = _slope_of(flow_m3s, 0.999999 * high, rise_m, width_m, n)
    at_high = high + speed_head - 0.5 * friction * reach_m - energy_m
    if at_high < 0.0:
        return rise_m
    side = 0
    for i in range(HALVINGS):
        if high - low < 1e-7 * rise_m:
            break
        middle = low - at_low * (high - low) / (at_high - at_low) if i % 4 < 3 else 0.5 * (low + high)
        friction, speed_head = _slope_of(flow_m3s, middle, rise_m, width_m, n)
        value = middle + speed_head - 0.5 * friction * reach_m - energy_m
        if abs(value) < 1e-7:
            return middle
        if value < 0.0:
            low, at_low = middle, value
            at_high, side = 0.5 * at_high if side == -1 else at_high, -1
        else:
            high, at_high = middle, value
            at_low, side = 0.5 * at_low if side == 1 else at_low, 1
    return 0.5 * (low + high)


@njit(cache=True, nogil=True, error_model="numpy")
def outlet_head(
    flow_m3s: float, tail_m: float, rise_m: float, width_m: float, length_m: float, slope: float, n: float, loss: float
) -> tuple[float, bool]:
    """Headwater above the inlet's invert under outlet control, m, and whether the barrel is full at its inlet.

    The water surface is followed upstream from the outlet, where it has the tailwater's or the critical depth: at the
    exit the whole velocity head is lost. Where the flow turns supercritical before the inlet, that is STEEP.
    """
    critical = critical_depth(flow_m3s, rise_m, width_m)
    depth = max(tail_m, critical)
    for i in range(REACHES):
        reach = length_m * ((i + 1) ** 2 - i**2) / REACHES**2
        friction, speed_head = _slope_of(flow_m3s, depth, rise_m, width_m, n)
        energy = depth + speed_head + (0.5 * friction - slope) * reach
        depth = _upstream_depth(flow_m3s, energy, reach, critical, rise_m, width_m, n)
        if depth == STEEP:
            return STEEP, False
    _, speed_head = _slope_of(flow_m3s, depth, rise_m, width_m, n)
    return depth + (1.0 + loss) * speed_head, depth >= rise_m


@njit(cache=True, nogil=True, error_model="numpy")
def culvert(
    head_m: float, tail_m: float, most_m3s: float, rise_m: float, width_m: float, length_m: float, slope: float,
    n: float, loss: float,
) -> tuple[float, int]:  # fmt: skip
    """Discharge of a barrel and what governs it.

    `head_m` and `tail_m` are the levels above the invert of inlet and outlet, `most_m3s` is the discharge under inlet
    control.
    """
    if most_m3s <= 1e-9 or head_m + slope * length_m <= tail_m:
        return 0.0, DRY
    high, low = most_m3s, 0.0
    needed, full = outlet_head(high, tail_m, rise_m, width_m, length_m, slope, n, loss)
    if needed <= head_m:
        return most_m3s, INLET
    at_high, at_low, side = needed - head_m, max(tail_m - slope * length_m, 0.0) - head_m, 0
    for i in range(HALVINGS):
        if high - low < 1e-6 * high:
            break
        middle = 0.5 * (low + high)
        if i % 3 < 2:  # the regula falsi of Illinois, and a halving in between where the headwater jumps
            middle = low - at_low * (high - low) / (at_high - at_low)
        needed, full = outlet_head(middle, tail_m, rise_m, width_m, length_m, slope, n, loss)
        value = needed - head_m
        if abs(value) < HEAD_M:
            return middle, FULL if full else OUTLET
        if value < 0.0:
            low, at_low = middle, value
            at_high, side = 0.5 * at_high if side == -1 else at_high, -1
        else:
            high, at_high = middle, value
            at_low, side = 0.5 * at_low if side == 1 else at_low, 1
    return 0.5 * (low + high), FULL if full else OUTLET
