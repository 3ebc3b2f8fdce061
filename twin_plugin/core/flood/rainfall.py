"""Design rainfall: intensity formulas, and the storms that are spread over time from them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message
from .rainfall_series import RainSeries, step_ends

OFFICIAL_FACTOR = 167.0
"""L/(s·ha) in 1 mm/min as the standards round it (GB 50014); the exact value is 166.667."""

VALID_MINUTES = (5.0, 180.0)
"""Durations for which the published single-period formulas of Shenzhen were fitted."""

LEAST_STORM_MIN, LEAST_STORM_MM = 15.0, 2.0
"""A storm that is as long and has less rain is none: a quarter of an hour of the light rains of deserts has more."""

FloatArray = NDArray[np.float64]


class Pattern(Enum):
    """How the depth of a storm is spread over its duration."""

    CHICAGO = "chicago"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    GAUGE = "gauge"
    ALTERNATING = "alternating"
    SCS1 = "scs1"
    SCS1A = "scs1a"
    SCS2 = "scs2"
    SCS3 = "scs3"
    TABLE = "table"


@dataclass(frozen=True)
class Formula:
    """A rainfall intensity formula q = a / (t + b)^n.

    Attributes
    ----------
    a : float
        In L/(s·ha), above 0.
    b_min : float
        In minutes, 0 or more.
    n : float
        Above 0; below 1 where `b_min` is 0.
    name : str
        Where it comes from, for messages.
    """

    a: float
    b_min: float
    n: float
    name: str = "the formula"

    def __post_init__(self) -> None:
        if not all(math.isfinite(value) for value in (self.a, self.b_min, self.n)):
            raise InputError("A, B and N of {name} must be numbers.", name=self.name)
        if self.a <= 0:
            raise InputError("A of {name} must be above 0 L/(s·ha), not {a:g}.", name=self.name, a=self.a)
        if self.b_min < 0:
            raise InputError("B of {name} must be 0 min or more, not {b_min:g}.", name=self.name, b_min=self.b_min)
        if self.n <= 0 or (self.b_min == 0 and self.n >= 1):
            limit = "between 0 and 1, as B is 0" if self.b_min == 0 else "above 0"
            raise InputError("N of {name} must be {limit}, not {n:g}.", name=self.name, limit=limit, n=self.n)

    @property
    def longest_min(self) -> float:
        """The duration at which the depth stops growing, from where on the formula means nothing; inf for n up to 1."""
        return math.inf if self.n <= 1 else self.b_min / (self.n - 1)

    def depth_mm(self, duration_min: FloatArray | float) -> FloatArray:
        """Depth H = q·t/167 that falls within a duration of t minutes, in mm; 0 at 0 min."""
        time = np.asarray(duration_min, np.float64)
        safe = np.where(time > 0, time, 1.0)
        return np.where(time > 0, self.a * safe / (safe + self.b_min) ** self.n / OFFICIAL_FACTOR, 0.0)


def city_formula(
    b_min: float, n: float, return_period_a: float, *, a: float = math.nan, a1: float = math.nan, c: float = 0.0
) -> Formula:
    """The formula of a city the table does not have.

    Two spellings are in use: q = A (1 + C lg P) / (t + b)^n with A in L/(s·ha), and the one of GB 50014,
    q = 167 A1 (1 + C lg P) / (t + b)^n with A1 in mm/min. With C = 0 the return period P plays no part.

    Parameters
    ----------
    b_min, n : float
        The constants of the denominator, b in minutes.
    return_period_a : float
        P in years, above 0.
    a, a1 : float
        One of the two, NaN for the other: A in L/(s·ha), A1 in mm/min.
    c : float
        The factor of lg P (decimal logarithm).

    Raises
    ------
    InputError
        When both or none of `a` and `a1` are given, or the numbers give no rain.
    """
    if math.isnan(a) == math.isnan(a1):
        raise InputError("A custom storm needs A in L/(s·ha) or A1 in mm/min, one of the two, besides B and N.")
    if math.isnan(b_min) or math.isnan(n):
        raise InputError("A custom storm needs B (minutes) and N besides A or A1.")
    if not return_period_a > 0:
        raise InputError(
            "The return period must be above 0 years, not {return_period_a:g}.", return_period_a=return_period_a
        )
    base = a if math.isnan(a1) else OFFICIAL_FACTOR * a1
    growth = 1.0 + c * math.log10(return_period_a)
    if growth <= 0:
        raise InputError(
            "1 + C lg P is {growth:.3g} for C {c:g} and P {return_period_a:g} years, so there would be no "
            "rain: check C and the return period.",
            growth=growth,
            c=c,
            return_period_a=return_period_a,
        )
    return Formula(base * growth, b_min, n, "the custom formula")


def read_formulas(path: str | Path) -> dict[tuple[str, float], Formula]:
    """The table of published formulas, by zone and return period in years.

    Parameters
    ----------
    path : str or Path
        A CSV file with the columns zone, return_period_a, a_l_s_ha, b_min, n.

    Raises
    ------
    InputError
        When the file is missing or a column is.
    """
    rows = read_rows(path, ("zone", "return_period_a", "a_l_s_ha", "b_min", "n"))
    try:
        return {
            (row["zone"], float(row["return_period_a"])): Formula(
                float(row["a_l_s_ha"]),
                float(row["b_min"]),
                float(row["n"]),
                f"zone {row['zone']}, {float(row['return_period_a']):g} years",
            )
            for row in rows
        }
    except ValueError as error:
        raise InputError(
            "The table of design storms '{path}' cannot be read ({error}): restore the plugin's own.",
            path=path,
            error=error,
        ) from error


def published_formula(formulas: dict[tuple[str, float], Formula], zone: str, return_period_a: float) -> Formula:
    """The formula of a zone and a return period that the table has.

    Raises
    ------
    InputError
        When the zone is unknown, or the period is not one of the published ones, naming those there are.
    """
    periods = sorted(period for name, period in formulas if name == zone)
    if not periods:
        zones = ", ".join(sorted({name for name, _ in formulas}))
        raise InputError(
            "The zone '{zone}' is not in the table of design storms: choose one of {zones}, or custom.",
            zone=zone,
            zones=zones,
        )
    formula = formulas.get((zone, float(return_period_a)))
    if formula is None:
        listed = ", ".join(f"{period:g}" for period in periods)
        raise InputError(
            "Zone {zone} has no published formula for {return_period_a:g} years: choose one of {listed}, or "
            "zone custom with A, B and N.",
            zone=zone,
            return_period_a=return_period_a,
            listed=listed,
        )
    return formula


def validity_warning(duration_min: float) -> str:
    """The warning for a duration outside the published formulas' range, or ''."""
    shortest, longest = VALID_MINUTES
    if shortest <= duration_min <= longest:
        return ""
    return Message(
        "The duration of {duration_min:g} min is outside the {shortest:g} to {longest:g} min for which the published "
        "formulas hold: the depth is an extrapolation.",
        duration_min=duration_min,
        shortest=shortest,
        longest=longest,
    )


