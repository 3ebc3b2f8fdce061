"""Expressions from documents of anybody: fields, literals, operators and a list of functions, and nothing else.

What QGIS's own expressions can do beyond it reads files, layers, variables and the environment, runs for hours or asks
for all memory. The text is parsed by QGIS, so that every accepted one means the same in a filter, a style and a layout.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from qgis.core import QgsExpression, QgsExpressionNode, QgsExpressionNodeBinaryOperator

from ...core.common.errors import InputError
from ...core.common.messages import Message
from .vectors import field_named

LENGTH_LIMIT = 1000
DEPTH_LIMIT = 60
CALLS_LIMIT = 10
"""Calls within one another: QGIS parses a call twice for each level of some functions, 20 levels take 10 s."""
FUNCTIONS = (
    "abs",
    "area",
    "ceil",
    "clamp",
    "coalesce",
    "concat",
    "cos",
    "day",
    "day_of_week",
    "exp",
    "floor",
    "hour",
    "if",
    "left",
    "length",
    "ln",
    "log10",
    "lower",
    "max",
    "min",
    "minute",
    "month",
    "nullif",
    "perimeter",
    "radians",
    "right",
    "round",
    "second",
    "sin",
    "sqrt",
    "strpos",
    "substr",
    "tan",
    "to_date",
    "to_datetime",
    "to_int",
    "to_real",
    "to_string",
    "trim",
    "upper",
    "year",
    "$geometry",
)
"""Each ends at once, gives no more than it gets, and depends on its arguments alone."""

_COMMENTS = re.compile(r"--|/\*|[\\;\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What QGIS and a database read in different ways: behind it a filter would say something else to the database."""
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_WORDS = {"boRegexp": "~", "boLike": "LIKE", "boILike": "ILIKE", "boNotLike": "NOT LIKE", "boNotILike": "NOT ILIKE"}
_Binary = QgsExpressionNodeBinaryOperator
_PATTERNS = {int(getattr(_Binary, name)): word for name, word in _WORDS.items()}
"""Operators whose patterns may take for ever, by the number of the operator."""
_Kind = QgsExpressionNode.NodeType


def check(text: str, fields: Collection[str] | None = None) -> None:
    """Do nothing where a text is a limited expression; `fields` are those of its layer, if it is known.

    Raises
    ------
    InputError
        With what is not allowed, and what is.
    """
    if found := fault(text, fields):
        raise InputError("The expression '{text}' cannot be used: {fault}", text=text[:200], fault=found)


def fault(text: str, fields: Collection[str] | None = None) -> Message | None:
    """What is wrong with a limited expression and the cure; None where nothing is."""
    if len(text) > LENGTH_LIMIT:
        return Message(
            "the expression has {n} characters: shorten it to {limit} at most.", n=len(text), limit=LENGTH_LIMIT
        )
    if found := _COMMENTS.search(text):
        return Message(
            "the expression has '{sign}': comments, backslashes, semicolons and control characters are not allowed.",
            sign=found[0] if found[0].isprintable() else repr(found[0])[1:-1],
        )
    if text.lstrip()[:6].lower() == "select":  # OGR takes such a filter of a layer for a whole query
        return Message("the expression begins with SELECT: put the field of this name in quotes.")
    if not text.strip():
        return Message("the expression is empty: write one, or leave the key out.")
    if calls_within_calls(text) > CALLS_LIMIT:
        return Message("the expression is nested deeper than {limit} levels: simplify it.", limit=CALLS_LIMIT)
    expression = QgsExpression(text)
    if expression.hasParserError():
        return Message(
            "the expression cannot be parsed ({reason}): correct it.", reason=expression.parserErrorString().strip()
        )
    return next(_faults(expression.rootNode(), fields), None)


def calls_within_calls(text: str) -> int:
    """How many parentheses behind a word, outside of quotes, lie within one another."""
    before, opened, depth, deepest = "", list[bool](), 0, 0
    for sign in _QUOTED.sub(".", text):
        if sign == "(":
            opened.append(before.isalnum() or before == "_")
            depth += opened[-1]
            deepest = max(deepest, depth)
        elif sign == ")" and opened:
            depth -= opened.pop()
        before = before if sign.isspace() else sign
    return deepest


def _faults(root: QgsExpressionNode, fields: Collection[str] | None) -> Iterator[Message]:
    """The faults of the nodes, found without recursion."""
    waiting = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEPTH_LIMIT:
            yield Message("the expression is nested deeper than {limit} levels: simplify it.", limit=DEPTH_LIMIT)
            return
        if found := _own_fault(node, fields):
            yield found
            return
        waiting += [(part, depth + 1) for part in _parts(node)]


def _parts(node: QgsExpressionNode) -> list[QgsExpressionNode]:
    """The nodes below a node; its kind is one that `_own_fault` lets pass."""
    kind = node.nodeType()
    if kind == _Kind.ntUnaryOperator:
        return [node.operand()]
    if kind == _Kind.ntBinaryOperator:
        return [node.opLeft(), node.opRight()]
    if kind == _Kind.ntInOperator:
        return [node.node(), *node.list().list()]
    if kind == _Kind.ntBetweenOperator:
        return [node.node(), node.lowerBound(), node.higherBound()]
    if kind == _Kind.ntFunction:
        return list(node.args().list()) if node.args() is not None else []
    if kind == _Kind.ntCondition:
        parts = [part for branch in node.conditions() for part in (branch.whenExp(), branch.thenExp())]
        return parts + ([node.elseExp()] if node.elseExp() is not None else [])
    return []


def _own_fault(node: QgsExpressionNode, fields: Collection[str] | None) -> Message | None:
    """What is wrong with a node itself."""
    kind = node.nodeType()
    if kind == _Kind.ntFunction:
        return _function_fault(QgsExpression.Functions()[node.fnIndex()].name())
    if kind == _Kind.ntBinaryOperator:
        word = _PATTERNS.get(int(node.op()))
        return word and Message(
            "the operator {word} is not allowed, since a pattern may take for ever: compare with =, or use strpos, "
            "left or right.",
            word=word,
        )
    if kind == _Kind.ntColumnRef:
        return _field_fault(node.name(), fields)
    if kind in (
        _Kind.ntLiteral,
        _Kind.ntUnaryOperator,
        _Kind.ntInOperator,
        _Kind.ntBetweenOperator,
        _Kind.ntCondition,
    ):
        return None
    return Message("lists and maps are not allowed in the expression ({part}): use fields.", part=node.dump()[:60])


def _function_fault(name: str) -> Message | None:
    if name in FUNCTIONS and name in QgsExpression.BuiltinFunctions():
        return None
    allowed = ", ".join(FUNCTIONS)
    if name == "var":
        return Message(
            "variables (@) are not allowed in the expression: use fields, and the functions {allowed}.", allowed=allowed
        )
    return Message(
        "the function '{name}' is not allowed: use fields, and the functions {allowed}.", name=name, allowed=allowed
    )


def _field_fault(name: str, fields: Collection[str] | None) -> Message | None:
    if '"' in name or not name.isprintable():
        return Message("the field name '{name}' has quotes or control characters: rename the field.", name=name)
    if fields is None or field_named(fields, name):
        return None
    return Message("the layer has no field '{name}': it has {fields}.", name=name, fields=", ".join(fields) or "none")
