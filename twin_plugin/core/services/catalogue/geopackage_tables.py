"""The tables of a catalogue in a GeoPackage: a valid spatial layer with an R-tree, and an index of words.

OGC GeoPackage 1.3 (12-128r18) with its extension gpkg_rtree_index; the words are SQLite's FTS5 with trigrams. Both are
kept by triggers, so that they are right whoever writes: the triggers of the R-tree call functions such as ST_MinX,
which GDAL and QGIS bring, and which our own connections are given by `prepare`. Another trigger notes what is edited
in QGIS or elsewhere, so that a harvest leaves it alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ...common import bbox, geopackage
from ...common.bbox import BoundingBox
from .sql import COLUMNS, EDITED, SEARCHED, VERSION, sql

APPLICATION_ID = 0x47504B47
USER_VERSION = 10300
_KINDS = {"text": "TEXT DEFAULT ''", "real": "REAL", "boolean": "BOOLEAN DEFAULT 0"}
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
_BASE = (
    "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, "
    "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, "
    "description TEXT)",
    "CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, "
    "identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT "
    "(strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
    "geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, "
    "CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), "
    "CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), "
    "CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, "
    "definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
)
_SYSTEMS = (
    ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude/latitude coordinates in decimal degrees"),
)


def prepare(database: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers and searches call."""
    import shapely  # noqa: F401 - they need it, and SQLite hides why a function fails

    geopackage.add_functions(database)
    database.create_function("twin_touches", 5, _touches, deterministic=True)


