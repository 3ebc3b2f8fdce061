"""The life cycle of a twin base in a PostGIS that the test starts: the rows of a GeoPackage, two writers, no half."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.bridge.names import CONNECTION
from twin_plugin.bridge.bim.run import open_base
from twin_plugin.bridge.lifecycle.stores import BasePlace, open_life
from twin_plugin.core.common.errors import ResourceError
from twin_plugin.core.lifecycle.gates import Document
from twin_plugin.core.lifecycle.tables import TABLES

PLACE = {"CONNECTION": CONNECTION, "SCHEMA": "life_1"}
STEPS = (
    ("advancestage", {"STAGE": "设计", "AT": "2024-07-01T00:00:00", "IDS": "a\nb <script>", "NOTE": "minutes 12"}),
    ("recordevent", {"KIND": "document", "NAME": "permit", "STATE": "shared", "REVISION": "A", "IDS": "a"}),
    ("recordevent", {"KIND": "document", "NAME": "permit", "STATE": "published", "IDS": "a"}),
    ("recordevent", {"KIND": "check passed", "NAME": "sunlight", "IDS": "a"}),
    ("advancestage", {"STAGE": "construction", "AT": "2025-03-01T00:00:00", "IDS": "a\nb <script>"}),
    ("advancestage", {"STAGE": "施工", "AT": "2025-04-01T00:00:00", "IDS": "a", "CORRECT": True}),
)


@pytest.fixture
def schema(connection):
    """A twin base in PostGIS with two buildings."""
    open_base("", CONNECTION, PLACE["SCHEMA"], lambda *_: True).close()
    connection.executeSql("DELETE FROM life_1.building")
    for table in TABLES:
        connection.executeSql(f"DROP TABLE IF EXISTS life_1.{table.name}")
    connection.executeSql("INSERT INTO life_1.building (id, name) VALUES ('a', '楼 a'), ('b <script>', '楼 b')")
    return connection


@pytest.fixture
def gates(tmp_path):
    path = tmp_path / "门 gates.csv"
    path.write_text(
        "stage,kind,name,least_state\n施工,document,permit,published\nconstruction,check,sunlight,\n", "utf-8"
    )
    return str(path)


def content(place):
    """The rows of all tables, without the times of this run."""
    store = open_life(place)
    try:
        return {
            table.name: [
                tuple("now" if value.startswith(("2026-1", "2027")) or "T" in value[10:11] else value for value in row)
                for row in store.rows(table)
            ]
            for table in TABLES
        }
    finally:
        store.close()


def test_the_same_rows_as_in_a_geopackage(run_algorithm, schema, gates, tmp_path):
    path = tmp_path / "twin.gpkg"
    open_base(str(path), "", "", lambda *_: True).close()
    with sqlite3.connect(path) as database:
        for trigger, text in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "building" in text and "geom" in text:
                database.execute(f'DROP TRIGGER "{trigger}"')
        database.executemany("INSERT INTO building (id, name) VALUES (?, ?)", [("a", "楼 a"), ("b <script>", "b")])
    for place in ({"TWIN_BASE": str(path)}, PLACE):
        assert run_algorithm("twin:setgates", place | {"GATES": gates})["DEMANDS"] == 2
        for name, given in STEPS:
            found = run_algorithm(f"twin:{name}", place | given)
            assert ("TWIN_BASE" in found) is ("TWIN_BASE" in place)
    here, there = content(BasePlace(str(path))), content(BasePlace("", CONNECTION, PLACE["SCHEMA"]))
    assert there == here
    assert [row[1] for row in there["lifecycle_stage"] if row[0] == "a" and not row[5]] == ["design", "construction"]
    assert [row[1] for row in there["lifecycle_stage"] if row[0] != "a"] == ["design"], "it lacks the permit"
    assert there["document"] == [("a", "permit", "published", "A", "", "")]
    given = {**PLACE, "AT": "2025-03-15T00:00:00", "OUTPUT": str(tmp_path / "s.gpkg")}
    found = run_algorithm("twin:lifecyclestatus", given)
    assert (found["DESIGN"], found["CONSTRUCTION"]) == (2, 0)
    layer = QgsVectorLayer(found["OUTPUT"], "status", "ogr")
    rows = {row["object_id"]: row for row in layer.getFeatures()}
    assert rows["a"]["next_stage"] == "construction"
    assert (rows["a"]["gate_met"], rows["b <script>"]["gate_met"]) == (True, False)
    assert rows["b <script>"]["missing"] == "the document 'permit' is missing; the check 'sunlight' was not made"


def test_of_two_writers_one_waits_and_then_sees_what_the_first_wrote(run_algorithm, schema):
    given = {**PLACE, "IDS": "a", "STAGE": "design", "AT": "2024-07-01T00:00:00"}
    first = open_life(BasePlace("", CONNECTION, PLACE["SCHEMA"]))
    said = []

    def second():
        store = open_life(BasePlace("", CONNECTION, PLACE["SCHEMA"]))
        try:
            with store.changing() as write:
                said.append(store.documents())
                write.put_document(Document("a", "permit", "published"))
        finally:
            store.close()

    with first.changing() as write:
        thread = threading.Thread(target=second)
        thread.start()
        write.put_document(Document("a", "permit", "shared"))
        thread.join(0.5)
        assert thread.is_alive(), "it waits"
        assert said == []
    thread.join(10)
    first.close()
    assert [[document.state for document in documents] for documents in said] == [["shared"]]
    store = open_life(BasePlace("", CONNECTION, PLACE["SCHEMA"]))
    assert [document.state for document in store.documents()] == ["published"]
    store.close()
    assert run_algorithm("twin:advancestage", given)["ENTERED"] == 1
    with pytest.raises(QgsProcessingException, match="is in the stage design since 2024-07-01"):
        run_algorithm("twin:advancestage", given)


def test_who_waits_too_long_gets_one_sentence(run_algorithm, schema, monkeypatch):
    from twin_plugin.bridge.lifecycle import postgres_store

    monkeypatch.setattr(postgres_store, "WAIT_S", 0.3)
    first = open_life(BasePlace("", CONNECTION, PLACE["SCHEMA"]))
    given = {**PLACE, "IDS": "a", "STAGE": "design", "AT": "2024-07-01T00:00:00"}
    with first.changing(), pytest.raises(QgsProcessingException, match="being written by another program"):
        run_algorithm("twin:advancestage", given)
    first.close()
    # Somebody edits the table in QGIS.
    driver = pytest.importorskip("psycopg2")
    from twin_plugin.bridge.postgres.postgres_connection import connection_uri

    editor = driver.connect(connection_uri(CONNECTION).connectionInfo(True))
    with editor.cursor() as cursor:
        cursor.execute("UPDATE life_1.gate SET name = 'x'")
        cursor.execute("INSERT INTO life_1.gate (stage) VALUES ('design')")
        with pytest.raises(QgsProcessingException, match="being written by another program"):
            run_algorithm("twin:advancestage", given)
    editor.rollback()
    editor.close()
    assert run_algorithm("twin:advancestage", given)["ENTERED"] == 1


def test_a_failure_takes_all_of_a_run_back(run_algorithm, schema):
    place = BasePlace("", CONNECTION, PLACE["SCHEMA"])
    run_algorithm("twin:advancestage", {**PLACE, "IDS": "a", "STAGE": "planning", "AT": "2024-01-01T00:00:00"})
    before, store = content(place), open_life(place)
    ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'"

    def broken():
        with store.changing() as write:
            write.put_document(Document("a", "permit", "shared"))
            schema.executeSql(ends)
            write.put_document(Document("a", "other", "shared"))

    with pytest.raises(ResourceError, match="cannot be used"):
        broken()
    store.close()
    assert content(place) == before


def test_what_is_not_there_is_told_without_secrets(run_algorithm, schema):
    given = {"IDS": "a", "STAGE": "design", "AT": "2024-07-01T00:00:00"}
    with pytest.raises(QgsProcessingException, match="is not there: choose the schema"):
        run_algorithm("twin:advancestage", {**given, "CONNECTION": CONNECTION, "SCHEMA": "nowhere"})
    with pytest.raises(QgsProcessingException, match="use letters"):
        run_algorithm("twin:advancestage", {**given, "CONNECTION": CONNECTION, "SCHEMA": 'x"; DROP SCHEMA public; --'})
    with pytest.raises(QgsProcessingException, match="1 of the objects are no buildings of The twin base 'life_1'"):
        run_algorithm("twin:advancestage", {**given, **PLACE, "IDS": "nobody"})
    schema.executeSql("CREATE TABLE life_1.gate (fid serial)")
    with pytest.raises(QgsProcessingException, match="holds a table 'gate' without the columns") as error:
        run_algorithm("twin:advancestage", {**given, **PLACE})
    assert "s3cret" not in str(error.value)
