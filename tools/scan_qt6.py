"""Fails when the plugin uses a Qt name that PyQt6 does not have: unscoped enums, exec_, moved classes."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtXml", "QtSvg", "QtTest", "QtPrintSupport")
GONE = {"exec_", "print_", "toAscii", "QRegExp", "QDesktopWidget", "QStringList"}
MOVED = {"QAction": "QtGui", "QShortcut": "QtGui", "QActionGroup": "QtGui"}  # qgis.PyQt offers both places


def dotted(node: ast.AST) -> list[str]:
    """['Qt', 'AlignmentFlag', 'AlignLeft'] for Qt.AlignmentFlag.AlignLeft; [] for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def findings(path: Path) -> list[str]:
    """What PyQt6 would refuse in a module, a line each."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    owners: dict[str, object] = {}
    result = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt"):
            module = (node.module or "").rsplit(".", 1)[-1]
            for alias in node.names:
                home = importlib.import_module(f"PyQt6.{MOVED.get(alias.name, module)}") if module in MODULES else None
                if home is None:
                    continue
                if not hasattr(home, alias.name):
                    result.append(f"{path}:{node.lineno}: PyQt6.{module} has no {alias.name}")
                else:
                    owners[alias.asname or alias.name] = getattr(home, alias.name)
    for node in ast.walk(tree):
        names = dotted(node) if isinstance(node, ast.Attribute) else []
        if isinstance(node, ast.Attribute) and node.attr in GONE:
            result.append(f"{path}:{node.lineno}: {node.attr} is gone in Qt 6")
        if len(names) < 2 or names[0] not in owners:
            continue
        current = owners[names[0]]
        for step in names[1:]:
            if not hasattr(current, step):
                result.append(f"{path}:{node.lineno}: {'.'.join(names)} does not exist in PyQt6")
                break
            current = getattr(current, step)
    return result


def main() -> int:
    """Scan the plugin; print the findings and answer how it went."""
    problems = [line for path in sorted((ROOT / "twin_plugin").rglob("*.py")) for line in findings(path)]
    print("\n".join(problems) if problems else "every Qt name exists in PyQt6")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
