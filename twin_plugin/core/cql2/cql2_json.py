"""CQL2 JSON (OGC 21-065r2) to the tree of a filter, with the same limits as CQL2 text."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from ..common.errors import InputError
from ..common.messages import Message
from . import ast, instants
from .parse import box
from .visit import check_size

NESTING_LIMIT = 100
_COMPARE = {item.value: item for item in ast.Compare}
_SPATIAL = {item.value: item for item in ast.Spatial}
_TEMPORAL = {item.value: item for item in ast.Temporal}
_SUMS = {item.value: item for item in ast.Sum}


def from_json(node: Any) -> ast.Condition:
    """The condition that CQL2 JSON states, given as parsed values.

    Raises
    ------
    InputError
        With the part that cannot be read.
    """
    condition = _condition(node, 0)
    check_size(condition)
    return condition


def _trouble(node: Any, expected: str, /, **values: object) -> InputError:
    return InputError(
        "The filter in JSON cannot be read at {given}: {expected}.",
        given=json.dumps(node, ensure_ascii=False, default=str)[:60],
        expected=Message(expected, **values),
    )


def _check_depth(depth: int) -> None:
    if depth > NESTING_LIMIT:
        raise InputError(
            "The filter in JSON is nested deeper than {nesting_limit}: simplify it.", nesting_limit=NESTING_LIMIT
        )


def _parts(node: Any, count: int | None = None) -> list[Any]:
    arguments = node.get("args")
    if not isinstance(arguments, list) or (count is not None and len(arguments) != count):
        raise _trouble(node, "“args” should hold {count} values", count=count or Message("a list of"))
    return arguments


def _condition(node: Any, depth: int) -> ast.Condition:
    _check_depth(depth)
    if isinstance(node, bool):
        return ast.Truth(ast.Literal(node))
    if not isinstance(node, dict):
        raise _trouble(node, "a condition was expected")
    if "property" in node:
        return ast.Truth(_value(node, depth))
    name = node.get("op")
    if not isinstance(name, str):
        raise _trouble(node, "“op” was expected")
    lower = name.lower()
    if lower in ("and", "or"):
        parts = tuple(_condition(part, depth + 1) for part in _parts(node))
        return ast.And(parts) if lower == "and" else ast.Or(parts)
    if lower == "not":
        return _not(node, depth)
    if lower in ("like", "between", "in", "isnull"):
        return _predicate(lower, node, depth)
    return _relation(name, node, depth)


def _not(node: Any, depth: int) -> ast.Condition:
    inner = _condition(_parts(node, 1)[0], depth + 1)
    if isinstance(inner, ast.Like | ast.Between | ast.In | ast.IsNull) and not inner.negated:
        return type(inner)(**{**inner.__dict__, "negated": True})
    return ast.Not(inner)


def _predicate(name: str, node: Any, depth: int) -> ast.Condition:
    count = {"like": 2, "between": 3, "in": 2, "isnull": 1}[name]
    arguments = _parts(node, count)
    value = _value(arguments[0], depth)
    if name == "isnull":
        return ast.IsNull(value)
    if name == "between":
        return ast.Between(value, _value(arguments[1], depth), _value(arguments[2], depth))
    if name == "in":
        if not isinstance(arguments[1], list):
            raise _trouble(node, "a list was expected after the value")
        return ast.In(value, tuple(_value(option, depth) for option in arguments[1]))
    pattern = _value(arguments[1], depth)
    if isinstance(pattern, ast.Literal) and isinstance(pattern.value, str):
        return ast.Like(value, pattern.value)
    if isinstance(pattern, ast.Function) and pattern.name in ("CASEI", "ACCENTI"):
        return ast.Like(value, pattern)
    raise _trouble(node, "a pattern was expected")


def _relation(name: str, node: Any, depth: int) -> ast.Condition:
    if name in _COMPARE or name.lower() in _SPATIAL or name.lower() in _TEMPORAL:
        left, right = (_value(part, depth) for part in _parts(node, 2))
        if name in _COMPARE:
            return ast.Comparison(_COMPARE[name], left, right)
        if name.lower() in _SPATIAL:
            return ast.SpatialRelation(_SPATIAL[name.lower()], left, right)
        return ast.TemporalRelation(_TEMPORAL[name.lower()], left, right)
    return ast.Truth(_value(node, depth))


def _value(node: Any, depth: int) -> ast.Value:
    _check_depth(depth)
    if isinstance(node, str | int) or (isinstance(node, float) and abs(node) < float("inf")):
        return ast.Literal(node)
    if not isinstance(node, dict):
        raise _trouble(node, "a value was expected")
    if isinstance(node.get("property"), str):
        return ast.Property(node["property"])
    for key, day in (("date", True), ("timestamp", False)):
        if key in node:
            return _instant(node, key, day=day)
    if "interval" in node:
        ends = node["interval"]
        if not isinstance(ends, list) or len(ends) != 2:
            raise _trouble(node, "the two ends of an interval were expected")
        return ast.Interval(_end(ends[0], node), _end(ends[1], node))
    if "coordinates" in node or "geometries" in node or "bbox" in node:
        return ast.Shape(_geometry(node))
    name = node.get("op", node.get("function"))
    if not isinstance(name, str):
        raise _trouble(node, "a value was expected")
    if name in _SUMS:
        left, right = (_value(part, depth + 1) for part in _parts(node, 2))
        return ast.Arithmetic(_SUMS[name], left, right)
    arguments = tuple(_value(part, depth + 1) for part in _parts(node))
    return ast.Function(name.upper() if name.lower() in ("casei", "accenti") else name, arguments)


def _instant(node: Any, key: str, *, day: bool) -> ast.Literal:
    value = instants.read(node[key]) if isinstance(node[key], str) else None
    if value is None or (type(value) is date) != day:
        raise _trouble(node, "a time was expected")
    return ast.Literal(value)


def _end(node: Any, whole: Any) -> ast.Literal | ast.Property | None:
    if node == "..":
        return None
    if isinstance(node, dict) and isinstance(node.get("property"), str):
        return ast.Property(node["property"])
    value = instants.read(node) if isinstance(node, str) else None
    if value is None:
        raise _trouble(whole, "a time, “..” or a property was expected")
    return ast.Literal(value)


def _geometry(node: Any) -> BaseGeometry:
    try:
        if "bbox" in node and "type" not in node:
            sides = [float(side) for side in node["bbox"]]
            return box(*(sides if len(sides) == 4 else (*sides[:2], *sides[3:5])))
        geometry: BaseGeometry = shape(node)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise _trouble(node, "the geometry cannot be read") from error
    if geometry.is_empty:
        raise _trouble(node, "the geometry is empty")
    return geometry
