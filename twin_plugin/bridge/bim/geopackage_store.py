"""The twin base in a GeoPackage: created whole or not at all, locked for one writer, put right after a kill.

It is written by SQLite alone, which refuses everything after an error until the transaction is given up; GDAL reads it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from osgeo import gdal, osr

from ...core.bim.tables import GEOMETRY_COLUMN, TABLES
from ...core.common import geopackage, new_file, sqlite_locks
from ...core.common.errors import InputError, ResourceError
from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ..postgres.sql import name, statement
from . import geopackage_schema
from .store import TwinBase, stored
from .writer_lock import WriterLock

if TYPE_CHECKING:
    import shapely

    from ...core.bim.rows import Row
    from ...core.common.tables import Table


class FileBase(TwinBase):
    """A base in a GeoPackage of its own, or beside other tables in one.

    Parameters
    ----------
    path : Path
        The GeoPackage; it and its folder are created where they are missing.
    progress : Progress
        Asked whether to go on while another program has the file.

    Raises
    ------
    InputError
        When the file is no GeoPackage, or holds another table of one of our names.
    ResourceError
        When it cannot be written, or another process is writing it.
    """

    PROVIDER = "ogr"

    def __init__(self, path: Path, progress: Progress = silent) -> None:
        self.path, self.progress = Path(os.path.abspath(path)), progress
        super().__init__(None, Message("The twin base '{path}'", path=self.path))
        self._database: sqlite3.Connection | None = None
        self._failed = False
        if self.path.exists() and (self.path.is_dir() or not geopackage.is_geopackage(self.path)):
            raise InputError(
                "'{path}' is no GeoPackage: choose a .gpkg file, or the name of a new one.", path=self.path
            )
        self.lock = WriterLock(self.path)
        try:
            if not self.path.exists():
                new_file.create(self.path, geopackage_schema.empty_base())
            self._open()
        except BaseException:
            self._let_go()
            raise

    def close(self) -> None:
        """Close the file; what others rely on (extents, counts) is put right."""
        try:
            # After an error the next run puts it right: the disk is as full as before.
            if self._database is not None and not self._failed:
                self._settle()
        finally:
            self._let_go()

    def layer_uri(self, table: str, secrets: bool = False) -> str:
        """The data source of a table for QGIS."""
        return f"{self.path}|layername={table}"

    def results(self) -> dict[str, str]:
        """The file and its table of models."""
        return super().results() | {"TWIN_BASE": str(self.path)}

    def reopen(self) -> None:
        """Open the file anew for GDAL."""
        self._layers.clear()
        self.dataset = None
        with self.explained(Message("it cannot be opened")):
            self.dataset = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_READONLY)
            self.check(self.dataset is not None)

    def change_crs(self, crs: osr.SpatialReference) -> None:
        """Name another CRS in the tables about tables."""
        with self.transaction():
            geopackage_schema.change_crs(self.database, crs)

    @property
    def database(self) -> sqlite3.Connection:
        """The open file."""
        if self._database is None:
            raise AssertionError("the base is closed")
        return self._database

    def select(self, text: str, **parts: Any) -> Iterator[tuple[Any, ...]]:
        """Rows of a query (see `sql.statement`)."""
        with self.explained(Message("it cannot be read")):
            yield from self.database.execute(statement(text, **parts))

    def run(self, text: str, **parts: Any) -> None:
        """Run a statement (see `sql.statement`) that gives no rows."""
        with self.explained(Message("it cannot be written")):
            self.database.execute(statement(text, **parts))

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        """Add rows to a table; values without a column of their name are left out."""
        there = geopackage_schema.columns(self.database, table.name)
        names = [column for column in table.names if column in there]
        query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?"
        system = self.database.execute(query, (table.name,)).fetchone() if table.geometry else None
        whole = [GEOMETRY_COLUMN, *names] if system else names
        values = (
            (*([_blob(shape, table, system[0])] if system else []), *(stored(row.get(column)) for column in names))
            for shape, row in rows
        )
        with self.explained(Message("it cannot be written")):
            self.database.executemany(geopackage_schema.insertion(table.name, whole), values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it."""
        database = self.database
        with self.explained(Message("it cannot be written")):
            sqlite_locks.patiently(database, lambda: database.execute("BEGIN IMMEDIATE"), self.progress)
            try:
                yield
                sqlite_locks.patiently(database, lambda: database.execute("COMMIT"), self.progress)
            except BaseException:
                # What cannot be rolled back now is rolled back by whoever opens the file next.
                with suppress(sqlite3.Error):
                    database.rollback()
                raise

    @contextmanager
    def explained(self, what: Message) -> Iterator[None]:
        """Turn errors of GDAL and SQLite into one sentence for the user; `what` says what cannot be done."""
        with super().explained(what):
            try:
                yield
            except sqlite3.Error as error:
                self._failed = True
                if sqlite_locks.is_locked(error):
                    raise sqlite_locks.locked(self.name) from error
                if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                    raise self._damaged(error) from error
                raise RuntimeError(str(error)) from error
            except UnicodeDecodeError as error:
                # Python fails to read even SQLite's message where a damaged name stands in it.
                self._failed = True
                raise self._damaged(error) from error

    def _damaged(self, reason: Exception | str) -> ResourceError:
        return ResourceError(
            "{name} is damaged ({error}): restore it from a copy, or move it away and update a new one.",
            name=self.name,
            error=" ".join(str(reason).split())[:200],
        )

    def _open(self) -> None:
        with self.explained(Message("it cannot be opened")):
            address = f"{self.path.as_uri()}?mode=rw"
            self._database = database = sqlite3.connect(
                address, uri=True, timeout=sqlite_locks.WAIT_S, isolation_level=None, check_same_thread=False
            )
            geopackage.add_functions(database)
            look = "SELECT count(*) FROM sqlite_master"
            sqlite_locks.patiently(database, lambda: database.execute(look).fetchone(), self.progress)
            if damage := sqlite_locks.damage(database):
                raise self._damaged(damage)
            geopackage_schema.check_tables(database, self.name)
            if not geopackage_schema.is_complete(database):
                with self.transaction():
                    geopackage_schema.complete(database)
            self._settle()
        self.reopen()

    def _settle(self) -> None:
        """Put right the extents and the counts of the tables, by which QGIS zooms and counts."""
        with self.transaction():
            there = {item for (item,) in self.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table, definition in TABLES.items():
                if "gpkg_ogr_contents" in there:
                    count = "UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM {name}) "
                    count += "WHERE table_name = {table}"
                    self.run(count, name=name(table), table=table)
                index = geopackage_schema.index_of(table)
                if definition.geometry and index in there:
                    extent = "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = "
                    extent += (
                        "(SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index}) WHERE table_name = {table}"
                    )
                    self.run(extent, index=name(index), table=table)

    def _let_go(self) -> None:
        super().close()
        database, self._database = self._database, None
        try:
            if database is not None:
                database.close()
        finally:
            self.lock.release()


def _blob(shape: shapely.Geometry | None, table: Table, system: int) -> bytes | None:
    """A geometry as a GeoPackage holds it."""
    import shapely

    if shape is None or shape.is_empty:
        return None
    if table.geometry == "MultiPolygon" and shape.geom_type != "MultiPolygon":
        shape = shapely.multipolygons(shapely.get_parts(shape))
    return geopackage.to_blob(shape, system, 3 if table.geometry.endswith("Z") else 2)
