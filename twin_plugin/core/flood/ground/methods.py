"""The methods by which the ground takes water, and the numbers that each one has for a class of ground."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from ...common.errors import InputError

ABSTRACTION = 0.2
"""Initial abstraction as a share of the storage S (NEH 630, chapter 10)."""
UPPER_ZONE = 4.0
"""Inches of the upper zone that recovers, for the root of the conductivity in in/h."""
RECOVERY = 75.0
"""Hours in which the upper zone recovers, times the root of the conductivity in in/h."""
NEW_STORM = 0.06
"""A new storm begins after so much of the recovery time without water."""
IN_MM = 25.4
DAY_S = 86400.0
HOUR_S = 3600.0


class Method(Enum):
    """How the ground takes water."""

    CONSTANT = "constant"
    GREEN_AMPT = "greenampt"
    HORTON = "horton"
    CURVE_NUMBER = "scs"


class Antecedent(Enum):
    """How wet the ground is before a storm, after the rain of the five days before it (NEH 630)."""

    DRY = "I"
    AVERAGE = "II"
    WET = "III"


@dataclass(frozen=True)
class GreenAmpt:
    """Green and Ampt (1911): a wetting front that soaks the empty pores.

    Attributes
    ----------
    conductivity_mm_h : float
        Saturated hydraulic conductivity.
    suction_mm : float
        Suction head at the wetting front.
    deficit : float
        Empty pores at the start as a share of the volume; it recovers to this value.
    """

    conductivity_mm_h: float
    suction_mm: float
    deficit: float

    def __post_init__(self) -> None:
        if not (self.conductivity_mm_h > 0 and math.isfinite(self.conductivity_mm_h)):
            raise InputError(
                "The conductivity of a soil must be above 0 mm/h, not {k:g}: give what takes no water an impervious "
                "share of 1.",
                k=self.conductivity_mm_h,
            )
        if not (self.suction_mm >= 0 and math.isfinite(self.suction_mm)):
            raise InputError("The suction head of a soil must not be negative: {psi:g} mm.", psi=self.suction_mm)
        if not 0 <= self.deficit < 1:
            raise InputError(
                "The empty pores of a soil are a share of its volume, from 0 to below 1, not {deficit:g}.",
                deficit=self.deficit,
            )

    @property
    def numbers(self) -> tuple[float, ...]:
        """As the kernel takes them: conductivity (m/s), suction (m), deficit, depth of the upper zone (m), its
        recovery (1/s), time without water after which a new storm begins (s).
        """
        root = math.sqrt(self.conductivity_mm_h / IN_MM)
        recovery_1_s = root / RECOVERY / HOUR_S
        return (
            self.conductivity_mm_h / 1000.0 / HOUR_S, self.suction_mm / 1000.0, self.deficit,
            UPPER_ZONE * root * IN_MM / 1000.0, recovery_1_s, NEW_STORM / recovery_1_s,
        )  # fmt: skip


@dataclass(frozen=True)
class Horton:
    """Horton (1933): a capacity that falls exponentially while the ground takes water.

    Attributes
    ----------
    initial_mm_h, final_mm_h : float
        Capacity of dry and of wet ground.
    decay_1_h : float
        How fast the first becomes the second.
    drying_days : float
        Time in which wet ground recovers 98 % of the difference.
    """

    initial_mm_h: float
    final_mm_h: float
    decay_1_h: float
    drying_days: float = 7.0

    def __post_init__(self) -> None:
        numbers = self.initial_mm_h, self.final_mm_h, self.decay_1_h, self.drying_days
        if not all(math.isfinite(number) for number in numbers) or not 0 <= self.final_mm_h <= self.initial_mm_h:
            raise InputError(
                "Horton's capacity falls from the initial to the final rate, neither negative: {initial:g} and "
                "{final:g} mm/h cannot be used.",
                initial=self.initial_mm_h,
                final=self.final_mm_h,
            )
        if not (self.decay_1_h > 0 and self.drying_days > 0):
            raise InputError(
                "Horton's decay must be above 0 1/h and the time to dry above 0 days, not {decay:g} and {days:g}.",
                decay=self.decay_1_h,
                days=self.drying_days,
            )

    @property
    def numbers(self) -> tuple[float, ...]:
        """As the kernel takes them: final capacity and what dry ground has above it (m/s), decay and recovery (1/s)."""
        final, above = self.final_mm_h, self.initial_mm_h - self.final_mm_h
        recovery_1_s = -math.log(0.02) / (self.drying_days * DAY_S)
        return final / 1000.0 / HOUR_S, above / 1000.0 / HOUR_S, self.decay_1_h / HOUR_S, recovery_1_s


@dataclass(frozen=True)
class CurveNumber:
    """The runoff curve of the Soil Conservation Service (NEH 630), as a rate from the rain that has fallen.

    Attributes
    ----------
    number : float
        Curve number of the moisture at the start, above 0 and at most 100.
    drying_days : float
        Time in which an empty storage recovers.
    """

    number: float
    drying_days: float = 7.0

    def __post_init__(self) -> None:
        if not 0 < self.number <= 100:
            raise InputError("A curve number is above 0 and at most 100, not {number:g}.", number=self.number)
        if not self.drying_days > 0:
            raise InputError("The time to dry must be above 0 days, not {days:g}.", days=self.drying_days)

    @property
    def storage_mm(self) -> float:
        """Potential retention S."""
        return 25400.0 / self.number - 254.0

    @property
    def numbers(self) -> tuple[float, ...]:
        """As the kernel takes them: storage (m), initial abstraction as a share of it, recovery (1/s), time without
        rain after which a new storm begins (s).
        """
        recovery_1_s = 1.0 / (self.drying_days * DAY_S)
        return self.storage_mm / 1000.0, ABSTRACTION, recovery_1_s, NEW_STORM / recovery_1_s


Loss = GreenAmpt | Horton | CurveNumber


def curve_number(average: float, antecedent: Antecedent) -> float:
    """The curve number of dry or wet ground from that of average moisture.

    References
    ----------
    Chow, Maidment, Mays (1988), Applied Hydrology, eq. 5.5.9 and 5.5.10, after NEH 4.
    """
    if antecedent is Antecedent.DRY:
        return 4.2 * average / (10.0 - 0.058 * average)
    if antecedent is Antecedent.WET:
        return 23.0 * average / (10.0 + 0.13 * average)
    return average
