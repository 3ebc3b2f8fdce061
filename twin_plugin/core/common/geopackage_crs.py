"""Finds the row of a CRS in a GeoPackage by its definition, or adds it under a free number."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

LEAST_OWN = 100_000
"""Numbers of EPSG and other authorities lie below."""
_SAME = (
    "SELECT srs_id FROM {schema}.gpkg_spatial_ref_sys WHERE lower(organization) = lower(:organization) AND "
    "(definition = :definition OR (lower(:organization) <> 'none' AND "
    "organization_coordsys_id = :organization_coordsys_id))"
)


def crs_number(database: sqlite3.Connection, row: Mapping[str, Any], schema: str = "main") -> int:
    """The number that a CRS has in a file, where it is entered if it is missing; in the caller's transaction.

    Parameters
    ----------
    database : sqlite3.Connection
    row : mapping
        The CRS as another GeoPackage has it in gpkg_spatial_ref_sys, by column.
    schema : str
        Under which the file is attached.
    """
    found = _run(database, _SAME, dict(row), schema=schema)
    if found:
        return int(found[0][0])
    number = int(row["srs_id"])
    taken = {int(line[0]) for line in _run(database, "SELECT srs_id FROM {schema}.gpkg_spatial_ref_sys", schema=schema)}
    if number in taken:
        number = max(LEAST_OWN, *taken) + 1
    given, values = {**row, "srs_id": number}, {}
    there = _run(database, "PRAGMA {schema}.table_info(gpkg_spatial_ref_sys)", schema=schema)
    for _, name, _, required, default, _ in there:
        if name in given:
            values[name] = given[name]
        elif required and default is None:  # of an extension such as CRS WKT, which prescribes this text
            values[name] = "undefined"
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join("?" * len(values))
    change = "INSERT INTO {schema}.gpkg_spatial_ref_sys ({names}) VALUES ({marks})"
    _run(database, change, list(values.values()), schema=schema, names=names, marks=marks)
    return number


def _run(database: sqlite3.Connection, text: str, values: Any = (), **names: str) -> list[Any]:
    return database.execute(text.format(**names), values).fetchall()
