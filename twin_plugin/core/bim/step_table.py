"""The records of a STEP file as numpy arrays, found without parsing: which there are, of what class, what they name.

A parser makes an object of every record; most records of a building are of no use to a map. Scanning the bytes takes a
hundredth of the time, and tells which are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Flags = NDArray[np.bool_]

QUOTE, HASH, SEMICOLON, EQUALS, SPACE, COMMA, BRACKET = (ord(c) for c in "'#;= ,)")
MOST_GAP = 8
"""White space around the equals sign of a record beyond this many bytes makes the scan give up."""

MOST_DIGITS = 16
NAME_WORDS = 8
"""Class names are looked at in words of eight bytes, of at most so many."""

_WORD = re.compile(rb"([A-Za-z0-9_]+)\s*\(")
_DATA = re.compile(rb"ENDSEC\s*;\s*DATA\s*;", re.IGNORECASE)
_END = re.compile(rb"ENDSEC\s*;\s*END-ISO-10303-21\s*;\s*", re.IGNORECASE)
_LOW = np.uint64(0x0101010101010101)
_HIGH = np.uint64(0x8080808080808080)
_ZEROS = np.uint64(0x3030303030303030)
_ABOVE_NINE = np.uint64(0x7676767676767676)
_OPENING = np.uint64(0x2828282828282828)
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(1)


@dataclass(frozen=True)
class StepTable:
    """The records of a file's DATA section in file order.

    Attributes
    ----------
    data : bytes
        The whole file.
    begin : int
        Where the DATA section's records begin; what is before is the header.
    starts, ends : ndarray, shape (n,)
        The bytes of each record, from its ``#`` to behind its semicolon.
    opens : ndarray, shape (n,)
        Where the bracket of each record's values stands.
    ids : ndarray, shape (n,)
    kinds : ndarray, shape (n,)
        Numbers of the classes, see `Kinds`.
    first : ndarray, shape (n + 1,)
        Where each record's references begin in `targets`.
    targets : ndarray, shape (m,)
        The records that are referred to, in the order of the text; -1 for an id that the file lacks.
    quotes : ndarray
        Where apostrophes stand.
    """

    data: bytes
    begin: int
    starts: Ints
    ends: Ints
    opens: Ints
    ids: Ints
    kinds: Ints
    first: Ints
    targets: Ints
    quotes: Ints

    def text(self, record: int) -> bytes:
        """A record as it is written, from its ``#`` to its semicolon."""
        return self.data[self.starts[record] : self.ends[record]]


@dataclass(frozen=True)
class Kinds:
    """The entities of a schema, numbered; the number behind the last stands for classes that it lacks.

    Attributes
    ----------
    names : tuple of str
        As the schema writes them.
    marks, numbers : ndarray
        Sorted hashes of the names in capitals, and the number of each.
    above : tuple of frozenset of str
        Of each entity its name and the names of all it descends from.
    capitals : frozenset of str
        The names in capitals.
    number : mapping of str to int
        The number of each name.
    """

    names: tuple[str, ...]
    marks: Words
    numbers: Ints
    above: tuple[frozenset[str], ...]
    capitals: frozenset[str]
    number: Mapping[str, int]

    def of(self, *classes: str) -> Flags:
        """Whether each entity is one of these classes or descends from one."""
        return np.array([*(not kinds.isdisjoint(classes) for kinds in self.above), False], dtype=np.bool_)


@lru_cache(maxsize=4)
def kinds_of(schema: str) -> Kinds:
    """The entities of a schema that ifcopenshell knows."""
    from ifcopenshell import ifcopenshell_wrapper

    entities = [
        entity
        for declaration in ifcopenshell_wrapper.schema_by_name(schema).declarations()
        if (entity := declaration.as_entity()) is not None
    ]
    above: dict[str, frozenset[str]] = {}
    names = tuple(str(entity.name()) for entity in entities)
    lines = tuple(_line(entity, above) for entity in entities)
    marks = np.array([_mark(name.upper().encode("ascii")) for name in names], dtype=np.uint64)
    order = np.argsort(marks)
    capitals, number = frozenset(name.upper() for name in names), {name: at for at, name in enumerate(names)}
    return Kinds(names, marks[order], order.astype(np.int64), lines, capitals, number)


def _line(entity: Any, known: dict[str, frozenset[str]]) -> frozenset[str]:
    name = str(entity.name())
    if name not in known:
        parent = entity.supertype()
        known[name] = frozenset({name}) | (_line(parent, known) if parent is not None else frozenset())
    return known[name]


