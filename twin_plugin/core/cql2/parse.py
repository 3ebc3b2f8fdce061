"""CQL2 text (OGC 21-065r2) to the tree of a filter, with limits on length and nesting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from ..common.errors import InputError
from . import instants, wkt
from .ast import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Condition,
    Function,
    In,
    Interval,
    IsNull,
    Like,
    Literal,
    Not,
    Or,
    Property,
    Shape,
    Spatial,
    SpatialRelation,
    Sum,
    Temporal,
    TemporalRelation,
    Truth,
    Value,
)
from .lexer import Token, tokens, trouble
from .visit import check_size

NESTING_LIMIT = 40
_FOLDING = ("CASEI", "ACCENTI")
_COMPARE = {item.value: item for item in Compare}
_SPATIAL: dict[str, Spatial] = {item.value: item for item in Spatial}
_TEMPORAL: dict[str, Temporal] = {item.value: item for item in Temporal}
_ARRAYS = ("a_equals", "a_contains", "a_containedby", "a_overlaps")


def parse(text: str) -> Condition:
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

    def trouble(self, expected: str, token: Token | None = None) -> InputError:
        return trouble(self.text, (token or self.here).start, expected)

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
            raise self.trouble(f"“{sign}” was expected")

    def opens(self) -> bool:
        """Whether the word after this one is an opening bracket."""
        following = self.words[min(self.at + 1, len(self.words) - 1)]
        return following.kind == "sign" and following.value == "("

    def nested(self, rule: Callable[[], Any]) -> Any:
        self.depth += 1
        if self.depth > NESTING_LIMIT:
            raise self.trouble(f"brackets, functions and NOT go at most {NESTING_LIMIT} deep")
        node = rule()
        self.depth -= 1
        return node

    def condition(self) -> Condition:
        start = self.here
        return self.as_condition(self.either(), start)

    def as_condition(self, node: Value | Condition, start: Token) -> Condition:
        if not isinstance(node, Value):
            return node
        if isinstance(node, Property | Function) or (isinstance(node, Literal) and isinstance(node.value, bool)):
            if isinstance(node, Function) and node.name in _FOLDING:
                raise self.trouble("a comparison was expected after the text")
            return Truth(node)
        raise self.trouble("a comparison such as =, <, LIKE, BETWEEN, IN or IS NULL was expected", self.here)

    def either(self) -> Value | Condition:
        return self.joined("OR", lambda: self.joined("AND", self.factor, And), Or)

    def joined(self, word: str, rule: Callable[[], Value | Condition], kind: type[And] | type[Or]) -> Value | Condition:
        start = self.here
        node = rule()
        if not self.sees("keyword", word):
            return node
        parts = [self.as_condition(node, start)]
        while self.skip("keyword", word):
            start = self.here
            parts.append(self.as_condition(rule(), start))
        return kind(tuple(parts))

    def factor(self) -> Value | Condition:
        if self.skip("keyword", "NOT"):
            start = self.here
            return Not(self.as_condition(self.nested(self.factor), start))
        return self.predicate()

    def predicate(self) -> Value | Condition:
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
            return IsNull(value, negated)
        negated = bool(self.skip("keyword", "NOT"))
        if self.skip("keyword", "LIKE"):
            return Like(value, self.pattern(), negated)
        if self.skip("keyword", "BETWEEN"):
            low = self.value()
            if not self.skip("keyword", "AND"):
                raise self.trouble("AND and the upper end were expected")
            return Between(value, low, self.value(), negated)
        if self.skip("keyword", "IN"):
            self.expect("(")
            return In(value, tuple(self.list(self.value)), negated)
        raise self.trouble("LIKE, BETWEEN or IN was expected")

    def compared(self, operator: Compare, left: Value | Condition, start: Token) -> Condition:
        middle = self.here
        right = self.sum()
        if isinstance(left, Value) and isinstance(right, Value):
            return Comparison(operator, left, right)
        # The standard compares conditions with truth values; that is the condition itself, or its opposite.
        condition, other = (right, left) if isinstance(left, Value) else (left, right)
        truth = other.value if isinstance(other, Literal) else None
        if (
            isinstance(condition, Value)
            or not isinstance(truth, bool)
            or operator not in (Compare.EQUAL, Compare.NOT_EQUAL)
        ):
            raise self.trouble(
                "a condition can only be compared with TRUE or FALSE", start if isinstance(right, Value) else middle
            )
        return condition if truth == (operator is Compare.EQUAL) else Not(condition)

    def pattern(self) -> str | Function:
        if self.here.kind == "text":
            return str(self.take().value)
        if self.here.kind == "name" and self.here.value.upper() in _FOLDING and self.opens():
            name = self.take().value.upper()
            self.expect("(")
            inner = self.nested(self.pattern)
            self.expect(")")
            return Function(name, (Literal(inner) if isinstance(inner, str) else inner,))
        raise self.trouble("a pattern in single quotes was expected")

    def value(self) -> Value:
        start = self.here
        return self.as_value(self.sum(), start)

    def as_value(self, node: Value | Condition, start: Token) -> Value:
        if isinstance(node, Value):
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

    def sum(self) -> Value | Condition:
        return self.chain(self.product, {"+": Sum.ADD, "-": Sum.SUBTRACT})

    def product(self) -> Value | Condition:
        return self.chain(self.power, {"*": Sum.MULTIPLY, "/": Sum.DIVIDE, "%": Sum.MODULO, "DIV": Sum.INTEGER_DIVIDE})

    def chain(self, rule: Callable[[], Value | Condition], signs: dict[str, Sum]) -> Value | Condition:
        start = self.here
        node = rule()
        length = 0
        while sign := self.skip("sign", *signs) or self.skip("keyword", *signs):
            length += 1
            if length > NESTING_LIMIT:
                raise self.trouble(f"at most {NESTING_LIMIT} operations stand in a row: use brackets")
            left = self.as_value(node, start)
            start = self.here
            node = Arithmetic(signs[sign], left, self.as_value(rule(), start))
        return node

    def power(self) -> Value | Condition:
        start = self.here
        node = self.primary()
        if self.skip("sign", "^"):
            left = self.as_value(node, start)
            start = self.here
            return Arithmetic(Sum.POWER, left, self.as_value(self.nested(self.power), start))
        return node

    def primary(self) -> Value | Condition:
        token = self.here
        if token.kind in ("number", "text"):
            return Literal(self.take().value)
        if self.skip("keyword", "TRUE", "FALSE"):
            return Literal(token.value == "TRUE")
        if token.kind == "quoted":
            self.take()
            return Property(str(token.value))
        if token.kind == "name":
            return self.named()
        if self.skip("sign", "-", "+"):
            return self.signed(negative=token.value == "-")
        if self.skip("sign", "("):
            node: Value | Condition = self.nested(self.either)
            if not self.skip("sign", ")"):
                raise self.trouble("AND, OR, an operator or “)” was expected")
            return node
        if token.kind == "sign" and token.value == "[":
            raise self.trouble("arrays are not taken in filters here")
        raise self.trouble("a value or a condition was expected")

    def signed(self, *, negative: bool) -> Value:
        if self.here.kind == "number":
            number = self.take().value
            return Literal(-number if negative else number)
        start = self.here
        value = self.as_value(self.nested(self.primary), start)
        return Arithmetic(Sum.MULTIPLY, Literal(-1), value) if negative else value

    def named(self) -> Value | Condition:
        token = self.here
        word = str(token.value)
        upper = word.upper()
        shape = self.shape(upper)
        if shape is not None:
            return shape
        if not self.opens():
            self.take()
            return Property(word)
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
            raise self.trouble(f"{upper} takes one text", token)
        return Function(upper if upper in _FOLDING else word, arguments)

    def relation(self, name: str, token: Token) -> Condition:
        arguments = self.list(self.value)
        if len(arguments) != 2:
            raise self.trouble(f"{name.upper()} takes two arguments and has {len(arguments)}", token)
        left, right = arguments
        spatial = name in _SPATIAL
        allowed = Shape | Property | Function if spatial else Literal | Interval | Property | Function
        for value in arguments:
            timeless = isinstance(value, Literal) and not isinstance(value.value, date)
            if not isinstance(value, allowed) or timeless:
                kinds = "a geometry" if spatial else "DATE, TIMESTAMP, INTERVAL"
                raise self.trouble(f"{name.upper()} takes {kinds} or a property", token)
        if spatial:
            return SpatialRelation(_SPATIAL[name], left, right)
        return TemporalRelation(_TEMPORAL[name], left, right)

    def instant(self, kind: str) -> Literal:
        token = self.take()
        value = instants.read(token.value) if token.kind == "text" else None
        if value is None or (kind == "DATE") != (type(value) is date):
            example = "'2024-06-01'" if kind == "DATE" else "'2024-06-01T08:00:00Z'"
            raise self.trouble(f"a time such as {example} was expected", token)
        self.expect(")")
        return Literal(value)

    def interval(self) -> Interval:
        token = self.here
        ends = self.list(self.end_of_interval)
        if len(ends) != 2:
            raise self.trouble("INTERVAL takes its two ends", token)
        start, end = ends
        if isinstance(start, Literal) and isinstance(end, Literal):
            low, high = start.value, end.value
            if isinstance(low, date) and isinstance(high, date) and instants.first(low) > instants.last(high):
                raise self.trouble("the interval ends before it starts", token)
        return Interval(start, end)

    def end_of_interval(self) -> Literal | Property | None:
        token = self.take()
        if token.kind == "quoted" or (token.kind == "name" and not self.sees("sign", "(")):
            return Property(str(token.value))
        if token.kind == "name" and token.value.upper() in ("DATE", "TIMESTAMP"):
            self.take()
            return self.instant(token.value.upper())
        if token.kind == "text" and token.value == "..":
            return None
        value = instants.read(token.value) if token.kind == "text" else None
        if value is None:
            raise self.trouble("a time in single quotes, '..' or a property was expected", token)
        return Literal(value)

    def shape(self, upper: str) -> Shape | None:
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
            return Shape(wkt.read(self.text[first.start : word.end]))
        except ValueError as error:
            raise self.trouble(f"this geometry cannot be read ({error})", first) from error

    def box(self, token: Token) -> Shape:
        sides = [value.value if isinstance(value, Literal) else None for value in self.list(self.value)]
        numbers = [float(side) for side in sides if isinstance(side, int | float) and not isinstance(side, bool)]
        if len(numbers) != len(sides) or len(sides) not in (4, 6):
            raise self.trouble("west, south, east and north were expected, as numbers", token)
        west, south, east, north = numbers if len(sides) == 4 else (*numbers[:2], *numbers[3:5])
        if south > north:
            raise self.trouble("the box has its south above its north", token)
        return Shape(box(west, south, east, north))


def box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """The rectangle; two of them, in degrees, where west lies beyond east and it crosses the 180th meridian."""
    if west <= east:
        return shapely.box(west, south, east, north)
    return shapely.MultiPolygon([shapely.box(west, south, 180.0, north), shapely.box(-180.0, south, east, north)])
