"""Every child process starts isolated: with options, environment and folder of core/common/interpreter.py."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "twin_plugin"
STARTERS = frozenset(
    ("Popen", "check_call", "check_output", "popen", "spawnv", "execv", "startDetached", "QProcess",
     "ProcessPoolExecutor", "ProcessPool")
)  # fmt: skip
PIP = ROOT / "gui" / "shell" / "dependencies.py"
"""Starts pip with an environment and a folder of its own, as its own tests prove."""
CONTEXT = frozenset(("ProcessPool", "ProcessPoolExecutor"))


def starts(call: ast.Call) -> bool:
    function = call.func
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name in ("run", "system"):
        return getattr(getattr(function, "value", None), "id", "") in ("subprocess", "os")
    return name in STARTERS


def isolated(path: Path) -> list[str]:
    """The calls of a module that start a process without what isolates it."""
    text = path.read_text(encoding="utf-8")
    wrong: list[str] = []
    if not any(word in text for word in (*STARTERS, "subprocess", "os.system")):
        return wrong
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not starts(node):
            continue
        written = ast.unparse(node)
        if "QProcess" in written:
            fine = path == PIP
        elif any(name in written for name in CONTEXT):
            fine = "context=spawn_context()" in written
        else:
            fine = "isolated_environment()" in written and "ISOLATED_FOLDER" in written
        if not fine:
            wrong.append(f"{path.name} line {node.lineno}: {written[:80]}")
    return wrong


def test_every_child_is_isolated():
    wrong = [place for path in sorted(ROOT.rglob("*.py")) for place in isolated(path)]
    assert not wrong, f"use isolated_environment, OPTIONS and ISOLATED_FOLDER of core/common/interpreter.py: {wrong}"


@pytest.mark.parametrize(
    "line", ["subprocess.run([program])", "os.system('x')", "subprocess.Popen(['x'], env=None)", "ProcessPool(2)"]
)
def test_a_child_that_is_not_is_found(line, tmp_path):
    path = tmp_path / "module.py"
    path.write_text(line, encoding="utf-8")
    assert isolated(path)
