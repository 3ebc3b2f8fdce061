"""Which modules of the plugin import which, read from the sources: at module level only, or inside functions too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def modules(folder: str) -> list[str]:
    """The dotted names of all modules below a folder of the checkout."""
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts) for path in (ROOT / folder).rglob("*.py"))


def reached(roots: list[str], functions: bool) -> dict[str, str]:
    """The plugin's modules that importing `roots` leads to, each with the module that imports it.

    With `functions` imports inside functions count as well; those under TYPE_CHECKING never do.
    """
    found, rest = {}, [(root, "") for root in roots]
    while rest:
        name, importer = rest.pop()
        if name not in found and _file(name) is not None:
            found[name] = importer
            rest += [(imported, name) for imported in imports(name, functions)]
    return found


def packages(name: str, functions: bool) -> set[str]:
    """The top-level packages outside the plugin that a module imports."""
    tops = {imported.split(".")[0] for imported in imports(name, functions)}
    return tops - {"twin_plugin", "__future__"}


@cache
def imports(name: str, functions: bool) -> frozenset[str]:
    """The dotted names that a module imports; a name after `from` counts as a module too."""
    path = _file(name)
    parts = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in _imports(ast.parse(path.read_text(encoding="utf-8")), functions):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
            continue
        start = parts[: len(parts) - node.level + 1] if node.level else []
        origin = ".".join([*start, *([node.module] if node.module else [])])
        found |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def _imports(parent: ast.AST, functions: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        elif functions or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _imports(node, functions)


def _file(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)
