"""The editable table of kinds of alignment: structure, protection zone and cost; and the states that lines are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.messages import Message

UNDERGROUND, AT_GRADE, ELEVATED = KINDS = ("underground", "at_grade", "elevated")
_COLUMNS = ("kind", "words", "protection_m", "width_m", "below_m", "above_m", "cost_mcny_km")
_MOST = {"protection_m": 500.0, "width_m": 200.0, "below_m": 100.0, "above_m": 100.0, "cost_mcny_km": 1e6}


@dataclass(frozen=True)
class Kind:
    """What an alignment of a kind is like.

    Attributes
    ----------
    name : str
        underground, at_grade or elevated.
    words : tuple of str
        What a field may say for it, in lower case.
    protection_m : float
        Width of the protection zone beside the outer edge of the structure.
    width_m : float
        Of the structure.
    below_m, above_m : float
        How far the structure reaches below and above the rail.
    cost_mcny_km : float
        Assumed cost of a kilometre where none is stated, million CNY.
    """

    name: str
    words: tuple[str, ...]
    protection_m: float
    width_m: float
    below_m: float
    above_m: float
    cost_mcny_km: float


@dataclass(frozen=True)
class State:
    """A state of a line: its words, and whether the line is there, so that it costs nothing more."""

    name: str
    words: tuple[str, ...]
    exists: bool


def read_kinds(path: Path) -> dict[str, Kind]:
    """The kinds of a table by name.

    Raises
    ------
    InputError
        Where a kind is missing, or a number is none or impossible.
    """
    kinds = {}
    for row in read_rows(path, _COLUMNS, Message("The table of protection zones")):
        numbers = [_number(row, column, path) for column in _COLUMNS[2:]]
        kinds[row["kind"]] = Kind(row["kind"], _words(row["words"]), *numbers)
    missing = [name for name in KINDS if name not in kinds]
    if missing:
        raise InputError(
            "The table of protection zones '{path}' lacks the row {kind}: it needs underground, at_grade and elevated.",
            path=path,
            kind=missing[0],
        )
    return kinds


def read_states(path: Path) -> dict[str, State]:
    """The states of a table by name."""
    rows = read_rows(path, ("state", "words", "exists"), Message("The table of states"))
    return {row["state"]: State(row["state"], _words(row["words"]), row["exists"] == "1") for row in rows}


def named(word: str, table: Mapping[str, Kind] | Mapping[str, State]) -> str:
    """The name of the row that has a word, in any case; "" where none has it."""
    sought = word.strip().lower()
    return next((name for name, row in table.items() if sought == name or sought in row.words), "")


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip().lower() for word in text.split(";") if word.strip())


def _number(row: Mapping[str, str], column: str, path: Path) -> float:
    try:
        value = float(row[column])
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= _MOST[column] or (column == "width_m" and value == 0.0):
        raise InputError(
            "The table of protection zones '{path}' has '{text}' as {column} of {kind}: it must be a number from 0 to "
            "{most:g}, in metres or in million CNY a kilometre.",
            path=path,
            text=row[column][:40],
            column=column,
            kind=row["kind"][:40],
            most=_MOST[column],
        )
    return value
