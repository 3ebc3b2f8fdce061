"""CQL2's relations in time as comparisons of the ends of spans (OGC 21-065r2, after Allen's interval algebra).

A day counts as the span from its first to its last instant, an instant as a span whose ends are the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from . import instants
from .ast import (
    And,
    Compare,
    Comparison,
    Condition,
    Interval,
    Literal,
    Not,
    Or,
    Temporal,
    TemporalRelation,
    Truth,
    Value,
)
from .visit import Untranslatable, opposite

_L, _G, _E, _LE, _GE = Compare.LESS, Compare.GREATER, Compare.EQUAL, Compare.LESS_EQUAL, Compare.GREATER_EQUAL

ENDS: dict[Temporal, tuple[tuple[str, Compare, str], ...]] = {
    Temporal.AFTER: (("start", _G, "end"),),
    Temporal.BEFORE: (("end", _L, "start"),),
    Temporal.CONTAINS: (("start", _L, "start"), ("end", _G, "end")),
    Temporal.DISJOINT: (("start", _G, "end"), ("end", _L, "start")),
    Temporal.DURING: (("start", _G, "start"), ("end", _L, "end")),
    Temporal.EQUALS: (("start", _E, "start"), ("end", _E, "end")),
    Temporal.FINISHED_BY: (("start", _L, "start"), ("end", _E, "end")),
    Temporal.FINISHES: (("start", _G, "start"), ("end", _E, "end")),
    Temporal.INTERSECTS: (("start", _LE, "end"), ("end", _GE, "start")),
    Temporal.MEETS: (("end", _E, "start"),),
    Temporal.MET_BY: (("start", _E, "end"),),
    Temporal.OVERLAPPED_BY: (("start", _G, "start"), ("start", _L, "end"), ("end", _G, "end")),
    Temporal.OVERLAPS: (("start", _L, "start"), ("end", _G, "start"), ("end", _L, "end")),
    Temporal.STARTED_BY: (("start", _E, "start"), ("end", _G, "end")),
    Temporal.STARTS: (("start", _E, "start"), ("end", _L, "end")),
}
"""Which end of the left span is compared how with which end of the right one; all must hold, for DISJOINT one."""


@dataclass(frozen=True)
class _Span:
    start: Value | float
    end: Value | float


def comparisons(relation: TemporalRelation) -> Condition:
    """The relation as comparisons; a property counts as an instant.

    Raises
    ------
    Untranslatable
        For a text or number where a time should stand.
    """
    left, right = _span(relation.left), _span(relation.right)
    parts = [_compared(getattr(left, a), how, getattr(right, b)) for a, how, b in ENDS[relation.operator]]
    parts = list(dict.fromkeys(parts))
    kind, neutral = (Or, False) if relation.operator is Temporal.DISJOINT else (And, True)
    if Truth(Literal(not neutral)) in parts:
        return Truth(Literal(not neutral))
    parts = [part for part in parts if part != Truth(Literal(neutral))]
    if not parts:
        return Truth(Literal(neutral))
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def _span(value: Value) -> _Span:
    if isinstance(value, Interval):
        start = -math.inf if value.start is None else _span(value.start).start
        end = math.inf if value.end is None else _span(value.end).end
        return _Span(start, end)
    if isinstance(value, Literal):
        if not isinstance(value.value, date):
            raise Untranslatable("“{value}” is not a time.", value=value.value)
        return _Span(Literal(instants.first(value.value)), Literal(instants.last(value.value)))
    return _Span(value, value)


def _compared(left: Value | float, how: Compare, right: Value | float) -> Condition:
    if isinstance(left, float) or isinstance(right, float):
        low = left if isinstance(left, float) else 0.0
        high = right if isinstance(right, float) else 0.0
        return Truth(Literal(holds(how, (low > high) - (low < high))))
    return Comparison(how, left, right)


def holds(how: Compare, order: int) -> bool:
    """Whether a comparison holds for what is smaller (-1), equal (0) or greater (1)."""
    return {
        Compare.EQUAL: order == 0,
        Compare.NOT_EQUAL: order != 0,
        Compare.LESS: order < 0,
        Compare.LESS_EQUAL: order <= 0,
        Compare.GREATER: order > 0,
        Compare.GREATER_EQUAL: order >= 0,
    }[how]


def portable(condition: Condition) -> Condition:
    """The same condition in the words that most servers know.

    NOT stands only before what has no opposite, and relations in time are comparisons. True, false and unknown stay
    what they were. A much used server library (pygeofilter 0.4) reads AND and OR from left to right, NOT only before a
    single predicate and no relations in time: written by `cql2.to_text`, this form says the same to it. It reads no
    quotation mark inside a text; CQL2 JSON has no such trouble.
    """
    if isinstance(condition, And | Or):
        return type(condition)(tuple(portable(part) for part in condition.conditions))
    if isinstance(condition, TemporalRelation):
        return comparisons(condition)
    if not isinstance(condition, Not):
        return condition
    inner = condition.condition
    if isinstance(inner, TemporalRelation):
        inner = portable(inner)
    if isinstance(inner, Not):
        return portable(inner.condition)
    if isinstance(inner, And | Or):
        other = Or if isinstance(inner, And) else And
        return other(tuple(portable(Not(part)) for part in inner.conditions))
    return opposite(inner)
