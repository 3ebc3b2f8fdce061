"""The tables of a twin base in a GeoPackage: GDAL defines them in memory, SQLite puts them into the file.

GDAL never writes the file itself. When the disk is full in the middle of a transaction, SQLite ends the transaction;
GDAL reports some of these errors late or not at all, and what it writes next is then written without a transaction.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from osgeo import gdal, ogr, osr

from ...core.bim.tables import GEOMETRY_COLUMN, TABLES
from ...core.common.errors import InputError
from ...core.common.geopackage_crs import crs_number
from ...core.common.messages import Message
from ..kernel.gdal_calls import memory_file
from ..postgres.sql import Name, name, statement
from .store import TwinBase
from .store_schema import create_tables

SYSTEMS = "gpkg_spatial_ref_sys"
ABOUT = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions")
_PART_OF_INDEX = re.compile(r"rtree_.*_(node|rowid|parent)")


@cache
def empty_base() -> bytes:
    """A GeoPackage with all tables of a twin base and no rows."""
    with _in_memory() as base:
        create_tables(base)
        return _content(base)


def check_tables(database: sqlite3.Connection, base: Message) -> None:
    """Refuse a file in which a table of one of our names is not ours.

    Raises
    ------
    InputError
    """
    for table in TABLES.values():
        there = columns(database, table.name)
        if there and not {table.key, table.parent_column or table.key} <= set(there):
            raise InputError(
                "{base} holds a table '{table}' that is not a twin base's: choose another file or schema.",
                base=base,
                table=table.name,
            )


def is_complete(database: sqlite3.Connection) -> bool:
    """Whether a file has all tables with their columns, indexes and triggers."""
    with _model() as model:
        there = _objects(database)
        return all(item.lower() in there for _, item, _ in _definitions(model)) and not any(
            missing for _, missing in _missing_columns(database, model)
        )


def complete(database: sqlite3.Connection) -> None:
    """Create what a file lacks: all tables, or what a base of an older version has not; in the caller's transaction."""
    with _model() as model:
        there, system = _objects(database), _system_of(database)
        lacking = [found for found in _definitions(model) if found[1].lower() not in there]
        for _, _, text in (found for found in lacking if found[0] == "table"):
            database.execute(text)
        for table, missing in _missing_columns(database, model):
            for column, kind in missing:
                add = "ALTER TABLE {table} ADD COLUMN {column} {kind}"
                database.execute(statement(add, table=name(table), column=name(column), kind=Name(kind)))
        _copy(model, database, SYSTEMS, "", "OR IGNORE")
        created = {item for _, item, _ in lacking}
        for table in TABLES:
            if table in created:
                for about in ABOUT:
                    _copy(model, database, about, table)
            elif index_of(table) in created:
                _copy(model, database, "gpkg_extensions", table)
                _fill_index(database, table)
        if system is not None:
            _set_system(database, system)
        for _, _, text in (found for found in lacking if found[0] != "table"):
            database.execute(text)


def change_crs(database: sqlite3.Connection, crs: osr.SpatialReference) -> None:
    """Name another CRS in the tables about tables; in the caller's transaction.

    Raises
    ------
    RuntimeError
        When GDAL cannot write the CRS into a GeoPackage.
    """
    _set_system(database, crs_number(database, _system_row(crs)))


def columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table with their types; {} where there is none."""
    return {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({name(table)})")}


def insertion(table: str, names: Sequence[str], how: str = "") -> str:
    """The statement that inserts a row with some columns."""
    text = "INSERT {how} INTO {table} ({names}) VALUES ({marks})"
    marks = Name(", ".join("?" * len(names)))
    return statement(text, how=Name(how), table=name(table), names=_listed(names), marks=marks)


def index_of(table: str) -> str:
    """The name of the spatial index of a table."""
    return f"rtree_{table}_{GEOMETRY_COLUMN}"


@contextmanager
def _in_memory() -> Iterator[TwinBase]:
    place = f"/vsimem/{uuid.uuid4().hex}.gpkg"
    try:
        # No name is left for the dataset here: it closes when the base lets go of it.
        driver = gdal.GetDriverByName("GPKG")
        yield TwinBase(driver.Create(place, 0, 0, 0, gdal.GDT_Unknown), Message("A new twin base"))
    finally:
        gdal.Unlink(place)


def _content(base: TwinBase) -> bytes:
    place = base.dataset.GetDescription()
    base.close()
    return memory_file(place)


@contextmanager
def _opened(content: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        yield database


@contextmanager
def _model() -> Iterator[sqlite3.Connection]:
    with _opened(empty_base()) as database:
        yield database


def _objects(database: sqlite3.Connection) -> set[str]:
    return {item.lower() for (item,) in database.execute("SELECT name FROM sqlite_master")}


def _definitions(model: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Kind, name and statement of the tables, indexes and triggers that a base has beside the rest of a GeoPackage."""
    ours = {SYSTEMS, *ABOUT, *TABLES, *(index_of(table) for table in TABLES)}
    query = "SELECT type, name, sql, tbl_name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    return [
        (kind, item, text)
        for kind, item, text, table in model.execute(query)
        if table in ours and not _PART_OF_INDEX.fullmatch(item)
    ]


