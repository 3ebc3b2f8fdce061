"""Adds texts that stand in no translate() call to copies of the sources, as calls that the translators' tool knows: the
sentences of errors and messages, the texts of tables, and the names that the styles give to fields and tabs.

tools/core_texts.py FOLDER FILE.py ...    where FOLDER holds a copy of each FILE
"""

from __future__ import annotations

import ast
import builtins
import csv
import html
import itertools
import re
import sys
from pathlib import Path

MESSAGES = {
    "Message", "Untranslatable", "Cancelled", "advance", "note", "remark",
    "_refused", "_bad", "bad", "_error", "trouble", "_trouble",
}  # fmt: skip
"""What takes a sentence besides our own classes whose names end in Error or Warning."""

TABLE = "Templates"
"""The type of a table of templates by code."""


TABLES = {
    "twin_plugin/bridge/kernel/map_classes.py": (
        "twin_plugin/resources/tables/map_classes.csv", "label", "MapClasses",
    ),
    "twin_plugin/core/planning/clearance_rules.py": (
        "twin_plugin/resources/tables/underground_kinds.csv", "label", "MapClasses",
    ),
    "twin_plugin/bridge/kernel/enum_labels.py": (
        "twin_plugin/resources/tables/sunlight_rules.csv", "title_en", "Choices",
    ),
}  # fmt: skip
"""Tables whose texts are shown: by the module that reads each, its path, its column and the translators' context."""


STYLES = ("twin_plugin/bridge/kernel/field_labels.py", "twin_plugin/resources/styles", "Fields")
"""The module that translates the names in the styles, their folder and the translators' context."""

LEGENDS = ("twin_plugin/bridge/kernel/legend.py", "twin_plugin/resources/styles", "MapClasses")
"""The same for the labels of classes in the styles."""

LABEL = re.compile(r'<(?:rule|category|paletteEntry|item)\b(?:[^>"]|"[^"]*")*?\blabel="([^"]*[A-Za-z]{3}[^"]*)"')
"""In a style: the label of a class with a word in it."""

NAME = re.compile(
    r'<alias name="([^"]+)"|padding-right:8px">([^&]+)&lt|<attributeEditorContainer (?:[^>]* )?name="([^"]+)"'
)
"""In a style: the alias of a field, its name in the map tip, or the name of a tab."""


def sentences(tree: ast.AST) -> list[str]:
    """The literal templates of messages and errors, and the tables of them, in the order of the source."""
    found, named = [], constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == TABLE:
            found += [text.value for text in getattr(node.value, "values", ()) if isinstance(text, ast.Constant)]
        if isinstance(node, ast.Call) and is_message(node):
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            found += [t for t in texts if " " in t.strip() or function_name(node) in ("Message", "advance")][:1]
            if not texts and node.args and isinstance(node.args[0], ast.Name):
                found += named.get(node.args[0].id, [])
    return found


def constants(tree: ast.AST) -> dict[str, list[str]]:
    """The sentences that names stand for: those that are given to a name as they are."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for target in node.targets:
                if isinstance(target, ast.Name) and " " in node.value.value:
                    found.setdefault(target.id, []).append(node.value.value)
    return found


def function_name(call: ast.Call) -> str:
    """The last name of what is called; "" for other expressions."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_message(call: ast.Call) -> bool:
    """Whether a call takes a sentence for people with its values."""
    name = function_name(call)
    return name in MESSAGES or (name.endswith(("Error", "Warning")) and not hasattr(builtins, name))


def table_texts(path: str, column: str) -> list[str]:
    """The texts of a table's column, each once; those without a letter are the same in every language."""
    with open(path, encoding="utf-8", newline="") as stream:
        table = itertools.dropwhile(lambda line: line.startswith("#"), stream)
        rows = [row[column] for row in csv.DictReader(table)]
    return [text for text in dict.fromkeys(rows) if any(letter.isalpha() for letter in text)]


def style_texts(folder: str) -> list[str]:
    """The names of fields and tabs in the styles of a folder, each once."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.qml")))
    return sorted({html.unescape(name) for found in NAME.findall(styles) for name in found if name})


def legend_texts(folder: str) -> list[str]:
    """The labels of classes in the styles of a folder, each once."""
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.qml")))
    return sorted({html.unescape(text) for text in LABEL.findall(styles)})


def main() -> int:
    folder, *files = sys.argv[1:]
    for name in files:
        texts = [("Core", text) for text in sentences(ast.parse(Path(name).read_text(encoding="utf-8")))]
        if name in TABLES:
            path, column, context = TABLES[name]
            texts += [(context, text) for text in table_texts(path, column)]
        if name == STYLES[0]:
            texts += [(STYLES[2], text) for text in style_texts(STYLES[1])]
        if name == LEGENDS[0]:
            texts += [(LEGENDS[2], text) for text in legend_texts(LEGENDS[1])]
        with open(Path(folder) / name, "a", encoding="utf-8") as copy:
            for context, text in texts:
                escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                copy.write(f'QCoreApplication.translate("{context}", "{escaped}")\n')
    return 0


if __name__ == "__main__":
    sys.exit(main())
