"""Tables of GeoPackages of the user's, replaced in one transaction over all of them, after waiting for others' locks.

A GeoPackage that exists is never replaced as a file: other tables in it would be lost, whoever has it open would go on
with a file that has no name any more, and a write-ahead log beside it would be replayed into the new file. GDAL cannot
do this: after an error on the disk SQLite ends the transaction by itself, and GDAL goes on with its next statement,
which then stands alone.
"""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Literal

from .errors import ResourceError, unwritable
from .geopackage import statement
from .geopackage_crs import crs_number
from .patience import GoOn, wait_until
from .replacement import is_writable
from .sqlite_locks import is_locked

_SLICE_S = 0.1
"""How long SQLite waits for a lock at a time, so that a cancel is noticed."""
_CREATE = re.compile(r"CREATE (?:VIRTUAL TABLE|TABLE|TRIGGER|(?:UNIQUE )?INDEX) ", re.IGNORECASE)
_INSERT = "INSERT INTO {schema}.{table} ({columns}) VALUES ({marks})"
_TABLE = "SELECT sql FROM sqlite_master WHERE name = ? AND type = 'table'"
_OF_TABLE = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('trigger', 'index') AND sql IS NOT NULL"
_WITHOUT_COUNTS = _OF_TABLE + " AND sql NOT LIKE '%gpkg_ogr_contents%'"
_ABOUT = ("gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions", "gpkg_data_columns", "gpkg_contents")
"""Tables with rows about other tables, in an order in which they can be deleted."""

Row = dict[str, Any]


