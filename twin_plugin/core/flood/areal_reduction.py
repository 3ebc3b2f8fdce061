"""Areal reduction: a point's design rain is more than the mean over an area at the same time."""

from __future__ import annotations

import math
from enum import Enum

from ..common.errors import InputError
from ..common.messages import Message

KM2_IN_MI2 = 2.589988
TP40_KM2, TP40_MIN = 400 * KM2_IN_MI2, (30.0, 1440.0)
"""Areas and durations of the curves that the formula was fitted to."""
FEH_KM2, FEH_MIN = 30_000.0, (1.0, 25 * 1440.0)


class ArealMethod(Enum):
    """Where the areal factor comes from."""

    NONE = "none"
    TP40 = "tp40"
    FEH = "feh"


def areal_factor(method: ArealMethod, area_km2: float, duration_min: float) -> float:
    """The mean rain over an area as a share of the rain at a point, for a duration.

    Parameters
    ----------
    method : ArealMethod
        tp40: the formula that Eagleson fitted to the curves of the US Weather Bureau. feh: the factors of the UK's
        Flood Studies Report, kept by its Flood Estimation Handbook.
    area_km2, duration_min : float

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    InputError
        When the area or the duration is not above 0.

    Notes
    -----
    tp40: Eagleson 1972, doi:10.1029/WR008i004p00878, after US Weather Bureau, Technical Paper 40 (1961); no second
    source was found for the numbers of the formula. feh: Keers and Wescott 1977 (Meteorological Office, Scientific
    Paper 35), Institute of Hydrology 1999, Flood Estimation Handbook, volume 2; checked with the function ARF of the R
    package UKFE, which has the handbook's table.
    """
    if not (math.isfinite(area_km2) and area_km2 > 0):
        raise InputError("AREA_KM2 must be above 0 km², not {area_km2:g}.", area_km2=area_km2)
    if not duration_min > 0:
        raise InputError("The duration must be above 0 min, not {duration_min:g}.", duration_min=duration_min)
    if method is ArealMethod.NONE:
        return 1.0
    hours = duration_min / 60.0
    if method is ArealMethod.TP40:
        decay = 1.1 * hours**0.25
        return 1.0 - math.exp(-decay) + math.exp(-decay - 0.01 * area_km2 / KM2_IN_MI2)
    exponent, base = _feh_numbers(area_km2)
    return min(max(1.0 - base * hours**-exponent, 0.0), 1.0)


def _feh_numbers(area_km2: float) -> tuple[float, float]:
    """a and b of ARF = 1 - b D^-a, D in hours."""
    log_area = math.log(area_km2)
    if area_km2 <= 20:
        a = 0.40 - 0.0208 * math.log(4.6 - log_area)
    elif area_km2 < 500:
        a = 0.40 - 0.00382 * (4.6 - log_area) ** 2
    else:
        a = 0.40 - 0.0208 * math.log(log_area - 4.6)
    if area_km2 < 100:
        return a, 0.0394 * area_km2**0.354
    return a, 0.0627 * area_km2**0.254 if area_km2 < 1000 else 0.1050 * area_km2**0.180


def range_warning(method: ArealMethod, area_km2: float, duration_min: float) -> Message | None:
    """A warning where a method was not made for the area or the duration."""
    most_km2, (shortest, longest) = (TP40_KM2, TP40_MIN) if method is ArealMethod.TP40 else (FEH_KM2, FEH_MIN)
    if method is ArealMethod.NONE or (area_km2 <= most_km2 and shortest <= duration_min <= longest):
        return None
    return Message(
        "The areal factors {method} are for up to {km2:,.0f} km² and {shortest:g} to {longest:g} min: for {area:g} km² "
        "and {minutes:g} min the factor is an extrapolation.",
        method=method.value,
        km2=most_km2,
        shortest=shortest,
        longest=longest,
        area=area_km2,
        minutes=duration_min,
    )
