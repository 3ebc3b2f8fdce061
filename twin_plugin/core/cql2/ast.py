"""The tree of a filter, after OGC CQL2 (21-065r2): values, properties, functions, and conditions over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class Compare(StrEnum):
    """Comparisons of two values."""

    EQUAL = "="
    NOT_EQUAL = "<>"
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="


class Spatial(StrEnum):
    """Relations of two geometries; the values are CQL2's names."""

    INTERSECTS = "s_intersects"
    EQUALS = "s_equals"
    DISJOINT = "s_disjoint"
    TOUCHES = "s_touches"
    WITHIN = "s_within"
    OVERLAPS = "s_overlaps"
    CROSSES = "s_crosses"
    CONTAINS = "s_contains"


class Temporal(StrEnum):
    """Relations of two instants or intervals; the values are CQL2's names."""

    AFTER = "t_after"
    BEFORE = "t_before"
    CONTAINS = "t_contains"
    DISJOINT = "t_disjoint"
    DURING = "t_during"
    EQUALS = "t_equals"
    FINISHED_BY = "t_finishedby"
    FINISHES = "t_finishes"
    INTERSECTS = "t_intersects"
    MEETS = "t_meets"
    MET_BY = "t_metby"
    OVERLAPPED_BY = "t_overlappedby"
    OVERLAPS = "t_overlaps"
    STARTED_BY = "t_startedby"
    STARTS = "t_starts"


class Sum(StrEnum):
    """Arithmetic."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    MODULO = "%"
    INTEGER_DIVIDE = "div"
    POWER = "^"


@dataclass(frozen=True)
class Property:
    """A field of the features, by name."""

    name: str


@dataclass(frozen=True)
class Literal:
    """A text, number, truth value, date (UTC day) or instant (aware datetime)."""

    value: str | int | float | bool | date | datetime


@dataclass(frozen=True)
class Interval:
    """From and to; None stands for open ('..')."""

    start: Literal | Property | None
    end: Literal | Property | None


@dataclass(frozen=True)
class Shape:
    """A geometry in longitude and latitude, or in the filter's CRS."""

    geometry: BaseGeometry


@dataclass(frozen=True)
class Function:
    """A function such as CASEI, ACCENTI or one of the server's."""

    name: str
    arguments: tuple[Value, ...]


@dataclass(frozen=True)
class Arithmetic:
    operator: Sum
    left: Value
    right: Value


Value = Property | Literal | Interval | Shape | Function | Arithmetic


@dataclass(frozen=True)
class Comparison:
    operator: Compare
    left: Value
    right: Value


@dataclass(frozen=True)
class Like:
    """A text pattern: % is any text, _ one character, a backslash takes the next one as it is.

    The pattern is a text, or CASEI or ACCENTI around one (a `Literal` inside a `Function`).
    """

    value: Value
    pattern: str | Function
    negated: bool = False


@dataclass(frozen=True)
class Between:
    value: Value
    low: Value
    high: Value
    negated: bool = False


@dataclass(frozen=True)
class In:
    value: Value
    options: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True)
class IsNull:
    value: Value
    negated: bool = False


@dataclass(frozen=True)
class SpatialRelation:
    operator: Spatial
    left: Value
    right: Value


@dataclass(frozen=True)
class TemporalRelation:
    operator: Temporal
    left: Value
    right: Value


@dataclass(frozen=True)
class Not:
    condition: Condition


@dataclass(frozen=True)
class And:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Or:
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Truth:
    """A condition that is always true or false, or a function or property that gives a truth value."""

    value: Value


Condition = Comparison | Like | Between | In | IsNull | SpatialRelation | TemporalRelation | Not | And | Or | Truth
