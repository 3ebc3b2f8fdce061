"""JSON of many megabytes without holding the interpreter: read in pieces of some kilobytes.

Python's parser reads a document in one call, during which no other thread runs, the user interface's least of all. Here
brackets and commas are found first, with numpy; then runs of whole values between them are parsed one after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

PIECE_BYTES = 64 * 1024
"""Bytes that are parsed in one call, about a millisecond; only a single text may be longer."""

_CHUNK_BYTES = 256 * 1024
_QUOTE, _BACKSLASH, _COMMA = b'"\\,'
_OPENING, _CLOSING = b"[{", b"]}"
_CLOSED_BY = {ord("["): ord("]"), ord("{"): ord("}")}
_BLANK = b" \t\r\n"
_KEY = re.compile(rb'("(?:[^"\\]++|\\.)*+")[ \t\r\n]*:[ \t\r\n]*', re.DOTALL)
_VALUE = re.compile(rb"[^ \t\r\n]")

_IS_MARK = np.zeros(256, np.bool_)
_IS_MARK[list(b"[{]},")] = True
_STEP = np.zeros(256, np.int8)
_STEP[list(_OPENING)] = 1
_STEP[list(_CLOSING)] = -1


Compact = Callable[[Any], Any]


def kept(value: Any) -> Any:
    """All of it."""
    return value


class BrokenJsonError(ValueError):
    """A document that is not JSON; `position` is the byte where it ends to be."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(reason)
        self.position = position


@dataclass(frozen=True)
class Measures:
    """What a document holds, found without parsing it."""

    depth: int
    containers: int
    commas: int


def measures(data: bytes) -> Iterator[Measures]:
    """What the beginning of a document holds, each time a bit more of it: the last ones are those of all of it."""
    scanner = _Scanner()
    level = deepest = containers = commas = 0
    for start in range(0, len(data), _CHUNK_BYTES):
        kinds = scanner.marks(data, start, start + _CHUNK_BYTES)[1]
        steps = _STEP[kinds]
        levels = level + np.cumsum(steps, dtype=np.int64)
        if len(levels):
            level, deepest = int(levels[-1]), max(deepest, int(levels.max()))
        containers += int(np.count_nonzero(steps == 1))
        commas += int(np.count_nonzero(kinds == _COMMA))
        yield Measures(deepest, containers, commas)


def parsed(data: bytes, loads: Callable[[bytes], Any], compact: Compact = kept) -> Any:
    """The value of a document in UTF-8.

    Parameters
    ----------
    data : bytes
    loads : callable
        Parses a small document; raises json.JSONDecodeError.
    compact : callable
        From each entry of a list that is longer than a piece to what is kept of it. Python's garbage collector stops
        all threads to look at every list and object that there is: of some megabytes, for longer than people notice.

    Raises
    ------
    BrokenJsonError
    """
    return _Parser(data, loads, compact).value()


class _Scanner:
    """Finds brackets and commas outside of texts, chunk after chunk."""

    def __init__(self) -> None:
        self._in_text = False
        self._escaped = False  # the next byte follows a backslash

    def marks(self, data: bytes, start: int, end: int) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
        """Positions from the start of the document, and the bytes there."""
        end = min(end, len(data))
        chunk = np.frombuffer(data, np.uint8, end - start, start)
        quotes = chunk == _QUOTE
        if self._escaped or data.find(b"\\", start, end) >= 0:
            quotes[self._escaped_positions(chunk)] = False
        inside = np.cumsum(quotes, dtype=np.uint8) & 1
        if self._in_text:
            inside ^= 1
        self._in_text = bool(inside[-1]) if len(inside) else self._in_text
        found = np.flatnonzero(_IS_MARK[chunk] & (inside == 0))
        return found + start, chunk[found]

    def _escaped_positions(self, chunk: NDArray[np.uint8]) -> NDArray[np.intp]:
        """Where a byte follows an odd number of backslashes."""
        slashes = np.flatnonzero(chunk == _BACKSLASH)
        begins = np.flatnonzero(np.diff(slashes, prepend=-2) != 1)
        lengths = np.diff(begins, append=len(slashes))
        after = slashes[begins] + lengths
        if self._escaped:
            if len(slashes) and slashes[0] == 0:
                lengths[0] += 1
            else:
                after, lengths = np.append(after, 0), np.append(lengths, 1)
        escaped = after[lengths % 2 == 1]
        self._escaped = bool(np.any(escaped == len(chunk)))
        return escaped[escaped < len(chunk)]


@dataclass
class _Open:
    """A list or object that is longer than a piece, with what came of it."""

    value: Any
    closing: int
    after_comma: bool = False
    after_child: bool = False  # a child that is longer than a piece has just ended


