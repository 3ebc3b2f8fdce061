"""Going through the tree of a filter: its parts, its properties, and trees made from it that mean the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar, get_args

from ..common.errors import InputError
from . import ast

DEPTH_LIMIT = 100
NODE_LIMIT = 20_000
Node = ast.Value | ast.Condition
_NODES = (*get_args(ast.Value), *get_args(ast.Condition))
_T = TypeVar("_T", bound=Any)
_OPPOSITE = {
    ast.Compare.EQUAL: ast.Compare.NOT_EQUAL,
    ast.Compare.NOT_EQUAL: ast.Compare.EQUAL,
    ast.Compare.LESS: ast.Compare.GREATER_EQUAL,
    ast.Compare.GREATER_EQUAL: ast.Compare.LESS,
    ast.Compare.GREATER: ast.Compare.LESS_EQUAL,
    ast.Compare.LESS_EQUAL: ast.Compare.GREATER,
}


class Untranslatable(InputError):
    """A part of a filter that a server's language cannot say; the text says which part and why."""


def children(node: Node) -> Iterator[Node]:
    """The values and conditions right below a node."""
    for item in dataclasses.fields(node):
        held = getattr(node, item.name)
        for part in held if isinstance(held, tuple) else (held,):
            if isinstance(part, _NODES):
                yield part


def nodes(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(children(found))


def check_size(node: Node) -> None:
    """Raise `InputError` where a tree is too deep or too large to be worked on."""
    level: list[Node] = [node]
    count = depth = 0
    while level:
        count += len(level)
        depth += 1
        if depth > DEPTH_LIMIT or count > NODE_LIMIT:
            raise InputError(
                "The filter is too large: at most {node_limit} parts, {depth_limit} deep, are taken; split it.",
                node_limit=NODE_LIMIT,
                depth_limit=DEPTH_LIMIT,
            )
        level = [part for item in level for part in children(item)]


def properties(condition: ast.Condition) -> tuple[str, ...]:
    """Names of the properties in a condition, each once, in order."""
    found = [node.name for node in nodes(condition) if isinstance(node, ast.Property)]
    return tuple(dict.fromkeys(reversed(found)))


def rebuilt(node: _T, change: Callable[[Any], Any]) -> _T:
    """The tree with `change` applied to every node, from the leaves up."""
    parts: dict[str, Any] = {}
    for item in dataclasses.fields(node):
        held = getattr(node, item.name)
        if isinstance(held, tuple):
            parts[item.name] = tuple(rebuilt(part, change) if isinstance(part, _NODES) else part for part in held)
        elif isinstance(held, _NODES):
            parts[item.name] = rebuilt(held, change)
    return change(dataclasses.replace(node, **parts) if parts else node)


def with_shapes(condition: ast.Condition, change: Callable[[Any], Any]) -> ast.Condition:
    """The condition with every geometry in it changed, for instance brought into a server's CRS."""
    return rebuilt(condition, lambda node: ast.Shape(change(node.geometry)) if isinstance(node, ast.Shape) else node)


def with_names(condition: ast.Condition, names: Callable[[str], str]) -> ast.Condition:
    """The condition with its properties named as a server names them."""
    return rebuilt(condition, lambda node: ast.Property(names(node.name)) if isinstance(node, ast.Property) else node)


def both(parts: Iterable[ast.Condition | None]) -> ast.Condition | None:
    """All of the conditions together; None for none."""
    found: list[ast.Condition] = []
    for part in parts:
        found.extend(part.conditions if isinstance(part, ast.And) else () if part is None else (part,))
    return None if not found else found[0] if len(found) == 1 else ast.And(tuple(found))


def conjuncts(condition: ast.Condition) -> tuple[ast.Condition, ...]:
    """The conditions that must all hold: the parts of an AND, and those of an AND inside it."""
    if not isinstance(condition, ast.And):
        return (condition,)
    return tuple(part for inner in condition.conditions for part in conjuncts(inner))


def opposite(condition: ast.Condition) -> ast.Condition:
    """NOT of a condition without ANDs and ORs, inside it where it can be."""
    if isinstance(condition, ast.Comparison):
        return dataclasses.replace(condition, operator=_OPPOSITE[condition.operator])
    if isinstance(condition, ast.Like | ast.Between | ast.In | ast.IsNull):
        return dataclasses.replace(condition, negated=not condition.negated)
    if isinstance(condition, ast.Truth) and isinstance(condition.value, ast.Literal):
        return ast.Truth(ast.Literal(not condition.value.value))
    return ast.Not(condition)
