"""Tables of a GeoPackage of the user's: replaced in one transaction, after waiting for other programs' locks.

A GeoPackage that exists is never replaced as a file: other tables in it would be lost, whoever has it open would go on
with a file that has no name any more, and a write-ahead log beside it would be replayed into the new file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from osgeo import gdal, ogr

from ...core.common.errors import ResourceError, unwritable
from ...core.common.folder_lock import GoOn, wait_until
from .gdal_calls import Locked, checked, open_vector

_SLICE_MS = 100
"""How long SQLite waits for a lock at a time, so that a cancel is noticed."""


class GeoPackageTables:
    """A GeoPackage that is open in a write transaction.

    Parameters
    ----------
    path : Path
        It exists.
    patience_s : float
        How long to wait for the lock of another program.
    go_on : callable
        Whether to go on waiting.

    Raises
    ------
    ResourceError
        When it stays locked, cannot be opened or cannot be written.
    Cancelled
        When `go_on` says no.
    """

    def __init__(self, path: Path, patience_s: float, go_on: GoOn) -> None:
        self.path, self._patience_s, self._go_on = path, patience_s, go_on
        self._dataset: gdal.Dataset | None = None
        self._wait(self._begin)

    def names(self) -> list[str]:
        """All tables and views that are not SQLite's or the GeoPackage's own."""
        found = self._ask("ExecuteSQL", "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        names = [feature.GetField(0) for feature in found]
        self._ask("ReleaseResultSet", found)
        return [name for name in names if not name.startswith(("sqlite_", "gpkg_", "rtree_"))]

    def replace(self, source: Path, table: str) -> None:
        """Copy the first layer of a GeoPackage in, instead of the table of that name; raises OSError."""
        origin = open_vector(source)
        try:
            self.delete(table)
            _copy_layer(origin.GetLayer(0), self._dataset, table)
        finally:
            del origin

    def delete(self, table: str) -> None:
        """Remove a table, if it is there; raises OSError where something else has its name."""
        number = self._number(table)
        if number is not None:
            self._ask("DeleteLayer", number)
        elif table.lower() in (name.lower() for name in self.names()):
            raise OSError(f"its table {table} is not a layer")

    def save(self, table: str, place: Path) -> bool:
        """Copy a table to a new GeoPackage; False when there is none of that name. Raises OSError."""
        number = self._number(table)
        if number is None:
            return False
        copy = checked(gdal.GetDriverByName("GPKG").Create, str(place), 0, 0, 0, gdal.GDT_Unknown)
        try:
            _copy_layer(self._dataset.GetLayer(number), copy, table)
        finally:
            del copy
        return True

    def commit(self) -> None:
        """Make the changes real, once nobody reads the file any more; raises ResourceError, and nothing has changed."""
        command: tuple[str, ...] = ("CommitTransaction",)

        def commit() -> None:
            nonlocal command
            try:
                self._ask(*command)
            except Locked:
                # GDAL holds the transaction for ended; SQLite's is still open, and its own END is tried again.
                command = ("ExecuteSQL", "END")
                raise

        self._wait(commit)
        self._dataset = None

    def discard(self) -> None:
        """Close the file as it was."""
        if self._dataset is None:
            return
        for command in (("RollbackTransaction",), ("ExecuteSQL", "ROLLBACK")):  # the second after a commit that failed
            try:
                self._ask(*command)
                break
            except (Locked, OSError):
                continue
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        self._dataset = None
        gdal.PopErrorHandler()

    def _wait(self, step: Callable[[], None]) -> None:
        reason = ""

        def tried() -> bool:
            nonlocal reason
            try:
                step()
            except Locked as error:
                reason = str(error)
                return False
            except OSError as error:
                raise unwritable(self.path, error) from error
            return True

        try:
            if wait_until(tried, self._patience_s, self._go_on):
                return
        except BaseException:
            self.discard()
            raise
        self.discard()
        raise ResourceError(
            "'{path}' is locked by another program ({reason}): save and close it there, or choose another file.",
            path=self.path,
            reason=reason,
        )

    def _begin(self) -> None:
        for place in (self.path, self.path.parent):
            if not os.access(place, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
        before = gdal.GetThreadLocalConfigOption("SQLITE_BUSY_TIMEOUT")
        gdal.SetThreadLocalConfigOption("SQLITE_BUSY_TIMEOUT", str(_SLICE_MS))
        try:
            self._dataset = open_vector(self.path, gdal.OF_UPDATE, ["GPKG"])
            self._ask("ExecuteSQL", f"PRAGMA busy_timeout = {_SLICE_MS}")
            self._ask("StartTransaction")
            # A transaction gets the write lock with its first change, also with one that meets no row.
            self._ask("ExecuteSQL", "UPDATE gpkg_contents SET last_change = last_change WHERE 0")
        except Exception:
            self.discard()
            raise
        finally:
            gdal.SetThreadLocalConfigOption("SQLITE_BUSY_TIMEOUT", before)

    def _number(self, table: str) -> int | None:
        numbers = range(self._dataset.GetLayerCount())
        return next((n for n in numbers if self._dataset.GetLayer(n).GetName().lower() == table.lower()), None)

    def _ask(self, method: str, *arguments: Any) -> Any:
        # By name: a method that an exception's traceback keeps would keep the file open.
        return checked(lambda: getattr(self._dataset, method)(*arguments))


def _copy_layer(origin: ogr.Layer, dataset: gdal.Dataset, table: str) -> None:
    """Copy a layer with its ids into a GeoPackage that is open for writing, within its transaction."""
    definition = origin.GetLayerDefn()
    options = [f"FID={origin.GetFIDColumn() or 'fid'}"]
    if origin.GetGeomType() != ogr.wkbNone:
        options.append(f"GEOMETRY_NAME={origin.GetGeometryColumn() or 'geom'}")
    layer = checked(lambda: dataset.CreateLayer(table, origin.GetSpatialRef(), origin.GetGeomType(), options))
    for number in range(definition.GetFieldCount()):
        checked(layer.CreateField, definition.GetFieldDefn(number))
    target, count = layer.GetLayerDefn(), 0
    for feature in origin:
        copy = ogr.Feature(target)
        copy.SetFrom(feature)
        copy.SetFID(feature.GetFID())
        checked(layer.CreateFeature, copy)
        count += 1
    checked(layer.SyncToDisk)
    checked(lambda: dataset.FlushCache())
    if layer.GetFeatureCount() != count:
        raise OSError(f"{layer.GetFeatureCount()} of {count} rows")
