"""Columns of chosen properties beside those of buildings, storeys, rooms and openings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..common.messages import Message
from ..common.tables import Column
from .model import ModelReport, StatedValue
from .rows import Rows
from .tables import BUILDING, GEOMETRY_COLUMN, OPENING, ROOM, STOREY
from .wanted import StatedProperty

TABLES = (BUILDING, STOREY, ROOM, OPENING)
MOST_NAME_BYTES = 48
"""PostgreSQL cuts names at 63 bytes, and a unit and a number come behind."""

RESERVED = frozenset({"fid", "ogc_fid", "gid", "rowid", "shape", GEOMETRY_COLUMN, "geometry"})


def add_columns(rows: Rows, reports: Iterable[ModelReport], asked: Sequence[StatedProperty]) -> list[Message]:
    """Give the rows a column for each property, and say how many of them have it.

    Parameters
    ----------
    rows : Rows
        The rows of all models; `extra` and the values of the rows change.
    reports : iterable of ModelReport
        With what was found of each thing.
    asked : sequence of StatedProperty

    Returns
    -------
    list of Message
        One for each property: how many rows have it, and of how many the values differ.
    """
    if not asked:
        return []
    found = {report.id: report.stated for report in reports}
    by_table = {table.name: of for table, of in rows.by_table() if table in TABLES}
    cells = {table.name: [_of_row(row, found) for _, row in by_table[table.name]] for table in TABLES}
    taken = {name.casefold() for table in TABLES for name in table.names} | RESERVED
    messages = []
    for one in asked:
        every = [values[one.label] for of in cells.values() for values in of if one.label in values]
        unit = _unit(every)
        name = _unique(one, unit, taken)
        usual = _kind([stated for stated in every if len(stated.values) == 1] or every)
        for table in TABLES:
            own = [values[one.label] for values in cells[table.name] if one.label in values]
            kind = _kind(own) if own else usual
            column = Column(name, kind, f"{one.label}{f' ({unit})' if unit else ''}")
            rows.extra[table.name] = (*rows.extra.get(table.name, ()), column)
            for (_, row), values in zip(by_table[table.name], cells[table.name], strict=True):
                stated = values.get(one.label)
                row[name] = None if stated is None else _cell(stated, kind, unit)
        messages.append(_message(one, name, cells, every))
    return messages


def _of_row(row: Mapping[str, Any], found: Mapping[str, Mapping[str, Mapping[str, StatedValue]]]) -> Any:
    model, _, key = str(row["id"]).rpartition("/")
    return found.get(model, {}).get(key.partition("~")[0], {})


def _kind(values: Sequence[StatedValue]) -> str:
    """The type that holds all values: a number or a yes and no where each is one, else a text."""
    every = [one for stated in values for one in stated.values]
    if not every or any(len(stated.values) > 1 for stated in values):
        return "text"
    if all(isinstance(one, bool) for one in every):
        return "boolean"
    if any(isinstance(one, bool | str) for one in every) or len({stated.unit for stated in values}) > 1:
        return "text"
    return "long" if all(isinstance(one, int) for one in every) else "real"


def _unit(values: Sequence[StatedValue]) -> str:
    """The unit that all values share; "" where they share none."""
    units = {stated.unit for stated in values}
    return units.pop() if len(units) == 1 else ""


def _cell(stated: StatedValue, kind: str, unit: str) -> Any:
    if kind != "text":
        first = stated.values[0]
        return float(first) if kind == "real" else first
    texts = [written(one) for one in stated.values]
    return "; ".join(f"{text} {stated.unit}" if stated.unit and not unit else text for text in texts)


def written(one: float | int | bool | str) -> str:
    """A value as text."""
    if isinstance(one, bool):
        return "true" if one else "false"
    return f"{one:.10g}" if isinstance(one, float) else str(one)


def _unique(one: StatedProperty, unit: str, taken: set[str]) -> str:
    """A name that every store takes: letters, digits and underscores, and no other column's."""
    short = safe_name(one.name)
    for base in (short, safe_name(f"{one.group}_{one.name}")):
        ending = f"_{unit}" if unit and not base.endswith(f"_{unit}") else ""
        if base + ending and (base + ending).casefold() not in taken:
            taken.add((base + ending).casefold())
            return base + ending
    number = 2
    while f"{short}{f'_{unit}' if unit else ''}_{number}".casefold() in taken:
        number += 1
    name = f"{short}{f'_{unit}' if unit else ''}_{number}"
    taken.add(name.casefold())
    return name


def safe_name(text: str) -> str:
    """A name of letters, digits and underscores that does not begin with a digit, of at most 48 bytes."""
    words = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text)).strip("_")
    words = re.sub(r"_+", "_", words)
    while len(words.encode()) > MOST_NAME_BYTES:
        words = words[:-1]
    words = words.strip("_") or "property"
    return f"p_{words}" if words[0].isdigit() else words


def _message(one: StatedProperty, name: str, cells: Mapping[str, list[Any]], every: Sequence[StatedValue]) -> Message:
    counts = {table: sum(one.label in values for values in of) for table, of in cells.items()}
    totals = {table: len(of) for table, of in cells.items()}
    if not every:
        return Message(
            "{property}: nothing that was read states it; the column {column} is empty.",
            property=one.label,
            column=name,
        )
    several = sum(stated.several for stated in every)
    return Message(
        "{property}, column {column}: {buildings} of {all_buildings} buildings, {storeys} of {all_storeys} storeys, "
        "{rooms} of {all_rooms} rooms and {openings} of {all_openings} openings have it; of {several} the parts "
        "have different values, which are listed.",
        property=one.label,
        column=name,
        buildings=counts[BUILDING.name],
        all_buildings=totals[BUILDING.name],
        storeys=counts[STOREY.name],
        all_storeys=totals[STOREY.name],
        rooms=counts[ROOM.name],
        all_rooms=totals[ROOM.name],
        openings=counts[OPENING.name],
        all_openings=totals[OPENING.name],
        several=several,
    )
