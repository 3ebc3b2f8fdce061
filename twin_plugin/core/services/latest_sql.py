"""The latest value of each sensor out of a table of observations in PostGIS, as SQL that stays quick with millions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..cql2.sql import Sql


class Form(StrEnum):
    """How the latest rows are found.

    LATERAL goes from the sites into an index on (sensor, time), one step for each site. DISTINCT sorts all observations
    once, which is best where there is no such index.
    """

    LATERAL = "lateral"
    DISTINCT = "distinct on"


_SELECT = "SELECT {key}::text AS site_id, {name} AS site{columns}, {place} AS geom FROM {source} s {join}{condition}"
# An order with NULLS LAST would keep the database from walking an index on (sensor, time).
_JOINS = {
    Form.LATERAL: (
        "LEFT JOIN LATERAL (SELECT {columns} FROM {source} WHERE {sensor} = s.{key} AND {time} IS NOT NULL{span} "
        "ORDER BY {time} DESC LIMIT 1) o ON true"
    ),
    Form.DISTINCT: (
        "LEFT JOIN (SELECT DISTINCT ON ({sensor}) {sensor}, {columns} FROM {source} WHERE {time} IS NOT NULL{span} "
        "ORDER BY {sensor}, {time} DESC) o ON o.{sensor} = s.{key}"
    ),
}


@dataclass(frozen=True)
class ObservationTable:
    """Where observations and their places stand.

    Attributes
    ----------
    schema, table : str
        Of the observations.
    sensor, time, value : str
        Columns of the observations: whose, when, what.
    more : tuple of str
        Further columns of the observations, such as a unit or a quality.
    site_schema, site_table, site_key, site_name : str
        The places; the key is what `sensor` holds, the name may be "".
    geometry : str
        Column of the places.
    indexed : bool
        Whether an index begins with sensor and time.
    """

    schema: str
    table: str
    sensor: str
    time: str
    value: str
    site_schema: str
    site_table: str
    site_key: str
    geometry: str
    site_name: str = ""
    more: tuple[str, ...] = ()
    indexed: bool = True

    @property
    def form(self) -> Form:
        """The quicker form."""
        return Form.LATERAL if self.indexed else Form.DISTINCT


def latest(
    table: ObservationTable,
    start: datetime | None = None,
    end: datetime | None = None,
    form: Form | None = None,
    geometry: str = "ST_AsBinary({0})",
    where: Sql | None = None,
) -> Sql:
    """A SELECT of site, name, sensor key, time, value, the further columns and geometry; a row for every site.

    Parameters
    ----------
    table : ObservationTable
    start, end : datetime, optional
        Observations before or after are not looked at.
    form : Form, optional
        Default the table's own.
    geometry : str
        What is made of the geometry's column.
    where : Sql, optional
        A condition on the places, `s`.

    Returns
    -------
    Sql
        With psycopg2's marks.
    """
    span, bound = _span(table, start, end)
    parts = {
        "columns": ", ".join(_name(column) for column in (table.time, table.value, *table.more)),
        "source": _name(table.schema, table.table),
        "sensor": _name(table.sensor),
        "time": _name(table.time),
        "key": _name(table.site_key),
        "span": span,
    }
    join = _JOINS[form or table.form].format(**parts)
    return _selected(table, join, bound, geometry, where)


def series(
    table: ObservationTable,
    start: datetime | None = None,
    end: datetime | None = None,
    geometry: str = "ST_AsBinary({0})",
    where: Sql | None = None,
) -> Sql:
    """As `latest`, with a row for every observation."""
    span, bound = _span(table, start, end)
    join = f"JOIN {_name(table.schema, table.table)} o ON o.{_name(table.sensor)} = s.{_name(table.site_key)}"
    return _selected(table, join + span.replace(_name(table.time), f"o.{_name(table.time)}"), bound, geometry, where)


def _selected(table: ObservationTable, join: str, bound: tuple[datetime, ...], geometry: str, where: Sql | None) -> Sql:
    text = _SELECT.format(
        key=f"s.{_name(table.site_key)}",
        name=f"s.{_name(table.site_name)}::text" if table.site_name else "NULL::text",
        columns="".join(f", o.{_name(column)}" for column in (table.time, table.value, *table.more)),
        place=geometry.format(f"s.{_name(table.geometry)}"),
        source=_name(table.site_schema, table.site_table),
        join=join,
        condition=f" WHERE {where.text}" if where is not None else "",
    )
    return Sql(text, (*bound, *(where.parameters if where is not None else ())))


def _span(table: ObservationTable, start: datetime | None, end: datetime | None) -> tuple[str, tuple[datetime, ...]]:
    parts = [(">=", start), ("<=", end)]
    limits = [(sign, value) for sign, value in parts if value is not None]
    text = "".join(f" AND {_name(table.time)} {sign} %s" for sign, _ in limits)
    return text, tuple(value for _, value in limits)


def _name(*parts: str) -> str:
    """A quoted name; its per cent signs are doubled, since the driver reads marks everywhere."""
    return ".".join('"' + part.replace('"', '""').replace("%", "%%") + '"' for part in parts)
