"""CQL2 text (OGC 21-065r2) to the tree of a filter, with limits on length and nesting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ..common.errors import InputError
from ..common.messages import Message
from . import ast, instants, wkt
from .lexer import Token, tokens, trouble
from .visit import check_size

NESTING_LIMIT = 40
_FOLDING = ("CASEI", "ACCENTI")
_COMPARE = {item.value: item for item in ast.Compare}
_SPATIAL: dict[str, ast.Spatial] = {item.value: item for item in ast.Spatial}
_TEMPORAL: dict[str, ast.Temporal] = {item.value: item for item in ast.Temporal}
_ARRAYS = ("a_equals", "a_contains", "a_containedby", "a_overlaps")


def parse(text: str) -> ast.Condition:
    """The condition that a filter in CQL2 text states.

    Beyond the standard it takes "!=", a bare property that holds a truth value, and instants with a zone other than Z.
    Functions on arrays (A_CONTAINS and its like) are not taken.

    Raises
    ------
    InputError
        With the character (from 1) where the text cannot be read, and what was expected there.
    """
    parser = _Parser(text)
    if parser.here.kind == "end":
        raise InputError('The filter is empty: write a condition such as "level > 3", or leave it out.')
    node = parser.condition()
    if parser.here.kind != "end":
        raise parser.trouble("AND, OR or the end was expected")
    check_size(node)
    return node


class _Parser:
    """Recursive descent; `node` methods give a value or a condition, since a bracket may open either."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(tokens(text))
        self.at = 0
        self.depth = 0

    @property
    def here(self) -> Token:
        return self.words[self.at]

    def trouble(self, expected: str, token: Token | None = None, /, **values: Any) -> InputError:
        return trouble(self.text, (token or self.here).start, expected, **values)

    def take(self) -> Token:
        token = self.here
        self.at += token.kind != "end"
        return token

    def sees(self, kind: str, *values: str) -> bool:
        return self.here.kind == kind and self.here.value in values

    def skip(self, kind: str, *values: str) -> str | None:
        return str(self.take().value) if self.sees(kind, *values) else None

    def expect(self, sign: str) -> None:
        if not self.skip("sign", sign):
            raise self.trouble("“{sign}” was expected", sign=sign)

    def opens(self) -> bool:
        """Whether the word after this one is an opening bracket."""
        following = self.words[min(self.at + 1, len(self.words) - 1)]
        return following.kind == "sign" and following.value == "("

    def nested(self, rule: Callable[[], Any]) -> Any:
        self.depth += 1
        if self.depth > NESTING_LIMIT:
            raise self.trouble("brackets, functions and NOT go at most {limit} deep", limit=NESTING_LIMIT)
        node = rule()
        self.depth -= 1
        return node

    def condition(self) -> ast.Condition:
        start = self.here
        return self.as_condition(self.either(), start)

    def as_condition(self, node: ast.Value | ast.Condition, start: Token) -> ast.Condition:
        if not isinstance(node, ast.Value):
            return node
        if isinstance(node, ast.Property | ast.Function) or (
            isinstance(node, ast.Literal) and isinstance(node.value, bool)
        ):
            if isinstance(node, ast.Function) and node.name in _FOLDING:
                raise self.trouble("a comparison was expected after the text")
            return ast.Truth(node)
        raise self.trouble("a comparison such as =, <, LIKE, BETWEEN, IN or IS NULL was expected", self.here)

    def either(self) -> ast.Value | ast.Condition:
        return self.joined("OR", lambda: self.joined("AND", self.factor, ast.And), ast.Or)

    def joined(
        self, word: str, rule: Callable[[], ast.Value | ast.Condition], kind: type[ast.And] | type[ast.Or]
    ) -> ast.Value | ast.Condition:
        start = self.here
        node = rule()
        if not self.sees("keyword", word):
            return node
        parts = [self.as_condition(node, start)]
        while self.skip("keyword", word):
            start = self.here
            parts.append(self.as_condition(rule(), start))
        return kind(tuple(parts))

    def factor(self) -> ast.Value | ast.Condition:
        if self.skip("keyword", "NOT"):
            start = self.here
            return ast.Not(self.as_condition(self.nested(self.factor), start))
        return self.predicate()

    def predicate(self) -> ast.Value | ast.Condition:
        start = self.here
        left = self.sum()
        if self.here.kind == "sign" and self.here.value in _COMPARE:
            operator = _COMPARE[self.take().value]
            return self.compared(operator, left, start)
        if not self.sees("keyword", "NOT", "LIKE", "BETWEEN", "IN", "IS"):
            return left
        value = self.as_value(left, start)
        if self.skip("keyword", "IS"):
            negated = bool(self.skip("keyword", "NOT"))
            if not self.skip("keyword", "NULL"):
                raise self.trouble("NULL was expected")
            return ast.IsNull(value, negated)
        negated = bool(self.skip("keyword", "NOT"))
        if self.skip("keyword", "LIKE"):
            return ast.Like(value, self.pattern(), negated)
        if self.skip("keyword", "BETWEEN"):
            low = self.value()
            if not self.skip("keyword", "AND"):
                raise self.trouble("AND and the upper end were expected")
            return ast.Between(value, low, self.value(), negated)
        if self.skip("keyword", "IN"):
            self.expect("(")
            return ast.In(value, tuple(self.list(self.value)), negated)
        raise self.trouble("LIKE, BETWEEN or IN was expected")

    def compared(self, operator: ast.Compare, left: ast.Value | ast.Condition, start: Token) -> ast.Condition:
        middle = self.here
        right = self.sum()
        if isinstance(left, ast.Value) and isinstance(right, ast.Value):
            return ast.Comparison(operator, left, right)
        # The standard compares conditions with truth values; that is the condition itself, or its opposite.
        condition, other = (right, left) if isinstance(left, ast.Value) else (left, right)
        truth = other.value if isinstance(other, ast.Literal) else None
        if (
            isinstance(condition, ast.Value)
            or not isinstance(truth, bool)
            or operator not in (ast.Compare.EQUAL, ast.Compare.NOT_EQUAL)
        ):
            raise self.trouble(
                "a condition can only be compared with TRUE or FALSE", start if isinstance(right, ast.Value) else middle
            )
        return condition if truth == (operator is ast.Compare.EQUAL) else ast.Not(condition)

    def pattern(self) -> str | ast.Function:
        if self.here.kind == "text":
            return str(self.take().value)
        if self.here.kind == "name" and self.here.value.upper() in _FOLDING and self.opens():
            name = self.take().value.upper()
            self.expect("(")
            inner = self.nested(self.pattern)
            self.expect(")")
            return ast.Function(name, (ast.Literal(inner) if isinstance(inner, str) else inner,))
        raise self.trouble("a pattern in single quotes was expected")

    def value(self) -> ast.Value:
        start = self.here
        return self.as_value(self.sum(), start)

    def as_value(self, node: ast.Value | ast.Condition, start: Token) -> ast.Value:
        if isinstance(node, ast.Value):
            return node
        raise self.trouble("a value was expected, and this is a condition", start)

    def list(self, rule: Callable[[], Any]) -> list[Any]:
        """What stands up to the closing bracket, at least one."""
        found = [self.nested(rule)]
        while self.skip("sign", ","):
            found.append(self.nested(rule))
        if not self.skip("sign", ")"):
            raise self.trouble("“,” or “)” was expected")
        return found

    def sum(self) -> ast.Value | ast.Condition:
        return self.chain(self.product, {"+": ast.Sum.ADD, "-": ast.Sum.SUBTRACT})

    def product(self) -> ast.Value | ast.Condition:
        return self.chain(
            self.power, {"*": ast.Sum.MULTIPLY, "/": ast.Sum.DIVIDE, "%": ast.Sum.MODULO, "DIV": ast.Sum.INTEGER_DIVIDE}
        )

    def chain(
        self, rule: Callable[[], ast.Value | ast.Condition], signs: dict[str, ast.Sum]
    ) -> ast.Value | ast.Condition:
        start = self.here
        node = rule()
        length = 0
        while sign := self.skip("sign", *signs) or self.skip("keyword", *signs):
            length += 1
            if length > NESTING_LIMIT:
                raise self.trouble("at most {limit} operations stand in a row: use brackets", limit=NESTING_LIMIT)
            left = self.as_value(node, start)
            start = self.here
            node = ast.Arithmetic(signs[sign], left, self.as_value(rule(), start))
        return node

    def power(self) -> ast.Value | ast.Condition:
        start = self.here
        node = self.primary()
        if self.skip("sign", "^"):
            left = self.as_value(node, start)
            start = self.here
            return ast.Arithmetic(ast.Sum.POWER, left, self.as_value(self.nested(self.power), start))
        return node

    def primary(self) -> ast.Value | ast.Condition:
        token = self.here
        if token.kind in ("number", "text"):
            return ast.Literal(self.take().value)
        if self.skip("keyword", "TRUE", "FALSE"):
            return ast.Literal(token.value == "TRUE")
        if token.kind == "quoted":
            self.take()
            return ast.Property(str(token.value))
        if token.kind == "name":
            return self.named()
        if self.skip("sign", "-", "+"):
            return self.signed(negative=token.value == "-")
        if self.skip("sign", "("):
            node: ast.Value | ast.Condition = self.nested(self.either)
            if not self.skip("sign", ")"):
                raise self.trouble("AND, OR, an operator or “)” was expected")
            return node
        if token.kind == "sign" and token.value == "[":
            raise self.trouble("arrays are not taken in filters here")
        raise self.trouble("a value or a condition was expected")

    def signed(self, *, negative: bool) -> ast.Value:
        if self.here.kind == "number":
            number = self.take().value
            return ast.Literal(-number if negative else number)
        start = self.here
        value = self.as_value(self.nested(self.primary), start)
        return ast.Arithmetic(ast.Sum.MULTIPLY, ast.Literal(-1), value) if negative else value

    def named(self) -> ast.Value | ast.Condition:
        token = self.here
        word = str(token.value)
        upper = word.upper()
        shape = self.shape(upper)
        if shape is not None:
            return shape
        if not self.opens():
            self.take()
            return ast.Property(word)
        if upper in ("DATE", "TIMESTAMP", "INTERVAL", "BBOX", "ENVELOPE"):
            self.at += 2
            if upper == "INTERVAL":
                return self.interval()
            return self.box(token) if upper in ("BBOX", "ENVELOPE") else self.instant(upper)
        if word.lower() in _ARRAYS:
            raise self.trouble("functions on arrays are not taken here")
        self.at += 2
        if word.lower() in _SPATIAL or word.lower() in _TEMPORAL:
            return self.relation(word.lower(), token)
        arguments = () if self.skip("sign", ")") else tuple(self.list(self.value))
        if upper in _FOLDING and len(arguments) != 1:
            raise self.trouble("{name} takes one text", token, name=upper)
        return ast.Function(upper if upper in _FOLDING else word, arguments)

    def relation(self, name: str, token: Token) -> ast.Condition:
        arguments = self.list(self.value)
        if len(arguments) != 2:
            raise self.trouble(
                "{name} takes two arguments and has {count}", token, name=name.upper(), count=len(arguments)
            )
        left, right = arguments
        spatial = name in _SPATIAL
        allowed = (
            ast.Shape | ast.Property | ast.Function
            if spatial
            else ast.Literal | ast.Interval | ast.Property | ast.Function
        )
        for value in arguments:
            timeless = isinstance(value, ast.Literal) and not isinstance(value.value, date)
            if not isinstance(value, allowed) or timeless:
                kinds = Message("a geometry") if spatial else "DATE, TIMESTAMP, INTERVAL"
                raise self.trouble("{name} takes {kinds} or a property", token, name=name.upper(), kinds=kinds)
        if spatial:
            return ast.SpatialRelation(_SPATIAL[name], left, right)
        return ast.TemporalRelation(_TEMPORAL[name], left, right)

    def instant(self, kind: str) -> ast.Literal:
        token = self.take()
        value = instants.read(token.value) if token.kind == "text" else None
        if value is None or (kind == "DATE") != (type(value) is date):
            example = "'2024-06-01'" if kind == "DATE" else "'2024-06-01T08:00:00Z'"
            raise self.trouble("a time such as {example} was expected", token, example=example)
        self.expect(")")
        return ast.Literal(value)

    def interval(self) -> ast.Interval:
        token = self.here
        ends = self.list(self.end_of_interval)
        if len(ends) != 2:
            raise self.trouble("INTERVAL takes its two ends", token)
        start, end = ends
        if isinstance(start, ast.Literal) and isinstance(end, ast.Literal):
            low, high = start.value, end.value
            if isinstance(low, date) and isinstance(high, date) and instants.first(low) > instants.last(high):
                raise self.trouble("the interval ends before it starts", token)
        return ast.Interval(start, end)

    def end_of_interval(self) -> ast.Literal | ast.Property | None:
        token = self.take()
        if token.kind == "quoted" or (token.kind == "name" and not self.sees("sign", "(")):
            return ast.Property(str(token.value))
        if token.kind == "name" and token.value.upper() in ("DATE", "TIMESTAMP"):
            self.take()
            return self.instant(token.value.upper())
        if token.kind == "text" and token.value == "..":
            return None
        value = instants.read(token.value) if token.kind == "text" else None
        if value is None:
            raise self.trouble("a time in single quotes, '..' or a property was expected", token)
        return ast.Literal(value)

    def shape(self, upper: str) -> ast.Shape | None:
        """A geometry in well-known text that starts here, or None where none does."""
        if upper not in wkt.NAMES:
            return None
        first, opening = self.here, self.at + 1
        if self.words[opening].kind == "name" and self.words[opening].value.upper() in ("Z", "M", "ZM"):
            opening += 1
        if not (self.words[opening].kind == "sign" and self.words[opening].value == "("):
            return None
        depth = 0
        for index in range(opening, len(self.words)):
            word = self.words[index]
            if word.kind == "sign":
                depth += (word.value == "(") - (word.value == ")")
            if depth == 0 or word.kind == "end":
                break
        self.at = index + (word.kind != "end")
        try:
            return ast.Shape(wkt.read(self.text[first.start : word.end]))
        except ValueError as error:
            raise self.trouble("this geometry cannot be read ({reason})", first, reason=error.args[0]) from error

    def box(self, token: Token) -> ast.Shape:
        sides = [value.value if isinstance(value, ast.Literal) else None for value in self.list(self.value)]
        numbers = [float(side) for side in sides if isinstance(side, int | float) and not isinstance(side, bool)]
        if len(numbers) != len(sides) or len(sides) not in (4, 6):
            raise self.trouble("west, south, east and north were expected, as numbers", token)
        west, south, east, north = numbers if len(sides) == 4 else (*numbers[:2], *numbers[3:5])
        if south > north:
            raise self.trouble("the box has its south above its north", token)
        return ast.Shape(box(west, south, east, north))


def box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """The rectangle; two of them, in degrees, where west lies beyond east and it crosses the 180th meridian."""
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.MultiPolygon([shapely.box(west, south, 180.0, north), shapely.box(-180.0, south, east, north)])
