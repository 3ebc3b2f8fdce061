"""Texts from files and names as stores keep them: valid UTF-8, and of limited length."""

from __future__ import annotations

MOST_TEXT = 1000
"""Characters that are kept of a text."""


def plain(text: str) -> str:
    r"""Text that UTF-8 stores keep: bytes of a file name that are no UTF-8 become ``\x..``, NUL goes."""
    kept = text.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace").replace("\0", "")
    return text if kept == text else kept  # a Message stays one


def clip(text: str, most: int = MOST_TEXT) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
