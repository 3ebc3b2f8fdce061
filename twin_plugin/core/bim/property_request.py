"""Which properties are asked for: a text or a file such as "Pset_WallCommon.FireRating, material"."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from ..common.errors import InputError
from ..common.text import plain
from .wanted import MATERIAL, StatedProperty

MOST_PROPERTIES = 60
MOST_NAME = 200
"""Characters of the name of a set or a property."""

MOST_BYTES = 1_000_000
"""A file of names is no larger."""

_HEADERS = {("set", "property"), ("set", "name"), ("property",), ("properties",)}


def read_properties(text: str) -> tuple[StatedProperty, ...]:
    """The properties that a text names, or the file that it is the path of.

    Names are parted by commas, semicolons or ends of lines; one that holds such a mark stands in quotation marks. The
    first point parts the set from the property; a name without one stands for the property in any set, and
    ``material`` for materials. A row of a file may hold set and property in two cells.

    Raises
    ------
    InputError
        When the file cannot be read, or there are too many names, or one is too long.
    """
    asked: dict[tuple[str, str], StatedProperty] = {}
    for one in _of_file(Path(text.strip())) if _is_path(text) else _of_text(text):
        name = plain(one.name)
        if not name:
            raise InputError("PROPERTIES: '{text}' names a set and no property.", text=one.group[:MOST_NAME])
        if max(len(name), len(one.group)) > MOST_NAME:
            raise InputError(
                "PROPERTIES: '{text}…' is longer than {most} characters.", text=(name + one.group)[:40], most=MOST_NAME
            )
        found = MATERIAL if not one.group and name.casefold() == MATERIAL.name else StatedProperty(one.group, name)
        asked.setdefault((found.group.casefold(), found.name.casefold()), found)
    if len(asked) > MOST_PROPERTIES:
        raise InputError(
            "PROPERTIES names {count} properties, at most {most} are read at a time: ask for fewer.",
            count=len(asked),
            most=MOST_PROPERTIES,
        )
    return tuple(asked.values())


def _is_path(text: str) -> bool:
    line = text.strip()
    if "\n" in line or not line.lower().endswith((".csv", ".txt", ".tsv")):
        return False
    if not Path(line).is_file():
        raise InputError("PROPERTIES: the file '{path}' is not there.", path=plain(line))
    return True


def _of_text(text: str) -> Iterable[StatedProperty]:
    lines = re.split(r"[\n\r]+", text.replace(";", ",") if '"' not in text else text)
    for cells in csv.reader(lines, skipinitialspace=True):
        yield from (_parted(cell) for cell in cells if cell.strip())


def _of_file(path: Path) -> Iterable[StatedProperty]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("PROPERTIES: {name} is larger than 1 MB, which is no list of names.", name=path.name)
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("PROPERTIES: {name} cannot be read: {error}.", name=path.name, error=str(error)) from error
    delimiter = "\t" if "\t" in text else ";" if ";" in text and "," not in text else ","
    for cells in csv.reader(text.splitlines(), delimiter=delimiter, skipinitialspace=True):
        row = [cell.strip() for cell in cells if cell.strip()]
        if not row or tuple(cell.casefold() for cell in row[:2]) in _HEADERS:
            continue
        yield StatedProperty(row[0], row[1]) if len(row) > 1 else _parted(row[0])


def _parted(text: str) -> StatedProperty:
    group, point, name = text.strip().partition(".")
    return StatedProperty(group.strip(), name.strip()) if point else StatedProperty("", group.strip())
