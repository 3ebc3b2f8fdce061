"""A control plan: the limits of each parcel, and how measures stand to them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..common.prisms import Floats

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_AROUND = re.compile(
    r"^(?:[≤≥<>=＜＞＝]+|不大于|不小于|不高于|不低于|不超过|at most|at least|max\.?|min\.?)|(?:m|米|公尺)$", re.I
)
_SPLIT = re.compile(r"[/;,、，；+|]|\s和\s|\sand\s", re.I)


class Measure(Enum):
    """What a control plan limits. The values are the names of the fields of results."""

    FAR = "far"
    DENSITY = "density"
    GREEN = "green"
    HEIGHT = "height_m"
    SETBACK = "setback_m"


AT_LEAST = frozenset({Measure.GREEN, Measure.SETBACK})
"""Measures whose limit is the least allowed; the limit of the others is the greatest."""
RATIOS = frozenset({Measure.DENSITY, Measure.GREEN})
"""Shares of the parcel, which tables hold in parts of one or in per cent."""


STATED = {Measure.FAR: 0.01, Measure.DENSITY: 0.001, Measure.GREEN: 0.001, Measure.HEIGHT: 0.01, Measure.SETBACK: 0.01}
"""The last digit in which plans state a measure: a value is at its limit where it rounds to it."""


class Verdict(Enum):
    """How a parcel stands to a limit."""

    MEETS = "meets"
    BREAKS = "breaks"
    NO_LIMIT = "no limit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class ControlPlan:
    """Parcels with their limits.

    Attributes
    ----------
    shapes : ndarray of shapely geometry, shape (n,)
        Valid polygons with an area, in a CRS in metres.
    ids, names : tuple of str
    limits : mapping of Measure to ndarray of float64, shape (n,)
        NaN where the parcel has none.
    uses : tuple of frozenset of str
        Uses that the plan permits; empty where it says none, or none that is known.
    """

    shapes: NDArray[Any]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    limits: Mapping[Measure, Floats]
    uses: tuple[frozenset[str], ...]

    def __len__(self) -> int:
        return len(self.shapes)


def limit_text(value: Any) -> Any:
    """A limit as plans write it ("≤ 3.5", "30%", "24m") as a number or its text; what is none stays as it is."""
    if not isinstance(value, str):
        return value
    text = _AROUND.sub("", _AROUND.sub("", value.strip())).strip()
    if text.endswith(("%", "％")) and _NUMBER.fullmatch(text[:-1].strip()):
        return float(text[:-1]) / 100.0
    return text


def as_ratio(values: Floats) -> tuple[Floats, int]:
    """Shares in parts of one, and how many were in per cent: those above 1."""
    per_cent = values > 1.0
    return np.where(per_cent, values / 100.0, values), int(per_cent.sum())


def permitted(text: str, code: Callable[[str], Sequence[str]], use_of: Callable[[str], str]) -> frozenset[str]:
    """The uses that a text of a plan permits, by the codes of land use or the words for uses in it."""
    found = set[str]()
    for part in (part.strip() for part in _SPLIT.split(text) if part.strip()):
        named = tuple(code(part)) or tuple(use for use in (use_of(part),) if use)
        found.update(named)
    return frozenset(found)


def excess(measure: Measure, values: Floats, limits: Floats) -> Floats:
    """By how much values pass their limits, below 0 where there is room; NaN where either is unknown."""
    return limits - values if measure in AT_LEAST else values - limits


def judge(measure: Measure, values: Floats, limits: Floats, buildings: NDArray[np.int64]) -> list[Verdict]:
    """The verdict of each parcel, at the accuracy in which plans state limits.

    Without a building a setback keeps its limit, as nothing stands too near.
    """
    over = excess(measure, values, limits)
    found = []
    for row, passed in enumerate(over.tolist()):
        if math.isnan(limits[row]):
            found.append(Verdict.NO_LIMIT)
        elif measure is Measure.SETBACK and not buildings[row]:
            found.append(Verdict.MEETS)
        elif math.isnan(passed):
            found.append(Verdict.UNKNOWN)
        else:
            found.append(Verdict.BREAKS if passed > STATED[measure] / 2 else Verdict.MEETS)
    return found


def judge_use(main_use: Sequence[str], uses: Sequence[frozenset[str]]) -> list[Verdict]:
    """Whether the use with most floor area is one that the plan permits; a parcel without floors meets it."""
    found = []
    for use, allowed in zip(main_use, uses, strict=True):
        if not allowed:
            found.append(Verdict.NO_LIMIT)
        elif use == UNKNOWN_USE:
            found.append(Verdict.UNKNOWN)
        else:
            found.append(Verdict.MEETS if not use or use in allowed else Verdict.BREAKS)
    return found


UNKNOWN_USE = "unknown"
"""The use of floors of which nothing says what they are for."""


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict for several: broken, else unknown, else met, else no limit."""
    for verdict in (Verdict.BREAKS, Verdict.UNKNOWN, Verdict.MEETS):
        if verdict in verdicts:
            return verdict
    return Verdict.NO_LIMIT
