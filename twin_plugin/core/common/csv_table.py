"""CSV tables in UTF-8, those of the plugin and those that users edit, as rows of text by column.

A text that a spreadsheet would take for a formula gets an apostrophe before it where one is written (`guarded`), and
loses it where one of ours is read (`plain_cell`).
"""

from __future__ import annotations

import csv
import re
from itertools import dropwhile, islice
from pathlib import Path

from .errors import InputError
from .messages import Message

ROWS_LIMIT = 20_000
"""A table with more is refused: none of the kind has so many."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection; the wide ones in Chinese and Japanese
ones), and our own mark, which must survive as well."""
_NUMBER = re.compile(r"[+-]\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


def guarded(text: str, formula: tuple[str, ...] = FORMULA) -> str:
    """A text as a cell that no spreadsheet takes for a formula; a number stays one."""
    return f"'{text}" if text.startswith(formula) and not _NUMBER.fullmatch(text) else text


def plain_cell(cell: str, formula: tuple[str, ...] = FORMULA) -> str:
    """The text of a cell that `guarded` made."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(formula) else cell


def read_rows(
    path: str | Path, columns: tuple[str, ...] = (), name: str = Message("The table")
) -> list[dict[str, str]]:
    """The rows of a table, without the lines before its header that begin with #; a cell that a row lacks is "".

    Parameters
    ----------
    path : str or Path
    columns : tuple of str
        What the header must have; where it names any, the table must have rows.
    name : str
        How an error calls the table, before its path.

    Raises
    ------
    InputError
        When it cannot be read, has too many rows, or has no rows or not all of the columns.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = dropwhile(lambda line: line.startswith("#"), file)
            rows = list(islice(csv.DictReader(lines), ROWS_LIMIT + 1))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "{name} '{path}' cannot be read ({error}): restore it, or give one in UTF-8.",
            name=name,
            path=path,
            error=error,
        ) from error
    if len(rows) > ROWS_LIMIT:
        raise InputError(
            "{name} '{path}' has more than {limit:,} rows: split it.", name=name, path=path, limit=ROWS_LIMIT
        )
    missing = next((column for column in columns if not rows or rows[0].get(column) is None), "")
    if missing:
        raise InputError(
            "{name} '{path}' has no rows or lacks the column {missing}: correct or restore it.",
            name=name,
            path=path,
            missing=missing,
        )
    return [{key: value or "" for key, value in row.items() if key} for row in rows]