def _missing_columns(
    database: sqlite3.Connection, model: sqlite3.Connection
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for table in TABLES:
        there = {column.lower() for column in columns(database, table)}
        yield table, [(column, kind) for column, kind in columns(model, table).items() if column.lower() not in there]


def _copy(model: sqlite3.Connection, database: sqlite3.Connection, about: str, table: str, how: str = "") -> None:
    """Copy what a table about tables says of one table, in place of what the file says of it; or all of it."""
    names = list(columns(model, about))
    where = Name(statement("WHERE table_name = {table}", table=table) if table else "")
    query = statement("SELECT {names} FROM {about} {where}", names=_listed(names), about=name(about), where=where)
    rows = model.execute(query).fetchall()
    if table:
        database.execute(statement("DELETE FROM {about} {where}", about=name(about), where=where))
    _insert(database, about, names, rows, how)


def _insert(
    database: sqlite3.Connection, table: str, names: Sequence[str], rows: Sequence[Sequence[Any]], how: str = ""
) -> None:
    """Insert rows; columns that an extension of the standard added and requires are 'undefined', as it prescribes."""
    required = [
        row[1]
        for row in database.execute(f"PRAGMA table_info({name(table)})")
        if row[3] and row[4] is None and not row[5] and row[1] not in names
    ]
    whole = [*names, *required]
    database.executemany(insertion(table, whole, how), [(*row, *["undefined"] * len(required)) for row in rows])


def _listed(names: Sequence[str]) -> Name:
    return Name(", ".join(name(column) for column in names))


def _fill_index(database: sqlite3.Connection, table: str) -> None:
    fill = (
        "INSERT INTO {index} SELECT fid, ST_MinX({geom}), ST_MaxX({geom}), ST_MinY({geom}), ST_MaxY({geom}) "
        "FROM {table} WHERE {geom} IS NOT NULL AND NOT ST_IsEmpty({geom})"
    )
    database.execute(statement(fill, index=name(index_of(table)), geom=name(GEOMETRY_COLUMN), table=name(table)))


def _system_of(database: sqlite3.Connection) -> int | None:
    """The id of the CRS that the base's geometries have; None where it has no table with geometries yet."""
    if "gpkg_geometry_columns" not in _objects(database):
        return None
    for table in TABLES:
        found = database.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)).fetchone()
        if found is not None:
            return int(found[0])
    return None


def _set_system(database: sqlite3.Connection, system: int) -> None:
    for table, definition in TABLES.items():
        if definition.geometry:
            for about in ("gpkg_geometry_columns", "gpkg_contents"):
                change = "UPDATE {about} SET srs_id = {system} WHERE table_name = {table}"
                database.execute(statement(change, about=name(about), system=system, table=table))


def _system_row(crs: osr.SpatialReference) -> dict[str, Any]:
    """A CRS as GDAL enters it into the table of CRS."""
    with _in_memory() as base:
        base.check(base.dataset.CreateLayer("probe", crs, ogr.wkbPoint, ["SPATIAL_INDEX=NO"]) is not None)
        with _opened(_content(base)) as database:
            database.row_factory = sqlite3.Row
            query = "SELECT * FROM gpkg_spatial_ref_sys WHERE srs_id = (SELECT srs_id FROM gpkg_geometry_columns)"
            return dict(database.execute(query).fetchone())
