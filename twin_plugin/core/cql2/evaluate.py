"""Filters evaluated here, over the values and the geometry of features, with CQL2's true, false and unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ..common.errors import InputError
from . import ast, instants
from .like import FOLDS, expression, folded_pattern
from .temporal import ENDS, holds
from .visit import properties
from .writing import SWAPPED

GEOMETRY_NAMES = frozenset({"geometry", "geom", "the_geom", "shape", "wkb_geometry", "msgeometry"})
"""Names (in lower case) that stand for the geometry of a feature where no field is called so."""


@dataclass(frozen=True)
class FeatureRow:
    """One feature: its values by field, and its geometry in the CRS of the filter's geometries."""

    values: Mapping[str, Any]
    geometry: BaseGeometry | None = None


Answer = bool | None
Test = Callable[[FeatureRow], Answer]
_Get = Callable[[FeatureRow], Any]


def predicate(condition: ast.Condition) -> Test:
    """The condition as a function of a row that answers true, false, or None where a value is missing or no fit.

    A feature belongs to the result where the answer is true.

    Raises
    ------
    InputError
        For a function that is not known here.
    """
    match condition:
        case ast.And(parts):
            return _all([predicate(part) for part in parts], stop=False)
        case ast.Or(parts):
            return _all([predicate(part) for part in parts], stop=True)
        case ast.Not(inner):
            return _negated(predicate(inner))
        case ast.Comparison(operator, left, right):
            return _comparison(operator, _get(left), _get(right))
        case ast.Like(value, pattern, negated):
            return _like(_get(value), pattern, negated=negated)
        case ast.Between(value, low, high, negated):
            at_least = _comparison(ast.Compare.GREATER_EQUAL, _get(value), _get(low))
            at_most = _comparison(ast.Compare.LESS_EQUAL, _get(value), _get(high))
            both = _all([at_least, at_most], stop=False)
            return _negated(both) if negated else both
        case ast.In(value, options, negated):
            get = _get(value)
            any_ = _all([_comparison(ast.Compare.EQUAL, get, _get(option)) for option in options], stop=True)
            return _negated(any_) if negated else any_
        case ast.IsNull(value, negated):
            get = _get(value)
            return lambda row: (get(row) is None) != negated
        case ast.SpatialRelation():
            return _spatial(condition)
        case ast.TemporalRelation(operator, left, right):
            return _temporal(operator, _span(left), _span(right))
        case ast.Truth(value):
            get = _get(value)
            return lambda row: _truth(get(row))


def check_fields(condition: ast.Condition, fields: Iterable[str]) -> None:
    """Raise `InputError` where a condition names a field that the layer lacks."""
    known = set(fields)
    for name in properties(condition):
        if name not in known and name.lower() not in GEOMETRY_NAMES:
            listed = ", ".join(sorted(known)[:12]) or "none"
            raise InputError(
                "The filter names the field “{name}”, which the layer lacks; it has: {listed}.",
                name=name,
                listed=listed,
            )


def _truth(value: Any) -> Answer:
    return bool(value) if isinstance(value, bool) or value in (0, 1) else None


def _all(tests: list[Test], *, stop: bool) -> Test:
    """AND (`stop` False) or OR (`stop` True) of several, unknown where only an unknown one could decide."""

    return lambda row: _decided((test(row) for test in tests), stop)


def _decided(answers: Iterable[Answer], stop: bool) -> Answer:
    answer: Answer = not stop
    for found in answers:
        if found is stop:
            return stop
        if found is None:
            answer = None
    return answer


def _negated(test: Test) -> Test:
    def opposite(row: FeatureRow) -> Answer:
        found = test(row)
        return None if found is None else not found

    return opposite


