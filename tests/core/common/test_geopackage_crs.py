"""The row of a CRS in a GeoPackage is found by its meaning, whatever its number, and entered where it is missing."""

from __future__ import annotations

import sqlite3

import pytest

from twin_plugin.core.common.geopackage_crs import LEAST_OWN, crs_number

ROW = {
    "srs_name": "CGCS2000 / 3-degree GK CM 114E",
    "srs_id": 4547,
    "organization": "EPSG",
    "organization_coordsys_id": 4547,
    "definition": "PROJCS[...]",
    "description": None,
}
OWN = ROW | {"srs_id": LEAST_OWN, "organization": "NONE", "organization_coordsys_id": LEAST_OWN, "definition": "A"}


@pytest.fixture
def file():
    """A function that opens a file's table of CRS, with more columns where they are asked for."""

    def make(more="", schema="main"):
        database = sqlite3.connect(":memory:")
        if schema != "main":
            database.execute(f"ATTACH ':memory:' AS {schema}")
        database.execute(
            f"CREATE TABLE {schema}.gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, "
            "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, "
            f"description TEXT{more})"
        )
        return database

    return make


@pytest.mark.parametrize("schema", ["main", "file0"])
def test_a_crs_is_entered_once(file, schema):
    database = file(schema=schema)
    assert crs_number(database, ROW, schema) == 4547
    assert (
        crs_number(database, ROW | {"organization": "epsg", "srs_id": 7, "definition": "newer words"}, schema) == 4547
    )
    assert database.execute("SELECT count(*) FROM gpkg_spatial_ref_sys").fetchone() == (1,)


def test_a_number_that_means_something_else_is_left_alone(file):
    database = file()
    assert crs_number(database, OWN) == LEAST_OWN
    assert crs_number(database, OWN | {"definition": "B"}) == LEAST_OWN + 1
    assert crs_number(database, OWN | {"definition": "A"}) == LEAST_OWN
    taken = ROW | {"organization": "ESRI", "organization_coordsys_id": 1}
    assert crs_number(database, taken) == 4547
    assert crs_number(database, ROW | {"definition": "other"}) == LEAST_OWN + 2


def test_columns_of_extensions_are_filled_or_left_out(file):
    """CRS WKT requires a second definition; a file without that column takes a row that has it."""
    database = file(", definition_12_063 TEXT NOT NULL")
    assert crs_number(database, ROW) == 4547
    assert database.execute("SELECT definition_12_063 FROM gpkg_spatial_ref_sys").fetchone() == ("undefined",)
    assert crs_number(file(), ROW | {"definition_12_063": "GEODCRS[...]"}) == 4547
