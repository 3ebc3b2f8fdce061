"""The words of CQL2 text (OGC 21-065r2, annex B): what kind each is, its value and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..common.errors import InputError
from ..common.messages import Message

LENGTH_LIMIT = 200_000
KEYWORDS = frozenset(["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"])

# Names as the standard's annex has them (XML names), so that Chinese names need no quotes.
_START = (
    ":_A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1ffe\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"[{_START}][{_START}.0-9\u0300-\u036f\u203f-\u2040]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<text>'(?:[^'\\]|''|\\'|\\(?!'))*+')
    |(?P<quoted>"(?:[^"]|"")++")
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>{_NAME})
    |(?P<sign><=|>=|<>|!=|[-+*/%^=<>(),\[\]])""",
    re.VERBOSE,
)
_ESCAPED_QUOTE = re.compile(r"''|\\'")


@dataclass(frozen=True)
class Token:
    """A word: kind is text, quoted, number, name, keyword, sign or end; start and end are characters from 0."""

    kind: str
    value: Any
    start: int
    end: int


def trouble(text: str, position: int, expected: str, /, **values: Any) -> InputError:
    """The sentence for a filter that cannot be read: where, what stands there, what was expected."""
    there = text[position : position + 20].split("\n")[0]
    seen = f"“{there}”"
    if not there.strip():
        seen = Message("the end") if position >= len(text) else Message("a space")
    return InputError(
        "The filter cannot be read at character {position}, {seen}: {expected}.",
        position=position + 1,
        seen=seen,
        expected=Message(expected, **values),
    )


def tokens(text: str) -> Iterator[Token]:
    """The words of a filter, with an end.

    Raises
    ------
    InputError
        Where a character or a text without its end stands in the way, or the filter is too long.
    """
    if len(text) > LENGTH_LIMIT:
        raise InputError(
            "The filter has {count} characters; at most {length_limit} are read: shorten it.",
            count=len(text),
            length_limit=LENGTH_LIMIT,
        )
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise trouble(text, position, _stray(text[position]))
        kind = found.lastgroup or ""
        if kind != "space":
            yield _token(kind, found.group(), text, found.start(), found.end())
        position = found.end()
    yield Token("end", "", len(text), len(text))


def _token(kind: str, word: str, text: str, start: int, end: int) -> Token:
    value: Any = word
    if kind == "text":
        value = _ESCAPED_QUOTE.sub("'", word[1:-1])
    elif kind == "quoted":
        value = word[1:-1].replace('""', '"')
    elif kind == "number":
        value = _number(word, text, start)
    elif kind == "name" and word.upper() in KEYWORDS:
        kind, value = "keyword", word.upper()
    elif word == "!=":
        value = "<>"
    if isinstance(value, str) and "\0" in value:
        raise trouble(text, start, "a character that no text may hold was found")
    return Token(kind, value, start, end)


def _number(word: str, text: str, start: int) -> int | float:
    if word.isdigit() and len(word) <= 300:
        return int(word)
    value = float(word)
    if value == float("inf"):
        raise trouble(text, start, "a number below 1.8e308 was expected")
    return value


def _stray(letter: str) -> str:
    if letter == "'":
        return Message("the text has no closing quotation mark (a quotation mark in a text is written twice)")
    if letter == '"':
        return Message("the name has no closing quotation mark")
    return Message("a name, a value or an operator was expected")
