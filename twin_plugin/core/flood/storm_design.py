"""A design storm from a formula or a depth of the user's, by each of the patterns, and what must be said of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..common.errors import InputError
from ..common.messages import Message
from .mass_curves import PUBLISHED_MIN, MassCurve
from .rainfall import (
    VALID_MINUTES,
    FloatArray,
    Formula,
    Pattern,
    design_storm,
    require_growing,
    unit_warning,
    validity_warning,
)
from .rainfall_series import RainSeries, step_ends

PUBLISHED = (Pattern.SCS1, Pattern.SCS1A, Pattern.SCS2, Pattern.SCS3)
"""Patterns of 24 hours."""
BY_CURVE = (*PUBLISHED, Pattern.TABLE)
"""Patterns that distribute any depth, by a mass curve."""
BY_FORMULA = (Pattern.CHICAGO, Pattern.ALTERNATING)
"""Patterns whose shape is the formula's, whatever the depth."""
_ANY = Formula(1.0, 0.0, 0.5)
"""In the place of a formula where only a pattern's shape counts."""


@dataclass(frozen=True)
class StormWish:
    """What a design storm is asked to be.

    Attributes
    ----------
    pattern : Pattern
    duration_min, step_min, peak_ratio : float
    depth_mm : float or None
        Of the whole storm; None for the formula's.
    formula : Formula or None
        None where `needs_formula` says so.
    of_table : bool
        Whether the formula is a published one, which holds from 5 to 180 minutes.
    curve : MassCurve or None
        Of the patterns that have one.
    """

    pattern: Pattern
    duration_min: float
    step_min: float
    peak_ratio: float = 0.4
    depth_mm: float | None = None
    formula: Formula | None = None
    of_table: bool = False
    curve: MassCurve | None = None


@dataclass(frozen=True)
class StormMade:
    """A storm, what a user must know of it, and which of the inputs its depth and shape come from."""

    storm: RainSeries
    warnings: list[str]
    notes: list[Message]


def needs_formula(pattern: Pattern, depth_mm: float | None) -> bool:
    """Whether the formula has a part in a storm."""
    return pattern is not Pattern.GAUGE and (depth_mm is None or pattern in BY_FORMULA)


def make_storm(wish: StormWish) -> StormMade:
    """The storm of a pattern.

    Raises
    ------
    InputError
        When the pattern and the duration do not fit, the depth is not above 0, or a formula is asked for more than it
        holds.
    """
    if wish.depth_mm is not None and not wish.depth_mm > 0:
        raise InputError("DEPTH_MM must be above 0 mm, not {depth_mm:g}.", depth_mm=wish.depth_mm)
    if wish.pattern in BY_CURVE:
        return _by_curve(wish)
    if wish.pattern is Pattern.ALTERNATING:
        return _alternating(wish)
    formula = wish.formula or _ANY
    storm = design_storm(
        formula, wish.duration_min, wish.step_min, wish.pattern, wish.peak_ratio, total_mm=wish.depth_mm
    )
    if wish.depth_mm is None:
        return StormMade(storm, _formula_warnings(wish, storm), [])
    warnings: list[str] = []
    if wish.pattern is Pattern.CHICAGO and wish.duration_min > VALID_MINUTES[1]:
        warnings.append(
            Message(
                "The formula holds up to {longest:g} min: the shape of the Chicago storm of {minutes:g} min is an "
                "extrapolation. The pattern alternating uses the formula only where it holds.",
                longest=VALID_MINUTES[1],
                minutes=wish.duration_min,
            )
        )
    return StormMade(storm, warnings, [_depth_note(wish)])


def _formula_warnings(wish: StormWish, storm: RainSeries) -> list[str]:
    found = [validity_warning(wish.duration_min), "" if wish.of_table else unit_warning(storm)]
    return [text for text in found if text]


def _depth_note(wish: StormWish) -> Message:
    return Message(
        "The depth is DEPTH_MM, {depth:g} mm in {minutes:g} min, which the pattern {pattern} distributes.",
        depth=wish.depth_mm or 0.0,
        minutes=wish.duration_min,
        pattern=wish.pattern.value,
    )


def _formula_depth_mm(wish: StormWish) -> float:
    """The formula's depth for the duration, where it holds so long."""
    if wish.formula is None:
        raise InputError("The storm needs a formula, or its depth in DEPTH_MM.")
    if wish.of_table and wish.duration_min > VALID_MINUTES[1]:
        raise InputError(
            "The formula of {name} holds up to {longest:g} min and says nothing of {minutes:g} min: enter the rain of "
            "the whole storm in DEPTH_MM.",
            name=wish.formula.name,
            longest=VALID_MINUTES[1],
            minutes=wish.duration_min,
        )
    require_growing(wish.formula, wish.duration_min)
    return float(wish.formula.depth_mm(wish.duration_min))


