"""Observations in PostGIS: which table has them for a table of sites, and the latest of each site, also as a layer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from qgis.core import QgsVectorLayer, QgsWkbTypes

from ...core.common.errors import InputError
from ...core.common.messages import Message
from ...core.common.progress import Progress, silent
from ...core.cql2.sql import Sql
from ...core.services import latest_sql
from ...core.services.adapter import Feature, Features, Query
from ...core.services.latest_sql import ObservationTable
from ...core.services.observations import FIELDS
from ...core.services.protocols import feature_pages, service_metadata, times
from ...core.services.protocols.fields import Casts, as_text
from ...core.services.record import ServiceRecord
from ...core.web.fetch import Fetch
from ..kernel.outside_text import as_name
from ..postgres.postgis_session import Session
from ..postgres.postgres_connection import connection_uri, without_password
from .postgis_service import TIME_NAMES, PostgisColumn, PostgisTable, box_condition, columns_of, table_of

_VALUE_NAMES = ("value", "result", "reading", "level", "depth", "intensity", "val")
_NAME_NAMES = ("name", "title", "code", "label")
_FOREIGN = """
SELECT n.nspname, c.relname, a.attname, b.attname FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
WHERE k.contype = 'f' AND array_length(k.conkey, 1) = 1
  AND k.confrelid = (SELECT x.oid FROM pg_class x JOIN pg_namespace y ON y.oid = x.relnamespace
                     WHERE y.nspname = %s AND x.relname = %s)
ORDER BY c.reltuples DESC, 1, 2
"""
_ALIKE = """
SELECT n.nspname, c.relname, a.attname, %s FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname <> %s AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attname = ANY(%s)
  AND NOT a.attisdropped
ORDER BY c.reltuples DESC, 2
"""
_INDEXED = """
SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = %s AND c.relname = %s AND i.indisvalid AND i.indpred IS NULL AND i.indnatts >= 2
  AND pg_get_indexdef(i.indexrelid, 1, true) = quote_ident(%s)
  AND pg_get_indexdef(i.indexrelid, 2, true) = quote_ident(%s) LIMIT 1
"""


def latest(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """The latest observation of each site of a table; a site without any has a row whose values are None."""
    return _features(record, query, progress, only_latest=True)


def series(record: ServiceRecord, query: Query, fetch: Fetch, progress: Progress = silent) -> Features:
    """All observations of a table's sites in the query's box and time."""
    return _features(record, query, progress, only_latest=False)


def latest_layer(record: ServiceRecord, time: str = "") -> QgsVectorLayer:
    """A layer of a table's sites with their latest observation, which the database finds anew with each drawing.

    Raises
    ------
    InputError
        Where the table has no observations.
    """
    with Session(record.url) as session:
        table = table_of(session, record)
        found = observation_table(session, table)
    start, end = times.span(time)
    select = latest_sql.latest(replace(found, more=()), start, end, geometry="{0}::geometry")
    uri = without_password(connection_uri(record.url))
    # QGIS's provider takes no bound values: instants are the only ones, and are written by us.
    text = select.text % tuple(f"'{times.iso(value)}'" for value in select.parameters)
    uri.setDataSource("", f"({text})", "geom", "", "site_id")
    uri.setSrid(str(table.srid))
    uri.setWkbType(QgsWkbTypes.Type.Point)
    uri.setUseEstimatedMetadata(True)
    uri.setParam("checkPrimaryKeyUnicity", "0")
    return QgsVectorLayer(uri.uri(False), as_name(record.title), "postgres")


def observation_table(session: Session, sites: PostgisTable) -> ObservationTable:
    """The table that has observations for a table of sites.

    It refers to the sites by a foreign key, or has a column named after them (`site_id`, `sensor_id` ...), and it has a
    column with times. Of several the largest is taken.

    Raises
    ------
    InputError
        Where there is none.
    """
    key = sites.key or "id"
    stem = sites.name.removesuffix("s")
    names = [f"{stem}_id", f"{sites.name}_id", "site_id", "sensor_id", "station_id", "gauge_id", stem]
    listed = [*session.select(_FOREIGN, (sites.schema, sites.name))]
    if any(column.name == key for column in sites.columns):
        listed += session.select(_ALIKE, (key, sites.schema, sites.name, names))
    for schema, name, sensor, site_key in listed:
        columns = columns_of(session, schema, name)
        time = _timed(columns)
        value = _valued(columns, (sensor, time))
        if time and value:
            title = next((n for n in _NAME_NAMES if any(c.name == n for c in sites.columns)), "")
            more = tuple(c.name for c in columns if c.name in ("unit", "quality", "property", "text"))
            indexed = bool(session.select(_INDEXED, (schema, name, sensor, time)))
            return ObservationTable(
                schema,
                name,
                sensor,
                time,
                value,
                sites.schema,
                sites.name,
                site_key,
                sites.geometry,
                title,
                more,
                indexed,
            )
    raise InputError(
        "No table has observations for '{schema}.{name}': it would have a column '{stem}_id' or a "
        "foreign key to it, a column with times and one with values.",
        schema=sites.schema,
        name=sites.name,
        stem=stem,
    )


def _timed(columns: tuple[PostgisColumn, ...]) -> str:
    timed = [column.name for column in columns if column.kind in ("timestamp", "timestamptz")]
    return next((name for name in TIME_NAMES if name in timed), timed[0] if timed else "")


def _valued(columns: tuple[PostgisColumn, ...], taken: tuple[str, ...]) -> str:
    numbers = [c.name for c in columns if c.type in ("real", "integer") and c.name not in taken and not c.is_key]
    reals = [c.name for c in columns if c.type == "real" and c.name in numbers]
    return next((name for name in (*_VALUE_NAMES, *reals) if name in numbers), numbers[0] if numbers else "")


def _features(record: ServiceRecord, query: Query, progress: Progress, *, only_latest: bool) -> Features:
    session = Session(record.url)
    try:
        table = table_of(session, record)
        found = observation_table(session, table)
    except BaseException:
        session.close()
        raise
    start, end = times.span(query.time)
    where: Sql | None = None
    if query.box is not None:
        where = box_condition(f's."{table.geometry}"::geometry', table.srid, query.box)
    build = latest_sql.latest if only_latest else latest_sql.series
    statement = build(found, start, end, geometry="ST_AsBinary(ST_Transform({0}::geometry, 4326))", where=where)
    casts = Casts(FIELDS)
    notes = [
        Message(
            "Observations are those of the table {schema}.{table}, column {column}.",
            schema=found.schema,
            table=found.table,
            column=found.value,
        )
    ]
    pages = ([_feature(found, row, casts) for row in page] for page in session.pages(statement, progress))
    return feature_pages.answer(pages, query, feature_pages.ClientSideQuery(None, query.filter, notes), FIELDS, casts)


def _feature(table: ObservationTable, row: tuple[Any, ...], casts: Casts) -> Feature:
    site, name, time, value, *more, blob = row
    given = dict(zip(table.more, more, strict=True))
    number = service_metadata.number(float(value)) if value is not None else None
    moment: datetime | None = times.instant(time)
    key = f"{site} {times.iso(moment)}" if moment is not None else site
    values = {
        "id": key,
        "sensor_id": site,
        "sensor": name,
        "site_id": site,
        "site": name,
        "property": given.get("property") or table.value,
        "value": number,
        "text": given.get("text"),
        "unit": given.get("unit"),
        "time": moment,
        "quality": as_text(given["quality"]) if given.get("quality") is not None else None,
    }
    return Feature(key, None if blob is None else bytes(blob), casts.row(values))
