"""The scale of a chart's axis of values."""

from __future__ import annotations

import math


def nice_scale(maximum: float) -> tuple[float, float]:
    """The top of an axis and the step of its lines: at most five steps of 1, 2 or 5 times a power of ten."""
    if maximum <= 0 or not math.isfinite(maximum):
        return 1.0, 1.0
    raw = maximum / 4.0
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= raw - 1e-12)
    return step * math.ceil(maximum / step - 1e-9), step
