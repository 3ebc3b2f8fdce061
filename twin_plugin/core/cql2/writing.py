"""What the languages of filters share: how values are written, and which side of a relation is whose."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from . import ast
from .visit import Untranslatable

SWAPPED = {ast.Spatial.WITHIN: ast.Spatial.CONTAINS, ast.Spatial.CONTAINS: ast.Spatial.WITHIN}
"""Relations that mean another one when the sides are exchanged; all others mean the same."""


def literal(
    value: str | float | date,
    text: Callable[[str], str],
    time: Callable[[date], str],
    truth: tuple[str, str] = ("false", "true"),
) -> str:
    """A value, with the words that a language has for false and true, and its own way to write texts and times.

    Raises
    ------
    Untranslatable
        For a number that is not finite, and as `text` and `time` do.
    """
    if isinstance(value, bool):
        return truth[value]
    if isinstance(value, str):
        return text(value)
    return time(value) if isinstance(value, date) else number(value)


def number(value: float) -> str:
    """A number without loss; `Untranslatable` where it is not finite."""
    if not math.isfinite(value):
        raise Untranslatable("A number that is infinite or none cannot be written.")
    return repr(value)


def quoted(text: str) -> str:
    """A text in apostrophes, those in it doubled."""
    return "'" + text.replace("'", "''") + "'"


def lower(text: str) -> str:
    """A text in small letters; `Untranslatable` where a server's could be others than those of CASEI."""
    if text.lower() != text.casefold():
        raise Untranslatable("The server's small letters are not CQL2's for this text.")
    return text.lower()


def related(node: ast.SpatialRelation) -> tuple[ast.Spatial, ast.Value, ast.Value]:
    """The relation and its sides, turned round where the geometry of the filter stands on the left."""
    if isinstance(node.left, ast.Shape):
        return SWAPPED.get(node.operator, node.operator), node.right, node.left
    return node.operator, node.left, node.right
