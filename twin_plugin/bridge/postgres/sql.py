"""Statements of SQL whose parts are quoted: whatever a model or a file is called, it stays a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

IDS_AT_ONCE = 500


class Name(str):
    """The name of a table or a column, as it stands in SQL; it never comes from data."""

    __slots__ = ()


def name(*parts: str) -> Name:
    """A name of one part or more (schema, table), in quotes."""
    return Name(".".join('"' + part.replace('"', '""') + '"' for part in parts))


def statement(text: str, **parts: Name | str | int | Sequence[str]) -> str:
    """A statement whose ``{part}`` is a name as it is, a text or number as literal, or a list of texts.

    Works for SQLite, and for PostgreSQL with its standard strings.
    """
    return text.format(**{key: _sql(part) for key, part in parts.items()})


def groups(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """Ids in groups of a length that every database takes in one list."""
    for start in range(0, len(ids), IDS_AT_ONCE):
        yield ids[start : start + IDS_AT_ONCE]


def _sql(part: Name | str | int | Sequence[str]) -> str:
    if isinstance(part, Name):
        return str(part)
    if isinstance(part, str):
        return "'" + part.replace("'", "''") + "'"
    if isinstance(part, int):
        return str(part)
    return ", ".join(_sql(item) for item in part)