def unit_warning(storm: RainSeries) -> str:
    """The warning for a storm of the user's own formula whose A seems to be in mm/min, or ''.

    The units differ by 167. The other way round the rain is more than was ever measured, and is refused.
    """
    if storm.duration_min < LEAST_STORM_MIN or storm.total_mm >= LEAST_STORM_MM:
        return ""
    return Message(
        "The formula gives {total:.3g} mm in {minutes:g} min, which no design storm has: A is in L/(s·ha). Enter an A "
        "in mm/min as A1.",
        total=storm.total_mm,
        minutes=storm.duration_min,
    )


def design_storm(
    formula: Formula,
    duration_min: float,
    step_min: float,
    pattern: Pattern = Pattern.CHICAGO,
    peak_ratio: float = 0.4,
    total_mm: float | None = None,
) -> RainSeries:
    """A storm whose total is the formula's depth for the whole duration, or another one.

    Parameters
    ----------
    formula : Formula
        Gives the total, and the shape of the Chicago pattern.
    duration_min, step_min : float
        In minutes; the last step may be shorter.
    pattern : Pattern
        Chicago, triangular or uniform; integrated exactly over each step.
    peak_ratio : float
        Where the peak lies in the duration, 0 to 1 (Chicago, triangular).
    total_mm : float, optional
        The storm's depth; every step of the formula's storm is scaled to it.

    Returns
    -------
    RainSeries

    Raises
    ------
    InputError
        For a peak ratio outside 0 to 1, a duration at which the formula's depth shrinks, or the pattern of a gauge.

    Notes
    -----
    Chicago: Keifer and Chu 1957, "Synthetic storm pattern for drainage design", J. Hydraul. Div. ASCE 83(4),
    doi 10.1061/JYCEAJ.0000104. The triangle is that of Yen and Chow 1980, J. Hydraul. Div. ASCE 106(6).
    """
    if not 0 <= peak_ratio <= 1:
        raise InputError("The peak ratio must be between 0 and 1, not {peak_ratio:g}.", peak_ratio=peak_ratio)
    ends = step_ends(duration_min, step_min)
    require_growing(formula, duration_min)
    total = float(formula.depth_mm(duration_min))
    shapes: dict[Pattern, Callable[[FloatArray], FloatArray]] = {
        Pattern.CHICAGO: lambda time: _chicago(time, formula, duration_min, peak_ratio),
        Pattern.TRIANGULAR: lambda time: total * _triangle(time / duration_min, peak_ratio),
        Pattern.UNIFORM: lambda time: total * time / duration_min,
    }
    if pattern not in shapes:
        raise InputError(
            "The pattern '{pattern}' is not spread by a formula: give the gauge's table.", pattern=pattern.value
        )
    cumulative = shapes[pattern](np.concatenate([[0.0], ends]))
    if total_mm is not None:
        cumulative *= total_mm / total
    return RainSeries(ends, np.maximum(np.diff(cumulative), 0.0))


