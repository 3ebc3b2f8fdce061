"""The packages that the plugin was tested with, from requirements-pinned.txt, and which of them QGIS brings itself."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "requirements-pinned.txt"
_NAME = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==")


def normalized(name: str) -> str:
    """A package's name as indexes compare it: lower case, with hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Each package's lines in the file: version, marker and hashes; platforms may have versions of their own."""
    found: dict[str, str] = {}
    name = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        start = _NAME.match(line)
        name = normalized(start["name"]) if start else name
        if line.strip() and not line.startswith("#"):
            found[name] = f"{found.get(name, '')}{line}\n"
    return found


def brought(folder: Path | None = None) -> set[str]:
    """The packages that this Python finds without looking into a folder: QGIS's own, which come first anyway."""
    own = str(folder) if folder is not None else ""
    path = [entry for entry in sys.path if entry != own]
    names = (one.metadata["Name"] for one in importlib.metadata.distributions(path=path))
    return {normalized(name) for name in names if name}


def lacking(folder: Path | None = None) -> str:
    """The lines of the file for what this Python lacks outside a folder, for pip's --require-hashes."""
    there = brought(folder)
    return "".join(lines for name, lines in pinned().items() if name not in there)


if __name__ == "__main__":
    # tools/setup.sh asks the system's Python.
    sys.stdout.write(lacking())
