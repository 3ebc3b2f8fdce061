"""A district handed over with its themes and scenarios in one zip file: documents only, never data or secrets."""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from ...core.common.errors import InputError, TwinError, unwritable
from ...core.common.messages import Message
from ...core.common.new_file import create
from ...core.common.zip_errors import ZIP_ERRORS
from .documents import Found, district_named, find_themes, own_folder, read_district, read_theme

ScenarioFault = Callable[[Path], TwinError | None]
_NAME = re.compile(r"(districts|themes|scenarios)/([\w .()-]{1,100}\.(json|qml))")
MOST_FILES, MOST_BYTES = 2_000, 50_000_000
"""Limits of a file from outside: entries, and bytes when unpacked."""


def export(district_id: str, path: str | Path) -> Message:
    """Write a district and all of the user's own themes and scenarios that it names, or all where it names none.

    What ships with the plugin is not written: everybody has it.

    Raises
    ------
    InputError, ResourceError
        `path` is never written over.
    """
    path = Path(path)
    found = district_named(district_id)
    district = found.value
    entries: dict[str, Path] = {f"districts/{found.path.name}": found.path}
    for theme in find_themes():
        if not theme.shipped and theme.value is not None and _wanted(theme.id, district.themes if district else ()):
            entries |= {f"themes/{file.name}": file for file in (theme.path, *_styles(theme))}
    for file in _own_scenarios():
        if _wanted(file.stem, district.scenarios if district else ()):
            entries[f"scenarios/{file.name}"] = file
    text = io.BytesIO()
    with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in sorted(entries.items()):
            archive.writestr(name, file.read_bytes())
    if path.exists():
        raise InputError("'{path}' exists already: choose another name.", path=path)
    create(path, text.getvalue())
    return Message("{n} documents are in '{path}'.", n=len(entries), path=path)


def take_over(path: str | Path, scenario_fault: ScenarioFault) -> Message:
    """Put the documents of a file into the user's folders; all are checked first, and none of the user's is replaced.

    Parameters
    ----------
    path : str or Path
    scenario_fault : callable
        Gives what is wrong with the document of a scenario, None for nothing.

    Raises
    ------
    InputError, ResourceError
        Nothing has been written then.
    """
    path = Path(path)
    with tempfile.TemporaryDirectory() as folder:
        names = _unpacked(path, Path(folder))
        _check(path, Path(folder), names, scenario_fault)
        new, same = [], 0
        for name in names:
            target = own_folder(name.partition("/")[0]) / name.partition("/")[2]
            content = (Path(folder) / name).read_bytes()
            if not target.exists():
                new.append((target, content))
            elif target.read_bytes() == content:
                same += 1
            else:
                raise InputError(
                    "'{file}' of '{path}' is another document than yours of that name: nothing was taken over. Rename "
                    "one of them.",
                    file=name,
                    path=path.name,
                )
    _require_own_ids(path.name, dict(new))
    done: list[Path] = []
    try:
        for target, content in new:
            create(target, content)
            done.append(target)
    except BaseException as error:
        for target in done:
            target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(own_folder("districts").parent, error) from error
        raise
    return Message("{n} documents were taken over, {same} were there already.", n=len(new), same=same)


def _unpacked(path: Path, folder: Path) -> list[str]:
    """Write the entries of a file below a folder, within the limits; gives their names."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            strange = [entry.filename for entry in entries if not _NAME.fullmatch(entry.filename)]
            if strange:
                raise InputError(
                    "'{path}' is no workspace: it holds '{file}'. Export one with 'Hand over'.",
                    path=path.name,
                    file=strange[0][:100],
                )
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise InputError("'{path}' is too large for a workspace of documents.", path=path.name)
            left = MOST_BYTES
            for entry in entries:
                with archive.open(entry) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise InputError("'{path}' is too large for a workspace of documents.", path=path.name)
                target = folder / entry.filename
                target.parent.mkdir(exist_ok=True)
                target.write_bytes(content)
    except ZIP_ERRORS as error:
        raise InputError("'{path}' cannot be read as a zip file: {reason}.", path=path.name, reason=error) from error
    if not entries:
        raise InputError("'{path}' holds no documents.", path=path.name)
    return sorted({entry.filename for entry in entries})


def _check(path: Path, folder: Path, names: list[str], scenario_fault: ScenarioFault) -> None:
    """Read every document as the plugin would."""
    for name in (name for name in names if name.endswith(".json")):
        kind = name.partition("/")[0]
        try:
            if kind == "districts":
                read_district(folder / name)
            elif kind == "themes":
                read_theme(folder / name)
            elif (fault := scenario_fault(folder / name)) is not None:
                raise fault
        except TwinError as error:
            raise InputError("'{path}' was not taken over: {reason}", path=path.name, reason=error.message) from error


def _require_own_ids(path: str, new: Mapping[Path, bytes]) -> None:
    """Refuse a document with an id that another one has, whose place it would take: of two, one is not read."""
    taken: dict[tuple[Path, str], str] = {}
    for folder in dict.fromkeys(target.parent for target in new):
        for file in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            with suppress(OSError):
                taken.setdefault((folder, _id(file.read_bytes())), file.name)
    for target, content in new.items():
        name = _id(content) if target.suffix == ".json" else ""
        other = taken.setdefault((target.parent, name), target.name) if name else target.name
        if other != target.name:
            raise InputError(
                "'{file}' of '{path}' has the id {id}, which '{other}' has: nothing was taken over. Give one of them "
                "another id.",
                file=target.name,
                path=path,
                id=name,
                other=other,
            )


def _id(content: bytes) -> str:
    """The id that a document says, "" for none."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    found = document.get("id") if isinstance(document, dict) else None
    return found.lower() if isinstance(found, str) else ""


def _wanted(name: str, named: tuple[str, ...]) -> bool:
    return not named or name in named


def _styles(theme: Found) -> list[Path]:
    """The styles beside a theme document that it names."""
    names = {layer.style for layer in theme.value.layers} if theme.value is not None else set()
    return [theme.path.parent / name for name in sorted(names) if name.endswith(".qml")]


def _own_scenarios() -> list[Path]:
    folder = own_folder("scenarios")
    return sorted(folder.glob("*.json")) if folder.is_dir() else []
