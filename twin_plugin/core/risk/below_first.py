"""What water costs that stands below the first point of a damage curve."""

from __future__ import annotations

from enum import Enum


class BelowFirst(Enum):
    """What water costs below the first point of a curve.

    AUTO is 0 at 0 m and below, or below the first point of a curve that begins below 0 m, and the first fraction
    between 0 m and a first point above it. ZERO is 0 below any first point. HOLD is the first fraction for all
    water at the building, however low.
    """

    AUTO = "auto"
    ZERO = "zero"
    HOLD = "hold"


BELOW_FIRST = tuple(rule.value for rule in BelowFirst)