def order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1 as `left` is below, like or above `right`; None where one is missing or they are of different kinds.

    A text counts as a time or a number beside one, where it reads as such; a day counts as its first instant.
    """
    if left is None or right is None:
        return None
    if type(left) is not type(right):
        left, right = _alike(left, right)
        if left is None or right is None:
            return None
    if isinstance(left, datetime):
        left, right = instants.aware(left), instants.aware(right)
    elif not isinstance(left, str | bool | int | float | date):
        return None if left != right else 0
    if left == right:
        return 0
    return -1 if left < right else 1 if left > right else None


def _alike(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, date) or isinstance(right, date):
        return _instant(left), _instant(right)
    if isinstance(left, str) and isinstance(right, int | float):
        return _number(left), right
    if isinstance(right, str) and isinstance(left, int | float):
        return left, _number(right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left, right
    return None, None


def _instant(value: Any) -> datetime | None:
    if isinstance(value, str):
        value = instants.read(value)
    return instants.first(value) if isinstance(value, date) else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _comparison(operator: ast.Compare, left: _Get, right: _Get) -> Test:
    answers = {sign: holds(operator, sign) for sign in (-1, 0, 1)}

    def test(row: FeatureRow) -> Answer:
        found = order(left(row), right(row))
        return None if found is None else answers[found]

    return test


def _like(get: _Get, pattern: str | ast.Function, *, negated: bool) -> Test:
    pattern = folded_pattern(pattern)
    matches = expression(pattern).fullmatch

    def test(row: FeatureRow) -> Answer:
        value = get(row)
        return (matches(value) is not None) != negated if isinstance(value, str) else None

    return test


def _get(node: ast.Value) -> _Get:
    match node:
        case ast.Property(name):
            return _property(name)
        case ast.Literal(value):
            return lambda row: value
        case ast.Shape(geometry):
            return lambda row: geometry
        case ast.Function(name, arguments):
            if name not in FOLDS or len(arguments) != 1:
                raise InputError("The function “{name}” is not known here: only CASEI and ACCENTI are.", name=name)
            return _folded(FOLDS[name], _get(arguments[0]))
        case ast.Arithmetic(operator, left, right):
            return _arithmetic(operator, _get(left), _get(right))
        case ast.Interval():
            raise InputError("An interval can only stand in a function such as T_INTERSECTS.")


def _property(name: str) -> _Get:
    is_geometry = name.lower() in GEOMETRY_NAMES

    def get(row: FeatureRow) -> Any:
        if name in row.values:
            value = row.values[name]
            return None if isinstance(value, float) and math.isnan(value) else value
        return row.geometry if is_geometry else None

    return get


def _folded(fold: Callable[[str], str], get: _Get) -> _Get:
    def folded(row: FeatureRow) -> Any:
        value = get(row)
        return fold(value) if isinstance(value, str) else None

    return folded


def _arithmetic(operator: ast.Sum, left: _Get, right: _Get) -> _Get:
    def get(row: FeatureRow) -> Any:
        a, b = left(row), right(row)
        a, b = (_number(value) if isinstance(value, str) else value for value in (a, b))
        if not isinstance(a, int | float) or not isinstance(b, int | float):
            return None
        try:
            return _sum(operator, a, b)
        except (ZeroDivisionError, OverflowError, ValueError):
            return None

    return get


def _sum(operator: ast.Sum, a: float, b: float) -> float | None:
    found: Any
    match operator:
        case ast.Sum.ADD:
            found = a + b
        case ast.Sum.SUBTRACT:
            found = a - b
        case ast.Sum.MULTIPLY:
            found = a * b
        case ast.Sum.DIVIDE:
            found = a / b
        case ast.Sum.INTEGER_DIVIDE:
            found = math.trunc(a / b)
        case ast.Sum.MODULO:
            found = a - b * math.trunc(a / b)
        case ast.Sum.POWER:
            found = float(a) ** float(b)
    return found if isinstance(found, int | float) and math.isfinite(found) else None


# Shapely's functions have CQL2's names.
_RELATIONS: dict[ast.Spatial, Callable[[Any, Any], Any]] = {
    operator: getattr(shapely, operator.value.removeprefix("s_")) for operator in ast.Spatial
}


def _geometry(node: ast.Value) -> _Get:
    if not isinstance(node, ast.Property):
        return _get(node)
    name = node.name

    def get(row: FeatureRow) -> Any:
        held = row.values.get(name)
        return held if isinstance(held, BaseGeometry) else row.geometry

    return get


def _spatial(node: ast.SpatialRelation) -> Test:
    operator, left, right = node.operator, node.left, node.right
    if isinstance(right, ast.Shape) and not isinstance(left, ast.Shape):
        # A prepared geometry has to be the first one; all relations but two are the same both ways.
        operator, left, right = SWAPPED.get(operator, operator), right, left
    if isinstance(left, ast.Shape):
        shapely.prepare(left.geometry)
    relation, first, second = _RELATIONS[operator], _geometry(left), _geometry(right)

    def test(row: FeatureRow) -> Answer:
        a, b = first(row), second(row)
        if not isinstance(a, BaseGeometry) or not isinstance(b, BaseGeometry):
            return None
        return bool(relation(a, b))

    return test


_Ends = dict[str, datetime | float | None]


def _span(node: ast.Value) -> Callable[[FeatureRow], _Ends]:
    """First and last instant of what stands there, None for unknown, infinite where an interval is open."""
    if isinstance(node, ast.Interval):
        start = None if node.start is None else _span(node.start)
        end = None if node.end is None else _span(node.end)
        return lambda row: {
            "start": -math.inf if start is None else start(row)["start"],
            "end": math.inf if end is None else end(row)["end"],
        }
    get = _get(node)

    def ends(row: FeatureRow) -> _Ends:
        value = get(row)
        if isinstance(value, str):
            value = instants.read(value)
        if not isinstance(value, date):
            return {"start": None, "end": None}
        return {"start": instants.first(value), "end": instants.last(value)}

    return ends


def _temporal(
    operator: ast.Temporal, left: Callable[[FeatureRow], _Ends], right: Callable[[FeatureRow], _Ends]
) -> Test:
    rules = ENDS[operator]
    stop = operator is ast.Temporal.DISJOINT

    def test(row: FeatureRow) -> Answer:
        ours, theirs = left(row), right(row)
        signs = ((how, _sign(ours[a], theirs[b])) for a, how, b in rules)
        return _decided((None if sign is None else holds(how, sign) for how, sign in signs), stop)

    return test


def _sign(left: datetime | float | None, right: datetime | float | None) -> int | None:
    if isinstance(left, float) or isinstance(right, float):
        low = left if isinstance(left, float) else 0.0
        high = right if isinstance(right, float) else 0.0
        return (low > high) - (low < high)
    if left is None or right is None:
        return None
    return (left > right) - (left < right)
