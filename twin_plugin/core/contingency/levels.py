"""Warning levels, check-lists, uses and needs: the editable tables of a plan."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..common.csv_table import read_rows
from ..common.errors import InputError
from ..common.words import Words
from .plan import Action, Need, WarningLevel

LEVEL_COLUMNS = (
    "id",
    "name_en",
    "name_zh",
    "response_en",
    "response_zh",
    "colour",
    "rain_mm",
    "within_h",
    "lead_time_min",
)
ACTION_COLUMNS = ("level", "counted_from", "minutes", "what_en", "what_zh", "who_en", "who_zh")
START, WARNING = "start", "warning"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_PARTS = re.compile(r"[;；,，、\n]")
_YES = {"yes", "true", "1", "y", "是"}
LONGEST_MIN = 14 * 1440.0
"""No warning and no action is further from the rain than two weeks."""


@dataclass(frozen=True)
class LevelAction:
    """A line of the check-list of a level: minutes from its warning, or from the start of the rain."""

    level: str
    from_warning: bool
    minutes: float
    what: Words
    who: Words


@dataclass(frozen=True)
class UseRules:
    """Which uses of buildings are critical, and the people of which need no shelter."""

    critical: frozenset[str]
    without_shelter: frozenset[str]


Rows = Sequence[Mapping[str, Any]]


def make_levels(rows: Rows, name: str) -> list[WarningLevel]:
    """The warning levels of a table, in its order.

    Raises
    ------
    InputError
        When a column is missing, a value is impossible, or two rows have one id.
    """
    _require_columns(rows, LEVEL_COLUMNS, name)
    made: dict[str, WarningLevel] = {}
    for number, row in enumerate(rows, 1):
        key, colour = _text(row, "id"), _text(row, "colour")
        if not key or key in made or not _COLOUR.fullmatch(colour):
            raise InputError(
                "Row {row} of the table '{name}' needs an id that no other row has, and a colour such as #ffd500.",
                row=number,
                name=name,
            )
        figures = (
            _number(row, "rain_mm", number, name, 0.0, 3000.0),
            _number(row, "within_h", number, name, 0.0, 240.0),
            _number(row, "lead_time_min", number, name, 0.0, LONGEST_MIN),
        )
        made[key] = WarningLevel(
            key, _words(row, "name"), _words(row, "response"), colour.lower(), *figures, _text(row, "source")
        )
    return list(made.values())


def choose_levels(text: str, levels: Sequence[WarningLevel], count: int, name: str) -> list[WarningLevel]:
    """The levels that a text names by id or by name in either language, from the lowest; without one the last `count`.

    Raises
    ------
    InputError
        When a name is in no row of the table `name`, is there twice, or there are not `count`.
    """
    by_name = {word.lower(): level for level in reversed(levels) for word in (level.name.zh, level.name.en, level.id)}
    words = [word.strip() for word in _PARTS.split(text) if word.strip()]
    if not words:
        plain = [level for level in levels if "-" not in level.id]
        words = [level.id for level in (plain if len(plain) >= count else levels)[-count:]]
    unknown = next((word for word in words if word.lower() not in by_name), "")
    if unknown:
        raise InputError(
            "LEVEL_NAMES names '{word}', which is not in the table '{name}': choose of {known}.",
            word=unknown,
            name=name,
            known=", ".join(level.id for level in levels),
        )
    chosen = [by_name[word.lower()] for word in words]
    if len({level.id for level in chosen}) < len(chosen):
        raise InputError("LEVEL_NAMES names a level twice: '{text}'.", text=text)
    if len(chosen) != count:
        raise InputError(
            "There are {layers} layers in BUILDING_RISK and {levels} warning levels ({names}): give one layer for each "
            "level, from the lowest, and name the levels in LEVEL_NAMES.",
            layers=count,
            levels=len(chosen),
            names=", ".join(level.id for level in chosen),
        )
    return chosen


def make_actions(rows: Rows, name: str) -> list[LevelAction]:
    """The lines of the check-lists of a table."""
    _require_columns(rows, ACTION_COLUMNS, name)
    made = []
    for number, row in enumerate(rows, 1):
        origin = _text(row, "counted_from").lower()
        if origin not in (START, WARNING):
            raise InputError(
                "Row {row} of the table '{name}' must say in counted_from whether its minutes count from the warning "
                "or from the start, not '{value}'.",
                row=number,
                name=name,
                value=origin,
            )
        minutes = _number(row, "minutes", number, name, -LONGEST_MIN, LONGEST_MIN)
        what, who = _words(row, "what"), _words(row, "who")
        made.append(LevelAction(_text(row, "level"), origin == WARNING, minutes, what, who))
    return made


def actions_of(level: WarningLevel, table: Sequence[LevelAction]) -> tuple[Action, ...]:
    """The check-list of a level by time; a variant without rows of its own, such as yellow-2h, has that of yellow."""
    rows = [row for row in table if row.level == level.id]
    rows = rows or [row for row in table if row.level == level.id.split("-")[0]]
    made = [
        Action(row.what, row.who, row.minutes - (level.lead_time_min if row.from_warning else 0.0), level.id)
        for row in rows
    ]
    return tuple(sorted(made, key=lambda action: (action.at_min, action.what.en, action.who.en)))


def read_levels(path: Path) -> list[WarningLevel]:
    """The table of warning levels that ships with the plugin."""
    return make_levels(read_rows(path, LEVEL_COLUMNS), path.name)


def read_actions(path: Path) -> list[LevelAction]:
    """The table of check-lists that ships with the plugin."""
    return make_actions(read_rows(path, ACTION_COLUMNS), path.name)


def read_uses(path: Path) -> UseRules:
    """The table of uses that ships with the plugin."""
    rows = read_rows(path, ("use", "critical", "shelter"))

    def chosen(column: str, wanted: bool) -> frozenset[str]:
        return frozenset(row["use"] for row in rows if (row[column].lower() in _YES) is wanted)

    return UseRules(chosen("critical", True), chosen("shelter", False))


def read_needs(path: Path) -> Callable[[int], tuple[Need, ...]]:
    """What a number of people in shelters needs, by the table that ships with the plugin."""
    rows = read_rows(path, ("item_en", "item_zh", "unit_en", "unit_zh", "per_person"))
    each = [
        (_words(row, "item"), _words(row, "unit"), _number(row, "per_person", number, path.name, 0.0, 1e4))
        for number, row in enumerate(rows, 1)
    ]

    def needs(people: int) -> tuple[Need, ...]:
        return tuple(Need(item, unit, math.ceil(round(people * amount, 6))) for item, unit, amount in each)

    return needs


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text with one or several, in lower case, each once."""
    return tuple(dict.fromkeys(word.strip().lower() for word in _PARTS.split(text) if word.strip()))


def _require_columns(rows: Rows, columns: Sequence[str], name: str) -> None:
    missing = next((column for column in columns if not rows or column not in rows[0]), "")
    if missing:
        raise InputError(
            "The table '{name}' has no rows or no column {column}: it needs {columns}.",
            name=name,
            column=missing,
            columns=", ".join(columns),
        )


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value).strip()


def _words(row: Mapping[str, Any], column: str) -> Words:
    """A text in both languages; one that is missing is that of the other language."""
    en, zh = _text(row, f"{column}_en"), _text(row, f"{column}_zh")
    return Words(en or zh, zh or en)


def _number(row: Mapping[str, Any], column: str, number: int, name: str, least: float, most: float) -> float:
    try:
        value = float(row.get(column))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        value = math.nan
    if not least <= value <= most:
        raise InputError(
            "Row {row} of the table '{name}' has no possible value in {column}: '{value}' is not from {least:,g} to "
            "{most:,g}.",
            row=number,
            name=name,
            column=column,
            value=str(row.get(column))[:40],
            least=least,
            most=most,
        )
    return value
