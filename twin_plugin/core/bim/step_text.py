"""Repairs a STEP file's text before it is parsed, and says which records it holds, whatever a parser makes of it."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

START = b"ISO-10303-21"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
HEAD_BYTES = 65536
_DATA = re.compile(rb"ENDSEC\s*;\s*DATA\s*;", re.IGNORECASE)
_MARK = re.compile(rb"'[^']*'|/\*|\*/")
_HOLDS_RECORDS = re.compile(rb";\s*#\d+\s*=")
_RECORD = re.compile(rb"#(\d{1,18})\s*=\s*([A-Za-z]\w*)")
_SOLID = re.compile(rb"[^\x00-\x20]")
SHORT_GAP = 8
QUOTE, SEMICOLON, SPACE, COMMA, OPEN, CLOSE, STAR, SLASH = (ord(mark) for mark in "'; ,()*/")


def from_start(data: bytes) -> bytes:
    """The text from ISO-10303-21 on, less byte order marks and what else stands before it; UTF-16 becomes UTF-8."""
    if data[:2] in UTF16:
        data = data.decode("utf-16", "replace").encode()
    if data.startswith(START):
        return data
    begin = data[:HEAD_BYTES].upper().find(START)
    return data[begin:] if begin > 0 else data


def holds_comment(data: bytes, begin: int = 0) -> bool:
    """Whether a mark of a comment, an opening or an end, stands in a text from a place on."""
    view = np.frombuffer(data, np.uint8, offset=begin)
    stars = np.flatnonzero(view == STAR)
    before, behind = stars[stars > 0] - 1, stars[stars < len(view) - 1] + 1
    return bool((view[before] == SLASH).any() or (view[behind] == SLASH).any())


def without_comments(data: bytes) -> tuple[bytes, int]:
    """The text with its comments blanked, and how many marks of comments had no partner.

    A mark without a partner is blanked alone, since a stray opening would swallow all records up to the next comment or
    the end. A comment that holds records was opened by such a mark where another opening stands in it, or where an end
    without an opening stands before it; otherwise somebody commented the records out.
    """
    if not holds_comment(data):
        return data, 0
    last = max(data.rfind(b"/*"), data.rfind(b"*/")) + 2
    text, at, strays = bytearray(data), 0, 0
    while (match := _MARK.search(data, at, last)) is not None:
        at = match.end()
        if match.group(0)[:1] == b"'":
            continue
        opened, end = match.start(), data.find(b"*/", at)
        stray = match.group(0) == b"*/" or end < 0
        if not stray and _HOLDS_RECORDS.search(data, at, end) is not None:
            stray = strays > 0 or data.find(b"/*", at, end) >= 0
        strays += stray
        at = at if stray else end + 2
        text[opened:at] = b" " * (at - opened)
    return bytes(text), strays


def without_blanks(data: bytes) -> bytes:
    """The text without white space outside the strings of its records, where it has some in most of them."""
    found = _DATA.search(data)
    if found is None:
        return data
    begin = found.end()
    view = np.frombuffer(data, np.uint8)[begin:]
    blanks = np.flatnonzero(view <= SPACE)
    blanks = blanks[blanks > 0]
    before = view[blanks - 1]
    if int(((before == COMMA) | (before == OPEN)).sum()) * 10 < np.count_nonzero(view == SEMICOLON):
        return data
    quotes = np.flatnonzero(view == QUOTE)
    if len(quotes) % 2:
        return data
    inside = np.searchsorted(quotes, blanks) % 2 == 1
    kept = np.ones(len(view), dtype=np.bool_)
    kept[blanks[~inside]] = False
    return data[:begin] + view[kept].tobytes()


def without_unbalanced(data: bytes) -> tuple[bytes, int]:
    """The text without the records that have a bracket too many or too few, which end a parser's work; how many."""
    found = _DATA.search(data)
    if found is None or data.count(b"'", found.end()) % 2:
        return data, 0
    view = np.frombuffer(data, np.uint8)[found.end() :]
    quotes, ends, opens, closes = (np.flatnonzero(view == mark) for mark in (QUOTE, SEMICOLON, OPEN, CLOSE))
    ends, opens, closes = (at[np.searchsorted(quotes, at) % 2 == 0] for at in (ends, opens, closes))
    depth = np.searchsorted(opens, ends) - np.searchsorted(closes, ends)
    bad = np.flatnonzero(np.diff(depth, prepend=0))
    kept = np.ones(len(view), dtype=np.bool_)
    for number in bad.tolist():
        kept[int(ends[number - 1]) + 1 if number else 0 : int(ends[number]) + 1] = False
    return data[: found.end()] + view[kept].tobytes(), len(bad)


def records(data: bytes) -> dict[int, bytes]:
    """The numbers of the records in a text without comments, and the class of each in capitals (b"" for several)."""
    found = _DATA.search(data)
    begin = found.end() if found is not None else 0
    view = np.frombuffer(data, np.uint8)[begin:]
    ends, quotes = np.flatnonzero(view == SEMICOLON), np.flatnonzero(view == QUOTE)
    if len(quotes) % 2 == 0:
        ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
    # What stands behind the last semicolon is no whole record.
    starts = _behind_blanks(view, np.concatenate([[0], ends[:-1] + 1])) + begin
    written: dict[int, bytes] = {}
    for start in starts.tolist():
        match = _RECORD.match(data, start)
        if match is not None:
            written[int(match.group(1))] = match.group(2).upper()
    return written


def _behind_blanks(view: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places behind the white space that begins at them; those at the end are left out."""
    places = places[places < len(view)]
    for _ in range(SHORT_GAP):
        blank = view[places] <= SPACE
        if not blank.any():
            return places
        places = places + blank
        places = places[places < len(view)]
    # Comments that were blanked leave long gaps.
    text = view.data
    found = [_SOLID.search(text, place) for place in places.tolist()]
    return np.array([match.start() for match in found if match is not None], dtype=np.int64)


def lost(written: dict[int, bytes], read: set[int], known: frozenset[str]) -> tuple[int, Counter[str]]:
    """How many records of known classes a parser did not read, and the classes that the schema lacks, with counts."""
    missing = [kind.decode("ascii", "replace") for number, kind in written.items() if number not in read]
    strange = Counter(kind for kind in missing if kind not in known)
    return len(missing) - strange.total(), strange
