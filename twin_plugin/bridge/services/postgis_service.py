"""Tables of a PostGIS connection as a service: box, time and filter are the database's work, with bound values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from ...core.common.bbox import BoundingBox
from ...core.common.errors import InputError
from ...core.common.messages import note
from ...core.common.progress import Progress, silent
from ...core.cql2.ast import SpatialRelation
from ...core.cql2.split import Split, split
from ...core.cql2.sql import Database, Sql, SqlCompiler
from ...core.cql2.visit import nodes
from ...core.services.adapter import Feature, Features, Field, Query
from ...core.services.catalogue.sql import sql
from ...core.services.protocols import feature_pages, times
from ...core.services.protocols.fields import Casts
from ...core.services.record import ServiceRecord
from ...core.web.fetch import Fetch
from ..postgres.postgis_session import Session
from .local_files import LocalLayer, table_parts

_TYPES = {
    **dict.fromkeys(("int2", "int4", "int8"), "integer"),
    **dict.fromkeys(("float4", "float8", "numeric"), "real"),
    **dict.fromkeys(("timestamp", "timestamptz"), "datetime"),
    **dict.fromkeys(("json", "jsonb"), "json"),
    "bool": "boolean",
    "date": "date",
}
_COLUMNS = """
SELECT a.attname, t.typname, coalesce(col_description(a.attrelid, a.attnum), ''),
       coalesce((SELECT i.indisprimary AND i.indnkeyatts = 1 FROM pg_index i
                 WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY(i.indkey)), false)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
"""
TIME_NAMES = ("time", "phenomenon_time", "phenomenontime", "observed_at", "datetime", "timestamp", "ts", "updated")


@dataclass(frozen=True)
class PostgisColumn:
    """A column of a table; `kind` is the database's name of its type."""

    name: str
    kind: str
    comment: str = ""
    is_key: bool = False

    @property
    def type(self) -> str:
        """The type of the field."""
        return _TYPES.get(self.kind, "text")


@dataclass(frozen=True)
class PostgisTable:
    """A table with geometry."""

    schema: str
    name: str
    geometry: str
    columns: tuple[PostgisColumn, ...]
    srid: int

    @property
    def fields(self) -> tuple[Field, ...]:
        """All columns but geometries and what is no value."""
        return tuple(Field(c.name, c.type, c.comment) for c in self.columns if c.kind not in _NO_VALUES)

    @property
    def time(self) -> str:
        """The column of times, "" for none."""
        timed = [column.name for column in self.columns if column.type in ("datetime", "date")]
        return next((name for name in TIME_NAMES if name in timed), timed[0] if timed else "")

    @property
    def key(self) -> str:
        """The primary key, where it is one column; else ""."""
        return next((column.name for column in self.columns if column.is_key), "")


_NO_VALUES = ("geometry", "geography", "raster", "bytea", "topogeometry")


