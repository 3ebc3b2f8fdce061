"""Texts from outside reach QGIS and Qt only by the ways that show them as they are (bridge/kernel/outside_text.py)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "twin_plugin"
WORDS = frozenset(("tr", "translate"))
MAKERS = {
    "QLabel": "gui/widgets/basics.py",
    "QgsMessageBarItem": "gui/widgets/message_bar.py",
    "pushMessage": "gui/widgets/message_bar.py",
    "QgsLayoutItemLabel": "bridge/kernel/layout_items.py",
    "QTextBrowser": "gui/shell/guide.py",
    "logMessage": "bridge/kernel/log.py",
}
"""What draws HTML or evaluates expressions, and the one module that may make it or call it."""
NEVER = ("QMessageBox", "QErrorMessage", "QTextEdit", "QWhatsThis", "setHtml", "appendHtml", "insertHtml",
         "setWhatsThis", "pushFormattedMessage", "QgsLayoutItemHtml", "showMessage")  # fmt: skip
TAKES = {
    "setToolTip": ("as_tip", "toolTip"),
    "setName": ("as_name",),
    "addGroup": ("as_name",),
    "insertGroup": ("as_name",),
    "setTitle": ("as_name", "name"),
    "setAbstract": ("as_name",),
    "setDescription": ("as_name",),
    "addHistoryItem": ("as_name",),
    "setProgressText": ("as_name",),
}
"""Calls whose text is one of the plugin's own sentences, without values, or what one of these functions returns."""
OWN = {
    ("bridge/kernel/field_labels.py", "label(element.name(), speak)"): "a tab of one of the plugin's own forms",
    ("gui/common/jobs.py", "text"): "the feedback's own method",
    ("processing/models.py", "translated(OUTPUTS.get(name, definition.description()))"): "texts of a shipped model",
    ("processing/models.py", "translated(OUTPUTS.get(output.name(), output.description()))"): "the same",
    ("bridge/reports/project.py", "name"): "a layer's name by `_names`",
    ("bridge/themes/onemap/project_parts.py", "self._title"): "what the project had before",
    ("bridge/themes/onemap/project_parts.py", "name"): "the same of its layouts",
}
EXPRESSIONS = ("QgsExpression", "fromExpression", "setSubsetString", "setFilterExpression", "selectByExpression",
               "setDisplayExpression", "setMapTipTemplate")  # fmt: skip


@pytest.fixture(scope="module")
def calls() -> list[tuple[str, str, ast.Call]]:
    """Every call in the plugin: the module, the name of what is called, the call."""
    return [
        (path.relative_to(ROOT).as_posix(), called(node), node)
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


def own(node: ast.AST, functions: tuple[str, ...]) -> bool:
    """Whether an argument is a sentence of the plugin without values, or comes from one of some functions."""
    if isinstance(node, ast.IfExp):
        return own(node.body, functions) and own(node.orelse, functions)
    if isinstance(node, ast.Constant):
        return True
    name = called(node)
    return name in functions or (name in WORDS and all(isinstance(part, ast.Constant) for part in node.args))


def shown(here: str, call: ast.Call) -> str:
    return f"{here} line {call.lineno}: {ast.unparse(call)[:100]}"


def goes_past(here: str, name: str, call: ast.Call) -> bool:
    """Whether a call draws a text as HTML, or gives QGIS or Qt one that is neither the plugin's own nor mended."""
    if name in NEVER or MAKERS.get(name, here) != here:
        return True
    if name not in TAKES or not call.args:
        return False
    text = call.args[1] if name == "insertGroup" or len(call.args) == 2 else call.args[0]
    return not own(text, TAKES[name]) and (here, ast.unparse(text)) not in OWN


def builds(here: str, name: str, call: ast.Call) -> bool:
    """Whether a call takes an expression that is put together from values."""
    if name not in EXPRESSIONS or here == "bridge/kernel/outside_text.py":  # the map tip of layers without one
        return False
    return any(isinstance(part, (ast.JoinedStr, ast.BinOp)) or called(part) == "format" for part in call.args)


def test_texts_reach_qgis_and_qt_as_they_are(calls):
    wrong = [shown(here, call) for here, name, call in calls if goes_past(here, name, call)]
    assert not wrong, f"use a function of bridge/kernel/outside_text.py: {wrong}"


def test_no_expression_is_put_together_from_texts(calls):
    wrong = [shown(here, call) for here, name, call in calls if builds(here, name, call)]
    assert not wrong, f"use quotedValue, quotedColumnRef or createFieldEqualityExpression of QgsExpression: {wrong}"


def test_tooltips_of_lists_are_texts():
    """A model answers Qt's question for a tooltip by itself: no call shows it."""
    sources = {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    asked = [path for path, source in sources.items() if "ToolTipRole" in source]
    assert len(asked) >= 2
    assert not [path for path in asked if "as_tip(" not in sources[path]]


@pytest.mark.parametrize(
    "line",
    [
        'label = QLabel("x")',
        "widget.setToolTip(path)",
        'widget.setToolTip(self.tr("{n}").format(n=name))',
        "layer.setName(record.title)",
        'bar.pushMessage("a", "b")',
        "request.setFilterExpression(f'id = {x}')",
    ],
)
def test_what_goes_past_them_is_found(line):
    call = next(node for node in ast.walk(ast.parse(line)) if isinstance(node, ast.Call))
    assert goes_past("gui/x.py", called(call), call) or builds("gui/x.py", called(call), call)
