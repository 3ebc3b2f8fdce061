"""JSON documents that people write: read within limits, with errors that name the document and the place in it."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import InputError, unreadable
from .languages import Texts
from .messages import Message

SIZE_LIMIT = 1_000_000
DEPTH_LIMIT = 16
TEXT_LIMIT = 20_000
LANGUAGES = ("en", "zh")


def read_json(path: str | Path, size_limit: int = SIZE_LIMIT, depth_limit: int = DEPTH_LIMIT) -> Node:
    """The root of a document, which is an object.

    Raises
    ------
    InputError
        When it is no JSON in UTF-8, is larger or deeper than the limits, has a key twice, or is no object.
    ResourceError
        When it cannot be read.
    """
    return parse_json(read_bytes(path, size_limit), Path(path).name, depth_limit)


def read_bytes(path: str | Path, size_limit: int = SIZE_LIMIT) -> bytes:
    """What a document holds, as far as its size is within the limit; errors as for `read_json`."""
    path = Path(path)
    if not path.is_file():
        raise InputError("The document '{path}' does not exist or is no file: choose another.", path=path)
    try:
        with open(path, "rb") as file:
            data = file.read(size_limit + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > size_limit:
        raise InputError(
            "The document '{path}' is larger than {limit:,} bytes: split it, or remove what it does not need.",
            path=path,
            limit=size_limit,
        )
    return data


def parse_json(data: bytes, document: str, depth_limit: int = DEPTH_LIMIT) -> Node:
    """The root of a document from its bytes; errors as for `read_json`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("'{document}' is no text in UTF-8: save it as UTF-8.", document=document) from error
    if _depth(text) > depth_limit:
        raise InputError(
            "'{document}' is nested deeper than {limit} levels: make it flatter.", document=document, limit=depth_limit
        )
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "'{document}' is no valid JSON ({error}): correct it there.", document=document, error=str(error)
        ) from error
    root = Node(value, "", document)
    root.mapping()
    return root


def _depth(text: str) -> int:
    """How deep brackets are nested, outside texts; found before the parser recurses into them."""
    depth = deepest = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            if escaped:
                escaped = False
            elif letter == "\\":
                escaped = True
            elif letter == '"':
                quoted = False
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose keys stands twice: which one counts is a guess."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key '{key}' stands twice in one object")
        found[key] = value
    return found


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


@dataclass(frozen=True)
class Node:
    """A value of a document with its place, such as groups[1].layers[0].style."""

    value: Any
    place: str
    document: str

    def error(self, fault: str) -> InputError:
        """The error that says what is wrong here, and what to do."""
        if not self.place:
            return InputError("'{document}': {fault}", document=self.document, fault=fault)
        return InputError("'{document}', at {place}: {fault}", document=self.document, place=self.place, fault=fault)

    def child(self, key: str | int) -> Node:
        """What an object has by this key, or a list at this place; it must exist."""
        part = f"[{key}]" if isinstance(key, int) else f".{key}" if self.place else key
        return Node(self.value[key], f"{self.place}{part}", self.document)

    def get(self, key: str) -> Node | None:
        """What an object has by this key; None where it has nothing, or null."""
        return self.child(key) if self.mapping().get(key) is not None else None

    def need(self, key: str) -> Node:
        """What an object must have by this key."""
        found = self.get(key)
        if found is None:
            raise self.error(Message("the key '{key}' is missing: add it.", key=key))
        return found

    def mapping(self) -> dict[str, Any]:
        """The object itself."""
        if not isinstance(self.value, dict):
            raise self.error(Message("an object in braces belongs here."))
        return self.value

    def only(self, keys: Iterable[str]) -> None:
        """Refuse keys that mean nothing here."""
        known = list(keys)
        for key in self.mapping():
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, 1)
            if near:
                raise self.error(Message("the key '{key}' is unknown: is '{near}' meant?", key=key[:60], near=near[0]))
            raise self.error(
                Message(
                    "the key '{key}' is unknown: remove it, or use one of {keys}.", key=key[:60], keys=", ".join(known)
                )
            )

    def items(self, key: str, most: int = 1000) -> list[Node]:
        """The values of a list; none where the key is missing."""
        found = self.get(key)
        return [] if found is None else found.elements(most)

    def elements(self, most: int = 1000) -> list[Node]:
        """The values of this list."""
        if not isinstance(self.value, list):
            raise self.error(Message("a list in brackets belongs here."))
        if len(self.value) > most:
            raise self.error(Message("the list has more than {most} entries: shorten it.", most=most))
        return [self.child(number) for number in range(len(self.value))]

    def as_text(self, longest: int = TEXT_LIMIT) -> str:
        """This text."""
        if not isinstance(self.value, str):
            raise self.error(Message("a text in quotes belongs here."))
        if len(self.value) > longest:
            raise self.error(Message("the text has more than {longest} characters: shorten it.", longest=longest))
        if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in self.value):
            raise self.error(Message("the text has characters that cannot be written: remove them."))
        return self.value

    def as_number(self) -> float:
        """This number, finite."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.error(Message("a number belongs here."))
        try:
            number = float(self.value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.error(Message("the number is too large: correct it."))
        return number

    def text(self, key: str, default: str | None = None, longest: int = TEXT_LIMIT) -> str:
        """The text by a key; without a default it must be there and not be empty."""
        found = self.need(key) if default is None else self.get(key)
        if found is None:
            return default or ""
        value = found.as_text(longest)
        if default is None and not value.strip():
            raise found.error(Message("the text is empty: fill it in."))
        return value

    def number(self, key: str, default: float | None = None) -> float | None:
        """The number by a key, or the default."""
        found = self.get(key)
        return default if found is None else found.as_number()

    def flag(self, key: str, default: bool) -> bool:
        """The true or false by a key."""
        found = self.get(key)
        if found is None:
            return default
        if not isinstance(found.value, bool):
            raise found.error(Message("true or false belongs here."))
        return found.value

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of the choices by a key."""
        value = self.text(key, default)
        if value not in choices:
            raise self.need(key).error(
                Message("'{value}' is none of {choices}.", value=value[:60], choices=", ".join(choices))
            )
        return value

    def texts(self, key: str, must: bool = True) -> Texts:
        """A text in each language; a plain text is the English one. Empty where it is missing and need not be there."""
        found = self.need(key) if must else self.get(key)
        if found is None:
            return {}
        if isinstance(found.value, str):
            return {"en": self.text(key)}
        found.only(LANGUAGES)
        if must and not found.value:
            raise found.error(Message("the text has no language: fill in 'en'."))
        return {language: found.text(language) for language in LANGUAGES if language in found.value}
