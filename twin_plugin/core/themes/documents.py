"""Theme documents: JSON that is read within limits, completed by what it extends, and checked to the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..common.json_documents import read_json
from ..common.json_schema import check, located, order, place, place_by_id
from ..common.links import leads_out
from ..common.messages import Message
from .document_files import path_fault
from .merging import Document, merged
from .theme import Theme
from .theme_checks import Fault, Names, double_ids, faults
from .theme_reading import theme_of

EXTENDS_LIMIT = 8
"""Documents that may extend one another in a row."""


@dataclass(frozen=True)
class Places:
    """Where documents find what they name.

    Attributes
    ----------
    schemas, themes : Path
        Folders of the schemas and of the theme documents that ship with the plugin.
    names : Names
    """

    schemas: Path
    themes: Path
    names: Names


def read_theme(path: str | Path, places: Places) -> Theme:
    """The theme of a document.

    Raises
    ------
    InputError
        With the document, the place in it and the cure, where it is no JSON, larger or deeper than the limits, not as
        the schema says, refers to what does not exist, or extends itself.
    ResourceError
        When it cannot be read.
    """
    path = Path(path).absolute()
    own = _raw(path, places)
    document = _complete(own, path, places, ())
    extends = "extends" in own
    if extends:
        check(document, places.schemas / "theme.schema.json", path.name, by_id=True)
    require(list(faults(document, path.parent, places.names)), document, path.name, by_id=extends)
    return theme_of(document)


def require(found: list[Fault], document: Document, name: str, by_id: bool = False) -> None:
    """Do nothing where there are no faults; `name` and `by_id` as in `check`.

    Raises
    ------
    InputError
        With the first fault in the order of the document, and how many more there are.
    """
    if found:
        where, fault = min(found, key=lambda one: order(one[0]))
        text = place_by_id(where, document) if by_id else place(where)
        raise located(name, text, fault, len(found) - 1)


def _raw(path: Path, places: Places) -> Document:
    """A document by itself, as its schema says."""
    document: Document = read_json(path).value
    check(document, places.schemas / "theme.schema.json", path.name)
    require(list(double_ids(document)), document, path.name)
    return document


def _complete(own: Document, path: Path, places: Places, before: tuple[Path, ...]) -> Document:
    """A document with all that it extends."""
    if "extends" not in own:
        return own
    chain = (*before, path)
    other = _extended(path, own["extends"], places)
    if other in chain or len(chain) > EXTENDS_LIMIT:
        names = " > ".join(document.name for document in (*chain, other))
        fault = Message("the documents extend one another in a circle or too often ({names}): end it.", names=names)
        raise located(path.name, "extends", fault)
    return merged(_complete(_raw(other, places), other, places, chain), own)


def _extended(path: Path, name: str, places: Places) -> Path:
    """The document that another one names: beside it with .json, else one that ships."""
    if (fault := path_fault(name)) or "/" in name:
        fault = fault or Message("'{name}' is not in the folder of the document: put it there.", name=name)
        raise located(path.name, "extends", fault)
    beside = name.endswith(".json")
    other = path.parent / name if beside else places.themes / f"{name}.json"
    if other.is_file() and not leads_out(other, other.parent):
        return other
    fault = (
        Message("no document '{name}' is beside this one: put it there.", name=name)
        if beside
        else Message("no theme '{name}' ships with the plugin: correct the id, or name a file with .json.", name=name)
    )
    raise located(path.name, "extends", fault)
