"""The catalogue in a PostGIS schema, reached through a connection that QGIS keeps; its secrets stay in here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ...core.common import bbox
from ...core.common.bbox import BoundingBox
from ...core.common.errors import Cancelled, InputError, ResourceError
from ...core.common.messages import Message
from ...core.common.sqlite_locks import WAIT_S
from ...core.services.catalogue import sql as queries
from ...core.services.catalogue.sql import sql
from ...core.services.catalogue.store import Catalogue, Facets, Probe, Search, SearchPage
from ...core.services.record import ServiceRecord
from ..postgres.postgres_connection import check_schema, connection_uri, driver, passwords, reason_of
from ..postgres.sql import name as quoted

DEFAULT_SCHEMA = "twin_services"
_KINDS = {"text": "text NOT NULL DEFAULT ''", "real": "double precision", "boolean": "boolean NOT NULL DEFAULT false"}
_TITLE = 'lower(title COLLATE "C")'
_ORDERS = {
    "title": f"{_TITLE}, id",
    "live": f"{sql(queries.LIVE_RANK, p='')}, {_TITLE}, id",
    "added": "fid",
    "newest": f"harvested DESC, {_TITLE}, id",
}
_TEXT = " || E'\\x1f' || ".join(queries.SEARCHED)
_SELECT = ", ".join(queries.NAMES)
_GEOMETRY = "ST_AsBinary(geom)"
_PUT = "ST_SetSRID(ST_GeomFromWKB(?), 4326)"


class PostgresCatalogue(Catalogue):
    """A catalogue in a schema of a PostGIS database, with the same tables and answers as one in a GeoPackage.

    Words are found through pg_trgm where the database has it or lets us create it; without it every text is looked at.

    Parameters
    ----------
    connection : str
        Name of a PostgreSQL connection in QGIS.
    schema : str
        The schema; made where it is missing and `create` is set.
    create : bool
        Whether to make what is missing; otherwise it is only read.

    Raises
    ------
    InputError
        When QGIS has no such connection, or the schema cannot be used or holds no catalogue.
    ResourceError
        When the database cannot be reached or written, or lacks PostGIS.
    """

    def __init__(self, connection: str, schema: str = DEFAULT_SCHEMA, create: bool = False) -> None:
        self.schema = schema or DEFAULT_SCHEMA
        self.name = Message(
            "The catalogue '{schema}' of the connection '{connection}'", schema=self.schema, connection=connection
        )
        check_schema(self.schema)
        uri = connection_uri(connection)
        self._secrets = passwords(uri)
        psycopg2 = driver()
        self._errors: tuple[type[Exception], type[Exception]] = (psycopg2.Error, psycopg2.extensions.QueryCanceledError)
        with self._database_errors():
            self._database = psycopg2.connect(uri.connectionInfo(True), connect_timeout=15)
        self._database.autocommit = True
        try:
            self._run(f"SET lock_timeout = {int(1000 * WAIT_S)}")
            self._open_or_create(create)
        except BaseException:
            self.close()
            raise

    def search(self, search: Search) -> SearchPage:
        queries.check(search)
        where = self._where(search)
        text = sql(
            "SELECT {columns}, {geometry} FROM service WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?",
            columns=_SELECT, geometry=_GEOMETRY, where=where.sql(), order=_ORDERS[search.order],
        )  # fmt: skip
        rows = self._select(text, [*where.values, search.limit or None, search.offset])
        # A page that is not full, and not beyond the end, is the last one: nothing is left to be counted.
        last = bool(rows or not search.offset) and (not search.limit or len(rows) < search.limit)
        total = search.offset + len(rows) if last else self._counted(search).total
        return SearchPage(tuple(_record(row) for row in rows), total, search.offset)

    def facets(self, search: Search) -> Facets:
        queries.check(search)
        return self._counted(search)

    def get(self, ids: Sequence[str]) -> dict[str, ServiceRecord]:
        text = sql("SELECT {columns}, {geometry} FROM service WHERE id = ANY(?)", columns=_SELECT, geometry=_GEOMETRY)
        return {row[0]: _record(row) for row in self._select(text, [list(ids)])} if ids else {}

    def interrupt(self) -> None:
        with suppress(self._errors[0]):
            self._database.cancel()

    def close(self) -> None:
        with suppress(self._errors[0]):
            self._database.close()

    def _counted(self, search: Search) -> Facets:
        where = self._where(search, with_choices=False)
        text = "SELECT subdivision, protocol, health, count(*) FROM service WHERE {where} GROUP BY 1, 2, 3"
        return queries.counted(search, self._select(sql(text, where=where.sql()), where.values))

    def _where(self, search: Search, with_choices: bool = True) -> queries.Conditions:
        where = queries.common(search)
        if with_choices:
            more = queries.chosen(search)
            where.add(more.sql(), *more.values)
        for word in queries.words(search.text):
            # Where letters have no case, LIKE finds the same in half the time.
            where.add(f"({_TEXT}) {'LIKE' if word.lower() == word.upper() else 'ILIKE'} ?", queries.like(word))
        if search.box is not None:
            _add_box(where, search.box)
        if search.ids:
            where.add("id = ANY(?)", list(search.ids))
        return where

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._database_errors(), self._database.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                # Freed with the transaction: one writer at a time, while others read.
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"twin services {self.schema}",))
                yield
            except BaseException:
                with suppress(self._errors[0]):
                    self._database.rollback()
                    cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def _write(self, added: Sequence[ServiceRecord], changed: Sequence[ServiceRecord]) -> None:
        names = ("geom", *queries.NAMES)
        values = ", ".join((_PUT, *["?"] * len(queries.NAMES)))
        insert = sql("INSERT INTO service ({names}) VALUES ({values})", names=", ".join(names), values=values)
        self._many(insert, [(_wkb(record.box), *queries.to_row(record)) for record in added])
        settings = ", ".join((f"geom = {_PUT}", *(f"{name} = ?" for name in queries.NAMES)))
        update = sql("UPDATE service SET {settings} WHERE id = ?", settings=settings)
        # For this transaction: what is written here is no edit of another program.
        self._select("SELECT set_config('twin.writing', 'yes', true)", [])
        self._many(update, [(_wkb(record.box), *queries.to_row(record), record.id) for record in changed])

    def _touch(self, ids: Sequence[str], when: str) -> None:
        self._many("UPDATE service SET harvested = ? WHERE id = ANY(?)", [(when, list(ids))] if ids else [])

    def _mark_gone(self, source: str, seen: frozenset[str], when: str) -> int:
        text = "UPDATE service SET gone = ? WHERE source = ? AND gone = '' AND NOT (id = ANY(?)) RETURNING id"
        return len(self._select(text, [when, source, list(seen)]))

    def _write_probes(self, probes: Sequence[Probe]) -> None:
        update = "UPDATE service SET health = ?, health_time = ?, health_reason = ?, latency_ms = ? WHERE id = ?"
        self._many(update, [(p.health.value, p.time, p.reason, p.latency_ms, p.id) for p in probes])

    # The database

    def _open_or_create(self, create: bool) -> None:
        schemas = "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?"
        tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
        if not self._select(schemas, [self.schema]):
            if not create:
                raise InputError(
                    "{name} does not exist: harvest services into it first, or name another schema.", name=self.name
                )
            self._run(sql("CREATE SCHEMA IF NOT EXISTS {schema}", schema=quoted(self.schema)))
        there = {table for (table,) in self._select(tables, [self.schema])}
        if "service" in there and "service_catalogue" not in there:
            raise InputError(
                "The schema '{schema}' holds a table 'service' that is no catalogue's: choose another.",
                schema=self.schema,
            )
        if "service_catalogue" not in there and not create:
            raise InputError(
                "The schema '{schema}' holds no catalogue of services: harvest some into it first.", schema=self.schema
            )
        if create and not self._select("SELECT 1 FROM pg_extension WHERE extname = 'postgis'", []):
            self._run("CREATE EXTENSION IF NOT EXISTS postgis")
        path = "SELECT nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
        homes = {home for (home,) in self._select(path, [])}
        search_path = ", ".join(quoted(part) for part in (self.schema, *sorted(homes | {"public"})))
        self._run(sql("SET search_path TO {path}", path=search_path))
        if "service_catalogue" not in there:
            self._create()
        ((version,),) = self._select("SELECT max(value) FROM service_catalogue WHERE key = 'version'", [])
        if not str(version).isdigit() or int(version) > queries.VERSION:
            raise InputError(
                "{name} was written by a newer version of City Twin: update the plugin to use it.", name=self.name
            )

    def _create(self) -> None:
        columns = ", ".join(
            f"{name} {_KINDS[kind]}{' UNIQUE' if name == 'id' else ''}" for name, kind in queries.COLUMNS
        )
        facets = "subdivision, protocol, health, gone, made, time_start, time_end, lifecycle_stage"
        table = "CREATE TABLE service (fid bigserial PRIMARY KEY, geom geometry(MultiPolygon, 4326), {columns})"
        with self._transaction():
            # Another process may have been quicker while this one waited for the lock.
            if self._select("SELECT to_regclass(?)", [f"{quoted(self.schema)}.service_catalogue"])[0][0]:
                return
            self._run(sql(table, columns=columns))
            self._run("CREATE TABLE service_catalogue (id serial PRIMARY KEY, key text, value text)")
            self._many("INSERT INTO service_catalogue (key, value) VALUES ('version', ?)", [(str(queries.VERSION),)])
            self._run("CREATE INDEX service_geom_idx ON service USING gist (geom)")
            self._run("CREATE INDEX service_in_parts ON service (fid) WHERE ST_NumGeometries(geom) > 1")
            self._run(sql("CREATE INDEX service_by_facet ON service ({facets})", facets=facets))
            self._run(sql("CREATE INDEX service_by_title ON service ({title}, id)", title=_TITLE))
            self._run("CREATE INDEX service_by_source ON service (source, gone)")
            self._run(_edits())
            self._run(_ON_EDIT)
        # Without the right to create the extension the catalogue is slower, and works.
        with suppress(ResourceError):
            self._run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            self._run(sql("CREATE INDEX service_words ON service USING gin (({words}) gin_trgm_ops)", words=_TEXT))

    def _run(self, text: str) -> None:
        with self._database_errors(), self._database.cursor() as cursor:
            cursor.execute(text)

    def _many(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            from psycopg2.extras import execute_batch

            with self._database_errors(), self._database.cursor() as cursor:
                execute_batch(cursor, _marked(text), rows)

    def _select(self, text: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._database_errors(), self._database.cursor() as cursor:
            cursor.execute(_marked(text), list(values))
            return cursor.fetchall()

    @contextmanager
    def _database_errors(self) -> Iterator[None]:
        """The database's errors as ours, without passwords."""
        try:
            yield
        except self._errors[1] as error:
            raise Cancelled from error
        except self._errors[0] as error:
            raise ResourceError(
                "{name} cannot be used ({reason}): test the connection in QGIS's browser, and ask for the right "
                "to read and write the schema, and for the extension PostGIS.",
                name=self.name,
                reason=reason_of(error, self._secrets),
            ) from None


