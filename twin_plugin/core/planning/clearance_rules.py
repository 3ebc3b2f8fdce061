"""The editable tables of what lies below the ground: kinds with cover and protection zones, and least gaps of pairs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message

ANY = "any"
"""In the table of gaps: every kind."""
BASEMENT, PIPE, TUNNEL, ZONE, MANHOLE = "basement", "pipe", "tunnel", "zone", "manhole"
"""Kinds of what says no kind of its own; a zone is land without levels."""
RECALLED = "[recalled]"
_KINDS = ("kind", "words", "least_cover_m", "protection_m", "special_m", "reviewed", "colour", "source")
_RULES = ("kind_a", "kind_b", "horizontal_m", "vertical_m", "source")
_MOST_M = 1000.0


@dataclass(frozen=True)
class UndergroundKind:
    """A kind of body below the ground.

    Attributes
    ----------
    name : str
    words : tuple of str
        What a field may say for it, in lower case.
    least_cover_m : float
        Of ground above its crown; NaN where nothing is asked.
    protection_m, special_m : float
        Widths in plan of the zones beside it in which works need a permit, and a special one; NaN where there is none.
    colour : str
        In sections, as #rrggbb.
    is_reviewed : bool
        Whether the zones of others hold it also where it stands already; what is planned they always do.
    label : str
        In the legend of sections, in English; "" in a table that has none.
    """

    name: str
    words: tuple[str, ...]
    least_cover_m: float
    protection_m: float
    special_m: float
    is_reviewed: bool
    colour: str
    label: str = ""


@dataclass(frozen=True)
class GapRule:
    """The least gaps of a pair of kinds, NaN where nothing is asked.

    Attributes
    ----------
    horizontal_m : float
        In plan, for bodies beside each other.
    vertical_m : float
        In height, for bodies above each other.
    source : str
        Where both are from; "[recalled]" in it means that nobody has checked them yet.
    """

    kinds: tuple[str, str]
    horizontal_m: float
    vertical_m: float
    source: str = ""

    @property
    def is_unchecked(self) -> bool:
        """Whether the table says that its numbers were written from memory."""
        return RECALLED in self.source

    @property
    def reach_m(self) -> float:
        """The greater one of both; 0 where nothing is asked."""
        return max((v for v in (self.horizontal_m, self.vertical_m) if v == v), default=0.0)


NO_RULE = GapRule(("", ""), math.nan, math.nan)


@dataclass(frozen=True)
class Rules:
    """Both tables: kinds by name, and gaps by pairs of kinds."""

    kinds: Mapping[str, UndergroundKind]
    gaps: Mapping[tuple[str, str], GapRule]

    def gap(self, one: str, two: str) -> GapRule:
        """The rule of a pair of kinds: its own, else that of either kind with any other, else none."""
        for pair in ((one, two), (two, one), (one, ANY), (two, ANY)):
            if pair in self.gaps:
                return self.gaps[pair]
        return NO_RULE

    def kind_named(self, word: str) -> str:
        """The kind that has a word, in any case; "" where none has it."""
        sought = word.strip().lower()
        return next((name for name, row in self.kinds.items() if sought == name or sought in row.words), "")

    def protection_m(self, kind: str) -> tuple[float, float]:
        """Widths of the protection zone and of the special one; 0 where there is none."""
        row = self.kinds.get(kind)
        return (0.0, 0.0) if row is None else (_or_zero(row.protection_m), _or_zero(row.special_m))

    def is_reviewed(self, kind: str) -> bool:
        """Whether the zones of others hold what stands of a kind."""
        return kind in self.kinds and self.kinds[kind].is_reviewed

    def least_cover_m(self, kind: str) -> float:
        """Of ground above the crown; NaN where nothing is asked."""
        row = self.kinds.get(kind)
        return math.nan if row is None else row.least_cover_m


def read_rules(kinds: Path, gaps: Path) -> Rules:
    """Read both tables.

    Raises
    ------
    InputError
        Where a column is missing, a number is none or impossible, or a pair names a kind that there is not.
    """
    found = {}
    for row in read_rows(kinds, _KINDS, Message("The table of kinds below the ground")):
        words = tuple(word.strip().lower() for word in row["words"].split(";") if word.strip())
        cover, protection, special = (_number(row, column, kinds) for column in _KINDS[2:5])
        name, is_reviewed = row["kind"].strip(), row["reviewed"].strip() == "1"
        colour, label = _colour(row, kinds), row.get("label") or ""
        found[name] = UndergroundKind(name, words, cover, protection, special, is_reviewed, colour, label)
    rules = {}
    for row in read_rows(gaps, _RULES, Message("The table of clearances")):
        one, two = row["kind_a"].strip(), row["kind_b"].strip()
        for kind in (one, two):
            if kind not in found and kind != ANY:
                raise InputError(
                    "The table of clearances '{path}' names the kind '{kind}', which is none of the table of kinds: "
                    "{kinds}.",
                    path=gaps,
                    kind=kind[:40],
                    kinds=", ".join(found),
                )
        horizontal, vertical = (_number(row, column, gaps) for column in _RULES[2:4])
        rules[one, two] = GapRule((one, two), horizontal, vertical, row["source"])
    return Rules(found, rules)


def _or_zero(value: float) -> float:
    return value if value == value else 0.0


def _colour(row: Mapping[str, str], path: Path) -> str:
    text = row["colour"].strip()
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise InputError(
            "The table '{path}' has '{text}' as the colour of {kind}: write it as in #4aa3df.",
            path=path,
            text=text[:40],
            kind=row["kind"][:40],
        )
    return text


def _number(row: Mapping[str, str], column: str, path: Path) -> float:
    """A length of a table; NaN where the cell is empty."""
    text = row[column].strip()
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= _MOST_M:
        raise InputError(
            "The table '{path}' has '{text}' as {column}: it must be a number of metres from 0 to {most:g}, or empty.",
            path=path,
            text=text[:40],
            column=column,
            most=_MOST_M,
        )
    return value
