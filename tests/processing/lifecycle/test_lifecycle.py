"""twin:advancestage and twin:lifecyclestatus on a twin base: the worked stages, gates, locks, what was known when."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback, QgsVectorLayer

from tests.listener import Listener
from tests.memory_layers import memory_layer
from twin_plugin.bridge.bim.run import open_base
from twin_plugin.core.lifecycle.gates import STATES
from twin_plugin.core.lifecycle.periods import Stage
from twin_plugin.processing.lifecycle.advancestage import STAGES

EVERY = {
    "lifecycle_stage": "SELECT * FROM lifecycle_stage ORDER BY fid",
    "lifecycle_event": "SELECT * FROM lifecycle_event ORDER BY fid",
}
INSERT = "INSERT INTO lifecycle_stage (object_id, stage, valid_from, valid_to, recorded_at) VALUES (?, ?, ?, ?, ?)"
WORKED = (
    ("planning", "2024-01-01"),
    ("design", "2024-07-01"),
    ("construction", "2025-03-01"),
    ("operation", "2026-09-15"),
)


@pytest.fixture
def base(qgis_plugin, tmp_path):
    """A twin base with three buildings, in a folder with a space and Chinese characters."""
    path = tmp_path / "孪生 base" / "twin.gpkg"
    open_base(str(path), "", "", lambda *_: True).close()
    with sqlite3.connect(path) as database:
        for trigger, text in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if "building" in text and "geom" in text:
                database.execute(f'DROP TRIGGER "{trigger}"')
        rows = [("a", "A 楼", "operation"), ("b", "B", None), ("c", "C", "design")]
        database.executemany("INSERT INTO building (id, name, lifecycle_stage) VALUES (?, ?, ?)", rows)
    return path


def rows_of(path, table):
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(EVERY[table])]


def table_rows(place):
    layer = QgsVectorLayer(place, "rows", "ogr")
    names = layer.fields().names()
    return [dict(zip(names, feature.attributes(), strict=True)) for feature in layer.getFeatures()]


def advance(run_algorithm, base, stage, at, ids="b", **more):
    return run_algorithm("twin:advancestage", {"TWIN_BASE": str(base), "IDS": ids, "STAGE": stage, "AT": at, **more})


def status(run_algorithm, base, tmp_path, at, known_at=None):
    given = {
        "OBJECTS": f"{base}|layername=building", "STAGES": f"{base}|layername=lifecycle_stage", "AT": at,
        "KNOWN_AT": known_at, "OUTPUT": str(tmp_path / "status.gpkg"),
    }  # fmt: skip
    found = run_algorithm("twin:lifecyclestatus", given)
    return {row["object_id"]: row for row in table_rows(found["OUTPUT"])}, found


def test_the_worked_stages(run_algorithm, base, tmp_path):
    for stage, at in WORKED:
        assert advance(run_algorithm, base, stage, at)["ENTERED"] == 1
    found, numbers = status(run_algorithm, base, tmp_path, "2025-02-28T00:00:00")
    assert (found["b"]["stage"], found["b"]["source"], found["b"]["days"]) == ("design", "record", 242)
    assert (found["a"]["stage"], found["a"]["source"]) == ("operation", "model")
    assert (numbers["DESIGN"], numbers["OPERATION"], numbers["UNKNOWN"]) == (2, 1, 0)
    assert status(run_algorithm, base, tmp_path, "2025-03-01T00:00:00")[0]["b"]["stage"] == "construction"
    assert len(rows_of(base, "lifecycle_event")) == 4


def test_a_correction_leaves_what_was_known_before(run_algorithm, base, tmp_path):
    with sqlite3.connect(base) as database:
        database.execute(
            "CREATE TABLE lifecycle_stage (fid INTEGER PRIMARY KEY, object_id TEXT, stage TEXT, valid_from TEXT, "
            "valid_to TEXT, recorded_at TEXT, superseded_at TEXT, model_id TEXT)"
        )
        about = "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'attributes', ?, 0)"
        database.execute(about, ("lifecycle_stage", "lifecycle_stage"))
        ends = [at for _, at in WORKED[1:]] + [None]
        rows = [("b", stage, at, end, "2026-09-20") for (stage, at), end in zip(WORKED, ends, strict=True)]
        database.executemany(INSERT, rows)
    advance(run_algorithm, base, "construction", "2025-04-01", CORRECT=True, MODEL_ID="site diary")
    assert status(run_algorithm, base, tmp_path, "2025-03-15T00:00:00")[0]["b"]["stage"] == "design"
    before = status(run_algorithm, base, tmp_path, "2025-03-15T00:00:00", "2026-09-30T00:00:00")[0]["b"]
    assert before["stage"] == "construction"
    assert [row["valid_to"] for row in rows_of(base, "lifecycle_stage")][:2] == ["2024-07-01", "2025-03-01"]
    assert rows_of(base, "lifecycle_stage")[-1]["model_id"] == "site diary"


def test_history_has_a_time_for_the_temporal_controller(run_algorithm, base, tmp_path):
    for stage, at in WORKED[:2]:
        advance(run_algorithm, base, stage, at)
    history = tmp_path / "history.gpkg"
    given = {
        "OBJECTS": f"{base}|layername=building", "STAGES": f"{base}|layername=lifecycle_stage",
        "OUTPUT": str(tmp_path / "s.gpkg"), "HISTORY": str(history),
    }  # fmt: skip
    run_algorithm("twin:lifecyclestatus", given)
    layer = QgsVectorLayer(str(history), "history", "ogr")
    layer.loadNamedStyle(str(history.with_suffix(".qml")))  # as the desktop does when the layer comes into the project
    assert layer.temporalProperties().isActive()
    assert [(row["stage"], row["starts"].toString("yyyy-MM-dd")) for row in layer.getFeatures()] == list(WORKED[:2])


def test_a_gate_keeps_out_who_lacks_a_document(run_algorithm, base, tmp_path):
    advance(run_algorithm, base, "design", "2024-07-01", ids="a\nb")
    with sqlite3.connect(base) as database:
        database.executemany(
            "INSERT INTO gate (stage, kind, name, least_state) VALUES ('construction', ?, ?, ?)",
            [("document", "permit", "published"), ("check", "sunlight", "")],
        )
        document = "INSERT INTO document (object_id, name, state) VALUES (?, 'permit', ?)"
        database.executemany(document, [("a", "published"), ("b", "shared")])
        event = "INSERT INTO lifecycle_event (object_id, kind, time, note) VALUES (?, 'check passed', '2025-01-01', ?)"
        database.execute(event, ("a", "sunlight"))
    with pytest.raises(QgsProcessingException, match="'permit' is shared, not published; the check 'sunlight' was not"):
        advance(run_algorithm, base, "construction", "2025-03-01")
    output = tmp_path / "gates.csv"
    found = advance(run_algorithm, base, "construction", "2025-03-01", ids="a\nb", OUTPUT=str(output))
    assert (found["ENTERED"], found["REFUSED"]) == (1, 1)
    rows = {row["object_id"]: row for row in table_rows(str(output))}
    assert (rows["a"]["before"], rows["a"]["reason"]) == ("design", "")
    assert "'permit' is shared" in rows["b"]["reason"]
    stages = {(row["object_id"], row["stage"]) for row in rows_of(base, "lifecycle_stage")}
    assert stages == {("a", "design"), ("b", "design"), ("a", "construction")}


def test_what_cannot_be_is_named(run_algorithm, base, tmp_path):
    with pytest.raises(QgsProcessingException, match="1 of the objects are no buildings"):
        advance(run_algorithm, base, "design", "2024-07-01", ids="nobody")
    with pytest.raises(QgsProcessingException, match="No object was given"):
        advance(run_algorithm, base, "design", "2024-07-01", ids="")
    wrong = tmp_path / "no base.gpkg"
    wrong.write_text("not a GeoPackage")
    with pytest.raises(QgsProcessingException, match="is no GeoPackage"):
        advance(run_algorithm, wrong, "design", "2024-07-01")
    with sqlite3.connect(base) as database:
        database.execute("CREATE TABLE gate (fid INTEGER PRIMARY KEY, stage TEXT)")
    with pytest.raises(QgsProcessingException, match="holds a table 'gate' without the columns"):
        advance(run_algorithm, base, "design", "2024-07-01")


def test_faults_of_records_are_named(run_algorithm, base, tmp_path):
    advance(run_algorithm, base, "design", "2024-07-01")
    with sqlite3.connect(base) as database:
        rows = [
            ("b", "construction", "2024-08-01", None, "2024-08-01"),
            ("x", "design", "2024-01-02", "2024-01-01", ""),
        ]
        database.executemany(INSERT, rows)

    class Kept(QgsProcessingFeedback):
        texts = ()

        def pushWarning(self, text):
            self.texts = (*self.texts, text)

    feedback = Kept(False)
    given = {
        "OBJECTS": f"{base}|layername=building", "STAGES": f"{base}|layername=lifecycle_stage",
        "OUTPUT": str(tmp_path / "s.gpkg"),
    }  # fmt: skip
    run_algorithm("twin:lifecyclestatus", given, feedback)
    said = " ".join(feedback.texts)
    for phrase in ("design and construction of 'b' overlap", "of 'x' ends on 2024-01-01, before", "not in the layer"):
        assert phrase in said
    with sqlite3.connect(base) as database:
        database.execute("UPDATE lifecycle_stage SET valid_from = 'soon' WHERE object_id = 'x'")
    with pytest.raises(QgsProcessingException, match="'soon' is no date or time for valid_from of x"):
        run_algorithm("twin:lifecyclestatus", given)


def test_a_locked_base_and_a_cancel_change_nothing(run_algorithm, base, held, monkeypatch):
    from twin_plugin.core.common import sqlite_locks

    advance(run_algorithm, base, "design", "2024-07-01")
    before = rows_of(base, "lifecycle_stage")
    monkeypatch.setattr(sqlite_locks, "WAIT_S", 0.3)
    held(base, "BEGIN IMMEDIATE")
    with pytest.raises(QgsProcessingException, match="another program"):
        advance(run_algorithm, base, "construction", "2025-07-01")
    assert rows_of(base, "lifecycle_stage") == before


def test_a_full_disk_leaves_the_base_as_it_was(run_algorithm, base, disk):
    path = Path(disk.folder) / "twin.gpkg"
    path.write_bytes(base.read_bytes())
    advance(run_algorithm, path, "design", "2024-07-01")
    before = rows_of(path, "lifecycle_stage")
    disk(0)
    with pytest.raises(QgsProcessingException):
        advance(run_algorithm, path, "construction", "2025-07-01", MODEL_ID="x" * 200_000)
    disk(200)
    assert rows_of(path, "lifecycle_stage") == before


def test_objects_and_records_without_an_id_are_not_brought_together(run_algorithm, qgis_plugin, tmp_path):
    log = Listener()
    objects = memory_layer("Point", [("POINT(0 0)", ("a",)), (None, (None,)), (None, ("",))], ("id:string",), "objects")
    records = [("a", "design", "2025-02-28", "2025-01-01"), ("", "construction", "2025-02-28", "2025-01-01")]
    names = ("object_id", "stage", "valid_from", "recorded_at")
    stages = memory_layer("None", [(None, row) for row in records], [f"{name}:string" for name in names], "stages")
    given = {"OBJECTS": objects, "STAGES": stages, "OUTPUT": str(tmp_path / "status.gpkg")}
    found = run_algorithm("twin:lifecyclestatus", given, log)
    assert (found["DESIGN"], found["CONSTRUCTION"], found["UNKNOWN"]) == (1, 0, 2)
    said = " ".join(log.warnings)
    assert "2 rows of 'objects' have no id" in said
    assert "1 rows of 'stages' have no id" in said


def test_the_choices_are_those_of_core():
    assert tuple(stage.value for stage in Stage) == STAGES
    assert len(STATES) == 4
