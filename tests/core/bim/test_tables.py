"""The tables of the twin base: every column has a value that arises in reading, or somebody else who writes it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from twin_plugin.core.bim import tables
from twin_plugin.core.bim.model import (
    Building,
    ClosedShell,
    Georeference,
    LocalToMap,
    ModelReport,
    Opening,
    Room,
    Storey,
    Underground,
)
from twin_plugin.core.bim.rows import place_model
from twin_plugin.core.bim.solids import Detail
from twin_plugin.core.bim.wanted import Wanted
from twin_plugin.core.bim.warnings import coded
from twin_plugin.core.common.solid import Solid
from twin_plugin.core.common.tables import Table, columns

WRITTEN_BY_OTHERS = {
    "bim_model": {"mtime_ns", "engine_version", "settings", "valid_from", "valid_to"},  # an update: test_journal.py
    "building": {"district", "valid_from", "valid_to"},  # other tools, an update, an update that misses the file
}


@pytest.fixture
def rows():
    """The rows of a building with one part of each kind."""
    square = box(0, 0, 10, 10)
    building = Building(
        id="b",
        name="House",
        use="office",
        footprint=square,
        outline=square,
        ground_m=0.0,
        base_m=-3.0,
        roof_m=9.0,
        storeys=(Storey("s", "", 0, 0.0, 3.0, square, 100.0),),
        openings=(Opening("o", "s", "door", "Door", 0.0, 5.0, 0.1, 1.0, True, "threshold"),),
        underground=(Underground("u", square, 0.0, -3.0),),
        rooms=(Room("r", "s", "1", "Hall", "1", "entrance", square, 0.0, 2.5, 100.0, 99.0),),
    )
    georeference = Georeference(50, "map conversion", to_map=LocalToMap("EPSG:4547", 500_000, 2_490_000, 4.0))
    return place_model(ModelReport("m.ifc", "/m.ifc", georeference=georeference, buildings=(building,)), "EPSG:4547")


def test_every_column_of_a_table_is_filled_or_is_written_by_others(rows):
    shells = {"solid", "outline"}  # see below
    stored = {table.name: of_table for table, of_table in rows.by_table() if table.name not in shells}
    stored |= {"bim_model": rows.report}
    for name, of_table in stored.items():
        assert {*of_table[0][1]} | WRITTEN_BY_OTHERS.get(name, set()) == {*tables.TABLES[name].names}, name
        assert not {*of_table[0][1]} & WRITTEN_BY_OTHERS.get(name, set()), name
    assert {*tables.TABLES} == {*stored, *shells, "model_placement"}


def test_every_column_of_solids_is_filled(rows):
    walls = replace(Solid.from_corners(np.ones((1, 3, 3))), kind="IfcWall", elements=2)
    building = Building("b", "", "", None, None, 0.0, 0.0, 3.0, solids=(walls,))
    values = rows.solids[0][1]
    of_shells = {"lod", "reason", "volume_m3", "volume_check_m3"}
    assert {*values} == {*tables.SOLID.names} - {"ifc_class", "elements"} - of_shells
    parts = place_model(ModelReport("m", "m", buildings=(building,)), "").solids
    assert {*parts[0][1]} == {*tables.SOLID.names} - of_shells
    shell = ClosedShell(walls, "1.3", coded("shell_flat"), 2.0, 3.0)
    closed_one = ModelReport("m", "m", buildings=(replace(building, solids=(), shell=shell),))
    closed = place_model(closed_one, "", detail=Detail.LOD22).solids
    assert {*closed[0][1]} == {*values} | of_shells
    assert closed[0][1]["id"] == closed[0][1]["building_id"]
    assert (closed[0][1]["lod"], closed[0][1]["volume_check_m3"]) == ("1.3", 3.0)


def test_every_column_of_outlines_is_filled():
    building = Building("b", "", "", box(0, 0, 10, 10), box(0, 0, 12, 10), 0.0, 0.0, 3.0)
    found = place_model(ModelReport("m", "m", buildings=(building,)), "", asked=Wanted(outlines=True)).outlines
    assert [{*values} for _, values in found] == [{*tables.OUTLINE.names}] * 2


def test_an_unnamed_storey_keeps_its_empty_name_and_other_empty_texts_are_no_values(rows):
    assert rows.storeys[0][1]["name"] == ""
    assert rows.storeys[0][1]["use"] is None


def test_tables_name_columns_and_parents_that_exist():
    for table in tables.TABLES.values():
        assert table.key in table.names
        assert bool(table.parent) == bool(table.parent_column)
        if table.parent:
            assert table.parent in tables.TABLES
            assert table.parent_column in table.names
        assert len({*table.names}) == len(table.names)


def test_columns_are_read_from_lines():
    table = Table("t", columns("\n  a text First, with a comma\n  b real Second\n"))
    assert table.names == ("a", "b")
    assert (table.columns[0].kind, table.columns[0].meaning) == ("text", "First, with a comma")
