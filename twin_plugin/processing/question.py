"""What the desktop asks the user before an algorithm does what others could have talked it into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A question whose answer is no unless the user says yes.

    Attributes
    ----------
    title, text, detail : str
        Of the dialog, translated; shown as they are, never as HTML.
    accept : str
        Text of the button that says yes.
    refusal : str
        Why the run ended, where the user says no.
    agreed : callable
        Keeps the answer yes, so that the question does not come again.
    """

    title: str
    text: str
    detail: str
    accept: str
    refusal: str
    agreed: Callable[[], None]


Ask = Callable[[Question], bool]
"""Shows a question, on the main thread, and gives its answer."""
