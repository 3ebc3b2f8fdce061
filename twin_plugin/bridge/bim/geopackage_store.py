"""The twin base in a GeoPackage: created whole or not at all, locked for one writer, put right after a kill."""

from __future__ import annotations

import os
import sqlite3
import sys
import uuid
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

from osgeo import gdal, ogr, osr

from ...core.bim.tables import GEOMETRY_COLUMN, TABLES
from ...core.common import leftovers
from ...core.common.errors import InputError, ResourceError, unwritable
from ...core.common.geopackage import is_geopackage
from ...core.common.messages import Message
from ..postgres.sql import Name, name, statement
from .store import TwinBase
from .store_schema import bring_up_to_date, create_tables


class FileBase(TwinBase):
    """A base in a GeoPackage of its own, or beside other tables in one.

    Parameters
    ----------
    path : Path
        The GeoPackage; it and its folder are created where they are missing.

    Raises
    ------
    InputError
        When the file is no GeoPackage, or holds another table of one of our names.
    ResourceError
        When it cannot be written, or another process is writing it.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.abspath(path))
        super().__init__(None, Message("The twin base '{path}'", path=self.path))
        if self.path.exists() and (self.path.is_dir() or not is_geopackage(self.path)):
            raise InputError(
                "'{path}' is no GeoPackage: choose a .gpkg file, or the name of a new one.", path=self.path
            )
        self.lock = _Lock(self.path)
        try:
            self._open_or_create()
        except BaseException:
            super().close()
            self.lock.release()
            raise

    def close(self) -> None:
        """Close the file; what others rely on (extents, counts) is put right."""
        try:
            super().close()
            if self.path.exists():
                _settle(self.path)
        finally:
            self.lock.release()

    PROVIDER = "ogr"

    def layer_uri(self, table: str, secrets: bool = False) -> str:
        """The data source of a table for QGIS."""
        return f"{self.path}|layername={table}"

    def results(self) -> dict[str, str]:
        """The file and its table of models."""
        return super().results() | {"TWIN_BASE": str(self.path)}

    def reopen(self) -> None:
        """Open the file anew."""
        self._layers.clear()
        self.dataset = None
        with self.explained(Message("it cannot be opened")):
            self.dataset = gdal.OpenEx(str(self.path), gdal.OF_VECTOR | gdal.OF_UPDATE)
            self.check(self.dataset is not None)

    def index_geometries(self, table: str) -> None:
        """Create the spatial index that a table lacks: only a kill between the two leaves a table without one."""
        parts = {"table": table, "column": GEOMETRY_COLUMN}
        if not self.single("SELECT HasSpatialIndex({table}, {column})", **parts):
            tuple(self.select("SELECT CreateSpatialIndex({table}, {column})", **parts))

    def change_crs(self, crs: osr.SpatialReference) -> None:
        """Name another CRS in the tables about tables."""
        # GDAL enters the CRS into the table of CRS with the layer, which is only there for that.
        with self.transaction():
            probe = f"twin_{uuid.uuid4().hex[:8]}"
            self.check(self.dataset.CreateLayer(probe, crs, ogr.wkbPoint, ["SPATIAL_INDEX=NO"]) is not None)
            self.dataset.FlushCache()
            query = "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = {probe}"
            number = self.single(query, probe=probe)
            self.run(f"DELLAYER:{probe}")
            for table, definition in TABLES.items():
                if definition.geometry:
                    for about in ("gpkg_geometry_columns", "gpkg_contents"):
                        change = "UPDATE {about} SET srs_id = {number} WHERE table_name = {table}"
                        self.run(change, about=Name(about), number=int(number), table=table)

    def _open_or_create(self) -> None:
        if not self.path.exists():
            self._create()
        _settle(self.path)
        bring_up_to_date(self)

    def _create(self) -> None:
        """A new file appears under its name only when it is complete."""
        partial = self.path.with_name(leftovers.name(self.path.name))
        try:
            leftovers.clean(self.path.parent)
            with self.explained(Message("it cannot be created")):
                self.dataset = gdal.GetDriverByName("GPKG").Create(str(partial), 0, 0, 0, gdal.GDT_Unknown)
                self.check(self.dataset is not None)
                create_tables(self)
                self.dataset = None
            os.replace(partial, self.path)
        except OSError as error:
            raise unwritable(self.path, error) from error
        finally:
            self.dataset = None
            for name in (partial.name, f"{partial.name}-wal", f"{partial.name}-shm", f"{partial.name}-journal"):
                partial.with_name(name).unlink(missing_ok=True)


class _Lock:
    """A file beside the base that this process alone has open; it frees itself when the process is killed."""

    def __init__(self, base: Path) -> None:
        self.path = base.with_name(f".{base.name}.writer")
        self.stream: IO[bytes] | None = None
        try:
            base.parent.mkdir(parents=True, exist_ok=True)
            while not self._take():
                pass
        except BlockingIOError as error:
            raise ResourceError(
                "Another run is updating '{base}': wait for it to end, or cancel it. A base has one writer at a time.",
                base=base,
            ) from error
        except OSError as error:
            raise unwritable(base.parent, error) from error

    def _take(self) -> bool:
        """Lock the file; False when the one who had it removed it meanwhile."""
        stream = self.path.open("ab")
        try:
            _lock(stream)
            if os.fstat(stream.fileno()).st_ino == os.stat(self.path).st_ino:
                self.stream = stream
                return True
        except FileNotFoundError:
            pass
        except BaseException:
            stream.close()
            raise
        stream.close()
        return False

    def release(self) -> None:
        """Let others write."""
        if self.stream is None:
            return
        stream, self.stream = self.stream, None
        if sys.platform == "win32":
            stream.close()
        with suppress(OSError):
            self.path.unlink()
        stream.close()


def _lock(stream: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _settle(path: Path) -> None:
    """Put right what GDAL notes only when it closes a file: the extents and the counts of the tables.

    After a kill they are those of the run before, and QGIS would zoom and count by them.
    """
    try:
        with closing(sqlite3.connect(path, timeout=10.0)) as database, database:
            there = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            for table, definition in TABLES.items():
                if table not in there:
                    continue
                if "gpkg_ogr_contents" in there:
                    count = "UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM {name}) "
                    count += "WHERE table_name = {table}"
                    database.execute(statement(count, name=name(table), table=table))
                index = f"rtree_{table}_{GEOMETRY_COLUMN}"
                if definition.geometry and index in there:
                    extent = "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = "
                    extent += (
                        "(SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {index}) WHERE table_name = {table}"
                    )
                    database.execute(statement(extent, index=name(index), table=table))
    except sqlite3.Error as error:
        raise ResourceError(
            "'{path}' cannot be written ({error}). Check the disk and the permissions, close what has it "
            "open, and run it again: what was committed is kept.",
            path=path,
            error=error,
        ) from error
