"""How long work reports to whoever waits for it, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .errors import Cancelled
from .messages import Message

Progress = Callable[[float, str], bool]
"""progress(fraction, text) -> whether to go on; fraction is 0 to 1, NaN where unknown; text is a short stage or ''."""


def silent(fraction: float, text: str = "") -> bool:
    """Report to nobody and never stop."""
    return True


def advance(progress: Progress, fraction: float, template: str = "", /, **values: Any) -> None:
    """Report, and raise `Cancelled` when the answer is to stop.

    Parameters
    ----------
    progress : Progress
        The receiver.
    fraction : float
        Share of the work done, 0 to 1, or NaN.
    template : str
        The stage, in a few words with {names} for `values`, or nothing to leave it as it was.

    Raises
    ------
    Cancelled
        When `progress` answers False.
    """
    if not progress(fraction, Message(template, **values)):
        raise Cancelled


def part(progress: Progress, start: float, end: float) -> Progress:
    """A progress whose 0 to 1 is `start` to `end` of `progress`."""

    def scaled(fraction: float, text: str = "") -> bool:
        return progress(start + (end - start) * fraction, text)

    return scaled
