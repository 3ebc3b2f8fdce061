"""Packed pages are an R-tree that SQLite takes for its own: no fault to its check, and searches find what is there."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from twin_plugin.core.common.geopackage import statement
from twin_plugin.core.common.rtree_pages import pack

QUERY = "SELECT id FROM r WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? ORDER BY id"


@pytest.fixture
def packed():
    """A function from ids and boxes to a database with their R-tree `r`."""

    def build(ids, boxes):
        database = sqlite3.connect(":memory:")
        database.execute("CREATE VIRTUAL TABLE r USING rtree(id, minx, maxx, miny, maxy)")
        ((size,),) = database.execute("SELECT length(data) FROM r_node")
        pages = pack(ids, boxes, size)
        for part, rows in (("node", pages.nodes), ("rowid", pages.rows), ("parent", pages.parents)):
            database.executemany(statement("INSERT OR REPLACE INTO {table} VALUES (?, ?)", table=f"r_{part}"), rows)
        return database

    return build


@pytest.mark.parametrize("count", [0, 1, 51, 52, 51 * 51, 51 * 51 + 1, 7000])
def test_sqlite_finds_its_own_tree_and_what_lies_in_a_box(packed, count):
    random = np.random.default_rng(count)
    low = random.uniform((4e5, 2.4e6), (5e5, 2.5e6), (count, 2))
    boxes, ids = np.hstack([low, low + random.uniform(0, 50, (count, 2))]), random.permutation(count * 3)[:count] + 1
    database = packed(ids, boxes)
    assert database.execute("SELECT rtreecheck('r')").fetchone() == ("ok",)
    assert database.execute("SELECT count(*) FROM r").fetchone() == (count,)
    for west, south in random.uniform((4e5, 2.4e6), (5e5, 2.5e6), (20, 2)):
        east, north = west + 9000, south + 9000
        found = {row[0] for row in database.execute(QUERY, (west, east, south, north))}
        inside = (boxes[:, 2] >= west) & (boxes[:, 0] <= east) & (boxes[:, 3] >= south) & (boxes[:, 1] <= north)
        assert set(ids[inside].tolist()) <= found, "numbers of 32 bits may add neighbours, and lose none"
        assert len(found) <= inside.sum() + 3


def test_the_tree_can_be_changed_afterwards(packed):
    places = np.arange(500.0)
    boxes = np.column_stack([places, places, places + 1, places + 1])
    database = packed(np.arange(1, 501), boxes)
    database.execute("DELETE FROM r WHERE id % 2 = 0")
    database.executemany("INSERT INTO r VALUES (?, 7, 8, 7, 8)", [(number,) for number in range(1000, 1200)])
    assert database.execute("SELECT rtreecheck('r')").fetchone() == ("ok",)
    assert database.execute("SELECT count(*) FROM r").fetchone() == (450,)
