"""CSV tables in UTF-8, those of the plugin and those that users edit, as rows of text by column."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

from .errors import InputError
from .messages import Message

ROWS_LIMIT = 20_000


def read_rows(
    path: str | Path, columns: tuple[str, ...] = (), name: str = Message("The table")
) -> list[dict[str, str]]:
    """The rows of a table, without lines that begin with #; a cell that a row lacks is "".

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
        When it cannot be read, or has no rows or not all of the columns.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(islice(csv.DictReader(line for line in file if not line.startswith("#")), ROWS_LIMIT))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "{name} '{path}' cannot be read ({error}): restore it, or give one in UTF-8.",
            name=name,
            path=path,
            error=error,
        ) from error
    missing = next((column for column in columns if not rows or rows[0].get(column) is None), "")
    if missing:
        raise InputError(
            "{name} '{path}' has no rows or lacks the column {missing}: correct or restore it.",
            name=name,
            path=path,
            missing=missing,
        )
    return [{key: value or "" for key, value in row.items() if key} for row in rows]