def require_growing(formula: Formula, duration_min: float) -> None:
    """Raise InputError for a duration at which the formula's depth shrinks."""
    if duration_min > formula.longest_min:
        raise InputError(
            "By {name} the depth shrinks beyond {longest_min:.0f} min, which means nothing: choose a "
            "duration below that instead of {duration_min:g} min.",
            name=formula.name,
            longest_min=formula.longest_min,
            duration_min=duration_min,
        )


def _chicago(time_min: FloatArray, formula: Formula, duration_min: float, peak_ratio: float) -> FloatArray:
    """Depth fallen until each time: rH(T) - rH((tp - x)/r) before the peak, rH(T) + (1-r)H((x - tp)/(1-r)) after it."""
    peak_min = peak_ratio * duration_min
    before = after = np.zeros_like(time_min)
    if peak_ratio > 0:
        before = peak_ratio * (
            formula.depth_mm(duration_min) - formula.depth_mm(np.maximum(peak_min - time_min, 0.0) / peak_ratio)
        )
    if peak_ratio < 1:
        after = (1 - peak_ratio) * formula.depth_mm(np.maximum(time_min - peak_min, 0.0) / (1 - peak_ratio))
    return np.asarray(before + after, np.float64)


def _triangle(share: FloatArray, peak_ratio: float) -> FloatArray:
    """Share of the depth fallen until each share of the duration."""
    rising = share**2 / peak_ratio if peak_ratio > 0 else np.zeros_like(share)
    falling = 1 - (1 - share) ** 2 / (1 - peak_ratio) if peak_ratio < 1 else np.ones_like(share)
    return np.where(share < peak_ratio, rising, falling)
