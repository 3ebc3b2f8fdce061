"""Tables as data: columns with unit and meaning, from which stores, layers and documents derive their fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One field: its name (with the unit in it), kind (text, real, integer, long, boolean, datetime) and meaning."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table of a base or of an output.

    Attributes
    ----------
    geometry : str
        Type of the geometries, such as MultiPolygon or PointZ; "" for a table without geometry.
    key : str
        Column whose values are unique.
    parent : str
        Table whose rows own the rows of this one, "" for none.
    parent_column : str
        Column that holds the key of the parent's row.
    """

    name: str
    columns: tuple[Column, ...]
    geometry: str = ""
    key: str = "id"
    parent: str = ""
    parent_column: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


def columns(text: str) -> tuple[Column, ...]:
    """Columns from a text with one in each line: name, kind and meaning, separated by spaces."""
    rows = (line.split(maxsplit=2) for line in text.strip().splitlines())
    return tuple(Column(name, kind, meaning) for name, kind, meaning in rows)
