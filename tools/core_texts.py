"""Adds the sentences of errors and messages to copies of the sources, as calls that the translators' tool recognises.

tools/core_texts.py FOLDER FILE.py ...    where FOLDER holds a copy of each FILE
"""

from __future__ import annotations

import ast
import builtins
import sys
from pathlib import Path

MESSAGES = {"Message", "Untranslatable", "Cancelled", "_refused"}
"""What takes a sentence besides our own classes whose names end in Error or Warning."""


def sentences(tree: ast.AST) -> list[str]:
    """The literal templates of messages and errors, in the order of the source."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        own = name.endswith(("Error", "Warning")) and not hasattr(builtins, name)
        if name not in MESSAGES and not own:
            continue
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        found += [text for text in texts if " " in text.strip() or name == "Message"][:1]
    return found


def main() -> int:
    folder, *files = sys.argv[1:]
    for name in files:
        texts = sentences(ast.parse(Path(name).read_text(encoding="utf-8")))
        escaped = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in texts]
        with open(Path(folder) / name, "a", encoding="utf-8") as copy:
            copy.writelines(f'QCoreApplication.translate("Core", "{text}")\n' for text in escaped)
    return 0


if __name__ == "__main__":
    sys.exit(main())