def create(database: sqlite3.Connection, new_file: bool) -> None:
    """Make the tables of a catalogue, within the transaction of the caller."""
    for text in _BASE:
        database.execute(text)
    database.executemany("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)
    columns = ", ".join(f"{name} {_KINDS[kind]}{' NOT NULL UNIQUE' if name == 'id' else ''}" for name, kind in COLUMNS)
    table = "CREATE TABLE service (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom MULTIPOLYGON, {columns})"
    database.execute(sql(table, columns=columns))
    database.execute("CREATE TABLE service_catalogue (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, value TEXT)")
    database.execute("INSERT INTO service_catalogue (key, value) VALUES ('version', ?)", (str(VERSION),))
    # The table about the catalogue is registered too: GDAL lists every table of a file without such ones.
    insert = "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)"
    database.execute(insert, ("service", "features", "service", "Data services", 4326))
    about = "What the catalogue of data services is"
    database.execute(insert, ("service_catalogue", "attributes", "service_catalogue", about, 0))
    database.execute("INSERT INTO gpkg_geometry_columns VALUES ('service', 'geom', 'MULTIPOLYGON', 4326, 0, 0)")
    for text in (*_INDEXES, *_places(), *_words(), _edits()):
        database.execute(text)
    rtree = "http://www.geopackage.org/spec120/#extension_rtree"
    extension = "INSERT INTO gpkg_extensions VALUES ('service', 'geom', 'gpkg_rtree_index', ?, 'write-only')"
    database.execute(extension, (rtree,))
    if new_file:
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute(f"PRAGMA user_version = {USER_VERSION}")


def note_extent(database: sqlite3.Connection) -> None:
    """Write the extent of the layer where QGIS looks for it."""
    database.execute(
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now'), (min_x, min_y, max_x, max_y) = "
        "(SELECT min(minx), min(miny), max(maxx), max(maxy) FROM rtree_service_geom) WHERE table_name = 'service'"
    )


# Two hold all that is chosen by: one in the order of the list, one in the order of the counts. The others
# find boxes across the 180th meridian (one rectangle has 142 bytes), and records without a box.
_INDEXES = (
    "CREATE INDEX service_by_title ON service (title COLLATE NOCASE, id, subdivision, protocol, health, "
    "gone, made, time_start, time_end, lifecycle_stage)",
    "CREATE INDEX service_by_facet ON service (subdivision, protocol, health, "
    "gone, made, time_start, time_end, lifecycle_stage)",
    "CREATE INDEX service_by_source ON service (source, gone)",
    "CREATE INDEX service_in_parts ON service (fid) WHERE length(geom) > 200",
    "CREATE INDEX service_nowhere ON service (fid) WHERE coalesce(length(geom), 0) < 40",
)


def _places() -> tuple[str, ...]:
    """The R-tree and its triggers, as the extension words them."""
    there, absent = "(NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))", "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))"
    put = (
        "INSERT OR REPLACE INTO rtree_service_geom VALUES "
        "(NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));"
    )
    take = "DELETE FROM rtree_service_geom WHERE id = OLD.fid;"
    both = "DELETE FROM rtree_service_geom WHERE id IN (OLD.fid, NEW.fid);"
    triggers = (
        ("insert", "AFTER INSERT", there, put),
        ("update1", "AFTER UPDATE OF geom", f"OLD.fid = NEW.fid AND {there}", put),
        ("update2", "AFTER UPDATE OF geom", f"OLD.fid = NEW.fid AND {absent}", take),
        ("update3", "AFTER UPDATE", f"OLD.fid != NEW.fid AND {there}", f"{take} {put}"),
        ("update4", "AFTER UPDATE", f"OLD.fid != NEW.fid AND {absent}", both),
        ("delete", "AFTER DELETE", "OLD.geom NOT NULL", take),
    )
    trigger = "CREATE TRIGGER rtree_service_geom_{name} {event} ON service WHEN {condition} BEGIN {action} END"
    made = (
        sql(trigger, name=name, event=event, condition=when, action=action) for name, event, when, action in triggers
    )
    return "CREATE VIRTUAL TABLE rtree_service_geom USING rtree(id, minx, maxx, miny, maxy)", *made


def _words() -> tuple[str, ...]:
    """The index of words and its triggers: it keeps no text itself, so that the triggers pass the old text to it.

    The spaces at the end let every word of one or two characters begin some trigram. It is called as it is because
    QGIS would list its tables as layers by any other name; those of an R-tree are hidden.
    """
    parts = {
        "names": ", ".join(SEARCHED),
        "old": ", ".join(f"coalesce(OLD.{name}, '') || '  '" for name in SEARCHED),
        "new": ", ".join(f"coalesce(NEW.{name}, '') || '  '" for name in SEARCHED),
        "differ": " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in ("fid", *SEARCHED)),
    }
    take = "INSERT INTO rtree_service_words(rtree_service_words, rowid, {names}) VALUES ('delete', OLD.fid, {old});"
    put = "INSERT INTO rtree_service_words(rowid, {names}) VALUES (NEW.fid, {new});"
    update = "CREATE TRIGGER rtree_service_words_update AFTER UPDATE OF fid, {names} ON service WHEN {differ} BEGIN "
    texts = (
        "CREATE VIRTUAL TABLE rtree_service_words USING fts5({names}, content='', tokenize='trigram')",
        "CREATE TRIGGER rtree_service_words_insert AFTER INSERT ON service BEGIN " + put + " END",
        "CREATE TRIGGER rtree_service_words_delete AFTER DELETE ON service BEGIN " + take + " END",
        update + take + " " + put + " END",
    )
    return tuple(sql(text, **parts) for text in texts)


def _edits() -> str:
    """The trigger that notes what another program changes; our own writing says so with a row, seen by nobody else."""
    differ = {name: f"coalesce(NEW.{column}, '') IS NOT coalesce(OLD.{column}, '')" for name, column in EDITED.items()}
    known = "instr(char(10) || coalesce(NEW.edited, '') || char(10), char(10) || '{name}' || char(10)) > 0"
    added = [
        sql(
            "CASE WHEN {differs} AND NOT {known} THEN char(10) || '{name}' ELSE '' END",
            differs=differs,
            known=known.format(name=name),
            name=name,
        )
        for name, differs in differ.items()
    ]
    sure = "CASE WHEN {differs} THEN coalesce(NEW.subdivision, '') != '' ELSE NEW.subdivision_sure END"
    return sql(
        "CREATE TRIGGER service_edited AFTER UPDATE OF {columns} ON service "
        "WHEN NOT EXISTS (SELECT 1 FROM service_catalogue WHERE key = 'writing') AND ({any_differs}) "
        "BEGIN UPDATE service SET edited = trim(coalesce(NEW.edited, '') || {added}, char(10)), "
        "subdivision_sure = {sure} WHERE fid = NEW.fid; END",
        columns=", ".join(EDITED.values()),
        any_differs=" OR ".join(differ.values()),
        added=" || ".join(added),
        sure=sql(sure, differs=differ["subdivision"]),
    )


@contextmanager
def unnoted(database: sqlite3.Connection) -> Iterator[None]:
    """Within a transaction: what is written here is no edit of another program."""
    database.execute("INSERT INTO service_catalogue (key, value) VALUES ('writing', '')")
    yield
    database.execute("DELETE FROM service_catalogue WHERE key = 'writing'")


def _touches(data: bytes | None, west: float, south: float, east: float, north: float) -> int:
    box = bbox.from_geopackage(data)
    return int(box is not None and bbox.touches(box, BoundingBox(west, south, east, north)))