class PostgisLayer(LocalLayer):
    """Adapter of `POSTGIS`: `url` names a connection, `layer` schema.table or schema.table.column."""

    def count(self, record: ServiceRecord, query: Query, fetch: Fetch) -> int | None:
        """The number of rows; None where a part of the filter is evaluated here."""
        with Session(record.url) as session:
            table = table_of(session, record)
            parts = _parts(table, query)
            if parts.client_side is not None:
                return None
            where = _where(table, query, parts)
            text = sql("SELECT count(*) FROM {table} s{where}", table=_name(table.schema, table.name), where=where.text)
            ((found,),) = session.select(text, where.parameters)
        return min(found, query.limit) if query.limit > 0 else int(found)

    def query(self, record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
        """The features, in the table's CRS."""
        session = Session(record.url)
        try:
            table = table_of(session, record)
            parts = _parts(table, query)
            where = _where(table, query, parts)
            crs = _crs(session, table)
        except BaseException:
            session.close()
            raise
        client_side = feature_pages.ClientSideQuery(None, parts.client_side, feature_pages.split_notes(parts))
        if query.time and not table.time:
            note(client_side.notes, "The table has no column with times: all of them are given.")
        # What is evaluated here compares with geometries in degrees.
        degrees = parts.client_side is not None and any(
            isinstance(node, SpatialRelation) for node in nodes(parts.client_side)
        )
        fields = table.fields
        casts = Casts(fields)
        pages = _pages(
            session, table, _statement(table, where, query, degrees, parts.client_side is None), casts, progress
        )
        return feature_pages.answer(pages, query, client_side, fields, casts, feature_pages.DEGREES if degrees else crs)


def table_of(session: Session, record: ServiceRecord) -> PostgisTable:
    """The table of a record.

    Raises
    ------
    InputError
        When the record names none, or it is gone.
    """
    parts = table_parts(record)
    found = columns_of(session, parts[0], parts[1])
    spatial = [column.name for column in found if column.kind in ("geometry", "geography")]
    geometry = parts[2] if len(parts) == 3 else "geom" if "geom" in spatial else next(iter(spatial), "")
    if geometry not in spatial:
        raise InputError(
            "The table '{layer}' of '{url}' no longer exists or has no geometry: harvest it again.",
            layer=record.layer,
            url=record.url,
        )
    return PostgisTable(parts[0], parts[1], geometry, found, _srid(session, parts[0], parts[1], geometry))


def columns_of(session: Session, schema: str, table: str) -> tuple[PostgisColumn, ...]:
    """The columns of a table, none where it is not there."""
    return tuple(PostgisColumn(*row) for row in session.select(_COLUMNS, (schema, table)))


def box_condition(geometry: str, srid: int, box: BoundingBox) -> Sql:
    """The condition that a column of geometries meets a box in degrees."""
    parts, values = [], []
    for west, east in [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]:
        envelope = f"ST_Transform(ST_MakeEnvelope(%s, %s, %s, %s, 4326), {int(srid)})"
        parts.append(f"ST_Intersects({geometry}, {envelope})")
        values += [west, box.south, east, box.north]
    return Sql(f"({' OR '.join(parts)})", tuple(values))


def _srid(session: Session, schema: str, table: str, geometry: str) -> int:
    text = (
        "SELECT srid FROM geometry_columns WHERE f_table_schema = %s AND f_table_name = %s AND f_geometry_column = %s "
        "UNION ALL SELECT srid FROM geography_columns "
        "WHERE f_table_schema = %s AND f_table_name = %s AND f_geography_column = %s"
    )
    found = session.select(text, (schema, table, geometry) * 2)
    srid = int(found[0][0]) if found else 0
    if srid == 0:
        # The column does not tell: a row does.
        text = "SELECT ST_SRID({column}::geometry) FROM {table} LIMIT 1"
        srids = session.select(sql(text, column=_name(geometry), table=_name(schema, table)))
        srid = int(srids[0][0] or 0) if srids else 0
    return srid or 4326


def _crs(session: Session, table: PostgisTable) -> str:
    found = session.select("SELECT auth_name, auth_srid FROM spatial_ref_sys WHERE srid = %s", (table.srid,))
    return f"{found[0][0]}:{found[0][1]}" if found and found[0][0] else f"EPSG:{table.srid}"


def _parts(table: PostgisTable, query: Query) -> Split:
    names = [column.name for column in table.columns]
    compiler = SqlCompiler(Database.POSTGIS, names, table.geometry, table.srid)
    return split(query.filter, compiler.compile_filter)


def _where(table: PostgisTable, query: Query, parts: Split) -> Sql:
    """The condition of a query, " WHERE ..." or nothing."""
    found: list[Sql] = []
    if query.box is not None:
        found.append(box_condition(f"s.{_name(table.geometry)}::geometry", table.srid, query.box))
    if query.time and table.time:
        for sign, moment in zip((">=", "<="), times.span(query.time), strict=True):
            if moment is not None:
                found.append(Sql(f"s.{_name(table.time)} {sign} %s", (moment,)))
    if parts.pushed_down is not None:
        names = [column.name for column in table.columns]
        found.append(SqlCompiler(Database.POSTGIS, names, table.geometry, table.srid).compile_filter(parts.pushed_down))
    text = " AND ".join(part.text for part in found)
    return Sql(f" WHERE {text}" if text else "", tuple(value for part in found for value in part.parameters))


def _statement(table: PostgisTable, where: Sql, query: Query, degrees: bool, limited: bool) -> Sql:
    geometry = f"s.{_name(table.geometry)}::geometry"
    place = f"ST_AsBinary(ST_Transform({geometry}, 4326))" if degrees else f"ST_AsBinary({geometry})"
    columns = "".join(f", {_value(column)}" for column in table.columns if column.kind not in _NO_VALUES)
    limit = f" LIMIT {feature_pages.row_limit(query) + 1}" if limited else ""
    key = f"s.{_name(table.key)}::text" if table.key else "NULL::text"
    text = sql(
        "SELECT {place}, {key}{columns} FROM {table} s{where}{limit}",
        place=place, key=key, columns=columns, table=_name(table.schema, table.name), where=where.text, limit=limit,
    )  # fmt: skip
    return Sql(text, where.parameters)


def _value(column: PostgisColumn) -> str:
    name = f"s.{_name(column.name)}"
    if column.kind == "numeric":
        return f"{name}::float8"
    return f"{name}::text" if column.type in ("text", "json") else name


def _pages(
    session: Session, table: PostgisTable, statement: Sql, casts: Casts, progress: Progress
) -> Iterator[list[Feature]]:
    names = [field.name for field in table.fields]
    numbers = count(1)
    for page in session.pages(statement, progress):
        found = []
        for (blob, key, *values), number in zip(page, numbers, strict=False):
            shape = None if blob is None else bytes(blob)
            row = casts.row(dict(zip(names, values, strict=True)))
            found.append(Feature(str(number) if key is None else key, shape, row))
        yield found


def _name(*parts: str) -> str:
    """A quoted name for psycopg2, which reads marks everywhere."""
    return ".".join('"' + part.replace('"', '""').replace("%", "%%") + '"' for part in parts)
