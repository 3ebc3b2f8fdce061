"""Flow over weirs and through orifices, gates and bridges from the levels on both sides: plain numbers, SI units.

Every function gives the discharge from the higher to the lower level, m³/s, 0 or more, and how the water flows.
"""

from __future__ import annotations

import math

from numba import njit

from .flow_states import DROWNED, DRY, FREE, OVERTOPPED, PRESSURE

GRAVITY_MS2 = 9.81
ROOT_2G = math.sqrt(2.0 * GRAVITY_MS2)
CRITICAL = math.sqrt(GRAVITY_MS2) * (2.0 / 3.0) ** 1.5
"""Critical flow over a broad crest: Q = 1.705 b H^1.5."""
DROWNING = 2.0 / 3.0
"""Of the head above a broad crest, from which the tailwater holds the flow back."""
TOUCHES, UNDER = 1.1, 1.3
"""A gate touches the water from so many openings of depth upstream, where Swamee's formula gives critical flow, and
from there to the second number passes over to it."""
PRESSED = 1.1
"""Depth upstream, as a share of the opening's height, from which a bridge flows under pressure; from 1 it begins to."""
SLICES = 24


@njit(cache=True, nogil=True, error_model="numpy")
def weir(up_m: float, down_m: float, crest_m: float, width_m: float, coefficient: float) -> tuple[float, int]:
    """Q = C b H^1.5, drowned by Villemonte (1947): Q (1 - (H2 / H1)^1.5)^0.385."""
    head_m = up_m - crest_m
    if head_m <= 0.0 or up_m <= down_m:
        return 0.0, DRY
    flow = coefficient * width_m * head_m**1.5
    if down_m <= crest_m:
        return flow, FREE
    return flow * (1.0 - ((down_m - crest_m) / head_m) ** 1.5) ** 0.385, DROWNED


@njit(cache=True, nogil=True, error_model="numpy")
def _slot(up_m: float, down_m: float, low_m: float, high_m: float) -> float:
    """Integral of sqrt(2 g head) over the height of a slot that stands upright, per metre of its width, m²/s."""
    high = min(high_m, up_m)
    if high <= low_m:
        return 0.0
    still = min(max(down_m, low_m), high)
    drowned = (still - low_m) * math.sqrt(max(up_m - down_m, 0.0)) if down_m > low_m else 0.0
    free = ((up_m - still) ** 1.5 - (up_m - high) ** 1.5) / 1.5
    return ROOT_2G * (drowned + free)


@njit(cache=True, nogil=True, error_model="numpy")
def orifice(
    up_m: float, down_m: float, invert_m: float, height_m: float, width_m: float, coefficient: float
) -> tuple[float, int]:
    """An opening in an upright wall, partly full, full or drowned: the velocity sqrt(2 g head) over its area.

    The head at each height is that above the height itself or, below the tailwater, the difference of the levels.
    A width of 0 stands for a circle.
    """
    if up_m <= invert_m or up_m <= down_m:
        return 0.0, DRY
    state = DROWNED if down_m > invert_m else FREE
    if width_m > 0.0:
        return coefficient * width_m * _slot(up_m, down_m, invert_m, invert_m + height_m), state
    total = 0.0
    for i in range(SLICES):  # of equal angle, so that the narrow ends are fine
        low = 0.5 * height_m * (1.0 - math.cos(math.pi * i / SLICES))
        high = 0.5 * height_m * (1.0 - math.cos(math.pi * (i + 1) / SLICES))
        begin, end = math.pi * i / SLICES, math.pi * (i + 1) / SLICES
        area = 0.25 * height_m**2 * (end - begin - 0.5 * (math.sin(2.0 * end) - math.sin(2.0 * begin)))
        total += area / (high - low) * _slot(up_m, down_m, invert_m + low, invert_m + high)
    return coefficient * total, state


