"""Opens the life cycle of a twin base, in a GeoPackage or in PostGIS."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...core.common.progress import Progress, silent
from ...core.lifecycle.file_store import FileLifecycle
from ...core.lifecycle.store import LifecycleStore
from .postgres_store import PostgresLifecycle


@dataclass(frozen=True)
class BasePlace:
    """Where a twin base is: the path of a GeoPackage, or a connection of QGIS and a schema; false for nowhere."""

    path: str = ""
    connection: str = ""
    schema: str = ""

    def __bool__(self) -> bool:
        return bool(self.path or self.connection)


def open_life(place: BasePlace, progress: Progress = silent) -> LifecycleStore:
    """The life cycle of a base.

    Raises
    ------
    InputError
        When there is no base, or QGIS has no such connection.
    ResourceError
        When it cannot be reached.
    """
    if place.connection:
        return PostgresLifecycle(place.connection, place.schema, progress)
    return FileLifecycle(Path(place.path), progress)
