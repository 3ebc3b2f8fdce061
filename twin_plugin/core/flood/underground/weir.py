"""Flow over the sill of an opening: a broad-crested weir that the water behind it drowns."""

from __future__ import annotations

WEIR = 1.70
"""Coefficient of a broad-crested weir, m^(1/2)/s: (2/3)^1.5 sqrt(g) = 1.705 without losses."""
DROWNED = 0.385
"""Exponent of Villemonte (1947)."""


def flow_m3s(width_m: float, before_m: float, behind_m: float) -> float:
    """Discharge over a sill, positive from before it to behind it.

    Q = 1.70 b h^1.5, times (1 - (h2/h)^1.5)^0.385 where the lower water h2 also stands above the sill. The higher water
    drives, so that water changes its direction with the levels.

    Parameters
    ----------
    width_m : float
        Clear width b of the opening.
    before_m, behind_m : float
        Height of the water above the sill on both sides; below 0 under it, minus infinity where there is none.

    Notes
    -----
    J. R. Villemonte (1947): Submerged-weir discharge studies. Engineering News-Record 139, 866-869. An opening has no
    lintel here: what stands above its upper edge flows as over a weir, too.
    """
    high, low, sign = before_m, behind_m, 1.0
    if low > high:
        high, low, sign = behind_m, before_m, -1.0
    if high <= 0.0 or high == low:
        return 0.0
    flow = WEIR * width_m * high**1.5
    if low > 0.0:
        flow *= (1.0 - (low / high) ** 1.5) ** DROWNED
    return sign * flow
