"""Themes and districts that ship and those of the user's folders: found, read and checked with all that QGIS knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from ...core.bim.tables import TABLES
from ...core.common.errors import InputError, TwinError
from ...core.common.json_documents import read_json
from ...core.common.languages import Texts
from ...core.common.messages import Message
from ...core.services.catalogue.taxonomy import read_taxonomy
from ...core.services.protocol_table import ServiceProtocol
from ...core.themes import district_documents, documents
from ...core.themes.district import District
from ...core.themes.documents import Places
from ...core.themes.theme import Theme
from ...core.themes.theme_checks import Names
from ..kernel import limited_expressions, resources
from ..kernel.runtime import own_folder
from . import own_styles

Value = TypeVar("Value", Theme, District)
Reader = Callable[[Path], Value]
State = tuple[tuple[Path, int, int], ...]
"""The files of a folder, with the time of their last change and their size."""


@dataclass(frozen=True)
class Found(Generic[Value]):
    """A document of a folder.

    Attributes
    ----------
    path : Path
    id : str
        Of the value, or the name of the file where it cannot be read.
    shipped : bool
        It came with the plugin and is never changed.
    value : Theme, District or None
        None where it cannot be read.
    fault : Message or None
        Why it cannot be read.
    """

    path: Path
    id: str
    shipped: bool
    value: Value | None = None
    fault: Message | None = None


@dataclass(frozen=True)
class Head:
    """What a list of documents shows of one: `shipped` as in `Found`."""

    path: Path
    id: str
    title: Texts
    shipped: bool


def read_theme(path: str | Path) -> Theme:
    """The theme of a document; raises InputError with the document, the place in it and the cure."""
    return documents.read_theme(path, _places())


def read_district(path: str | Path) -> District:
    """The district of a document; raises InputError with the document, the place in it and the cure."""
    return district_documents.read_district(path, resources.SCHEMAS)


def find_themes() -> list[Found[Theme]]:
    """All theme documents, those that ship first; one that cannot be read has the reason."""
    return _found("themes", read_theme)


def find_districts() -> list[Found[District]]:
    """All district documents, those that ship first; one that cannot be read has the reason."""
    return _found("districts", read_district)


def theme_named(name: str) -> Found[Theme]:
    """The theme with an id, or that of a document's path.

    Raises
    ------
    InputError
        Where there is none, or it cannot be read.
    """
    if name.endswith(".json"):
        theme = read_theme(name)
        return Found(Path(name), theme.id, False, theme)
    return _named(name, find_themes(), own_folder("themes"))


def district_named(name: str) -> Found[District]:
    """The district with an id, or that of a document's path; raises as `theme_named`."""
    if name.endswith(".json"):
        district = read_district(name)
        return Found(Path(name), district.id, False, district)
    return _named(name, find_districts(), own_folder("districts"))


def style_file(document: Path, style: str) -> Path:
    """The .qml of a layer of a document: one beside it, or one that ships."""
    return document.parent / style if style.endswith(".qml") else resources.style(style)


def heads(kind: str) -> list[Head]:
    """Ids and titles of all themes or districts, those that ship first, without a check of the rest of a document.

    It needs no package, and is quick: for the choices of a parameter. What has no id or title is left out.
    """
    return list(_heads(kind, *_states(kind)))


def _states(kind: str) -> tuple[State, State]:
    """Both folders of a kind of documents, with what tells whether a file in them has changed."""
    return _state(resources.RESOURCES / kind), _state(own_folder(kind))


def _state(folder: Path) -> State:
    files = sorted((*folder.glob("*.json"), *folder.glob("*.qml")))
    described = ((path, path.stat()) for path in files if path.is_file())
    return tuple((path, status.st_mtime_ns, status.st_size) for path, status in described)


@lru_cache(maxsize=4)
def _heads(kind: str, shipped: State, own: State) -> tuple[Head, ...]:
    result: dict[str, Head] = {}
    for state in (shipped, own):
        for path, _, _ in state:
            if (head := _head(path, state is shipped)) is not None:
                result.setdefault(head.id, head)
    return tuple(result.values())


def _head(path: Path, shipped: bool) -> Head | None:
    if path.suffix != ".json":
        return None
    try:
        root = read_json(path)
        return Head(path, root.text("id"), root.texts("title"), shipped)
    except TwinError:
        return None


def _found(kind: str, read: Reader[Value]) -> list[Found[Value]]:
    """The documents of both folders; they are read again when a file of a folder has changed."""
    return list(_read(kind, read, *_states(kind)))


@lru_cache(maxsize=4)
def _read(kind: str, read: Reader[Value], shipped: State, own: State) -> tuple[Found[Value], ...]:
    """The documents of both folders; an id that is taken is a fault of the later document."""
    result: list[Found[Value]] = []
    ids: dict[str, Path] = {}
    for state in (shipped, own):
        for path in (path for path, _, _ in state if path.suffix == ".json"):
            one = _one(path, state is shipped, read)
            if one.value is not None and one.id in ids:
                fault = Message(
                    "'{document}': '{other}' has the id '{id}' too: give this document another id.",
                    document=path.name,
                    other=ids[one.id],
                    id=one.id,
                )
                one = Found(path, path.stem, one.shipped, None, fault)
            elif one.value is not None:
                ids[one.id] = path
            result.append(one)
    return tuple(result)


def _one(path: Path, shipped: bool, read: Reader[Value]) -> Found[Value]:
    try:
        value = read(path)
    except TwinError as error:
        return Found(path, path.stem, shipped, None, error.message)
    return Found(path, value.id, shipped, value)


def _named(name: str, found: list[Found[Value]], folder: Path) -> Found[Value]:
    for one in found:
        if one.id == name:
            if one.fault is not None:
                raise InputError(one.fault)
            return one
    raise InputError(
        "There is no document with the id '{id}': take one of {ids}, or put a document into '{folder}'.",
        id=name,
        ids=", ".join(one.id for one in found if one.value is not None) or "none",
        folder=folder,
    )


def _places() -> Places:
    return Places(resources.SCHEMAS, resources.RESOURCES / "themes", _names())


@lru_cache(maxsize=1)
def _names() -> Names:
    """What theme documents may name; the taxonomy is the one that ships, in whose codes they are written."""
    return Names(
        resources.RESOURCES / "styles",
        frozenset(TABLES),
        frozenset(read_taxonomy(resources.table("taxonomy")).rows),
        frozenset(protocol.value for protocol in ServiceProtocol),
        limited_expressions.fault,
        own_styles.style_fault,
    )
