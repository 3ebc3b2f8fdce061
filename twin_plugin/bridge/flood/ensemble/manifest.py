"""The note in the folder of a finished run: what it was computed from, and its figures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ....core.common.errors import InputError
from ...kernel.resources import PLUGIN

NAME = "run.json"
"""Marks the folder of a run: only folders that hold it are replaced."""
OUTPUTS = "outputs"
"""Name under which the outputs of a run are noted among its inputs, with commas between."""
_FOLDERS = ("core/common", "core/flood", "core/risk", "bridge/kernel", "bridge/flood", "bridge/risk")
"""Code that decides what a run gives."""
_SQLITE, _SQLITE_HEAD = (".gpkg", ".sqlite"), 100
_BESIDE = (".qml", ".qmd", ".aux.xml", ".ovr")

Inputs = Mapping[str, str]
"""What a run is computed from: values and digests of files, by the name of the parameter."""


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A fingerprint of the code that computes a run: another version of the plugin may give other values."""
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for path in sorted((PLUGIN / folder).rglob("*.py")):
            if "ensemble" not in path.parts:
                digest.update(path.relative_to(PLUGIN).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def write(folder: Path, inputs: Inputs, answer: Mapping[str, Any]) -> None:
    """Note in a folder what its run was computed from and what came out, with the sizes of all its files."""
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if not _is_beside(path)}
    content = {"inputs": dict(inputs), "files": files, "answer": dict(answer)}
    (folder / NAME).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


def read(folder: Path) -> dict[str, Any] | None:
    """The note of a finished run; None where there is none that can be read."""
    try:
        content = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(content, dict) and all(isinstance(content.get(k), dict) for k in ("inputs", "files", "answer"))
    return content if whole else None


def damaged(folder: Path, content: Mapping[str, Any]) -> list[str]:
    """Files of a finished run that are missing or have another size."""
    return [name for name, size in content["files"].items() if _size(folder / name) != size]


def require_own(folder: Path, content: Mapping[str, Any]) -> None:
    """Check that a folder that will be replaced holds nothing but the files of its run.

    Raises
    ------
    InputError
    """
    others = sorted(
        path.name for path in folder.iterdir() if not _is_beside(path) and path.name not in content["files"]
    )
    if others:
        raise InputError(
            "The folder '{folder}' also holds files that are not of the run ({names}) and is left as it is: move them "
            "to another place.",
            folder=folder,
            names=", ".join(others),
        )


def styles(folder: Path) -> list[Path]:
    """Styles beside the results of a run; the user may have changed them."""
    return sorted(folder.glob("*.qml"))


def changed(old: Inputs, new: Inputs) -> list[str]:
    """Names of the inputs that differ; a run that has more outputs than are asked for has not changed."""
    names = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    outputs = [set(inputs.get(OUTPUTS, "").split(",")) for inputs in (old, new)]
    return sorted(names - {OUTPUTS} if outputs[1] <= outputs[0] else names)


def digest_of_files(paths: Iterable[str]) -> str:
    """A fingerprint of what some files hold; their names and times do not count, one that is missing does."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            with open(path, "rb") as stream:
                # QGIS changes the head of a GeoPackage when it only opens it.
                stream.seek(_SQLITE_HEAD if path.lower().endswith(_SQLITE) else 0)
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        except OSError:
            digest.update(b"missing")
    return "sha256:" + digest.hexdigest()[:32]


def _is_beside(path: Path) -> bool:
    """Whether a file is the note itself, or one that QGIS writes beside results."""
    return path.name == NAME or path.name.lower().endswith(_BESIDE)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