def _mark(name: bytes) -> int:
    """The hash of a name, as `_kinds` computes it for all records at once."""
    mark = 0
    for at in range(0, len(name), 8):
        word = int.from_bytes(name[at : at + 8], "little")
        mark = ((mark ^ word) * int(_PRIME)) & 0xFFFFFFFFFFFFFFFF
        mark ^= mark >> 29
    return mark


def scan(data: bytes, schema: str) -> StepTable | None:
    """The records of a file.

    Parameters
    ----------
    data : bytes
    schema : str
        One that ifcopenshell knows, whose entities the records are.

    Returns
    -------
    StepTable or None
        None for whatever is unusual: comments among the records, a section that does not end, an id that occurs twice,
        class names in small letters, more than one DATA section, bytes between records. A parser must judge then.
    """
    found = _DATA.search(data)
    if found is None:
        return None
    begin, end = found.end(), data.rfind(b"ENDSEC")
    if end < begin or _END.fullmatch(data, end) is None or data.find(b"/*", begin) >= 0:
        return None
    # Words of eight bytes are read from any place, also the last.
    padded = data if len(data) - end > 80 else data + bytes(80)
    words: Words = np.ndarray((len(padded) - 7,), "<u8", padded, 0, (1,))
    view = np.frombuffer(padded, np.uint8)
    section = view[begin:end]
    quotes = np.flatnonzero(section == QUOTE) + begin
    hashes = _outside(np.flatnonzero(section == HASH) + begin, quotes)
    ends = _outside(np.flatnonzero(section == SEMICOLON) + begin, quotes) + 1
    if len(quotes) % 2 or not len(ends):
        return None
    before = np.concatenate([[begin], ends[:-1]])
    own = np.searchsorted(hashes, before)
    if own[-1] >= len(hashes) or (np.diff(own) <= 0).any() or data[ends[-1] : end].strip():
        return None
    starts = hashes[own]
    if not _blank(view, before, starts):
        return None
    numbers, digits = _numbers(words, hashes + 1)
    if (digits < 1).any() or (digits > MOST_DIGITS).any():
        return None
    behind = view[hashes + 1 + digits]
    behind[own] = COMMA
    if not ((behind == COMMA) | (behind == BRACKET) | (behind <= SPACE)).all():
        return None
    named = _kinds(view, words, starts + 1 + digits[own], kinds_of(schema))
    targets = _targets(numbers, own)
    if named is None or targets is None:
        return None
    kinds, opens = named
    first = np.concatenate([own - np.arange(len(own)), [len(hashes) - len(own)]])
    return StepTable(data, begin, starts, ends, opens, numbers[own], kinds, first, targets, quotes)


def kind_written(record: bytes) -> str:
    """The class of a record in capitals, as it is written."""
    found = _WORD.search(record)
    return found.group(1).upper().decode("ascii") if found is not None else ""


def ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers start, start + 1, ... of many ranges, one behind another."""
    total = int(counts.sum())
    return np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(total)


def _outside(places: Ints, quotes: Ints) -> Ints:
    """Those of the places that are in no string; few are in one, so the strings are asked."""
    pairs = len(quotes) // 2 * 2
    first, behind = (np.searchsorted(places, quotes[side:pairs:2]) for side in (0, 1))
    holding = behind > first
    return np.delete(places, ranges(first[holding], (behind - first)[holding])) if holding.any() else places


def _blank(view: NDArray[np.uint8], before: Ints, starts: Ints) -> bool:
    """Whether only white space stands between the records."""
    gaps = starts - before
    # Comments that were blanked leave long gaps.
    long = np.flatnonzero(gaps > MOST_GAP)
    if len(long) and (view[ranges(before[long], gaps[long])] > SPACE).any():
        return False
    widest = min(int(gaps.max()), MOST_GAP)
    return all((view[starts[gaps >= back] - back] <= SPACE).all() for back in range(1, widest + 1))


def _numbers(words: Words, places: Ints) -> tuple[Ints, Ints]:
    """The decimal numbers at these places, and how many digits each has (17 where it has more than 16)."""
    value, count = _eight(words[places])
    long = np.flatnonzero(count > 8)
    if len(long):
        more, further = _eight(words[places[long] + 8])
        value[long] = value[long] * 10 ** np.minimum(further, 8) + more
        count[long] = 8 + further
    return value, count


def _eight(words: Words) -> tuple[Ints, Ints]:
    """The numbers that begin words of eight bytes, and how many digits each has (9 where the word does not end it)."""
    digits = words ^ _ZEROS
    other = ((digits + _ABOVE_NINE) | digits) & _HIGH
    # The lowest bit that is set marks the first byte that is no digit.
    lowest = other & (~other + _ONE)
    count = np.where(other == 0, 9, _place(lowest))
    shift = (np.uint64(64) - np.minimum(count, 8).astype(np.uint64) * np.uint64(8)) & np.uint64(63)
    value = np.where(count == 0, np.uint64(0), digits << shift)
    value = (value * np.uint64(10)) + (value >> np.uint64(8))
    low, high = np.uint64(0x000000FF000000FF), np.uint64(32)
    value = (
        ((value & low) * np.uint64(0x000F424000000064))
        + (((value >> np.uint64(16)) & low) * np.uint64(0x0000271000000001))
    ) >> high
    return value.astype(np.int64), count.astype(np.int64)


def _place(bit: Words) -> Ints:
    """The byte (0 to 7) of the only bit that is set in each word."""
    return (((((bit >> np.uint64(7)) - _ONE) & _LOW) * _LOW) >> np.uint64(56)).astype(np.int64)


def _kinds(view: NDArray[np.uint8], words: Words, places: Ints, known: Kinds) -> tuple[Ints, Ints] | None:
    """The classes of records whose ids end at `places`, and where their brackets open; None for unusual writing."""
    places = _skip(view, places)
    if (view[places] != EQUALS).any():
        return None
    places = _skip(view, places + 1)
    marks = np.zeros(len(places), dtype=np.uint64)
    left, opens = np.arange(len(places)), places.copy()
    for step in range(NAME_WORDS):
        word = words[places[left] + 8 * step]
        apart = word ^ _OPENING
        stop = (apart - _LOW) & ~apart & _HIGH
        lowest = stop & (~stop + _ONE)
        ended = stop != 0
        # The bytes before the bracket; the mark of a name that ends with a word is not stirred once more.
        inside = np.where(ended, (lowest >> np.uint64(7)) - _ONE, ~np.uint64(0))
        some = inside != 0
        mixed = (marks[left] ^ (word & inside)) * _PRIME
        mixed ^= mixed >> np.uint64(29)
        marks[left[some]] = mixed[some]
        opens[left[ended]] += 8 * step + _place(lowest[ended])
        left = left[~ended]
        if not len(left):
            break
    else:
        return None
    at = np.minimum(np.searchsorted(known.marks, marks), len(known.marks) - 1)
    kinds = known.numbers[at]
    strange = np.flatnonzero(known.marks[at] != marks)
    if len(strange):
        # A class that the schema lacks is nothing to any reader; one that is written in another way is.
        for place in places[strange]:
            word = _WORD.match(bytes(view[place : place + 8 * NAME_WORDS]))
            if word is None or word.group(1).upper().decode("ascii") in known.capitals:
                return None
        kinds[strange] = len(known.names)
    return kinds, opens


def _skip(view: NDArray[np.uint8], places: Ints) -> Ints:
    """The places behind the white space that begins at them."""
    for _ in range(MOST_GAP):
        blank = view[places] <= SPACE
        if not blank.any():
            break
        places = places + blank
    return places


def _targets(numbers: Ints, own: Ints) -> Ints | None:
    """Records by the ids that are referred to; None where an id occurs twice."""
    ids = numbers[own]
    refers = np.ones(len(numbers), dtype=np.bool_)
    refers[own] = False
    named = numbers[refers]
    least, span = int(ids.min()), int(ids.max() - ids.min())
    if span < 16 * len(ids) + 1_000_000:
        record = np.full(span + 1, -1, dtype=np.int64)
        record[ids - least] = np.arange(len(ids))
        if (record[ids - least] != np.arange(len(ids))).any():
            return None
        at = named - least
        return np.where((at >= 0) & (at <= span), record[np.clip(at, 0, span)], -1)
    order = np.argsort(ids, kind="stable")
    ranked = ids[order]
    if (np.diff(ranked) == 0).any():
        return None
    at = np.minimum(np.searchsorted(ranked, named), len(ranked) - 1)
    return np.where(ranked[at] == named, order[at], -1)
