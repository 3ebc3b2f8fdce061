"""CQL2's relations in time as comparisons of the ends of spans (OGC 21-065r2, after Allen's interval algebra).

A day counts as the span from its first to its last instant, an instant as a span whose ends are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from . import ast, instants
from .visit import Untranslatable, opposite

_L, _G, _E, _LE, _GE = (
    ast.Compare.LESS,
    ast.Compare.GREATER,
    ast.Compare.EQUAL,
    ast.Compare.LESS_EQUAL,
    ast.Compare.GREATER_EQUAL,
)

ENDS: dict[ast.Temporal, tuple[tuple[str, ast.Compare, str], ...]] = {
    ast.Temporal.AFTER: (("start", _G, "end"),),
    ast.Temporal.BEFORE: (("end", _L, "start"),),
    ast.Temporal.CONTAINS: (("start", _L, "start"), ("end", _G, "end")),
    ast.Temporal.DISJOINT: (("start", _G, "end"), ("end", _L, "start")),
    ast.Temporal.DURING: (("start", _G, "start"), ("end", _L, "end")),
    ast.Temporal.EQUALS: (("start", _E, "start"), ("end", _E, "end")),
    ast.Temporal.FINISHED_BY: (("start", _L, "start"), ("end", _E, "end")),
    ast.Temporal.FINISHES: (("start", _G, "start"), ("end", _E, "end")),
    ast.Temporal.INTERSECTS: (("start", _LE, "end"), ("end", _GE, "start")),
    ast.Temporal.MEETS: (("end", _E, "start"),),
    ast.Temporal.MET_BY: (("start", _E, "end"),),
    ast.Temporal.OVERLAPPED_BY: (("start", _G, "start"), ("start", _L, "end"), ("end", _G, "end")),
    ast.Temporal.OVERLAPS: (("start", _L, "start"), ("end", _G, "start"), ("end", _L, "end")),
    ast.Temporal.STARTED_BY: (("start", _E, "start"), ("end", _G, "end")),
    ast.Temporal.STARTS: (("start", _E, "start"), ("end", _L, "end")),
}
"""Which end of the left span is compared how with which end of the right one; all must hold, for DISJOINT one."""


@dataclass(frozen=True)
class _Span:
    start: ast.Value | float
    end: ast.Value | float


def comparisons(relation: ast.TemporalRelation) -> ast.Condition:
    """The relation as comparisons; a property counts as an instant.

    Raises
    ------
    Untranslatable
        For a text or number where a time should stand.
    """
    left, right = _span(relation.left), _span(relation.right)
    parts = [_compared(getattr(left, a), how, getattr(right, b)) for a, how, b in ENDS[relation.operator]]
    parts = list(dict.fromkeys(parts))
    kind, neutral = (ast.Or, False) if relation.operator is ast.Temporal.DISJOINT else (ast.And, True)
    if ast.Truth(ast.Literal(not neutral)) in parts:
        return ast.Truth(ast.Literal(not neutral))
    parts = [part for part in parts if part != ast.Truth(ast.Literal(neutral))]
    if not parts:
        return ast.Truth(ast.Literal(neutral))
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _span(value: ast.Value) -> _Span:
    if isinstance(value, ast.Interval):
        start = -math.inf if value.start is None else _span(value.start).start
        end = math.inf if value.end is None else _span(value.end).end
        return _Span(start, end)
    if isinstance(value, ast.Literal):
        if not isinstance(value.value, date):
            raise Untranslatable("“{value}” is not a time.", value=value.value)
        return _Span(ast.Literal(instants.first(value.value)), ast.Literal(instants.last(value.value)))
    return _Span(value, value)


def _compared(left: ast.Value | float, how: ast.Compare, right: ast.Value | float) -> ast.Condition:
    if isinstance(left, float) or isinstance(right, float):
        low = left if isinstance(left, float) else 0.0
        high = right if isinstance(right, float) else 0.0
        return ast.Truth(ast.Literal(holds(how, (low > high) - (low < high))))
    return ast.Comparison(how, left, right)


def holds(how: ast.Compare, order: int) -> bool:
    """Whether a comparison holds for what is smaller (-1), equal (0) or greater (1)."""
    return {
        ast.Compare.EQUAL: order == 0,
        ast.Compare.NOT_EQUAL: order != 0,
        ast.Compare.LESS: order < 0,
        ast.Compare.LESS_EQUAL: order <= 0,
        ast.Compare.GREATER: order > 0,
        ast.Compare.GREATER_EQUAL: order >= 0,
    }[how]


def portable(condition: ast.Condition) -> ast.Condition:
    """The same condition in the words that most servers know.

    NOT stands only before what has no opposite, and relations in time are comparisons. True, false and unknown stay
    what they were. A much used server library (pygeofilter 0.4) reads AND and OR from left to right, NOT only before a
    single predicate and no relations in time: written by `cql2.to_text`, this form says the same to it. It reads no
    quotation mark inside a text; CQL2 JSON has no such trouble.
    """
    if isinstance(condition, ast.And | ast.Or):
        return type(condition)(tuple(portable(part) for part in condition.conditions))
    if isinstance(condition, ast.TemporalRelation):
        return comparisons(condition)
    if not isinstance(condition, ast.Not):
        return condition
    inner = condition.condition
    if isinstance(inner, ast.TemporalRelation):
        inner = portable(inner)
    if isinstance(inner, ast.Not):
        return portable(inner.condition)
    if isinstance(inner, ast.And | ast.Or):
        other = ast.Or if isinstance(inner, ast.And) else ast.And
        return other(tuple(portable(ast.Not(part)) for part in inner.conditions))
    return opposite(inner)
