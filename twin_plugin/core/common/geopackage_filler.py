"""Fills the empty layer of a new GeoPackage with many rows at a time, several times as fast as GDAL feature by feature.

The file is one that nobody else has open and that is thrown away after an error: it is written without a journal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import unwritable
from .geopackage import statement, to_blobs
from .progress import Progress, advance, silent
from .rtree_pages import pack

BATCH = 20_000
"""Rows of the spatial index between two looks whether to go on."""
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({marks})"
_INDEX = "INSERT OR REPLACE INTO {table} VALUES (?, ?)"
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE tbl_name = ? AND type = 'trigger'"


class TableFiller:
    """The one layer of a GeoPackage that GDAL has just created without features, being filled.

    Parameters
    ----------
    path : Path

    Attributes
    ----------
    count : int
        Rows so far.

    Raises
    ------
    ResourceError
        When the file cannot be written; each method raises the same.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.count = path, 0
        self._boxes: list[NDArray[np.float64]] = []
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            self._open()
        except sqlite3.Error as error:
            self.close()
            raise unwritable(path, error) from error

    def _open(self) -> None:
        run = self._database.execute
        run("PRAGMA journal_mode = OFF")
        run("PRAGMA synchronous = OFF")
        run("PRAGMA locking_mode = EXCLUSIVE")
        query = "SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns"
        ((self._table, self._geometry, self._kind, self._srs_id),) = run(query).fetchall()
        described = run(statement("PRAGMA table_info({table})", table=self._table)).fetchall()
        ((self._key,),) = [(row[1],) for row in described if row[5]]
        self.columns = [row[1] for row in described if row[1] not in (self._key, self._geometry)]
        run("BEGIN")
        self._triggers = run(_TRIGGERS, [self._table]).fetchall()
        for name, _ in self._triggers:
            run(statement("DROP TRIGGER {name}", name=name))
        names = [self._key, self._geometry, *self.columns]
        self._insert = statement(_INSERT, table=self._table, columns=names)

    def add(self, shapes: NDArray[Any], columns: Sequence[Sequence[Any]]) -> None:
        """Add rows: shapely geometries, None where there is none, and the values of each of `self.columns`."""
        blobs, boxes = to_blobs(shapes, self._srs_id, self._kind)
        first = self.count + 1
        self._many(self._insert, zip(range(first, first + len(shapes)), blobs, *columns, strict=True))
        self.count += len(shapes)
        self._boxes.append(boxes)

    def finish(self, progress: Progress = silent) -> None:
        """Write the spatial index and what the file says of the layer, and close it.

        Raises
        ------
        Cancelled
            When `progress` says so.
        """
        boxes = np.concatenate([*self._boxes, np.empty((0, 4))])
        placed = np.flatnonzero(np.isfinite(boxes[:, 0]))
        try:
            self._index(placed + 1, boxes[placed], progress)
            self._describe(boxes[placed])
            for _, text in self._triggers:
                self._database.execute(text)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            raise unwritable(self.path, error) from error
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file, whatever state it is in."""
        self._database.close()

    def _index(self, ids: NDArray[np.int64], boxes: NDArray[np.float64], progress: Progress) -> None:
        index = f"rtree_{self._table}_{self._geometry}"
        found = self._database.execute(statement("SELECT length(data) FROM {node}", node=f"{index}_node")).fetchall()
        pages = pack(ids, boxes, found[0][0])
        for part, rows in (("node", pages.nodes), ("rowid", pages.rows), ("parent", pages.parents)):
            insert = statement(_INDEX, table=f"{index}_{part}")
            for low in range(0, len(rows), BATCH):
                advance(progress, low / len(rows))
                self._many(insert, rows[low : low + BATCH])

    def _describe(self, boxes: NDArray[np.float64]) -> None:
        bounds = [*boxes[:, :2].min(0).tolist(), *boxes[:, 2:].max(0).tolist()] if len(boxes) else [None] * 4
        change = "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?"
        self._database.execute(change, [*bounds, self._table])
        change = "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?"
        self._database.execute(change, [self.count, self._table])

    def _many(self, insert: str, rows: Iterable[Sequence[Any]]) -> None:
        try:
            self._database.executemany(insert, rows)
        except sqlite3.Error as error:
            raise unwritable(self.path, error) from error
