"""The packages that the plugin needs and those it was tested with, and which of them this Python brings itself.

It imports nothing but the standard library: tools/setup.sh runs it too.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from dataclasses import dataclass
from pathlib import Path

PLUGIN = Path(__file__).resolve().parents[2]
FILE = PLUGIN / "requirements-pinned.txt"
_LINE = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(?P<limits>[^#;]*)")
_MODULES = {"swmm-toolkit": "swmm"}
"""Of packages whose module has another name."""
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==")


@dataclass(frozen=True)
class Requirement:
    """A package that the plugin needs: its name, and the limits of its version."""

    name: str
    limits: str

    @property
    def module(self) -> str:
        """What its code imports."""
        return module(self.name)

    def allows(self, version: str) -> bool:
        """Whether a version is within the limits."""
        newest = re.search(r"<\s*([0-9.]+)", self.limits)
        return self.new_enough(version) and (newest is None or _numbers(version) < _numbers(newest[1]))

    def new_enough(self, version: str) -> bool:
        """Whether a version is not below the limits."""
        oldest = re.search(r">=\s*([0-9.]+)", self.limits)
        return oldest is None or _numbers(version) >= _numbers(oldest[1])


def module(package: str) -> str:
    """The module that a package brings."""
    return _MODULES.get(package, package)


def requirements() -> list[Requirement]:
    """What requirements.txt asks for."""
    lines = (PLUGIN / "requirements.txt").read_text(encoding="utf-8").splitlines()
    matches = (_LINE.match(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    return [Requirement(match["name"], match["limits"].strip()) for match in matches if match]


def normalized(name: str) -> str:
    """A package's name as indexes compare it: lower case, with hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned() -> dict[str, str]:
    """Each package's lines in the file: version, marker and hashes; platforms may have versions of their own."""
    found: dict[str, str] = {}
    name = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        start = _PIN.match(line)
        name = normalized(start["name"]) if start else name
        if line.strip() and not line.startswith("#"):
            found[name] = f"{found.get(name, '')}{line}\n"
    return found


def brought(folder: Path | None = None) -> dict[str, str]:
    """Names and versions of the packages that this Python finds without looking into a folder."""
    own = str(folder) if folder is not None else ""
    path = [entry for entry in sys.path if entry != own]
    found: dict[str, str] = {}
    for one in importlib.metadata.distributions(path=path):
        if one.metadata["Name"]:
            found.setdefault(normalized(one.metadata["Name"]), one.version)  # the first on the path is imported
    return found


def lacking(folder: Path | None = None) -> str:
    """The lines of the file for what this Python lacks outside a folder, for pip's --require-hashes."""
    there = brought(folder)
    unsuited = {normalized(one.name) for one in requirements() if not one.allows(there.get(normalized(one.name), "0"))}
    return "".join(lines for name, lines in pinned().items() if name not in there or name in unsuited)


def _numbers(version: str) -> tuple[int, ...]:
    match = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in match.group().split(".")) if match else (0,)


if __name__ == "__main__":
    sys.stdout.write(lacking())
