"""Checks: whether a property of the results holds, from the measures of a run."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .scenario import Check

_COMPARE: dict[str, Callable[[float, float, float], bool]] = {
    "<": lambda left, right, room: left < right + room,
    "<=": lambda left, right, room: left <= right + room,
    "=": lambda left, right, room: abs(left - right) <= room,
    ">=": lambda left, right, room: left >= right - room,
    ">": lambda left, right, room: left > right - room,
}
RELATIONS = tuple(_COMPARE)
_ARITHMETIC: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_PARTS: tuple[type[ast.AST], ...] = (ast.BinOp, *_ARITHMETIC, ast.Name, ast.Load, ast.UnaryOp, ast.USub)


@dataclass(frozen=True)
class CheckResult:
    """A check with the values it was given.

    Attributes
    ----------
    left, right : float
        NaN where a measure has no value: the check then fails.
    """

    check: Check
    left: float
    right: float
    holds: bool


def names_in(text: str) -> tuple[str, ...]:
    """The measures in a side of a check, such as open and closed in "open + closed".

    Raises
    ------
    ValueError
        When the text is not made of names, numbers, + - * / and parentheses.
    """
    return tuple(node.id for node in ast.walk(_parsed(text)) if isinstance(node, ast.Name))


def judge(check: Check, measures: Mapping[str, float]) -> CheckResult:
    """Whether the check holds; it does not where a measure has no value."""
    left, right = (_value(side, measures) for side in (check.left, check.right))
    known = math.isfinite(left) and math.isfinite(right)
    return CheckResult(check, left, right, known and _COMPARE[check.relation](left, right, check.tolerance))


def _parsed(text: str) -> ast.expr:
    if len(text) > 500:
        raise ValueError("too long")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError("no expression") from error
    if not all(_allowed(node) for node in ast.walk(tree)):
        raise ValueError("no sum of measures")
    return tree


def _allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return isinstance(node, _PARTS)


def _value(side: str | float, measures: Mapping[str, float]) -> float:
    if not isinstance(side, str):
        return float(side)
    try:
        return _computed(_parsed(side), measures)
    except (ZeroDivisionError, OverflowError):
        return math.nan


def _computed(node: ast.expr, measures: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp):
        return _ARITHMETIC[type(node.op)](_computed(node.left, measures), _computed(node.right, measures))
    if isinstance(node, ast.UnaryOp):
        return -_computed(node.operand, measures)
    if isinstance(node, ast.Name):
        return measures.get(node.id, math.nan)
    return float(ast.literal_eval(node))
