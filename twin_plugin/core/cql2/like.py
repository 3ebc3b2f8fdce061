"""Patterns of LIKE, and texts compared without case or accents (CQL2's CASEI and ACCENTI)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from .ast import Function, Literal, Value


def pieces(pattern: str) -> list[str | None]:
    """A LIKE pattern as single characters: "%" for any text, "%%" for a per cent sign, None for any one character."""
    found: list[str | None] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "\\":
            following = next(letters, "\\")
            found.append("%%" if following == "%" else following)
        else:
            found.append(None if letter == "_" else letter)
    return found


def expression(pattern: str) -> re.Pattern[str]:
    """A regular expression for a LIKE pattern that never looks back, so that no pattern takes long."""
    runs: list[str] = [""]
    for piece in pieces(pattern):
        if piece == "%":
            runs.append("")
        else:
            runs[-1] += "." if piece is None else re.escape("%" if piece == "%%" else piece)
    if len(runs) == 1:
        return re.compile(runs[0], re.DOTALL)
    middle = "".join(f"(?>.*?{run})" for run in runs[1:-1] if run)
    return re.compile(f"{runs[0]}{middle}.*{runs[-1]}", re.DOTALL)


def fold_accents(text: str) -> str:
    """The text without accents, as CQL2's ACCENTI compares it."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in parts if not unicodedata.combining(letter)))


FOLDS: dict[str, Callable[[str], str]] = {"CASEI": str.casefold, "ACCENTI": fold_accents}


def folded_pattern(pattern: str | Function) -> str:
    """The text of a pattern after the functions around it."""
    if isinstance(pattern, str):
        return pattern
    inner = pattern.arguments[0]
    return FOLDS[pattern.name](
        folded_pattern(inner) if isinstance(inner, Function) else str(getattr(inner, "value", ""))
    )


def caseless(value: Value, pattern: str | Function) -> tuple[Value, str] | None:
    """Value and pattern without CASEI, where it stands around both and nothing else does; None otherwise."""
    if not isinstance(value, Function) or not isinstance(pattern, Function):
        return None
    inner = pattern.arguments[0]
    if value.name != "CASEI" or pattern.name != "CASEI" or not isinstance(inner, Literal):
        return None
    return (value.arguments[0], str(inner.value)) if not isinstance(value.arguments[0], Function) else None


def plain(pattern: str) -> str:
    """The pattern with no backslash but those that are needed before %, _ and a backslash."""
    parts = []
    for piece in pieces(pattern):
        escaped = {None: "_", "%": "%", "%%": "\\%", "_": "\\_", "\\": "\\\\"}
        parts.append(escaped.get(piece, piece or ""))
    return "".join(parts)


def ends(pattern: str) -> tuple[bool, str, bool] | None:
    """Whether a pattern begins with %, the text in it, and whether it ends with %; None where it is not that simple."""
    found = pieces(pattern)
    before = found[:1] == ["%"]
    after = len(found) > 1 and found[-1] == "%"
    middle = found[before : len(found) - after]
    if any(piece is None or piece == "%" for piece in middle):
        return None
    return before, "".join("%" if piece == "%%" else piece or "" for piece in middle), after
