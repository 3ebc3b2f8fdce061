"""twin:recordevent and twin:setgates: a gate is met without SQL; stages in two languages; what is asked for next."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest
from qgis.core import QgsProcessingException, QgsVectorLayer

from tests.memory_layers import memory_layer

GATES = (
    ("施工", "Document", "permit", ""),
    ("construction", "check", "sunlight", ""),
    ("运营", "check", "fire 消防", ""),
)
COLUMNS = ("stage:string", "kind:string", "name:string", "least_state:string")
SELECT = {
    "document": "SELECT object_id, name, state, revision, sha256, path FROM document ORDER BY fid",
    "gate": "SELECT stage, kind, name, least_state FROM gate ORDER BY fid",
    "lifecycle_event": "SELECT object_id, kind, note FROM lifecycle_event ORDER BY fid",
    "lifecycle_stage": "SELECT object_id, stage, valid_from, valid_to FROM lifecycle_stage ORDER BY fid",
}


@pytest.fixture
def base(qgis_plugin, tmp_path):
    """A GeoPackage without buildings, as that of the demo district, in a folder with a space and Chinese characters."""
    path = tmp_path / "孪生 base" / "life.gpkg"
    path.parent.mkdir()
    layer = memory_layer("Point", [("POINT(0 0)", ("a",)), ("POINT(1 1)", ("b",))], ("id:string",), "objects")
    from qgis.core import QgsProject, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "objects"
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), QgsProject.instance().transformContext(), options)
    return path


def rows_of(path, table):
    with sqlite3.connect(path) as database:
        return database.execute(SELECT[table]).fetchall()


def record(run_algorithm, base, name, kind="document", ids="a", **more):
    given = {"TWIN_BASE": str(base), "IDS": ids, "KIND": kind, "NAME": name, **more}
    return run_algorithm("twin:recordevent", given)


def set_gates(run_algorithm, base, rows=GATES):
    table = memory_layer("None", [(None, row) for row in rows], COLUMNS, "gates")
    return run_algorithm("twin:setgates", {"TWIN_BASE": str(base), "GATES": table})


def status(run_algorithm, base, tmp_path):
    given = {
        "TWIN_BASE": str(base), "OBJECTS": f"{base}|layername=objects", "AT": "2025-06-01T00:00:00",
        "OUTPUT": str(tmp_path / "status.gpkg"),
    }  # fmt: skip
    found = run_algorithm("twin:lifecyclestatus", given)
    layer = QgsVectorLayer(found["OUTPUT"], "status", "ogr")
    return {row["object_id"]: row for row in layer.getFeatures()}


def test_a_gate_is_set_and_met(run_algorithm, base, tmp_path):
    assert set_gates(run_algorithm, base)["DEMANDS"] == 3
    assert rows_of(base, "gate")[0] == ("construction", "document", "permit", "published")
    advance = {"TWIN_BASE": str(base), "IDS": "a\nb", "AT": "2024-07-01T00:00:00"}
    assert run_algorithm("twin:advancestage", {**advance, "STAGE": "规划", "NOTE": "minutes <12>"})["ENTERED"] == 2
    build = {**advance, "STAGE": "施工", "AT": "2025-03-01T00:00:00"}
    with pytest.raises(QgsProcessingException, match="'permit' is missing; the check 'sunlight' was not made"):
        run_algorithm("twin:advancestage", build)
    file = tmp_path / "许可 permit.pdf"
    file.write_bytes(b"a permit")
    found = record(run_algorithm, base, " permit ", STATE="published", REVISION="B", FILE=str(file))
    assert (found["ADDED"], found["CHANGED"]) == (1, 0)
    digest = hashlib.sha256(b"a permit").hexdigest()
    assert rows_of(base, "document") == [("a", "permit", "published", "B", digest, str(file))]
    record(run_algorithm, base, "sunlight", "check failed", AT="2025-01-01T00:00:00")
    with pytest.raises(QgsProcessingException, match="the check 'sunlight' failed"):
        run_algorithm("twin:advancestage", {**build, "IDS": "a"})
    record(run_algorithm, base, "sunlight", "check passed", AT="2025-02-01T00:00:00")
    found = run_algorithm("twin:advancestage", build)
    assert (found["ENTERED"], found["REFUSED"]) == (1, 1)
    stages = rows_of(base, "lifecycle_stage")
    assert ("a", "construction", "2025-03-01", "") in stages
    assert {row[1] for row in stages} == {"planning", "construction"}
    assert ("a", "note", "minutes <12>") in rows_of(base, "lifecycle_event")
    assert ("a", "document", "permit · B · published") in rows_of(base, "lifecycle_event")
    shown = status(run_algorithm, base, tmp_path)
    assert (shown["a"]["next_stage"], shown["a"]["gate_met"]) == ("operation", False)
    assert shown["a"]["missing"] == "the check 'fire 消防' was not made"
    assert (shown["b"]["next_stage"], shown["b"]["gate_met"]) == ("design", True)


def test_revisions_are_rows_and_states_change_in_place(run_algorithm, base, tmp_path):
    record(run_algorithm, base, "permit", STATE="shared", REVISION="A", ids="a\nb\na")
    found = record(run_algorithm, base, "permit", STATE="archived", REVISION="A", OUTPUT=str(tmp_path / "o.csv"))
    assert (found["ADDED"], found["CHANGED"]) == (0, 1)
    [row] = QgsVectorLayer(found["OUTPUT"], "o", "ogr").getFeatures()
    assert (row["before"], row["state"], row["revision"]) == ("shared", "archived", "A")
    record(run_algorithm, base, "permit", STATE="work in progress", REVISION="B")
    record(run_algorithm, base, "permit", STATE="published")
    documents = [row[:4] for row in rows_of(base, "document")]
    assert documents == [
        ("a", "permit", "archived", "A"), ("b", "permit", "shared", "A"), ("a", "permit", "published", "B"),
    ]  # fmt: skip


def test_what_cannot_be_recorded_changes_nothing(run_algorithm, base, tmp_path):
    for given, said in (
        ({"name": " "}, "NAME is empty"),
        ({"name": "permit"}, "'' is no state of a document"),
        ({"name": "x", "kind": "note", "STATE": "shared"}, "belong to documents"),
        ({"name": "permit", "STATE": "shared", "FILE": str(tmp_path / "none.pdf")}, "none.pdf"),
        ({"name": "permit", "STATE": "shared", "ids": ""}, "No object was given"),
        ({"name": "sunlight", "kind": "check passed", "AT": "2999-01-01T00:00:00"}, "has not come yet"),
    ):
        with pytest.raises(QgsProcessingException, match=said):
            record(run_algorithm, base, **given)
    with sqlite3.connect(base) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'document'").fetchall()


def test_gates_that_cannot_be_leave_those_before(run_algorithm, base):
    set_gates(run_algorithm, base)
    for row in (("soon", "check", "x", ""), ("design", "paper", "x", ""), ("design", "check", "", "")):
        with pytest.raises(QgsProcessingException, match="table of gates"):
            set_gates(run_algorithm, base, (*GATES, row))
    with pytest.raises(QgsProcessingException, match="has no rows"):
        set_gates(run_algorithm, base, ())
    table = memory_layer("None", [(None, ("design",))], ("stage:string",), "short")
    with pytest.raises(QgsProcessingException, match="'short' has no column kind"):
        run_algorithm("twin:setgates", {"TWIN_BASE": str(base), "GATES": table})
    assert len(rows_of(base, "gate")) == 3


def test_a_base_or_layers_must_be_given(run_algorithm, base, tmp_path):
    with pytest.raises(QgsProcessingException, match="Choose a GeoPackage in TWIN_BASE"):
        run_algorithm("twin:lifecyclestatus", {"OUTPUT": str(tmp_path / "s.gpkg")})
    with pytest.raises(QgsProcessingException, match="No objects were given"):
        run_algorithm("twin:lifecyclestatus", {"TWIN_BASE": str(base), "OUTPUT": str(tmp_path / "s.gpkg")})
    with pytest.raises(AssertionError, match="STAGE is 'soon'"):
        run_algorithm("twin:advancestage", {"TWIN_BASE": str(base), "IDS": "a", "STAGE": "soon"})


def test_the_words_of_a_table_are_read(run_algorithm, base, tmp_path):
    rows = [(None, ("a", "施工", "2025-01-01")), (None, ("b", "运营", "2020-01-01"))]
    stages = memory_layer("None", rows, ("object_id:string", "stage:string", "valid_from:string"), "stages")
    given = {"OBJECTS": f"{base}|layername=objects", "STAGES": stages, "OUTPUT": str(tmp_path / "s.gpkg")}
    found = run_algorithm("twin:lifecyclestatus", given)
    assert (found["CONSTRUCTION"], found["OPERATION"]) == (1, 1)
