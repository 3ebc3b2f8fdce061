"""Small changes of a Python source that a test ought to notice: the kinds that tools/mutants.py draws from."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
ARITHMETIC = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
LOGS = {"log", "logger", "logging", "_log"}
SYMMETRIC = {
    "max",
    "min",
    "maximum",
    "minimum",
    "isclose",
    "hypot",
    "gcd",
    "isinstance",
    "issubclass",
    "getattr",
    "hasattr",
}
"""Calls whose arguments may be swapped without effect, or only with an error of Python itself."""
TEXTS = (ast.JoinedStr, ast.List, ast.Tuple)


@dataclass(frozen=True)
class Mutation:
    """A piece of source and what replaces it.

    `start` and `end` are offsets in UTF-8 bytes, `number` counts equal changes within the file.
    """

    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int
    number: int = 0

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells the same change again after lines have moved."""
        return self.kind, self.before, self.after, self.number

    def apply(self, source: str) -> str:
        text = source.encode()
        return (text[: self.start] + self.after.encode() + text[self.end :]).decode()


def mutations(source: str) -> list[Mutation]:
    """Every mutation of a source, in the order of its lines; each leaves Python that compiles."""
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    text, found = source.encode(), []
    seen: dict[tuple[str, str, str], int] = {}
    for node, kind, after in _changes(ast.parse(source)):
        start, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        before = text[start:end].decode()
        number = seen[kind, before, after] = seen.get((kind, before, after), -1) + 1
        found.append(Mutation(node.lineno, kind, before, after, start, end, number))
    return sorted(found, key=lambda change: (change.start, change.end, change.kind))


def _changes(tree: ast.AST) -> Iterator[tuple[ast.AST, str, str]]:
    """(node, kind, replacement) of what is computed; texts for people, annotations and decorators are left alone."""
    for node in _computed(tree):
        if isinstance(node, ast.stmt):
            yield from _statement(node)
        elif isinstance(node, ast.expr):
            yield from _expression(node)


def _computed(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _left_alone(child):
                yield from _computed(child)


def _left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.unparse(node.test)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or _called(node.value).split(".")[0] in LOGS
    # Python 3.11 does not know the place of what stands inside an f-string.
    return isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom))


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _statement(node: ast.stmt) -> Iterator[tuple[ast.AST, str, str]]:
    removable = isinstance(node, (ast.Raise, ast.AugAssign)) or (isinstance(node, ast.Expr) and _called(node.value))
    stored = isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Attribute, ast.Subscript))
    if removable or stored:
        yield node, "removed", "pass"
    if isinstance(node, ast.Return) and node.value is not None and not _is_constant(node.value, None):
        yield node.value, "returned", "None"
    if isinstance(node, (ast.If, ast.While)) and not isinstance(node.test, (ast.Compare, ast.UnaryOp)):
        yield node.test, "condition", f"not ({ast.unparse(node.test)})"
    if isinstance(node, (ast.Break, ast.Continue)):
        yield node, "jump", "continue" if isinstance(node, ast.Break) else "break"


def _expression(node: ast.expr) -> Iterator[tuple[ast.AST, str, str]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[place] = COMPARISONS[type(operator)]()
            yield node, "comparison", f"({ast.unparse(changed)})"
    elif isinstance(node, ast.BinOp):
        yield from _arithmetic(node)
    elif isinstance(node, ast.BoolOp):
        changed = copy.deepcopy(node)
        changed.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, "boolean", f"({ast.unparse(changed)})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield node, "boolean", f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.IfExp):
        yield node.test, "condition", f"(not ({ast.unparse(node.test)}))"
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _swapped(node)


def _arithmetic(node: ast.BinOp) -> Iterator[tuple[ast.AST, str, str]]:
    operator, changed = type(node.op), copy.deepcopy(node)
    if operator in (ast.BitOr, ast.BitAnd):  # of arrays; those of types and flags are something else
        if not any(isinstance(part, (ast.Compare, ast.UnaryOp)) for part in ast.walk(node)):
            return
        changed.op = ast.BitAnd() if operator is ast.BitOr else ast.BitOr()
        yield node, "boolean", f"({ast.unparse(changed)})"
        return
    texts = any(isinstance(side, TEXTS) or _is_text(side) for side in (node.left, node.right))
    if operator in ARITHMETIC and not texts:
        changed.op = ARITHMETIC[operator]()
        yield node, "arithmetic", f"({ast.unparse(changed)})"


def _constant(node: ast.Constant) -> Iterator[tuple[ast.AST, str, str]]:
    if isinstance(node.value, bool):
        yield node, "constant", repr(not node.value)
    elif isinstance(node.value, int):
        yield node, "constant", repr(node.value + 1)
    elif isinstance(node.value, float):
        yield node, "constant", repr(2 * node.value or 1.0)


def _swapped(node: ast.Call) -> Iterator[tuple[ast.AST, str, str]]:
    plain = len(node.args) >= 2 and not any(isinstance(argument, ast.Starred) for argument in node.args[:2])
    if plain and _called(node).split(".")[-1] not in SYMMETRIC and ast.dump(node.args[0]) != ast.dump(node.args[1]):
        changed = copy.deepcopy(node)
        changed.args[:2] = changed.args[1], changed.args[0]
        yield node, "swapped", ast.unparse(changed)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))


def _is_constant(node: ast.AST, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