_ON_EDIT = "CREATE TRIGGER service_edited BEFORE UPDATE ON service FOR EACH ROW EXECUTE FUNCTION service_edited()"


def _edits() -> str:
    """The function of the trigger that notes what another program changes, so that a harvest leaves it alone."""
    note = """
        IF NEW.{column} IS DISTINCT FROM OLD.{column} AND NOT '{name}' = ANY(string_to_array(edited, E'\\n')) THEN
            edited := ltrim(edited || E'\\n{name}', E'\\n');
        END IF;"""
    return sql(
        """CREATE FUNCTION service_edited() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE edited text := coalesce(NEW.edited, '');
    BEGIN
        IF current_setting('twin.writing', true) = 'yes' THEN RETURN NEW; END IF;{notes}
        IF NEW.subdivision IS DISTINCT FROM OLD.subdivision THEN
            NEW.subdivision_sure := CASE WHEN coalesce(NEW.subdivision, '') = '' THEN 0 ELSE 1 END;
        END IF;
        NEW.edited := edited;
        RETURN NEW;
    END $$""",
        notes="".join(note.format(name=name, column=column) for name, column in queries.EDITED.items()),
    )


def _marked(text: str) -> str:
    """A statement with psycopg2's marks instead of ours."""
    return text.replace("%", "%%").replace("?", "%s")


def _add_box(where: queries.Conditions, box: BoundingBox) -> None:
    """Boxes that touch; one of two parts goes all around by its own box, and is looked at part by part."""
    envelope = "ST_MakeEnvelope(?, ?, ?, ?, 4326)"
    rectangles = bbox.rectangles(box)
    corners = [corner for rectangle in rectangles for corner in rectangle]
    touched = " OR ".join([f"geom && {envelope}"] * len(rectangles))
    parts = " OR ".join(f"ST_GeometryN(geom, {n}) && {envelope}" for n in (1, 2) for _ in rectangles)
    falsely = sql("SELECT fid FROM service WHERE ST_NumGeometries(geom) > 1 AND NOT ({parts})", parts=parts)
    where.add(f"({touched}) AND fid NOT IN ({falsely})", *corners, *corners, *corners)


def _record(row: Sequence[Any]) -> ServiceRecord:
    return queries.from_row(row[:-1], bbox.from_wkb(None if row[-1] is None else bytes(row[-1])))


def _wkb(box: BoundingBox | None) -> bytes | None:
    return None if box is None else bbox.to_wkb(box)
