"""Filters written as CQL2 text and CQL2 JSON (OGC 21-065r2), and read from CQL2 JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import shapely

from . import ast, instants, wkt
from .lexer import KEYWORDS
from .visit import Untranslatable
from .writing import literal, number, quoted

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]+")
_RESERVED = KEYWORDS | {*wkt.NAMES, "DATE", "TIMESTAMP", "INTERVAL", "BBOX", "ENVELOPE", "CASEI", "ACCENTI"}
_RESERVED |= {item.value.upper() for kind in (ast.Spatial, ast.Temporal) for item in kind}
_RESERVED |= {"Z", "M", "ZM", "EQ", "NE", "LT", "GT", "LTE", "GTE", "INCLUDE", "EXCLUDE"}


def to_text(condition: ast.Condition) -> str:
    """The condition in CQL2 text; `parse` gives the same tree back.

    Raises
    ------
    Untranslatable
        For a text in which a backslash stands before a quotation mark or at the end: the standard has no way to write
        it, and a server could take what follows for a part of the filter.
    """
    match condition:
        case ast.And(parts):
            return " AND ".join(_bracketed(part) for part in parts) or "TRUE"
        case ast.Or(parts):
            return " OR ".join(_bracketed(part) for part in parts) or "FALSE"
        case ast.Not(inner):
            return f"NOT ({to_text(inner)})"
        case ast.Comparison(operator, left, right):
            return f"{_value(left)} {operator.value} {_value(right)}"
        case ast.Like(value, pattern, negated):
            written = _quoted(pattern) if isinstance(pattern, str) else _value(pattern)
            return f"{_value(value)} {'NOT ' if negated else ''}LIKE {written}"
        case ast.Between(value, low, high, negated):
            return f"{_value(value)} {'NOT ' if negated else ''}BETWEEN {_value(low)} AND {_value(high)}"
        case ast.In(value, options, negated):
            if not options:
                return "TRUE" if negated else "FALSE"
            return f"{_value(value)} {'NOT ' if negated else ''}IN ({', '.join(_value(option) for option in options)})"
        case ast.IsNull(value, negated):
            return f"{_value(value)} IS {'NOT ' if negated else ''}NULL"
        case ast.SpatialRelation(operator, left, right) | ast.TemporalRelation(operator, left, right):
            return f"{operator.value.upper()}({_value(left)}, {_value(right)})"
        case ast.Truth(value):
            return _value(value)


def _bracketed(node: ast.Condition) -> str:
    return f"({to_text(node)})" if isinstance(node, ast.And | ast.Or) else to_text(node)


def _value(node: ast.Value) -> str:
    match node:
        case ast.Property(name):
            return _name(name)
        case ast.Literal(value):
            return literal(value, _quoted, _time, ("FALSE", "TRUE"))
        case ast.Interval(start, end):
            return f"INTERVAL({_end(start)}, {_end(end)})"
        case ast.Shape(geometry):
            return wkt.write(geometry)
        case ast.Function(name, arguments):
            if not _PLAIN_NAME.fullmatch(name) and not re.fullmatch(r"[A-Za-z_]+", name):
                raise Untranslatable("The function “{name}” has a name that CQL2 text cannot hold.", name=name)
            return f"{name}({', '.join(_value(argument) for argument in arguments)})"
        case ast.Arithmetic(operator, left, right):
            return f"{_operand(left)} {operator.value} {_operand(right)}"


def _operand(node: ast.Value) -> str:
    return f"({_value(node)})" if isinstance(node, ast.Arithmetic) else _value(node)


def _name(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name) and name.upper() not in _RESERVED:
        return name
    if not name or "\0" in name:
        raise Untranslatable("A property without a name cannot be asked for.")
    return '"' + name.replace('"', '""') + '"'


def _time(value: date) -> str:
    return f"{'TIMESTAMP' if isinstance(value, datetime) else 'DATE'}('{instants.write(value)}')"


def _quoted(text: str) -> str:
    if re.search(r"\\(?:'|$)", text) or "\0" in text:
        raise Untranslatable("CQL2 text cannot hold a backslash before a quotation mark or at the end of a text.")
    return quoted(text)


def _end(value: ast.Literal | ast.Property | None) -> str:
    if value is None:
        return "'..'"
    if isinstance(value, ast.Literal) and isinstance(value.value, date):
        return f"'{instants.write(value.value)}'"
    return _value(value)


def to_json(condition: ast.Condition) -> dict[str, Any] | bool:
    """The condition in CQL2 JSON, as values that `json.dumps` writes."""
    match condition:
        case ast.And(parts) | ast.Or(parts):
            name = "and" if isinstance(condition, ast.And) else "or"
            return {"op": name, "args": [to_json(part) for part in parts]}
        case ast.Not(inner):
            return {"op": "not", "args": [to_json(inner)]}
        case ast.Comparison() | ast.SpatialRelation() | ast.TemporalRelation():
            return _call(condition.operator.value, condition.left, condition.right)
        case ast.Truth(value):
            given = _json(value)
            if isinstance(given, bool | dict):
                return given
            raise Untranslatable("A value that is neither true nor false stands where a condition should.")
        case _:
            return _json_negatable(condition)


def _json_negatable(condition: ast.Like | ast.Between | ast.In | ast.IsNull) -> dict[str, Any]:
    match condition:
        case ast.Like(value, pattern):
            given = {"op": "like", "args": [_json(value), pattern if isinstance(pattern, str) else _json(pattern)]}
        case ast.Between(value, low, high):
            given = _call("between", value, low, high)
        case ast.In(value, options):
            given = {"op": "in", "args": [_json(value), [_json(option) for option in options]]}
        case ast.IsNull(value):
            given = _call("isNull", value)
    return {"op": "not", "args": [given]} if condition.negated else given


def _call(name: str, *values: ast.Value) -> dict[str, Any]:
    return {"op": name, "args": [_json(value) for value in values]}


def _json(node: ast.Value) -> Any:
    match node:
        case ast.Property(name):
            return {"property": name}
        case ast.Literal(value):
            if isinstance(value, date):
                return {"timestamp" if isinstance(value, datetime) else "date": instants.write(value)}
            if isinstance(value, float):
                number(value)
            return value
        case ast.Interval(start, end):
            return {"interval": [_json_end(start), _json_end(end)]}
        case ast.Shape(geometry):
            return _plain(shapely.geometry.mapping(geometry))
        case ast.Function(name, arguments):
            return _call(name.lower() if name in ("CASEI", "ACCENTI") else name, *arguments)
        case ast.Arithmetic(operator, left, right):
            return _call(operator.value, left, right)


def _json_end(value: ast.Literal | ast.Property | None) -> Any:
    if value is None:
        return ".."
    if isinstance(value, ast.Literal) and isinstance(value.value, date):
        return instants.write(value.value)
    return _json(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
