"""The sentence that says why a building has its class."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from ..common.cells import FloatArray, IntArray
from ..common.clock import clock
from .ingress import THRESHOLD_M, Contacts, Openings
from .reason_templates import WORDS, Words
from .rules import Rule


@dataclass(frozen=True)
class Outcome:
    """What the water does at n buildings, before it is put into words.

    Attributes
    ----------
    classes : ndarray of float64, shape (n,)
        NaN where unknown.
    wettest_m : ndarray, shape (n,)
        Greatest depth in the ring; inf where only a level is known.
    ring_cells : ndarray of int64, shape (n,)
    no_footprint : ndarray of bool, shape (n,)
    reach_m : float
        Width of the rings; 0 where they are the cells that the outline touches.
    contacts : Contacts
    worst, first : ndarray of int64, shape (n,)
        The contact with the greatest height, and the one where water first came in; -1 without any.
    basement : ndarray of bool, shape (n,)
        Whether water reaches a storey below ground.
    rule : Rule
        Which cells the water comes from.
    """

    classes: FloatArray
    wettest_m: FloatArray
    ring_cells: IntArray
    no_footprint: NDArray[np.bool_]
    reach_m: float
    contacts: Contacts
    worst: IntArray
    first: IntArray
    basement: NDArray[np.bool_]
    rule: Rule = Rule.RING

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Buildings that water enters."""
        return self.classes >= 2

    def level_inside(self) -> FloatArray:
        """Water level inside each building that water enters, in m; NaN elsewhere and where it is unknown."""
        return np.where(self.inside, self.at_worst(self.contacts.level_m), np.nan)

    def at_worst(self, values: FloatArray) -> FloatArray:
        """Values of contacts at each building's worst one; NaN without any."""
        return pick(values, self.worst)


def pick(values: FloatArray, rows: IntArray) -> FloatArray:
    """Values at rows; NaN where the row is -1."""
    result = np.full(len(rows), np.nan)
    result[rows >= 0] = values[rows[rows >= 0]]
    return result


def explain(
    outcome: Outcome, openings: Openings | None, words: Words = WORDS, rows: slice = slice(None)
) -> NDArray[np.object_]:
    """A sentence for each of some buildings, such as "main door, sill 3.42 m, water 3.71 m at 01:35, 0.29 m above".

    Parameters
    ----------
    outcome : Outcome
    openings : Openings or None
    words : mapping of str to str
        The keys of `WORDS` in the language of the sentences.
    rows : slice
        Numbers of the buildings; by default all.
    """
    worst, first = outcome.worst[rows], outcome.first[rows]
    writer = _ReasonWriter(outcome.contacts, np.concatenate([worst, first]), openings, words)
    result = np.empty(len(worst), object)
    same: dict[tuple[str, str], str] = {}
    little = "little water" if outcome.reach_m else "little water at"
    if outcome.rule is not Rule.RING:
        little = "little water by"
    reach = f"{outcome.reach_m:.3g}"
    # Python's own numbers: one by one those of arrays are several times as slow.
    columns = (outcome.classes, outcome.wettest_m, outcome.basement, outcome.ring_cells, outcome.no_footprint)
    places = zip(*(values[rows].tolist() for values in columns), worst.tolist(), first.tolist(), strict=True)
    for row, (number, depth_m, basement, ring_cells, bare, at_worst, at_first) in enumerate(places):
        if number >= 2:
            result[row] = writer.wet(row, row + len(worst) if at_first >= 0 else -1, at_first != at_worst, basement)
        elif number == 1:
            result[row] = writer.dry(row if at_worst >= 0 else -1, depth_m)
        else:
            if number != number:
                key, depth = "no data" if ring_cells else "no footprint" if bare else "off raster", ""
            else:
                key, depth = (little, f"{depth_m:.2f}") if depth_m > 0 else ("no water", "")
            text = same.get((key, depth))
            if text is None:
                text = same[(key, depth)] = words[key].format(depth=depth, reach=reach)
            result[row] = text
    return result


class _ReasonWriter:
    """Puts the figures of contacts between water and openings into words."""

    def __init__(self, contacts: Contacts, rows: IntArray, openings: Openings | None, words: Words) -> None:
        self.openings, self.words = openings, words
        chosen = contacts.some(rows) if len(contacts.building) else contacts  # -1 takes one that nobody asks for
        self.contacts = SimpleNamespace(**{name: values.tolist() for name, values in vars(chosen).items()})

    def wet(self, worst: int, first: int, elsewhere: bool, basement: bool) -> str:
        """The sentence of a building that water enters; `elsewhere` says that it came first by another opening."""
        contacts, words = self.contacts, self.words
        text = words["wet"].format(sill=self._sill(worst), water=self._water(worst), apart=self._apart(worst))
        when = contacts.first_min[first] if first >= 0 else math.nan
        if not math.isnan(when) and (elsewhere or when != contacts.peak_min[worst]):
            key = "first by" if elsewhere else "first"
            text += words[key].format(opening=self._name(first), time=clock(when))
        return text + words["basement"] if basement else text

    def dry(self, worst: int, depth_m: float) -> str:
        words = self.words
        outside = words["outside, deep" if math.isfinite(depth_m) else "outside"].format(depth=f"{depth_m:.2f}")
        if worst < 0:
            return words["dry, none"].format(outside=outside)
        if math.isnan(self.contacts.above_m[worst]):
            return words["dry, none at"].format(outside=outside, opening=self._name(worst))
        sill, water, apart = self._sill(worst), self._water(worst), self._apart(worst)
        # Without a sill the depth outside is that of the sentence already.
        key = "dry by depth" if math.isnan(self.contacts.sill_m[worst]) else "dry"
        return words[key].format(sill=sill, water=water, apart=apart, outside=outside)

    def _sill(self, row: int) -> str:
        sill_m, height = self.contacts.sill_m[row], f"{THRESHOLD_M:g}"
        if math.isnan(sill_m):
            return self.words["threshold"].format(height=height)
        if self.contacts.opening[row] < 0:
            return self.words["floor and threshold"].format(floor=f"{sill_m - THRESHOLD_M:.2f}", height=height)
        return self.words["sill"].format(opening=self._name(row), level=f"{sill_m:.2f}")

    def _water(self, row: int) -> str:
        contacts = self.contacts
        level_m, sill_m, peak = contacts.level_m[row], contacts.sill_m[row], contacts.peak_min[row]
        if math.isnan(sill_m) or math.isnan(level_m):
            key = "water deep"
        else:
            limited = level_m - sill_m > contacts.above_m[row] + 0.005
            key = "water both" if limited else "water"
        time = "" if math.isnan(peak) else clock(peak)
        template = self.words[f"{key} at" if time else key]
        return template.format(level=f"{level_m:.2f}", depth=f"{contacts.depth_m[row]:.2f}", time=time)

    def _apart(self, row: int) -> str:
        """The height above or below the sill, as the difference of the two figures that the sentence shows."""
        level_m, sill_m = self.contacts.level_m[row], self.contacts.sill_m[row]
        above_m = self.contacts.above_m[row]
        if math.isnan(sill_m):
            above_m = round(self.contacts.depth_m[row], 2) - THRESHOLD_M
        elif abs(level_m - sill_m - above_m) < 0.005:
            above_m = round(level_m, 2) - round(sill_m, 2)
        return f"{abs(above_m):.2f} m" if abs(above_m) >= 0.005 else self.words["hardly"]

    def _name(self, row: int) -> str:
        number = self.contacts.opening[row]
        label = str(self.openings.label[number]) if self.openings is not None and number >= 0 else "ground floor"
        return self.words.get(label, label)