def _by_curve(wish: StormWish) -> StormMade:
    if wish.curve is None:
        raise InputError("The pattern table needs its table: choose it in PATTERN_TABLE.")
    if wish.pattern in PUBLISHED and wish.duration_min != PUBLISHED_MIN:
        raise InputError(
            "The pattern {pattern} is one of 24 h: enter 1440 in DURATION instead of {minutes:g}, or choose another "
            "pattern.",
            pattern=wish.pattern.value,
            minutes=wish.duration_min,
        )
    if wish.depth_mm is not None:
        storm = wish.curve.storm(wish.depth_mm, wish.duration_min, wish.step_min)
        return StormMade(storm, [], [_depth_note(wish)])
    storm = wish.curve.storm(_formula_depth_mm(wish), wish.duration_min, wish.step_min)
    return StormMade(storm, _formula_warnings(wish, storm), [])


def _alternating(wish: StormWish) -> StormMade:
    """Blocks of the depths that each further step adds, the largest at the peak, the next ones right and left of it.

    Notes
    -----
    Chow, Maidment, Mays 1988, Applied Hydrology, section 14.4.
    """
    if not 0 <= wish.peak_ratio <= 1:
        raise InputError("The peak ratio must be between 0 and 1, not {peak_ratio:g}.", peak_ratio=wish.peak_ratio)
    ends = step_ends(wish.duration_min, wish.step_min)
    if not math.isclose(ends.size * wish.step_min, wish.duration_min, rel_tol=1e-9):
        raise InputError(
            "The blocks of the pattern alternating have one length: choose a STEP that divides {minutes:g} min.",
            minutes=wish.duration_min,
        )
    depths, notes = _block_depths(wish, ends)
    blocks = np.sort(np.diff(depths, prepend=0.0))[::-1]
    storm = RainSeries(ends, _arranged(blocks, min(int(wish.peak_ratio * ends.size), ends.size - 1)))
    return StormMade(storm, [] if notes else _formula_warnings(wish, storm), notes)


def _block_depths(wish: StormWish, ends: FloatArray) -> tuple[FloatArray, list[Message]]:
    """Largest depth within each duration: the formula's, to which a longer storm's depth is joined by a power law."""
    if wish.depth_mm is None:
        _formula_depth_mm(wish)
    if wish.formula is None:
        raise InputError("The pattern alternating needs a formula: choose a zone, or custom with A, B and N.")
    longest = VALID_MINUTES[1]
    if wish.depth_mm is None or wish.duration_min <= longest:
        require_growing(wish.formula, wish.duration_min)
        depths = wish.formula.depth_mm(ends)
        if wish.depth_mm is None:
            return depths, []
        return depths * (wish.depth_mm / float(depths[-1])), [_depth_note(wish)]
    require_growing(wish.formula, longest)
    known_mm = float(wish.formula.depth_mm(longest))
    if wish.depth_mm <= known_mm:
        raise InputError(
            "DEPTH_MM, {depth:g} mm in {minutes:g} min, is not more than the {known:.1f} mm that {name} gives in "
            "{longest:g} min: correct one of them.",
            depth=wish.depth_mm,
            minutes=wish.duration_min,
            known=known_mm,
            name=wish.formula.name,
            longest=longest,
        )
    power = math.log(wish.depth_mm / known_mm) / math.log(wish.duration_min / longest)
    depths = np.where(ends <= longest, wish.formula.depth_mm(ends), known_mm * (ends / longest) ** power)
    note = Message(
        "Blocks of up to {longest:g} min have the depths of the formula; the depths of longer ones grow by a power law "
        "to DEPTH_MM, {depth:g} mm in {minutes:g} min.",
        longest=longest,
        depth=wish.depth_mm,
        minutes=wish.duration_min,
    )
    return depths, [note]


def _arranged(blocks: FloatArray, peak: int) -> FloatArray:
    """Blocks in falling order, placed at the peak, then alternately to the right and left while there is room."""
    found = np.zeros_like(blocks)
    found[peak] = blocks[0]
    right, left = peak + 1, peak - 1
    for number, block in enumerate(blocks[1:]):
        to_the_right = right < blocks.size and (number % 2 == 0 or left < 0)
        if to_the_right:
            found[right] = block
            right += 1
        else:
            found[left] = block
            left -= 1
    return found
