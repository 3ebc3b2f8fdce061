"""Secrets that were sent to servers: what people read loses them, in whatever words a server repeats them.

They are known as long as the process lasts, and written nowhere.
"""

from __future__ import annotations

from ..common.messages import Message

HIDDEN = "***"
"""What stands in texts where a secret was."""
SHORTEST = 6
"""Characters; shorter secrets are words that would be taken out of any sentence."""

_known: set[str] = set()


def remember(*secrets: str) -> None:
    """Take these out of texts from now on."""
    _known.update(secret for secret in secrets if len(secret) >= SHORTEST)


def without(text: str) -> str:
    """The text with marks in the place of secrets; a message keeps its template and values."""
    if isinstance(text, Message):
        values = {name: without(value) if isinstance(value, str) else value for name, value in text.values.items()}
        return Message(without(text.template), **values)
    for secret in sorted(_known, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text
