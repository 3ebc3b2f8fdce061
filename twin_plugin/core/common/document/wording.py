"""Numbers, times and lengths as the pages of documents write them."""

from __future__ import annotations

import math

from ..clock import clock
from ..messages import Message

DASH = "–"
NO_LIMIT = Message("no limit")


def moment(minutes: float) -> str:
    """A moment from the start of the rain, 00:35 or −01:00 before it; a dash where unknown, words where never."""
    if math.isnan(minutes):
        return DASH
    if math.isinf(minutes):
        return NO_LIMIT
    return f"−{clock(-minutes)}" if minutes <= -0.5 else clock(max(minutes, 0.0))


def length(metres: float) -> str:
    """A length: 850 m, or 1.2 km."""
    if not math.isfinite(metres):
        return DASH
    return f"{metres / 1000:,.1f} km" if metres >= 1000 else f"{metres:,.0f} m"


def depth(metres: float) -> str:
    """A depth without its unit, which the heading has; a dash where unknown."""
    return f"{metres:.2f}" if math.isfinite(metres) else DASH


def count(number: float) -> str:
    """A number of things; a dash where unknown or below 0."""
    return f"{number:,.0f}" if math.isfinite(number) and number >= 0 else DASH


def money(amount: float, currency: str) -> str:
    """A sum with its currency; a dash where unknown."""
    if not math.isfinite(amount):
        return DASH
    return f"{amount:,.0f} {currency}".rstrip()


def named(name: str, object_id: str) -> str:
    """The name of a thing, else its id."""
    return name or object_id or DASH