@njit(cache=True, nogil=True, error_model="numpy")
def opening(up_m: float, down_m: float, sill_m: float, width_m: float, coefficient: float) -> tuple[float, int]:
    """Free surface through a narrowing: critical, or by the difference of the levels (D'Aubuisson) where that is less.

    Q = C b y sqrt(2 g (H - y)), y the depth behind it, at least 2/3 of the head H before it.
    """
    head_m = up_m - sill_m
    if head_m <= 0.0 or up_m <= down_m:
        return 0.0, DRY
    behind_m = down_m - sill_m
    if behind_m <= DROWNING * head_m:
        return coefficient * CRITICAL * width_m * head_m**1.5, FREE
    return coefficient * width_m * behind_m * ROOT_2G * math.sqrt(head_m - behind_m), DROWNED


@njit(cache=True, nogil=True, error_model="numpy")
def _sluice(before_m: float, behind_m: float, gap_m: float, width_m: float) -> tuple[float, int]:
    """Flow below a gate on a flat sill, by Swamee (1992), doi:10.1061/(ASCE)0733-9437(1992)118:1(56)."""
    coefficient = 0.611 * ((before_m - gap_m) / (before_m + 15.0 * gap_m)) ** 0.072
    flow = coefficient * width_m * gap_m * ROOT_2G * math.sqrt(before_m)
    if behind_m <= 0.0:
        return flow, FREE
    least_m = 0.81 * behind_m * (behind_m / gap_m) ** 0.72
    if before_m >= least_m:
        return flow, FREE
    return flow / (0.32 * ((least_m - before_m) / (before_m - behind_m)) ** 0.7 + 1.0), DROWNED


@njit(cache=True, nogil=True, error_model="numpy")
def gate(
    up_m: float, down_m: float, sill_m: float, gap_m: float, width_m: float, coefficient: float
) -> tuple[float, int]:
    """A gate that is open by `gap_m` above its sill: free surface until the water touches it, then Swamee's formula."""
    flow, state = opening(up_m, down_m, sill_m, width_m, coefficient)
    before_m = up_m - sill_m
    if flow <= 0.0 or before_m <= TOUCHES * gap_m:
        return flow, state
    below, held = _sluice(before_m, down_m - sill_m, gap_m, width_m)
    if before_m >= UNDER * gap_m:
        return below, PRESSURE if held == FREE else held
    share = (before_m / gap_m - TOUCHES) / (UNDER - TOUCHES)
    return (1.0 - share) * flow + share * below, PRESSURE if held == FREE else held


@njit(cache=True, nogil=True, error_model="numpy")
def bridge(
    up_m: float, down_m: float, invert_m: float, soffit_m: float, deck_m: float, width_m: float, length_m: float,
    free: float, sluice: float, full: float, over: float,
) -> tuple[float, int]:  # fmt: skip
    """Flow below a bridge, free or under pressure, and as over a weir above its deck.

    Under pressure it is the smaller one of a sluice, C A sqrt(2 g (Y - Z / 2)), and of an orifice that is full,
    C A sqrt(2 g (difference of the levels)): HEC-RAS Hydraulic Reference Manual 6, chapter 5. Coefficients are those of
    the free surface, the sluice, the full opening and the deck; `length_m` is that of the deck.
    """
    if up_m <= down_m:
        return 0.0, DRY
    flow, state = 0.0, DRY
    height_m, head_m = soffit_m - invert_m, up_m - invert_m
    if width_m > 0.0 and head_m > 0.0:
        flow, state = opening(up_m, down_m, invert_m, width_m, free)
        if head_m > height_m:
            area_m2 = width_m * height_m
            gate_flow = sluice * area_m2 * ROOT_2G * math.sqrt(head_m - 0.5 * height_m)
            full_flow = full * area_m2 * ROOT_2G * math.sqrt(up_m - max(down_m, invert_m))
            share = min((head_m / height_m - 1.0) / (PRESSED - 1.0), 1.0)
            flow = (1.0 - share) * min(flow, max(gate_flow, full_flow)) + share * min(gate_flow, full_flow)
            state = DROWNED if down_m > soffit_m else PRESSURE
    if up_m > deck_m:
        above, _ = weir(up_m, down_m, deck_m, length_m, over)
        return flow + above, OVERTOPPED
    return flow, state
