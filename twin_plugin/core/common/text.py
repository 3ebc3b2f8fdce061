"""Texts from files and names as stores and terminals take them: valid UTF-8, of limited length, nothing to obey."""

from __future__ import annotations

import re

MOST_TEXT = 1000
"""Characters that are kept of a text."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""But for tab and line feed: a terminal obeys them, or they let a name be read in another order."""


def plain(text: str) -> str:
    r"""Text that UTF-8 stores keep: bytes of a file name that are no UTF-8 become ``\x..``, NUL goes."""
    kept = text.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace").replace("\0", "")
    return text if kept == text else kept  # a Message stays one


def printable(text: str) -> str:
    r"""Text whose control characters are shown as ``\x..`` or ``\u....``, for logs and sentences."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def clip(text: str, most: int = MOST_TEXT) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