class GeoPackageTables:
    """GeoPackages that are open in one write transaction.

    Parameters
    ----------
    paths : sequence of Path
        They exist; at most ten.
    patience_s : float
        How long to wait for the lock of another program.
    go_on : callable
        Whether to go on waiting.

    Raises
    ------
    ResourceError
        When one stays locked, is no GeoPackage or cannot be written.
    Cancelled
        When `go_on` says no.
    """

    def __init__(self, paths: Sequence[Path], patience_s: float, go_on: GoOn) -> None:
        self._schemas = {path: f"file{number}" for number, path in enumerate(paths)}
        self._patience_s, self._go_on = patience_s, go_on
        self._database: sqlite3.Connection | None = None
        self._at = paths[0]  # what is being opened, for the sentence
        self._wait(self._begin)

    def names(self, path: Path) -> list[str]:
        """All tables and views of a file that are not SQLite's or the GeoPackage's own."""
        query = "SELECT name FROM {schema}.sqlite_master WHERE type IN ('table', 'view')"
        names = [row["name"] for row in self._rows(path, query)]
        return [name for name in names if not name.startswith(("sqlite_", "gpkg_", "rtree_"))]

    def replace(self, path: Path, source: Path, table: str) -> None:
        """Copy a layer of another GeoPackage in, instead of the table of that name.

        Parameters
        ----------
        path : Path
            One of the files.
        source : Path
            A GeoPackage that GDAL wrote and nobody else has open, with a layer of that name.
        table : str

        Raises
        ------
        ResourceError
            When a file cannot be read or written, or something that is no layer has the name.
        """
        self._at = path
        try:
            with closing(_connect(f"{source.as_uri()}?mode=ro")) as origin:
                self._delete(path, table)
                self._copy(path, origin, table)
        except (sqlite3.Error, OSError) as error:
            raise unwritable(path, error) from error

    def commit(self) -> None:
        """Make the changes real, once nobody reads the files any more.

        Raises
        ------
        ResourceError
            When that is not possible; then nothing has changed.
        Cancelled
            When `go_on` says no.
        """
        self._wait(lambda: self._run(self._at, "COMMIT"))
        self.discard()

    def discard(self) -> None:
        """Close the files; what was not committed is undone."""
        if self._database is not None:
            with suppress(sqlite3.Error):  # where the disk fails, whoever opens the file next undoes it
                self._database.rollback()
            self._database.close()
            self._database = None

    # Locks

    def _begin(self) -> None:
        try:
            # Where the main database is a file, SQLite joins several files by a further one, whose failures leave open
            # whether they were committed. This way only a kill between the last calls can part them.
            self._database = _connect(":memory:")
            for path, schema in self._schemas.items():
                self._at = path
                self._database.execute(f"ATTACH ? AS {schema}", [f"{path.as_uri()}?mode=rw"])
            self._database.execute("BEGIN IMMEDIATE")
            for path in self._schemas:
                self._at = path
                self._check(path)
        except BaseException:
            self.discard()
            raise

    def _check(self, path: Path) -> None:
        for place in (path, path.parent):
            if not is_writable(place):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        self._rows(path, "SELECT 1 FROM {schema}.gpkg_contents LIMIT 1")

    def _wait(self, step: Callable[[], Any]) -> None:
        reason = ""

        def tried() -> bool:
            nonlocal reason
            try:
                step()
            except (sqlite3.Error, OSError) as error:
                if not isinstance(error, sqlite3.Error) or not is_locked(error):
                    raise unwritable(self._at, error) from error
                reason = str(error)
                return False
            return True

        done = False
        try:
            done = wait_until(tried, self._patience_s, self._go_on)
        finally:
            if not done:
                self.discard()
        if not done:
            raise ResourceError(
                "'{path}' is locked by another program ({reason}): save and close it there, or choose another file.",
                path=self._at,
                reason=reason,
            )

    # Tables

    def _delete(self, path: Path, table: str) -> None:
        there = [row["table_name"] for row in self._about(path, "gpkg_contents", table)]
        if not there:
            if table.lower() in (name.lower() for name in self.names(path)):
                raise OSError(f"its table {table} is not a layer")
            return
        for row in self._about(path, "gpkg_geometry_columns", table):
            index = f"rtree_{row['table_name']}_{row['column_name']}"
            self._run(path, "DROP TABLE IF EXISTS {schema}.{index}", index=index)
        for about in _ABOUT:
            if self._has(path, about):
                change = "DELETE FROM {schema}.{about} WHERE lower(table_name) = lower(?)"
                self._run(path, change, [table], about=about)
        self._run(path, "DROP TABLE {schema}.{table}", table=there[0])

    def _copy(self, path: Path, origin: sqlite3.Connection, table: str) -> None:
        numbers = _rows_about_crs(origin, table)
        crs = {row["srs_id"]: crs_number(self._open, row, self._schemas[path]) for row in numbers}
        (content,) = _rows(origin, "SELECT * FROM gpkg_contents WHERE table_name = ?", [table])
        geometry = _rows(origin, "SELECT * FROM gpkg_geometry_columns WHERE table_name = ?", [table])
        column = geometry[0]["column_name"] if geometry else ""
        taken = "SELECT 1 FROM {schema}.gpkg_contents WHERE identifier = ?"
        if self._rows(path, taken, [content["identifier"]]):
            content["identifier"] = None
        self._create(path, origin, _TABLE, table)
        count = self._fill(path, origin, table, column, crs)
        for row in (content, *geometry):
            row["srs_id"] = crs.get(row["srs_id"], row["srs_id"])
        self._insert(path, "gpkg_contents", [content])
        self._insert(path, "gpkg_geometry_columns", geometry)
        if column:
            self._index(path, origin, table, f"rtree_{table}_{column}")
        counted = self._has(path, "gpkg_ogr_contents")
        if counted:
            self._insert(path, "gpkg_ogr_contents", [{"table_name": table, "feature_count": count}])
        self._create(path, origin, _OF_TABLE if counted else _WITHOUT_COUNTS, table)

    def _fill(self, path: Path, origin: sqlite3.Connection, table: str, column: str, crs: dict[int, int]) -> int:
        """Copy the rows; a geometry names its CRS by the number that it has in the file."""
        (wanted,) = _rows(origin, "SELECT count(*) AS n FROM {table}", table=table)
        cursor = origin.execute(statement("SELECT * FROM {table}", table=table))
        names = [column[0] for column in cursor.description]
        at = names.index(column) if column else -1
        same = all(old == new for old, new in crs.items())

        def rows() -> Iterator[tuple[Any, ...]]:
            for row in cursor:
                if same or at < 0 or row[at] is None:
                    yield tuple(row)
                else:
                    yield (*row[:at], _with_crs(row[at], crs), *row[at + 1 :])

        self._insert_many(path, table, names, rows())
        (found,) = self._rows(path, "SELECT count(*) AS n FROM {schema}.{table}", table=table)
        if found["n"] != wanted["n"]:
            raise OSError(f"{found['n']} of {wanted['n']} rows")
        return int(found["n"])

    def _index(self, path: Path, origin: sqlite3.Connection, table: str, index: str) -> None:
        """Copy the spatial index, where the layer has one, and the row that says so."""
        if not _rows(origin, "SELECT 1 FROM sqlite_master WHERE name = ?", [index]):
            return
        self._create(path, origin, _TABLE, index)
        columns = ["id", "minx", "maxx", "miny", "maxy"]
        entries = origin.execute(statement("SELECT {columns} FROM {index}", index=index, columns=columns))
        self._insert_many(path, index, columns, (tuple(entry) for entry in entries))
        if not self._has(path, "gpkg_extensions"):
            self._create(path, origin, _TABLE, "gpkg_extensions")
        extensions = _rows(origin, "SELECT * FROM gpkg_extensions WHERE table_name = ?", [table])
        self._insert(path, "gpkg_extensions", extensions)

    # Statements

    def _create(self, path: Path, origin: sqlite3.Connection, query: str, name: str) -> None:
        """Create what a query for a name finds in the other file's schema."""
        for row in _rows(origin, query, [name]):
            kind = _CREATE.match(row["sql"])
            if kind is None:
                raise OSError(f"what is {row['sql']}?")
            self._run(path, f"{kind[0]}{{schema}}.{_braces(row['sql'][kind.end() :])}")

    def _insert(self, path: Path, table: str, rows: list[Row]) -> None:
        """Insert rows, of the columns that the table has here."""
        there = {row["name"] for row in self._rows(path, "PRAGMA {schema}.table_info({table})", table=table)}
        for row in rows:
            names = [name for name in row if name in there]
            self._run(path, _INSERT, [row[name] for name in names], table=table, columns=names)

    def _insert_many(self, path: Path, table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
        self._open.executemany(statement(_INSERT, self._schemas[path], table=table, columns=columns), rows)

    def _about(self, path: Path, about: str, table: str) -> list[Row]:
        query = "SELECT * FROM {schema}.{about} WHERE lower(table_name) = lower(?)"
        return self._rows(path, query, [table], about=about)

    def _has(self, path: Path, table: str) -> bool:
        return bool(self._rows(path, "SELECT 1 FROM {schema}.sqlite_master WHERE name = ?", [table]))

    def _rows(self, path: Path, query: str, values: Sequence[Any] = (), **names: str) -> list[Row]:
        return [dict(row) for row in self._run(path, query, values, **names)]

    def _run(self, path: Path, text: str, values: Sequence[Any] = (), **names: str | list[str]) -> list[Any]:
        return self._open.execute(statement(text, self._schemas[path], **names), values).fetchall()

    @property
    def _open(self) -> sqlite3.Connection:
        if self._database is None:
            raise sqlite3.ProgrammingError("closed")
        return self._database


def _connect(address: str) -> sqlite3.Connection:
    database = sqlite3.connect(address, uri=True, timeout=_SLICE_S, isolation_level=None)
    database.row_factory = sqlite3.Row
    return database


def _rows(database: sqlite3.Connection, query: str, values: Sequence[Any] = (), **names: str) -> list[Row]:
    return [dict(row) for row in database.execute(statement(query, **names), values)]


def _rows_about_crs(origin: sqlite3.Connection, table: str) -> list[Row]:
    query = "SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id IN (SELECT srs_id FROM {about} WHERE table_name = ?)"
    found = [
        row
        for about in ("gpkg_contents", "gpkg_geometry_columns")
        for row in _rows(origin, query, [table], about=about)
    ]
    return list({row["srs_id"]: row for row in found}.values())


def _braces(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _with_crs(blob: bytes, crs: dict[int, int]) -> bytes:
    """A geometry with the number of its CRS changed: bytes 4 to 7, in the order that bit 0 of byte 3 says."""
    order: Literal["little", "big"] = "little" if blob[3] & 1 else "big"
    number = int.from_bytes(blob[4:8], order, signed=True)
    return blob[:4] + crs.get(number, number).to_bytes(4, order, signed=True) + blob[8:]
