"""Filters as OData's $filter in the words of SensorThings 1.1 (OGC 18-088, section 9.3.3.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import ast, instants, like, wkt
from .evaluate import GEOMETRY_NAMES
from .temporal import portable
from .visit import Untranslatable
from .writing import literal, lower, quoted

_OPERATORS = {
    ast.Compare.EQUAL: "eq",
    ast.Compare.NOT_EQUAL: "ne",
    ast.Compare.LESS: "lt",
    ast.Compare.LESS_EQUAL: "le",
    ast.Compare.GREATER: "gt",
    ast.Compare.GREATER_EQUAL: "ge",
}
_SUMS = {ast.Sum.ADD: "add", ast.Sum.SUBTRACT: "sub", ast.Sum.MULTIPLY: "mul"}
_PATH = re.compile(r"@?[^\W\d][\w.]*(?:/[^\W\d][\w.]*)*")
OPTIONS_LIMIT = 50


@dataclass(frozen=True)
class ODataCompiler:
    """Conditions to OData.

    Attributes
    ----------
    geometry : str
        Path of the geometry from the entity that is asked for, such as "location" or "Locations/location"; "" where
        the server relates no geometries.
    """

    geometry: str = "location"

    def compile_filter(self, condition: ast.Condition) -> str:
        """What stands after `$filter=`, before percent-encoding.

        Raises
        ------
        Untranslatable
            For what SensorThings cannot say as CQL2 means it. IS NULL is among it, for servers do not agree on null.
        """
        return self._condition(portable(condition))

    def _condition(self, node: ast.Condition) -> str:
        match node:
            case ast.And(parts) | ast.Or(parts) if parts:
                word = " and " if isinstance(node, ast.And) else " or "
                return "(" + word.join(self._condition(part) for part in parts) + ")"
            case ast.Not(inner):
                return f"not ({self._condition(inner)})"
            case ast.Comparison(operator, left, right):
                return f"{self._value(left)} {_OPERATORS[operator]} {self._value(right)}"
            case ast.Between(value, low, high, negated):
                what, ends = self._value(value), (self._value(low), self._value(high))
                if negated:
                    return f"({what} lt {ends[0]} or {what} gt {ends[1]})"
                return f"({what} ge {ends[0]} and {what} le {ends[1]})"
            case ast.In(value, options, negated) if options:
                return self._in(value, options, negated=negated)
            case ast.Like():
                return self._like(node)
            case ast.SpatialRelation(operator, left, right):
                name = "st_" + operator.value.removeprefix("s_")
                return f"{name}({self._geometry(left)}, {self._geometry(right)})"
            case ast.Truth(ast.Property() as value):
                return f"{self._value(value)} eq true"
            case ast.TemporalRelation():
                return self._condition(portable(node))
            case _:
                raise Untranslatable("SensorThings has no words for a part of this filter.")

    def _in(self, value: ast.Value, options: tuple[ast.Value, ...], *, negated: bool) -> str:
        if len(options) > OPTIONS_LIMIT:
            raise Untranslatable(
                "A list of more than {options_limit} values is too long for an address.", options_limit=OPTIONS_LIMIT
            )
        what = self._value(value)
        word, operator = (" and ", "ne") if negated else (" or ", "eq")
        return "(" + word.join(f"{what} {operator} {self._value(option)}" for option in options) + ")"

    def _like(self, node: ast.Like) -> str:
        value, pattern = node.value, node.pattern
        bare = like.caseless(value, pattern)
        if bare is not None:
            what, pattern = f"tolower({self._value(bare[0])})", lower(bare[1])
        else:
            what = self._value(value)
        simple = like.ends(pattern) if isinstance(pattern, str) else None
        if simple is None:
            raise Untranslatable("SensorThings finds texts only at the start, at the end, or anywhere.")
        before, text, after = simple
        written = _quoted(text)
        if before and after:
            found = f"substringof({written}, {what})"
        elif after:
            found = f"startswith({what}, {written})"
        elif before:
            found = f"endswith({what}, {written})"
        else:
            return f"{what} {'ne' if node.negated else 'eq'} {written}"
        return f"not ({found})" if node.negated else found

    def _value(self, node: ast.Value) -> str:
        match node:
            case ast.Property(name):
                return _path(name)
            case ast.Literal(value):
                return literal(value, _quoted, lambda moment: instants.write(instants.first(moment)))
            case ast.Function("CASEI", (ast.Literal(value),)) if isinstance(value, str):
                return _quoted(lower(value))
            case ast.Function("CASEI", (ast.Property(name),)):
                return f"tolower({_path(name)})"
            case ast.Arithmetic(operator, left, right) if operator in _SUMS:
                return f"({self._value(left)} {_SUMS[operator]} {self._value(right)})"
            case ast.Arithmetic(ast.Sum.DIVIDE, left, ast.Literal(value)) if isinstance(value, int | float) and value:
                return f"({self._value(left)} div {float(value)!r})"
            case _:
                raise Untranslatable("SensorThings does not know a function or an operation of this filter.")

    def _geometry(self, node: ast.Value) -> str:
        if not self.geometry:
            raise Untranslatable("The server relates no geometries.")
        if isinstance(node, ast.Shape):
            return f"geography'{wkt.write(node.geometry)}'"
        if isinstance(node, ast.Property):
            return self.geometry if node.name.lower() in GEOMETRY_NAMES else _path(node.name)
        raise Untranslatable("SensorThings relates geometries of the filter and of the service only.")


def _path(name: str) -> str:
    if not _PATH.fullmatch(name):
        raise Untranslatable("“{name}” is no name of a property in OData.", name=name)
    return name


def _quoted(text: str) -> str:
    if "\0" in text:
        raise Untranslatable("A text with a zero character cannot be written.")
    return quoted(text)