class _Parser:
    def __init__(self, data: bytes, loads: Callable[[bytes], Any], compact: Compact) -> None:
        self._data = data
        self._loads = loads
        self._compact = compact
        self._at = 0
        self._open: list[_Open] = []

    def value(self) -> Any:
        """The value of the whole document."""
        start = self._next(0)
        if len(self._data) - start <= PIECE_BYTES or self._data[start] not in _OPENING:
            return self._piece(start, len(self._data))
        root = self._descend(start)
        while self._open:
            self._at = self._next(self._at)
            if not self._runs():
                self._child()
        if self._next(self._at) < len(self._data):
            raise BrokenJsonError("Extra data", self._at)
        return root

    def _runs(self) -> bool:
        """Take the whole values of the next bytes; whether there were any."""
        data, begin, opened = self._data, self._at, len(self._open)
        places, kinds = _Scanner().marks(data, begin, begin + PIECE_BYTES)
        levels = np.cumsum(_STEP[kinds], dtype=np.int32)
        first, level = 0, 0
        while self._open and first < len(places):
            top = self._open[-1]
            if top.after_child:
                self._expect_blank(int(places[first]))
                top.after_child = False
                if kinds[first] == _COMMA:
                    self._at, top.after_comma = int(places[first]) + 1, True
                    first += 1
                    continue
                if kinds[first] in _OPENING:
                    raise BrokenJsonError("Expecting ',' delimiter", int(places[first]))
            ended = levels[first:] < level
            if ended.any():
                end = first + int(np.argmax(ended))
                self._close(int(places[end]), kinds[end])
                first, level = end + 1, level - 1
                continue
            commas = np.flatnonzero((kinds[first:] == _COMMA) & (levels[first:] == level))
            if not len(commas):
                break
            first += int(commas[-1]) + 1
            self._take(int(places[first - 1]))
            self._at, top.after_comma = int(places[first - 1]) + 1, True
        return self._at > begin or len(self._open) != opened

    def _child(self) -> None:
        """Go into a list or object that is longer than a piece, or take a text that is."""
        top, start = self._open[-1], self._at
        if start >= len(self._data) or top.after_child:
            raise BrokenJsonError("Expecting ',' delimiter", start)
        name = None
        if isinstance(top.value, dict):
            key = _KEY.match(self._data, start)
            if key is None:
                raise BrokenJsonError("Expecting property name enclosed in double quotes", start)
            name, start = self._loads(key[1]), key.end()
        if start < len(self._data) and self._data[start] in _OPENING:
            top.after_comma = False
            child = self._descend(start)
            if name is None:
                top.value.append(child)
            else:
                top.value[name] = child
            return
        self._take(self._end_of_text(start))
        top.after_child = True

    def _end_of_text(self, start: int) -> int:
        scanner, level = _Scanner(), 0
        for begin in range(start, len(self._data), _CHUNK_BYTES):
            places, kinds = scanner.marks(self._data, begin, begin + _CHUNK_BYTES)
            levels = level + np.cumsum(_STEP[kinds], dtype=np.int32)
            ends = np.flatnonzero((levels < 0) | ((kinds == _COMMA) & (levels == 0)))
            if len(ends):
                return int(places[ends[0]])
            level = int(levels[-1]) if len(levels) else level
        raise BrokenJsonError("Unterminated string or list", start)

    def _descend(self, start: int) -> Any:
        kind = self._data[start]
        opened = _Open([] if kind == _OPENING[0] else {}, _CLOSED_BY[kind])
        self._open.append(opened)
        self._at = start + 1
        return opened.value

    def _close(self, end: int, kind: int) -> None:
        top = self._open[-1]
        if kind != top.closing:
            raise BrokenJsonError("Expecting ',' delimiter", end)
        self._take(end, closing=True)
        self._open.pop()
        self._at = end + 1
        if self._open:
            around = self._open[-1]
            around.after_child = True
            if isinstance(around.value, list):
                around.value[-1] = self._compact(top.value)

    def _take(self, end: int, closing: bool = False) -> None:
        """The values from here to `end`."""
        top = self._open[-1]
        if self._next(self._at) >= end:
            if closing and not top.after_comma:
                return
            raise BrokenJsonError("Expecting value", self._at)
        if isinstance(top.value, dict):
            top.value.update(self._piece(self._at, end, b"{", b"}"))
        else:
            top.value.extend(map(self._compact, self._piece(self._at, end, b"[", b"]")))
        self._at = end
        top.after_comma = False

    def _piece(self, start: int, end: int, before: bytes = b"", after: bytes = b"") -> Any:
        text = before + self._data[start:end] + after
        try:
            return self._loads(text)
        except json.JSONDecodeError as error:
            ahead = len(text.decode("utf-8")[: error.pos].encode()) - len(before)
            raise BrokenJsonError(error.msg, start + max(ahead, 0)) from None

    def _next(self, start: int) -> int:
        """Where the next byte is that is not blank."""
        found = _VALUE.search(self._data, start)
        return found.start() if found else len(self._data)

    def _expect_blank(self, end: int) -> None:
        if self._next(self._at) < end:
            raise BrokenJsonError("Expecting ',' delimiter", self._at)
