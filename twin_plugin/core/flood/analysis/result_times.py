"""The steps of a result that a text asks for: numbers of minutes, all of them, or the maximum over them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ...common.cells import FloatArray
from ...common.errors import InputError
from ...common.messages import Message

MAXIMUM, ALL = "maximum", "all"


@dataclass(frozen=True)
class ChosenTimes:
    """Steps by number in ascending order, whether the maximum is wanted too, and what was changed."""

    steps: tuple[int, ...]
    maximum: bool
    notes: tuple[Message, ...]


def choose_times(text: str, minutes: FloatArray) -> ChosenTimes:
    """Find the steps that a text asks for.

    Parameters
    ----------
    text : str
        'maximum', 'all', minutes from the start, or several of these separated by semicolons, commas or spaces; empty
        for the maximum. A time between two steps takes the nearest.
    minutes : array of float64, shape (steps,)
        Times of the steps, ascending.

    Raises
    ------
    InputError
        When a word is unknown or a time lies outside the steps.
    """
    words = [word for word in re.split(r"[;,\s]+", text.strip().lower()) if word] or [MAXIMUM]
    chosen: set[int] = set()
    notes = []
    for word in words:
        if word == ALL:
            chosen |= set(range(len(minutes)))
        elif word != MAXIMUM:
            wanted = _minutes(word, minutes)
            step = int(np.argmin(np.abs(minutes - wanted)))
            chosen.add(step)
            if abs(minutes[step] - wanted) > 1e-6:
                notes.append(
                    Message(
                        "The result has no step at {wanted:g} min: the nearest one, {found:g} min, was taken.",
                        wanted=wanted,
                        found=float(minutes[step]),
                    )
                )
    return ChosenTimes(tuple(sorted(chosen)), MAXIMUM in words, tuple(notes))


def _minutes(word: str, minutes: FloatArray) -> float:
    try:
        wanted = float(word)
    except ValueError:
        raise InputError(
            "'{word}' is no time: enter minutes from the start, 'all' or 'maximum', separated by semicolons.", word=word
        ) from None
    if not minutes[0] - 1e-6 <= wanted <= minutes[-1] + 1e-6:
        raise InputError(
            "{wanted:g} min lies outside the result, which has steps from {first:g} to {last:g} min.",
            wanted=wanted,
            first=float(minutes[0]),
            last=float(minutes[-1]),
        )
    return wanted
