"""What the report of a comparison of schemes says, as values, and how it writes numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..common.document.wording import DASH
from ..common.messages import Message
from .comparison import Comparison
from .control_plan import Verdict


@dataclass(frozen=True)
class ParcelRow:
    """A limit of a parcel that a scheme touches; numbers are NaN where unknown."""

    parcel: str
    measure: str
    value: float
    limit: float
    before: float
    verdict: Verdict


@dataclass(frozen=True)
class SchemeFacts:
    """What the page of a scheme shows beside its criteria.

    Attributes
    ----------
    buildings, replaced : int
    height_m : float
        From its lowest point to its highest.
    floor_m2 : float
        NaN where no review says it.
    parcels : tuple of ParcelRow
        The broken ones first.
    """

    buildings: int
    replaced: int
    height_m: float
    floor_m2: float
    parcels: tuple[ParcelRow, ...] = ()


@dataclass(frozen=True, eq=False)
class ComparisonReport:
    """A comparison with what its document says of its origin.

    Attributes
    ----------
    comparison : Comparison
    facts : tuple of SchemeFacts
        In the order of the schemes.
    unjudged : sequence of (Message, Message)
        Reviews that were not asked, and why.
    notes : sequence of Message
    title, author, crs, created, version : str
    """

    comparison: Comparison
    facts: tuple[SchemeFacts, ...]
    unjudged: Sequence[tuple[Message, Message]] = ()
    notes: Sequence[str] = ()
    title: str = ""
    author: str = ""
    crs: str = ""
    created: str = ""
    version: str = ""


def score(value: float) -> str:
    """A score, two decimals."""
    return f"{value:.2f}" if math.isfinite(value) else DASH


def number(value: float, unit: str = "") -> str:
    """A measured value: whole numbers without decimals, large ones with separators."""
    if not math.isfinite(value):
        return DASH
    digits = 0 if abs(value) >= 1000 or value == round(value) else 1 if abs(value) >= 100 else 2
    shown = f"{value:,.{digits}f}"
    shown = shown.rstrip("0").rstrip(".") if digits else shown
    return f"{shown} {unit}".rstrip()
