"""Rows of a layer in a GeoPackage, read by SQLite some thousands at a time: several times as fast as by feature.

Only tables are read whose values are what their columns say, so that nothing is read otherwise than GDAL reads it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .bbox import wkb_of
from .errors import Cancelled, InputError
from .geopackage import is_geopackage, statement
from .patience import GoOn

BLOCK = 5_000
_STEPS = 100_000
"""Of SQLite's, some milliseconds, between two looks whether to go on."""
_ODD = {
    "TEXT": "typeof({name}) NOT IN ('text', 'null')",
    "REAL": "typeof({name}) NOT IN ('real', 'null')",
    "INTEGER": "typeof({name}) NOT IN ('integer', 'null')",
    "SHORT": "typeof({name}) NOT IN ('integer', 'null') OR abs({name}) > 2147483647",
    "BOOLEAN": "{name} NOT IN (0, 1)",
}
_KINDS = {
    "TEXT": "TEXT",
    "REAL": "REAL",
    "DOUBLE": "REAL",
    "FLOAT": "REAL",
    "INT": "INTEGER",
    "INTEGER": "INTEGER",
    "MEDIUMINT": "SHORT",
    "BOOLEAN": "BOOLEAN",
}
"""Declared types of columns whose values SQLite gives as GDAL gives them. GDAL cuts those of smaller numbers."""


@dataclass(frozen=True)
class Block:
    """Rows in their order.

    Attributes
    ----------
    ids : list of int
    wkb : list of bytes or None
    columns : dict of str to list
        The columns that were asked for, with Python's own values.
    """

    ids: list[int]
    wkb: list[bytes | None]
    columns: dict[str, list[Any]]


class GeoPackageRows:
    """A layer whose rows can be read by SQLite; `opened` gives one.

    Attributes
    ----------
    columns : list of str
        All columns but the geometry, the key first.
    """

    def __init__(self, database: sqlite3.Connection, table: str, key: str, geometry: str, kinds: dict[str, str]):
        self._database, self._table, self._key, self._geometry = database, table, key, geometry
        self._kinds = kinds
        self.columns = [key, *kinds]
        self._version = self._data_version()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def blocks(self, columns: Sequence[str], go_on: GoOn) -> Iterator[Block]:
        """All rows in the order of their key; no lock is held between two blocks.

        Raises
        ------
        InputError
            When somebody has changed the file since it was opened.
        Cancelled
            When `go_on` says no.
        """
        others = [name for name in columns if name != self._key]
        query = statement(
            "SELECT {columns} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT ?",
            table=self._table,
            key=self._key,
            columns=[self._key, self._geometry, *others],
        )
        last = -(2**63)
        while rows := self._fetch(query, last):
            if not go_on():
                raise Cancelled
            if self._data_version() != self._version:
                raise changed(self._table)
            ids, blobs, *values = ([row[index] for row in rows] for index in range(len(rows[0])))
            found = dict(zip(others, map(self._plain, others, values), strict=True))
            if self._key in columns:
                found[self._key] = ids
            yield Block(ids, [None if blob is None else wkb_of(blob) for blob in blobs], found)
            last = ids[-1]

    def _fetch(self, query: str, last: int) -> list[tuple[Any, ...]]:
        """The next rows; letters that are no UTF-8 are replaced, as QGIS does."""
        try:
            return self._database.execute(query, [last, BLOCK]).fetchall()
        except sqlite3.OperationalError as error:
            if "decode" not in str(error):
                raise
        self._database.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            return self._database.execute(query, [last, BLOCK]).fetchall()
        finally:
            self._database.text_factory = str

    def _plain(self, name: str, values: list[Any]) -> list[Any]:
        if self._kinds[name] != "BOOLEAN":
            return values
        return [None if value is None else value == 1 for value in values]

    def _data_version(self) -> int:
        return int(self._database.execute("PRAGMA data_version").fetchone()[0])


def changed(layer: str) -> InputError:
    """The error for a layer that is no longer what it was when it was opened."""
    return InputError(
        "The layer '{layer}' was changed while it was read: save and close it in other programs, and run it again.",
        layer=layer,
    )


def opened(path: Path, table: str, names: Sequence[str], go_on: GoOn) -> GeoPackageRows | None:
    """A layer of a GeoPackage, where SQLite reads it as GDAL does; else None.

    Parameters
    ----------
    path : Path
    table : str
    names : sequence of str
        The fields that it should have, its key among them.
    go_on : callable

    Raises
    ------
    Cancelled
        When `go_on` says no.
    """
    if not is_geopackage(path):
        return None
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    database.set_progress_handler(lambda: not go_on(), _STEPS)
    result = None
    try:
        result = _described(database, table, names)
    except sqlite3.Error as error:
        if not go_on():
            raise Cancelled from error
    finally:
        if result is None:
            database.close()
    return result


def _described(database: sqlite3.Connection, table: str, names: Sequence[str]) -> GeoPackageRows | None:
    kind = database.execute("SELECT type FROM sqlite_master WHERE name = ?", [table]).fetchone()
    query = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"
    geometry = database.execute(query, [table]).fetchone()
    described = database.execute(statement("PRAGMA table_info({table})", table=table)).fetchall()
    keys = [row[1] for row in described if row[5] and row[2].upper() == "INTEGER"]
    if kind != ("table",) or geometry is None or len(keys) != 1:
        return None
    kinds = {row[1]: _kind_of(row[2]) for row in described if row[1] not in (keys[0], geometry[0])}
    if sorted([keys[0], *kinds]) != sorted(names) or not all(kinds.values()):
        return None
    odd = " OR ".join(statement(_ODD[kind], name=_braces(name)) for name, kind in kinds.items()) or "0"
    query = statement(" ".join(("SELECT 1 FROM {table} WHERE", odd, "LIMIT 1")), table=table)
    if database.execute(query).fetchone() is not None:
        return None
    return GeoPackageRows(database, table, keys[0], geometry[0], kinds)


def _kind_of(declared: str) -> str:
    """The kind of a declared type such as TEXT(20); "" for those that are not read here."""
    return _KINDS.get(declared.upper().partition("(")[0].strip(), "")


def _braces(name: str) -> str:
    return name.replace("{", "{{").replace("}", "}}")
