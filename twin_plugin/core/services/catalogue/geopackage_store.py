"""The catalogue in one GeoPackage: quick to search, a layer for QGIS, written by one at a time, never half."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

from ...common import bbox, new_file, sqlite_locks
from ...common.bbox import BoundingBox
from ...common.errors import Cancelled, InputError, ResourceError
from ...common.geopackage import is_geopackage
from ...common.progress import Progress, silent
from ..record import ServiceRecord
from . import geopackage_tables
from .sql import (
    LIVE_RANK,
    NAMES,
    VERSION,
    Conditions,
    Values,
    check,
    chosen,
    common,
    counted,
    from_row,
    marks,
    sql,
    to_row,
    words,
)
from .store import Catalogue, Facets, Probe, Search, SearchPage

_SHORTEST = 3  # characters of a trigram
_IDS_AT_ONCE = 500
_FEW = 16
"""If a search matches fewer than 1/16 of all records, sort the matches; else walk the index (see bench_catalogue)."""
_SELECT = ", ".join(f"s.{name}" for name in NAMES)
_FROM_FOUND = "temp.found CROSS JOIN service USING (fid)"
_TOUCHED = "maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
# The R-tree knows a box across the 180th meridian only as going all around.
_FALSELY = "SELECT fid FROM service WHERE length(geom) > 200 AND NOT twin_touches(geom, ?, ?, ?, ?)"
_PAGE = (
    "SELECT {columns}, s.geom FROM (SELECT fid FROM {start} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?) AS part "
    "JOIN service AS s USING (fid) ORDER BY {again}"
)
_GROUPS = (
    "SELECT subdivision, protocol, health, count(*) FROM {start} WHERE {where} GROUP BY subdivision, protocol, health"
)
_ORDERS = {
    "title": "{p}title COLLATE NOCASE, {p}id",
    "live": f"{LIVE_RANK}, {{p}}title COLLATE NOCASE, {{p}}id",
    "added": "{p}fid",
    "newest": "{p}harvested DESC, {p}title COLLATE NOCASE, {p}id",
}
"""Columns with the prefix p."""


class _Narrowed(Enum):
    """What the table of found records says."""

    NOT = "nothing: neither words, place nor ids are asked for"
    FEW = "the records found, so few that the list begins with them"
    MANY = "the records found"
    ALL_BUT = "the records left out"


class FileCatalogue(Catalogue):
    """A catalogue in a GeoPackage of its own, or beside other tables in one.

    The file keeps SQLite's rollback journal: write-ahead logging would leave two more files beside it, and works
    neither on network drives nor from read-only media. Readers wait for the short time of a commit.

    Parameters
    ----------
    path : Path
        The GeoPackage.
    create : bool
        Whether to make the file, or the tables in it, where they are missing. Otherwise the file is only read.
    progress : Progress
        Asked whether to go on while another program has the file.

    Raises
    ------
    InputError
        When the file is no GeoPackage, holds no catalogue and `create` is not set, or was made by a newer version.
    ResourceError
        When it cannot be read, or written where `create` is set.
    """

    def __init__(self, path: Path | str, create: bool = False, progress: Progress = silent) -> None:
        self.path, self.progress = Path(os.path.abspath(path)), progress
        self.name = f"The catalogue '{self.path}'"
        self._changed = False
        self._found: tuple[Any, _Narrowed] | None = None
        self._grouped: tuple[Any, list[tuple[Any, ...]]] | None = None
        if self.path.exists():
            if not is_geopackage(self.path):
                raise InputError(
                    "'{path}' is no GeoPackage: choose a .gpkg file, or the name of a new one.", path=self.path
                )
        elif create:
            new_file.create(self.path, _empty())
        else:
            raise InputError(
                "There is no catalogue '{path}': harvest services into it, or choose another file.", path=self.path
            )
        with self._database_errors():
            self._database = _connect(self.path, create, progress)
        try:
            self._check_schema(create)
        except BaseException:
            self._database.close()
            raise

    def search(self, search: Search) -> SearchPage:
        check(search)
        with self._database_errors():
            narrowed = self._narrow(search)
            where = self._where(search, narrowed)
            total = counted(search, self._groups(search)).total
            order, again = (sql(_ORDERS[search.order], p=prefix) for prefix in ("", "s."))
            # Which way is quicker depends on how many are found: the planner cannot know.
            start = _FROM_FOUND if narrowed is _Narrowed.FEW else _walked(search)
            text = sql(_PAGE, columns=_SELECT, start=start, where=where.sql(), order=order, again=again)
            rows = self._database.execute(text, [*where.values, search.limit or -1, search.offset]).fetchall()
        return SearchPage(tuple(_record(row) for row in rows), total, search.offset)

    def facets(self, search: Search) -> Facets:
        check(search)
        with self._database_errors():
            return counted(search, self._groups(search))

    def get(self, ids: Sequence[str]) -> dict[str, ServiceRecord]:
        found: dict[str, ServiceRecord] = {}
        with self._database_errors():
            for start in range(0, len(ids), _IDS_AT_ONCE):
                part = list(ids[start : start + _IDS_AT_ONCE])
                text = sql(
                    "SELECT {names}, s.geom FROM service AS s WHERE id IN ({ids})", names=_SELECT, ids=marks(part)
                )
                found |= {row[0]: _record(row) for row in self._database.execute(text, part)}
        return found

    def interrupt(self) -> None:
        with suppress(sqlite3.ProgrammingError):
            self._database.interrupt()

    def close(self) -> None:
        try:
            if self._changed:
                self._changed = False
                with self._transaction():
                    geopackage_tables.note_extent(self._database)
        finally:
            self._database.close()

    # Searching

    def _groups(self, search: Search) -> list[tuple[Any, ...]]:
        """Counts by subdivision, protocol and health, with no choice made in these.

        They are kept for the next call: the list, its counts, its next pages and other choices all need the same.
        """
        narrowed = self._narrow(search)
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        asked = replace(search, subdivisions=(), protocols=(), health=(), alive=False, offset=0, limit=0, order="")
        if self._grouped is not None and self._grouped[0] == (asked, version):
            return self._grouped[1]
        where = self._where(search, narrowed, with_choices=False)
        walked = "service" if search.source else "service INDEXED BY service_by_facet"
        start = _FROM_FOUND if narrowed is _Narrowed.FEW else walked
        rows = self._database.execute(sql(_GROUPS, start=start, where=where.sql()), where.values).fetchall()
        self._grouped = ((asked, version), rows)
        return rows

    def _where(self, search: Search, narrowed: _Narrowed, with_choices: bool = True) -> Conditions:
        where = common(search)
        if with_choices:
            more = chosen(search)
            where.add(more.sql(), *more.values)
        if narrowed is _Narrowed.MANY:
            where.add("fid IN (SELECT fid FROM temp.found)")
        elif narrowed is _Narrowed.ALL_BUT:
            where.add("fid NOT IN (SELECT fid FROM temp.found)")
        return where

    def _narrow(self, search: Search) -> _Narrowed:
        """Fill the table of what words, place and ids leave, or of what a large box leaves out.

        It is kept for the next call: a list, its counts and its next pages ask for the same.
        """
        wanted = (words(search.text), search.box, search.ids)
        if not any(wanted):
            return _Narrowed.NOT
        (version,) = self._database.execute("PRAGMA data_version").fetchone()
        state = (*wanted, version)
        if self._found is not None and self._found[0] == state:
            return self._found[1]
        (last,) = self._database.execute("SELECT coalesce(max(fid), 0) FROM service").fetchone()
        parts = [*_word_parts(search.text), *_place_parts(search.box)]
        all_but = len(parts) == 1 and search.box is not None and not search.ids and self._holds_most(search.box, last)
        if all_but and search.box is not None:
            parts = _outside_parts(search.box)
        if search.ids:
            ids = json.dumps(search.ids)
            parts.append(("SELECT fid FROM service WHERE id IN (SELECT value FROM json_each(?))", [ids]))
        self._found = None
        self._database.execute("DELETE FROM temp.found")
        between = " UNION " if all_but else " INTERSECT "
        insert = sql("INSERT OR IGNORE INTO temp.found {parts}", parts=between.join(text for text, _ in parts))
        count = self._database.execute(insert, [value for _, part in parts for value in part]).rowcount
        narrowed = _Narrowed.ALL_BUT if all_but else _Narrowed.FEW if count * _FEW <= last else _Narrowed.MANY
        self._found = (state, narrowed)
        return narrowed

    def _holds_most(self, box: BoundingBox, last: int) -> bool:
        """Whether a box leaves out less than half; counting in the R-tree is quicker than noting what was found."""
        if box.west > box.east:
            return False
        text = sql("SELECT count(*) FROM rtree_service_geom WHERE {there}", there=_TOUCHED)
        (count,) = self._database.execute(text, [box.west, box.east, box.south, box.north]).fetchone()
        return bool(2 * count > last)

    # Writing

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._found = self._grouped = None
        with self._database_errors():
            database = self._database
            sqlite_locks.patiently(database, lambda: database.execute("BEGIN IMMEDIATE"), self.progress)
            try:
                yield
                sqlite_locks.patiently(database, lambda: database.execute("COMMIT"), self.progress)
            except BaseException as error:
                # After an error of the file it is not tried again at the end, which would hide why it failed.
                self._changed = self._changed and not isinstance(error, sqlite3.Error)
                # What cannot be rolled back now is rolled back by whoever opens the file next.
                with suppress(sqlite3.Error):
                    database.rollback()
                raise

    def _write(self, added: Sequence[ServiceRecord], changed: Sequence[ServiceRecord]) -> None:
        names = ("geom", *NAMES)
        insert = sql("INSERT INTO service ({names}) VALUES ({marks})", names=", ".join(names), marks=marks(names))
        self._database.executemany(insert, [(_blob(record.box), *to_row(record)) for record in added])
        update = sql("UPDATE service SET {all} WHERE id = ?", all=", ".join(f"{name} = ?" for name in names))
        with geopackage_tables.unnoted(self._database):
            self._database.executemany(update, [(_blob(record.box), *to_row(record), record.id) for record in changed])
        self._changed = True

    def _touch(self, ids: Sequence[str], when: str) -> None:
        self._database.executemany("UPDATE service SET harvested = ? WHERE id = ?", [(when, one) for one in ids])

    def _mark_gone(self, source: str, seen: frozenset[str], when: str) -> int:
        rows = self._database.execute(
            "SELECT id FROM service WHERE source = ? AND coalesce(gone, '') = ''", (source,)
        ).fetchall()
        gone = [(when, record_id) for (record_id,) in rows if record_id not in seen]
        self._database.executemany("UPDATE service SET gone = ? WHERE id = ?", gone)
        return len(gone)

    def _write_probes(self, probes: Sequence[Probe]) -> None:
        update = "UPDATE service SET health = ?, health_time = ?, health_reason = ?, latency_ms = ? WHERE id = ?"
        self._database.executemany(update, [(p.health.value, p.time, p.reason, p.latency_ms, p.id) for p in probes])

    # The file

    def _check_schema(self, create: bool) -> None:
        with self._database_errors():
            if damage := sqlite_locks.damage(self._database):
                raise self._damaged(damage)
            there = {name for (name,) in self._database.execute("SELECT name FROM sqlite_master")}
            if "service_catalogue" not in there and "service" in there:
                raise InputError(
                    "'{path}' holds a table 'service' that is not a catalogue's: choose another file.", path=self.path
                )
            if "service_catalogue" not in there:
                if not create:
                    raise InputError(
                        "'{path}' holds no catalogue of services: harvest some into it first.", path=self.path
                    )
                with self._transaction():
                    geopackage_tables.create(self._database, False)
            row = self._database.execute("SELECT max(value) FROM service_catalogue WHERE key = 'version'").fetchone()
            if not str(row[0]).isdigit() or int(row[0]) > VERSION:
                raise InputError(
                    "{name} was written by a newer version of City Twin: update the plugin to use it.", name=self.name
                )
            self._database.execute("CREATE TEMP TABLE found (fid INTEGER PRIMARY KEY)")
            self._database.execute(
                "CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, rtree_service_words, instance)"
            )

    @contextmanager
    def _database_errors(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            text = str(error)
            if text == "interrupted":
                raise Cancelled from error
            if text.startswith("Could not decode"):
                raise self._damaged(text.partition(" with text")[0]) from error
            if sqlite_locks.is_locked(error):
                raise sqlite_locks.locked(self.name) from error
            if "readonly" in text:
                raise ResourceError(
                    "{name} cannot be written: it is read-only here. Choose another place, or change its permissions.",
                    name=self.name,
                ) from error
            raise ResourceError(
                "{name} cannot be used ({text}): check the disk and the file.", name=self.name, text=text
            ) from error
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            # Python fails to read even SQLite's message where a damaged name stands in it.
            raise self._damaged(error) from error

    def _damaged(self, reason: Exception | str) -> ResourceError:
        return ResourceError(
            "{name} is damaged ({error}): restore it from a copy or harvest anew.",
            name=self.name,
            error=" ".join(str(reason).split())[:200],
        )


def _walked(search: Search) -> str:
    return (
        "service INDEXED BY service_by_title" if search.order in ("title", "live") and not search.source else "service"
    )


def _word_parts(text: str) -> list[tuple[str, Values]]:
    """Words of three characters and more by their trigrams; shorter ones by the trigrams that they begin."""
    parts: list[tuple[str, Values]] = []
    long = [word for word in words(text) if len(word) >= _SHORTEST]
    if long:
        match = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in long)
        parts.append(("SELECT rowid FROM rtree_service_words WHERE rtree_service_words MATCH ?", [match]))
    for word in words(text):
        if len(word) < _SHORTEST:
            first = word.lower()
            parts.append(("SELECT doc FROM temp.terms WHERE term >= ? AND term <= ?", [first, f"{first}\U0010ffff"]))
    return parts


def _place_parts(box: BoundingBox | None) -> list[tuple[str, Values]]:
    if box is None:
        return []
    conditions, values = [], []
    for west, south, east, north in bbox.rectangles(box):
        conditions.append(f"({_TOUCHED})")
        values += [west, east, south, north]
    text = "SELECT id FROM rtree_service_geom WHERE ({any_part}) AND id NOT IN ({falsely})"
    return [(sql(text, any_part=" OR ".join(conditions), falsely=_FALSELY), [*values, *_corners(box)])]


def _outside_parts(box: BoundingBox) -> list[tuple[str, Values]]:
    """What a box does not touch, and what has no place at all."""
    beside = "SELECT id FROM rtree_service_geom WHERE maxx < ? OR minx > ? OR maxy < ? OR miny > ?"
    nowhere = "SELECT fid FROM service WHERE coalesce(length(geom), 0) < 40"
    edges = [box.west, box.east, box.south, box.north]
    return [(beside, edges), (nowhere, []), (_FALSELY, _corners(box))]


def _corners(box: BoundingBox) -> Values:
    return [box.west, box.south, box.east, box.north]


def _record(row: Sequence[Any]) -> ServiceRecord:
    return from_row(row[:-1], bbox.from_geopackage(row[-1]))


def _blob(box: BoundingBox | None) -> bytes | None:
    return None if box is None else bbox.to_geopackage(box)


def _connect(path: Path, writable: bool, progress: Progress) -> sqlite3.Connection:
    database = sqlite3.connect(
        f"{path.as_uri()}?mode={'rw' if writable else 'ro'}",
        uri=True,
        timeout=sqlite_locks.WAIT_S,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        # The first that reads the file.
        sqlite_locks.patiently(database, lambda: database.execute("PRAGMA cache_size = -65536"), progress)
        database.execute("PRAGMA temp_store = MEMORY")
        geopackage_tables.prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def _empty() -> bytes:
    """A GeoPackage with an empty catalogue."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        geopackage_tables.prepare(database)
        geopackage_tables.create(database, True)
        return database.serialize()
